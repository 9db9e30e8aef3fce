//! The browser runs where the listener cannot be reached, as over SSH without a tunnel.

use url::Url;

use crate::fixtures::adsauth::{choose_client, copy_and_quit, screen, wizard};
use crate::fixtures::browser::{Browse, parameters};
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::terminal::key;

#[test]
fn the_address_that_the_browser_ended_on_can_be_pasted() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let display = Xvfb::start();
    let wizard = wizard(&home, &server, &display.environment());
    choose_client(&wizard, &server);

    wizard.press("c");
    let consent_url = until("the consent URL on the clipboard", || {
        Some(display.try_paste()?).filter(|text| text.starts_with(server.auth_uri()))
    });
    let redirect = parameters(&Url::parse(&consent_url).expect("a URL"))["redirect_uri"].clone();
    let port = Url::parse(&redirect).ok().and_then(|redirect| redirect.port()).expect("a port");
    let visit = Browse::allow(&consent_url).without_port(port).visit();
    assert_eq!(visit.error.as_deref(), Some("net::ERR_CONNECTION_REFUSED"));
    let code = parameters(&visit.final_url)["code"].clone();

    wizard.press("p");
    wizard.until_shows(screen::PASTE);
    wizard.paste(visit.final_url.as_str());
    wizard.until("the code, masked", |screen| !screen.contents().contains(&code));
    wizard.press(key::ENTER);
    wizard.until_read(screen::TOKEN);

    copy_and_quit(&wizard);
    assert_eq!(display.paste(), server.only_refresh_token());
    server.assert_usable(&display.paste());
}
