//! Tests of the program from outside of its modules, one binary for all.

mod canvas;
mod invariants;
mod pictures;
mod rules;
mod scenes;
mod screens;
