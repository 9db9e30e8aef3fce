//! The real machine, put together for a command: surroundings, words, adapters, signals. It decides nothing.

use std::ffi::OsString;
use std::future::Future;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use futures_util::stream::{self, SelectAll, Stream, StreamExt};
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::LocalSet;
use url::Url;

use super::arguments::{Everywhere, SignIn};
use crate::adapters::browser::SystemBrowser;
use crate::adapters::clipboard::SystemClipboard;
use crate::adapters::environment::{Container, Environment};
use crate::adapters::files::{LocalFiles, typed_path};
use crate::adapters::trace::TraceFile;
use crate::oauth::endpoints::Trust;
use crate::problem::Exit;
use crate::runtime::{AdsServer, Machine, Signal, TraceLines};
use crate::targets::save::Surroundings;
use crate::text::Text;
use crate::view::{Glyphs, Look, Palette};
use crate::wizard::{BrowserAt, Options};

/// What every command needs to know.
pub struct Context {
    pub environment: Environment,
    pub text: &'static Text,
    pub trust: Trust,
    pub ads: AdsServer,
    /// The practice directory, when this is a practice run.
    pub practice: Option<PathBuf>,
    pub ascii: bool,
    /// `--log`.
    log: Option<PathBuf>,
}

impl Context {
    pub fn new(environment: Environment, text: &'static Text, everywhere: &Everywhere) -> Self {
        Self {
            text,
            trust: Trust::new(everywhere.trust_host.clone()),
            ads: AdsServer {
                base: everywhere.ads_endpoint.clone(),
                version: everywhere.ads_version,
                developer_token: None,
            },
            practice: None,
            log: everywhere.log.clone(),
            ascii: everywhere.ascii || !environment.unicode,
            environment,
        }
    }

    /// The same, in the practice directory and with the practice Google.
    pub fn practising(&self, directory: PathBuf, trust: Trust, ads: Url) -> Self {
        Self {
            environment: self.environment.clone(),
            text: self.text,
            trust,
            ads: AdsServer { base: Some(ads), ..self.ads.clone() },
            practice: Some(directory),
            ascii: self.ascii,
            log: self.log.clone(),
        }
    }

    /// What stands for `~`, and where the usual targets are.
    pub fn home(&self) -> PathBuf {
        let home = || dirs::home_dir().filter(|home| home.is_absolute()).unwrap_or_default();
        self.practice.clone().unwrap_or_else(home)
    }

    /// What could shadow a file that is written.
    pub fn around(&self) -> Surroundings {
        if let Some(practice) = &self.practice {
            return Surroundings { practice: Some(practice.clone()), ..Surroundings::default() };
        }
        let ours = |(name, _): &(OsString, OsString)| name.to_str().is_some_and(|name| name.starts_with("GOOGLE_"));
        Surroundings {
            variables: std::env::vars_os()
                .filter(ours)
                .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
                .collect(),
            current_directory: std::env::current_dir().unwrap_or_default(),
            practice: None,
        }
    }

    /// Where the user's browser is, seen from here.
    fn browser_at(&self) -> BrowserAt {
        let environment = &self.environment;
        if let Some(ssh) = &environment.ssh {
            let server = ssh.server;
            let login = environment.user.as_ref().zip(server).map(|(user, (address, _))| format!("{user}@{address}"));
            return BrowserAt::Ssh { login, port: server.map(|(_, port)| port).filter(|port| *port != 22) };
        }
        match (environment.container, environment.wsl) {
            (Some(Container::Codespaces | Container::DevContainer), _) => BrowserAt::Forwarded,
            (Some(Container::Plain), _) => BrowserAt::OutsideContainer,
            (None, Some(_)) => BrowserAt::Windows,
            (None, None) => BrowserAt::Here,
        }
    }

    /// How things are drawn.
    pub fn look(&self) -> Look {
        Look {
            text: self.text,
            palette: if self.environment.no_color { Palette::Mono } else { Palette::Colour },
            glyphs: if self.ascii { Glyphs::Ascii } else { Glyphs::Unicode },
            hyperlinks: true,
            notifications: !self.environment.tmux && !self.environment.screen,
        }
    }

