//! The least that a full-screen program can be: one line, drawn once, until a key is pressed.

use std::io;

use crossterm::event::{self, Event};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    terminal.draw(|frame| frame.render_widget("One line of a full-screen program", frame.area()))?;
    while !matches!(event::read()?, Event::Key(_)) {}
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()
}
