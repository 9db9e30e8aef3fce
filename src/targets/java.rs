//! `ads.properties` of the Java library, read by the rules of `java.util.Properties`.
//! It never writes a character outside ASCII, since the encoding in which the file is loaded depends on the caller.

use std::fmt::Write as _;

use super::edits::Edits;
use super::lines::{Entry, Form, Line, Page, Remark, Slot, commented_key, split};
use super::settings::{Names, written};
use super::{BOM, Credentials, Held, Refused};

#[cfg(test)]
mod tests;

const NAMES: Names = Names {
    client_id: "api.googleads.clientId",
    client_secret: "api.googleads.clientSecret",
    refresh_token: "api.googleads.refreshToken",
    login_customer_id: "api.googleads.loginCustomerId",
    developer_token: "api.googleads.developerToken",
    optional: &[
        "api.googleads.developerToken",
        "api.googleads.loginCustomerId",
        "api.googleads.linkedCustomerId",
        KEY_FILE,
        "api.googleads.serviceAccountUser",
    ],
};

const KEY_FILE: &str = "api.googleads.serviceAccountSecretsPath";
const APPLICATION_DEFAULT: &str = "api.googleads.useApplicationDefaultCredentials";

const FORM: Form = Form { comment: "#", before: "", between: "=", value: escaped };

/// White space as `Properties` means it, beside the line endings.
const BLANK: [char; 3] = [' ', '\t', '\u{c}'];

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    Ok(find(text)?.page.held(&NAMES))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = NAMES.settings(credentials)?;
    let Some(text) = written(existing) else {
        return Ok(FORM.entries(&settings, ""));
    };
    let text = without_misread_mark(text);
    let Properties { page, open } = find(text)?;
    let mut edits = Edits::new(text);
    let homeless = page.fill(settings, &NAMES, &FORM, &mut edits);
    let last = page.lines.len() - 1;
    if open && !homeless.is_empty() {
        // An empty line ends the continuation, and nothing else.
        page.insert_after(last, "", &mut edits);
    }
    for setting in homeless {
        page.insert_after(last, &FORM.entry(&setting), &mut edits);
    }
    Ok(edits.apply())
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    NAMES.settings(credentials).map(|settings| FORM.entries(&settings, "")).unwrap_or_default()
}

/// `Properties` takes a byte order mark for the beginning of the first key.
fn without_misread_mark(text: &str) -> &str {
    let rest = text.trim_start_matches(BOM);
    if is_comment(rest) || rest.starts_with(['\r', '\n']) { text } else { rest }
}

fn is_comment(line: &str) -> bool {
    line.trim_start_matches(BLANK).starts_with(['#', '!'])
}

struct Properties<'a> {
    page: Page<'a>,
    /// Whether the last line would be joined to one that came after it.
    open: bool,
}

fn find(text: &str) -> Result<Properties<'_>, Refused> {
    let mut page = Page { text, lines: split(text)?, entries: Vec::new(), remarks: Vec::new() };
    let mut open = false;
    let mut index = 0;
    while let Some(line) = page.lines.get(index) {
        if is_comment(line.text) {
            let key = commented_key(line.text, &['#', '!'], "", &['=', ':']);
            page.remarks.extend(key.map(|key| Remark { key: key.to_owned(), line: index }));
            index += 1;
            open = false;
        } else {
            let logical = Logical::starting_at(&page.lines, index);
            index = logical.last + 1;
            open = logical.open;
            page.entries.extend(logical.entry()?);
        }
    }
    page.judge(&NAMES)?;
    let is_true = |entry: &Entry| entry.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if page.is_set(KEY_FILE) {
        Err(Refused::OtherFlow { key: KEY_FILE })
    } else if page.entries.iter().any(|entry| entry.key == APPLICATION_DEFAULT && is_true(entry)) {
        Err(Refused::OtherFlow { key: APPLICATION_DEFAULT })
    } else {
        Ok(Properties { page, open })
    }
}

