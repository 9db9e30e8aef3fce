//! The body of a screen as parts from top to bottom. When there is no room for all, the parts of the highest rank go first;
//! a part is shown whole or not at all. It knows no step.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::lines::{fit, width, wrap};
use super::theme::{Look, Mark, Role};
use super::url::{UrlSpot, reserve, rows_of};
use crate::oauth::secret::Secret;

/// The columns left and right of the text.
const MARGIN: u16 = 2;
/// Lines longer than this are hard to read.
const WIDEST: u16 = 100;
/// The column of values behind their labels.
const LABEL: usize = 12;

/// Shown whatever happens.
pub(super) const ALWAYS: u8 = 0;
/// Empty rows outrank what can be looked up elsewhere.
const AIR: u8 = 4;
/// What can be looked up elsewhere.
pub(super) const DETAIL: u8 = 5;

/// The parts of one body.
pub(super) struct Sheet<'a> {
    pub look: &'a Look,
    screen_width: u16,
    parts: Vec<Part>,
}

struct Part {
    rank: u8,
    body: Body,
}

enum Body {
    Lines { lines: Vec<Line<'static>>, cursor: Option<(u16, u16)> },
    Raw { text: Secret, hyperlink: bool },
}

impl<'a> Sheet<'a> {
    /// An empty body on a screen of this width.
    pub fn new(look: &'a Look, screen_width: u16) -> Self {
        Self { look, screen_width, parts: Vec::new() }
    }

    /// How many columns text may take.
    pub fn width(&self) -> usize {
        usize::from(self.screen_width.saturating_sub(2 * MARGIN).min(WIDEST))
    }

    /// How many columns the screen has.
    pub fn screen_width(&self) -> u16 {
        self.screen_width
    }

    /// Lines as they are.
    pub fn lines(&mut self, rank: u8, lines: Vec<Line<'static>>) {
        self.parts.push(Part { rank, body: Body::Lines { lines, cursor: None } });
    }

    /// Lines with the terminal's cursor at this column and row of them.
    pub fn lines_with_cursor(&mut self, rank: u8, lines: Vec<Line<'static>>, cursor: (u16, u16)) {
        self.parts.push(Part { rank, body: Body::Lines { lines, cursor: Some(cursor) } });
    }

    /// A text, wrapped.
    pub fn say(&mut self, rank: u8, role: Role, text: &str) {
        let style = self.look.style(role);
        let lines = wrap(text, self.width()).into_iter().map(|line| Line::styled(line, style)).collect();
        self.lines(rank, lines);
    }

    /// A text behind a mark, wrapped; only the mark has a colour.
    pub fn remark(&mut self, rank: u8, mark: Mark, role: Role, text: &str) {
        let look = self.look;
        let head = format!("{} ", look.mark(mark));
        let lines = hanging(&head, look.style(role), text, look.style(Role::Plain), self.width());
        self.lines(rank, lines);
    }

    /// What the screen is about, behind a mark.
    pub fn headline(&mut self, mark: Mark, role: Role, text: &str) {
        let look = self.look;
        let head = format!("{} ", look.mark(mark));
        let lines = hanging(&head, look.style(role), text, look.style(Role::Strong), self.width());
        self.lines(ALWAYS, lines);
    }

    /// A label and a value behind a mark.
    pub fn marked_fact(&mut self, label: &str, mark: Mark, role: Role, value: &str, value_role: Role) {
        let label = padded(label);
        let glyph = format!("{} ", self.look.mark(mark));
        let style = self.look.style(value_role);
        let mut lines = hanging(&format!("{label}{glyph}"), Style::new(), value, style, self.width());
        if let Some(first) = lines.first_mut() {
            let marks =
                [(label, Role::Quiet), (glyph, role)].map(|(text, role)| Span::styled(text, self.look.style(role)));
            first.spans.splice(..1, marks);
        }
        self.lines(ALWAYS, lines);
    }

    /// A label and its value, wrapped beside it.
    pub fn fact(&mut self, rank: u8, label: &str, value: &str) {
        self.fact_with(rank, label, value, Role::Plain);
    }

    /// A label and its value in a role.
    pub fn fact_with(&mut self, rank: u8, label: &str, value: &str, role: Role) {
        let lines = self.fact_lines(label, value, role);
        self.lines(rank, lines);
    }

    /// Labels and values that stand together or not at all.
    pub fn facts(&mut self, rank: u8, facts: &[(&str, &str)]) {
        let lines = facts.iter().flat_map(|(label, value)| self.fact_lines(label, value, Role::Plain)).collect();
        self.lines(rank, lines);
    }

