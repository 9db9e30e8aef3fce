//! The Token step: the refresh token with its health card. It never shows the token unless asked to.

use std::path::PathBuf;

use super::sign_in;
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::secret::Secret;
use crate::ports::Copied;
use crate::targets::Target;

/// What the Token step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The step before; its phase is not used while this one is shown.
    pub sign_in: sign_in::Screen,
    /// The token.
    pub card: Card,
}

/// A token and what has been done with it. It outlives the screen: going back keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What was granted.
    pub grant: Grant,
    /// Whether the token is shown in full.
    pub revealed: bool,
    /// Whether it has been shown at least once.
    pub was_revealed: bool,
    /// How it was copied last.
    pub copied: Option<Copied>,
    /// The files that it stands in.
    pub saved_to: Vec<SavedTo>,
}

/// A file that a token was written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedTo {
    /// Which format.
    pub target: Target,
    /// The path that was asked for.
    pub path: PathBuf,
    /// What holds the old text, and so live secrets.
    pub backup: Option<PathBuf>,
    /// Whether the library looks there by itself.
    pub usual: bool,
    /// Whether it holds a developer token, on which older releases of some libraries insist.
    pub developer_token: bool,
}

impl Card {
    /// A token that has just arrived.
    pub fn new(grant: Grant) -> Self {
        Self { grant, revealed: false, was_revealed: false, copied: None, saved_to: Vec::new() }
    }

    /// Another token has taken the place of this one: what was done with the old one does not count any more.
    pub fn replace_token(&mut self, token: Secret) {
        self.grant.refresh_token = token;
        self.copied = None;
        self.was_revealed = self.revealed;
        self.saved_to.clear();
    }

    /// Whether quitting now would lose the token: it was never copied, shown or saved.
    pub fn is_live(&self) -> bool {
        let copied = match self.copied {
            None | Some(Copied::CommandFailed) => false,
            Some(Copied::Confirmed(_) | Copied::Handed(_) | Copied::AskTerminal) => true,
        };
        !copied && !self.was_revealed && self.saved_to.is_empty()
    }
}

impl Screen {
    /// The console page where an app in Testing is published, when that is why this token dies.
    pub fn audience_page(&self) -> Option<String> {
        let dies = self.card.grant.warnings().iter().any(|warning| matches!(warning, Warning::DiesInTesting(_)));
        if dies { self.sign_in.source.client.audience_url() } else { None }
    }
}
