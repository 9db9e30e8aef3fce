//! `google_ads_php.ini` of the PHP library, read by `parse_ini_file` with typed values.
//! It never writes a bare value: PHP would make a constant, a number or an expression of it.

use super::edits::Edits;
use super::lines::{Entry, Form, Line, Page, Remark, Slot, commented_key, split};
use super::settings::{Names, Setting, written};
use super::{Credentials, Held, Refused};

#[cfg(test)]
mod tests;

const NAMES: Names = Names {
    client_id: "clientId",
    client_secret: "clientSecret",
    refresh_token: "refreshToken",
    login_customer_id: "loginCustomerId",
    developer_token: "developerToken",
    optional: &["developerToken", "loginCustomerId", "linkedCustomerId", KEY_FILE, SCOPES, "impersonatedEmail"],
};

const KEY_FILE: &str = "jsonKeyFilePath";
/// The library takes scopes for a service account and refuses them beside a refresh token.
const SCOPES: &str = "scopes";

const FORM: Form = Form { comment: "; ", before: "", between: " = ", value: quoted };

/// The sections, and the keys that the library looks for in each.
const SECTIONS: [(&str, &[&str]); 2] = [
    ("OAUTH2", &["clientId", "clientSecret", "refreshToken", KEY_FILE, SCOPES, "impersonatedEmail"]),
    ("GOOGLE_ADS", &["developerToken", "loginCustomerId", "linkedCustomerId"]),
];

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    Ok(find(text)?.page.held(&NAMES))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = NAMES.settings(credentials)?;
    let Some(text) = written(existing) else {
        return Ok(sections(&settings));
    };
    let Ini { page, mut ends } = find(text)?;
    // A new section goes behind all that is there, so what belongs to another one must stand there before.
    ends.sort_by_key(|(_, end)| end.is_none());
    let mut edits = Edits::new(text);
    let homeless = page.fill(settings, &NAMES, &FORM, &mut edits);
    for (section, end) in ends {
        let (name, keys) = SECTIONS[section];
        let mut lines: Vec<String> =
            homeless.iter().filter(|(key, _)| keys.contains(key)).map(|setting| FORM.entry(setting)).collect();
        if end.is_none() && !lines.is_empty() {
            lines.splice(0..0, [String::new(), format!("[{name}]")]);
        }
        for line in lines {
            page.insert_after(end.unwrap_or(page.lines.len() - 1), &line, &mut edits);
        }
    }
    Ok(edits.apply())
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    NAMES.settings(credentials).map(|settings| sections(&settings)).unwrap_or_default()
}

fn sections(settings: &[Setting]) -> String {
    let mut result = String::new();
    for (name, keys) in SECTIONS {
        let own: Vec<Setting> = settings.iter().filter(|(key, _)| keys.contains(key)).cloned().collect();
        if !own.is_empty() {
            let gap = if result.is_empty() { "" } else { "\n" };
            result.extend([gap, "[", name, "]\n", &FORM.entries(&own, "")]);
        }
    }
    result
}

struct Ini<'a> {
    page: Page<'a>,
    /// Each of [`SECTIONS`] with the index of its last line that is not blank.
    ends: [(usize, Option<usize>); 2],
}

fn find(text: &str) -> Result<Ini<'_>, Refused> {
    let mut page = Page { text, lines: split(text)?, entries: Vec::new(), remarks: Vec::new() };
    let mut ends = [(0, None), (1, None)];
    let mut section = None;
    for (index, line) in page.lines.iter().enumerate() {
        let number = index + 1;
        let content = line.text.trim_matches([' ', '\t']);
        if content.starts_with('[') {
            // PHP takes tabs before a section, and spaces beside them, but not spaces alone.
            let indentation = line.indentation();
            let misplaced = !indentation.is_empty() && !indentation.contains('\t');
            let name = header(content).filter(|_| !misplaced).ok_or(Refused::NotValid { line: number })?;
            section = SECTIONS.iter().position(|(known, _)| *known == name);
            if section.is_some_and(|section| ends[section].1.is_some()) {
                // The second would replace the first whole.
                return Err(Refused::Repeated { line: number });
            }
        }
        if let (Some(section), false) = (section, content.is_empty()) {
            ends[section].1 = Some(index);
        }
        let keys = section.map_or(&[][..], |section| SECTIONS[section].1);
        if content.starts_with(';') {
            let key = commented_key(content, &[';'], "", &['=']).filter(|key| keys.contains(key));
            page.remarks.extend(key.map(|key| Remark { key: key.to_owned(), line: index }));
        } else if !content.is_empty() && !content.starts_with('[') {
            let entry = entry(line, index).ok_or(Refused::NotValid { line: number })?;
            page.entries.extend(Some(entry).filter(|entry| keys.contains(&entry.key.as_str())));
        }
    }
    page.judge(&NAMES)?;
    match [KEY_FILE, SCOPES].into_iter().find(|key| page.is_set(key)) {
        Some(key) => Err(Refused::OtherFlow { key }),
        None => Ok(Ini { page, ends }),
    }
}

