//! The rows at the bottom: what was just done or refused, and the keys of the moment. It never names a key that `keys` does not.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::lines::{fit, width, wrap};
use super::theme::{Look, Mark, Role};
use crate::ports::Copied;
use crate::wizard::keys::{Action, Binding, Key, bindings};
use crate::wizard::{Model, Notice, Step, What};

/// The most rows that a notice takes; no notice is longer at 60 columns.
const LONGEST_NOTICE: usize = 2;

/// How many rows the notice and the keys take.
pub(super) fn height(model: &Model, look: &Look, columns: u16) -> u16 {
    let rows = notice_lines(model, look, columns).len().max(1);
    u16::try_from(rows).unwrap_or(1) + 1
}

pub(super) fn draw(model: &Model, look: &Look, frame: &mut Frame, area: Rect) {
    let room = area.width.saturating_sub(4);
    for (row, line) in (area.y..).zip(notice_lines(model, look, area.width)) {
        frame.buffer_mut().set_line(2, row, &line, room);
    }
    let keys = hints(model, look, usize::from(room));
    frame.buffer_mut().set_line(2, area.bottom().saturating_sub(1), &keys, room);
}

fn notice_lines(model: &Model, look: &Look, columns: u16) -> Vec<Line<'static>> {
    let notice = match (&model.notice, &model.step) {
        // The health card says it, and goes on saying it.
        (None, _) | (Some(Notice::Copied(What::Token, _)), Step::Token(_)) => return Vec::new(),
        (Some(notice), _) => notice,
    };
    let (mark, role) = match notice {
        Notice::Copied(_, Copied::Confirmed(_) | Copied::Handed(_)) | Notice::PageOpened | Notice::UrlWritten(_) => {
            (Mark::Done, Role::Good)
        }
        Notice::Copied(_, Copied::AskTerminal | Copied::CommandFailed)
        | Notice::Off(_)
        | Notice::NotOpened(_)
        | Notice::UrlNotWritten
        | Notice::CannotSuspend => (Mark::Caution, Role::Caution),
    };
    let text = (look.text.notice)(notice);
    let room = usize::from(columns).saturating_sub(6);
    let mut wrapped = wrap(&text, room);
    if wrapped.len() > LONGEST_NOTICE {
        let rest = wrapped.split_off(LONGEST_NOTICE - 1).join(" ");
        wrapped.push(fit(&rest, room, look.strokes().ellipsis));
    }
    let mark = format!("{} ", look.mark(mark));
    let line = |(place, text): (usize, String)| {
        let head = if place == 0 { mark.clone() } else { "  ".to_owned() };
        Line::from(vec![Span::styled(head, look.style(role)), Span::styled(text, look.style(Role::Strong))])
    };
    wrapped.into_iter().enumerate().map(line).collect()
}

/// As many keys as fit, in the order of the table, and the one for all of them last.
fn hints(model: &Model, look: &Look, columns: usize) -> Line<'static> {
    let bindings = bindings(model);
    let help = bindings.iter().find(|binding| binding.action == Action::Help).map(|binding| hint(binding, look));
    let width_of = |spans: &[Span]| spans.iter().map(|span| width(&span.content)).sum::<usize>();
    let mut room = columns.saturating_sub(help.as_deref().map_or(0, width_of));
    let mut spans = Vec::new();
    for binding in bindings.iter().filter(|binding| binding.action != Action::Help && !travels(binding.action)) {
        let hint = hint(binding, look);
        let needed = width_of(&hint) + GAP.len();
        if needed > room {
            break;
        }
        room -= needed;
        spans.extend(hint);
        spans.push(Span::raw(GAP));
    }
    spans.extend(help.into_iter().flatten());
    Line::from(spans)
}

const GAP: &str = "  ";

/// Everybody tries the arrows; they stand in the help only.
fn travels(action: Action) -> bool {
    matches!(action, Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last)
}

/// A key and its word; in parentheses when it does nothing now.
fn hint(binding: &Binding, look: &Look) -> Vec<Span<'static>> {
    let key = binding.keys.first().map(|key| key_name(*key, look)).unwrap_or_default();
    let word = (look.text.keys.short)(binding.action);
    match binding.off {
        None => vec![
            Span::styled(key, look.style(Role::Accent)),
            Span::raw(" "),
            Span::styled(word, look.style(Role::Plain)),
        ],
        Some(_) => vec![Span::styled(format!("({key} {word})"), look.style(Role::Quiet))],
    }
}

/// What stands on the key.
pub(super) fn key_name(key: Key, look: &Look) -> String {
    let strokes = look.strokes();
    match key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(character) => character.to_string(),
        Key::Ctrl(character) => format!("Ctrl-{}", character.to_ascii_uppercase()),
        Key::Enter => "Enter".to_owned(),
        Key::Esc => "Esc".to_owned(),
        Key::Tab => "Tab".to_owned(),
        Key::BackTab => "Shift-Tab".to_owned(),
        Key::Backspace => "Backspace".to_owned(),
        Key::Delete => "Del".to_owned(),
        Key::Up => strokes.up.to_owned(),
        Key::Down => strokes.down.to_owned(),
        Key::Left => strokes.left.to_owned(),
        Key::Right => strokes.right.to_owned(),
        Key::Home => "Home".to_owned(),
        Key::End => "End".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        Key::F1 => "F1".to_owned(),
    }
}
