//! The README's tables are the program's own.

use adsauth::problem::Exit;
use adsauth::text::Lang;
use adsauth::wizard::Model;
use adsauth::wizard::keys::{Action, Key, bindings};

use crate::scenes;

const README: &str = include_str!("../../README.md");

/// What stands between `<!-- NAME: …` and `<!-- end of NAME -->`.
fn table(name: &str) -> Vec<&'static str> {
    let start = README.find(&format!("<!-- {name}:")).expect("the README marks the table");
    let end = README.find(&format!("<!-- end of {name} -->")).expect("the README marks the table's end");
    README[start..end].lines().filter(|line| line.starts_with('|')).skip(2).collect()
}

fn cells(row: &str) -> Vec<String> {
    row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn key_name(key: Key) -> String {
    match key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(character) => character.to_string(),
        Key::Enter => "Enter".to_owned(),
        Key::Esc => "Esc".to_owned(),
        other => panic!("{other:?} is nobody's first key"),
    }
}

/// The keys of a screen as the README writes them: without moving about, and without what works everywhere.
fn keys_of(model: &Model) -> String {
    let left_out = [
        Action::Up,
        Action::Down,
        Action::PageUp,
        Action::PageDown,
        Action::First,
        Action::Last,
        Action::Help,
        Action::Quit,
    ];
    let short = Lang::En.text().keys.short;
    let rows = bindings(model).into_iter().filter(|row| !left_out.contains(&row.action));
    rows.map(|row| format!("{} {}", key_name(row.keys[0]), short(row.action))).collect::<Vec<_>>().join(" · ")
}

#[test]
fn the_table_of_keys_is_the_key_table() {
    let rows: Vec<_> = table("keys").into_iter().map(cells).collect();
    let scene = [
        ("Client", "client-several"),
        ("Sign in", "sign-in-waiting"),
        ("Token", "token"),
        ("Account", "account"),
        ("Save", "save"),
    ];
    for (place, (step, scene)) in scene.into_iter().enumerate() {
        assert_eq!(rows[place], [step.to_owned(), keys_of(&scenes::named(scene))]);
    }
}

#[test]
fn the_table_of_exit_codes_is_the_programs() {
    let rows: Vec<_> = table("exit codes").into_iter().map(cells).collect();
    let expected: Vec<_> = Exit::ALL
        .iter()
        .map(|exit| vec![exit.code().to_string(), (Lang::En.text().line.exit)(*exit).to_owned()])
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn every_picture_that_the_readme_shows_is_there() {
    for shown in README.split("](screenshots/").skip(1) {
        let name = shown.split(')').next().unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots/").to_owned() + name;
        assert!(std::path::Path::new(&path).exists(), "{name}");
    }
}
