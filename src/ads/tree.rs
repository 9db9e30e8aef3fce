//! The accounts that a token reaches, as a graph and as the rows of a screen. It never asks anybody, and never offers a
//! `login_customer_id` that does not lead to its account.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::account::{Account, Status};
use super::error::AdsError;
use crate::customer_id::CustomerId;

/// How many rows a tree has. An account stands once below every root that leads to it, so there can be many more rows than accounts.
pub(super) const ROWS_MAX: usize = 50_000;

/// What is known about the accounts so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    roots: Vec<CustomerId>,
    known: HashMap<CustomerId, Account>,
    clients: HashMap<CustomerId, BTreeSet<CustomerId>>,
    failed: HashMap<CustomerId, AdsError>,
    /// Whether there were more than are listed.
    pub cut: bool,
}

/// The accounts in the order of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Each root, followed by what is below it.
    pub rows: Vec<Row>,
    /// The row that is chosen before the user has chosen: see [`Accounts::tree`].
    pub preselected: Option<usize>,
    /// Whether there is more than the rows.
    pub cut: bool,
}

/// One account at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Which account.
    pub id: CustomerId,
    /// The directly accessible account from which it was reached; itself at depth 0.
    pub root: CustomerId,
    /// How many steps below the root.
    pub depth: usize,
}

impl Accounts {
    /// Only the numbers of the directly accessible accounts, each once.
    pub fn of(roots: &[CustomerId]) -> Self {
        let mut seen = HashSet::new();
        let roots = roots.iter().copied().filter(|&root| seen.insert(root)).collect();
        Self { roots, ..Self::default() }
    }

    /// Notes an account that `seed` has told about: itself, or one that it manages.
    pub fn add(&mut self, account: Account, seed: CustomerId) {
        if account.id != seed {
            self.clients.entry(seed).or_default().insert(account.id);
        }
        self.known.insert(account.id, account);
    }

    /// Notes why nothing, or not everything, could be learned from an account.
    pub fn fail(&mut self, id: CustomerId, error: AdsError) {
        self.failed.insert(id, error);
    }

    /// The directly accessible accounts, in the server's order.
    pub fn roots(&self) -> &[CustomerId] {
        &self.roots
    }

    /// An account's description; there is none where only the number is known.
    pub fn account(&self, id: CustomerId) -> Option<&Account> {
        self.known.get(&id)
    }

    /// What went wrong at an account.
    pub fn error(&self, id: CustomerId) -> Option<&AdsError> {
        self.failed.get(&id)
    }

    /// How many accounts have a description.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no account has one.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The `login_customer_id` with which the account of a row is used: itself when it is directly accessible, or else the root of
    /// the path by which it was reached.
    pub fn login_customer_id_for(&self, row: &Row) -> CustomerId {
        if self.roots.contains(&row.id) { row.id } else { row.root }
    }

    /// The rows of the screen: usable accounts before closed ones, then by name, then by number.
    ///
    /// An account that several managers share stands once below each root, at its shortest distance. Preselected is the one account
    /// that can be meant: with one root that is no manager, or manages nobody, the root; with one that manages a single usable
    /// client, that client. A manager is never preselected over a client, and of several roots or clients, none is.
    pub fn tree(&self) -> Tree {
        let mut rows = Vec::new();
        for root in self.in_order(self.roots.iter().copied()) {
            self.put_below(root, &mut rows);
            if rows.len() > ROWS_MAX {
                break;
            }
        }
        let cut = self.cut || rows.len() > ROWS_MAX;
        rows.truncate(ROWS_MAX);
        Tree { preselected: self.preselected(&rows), rows, cut }
    }

    /// The account by which to find out whether a real read works, and the `login_customer_id` for it: a client that is enabled, or
    /// else a manager that is, or else one of which only the number is known.
    pub fn to_read(&self) -> Option<(CustomerId, CustomerId)> {
        let fitness = |row: &&Row| match self.account(row.id) {
            Some(account) if account.status != Status::Enabled => 0,
            Some(account) if account.manager => 3,
            Some(_) => 4,
            None if self.error(row.id).is_some() => 1,
            None => 2,
        };
        let tree = self.tree();
        let row = tree.rows.iter().min_by_key(|row| Reverse(fitness(row)))?;
        Some((row.id, self.login_customer_id_for(row)))
    }

    fn preselected(&self, rows: &[Row]) -> Option<usize> {
        let [_root] = self.roots[..] else { return None };
        let usable_client = |row: &Row| {
            self.account(row.id).is_some_and(|account| !account.manager && !account.hidden && account.status.is_open())
        };
        let mut clients = (1..rows.len()).filter(|&place| usable_client(&rows[place]));
        match (clients.next(), clients.next()) {
            (None, _) => Some(0),
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => None,
        }
    }

    /// Appends the root and everything below it, each account once.
    fn put_below(&self, root: CustomerId, rows: &mut Vec<Row>) {
        let mut seen = HashSet::from([root]);
        let mut nearest: HashMap<CustomerId, Vec<CustomerId>> = HashMap::new();
        let mut queue = VecDeque::from([root]);
        while let Some(manager) = queue.pop_front() {
            let clients = self.clients.get(&manager).into_iter().flatten().copied();
            let new: Vec<_> = self.in_order(clients).into_iter().filter(|&client| seen.insert(client)).collect();
            queue.extend(&new);
            nearest.insert(manager, new);
        }
        let mut stack = vec![Row { id: root, root, depth: 0 }];
        while let Some(row) = stack.pop() {
            rows.push(row);
            let clients = nearest.get(&row.id).into_iter().flatten().rev();
            stack.extend(clients.map(|&id| Row { id, root, depth: row.depth + 1 }));
        }
    }

    fn in_order(&self, ids: impl Iterator<Item = CustomerId>) -> Vec<CustomerId> {
        let mut ids: Vec<_> = ids.collect();
        ids.sort_by_cached_key(|&id| {
            let account = self.account(id);
            let closed = account.is_some_and(|account| !account.status.is_open());
            let name = account.and_then(|account| account.name.as_deref()).map(str::to_lowercase);
            (closed, name.is_none(), name, id)
        });
        ids
    }
}

#[cfg(test)]
mod tests;
