//! The table as Markdown, and its place in SECURITY.md.
#![expect(clippy::disallowed_methods, reason = "it writes the document of the release and asks the compiler's name")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::figure::Figure;

const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

pub fn line(figure: &Figure) -> String {
    let verdict = if figure.is_met { "met " } else { "MISSED" };
    format!("{verdict} {}: {} (goal: {})", figure.name, figure.measured, figure.goal)
}

pub fn markdown(figures: &[Figure]) -> String {
    let rows = figures.iter().map(|figure| {
        let verdict = if figure.is_met { "met" } else { "**missed**" };
        format!("| {} | {} | {} | {verdict} |\n", figure.name, figure.goal, figure.measured)
    });
    format!("| figure | goal | measured | |\n|---|---|---|---|\n{}", rows.collect::<String>())
}

/// Replaces the table between the two marks, and says what it was made by and on.
pub fn write(figures: &[Figure]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("SECURITY.md");
    let text = fs::read_to_string(&path).expect("SECURITY.md is there");
    let (before, rest) = text.split_once(BEGIN).expect("the mark where the table begins");
    let (_, after) = rest.split_once(END).expect("the mark where the table ends");
    let made = format!(
        "Version {}, {}, {} processors, {}.",
        env!("CARGO_PKG_VERSION"),
        chrono::Utc::now().format("%-d %B %Y"),
        std::thread::available_parallelism().map_or(1, usize::from),
        said_by("uname", "-sr"),
    );
    let table = markdown(figures);
    fs::write(&path, format!("{before}{BEGIN}\n{made}\n\n{table}{END}{after}")).expect("SECURITY.md can be written");
}

fn said_by(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().expect("it is part of every system");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
