//! The commands by name, each with its arguments, which are put together only when it is called: most lines name one command or none.
//! It is what `derive` would write but for that.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use super::{Check, Completions, Demo, Everywhere, Files, Save, Token};

#[derive(Debug)]
pub enum Command {
    Token(Token),
    Save(Save),
    Check(Check),
    Files(Files),
    Demo(Demo),
    Completions(Completions),
    Man,
}

impl Subcommand for Command {
    fn augment_subcommands(program: clap::Command) -> clap::Command {
        /// Its own arguments and those of every command.
        fn arguments<Own: Args>(command: clap::Command) -> clap::Command {
            Everywhere::augment_args(Own::augment_args(command))
        }
        let command = |name: &'static str, arguments| clap::Command::new(name).defer(arguments);
        program.subcommands([
            command("token", arguments::<Token>),
            command("save", arguments::<Save>),
            command("check", arguments::<Check>),
            command("files", arguments::<Files>),
            command("demo", arguments::<Demo>),
            command("completions", arguments::<Completions>),
            command("man", Everywhere::augment_args),
        ])
    }

    fn augment_subcommands_for_update(program: clap::Command) -> clap::Command {
        Self::augment_subcommands(program)
    }

    fn has_subcommand(name: &str) -> bool {
        Self::augment_subcommands(clap::Command::default()).find_subcommand(name).is_some()
    }
}

impl FromArgMatches for Command {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        match matches.subcommand() {
            Some(("token", given)) => Token::from_arg_matches(given).map(Self::Token),
            Some(("save", given)) => Save::from_arg_matches(given).map(Self::Save),
            Some(("check", given)) => Check::from_arg_matches(given).map(Self::Check),
            Some(("files", given)) => Files::from_arg_matches(given).map(Self::Files),
            Some(("demo", given)) => Demo::from_arg_matches(given).map(Self::Demo),
            Some(("completions", given)) => Completions::from_arg_matches(given).map(Self::Completions),
            Some(("man", _)) => Ok(Self::Man),
            Some(_) | None => Err(clap::Error::new(ErrorKind::InvalidSubcommand)),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
