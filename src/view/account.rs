//! The Account step: the three grades of the check, what stands in the way, and the tree of accounts. It lays out only the rows
//! that are seen, however many there are.

use ratatui::text::{Line, Span};

use super::client::{pad, title_line, window};
use super::field::{Shown, text_box};
use super::lines::{fit, width};
use super::sheet::{ALWAYS, DETAIL, Sheet};
use super::theme::{Mark, Role};
use crate::ads::{Account, Row};
use crate::text::Medium;
use crate::wizard::account::{Grade, Screen};

/// A tree of fewer rows is no tree.
const FEWEST_ROWS: usize = 3;
/// With as many rows there may be air around them.
const FEW_ROWS: usize = 4;
/// Deeper levels are not indented further: names are worth more.
const DEEPEST: usize = 8;
/// With less than this for names, time zones and then currencies are left out.
const NAME: usize = 22;
const GAP: usize = 2;

pub(super) fn fill(sheet: &mut Sheet, screen: &Screen, height: u16) {
    sheet.gap();
    grades(sheet, screen);
    if let Some(problem) = screen.problem() {
        sheet.gap();
        let words = (sheet.look.text.problem)(problem, Medium::Screen);
        sheet.say(1, Role::Plain, &words.cause);
        sheet.remark(ALWAYS, Mark::Remedy, Role::Accent, &words.remedy);
        if let Some(page) = screen.console_page() {
            sheet.short_fact(2, sheet.look.text.frame.page, page.trim_start_matches("https://"));
        }
        if !screen.wants_someone_else() {
            sheet.say(3, Role::Quiet, sheet.look.text.account.save_anyway);
        }
    }
    if !screen.tree.rows.is_empty() {
        tree(sheet, screen, height);
    }
}

/// One line for each: it works, it is being tried, it fails, or its turn has not come.
fn grades(sheet: &mut Sheet, screen: &Screen) {
    let text = &sheet.look.text.account;
    let visible = (text.are_visible)(screen.known.roots().len());
    for (label, grade, works) in [
        (text.refresh, &screen.refresh, text.refreshes),
        (text.accounts, &screen.accounts, visible.as_str()),
        (text.read, &screen.read, text.reads),
    ] {
        match grade {
            Grade::Waiting => sheet.marked_fact(label, Mark::Ahead, Role::Quiet, text.not_tried, Role::Quiet),
            Grade::NotAsked => sheet.marked_fact(label, Mark::Ahead, Role::Quiet, text.not_asked, Role::Quiet),
            Grade::Running => {
                let words = format!("{}{}", text.being_tried, sheet.look.strokes().ellipsis);
                sheet.marked_fact(label, Mark::Waiting, Role::Accent, &words, Role::Plain);
            }
            Grade::Passed => sheet.marked_fact(label, Mark::Done, Role::Good, works, Role::Plain),
            Grade::Failed(problem) => {
                let title = (sheet.look.text.problem)(problem, Medium::Screen).title;
                sheet.marked_fact(label, Mark::Bad, Role::Bad, &title, Role::Strong);
            }
        }
    }
}

fn tree(sheet: &mut Sheet, screen: &Screen, height: u16) {
    let look = sheet.look;
    let (text, rows) = (&look.text.account, screen.visible());
    sheet.gap();
    let found = screen.counted.max(screen.known.len()).max(screen.tree.rows.len());
    let right = match (screen.listing, screen.tree.cut, screen.selected) {
        (true, ..) => format!("{}{}", (text.so_far)(found), look.strokes().ellipsis),
        (false, true, _) => (text.cut)(screen.tree.rows.len()),
        (false, false, Some(selected)) => (look.text.frame.place)(selected + 1, rows.len()),
        (false, false, None) => String::new(),
    };
    title_line(sheet, text.title, &right);
    if let Some(field) = &screen.filter {
        text_box(sheet, field, Shown::Whole, true);
    }
    if rows.is_empty() {
        sheet.remark(ALWAYS, Mark::Caution, Role::Caution, text.nothing_fits);
        return;
    }
    let mut below = Sheet::new(look, sheet.screen_width());
    chosen(&mut below, screen);
    let left = |taken: usize| usize::from(height).saturating_sub(taken);
    let airy = left(sheet.height_up_to(DETAIL) + below.height_up_to(DETAIL) + 1);
    let dense = left(sheet.height_up_to(2) + below.height_up_to(ALWAYS));
    let room = if airy >= FEW_ROWS.min(rows.len()) { airy } else { dense };
    let room = room.max(FEWEST_ROWS).min(rows.len());
    let first = window(screen.selected.unwrap_or(0), rows.len(), room);
    let seen = &rows[first..(first + room).min(rows.len())];
    let table = table(sheet, screen, seen, screen.selected.and_then(|selected| selected.checked_sub(first)));
    sheet.lines(ALWAYS, table);
    if screen.known.is_empty() && !screen.listing {
        sheet.say(2, Role::Quiet, text.only_numbers);
    }
    sheet.gap();
    chosen(sheet, screen);
}

