//! The two tables, as Markdown: the figures with their goals, and the peers side by side.

use std::fmt::Write as _;

/// One line of the first table.
pub struct Figure {
    pub name: String,
    pub goal: String,
    pub value: String,
    pub spread: String,
    /// `None`: there is nothing to compare it with in this run.
    pub met: Option<bool>,
}

/// The figures with their goals.
pub fn figures(figures: &[Figure]) -> String {
    let mut table = "| figure | goal | measured | least–most | |\n|---|---|---|---|---|\n".to_owned();
    for Figure { name, goal, value, spread, met } in figures {
        let verdict = match met {
            Some(true) => "met",
            Some(false) => "**short**",
            None => "–",
        };
        writeln!(table, "| {name} | {goal} | {value} | {spread} | {verdict} |").expect("a String takes everything");
    }
    table
}

/// Rows of cells under these heads.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for row in rows {
        writeln!(table, "| {} |", row.join(" | ")).expect("a String takes everything");
    }
    table
}

/// The text with what stands between the two marks replaced. `None` without the marks.
pub fn between_marks(text: &str, new: &str) -> Option<String> {
    const BEGIN: &str = "<!-- figures: begin -->";
    const END: &str = "<!-- figures: end -->";
    let start = text.find(BEGIN)? + BEGIN.len();
    let end = start + text[start..].find(END)?;
    Some(format!("{}\n{new}{}", &text[..start], &text[end..]))
}
