//! The least that a list of client files can be: a frame, a look into the home directory on a thread of its own, a frame with the
//! client file that was found there, until a key is pressed.

use std::sync::mpsc;
use std::{env, fs, io, thread};

use crossterm::event::{self, Event};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout};

fn main() -> io::Result<()> {
    let (found, rows) = mpsc::channel();
    thread::spawn(move || {
        let home = env::var_os("HOME").unwrap_or_default();
        for entry in fs::read_dir(home).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("client_secret_") {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
                let _ = found.send(format!("{name} {}", json["installed"]["project_id"]));
            }
        }
    });
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut paint = |row: &str| {
        terminal
            .draw(|frame| {
                let rows = [Constraint::Length(2), Constraint::Min(1), Constraint::Length(1)];
                let [head, list, keys] = Layout::vertical(rows).areas(frame.area());
                frame.render_widget("Which client file?", head);
                frame.render_widget(row, list);
                frame.render_widget("Enter sign in  q quit", keys);
            })
            .map(|_| ())
    };
    paint("Looking")?;
    paint(&rows.recv().unwrap_or_default())?;
    while !matches!(event::read()?, Event::Key(_)) {}
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()
}
