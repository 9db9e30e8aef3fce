//! A file of `GOOGLE_ADS_…` variables, in what dotenv readers, container engines and `sh` understand alike.
//! It never writes a value that one of them would read differently, and never runs or expands anything.

use super::edits::Edits;
use super::{Credentials, Held, ORIGIN, Refused, is_yes, present};
use crate::oauth::secret::Secret;

mod assignments;

#[cfg(test)]
mod tests;

use assignments::{Assignment, assignments};

const CLIENT_ID: &str = "GOOGLE_ADS_CLIENT_ID";
const CLIENT_SECRET: &str = "GOOGLE_ADS_CLIENT_SECRET";
const REFRESH_TOKEN: &str = "GOOGLE_ADS_REFRESH_TOKEN";
const LOGIN_CUSTOMER_ID: &str = "GOOGLE_ADS_LOGIN_CUSTOMER_ID";
const DEVELOPER_TOKEN: &str = "GOOGLE_ADS_DEVELOPER_TOKEN";
const LINKED_CUSTOMER_ID: &str = "GOOGLE_ADS_LINKED_CUSTOMER_ID";
const SERVICE_ACCOUNT: &str = "GOOGLE_ADS_JSON_KEY_FILE_PATH";
const DEFAULT_CREDENTIALS: &str = "GOOGLE_ADS_USE_APPLICATION_DEFAULT_CREDENTIALS";
/// No library knows it: where the token is refreshed, if that is not at Google. Without it, a later check would send the token there.
const TOKEN_URI: &str = "ADSAUTH_TOKEN_URI";
/// Only the Python library knows it, and does not load without it.
const USE_PROTO_PLUS: &str = "GOOGLE_ADS_USE_PROTO_PLUS";

/// The variables that are looked at; all others are only stepped over.
const KNOWN: [&str; 10] = [
    CLIENT_ID,
    CLIENT_SECRET,
    REFRESH_TOKEN,
    LOGIN_CUSTOMER_ID,
    DEVELOPER_TOKEN,
    LINKED_CUSTOMER_ID,
    SERVICE_ACCOUNT,
    DEFAULT_CREDENTIALS,
    TOKEN_URI,
    USE_PROTO_PLUS,
];

/// The libraries send or refuse what stands in one of these, even if it is only a placeholder.
const REMOVED_IF_PLACEHOLDER: [&str; 4] = [DEVELOPER_TOKEN, LOGIN_CUSTOMER_ID, LINKED_CUSTOMER_ID, SERVICE_ACCOUNT];

pub(super) fn read(text: &str) -> Result<Held, Refused> {
    held(&assignments(text)?)
}

pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let values = written(credentials)?;
    let Some(text) = existing.filter(|text| !text.trim().is_empty()) else {
        return Ok(format!("# {ORIGIN}\n{}\n{USE_PROTO_PLUS}=True\n", joined(&values)));
    };
    let found = assignments(text)?;
    held(&found)?;
    let mut edits = Edits::new(text);
    // Behind nothing a comment may follow at once, behind a value it would be a part of it.
    let replace = |edits: &mut Edits, there: &Assignment, value: &str| {
        let gap = if text[there.range.end..].starts_with('#') { " " } else { "" };
        edits.replace(there.range.clone(), format!("{value}{gap}"));
    };
    let mut missing = Vec::new();
    let export = if found.last().is_some_and(|last| last.exported) { "export " } else { "" };
    for value in &values {
        match named(&found, value.name)? {
            None => missing.push(format!("{export}{}={}", value.name, value.written)),
            Some(there) if there.text()? == value.text => {}
            Some(there) => replace(&mut edits, there, &value.written),
        }
    }
    if let Some(there) = named(&found, USE_PROTO_PLUS)?
        && there.value()?.is_none()
    {
        replace(&mut edits, there, "True");
    }
    let ours = found.iter().rfind(|there| values.iter().any(|value| value.name == there.name));
    edits.add_lines(ours.map(|there| there.start), &missing);
    for name in REMOVED_IF_PLACEHOLDER.into_iter().chain([TOKEN_URI]) {
        let given = values.iter().any(|value| value.name == name);
        if let Some(there) = named(&found, name)?.filter(|_| !given)
            && (name == TOKEN_URI || there.value()?.is_none())
        {
            edits.insert(there.start, "# ".to_owned());
        }
    }
    let merged = edits.apply();
    if is_what_was_meant(&found, &merged, &values) {
        Ok(merged)
    } else {
        Err(Refused::Layout { line: text.lines().count() })
    }
}

