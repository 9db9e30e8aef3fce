//! The real terminal: raw mode, alternate screen, drawing, suspending; crossterm's events as the wizard's.
//! It is the only place that touches raw mode, and leaves the terminal as it found it on every way out but SIGKILL.

#![expect(clippy::disallowed_methods, reason = "this room owns raw mode")]

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::panic;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange, KeyCode, KeyEvent,
    KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use futures_util::stream::{self, Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use rustix::process::{Signal, getpgrp, getpid, getsid, kill_process_group};
use rustix::termios::{QueueSelector, tcflush};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::mpsc;
use zeroize::Zeroize;

use crate::oauth::consent::ConsentUrl;
use crate::oauth::secret::Secret;
use crate::problem::Exit;
use crate::runtime::{Stage, Suspended};
use crate::view::{self, Look, UrlSpot};
use crate::wizard::keys::Key;
use crate::wizard::{Event, Model, News};

/// The bytes of one frame, from ratatui and from us in the order in which they were written. They reach the terminal together, by
/// one call, since a terminal that reads half a frame shows half a frame.
#[derive(Clone)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Bytes {
    /// Enough for most frames; a frame that grew would leave copies of a revealed token behind.
    const USUAL: usize = 16 * 1024;

    fn new() -> Self {
        Self(Rc::new(RefCell::new(Vec::with_capacity(Self::USUAL))))
    }

    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let mut out = io::stdout().lock();
        IS_OURS.store(true, Ordering::Relaxed);
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.zeroize();
        sent
    }
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// ratatui flushes before we have written what is ours.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The full screen of the wizard. The first frame takes the terminal, and dropping it gives the terminal back.
pub struct FullScreen {
    terminal: Terminal<CrosstermBackend<Bytes>>,
    frame: Bytes,
    look: Look,
    /// Whether the terminal is ours, or was when it was painted last.
    is_taken: bool,
    /// What was printed past ratatui last time, and on a screen of which size.
    printed: Option<(UrlSpot, Rect)>,
    /// The window's title, as it was set last.
    title: String,
    /// The consent URL that stands on the normal screen instead.
    bare: Option<ConsentUrl>,
}

impl FullScreen {
    /// A panic from now on gives the terminal back before its message is printed.
    pub fn new(look: Look) -> io::Result<Self> {
        // NO_COLOR is ours to honour (by a palette without colours): crossterm's own way also drops bold and reverse.
        crossterm::style::force_color_output(true);
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Held to the end: another thread may be about to send a frame, and nothing may follow what is said here.
            let _nobody_else_draws = io::stdout().lock();
            leave();
            before(panic);
            // A program that has lost a part of itself must not go on as if nothing had happened.
            std::process::exit(i32::from(Exit::Internal.code()));
        }));
        let frame = Bytes::new();
        let terminal = Terminal::new(CrosstermBackend::new(frame.clone()))?;
        Ok(Self { terminal, frame, look, is_taken: false, printed: None, title: String::new(), bare: None })
    }

    /// Shows the full screen, or the consent URL on the normal one.
    fn show(&mut self, model: &Model) -> io::Result<()> {
        let title = view::title(model, &self.look);
        if title != self.title {
            view::print_title(&title, &mut self.frame)?;
            self.title = title;
        }
        let bare = model.bare_url();
        if bare == self.bare.as_ref() {
            return if bare.is_none() { self.paint(model) } else { Ok(()) };
        }
        let back = self.bare.take().is_some();
        if let Some(url) = bare {
            queue!(self.frame, LeaveAlternateScreen)?;
            view::print_bare(url, &self.look, &mut self.frame)?;
            self.bare = Some(url.clone());
            return Ok(());
        }
        if back {
            queue!(self.frame, EnterAlternateScreen, crossterm::cursor::Hide)?;
            self.forget()?;
        }
        self.paint(model)
    }

    /// Everything is painted again, without asking the terminal anything: a fresh one has no memory of the screen.
    fn forget(&mut self) -> io::Result<()> {
        self.terminal = Terminal::new(CrosstermBackend::new(self.frame.clone()))?;
        self.printed = None;
        Ok(())
    }

    fn paint(&mut self, model: &Model) -> io::Result<()> {
        let mut spot = None;
        let look = &self.look;
        let area = self.terminal.draw(|frame| spot = view::draw(model, look, frame))?.area;
        let wanted = spot.map(|spot| (spot, area));
        if wanted != self.printed {
            if let Some((spot, _)) = &wanted {
                view::print_url(spot, area.width, &mut self.frame)?;
            }
            self.printed = wanted;
        }
        Ok(())
    }
}

