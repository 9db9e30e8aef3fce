//! The Save step: where the token goes, what would change there, and what was written. It never touches a file.

use std::path::{Path, PathBuf};

use super::account::{self, Chosen};
use super::field::Field;
use super::keys::Reason;
use super::token::SavedTo;
use crate::customer_id::CustomerId;
use crate::oauth::exchange::ExchangeError;
use crate::oauth::secret::Secret;
use crate::targets::diff::{DiffLine, diff};
use crate::targets::plan::{Change, Plan};
use crate::targets::save::{SaveError, Saved};
use crate::targets::{Credentials, Target};

/// How far PageUp and PageDown scroll.
const SCROLLED: usize = 5;

/// What the Save step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The step before.
    pub account: account::Screen,
    /// What is written.
    pub credentials: Credentials,
    /// The account to work on, if one was chosen.
    pub chosen: Option<Chosen>,
    /// Where it could be written.
    pub offers: Vec<Offer>,
    /// The selected one.
    pub selected: usize,
    /// How many of its lines are scrolled out of sight.
    pub scroll: usize,
    /// How far it is.
    pub phase: Phase,
    /// The box for another path.
    pub path: Option<Field>,
}

/// How far the Save step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The places are being looked at.
    Looking,
    /// The user chooses.
    Choosing,
    /// It is being written.
    Writing,
    /// What came of it.
    Done(Vec<Outcome>),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What could be done.
    pub what: Offered,
    /// Whether it will be done on Enter.
    pub ticked: bool,
    /// Whether the token that is there now still works.
    pub old_token: OldToken,
}

/// What could be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    /// A file.
    File(Box<Plan>),
    /// A file that cannot be looked at.
    Unreachable {
        /// Which format it has.
        target: Target,
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: SaveError,
    },
    /// Lines to copy into something that is not a file of ours.
    Snippet(Snippet, Secret),
}

/// What lines can be copied into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Snippet {
    /// A program that uses `google-ads-api` from npm.
    Node,
    /// The configuration of an MCP client; needs the `authorized_user` file beside it.
    Mcp,
}

/// Whether the token in a file that would be replaced still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OldToken {
    /// There is none, or it is the same.
    None,
    /// It is being tried.
    Trying,
    /// It works.
    Works,
    /// It does not, and this is why.
    Fails(ExchangeError),
}

/// What came of writing one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which format.
    pub target: Target,
    /// Where.
    pub path: PathBuf,
    /// What came of it.
    pub result: Result<Saved, SaveError>,
}

impl Offer {
    /// A row that nobody has ticked.
    pub fn new(what: Offered) -> Self {
        Self { what, ticked: false, old_token: OldToken::None }
    }

    /// What writing would do, if it is a file.
    pub fn plan(&self) -> Option<&Plan> {
        match &self.what {
            Offered::File(plan) => Some(plan),
            Offered::Unreachable { .. } | Offered::Snippet(..) => None,
        }
    }

    fn path(&self) -> Option<&Path> {
        match &self.what {
            Offered::File(plan) => Some(&plan.place.asked),
            Offered::Unreachable { path, .. } => Some(path),
            Offered::Snippet(..) => None,
        }
    }
}

impl Screen {
    /// The step at its start: the places are being looked at.
    pub fn looking(account: account::Screen, login_customer_id: Option<CustomerId>) -> Self {
        let chosen = account.chosen();
        let client = &account.token.sign_in.source.client;
        let credentials = Credentials {
            client_id: client.id.clone(),
            client_secret: client.secret.clone(),
            refresh_token: account.token.card.grant.refresh_token.clone(),
            login_customer_id,
            token_uri: client.endpoints.not_google.is_some().then(|| client.endpoints.token.to_string()),
        };
        Self {
            account,
            credentials,
            chosen,
            offers: Vec::new(),
            selected: 0,
            scroll: 0,
            phase: Phase::Looking,
            path: None,
        }
    }

    /// Takes the places, and ticks exactly one: the file that renewal came from, else the only library file that exists, else Python's.
    pub fn offer(&mut self, offers: Vec<Offer>) {
        self.offers = offers;
        self.phase = Phase::Choosing;
        let preselected = self.preselected();
        for (place, offer) in self.offers.iter_mut().enumerate() {
            offer.ticked = Some(place) == preselected;
        }
        self.selected = preselected.unwrap_or(0);
    }

