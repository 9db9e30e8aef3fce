//! SECURITY.md names the test of every promise. A test that is renamed or removed takes its promise along, visibly.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

const SECURITY: &str = include_str!("../../SECURITY.md");

#[test]
fn every_promise_names_tests_that_exist() {
    let tests = names_of_tests();
    for row in promises() {
        let (promise, held_by) = row.split_once(" | ").unwrap_or_else(|| panic!("two cells: {row}"));
        let named: Vec<_> = held_by.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test holds: {promise}");
        for name in named {
            assert!(tests.contains(name), "{name} is no test, and should hold: {promise}");
        }
    }
}

/// The rows of the tables between the two headings.
fn promises() -> Vec<&'static str> {
    let start = SECURITY.find("## Promises").expect("the heading of the promises");
    let end = SECURITY.find("## What cannot be promised").expect("the heading after them");
    let rows = SECURITY[start..end].lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows: Vec<_> = rows.filter(|row| *row != "promise | held by").collect();
    assert!(rows.len() > 30, "the tables were found");
    rows
}

/// Every function below a test attribute, and every property, which proptest makes one.
fn names_of_tests() -> HashSet<String> {
    let mut names = HashSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["src", "tests"].iter().flat_map(|directory| sources(&root.join(directory))) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        for test in text.split("#[test]").chain(text.split("#[tokio::test")).skip(1) {
            let name = test.split_once("fn ").map(|(_, rest)| rest.split(['(', '<']).next().unwrap_or_default());
            names.extend(name.map(str::to_owned));
        }
    }
    names
}

#[expect(clippy::disallowed_methods, reason = "a test reads the source")]
fn sources(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| match path.is_dir() {
            true if path.ends_with("node_modules") => Vec::new(),
            true => sources(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
