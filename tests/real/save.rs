//! The last steps of the wizard, counted in keys, and what `check` says of a token that was saved.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::fixtures::adsauth::{Ended, PROGRAM, choose_client, command, in_terminal, run, screen, wizard};
use crate::fixtures::browser::Browse;
use crate::fixtures::home::{CLIENT_FILE, Home};
use crate::fixtures::process::Running;
use crate::fixtures::server::{Client, Server};
use crate::fixtures::token::Token;
use crate::targets::by_google_ads;
use crate::terminal::{Terminal, key};

/// Counts the keys that are pressed in a terminal.
struct Counting<'a> {
    terminal: &'a Terminal,
    keys: Cell<usize>,
}

impl<'a> Counting<'a> {
    fn new(terminal: &'a Terminal) -> Self {
        Self { terminal, keys: Cell::new(0) }
    }

    /// Reads until the screen shows this, then presses one key.
    fn press_at(&self, text: &str, key: &str) {
        self.terminal.until_read(text);
        self.terminal.press(key);
        self.keys.set(self.keys.get() + 1);
    }
}

/// Where `adsauth demo` keeps its files while it runs.
fn practice_file(home: &Home, name: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(home.path("")).expect("a home").flatten();
    let practice = |path: &PathBuf| path.to_string_lossy().contains("adsauth-practice-");
    entries.map(|entry| entry.path()).find(practice).map(|directory| directory.join(name))
}

#[test]
fn six_times_enter_lead_from_the_start_to_a_configuration_that_python_loads() {
    let home = Home::new();
    let here = [("TMPDIR".to_owned(), home.path("").to_string_lossy().into_owned())];
    let demo = in_terminal(&home, &[PROGRAM, "demo", "--auto"], &here);
    let keys = Counting::new(&demo);
    keys.press_at("client_secret_practice-desktop", key::ENTER);
    keys.press_at("Press Enter to open", key::ENTER);
    keys.press_at(screen::TOKEN, key::ENTER);
    keys.press_at(screen::ACCOUNTS, key::ENTER);
    keys.press_at(screen::SAVE, key::ENTER);
    demo.until_shows(screen::WRITTEN);
    let written = practice_file(&home, "google-ads.yaml").expect("the practice directory is there until the end");
    let loaded = by_google_ads(&written);
    assert!(loaded["refresh_token"].as_str().is_some_and(|token| token.starts_with("practice-")), "{loaded:?}");
    keys.press_at(screen::WRITTEN, key::ENTER);
    assert!(demo.exit().success());
    assert!(keys.keys.get() <= 6, "{} keys", keys.keys.get());
    assert_eq!(practice_file(&home, ""), None, "the practice directory is removed");
}

#[test]
fn enter_never_replaces_another_accounts_token_but_a_seventh_key_does() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let other = Token::usual();
    assert_eq!(run(&home, &["save", "--for", "env", "--yes"], &other.document()).code, Some(0));
    let target = home.path(".config/adsauth/google-ads.env");
    let before = fs::read_to_string(&target).expect("it was written");

    let wizard = wizard(&home, &server, &[]);
    let keys = Counting::new(&wizard);
    keys.press_at(screen::CLIENT, key::ENTER);
    keys.press_at(server.auth_uri(), key::ENTER);
    Browse::allow(&home.opened_address(0)).visit().assert_fetched();
    keys.press_at(screen::TOKEN, key::ENTER);
    keys.press_at("this token is not Google's", key::ENTER);
    keys.press_at("It holds a token of another client", key::ENTER);
    wizard.until_shows("y replaces it");
    assert_eq!(fs::read_to_string(&target).ok().as_deref(), Some(before.as_str()), "Enter does not replace it");
    keys.press_at("It holds a token of another client", "y");
    keys.press_at(screen::WRITTEN, key::ENTER);
    assert!(wizard.exit().success());
    assert_eq!(keys.keys.get(), 7);

    let token = server.issued().last().and_then(|issued| issued.refresh_token.clone()).expect("a token");
    let text = fs::read_to_string(&target).expect("it was written");
    assert!(text.contains(&token) && !text.contains(&other.refresh_token), "{text}");
    let backup = fs::read_to_string(home.path(".config/adsauth/google-ads.env.adsauth-backup"));
    assert_eq!(backup.ok(), Some(before));
    let shown = String::from_utf8_lossy(&wizard.raw()).into_owned();
    other.assert_masked(&shown);
    assert!(!shown.contains(&token), "the token is masked");
}

