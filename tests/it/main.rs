//! Tests of the program from outside of its modules, one binary for all.

#![expect(clippy::disallowed_methods, reason = "tests stand outside of the rooms")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod binary;
#[path = "../support/canvas.rs"]
mod canvas;
mod counts;
mod invariants;
mod korean;
mod lines;
mod model;
mod pictures;
mod printed;
mod readme;
mod rules;
#[path = "../support/scenes/mod.rs"]
mod scenes;
mod screens;
mod security;
mod steps;
#[path = "../support/terminal.rs"]
mod terminal;
#[path = "../support/walk.rs"]
mod walk;
mod words;
