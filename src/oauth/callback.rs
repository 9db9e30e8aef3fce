//! Judges what a browser, or anybody else, sends to the loopback listener: the answer of this attempt, or something to ignore.
//! It is pure, takes nothing for an answer without this attempt's `state`, and never looks at `error` or `code` before that.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::consent::ConsentUrl;
use super::redirect::RedirectUri;
use super::secret::Secret;
use crate::sanitize::sanitize;

/// Google's codes have fewer than 256 bytes; other servers send signed ones.
const LONGEST_CODE: usize = 2048;
/// More than any browser's address that could be this attempt's.
const LONGEST_PASTE: usize = 16 * 1024;

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

/// Why a query is not the answer of this attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnswer {
    /// None of `state`, `code` and `error` is there.
    NoParameters,
    /// There is a `code` without `state`.
    CodeWithoutState,
    /// There is an `error` without `state`; sanitized.
    ErrorWithoutState(String),
    /// `state` is another one.
    OtherState,
    /// A parameter stands twice or is not plain text, or the right `state` has neither `code` nor `error` beside it.
    Malformed,
}

/// Judges the query that came to the redirect URI of this gate.
///
/// The order is what makes it safe: until `state` is this attempt's, `error`, `code` and `iss` are only counted, so that nobody
/// who does not know `state` can end the attempt, not even with a refusal (RFC 8252 section 8.9).
///
/// # Errors
/// [`NotAnswer`] says what it is instead; nothing changes.
pub fn judge_query(query: &str, gate: &Gate) -> Result<Answer, NotAnswer> {
    let Parameters { state, code, error, iss } = Parameters::split(query)?;
    let Some(state) = state else {
        return Err(match (error, code) {
            (Some(error), _) => NotAnswer::ErrorWithoutState(sanitize(&decode(error)?)),
            (None, Some(_)) => NotAnswer::CodeWithoutState,
            (None, None) => NotAnswer::NoParameters,
        });
    };
    if !is_same(&decode(state)?, &gate.state) {
        return Err(NotAnswer::OtherState);
    }
    if let Some(iss) = iss
        && *decode(iss)? != gate.issuer
    {
        return Ok(Answer::WrongIssuer);
    }
    if let Some(error) = error {
        return Ok(Answer::Denied(sanitize(&decode(error)?)));
    }
    let mut code = decode(code.ok_or(NotAnswer::Malformed)?)?;
    if code.len() > LONGEST_CODE || !code.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(NotAnswer::Malformed);
    }
    Ok(Answer::Code(Secret::new(std::mem::take(&mut *code))))
}

/// Compares in constant time, as [`Secret`] does.
pub(super) fn is_same(text: &str, secret: &Secret) -> bool {
    Secret::new(text.to_owned()) == *secret
}

/// The parameters of an authorization response, still percent-encoded. One without a value counts as absent
/// (RFC 6749 section 3.1); others than these are ignored.
#[derive(Default)]
struct Parameters<'query> {
    state: Option<&'query str>,
    code: Option<&'query str>,
    error: Option<&'query str>,
    /// RFC 9207.
    iss: Option<&'query str>,
}

impl<'query> Parameters<'query> {
    fn split(query: &'query str) -> Result<Self, NotAnswer> {
        if !has_whole_escapes(query) {
            return Err(NotAnswer::Malformed);
        }
        let mut found = Self::default();
        for (name, value) in query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))) {
            // The name is decoded too, or `st%61te` would be a second `state` that nobody counts.
            let name: Vec<u8> = percent_decode_str(name).collect();
            let slot = match name.as_slice() {
                b"state" => &mut found.state,
                b"code" => &mut found.code,
                b"error" => &mut found.error,
                b"iss" => &mut found.iss,
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return Err(NotAnswer::Malformed);
            }
        }
        let given = |value: &&str| !value.is_empty();
        Ok(Self {
            state: found.state.filter(given),
            code: found.code.filter(given),
            error: found.error.filter(given),
            iss: found.iss.filter(given),
        })
    }
}

