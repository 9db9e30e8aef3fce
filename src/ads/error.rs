//! Why the Google Ads API did not do what it was asked: its error answers, read. It never keeps a text that repeats a secret.

use serde_json::Value;
use url::Url;

use super::code::{About, AdsCode};
use crate::oauth::http::HttpError;
use crate::oauth::secret::Secret;
use crate::sanitize::{sanitize, sanitize_to};

/// Why there is no answer, or not the one that was wanted. Texts are sanitized.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdsError {
    /// There is no complete answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The answer is a redirect, which is never followed.
    #[error("the answer is a redirect")]
    Redirected {
        /// Where it pointed; only the host.
        host: Option<String>,
    },
    /// The answer is not JSON: usually a page of the network's, not the server's.
    #[error("the answer is not JSON: HTTP {status}")]
    NotJson {
        /// The HTTP status.
        status: u16,
    },
    /// JSON, but without this member, or with something else in its place.
    #[error("`{0}` of the answer is missing or of the wrong type")]
    Malformed(&'static str),
    /// HTTP 5xx without a reason.
    #[error("the server has trouble: HTTP {0}")]
    ServerTrouble(u16),
    /// `RESOURCE_EXHAUSTED`, or HTTP 429: too many requests, or the day's operations of the project are used up.
    #[error("too many requests")]
    RateLimited,
    /// HTTP 401 without a code of the Ads API: the access token is not accepted.
    #[error("the access token is not accepted")]
    Unauthenticated,
    /// `ACCESS_TOKEN_SCOPE_INSUFFICIENT`: the token does not have the Ads scope.
    #[error("the token does not have the Ads scope")]
    ScopeInsufficient,
    /// `SERVICE_DISABLED`: the Google Ads API is not enabled in the project.
    #[error("the Google Ads API is not enabled in the project")]
    ServiceDisabled {
        /// The console's page that enables it.
        link: Option<String>,
    },
    /// The server does not speak this version of the API (any more).
    #[error("the server does not speak this version of the API")]
    UnsupportedVersion,
    /// A code of the Ads API.
    #[error("the API refuses: {}", .0.name())]
    Code(AdsCode),
    /// An error that has no explanation of its own.
    #[error("the API refuses: {code}")]
    Unknown {
        /// The HTTP status.
        status: u16,
        /// The code or the status as the API names it; `?` if it names none.
        code: String,
        /// The API's own words.
        message: Option<String>,
    },
}

impl AdsError {
    /// Who or what must change.
    pub fn about(&self) -> About {
        match self {
            Self::Http(_) | Self::Redirected { .. } | Self::NotJson { .. } => About::Network,
            Self::ServerTrouble(_) | Self::RateLimited => About::Server,
            Self::Malformed(_) | Self::UnsupportedVersion | Self::Unknown { .. } => About::Request,
            Self::Unauthenticated | Self::ScopeInsufficient => About::Token,
            Self::ServiceDisabled { .. } => About::Project,
            Self::Code(code) => code.about(),
        }
    }

    /// Whether another token is needed. Everything else is no fault of the token's.
    pub fn is_bad_token(&self) -> bool {
        self.about() == About::Token
    }

    /// Whether the same would be said about every other account, so that asking on is of no use.
    pub(super) fn concerns_every_account(&self) -> bool {
        match self {
            Self::Http(HttpError::TooLarge) | Self::Malformed(_) | Self::ServerTrouble(_) | Self::Unknown { .. } => {
                false
            }
            Self::Http(_)
            | Self::Redirected { .. }
            | Self::NotJson { .. }
            | Self::RateLimited
            | Self::Unauthenticated
            | Self::ScopeInsufficient
            | Self::ServiceDisabled { .. }
            | Self::UnsupportedVersion => true,
            // A project that may not use production accounts may still use test accounts.
            Self::Code(code) => match code.about() {
                About::Token | About::Person | About::Request | About::Network | About::Server => true,
                About::Account | About::Project => false,
            },
        }
    }
}

