//! What an authorization server granted, and what is worth saying about it. It never asks anybody anything.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::TokenResponse as _;
use oauth2::basic::BasicTokenType;

use super::exchange::ExchangeError;
use super::scope::same;
use super::secret::Secret;
use super::token_answer::TokenAnswer;
use crate::sanitize::sanitize;

/// The scope of the Google Ads API.
pub const ADWORDS_SCOPE: &str = "https://www.googleapis.com/auth/adwords";

/// The longest refresh token that is taken, in bytes. Google's are about 100 and may grow to 512.
const REFRESH_TOKEN_MAX: usize = 2048;

/// A successful token response (RFC 6749 section 5.1) that has a refresh token and the Ads scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The refresh token, 1 to 2048 visible ASCII characters.
    pub refresh_token: Secret,
    /// The access token that came with it; used for the account list and then dropped.
    pub access_token: Secret,
    /// Granted scopes, sanitized, in the server's order; the requested ones when the answer names none (RFC 6749 section 5.1).
    pub scopes: Vec<String>,
    /// Scopes that were asked for and not granted.
    pub missing_scopes: Vec<String>,
    /// When the refresh token dies (`refresh_token_expires_in`, seconds from `received`), if the server says so.
    pub refresh_expires: Option<SystemTime>,
    /// The account's e-mail, sanitized, when an identity scope was granted.
    pub account: Option<String>,
    /// When the answer arrived.
    pub received: SystemTime,
}

/// Something about a grant that its owner should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It dies after about seven days, as tokens of an app in "Testing" do.
    DiesInTesting(SystemTime),
    /// It dies on a date, because the user granted access for a time.
    TimeLimited(SystemTime),
    /// Some additional scope was not granted.
    ScopesMissing,
}

impl Warning {
    /// Every code, in the order of gravity.
    pub const CODES: [&'static str; 3] = ["dies-in-testing", "time-limited", "scopes-missing"];

    /// The `code` in `token --format json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::DiesInTesting(_) => "dies-in-testing",
            Self::TimeLimited(_) => "time-limited",
            Self::ScopesMissing => "scopes-missing",
        }
    }
}

impl Grant {
    /// Judges a token response: what of `asked` was granted, to whom and for how long.
    ///
    /// # Errors
    /// [`ExchangeError`]: it is no bearer token, or the refresh token or the Ads scope is missing.
    pub fn judge(answer: &TokenAnswer, asked: &[String], received: SystemTime) -> Result<Self, ExchangeError> {
        let access_token = access_token(answer)?;
        let scopes = granted_scopes(answer).unwrap_or_else(|| asked.to_vec());
        let missing = |asked: &&String| !scopes.iter().any(|granted| same(asked, granted));
        let missing_scopes: Vec<_> = asked.iter().filter(missing).cloned().collect();
        if missing_scopes.iter().any(|scope| scope == ADWORDS_SCOPE) {
            return Err(ExchangeError::AdsScopeMissing);
        }
        Ok(Self {
            refresh_token: refresh_token(answer)?.ok_or(ExchangeError::NoRefreshToken)?,
            access_token,
            scopes,
            missing_scopes,
            refresh_expires: refresh_expires(answer, received),
            account: answer.extra_fields().id_token.as_deref().and_then(email),
            received,
        })
    }

    /// Everything worth a warning, the gravest first.
    pub fn warnings(&self) -> Vec<Warning> {
        const TESTING_DAYS: u64 = 8;
        let mut warnings = Vec::new();
        if let Some(dies) = self.refresh_expires {
            let lifetime = dies.duration_since(self.received).unwrap_or_default();
            warnings.push(if lifetime.as_secs() < TESTING_DAYS * 24 * 3600 {
                Warning::DiesInTesting(dies)
            } else {
                Warning::TimeLimited(dies)
            });
        }
        if !self.missing_scopes.is_empty() {
            warnings.push(Warning::ScopesMissing);
        }
        warnings
    }
}

/// The access token, if it is one that the `Authorization` header can carry (RFC 6750 section 2.1).
pub(super) fn access_token(answer: &TokenAnswer) -> Result<Secret, ExchangeError> {
    if *answer.token_type() != BasicTokenType::Bearer {
        return Err(ExchangeError::NotBearer);
    }
    let token = answer.access_token().secret();
    if !is_visible_ascii(token) {
        return Err(ExchangeError::Malformed("access_token"));
    }
    Ok(Secret::new(token.to_owned()))
}

/// The granted scopes, sanitized; `None` if the answer names none.
pub(super) fn granted_scopes(answer: &TokenAnswer) -> Option<Vec<String>> {
    let granted = answer.scopes()?;
    Some(granted.iter().map(|scope| sanitize(scope)).filter(|scope| !scope.is_empty()).collect())
}

/// The refresh token, if there is one. Whatever is in it goes into configuration files later, so only visible ASCII is taken.
pub(super) fn refresh_token(answer: &TokenAnswer) -> Result<Option<Secret>, ExchangeError> {
    let token = answer.refresh_token().map_or("", |token| token.secret());
    match token {
        "" => Ok(None),
        token if token.len() <= REFRESH_TOKEN_MAX && is_visible_ascii(token) => Ok(Some(Secret::new(token.to_owned()))),
        _ => Err(ExchangeError::Malformed("refresh_token")),
    }
}

/// When the refresh token dies, if the answer says so.
pub(super) fn refresh_expires(answer: &TokenAnswer, received: SystemTime) -> Option<SystemTime> {
    let seconds = answer.extra_fields().refresh_token_expires_in?;
    received.checked_add(lifetime(seconds)?)
}

fn is_visible_ascii(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A lifetime in seconds, if it says anything; a century stands for all that is longer.
fn lifetime(seconds: f64) -> Option<Duration> {
    const CENTURY: f64 = 100.0 * 365.25 * 24.0 * 3600.0;
    (seconds > 0.0).then(|| Duration::from_secs_f64(seconds.min(CENTURY)))
}

/// The e-mail in an ID token. Its signature is not checked: it came from the token endpoint itself, over TLS
/// (OpenID Connect Core section 3.1.3.7, point 6), and nothing is decided by it.
fn email(id_token: &str) -> Option<String> {
    let payload = id_token.split('.').nth(1)?;
    let claims = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    let email = sanitize(claims.get("email")?.as_str()?);
    let (user, host) = email.rsplit_once('@')?;
    (!user.is_empty() && !host.is_empty()).then_some(email)
}
