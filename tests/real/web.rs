//! Web clients: the redirect URI that they have registered, to the letter.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};

use crate::fixtures::adsauth::{copy_and_quit, screen, sign_in, wizard};
use crate::fixtures::browser::parameters;
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::Home;
use crate::fixtures::server::{Client, Server};
use crate::terminal::key;

/// A port that nobody has on 127.0.0.1, and so nearly always on ::1 either.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has free ports");
    listener.local_addr().expect("bound").port()
}

fn assert_token_by(redirect_uri: &str) {
    let server = Server::start(Client::web(redirect_uri.to_owned()));
    let home = Home::with_client_of(&server);
    let display = Xvfb::start();
    let wizard = wizard(&home, &server, &display.environment());

    let visit = sign_in(&wizard, &home, &server);
    visit.assert_fetched();
    assert_eq!(parameters(visit.consent_url(server.auth_uri()))["redirect_uri"], redirect_uri);
    assert!(visit.callback().url.as_str().starts_with(&format!("{redirect_uri}?")), "{:?}", visit.callback());

    copy_and_quit(&wizard);
    assert_eq!(display.paste(), server.only_refresh_token());
    server.assert_usable(&display.paste());
}

#[test]
fn a_registered_path_on_127_0_0_1_is_used_as_it_is() {
    assert_token_by(&format!("http://127.0.0.1:{}/some/path", free_port()));
}

#[test]
fn a_registered_localhost_is_used_as_it_is() {
    assert_token_by(&format!("http://localhost:{}/cb", free_port()));
}

#[test]
fn localhost_is_refused_while_another_program_has_the_port_on_ipv6() {
    let port = free_port();
    let _other = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).expect("a port that was free a moment ago");
    let server = Server::start(Client::web(format!("http://localhost:{port}/cb")));
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    wizard.until_read(screen::CLIENT);
    wizard.press(key::ENTER);
    wizard.until("the port and the address that is taken", |screen| {
        let contents = screen.contents();
        contents.contains("[::1]") && contents.contains(&port.to_string())
    });
    assert!(!wizard.contents().contains(server.auth_uri()), "no consent URL for an address that is not ours");
}
