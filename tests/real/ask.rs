//! `adsauth save` with the token on its standard input, so that whoever is asked must be asked on the terminal.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes files")]

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::fixtures::adsauth::{PROGRAM, in_terminal, run};
use crate::fixtures::home::Home;
use crate::fixtures::token::Token;
use crate::terminal::{Terminal, key};

const WRITE: &str = "Write this? Type y";
const REPLACE: &str = "Type replace, then press Enter";

/// A home in which the token is in a file, for a shell to pipe it on.
struct Desk {
    home: Home,
    target: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let home = Home::new();
        let target = home.path(".config/adsauth/google-ads.env");
        Self { home, target }
    }

    /// A home in which another token is saved already.
    fn holding(token: &Token) -> (Self, String) {
        let desk = Self::new();
        assert_eq!(run(&desk.home, &["save", "--for", "env", "--yes"], &token.document()).code, Some(0));
        let text = desk.text().expect("it was written");
        (desk, text)
    }

    fn text(&self) -> Option<String> {
        fs::read_to_string(&self.target).ok()
    }

    /// Everything beside the target.
    fn files(&self) -> usize {
        self.target.parent().and_then(|directory| fs::read_dir(directory).ok()).map_or(0, Iterator::count)
    }

    fn pipe(&self, token: &Token) -> Terminal {
        fs::write(self.home.path("token.json"), token.document()).expect("a file");
        let line = format!("cat token.json | '{PROGRAM}' save --for env");
        in_terminal(&self.home, &["/bin/sh", "-c", &line], &[])
    }
}

fn assert_masked(terminal: &Terminal, token: &Token) {
    token.assert_masked(&String::from_utf8_lossy(&terminal.raw()));
}

#[test]
fn a_yes_on_the_terminal_writes_what_came_through_a_pipe() {
    let desk = Desk::new();
    let save = desk.pipe(&Token::usual());
    save.until_shows(WRITE);
    assert_eq!(desk.text(), None, "nothing is written before the answer");
    save.press(&format!("y{}", key::ENTER));
    assert_eq!(save.exit().exit_code(), 0);
    assert!(desk.text().is_some_and(|text| text.contains(&Token::usual().refresh_token)));
    assert_masked(&save, &Token::usual());
}

#[test]
fn anything_else_writes_nothing() {
    for answer in ["", "n", "yes please", "replace"] {
        let desk = Desk::new();
        let save = desk.pipe(&Token::usual());
        save.until_shows(WRITE);
        save.press(&format!("{answer}{}", key::ENTER));
        assert_eq!(save.exit().exit_code(), 7, "{answer}");
        assert_eq!((desk.text(), desk.files()), (None, 0), "{answer}");
    }
}

#[test]
fn another_token_is_only_replaced_for_the_whole_word() {
    let (desk, before) = Desk::holding(&Token::usual());
    for answer in ["y", "yes", ""] {
        let save = desk.pipe(&Token::another());
        save.until_shows(REPLACE);
        save.press(&format!("{answer}{}", key::ENTER));
        assert_eq!(save.exit().exit_code(), 7, "{answer}");
        assert_eq!(desk.text().as_deref(), Some(before.as_str()), "{answer}");
    }
    let save = desk.pipe(&Token::another());
    save.until_shows(REPLACE);
    save.press(&format!("replace{}", key::ENTER));
    assert_eq!(save.exit().exit_code(), 0);
    assert!(desk.text().is_some_and(|text| text.contains(&Token::another().refresh_token)));
    assert_eq!(fs::read_to_string(desk.home.path(".config/adsauth/google-ads.env.adsauth-backup")).ok(), Some(before));
    assert_masked(&save, &Token::usual());
    assert_masked(&save, &Token::another());
}

#[test]
fn where_nobody_can_be_asked_nothing_is_written() {
    let desk = Desk::new();
    let ended = run(&desk.home, &["save", "--for", "env"], &Token::usual().document());
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!((desk.text(), desk.files()), (None, 0));
    Token::usual().assert_masked(&(ended.output + &ended.errors));
}

#[test]
fn a_yes_that_was_given_beforehand_does_not_replace_another_token() {
    let (desk, before) = Desk::holding(&Token::usual());
    let other_client = Token { client_id: "1-other.apps.googleusercontent.com".to_owned(), ..Token::usual() };
    for token in [Token::another(), other_client] {
        let ended = run(&desk.home, &["save", "--for", "env", "--yes"], &token.document());
        assert_eq!(ended.code, Some(7), "{ended:?}");
        assert!(ended.errors.contains("--replace"), "{ended:?}");
        assert_eq!((desk.text().as_deref(), desk.files()), (Some(before.as_str()), 1));
        let ended = run(&desk.home, &["save", "--for", "env", "--yes", "--json"], &token.document());
        let error: Value = serde_json::from_str(&ended.output).expect("JSON was asked for");
        assert_eq!((ended.code, &error["error"]["code"]), (Some(7), &Value::from("would-replace")));
    }
    let ended = run(&desk.home, &["save", "--for", "env", "--yes", "--replace"], &Token::another().document());
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_dry_run_shows_what_would_change_and_writes_nothing() {
    let (desk, before) = Desk::holding(&Token::usual());
    let another = Token::another();
    let home = &desk.home;
    let shown = run(home, &["save", "--for", "env", "--dry-run"], &another.document());
    assert_eq!((shown.code, shown.output.as_str()), (Some(0), ""), "{shown:?}");
    let lines: Vec<_> = shown.errors.lines().filter(|line| line.contains("GOOGLE_ADS_REFRESH_TOKEN")).collect();
    assert_eq!(lines, ["- GOOGLE_ADS_REFRESH_TOKEN=1//0…oken", "+ GOOGLE_ADS_REFRESH_TOKEN=1//0…oken"]);
    for options in [&["--json"][..], &["--yes", "--replace"], &["--for", "python"], &["--for", "ruby", "--json"]] {
        let mut arguments = vec!["save", "--dry-run"];
        if !options.contains(&"--for") {
            arguments.extend(["--for", "env"]);
        }
        arguments.extend(options);
        let ended = run(home, &arguments, &another.document());
        assert_eq!(ended.code, Some(0), "{options:?}: {ended:?}");
        if options.contains(&"--json") {
            let document: Value = serde_json::from_str(&ended.output).expect("JSON was asked for");
            assert_eq!((&document["written"], &document["changed"]), (&Value::from(false), &Value::from(true)));
        }
        for token in [&another, &Token::usual()] {
            token.assert_masked(&ended.output);
            token.assert_masked(&ended.errors);
        }
    }
    assert_eq!((desk.text().as_deref(), desk.files()), (Some(before.as_str()), 1));
    assert!(!home.path("google-ads.yaml").exists() && !home.path("google_ads_config.rb").exists());
}
