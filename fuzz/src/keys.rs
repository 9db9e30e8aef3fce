//! Whatever a person does at the keyboard, on whatever screen.

use std::time::Duration;

use adsauth::oauth::secret::Secret;
use adsauth::text::Lang;
use adsauth::view::{Glyphs, Look, Palette, draw};
use adsauth::wizard::keys::Key;
use adsauth::wizard::{Event, Model, Moment, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use scenes::Scene;

use crate::sanitize::steers;

/// The screens of the program's own tests are where the person begins.
#[path = "../../tests/support"]
mod support {
    pub mod scenes;
}
use support::scenes;

/// More would only be slower.
const MOST_EVENTS: usize = 48;

thread_local! {
    static SCENES: Vec<Scene> = scenes::all();
}

/// Two bytes choose the screen and the look; then one byte for each event, with what belongs to it behind it.
///
/// Nothing that is typed, pasted or resized makes `update` or `draw` panic, and no cell holds what could steer a terminal.
pub fn check(input: &[u8]) {
    let mut bytes = input.iter().copied();
    let (Some(scene), Some(look)) = (bytes.next(), bytes.next()) else { return };
    let mut model = SCENES.with(|scenes| scenes[usize::from(scene) % scenes.len()].model.clone());
    let look = look_of(look);
    let mut now = model.now;
    let mut terminal = terminal(model.size);
    for _ in 0..MOST_EVENTS {
        let Some((event, pause)) = event(&mut bytes) else { break };
        now = Moment(now.0 + pause);
        let is_resized = matches!(event, Event::Resized(..));
        update(&mut model, event, now);
        if is_resized {
            terminal = self::terminal(model.size);
        }
        check_frame(&model, &look, &mut terminal);
    }
}

fn look_of(byte: u8) -> Look {
    let lang = if byte & 1 == 0 { Lang::En } else { Lang::Ko };
    let palette = if byte & 2 == 0 { Palette::Colour } else { Palette::Mono };
    let glyphs = if byte & 4 == 0 { Glyphs::Unicode } else { Glyphs::Ascii };
    Look { text: lang.text(), palette, glyphs, hyperlinks: true, notifications: true }
}

fn terminal((columns, rows): (u16, u16)) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(columns.max(1), rows.max(1))).expect("memory has no limits that matter")
}

fn check_frame(model: &Model, look: &Look, terminal: &mut Terminal<TestBackend>) {
    let mut spot = None;
    let frame = terminal.draw(|frame| spot = draw(model, look, frame)).expect("memory takes every frame");
    for cell in &frame.buffer.content {
        assert!(!cell.symbol().chars().any(steers), "{:?}", cell.symbol());
    }
    if let Some(spot) = spot {
        assert!(!spot.url.expose().chars().any(steers));
    }
}

/// What the next bytes say, and how long it took to happen.
fn event(bytes: &mut impl Iterator<Item = u8>) -> Option<(Event, Duration)> {
    let kind = bytes.next()?;
    let pause = Duration::from_millis(u64::from(kind >> 5) * 250);
    let event = match kind & 31 {
        0 => Event::Resized(u16::from(bytes.next()?), u16::from(bytes.next()? % 64)),
        1 => Event::Pasted(Secret::new(text(bytes)?)),
        2 => Event::Ticked,
        3 => Event::Focused(bytes.next()? % 2 == 0),
        4 => Event::Pressed(Key::Ctrl(char::from(b'a' + bytes.next()? % 26))),
        5 => Event::Pressed(Key::Char(text(bytes)?.chars().next()?)),
        6..=10 => Event::Pressed(named(bytes.next()?)),
        _ => Event::Pressed(Key::Char(char::from(bytes.next()?))),
    };
    Some((event, pause))
}

fn named(byte: u8) -> Key {
    const KEYS: [Key; 16] = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::F1,
        Key::Enter,
    ];
    KEYS[usize::from(byte) % KEYS.len()]
}

/// A length, and so many bytes as text.
fn text(bytes: &mut impl Iterator<Item = u8>) -> Option<String> {
    let length = usize::from(bytes.next()?);
    let bytes: Vec<u8> = bytes.take(length).collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
