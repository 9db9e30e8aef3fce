//! The Sign in step: the consent URL and everything that helps to get there and back.

use std::time::Duration;

use super::client::tilde;
use super::lines::width;
use super::sheet::{ALWAYS, DETAIL, Sheet};
use super::theme::{Mark, Role};
use super::url::rows_of;
use super::{dialogs, problem};
use crate::oauth::scope;
use crate::oauth::secret::Secret;
use crate::problem::Problem;
use crate::text::Medium;
use crate::wizard::Model;
use crate::wizard::sign_in::{Dialog, Limit, Phase, Screen, Waiting};

pub(super) fn fill(sheet: &mut Sheet, model: &Model, screen: &Screen, height: u16) {
    let text = &sheet.look.text.sign_in;
    let ellipsis = sheet.look.strokes().ellipsis;
    // The bare URL does not lie over this screen: it stands in its place.
    if let Some(dialog) = screen.dialog.as_ref().filter(|dialog| **dialog != Dialog::Bare) {
        return dialogs::fill(sheet, model, screen, dialog, height);
    }
    sheet.gap();
    match &screen.phase {
        Phase::NoRedirect => {
            problem::fill(sheet, &(sheet.look.text.problem)(&Problem::NoLoopbackRedirect, Medium::Screen), None);
            sheet.gap();
            sheet.say(1, Role::Plain, text.no_redirect_line);
            sheet.gap();
            sheet.say(1, Role::Accent, text.suggested_redirect);
            if let Some(page) = screen.console_page() {
                sheet.gap();
                sheet.fact(3, sheet.look.text.frame.page, &page);
            }
        }
        Phase::Preparing(_) => {
            sheet.headline(Mark::Waiting, Role::Accent, &format!("{}{ellipsis}", text.preparing));
        }
        Phase::Waiting(waiting) => wait(sheet, model, screen, waiting, height),
        Phase::Exchanging(_) => {
            sheet.headline(Mark::Waiting, Role::Accent, &format!("{}{ellipsis}", text.exchanging));
            sheet.gap();
            sheet.say(1, Role::Plain, text.exchanging_hint);
        }
        Phase::Ended(problem) => {
            problem::fill(sheet, &(sheet.look.text.problem)(problem, Medium::Screen), screen.console_page().as_deref());
        }
        Phase::Signed(_) => {
            sheet.headline(Mark::Done, Role::Good, text.signed);
            sheet.gap();
            sheet.say(ALWAYS, Role::Plain, text.signed_hint);
            sheet.gap();
            sheet.fact(3, text.client, &(text.client_of)(&screen.source.client));
        }
    }
}

fn wait(sheet: &mut Sheet, model: &Model, screen: &Screen, waiting: &Waiting, height: u16) {
    let text = &sheet.look.text.sign_in;
    state(sheet, model, waiting);
    sheet.gap();
    sheet.say(3, Role::Plain, &(text.browser)(&waiting.browser, model.options.browser_here));
    sheet.gap();
    consent_url(sheet, ALWAYS, waiting, height);
    sheet.gap();
    way_back(sheet, model, waiting, 1);
    sheet.gap();
    came_in(sheet, waiting, 2);
    // Where the browser cannot come here anyway, the way back above says what to do.
    let in_the_way = model.options.browser_at.reaches_us() && waiting.long_from().is_some_and(|long| long <= model.now);
    sheet.remark(2, Mark::Caution, Role::Caution, if in_the_way { text.nothing_yet } else { text.goes_wrong });
    sheet.gap();
    settings(sheet, model, screen, waiting, DETAIL);
}

/// The consent URL, or why it is not here.
pub(super) fn consent_url(sheet: &mut Sheet, rank: u8, waiting: &Waiting, height: u16) {
    let url = waiting.links.consent.as_str();
    // The state, the way back and one remedy need their rows.
    let room = usize::from(height).saturating_sub(3);
    if rows_of(url, sheet.screen_width()) > room {
        sheet.remark(rank, Mark::Caution, Role::Caution, sheet.look.text.sign_in.url_too_long);
    } else {
        sheet.raw(rank, Secret::new(url.to_owned()), sheet.look.hyperlinks);
    }
}

/// What is being waited for, and for how long.
pub(super) fn state(sheet: &mut Sheet, model: &Model, waiting: &Waiting) {
    let text = &sheet.look.text.sign_in;
    let left = waiting.limit.left(model.now).unwrap_or(Duration::ZERO);
    let time = match waiting.limit {
        Limit::None => text.no_limit.to_owned(),
        Limit::Until(_) => (text.left)(left),
        Limit::Paused(_) => (text.paused)(left),
    };
    let line = format!("{} {} {time}", text.waiting, sheet.look.strokes().dot);
    sheet.headline(Mark::Waiting, Role::Accent, &line);
}

/// How the browser gets here: by the short link, by a tunnel, or not at all.
pub(super) fn way_back(sheet: &mut Sheet, model: &Model, waiting: &Waiting, rank: u8) {
    let text = &sheet.look.text.sign_in;
    let place = &model.options.browser_at;
    if let Some(words) = (text.elsewhere)(place) {
        sheet.say(rank + 1, Role::Plain, &words);
    }
    if let Some(tunnel) = place.tunnel(waiting.links.redirect.port()) {
        sheet.say(rank, Role::Accent, &tunnel);
    }
    if place.reaches_us() {
        let hint = format!("{} {} {}", waiting.links.start, sheet.look.strokes().dot, text.start_link_hint);
        let room = sheet.width().saturating_sub(12);
        sheet.fact(rank, text.start_link, if width(&hint) > room { &waiting.links.start } else { &hint });
    }
}

/// What has come in besides the answer.
pub(super) fn came_in(sheet: &mut Sheet, waiting: &Waiting, rank: u8) {
    let text = &sheet.look.text.sign_in;
    if let Some(error) = &waiting.reported {
        sheet.remark(rank, Mark::Caution, Role::Caution, &(text.reported)(error));
    }
    if waiting.https {
        sheet.remark(rank, Mark::Caution, Role::Caution, text.https);
    }
    if waiting.ignored > 0 {
        sheet.say(rank + 2, Role::Quiet, &(text.ignored)(waiting.ignored));
    }
}

/// With which client, as whom, for what, and where the answer goes.
pub(super) fn settings(sheet: &mut Sheet, model: &Model, screen: &Screen, waiting: &Waiting, rank: u8) {
    let text = &sheet.look.text.sign_in;
    let scopes: Vec<_> = screen.wish.scopes.iter().map(|scope| scope::short(scope)).collect();
    let client = (text.client_of)(&screen.source.client);
    let facts = [
        (text.client, client.as_str()),
        (text.account_hint, screen.wish.login_hint.as_deref().unwrap_or(text.account_any)),
        (text.asks_for, &scopes.join(", ")),
        (text.answers_at, waiting.links.redirect.as_str()),
    ];
    sheet.facts(rank, &facts);
    if let Some(file) = &waiting.file {
        sheet.fact(rank, text.file, &tilde(file, model));
    }
}

/// What a waiting attempt shows below a box that is open.
pub(super) fn beneath(sheet: &mut Sheet, screen: &Screen, height: u16) {
    if let Phase::Waiting(waiting) = &screen.phase {
        sheet.gap();
        consent_url(sheet, 3, waiting, height);
    }
}
