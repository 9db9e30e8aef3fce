//! Frames and the text that is printed past them, on a terminal that remembers which rows it wrapped by itself.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use adsauth::view::{UrlSpot, draw, print_url};
use adsauth::wizard::{Event, Model};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::canvas::{look, paint};
use crate::scenes::Script;
use adsauth::wizard::keys::Key;

/// What has been written and not yet been read by the terminal.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Screen {
    wire: Wire,
    terminal: Terminal<CrosstermBackend<Wire>>,
    emulator: vt100::Parser,
    size: (u16, u16),
    printed: Option<UrlSpot>,
}

impl Screen {
    fn new((columns, rows): (u16, u16)) -> Self {
        let wire = Wire::default();
        let area = Rect::new(0, 0, columns, rows);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), options).unwrap();
        let emulator = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        Self { wire, terminal, emulator, size: (columns, rows), printed: None }
    }

    /// One frame as the program shows it: the text only when its place has changed. Returns how many bytes that took.
    fn show(&mut self, model: &Model) -> usize {
        let mut spot = None;
        self.terminal.draw(|frame| spot = draw(model, &look(), frame)).unwrap();
        if spot != self.printed {
            if let Some(spot) = &spot {
                print_url(spot, self.size.0, &mut self.wire).unwrap();
            }
            self.printed = spot;
        }
        let bytes = self.wire.0.take();
        self.emulator.process(&bytes);
        let rows: Vec<_> = self.emulator.screen().rows(0, self.size.0).collect();
        let rows: Vec<_> = rows.iter().map(|row| row.trim_end()).collect();
        assert_eq!(rows, paint(model, &look(), self.size).rows());
        bytes.len()
    }

    fn wrapped_rows(&self) -> Vec<u16> {
        let screen = self.emulator.screen();
        (0..self.size.1).filter(|row| screen.row_wrapped(*row)).collect()
    }
}

#[test]
fn the_consent_url_is_one_line_of_the_terminal() {
    for size in [(60, 18), (80, 24), (120, 40), (300, 100)] {
        let mut screen = Screen::new(size);
        screen.show(&Script::waiting().model);
        let spot = screen.printed.clone().unwrap();
        let expected: Vec<_> = (spot.row..spot.row + spot.rows - 1).collect();
        assert_eq!(screen.wrapped_rows(), expected, "{size:?}");
    }
}

#[test]
fn a_revealed_token_is_one_line_of_the_terminal() {
    let mut screen = Screen::new((60, 18));
    let script = Script::token(crate::scenes::grant());
    screen.show(&script.model);
    screen.show(&script.clone().key('v').model);
    assert_eq!(screen.wrapped_rows().len(), 1);
    screen.show(&script.key('v').key('v').model);
}

#[test]
fn whatever_lies_over_the_url_is_painted_and_the_url_comes_back() {
    for size in [(60, 18), (80, 24)] {
        let mut screen = Screen::new(size);
        let waiting = Script::waiting();
        screen.show(&waiting.model);
        for key in ['?', 'p', 'e', 'h', 'n', 's'] {
            let over = waiting.clone().key(key);
            screen.show(&over.model);
            screen.show(&over.press(Key::Esc).model);
            let spot = screen.printed.clone().unwrap();
            let wrapped = screen.wrapped_rows();
            assert!((spot.row..spot.row + spot.rows - 1).all(|row| wrapped.contains(&row)), "{key} at {size:?}");
        }
    }
}

#[test]
fn the_url_is_not_printed_again_while_it_stays_where_it_is() {
    let mut screen = Screen::new((80, 24));
    let waiting = Script::waiting();
    screen.show(&waiting.model);
    let bytes = screen.show(&waiting.then(Event::Ticked).model);
    assert!(bytes < 300, "{bytes} bytes for a tick");
}
