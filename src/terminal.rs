//! The real terminal: raw mode, alternate screen, drawing, suspending; crossterm's events as the wizard's.
//! It is the only place that touches raw mode, and leaves the terminal as it found it on every way out but SIGKILL.

#![expect(clippy::disallowed_methods, reason = "this room owns raw mode")]

use std::io::{self, Stdout, Write};
use std::panic;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EventStream, KeyCode, KeyEvent,
    KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use futures_util::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use rustix::process::{Signal, getpgrp, getpid, getsid, kill_process_group};

use crate::oauth::secret::Secret;
use crate::runtime::{Stage, Suspended};
use crate::view::{self, Look, UrlSpot};
use crate::wizard::keys::Key;
use crate::wizard::{Event, Model};

/// The full screen of the wizard. Dropping it leaves the screen.
pub struct FullScreen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    look: Look,
    /// What was printed past ratatui last time, and on a screen of which size.
    printed: Option<(UrlSpot, Rect)>,
}

impl FullScreen {
    /// Takes the terminal over. A panic from now on gives it back before its message is printed.
    pub fn enter(look: Look) -> io::Result<Self> {
        // NO_COLOR is ours to honour (by a palette without colours): crossterm's own way also drops bold and reverse.
        crossterm::style::force_color_output(true);
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            leave();
            before(panic);
        }));
        take_over()?;
        Ok(Self { terminal: Terminal::new(CrosstermBackend::new(io::stdout()))?, look, printed: None })
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    fn paint(&mut self, model: &Model) -> io::Result<()> {
        let mut spot = None;
        let look = &self.look;
        let area = self.terminal.draw(|frame| spot = view::draw(model, look, frame))?.area;
        let wanted = spot.map(|spot| (spot, area));
        if wanted != self.printed {
            if let Some((spot, _)) = &wanted {
                view::print_url(spot, area.width, &mut io::stdout())?;
            }
            self.printed = wanted;
        }
        Ok(())
    }
}

impl Stage for FullScreen {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        let painted = self.paint(model);
        execute!(io::stdout(), EndSynchronizedUpdate)?;
        painted
    }

    fn copy_by_terminal(&mut self, text: &Secret) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.expose()))
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
        take_over()?;
        // A fresh one has no memory of the screen: everything is painted again, without asking the terminal anything.
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        self.printed = None;
        Ok(())
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        leave();
    }
}

fn take_over() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, crossterm::cursor::Hide)
}

/// Gives the terminal back; whatever fails, the rest is still tried. Safe to call twice.
fn leave() {
    let mut out = io::stdout();
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

/// What the user does, as the wizard's events. Ends when the terminal is gone.
pub fn input() -> impl Stream<Item = Event> + Unpin {
    let events = EventStream::new().take_while(|event| std::future::ready(event.is_ok()));
    Box::pin(events.filter_map(|event| std::future::ready(event.ok().and_then(translate))))
}

fn translate(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Event::Pressed),
        event::Event::Paste(text) => Some(Event::Pasted(Secret::new(text))),
        event::Event::Resize(columns, rows) => Some(Event::Resized(columns, rows)),
        event::Event::Key(_) | event::Event::FocusGained | event::Event::FocusLost | event::Event::Mouse(_) => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    Some(match key.code {
        // Typed before raw mode was on, Enter arrives as a line feed.
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
