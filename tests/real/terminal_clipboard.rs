//! Copying where there is no display: through the terminal, or by the user's own command.
#![expect(clippy::disallowed_methods, reason = "how long something takes is what is tested")]

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::fixtures::adsauth::{asked_to_copy, choose_client, in_terminal, screen, script, wizard, wizard_with};
use crate::fixtures::browser::Browse;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::terminal::{Size, key};

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
    let url = asked_to_copy(&wizard).expect("the terminal was asked first");
    assert!(url.starts_with(server.auth_uri()), "{url}");
    wizard.press("t");
    let command = until("the tunnel's command", || asked_to_copy(&wizard).filter(|text| *text != url));
    assert!(command.starts_with("ssh -N -L ") && command.ends_with(" ada@203.0.113.7"), "{command}");

    Browse::allow(&url).visit();
    wizard.until_read(screen::TOKEN);
    wizard.press("c");
    wizard.until_shows(screen::UNCONFIRMED);
    let token = server.only_refresh_token();
    assert_eq!(asked_to_copy(&wizard), Some(token.clone()));
    let sequence = format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(token));
    assert!(contains(&wizard.raw(), &sequence), "the sequence as terminals know it");
}

#[test]
fn without_a_display_and_without_a_helper_it_is_said_at_once() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);
    let pressed = Instant::now();
    wizard.press("c");
    wizard.until_shows(screen::UNCONFIRMED);
    assert!(pressed.elapsed() < Duration::from_secs(2), "which is how long a program that copies is waited for");
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
    assert_eq!(asked_to_copy(&wizard), None, "the terminal was not asked");
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_target_of_the_hyperlink_is_the_very_url_that_is_copied_whatever_lay_over_it() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = in_terminal(&home, &["bash", "--norc", "-c", &script(&server)], &[]);
    choose_client(&wizard, &server);
    wizard.press("c");
    let url = until("the copied URL", || asked_to_copy(&wizard));
    let link = format!("\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\");
    let until_linked = |before: usize, when: &str| {
        wizard.until_raw(&format!("the hyperlink {when}"), |raw| contains(&raw[before..], &link));
        let raw = String::from_utf8_lossy(&wizard.raw()[before..]).into_owned();
        for target in
            raw.split("\x1b]8;;").skip(1).filter_map(|rest| rest.split_once("\x1b\\")).map(|(target, _)| target)
        {
            assert!(target.is_empty() || target == url, "{when} there is a hyperlink to {target}");
        }
    };
    until_linked(0, "at first");
    for (stops, columns) in (1..).zip([60, 120, 80]) {
        let mut before = wizard.raw().len();
        wizard.resize(Size { columns, rows: 24 });
        until_linked(before, &format!("at {columns} columns"));
        // A key in the same moment as a resize is heard only with the next one (crossterm 0.29).
        wizard.until_read(screen::WAITING);
        wizard.press("?");
        wizard.until_shows(screen::HELP);
        before = wizard.raw().len();
        wizard.press(key::ESC);
        until_linked(before, "after help");

        wizard.press(key::CTRL_Z);
        wizard.until_shows(&format!("STOPPED {stops}"));
        before = wizard.raw().len();
        wizard.press("x");
        until_linked(before, "after fg");
    }
}
