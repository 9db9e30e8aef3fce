//! What writing these credentials into this place would do, before anything is written. It never writes.

use super::diff::{DiffLine, diff};
use super::save::{Existing, Place, SaveWarning, Surroundings, warnings};
use super::settings::written;
use super::{Credentials, Held, Refused, Target};
use crate::oauth::endpoints::{Endpoints, is_google_token_endpoint};
use crate::oauth::secret::Secret;

/// One place and what would become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which format.
    pub target: Target,
    /// Where, and what is there now.
    pub place: Place,
    /// What would happen.
    pub change: Change,
    /// Line by line, with every secret masked.
    pub diff: Vec<DiffLine>,
    /// What else should be known before.
    pub warnings: Vec<SaveWarning>,
    /// The new text.
    text: Secret,
}

/// What writing would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// There is no file yet.
    Create,
    /// The keys are empty, or hold a part of what is written.
    Fill,
    /// Everything is in it already.
    Nothing,
    /// It holds another token or another client, which would be gone.
    Replace(Box<Held>),
    /// It is left alone; these lines can be written by hand.
    Refused {
        /// Why.
        why: Refused,
        /// The lines.
        lines: Secret,
    },
}

impl Plan {
    /// Works out what writing these credentials would do.
    pub fn new(target: Target, place: Place, credentials: &Credentials, around: &Surroundings) -> Self {
        let old = place.existing.as_ref().map(Existing::text);
        // A file that somebody has only touched holds nothing yet, even where its format does not allow that.
        let read =
            old.map(|text| if written(old).is_none() { Ok(Held::default()) } else { target.read(text) }).transpose();
        let allowed = if is_misplaced(&place, credentials, around) { Err(Refused::Practice) } else { Ok(()) };
        let merged = allowed.and(read).and_then(|held| Ok((held, target.merge(old, credentials)?)));
        let (change, text) = match merged {
            Ok((held, text)) => (change(old, held, &text, credentials), Secret::new(text)),
            Err(why) => {
                let lines = Secret::new(target.lines(credentials));
                (Change::Refused { why, lines }, Secret::new(String::new()))
            }
        };
        let secrets = [&credentials.client_secret, &credentials.refresh_token];
        let diff = match &change {
            Change::Refused { .. } => Vec::new(),
            Change::Create | Change::Fill | Change::Nothing | Change::Replace(_) => diff(old, text.expose(), &secrets),
        };
        let warnings = warnings(&place, target, around);
        Self { target, place, change, diff, warnings, text }
    }

    /// The new text, for `save::write` and for a dry run that was asked to show it.
    pub fn text(&self) -> &str {
        self.text.expose()
    }

    /// Whether the new text holds a developer token.
    pub fn has_developer_token(&self) -> bool {
        self.target.read(self.text()).is_ok_and(|held| held.developer_token.is_some())
    }

    /// Whether writing would put something else in the place of a token or client that is there.
    pub fn replaces(&self) -> bool {
        matches!(self.change, Change::Replace(_))
    }

    /// Whether the token that is there is of this server: only then may it be sent to it.
    pub fn holds_token_of(&self, endpoints: &Endpoints) -> bool {
        let named = self.place.existing.as_ref().and_then(|existing| self.target.token_uri(existing.text()));
        match (&endpoints.not_google, named) {
            (None, named) => named.as_deref().is_none_or(is_google_token_endpoint),
            (Some(_), named) => named.as_deref() == Some(endpoints.token.as_str()),
        }
    }

    /// Whether the file is as it should be, so that writing it again would do nothing: it holds everything, for its owner only.
    pub fn is_done(&self) -> bool {
        self.change == Change::Nothing && !self.warnings.contains(&SaveWarning::OthersCouldRead)
    }

    /// Whether there is anything that can be written.
    pub fn can_be_written(&self) -> bool {
        !matches!(self.change, Change::Refused { .. })
    }
}

/// A practice token works nowhere; in a file that a program reads it would only be an error to be found later.
fn is_misplaced(place: &Place, credentials: &Credentials, around: &Surroundings) -> bool {
    let is_practice = credentials.refresh_token.expose().starts_with("practice-");
    let is_inside = around.practice.as_ref().is_some_and(|directory| place.path.starts_with(directory));
    is_practice && !is_inside
}

fn change(old: Option<&str>, held: Option<Held>, new: &str, credentials: &Credentials) -> Change {
    let (Some(old), Some(held)) = (old, held) else { return Change::Create };
    if old == new {
        return Change::Nothing;
    }
    let other_client = held.client_id.as_ref().is_some_and(|id| *id != credentials.client_id);
    let other_token = held.refresh_token.as_ref().is_some_and(|token| *token != credentials.refresh_token);
    if other_client || other_token { Change::Replace(Box::new(held)) } else { Change::Fill }
}
