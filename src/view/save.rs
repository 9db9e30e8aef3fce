//! The Save step: where the token can go, what would change there, and what was written. Every secret in it is masked.

use ratatui::text::{Line, Span};

use super::client::{pad, tilde, title_line, window};
use super::field::{Shown, text_box};
use super::lines::{fit, fit_middle, width};
use super::sheet::{ALWAYS, DETAIL, Sheet};
use super::theme::{Mark, Role};
use crate::oauth::secret::Secret;
use crate::ports::Copied;
use crate::targets::Target;
use crate::targets::diff::DiffLine;
use crate::targets::plan::Plan;
use crate::text::{Medium, shown};
use crate::wizard::Model;
use crate::wizard::save::{Offer, Offered, OldToken, Outcome, Phase, Screen};

/// A list of fewer rows is no list.
const FEWEST_ROWS: usize = 3;
/// As many rows as stand beside a long text.
const FEW_ROWS: usize = 5;
/// The empty rows around the selected row's words.
const GAPS: usize = 2;

pub(super) fn fill(sheet: &mut Sheet, model: &Model, screen: &Screen, height: u16) {
    let text = &sheet.look.text.save;
    let ellipsis = sheet.look.strokes().ellipsis;
    sheet.gap();
    match &screen.phase {
        Phase::Looking => sheet.headline(Mark::Waiting, Role::Accent, &format!("{}{ellipsis}", text.looking)),
        Phase::Writing => sheet.headline(Mark::Waiting, Role::Accent, &format!("{}{ellipsis}", text.writing)),
        Phase::Done(outcomes) => done(sheet, model, screen, outcomes),
        Phase::Choosing => match &screen.path {
            Some(field) => {
                sheet.say(ALWAYS, Role::Strong, text.other_path);
                text_box(sheet, field, Shown::Whole, true);
                let kind = screen.selected_offer().and_then(Offer::plan).map_or(Target::Python, |plan| plan.target);
                sheet.say(1, Role::Quiet, &(text.other_path_hint)(kind));
            }
            None => choose(sheet, model, screen, usize::from(height)),
        },
    }
}

/// The list, and the selected row in full below it.
fn choose(sheet: &mut Sheet, model: &Model, screen: &Screen, height: usize) {
    let look = sheet.look;
    title_line(sheet, look.text.save.title, &(look.text.frame.place)(screen.selected + 1, screen.offers.len()));
    sheet.gap();
    let lines = changes(sheet, screen);
    let mut panel = Sheet::new(look, sheet.screen_width());
    if let Some(offer) = screen.selected_offer() {
        describe(&mut panel, model, offer, screen.lines().is_some());
    }
    let all = screen.offers.len();
    let airy = height.saturating_sub(sheet.height_up_to(DETAIL) + panel.height_up_to(DETAIL) + GAPS);
    let dense = height.saturating_sub(sheet.height_up_to(3) + panel.height_up_to(3));
    let free = if airy >= FEW_ROWS.min(all) + lines.len() { airy } else { dense };
    // The lines matter more than the places that are not selected.
    let room = free.saturating_sub(lines.len()).max(FEWEST_ROWS).min(all);
    let first = window(screen.selected, all, room);
    let rows = table(sheet, model, screen, first, room);
    sheet.lines(ALWAYS, rows);
    sheet.gap();
    if let Some(offer) = screen.selected_offer() {
        describe(sheet, model, offer, screen.lines().is_some());
    }
    sheet.gap();
    cut_to(sheet, lines, screen.scroll, free.saturating_sub(room).max(1));
}

/// As many lines as there is room for, and how many follow.
fn cut_to(sheet: &mut Sheet, mut lines: Vec<Line<'static>>, scroll: usize, room: usize) {
    lines.drain(..scroll.min(lines.len().saturating_sub(room)));
    if lines.len() > room {
        let hidden = lines.len() - room.saturating_sub(1);
        lines.truncate(room.saturating_sub(1));
        let words = format!("{} {}", sheet.look.strokes().ellipsis, (sheet.look.text.save.more_lines)(hidden));
        lines.push(Line::styled(words, sheet.look.style(Role::Quiet)));
    }
    sheet.lines(ALWAYS, lines);
}

