//! Tests of the program from outside of its modules, one binary for all.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod canvas;
mod invariants;
mod pictures;
mod printed;
mod rules;
mod scenes;
mod screens;
