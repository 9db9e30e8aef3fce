//! `adsauth completions SHELL`: what a shell needs to complete our command line.

use clap_complete::Shell;

use super::arguments;
use super::machine::{Context, print};
use crate::problem::Exit;

/// Prints the completions.
pub fn run(context: &Context, shell: Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(context.text), "adsauth", &mut script);
    if print(&String::from_utf8_lossy(&script)) { Exit::Done } else { Exit::Write }
}
