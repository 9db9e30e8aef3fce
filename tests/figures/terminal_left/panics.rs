//! Panics in a terminal. The release binary has none that can be asked for, but for the standard library's own when a directory cannot
//! be closed; the others are had from the same rooms, put together with a part that panics, as a program of its own.
#![expect(clippy::disallowed_methods, reason = "it is a program of its own, with its own arguments")]

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use adsauth::oauth::candidates::Found;
use adsauth::oauth::consent::Wish;
use adsauth::oauth::secret::Secret;
use adsauth::ports::{Browser, BrowserError, Clipboard, Copied, Files, NotWritten, Note, Watching};
use adsauth::runtime::{self, AdsServer, Machine, Stage, Suspended};
use adsauth::targets::save::Surroundings;
use adsauth::terminal::{self, FullScreen, input};
use adsauth::view::{Glyphs, Look, Palette};
use adsauth::wizard::{BrowserAt, Model, News, Options};
use futures_util::stream;
use tokio::task::LocalSet;

use super::{PLAIN, Shell};
use crate::harm::PANIC;
use crate::user::{PROGRAM, User};
use crate::wizard::words;

/// The first argument that makes this program the one that panics.
pub const ARGUMENT: &str = "__panic";

/// Where it panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panic {
    /// In the middle of a frame.
    Draw,
    /// Where the loop hands an event to `update`, which itself cannot be made to panic from outside.
    Update,
    /// In a task on another thread.
    Task,
    /// In a task of the release binary.
    Release,
}

pub const ALL: [Panic; 4] = [Panic::Draw, Panic::Update, Panic::Task, Panic::Release];

/// Lets it panic in a shell.
pub fn gives_back(panic: Panic) -> Result<(), String> {
    let user = User::new();
    let home = user.home().to_string_lossy().into_owned();
    let this = std::env::current_exe().expect("a program").to_string_lossy().into_owned();
    let words = match panic {
        Panic::Draw | Panic::Update | Panic::Task => vec![this, ARGUMENT.to_owned(), format!("{panic:?}")],
        Panic::Release => {
            format!("strace --quiet=all -f -o /dev/null -P {home} -e trace=close -e inject=close:error=EIO {PROGRAM}")
                .split(' ')
                .map(str::to_owned)
                .collect()
        }
    };
    let shell = Shell::start(user, PLAIN, &words);
    if panic == Panic::Update {
        shell.terminal.until_read(self::words().guide.title);
        shell.terminal.press("x");
    }
    shell.ended(1)?;
    let raw = shell.terminal.raw();
    let text = String::from_utf8_lossy(&raw);
    let on_the_main_screen = text.rsplit("\x1b[?1049l").next().unwrap_or_default();
    if on_the_main_screen.contains(if panic == Panic::Release { PANIC } else { "panicked at" }) {
        Ok(())
    } else {
        Err("the message is not on the main screen".to_owned())
    }
}

/// The program that panics.
pub fn run(wanted: &str) -> ExitCode {
    let panic = ALL.into_iter().find(|panic| format!("{panic:?}") == wanted).expect("one of these");
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("threads and timers");
    tokio.block_on(LocalSet::new().run_until(wizard(panic)));
    ExitCode::SUCCESS
}

async fn wizard(panic: Panic) {
    let look = Look {
        text: words(),
        palette: Palette::Colour,
        glyphs: Glyphs::Unicode,
        hyperlinks: true,
        notifications: true,
    };
    let screen = FullScreen::new(look).expect("a terminal");
    let (model, effects) = Model::start(options(), terminal::size().expect("a terminal"), None);
    let is_painted = Arc::new(AtomicBool::new(false));
    let mut stage = Drawing { screen, panics: panic == Panic::Draw, is_painted: is_painted.clone() };
    let machine = Machine {
        browser: Arc::new(Nothing),
        clipboard: Arc::new(Nothing),
        files: Arc::new(Looking { panics_after: (panic == Panic::Task).then_some(is_painted) }),
        typed_path: Box::new(|_| None),
        trust: options().trust,
        clear_token_after: None,
        pages: words().pages,
        ads: AdsServer::default(),
        home: PathBuf::new(),
        around: Surroundings::default(),
        trace: Some(Box::new(move |line| assert!(panic != Panic::Update || !line.contains("key"), "on purpose"))),
    };
    let begun = runtime::begin(model, effects, machine);
    runtime::run(begun, &mut stage, input(), stream::pending()).await;
}

fn options() -> Options {
    Options {
        timeout: Some(Duration::from_mins(10)),
        wish: Wish { scopes: Vec::new(), login_hint: None },
        port: None,
        redirect: None,
        trust: adsauth::oauth::endpoints::Trust::default(),
        browser_here: false,
        practice: false,
        home: PathBuf::new(),
        browser_at: BrowserAt::Here,
        started: SystemTime::now(),
    }
}

/// The real screen, which may break down between the beginning of a frame and its end.
struct Drawing {
    screen: FullScreen,
    panics: bool,
    is_painted: Arc<AtomicBool>,
}

impl Stage for Drawing {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.screen.draw(model)?;
        self.is_painted.store(true, Ordering::Relaxed);
        if self.panics {
            crossterm::queue!(io::stdout(), crossterm::terminal::BeginSynchronizedUpdate, crossterm::cursor::Hide)?;
            panic!("on purpose");
        }
        Ok(())
    }

    fn copy_by_terminal(&mut self, text: &Secret) -> io::Result<()> {
        self.screen.copy_by_terminal(text)
    }

    fn ring(&mut self, news: News) -> io::Result<()> {
        self.screen.ring(news)
    }

    fn suspend(&mut self) -> io::Result<Suspended> {
        self.screen.suspend()
    }

    fn resume(&mut self) -> io::Result<()> {
        self.screen.resume()
    }
}

/// A machine without a browser and a clipboard.
struct Nothing;

impl Browser for Nothing {
    fn open(&self, _: &str) -> Result<(), BrowserError> {
        Err(BrowserError::NoBrowserHere)
    }
}

impl Clipboard for Nothing {
    fn copy(&self, _: &Secret) -> Copied {
        Copied::AskTerminal
    }

    fn copy_for(&self, _: &Secret, _: Duration) -> Copied {
        Copied::AskTerminal
    }
}

/// A machine without files.
struct Looking {
    panics_after: Option<Arc<AtomicBool>>,
}

impl Files for Looking {
    fn look(&self, _: &mut dyn FnMut(Option<Found>)) {
        if let Some(is_painted) = &self.panics_after {
            while !is_painted.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            panic!("on purpose");
        }
    }

    fn read(&self, path: &Path) -> Found {
        unreachable!("nobody names {}", path.display())
    }

    fn watch(&self, _: Box<dyn FnMut() + Send>) -> Option<Watching> {
        None
    }

    fn write_note(&self, _: &Secret) -> Result<Note, NotWritten> {
        Err(NotWritten)
    }
}
