//! What is opened on the Sign in step. Boxes stand above the consent URL, which stays where there is room for both.

use ratatui::text::{Line, Span};

use super::client::window;
use super::field::{Shown, text_box};
use super::lines::fit;
use super::sheet::{ALWAYS, Sheet};
use super::sign_in;
use super::theme::{Mark, Role};
use crate::text::Medium;
use crate::wizard::Model;
use crate::wizard::sign_in::{BrowserPage, Dialog, Phase, Screen};

pub(super) fn fill(sheet: &mut Sheet, model: &Model, screen: &Screen, dialog: &Dialog, height: u16) {
    let text = &sheet.look.text.dialogs;
    match dialog {
        Dialog::BrowserErrors { selected } => return browser_errors(sheet, screen, *selected, height),
        Dialog::More => return more(sheet, model, screen),
        Dialog::Paste { .. } | Dialog::Hint(_) | Dialog::Scopes { .. } | Dialog::Redirect { .. } | Dialog::Bare => {}
    }
    if let Phase::Waiting(waiting) = &screen.phase {
        sheet.gap();
        sign_in::state(sheet, model, waiting);
    }
    sheet.gap();
    match dialog {
        Dialog::Paste { field, refused } => {
            sheet.say(ALWAYS, Role::Strong, text.paste);
            text_box(sheet, field, Shown::Answer, true);
            match refused {
                None => sheet.say(1, Role::Quiet, text.paste_hint),
                Some(why) => {
                    let words = (sheet.look.text.problem)(&crate::problem::Problem::Paste(*why), Medium::Screen);
                    sheet.remark(ALWAYS, Mark::Bad, Role::Bad, &format!("{}. {}", words.title, words.cause));
                    sheet.remark(ALWAYS, Mark::Remedy, Role::Accent, &words.remedy);
                }
            }
        }
        Dialog::Hint(field) => {
            sheet.say(ALWAYS, Role::Strong, text.hint);
            text_box(sheet, field, Shown::Whole, true);
            sheet.say(1, Role::Quiet, text.hint_hint);
        }
        Dialog::Scopes { field, refused } => {
            sheet.say(ALWAYS, Role::Strong, text.scopes);
            text_box(sheet, field, Shown::Whole, true);
            refusal(sheet, refused.then_some(text.scopes_refused), text.scopes_hint);
        }
        Dialog::Redirect { field, refused } => {
            sheet.say(ALWAYS, Role::Strong, text.redirect);
            text_box(sheet, field, Shown::Whole, true);
            refusal(sheet, refused.map(text.redirect_refused), text.redirect_hint);
        }
        Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare => {}
    }
    sign_in::beneath(sheet, screen, height);
}

fn refusal(sheet: &mut Sheet, refused: Option<&str>, hint: &str) {
    match refused {
        Some(why) => sheet.remark(ALWAYS, Mark::Bad, Role::Bad, why),
        None => sheet.say(1, Role::Quiet, hint),
    }
}

/// The list of errors by the words on Google's page, and the selected one explained.
fn browser_errors(sheet: &mut Sheet, screen: &Screen, selected: usize, height: u16) {
    let (look, text) = (sheet.look, &sheet.look.text.dialogs);
    let page = BrowserPage::ALL.get(selected).copied().unwrap_or(BrowserPage::ALL[0]);
    let words = (text.browser_error)(page);
    let mut below = Sheet::new(look, u16::try_from(sheet.width() + 4).unwrap_or(u16::MAX));
    explain(&mut below, screen, words);
    sheet.gap();
    sheet.say(ALWAYS, Role::Strong, text.browser_errors);
    sheet.gap();
    let all = BrowserPage::ALL.len();
    let room = usize::from(height).saturating_sub(below.least_height() + 1).clamp(3, all);
    let first = window(selected, all, room);
    let row = |(place, page): (usize, &BrowserPage)| {
        let (mark, role) =
            if place == selected { (look.mark(Mark::Selected), Role::Accent) } else { (" ", Role::Plain) };
        let words = fit((text.browser_error)(*page).on_page, sheet.width() - 2, look.strokes().ellipsis);
        Line::from(vec![
            Span::styled(format!("{mark} "), look.style(Role::Accent)),
            Span::styled(words, look.style(role)),
        ])
    };
    let rows = BrowserPage::ALL.iter().enumerate().skip(first).take(room).map(row).collect();
    sheet.lines(ALWAYS, rows);
    sheet.gap();
    explain(sheet, screen, words);
}

fn explain(sheet: &mut Sheet, screen: &Screen, words: crate::text::PageWords) {
    let frame = &sheet.look.text.frame;
    sheet.say(ALWAYS, Role::Plain, words.means);
    sheet.remark(ALWAYS, Mark::Remedy, Role::Accent, words.remedy);
    if let Some(page) = screen.explained_page() {
        sheet.short_fact(ALWAYS, frame.page, page.trim_start_matches("https://"));
    }
}

/// Everything about this attempt that a small screen has no room for.
fn more(sheet: &mut Sheet, model: &Model, screen: &Screen) {
    let text = &sheet.look.text;
    sheet.gap();
    sheet.say(4, Role::Strong, text.dialogs.more);
    let Phase::Waiting(waiting) = &screen.phase else { return };
    sheet.gap();
    sign_in::settings(sheet, model, screen, waiting, ALWAYS);
    sign_in::way_back(sheet, model, waiting, ALWAYS);
    sheet.gap();
    sign_in::came_in(sheet, waiting, 1);
    sheet.gap();
    sheet.remark(3, Mark::Caution, Role::Caution, text.sign_in.goes_wrong);
    for line in text.sign_in.goes_wrong_more {
        sheet.remark(3, Mark::Caution, Role::Caution, line);
    }
}
