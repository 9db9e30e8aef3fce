//! A terminal for tests: a program runs in a pseudo terminal, the test sees its screen and presses its keys.
//! It never sleeps to wait: every wait is for a condition, has a deadline, and prints the screen when that passes.
#![allow(dead_code, reason = "each suite that includes this file uses its own part of it")]
#![expect(clippy::disallowed_methods, reason = "a test waits with deadlines and reads the terminal in a thread")]

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::Screen;

/// How long a condition may take before the test fails. Generous, since it costs time only when something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a person looks at a screen that changed by itself before pressing a key: longer than the 400 ms for which
/// the wizard drops keys then.
const LOOK: Duration = Duration::from_millis(550);

/// Bytes of the keys that have no letter.
pub mod key {
    pub const ENTER: &str = "\r";
    pub const ESC: &str = "\x1b";
    pub const UP: &str = "\x1b[A";
    pub const DOWN: &str = "\x1b[B";
    pub const BACKSPACE: &str = "\x7f";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_Z: &str = "\x1a";
    pub const F1: &str = "\x1bOP";
}

/// Columns and rows.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

impl Size {
    /// The size at which a terminal opens nearly everywhere.
    pub const USUAL: Self = Self { columns: 80, rows: 24 };

    fn pty(self) -> PtySize {
        PtySize { rows: self.rows, cols: self.columns, pixel_width: 0, pixel_height: 0 }
    }

    fn emulator(self) -> (NonZeroU16, NonZeroU16) {
        let side = |cells| NonZeroU16::new(cells).expect("a terminal has at least one cell");
        (side(self.rows), side(self.columns))
    }
}

/// What a terminal answers by itself, and what it is told besides text.
#[derive(Default)]
struct Replies {
    due: Vec<u8>,
    title: String,
    bells: usize,
    copied: Vec<u8>,
}

impl vt100::Callbacks for Replies {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        command: char,
    ) {
        match (first, command, params.first().and_then(|values| values.first())) {
            (None, 'n', Some(6)) => {
                let (row, column) = screen.cursor_position();
                self.due.extend(format!("\x1b[{};{}R", row + 1, column + 1).into_bytes());
            }
            (None, 'n', Some(5)) => self.due.extend(b"\x1b[0n"),
            (None, 'c', _) => self.due.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        match params {
            [b"10", b"?", ..] => self.due.extend(b"\x1b]10;rgb:dddd/dddd/dddd\x1b\\"),
            [b"11", b"?", ..] => self.due.extend(b"\x1b]11;rgb:1010/1010/1010\x1b\\"),
            _ => {}
        }
    }

    fn set_window_title(&mut self, _: &mut Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn audible_bell(&mut self, _: &mut Screen) {
        self.bells += 1;
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], content: &[u8]) {
        self.copied = content.to_vec();
    }
}

struct Seen {
    emulator: vt100::Parser<Replies>,
    raw: Vec<u8>,
    status: Option<ExitStatus>,
    /// Nobody holds the other side any more: neither the program nor anything that it started.
    closed: bool,
}

#[derive(Clone)]
struct Shared(Arc<(Mutex<Seen>, Condvar)>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.0.lock().expect("no thread of this file panics while it holds the lock")
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.lock());
        self.0.1.notify_all();
    }
}

type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// One program in its own pseudo terminal. Dropping it ends the program.
pub struct Terminal {
    seen: Shared,
    keyboard: Keyboard,
    master: Box<dyn MasterPty + Send>,
    pid: Pid,
}

impl Terminal {
    /// Starts the program with exactly this environment.
    pub fn spawn(mut program: CommandBuilder, environment: &[(String, String)], size: Size) -> Self {
        program.env_clear();
        for (name, value) in environment {
            program.env(name, value);
        }
        let pair = native_pty_system().openpty(size.pty()).expect("a pseudo terminal");
        let mut child = pair.slave.spawn_command(program).expect("the program starts");
        // Our own copy of the program's side has to go, or the end of the program would never be seen.
        drop(pair.slave);
        let pid =
            child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).expect("a child has a process id");

        let (rows, columns) = size.emulator();
        let emulator = vt100::Parser::new_with_callbacks(rows, columns, 0, Replies::default());
        let seen = Seen { emulator, raw: Vec::new(), status: None, closed: false };
        let seen = Shared(Arc::new((Mutex::new(seen), Condvar::new())));
        let keyboard: Keyboard = Arc::new(Mutex::new(pair.master.take_writer().expect("the terminal's input")));

