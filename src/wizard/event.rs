//! What can happen to the wizard, and what it wants done. Neither does anything by itself.

use std::path::PathBuf;
use std::sync::Arc;

use super::account::{CheckId, Checked};
use super::keys::Key;
use super::save::{Offer, Outcome};
use crate::oauth::candidates::Candidate;
use crate::oauth::client::Client;
use crate::oauth::exchange::ExchangeError;
use crate::oauth::login::{Attempt, Progress};
use crate::oauth::secret::Secret;
use crate::ports::{BrowserError, Copied, NotWritten};
use crate::problem::Exit;
use crate::targets::plan::Plan;
use crate::targets::{Credentials, Target};

/// Which attempt an event belongs to. What belongs to an older one is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AttemptId(pub u32);

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
    /// Look again from now on whenever there may be others.
    WatchSources,
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
