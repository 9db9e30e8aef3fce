//! The program in xterm, with a mouse.

use crate::fixtures::adsauth::{PROGRAM, screen};
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::fixtures::xterm::Xterm;

#[test]
fn a_triple_click_selects_the_whole_consent_url_byte_for_byte() {
    let server = Server::start(Client::desktop());
    for columns in [60, 80, 120] {
        let home = Home::with_client_of(&server);
        let display = Xvfb::start();
        let xterm = Xterm::start(&display, &home, columns, &[PROGRAM, "--trust-host", &server.host()]);
        // It is pressed until it is heard: the title comes before the first row does.
        until("waiting for the browser", || {
            xterm.press("Return");
            xterm.title().ends_with("waiting for the browser").then_some(())
        });
        let url = until("the consent URL on the clipboard", || {
            xterm.press("c");
            display.try_paste().filter(|text| text.starts_with(server.auth_uri()))
        });
        let selected = |start: &str| {
            xterm.select_nothing();
            until(start, || (0..30).find_map(|row| xterm.triple_click(row).filter(|text| text.starts_with(start))))
        };
        let whole = |text: &str| text.strip_suffix('\n').unwrap_or(text).to_owned();
        assert_eq!(whole(&selected("http")), url, "full screen, {columns} columns");
        xterm.press("w");
        assert_eq!(whole(&selected(screen::BARE)), screen::BARE);
        assert_eq!(whole(&selected("http")), url, "normal screen, {columns} columns");
    }
}