/// The account to work on and the one by which it is reached: always both.
fn chosen(sheet: &mut Sheet, screen: &Screen) {
    let text = &sheet.look.text.account;
    let Some(chosen) = screen.chosen() else {
        sheet.fact(ALWAYS, text.work_on, text.none_chosen);
        return;
    };
    let ids = (text.both_ids)(chosen).replace('·', sheet.look.strokes().dot);
    sheet.fact_with(ALWAYS, text.work_on, &ids, Role::Strong);
    let root = screen.known.account(chosen.login).and_then(|account| account.name.as_deref());
    let why = (text.why_login)(chosen, root);
    sheet.fact_with(DETAIL, "", &why, Role::Quiet);
    if let Some(error) = screen.known.error(chosen.account) {
        let words = (sheet.look.text.problem)(&crate::problem::Problem::Ads(error.clone()), Medium::Screen);
        sheet.remark(DETAIL, Mark::Caution, Role::Caution, &format!("{}. {}", words.title, words.remedy));
    }
}

/// What is known of a row that is seen.
struct Told<'a> {
    row: &'a Row,
    account: Option<&'a Account>,
    name: String,
    marks: String,
}

/// How wide the columns are; all but the name's with the gap before them.
struct Columns {
    name: usize,
    currency: usize,
    zone: usize,
    marks: usize,
}

impl Columns {
    const ID: usize = "123-456-7890".len();

    /// As wide as what stands in them; what there is no room for is left out, the time zone first.
    fn of(rows: &[Told], room: usize) -> Self {
        let widest = |text: &dyn Fn(&Told) -> usize| rows.iter().map(text).max().unwrap_or(0);
        let spaced = |columns: usize| if columns > 0 { GAP + columns } else { 0 };
        let mut columns = Self {
            name: widest(&|told| width(&told.name)),
            currency: spaced(widest(&|told| width(told.currency()))),
            zone: spaced(widest(&|told| width(told.time_zone()))),
            marks: spaced(widest(&|told| width(&told.marks))),
        };
        let needed = columns.name.min(NAME);
        if columns.others() + needed > room {
            columns.zone = 0;
        }
        if columns.others() + needed > room {
            columns.currency = 0;
        }
        columns.name = columns.name.min(room.saturating_sub(columns.others()));
        columns
    }

    fn others(&self) -> usize {
        self.before_id() + Self::ID + self.currency + self.zone + self.marks
    }

    fn before_id(&self) -> usize {
        if self.name > 0 { GAP } else { 0 }
    }
}

impl Told<'_> {
    fn currency(&self) -> &str {
        self.account.and_then(|account| account.currency.as_deref()).unwrap_or_default()
    }

    fn time_zone(&self) -> &str {
        self.account.and_then(|account| account.time_zone.as_deref()).unwrap_or_default()
    }
}

fn table(sheet: &Sheet, screen: &Screen, rows: &[Row], selected: Option<usize>) -> Vec<Line<'static>> {
    let look = sheet.look;
    let text = &look.text.account;
    let nameless = screen.known.is_empty();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            let account = screen.known.account(row.id);
            let name = match account {
                Some(account) => account.name.as_deref().unwrap_or(text.no_name),
                None if nameless => "",
                None => text.number_only,
            };
            let indent = "  ".repeat(row.depth.min(DEEPEST));
            let marks = account.map(text.marks).unwrap_or_default().join(", ");
            Told { row, account, name: format!("{indent}{name}"), marks }
        })
        .collect();
    let columns = Columns::of(&told, sheet.width().saturating_sub(2));
    let line = |(place, told): (usize, &Told)| {
        let open = told.account.is_none_or(|account| account.status.is_open());
        let named = nameless || told.account.is_some_and(|account| account.name.is_some());
        let (mark, role) = match (selected == Some(place), open && named) {
            (true, _) => (look.mark(Mark::Selected), Role::Accent),
            (false, true) => (" ", Role::Plain),
            (false, false) => (" ", Role::Quiet),
        };
        let name = pad(&fit(&told.name, columns.name, look.strokes().ellipsis), columns.name + columns.before_id());
        let cell = |text: &str, columns: usize| {
            if columns > 0 { pad(&format!("{:GAP$}{text}", ""), columns) } else { String::new() }
        };
        Line::from(vec![
            Span::styled(format!("{mark} "), look.style(Role::Accent)),
            Span::styled(name, look.style(role)),
            Span::styled(told.row.id.dashed(), look.style(role)),
            Span::styled(cell(told.currency(), columns.currency), look.style(Role::Quiet)),
            Span::styled(cell(told.time_zone(), columns.zone), look.style(Role::Quiet)),
            Span::styled(cell(&told.marks, columns.marks), look.style(if open { Role::Quiet } else { Role::Caution })),
        ])
    };
    told.iter().enumerate().map(line).collect()
}
