//! What a save will change, line by line, for the screen.
//! It never lets a secret out: of every value that is or may be one, only the mask is left.

use similar::{Algorithm, ChangeTag, DiffOp};

use crate::oauth::secret::Secret;
use crate::sanitize::sanitize_to;

mod mask;

#[cfg(test)]
mod tests;

use mask::Mask;

/// How many unchanged lines are shown around a change.
const CONTEXT: usize = 2;
/// How many characters of a line are shown.
const WIDTH: usize = 200;

/// A line of the diff, masked and safe for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// In both texts, close to a change.
    Kept(String),
    /// In the old text only.
    Removed(String),
    /// In the new text only.
    Added(String),
    /// So many unchanged lines are not shown.
    Skipped(usize),
}

/// The lines that change and a few around them; none if nothing does. `secrets` are masked wherever they stand, and the values of
/// keys that hold secrets in any of the formats besides.
pub fn diff(old: Option<&str>, new: &str, secrets: &[&Secret]) -> Vec<DiffLine> {
    let old: Vec<&str> = old.map(|old| old.lines().collect()).unwrap_or_default();
    let new: Vec<&str> = new.lines().collect();
    let old_shown = shown(&old, secrets);
    let new_shown = shown(&new, secrets);
    // Compared as they are: two secrets with the same mask are two.
    let operations = similar::capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut lines = Vec::new();
    let mut seen = 0;
    for operation in similar::group_diff_ops(operations, CONTEXT).iter().flatten() {
        let start = operation.old_range().start;
        if start > seen {
            lines.push(DiffLine::Skipped(start - seen));
        }
        seen = operation.old_range().end;
        lines.extend(lines_of(operation, &old_shown, &new_shown));
    }
    if !lines.is_empty() && old.len() > seen {
        lines.push(DiffLine::Skipped(old.len() - seen));
    }
    lines
}

fn lines_of(operation: &DiffOp, old: &[String], new: &[String]) -> Vec<DiffLine> {
    let changes = operation.iter_changes(old, new);
    let line = |change: similar::Change<String>| match change.tag() {
        ChangeTag::Equal => DiffLine::Kept(change.value()),
        ChangeTag::Delete => DiffLine::Removed(change.value()),
        ChangeTag::Insert => DiffLine::Added(change.value()),
    };
    changes.map(line).collect()
}

fn shown(lines: &[&str], secrets: &[&Secret]) -> Vec<String> {
    let mut mask = Mask::new(secrets);
    // Masked after nothing invisible is left that could hide a secret, and cut after it is masked.
    let clean = |line: &str| sanitize_to(&line.replace('\t', "    "), usize::MAX);
    lines.iter().map(|line| sanitize_to(&mask.line(&clean(line)), WIDTH)).collect()
}
