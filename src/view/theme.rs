//! How things look: palettes, glyphs, styles. Nothing relies on colour alone: a glyph or a word always says the same.

use ratatui::style::{Color, Modifier, Style};

use crate::text::Text;

/// How this run looks. It decides nothing about what is shown.
#[derive(Clone, Copy)]
pub struct Look {
    /// The words.
    pub text: &'static Text,
    /// The colours.
    pub palette: Palette,
    /// The characters besides letters.
    pub glyphs: Glyphs,
    /// Whether the consent URL is also a hyperlink (OSC 8); terminals that do not know it show plain text.
    pub hyperlinks: bool,
    /// Whether a notification (OSC 9) reaches the terminal; a multiplexer in between passes on the bell only.
    pub notifications: bool,
}

/// Which colours are used. The background is always the terminal's own, light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// The named colours that the user's own scheme defines.
    #[default]
    Colour,
    /// None: bold and dim only (`NO_COLOR`).
    Mono,
}

/// Which characters draw lines and marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// Box characters, dots and check marks.
    #[default]
    Unicode,
    /// ASCII only (`--ascii`, or a locale without UTF-8).
    Ascii,
}

/// What a piece of text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text to read.
    Plain,
    /// Titles and what matters most.
    Strong,
    /// Labels and what matters less.
    Quiet,
    /// Keys, and where the user is.
    Accent,
    /// Done, granted.
    Good,
    /// Worth a look.
    Caution,
    /// Went wrong.
    Bad,
}

/// A mark before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Done,
    Here,
    Ahead,
    Selected,
    Caution,
    Bad,
    Waiting,
    Remedy,
}

/// The characters of a box, a rule, an ellipsis, a masked letter and one that nobody could see.
pub(super) struct Strokes {
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub corners: [&'static str; 4],
    pub ellipsis: &'static str,
    pub dot: &'static str,
    pub dash: &'static str,
    pub mask: char,
    pub unseen: char,
    pub up: &'static str,
    pub down: &'static str,
    pub left: &'static str,
    pub right: &'static str,
}

const UNICODE: Strokes = Strokes {
    horizontal: "─",
    vertical: "│",
    corners: ["╭", "╮", "╰", "╯"],
    ellipsis: "…",
    dot: "·",
    dash: "–",
    mask: '•',
    unseen: '\u{fffd}',
    up: "↑",
    down: "↓",
    left: "←",
    right: "→",
};

const ASCII: Strokes = Strokes {
    horizontal: "-",
    vertical: "|",
    corners: ["+", "+", "+", "+"],
    ellipsis: "...",
    dot: "-",
    dash: "-",
    mask: '*',
    unseen: '?',
    up: "Up",
    down: "Down",
    left: "Left",
    right: "Right",
};

impl Look {
    pub(super) fn style(&self, role: Role) -> Style {
        let style = Style::new();
        let coloured = |colour: Color| match self.palette {
            Palette::Colour => style.fg(colour),
            Palette::Mono => style,
        };
        match role {
            Role::Plain => style,
            Role::Strong => style.add_modifier(Modifier::BOLD),
            Role::Quiet => style.add_modifier(Modifier::DIM),
            Role::Accent => coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Role::Good => coloured(Color::Green).add_modifier(Modifier::BOLD),
            Role::Caution => coloured(Color::Yellow).add_modifier(Modifier::BOLD),
            Role::Bad => coloured(Color::Red).add_modifier(Modifier::BOLD),
        }
    }

    pub(super) fn strokes(&self) -> &'static Strokes {
        match self.glyphs {
            Glyphs::Unicode => &UNICODE,
            Glyphs::Ascii => &ASCII,
        }
    }

    /// The glyph, always one column wide.
    pub(super) fn mark(&self, mark: Mark) -> &'static str {
        let (unicode, ascii) = match mark {
            Mark::Done => ("✓", "+"),
            Mark::Here => ("●", "*"),
            Mark::Ahead => ("○", "o"),
            Mark::Selected => ("▌", ">"),
            Mark::Caution => ("!", "!"),
            Mark::Bad => ("✗", "x"),
            Mark::Waiting => ("◌", "~"),
            Mark::Remedy => ("→", "-"),
        };
        match self.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }
}
