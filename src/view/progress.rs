//! The line on top: the steps, where the user is, and whatever makes this run different. It never leaves that difference out.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::lines::{fit, width};
use super::theme::{Look, Mark, Role};
use crate::wizard::{Model, Step};

pub(super) fn draw(model: &Model, look: &Look, frame: &mut Frame, area: Rect) {
    let columns = usize::from(area.width);
    let badge = badge(model, look).map(|badge| fit(&badge, columns.saturating_sub(2), look.strokes().ellipsis));
    let badge_width = badge.as_deref().map_or(0, |badge| width(badge) + 2);
    let line = steps(model, look, columns.saturating_sub(badge_width + 2));
    frame.buffer_mut().set_line(area.x + 2, area.y, &line, area.width.saturating_sub(2));
    if let Some(badge) = badge {
        let left = area.right().saturating_sub(u16::try_from(badge_width).unwrap_or(0));
        frame.buffer_mut().set_string(left, area.y, badge, look.style(Role::Caution));
    }
}

/// What makes this run different from one with Google.
fn badge(model: &Model, look: &Look) -> Option<String> {
    let text = &look.text.frame;
    if model.options.practice {
        return Some(text.practice.to_owned());
    }
    model.not_google().map(text.not_google)
}

/// All the steps or, where there is no room for them, the one at hand.
fn steps(model: &Model, look: &Look, columns: usize) -> Line<'static> {
    let text = &look.text.frame;
    let here = match &model.step {
        Step::Client(_) => 0,
        Step::SignIn(_) => 1,
        Step::Token(_) => 2,
        Step::Account(_) => 3,
        Step::Save(_) => 4,
    };
    let names = [text.client, text.sign_in, text.token, text.account, text.save];
    let step = |place: usize| {
        let (mark, role) = match place.cmp(&here) {
            std::cmp::Ordering::Less => (Mark::Done, Role::Plain),
            std::cmp::Ordering::Equal => (Mark::Here, Role::Accent),
            std::cmp::Ordering::Greater => (Mark::Ahead, Role::Quiet),
        };
        Span::styled(format!("{} {}", look.mark(mark), names[place]), look.style(role))
    };
    let all = |dashes: usize| {
        let between = format!(" {} ", look.strokes().horizontal.repeat(dashes));
        let mut spans = Vec::new();
        for place in 0..names.len() {
            if place > 0 {
                spans.push(Span::styled(between.clone(), look.style(Role::Quiet)));
            }
            spans.push(step(place));
        }
        Line::from(spans)
    };
    let fitting = [all(2), all(1)].into_iter().find(|line| line.width() <= columns);
    fitting.unwrap_or_else(|| Line::from(step(here)))
}
