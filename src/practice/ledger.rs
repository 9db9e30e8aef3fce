//! Who consented to what, and which codes and tokens stand for it. It lives as long as the practice run and is never written anywhere.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::time::Instant;

use super::client::{Account, PracticeClient};

/// How long a code can be redeemed (RFC 6749 section 4.1.2).
const CODE_LIFE: Duration = Duration::from_mins(10);
/// How long an access token works; one second less than an hour, as Google's say on arrival.
pub(super) const ACCESS_LIFE: Duration = Duration::from_secs(3599);

/// What somebody agreed to, and how the code for it must be redeemed.
#[derive(Debug)]
pub(super) struct Consent {
    pub(super) client: &'static PracticeClient,
    pub(super) account: &'static Account,
    pub(super) scopes: Vec<String>,
    pub(super) offline: bool,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) given: Instant,
}

/// What a token stands for.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) client: &'static PracticeClient,
    pub(super) account: &'static Account,
    pub(super) scopes: Vec<String>,
}

/// Everything that was handed out.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    codes: HashMap<String, Code>,
    refresh: HashMap<String, Holder>,
    access: HashMap<String, (Holder, Instant)>,
}

#[derive(Debug)]
enum Code {
    Fresh(Consent),
    /// Redeemed for this refresh token, which dies if somebody tries again (RFC 6749 section 4.1.2).
    Spent(Option<String>),
}

impl Ledger {
    /// A new code for this consent.
    pub(super) fn note_consent(&mut self, consent: Consent) -> String {
        let code = new_token("code");
        self.codes.insert(code.clone(), Code::Fresh(consent));
        code
    }

    /// The consent behind a code, if it is fresh. It is spent by this, right or wrong.
    pub(super) fn take_consent(&mut self, code: &str, now: Instant) -> Option<Consent> {
        let known = self.codes.get_mut(code)?;
        match std::mem::replace(known, Code::Spent(None)) {
            Code::Fresh(consent) => (now.duration_since(consent.given) < CODE_LIFE).then_some(consent),
            Code::Spent(refresh_token) => {
                self.refresh.remove(&refresh_token?);
                None
            }
        }
    }

    /// A new refresh token, remembered as the one of this code.
    pub(super) fn new_refresh_token(&mut self, code: &str, holder: Holder) -> String {
        let token = new_token("refresh");
        self.refresh.insert(token.clone(), holder);
        self.codes.insert(code.to_owned(), Code::Spent(Some(token.clone())));
        token
    }

    /// A new access token.
    pub(super) fn new_access_token(&mut self, holder: Holder, now: Instant) -> String {
        let token = new_token("access");
        self.access.insert(token.clone(), (holder, now));
        token
    }

    /// What a refresh token stands for.
    pub(super) fn refresh(&self, token: &str) -> Option<&Holder> {
        self.refresh.get(token)
    }

    /// What an access token stands for, and how long it still works.
    pub(super) fn access(&self, token: &str, now: Instant) -> Option<(&Holder, Duration)> {
        let (holder, issued) = self.access.get(token)?;
        let left = ACCESS_LIFE.checked_sub(now.duration_since(*issued))?;
        Some((holder, left))
    }
}

/// `practice-KIND-` and 192 random bits.
fn new_token(kind: &str) -> String {
    let mut bits = [0; 24];
    getrandom::fill(&mut bits).expect("the operating system has random numbers");
    format!("practice-{kind}-{}", URL_SAFE_NO_PAD.encode(bits))
}
