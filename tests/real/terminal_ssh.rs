//! The tunnel that the screen names, between two machines.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use portable_pty::CommandBuilder;
use url::Url;

use crate::fixtures::adsauth::{PROGRAM, choose_client, screen};
use crate::fixtures::browser::parameters;
use crate::fixtures::home::Home;
use crate::fixtures::network::{Machines, Sshd};
use crate::fixtures::process::{output_of, until};
use crate::fixtures::server::{Client, Server};
use crate::terminal::{Size, Terminal};

fn sent(terminal: &Terminal) -> Option<String> {
    String::from_utf8(STANDARD.decode(terminal.copied()).ok()?).ok()
}

#[test]
fn the_line_on_the_screen_brings_the_answer_from_the_other_machine() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let machines = Machines::start();
    let sshd = Sshd::start(&machines);

    let line: Vec<_> = machines.far.prefix().into_iter().chain([PROGRAM, "--trust-host"]).map(Into::into).collect();
    let mut program = CommandBuilder::from_argv(line);
    program.arg(server.host());
    program.cwd(home.path(""));
    let connection = format!("{} 50000 {} {}", machines.near.address, machines.far.address, Sshd::PORT);
    let login = [("SSH_CONNECTION".to_owned(), connection), ("USER".to_owned(), "root".to_owned())];
    let environment: Vec<_> = home.environment().into_iter().chain(login).collect();
    let wizard = Terminal::spawn(program, &environment, Size::USUAL);
    choose_client(&wizard, &server);

    wizard.press("c");
    let consent = until("the consent URL", || sent(&wizard).filter(|text| text.starts_with(server.auth_uri())));
    wizard.press("t");
    let tunnel = until("the tunnel's command", || sent(&wizard).filter(|text| text.starts_with("ssh ")));
    wizard.until_shows(&tunnel);
    let consent: HashMap<_, _> = parameters(&Url::parse(&consent).expect("a URL"));
    let redirect = Url::parse(&consent["redirect_uri"]).expect("a URL");

    let answer = format!("{redirect}?error=access_denied&state={}", consent["state"]);
    let _open = sshd.tunnel(&machines, &tunnel, redirect.port().expect("a port"));
    let page = output_of(machines.near.command("curl").args(["-sSL", "--noproxy", "*", &answer]));
    assert!(page.starts_with("<!doctype html>"), "{page}");
    wizard.until_read(screen::DENIED);
}
