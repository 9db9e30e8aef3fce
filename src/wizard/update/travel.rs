//! Up and down, wherever there is something to go through.

use crate::wizard::sign_in::{BrowserPage, Dialog};
use crate::wizard::{Effect, Model, Overlay, Step};

/// How far to go.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// So many rows down, or up if it is negative.
    Step(i16),
    /// As many rows as are seen at once.
    Page { forward: bool },
    /// To the first or the last row.
    End { last: bool },
}

/// Goes there. What is scrolled and not chosen from has no pages and no ends.
pub(super) fn travel(model: &mut Model, way: Way) -> Vec<Effect> {
    if let Some(Overlay::Help { scroll }) = &mut model.overlay {
        if let Way::Step(by) = way {
            *scroll = scroll.saturating_add_signed(by);
        }
        return Vec::new();
    }
    match &mut model.step {
        Step::Client(screen) => match way {
            Way::Step(by) => screen.step(isize::from(by)),
            Way::Page { forward } => screen.page(forward),
            Way::End { last } => screen.end(last),
        },
        Step::SignIn(screen) => {
            if let Some(Dialog::BrowserErrors { selected }) = &mut screen.dialog {
                let last_row = BrowserPage::ALL.len() - 1;
                *selected = match way {
                    Way::Step(by) => selected.saturating_add_signed(isize::from(by)).min(last_row),
                    Way::Page { forward: true } | Way::End { last: true } => last_row,
                    Way::Page { forward: false } | Way::End { last: false } => 0,
                };
            }
        }
        Step::Account(screen) => match way {
            Way::Step(by) => screen.step(isize::from(by)),
            Way::Page { forward } => screen.page(forward),
            Way::End { last } => screen.end(last),
        },
        Step::Save(screen) => match way {
            Way::Step(by) => screen.step(isize::from(by)),
            Way::Page { forward } => screen.scroll(forward),
            Way::End { last } => screen.step(if last { isize::MAX } else { isize::MIN }),
        },
        Step::Token(_) => {}
    }
    Vec::new()
}
