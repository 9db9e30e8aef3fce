//! One long text that must stay one line of the terminal, so that a triple click or a copy mode takes it whole: the consent URL,
//! or a revealed token. `ratatui` reserves the rows and never paints them; [`print_url`] prints the text once, and the terminal
//! wraps it. It never prints a control character.

use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::{Buffer, CellDiffOption};

use crate::oauth::secret::Secret;

/// Where on the screen such a text belongs. It is printed again whenever this changes, and after anything else has painted there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlSpot {
    /// The first of its rows, which begin at column 0 and go over the full width.
    pub row: u16,
    /// How many rows are reserved for it.
    pub rows: u16,
    /// The text: a consent URL holds `state`, a token is a token.
    pub url: Secret,
    /// Whether it is printed as a hyperlink.
    pub hyperlink: bool,
}

/// How many rows a text of visible ASCII takes.
pub(super) fn rows_of(text: &str, width: u16) -> usize {
    text.len().div_ceil(usize::from(width.max(1)))
}

/// Puts the characters into their cells and tells `ratatui` to leave these cells alone.
pub(super) fn reserve(buffer: &mut Buffer, spot: &UrlSpot) {
    let width = buffer.area.width;
    let mut characters = spot.url.expose().chars();
    for row in spot.row..spot.row.saturating_add(spot.rows).min(buffer.area.height) {
        for column in 0..width {
            let character = characters.next().filter(|character| is_printable(*character)).unwrap_or(' ');
            buffer[(column, row)].set_char(character).set_diff_option(CellDiffOption::Skip);
        }
    }
}

/// Prints the text into its rows and erases what is left of them. Queues only: the caller flushes.
pub fn print_url(spot: &UrlSpot, width: u16, out: &mut impl Write) -> io::Result<()> {
    if width == 0 {
        return Ok(());
    }
    let text = printable(spot.url.expose());
    let room = usize::from(width) * usize::from(spot.rows);
    let text = &text[..text.len().min(room)];
    // A hyperlink's target may be nothing but a web address, whoever wrote the endpoint into a file.
    let linked = spot.hyperlink && (text.starts_with("https://") || text.starts_with("http://"));
    queue!(out, MoveTo(0, spot.row), SetAttribute(Attribute::Reset))?;
    if linked {
        queue!(out, Print(format_args!("\x1b]8;;{text}\x1b\\{text}\x1b]8;;\x1b\\")))?;
    } else {
        queue!(out, Print(text))?;
    }
    // At the right margin the cursor waits on the last character, which erasing would take.
    if !text.len().is_multiple_of(usize::from(width)) {
        queue!(out, Clear(ClearType::UntilNewLine))?;
    }
    let used = u16::try_from(text.len().div_ceil(usize::from(width))).unwrap_or(spot.rows);
    for row in used..spot.rows {
        queue!(out, MoveTo(0, spot.row.saturating_add(row)), Clear(ClearType::UntilNewLine))?;
    }
    Ok(())
}

/// What of a text can be printed.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|character| is_printable(*character)).collect()
}

/// Visible ASCII and the space of a command; nothing that could move the cursor or end a sequence.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~')
}

#[cfg(test)]
mod tests;
