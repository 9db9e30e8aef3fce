//! The tables of the READMEs are the program's own, in either language.

use adsauth::problem::Exit;
use adsauth::text::Lang;
use adsauth::wizard::Model;
use adsauth::wizard::keys::{Action, Key, bindings};

use crate::scenes;

/// One for every language.
const READMES: [(&str, Lang); 2] =
    [(include_str!("../../README.md"), Lang::En), (include_str!("../../README.ko.md"), Lang::Ko)];

/// What stands between `<!-- NAME: …` and `<!-- end of NAME -->`.
fn table(readme: &'static str, name: &str) -> Vec<&'static str> {
    let start = readme.find(&format!("<!-- {name}:")).expect("the README marks the table");
    let end = readme.find(&format!("<!-- end of {name} -->")).expect("the README marks the table's end");
    readme[start..end].lines().filter(|line| line.starts_with('|')).skip(2).collect()
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
fn keys_of(model: &Model, lang: Lang) -> String {
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
    let short = lang.text().keys.short;
    let rows = bindings(model).into_iter().filter(|row| !left_out.contains(&row.action));
    rows.map(|row| format!("{} {}", key_name(row.keys[0]), short(row.action))).collect::<Vec<_>>().join(" · ")
}

#[test]
fn the_table_of_keys_is_the_key_table() {
    for (readme, lang) in READMES {
        let rows: Vec<_> = table(readme, "keys").into_iter().map(cells).collect();
        let steps = &lang.text().frame;
        let scenes = [
            (steps.client, "client-several"),
            (steps.sign_in, "sign-in-waiting"),
            (steps.token, "token"),
            (steps.account, "account"),
            (steps.save, "save"),
        ];
        for (place, (step, scene)) in scenes.into_iter().enumerate() {
            assert_eq!(rows[place], [step.to_owned(), keys_of(&scenes::named(scene), lang)]);
        }
    }
}

#[test]
fn the_table_of_exit_codes_is_the_programs() {
    for (readme, lang) in READMES {
        let rows: Vec<_> = table(readme, "exit codes").into_iter().map(cells).collect();
        let meaning = lang.text().line.exit;
        let expected = Exit::ALL.map(|exit| vec![exit.code().to_string(), meaning(exit).to_owned()]);
        assert_eq!(rows, expected);
    }
}

/// The depths of its headings, and its commands without what is said of them.
fn outline(readme: &str) -> (Vec<usize>, Vec<&str>) {
    let (mut depths, mut commands) = (Vec::new(), Vec::new());
    for (place, block) in readme.split("```").enumerate() {
        if place % 2 == 0 {
            let headings = block.lines().filter(|line| line.starts_with('#'));
            depths.extend(headings.map(|line| line.chars().take_while(|letter| *letter == '#').count()));
        } else {
            commands.extend(block.lines().map(|line| line.split('#').next().unwrap().trim_end()));
        }
    }
    (depths, commands)
}

#[test]
fn both_tell_the_same_story() {
    let [(english, _), (korean, _)] = READMES;
    assert_eq!(outline(english), outline(korean));
    assert_eq!(english.matches("](screenshots/").count(), korean.matches("](screenshots/").count());
}

#[test]
fn every_picture_that_the_readme_shows_is_there() {
    for shown in READMES.iter().flat_map(|(readme, _)| readme.split("](screenshots/").skip(1)) {
        let name = shown.split(')').next().unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/screenshots/").to_owned() + name;
        assert!(std::path::Path::new(&path).exists(), "{name}");
    }
}
