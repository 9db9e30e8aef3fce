//! The wizard's screens as somebody goes through them, from the client file of a server of ours.

use adsauth::text::{Lang, Text};

use crate::consent_server::{PROJECT, Server, visit};
use crate::terminal::{Terminal, key};
use crate::user::User;

/// What it is started with, so that it trusts the server and nobody else but Google.
pub fn arguments(server: &Server) -> Vec<String> {
    ["--trust-host", server.host(), "--ads-endpoint", &server.origin()].map(str::to_owned).into()
}

pub fn words() -> &'static Text {
    Lang::En.text()
}

/// Waits for the Client screen.
pub fn client(terminal: &Terminal) {
    terminal.until_read(PROJECT);
}

/// From Client to Sign in.
pub fn sign_in(terminal: &Terminal) {
    client(terminal);
    terminal.press(key::ENTER);
    terminal.until_read(words().sign_in.waiting);
}

/// Opens the browser for the `attempt`th time and lets it do what the server makes of it. Gives what the browser was shown.
pub fn answer(terminal: &Terminal, user: &User, server: &Server, attempt: usize) -> Vec<u8> {
    terminal.press(key::ENTER);
    visit(&user.opened(attempt), server).expect("the listener answers a browser")
}

/// From Client to Token.
pub fn token(terminal: &Terminal, user: &User, server: &Server) -> Vec<u8> {
    sign_in(terminal);
    let pages = answer(terminal, user, server, 0);
    terminal.until_read(words().token.title);
    pages
}

/// From Token to Save, past the accounts, of which this server knows nothing.
pub fn save(terminal: &Terminal) {
    terminal.press(key::ENTER);
    terminal.until_read(words().account.refreshes);
    terminal.press("s");
    terminal.until_read(words().save.title);
}
