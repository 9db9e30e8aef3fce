//! What an authorization server granted, and what is worth saying about it. It never asks anybody anything.

use std::time::SystemTime;

use super::secret::Secret;

/// The scope of the Google Ads API.
pub const ADWORDS_SCOPE: &str = "https://www.googleapis.com/auth/adwords";

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
