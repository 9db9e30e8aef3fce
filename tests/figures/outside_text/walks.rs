//! Random walks over events, painted at every size that a window may have.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use adsauth::wizard::{Effect, Event, Model, Moment, update};

use crate::canvas::{look, paint};
use crate::figure::{Effort, Figure};
use crate::random::Random;
use crate::walk::{BEGINNINGS, Chance, KINDS, beginning, event, secrets_seen};

const WIDEST: usize = 300;
const TALLEST: usize = 100;
const LONGEST: usize = 30;

pub fn measure(effort: Effort) -> Figure {
    let walks = effort.of(3_000, 100_000);
    // Every size comes, in an order in which a few walks meet sizes of all kinds.
    let sizes = WIDEST * TALLEST;
    let stride = 7_919;
    let failed = thread::scope(|scope| {
        let half = |first: usize| {
            move || {
                let walks = (first..walks).step_by(2);
                walks.filter(|walk| !is_survived(*walk, walk * stride % sizes)).count()
            }
        };
        let halves = [0, 1].map(|first| scope.spawn(half(first)));
        halves.into_iter().map(|half| half.join().expect("panics are caught")).sum()
    });
    let name = format!("random event runs at sizes from 1×1 to {WIDEST}×{TALLEST} that panicked or showed a secret");
    Figure::none(name, failed, walks)
}

fn is_survived(number: usize, size: usize) -> bool {
    let outcome = catch_unwind(AssertUnwindSafe(|| walk(number, size)));
    let shown = outcome.unwrap_or(Some("a panic".to_owned()));
    if let Some(row) = &shown {
        eprintln!("figures: walk {number} at size {size}: {row}");
    }
    shown.is_none()
}

/// A row that shows a secret, if there is one.
fn walk(number: usize, size: usize) -> Option<String> {
    let cells = |number: usize| u16::try_from(number + 1).expect("a window's side");
    let size = (cells(size % WIDEST), cells(size / WIDEST));
    let mut random = Random::new(u64::try_from(number).expect("a number"));
    let mut pick = |limit: u8| u8::try_from(random.below(usize::from(limit))).expect("less than a byte");
    let mut model: Model = beginning(pick(BEGINNINGS));
    let begun = model.now;
    update(&mut model, Event::Resized(size.0, size.1), begun);
    for _ in 0..random.below(LONGEST) {
        let kind = u8::try_from(random.below(usize::from(KINDS))).expect("less than a byte");
        let detail = u16::try_from(random.number() & 0xffff).expect("16 bits");
        let now = Moment(model.now.0 + Duration::from_millis(u64::from(detail % 3000)));
        let event = event(&model, Chance(kind, detail));
        let effects = update(&mut model, event, now);
        if effects.iter().any(|effect| matches!(effect, Effect::Quit(_))) {
            break;
        }
    }
    secrets_seen(&paint(&model, &look(), size))
}
