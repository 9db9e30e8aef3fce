//! The wizard as data: what it knows ([`Model`]), what can happen ([`Event`]), what it wants done ([`Effect`]).
//! It is pure: it reads no clock, no file and no socket, and draws nothing.

pub mod account;
pub mod client;
mod field;
pub mod keys;
pub mod save;
pub mod sign_in;
pub mod token;
mod update;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use field::Field;
pub use update::update;

use crate::oauth::candidates::Candidate;
use crate::oauth::client::Client;
use crate::oauth::consent::{ConsentUrl, Wish};
use crate::oauth::endpoints::Trust;
use crate::oauth::exchange::ExchangeError;
use crate::oauth::login::{Attempt, Progress};
use crate::oauth::redirect::RedirectUri;
use crate::oauth::secret::Secret;
use crate::ports::{BrowserError, Copied, NotWritten};
use crate::problem::{Exit, Problem};
use crate::targets::plan::Plan;
use crate::targets::{Credentials, Target};
use account::{CheckId, Checked};
use keys::{Key, Reason};
use save::{Offer, Outcome};
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

/// Which attempt an event belongs to. What belongs to an older one is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AttemptId(pub u32);

/// How the run was started; does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long an attempt waits; `None` for ever.
    pub timeout: Option<Duration>,
    /// What to ask for.
    pub wish: Wish,
    /// `--port`.
    pub port: Option<u16>,
    /// `--redirect-uri`.
    pub redirect: Option<RedirectUri>,
    /// Which endpoints are accepted.
    pub trust: Trust,
    /// Whether a browser can be started from here.
    pub browser_here: bool,
    /// The practice run: every screen says so.
    pub practice: bool,
    /// The home directory, shown as `~`.
    pub home: PathBuf,
    /// Where the user's browser is.
    pub browser_at: BrowserAt,
    /// The wall clock at [`Moment::default`], for the ages of files.
    pub started: SystemTime,
}

/// Where the user's browser is, seen from this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BrowserAt {
    /// Right here.
    #[default]
    Here,
    /// On another machine, at the other end of an SSH connection.
    Ssh {
        /// `USER@ADDRESS` as far as it is known.
        login: Option<String>,
        /// The server's port, if it is not 22.
        port: Option<u16>,
    },
    /// In Windows, while this is WSL.
    Windows,
    /// Outside of this container, which passes no loopback port on.
    OutsideContainer,
    /// On another machine, with an editor that passes loopback ports on by itself.
    Forwarded,
}

impl BrowserAt {
    /// Whether an address on this machine's loopback can be opened there as it is.
    pub fn reaches_us(&self) -> bool {
        match self {
            Self::Here | Self::Windows | Self::Forwarded => true,
            Self::Ssh { .. } | Self::OutsideContainer => false,
        }
    }

    /// Whether only an SSH connection leads there.
    pub fn is_over_ssh(&self) -> bool {
        match self {
            Self::Ssh { .. } => true,
            Self::Here | Self::Windows | Self::OutsideContainer | Self::Forwarded => false,
        }
    }

    /// The command, to be run there, that makes this port reachable.
    pub fn tunnel(&self, port: u16) -> Option<String> {
        let Self::Ssh { login, port: server } = self else { return None };
        let server = server.map_or_else(String::new, |server| format!("-p {server} "));
        let login = login.as_deref().unwrap_or("USER@ADDRESS");
        Some(format!("ssh -N -L {port}:127.0.0.1:{port} {server}{login}"))
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

/// What was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The refresh token.
    Token,
    /// The consent URL.
    ConsentUrl,
    /// The address of a page.
    Page,
    /// Lines for a file or a program.
    Lines,
    /// The command that makes this machine's port reachable.
    Tunnel,
}

/// News for somebody who looks elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The token is here.
    TokenArrived,
    /// The attempt has ended without one.
    AttemptEnded,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Pressed(Key),
    /// Text was pasted.
    Pasted(Secret),
    /// The terminal has this many columns and rows now.
    Resized(u16, u16),
    /// Time went by.
    Ticked,
    /// The looking brought these rows so far.
    SourcesFound {
        /// All rows, in order.
        rows: Vec<Candidate>,
        /// Whether the looking is over.
        finished: bool,
    },
    /// The source that the user named was read.
    SourceRead(Candidate),
    /// The attempt went on.
    Progressed(AttemptId, Progress),
    /// A browser was started, or not.
    BrowserTried {
        /// Whether it was for the consent screen or for another page.
        consent: bool,
        /// What came of it.
        outcome: Result<(), BrowserError>,
    },
    /// Something was copied.
    CopyTried(What, Copied),
    /// A check found something out.
    Checked(CheckId, Checked),
    /// The places where the token could be written were looked at.
    TargetsSeen(Vec<Offer>),
    /// Another place that the user named was looked at.
    TargetSeen(Box<Offer>),
    /// The token in a file that would be replaced was tried.
    OldTokenTried(PathBuf, Result<(), ExchangeError>),
    /// Files were written, or not.
    Saved(Vec<Outcome>),
    /// Ctrl-Z was pressed where no shell could take over.
    SuspendRefused,
    /// The terminal's window got the user's attention, or lost it.
    Focused(bool),
    /// The consent URL was written to a file, or not.
    UrlWritten(AttemptId, Result<PathBuf, NotWritten>),
}

