//! What the formats of one setting per line share: lines with their places in the text, and filling settings into them.
//! It never knows a format's grammar; each format finds its own entries.

use std::ops::Range;

use super::edits::{self, Edits};
use super::settings::{Names, Setting, is_placeholder};
use super::{BOM, Held, Refused};

/// One line of a text.
pub(super) struct Line<'a> {
    /// Where it begins, after a byte order mark.
    pub(super) start: usize,
    /// Without its ending.
    pub(super) text: &'a str,
    /// Where the next one begins.
    pub(super) next: usize,
}

impl<'a> Line<'a> {
    /// Where its text ends.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Its leading spaces and tabs.
    pub(super) fn indentation(&self) -> &'a str {
        let rest = self.text.trim_start_matches([' ', '\t']);
        &self.text[..self.text.len() - rest.len()]
    }
}

/// The lines of a text. A carriage return elsewhere than before a line feed is refused: the libraries do not agree on it.
pub(super) fn split(text: &str) -> Result<Vec<Line<'_>>, Refused> {
    let mut lines = Vec::new();
    let mut start = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    for part in text[start..].split_inclusive('\n') {
        let line = part.strip_suffix('\n').map_or(part, |line| line.strip_suffix('\r').unwrap_or(line));
        if line.contains('\r') {
            return Err(Refused::NotValid { line: lines.len() + 1 });
        }
        lines.push(Line { start, text: line, next: start + part.len() });
        start += part.len();
    }
    Ok(lines)
}

/// A setting that stands in the text.
pub(super) struct Entry {
    pub(super) key: String,
    /// What the library reads, `None` if it is computed.
    pub(super) value: Option<String>,
    /// The indices of its lines.
    pub(super) lines: Range<usize>,
    pub(super) slot: Slot,
}

/// What is replaced to change an entry.
pub(super) enum Slot {
    /// The value, with its quotes.
    Value(Range<usize>),
    /// Everything: as it is written the library would misread it.
    Line(Range<usize>),
}

/// An entry that is commented out.
pub(super) struct Remark {
    pub(super) key: String,
    /// The index of its line.
    pub(super) line: usize,
}

/// How a format writes an entry.
pub(super) struct Form<'a> {
    /// What makes a line a comment.
    pub(super) comment: &'static str,
    /// What stands before the key.
    pub(super) before: &'a str,
    /// What stands between key and value.
    pub(super) between: &'static str,
    /// The value as it is written.
    pub(super) value: fn(&str) -> String,
}

impl Form<'_> {
    pub(super) fn entry(&self, (key, value): &Setting) -> String {
        format!("{}{key}{}{}", self.before, self.between, (self.value)(value))
    }

    /// One entry per line.
    pub(super) fn entries(&self, settings: &[Setting], indentation: &str) -> String {
        settings.iter().flat_map(|setting| [indentation.to_owned(), self.entry(setting), "\n".to_owned()]).collect()
    }
}

/// A text whose settings have been found.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) entries: Vec<Entry>,
    pub(super) remarks: Vec<Remark>,
}

impl Page<'_> {
    /// The entry of that key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether the key holds something of its own anywhere: neither nothing nor a placeholder.
    pub(super) fn is_set(&self, key: &str) -> bool {
        let holds = |entry: &Entry| entry.value.as_deref().is_none_or(|value| !is_placeholder(value));
        self.entries.iter().any(|entry| entry.key == key && holds(entry))
    }

    /// Refuses what stands twice, and what is computed. A computed developer token is left alone, since it is not written.
    pub(super) fn judge(&self, names: &Names) -> Result<(), Refused> {
        for key in names.all() {
            let mut entries = self.entries.iter().filter(|entry| entry.key == key);
            let first = entries.next();
            if let Some(second) = entries.next() {
                return Err(Refused::Repeated { line: second.lines.start + 1 });
            }
            match first {
                Some(Entry { value: None, lines, .. }) if key != names.developer_token => {
                    return Err(Refused::Computed { line: lines.start + 1 });
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    pub(super) fn held(&self, names: &Names) -> Held {
        names.held(|key| self.entry(key)?.value.clone())
    }

    /// Fills what has a place already, as an entry or as a comment, and comments out the placeholders that nothing was given
    /// for. Gives back what has no place yet.
    pub(super) fn fill<'s>(
        &self,
        settings: Vec<Setting<'s>>,
        names: &Names,
        form: &Form,
        edits: &mut Edits,
    ) -> Vec<Setting<'s>> {
        for entry in &self.entries {
            let given = settings.iter().any(|(key, _)| *key == entry.key);
            let idle = entry.value.as_deref().is_some_and(is_placeholder);
            if idle && !given && names.optional.contains(&entry.key.as_str()) {
                for line in self.lines[entry.lines.clone()].iter().filter(|line| !line.text.is_empty()) {
                    let content = line.start + line.indentation().len();
                    edits.replace(content..line.end(), format!("{}{}", form.comment, &self.text[content..line.end()]));
                }
            }
        }
        settings.into_iter().filter(|setting| !self.place(setting, form, edits)).collect()
    }

    fn place(&self, setting: &Setting, form: &Form, edits: &mut Edits) -> bool {
        let (key, value) = setting;
        if let Some(entry) = self.entry(key) {
            match &entry.slot {
                Slot::Value(_) if entry.value.as_deref() == Some(value) => {}
                Slot::Value(range) => edits.replace(range.clone(), (form.value)(value)),
                Slot::Line(range) => edits.replace(range.clone(), form.entry(setting)),
            }
            true
        } else if let Some(remark) = self.remarks.iter().find(|remark| remark.key == *key) {
            let indentation = self.lines[remark.line].indentation();
            self.insert_after(remark.line, &format!("{indentation}{}", form.entry(setting)), edits);
            true
        } else {
            false
        }
    }

    /// A new line after the one of that index. A text without a final line ending stays without.
    pub(super) fn insert_after(&self, index: usize, line: &str, edits: &mut Edits) {
        let newline = edits::newline(self.text);
        let previous = &self.lines[index];
        let text = if previous.next > previous.end() { format!("{line}{newline}") } else { format!("{newline}{line}") };
        edits.insert(previous.next, text);
    }
}

/// The key of a comment that is an entry but for its sign, such as `# clientId=`.
pub(super) fn commented_key<'a>(
    comment: &'a str,
    signs: &[char],
    before: &str,
    separators: &[char],
) -> Option<&'a str> {
    let entry = comment.trim_start().trim_start_matches(signs).trim_start().strip_prefix(before)?;
    let key = entry[..entry.find(separators)?].trim_end();
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '.';
    (!key.is_empty() && key.chars().all(plain)).then_some(key)
}
