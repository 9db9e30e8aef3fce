//! The Account step: three grades of a check, and the account to work on. It never asks the API; what it says comes in as events.

use std::sync::Arc;

use super::field::Field;
use super::token;
use crate::ads::{Accounts, AdsError, Row, Tree};
use crate::customer_id::CustomerId;
use crate::oauth::exchange::ExchangeError;
use crate::oauth::secret::Secret;
use crate::problem::Problem;

/// How far PageUp and PageDown go.
const PAGE: usize = 10;

/// Which check an event belongs to. What belongs to an older one is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CheckId(pub u32);

/// What the Account step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The step before.
    pub token: token::Screen,
    /// The check that runs, or ran last.
    pub check: CheckId,
    /// The token gives an access token.
    pub refresh: Grade,
    /// Accounts are visible.
    pub accounts: Grade,
    /// One of them can be read.
    pub read: Grade,
    /// What is known of them.
    pub known: Arc<Accounts>,
    /// The rows.
    pub tree: Arc<Tree>,
    /// How many are known so far.
    pub counted: usize,
    /// Whether more may come.
    pub listing: bool,
    /// The selected one of [`Screen::visible`].
    pub selected: Option<usize>,
    /// Whether the user has moved, so that new rows must not move the selection.
    pub moved: bool,
    /// The filter, while it is open.
    pub filter: Option<Field>,
    /// What it looks through, for every row of the tree: lower case, made when the filter opens, since every key asks for all of it.
    searched: Vec<String>,
    /// The rows that it lets through; `None` while that is all of them.
    filtered: Option<Vec<Row>>,
}

/// One of the three grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A grade before it has not been passed yet.
    Waiting,
    /// It is being tried.
    Running,
    /// It works.
    Passed,
    /// It does not, and this is why.
    Failed(Box<Problem>),
    /// It is not tried: nobody may be asked about a token that is not Google's.
    NotAsked,
}

/// What a check found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Grade 1; with the refresh token that took the place of the one that was tried, if the server sent one.
    Refreshed(Result<Option<Secret>, ExchangeError>),
    /// There is no Ads API for a token of this server's.
    NobodyToAsk,
    /// Grade 2; the accounts by their numbers only.
    Accessible(Result<Arc<Accounts>, AdsError>),
    /// So many are known so far.
    Counted(usize),
    /// Everything about them.
    Found {
        /// What is known.
        accounts: Arc<Accounts>,
        /// Its rows.
        tree: Arc<Tree>,
    },
    /// Grade 3.
    Read(Result<(), AdsError>),
}

/// The account to work on, and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The account.
    pub account: CustomerId,
    /// The directly accessible account at the root of the path by which it is reached; itself, when access is direct.
    pub login: CustomerId,
}

impl Screen {
    /// The step at its start: the check has just begun.
    pub fn checking(token: token::Screen, check: CheckId) -> Self {
        Self {
            token,
            check,
            refresh: Grade::Running,
            accounts: Grade::Waiting,
            read: Grade::Waiting,
            known: Arc::default(),
            tree: Arc::default(),
            counted: 0,
            listing: true,
            selected: None,
            moved: false,
            filter: None,
            searched: Vec::new(),
            filtered: None,
        }
    }

    /// Takes what the check found out.
    pub fn learn(&mut self, checked: Checked) {
        match checked {
            Checked::Refreshed(Ok(replacement)) => {
                self.refresh = Grade::Passed;
                self.accounts = Grade::Running;
                if let Some(token) = replacement {
                    self.token.card.replace_token(token);
                }
            }
            Checked::NobodyToAsk => {
                self.accounts = Grade::NotAsked;
                self.read = Grade::NotAsked;
                self.listing = false;
            }
            Checked::Counted(known) => self.counted = known,
            Checked::Refreshed(Err(error)) => {
                self.refresh = Grade::Failed(Box::new(Problem::Refresh(error)));
                self.listing = false;
            }
            Checked::Accessible(Ok(accounts)) => {
                self.accounts = if accounts.roots().is_empty() {
                    Grade::Failed(Box::new(Problem::NoAccounts))
                } else {
                    Grade::Passed
                };
                self.listing = !accounts.roots().is_empty();
                self.read = if self.listing { Grade::Running } else { Grade::Waiting };
                let tree = Arc::new(accounts.tree());
                self.show(accounts, tree);
            }
            Checked::Accessible(Err(error)) => {
                self.accounts = Grade::Failed(Box::new(Problem::Ads(error)));
                self.listing = false;
            }
            Checked::Found { accounts, tree } => {
                self.listing = false;
                self.show(accounts, tree);
            }
            Checked::Read(Ok(())) => self.read = Grade::Passed,
            Checked::Read(Err(error)) => self.read = Grade::Failed(Box::new(Problem::Ads(error))),
        }
    }

