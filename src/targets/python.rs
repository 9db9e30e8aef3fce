//! `google-ads.yaml`: a conforming parser says where each value is, and only those bytes are replaced, since a library that edits
//! a whole YAML tree is far more to trust than this flat file needs. It never writes what it has not parsed again.

use super::edits::{Edits, line_of};
use super::{Credentials, Held, ORIGIN, Refused, is_yes};
use crate::oauth::secret::Secret;

mod document;

#[cfg(test)]
mod tests;

use document::{Document, Entry};

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const REFRESH_TOKEN: &str = "refresh_token";
const LOGIN_CUSTOMER_ID: &str = "login_customer_id";
const DEVELOPER_TOKEN: &str = "developer_token";
const USE_PROTO_PLUS: &str = "use_proto_plus";

/// With a placeholder in one of these the library does not load, or sends it.
const REMOVED_IF_PLACEHOLDER: [&str; 5] =
    [DEVELOPER_TOKEN, LOGIN_CUSTOMER_ID, "linked_customer_id", "json_key_file_path", "path_to_private_key_file"];

const SERVICE_ACCOUNT: [&str; 2] = ["json_key_file_path", "path_to_private_key_file"];
const DEFAULT_CREDENTIALS: &str = "use_application_default_credentials";

pub(super) fn read(text: &str) -> Result<Held, Refused> {
    held(&Document::parse(text)?)
}

pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let Some(text) = existing.filter(|text| !text.trim().is_empty()) else {
        return Ok(format!("# {ORIGIN}\n{}\n{USE_PROTO_PLUS}: True\n", lines(credentials)));
    };
    let document = Document::parse(text)?;
    held(&document)?;
    let mut edits = Edits::new(text);
    let mut missing = Vec::new();
    let mut place = |key, value: String, wanted: &dyn Fn(&Entry) -> bool| -> Result<(), Refused> {
        match document.entry(key)? {
            None => missing.push(format!("{}{key}: {value}", document.indentation)),
            Some(entry) if wanted(entry) => {}
            Some(entry) => {
                let scalar = entry.scalar()?;
                // Nothing at all stands directly behind the colon.
                let gap = if scalar.range.is_empty() { " " } else { "" };
                edits.replace(scalar.range.clone(), format!("{gap}{value}"));
            }
        }
        Ok(())
    };
    for (key, value) in values(credentials) {
        place(key, quoted(&value), &|entry| entry.value() == Some(value.as_str()))?;
    }
    place(USE_PROTO_PLUS, "True".to_owned(), &|entry| entry.value().is_some())?;
    if let Some(line) = document.open_block.filter(|_| !missing.is_empty()) {
        return Err(Refused::Layout { line });
    }
    let last = document.entries.iter().rfind(|entry| values(credentials).iter().any(|(key, _)| entry.key == *key));
    edits.add_lines(last.map(|entry| entry.start), &missing);
    for key in REMOVED_IF_PLACEHOLDER {
        let given = key == LOGIN_CUSTOMER_ID && credentials.login_customer_id.is_some();
        if let Some(entry) = document.entry(key)?.filter(|entry| !given && entry.is_placeholder()) {
            edits.insert(entry.start, "# ".to_owned());
        }
    }
    let merged = edits.apply();
    if is_what_was_meant(&document, &merged, credentials) {
        Ok(merged)
    } else {
        Err(Refused::Layout { line: document.entries.first().map_or(1, |entry| line_of(text, entry.start)) })
    }
}

pub(super) fn lines(credentials: &Credentials) -> String {
    let lines: Vec<_> = values(credentials).iter().map(|(key, value)| format!("{key}: {}", quoted(value))).collect();
    lines.join("\n")
}

fn held(document: &Document) -> Result<Held, Refused> {
    let value = |key| Ok(document.entry(key)?.and_then(Entry::value).map(str::to_owned));
    let secret = |key| Ok::<_, Refused>(value(key)?.map(Secret::new));
    for key in SERVICE_ACCOUNT {
        if value(key)?.is_some() {
            return Err(Refused::OtherFlow { key });
        }
    }
    if value(DEFAULT_CREDENTIALS)?.is_some_and(|value| is_yes(&value)) {
        return Err(Refused::OtherFlow { key: DEFAULT_CREDENTIALS });
    }
    for key in [CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, LOGIN_CUSTOMER_ID, DEVELOPER_TOKEN] {
        document.entry(key)?.map(Entry::scalar).transpose()?;
    }
    Ok(Held {
        client_id: value(CLIENT_ID)?,
        client_secret: secret(CLIENT_SECRET)?,
        refresh_token: secret(REFRESH_TOKEN)?,
        login_customer_id: value(LOGIN_CUSTOMER_ID)?,
        developer_token: secret(DEVELOPER_TOKEN)?,
    })
}

/// What is written, in the order of a new file.
fn values(credentials: &Credentials) -> Vec<(&'static str, String)> {
    let login = credentials.login_customer_id.map(|id| (LOGIN_CUSTOMER_ID, id.to_string()));
    [
        (CLIENT_ID, credentials.client_id.clone()),
        (CLIENT_SECRET, credentials.client_secret.expose().to_owned()),
        (REFRESH_TOKEN, credentials.refresh_token.expose().to_owned()),
    ]
    .into_iter()
    .chain(login)
    .collect()
}

/// In single quotes nothing but the quote means anything (YAML 1.1 and 1.2, section 7.3.2), and an id of digits stays text.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// That the new text holds the credentials, and of all other keys what the old one held.
fn is_what_was_meant(old: &Document, merged: &str, credentials: &Credentials) -> bool {
    let Ok(new) = Document::parse(merged) else { return false };
    let values = values(credentials);
    let ours = |entry: &&Entry| entry.key == USE_PROTO_PLUS || values.iter().any(|(key, _)| entry.key == *key);
    let removed = |entry: &&Entry| entry.is_placeholder() && REMOVED_IF_PLACEHOLDER.contains(&entry.key.as_str());
    let others = |document: &Document| -> Vec<_> {
        let kept = document.entries.iter().filter(|entry| !ours(entry) && !removed(entry));
        kept.map(|entry| (entry.key.clone(), entry.content.clone().map(|scalar| scalar.text))).collect()
    };
    others(old) == others(&new)
        && new.entries.iter().filter(ours).count() == values.len() + 1
        && values.iter().all(|(key, value)| {
            new.entry(key).is_ok_and(|entry| entry.is_some_and(|entry| entry.value() == Some(value.as_str())))
        })
}
