//! A Desktop client, from a home full of files to a token that the server accepts.

use crate::fixtures::adsauth::{copy_and_quit, screen, sign_in, wizard};
use crate::fixtures::browser::parameters;
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::{CLIENT_FILE, Home};
use crate::fixtures::server::{Client, Server};

#[test]
fn the_one_file_that_works_among_many_becomes_a_token_on_the_clipboard() {
    let server = Server::start(Client::desktop());
    let home = Home::cluttered(&server);
    let display = Xvfb::start();
    let wizard = wizard(&home, &server, &display.environment());
    wizard.until_read(screen::CLIENT);
    wizard.until_shows(&CLIENT_FILE[..30]);

    let visit = sign_in(&wizard, &home, &server);
    visit.assert_fetched();
    let consent = parameters(visit.consent_url(server.auth_uri()));
    assert_eq!(consent["code_challenge_method"], "S256");
    let (redirect, port) = consent["redirect_uri"].rsplit_once(':').expect("a port");
    assert_eq!(redirect, "http://127.0.0.1");
    assert!(port.parse::<u16>().is_ok(), "no path follows the port: {port}");
    assert!(!wizard.contents().contains(&server.only_refresh_token()), "the token is masked until it is asked for");

    copy_and_quit(&wizard);
    let token = display.paste();
    assert_eq!(token, server.only_refresh_token());
    server.assert_usable(&token);
}
