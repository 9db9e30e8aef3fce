use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Cell;

use super::*;

fn spot(text: &str, row: u16, rows: u16) -> UrlSpot {
    UrlSpot { row, rows, url: Secret::new(text.to_owned()), hyperlink: true }
}

fn printed(spot: &UrlSpot, width: u16) -> String {
    let mut out = Vec::new();
    print_url(spot, width, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What a terminal of this width shows after it was full of `#`.
fn shown(spot: &UrlSpot, (columns, rows): (u16, u16)) -> Vec<String> {
    let mut screen = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
    screen.process("#".repeat(usize::from(columns) * usize::from(rows)).as_bytes());
    screen.process(printed(spot, columns).as_bytes());
    screen.screen().rows(0, columns).collect()
}

#[test]
fn the_terminal_wraps_the_text_and_the_rest_of_the_last_row_is_blank() {
    let rows = shown(&spot("https://example.org/", 1, 3), (8, 5));
    assert_eq!(rows, ["########", "https://", "example.", "org/", "########"]);
}

#[test]
fn a_text_that_ends_at_the_right_margin_keeps_its_last_character() {
    let rows = shown(&spot("https://example.", 0, 2), (8, 3));
    assert_eq!(rows, ["https://", "example.", "########"]);
}

#[test]
fn rows_that_are_reserved_and_not_needed_become_blank() {
    let rows = shown(&spot("https://", 0, 3), (8, 4));
    assert_eq!(rows, ["https://", "", "", "########"]);
}

#[test]
fn a_web_address_is_one_hyperlink_and_nothing_else_is() {
    let link = printed(&spot("https://example.org/", 0, 1), 80);
    assert_eq!(link.matches("\x1b]8;;").count(), 2);
    assert!(link.contains("\x1b]8;;https://example.org/\x1b\\https://example.org/\x1b]8;;\x1b\\"), "{link:?}");
    for other in ["javascript:alert(1)", "file:///etc/passwd", "1//0gtoken"] {
        assert!(!printed(&spot(other, 0, 1), 80).contains("\x1b]8"), "{other}");
    }
    let plain = UrlSpot { hyperlink: false, ..spot("https://example.org/", 0, 1) };
    assert!(!printed(&plain, 80).contains("\x1b]8"));
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let out = printed(&spot("https://a\x1b]52;c;eA==\x07b\n\u{202e}c", 0, 1), 80);
    assert!(out.contains("https://a]52;c;eA==bc"), "{out:?}");
    assert!(!out.contains(['\x07', '\n', '\u{202e}']));
}

/// Runs frames over one terminal; returns the cells that `ratatui` itself painted for the last one.
fn painted_last(frames: &[Option<UrlSpot>]) -> Vec<(u16, u16, Cell)> {
    let mut terminal = Terminal::new(TestBackend::new(8, 4)).unwrap();
    for (number, spot) in frames.iter().enumerate() {
        if number + 1 == frames.len() {
            // Anything that is painted now is told from what was there.
            let blank = Cell::new("#");
            let all: Vec<_> = (0..4).flat_map(|y| (0..8).map(move |x| (x, y))).collect();
            terminal.backend_mut().draw(all.iter().map(|(x, y)| (*x, *y, &blank))).unwrap();
        }
        let draw = |frame: &mut ratatui::Frame| {
            if let Some(spot) = spot {
                reserve(frame.buffer_mut(), spot);
            }
        };
        terminal.draw(draw).unwrap();
    }
    let buffer = terminal.backend().buffer();
    let mut painted = Vec::new();
    for y in 0..4 {
        for x in 0..8 {
            if buffer[(x, y)].symbol() != "#" {
                painted.push((x, y, buffer[(x, y)].clone()));
            }
        }
    }
    painted
}

#[test]
fn reserved_rows_are_never_painted_by_frames() {
    let here = Some(spot("https://example.org/", 1, 3));
    assert_eq!(painted_last(std::slice::from_ref(&here)), []);
    assert_eq!(painted_last(&[here.clone(), here]), []);
}

#[test]
fn rows_that_are_not_reserved_any_more_are_painted_over() {
    let here = Some(spot("https://example.org/", 1, 3));
    let painted = painted_last(&[here.clone(), None]);
    assert_eq!(painted.len(), 24, "all of the three rows");
    assert!(painted.iter().all(|(_, y, cell)| *y >= 1 && cell.symbol() == " "));
    let moved = painted_last(&[here, Some(spot("https://", 2, 1))]);
    assert_eq!(moved.len(), 16, "the rows that it left");
}
