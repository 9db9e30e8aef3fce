//! `googleads.properties` of the Perl library, which splits each line at its first `=` and trims nothing.
//! It never writes a quote, a space around `=` or a carriage return: the library would take them for part of the value.

use std::borrow::Cow;

use super::edits::Edits;
use super::lines::{Entry, Form, Line, Page, Remark, Slot, commented_key, split};
use super::settings::{Names, written};
use super::{BOM, Credentials, Held, Refused};

const NAMES: Names = Names {
    client_id: "clientId",
    client_secret: "clientSecret",
    refresh_token: "refreshToken",
    login_customer_id: "loginCustomerId",
    developer_token: "developerToken",
    optional: &["developerToken", "loginCustomerId", "linkedCustomerId", KEY_FILE, "impersonatedEmail"],
};

const KEY_FILE: &str = "jsonKeyFilePath";

const FORM: Form = Form { comment: "# ", before: "", between: "=", value: str::to_owned };

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    Ok(find(text)?.held(&NAMES))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = NAMES.settings(credentials)?;
    let Some(text) = written(existing) else {
        return Ok(FORM.entries(&settings, ""));
    };
    // Of two carriage returns one would be left and taken for a line ending of its own.
    split(text)?;
    let text = readable(text);
    let page = find(&text)?;
    let mut edits = Edits::new(&text);
    for setting in page.fill(settings, &NAMES, &FORM, &mut edits) {
        page.insert_after(page.lines.len() - 1, &FORM.entry(&setting), &mut edits);
    }
    Ok(edits.apply())
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    NAMES.settings(credentials).map(|settings| FORM.entries(&settings, "")).unwrap_or_default()
}

/// The library takes a carriage return into the value before it, and a byte order mark into the key after it.
fn readable(text: &str) -> Cow<'_, str> {
    let rest = text.trim_start_matches(BOM);
    let text = if rest.starts_with(['#', '\r', '\n']) { text } else { rest };
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

fn find(text: &str) -> Result<Page<'_>, Refused> {
    let mut page = Page { text, lines: split(text)?, entries: Vec::new(), remarks: Vec::new() };
    for (index, line) in page.lines.iter().enumerate() {
        if line.text.starts_with('#') {
            let key = commented_key(line.text, &['#'], "", &['=']);
            page.remarks.extend(key.map(|key| Remark { key: key.to_owned(), line: index }));
        } else if !line.text.trim().is_empty() {
            page.entries.push(entry(line, index));
        }
    }
    page.judge(&NAMES)?;
    if page.is_set(KEY_FILE) {
        return Err(Refused::OtherFlow { key: KEY_FILE });
    }
    Ok(page)
}