    fn fact_lines(&self, label: &str, value: &str, role: Role) -> Vec<Line<'static>> {
        hanging(&padded(label), self.look.style(Role::Quiet), value, self.look.style(role), self.width())
    }

    /// A label and as much of its value as fits on one line.
    pub fn short_fact(&mut self, rank: u8, label: &str, value: &str) {
        let room = self.width().saturating_sub(LABEL.max(width(label) + 1));
        let value = fit(value, room, self.look.strokes().ellipsis);
        self.fact(rank, label, &value);
    }

    /// An empty row, unless there is one.
    pub fn gap(&mut self) {
        if self.parts.last().is_none_or(|part| part.rank != AIR) {
            self.lines(AIR, vec![Line::default()]);
        }
    }

    /// A long text that stays one line of the terminal.
    pub fn raw(&mut self, rank: u8, text: Secret, hyperlink: bool) {
        self.parts.push(Part { rank, body: Body::Raw { text, hyperlink } });
    }

    /// How many rows the parts take that cannot be left out.
    pub fn least_height(&self) -> usize {
        self.height_up_to(ALWAYS)
    }

    /// How many rows the parts of these ranks take.
    pub fn height_up_to(&self, rank: u8) -> usize {
        self.parts.iter().filter(|part| part.rank <= rank).map(|part| self.rows(part)).sum()
    }

    fn rows(&self, part: &Part) -> usize {
        match &part.body {
            Body::Lines { lines, .. } => lines.len(),
            Body::Raw { text, .. } => rows_of(text.expose(), self.screen_width),
        }
    }

    /// Leaves out what has no room.
    fn settle(&mut self, height: usize) {
        loop {
            let all: usize = self.parts.iter().map(|part| self.rows(part)).sum();
            let Some(rank) = self.parts.iter().map(|part| part.rank).max().filter(|rank| *rank > ALWAYS) else {
                return;
            };
            if all <= height {
                return;
            }
            if let Some(last) = self.parts.iter().rposition(|part| part.rank == rank) {
                self.parts.remove(last);
            }
        }
    }

    /// Paints the parts and says where the long text is to be printed, if there is one and it is here whole.
    pub fn draw(mut self, frame: &mut Frame, area: Rect) -> Option<UrlSpot> {
        self.settle(usize::from(area.height));
        let mut spot = None;
        let mut row = area.y;
        let mut cut = false;
        for part in std::mem::take(&mut self.parts) {
            let left = area.bottom().saturating_sub(row);
            match part.body {
                Body::Lines { lines, cursor } => {
                    cut |= lines.len() > usize::from(left);
                    if let Some((x, y)) = cursor.filter(|(_, y)| *y < left) {
                        frame.set_cursor_position(Position::new(area.x + MARGIN + x, row + y));
                    }
                    for line in lines.iter().take(usize::from(left)) {
                        paint(frame, area, row, line);
                        row += 1;
                    }
                }
                Body::Raw { text, hyperlink } => {
                    let rows = u16::try_from(rows_of(text.expose(), area.width)).unwrap_or(u16::MAX);
                    if rows <= left {
                        let here = UrlSpot { row, rows, url: text, hyperlink };
                        reserve(frame.buffer_mut(), &here);
                        row += rows;
                        spot = Some(here);
                    }
                }
            }
        }
        if cut && area.height > 0 {
            let last = Rect { y: area.bottom() - 1, height: 1, ..area };
            frame.render_widget(ratatui::widgets::Clear, last);
            let more = Line::styled(self.look.strokes().ellipsis, self.look.style(Role::Quiet));
            paint(frame, area, last.y, &more);
        }
        spot
    }
}

fn paint(frame: &mut Frame, area: Rect, row: u16, line: &Line) {
    let room = area.width.saturating_sub(2 * MARGIN);
    debug_assert!(line.width() <= usize::from(room), "cut without an ellipsis: {line}");
    frame.buffer_mut().set_line(area.x + MARGIN, row, line, room);
}

fn padded(label: &str) -> String {
    format!("{label}{}", " ".repeat(LABEL.saturating_sub(width(label)).max(1)))
}

/// A head and a text beside it, wrapped so that nothing stands below the head.
fn hanging(head: &str, head_style: Style, text: &str, style: Style, columns: usize) -> Vec<Line<'static>> {
    let indent = width(head);
    let mut lines = Vec::new();
    for (place, line) in wrap(text, columns.saturating_sub(indent)).into_iter().enumerate() {
        let before = if place == 0 { Span::styled(head.to_owned(), head_style) } else { Span::raw(" ".repeat(indent)) };
        lines.push(Line::from(vec![before, Span::styled(line, style)]));
    }
    lines
}
