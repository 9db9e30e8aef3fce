//! The Client step: the list of sources, the selected one in full, and the boxes to name another.

use std::ops::Range;
use std::path::Path;
use std::time::SystemTime;

use ratatui::text::{Line, Span};

use super::field::{Shown, text_box};
use super::lines::{fit, fit_middle, width};
use super::sheet::{ALWAYS, DETAIL, Sheet};
use super::theme::{Mark, Role};
use crate::oauth::candidates::Candidate;
use crate::text::{Medium, shown};
use crate::wizard::Model;
use crate::wizard::client::{Mode, Screen};

/// A list of fewer rows is no list.
const FEWEST_ROWS: usize = 3;

pub(super) fn fill(sheet: &mut Sheet, model: &Model, screen: &Screen, height: u16) {
    let text = &sheet.look.text.client;
    match &screen.mode {
        Mode::Path(_) | Mode::Typed { .. } => return boxes_on(sheet, model, screen),
        Mode::List | Mode::Filter(_) => {}
    }
    let rows = screen.visible();
    let ellipsis = sheet.look.strokes().ellipsis;
    sheet.gap();
    title(sheet, screen, rows.len());
    if let Mode::Filter(field) = &screen.mode {
        text_box(sheet, field, Shown::Whole, true);
    }
    sheet.gap();
    if rows.is_empty() {
        let words = if screen.looking { format!("{}{ellipsis}", text.looking) } else { text.nothing_fits.to_owned() };
        sheet.remark(ALWAYS, Mark::Waiting, Role::Accent, &words);
        return;
    }
    let mut panel = Sheet::new(sheet.look, u16::try_from(sheet.width() + 4).unwrap_or(u16::MAX));
    if let Some(row) = screen.selected_row() {
        describe(&mut panel, model, row);
    }
    let taken = sheet.least_height() + panel.least_height() + 2;
    let room = usize::from(height).saturating_sub(taken).max(FEWEST_ROWS).min(rows.len());
    let first = window(screen.selected, rows.len(), room);
    let table = table(sheet, model, &rows, screen.selected, first..first + room);
    sheet.lines(ALWAYS, table);
    let rule = sheet.look.strokes().horizontal.repeat(sheet.width());
    sheet.gap();
    sheet.lines(9, vec![Line::styled(rule, sheet.look.style(Role::Quiet))]);
    if let Some(row) = screen.selected_row() {
        describe(sheet, model, row);
    }
    if model.card().is_some() {
        sheet.remark(1, Mark::Done, Role::Good, text.kept_token);
    }
}

/// The first row of a list that is to be seen, so that the selected one is.
pub(super) fn window(selected: usize, all: usize, room: usize) -> usize {
    let middle = selected.saturating_sub(room / 2);
    middle.min(all.saturating_sub(room))
}

fn title(sheet: &mut Sheet, screen: &Screen, visible: usize) {
    let look = sheet.look;
    let (text, strokes) = (&look.text.client, look.strokes());
    let right = match (screen.looking, visible) {
        (true, _) => format!("{}{}", text.looking, strokes.ellipsis),
        (false, 0 | 1) => String::new(),
        (false, all) => (look.text.frame.place)(screen.selected + 1, all),
    };
    title_line(sheet, text.title, &right);
}

/// What a list is about, and how far it goes if there is room for that.
pub(super) fn title_line(sheet: &mut Sheet, title: &'static str, right: &str) {
    let look = sheet.look;
    let room = sheet.width().saturating_sub(width(title) + 2);
    let right = if width(right) > room { "" } else { right };
    let padding = " ".repeat(sheet.width().saturating_sub(width(title) + width(right)));
    let spans = vec![
        Span::styled(title, look.style(Role::Strong)),
        Span::raw(padding),
        Span::styled(right.to_owned(), look.style(Role::Quiet)),
    ];
    sheet.lines(ALWAYS, vec![Line::from(spans)]);
}

/// Marker, kind, path and age in columns, of the rows that are to be seen. The columns are as wide as all rows want them, so that
/// nothing moves sideways while the list is scrolled.
fn table(sheet: &Sheet, model: &Model, rows: &[&Candidate], selected: usize, seen: Range<usize>) -> Vec<Line<'static>> {
    let look = sheet.look;
    let ages: Vec<_> = rows.iter().map(|row| age(sheet, model, row.modified)).collect();
    let kinds: Vec<_> = rows.iter().map(|row| (look.text.client.kind)(row.kind())).collect();
    let kind_width = kinds.iter().map(|kind| width(kind)).max().unwrap_or(0) + 2;
    let age_width = ages.iter().map(|age| width(age)).max().unwrap_or(0);
    let room = sheet.width().saturating_sub(3 + kind_width + 2 + age_width);
    let mut lines = Vec::new();
    let columns = rows.iter().zip(kinds).zip(ages).enumerate();
    for (place, ((row, kind), age)) in columns.skip(seen.start).take(seen.len()) {
        let path = fit_middle(&tilde(&row.path, model), room, look.strokes().ellipsis);
        let (mark, mark_role) = match (place == selected, &row.verdict) {
            (true, _) => (look.mark(Mark::Selected), Role::Accent),
            (false, _) => (" ", Role::Plain),
        };
        let (sign, sign_role, role) = match (&row.verdict, place == selected) {
            (Err(_), true) => (look.mark(Mark::Bad), Role::Bad, Role::Strong),
            (Err(_), false) => (look.mark(Mark::Bad), Role::Quiet, Role::Quiet),
            (Ok(_), true) => (" ", Role::Plain, Role::Accent),
            (Ok(_), false) => (" ", Role::Plain, Role::Plain),
        };
        lines.push(Line::from(vec![
            Span::styled(mark.to_owned(), look.style(mark_role)),
            Span::styled(format!("{sign} "), look.style(sign_role)),
            Span::styled(pad(kind, kind_width), look.style(role)),
            Span::styled(pad(&path, room + 2), look.style(role)),
            Span::styled(" ".repeat(age_width.saturating_sub(width(&age))), look.style(Role::Quiet)),
            Span::styled(age, look.style(Role::Quiet)),
        ]));
    }
    lines
}

pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn age(sheet: &Sheet, model: &Model, modified: Option<SystemTime>) -> String {
    let since = modified.map(|modified| model.wall_clock().duration_since(modified).unwrap_or_default());
    since.map(sheet.look.text.times.age).unwrap_or_default()
}

/// A path as the user knows it: the home directory as `~`.
pub(super) fn tilde(path: &Path, model: &Model) -> String {
    let home = &model.options.home;
    match path.strip_prefix(home) {
        Ok(rest) if !home.as_os_str().is_empty() => format!("~/{}", shown(rest)),
        _ => shown(path),
    }
}

/// The selected source in full.
fn describe(sheet: &mut Sheet, model: &Model, row: &Candidate) {
    let text = &sheet.look.text.client;
    let path = tilde(&row.path, model);
    let client = match &row.verdict {
        Err(why) => {
            sheet.fact(DETAIL, text.path, &path);
            sheet.gap();
            let words = (text.unusable)(why, Medium::Screen);
            sheet.headline(Mark::Bad, Role::Bad, &words.title);
            sheet.say(ALWAYS, Role::Plain, &words.cause);
            if let Some(other) = &row.duplicate_of {
                sheet.say(ALWAYS, Role::Plain, &(text.secret_in)(&tilde(other, model)));
            }
            sheet.gap();
            sheet.remark(ALWAYS, Mark::Remedy, Role::Accent, &words.remedy);
            return;
        }
        Ok(client) => client,
    };
    sheet.fact(ALWAYS, text.path, &path);
    sheet.fact(ALWAYS, text.project, client.project.as_deref().unwrap_or(text.unknown));
    sheet.fact(2, text.client_id, &client.id);
    if let Some(config) = row.config {
        sheet.fact(ALWAYS, sheet.look.text.token.token, (text.renews)(config.has_token));
    }
    if let Some(modified) = row.modified {
        let date = (sheet.look.text.times.date)(modified);
        let dot = sheet.look.strokes().dot;
        sheet.fact(DETAIL, text.saved, &format!("{} {dot} {date}", age(sheet, model, row.modified)));
    }
    sheet.fact(ALWAYS, text.redirect, &(text.redirect_of)(client, model.options.redirect.as_ref()));
    if let Some(page) = client.console_url() {
        sheet.short_fact(DETAIL + 1, text.console, page.trim_start_matches("https://"));
    }
    if row.others_can_read {
        sheet.remark(ALWAYS, Mark::Caution, Role::Caution, &(text.others_can_read)(&path));
    }
    if let Some(first) = &row.duplicate_of {
        let words = (text.duplicate_of)(&tilde(first, model));
        sheet.remark(1, Mark::Caution, Role::Caution, &words);
    }
}

/// The boxes to name a source by its path, or to type it, without the rest of the screen.
pub(super) fn boxes(sheet: &mut Sheet, screen: &Screen) {
    let text = &sheet.look.text.client;
    match &screen.mode {
        Mode::Path(field) => {
            sheet.gap();
            sheet.say(ALWAYS, Role::Strong, text.type_path);
            text_box(sheet, field, Shown::Whole, true);
            sheet.say(1, Role::Quiet, text.type_path_hint);
        }
        Mode::Typed { id, secret, in_secret, refused } => {
            sheet.gap();
            sheet.say(ALWAYS, Role::Strong, text.type_client);
            text_box(sheet, id, Shown::Whole, !in_secret);
            sheet.say(ALWAYS, Role::Strong, text.secret);
            text_box(sheet, secret, Shown::Masked, *in_secret);
            if *refused {
                sheet.remark(ALWAYS, Mark::Bad, Role::Bad, text.typed_refused);
            } else {
                sheet.say(1, Role::Quiet, text.type_client_hint);
            }
        }
        Mode::List | Mode::Filter(_) => {}
    }
}

/// The boxes, and why what was named before cannot be used.
fn boxes_on(sheet: &mut Sheet, model: &Model, screen: &Screen) {
    boxes(sheet, screen);
    if let Some(refused) = &screen.refused {
        refusal(sheet, model, refused);
    }
}

/// A file that the user named and that cannot be used.
pub(super) fn refusal(sheet: &mut Sheet, model: &Model, refused: &Candidate) {
    let Err(why) = &refused.verdict else { return };
    let words = (sheet.look.text.client.unusable)(why, Medium::Screen);
    let path = fit(&tilde(&refused.path, model), sheet.width() - 12, sheet.look.strokes().ellipsis);
    sheet.gap();
    sheet.headline(Mark::Bad, Role::Bad, &words.title);
    sheet.say(ALWAYS, Role::Plain, &words.cause);
    sheet.remark(ALWAYS, Mark::Remedy, Role::Accent, &words.remedy);
    sheet.fact(1, sheet.look.text.client.path, &path);
}
