//! The wizard as data: what it knows ([`Model`]), what can happen ([`Event`]), what it wants done ([`Effect`]).
//! It is pure: it reads no clock, no file and no socket, and draws nothing.

pub mod account;
pub mod client;
mod event;
mod field;
pub mod keys;
mod options;
pub mod save;
pub mod sign_in;
pub mod token;
mod update;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

pub use event::{AttemptId, Effect, Ending, Event, News, What};
pub use field::Field;
pub use options::{BrowserAt, Options};
pub use update::update;

use crate::oauth::consent::ConsentUrl;
use crate::ports::{BrowserError, Copied};
use crate::problem::{Exit, Problem};
use account::CheckId;
use keys::Reason;
use sign_in::{Dialog, Limit, Phase};

/// For how long key presses are dropped after the screen has changed by itself.
const SETTLING: Duration = Duration::from_millis(400);

/// A point in time, counted from the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Duration);

impl Moment {
    /// This much later.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }

    /// How much time lies between an earlier moment and this one; nothing if it is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// Everything that the wizard knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// How the run was started.
    pub options: Options,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// When the last event happened.
    pub now: Moment,
    /// Where the user is.
    pub step: Step,
    /// What lies over everything.
    pub overlay: Option<Overlay>,
    /// What was just done or refused; until the next key.
    pub notice: Option<Notice>,
    /// Whether the user looks elsewhere, as far as the terminal tells.
    away: bool,
    /// Key presses before this are dropped.
    deaf_until: Moment,
    /// The last attempt's number.
    last_attempt: AttemptId,
    /// The last check's number.
    last_check: CheckId,
    /// The port of this run's Desktop attempts, once one was bound.
    port: Option<u16>,
}

/// The steps. A later one owns what it needs of the earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one step at a time, and no list of them")]
pub enum Step {
    /// Choosing a client source.
    Client(client::Screen),
    /// Signing in.
    SignIn(Box<sign_in::Screen>),
    /// The token.
    Token(Box<token::Screen>),
    /// What the token can reach.
    Account(Box<account::Screen>),
    /// Where the token goes.
    Save(Box<save::Screen>),
}

/// What lies over every step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// All the keys of the moment.
    Help {
        /// Rows scrolled down.
        scroll: u16,
    },
    /// A question that must be answered first.
    Ask(Question),
}

/// Questions that protect a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Quit?
    Quit,
    /// Sign in as someone else, although the token at hand was neither copied nor shown?
    DropToken,
}

/// One line about what was just done or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// That key does nothing now.
    Off(Reason),
    /// Something was copied.
    Copied(What, Copied),
    /// A browser was asked to open a page of the console.
    PageOpened,
    /// No browser could be started.
    NotOpened(BrowserError),
    /// There is no shell to suspend to.
    CannotSuspend,
    /// The consent URL stands in this file.
    UrlWritten(PathBuf),
    /// It could not be written.
    UrlNotWritten,
}

/// The text box that has the keys, shared or not: the way to it is the same.
macro_rules! open_field {
    ($model:ident, $as_ref:ident $(, $mut:ident)?) => {
        match & $($mut)? $model.step {
            _ if $model.overlay.is_some() => None,
            Step::Client(screen) => match & $($mut)? screen.mode {
                client::Mode::List => None,
                client::Mode::Filter(field) | client::Mode::Path(field) => Some(field),
                client::Mode::Typed { id, secret, in_secret, .. } => Some(if *in_secret { secret } else { id }),
            },
            Step::SignIn(screen) => match screen.dialog.$as_ref()? {
                Dialog::Paste { field, .. }
                | Dialog::Hint(field)
                | Dialog::Scopes { field, .. }
                | Dialog::Redirect { field, .. } => Some(field),
                Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare => None,
            },
            Step::Token(_) => None,
            Step::Account(screen) => screen.filter.$as_ref(),
            Step::Save(screen) => screen.path.$as_ref(),
        }
    };
}

impl Model {
    /// The wizard at its start. Look for sources, or read the one that was named.
    pub fn start(options: Options, size: (u16, u16), named: Option<String>) -> (Self, Vec<Effect>) {
        let model = Self {
            port: options.port,
            options,
            size,
            now: Moment::default(),
            step: Step::Client(client::Screen::looking()),
            overlay: None,
            notice: None,
            away: false,
            deaf_until: Moment::default(),
            last_attempt: AttemptId::default(),
            last_check: CheckId::default(),
        };
        let mut effects = vec![Effect::LookForSources];
        effects.extend(named.map(Effect::ReadSource));
        (model, effects)
    }

