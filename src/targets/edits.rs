//! Changes to a text, gathered against its original offsets and made all at once.
//! What no change names is never touched.

use std::ops::Range;

/// Replacements that do not overlap.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, with: String) {
        self.0.push((range, with));
    }

    /// Several at one place stand in the order in which they came, and before what replaces the text there.
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.replace(at..at, text);
    }

    /// The text with all changes made.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut result = String::with_capacity(text.len());
        let mut copied = 0;
        for (range, with) in self.0 {
            result.push_str(&text[copied..range.start]);
            result.push_str(&with);
            copied = range.end;
        }
        result.push_str(&text[copied..]);
        result
    }
}

/// How the text ends its lines, by its first one.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The line, counted from 1, of a byte offset.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    1 + text[..offset].matches('\n').count()
}
