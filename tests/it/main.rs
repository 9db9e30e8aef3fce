//! Tests of the program from outside of its modules, one binary for all.

mod binary;
mod canvas;
mod invariants;
mod lines;
mod pictures;
mod printed;
mod readme;
mod rules;
mod scenes;
mod screens;
#[path = "../support/terminal.rs"]
mod terminal;
