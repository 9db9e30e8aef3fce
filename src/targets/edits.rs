//! Changes to some bytes of a text, applied at once.
//! It never touches a byte that no change names, so that comments, order and line ends stay.

use std::ops::Range;

/// Changes that are collected against one text.
pub(super) struct Edits<'text> {
    text: &'text str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'text> Edits<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Puts this in place of what is there.
    pub(super) fn replace(&mut self, range: Range<usize>, with: String) {
        self.changes.push((range, with));
    }

    /// Puts this in front of what is there.
    pub(super) fn insert(&mut self, at: usize, what: String) {
        self.replace(at..at, what);
    }

    /// Adds whole lines below the line in which this byte is, or at the end of the text, with the line ends of the text.
    /// A text without a line end at its end has none afterwards.
    pub(super) fn add_lines(&mut self, below: Option<usize>, lines: &[String]) {
        let newline = newline(self.text);
        let at = below.and_then(|byte| Some(byte + self.text[byte..].find('\n')? + 1)).unwrap_or(self.text.len());
        let after_a_line = at == 0 || self.text[..at].ends_with('\n');
        for line in lines {
            self.insert(at, if after_a_line { format!("{line}{newline}") } else { format!("{newline}{line}") });
        }
    }

    /// The text with the changes in it. Changes at one place stay in the order in which they came, and what is inserted there comes
    /// before what replaces the text there.
    pub(super) fn apply(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut changed = String::with_capacity(self.text.len() + 256);
        let mut kept = 0;
        for (range, with) in &self.changes {
            changed.push_str(&self.text[kept..range.start]);
            changed.push_str(with);
            kept = range.end;
        }
        changed.push_str(&self.text[kept..]);
        changed
    }
}

/// How the text ends its lines, by its first one.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The line in which this byte is, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    1 + text[..byte].bytes().filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_bytes_change() {
        let mut edits = Edits::new("a: 1\nb: 2\n");
        edits.replace(8..9, "two".to_owned());
        edits.insert(0, "# ".to_owned());
        assert_eq!(edits.apply(), "# a: 1\nb: two\n");
    }

    #[test]
    fn lines_are_added_with_the_line_ends_of_the_text() {
        for (text, below, expected) in [
            ("", None, "x\ny\n"),
            ("a\nb\n", None, "a\nb\nx\ny\n"),
            ("a\nb", None, "a\nb\nx\ny"),
            ("a\r\nb", None, "a\r\nb\r\nx\r\ny"),
            ("a\r\nb\r\n", Some(0), "a\r\nx\r\ny\r\nb\r\n"),
            ("a\nb", Some(2), "a\nb\nx\ny"),
        ] {
            let mut edits = Edits::new(text);
            edits.add_lines(below, &["x".to_owned(), "y".to_owned()]);
            assert_eq!(edits.apply(), expected, "{text:?}");
        }
    }
}
