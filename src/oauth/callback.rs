//! Judges what a browser, or anybody else, sends to the loopback listener: the answer of this attempt, or something to ignore.
//! It is pure, takes nothing for an answer without this attempt's `state`, and never looks at `error` or `code` before that.

use super::consent::ConsentUrl;
use super::redirect::RedirectUri;
use super::secret::Secret;

/// What a request must match to be this attempt's callback, and the start links that lead to the consent URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The redirect URI that was sent, compared exactly: `Host` and path.
    pub redirect: RedirectUri,
    /// The attempt's `state`.
    pub state: Secret,
    /// What `iss` must be, when it is there (RFC 9207 section 2.4).
    pub issuer: String,
    /// Where the start links lead.
    pub consent: ConsentUrl,
    /// The start code that a person types: 30 random bits.
    pub typed_start: Secret,
    /// The start code that the browser is opened with; it works once.
    pub browser_start: Secret,
}

/// What came back with the right `state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The authorization code (RFC 6749 section 4.1.2).
    Code(Secret),
    /// The `error` of RFC 6749 section 4.1.2.1, sanitized.
    Denied(String),
    /// `state` is right and `iss` is not (RFC 9207 section 2.4): nothing else of the request is used.
    WrongIssuer,
}

/// Why a request changed nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// Nothing that looks like a callback: favicon, probe, preflight, garbage.
    Unrelated,
    /// The callback's path, but with another `state`: an older tab, or a stranger.
    OtherState,
    /// An `error` without `state`: shown, since some servers send a refusal so.
    ErrorWithoutState(String),
    /// The browser speaks TLS to this port.
    Https,
    /// A wrong start code.
    WrongStartCode,
}

/// What a person pasted instead of the browser's callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasteRefused {
    /// Empty, or nothing like a URL.
    NotUrl,
    /// Only a code: without `state` it could be anybody's.
    BareCode,
    /// A URL of another scheme, host, port or path.
    OtherAddress,
    /// This attempt's address with another `state`: an older sign-in.
    OtherState,
    /// `state`, `code`, `error` or `iss` stands more than once, or neither `code` nor `error` is there.
    Malformed,
    /// The consent URL itself.
    ConsentUrl,
}

/// Judges a pasted address by the rules that a request is judged by.
///
/// # Errors
/// [`PasteRefused`] says what is wrong with it; the attempt goes on.
pub fn judge_pasted(_text: &str, _gate: &Gate) -> Result<Answer, PasteRefused> {
    todo!()
}
