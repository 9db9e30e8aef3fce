//! The token endpoint: one code for one grant, every failure with its own name. It never sends a code twice.

use std::borrow::Cow;
use std::time::SystemTime;

use oauth2::{AuthorizationCode, PkceCodeVerifier, RedirectUrl};

use super::client::Client;
use super::grant::Grant;
use super::http::{Http, HttpError};
pub use super::http::{TlsTrouble, Unreachable};
use super::secret::Secret;
use super::token_endpoint;

/// What is sent (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Debug)]
pub struct CodeExchange<'a> {
    /// Whose code it is.
    pub client: &'a Client,
    /// The authorization code.
    pub code: Secret,
    /// The PKCE verifier of the attempt.
    pub verifier: Secret,
    /// The very `redirect_uri` of the authorization request.
    pub redirect_uri: &'a str,
    /// What was asked for; the answer's `scope` is compared with it.
    pub scopes: &'a [String],
}

/// Why there is no grant. Texts are sanitized, hosts are without user and password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// No connection was made, so the code was not sent (name not found, refused, unreachable, timed out while connecting).
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host that was wanted.
        host: String,
        /// The proxy's host, and its port where one is named, when one stands between.
        proxy: Option<String>,
        /// What kind of failure it was.
        why: Unreachable,
    },
    /// The certificate was not accepted, so the code was not sent.
    #[error("the certificate of {host} is not accepted")]
    Tls {
        /// The host that was wanted.
        host: String,
        /// The proxy, as above: it may be the one who shows the certificate.
        proxy: Option<String>,
        /// What was wrong with it.
        why: TlsTrouble,
    },
    /// The connection broke after the code was sent: the code may be spent.
    #[error("the connection broke after the code was sent")]
    Interrupted,
    /// No complete answer within 30 seconds; the code may be spent.
    #[error("no complete answer in time")]
    Slow,
    /// The answer is larger than 64 KiB.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is a redirect, which is never followed.
    #[error("the answer is a redirect")]
    Redirected {
        /// Where it pointed; only the host.
        host: Option<String>,
    },
    /// HTTP 5xx or 429.
    #[error("the server has trouble: HTTP {0}")]
    ServerTrouble(u16),
    /// The answer is not JSON: usually a page of the network's, not the server's.
    #[error("the answer is not JSON: HTTP {status}")]
    NotJson {
        /// The HTTP status.
        status: u16,
    },
    /// JSON, but not a token response: the name of the member that is missing, repeated or of the wrong type.
    #[error("`{0}` of the answer is missing, repeated or of the wrong type")]
    Malformed(&'static str),
    /// An error answer of RFC 6749 section 5.2 or one of Google's own.
    #[error("the server refuses: {}", .0.code.as_str())]
    Refused(Refusal),
    /// A token came, but no refresh token.
    #[error("a token came, but no refresh token")]
    NoRefreshToken,
    /// A token came, but the user did not grant the Ads scope.
    #[error("the Ads scope was not granted")]
    AdsScopeMissing,
    /// `token_type` is not `Bearer`.
    #[error("the token is not a bearer token")]
    NotBearer,
}

/// The `error` of a token response, with what the program knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which one.
    pub code: RefusalCode,
    /// `error_description`, sanitized; shown as the server's words, never matched on.
    pub description: Option<String>,
}

/// Errors that have an explanation of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalCode {
    /// The code is spent, expired or not for this verifier.
    InvalidGrant,
    /// `invalid_grant` with `error_subtype` `invalid_rapt`: the organisation's session length has passed.
    SessionEnded,
    /// Wrong client id or secret.
    InvalidClient,
    /// The redirect URI is not the one of the authorization request, or not registered.
    RedirectUriMismatch,
    /// This client may not do this.
    UnauthorizedClient,
    /// The app is for members of its organisation only.
    OrgInternal,
    /// A Workspace administrator blocks it.
    AdminPolicyEnforced,
    /// The client was deleted.
    DeletedClient,
    /// The request is malformed.
    InvalidRequest,
    /// Any other code, sanitized.
    Other(String),
}

impl RefusalCode {
    /// Reads the `error` of RFC 6749 section 5.2.
    pub fn of(error: &str) -> Self {
        match error {
            "invalid_grant" => Self::InvalidGrant,
            "invalid_client" => Self::InvalidClient,
            "redirect_uri_mismatch" => Self::RedirectUriMismatch,
            "unauthorized_client" => Self::UnauthorizedClient,
            "org_internal" => Self::OrgInternal,
            "admin_policy_enforced" => Self::AdminPolicyEnforced,
            "deleted_client" => Self::DeletedClient,
            "invalid_request" => Self::InvalidRequest,
            other => Self::Other(server_words(other)),
        }
    }

    /// The `error` as the server writes it, sanitized.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidGrant => "invalid_grant",
            Self::SessionEnded => "invalid_rapt",
            Self::InvalidClient => "invalid_client",
            Self::RedirectUriMismatch => "redirect_uri_mismatch",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::OrgInternal => "org_internal",
            Self::AdminPolicyEnforced => "admin_policy_enforced",
            Self::DeletedClient => "deleted_client",
            Self::InvalidRequest => "invalid_request",
            Self::Other(code) => code,
        }
    }
}

impl From<HttpError> for ExchangeError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Unreachable { host, proxy, why } => Self::Unreachable { host, proxy, why },
            HttpError::Tls { host, proxy, why } => Self::Tls { host, proxy, why },
            HttpError::Interrupted => Self::Interrupted,
            HttpError::Slow => Self::Slow,
            HttpError::TooLarge => Self::TooLarge,
        }
    }
}

/// Sends the code once and reads the answer.
///
/// # Errors
/// Everything but a refresh token with the Ads scope is an [`ExchangeError`]. No secret is in it.
#[expect(clippy::disallowed_methods, reason = "the answer's own time of arrival, from which its lifetimes count")]
pub async fn exchange(http: &Http, request: CodeExchange<'_>) -> Result<Grant, ExchangeError> {
    let CodeExchange { client, code, verifier, redirect_uri, scopes } = request;
    let oauth = token_endpoint::client(client);
    let redirect = RedirectUrl::new(redirect_uri.to_owned()).expect("a redirect URI that was sent before is a URL");
    let secrets = [&client.secret, &code, &verifier];
    let answer = oauth
        .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()))
        .set_redirect_uri(Cow::Owned(redirect))
        .request_async(&|request| token_endpoint::ask(http, &secrets, request))
        .await
        .map_err(token_endpoint::failure)?;
    Grant::judge(&answer, scopes, SystemTime::now())
}

/// The server's words with only the characters that RFC 6749 appendices A.7 and A.8 allow in them.
pub(super) fn server_words(text: &str) -> String {
    let allowed = |character| matches!(character, ' '..='!' | '#'..='[' | ']'..='~');
    let words: String = text.chars().map(|character| if allowed(character) { character } else { '?' }).collect();
    crate::sanitize::sanitize(&words)
}

#[cfg(test)]
mod tests;