    /// How the wizard is started with these options.
    pub fn wizard_options(&self, options: &SignIn) -> Options {
        Options {
            timeout: options.limit(),
            wish: options.wish(),
            port: options.port,
            redirect: options.redirect_uri.clone(),
            trust: self.trust.clone(),
            browser_here: self.browser(options).is_here(),
            practice: self.practice.is_some(),
            home: self.home(),
            browser_at: self.browser_at(),
            started: SystemTime::now(),
        }
    }

    /// The user's browser.
    pub fn browser(&self, options: &SignIn) -> SystemBrowser {
        SystemBrowser::new(&self.environment, options.no_browser)
    }

    /// The user's clipboard.
    pub fn clipboard(&self, options: &SignIn) -> SystemClipboard {
        SystemClipboard::new(&self.environment, options.copy_command.clone())
    }

    /// The real adapters.
    pub fn machine(&self, options: &SignIn, files: LocalFiles) -> Machine {
        let (home, here) = (self.home(), std::env::current_dir().unwrap_or_default());
        Machine {
            browser: Arc::new(self.browser(options)),
            clipboard: Arc::new(self.clipboard(options)),
            files: Arc::new(files),
            typed_path: Box::new(move |text| typed_path(text, &home, &here)),
            trust: self.trust.clone(),
            clear_token_after: options.clear_token_after(),
            pages: self.text.pages,
            ads: self.ads.clone(),
            home: self.home(),
            around: self.around(),
            trace: self.trace(),
        }
    }

    /// Writes what `--log` asks for. `arguments` has made sure that the file can be opened.
    fn trace(&self) -> Option<TraceLines> {
        let mut file = TraceFile::open(self.log.as_deref()?).ok()?;
        file.line(&format!("adsauth {} starts", env!("CARGO_PKG_VERSION")));
        Some(Box::new(move |line| file.line(line)))
    }
}

/// Runs a command on a single thread, and ends without waiting for what blocks: a directory on a dead network drive, for one.
pub fn run<T>(command: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread().enable_all().build().expect("the system has threads and timers");
    let result = runtime.block_on(LocalSet::new().run_until(command));
    runtime.shutdown_background();
    result
}

/// One line of talk. A closed stderr is nobody's loss.
pub fn say(line: &str) {
    // One write: stderr has no buffer, and whoever reads it sees whole lines.
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// Data for the caller. Returns whether it could be written.
pub fn print(data: &str) -> bool {
    let mut out = io::stdout().lock();
    out.write_all(data.as_bytes()).and_then(|()| out.flush()).is_ok()
}

/// Whether somebody can be asked: both directions of the talk are terminals.
pub fn somebody_is_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The signals that end, stop or continue the program.
pub fn signals() -> impl Stream<Item = Signal> + Unpin {
    const SIGTSTP: i32 = rustix::process::Signal::TSTP.as_raw();
    const SIGCONT: i32 = rustix::process::Signal::CONT.as_raw();
    let kinds = [
        (SignalKind::interrupt(), Signal::Ends(Exit::Interrupted)),
        (SignalKind::quit(), Signal::Ends(Exit::Interrupted)),
        (SignalKind::terminate(), Signal::Ends(Exit::Terminated)),
        (SignalKind::hangup(), Signal::Ends(Exit::HungUp)),
        (SignalKind::from_raw(SIGTSTP), Signal::Stop),
        (SignalKind::from_raw(SIGCONT), Signal::Continued),
    ];
    let mut all = SelectAll::new();
    for (kind, meaning) in kinds {
        // A signal that cannot be caught keeps its default action, which ends the program, too.
        if let Ok(receiver) = signal(kind) {
            let each = stream::unfold(receiver, move |mut receiver| async move {
                receiver.recv().await.map(|()| (meaning, receiver))
            });
            all.push(each.boxed());
        }
    }
    all
}
