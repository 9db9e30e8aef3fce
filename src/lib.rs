//! Everything of the program but its composition: see `ARCHITECTURE.md` for the rooms and who may name whom.

pub mod oauth;
pub mod ports;
pub mod practice;
pub mod sanitize;
