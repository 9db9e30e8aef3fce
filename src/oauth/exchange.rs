//! The token endpoint: one code for one grant, every failure with its own name. It never sends a code twice.

use std::borrow::Cow;
use std::time::SystemTime;

use http::header::{CONTENT_TYPE, LOCATION};
use oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, TokenUrl,
};

use super::client::Client;
use super::grant::Grant;
use super::http::{Answer, Http, HttpError};
pub use super::http::{TlsTrouble, Unreachable};
use super::secret::Secret;
use super::token_answer::{self, OAuthClient};

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
        /// The proxy's host, when one is configured.
        proxy: Option<String>,
        /// What kind of failure it was.
        why: Unreachable,
    },
    /// The certificate was not accepted, so the code was not sent.
    #[error("the certificate of {host} is not accepted")]
    Tls {
        /// The host that was wanted.
        host: String,
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
            HttpError::Tls { host, why } => Self::Tls { host, why },
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
    let oauth = OAuthClient::new(ClientId::new(client.id.clone()))
        .set_client_secret(ClientSecret::new(client.secret.expose().to_owned()))
        // The crate's default, HTTP Basic, is refused by some servers; Google documents the body.
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(client.endpoints.token.clone()));
    let redirect = RedirectUrl::new(redirect_uri.to_owned()).expect("a redirect URI that was sent before is a URL");
    let secrets = [&client.secret, &code, &verifier];
    let transport = |request: HttpRequest| async move {
        let answer = http.send(request).await?;
        let body = token_members(answer, secrets).await?;
        let mut answer = HttpResponse::new(body);
        answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        Ok(answer)
    };
    let answer = oauth
        .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()))
        .set_redirect_uri(Cow::Owned(redirect))
        .request_async(&transport)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            // Never shown: these carry the whole token answer.
            RequestTokenError::Parse(..) | RequestTokenError::ServerResponse(_) | RequestTokenError::Other(_) => {
                ExchangeError::Malformed("access_token")
            }
        })?;
    Grant::judge(&answer, scopes, SystemTime::now())
}

/// The body of a token response, with only the members that are used, or why it is none.
async fn token_members(answer: Answer, secrets: [&Secret; 3]) -> Result<Vec<u8>, ExchangeError> {
    match answer.status() {
        200 if answer.header(CONTENT_TYPE).is_some_and(is_json) => token_answer::used_members(&answer.body().await?),
        200 => Err(ExchangeError::NotJson { status: 200 }),
        300..=399 => {
            let target = answer.header(LOCATION).and_then(|target| answer.url().join(target).ok());
            let host = target.and_then(|url| url.host_str().map(crate::sanitize::sanitize));
            Err(ExchangeError::Redirected { host })
        }
        status @ (429 | 500..) => Err(ExchangeError::ServerTrouble(status)),
        // Some servers forget the content type of a refusal.
        status => Err(refusal(&answer.body().await?, status, secrets)),
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn refusal(body: &[u8], status: u16, secrets: [&Secret; 3]) -> ExchangeError {
    let (error, description) = match token_answer::error_members(body) {
        Ok(members) => members,
        Err(token_answer::NotMembers::NotJson) => return ExchangeError::NotJson { status },
        Err(token_answer::NotMembers::Wrong(member)) => return ExchangeError::Malformed(member),
    };
    // A server that repeats what it was sent must not put a secret on the screen.
    let repeats = |text: &str| secrets.iter().any(|secret| text.contains(secret.expose()));
    let code = if repeats(&error) { RefusalCode::Other("?".to_owned()) } else { RefusalCode::of(&error) };
    let description = description.filter(|text| !repeats(text)).map(|text| server_words(&text));
    ExchangeError::Refused(Refusal { code, description })
}

/// The server's words with only the characters that RFC 6749 appendices A.7 and A.8 allow in them.
fn server_words(text: &str) -> String {
    let allowed = |character| matches!(character, ' '..='!' | '#'..='[' | ']'..='~');
    let words: String = text.chars().map(|character| if allowed(character) { character } else { '?' }).collect();
    crate::sanitize::sanitize(&words)
}

#[cfg(test)]
mod tests;
