//! Text from outside on its way to the terminal, through every gate that there is; and whatever may happen, in any order, at any size.
#![expect(clippy::disallowed_methods, reason = "it measures in threads, and serves in one")]

mod gates;
mod network;
mod walks;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use adsauth::view::title;
use adsauth::wizard::Model;

use crate::canvas::{look, paint};
use crate::figure::{Effort, Figure};
use crate::random::{DIRECTIONS, Random};

pub fn measure(effort: Effort) -> Vec<Figure> {
    let texts = Texts::default();
    thread::scope(|scope| {
        for half in [0, 1] {
            let texts = &texts;
            scope.spawn(move || gates::measure(&mut Random::new(half), effort.of(45_000, 480_000), texts));
        }
    });
    network::measure(&mut Random::new(2), effort.of(8_000, 40_000), &texts);
    gates::lines(&mut Random::new(3), effort.of(2_000, 20_000), &texts);
    let [seen, bad] = [&texts.seen, &texts.bad].map(|count| count.load(Ordering::Relaxed));
    let mut figures = vec![Figure::none(
        "hostile texts (names, fields, errors, accounts, hints, configurations) with a control or bidi byte that got to the terminal",
        bad,
        seen,
    )];
    figures.push(walks::measure(effort));
    figures
}

/// How many texts were let in, and how many of what they made was not fit for a terminal.
#[derive(Default)]
pub struct Texts {
    seen: AtomicUsize,
    bad: AtomicUsize,
}

impl Texts {
    /// Paints a screen that `texts` hostile texts have come to, and looks at every cell and at the window's title.
    fn judge_screen(&self, texts: usize, model: &Model, gate: &str) {
        let painted = paint(model, &look(), (100, 30));
        let mut shown: String = painted.buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        shown += &title(model, &look());
        self.judge(texts, &shown, gate);
    }

    /// Looks at every character but the ends of lines.
    fn judge_lines(&self, texts: usize, lines: &str, gate: &str) {
        self.judge(texts, &lines.replace('\n', ""), gate);
    }

    fn judge(&self, texts: usize, shown: &str, gate: &str) {
        self.seen.fetch_add(texts, Ordering::Relaxed);
        if let Some(bad) = shown.chars().find(|character| is_bad(*character)) {
            self.bad.fetch_add(1, Ordering::Relaxed);
            eprintln!("figures: {gate} lets {bad:?} through");
        }
    }
}

/// C0, DEL, C1, and what turns the direction of reading.
fn is_bad(character: char) -> bool {
    character.is_control() || DIRECTIONS.contains(&character)
}
