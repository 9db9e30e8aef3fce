//! Who may name whom: the rooms of the house, read from the source.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A room, the rooms that it may name, and the crates that it may name (`None`: any).
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    crates: Option<&'static [&'static str]>,
}

const fn room(name: &'static str, rooms: &'static [&'static str], crates: Option<&'static [&'static str]>) -> Room {
    Room { name, rooms, crates }
}

const BELOW_RUNTIME: [&str; 13] = [
    "adapters",
    "ads",
    "customer_id",
    "oauth",
    "ports",
    "problem",
    "sanitize",
    "sources",
    "targets",
    "terminal",
    "text",
    "view",
    "wizard",
];
const BELOW_CLI: [&str; 15] = [
    "adapters",
    "ads",
    "customer_id",
    "oauth",
    "ports",
    "practice",
    "problem",
    "runtime",
    "sanitize",
    "sources",
    "targets",
    "terminal",
    "text",
    "view",
    "wizard",
];

const HOUSE: [Room; 18] = [
    room("sanitize", &[], None),
    room("customer_id", &[], Some(&["thiserror"])),
    room("oauth", &["sanitize"], None),
    room("ads", &["customer_id", "oauth", "sanitize"], None),
    room("targets", &["customer_id", "oauth", "sanitize"], None),
    room("sources", &["oauth", "targets"], Some(&["zeroize"])),
    room("ports", &["oauth"], Some(&[])),
    room("problem", &["ads", "oauth", "targets"], Some(&[])),
    room("wizard", &["ads", "customer_id", "oauth", "ports", "problem", "targets"], Some(&["tui_input"])),
    room("text", &["ads", "oauth", "ports", "problem", "sanitize", "targets", "wizard"], Some(&["chrono"])),
    room(
        "view",
        &["ads", "oauth", "ports", "problem", "sanitize", "targets", "text", "wizard"],
        Some(&["ratatui", "crossterm", "unicode_segmentation", "unicode_width"]),
    ),
    room("adapters", &["oauth", "ports", "sanitize"], None),
    room("terminal", &["oauth", "problem", "runtime", "view", "wizard"], None),
    room("runtime", &BELOW_RUNTIME, None),
    room("practice", &["ads", "oauth", "sanitize"], None),
    // A server for the tests of those that talk to one.
    room("raw_server", &[], None),
    room("cli", &BELOW_CLI, None),
    room("main", &["adapters", "cli", "problem"], None),
];

/// The crates that only some rooms may name.
fn dependencies() -> Vec<String> {
    let manifest = include_str!("../../Cargo.toml");
    let names = manifest.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_"));
    let sections = ["edition", "name", "version", "path", "all", "pedantic", "default_run"];
    let mut names: Vec<_> = names.filter(|name| !sections.contains(&name.as_str())).collect();
    names.sort();
    names.dedup();
    names
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    #[expect(clippy::disallowed_methods, reason = "the rules are about the files of the source")]
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The paths that a line names behind this prefix: `crate::a::b` names `a`.
fn named_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let named = line.match_indices(prefix).map(|(at, _)| &line[at + prefix.len()..]);
    named
        .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or(""))
        .collect()
}

fn names_crate(line: &str, name: &str) -> bool {
    let needle = format!("{name}::");
    line.match_indices(&needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':')
    })
}

/// What one file does that its room may not.
fn trespasses(path: &str, source: &str, crates: &[String]) -> String {
    let name = path.split(['/', '.']).next().unwrap_or_default();
    let mut found = String::new();
    let Some(room) = HOUSE.iter().find(|room| room.name == name) else {
        return if name == "lib" { found } else { format!("src/{path}: no room is called {name}\n") };
    };
    let for_tests = path.ends_with("tests.rs") || path.contains("/tests/");
    for (number, line) in source.lines().enumerate() {
        if for_tests || line.trim() == "mod tests {" {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        let mut tell = |what: &str| writeln!(found, "src/{path}:{}: {name} names {what}", number + 1).unwrap();
        for prefix in ["crate::", "adsauth::"] {
            for other in named_after(code, prefix) {
                if other != name && !room.rooms.contains(&other) {
                    tell(if other.is_empty() { "several rooms at once" } else { other });
                }
            }
        }
        for other in crates.iter().filter(|other| names_crate(code, other)) {
            if room.crates.is_some_and(|allowed| !allowed.contains(&other.as_str())) {
                tell(other);
            }
        }
    }
    found
}

#[test]
fn no_room_names_what_is_none_of_its_business() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, crates) = (Vec::new(), dependencies());
    sources(&root, &mut files);
    files.sort();
    assert!(files.len() > 40, "only {} files were read", files.len());
    let mut found = String::new();
    for path in files {
        #[expect(clippy::disallowed_methods, reason = "the rules are about the files of the source")]
        let source = std::fs::read_to_string(&path).unwrap();
        found += &trespasses(path.strip_prefix(&root).unwrap().to_str().unwrap(), &source, &crates);
    }
    assert!(found.is_empty(), "\n{found}");
}

#[test]
fn a_trespass_is_told_with_file_and_line() {
    let crates = dependencies();
    assert!(crates.iter().any(|name| name == "tokio") && crates.iter().any(|name| name == "tui_input"));
    let source =
        "use crate::oauth::client::Client;\nuse crate::runtime::run;\nuse tokio::time::sleep;\n// crate::cli::run\n";
    let expected = "src/wizard/x.rs:2: wizard names runtime\nsrc/wizard/x.rs:3: wizard names tokio\n";
    assert_eq!(trespasses("wizard/x.rs", source, &crates), expected);
    assert_eq!(trespasses("cellar.rs", "", &crates), "src/cellar.rs: no room is called cellar\n");
}
