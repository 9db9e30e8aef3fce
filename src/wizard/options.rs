//! How a run was started: it does not change while the wizard is open.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::oauth::consent::Wish;
use crate::oauth::endpoints::Trust;
use crate::oauth::redirect::RedirectUri;

/// How the run was started; does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long an attempt waits; `None` for ever.
    pub timeout: Option<Duration>,
    /// What to ask for.
    pub wish: Wish,
    /// `--port`.
    pub port: Option<u16>,
    /// `--redirect-uri`.
    pub redirect: Option<RedirectUri>,
    /// Which endpoints are accepted.
    pub trust: Trust,
    /// Whether a browser can be started from here.
    pub browser_here: bool,
    /// The practice run: every screen says so.
    pub practice: bool,
    /// The home directory, shown as `~`.
    pub home: PathBuf,
    /// Where the user's browser is.
    pub browser_at: BrowserAt,
    /// The wall clock at [`Moment::default`], for the ages of files.
    pub started: SystemTime,
}

/// Where the user's browser is, seen from this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BrowserAt {
    /// Right here.
    #[default]
    Here,
    /// On another machine, at the other end of an SSH connection.
    Ssh {
        /// `USER@ADDRESS` as far as it is known.
        login: Option<String>,
        /// The server's port, if it is not 22.
        port: Option<u16>,
    },
    /// In Windows, while this is WSL.
    Windows,
    /// Outside of this container, which passes no loopback port on.
    OutsideContainer,
    /// On another machine, with an editor that passes loopback ports on by itself.
    Forwarded,
}

impl BrowserAt {
    /// Whether an address on this machine's loopback can be opened there as it is.
    pub fn reaches_us(&self) -> bool {
        match self {
            Self::Here | Self::Windows | Self::Forwarded => true,
            Self::Ssh { .. } | Self::OutsideContainer => false,
        }
    }

    /// Whether only an SSH connection leads there.
    pub fn is_over_ssh(&self) -> bool {
        match self {
            Self::Ssh { .. } => true,
            Self::Here | Self::Windows | Self::OutsideContainer | Self::Forwarded => false,
        }
    }

    /// The command, to be run there, that makes this port reachable.
    pub fn tunnel(&self, port: u16) -> Option<String> {
        let Self::Ssh { login, port: server } = self else { return None };
        let server = server.map_or_else(String::new, |server| format!("-p {server} "));
        let login = login.as_deref().unwrap_or("USER@ADDRESS");
        Some(format!("ssh -N -L {port}:127.0.0.1:{port} {server}{login}"))
    }
}
