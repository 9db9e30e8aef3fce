//! Copying where there is no display: through the terminal, or by the user's own command.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::fixtures::adsauth::{choose_client, screen, wizard, wizard_with};
use crate::fixtures::browser::Browse;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::terminal::Terminal;

/// What the terminal was asked to copy.
fn sent(terminal: &Terminal) -> Option<String> {
    String::from_utf8(STANDARD.decode(terminal.copied()).ok()?).ok().filter(|text| !text.is_empty())
}

#[test]
fn over_ssh_the_terminal_is_asked_to_copy_and_the_screen_says_that_nobody_confirms_it() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let ssh = [("SSH_CONNECTION", "192.0.2.1 50000 203.0.113.7 22"), ("USER", "ada")];
    let ssh = ssh.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let wizard = wizard(&home, &server, &ssh);
    choose_client(&wizard, &server);
    wizard.press("c");
    wizard.until_shows(screen::UNCONFIRMED);
    let url = sent(&wizard).expect("the terminal was asked first");
    assert!(url.starts_with(server.auth_uri()), "{url}");
    wizard.press("t");
    let command = until("the tunnel's command", || sent(&wizard).filter(|text| *text != url));
    assert!(command.starts_with("ssh -N -L ") && command.ends_with(" ada@203.0.113.7"), "{command}");

    Browse::allow(&url).visit();
    wizard.until_read(screen::TOKEN);
    wizard.press("c");
    wizard.until_shows(screen::UNCONFIRMED);
    assert_eq!(sent(&wizard), Some(server.only_refresh_token()));
}

#[test]
fn without_a_display_and_without_a_helper_it_is_said_at_once() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);
    wizard.press("c");
    wizard.until_shows(screen::UNCONFIRMED);
    assert!(home.clipboard_holders().is_empty());
}

#[test]
fn the_users_own_command_gets_the_text_and_nobody_else() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let file = home.path("copied");
    let command = format!("sh -c 'cat > {}'", file.display());
    let wizard = wizard_with(&home, &server, &[], &["--copy-command", &command]);
    choose_client(&wizard, &server);
    wizard.press("c");
    wizard.until_shows("--copy-command");
    let url = home.read("copied");
    assert!(url.starts_with(server.auth_uri()), "{url}");
    assert_eq!(sent(&wizard), None, "the terminal was not asked");
}

#[test]
fn the_target_of_the_hyperlink_is_the_very_url_that_is_copied() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);
    wizard.press("c");
    let url = until("the copied URL", || sent(&wizard));
    let link = format!("\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\");
    assert!(wizard.raw().windows(link.len()).any(|bytes| bytes == link.as_bytes()), "{:?}", wizard.contents());
}
