//! The command line: one file per command, options and exit codes in one table each. It decides nothing about OAuth.

#![expect(clippy::disallowed_methods, reason = "commands start the tasks that they wait for")]

mod arguments;
mod check;
mod complete;
mod demo;
mod files;
mod json;
mod machine;
mod manual;
mod panic;
mod plain;
mod save;
mod sign_in;
mod source;
mod token;
mod wizard;

use std::process::ExitCode;

use crate::adapters::environment::{Environment, Language};
use crate::problem::{Exit, Problem};
use crate::text::Lang;
use arguments::{Command, Stopped};

/// Reads the arguments and runs the command.
pub fn run() -> ExitCode {
    let as_json = arguments::wants_json(std::env::args_os());
    // In English until the language is known.
    panic::end_the_program(Lang::En.text(), as_json);
    let environment = Environment::read();
    let by_locale = match environment.language {
        Language::English => Lang::En,
        Language::Korean => Lang::Ko,
    };
    let text = arguments::language(std::env::args_os()).unwrap_or(by_locale).text();
    panic::end_the_program(text, as_json);
    let arguments = match arguments::read(std::env::args_os(), text) {
        Ok(arguments) => arguments,
        Err(Stopped::Told(words)) => return ExitCode::from(told(&words).code()),
        Err(Stopped::Misused(misuse)) => {
            return ExitCode::from(json::fail_in(text, &Problem::Misused(misuse), as_json).code());
        }
    };
    let context = machine::Context::new(environment, text, &arguments.everywhere);
    let exit = match arguments.command {
        None if arguments.plain || context.environment.accessible || context.environment.dumb => {
            plain::run(&context, &arguments.sign_in)
        }
        None => wizard::run(&context, &arguments.sign_in),
        Some(Command::Save(save)) => save::run(&context, &save),
        Some(Command::Check(check)) => check::run(&context, &check),
        Some(Command::Token(token)) => token::run(&context, &token),
        Some(Command::Files(files)) => files::run(&context, &files),
        Some(Command::Demo(demo)) => demo::run(&context, &demo),
        Some(Command::Completions(completions)) => complete::run(&context, completions.shell),
        Some(Command::Man) => manual::run(&context),
    };
    ExitCode::from(exit.code())
}

/// `--help` and `--version` are data.
fn told(words: &str) -> Exit {
    if machine::print(words) { Exit::Done } else { Exit::Write }
}
