//! The way through the accounts, manager by manager, from those that are directly accessible. It never asks about a
//! manager twice, and always ends.

use std::collections::{HashSet, VecDeque};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::account::Account;
use super::api::Api;
use super::error::AdsError;
use super::tree::Accounts;
use crate::customer_id::CustomerId;
use crate::oauth::secret::Secret;

/// How many accounts are listed.
pub(super) const ACCOUNTS_MAX: usize = 20_000;
/// How many requests are made. Each costs one of the operations that a project has for a day, which are 2,880 at Explorer level.
pub(super) const REQUESTS_MAX: usize = 500;
/// How many of them at a time.
const AT_ONCE: usize = 4;

const QUERY: &str = "SELECT customer_client.id, customer_client.level, customer_client.descriptive_name, \
    customer_client.currency_code, customer_client.time_zone, customer_client.manager, customer_client.status, \
    customer_client.test_account, customer_client.hidden FROM customer_client WHERE customer_client.level <= 1";

/// What one request brought: some accounts may have arrived before it failed.
struct Seen {
    /// The account that was asked about.
    seed: CustomerId,
    /// The directly accessible account by which it is reached.
    root: CustomerId,
    found: Vec<Account>,
    outcome: Result<(), AdsError>,
}

impl Api {
    /// Everything that is reached from the directly accessible accounts. `told` hears how many accounts are known whenever more
    /// have arrived. Dropping the future ends it.
    ///
    /// It does not fail: what goes wrong is kept at the account where it did, and the others go on, unless it would go wrong
    /// everywhere.
    pub async fn account_tree(&self, access: &Secret, roots: &[CustomerId], mut told: impl FnMut(usize)) -> Accounts {
        let mut accounts = Accounts::of(roots);
        let mut asked: HashSet<_> = accounts.roots().iter().copied().collect();
        let mut waiting: VecDeque<_> = accounts.roots().iter().map(|&root| (root, root)).collect();
        let mut under_way = FuturesUnordered::new();
        let mut requests = 0;
        loop {
            while under_way.len() < AT_ONCE
                && requests < REQUESTS_MAX
                && let Some((seed, root)) = waiting.pop_front()
            {
                requests += 1;
                under_way.push(self.below(access, seed, root));
            }
            let Some(Seen { seed, root, found, outcome }) = under_way.next().await else { break };
            for account in found {
                if accounts.len() >= ACCOUNTS_MAX && accounts.account(account.id).is_none() {
                    accounts.cut = true;
                    return accounts;
                }
                let goes_on = account.id != seed && account.manager && account.status.is_open();
                if goes_on && asked.insert(account.id) {
                    waiting.push_back((account.id, root));
                }
                accounts.add(account, seed);
            }
            if let Err(error) = outcome {
                if error.concerns_every_account() {
                    waiting.drain(..).for_each(|(seed, _)| accounts.fail(seed, error.clone()));
                }
                accounts.fail(seed, error);
            }
            told(accounts.len());
        }
        accounts.cut = !waiting.is_empty();
        accounts
    }

    /// The account itself and those right below it.
    async fn below(&self, access: &Secret, seed: CustomerId, root: CustomerId) -> Seen {
        let mut found = Vec::new();
        let take = |row: super::answer::Found| {
            let client = row.customer_client.ok_or(AdsError::Malformed("customerClient"))?;
            if client.is_near() {
                found.push(client.account()?);
            }
            Ok(found.len() <= ACCOUNTS_MAX)
        };
        let outcome = self.search(access, seed, root, QUERY, take).await;
        Seen { seed, root, found, outcome }
    }
}