    /// The text box that has the keys.
    pub fn field(&self) -> Option<&Field> {
        open_field!(self, as_ref)
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        open_field!(self, as_mut, mut)
    }

    /// The token at hand, wherever the user is.
    pub fn card(&self) -> Option<&token::Card> {
        match &self.step {
            Step::Token(screen) => Some(&screen.card),
            Step::Account(screen) => Some(&screen.token.card),
            Step::Save(screen) => Some(&screen.account.token.card),
            Step::SignIn(screen) => {
                signed_card(screen).or_else(|| screen.client.later.as_deref().and_then(signed_card))
            }
            Step::Client(screen) => screen.later.as_deref().and_then(signed_card),
        }
    }

    /// The consent URL, when it is to be shown alone, outside of the full screen.
    pub fn bare_url(&self) -> Option<&ConsentUrl> {
        match (&self.overlay, &self.step) {
            (None, Step::SignIn(screen)) if screen.dialog == Some(Dialog::Bare) => screen.consent_url(),
            (_, Step::Client(_) | Step::SignIn(_) | Step::Token(_) | Step::Account(_) | Step::Save(_)) => None,
        }
    }

    /// The wall clock at this moment.
    pub fn wall_clock(&self) -> SystemTime {
        self.options.started.checked_add(self.now.0).unwrap_or(self.options.started)
    }

    /// The host that is not Google's, when the chosen client names one: every screen says so.
    pub fn not_google(&self) -> Option<&str> {
        let client = match &self.step {
            Step::Client(screen) => {
                let row = screen.selected_row()?;
                return row.verdict.as_ref().ok()?.endpoints.not_google.as_deref();
            }
            Step::SignIn(screen) => &screen.source.client,
            Step::Token(screen) => &screen.sign_in.source.client,
            Step::Account(screen) => &screen.token.sign_in.source.client,
            Step::Save(screen) => &screen.account.token.sign_in.source.client,
        };
        client.endpoints.not_google.as_deref()
    }

    /// When something on the screen changes by time alone; `None` while nothing does, so that waiting costs nothing.
    pub fn next_tick(&self) -> Option<Moment> {
        const MINUTE: Duration = Duration::from_mins(1);
        const SECOND: Duration = Duration::from_secs(1);
        let Step::SignIn(screen) = &self.step else { return None };
        let Phase::Waiting(waiting) = &screen.phase else { return None };
        let countdown = match waiting.limit {
            Limit::Until(end) => {
                let left = end.since(self.now);
                let unit = if left > MINUTE { MINUTE } else { SECOND };
                let whole = unit * u32::try_from(left.as_secs() / unit.as_secs()).unwrap_or(u32::MAX);
                let step = left.checked_sub(whole).filter(|rest| !rest.is_zero()).unwrap_or(unit.min(left));
                Some(self.now.after(step.max(Duration::from_millis(1))))
            }
            Limit::None | Limit::Paused(_) => None,
        };
        countdown.into_iter().chain(waiting.long_from().filter(|long| *long > self.now)).min()
    }

    /// Whether what is shown now is usually over before anybody could read it.
    pub fn is_passing(&self) -> bool {
        matches!(&self.step, Step::SignIn(screen) if matches!(screen.phase, Phase::Exchanging(_)))
    }

    /// What the program ends with if the user quits now.
    pub fn exit(&self) -> Exit {
        if let Some(card) = self.card() {
            return if card.is_live() { Exit::Consent } else { Exit::Done };
        }
        match &self.step {
            Step::SignIn(screen) => match &screen.phase {
                Phase::Ended(problem) => problem.exit(),
                Phase::NoRedirect => Problem::NoLoopbackRedirect.exit(),
                Phase::Preparing(_) | Phase::Waiting(_) | Phase::Exchanging(_) | Phase::Signed(_) => Exit::Consent,
            },
            Step::Client(screen) => match &screen.refused {
                Some(_) => Exit::Source,
                None => Exit::Consent,
            },
            Step::Token(_) | Step::Account(_) | Step::Save(_) => Exit::Consent,
        }
    }
}

fn signed_card(screen: &sign_in::Screen) -> Option<&token::Card> {
    match &screen.phase {
        Phase::Signed(card) => Some(card),
        Phase::NoRedirect | Phase::Preparing(_) | Phase::Waiting(_) | Phase::Exchanging(_) | Phase::Ended(_) => None,
    }
}
