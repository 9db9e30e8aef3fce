//! `adsauth`: the full-screen wizard, put together and run.

use std::io::{self, IsTerminal};

use super::arguments::{Demo, SignIn};
use super::json;
use super::machine::{self, Context, say};
use crate::adapters::files::LocalFiles;
use crate::problem::{Exit, Problem};
use crate::runtime::{self, Machine};
use crate::sources::is_source_name;
use crate::terminal::{self, FullScreen};
use crate::wizard::{Ending, Model, Options};

/// Runs the wizard on this user's files.
pub fn run(context: &Context, options: &SignIn) -> Exit {
    let ending = machine::run(async {
        let setup = Setup::new(context, options, context.wizard_options(options), LocalFiles::usual(is_source_name));
        show(context, setup).await
    });
    match ending {
        Ok(Ending::Exit(exit)) | Err(exit) => exit,
        Ok(Ending::Practice) => super::demo::run(context, &Demo::plain(options)),
    }
}

/// Everything that a wizard runs on.
pub struct Setup {
    pub wizard: Options,
    pub machine: Machine,
    /// The client source that was named on the command line.
    named: Option<String>,
}

impl Setup {
    /// The real machine.
    pub fn new(context: &Context, options: &SignIn, wizard: Options, files: LocalFiles) -> Self {
        Self {
            machine: context.machine(options, files),
            wizard,
            named: options.client_secrets_path.as_ref().map(|path| path.to_string_lossy().into_owned()),
        }
    }
}

/// Shows the wizard until it ends, then says in lines what is left behind.
pub async fn show(context: &Context, setup: Setup) -> Result<Ending, Exit> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) || context.environment.dumb {
        return Err(json::fail(context, &Problem::NoTerminal, false));
    }
    let failed = |error: io::Error| {
        say(&(context.text.line.terminal_failed)(&error.to_string()));
        Exit::Internal
    };
    let (model, effects) = Model::start(setup.wizard, terminal::size().map_err(failed)?, setup.named);
    let begun = runtime::begin(model, effects, setup.machine);
    let signals = machine::signals();
    let mut screen = FullScreen::new(context.look()).map_err(failed)?;
    let mut finished = runtime::run(begun, &mut screen, terminal::input(), signals).await;
    drop(screen);
    let summary = &context.text.summary;
    match finished.model.card() {
        Some(card) => (summary.token)(card).iter().for_each(|line| say(line)),
        None => say(summary.no_token),
    }
    finished.linger().await;
    Ok(finished.ending)
}
