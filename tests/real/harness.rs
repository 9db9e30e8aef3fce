//! The parts around the program, by themselves: if one of these fails, the other tests here say nothing.

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use url::Url;

use crate::fixtures::browser::{Browse, parameters};
use crate::fixtures::display::{Sway, Xvfb};
use crate::fixtures::server::{Client, Server};
use crate::terminal::{Size, Terminal, key};

fn terminal(program: &[&str], size: Size) -> Terminal {
    let environment = [("PATH", "/usr/bin:/bin"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LESS", "")];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Terminal::spawn(CommandBuilder::from_argv(program.iter().map(Into::into).collect()), &environment, size)
}

#[test]
fn a_full_screen_program_is_seen_and_driven() {
    let less = terminal(&["less", "/etc/services"], Size { columns: 70, rows: 10 });
    less.until("the file's name in the last row", |screen| {
        screen.rows(0, 70).last().is_some_and(|row| row.starts_with("/etc/services"))
    });
    assert!(less.look(vt100::Screen::alternate_screen));
    less.press("G");
    less.until_shows("(END)");
    less.press("q");
    assert!(less.exit().success());
    assert!(!less.look(vt100::Screen::alternate_screen));
}

#[test]
fn a_program_learns_of_a_new_size() {
    // It asks again and again: less would miss a signal that comes just before it waits for a key.
    let stty = terminal(&["bash", "--norc", "-c", "while stty size; do sleep 0.02; done"], Size::USUAL);
    stty.until_shows("24 80");
    stty.resize(Size { columns: 40, rows: 20 });
    stty.until_shows("20 40");
    stty.signal(Signal::TERM);
    assert_eq!(stty.exit().signal(), Some("Terminated"));
}

#[test]
fn a_question_about_the_cursor_is_answered_and_the_exit_code_arrives() {
    let ask = r#"stty -icanon -echo; printf 'abc\e[6n'; IFS= read -rsdR answer; printf ' at %q\n' "$answer"; read -rs line; exit "$line""#;
    let bash = terminal(&["bash", "--norc", "-c", ask], Size::USUAL);
    bash.until_shows(r"abc at $'\E[1;4'");
    bash.press("7");
    bash.press(key::ENTER);
    assert_eq!(bash.exit().exit_code(), 7);
}

#[test]
fn x11_has_what_another_program_copied() {
    let display = Xvfb::start();
    assert_eq!(display.try_paste(), None);
    display.copy("from elsewhere");
    assert_eq!(display.paste(), "from elsewhere");
}

#[test]
fn wayland_has_what_another_program_copied() {
    let display = Sway::start();
    display.copy("from elsewhere");
    assert_eq!(display.paste(), "from elsewhere");
}

const REDIRECT: &str = "http://127.0.0.1:40123";

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn consent_url(server: &Server, access_type: &str) -> String {
    let mut url = Url::parse(server.auth_uri()).expect("a URL");
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", Client::desktop().id),
        ("redirect_uri", REDIRECT),
        ("scope", "https://www.googleapis.com/auth/adwords"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "a state"),
        ("access_type", access_type),
        ("prompt", "select_account consent"),
    ]);
    url.into()
}

#[test]
fn the_server_gives_a_refresh_token_for_offline_access_only() {
    let server = Server::start(Client::desktop());
    for (access_type, has_refresh_token) in [("offline", true), ("online", false)] {
        let visit = Browse::allow(&consent_url(&server, access_type)).without_port(40123).visit();
        assert_eq!(visit.error.as_deref(), Some("net::ERR_CONNECTION_REFUSED"));
        let answer = parameters(&visit.final_url);
        assert_eq!(answer["state"], "a state");
        let code = [("grant_type", "authorization_code"), ("code", &answer["code"])];
        let token = server.token(&[code[0], code[1], ("code_verifier", VERIFIER), ("redirect_uri", REDIRECT)]);
        assert_eq!(token["refresh_token"].is_string(), has_refresh_token, "{token}");
        if let Some(refresh_token) = token["refresh_token"].as_str() {
            assert_eq!(server.only_refresh_token(), refresh_token);
            server.assert_usable(refresh_token);
        }
    }
}

#[test]
fn the_user_can_refuse() {
    let server = Server::start(Client::desktop());
    let visit = Browse::deny(&consent_url(&server, "offline")).without_port(40123).visit();
    assert_eq!(parameters(&visit.final_url)["error"], "access_denied");
    assert!(server.issued().is_empty());
}
