//! The Client step without any source: the way through the console.

use ratatui::text::{Line, Span};

use super::lines::fit;
use super::sheet::{ALWAYS, Sheet};
use super::theme::{Mark, Role};
use crate::wizard::client::{GuidePage, Mode, Screen};

pub(super) fn fill(sheet: &mut Sheet, screen: &Screen, height: u16) {
    if screen.mode != Mode::List {
        return super::client::boxes(sheet, screen);
    }
    let (look, text) = (sheet.look, &sheet.look.text.guide);
    sheet.gap();
    sheet.say(ALWAYS, Role::Strong, text.title);
    sheet.say(3, Role::Plain, text.intro);
    sheet.gap();
    let roomy = height >= 19;
    for (place, page) in GuidePage::ALL.into_iter().enumerate() {
        let selected = place == screen.selected;
        let (mark, style) = if selected {
            (look.mark(Mark::Selected), look.style(Role::Accent))
        } else {
            (" ", look.style(Role::Plain))
        };
        let number = if page == GuidePage::Guide { "  ".to_owned() } else { format!("{} ", place + 1) };
        let url = fit(page.url(), sheet.width().saturating_sub(4), look.strokes().ellipsis);
        let mut rows = vec![
            Line::from(vec![
                Span::styled(format!("{mark} "), look.style(Role::Accent)),
                Span::styled(format!("{number}{}", (text.step)(page)), style),
            ]),
            Line::from(vec![
                Span::styled(format!("{mark}   "), look.style(Role::Accent)),
                Span::styled(url, look.style(Role::Quiet)),
            ]),
        ];
        if roomy {
            rows.push(Line::default());
        }
        sheet.lines(ALWAYS, rows);
    }
    if !roomy {
        sheet.gap();
    }
    sheet.remark(ALWAYS, Mark::Waiting, Role::Accent, text.keeps_looking);
    sheet.say(1, Role::Quiet, text.practice);
}