#[test]
fn a_server_that_is_not_googles_gets_none_of_the_libraries_files() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);
    wizard.press(key::ENTER);
    Browse::allow(&home.opened_address(0)).visit().assert_fetched();
    for text in [screen::TOKEN, "this token is not Google's"] {
        wizard.until_read(text);
        wizard.press(key::ENTER);
    }
    wizard.until_read(screen::SAVE);
    let contents = wizard.contents();
    for library in ["google-ads.yaml", "google_ads_config.rb", "ads.properties", "google_ads_php.ini"] {
        assert!(!contents.contains(library), "{contents}");
    }
    for target in ["google-ads.env", "authorized_user.json"] {
        assert!(contents.contains(target), "{contents}");
    }
}

/// Signs in without the screen and writes the token into an `authorized_user` file.
fn saved_authorized_user(home: &Home, server: &Server) -> PathBuf {
    let client = home.path(format!("Downloads/{CLIENT_FILE}"));
    let arguments = ["token", "-P", client.to_str().expect("UTF-8"), "--for", "authorized-user", "--yes"];
    let mut token = Running::start(&mut command(home, server, &arguments));
    Browse::allow(&home.opened_address(0)).visit().assert_fetched();
    assert_eq!(token.rest(), "", "stdout is for data");
    assert_eq!(token.exit().code(), Some(0), "{}", token.errors());
    home.path(".config/adsauth/authorized_user.json")
}

fn check(home: &Home, server: &Server, config: &str, options: &[&str]) -> Ended {
    let arguments = ["check", "--config", config, "--trust-host", &server.host()];
    run(home, &[&arguments[..], options].concat(), "")
}

#[test]
fn a_saved_token_is_checked_until_it_is_revoked() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let path = saved_authorized_user(&home, &server);
    let path = path.to_str().expect("UTF-8");
    let token = server.only_refresh_token();
    let document = |ended: &Ended| -> Value { serde_json::from_str(&ended.output).expect("JSON was asked for") };

    let ended = check(&home, &server, path, &["--json"]);
    let report = document(&ended);
    assert_eq!(
        (ended.code, &report["ok"], &report["refresh"]["ok"]),
        (Some(0), &json!(true), &json!(true)),
        "{report}"
    );
    assert_eq!(
        (&report["accounts"], &report["read"]),
        (&Value::Null, &Value::Null),
        "nobody is asked about it: {report}"
    );

    server.revoke(&token);
    let ended = check(&home, &server, path, &["--json"]);
    let report = document(&ended);
    assert_eq!((ended.code, &report["ok"]), (Some(8), &json!(false)), "{report}");
    assert_eq!(report["refresh"]["code"], "invalid-grant", "{report}");
    let ended = check(&home, &server, path, &[]);
    assert_eq!(ended.code, Some(8));
    assert!(!ended.errors.contains("adsauth -P"), "no configuration says where another server signs in: {ended:?}");
    assert!(!ended.errors.contains(&token) && !ended.output.contains(&token));
}

#[test]
fn a_configuration_of_another_server_is_refused_with_the_reason() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let path = saved_authorized_user(&home, &server);
    let path = path.to_str().expect("UTF-8");
    let host = server.host();

    // Trusted, it still does not say where to sign in; not trusted, its server is named. Google is not asked about either.
    for (arguments, exit, words) in [
        (vec!["token", "-P", path, "--trust-host", &host], 3, "does not say where to sign in"),
        (vec!["token", "-P", path], 3, host.as_str()),
        (vec!["check", "--config", path], 3, host.as_str()),
    ] {
        let ended = run(&home, &arguments, "");
        assert_eq!(ended.code, Some(exit), "{arguments:?}: {ended:?}");
        assert!(ended.errors.contains(words), "{arguments:?}: {ended:?}");
    }
    let wizard = in_terminal(&home, &[PROGRAM, "-P", path, "--trust-host", &host], &[]);
    wizard.until_shows("The file does not say where to sign in");
}

#[test]
fn googles_token_does_not_stay_beside_the_address_of_another_server() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let path = saved_authorized_user(&home, &server);
    let arguments = ["save", "--for", "authorized-user", "--yes", "--replace"];
    let ended = run(&home, &arguments, &Token::usual().document());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let written: Value = serde_json::from_str(&fs::read_to_string(path).expect("it was written")).expect("JSON");
    assert_eq!(written["refresh_token"], Token::usual().refresh_token.as_str());
    assert_eq!(written["token_uri"], "https://oauth2.googleapis.com/token");
}
