//! How a problem looks: what happened, why, what to do, and the page that helps.

use super::sheet::{ALWAYS, Sheet};
use super::theme::{Mark, Role};
use crate::text::Words;

pub(super) fn fill(sheet: &mut Sheet, words: &Words, page: Option<&str>) {
    let frame = &sheet.look.text.frame;
    sheet.headline(Mark::Bad, Role::Bad, &words.title);
    sheet.gap();
    sheet.say(ALWAYS, Role::Plain, &words.cause);
    sheet.gap();
    sheet.say(2, Role::Strong, frame.what_to_do);
    sheet.say(ALWAYS, Role::Plain, &words.remedy);
    if let Some(page) = page {
        sheet.gap();
        sheet.fact(3, frame.page, page);
    }
}
