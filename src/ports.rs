//! What the program needs of the machine it runs on, as three small traits. They know no operating system.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::oauth::candidates::Found;
use crate::oauth::secret::Secret;

/// Starts the user's own browser.
pub trait Browser: Send + Sync {
    /// Opens the address without waiting for the browser. `Ok` means that a program was started, not that a page is shown.
    fn open(&self, url: &str) -> Result<(), BrowserError>;
}

/// Why no browser was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowserError {
    /// There is no display here, or the user asked for none.
    NoBrowserHere,
    /// The program that was tried, sanitized, could not be started or failed at once.
    Failed(String),
}

/// Puts text where other programs can paste it from.
pub trait Clipboard: Send + Sync {
    /// Copies by the first route that works. Blocks for two seconds at most.
    fn copy(&self, text: &Secret) -> Copied;
    /// The same, and clears the text after the time `kept` if it is still there, even when this program has ended by
    /// then. Whether that can be promised is up to the route: [`Route::can_be_cleared`].
    fn copy_for(&self, text: &Secret, kept: Duration) -> Copied;
}

/// By which route a text went, and what is known of its arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// A route took it and it can be read back.
    Confirmed(Route),
    /// A program took it without an error.
    Handed(Route),
    /// Only the terminal itself can take it, by OSC 52, which nobody confirms. The caller writes it.
    AskTerminal,
    /// The user's own `--copy-command` failed; nothing else was tried.
    CommandFailed,
}

/// The routes to a clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// A small helper process of ours that holds the X11 selection.
    HelperX11,
    /// A small helper process of ours that holds the Wayland selection.
    HelperWayland,
    /// A small helper process of ours that holds the clipboard of another system.
    Helper,
    /// A tmux buffer named `adsauth`, and the terminal outside tmux.
    Tmux,
    /// That, and the selection of the display that this tmux runs on: only the selection can be read back.
    TmuxAndDisplay,
    /// `xclip`, `xsel`, `clip.exe` or `pbcopy`.
    Program(&'static str),
    /// `--copy-command`.
    Command,
}

impl Route {
    /// Whether a text that went this way can be taken back and be known to be gone. In tmux the buffer is deleted, but
    /// the terminal outside may have kept the text.
    pub fn can_be_cleared(self) -> bool {
        match self {
            Self::HelperX11 | Self::HelperWayland | Self::Helper => true,
            Self::Tmux | Self::TmuxAndDisplay | Self::Program(_) | Self::Command => false,
        }
    }
}

/// Looks for files and reads them.
pub trait Files: Send + Sync {
    /// Lists and reads everything in the usual directories that is named like a client file. Calls `each` as it goes, with nothing
    /// before a large directory, so that whoever waits learns that it takes longer.
    fn look(&self, each: &mut dyn FnMut(Option<Found>));
    /// Reads one path, bounded, never blocking on a FIFO.
    fn read(&self, path: &Path) -> Found;
    /// Calls `changed`, on a thread of its own, whenever `look` could find something else than before; several times for one
    /// change. `None` if nothing can be watched, so that only looking again by hand helps.
    fn watch(&self, changed: Box<dyn FnMut() + Send>) -> Option<Watching>;
    /// Writes this one line to a new file that only this user can read.
    fn write_note(&self, line: &Secret) -> Result<Note, NotWritten>;
}

/// Watches until it is dropped.
pub struct Watching {
    _ended_on_drop: Box<dyn Send + Sync>,
}

impl Watching {
    /// Watching that what is given does until it is dropped.
    pub fn new(ended_on_drop: impl Send + Sync + 'static) -> Self {
        Self { _ended_on_drop: Box::new(ended_on_drop) }
    }
}

/// A file of ours that is there for a while: it goes when this is dropped.
pub struct Note {
    /// Where it is.
    pub path: PathBuf,
    /// What removes it.
    _removed_on_drop: Box<dyn Send>,
}

impl Note {
    /// The file at this path, and what removes it when it is dropped.
    pub fn new(path: PathBuf, removed_on_drop: impl Send + 'static) -> Self {
        Self { path, _removed_on_drop: Box::new(removed_on_drop) }
    }
}

/// No directory of this user's own took a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotWritten;