/// Reads an answer that is no success, in either of its shapes: an object, or (from a stream) an array with one object in it.
pub(super) fn of_body(status: u16, body: &[u8], secrets: &[&Secret]) -> AdsError {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let object = json.as_ref().and_then(|json| json.as_array().map_or(Some(json), |elements| elements.first()));
    match object.and_then(|object| object.get("error")) {
        Some(error) => of_error(status, error, secrets),
        None => of_status(status).unwrap_or(AdsError::NotJson { status }),
    }
}

/// Reads the `error` that ends a stream which had begun well: its status is in it.
pub(super) fn in_stream(error: &Value, secrets: &[&Secret]) -> AdsError {
    let status = error["code"].as_u64().and_then(|code| code.try_into().ok());
    of_error(status.unwrap_or(200), error, secrets)
}

/// Reads the `error` of an answer (`google.rpc.Status`).
fn of_error(status: u16, error: &Value, secrets: &[&Secret]) -> AdsError {
    let details = || error["details"].as_array().into_iter().flatten();
    let failures = || details().filter_map(|detail| detail["errors"].as_array()).flatten();
    // Each `errorCode` has one member: the category, with the name as its value.
    let codes = || {
        let members = failures().filter_map(|failure| failure["errorCode"].as_object()).flatten();
        members.filter_map(|(category, name)| Some((category.as_str(), name.as_str()?)))
    };
    if let Some(error) = codes().find_map(|(category, name)| known(category, name)) {
        return error;
    }
    let secret_free = |text: &str| !secrets.iter().any(|secret| text.contains(secret.expose()));
    let message = |text: &Value| text.as_str().filter(|text| secret_free(text)).map(sanitize);
    let unknown = |code: String, text: &Value| {
        let code = if secret_free(&code) { sanitize_to(&code, 100) } else { "?".to_owned() };
        AdsError::Unknown { status, code, message: message(text).filter(|text| !text.is_empty()) }
    };
    if let Some((category, name)) = codes().next() {
        let words = failures().next().map_or(&Value::Null, |failure| &failure["message"]);
        return unknown(format!("{category}.{name}"), words);
    }
    let reasons = details().filter_map(|detail| detail["reason"].as_str());
    for reason in reasons {
        match reason {
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT" => return AdsError::ScopeInsufficient,
            "SERVICE_DISABLED" => return AdsError::ServiceDisabled { link: details().find_map(console_link) },
            _ => {}
        }
    }
    let name = error["status"].as_str().unwrap_or("?");
    match of_status(status) {
        Some(error) => error,
        None if name == "RESOURCE_EXHAUSTED" => AdsError::RateLimited,
        None => unknown(name.to_owned(), &error["message"]),
    }
}

fn known(category: &str, name: &str) -> Option<AdsError> {
    match (category, name) {
        ("requestError", "UNSUPPORTED_VERSION") => Some(AdsError::UnsupportedVersion),
        ("quotaError", "RESOURCE_EXHAUSTED" | "RESOURCE_TEMPORARILY_EXHAUSTED") => Some(AdsError::RateLimited),
        (category, name) => AdsCode::of(category, name).map(AdsError::Code),
    }
}

/// What a status says by itself. Google's front end answers 404, and no JSON, for a version that it never had.
fn of_status(status: u16) -> Option<AdsError> {
    match status {
        401 => Some(AdsError::Unauthenticated),
        404 => Some(AdsError::UnsupportedVersion),
        429 => Some(AdsError::RateLimited),
        500.. => Some(AdsError::ServerTrouble(status)),
        _ => None,
    }
}

/// The first link of a detail (`google.rpc.ErrorInfo`, `google.rpc.Help`) that leads to the console and nowhere else.
fn console_link(detail: &Value) -> Option<String> {
    let activation = detail["metadata"]["activationUrl"].as_str();
    let help = detail["links"].as_array().into_iter().flatten().filter_map(|link| link["url"].as_str());
    activation.into_iter().chain(help).find_map(|link| {
        let url = Url::parse(link).ok()?;
        let host = matches!(url.host_str(), Some("console.developers.google.com" | "console.cloud.google.com"));
        let plain = url.scheme() == "https" && url.port().is_none() && url.username().is_empty();
        (host && plain && url.password().is_none() && url.as_str().len() <= 500).then(|| url.into())
    })
}
