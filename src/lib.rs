//! Everything of the program but its composition: see `ARCHITECTURE.md` for the rooms and who may name whom.

pub mod adapters;
pub mod ads;
pub mod cli;
pub mod customer_id;
pub mod oauth;
pub mod ports;
pub mod practice;
pub mod problem;
#[cfg(test)]
mod raw_server;
pub mod runtime;
pub mod sanitize;
pub mod sources;
pub mod targets;
pub mod terminal;
pub mod text;
pub mod view;
pub mod wizard;
