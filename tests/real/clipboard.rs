//! What is on the clipboard after the program has ended, and who holds it.

use crate::fixtures::adsauth::{copy_and_quit, sign_in, wizard};
use crate::fixtures::display::{Sway, Xvfb};
use crate::fixtures::home::Home;
use crate::fixtures::server::{Client, Server};

/// Signs in on this display, copies and quits.
fn copy_on(display: &[(String, String)]) -> (Server, Home) {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, display);
    sign_in(&wizard, &home, &server);
    copy_and_quit(&wizard);
    (server, home)
}

#[test]
fn wayland_has_the_token_after_the_program_has_ended_until_another_program_copies() {
    let display = Sway::start();
    let (server, home) = copy_on(&display.environment());
    assert_eq!(display.paste(), server.only_refresh_token());
    server.assert_usable(&display.paste());
    assert_eq!(home.clipboard_holders().len(), 1, "one process holds the clipboard");
    display.copy("something else");
    home.until_nothing_holds_a_clipboard();
    assert_eq!(display.paste(), "something else");
}

#[test]
fn x11_has_the_token_marked_as_secret_until_another_program_copies() {
    let display = Xvfb::start();
    let (server, home) = copy_on(&display.environment());
    assert_eq!(display.paste(), server.only_refresh_token());
    assert_eq!(display.paste_as("x-kde-passwordManagerHint"), "secret");
    assert_eq!(home.clipboard_holders().len(), 1, "one process holds the clipboard");
    display.copy("something else");
    home.until_nothing_holds_a_clipboard();
    assert_eq!(display.paste(), "something else");
}

#[test]
fn the_process_that_holds_the_token_ends_with_the_display() {
    let display = Xvfb::start();
    let (_server, home) = copy_on(&display.environment());
    assert_eq!(home.clipboard_holders().len(), 1, "one process holds the clipboard");
    drop(display);
    home.until_nothing_holds_a_clipboard();
}
