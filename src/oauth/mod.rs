//! The authorization code flow of a native application (RFC 8252) against Google: client files, consent URL, loopback callback,
//! code exchange. It knows no terminal and can be used as a library.

pub mod callback;
pub mod candidates;
pub mod client;
pub mod client_file;
#[cfg(test)]
mod conformance_tests;
pub mod consent;
pub mod endpoints;
pub mod exchange;
pub mod grant;
pub mod http;
pub mod listener;
pub mod login;
pub mod redirect;
pub mod refresh;
pub mod scope;
pub mod secret;
pub mod token_answer;
pub mod token_endpoint;

use secret::Secret;

/// 30 random bits as six characters that are easy to type: one case, no look-alikes.
fn start_code() -> Secret {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
    let bits = getrandom::u32().expect("the operating system has random numbers");
    Secret::new((0..6).map(|place| char::from(ALPHABET[(bits >> (5 * place)) as usize & 31])).collect())
}
