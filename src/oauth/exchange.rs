//! The token endpoint: one code for one grant, every failure with its own name. It never sends a code twice.

use super::client::Client;
use super::grant::Grant;
use super::http::Http;
use super::secret::Secret;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeError {
    /// No connection was made, so the code was not sent (name not found, refused, unreachable, timed out while connecting).
    Unreachable {
        /// The host that was wanted.
        host: String,
        /// The proxy's host, when one is configured.
        proxy: Option<String>,
        /// What kind of failure it was.
        why: Unreachable,
    },
    /// The certificate was not accepted, so the code was not sent.
    Tls {
        /// The host that was wanted.
        host: String,
        /// What was wrong with it.
        why: TlsTrouble,
    },
    /// The connection broke after the code was sent: the code may be spent.
    Interrupted,
    /// No complete answer within 30 seconds; the code may be spent.
    Slow,
    /// The answer is larger than 64 KiB.
    TooLarge,
    /// The answer is a redirect, which is never followed.
    Redirected {
        /// Where it pointed; only the host.
        host: Option<String>,
    },
    /// HTTP 5xx or 429.
    ServerTrouble(u16),
    /// The answer is not JSON: usually a page of the network's, not the server's.
    NotJson {
        /// The HTTP status.
        status: u16,
    },
    /// JSON, but not a token response: the name of the member that is missing, repeated or of the wrong type.
    Malformed(&'static str),
    /// An error answer of RFC 6749 section 5.2 or one of Google's own.
    Refused(Refusal),
    /// A token came, but no refresh token.
    NoRefreshToken,
    /// A token came, but the user did not grant the Ads scope.
    AdsScopeMissing,
    /// `token_type` is not `Bearer`.
    NotBearer,
}

/// Why no connection was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// The name does not resolve.
    NameNotFound,
    /// Nobody listens there.
    Refused,
    /// Connecting took more than 10 seconds.
    TimedOut,
    /// Any other reason (no route, network down, the proxy refuses).
    Other,
}

/// Why a certificate was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsTrouble {
    /// Its issuer is not trusted on this machine: often a company's proxy that reads along.
    UnknownIssuer,
    /// It is not valid yet or not any more: often a wrong clock.
    Date,
    /// It is for another name.
    WrongName,
    /// Any other failure of the handshake.
    Other,
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

/// Sends the code once and reads the answer.
pub async fn exchange(_http: &Http, _request: CodeExchange<'_>) -> Result<Grant, ExchangeError> {
    todo!()
}

impl From<&str> for RefusalCode {
    fn from(error: &str) -> Self {
        match error {
            "invalid_grant" => Self::InvalidGrant,
            "invalid_client" => Self::InvalidClient,
            "redirect_uri_mismatch" => Self::RedirectUriMismatch,
            "unauthorized_client" => Self::UnauthorizedClient,
            "org_internal" => Self::OrgInternal,
            "admin_policy_enforced" => Self::AdminPolicyEnforced,
            "deleted_client" => Self::DeletedClient,
            "invalid_request" => Self::InvalidRequest,
            other => Self::Other(other.to_owned()),
        }
    }
}
