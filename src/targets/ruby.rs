//! `google_ads_config.rb` of the Ruby library, which runs it.
//! It never edits a file that is more than one block of plain assignments, and never writes anything that Ruby would run.

use super::edits::Edits;
use super::lines::{Entry, Form, Page, Remark, Slot, commented_key, split};
use super::settings::{Names, written};
use super::{Credentials, Held, Refused};
use script::Row;

mod script;
#[cfg(test)]
mod tests;

const NAMES: Names = Names {
    client_id: "client_id",
    client_secret: "client_secret",
    refresh_token: "refresh_token",
    login_customer_id: "login_customer_id",
    developer_token: "developer_token",
    optional: &[
        "developer_token",
        "login_customer_id",
        "linked_customer_id",
        "keyfile",
        "impersonate",
        "authentication",
    ],
};

/// Each makes the library leave the refresh token aside.
const OTHER_FLOWS: [&str; 3] = ["keyfile", "authentication", "use_application_default_credentials"];

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    Ok(find(text)?.page.held(&NAMES))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = NAMES.settings(credentials)?;
    let Some(text) = written(existing) else {
        let assignments = form("c.").entries(&settings, "  ");
        return Ok(format!("Google::Ads::GoogleAds::Config.new do |c|\n{assignments}end\n"));
    };
    let Config { page, variable, end } = find(text)?;
    let before = format!("{variable}.");
    let form = form(&before);
    let mut edits = Edits::new(text);
    let indentation = match page.entries.last() {
        Some(entry) => page.lines[entry.lines.start].indentation().to_owned(),
        None => format!("{}  ", page.lines[end].indentation()),
    };
    for setting in page.fill(settings, &NAMES, &form, &mut edits) {
        page.insert_after(end - 1, &format!("{indentation}{}", form.entry(&setting)), &mut edits);
    }
    Ok(edits.apply())
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    NAMES.settings(credentials).map(|settings| form("c.").entries(&settings, "")).unwrap_or_default()
}

fn form(before: &str) -> Form<'_> {
    Form { comment: "# ", before, between: " = ", value: quoted }
}

/// In single quotes only these two mean anything but themselves.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

struct Config<'a> {
    page: Page<'a>,
    /// The variable of the block.
    variable: &'a str,
    /// The index of the line that ends the block.
    end: usize,
}

fn find(text: &str) -> Result<Config<'_>, Refused> {
    let mut page = Page { text, lines: split(text)?, entries: Vec::new(), remarks: Vec::new() };
    let mut variable = None;
    let mut end = None;
    for (index, line) in page.lines.iter().enumerate() {
        let computed = Refused::Computed { line: index + 1 };
        match (script::row(line.text, variable).ok_or(computed.clone())?, variable, end) {
            (Row::Comment, Some(variable), None) => {
                let key = commented_key(line.text, &['#'], &format!("{variable}."), &['=']);
                page.remarks.extend(key.map(|key| Remark { key: key.to_owned(), line: index }));
            }
            (Row::Blank | Row::Comment, _, _) | (Row::Require, None, None) => {}
            (Row::Opening(name), None, None) => variable = Some(name),
            (Row::Assignment { key, value, range }, Some(_), None) => {
                let slot = Slot::Value(line.start + range.start..line.start + range.end);
                page.entries.push(Entry { key: key.to_owned(), value, lines: index..index + 1, slot });
            }
            (Row::End, Some(_), None) => end = Some(index),
            (Row::Require | Row::Opening(_) | Row::Assignment { .. } | Row::End, _, _) => return Err(computed),
        }
    }
    let (Some(variable), Some(end)) = (variable, end) else {
        return Err(Refused::NotValid { line: page.lines.len().max(1) });
    };
    page.judge(&NAMES)?;
    match OTHER_FLOWS.into_iter().find(|key| page.is_set(key)) {
        Some(key) => Err(Refused::OtherFlow { key }),
        None => Ok(Config { page, variable, end }),
    }
}
