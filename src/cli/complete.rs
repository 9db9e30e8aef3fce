//! `adsauth completions SHELL`: what a shell needs to complete our command line.

use std::io;

use clap_complete::Shell;

use super::arguments;
use crate::problem::Exit;

/// Prints the completions.
pub fn run(shell: Shell) -> Exit {
    clap_complete::generate(shell, &mut arguments::command(), "adsauth", &mut io::stdout());
    Exit::Done
}