/// The name in a section's header, if nothing else stands in it.
fn header(content: &str) -> Option<&str> {
    let (name, rest) = content.strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim_start_matches([' ', '\t']);
    let plain = !name.contains(['"', '\'', '$', '{', ';']) && name.trim() == name;
    (plain && (rest.is_empty() || rest.starts_with(';'))).then_some(name)
}

/// An entry, if it has a value and ends on its line.
fn entry(line: &Line, index: usize) -> Option<Entry> {
    let (left, right) = line.text.split_once('=')?;
    let key = left.trim_matches([' ', '\t']);
    let plain = |character: char| character.is_ascii_alphanumeric() || "_-.:[] ".contains(character);
    if key.is_empty() || !key.chars().all(plain) {
        return None;
    }
    let length = value_length(right)?;
    let raw = right[..length].trim_matches([' ', '\t']);
    let (name, is_element) = key.split_once('[').map_or((key, false), |(name, _)| (name, true));
    let value = if is_element { None } else { literal(raw) };
    let indentation = right.len() - right.trim_start_matches([' ', '\t']).len();
    let start = line.start + left.len() + 1 + indentation.min(length);
    // Where no line ending follows, PHP takes blanks after a value for a part of it.
    let is_misread = line.next == line.end() && length == right.len() && right.ends_with([' ', '\t']);
    let slot = if is_misread { Slot::Line(line.start..line.end()) } else { Slot::Value(start..start + raw.len()) };
    Some(Entry { key: name.trim_end().to_owned(), value, lines: index..index + 1, slot })
}

/// How far the value goes: to a comment or the end. `None` if a quote is left open, since the value goes on then.
fn value_length(right: &str) -> Option<usize> {
    let mut characters = right.char_indices();
    while let Some((offset, character)) = characters.next() {
        match character {
            ';' => return Some(offset),
            '"' | '\'' => loop {
                match characters.next()?.1 {
                    '\\' if character == '"' => drop(characters.next()),
                    closing if closing == character => break,
                    _ => {}
                }
            },
            _ => {}
        }
    }
    Some(right.len())
}

/// The value of a literal; `None` for constants, `${…}`, operators and strings put together.
fn literal(raw: &str) -> Option<String> {
    if let Some(inner) = raw.strip_prefix('\'') {
        let inner = inner.strip_suffix('\'')?;
        return (!inner.contains('\'')).then(|| inner.to_owned());
    }
    if let Some(inner) = raw.strip_prefix('"') {
        return unescaped(inner.strip_suffix('"')?);
    }
    match raw.to_ascii_lowercase().as_str() {
        "null" | "none" | "no" | "off" | "false" => Some(String::new()),
        _ => {
            let plain = |character: char| character.is_ascii_alphanumeric() || "_-./:@,+*% ".contains(character);
            raw.chars().all(plain).then(|| raw.to_owned())
        }
    }
}

/// A backslash takes its meaning from `\`, `"` and `$` only; before all else it stands for itself.
fn unescaped(inner: &str) -> Option<String> {
    let mut result = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('"', _) | ('$', Some('{')) => return None,
            ('\\', Some('\\' | '"' | '$')) => result.extend(characters.next()),
            (plain, _) => result.push(plain),
        }
    }
    Some(result)
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "\\${"))
}
