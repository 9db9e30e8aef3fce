use super::*;
use crate::text::Lang;
use crate::view::{Glyphs, Palette};

fn look(glyphs: Glyphs, notifications: bool) -> Look {
    Look { text: Lang::En.text(), palette: Palette::Colour, glyphs, hyperlinks: true, notifications }
}

fn printed(print: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_multiplexer_gets_the_bell_and_no_sequence_that_it_would_lose() {
    let rung = |notifications| {
        let look = look(Glyphs::Unicode, notifications);
        printed(|out| ring(News::TokenArrived, &look, out))
    };
    assert_eq!(rung(false), "\x07");
    assert_eq!(rung(true), "\x1b]9;adsauth: your token is here\x1b\\\x07");
}

#[test]
fn nothing_but_the_url_stands_on_its_line_and_nothing_in_it_can_move_the_cursor() {
    let url = ConsentUrl::new("https://accounts.google.com/o/oauth2/v2/auth?state=s\x1b[2J\n".to_owned());
    let text = printed(|out| print_bare(&url, &look(Glyphs::Unicode, true), out));
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(lines[2], "https://accounts.google.com/o/oauth2/v2/auth?state=s[2J");
}
