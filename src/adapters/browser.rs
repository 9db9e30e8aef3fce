//! Starts the user's browser, on Windows' side when this is WSL. It never uses a shell, never passes on an address that
//! is not a web address of ours, and never starts anything that could draw on our terminal.

#![expect(clippy::disallowed_methods, reason = "watching a browser for an early failure needs the clock")]

use std::process::Command;
use std::time::{Duration, Instant};

use url::{Host, Url};

use super::environment::Environment;
use super::process;
use crate::ports::{Browser, BrowserError};

#[cfg(test)]
mod tests;

/// How long the launchers together may take to fail before what runs then counts as started.
const PATIENCE: Duration = Duration::from_millis(300);

/// `BROWSER`, the Windows browser or the desktop's own, whichever applies here first.
pub struct SystemBrowser {
    choice: Choice,
    patience: Duration,
}

/// What the surroundings leave to start.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// Nothing that the user could see.
    Nothing,
    /// The user's own list, in `BROWSER`.
    Listed(String),
    /// The browser of the Windows around WSL, and then the desktop's if there is a display too.
    Windows { then_desktop: bool },
    /// Whatever this system opens web addresses with.
    Desktop,
}

impl Choice {
    /// Without a display `xdg-open` may start a text browser inside our screen; over SSH a browser would appear on a
    /// screen that the user does not see. `BROWSER` is the user's word that neither applies.
    fn of(environment: &Environment, no_browser: bool) -> Self {
        if no_browser {
            Self::Nothing
        } else if let Some(list) = &environment.browser {
            Self::Listed(list.clone())
        } else if environment.ssh.is_some() {
            Self::Nothing
        } else if environment.wsl.is_some() {
            Self::Windows { then_desktop: environment.has_display() }
        } else if environment.has_display() {
            Self::Desktop
        } else {
            Self::Nothing
        }
    }

    /// The commands to try, in order.
    fn commands(&self, url: &str) -> Vec<Command> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Listed(list) => listed(list, url),
            Self::Windows { then_desktop: false } => windows(url),
            Self::Windows { then_desktop: true } => windows(url).into_iter().chain(desktop(url)).collect(),
            Self::Desktop => desktop(url),
        }
    }
}

impl SystemBrowser {
    /// `no_browser` is the user's wish that none be started.
    pub fn new(environment: &Environment, no_browser: bool) -> Self {
        Self { choice: Choice::of(environment, no_browser), patience: PATIENCE }
    }

    /// Whether there is anything to start.
    pub fn is_here(&self) -> bool {
        self.choice != Choice::Nothing
    }
}

impl Browser for SystemBrowser {
    fn open(&self, url: &str) -> Result<(), BrowserError> {
        if !self.is_here() {
            return Err(BrowserError::NoBrowserHere);
        }
        let Some(url) = web_address(url) else {
            return Err(BrowserError::Failed("the address".to_owned()));
        };
        let deadline = Instant::now() + self.patience;
        let mut first_tried = None;
        for mut command in self.choice.commands(&url) {
            if started(&mut command, deadline) {
                return Ok(());
            }
            first_tried.get_or_insert_with(|| name_of(&command));
        }
        Err(BrowserError::Failed(first_tried.unwrap_or_else(|| "BROWSER".to_owned())))
    }
}

/// The address in its canonical spelling, if a browser may get it: https, or http on this machine.
///
/// The spelling begins with the scheme, so that no program can take it for an option.
fn web_address(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let is_local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    (url.scheme() == "https" || (url.scheme() == "http" && is_local)).then(|| url.into())
}

/// `BROWSER` is a list separated by colons; in each command `%s` stands for the address, which else comes last.
fn listed(list: &str, url: &str) -> Vec<Command> {
    let command = |entry: &str| {
        let mut words = shlex::split(entry)?.into_iter();
        let mut command = Command::new(words.next()?);
        let arguments: Vec<String> = words.collect();
        command.args(arguments.iter().map(|argument| argument.replace("%s", url)));
        if !arguments.iter().any(|argument| argument.contains("%s")) {
            command.arg(url);
        }
        Some(command)
    };
    list.split(':').filter_map(command).collect()
}

/// The address stays one argument on the way to Windows: neither `cmd` nor PowerShell reads it. `wslview`, where
/// installed, hands it to PowerShell as text, and so comes last.
fn windows(url: &str) -> Vec<Command> {
    let protocol_handler = |program: &str| {
        let mut command = Command::new(program);
        command.args(["url.dll,FileProtocolHandler", url]);
        command
    };
    let mut wslview = Command::new("wslview");
    wslview.arg(url);
    // The second path is for those who keep Windows' own directories out of PATH.
    vec![protocol_handler("rundll32.exe"), protocol_handler("/mnt/c/Windows/System32/rundll32.exe"), wslview]
}

fn desktop(url: &str) -> Vec<Command> {
    open::commands(url).into_iter().filter(|command| command.get_program() != "powershell.exe").collect()
}

/// Whether the program started and has not failed by the deadline. Afterwards it is on its own.
fn started(command: &mut Command, deadline: Instant) -> bool {
    process::silence(command);
    process::set_apart(command);
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    if let Some(status) = process::exit_by(&mut child, deadline) {
        return status.success();
    }
    process::let_go(child);
    true
}

/// The program's name for a message. `BROWSER` is outside text: only what every terminal prints as it is stays.
fn name_of(command: &Command) -> String {
    let name = command.get_program().to_string_lossy();
    name.chars().filter(|character| character.is_ascii_graphic() || *character == ' ').take(80).collect()
}
