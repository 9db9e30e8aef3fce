//! The Sign in step: one attempt after another until there is a grant. It never talks to the network; progress comes in as events.

use std::path::PathBuf;
use std::time::Duration;

use super::client::{self, Source};
use super::field::Field;
use super::token;
use super::{AttemptId, Moment};
use crate::oauth::callback::PasteRefused;
use crate::oauth::client::ClientKind;
use crate::oauth::consent::{ConsentUrl, Wish};
use crate::oauth::login::Links;
use crate::oauth::redirect::{BadRedirectUri, RedirectUri};
use crate::ports::BrowserError;
use crate::problem::Problem;

/// What the Sign in step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The step before, as it was left.
    pub client: client::Screen,
    /// What is signed in with.
    pub source: Source,
    /// What is asked for.
    pub wish: Wish,
    /// A redirect URI that the user has registered since the file was downloaded.
    pub added: Option<RedirectUri>,
    /// How far the attempt is.
    pub phase: Phase,
    /// What lies over it.
    pub dialog: Option<Dialog>,
}

/// How far an attempt is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A Web client has no loopback redirect URI; there is nothing to listen on.
    NoRedirect,
    /// Binding, and asking ourselves.
    Preparing(AttemptId),
    /// The consent URL is on the screen.
    Waiting(Box<Waiting>),
    /// The answer is in, the code on its way.
    Exchanging(AttemptId),
    /// There is no grant, and this is why.
    Ended(Box<Problem>),
    /// The user came back from the token, which is kept.
    Signed(Box<token::Card>),
}

/// An attempt that waits for the user to agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which attempt.
    pub attempt: AttemptId,
    /// The ways to the consent screen.
    pub links: Links,
    /// Since when they are shown.
    pub since: Moment,
    /// When it ends by itself.
    pub limit: Limit,
    /// How many requests changed nothing.
    pub ignored: u32,
    /// An `error` that came without `state`.
    pub reported: Option<String>,
    /// Some browser tried https.
    pub https: bool,
    /// What became of the browser.
    pub browser: Opened,
    /// The file that the consent URL was written to.
    pub file: Option<PathBuf>,
}

impl Waiting {
    /// How long people wait before they wonder what could be in the way.
    const LONG: Duration = Duration::from_mins(1);

    /// When it becomes long that no browser has come.
    pub fn long_from(&self) -> Option<Moment> {
        (self.browser != Opened::Arrived).then(|| self.since.after(Self::LONG))
    }
}

/// How long an attempt goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// For ever (`--timeout 0`).
    None,
    /// Until then.
    Until(Moment),
    /// Stopped with this much left, while the paste box is open.
    Paused(Duration),
}

/// What became of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nobody has opened one yet.
    NotYet,
    /// A program was started.
    Asked,
    /// A start link was used.
    Arrived,
    /// No program could be started.
    Failed(BrowserError),
}

/// What lies over the Sign in screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The box for the address that the browser ended on.
    Paste {
        /// The address; the code in it is shown masked.
        field: Field,
        /// Why the last one was not taken.
        refused: Option<PasteRefused>,
    },
    /// The e-mail that Google should offer.
    Hint(Field),
    /// Additional scopes.
    Scopes {
        /// Short names, separated by spaces.
        field: Field,
        /// Whether one of them cannot be a scope.
        refused: bool,
    },
    /// A redirect URI that the file does not know yet.
    Redirect {
        /// The URI.
        field: Field,
        /// Why it cannot be used.
        refused: Option<BadRedirectUri>,
    },
    /// The errors that only the browser shows.
    BrowserErrors {
        /// The selected one of [`BrowserPage::ALL`].
        selected: usize,
    },
    /// Everything that a small screen has no room for.
    More,
    /// The consent URL alone on the normal screen, where it can be selected like any other output.
    Bare,
}

/// Errors that Google shows in the browser only; no callback ever tells of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserPage {
    /// "Error 400: redirect_uri_mismatch".
    RedirectUriMismatch,
    /// "Error 403: access_denied … has not completed the Google verification process": not a test user.
    NotATestUser,
    /// "Google hasn't verified this app".
    Unverified,
    /// "Error 403: org_internal".
    OrgInternal,
    /// "Error 400: admin_policy_enforced".
    AdminPolicy,
    /// "Error 401: deleted_client".
    DeletedClient,
    /// "Error 401: invalid_client".
    InvalidClient,
    /// A passkey is asked for.
    Passkey,
    /// "This app is blocked".
    AppBlocked,
    /// "Error 400: invalid_request".
    InvalidRequest,
    /// "This site can't be reached": the browser sits on another machine, or its proxy swallows 127.0.0.1.
    CannotConnect,
}

impl BrowserPage {
    /// All of them, the most frequent first.
    pub const ALL: [Self; 11] = [
        Self::RedirectUriMismatch,
        Self::NotATestUser,
        Self::Unverified,
        Self::Passkey,
        Self::CannotConnect,
        Self::OrgInternal,
        Self::AdminPolicy,
        Self::DeletedClient,
        Self::InvalidClient,
        Self::AppBlocked,
        Self::InvalidRequest,
    ];
}

impl Screen {
    /// Whether the client is a Web client.
    pub fn is_web(&self) -> bool {
        self.source.client.kind == ClientKind::Web
    }

    /// The attempt that runs.
    pub fn attempt(&self) -> Option<AttemptId> {
        match &self.phase {
            Phase::Preparing(attempt) | Phase::Exchanging(attempt) => Some(*attempt),
            Phase::Waiting(waiting) => Some(waiting.attempt),
            Phase::NoRedirect | Phase::Ended(_) | Phase::Signed(_) => None,
        }
    }

    /// The consent URL of the attempt that waits.
    pub fn consent_url(&self) -> Option<&ConsentUrl> {
        match &self.phase {
            Phase::Waiting(waiting) => Some(&waiting.links.consent),
            Phase::NoRedirect | Phase::Preparing(_) | Phase::Exchanging(_) | Phase::Ended(_) | Phase::Signed(_) => None,
        }
    }

    /// The console page that helps with what ended the attempt, or with a missing redirect.
    pub fn console_page(&self) -> Option<String> {
        match &self.phase {
            Phase::Ended(problem) => problem.console_page(&self.source.client),
            Phase::NoRedirect | Phase::Preparing(_) | Phase::Waiting(_) | Phase::Exchanging(_) | Phase::Signed(_) => {
                self.source.client.console_url()
            }
        }
    }

    /// The page that helps with the browser error that is selected in the list.
    pub fn explained_page(&self) -> Option<String> {
        let Some(Dialog::BrowserErrors { selected }) = &self.dialog else { return None };
        let client = &self.source.client;
        match BrowserPage::ALL.get(*selected)? {
            BrowserPage::RedirectUriMismatch
            | BrowserPage::DeletedClient
            | BrowserPage::InvalidClient
            | BrowserPage::InvalidRequest => client.console_url(),
            BrowserPage::NotATestUser
            | BrowserPage::Unverified
            | BrowserPage::OrgInternal
            | BrowserPage::AppBlocked => client.audience_url(),
            BrowserPage::Passkey => Some("https://g.co/passkeys".to_owned()),
            BrowserPage::AdminPolicy | BrowserPage::CannotConnect => None,
        }
    }
}

impl Limit {
    /// What is left; `None` when there is no limit.
    pub fn left(self, now: Moment) -> Option<Duration> {
        match self {
            Self::None => None,
            Self::Until(end) => Some(end.since(now)),
            Self::Paused(left) => Some(left),
        }
    }
}
