//! A screen in memory, as a test sees it.

use adsauth::text::Lang;
use adsauth::view::{Glyphs, Look, Palette, UrlSpot, draw};
use adsauth::wizard::Model;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// The look of most tests and of the pictures.
pub fn look() -> Look {
    look_of(Palette::Colour, Glyphs::Unicode)
}

pub fn look_of(palette: Palette, glyphs: Glyphs) -> Look {
    Look { text: Lang::En.text(), palette, glyphs, hyperlinks: true }
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
        let row = |cells: &[ratatui::buffer::Cell]| {
            let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            text.trim_end().to_owned()
        };
        self.buffer.content.chunks(columns).map(row).collect()
    }

    pub fn text(&self) -> String {
        self.rows().join("\n")
    }
}

/// Paints a model on a screen of this size.
pub fn paint(model: &Model, look: &Look, (columns, rows): (u16, u16)) -> Painted {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut spot = None;
    let buffer = terminal.draw(|frame| spot = draw(model, look, frame)).unwrap().buffer.clone();
    let cursor = terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position());
    Painted { buffer, spot, cursor }
}