/// Lines that continuation makes one.
struct Logical {
    first: usize,
    last: usize,
    /// Each character with its place in the text; what joins the lines is left out, escapes are not.
    characters: Vec<(usize, char)>,
    /// Where the last character ends.
    content_end: usize,
    /// Where the last line ends: a final backslash that joins nothing is read as nothing.
    line_end: usize,
    /// Whether the last line ends in such a backslash.
    open: bool,
}

impl Logical {
    fn starting_at(lines: &[Line], first: usize) -> Self {
        let mut characters = Vec::new();
        let mut last = first;
        loop {
            let line = &lines[last];
            let content = line.text.trim_start_matches(BLANK);
            let start = line.end() - content.len();
            // What follows a continuation is no comment, whatever it begins with.
            let continued = (content.len() - content.trim_end_matches('\\').len()) % 2 == 1;
            let content = if continued { &content[..content.len() - 1] } else { content };
            characters.extend(content.char_indices().map(|(offset, character)| (start + offset, character)));
            // A backslash alone joins nothing: the next line may still be a comment.
            if !continued || characters.is_empty() || last + 1 == lines.len() {
                let content_end = start + content.len();
                return Self { first, last, characters, content_end, line_end: line.end(), open: continued };
            }
            last += 1;
        }
    }

    fn entry(&self) -> Result<Option<Entry>, Refused> {
        let Some(&(start, _)) = self.characters.first() else {
            return Ok(None);
        };
        let (key_end, value_start, separated) = self.parts();
        let malformed = Refused::NotValid { line: self.first + 1 };
        let key = unescaped(&self.characters[..key_end]).ok_or(malformed.clone())?;
        let raw = &self.characters[value_start..];
        let value = unescaped(raw).ok_or(malformed)?;
        let readable = raw.iter().all(|(_, character)| character.is_ascii());
        let slot = if separated && readable {
            Slot::Value(raw.first().map_or(self.content_end, |&(place, _)| place)..self.line_end)
        } else {
            Slot::Line(start..self.line_end)
        };
        Ok(Some(Entry { key, value: Some(value), lines: self.first..self.last + 1, slot }))
    }

    /// Where the key ends and the value begins, and whether anything separates them.
    fn parts(&self) -> (usize, usize, bool) {
        let is = |index: usize, set: &[char]| {
            self.characters.get(index).is_some_and(|(_, character)| set.contains(character))
        };
        let length = self.characters.len();
        let mut key_end = 0;
        while key_end < length && !is(key_end, &BLANK) && !is(key_end, &['=', ':']) {
            key_end += if is(key_end, &['\\']) { 2 } else { 1 };
        }
        let key_end = key_end.min(length);
        let skip_blanks = |mut index| {
            while is(index, &BLANK) {
                index += 1;
            }
            index
        };
        let mut value_start = skip_blanks(key_end);
        if is(value_start, &['=', ':']) {
            value_start = skip_blanks(value_start + 1);
        }
        (key_end, value_start, value_start > key_end)
    }
}

/// What `Properties` makes of escapes; `None` where it throws.
fn unescaped(characters: &[(usize, char)]) -> Option<String> {
    let mut units = Vec::new();
    let mut characters = characters.iter().map(|&(_, character)| character);
    while let Some(character) = characters.next() {
        let plain = match character {
            '\\' => match characters.next() {
                Some('u') => {
                    let digits: String = characters.by_ref().take(4).collect();
                    let hexadecimal = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                    units.push(u16::from_str_radix(&digits, 16).ok().filter(|_| hexadecimal)?);
                    continue;
                }
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                Some(other) => other,
                None => continue,
            },
            plain => plain,
        };
        units.extend_from_slice(plain.encode_utf16(&mut [0; 2]));
    }
    Some(String::from_utf16_lossy(&units))
}

fn escaped(value: &str) -> String {
    let mut result = String::with_capacity(value.len());
    for (index, unit) in value.encode_utf16().enumerate() {
        match u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from) {
            Some(character @ ('\\' | '=' | ':' | '#' | '!')) => result.extend(['\\', character]),
            Some(' ') if index == 0 => result.push_str("\\ "),
            Some(character) => result.push(character),
            None => write!(result, "\\u{unit:04x}").expect("writing to a String cannot fail"),
        }
    }
    result
}