/// Tick, library, path and state in columns.
fn table(sheet: &Sheet, model: &Model, screen: &Screen, first: usize, room: usize) -> Vec<Line<'static>> {
    const LIBRARY: usize = 8;
    let look = sheet.look;
    let text = &look.text.save;
    let state_width = screen.offers.iter().map(|offer| width((text.state)(offer))).max().unwrap_or(0);
    let path_width = sheet.width().saturating_sub("> [x] ".len() + LIBRARY + 2 + state_width);
    let row = |(place, offer): (usize, &Offer)| {
        let selected = place == screen.selected;
        let (library, path) = match &offer.what {
            Offered::File(plan) => ((text.library)(plan.target), tilde(&plan.place.asked, model)),
            Offered::Unreachable { target, path, .. } => ((text.library)(*target), tilde(path, model)),
            Offered::Snippet(snippet, _) => ((text.snippet)(*snippet), (text.snippet_for)(*snippet).to_owned()),
        };
        let tick = match (&offer.what, offer.ticked) {
            (Offered::File(_), true) => "[x]",
            (Offered::File(_), false) => "[ ]",
            (Offered::Unreachable { .. } | Offered::Snippet(..), _) => "   ",
        };
        let usable = match &offer.what {
            Offered::File(plan) => plan.can_be_written(),
            Offered::Unreachable { .. } => false,
            Offered::Snippet(..) => true,
        };
        let (mark, role) = match (selected, usable) {
            (true, _) => (look.mark(Mark::Selected), Role::Accent),
            (false, true) => (" ", Role::Plain),
            (false, false) => (" ", Role::Quiet),
        };
        let replaces = offer.plan().is_some_and(Plan::replaces);
        let state_role = if replaces { Role::Caution } else { Role::Quiet };
        let path = fit_middle(&path, path_width, look.strokes().ellipsis);
        Line::from(vec![
            Span::styled(format!("{mark} "), look.style(Role::Accent)),
            Span::styled(format!("{tick} "), look.style(if offer.ticked { Role::Good } else { Role::Quiet })),
            Span::styled(pad(library, LIBRARY), look.style(role)),
            Span::styled(pad(&path, path_width + 2), look.style(role)),
            Span::styled((text.state)(offer), look.style(state_role)),
        ])
    };
    screen.offers.iter().enumerate().skip(first).take(room).map(row).collect()
}

/// What would become of the selected row, and what should be known before.
fn describe(sheet: &mut Sheet, model: &Model, offer: &Offer, has_lines: bool) {
    let look = sheet.look;
    let text = &look.text.save;
    let words = (text.change)(offer).replace('…', look.strokes().ellipsis);
    match &offer.what {
        Offered::Snippet(..) => sheet.say(ALWAYS, Role::Plain, &words),
        Offered::Unreachable { .. } => sheet.remark(ALWAYS, Mark::Bad, Role::Bad, &words),
        Offered::File(plan) => {
            sheet.fact(DETAIL, text.file, (text.file_of)(plan.target));
            if plan.place.path != plan.place.asked {
                sheet.short_fact(3, "", &format!("{} {}", look.strokes().right, tilde(&plan.place.path, model)));
            }
            match (plan.replaces(), plan.can_be_written()) {
                (true, _) => sheet.remark(ALWAYS, Mark::Caution, Role::Caution, &words),
                (false, true) => sheet.say(ALWAYS, Role::Plain, &words),
                (false, false) => sheet.remark(ALWAYS, Mark::Bad, Role::Bad, &words),
            }
            if let Some(old) = (text.old_token)(&offer.old_token) {
                let (mark, role) = match offer.old_token {
                    OldToken::None | OldToken::Trying => (Mark::Waiting, Role::Accent),
                    OldToken::Works => (Mark::Caution, Role::Caution),
                    OldToken::Fails(_) => (Mark::Done, Role::Good),
                };
                sheet.remark(ALWAYS, mark, role, old);
            }
            for warning in &plan.warnings {
                sheet.remark(2, Mark::Caution, Role::Caution, &(text.warning)(warning));
            }
            if has_lines {
                sheet.remark(1, Mark::Remedy, Role::Accent, text.copy_lines);
            }
        }
    }
}

