//! The same screens in Korean, where a letter is two columns wide: everything has its place, and everything is translated.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use adsauth::oauth::client_file::Kind;
use adsauth::text::{Lang, Text};
use adsauth::view::LEAST;
use adsauth::wizard::keys::bindings;
use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::canvas::{look, look_in, paint};
use crate::invariants::check_footer;
use crate::scenes::{self, Scene};
use crate::screens::settings;

const SIZES: [(u16, u16); 3] = [LEAST, (80, 24), (120, 40)];

fn korean() -> &'static Text {
    Lang::Ko.text()
}

fn is_hangul(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

#[test]
fn every_scene_has_its_place_in_korean_where_it_has_it_in_english() {
    let is_cut = |rows: &[String]| rows.iter().any(|row| row.trim() == "…");
    for Scene { name, model } in scenes::all() {
        for size in SIZES {
            let painted = paint(&model, &look_in(Lang::Ko), size);
            check_footer(&model, &painted, korean(), &name);
            assert!(
                !is_cut(&painted.rows()) || is_cut(&paint(&model, &look(), size).rows()),
                "{name} at {size:?} is cut:\n{}",
                painted.text()
            );
        }
    }
}

#[test]
fn at_the_smallest_size_nothing_is_missing_that_must_be_there() {
    let text = paint(&scenes::named("sign-in-waiting"), &look_in(Lang::Ko), LEAST).text();
    for needed in ["로그인", "분 남음", "/s/k7m2qa", "시크릿 창", "? 도움말"] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
}

#[test]
fn words_that_stand_in_columns_are_short_enough() {
    for Scene { model, .. } in scenes::all() {
        for binding in bindings(&model) {
            let word = (korean().keys.short)(binding.action);
            assert!(word.width() <= 10, "{word}");
        }
    }
    for kind in Kind::ALL {
        let word = (korean().client.kind)(kind);
        assert!(word.width() <= 15, "{word}");
    }
    for offer in scenes::offers().iter().chain(&scenes::offers_replacing()) {
        let word = (korean().save.state)(offer);
        assert!(word.width() <= 20, "{word}");
    }
}

/// One snapshot for every step, of what stands between the rules; without the address, which has no language.
#[test]
fn every_scene_says_what_it_said() {
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    for Scene { name, model } in scenes::all() {
        let painted = paint(&model, &look_in(Lang::Ko), (80, 24));
        let address = painted.spot.as_ref().map_or(0..0, |spot| spot.row..spot.row + spot.rows);
        let text = groups.entry(name.split('-').next().unwrap().to_owned()).or_default();
        writeln!(text, "--- {name}").unwrap();
        for (row, words) in (0..).zip(painted.rows()) {
            if !address.contains(&row) && words.chars().any(|letter| letter != '─') {
                writeln!(text, "{}", words.trim()).unwrap();
            }
        }
    }
    for (group, text) in groups {
        settings().bind(|| assert_snapshot!(format!("{group}.ko"), text));
    }
}

/// What is the same in every language: names, addresses, codes and what only puts others together.
const SAME: [&str; 10] = [
    "Google Ads",
    "Google Ads API",
    "ID",
    "UTF-16",
    "http://127.0.0.1:8080/",
    ", ",
    "  {}",
    "{selected}/{all}",
    "{number}. {}{id} {name}",
    "{}. {} {}",
];

const SOURCES: [&str; 12] = [
    include_str!("../../src/text/ko.rs"),
    include_str!("../../src/text/ko/account.rs"),
    include_str!("../../src/text/ko/ads.rs"),
    include_str!("../../src/text/ko/files.rs"),
    include_str!("../../src/text/ko/keys.rs"),
    include_str!("../../src/text/ko/line.rs"),
    include_str!("../../src/text/ko/options.rs"),
    include_str!("../../src/text/ko/problems.rs"),
    include_str!("../../src/text/ko/save.rs"),
    include_str!("../../src/text/ko/sign_in.rs"),
    include_str!("../../src/text/ko/targets.rs"),
    include_str!("../../src/text/ko/usage.rs"),
];

/// The string literals of a source, without those that are patterns, reasons or comments.
fn literals(source: &str) -> Vec<String> {
    let code: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//") && !line.contains("reason ="))
        .map(|line| line.rsplit_once("=> ").map_or(line, |(_, value)| value).to_owned() + "\n")
        .collect();
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        rest = &rest[start + 1..];
        let mut literal = String::new();
        let mut letters = rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => literal.extend(letters.next().map(|(_, escaped)| escaped)),
                '"' => {
                    rest = &rest[at + 1..];
                    break;
                }
                letter => literal.push(letter),
            }
        }
        found.push(literal);
    }
    found
}

#[test]
fn nothing_was_left_in_english() {
    let all: Vec<_> = SOURCES.iter().flat_map(|source| literals(source)).collect();
    assert!(all.len() > 500, "only {} literals were read", all.len());
    let is_same = |literal: &String| !literal.chars().any(is_hangul);
    let same: BTreeSet<_> = all.iter().filter(|literal| is_same(literal)).map(String::as_str).collect();
    assert_eq!(same, SAME.into_iter().collect());
}

#[test]
fn a_literal_is_found_whole_and_a_pattern_is_none() {
    let source = "// \"a\"\n\"b\" => \"c \\\"d\\\"\",\nreason = \"e\"\nf(\"g\", \"h\\\n   i\")";
    assert_eq!(literals(source), ["c \"d\"", "g", "h\n   i"]);
}

fn help(locale: &str, arguments: &[&str]) -> String {
    #[expect(clippy::disallowed_methods, reason = "the language is that of the whole program")]
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_adsauth"));
    let output = command.env_clear().env("LANG", locale).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_locale_chooses_the_language_and_the_option_overrules_it() {
    let is_korean = |text: &str| text.contains("사용법:") && text.contains("종료 코드:") && !text.contains("Usage:");
    assert!(is_korean(&help("ko_KR.UTF-8", &["--help"])));
    assert!(is_korean(&help("C.UTF-8", &["--lang", "ko", "--help"])));
    assert!(help("ko_KR.UTF-8", &["--help", "--lang=en"]).contains("Usage:"));
    assert!(help("C.UTF-8", &["--help"]).contains("Usage:"));
}
