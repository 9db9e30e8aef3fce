//! The user refuses, tries again, and goes back and forth.

use crate::fixtures::adsauth::{choose_client, screen, sign_in, wizard};
use crate::fixtures::browser::{Browse, FETCHED, parameters};
use crate::fixtures::home::Home;
use crate::fixtures::server::{Client, Server};
use crate::terminal::key;

#[test]
fn a_refusal_can_be_retried_on_the_same_port() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);

    wizard.press(key::ENTER);
    let refused = Browse::deny(&home.opened_address(0)).visit();
    assert!(!refused.text.contains(FETCHED), "the page says: {}", refused.text);
    wizard.until_read(screen::DENIED);

    wizard.press("r");
    wizard.until_read(server.auth_uri());
    wizard.press(key::ENTER);
    let agreed = Browse::allow(&home.opened_address(1)).visit();
    agreed.assert_fetched();
    wizard.until_read(screen::TOKEN);

    let [first, second] = [&refused, &agreed].map(|visit| parameters(visit.consent_url(server.auth_uri())));
    assert_eq!(first["redirect_uri"], second["redirect_uri"]);
    for fresh in ["state", "code_challenge"] {
        assert_ne!(first[fresh], second[fresh], "{fresh} of a new attempt");
    }
    server.assert_usable(&server.only_refresh_token());
}

#[test]
fn going_back_from_token_keeps_it() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    sign_in(&wizard, &home, &server);
    let token = server.only_refresh_token();

    wizard.press(key::ESC);
    wizard.until_shows(screen::KEPT);
    wizard.press(key::ENTER);
    wizard.until_read(screen::TOKEN);
    wizard.press("v");
    wizard.until_shows(&token);
    assert_eq!(server.only_refresh_token(), token, "there was no second sign-in");
}
