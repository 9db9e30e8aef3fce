//! The assignments of a file of variables, and the bytes at which their values are.
//! It never decides between two readers that disagree: such a value is refused when it is asked for.

use std::ops::Range;

use super::super::{Refused, present};
use super::KNOWN;

/// `NAME=value` on a line of its own.
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) exported: bool,
    pub(super) line: usize,
    /// The byte at which the line begins to say something.
    pub(super) start: usize,
    /// The bytes of the value with its quotes.
    pub(super) range: Range<usize>,
    /// The value without its quotes, or why it cannot be known.
    pub(super) reading: Result<String, Refused>,
}

impl Assignment {
    pub(super) fn text(&self) -> Result<&str, Refused> {
        self.reading.as_deref().map_err(Clone::clone)
    }

    /// The value, unless it is empty or a placeholder.
    pub(super) fn value(&self) -> Result<Option<&str>, Refused> {
        self.text().map(present)
    }
}

pub(super) fn assignments(text: &str) -> Result<Vec<Assignment>, Refused> {
    let mut found = Vec::new();
    let mut start = 0;
    // A quote that an earlier line opened, and the number of that line.
    let mut open: Option<(char, usize)> = None;
    let mut continued = false;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let number = index + 1;
        let content = whole.trim_end_matches(['\n', '\r']);
        let line = Line { content, start, number };
        start += whole.len();
        if let Some((quote, _)) = open {
            line.refuse_mention(None)?;
            open = open.filter(|_| closing(content, quote).is_none());
            continue;
        }
        if std::mem::replace(&mut continued, content.ends_with('\\')) {
            line.refuse_mention(None)?;
            continue;
        }
        match line.assignment() {
            Some((assignment, quote)) => {
                line.refuse_mention(Some(&assignment))?;
                open = quote.map(|quote| (quote, number));
                found.push(assignment);
            }
            None if content.trim_start().starts_with('#') => continued = false,
            None => line.refuse_mention(None)?,
        }
    }
    match open {
        Some((_, line)) => Err(Refused::NotValid { line }),
        None => Ok(found),
    }
}

struct Line<'text> {
    content: &'text str,
    start: usize,
    number: usize,
}

impl Line<'_> {
    /// The assignment that this line is, and the quote that it leaves open.
    fn assignment(&self) -> Option<(Assignment, Option<char>)> {
        let said = self.content.trim_start();
        let exported = said.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
        let rest = exported.map_or(said, str::trim_start);
        let length = rest.find(|character: char| !is_of_a_name(character)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(length);
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        if name.is_empty() {
            return None;
        }
        let (length, reading, open) = self.value(value);
        let at = self.start + self.content.len() - value.len();
        let assignment = Assignment {
            name: name.to_owned(),
            exported: exported.is_some(),
            line: self.number,
            start: self.start + self.content.len() - said.len(),
            range: at..at + length,
            reading,
        };
        Some((assignment, open))
    }

    /// How long the value is, what it says, and the quote that it leaves open.
    fn value(&self, rest: &str) -> (usize, Result<String, Refused>, Option<char>) {
        let layout = Err(Refused::Layout { line: self.number });
        let computed = Err(Refused::Computed { line: self.number });
        let Some(quote) = rest.chars().next().filter(|first| matches!(first, '\'' | '"' | '`')) else {
            let (length, reading) = self.plain(rest);
            return (length, reading, None);
        };
        let Some(inside) = closing(&rest[1..], quote).map(|end| &rest[1..=end]) else {
            return (rest.len(), layout, Some(quote));
        };
        let length = inside.len() + 2;
        let behind = &rest[length..];
        let reading = if !behind.trim_start().is_empty() && !is_comment(behind) {
            layout
        } else if quote == '`' || (quote == '"' && inside.contains(['$', '`', '\\'])) {
            computed
        } else if inside.ends_with('\\') || inside.contains("\\\\") {
            layout
        } else {
            Ok(inside.to_owned())
        };
        (length, reading, None)
    }

    fn plain(&self, rest: &str) -> (usize, Result<String, Refused>) {
        let comment = rest.char_indices().find(|&(at, character)| character == '#' && is_comment_at(rest, at));
        let value = rest[..comment.map_or(rest.len(), |(at, _)| at)].trim_end();
        let reading = if present(value).is_none() {
            Ok(value.to_owned())
        } else if value.contains(['$', '`']) || value.starts_with('~') {
            Err(Refused::Computed { line: self.number })
        } else if value.contains([' ', '\t', '\'', '"', '\\', '#', ';', '&', '|', '<', '>', '(', ')']) {
            // `sh` sees a command, an escape or the end of one here, dotenv readers see text or a comment.
            Err(Refused::Layout { line: self.number })
        } else {
            Ok(value.to_owned())
        };
        (value.len(), reading)
    }

    /// A variable of ours must not be assigned anywhere but at the beginning of a line.
    fn refuse_mention(&self, assignment: Option<&Assignment>) -> Result<(), Refused> {
        let own = assignment.map_or(0, |assignment| assignment.range.start - self.start);
        let rest = &self.content[own..];
        let mentioned = KNOWN.iter().any(|name| {
            rest.match_indices(name).any(|(at, _)| {
                !rest[..at].ends_with(is_of_a_name) && rest[at + name.len()..].trim_start().starts_with('=')
            })
        });
        if mentioned { Err(Refused::Layout { line: self.number }) } else { Ok(()) }
    }
}

fn is_of_a_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-')
}

fn is_comment(behind: &str) -> bool {
    behind.starts_with([' ', '\t']) && behind.trim_start().starts_with('#')
}

fn is_comment_at(rest: &str, at: usize) -> bool {
    at == 0 || rest[..at].ends_with([' ', '\t'])
}

/// The byte at which the quote closes; in double quotes a backslash protects what follows.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, character)| {
        let closes = character == quote && !escaped;
        escaped = quote == '"' && character == '\\' && !escaped;
        closes.then_some(at)
    })
}
