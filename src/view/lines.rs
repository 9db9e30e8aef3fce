//! Text as columns of a terminal: its width, wrapping, shortening. It never cuts a character in two.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    // Most of what is painted; no text that is painted has control characters.
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Breaks a text into lines of at most so many columns: at spaces, and inside words that are longer than a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        let wanted = width(word);
        if !line.is_empty() && used + 1 + wanted > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        if used + wanted <= columns {
            line.push_str(word);
            used += wanted;
            continue;
        }
        for grapheme in word.graphemes(true) {
            if !line.is_empty() && used + width(grapheme) > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += width(grapheme);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text, or as much of its beginning as fits with an ellipsis behind.
pub(super) fn fit(text: &str, columns: usize, ellipsis: &str) -> String {
    fit_around(text, columns, ellipsis, 0)
}

/// The text, or its beginning and end around an ellipsis: of a path both the directory and the end of the name matter.
pub(super) fn fit_middle(text: &str, columns: usize, ellipsis: &str) -> String {
    const TAIL: usize = 9;
    fit_around(text, columns, ellipsis, TAIL.min(columns / 3))
}

fn fit_around(text: &str, columns: usize, ellipsis: &str, tail_columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let tail = take(text.graphemes(true).rev(), tail_columns.min(room));
    let head = take(text.graphemes(true), room - width(&tail.concat()));
    let tail: String = tail.into_iter().rev().collect();
    let shortened = format!("{}{ellipsis}{tail}", head.concat());
    if width(&shortened) > columns { String::new() } else { shortened }
}

fn take<'a>(graphemes: impl Iterator<Item = &'a str>, columns: usize) -> Vec<&'a str> {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += width(grapheme);
        used <= columns
    };
    graphemes.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_to_the_next_line_whole_and_only_long_ones_are_broken() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a https://example.org", 8), ["a", "https://", "example.", "org"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn wide_characters_count_twice_and_are_never_halved() {
        assert_eq!(wrap("한글 한글", 4), ["한글", "한글"]);
        assert_eq!(fit("한글한글", 6, "…"), "한글…");
        assert_eq!(fit("한글한글", 4, "..."), "...");
    }

    #[test]
    fn a_path_keeps_its_directory_and_the_end_of_its_name() {
        let path = "~/Downloads/client_secret_1234567890 (1).json";
        assert_eq!(fit_middle(path, 30, "…"), "~/Downloads/client_s… (1).json");
        assert_eq!(fit_middle("short", 30, "…"), "short");
        assert_eq!(fit_middle(path, 0, "…"), "");
    }
}
