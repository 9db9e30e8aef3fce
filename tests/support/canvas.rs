//! A screen in memory, as a test sees it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "suites use their own part of it; what cannot be made ends the test"
)]

use std::fmt::Write;

use adsauth::text::Lang;
use adsauth::view::{Glyphs, Look, Palette, UrlSpot, draw};
use adsauth::wizard::Model;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

/// The look of most tests and of the pictures.
pub fn look() -> Look {
    look_of(Palette::Colour, Glyphs::Unicode)
}

/// The same in another language.
pub fn look_in(lang: Lang) -> Look {
    Look { text: lang.text(), ..look() }
}

pub fn look_of(palette: Palette, glyphs: Glyphs) -> Look {
    Look { text: Lang::En.text(), palette, glyphs, hyperlinks: true, notifications: true }
}

/// One painted frame.
pub struct Painted {
    pub buffer: Buffer,
    pub spot: Option<UrlSpot>,
    /// Where the terminal's cursor stands, when it is shown.
    pub cursor: Option<Position>,
}

impl Painted {
    /// Every row as text, without the spaces behind it.
    pub fn rows(&self) -> Vec<String> {
        let columns = usize::from(self.buffer.area.width.max(1));
        self.buffer.content.chunks(columns).map(|cells| words(cells).trim_end().to_owned()).collect()
    }

    /// Every run of cells that is not plain: where it is, how it looks, what it says.
    pub fn styles(&self) -> String {
        let columns = usize::from(self.buffer.area.width.max(1));
        let mut text = String::new();
        for (row, cells) in self.buffer.content.chunks(columns).enumerate() {
            let mut column = 0;
            for run in cells.chunk_by(|one, next| one.style() == next.style()) {
                let words = words(run);
                let (colour, modifier) = (run[0].fg, run[0].modifier);
                if !words.trim().is_empty() && (colour != Color::Reset || !modifier.is_empty()) {
                    writeln!(text, "{row:2}:{column:<3} {colour:7} {modifier:?}  {}", words.trim_end()).unwrap();
                }
                column += run.len();
            }
        }
        text
    }

    pub fn text(&self) -> String {
        self.rows().join("\n")
    }
}

/// What stands in these cells; the cell behind a wide character is empty and no space.
fn words(cells: &[Cell]) -> String {
    let mut covered = 0;
    let mut text = String::new();
    for cell in cells {
        if covered == 0 {
            text.push_str(cell.symbol());
            covered = cell.symbol().width();
        }
        covered = covered.saturating_sub(1);
    }
    text
}

/// Paints a model on a screen of this size.
pub fn paint(model: &Model, look: &Look, (columns, rows): (u16, u16)) -> Painted {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut spot = None;
    let buffer = terminal.draw(|frame| spot = draw(model, look, frame)).unwrap().buffer.clone();
    let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
    Painted { buffer, spot, cursor }
}