    /// New rows; the selection stays on its account once the user has moved.
    fn show(&mut self, accounts: Arc<Accounts>, tree: Arc<Tree>) {
        let before = self.selected_row();
        self.known = accounts;
        self.tree = tree;
        self.searched = self.filter.as_ref().map(|_| self.texts()).unwrap_or_default();
        self.filtered = self.fitting();
        self.selected = if self.moved { self.place_of(before) } else { self.tree.preselected };
    }

    /// Opens or closes the filter; the selection stays on its account.
    pub fn set_filter(&mut self, filter: Option<Field>) {
        let before = self.selected_row();
        self.filter = filter;
        self.searched = self.filter.as_ref().map(|_| self.texts()).unwrap_or_default();
        self.filtered = self.fitting();
        self.selected = self.place_of(before);
    }

    /// The words of the filter have changed: the selection stays on its account, or goes to the first one that is left.
    pub fn refilter(&mut self) {
        let before = self.selected_row();
        self.filtered = self.fitting();
        self.moved |= self.filtered.is_some();
        let first = self.filtered.as_ref().and_then(|rows| (!rows.is_empty()).then_some(0));
        self.selected = self.place_of(before).or(first);
    }

    fn place_of(&self, row: Option<Row>) -> Option<usize> {
        row.and_then(|row| self.visible().iter().position(|other| *other == row))
    }

    /// The rows that the filter lets through.
    pub fn visible(&self) -> &[Row] {
        self.filtered.as_deref().unwrap_or(&self.tree.rows)
    }

    /// An account is looked up by name or number, with or without dashes.
    fn texts(&self) -> Vec<String> {
        let name = |row: &Row| self.known.account(row.id).and_then(|account| account.name.as_deref());
        let text = |row| format!("{} {} {}", name(row).unwrap_or_default().to_lowercase(), row.id, row.id.dashed());
        self.tree.rows.iter().map(text).collect()
    }

    fn fitting(&self) -> Option<Vec<Row>> {
        let words: Vec<String> = self.filter.as_ref()?.text().split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            return None;
        }
        let fits = |text: &str| words.iter().all(|word| text.contains(word));
        Some(self.tree.rows.iter().zip(&self.searched).filter(|(_, text)| fits(text)).map(|(row, _)| *row).collect())
    }

    /// The selected row.
    pub fn selected_row(&self) -> Option<Row> {
        self.visible().get(self.selected?).copied()
    }

    /// The account to work on, if one is selected.
    pub fn chosen(&self) -> Option<Chosen> {
        let row = self.selected_row()?;
        Some(Chosen { account: row.id, login: self.known.login_customer_id_for(&row) })
    }

    /// The `login_customer_id` that follows: of the chosen account, or of the one account by which all others are reached.
    pub fn login_customer_id(&self) -> Option<CustomerId> {
        match (self.chosen(), self.known.roots()) {
            (Some(chosen), _) => Some(chosen.login),
            (None, [only]) => Some(*only),
            (None, _) => None,
        }
    }

    /// What stands in the way, the first grade first.
    pub fn problem(&self) -> Option<&Problem> {
        [&self.refresh, &self.accounts, &self.read].into_iter().find_map(|grade| match grade {
            Grade::Failed(problem) => Some(problem.as_ref()),
            Grade::Waiting | Grade::Running | Grade::Passed | Grade::NotAsked => None,
        })
    }

    /// The page of the console that helps with it.
    pub fn console_page(&self) -> Option<String> {
        let client = &self.token.sign_in.source.client;
        self.problem()?.console_page(client)
    }

    /// Whether signing in as someone else is what helps.
    pub fn wants_someone_else(&self) -> bool {
        self.problem().is_some_and(Problem::wants_someone_else)
    }

    /// Moves the selection by rows; the first move selects the first row.
    pub fn step(&mut self, by: isize) {
        let last = self.visible().len().checked_sub(1);
        self.moved = true;
        self.selected = last.map(|last| match self.selected {
            None => 0,
            Some(selected) => selected.saturating_add_signed(by).min(last),
        });
    }

    /// Moves by a page.
    pub fn page(&mut self, forward: bool) {
        let page = isize::try_from(PAGE).unwrap_or(1);
        self.step(if forward { page } else { -page });
    }

    /// To the first or the last row.
    pub fn end(&mut self, last: bool) {
        self.moved = true;
        let rows = self.visible().len();
        self.selected = rows.checked_sub(1).map(|end| if last { end } else { 0 });
    }
}
