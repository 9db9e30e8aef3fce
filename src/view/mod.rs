//! From the model to a frame: what each screen looks like. It changes nothing, reads no clock and does no I/O of its own.

mod account;
mod client;
mod dialogs;
mod field;
mod footer;
mod guide;
mod help;
mod lines;
mod problem;
mod progress;
mod save;
mod sheet;
mod sign_in;
mod theme;
mod token;
mod url;
mod window;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use self::url::{UrlSpot, print_url};
pub use theme::{Glyphs, Look, Palette};
pub use window::{keep_title, print_bare, print_title, restore_title, ring, title};

use crate::wizard::{Model, Overlay, Step};
use sheet::Sheet;
use theme::Role;

/// The smallest screen on which everything has its place: columns and rows.
pub const LEAST: (u16, u16) = (60, 18);
/// From this height on the body stands between two rules.
const RULED: u16 = 22;

/// Paints the model. The spot, if there is one, is to be printed with [`print_url`] whenever it changed since the last frame and
/// whenever the screen was cleared.
pub fn draw(model: &Model, look: &Look, frame: &mut Frame) -> Option<UrlSpot> {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        make_larger(look, frame, area);
        return None;
    }
    let (body, bottom) = split(model, look, frame, area);
    progress::draw(model, look, frame, Rect { height: 1, ..area });
    footer::draw(model, look, frame, bottom);
    let mut sheet = Sheet::new(look, area.width);
    match &model.overlay {
        Some(Overlay::Help { scroll }) => help::fill(&mut sheet, model, *scroll, body.height),
        Some(Overlay::Ask(question)) => {
            help::ask(&mut sheet, *question, model.card().is_some_and(crate::wizard::token::Card::is_live));
            fill(&mut sheet, model, body.height);
        }
        None => fill(&mut sheet, model, body.height),
    }
    sheet.draw(frame, body)
}

fn fill(sheet: &mut Sheet, model: &Model, height: u16) {
    match &model.step {
        Step::Client(screen) if screen.shows_guide() => guide::fill(sheet, screen, height),
        Step::Client(screen) => client::fill(sheet, model, screen, height),
        Step::SignIn(screen) => sign_in::fill(sheet, model, screen, height),
        Step::Token(screen) => token::fill(sheet, screen),
        Step::Account(screen) => account::fill(sheet, screen, height),
        Step::Save(screen) => save::fill(sheet, model, screen, height),
    }
}

/// The body, and what is below it: the notice and the keys, between rules where there is room for them.
fn split(model: &Model, look: &Look, frame: &mut Frame, area: Rect) -> (Rect, Rect) {
    let ruled = u16::from(area.height >= RULED);
    let top = 1 + ruled;
    let bottom = footer::height(model, look, area.width) + ruled;
    let body = Rect { y: top, height: area.height.saturating_sub(top + bottom), ..area };
    if ruled == 1 {
        let rule = look.strokes().horizontal.repeat(usize::from(area.width));
        frame.buffer_mut().set_string(0, 1, &rule, look.style(Role::Quiet));
        frame.buffer_mut().set_string(0, area.height - 2, &rule, look.style(Role::Quiet));
    }
    (body, Rect { y: body.bottom(), height: bottom, ..area })
}

/// All that a small window has room for.
fn make_larger(look: &Look, frame: &mut Frame, area: Rect) {
    let text = &look.text.frame;
    let sizes = (text.sizes)((area.width, area.height), LEAST);
    let columns = usize::from(area.width);
    let styled = |role: Role, words: &str| -> Vec<(String, Role)> {
        lines::wrap(words, columns).into_iter().map(|line| (line, role)).collect()
    };
    let rows: Vec<_> = [styled(Role::Strong, text.make_larger), styled(Role::Plain, &sizes)].concat();
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let top = area.height.saturating_sub(height) / 2;
    for (row, (line, role)) in (top..area.height).zip(rows) {
        let left = columns.saturating_sub(lines::width(&line)) / 2;
        let left = u16::try_from(left).unwrap_or(0);
        frame.buffer_mut().set_stringn(left, row, line, columns, look.style(role));
    }
}
