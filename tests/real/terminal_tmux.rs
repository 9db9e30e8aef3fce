//! The program in tmux, as most people who work on other machines have it.

use crate::fixtures::adsauth::{asked_to_copy, choose_client, screen, script, sign_in};
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::fixtures::tmux::Tmux;
use crate::terminal::{Size, key};

fn start(home: &Home, server: &Server, environment: &[(String, String)], size: Size) -> Tmux {
    Tmux::start(home, environment, &format!("bash --norc -c '{}'", script(server)), size)
}

/// Copies the consent URL, which goes to the buffer.
fn copied_url(tmux: &Tmux, server: &Server) -> String {
    tmux.client.press("c");
    until("the consent URL in the buffer", || tmux.buffer("adsauth").filter(|text| text.starts_with(server.auth_uri())))
}

fn until_one_line(tmux: &Tmux, url: &str, when: &str) {
    until(&format!("the consent URL as one line {when}"), || tmux.lines().iter().any(|line| line == url).then_some(()));
}

#[test]
fn the_consent_url_is_one_line_for_copy_mode_whatever_the_width_and_whatever_lay_over_it() {
    let server = Server::start(Client::desktop());
    for columns in [60, 80, 120] {
        let home = Home::with_client_of(&server);
        let tmux = start(&home, &server, &[], Size { columns, rows: 31 });
        choose_client(&tmux.client, &server);
        let url = copied_url(&tmux, &server);
        until_one_line(&tmux, &url, &format!("at {columns} columns"));
        for other in [60, 120, 80] {
            tmux.client.resize(Size { columns: other, rows: 31 });
            until("tmux to resize the pane", || (tmux.pane("pane_width") == other.to_string()).then_some(()));
            until_one_line(&tmux, &url, &format!("after a resize from {columns} to {other} columns"));
        }
        tmux.client.press("?");
        tmux.client.until_shows(screen::HELP);
        tmux.client.press(key::ESC);
        until_one_line(&tmux, &url, "after help");
        tmux.client.press("w");
        until("the normal screen", || (tmux.pane("alternate_on") == "0").then_some(()));
        until_one_line(&tmux, &url, "on the normal screen");
        tmux.client.press(key::ENTER);
        until("the full screen", || (tmux.pane("alternate_on") == "1").then_some(()));
        until_one_line(&tmux, &url, "when the full screen is back");
        tmux.client.press(key::CTRL_Z);
        tmux.client.until_shows("STOPPED 1");
        tmux.client.press("x");
        until("the full screen", || (tmux.pane("alternate_on") == "1").then_some(()));
        until_one_line(&tmux, &url, "after fg");
    }
}

#[test]
fn a_copied_token_is_in_the_named_buffer_and_at_the_terminal_outside_with_the_settings_that_tmux_comes_with() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let tmux = start(&home, &server, &[], Size::USUAL);
    sign_in(&tmux.client, &home, &server);
    tmux.client.press("c");
    tmux.client.until_shows("was given to tmux");
    let token = server.only_refresh_token();
    assert_eq!(tmux.buffer("adsauth"), Some(token.clone()));
    until("the token outside", || asked_to_copy(&tmux.client).filter(|text| *text == token));
    let title = tmux.pane("pane_title");
    assert!(title.starts_with("adsauth ") && !title.contains(&token[..8]), "{title}");
}

#[test]
fn in_a_local_tmux_the_display_has_the_token_too() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let display = Xvfb::start();
    let tmux = start(&home, &server, &display.environment(), Size::USUAL);
    sign_in(&tmux.client, &home, &server);
    tmux.client.press("c");
    tmux.client.until_shows("is on the clipboard and in tmux's buffer adsauth");
    assert_eq!(tmux.buffer("adsauth"), Some(server.only_refresh_token()));
    assert_eq!(display.paste(), server.only_refresh_token());
}
