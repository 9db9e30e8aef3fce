//! Application default credentials of type `authorized_user`: only the bytes of the three values are replaced, at the places that
//! the JSON parser reports. It never touches a member that it does not know, nor the order or the layout.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::edits::{Edits, line_of};
use super::{Credentials, Held, Refused, present};
use crate::oauth::endpoints::{GOOGLE_TOKEN, is_google_token_endpoint};
use crate::oauth::secret::Secret;

#[cfg(test)]
mod tests;

const TYPE: &str = "type";
const AUTHORIZED_USER: &str = "authorized_user";
const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const REFRESH_TOKEN: &str = "refresh_token";
/// Absent for Google's own, which every reader takes by itself.
const TOKEN_URI: &str = "token_uri";

pub(super) fn read(text: &str) -> Result<Held, Refused> {
    held(&members(text)?)
}

pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let Some(text) = existing.filter(|text| !text.trim().is_empty()) else {
        return Ok(lines(credentials) + "\n");
    };
    let members = members(text)?;
    held(&members)?;
    let mut edits = Edits::new(text);
    for (key, value) in values(credentials) {
        match member(&members, key)? {
            Some(member) if member.text()?.is_some_and(|there| there == value) => {}
            Some(member) => edits.replace(member.range.clone(), written(value)),
            None => add(&mut edits, text, &members, &format!("{}: {}", written(key), written(value))),
        }
    }
    // A token of Google's must not be sent to the server whose token it replaces.
    if credentials.token_uri.is_none()
        && let Some(there) = member(&members, TOKEN_URI)?
        && there.text()?.is_some_and(|uri| !is_google_token_endpoint(&uri))
    {
        edits.replace(there.range.clone(), written(GOOGLE_TOKEN));
    }
    Ok(edits.apply())
}

/// `token_uri`, if the text can be read and names one.
pub(super) fn token_uri(text: &str) -> Option<String> {
    let members = members(text).ok()?;
    member(&members, TOKEN_URI).ok()??.text().ok()?
}

pub(super) fn lines(credentials: &Credentials) -> String {
    let kind = [(TYPE, AUTHORIZED_USER)];
    let all = kind.into_iter().chain(values(credentials));
    let lines: Vec<_> = all.map(|(key, value)| format!("  {}: {}", written(key), written(value))).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn values(credentials: &Credentials) -> impl Iterator<Item = (&'static str, &str)> {
    let always = [
        (CLIENT_ID, credentials.client_id.as_str()),
        (CLIENT_SECRET, credentials.client_secret.expose()),
        (REFRESH_TOKEN, credentials.refresh_token.expose()),
    ];
    always.into_iter().chain(credentials.token_uri.as_deref().map(|uri| (TOKEN_URI, uri)))
}

fn written(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}

/// Puts a member behind the last one, apart from it as the last is from what is before it.
fn add(edits: &mut Edits<'_>, text: &str, members: &[Member<'_>], what: &str) {
    let last = members.last().expect("a `type` is there, or the text was refused");
    let gap = &text[text[..last.start].trim_end().len()..last.start];
    edits.insert(last.range.end, format!(",{gap}{what}"));
}

fn held(members: &[Member<'_>]) -> Result<Held, Refused> {
    let kind = member(members, TYPE)?.map(Member::text).transpose()?.flatten();
    if kind.as_deref() != Some(AUTHORIZED_USER) {
        return Err(Refused::OtherFlow { key: TYPE });
    }
    let value = |key| -> Result<Option<String>, Refused> {
        let text = member(members, key)?.map(Member::text).transpose()?.flatten();
        Ok(text.filter(|text| present(text).is_some()))
    };
    Ok(Held {
        client_id: value(CLIENT_ID)?,
        client_secret: value(CLIENT_SECRET)?.map(Secret::new),
        refresh_token: value(REFRESH_TOKEN)?.map(Secret::new),
        login_customer_id: None,
        developer_token: None,
    })
}

fn member<'members, 'text>(
    members: &'members [Member<'text>],
    key: &str,
) -> Result<Option<&'members Member<'text>>, Refused> {
    let mut all = members.iter().filter(|member| member.key == key);
    let first = all.next();
    match all.next() {
        Some(second) => Err(Refused::Repeated { line: second.line }),
        None => Ok(first),
    }
}

/// A member of the one object.
struct Member<'text> {
    key: String,
    /// The byte at which the key begins.
    start: usize,
    line: usize,
    value: &'text str,
    /// The bytes of the value.
    range: Range<usize>,
}

impl Member<'_> {
    /// The value; `None` if it is null.
    fn text(&self) -> Result<Option<String>, Refused> {
        serde_json::from_str(self.value).map_err(|_| Refused::Layout { line: self.line })
    }
}

fn members(text: &str) -> Result<Vec<Member<'_>>, Refused> {
    let Pairs(pairs) = serde_json::from_str(text).map_err(|error| Refused::NotValid { line: error.line().max(1) })?;
    // What the parser borrowed is a piece of the text, so where it lies says where it is.
    let at = |piece: &str| piece.as_ptr().addr() - text.as_ptr().addr();
    let member = |(key, value): (&'_ RawValue, &'_ RawValue)| -> Result<Member<'_>, Refused> {
        let start = at(key.get());
        let line = line_of(text, start);
        let name = serde_json::from_str(key.get()).map_err(|_| Refused::NotValid { line })?;
        let range = at(value.get())..at(value.get()) + value.get().len();
        Ok(Member { key: name, start, line, value: &text[range.clone()], range })
    };
    pairs.into_iter().map(member).collect()
}

/// The members in their order, each as it is written.
struct Pairs<'text>(Vec<(&'text RawValue, &'text RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EachPair)
    }
}

struct EachPair;

impl<'de> Visitor<'de> for EachPair {
    type Value = Pairs<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