    fn preselected(&self) -> Option<usize> {
        let renewed = self.account.token.sign_in.source.renewed();
        let find = |wanted: &dyn Fn(&Plan) -> bool| -> Vec<usize> {
            let fits = |offer: &Offer| offer.plan().is_some_and(wanted);
            self.offers.iter().enumerate().filter(|(_, offer)| fits(offer)).map(|(place, _)| place).collect()
        };
        if let Some(path) = renewed {
            let same = find(&|plan| plan.place.asked == path || plan.place.path == path);
            if let Some(place) = same.first() {
                return Some(*place);
            }
        }
        let existing = find(&|plan| plan.target.is_library() && plan.place.existing.is_some());
        match existing.as_slice() {
            [only] => Some(*only),
            _ => find(&|plan| plan.target == Target::Python)
                .first()
                .copied()
                .or_else(|| find(&|_| true).first().copied()),
        }
    }

    /// The selected row.
    pub fn selected_offer(&self) -> Option<&Offer> {
        self.offers.get(self.selected)
    }

    /// The plans that Enter would carry out.
    pub fn ticked(&self) -> Vec<&Plan> {
        self.offers.iter().filter(|offer| offer.ticked).filter_map(Offer::plan).collect()
    }

    /// Why Enter does nothing.
    pub fn cannot_write(&self) -> Option<Reason> {
        let ticked = self.ticked();
        if ticked.is_empty() {
            Some(Reason::NothingTicked)
        } else if ticked.iter().any(|plan| !plan.can_be_written()) {
            Some(Reason::TargetRefused)
        } else {
            ticked.iter().any(|plan| plan.replaces()).then_some(Reason::WouldReplace)
        }
    }

    /// Why `y` does nothing.
    pub fn cannot_replace(&self) -> Option<Reason> {
        match self.cannot_write() {
            Some(Reason::WouldReplace) => None,
            Some(reason) => Some(reason),
            None => Some(Reason::NothingReplaced),
        }
    }

    /// The lines that `c` copies: of a snippet, or those to write by hand into a file that is left alone.
    pub fn lines(&self) -> Option<&Secret> {
        match &self.selected_offer()?.what {
            Offered::Snippet(_, lines) => Some(lines),
            Offered::File(plan) => match &plan.change {
                Change::Refused { lines, .. } => Some(lines),
                Change::Create | Change::Fill | Change::Nothing | Change::Replace(_) => None,
            },
            Offered::Unreachable { .. } => None,
        }
    }

    /// What is shown of the selected row, every secret masked: what would change in its file, or the lines to copy.
    pub fn shown_lines(&self) -> Vec<DiffLine> {
        let secrets = [&self.credentials.client_secret, &self.credentials.refresh_token];
        match (self.lines(), self.selected_offer().and_then(Offer::plan)) {
            (Some(lines), _) => diff(None, lines.expose(), &secrets),
            (None, Some(plan)) => plan.diff.clone(),
            (None, None) => Vec::new(),
        }
    }

    /// What is to be remembered of a file that was written.
    pub fn saved_to(&self, outcome: &Outcome, home: &Path) -> Option<SavedTo> {
        let saved = outcome.result.as_ref().ok()?;
        let plan = self.offers.iter().filter_map(Offer::plan).find(|plan| plan.place.asked == outcome.path);
        Some(SavedTo {
            target: outcome.target,
            path: outcome.path.clone(),
            backup: saved.backup.clone(),
            usual: outcome.target.default_path(home).as_ref() == Some(&outcome.path),
            developer_token: plan.is_some_and(Plan::has_developer_token),
        })
    }

    /// Ticks or unticks the selected row.
    pub fn toggle(&mut self) {
        if let Some(offer) = self.offers.get_mut(self.selected) {
            offer.ticked = matches!(offer.what, Offered::File(_)) && !offer.ticked;
        }
    }

    /// Another path was looked at: it is added, or takes the place of the row with that path, and is the one that is ticked.
    pub fn add(&mut self, offer: Offer) {
        for other in &mut self.offers {
            other.ticked = false;
        }
        let same = self.offers.iter().position(|other| other.path() == offer.path());
        self.selected = same.unwrap_or(self.offers.len());
        let offer = Offer { ticked: matches!(offer.what, Offered::File(_)), ..offer };
        if self.selected < self.offers.len() {
            self.offers[self.selected] = offer;
        } else {
            self.offers.push(offer);
        }
        self.path = None;
        self.scroll = 0;
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).min(self.offers.len().saturating_sub(1));
        self.scroll = 0;
    }

    /// Scrolls through the lines of the selected row.
    pub fn scroll(&mut self, forward: bool) {
        let last = self.shown_lines().len().saturating_sub(1);
        self.scroll = if forward { (self.scroll + SCROLLED).min(last) } else { self.scroll.saturating_sub(SCROLLED) };
    }
}
