//! The figures of a release: what it withstands, counted on the release binary by one command.
//!
//! `tests/figures/run` builds what is measured, runs all parts and prints one table; `--write` puts it into SECURITY.md.
//! A figure that misses its goal makes the command fail. Nothing here is part of `cargo test`.
#![expect(clippy::print_stderr, clippy::print_stdout, reason = "it prints a table, and how far it has come")]
#![expect(clippy::disallowed_methods, reason = "it says how long each part took")]

mod canary;
#[path = "../support/canvas.rs"]
mod canvas;
mod certificates;
mod client_files;
mod consent_server;
mod exposure;
mod fault_server;
mod figure;
mod flood;
#[path = "../support/harm.rs"]
mod harm;
mod hostile_clients;
mod island;
mod judging;
mod listener;
mod outside_text;
mod pane;
mod process;
mod processes;
mod random;
mod save;
#[path = "../support/scenes/mod.rs"]
mod scenes;
mod secrets;
mod sign_in;
mod table;
#[path = "../support/terminal.rs"]
mod terminal;
mod terminal_left;
mod token_endpoint;
mod user;
#[path = "../support/walk.rs"]
mod walk;
mod wizard;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use figure::{Effort, Figure};

/// One subject, measured together since its figures share what they stand on.
struct Part {
    name: &'static str,
    measure: fn(Effort) -> Vec<Figure>,
}

/// In the order of the table.
const PARTS: &[Part] = &[
    Part { name: "listener", measure: listener::measure },
    Part { name: "flood", measure: flood::measure },
    Part { name: "judging", measure: judging::measure },
    Part { name: "exposure", measure: exposure::measure },
    Part { name: "hostile_clients", measure: hostile_clients::measure },
    Part { name: "token_endpoint", measure: token_endpoint::measure },
    Part { name: "save", measure: save::measure },
    Part { name: "secrets", measure: secrets::measure },
    Part { name: "process", measure: process::measure },
    Part { name: "terminal", measure: terminal_left::measure },
    Part { name: "outside_text", measure: outside_text::measure },
    Part { name: "client_files", measure: client_files::measure },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [terminal_left::panics::ARGUMENT, panic] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return terminal_left::panics::run(panic);
    }
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let effort = if has("--short") { Effort::Short } else { Effort::Full };
    let wanted: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    if let Some(unknown) = wanted.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        eprintln!("figures: there is no part {unknown}; there are {}", names.join(", "));
        return ExitCode::from(2);
    }

    let mut figures = Vec::new();
    for part in PARTS.iter().filter(|part| wanted.is_empty() || wanted.contains(&part.name)) {
        let begun = Instant::now();
        eprintln!("figures: {} …", part.name);
        let measured = catch_unwind(AssertUnwindSafe(|| (part.measure)(effort)))
            .unwrap_or_else(|_| vec![Figure::short_of_its_goal(part.name, "to be measured", "the measuring panicked")]);
        for figure in &measured {
            eprintln!("figures:   {}", table::line(figure));
        }
        eprintln!("figures: {} took {:.0} s", part.name, begun.elapsed().as_secs_f64());
        figures.extend(measured);
    }

    println!("{}", table::markdown(&figures));
    if has("--write") {
        if !wanted.is_empty() || effort == Effort::Short {
            eprintln!("figures: only a full run of all parts is written into SECURITY.md");
            return ExitCode::from(2);
        }
        table::write(&figures);
    }
    let missed = figures.iter().filter(|figure| !figure.is_met).count();
    eprintln!("figures: {} of {} met", figures.len() - missed, figures.len());
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