/// With a space before or after it, a key is another key to the library, and without `=` it has no value: such a line is
/// written anew.
fn entry(line: &Line, index: usize) -> Entry {
    let (key, value, slot) = match line.text.split_once('=') {
        Some((key, value)) if key.trim() == key => (key, value, Slot::Value(line.end() - value.len()..line.end())),
        Some((key, _)) => (key, "", Slot::Line(line.start..line.end())),
        None => (line.text, "", Slot::Line(line.start..line.end())),
    };
    Entry { key: key.trim().to_owned(), value: Some(value.to_owned()), lines: index..index + 1, slot }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::targets::given::{self, Format, hostile, managed, plain};

    const FORMAT: Format = Format { read, merge };

    const SAMPLE: &str = "\
# The developer token.
developerToken=INSERT_DEVELOPER_TOKEN_HERE

# The manager's id.
# loginCustomerId=INSERT_LOGIN_CUSTOMER_ID_HERE
clientId=INSERT_OAUTH2_CLIENT_ID_HERE
clientSecret=INSERT_OAUTH2_CLIENT_SECRET_HERE
refreshToken=INSERT_OAUTH2_REFRESH_TOKEN_HERE
# proxy=INSERT_PROXY_HERE";

    const FILLED: &str = "\
# The developer token.
# developerToken=INSERT_DEVELOPER_TOKEN_HERE

# The manager's id.
# loginCustomerId=INSERT_LOGIN_CUSTOMER_ID_HERE
loginCustomerId=1234567890
clientId=123-abc.apps.googleusercontent.com
clientSecret=GOCSPX-s_1
refreshToken=1//0gT-2
# proxy=INSERT_PROXY_HERE";

    #[test]
    fn a_new_file_holds_the_keys_and_nothing_else() {
        let text = merge(None, &managed()).unwrap();
        let keys = "clientId=123-abc.apps.googleusercontent.com\nclientSecret=GOCSPX-s_1\nrefreshToken=1//0gT-2\n";
        assert_eq!(text, format!("{keys}loginCustomerId=1234567890\n"));
        assert_eq!(lines(&managed()), text);
        assert_eq!(merge(Some(" \n"), &managed()).unwrap(), text);
    }

    #[test]
    fn the_sample_is_filled_where_its_placeholders_stand() {
        assert_eq!(read(SAMPLE).unwrap(), Held::default());
        assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    }

    #[test]
    fn carriage_returns_and_a_misread_byte_order_mark_are_taken_out() {
        let crlf = SAMPLE.replace('\n', "\r\n");
        assert_eq!(merge(Some(&crlf), &managed()).unwrap(), FILLED);
        assert_eq!(merge(Some("\u{feff}clientId=x\nuserAgent=y\n"), &plain()).unwrap().find("clientId"), Some(0));
        assert!(merge(Some(&format!("\u{feff}{SAMPLE}")), &plain()).unwrap().starts_with("\u{feff}#"));
    }

    #[test]
    fn a_key_with_spaces_around_it_is_none_and_is_written_anew() {
        let text = "clientId = old\n clientSecret\n#refreshToken=old\n";
        assert_eq!(read(text).unwrap(), Held::default());
        let merged = merge(Some(text), &plain()).unwrap();
        let expected = "clientId=123-abc.apps.googleusercontent.com\nclientSecret=GOCSPX-s_1\n#refreshToken=old\nrefreshToken=1//0gT-2\n";
        assert_eq!(merged, expected);
    }

    #[test]
    fn what_is_there_is_read_and_kept() {
        let text = "developerToken=dev\nloginCustomerId=111\nclientId=a=b \n";
        let held = read(text).unwrap();
        assert_eq!((held.client_id.as_deref(), held.login_customer_id.as_deref()), (Some("a=b "), Some("111")));
        assert!(merge(Some(text), &plain()).unwrap().starts_with("developerToken=dev\nloginCustomerId=111\n"));
    }

    #[test]
    fn repeated_keys_and_another_flow_are_refused() {
        for second in ["clientId=a", "clientId", " clientId = a"] {
            let text = format!("clientId=a\nx=y\n{second}\n");
            assert_eq!(read(&text), Err(Refused::Repeated { line: 3 }), "{text}");
        }
        assert_eq!(read("jsonKeyFilePath=/key.json\n"), Err(Refused::OtherFlow { key: "jsonKeyFilePath" }));
        assert_eq!(read("a=b\nc=d\re=f\n"), Err(Refused::NotValid { line: 2 }));
    }

    #[test]
    fn a_value_that_is_more_than_a_line_is_refused() {
        given::refuses_control_characters(FORMAT, SAMPLE);
    }

    #[test]
    fn two_carriage_returns_at_the_end_of_a_line_are_refused_in_reading_and_in_merging() {
        let text = "a=b\r\n\r\r\nc=d\r\n";
        assert_eq!(read(text), Err(Refused::NotValid { line: 2 }));
        assert_eq!(merge(Some(text), &plain()), Err(Refused::NotValid { line: 2 }));
    }

    proptest! {
        #[test]
        fn any_value_survives(credentials in hostile()) {
            for existing in [None, Some(SAMPLE)] {
                given::holds(FORMAT, existing, &credentials)?;
            }
        }
    }
}
