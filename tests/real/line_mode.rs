//! `adsauth token` for scripts: data on stdout, talk on stderr.

use serde_json::Value;

use crate::fixtures::adsauth::{PROGRAM, command, in_terminal};
use crate::fixtures::browser::Browse;
use crate::fixtures::home::{CLIENT_FILE, Home};
use crate::fixtures::process::{Running, until};
use crate::fixtures::server::{Client, Server};

#[test]
fn the_printed_url_leads_to_json_on_stdout() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let file = home.path(format!("Downloads/{CLIENT_FILE}"));
    let arguments = ["token", "--no-browser", "--format", "json", "-P", file.to_str().expect("UTF-8")];
    let mut token = Running::start(&mut command(&home, &server, &arguments));

    let consent_url = until("the consent URL on stderr", || {
        let talk = token.errors();
        let complete = talk.rfind('\n').map_or("", |end| &talk[..end]);
        complete.split_whitespace().find(|word| word.starts_with(server.auth_uri())).map(str::to_owned)
    });
    assert!(token.errors().contains("Paste this URL in your browser:"));
    Browse::allow(&consent_url).visit().assert_fetched();

    let output = token.rest();
    assert_eq!(token.exit().code(), Some(0), "{}", token.errors());
    let json: Value = serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {output}"));
    let refresh_token = server.only_refresh_token();
    assert_eq!(json["type"], "authorized_user");
    assert_eq!(json["refresh_token"], refresh_token.as_str());
    assert!(!token.errors().contains(&refresh_token), "stderr is for talk");
    server.assert_usable(&refresh_token);
}

#[test]
fn a_machine_whose_loopback_interface_is_down_is_told_before_anybody_is_sent_to_a_browser() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let file = home.path(format!("Downloads/{CLIENT_FILE}"));
    let host = server.host();
    let file = file.to_str().expect("UTF-8");
    // A new network has that interface, and nobody has brought it up.
    let token = ["unshare", "--net", PROGRAM, "token", "--no-browser", "--trust-host", &host, "-P", file];
    let token = in_terminal(&home, &token, &[]);
    token.until_shows("a loopback interface that is down");
    assert_eq!(token.exit().exit_code(), 6);
    assert!(!token.contents().contains(server.auth_uri()), "{}", token.contents());
}