impl Stage for FullScreen {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_taken, true) {
            take_over(&mut self.frame)?;
        }
        queue!(self.frame, BeginSynchronizedUpdate)?;
        let painted = self.show(model);
        queue!(self.frame, EndSynchronizedUpdate)?;
        painted.and(self.frame.send())
    }

    fn copy_by_terminal(&mut self, text: &Secret) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.expose()))
    }

    fn ring(&mut self, news: News) -> io::Result<()> {
        let mut out = io::stdout();
        view::ring(news, &self.look, &mut out)?;
        out.flush()
    }

    fn suspend(&mut self) -> io::Result<Suspended> {
        if !shell_is_there() {
            return Ok(Suspended::NoShell);
        }
        leave();
        stop_this_job();
        self.resume()?;
        Ok(Suspended::Resumed)
    }

    fn resume(&mut self) -> io::Result<()> {
        // Who stopped us without asking has set the terminal as he liked, and the library would believe it still raw.
        disable_raw_mode()?;
        self.is_taken = false;
        self.title.clear();
        self.bare = None;
        self.forget()
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        leave();
    }
}

/// Whether a frame was sent, so that there is something to take back. It changes only while the output is locked.
static IS_OURS: AtomicBool = AtomicBool::new(false);

/// What the terminal has to know goes out with the next frame.
fn take_over(frame: &mut Bytes) -> io::Result<()> {
    // As a whole before a panic of another thread gives it back, or never.
    let _nobody_leaves = io::stdout().lock();
    enable_raw_mode()?;
    // What was typed before there was a screen was meant for something else, and an Enter among it would choose unseen.
    let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    // A title that is kept twice would have to be restored twice.
    if !IS_OURS.load(Ordering::Relaxed) {
        view::keep_title(frame)?;
    }
    queue!(frame, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, crossterm::cursor::Hide)
}

/// Gives the terminal back; whatever fails, the rest is still tried. Safe to call twice.
fn leave() {
    let mut out = io::stdout().lock();
    if IS_OURS.swap(false, Ordering::Relaxed) {
        let _ = view::restore_title(&mut out);
        let _ = execute!(
            out,
            EndSynchronizedUpdate,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            crossterm::style::ResetColor,
            Show
        );
        let _ = out.flush();
    }
    let _ = disable_raw_mode();
}

/// A session leader has no shell behind it that could continue it.
fn shell_is_there() -> bool {
    getsid(None).is_ok_and(|session| session != getpid())
}

/// SIGSTOP and not SIGTSTP: the kernel discards the latter in an orphaned process group.
fn stop_this_job() {
    let _ = kill_process_group(getpgrp(), Signal::STOP);
}

/// Columns and rows.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// What the user does, as the wizard's events. Ends when the terminal is gone.
pub fn input() -> impl Stream<Item = Event> + Unpin {
    // Nobody listens before the first frame, which need not wait for a thread.
    let read = stream::once(async { read() }).flatten();
    Box::pin(read.take_until(hung_up()))
}

/// On a thread of its own: at the end of a terminal that is gone crossterm reads again and again, and never comes back.
fn read() -> impl Stream<Item = Event> {
    let (sender, mut events) = mpsc::unbounded_channel();
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            if translate(event).is_some_and(|event| sender.send(event).is_err()) {
                return;
            }
        }
    });
    stream::poll_fn(move |context| events.poll_recv(context))
}

/// Waits until nobody holds the other side of the terminal any more. No signal need tell of it: the kernel sends SIGHUP to the leader
/// of the session only.
#[expect(
    deprecated,
    reason = "what replaces it is unsafe, for types that do not own what they register; this one does"
)]
async fn hung_up() {
    let terminal = io::stdin().as_fd().try_clone_to_owned();
    // Of this side of a terminal nothing is urgent, so that only its end can make it ready.
    match terminal.and_then(|terminal| AsyncFd::with_interest(terminal, Interest::PRIORITY)) {
        Ok(terminal) => drop(terminal.ready(Interest::PRIORITY).await),
        Err(_) => std::future::pending().await,
    }
}

fn translate(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Event::Pressed),
        event::Event::Paste(text) => Some(Event::Pasted(Secret::new(text))),
        event::Event::Resize(columns, rows) => Some(Event::Resized(columns, rows)),
        event::Event::FocusGained => Some(Event::Focused(true)),
        event::Event::FocusLost => Some(Event::Focused(false)),
        event::Event::Key(_) | event::Event::Mouse(_) => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    Some(match key.code {
        // What types for a person may send a line feed for Enter.
        KeyCode::Char('j' | 'm') if control => Key::Enter,
        KeyCode::Char('h') if control => Key::Backspace,
        KeyCode::Char('i') if control => Key::Tab,
        KeyCode::Char(character) if control => Key::Ctrl(character.to_ascii_lowercase()),
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(1) => Key::F1,
        _ => return None,
    })
}