        let output = pair.master.try_clone_reader().expect("the terminal's output");
        let (screen, answers) = (seen.clone(), keyboard.clone());
        thread::spawn(move || show(output, &screen, &answers));
        let end = seen.clone();
        thread::spawn(move || {
            let status = child.wait().expect("a child can be waited for");
            end.change(|seen| seen.status = Some(status));
        });
        Self { seen, keyboard, master: pair.master, pid }
    }

    /// Types text or keys, as they are.
    pub fn press(&self, keys: &str) {
        let mut keyboard = self.keyboard.lock().expect("no thread panics while it types");
        keyboard
            .write_all(keys.as_bytes())
            .and_then(|()| keyboard.flush())
            .expect("the program still reads its terminal");
    }

    /// Pastes, as a terminal does it when the program has asked for bracketed paste.
    pub fn paste(&self, text: &str) {
        let bracketed = self.seen.lock().emulator.screen().bracketed_paste();
        if bracketed { self.press(&format!("\x1b[200~{text}\x1b[201~")) } else { self.press(text) }
    }

    /// Waits until the screen is so.
    pub fn until(&self, what: &str, condition: impl Fn(&Screen) -> bool) {
        self.wait(what, Duration::ZERO, |seen| condition(seen.emulator.screen()));
    }

    /// Waits until the screen shows this text, wherever the terminal wrapped it.
    pub fn until_shows(&self, text: &str) {
        self.until(&format!("“{text}” on the screen"), |screen| shows(screen, text));
    }

    /// Waits until the screen shows this text and a person has had the time to read it: for a key on a screen that came by itself.
    pub fn until_read(&self, text: &str) {
        let what = format!("“{text}” on the screen for a moment");
        self.wait(&what, LOOK, |seen| shows(seen.emulator.screen(), text));
    }

    /// Waits until the bytes that the program wrote, escape sequences included, are so.
    pub fn until_raw(&self, what: &str, condition: impl Fn(&[u8]) -> bool) {
        self.wait(what, Duration::ZERO, |seen| condition(&seen.raw));
    }

    /// Waits until the program has ended and nothing holds its terminal any more.
    pub fn exit(&self) -> ExitStatus {
        self.wait("the end of the program", Duration::ZERO, |seen| seen.status.is_some());
        self.wait("the terminal to be let go by all that the program started", Duration::ZERO, |seen| seen.closed);
        self.seen.lock().status.clone().expect("waited for above")
    }

    /// What the screen shows now.
    pub fn contents(&self) -> String {
        self.seen.lock().emulator.screen().contents()
    }

    /// Looks at the screen as it is now: colours, cursor, modes.
    pub fn look<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.seen.lock().emulator.screen())
    }

    /// Everything that the program has written so far.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.lock().raw.clone()
    }

    /// The window title that was set last.
    pub fn title(&self) -> String {
        self.seen.lock().emulator.callbacks().title.clone()
    }

    /// How often the bell rang.
    pub fn bells(&self) -> usize {
        self.seen.lock().emulator.callbacks().bells
    }

    /// What the terminal was asked to copy last (OSC 52), still in base64.
    pub fn copied(&self) -> Vec<u8> {
        self.seen.lock().emulator.callbacks().copied.clone()
    }

    /// Changes the size, as a user who drags the window.
    pub fn resize(&self, size: Size) {
        let (rows, columns) = size.emulator();
        // The emulator first: what the program draws for the new size must not meet the old one.
        self.seen.change(|seen| seen.emulator.set_size(rows, columns));
        self.master.resize(size.pty()).expect("the terminal can be resized");
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program is still there");
    }

    /// Another program's view of the terminal, to read or to change its modes.
    pub fn tty(&self) -> File {
        let path = self.master.tty_name().expect("it has a name");
        File::options().read(true).write(true).open(path).expect("it can be opened as often as anybody likes")
    }

    /// The program's process id.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    fn wait(&self, what: &str, hold: Duration, condition: impl Fn(&Seen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut since = None;
        let mut seen = self.seen.lock();
        loop {
            let now = Instant::now();
            since = if condition(&seen) { since.or(Some(now)) } else { None };
            let wake = since.map_or(deadline, |since| since + hold);
            if since.is_some() && now >= wake {
                return;
            }
            if now >= deadline || (since.is_none() && seen.closed && seen.status.is_some()) {
                let report = report(what, &seen);
                drop(seen);
                panic!("{report}");
            }
            (seen, _) = self.seen.0.1.wait_timeout(seen, wake - now).expect("no thread panics while it holds the lock");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let running = self.seen.lock().status.is_none();
        if running {
            let _gone_meanwhile = kill_process(self.pid, Signal::KILL);
        }
    }
}

/// Whether the text is there; a line break of the screen counts as a blank, since prose is wrapped at blanks.
fn shows(screen: &Screen, text: &str) -> bool {
    let contents = screen.contents();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    contents.contains(text) || words(&contents).contains(&words(text))
}

fn show(mut output: Box<dyn Read + Send>, screen: &Shared, keyboard: &Keyboard) {
    let mut buffer = vec![0; 64 * 1024];
    // The end of a pseudo terminal is EOF on some systems and EIO on Linux.
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        let bytes = &buffer[..count];
        let mut answers = Vec::new();
        screen.change(|seen| {
            seen.raw.extend_from_slice(bytes);
            seen.emulator.process(bytes);
            answers = std::mem::take(&mut seen.emulator.callbacks_mut().due);
        });
        if !answers.is_empty() {
            let mut keyboard = keyboard.lock().expect("no thread panics while it types");
            let _ended_meanwhile = keyboard.write_all(&answers).and_then(|()| keyboard.flush());
        }
    }
    screen.change(|seen| seen.closed = true);
}

fn report(what: &str, seen: &Seen) -> String {
    use std::fmt::Write as _;
    let screen = seen.emulator.screen();
    let (rows, columns) = screen.size();
    let state = match (&seen.status, seen.closed) {
        (None, _) => "the program is running".to_owned(),
        (Some(status), true) => format!("the program is gone ({status})"),
        (Some(status), false) => {
            format!("the program is gone ({status}), but something that it started holds the terminal")
        }
    };
    let mut report = format!("waited for {what}; {state}; the screen is {columns}×{rows}:\n");
    for row in screen.rows(0, columns.get()) {
        writeln!(report, "│{row}").expect("a String takes everything");
    }
    report
}
