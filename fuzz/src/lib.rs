//! What must hold whatever the input: one module for each kind of text that comes from outside. The targets only call them.
//! Nothing here is part of the program, and the program knows nothing of it.

pub mod client_file;
mod gate;
pub mod keys;
pub mod merge;
mod others;
pub mod query;
pub mod request;
pub mod sanitize;
pub mod token_answer;