/// Whether two hexadecimal digits follow every `%`.
fn has_whole_escapes(query: &str) -> bool {
    query
        .split('%')
        .skip(1)
        .all(|rest| matches!(rest.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

/// Decodes a value as forms are encoded. RFC 6749 appendix A allows nothing but printable ASCII in these parameters.
fn decode(value: &str) -> Result<Zeroizing<String>, NotAnswer> {
    let bytes = value.bytes().map(|byte| if byte == b'+' { b' ' } else { byte });
    let spaced: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.collect());
    let mut decoded = Zeroizing::new(String::with_capacity(spaced.len()));
    for byte in percent_encoding::percent_decode(&spaced) {
        if byte != b' ' && !byte.is_ascii_graphic() {
            return Err(NotAnswer::Malformed);
        }
        decoded.push(char::from(byte));
    }
    Ok(decoded)
}

/// Judges a pasted address by the rules that a request is judged by.
///
/// # Errors
/// [`PasteRefused`] says what is wrong with it; the attempt goes on.
pub fn judge_pasted(text: &str, gate: &Gate) -> Result<Answer, PasteRefused> {
    if text.len() > LONGEST_PASTE {
        return Err(PasteRefused::NotUrl);
    }
    // A terminal that wraps puts line breaks and spaces into what is copied from it; chats and mails put marks around it.
    let joined: Zeroizing<String> =
        Zeroizing::new(text.chars().filter(|character| !character.is_whitespace()).collect());
    let text = joined.trim_matches(['"', '\'', '`', '<', '>', '“', '”', '‘', '’']);
    if leads_to_consent(text, gate) {
        return Err(PasteRefused::ConsentUrl);
    }
    if is_like_a_code(text) {
        return Err(PasteRefused::BareCode);
    }
    let (scheme, rest) = text.split_once("://").ok_or(PasteRefused::NotUrl)?;
    let query = scheme
        .eq_ignore_ascii_case("http")
        .then(|| query_for(rest, &gate.redirect))
        .flatten()
        .ok_or(PasteRefused::OtherAddress)?;
    judge_query(query, gate).map_err(|why| match why {
        NotAnswer::CodeWithoutState => PasteRefused::BareCode,
        NotAnswer::OtherState | NotAnswer::ErrorWithoutState(_) => PasteRefused::OtherState,
        NotAnswer::NoParameters | NotAnswer::Malformed => PasteRefused::Malformed,
    })
}

/// The query of `authority[/path][?query][#fragment]`, if authority and path are those of the redirect URI.
///
/// The parts are compared as they stand: a URL parser would first mend what is not the same address (`127.1`, `\`, `..`).
fn query_for<'text>(rest: &'text str, redirect: &RedirectUri) -> Option<&'text str> {
    let address = rest.split('#').next()?;
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let path = if path.is_empty() { "/" } else { path };
    (authority.eq_ignore_ascii_case(&redirect.authority()) && path == redirect.path()).then_some(query)
}

/// Whether it is the consent URL, whole or not, or one of the start links: the way out instead of the way back.
fn leads_to_consent(text: &str, gate: &Gate) -> bool {
    let endpoint = gate.consent.as_str().split('?').next().unwrap_or_default();
    let start = format!("http://{}/s/", gate.redirect.authority());
    text.starts_with(endpoint) || text.starts_with(&start)
}

/// `4/0A…` as Google writes its codes, `code=…`, or one long word of URL-safe characters.
fn is_like_a_code(text: &str) -> bool {
    let text = text.strip_prefix('?').unwrap_or(text);
    if let Some(code) = text.strip_prefix("code=") {
        return !code.is_empty() && !text.contains("state=");
    }
    let google = text.starts_with("4/") || text.starts_with("4%2F");
    let word = text.len() >= 20 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte));
    google || word
}

#[cfg(test)]
mod tests;
