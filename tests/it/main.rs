//! Tests of the program from outside of its modules, one binary for all.

mod binary;
mod lines;
#[path = "../support/terminal.rs"]
mod terminal;
