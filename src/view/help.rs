//! What lies over every step: all keys of the moment with their reasons, and questions that must be answered first.

use ratatui::text::{Line, Span};

use super::footer::key_name;
use super::lines::{width, wrap};
use super::sheet::{ALWAYS, Sheet};
use super::theme::{Mark, Role};
use crate::wizard::keys::{Binding, bindings};
use crate::wizard::{Model, Question};

/// The column of what a key does.
const KEYS: usize = 18;

/// The keys of the screen below.
pub(super) fn fill(sheet: &mut Sheet, model: &Model, scroll: u16, height: u16) {
    let text = &sheet.look.text.keys;
    let mut below = model.clone();
    below.overlay = None;
    let rows: Vec<_> = bindings(&below).iter().flat_map(|binding| row(sheet, binding)).collect();
    sheet.gap();
    sheet.say(ALWAYS, Role::Strong, text.help_title);
    sheet.gap();
    // The title, the mark for more, and air.
    let room = usize::from(height).saturating_sub(4).max(1);
    let last = rows.len().saturating_sub(room);
    let first = usize::from(scroll).min(last);
    let more = first < last;
    sheet.lines(ALWAYS, rows.into_iter().skip(first).take(room).collect());
    if more {
        let words = format!("{} {}", sheet.look.strokes().down, text.help_more);
        sheet.say(ALWAYS, Role::Quiet, &words);
    }
}

fn row(sheet: &Sheet, binding: &Binding) -> Vec<Line<'static>> {
    let look = sheet.look;
    let names: Vec<_> = binding.keys.iter().map(|key| key_name(*key, look)).collect();
    let names = names.join("  ");
    let padding = " ".repeat(KEYS.saturating_sub(width(&names)).max(2));
    let (keys, words) = match binding.off {
        None => (Role::Accent, Role::Plain),
        Some(_) => (Role::Quiet, Role::Quiet),
    };
    let columns = sheet.width().saturating_sub(KEYS + 2);
    let mut rows = Vec::new();
    for (place, line) in wrap((look.text.keys.long)(binding.action), columns).into_iter().enumerate() {
        let head = if place == 0 { format!("{names}{padding}") } else { " ".repeat(KEYS) };
        rows.push(Line::from(vec![Span::styled(head, look.style(keys)), Span::styled(line, look.style(words))]));
    }
    if let Some(reason) = binding.off {
        for (place, line) in wrap((look.text.keys.off)(reason), columns).into_iter().enumerate() {
            let head = if place == 0 { look.mark(Mark::Caution) } else { " " };
            rows.push(Line::from(vec![
                Span::raw(" ".repeat(KEYS)),
                Span::styled(format!("{head} "), look.style(Role::Caution)),
                Span::styled(line, look.style(Role::Quiet)),
            ]));
        }
    }
    rows
}

/// The question stands above the screen that it is about, and moves it down.
pub(super) fn ask(sheet: &mut Sheet, question: Question, live: bool) {
    let asked = (sheet.look.text.question)(question, live);
    sheet.gap();
    sheet.headline(Mark::Caution, Role::Caution, asked.title);
    sheet.say(ALWAYS, Role::Plain, asked.consequence);
    sheet.gap();
    let rule = sheet.look.strokes().horizontal.repeat(sheet.width());
    sheet.lines(ALWAYS, vec![Line::styled(rule, sheet.look.style(Role::Quiet))]);
}