/// The token endpoint that the text names.
pub(super) fn token_uri(text: &str) -> Option<String> {
    let found = assignments(text).ok()?;
    named(&found, TOKEN_URI).ok()??.value().ok()?.map(str::to_owned)
}

pub(super) fn lines(credentials: &Credentials) -> String {
    written(credentials).map(|values| joined(&values)).unwrap_or_default()
}

/// A variable to write.
struct Value {
    name: &'static str,
    text: String,
    /// With the quotes that it needs.
    written: String,
}

fn written(credentials: &Credentials) -> Result<Vec<Value>, Refused> {
    let login = credentials.login_customer_id.map(|id| (LOGIN_CUSTOMER_ID, id.to_string()));
    [
        (CLIENT_ID, credentials.client_id.clone()),
        (CLIENT_SECRET, credentials.client_secret.expose().to_owned()),
        (REFRESH_TOKEN, credentials.refresh_token.expose().to_owned()),
    ]
    .into_iter()
    .chain(login)
    .chain(credentials.token_uri.clone().map(|uri| (TOKEN_URI, uri)))
    .map(|(name, text)| {
        let written = quoted(&text).ok_or(Refused::Unwritable { key: name })?;
        Ok(Value { name, text, written })
    })
    .collect()
}

/// The value in the quotes in which every reader takes it literally; `None` if there are none.
///
/// `sh` expands within double quotes; dotenv readers know no escape that `sh` knows too, and take a backslash before a quote
/// or another backslash for an escape even within single quotes. Container engines keep quotes, so they stand only where needed.
fn quoted(text: &str) -> Option<String> {
    let safe = |character: char| character.is_ascii_alphanumeric() || "._/-".contains(character);
    if text.chars().all(safe) {
        Some(text.to_owned())
    } else if !text.contains('\'') && !text.contains("\\\\") && !text.ends_with('\\') {
        Some(format!("'{text}'"))
    } else if !text.contains(['"', '$', '`', '\\', '!']) {
        Some(format!("\"{text}\""))
    } else {
        None
    }
}

fn joined(values: &[Value]) -> String {
    values.iter().map(|value| format!("{}={}", value.name, value.written)).collect::<Vec<_>>().join("\n")
}

fn named<'found>(found: &'found [Assignment], name: &str) -> Result<Option<&'found Assignment>, Refused> {
    let mut all = found.iter().filter(|there| there.name == name);
    let first = all.next();
    match all.next() {
        Some(second) => Err(Refused::Repeated { line: second.line }),
        None => Ok(first),
    }
}

fn held(found: &[Assignment]) -> Result<Held, Refused> {
    let value = |name| Ok(named(found, name)?.map(Assignment::value).transpose()?.flatten().map(str::to_owned));
    let secret = |name| Ok::<_, Refused>(value(name)?.map(Secret::new));
    if value(SERVICE_ACCOUNT)?.is_some() {
        return Err(Refused::OtherFlow { key: SERVICE_ACCOUNT });
    }
    if value(DEFAULT_CREDENTIALS)?.is_some_and(|value| is_yes(&value)) {
        return Err(Refused::OtherFlow { key: DEFAULT_CREDENTIALS });
    }
    // Whose token it is must be known for certain.
    value(TOKEN_URI)?;
    Ok(Held {
        client_id: value(CLIENT_ID)?,
        client_secret: secret(CLIENT_SECRET)?,
        refresh_token: secret(REFRESH_TOKEN)?,
        login_customer_id: value(LOGIN_CUSTOMER_ID)?,
        developer_token: secret(DEVELOPER_TOKEN)?,
    })
}

/// That the new text holds the values, and of the other variables what the old one held.
fn is_what_was_meant(old: &[Assignment], merged: &str, values: &[Value]) -> bool {
    let Ok(new) = assignments(merged) else { return false };
    let others = |all: &[Assignment]| -> Vec<_> {
        let given = |there: &Assignment| values.iter().any(|value| value.name == there.name);
        let left = |there: &Assignment| {
            let removed = REMOVED_IF_PLACEHOLDER.contains(&there.name.as_str())
                && there.text().is_ok_and(|text| present(text).is_none());
            !given(there) && !removed && there.name != USE_PROTO_PLUS && there.name != TOKEN_URI
        };
        all.iter()
            .filter(|there| left(there))
            .map(|there| (there.name.clone(), there.text().ok().map(str::to_owned)))
            .collect()
    };
    others(old) == others(&new)
        && values.iter().all(|value| {
            named(&new, value.name).is_ok_and(|there| there.is_some_and(|there| there.text() == Ok(&value.text)))
        })
}
