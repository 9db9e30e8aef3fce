//! The JSON of the token endpoint (RFC 6749 sections 5.1 and 5.2), member by member. It never quotes what it read.

use std::fmt;

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{EndpointNotSet, ExtraTokenFields, StandardRevocableToken, StandardTokenResponse};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::exchange::ExchangeError;

/// A token response with Google's own members.
pub type TokenAnswer = StandardTokenResponse<MoreMembers, BasicTokenType>;

/// The `oauth2` client that reads a [`TokenAnswer`].
pub(super) type OAuthClient<
    Auth = EndpointNotSet,
    Device = EndpointNotSet,
    Introspection = EndpointNotSet,
    Revocation = EndpointNotSet,
    Token = EndpointNotSet,
> = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Auth,
    Device,
    Introspection,
    Revocation,
    Token,
>;

/// What Google's answer has besides RFC 6749.
#[derive(serde::Deserialize, serde::Serialize)]
pub struct MoreMembers {
    /// The refresh token's lifetime in seconds: of an app in Testing, or of a grant for a limited time.
    pub refresh_token_expires_in: Option<f64>,
    /// Who signed in, when `openid` was granted (OpenID Connect Core section 3.1.3.3).
    pub id_token: Option<String>,
}

impl ExtraTokenFields for MoreMembers {}

impl fmt::Debug for MoreMembers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MoreMembers")
    }
}

type IsOfType = fn(&Value) -> bool;

/// The members that are used. `expires_in` is not among them: nobody keeps the access token that long.
const USED: [(&str, IsOfType); 6] = [
    ("access_token", Value::is_string),
    ("token_type", Value::is_string),
    ("refresh_token", Value::is_string),
    ("scope", Value::is_string),
    ("refresh_token_expires_in", Value::is_number),
    ("id_token", Value::is_string),
];

/// The body is no JSON object with the members that are wanted.
pub(super) enum NotMembers {
    /// It is not JSON.
    NotJson,
    /// This member is missing, repeated or of the wrong type.
    Wrong(&'static str),
}

/// A successful token response cut down to the members that are used, each of them once and of its type.
///
/// # Errors
/// [`ExchangeError::NotJson`] or [`ExchangeError::Malformed`].
pub fn used_members(body: &[u8]) -> Result<Vec<u8>, ExchangeError> {
    let used = Members::read(body, "access_token").and_then(|members| {
        let mut used = Map::new();
        for (name, fits) in USED {
            if let Some(value) = members.once(name, fits)? {
                used.insert(name.to_owned(), value.clone());
            }
        }
        for name in ["access_token", "token_type"] {
            if !used.contains_key(name) {
                return Err(NotMembers::Wrong(name));
            }
        }
        Ok(used)
    });
    match used {
        Ok(used) => Ok(Value::Object(used).to_string().into_bytes()),
        Err(NotMembers::NotJson) => Err(ExchangeError::NotJson { status: 200 }),
        Err(NotMembers::Wrong(member)) => Err(ExchangeError::Malformed(member)),
    }
}

/// The members of a refusal, as the server wrote them.
pub(super) struct RefusalMembers {
    /// `error`; not empty.
    pub error: String,
    /// `error_subtype`, which is Google's own.
    pub subtype: Option<String>,
    /// `error_description`.
    pub description: Option<String>,
}

/// Reads a refusal.
pub(super) fn error_members(body: &[u8]) -> Result<RefusalMembers, NotMembers> {
    let members = Members::read(body, "error")?;
    let text = |name| Ok(members.once(name, Value::is_string)?.and_then(Value::as_str).map(str::to_owned));
    let error = text("error")?.filter(|error| !error.is_empty()).ok_or(NotMembers::Wrong("error"))?;
    Ok(RefusalMembers { error, subtype: text("error_subtype")?, description: text("error_description")? })
}

/// The members of a JSON object, repeated ones included.
struct Members(Vec<(String, Value)>);

impl Members {
    /// Reads an object; `wanted` is the member that is missing if the JSON is something else.
    fn read(body: &[u8], wanted: &'static str) -> Result<Self, NotMembers> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        serde_json::from_slice(body).map_err(|error: serde_json::Error| match error.classify() {
            serde_json::error::Category::Data => NotMembers::Wrong(wanted),
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => NotMembers::NotJson,
        })
    }

    /// The member of this name; `null` is none.
    fn once(&self, name: &'static str, fits: IsOfType) -> Result<Option<&Value>, NotMembers> {
        let mut found = self.0.iter().filter(|(member, _)| member == name).map(|(_, value)| value);
        match (found.next(), found.next()) {
            (None | Some(Value::Null), None) => Ok(None),
            (Some(value), None) if fits(value) => Ok(Some(value)),
            (Some(_), None) | (_, Some(_)) => Err(NotMembers::Wrong(name)),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
