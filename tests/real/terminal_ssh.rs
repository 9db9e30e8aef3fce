//! Two machines: the program on the far one, where the user has logged in by ssh, and the browser on the near one.

use url::Url;

use crate::fixtures::adsauth::{PROGRAM, asked_to_copy, choose_client, screen};
use crate::fixtures::browser::{Browse, parameters};
use crate::fixtures::home::Home;
use crate::fixtures::network::Machines;
use crate::fixtures::process::{Running, until};
use crate::fixtures::server::{Client, Server};
use crate::fixtures::ssh::Sshd;
use crate::terminal::{Terminal, key};

/// What the terminal before the user was asked to copy.
fn copied(terminal: &Terminal, start: &str) -> String {
    until(start, || asked_to_copy(terminal).filter(|text| text.starts_with(start)))
}

/// A login on the far machine, and the wizard waiting for the browser on the near one.
struct Login<'a> {
    server: Server,
    wizard: Terminal,
    consent_url: String,
    /// The port that waits for the answer.
    port: u16,
    /// A server that is everybody's is reached from everywhere; this one's address is loopback.
    _server_is_near: Running,
    _home: Home,
    sshd: Sshd<'a>,
}

impl<'a> Login<'a> {
    fn start(machines: &'a Machines) -> Self {
        let server = Server::start_on(&machines.far, Client::desktop());
        let home = Home::with_client_of(&server);
        let sshd = Sshd::start(machines);
        let server_is_near = sshd.bring(server.port());
        let wizard = sshd.login(&home, &[PROGRAM, "--trust-host", &server.host()]);
        choose_client(&wizard, &server);
        wizard.press("c");
        let consent_url = copied(&wizard, server.auth_uri());
        let redirect = parameters(&Url::parse(&consent_url).expect("a URL"))["redirect_uri"].clone();
        let port = Url::parse(&redirect).ok().and_then(|redirect| redirect.port()).expect("a port");
        Self { server, wizard, consent_url, port, _server_is_near: server_is_near, _home: home, sshd }
    }

    fn assert_token_is_here_and_usable(&self) {
        self.wizard.until_read(screen::TOKEN);
        self.wizard.press("c");
        self.wizard.until_shows(screen::UNCONFIRMED);
        let token = self.server.only_refresh_token();
        assert_eq!(copied(&self.wizard, &token), token);
        self.server.assert_usable(&token);
    }
}

#[test]
fn through_the_tunnel_of_the_line_on_the_screen_the_whole_sign_in_succeeds() {
    let machines = Machines::start();
    let login = Login::start(&machines);
    login.wizard.press("t");
    let line = copied(&login.wizard, "ssh ");
    login.wizard.until_shows(&line);
    let _open = login.sshd.tunnel(&line, login.port);
    let visit = Browse::allow(&login.consent_url).on(&machines.near).visit();
    visit.assert_fetched();
    login.assert_token_is_here_and_usable();
}

#[test]
fn without_a_tunnel_the_address_of_the_page_that_cannot_be_reached_brings_the_token() {
    let machines = Machines::start();
    let login = Login::start(&machines);
    let visit = Browse::allow(&login.consent_url).on(&machines.near).visit();
    assert_eq!(visit.error.as_deref(), Some("net::ERR_CONNECTION_REFUSED"));
    let code = parameters(&visit.final_url)["code"].clone();

    login.wizard.press("p");
    login.wizard.until_shows(screen::PASTE);
    login.wizard.paste(visit.final_url.as_str());
    login.wizard.until("the code, masked", |screen| {
        let contents = screen.contents();
        contents.contains("code=") && !contents.contains(&code)
    });
    login.wizard.press(key::ENTER);
    login.assert_token_is_here_and_usable();
}
