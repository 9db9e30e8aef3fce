//! One line of text that the user types or pastes. It never shows its content in `Debug`, since some fields hold secrets.

use std::fmt;

use tui_input::{Input, InputRequest};

use super::keys::Key;
use crate::oauth::secret::Secret;

/// The most characters that a field takes; a pasted page of text is cut here.
const LONGEST: usize = 4096;

/// A line of text with a cursor.
#[derive(Clone, Default)]
pub struct Field(Input);

impl Field {
    /// A field that already holds a text, the cursor behind it.
    pub fn with(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// How many characters stand before the cursor.
    pub fn cursor(&self) -> usize {
        self.0.cursor()
    }

    /// Takes a key that edits text; any other key changes nothing.
    pub fn press(&mut self, key: Key) {
        let request = match key {
            Key::Char(character) if self.text().chars().count() < LONGEST => InputRequest::InsertChar(character),
            Key::Backspace => InputRequest::DeletePrevChar,
            Key::Delete => InputRequest::DeleteNextChar,
            Key::Left => InputRequest::GoToPrevChar,
            Key::Right => InputRequest::GoToNextChar,
            Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
            Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
            Key::Ctrl('u') => InputRequest::DeleteLine,
            Key::Ctrl('w') => InputRequest::DeletePrevWord,
            Key::Char(_)
            | Key::Ctrl(_)
            | Key::Enter
            | Key::Esc
            | Key::Tab
            | Key::BackTab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::F1 => return,
        };
        self.0.handle(request);
    }

    /// Inserts pasted text at the cursor, without its line breaks and control characters.
    pub fn paste(&mut self, text: &Secret) {
        for character in text.expose().chars().filter(|character| !character.is_control()) {
            self.press(Key::Char(character));
        }
    }

    /// The content, moved out; the field is empty afterwards.
    pub fn take(&mut self) -> Secret {
        Secret::new(self.0.value_and_reset())
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Field({} characters)", self.text().chars().count())
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.cursor() == other.cursor()
    }
}

impl Eq for Field {}