/// Something to be done. `runtime` does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Look for client sources (again).
    LookForSources,
    /// Read this path, as the user wrote it.
    ReadSource(String),
    /// Build the HTTP client, start an attempt.
    BeginAttempt(AttemptId, Box<Attempt>),
    /// End it and close its port.
    EndAttempt(AttemptId),
    /// Hand it what the user pasted.
    SubmitPasted(AttemptId, Secret),
    /// Open the start link in the user's browser.
    OpenConsent(String),
    /// Open a page in the user's browser.
    OpenPage(String),
    /// Copy.
    Copy(What, Secret),
    /// Write the attempt's consent URL to a file that goes with the attempt.
    WriteUrl(AttemptId, Secret),
    /// Make the terminal tell somebody who looks elsewhere.
    Ring(News),
    /// Find out what the token can reach.
    Check(CheckId, Arc<Client>, Secret),
    /// End that.
    EndCheck(CheckId),
    /// Look at the places where the token could be written; among them the file that is renewed.
    LookAtTargets(Arc<Client>, Box<Credentials>, Option<PathBuf>),
    /// Look at this place, as the user wrote it.
    LookAtTarget(Target, String, Box<Credentials>),
    /// Find out whether the token in this file still works.
    TryOldToken(PathBuf, Arc<Client>, Secret),
    /// Write these files.
    Save(Vec<Plan>),
    /// Stop until the shell continues us.
    Suspend,
    /// Leave the screen and end.
    Quit(Ending),
}

/// How the wizard ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The program ends with this code.
    Exit(Exit),
    /// The practice run is wanted.
    Practice,
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
        if self.overlay.is_some() {
            return None;
        }
        match &self.step {
            Step::Client(screen) => match &screen.mode {
                client::Mode::List => None,
                client::Mode::Filter(field) | client::Mode::Path(field) => Some(field),
                client::Mode::Typed { id, secret, in_secret, .. } => Some(if *in_secret { secret } else { id }),
            },
            Step::SignIn(screen) => match screen.dialog.as_ref()? {
                Dialog::Paste { field, .. }
                | Dialog::Hint(field)
                | Dialog::Scopes { field, .. }
                | Dialog::Redirect { field, .. } => Some(field),
                Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare => None,
            },
            Step::Token(_) => None,
            Step::Account(screen) => screen.filter.as_ref(),
            Step::Save(screen) => screen.path.as_ref(),
        }
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        if self.overlay.is_some() {
            return None;
        }
        match &mut self.step {
            Step::Client(screen) => match &mut screen.mode {
                client::Mode::List => None,
                client::Mode::Filter(field) | client::Mode::Path(field) => Some(field),
                client::Mode::Typed { id, secret, in_secret, .. } => Some(if *in_secret { secret } else { id }),
            },
            Step::SignIn(screen) => match screen.dialog.as_mut()? {
                Dialog::Paste { field, .. }
                | Dialog::Hint(field)
                | Dialog::Scopes { field, .. }
                | Dialog::Redirect { field, .. } => Some(field),
                Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare => None,
            },
            Step::Token(_) => None,
            Step::Account(screen) => screen.filter.as_mut(),
            Step::Save(screen) => screen.path.as_mut(),
        }
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
        match &screen.phase {
            Phase::Waiting(waiting) => match waiting.limit {
                Limit::Until(end) => {
                    let left = end.since(self.now);
                    let unit = if left > MINUTE { MINUTE } else { SECOND };
                    let whole = unit * u32::try_from(left.as_secs() / unit.as_secs()).unwrap_or(u32::MAX);
                    let step = left.checked_sub(whole).filter(|rest| !rest.is_zero()).unwrap_or(unit.min(left));
                    Some(self.now.after(step.max(Duration::from_millis(1))))
                }
                Limit::None | Limit::Paused(_) => None,
            },
            Phase::NoRedirect | Phase::Preparing(_) | Phase::Exchanging(_) | Phase::Ended(_) | Phase::Signed(_) => None,
        }
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
