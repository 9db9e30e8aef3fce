//! What a token can reach in the Google Ads API: which accounts, how they hang together, and whether one can really be read.
//! It never changes anything there, and never judges a token by the state of an account.

mod account;
mod answer;
mod api;
mod code;
mod error;
mod tree;
mod walk;

pub use account::{Account, Status};
pub use api::Api;
pub use code::{About, AdsCode};
pub use error::AdsError;
pub use tree::{Accounts, Row, Tree};

#[cfg(test)]
mod tests;
