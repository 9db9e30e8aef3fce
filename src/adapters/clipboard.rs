//! Puts text where it can be pasted, by the first route of a fixed order that works here. It never waits longer than
//! its limit, and a text goes to a program only over that program's standard input.

#![expect(clippy::disallowed_methods, reason = "the limit for all routes together needs the clock")]

use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

use self::chain::{Display, Step, chain};
pub use self::hold::{HOLD_CLIPBOARD, hold_clipboard};
use super::environment::Environment;
use super::process;
use crate::oauth::secret::Secret;
use crate::ports::{Clipboard, Copied, Route};

mod chain;
mod feed;
mod hold;
#[cfg(test)]
mod tests;

/// How long one copy may take, over all the routes that are tried.
const LIMIT: Duration = Duration::from_secs(2);

/// The clipboard that the user of this terminal would paste from.
pub struct SystemClipboard {
    steps: Vec<Step>,
    limit: Duration,
    /// This program itself, to be run again as the process that holds a selection.
    program: PathBuf,
}

/// What `--copy-command` names: a program and its arguments, never read by a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyCommand {
    program: String,
    arguments: Vec<String>,
}

/// The text is no command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a command line: it is empty or a quotation mark is not closed")]
pub struct NotACommandLine;

impl FromStr for CopyCommand {
    type Err = NotACommandLine;

    fn from_str(line: &str) -> Result<Self, NotACommandLine> {
        let mut words = shlex::split(line).ok_or(NotACommandLine)?.into_iter();
        let program = words.next().filter(|program| !program.is_empty()).ok_or(NotACommandLine)?;
        Ok(Self { program, arguments: words.collect() })
    }
}

impl SystemClipboard {
    /// With a `copy_command` that is the only route.
    pub fn new(environment: &Environment, copy_command: Option<CopyCommand>) -> Self {
        Self { steps: chain(environment, copy_command), limit: LIMIT, program: this_program() }
    }

    fn copy_by_first_route(&self, text: &Secret, kept: Option<Duration>) -> Copied {
        let deadline = Instant::now() + self.limit;
        for (place, step) in self.steps.iter().enumerate() {
            if let Some(copied) = self.take(step, text, kept, deadline) {
                if copied != Copied::Handed(Route::Tmux) {
                    return copied;
                }
                // tmux may have nobody to tell, and a terminal beside it pastes from the display: both have it then.
                let held = self.steps[place..].iter().any(|step| match step {
                    Step::Hold(_) => self.take(step, text, kept, deadline).is_some(),
                    Step::Command(_) | Step::Tmux { .. } | Step::Program { .. } => false,
                });
                return if held { Copied::Confirmed(Route::TmuxAndDisplay) } else { copied };
            }
            if Instant::now() >= deadline {
                break;
            }
        }
        Copied::AskTerminal
    }

    /// What became of the text on this route, or nothing if the next one is to be tried.
    fn take(&self, step: &Step, text: &Secret, kept: Option<Duration>, deadline: Instant) -> Option<Copied> {
        match step {
            Step::Command(CopyCommand { program, arguments }) => {
                let taken = feed::feed(process::quiet(program).args(arguments), text, deadline);
                Some(if taken { Copied::Handed(Route::Command) } else { Copied::CommandFailed })
            }
            Step::Tmux { arguments } => {
                let taken = feed::feed(process::quiet("tmux").args(*arguments), text, deadline);
                taken.then(|| {
                    if let Some(kept) = kept {
                        // Without it the buffer stays; this route does not promise more.
                        feed::delete_tmux_buffer_later(&self.program, text, kept);
                    }
                    Copied::Handed(Route::Tmux)
                })
            }
            Step::Hold(display) => {
                let held = feed::start_holding(&self.program, *display, text, kept, deadline);
                held.then_some(Copied::Confirmed(match display {
                    Display::X11 => Route::HelperX11,
                    Display::Wayland => Route::HelperWayland,
                }))
            }
            Step::Program { name, arguments } => {
                let taken = feed::feed(process::quiet(name).args(*arguments), text, deadline);
                taken.then_some(Copied::Handed(Route::Program(name)))
            }
        }
    }
}

impl Clipboard for SystemClipboard {
    fn copy(&self, text: &Secret) -> Copied {
        self.copy_by_first_route(text, None)
    }

    fn copy_for(&self, text: &Secret, kept: Duration) -> Copied {
        self.copy_by_first_route(text, Some(kept))
    }
}

/// On Linux the link in /proc, which stays good when the file is replaced by an update while we run.
fn this_program() -> PathBuf {
    if cfg!(target_os = "linux") {
        PathBuf::from("/proc/self/exe")
    } else {
        // An empty path cannot be started; the next route is tried then.
        std::env::current_exe().unwrap_or_default()
    }
}
