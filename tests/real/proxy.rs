//! Behind a company's proxy, with a certificate authority of its own: the token server is a name that only the far machine
//! knows, the proxy is there too, and the program and the browser are on the near machine.

use crate::fixtures::adsauth::{PROGRAM, choose_client, in_terminal, screen};
use crate::fixtures::authority::Authority;
use crate::fixtures::browser::{Browse, Visit};
use crate::fixtures::home::Home;
use crate::fixtures::network::Machines;
use crate::fixtures::process::try_output_of;
use crate::fixtures::server::{Client, Server};
use crate::fixtures::tinyproxy::Tinyproxy;
use crate::terminal::{Terminal, key};

const NAME: &str = "accounts.ads.test";
const CONNECT: &str = "CONNECT accounts.ads.test:443 HTTP/1.1";
const USER: &str = "ada";
const PASSWORD: &str = "CANARY-of-the-proxy";

struct Office {
    machines: Machines,
    authority: Authority,
    server: Server,
}

/// The wizard after the user has agreed.
struct Agreed {
    wizard: Terminal,
    visit: Visit,
    home: Home,
}

impl Office {
    fn new() -> Self {
        let machines = Machines::start();
        machines.far.learn(NAME, machines.far.address);
        let authority = Authority::new();
        let server = Server::start_secure(&machines.far, &authority.certificate(NAME), Client::desktop());
        Self { machines, authority, server }
    }

    /// Where the proxy is, when there is one.
    fn proxy(&self) -> String {
        format!("{}:{}", self.machines.far.address, Tinyproxy::PORT)
    }

    /// Every variable that can name it, so that it is the program that keeps loopback out of it.
    fn by_proxy(&self) -> Vec<(String, String)> {
        Self::named(&format!("http://{USER}:{PASSWORD}@{}", self.proxy()))
    }

    fn named(proxy: &str) -> Vec<(String, String)> {
        ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name.to_owned(), proxy.to_owned())).into()
    }

    /// For a user who has been told of the authority.
    fn trusting(&self, variables: Vec<(String, String)>) -> Vec<(String, String)> {
        let trusted = ("SSL_CERT_FILE".to_owned(), self.authority.pem().to_string_lossy().into_owned());
        variables.into_iter().chain([trusted]).collect()
    }

    /// The browser has a way of its own, so that the proxy hears of the program alone.
    fn agree(&self, variables: &[(String, String)]) -> Agreed {
        let Machines { far, near } = &self.machines;
        let home = Home::with_client_of(&self.server);
        let options = ["--trust-host", NAME, "--log", "trace"];
        let program: Vec<_> = near.prefix().into_iter().chain([PROGRAM]).chain(options).collect();
        let wizard = in_terminal(&home, &program, variables);
        choose_client(&wizard, &self.server);
        wizard.press(key::ENTER);
        let visit = Browse::allow(&home.opened_address(0)).on(near).knowing(NAME, far.address).visit();
        Agreed { wizard, visit, home }
    }
}

impl Agreed {
    fn assert_token(&self, server: &Server) {
        self.visit.assert_fetched();
        self.wizard.until_read(screen::TOKEN);
        self.wizard.press("v");
        let token = server.only_refresh_token();
        self.wizard.until_shows(&token);
        server.assert_usable(&token);
    }

    /// The screen names the server, the proxy and all this, and nothing shows the proxy's password.
    fn assert_told(&self, office: &Office, words: &[&str]) {
        for told in [NAME, &format!("through the proxy {}", office.proxy())].iter().chain(words) {
            self.wizard.until_shows(told);
        }
        for shown in [String::from_utf8_lossy(&self.wizard.raw()).into_owned(), self.home.read("trace")] {
            assert!(!shown.contains(PASSWORD) && !shown.contains(&format!("{USER}:")), "{shown}");
        }
        assert!(office.server.issued().is_empty(), "nothing was sent");
    }
}

#[test]
fn the_name_is_known_beyond_the_proxy_only_and_the_certificate_to_the_private_authority_only() {
    let office = Office::new();
    let proxy = Tinyproxy::start(&office.machines.far, "");
    let (address, authority) = (format!("http://{}", office.proxy()), office.authority.pem());
    let asked = |options: &[&str]| {
        let mut curl = office.machines.near.command("curl");
        curl.env_remove("SSL_CERT_FILE").args(["-sS", "--max-time", "20", &format!("https://{NAME}/")]).args(options);
        try_output_of(&mut curl)
    };
    let authority = authority.to_str().expect("UTF-8");
    let through = asked(&["--proxy", &address, "--cacert", authority]);
    assert!(through.is_ok(), "{through:?}");
    for (options, complaint) in [
        (&["--noproxy", "*", "--cacert", authority][..], "Could not resolve host"),
        (&["--proxy", &address], "certificate"),
    ] {
        let refused = asked(options).expect_err("this is not a way there");
        assert!(refused.contains(complaint), "{refused}");
    }
    assert_eq!(proxy.requests(), [CONNECT, CONNECT]);
}

#[test]
fn the_sign_in_goes_through_the_proxy_to_a_server_of_the_private_authority_and_loopback_does_not() {
    let office = Office::new();
    let proxy = Tinyproxy::start(&office.machines.far, &format!("BasicAuth {USER} {PASSWORD}"));
    let agreed = office.agree(&office.trusting(office.by_proxy()));
    agreed.assert_token(&office.server);
    assert_eq!(proxy.requests(), [CONNECT]);
}

#[test]
fn a_host_of_no_proxy_is_reached_directly() {
    let office = Office::new();
    let proxy = Tinyproxy::start(&office.machines.far, "");
    office.machines.near.learn(NAME, office.machines.far.address);
    let mut variables = office.trusting(office.by_proxy());
    variables.push(("NO_PROXY".to_owned(), "intranet.test, ads.test".to_owned()));
    let agreed = office.agree(&variables);
    agreed.assert_token(&office.server);
    assert!(proxy.requests().is_empty(), "{:?}", proxy.requests());
}

#[test]
fn an_authority_that_is_not_trusted_here_is_told_with_the_proxy_and_the_way_to_trust_it() {
    let office = Office::new();
    let proxy = Tinyproxy::start(&office.machines.far, "");
    let agreed = office.agree(&office.by_proxy());
    agreed.assert_told(
        &office,
        &["cannot be trusted", "issued by someone this machine does not trust", "name its PEM file in SSL_CERT_FILE"],
    );
    assert_eq!(proxy.requests(), [CONNECT], "a certificate does not get better by asking again");
}

#[test]
fn a_proxy_that_is_down_or_refuses_is_told_without_its_password() {
    let office = Office::new();
    let variables = office.trusting(office.by_proxy());
    office.agree(&variables).assert_told(&office, &["The proxy accepts no connections.", "HTTPS_PROXY"]);

    for refusing in ["ConnectPort 563".to_owned(), format!("BasicAuth {USER} another")] {
        let _proxy = Tinyproxy::start(&office.machines.far, &refusing);
        office.agree(&variables).assert_told(&office, &["The proxy refuses to connect to it.", "NO_PROXY"]);
    }

    let proxy = Tinyproxy::start(&office.machines.far, &format!("BasicAuth {USER} {PASSWORD}"));
    let variables = office.trusting(Office::named(&format!("http://{}", office.proxy())));
    office.agree(&variables).assert_told(&office, &["a user name and a password", "USER:PASSWORD@HOST:PORT"]);
    assert_eq!(proxy.requests(), [CONNECT], "asking again would not help");
}