/// The lines that change, or that can be copied; each on one row.
fn changes(sheet: &Sheet, screen: &Screen) -> Vec<Line<'static>> {
    let look = sheet.look;
    let to_copy = screen.lines().is_some();
    let line = |line: &DiffLine| {
        let (sign, words, role) = match line {
            DiffLine::Added(words) if to_copy => (" ", words.clone(), Role::Plain),
            DiffLine::Added(words) => ("+", words.clone(), Role::Good),
            DiffLine::Removed(words) => ("-", words.clone(), Role::Bad),
            DiffLine::Kept(words) => (" ", words.clone(), Role::Quiet),
            DiffLine::Skipped(count) => {
                let words = (look.text.save.unchanged)(*count);
                (" ", format!("{} {words}", look.strokes().ellipsis), Role::Quiet)
            }
        };
        let ellipsis = look.strokes().ellipsis;
        let words = fit(&words.replace('…', ellipsis), sheet.width().saturating_sub(2), ellipsis);
        let words_role = match role {
            Role::Bad | Role::Quiet => Role::Quiet,
            _ => Role::Plain,
        };
        Line::from(vec![
            Span::styled(format!("{sign} "), look.style(role)),
            Span::styled(words, look.style(words_role)),
        ])
    };
    screen.shown_lines().iter().map(line).collect()
}

/// What was written where, and what to do with it.
fn done(sheet: &mut Sheet, model: &Model, screen: &Screen, outcomes: &[Outcome]) {
    let look = sheet.look;
    let text = &look.text.save;
    let failed = outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
    match failed {
        0 => sheet.headline(Mark::Done, Role::Good, text.written),
        failed if failed < outcomes.len() => sheet.headline(Mark::Caution, Role::Caution, text.partly_written),
        _ => sheet.headline(Mark::Bad, Role::Bad, text.nothing_written),
    }
    sheet.gap();
    for outcome in outcomes {
        let (library, path) = ((text.library)(outcome.target), tilde(&outcome.path, model));
        let path = fit_middle(&path, sheet.width().saturating_sub(14), look.strokes().ellipsis);
        match &outcome.result {
            Ok(saved) => {
                sheet.marked_fact(library, Mark::Done, Role::Good, &path, Role::Strong);
                if let Some(backup) = &saved.backup {
                    sheet.fact(1, text.backup, &(text.backup_holds)(&tilde(backup, model)));
                }
            }
            Err(error) => {
                let words = (look.text.problem)(&crate::problem::Problem::Save(error.clone()), Medium::Screen);
                sheet.marked_fact(library, Mark::Bad, Role::Bad, &path, Role::Strong);
                sheet.fact(ALWAYS, "", &format!("{}. {}", words.title, words.cause));
                sheet.fact(ALWAYS, "", &words.remedy);
            }
        }
    }
    let card = &screen.account.token.card;
    if let Some(copied) = &card.copied {
        let (mark, role) = match copied {
            Copied::Confirmed(_) | Copied::Handed(_) => (Mark::Done, Role::Good),
            Copied::AskTerminal | Copied::CommandFailed => (Mark::Caution, Role::Caution),
        };
        sheet.gap();
        sheet.marked_fact(text.clipboard, mark, role, &(look.text.token.copy_route)(copied), Role::Plain);
    }
    try_it(sheet, screen, outcomes);
}

/// How the first file that was written is tried: one command on one line of the terminal, so that a triple click takes it whole.
fn try_it(sheet: &mut Sheet, screen: &Screen, outcomes: &[Outcome]) {
    let text = &sheet.look.text.save;
    let first = outcomes.iter().find(|outcome| outcome.result.is_ok());
    let saved_to = &screen.account.token.card.saved_to;
    let Some(saved) = first.and_then(|first| saved_to.iter().find(|saved| saved.path == first.path)) else { return };
    if let Some(words) = (text.developer_token)(saved.target).filter(|_| !saved.developer_token) {
        sheet.gap();
        sheet.remark(2, Mark::Caution, Role::Caution, words);
    }
    let command = (text.command)(saved.target, &shown(&saved.path), saved.usual);
    sheet.gap();
    sheet.say(1, Role::Strong, text.try_it);
    sheet.raw(1, Secret::new(command), false);
    sheet.gap();
    let page = (text.configuration_page)(saved.target);
    sheet.short_fact(3, text.configuration, page.trim_start_matches("https://"));
}
