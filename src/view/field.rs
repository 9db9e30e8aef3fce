//! A text box with the terminal's own cursor in it; scrolled so that the cursor is in sight. It never shows what must be masked.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthChar;

use super::lines::width;
use super::sheet::{ALWAYS, Sheet};
use super::theme::Role;
use crate::sanitize::is_hidden;
use crate::wizard::Field;

/// What of a field may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it.
    Whole,
    /// Only how long it is.
    Masked,
    /// An address without the values of `code` and `state`.
    Answer,
}

/// A box of three rows; with the cursor, when it has the keys.
pub(super) fn text_box(sheet: &mut Sheet, field: &Field, shown: Shown, has_keys: bool) {
    let strokes = sheet.look.strokes();
    let inner = sheet.width().saturating_sub(4);
    let (mut text, cursor) = shown_text(field.text(), field.cursor(), shown, strokes.mask);
    visible(&mut text, strokes.unseen);
    let (visible, column) = scroll(&text, cursor, inner);
    let padding = " ".repeat(inner.saturating_sub(width(&visible)));
    let edge = sheet.look.style(if has_keys { Role::Accent } else { Role::Quiet });
    let rule = strokes.horizontal.repeat(inner + 2);
    let [top_left, top_right, bottom_left, bottom_right] = strokes.corners;
    let lines = vec![
        Line::styled(format!("{top_left}{rule}{top_right}"), edge),
        Line::from(vec![
            Span::styled(format!("{} ", strokes.vertical), edge),
            Span::raw(visible),
            Span::raw(padding),
            Span::styled(format!(" {}", strokes.vertical), edge),
        ]),
        Line::styled(format!("{bottom_left}{rule}{bottom_right}"), edge),
    ];
    if has_keys {
        sheet.lines_with_cursor(ALWAYS, lines, (2 + u16::try_from(column).unwrap_or(0), 1));
    } else {
        sheet.lines(ALWAYS, lines);
    }
}

/// The text as it may be seen, and where the cursor stands in it.
fn shown_text(text: &str, cursor: usize, shown: Shown, mask: char) -> (Vec<char>, usize) {
    match shown {
        Shown::Whole => (text.chars().collect(), cursor),
        Shown::Masked => (text.chars().map(|_| mask).collect(), cursor),
        Shown::Answer => mask_answer(text, cursor, mask),
    }
}

/// What was typed or pasted stays as it is, but not even its owner could see all of it, and a terminal might turn it round.
fn visible(text: &mut [char], unseen: char) {
    text.iter_mut().filter(|character| is_hidden(**character)).for_each(|character| *character = unseen);
}

/// Masks the values of `code` and `state`, and a code that stands alone, without telling how long they are.
fn mask_answer(text: &str, cursor: usize, mask: char) -> (Vec<char>, usize) {
    const MASK: usize = 4;
    let alone = !text.contains("://");
    let mut shown = Vec::new();
    let (mut before, mut shown_cursor) = (0, None);
    for (place, piece) in text.split_inclusive(['?', '&', '#']).enumerate() {
        let end = usize::from(piece.ends_with(['?', '&', '#']));
        let characters: Vec<char> = piece.chars().collect();
        let open = match piece.split_once('=') {
            Some(("code", _)) => "code=".len(),
            Some(("state", _)) => "state=".len(),
            _ if alone && place == 0 => 0,
            _ => characters.len(),
        };
        let hidden = open..(characters.len() - end).max(open);
        for (at, character) in characters.iter().enumerate() {
            if before + at == cursor {
                shown_cursor = Some(shown.len());
            }
            if !hidden.contains(&at) {
                shown.push(*character);
            } else if at == hidden.start {
                shown.extend([mask; MASK]);
            }
        }
        before += characters.len();
    }
    let end = shown.len();
    (shown, shown_cursor.unwrap_or(end))
}

/// The part of the text that fits, and the column of the cursor in it.
fn scroll(text: &[char], cursor: usize, columns: usize) -> (String, usize) {
    let cursor = cursor.min(text.len());
    // One column is left for the cursor behind the last character.
    let mut room = columns.saturating_sub(1);
    let fits_before = |character: &&char| match room.checked_sub(character.width().unwrap_or(0)) {
        Some(less) => {
            room = less;
            true
        }
        None => false,
    };
    let start = cursor - text[..cursor].iter().rev().take_while(fits_before).count();
    let column = width(&text[start..cursor].iter().collect::<String>());
    let mut visible = String::new();
    for character in &text[start..] {
        visible.push(*character);
        // Characters that join others can make them wider, so only the whole tells.
        if width(&visible) > columns {
            visible.pop();
            break;
        }
    }
    (visible, column.min(columns.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        mask_answer(text, 0, '*').0.into_iter().collect()
    }

    #[test]
    fn code_and_state_are_masked_wherever_they_stand() {
        assert_eq!(
            masked("http://127.0.0.1:1/?state=abcdefgh&code=4/0x&scope=s"),
            "http://127.0.0.1:1/?state=****&code=****&scope=s"
        );
        assert_eq!(masked("http://127.0.0.1:1/?code=a#state=b"), "http://127.0.0.1:1/?code=****#state=****");
        assert_eq!(masked("http://127.0.0.1:1/?code="), "http://127.0.0.1:1/?code=");
    }

    #[test]
    fn a_code_that_stands_alone_is_masked_whole() {
        assert_eq!(masked("4/0AbCdEfGh"), "****");
        assert_eq!(masked("code=4/0A&state=x"), "code=****&state=****");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn the_cursor_keeps_its_place_beside_a_mask() {
        let text = "x?code=abcdefgh&y";
        let place = |cursor: usize| mask_answer(&format!("http://{text}"), cursor + 7, '*').1 - 7;
        assert_eq!([place(0), place(7), place(15), place(17)], [0, 7, 11, 13]);
    }

    #[test]
    fn what_nobody_could_see_is_seen_and_turns_nothing_round() {
        let mut text: Vec<char> = "/home/\u{202e}ada/\u{e142}\u{200b}x".chars().collect();
        visible(&mut text, '?');
        assert_eq!(text.iter().collect::<String>(), "/home/?ada/??x");
    }

    #[test]
    fn the_cursor_is_always_in_sight() {
        let text: Vec<char> = "abcdefgh".chars().collect();
        assert_eq!(scroll(&text, 8, 5), ("efgh".to_owned(), 4));
        assert_eq!(scroll(&text, 0, 5), ("abcde".to_owned(), 0));
        let wide: Vec<char> = "한글".chars().collect();
        assert_eq!(scroll(&wide, 2, 4), ("글".to_owned(), 2));
        assert_eq!(scroll(&wide, 1, 0), (String::new(), 0));
        let widened: Vec<char> = "☁\u{fe0f}☁\u{fe0f}".chars().collect();
        assert!(width(&scroll(&widened, 4, 3).0) <= 3);
    }
}
