//! The loop: events in, [`update`], effects out, one frame after each. It decides nothing; `wizard` does.

#![expect(clippy::disallowed_methods, reason = "this room spawns the tasks")]

mod check;
mod places;
mod tasks;
mod trace;

use std::future::pending;
use std::io;
use std::time::Duration;

use futures_util::{FutureExt, Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

pub use check::{AdsServer, check};
pub use places::{carry_out, offer, offers};
pub use tasks::{Machine, PASTES, Signal, TraceLines};

use crate::oauth::secret::Secret;
use crate::problem::Exit;
use crate::wizard::{Effect, Ending, Event, Model, Moment, News, update};
use tasks::{Outcome, Tasks};

/// How many outcomes share a frame.
const MOST_AT_ONCE: usize = 64;
/// What is over sooner is not painted: nobody could have read it, and what comes after it would have to wait.
const GLANCE: Duration = Duration::from_millis(50);

/// Where the wizard is shown.
pub trait Stage {
    /// Paints the model.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
    /// Asks the terminal itself to take a text (OSC 52). Nobody confirms it.
    fn copy_by_terminal(&mut self, text: &Secret) -> io::Result<()>;
    /// Tells somebody who looks elsewhere.
    fn ring(&mut self, news: News) -> io::Result<()>;
    /// Gives the terminal back and stops until the shell continues us.
    fn suspend(&mut self) -> io::Result<Suspended>;
    /// Takes the terminal again after somebody else stopped us, and forgets what was painted.
    fn resume(&mut self) -> io::Result<()>;
}

/// What came of suspending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspended {
    /// We were stopped and are back.
    Resumed,
    /// There is no shell that could continue us.
    NoShell,
}

/// What is left when the loop has ended.
pub struct Finished {
    /// How it ended.
    pub ending: Ending,
    /// The model at the end, for the summary.
    pub model: Model,
    /// Attempts whose browser may still be fetching its page.
    tasks: Tasks,
}

impl Finished {
    /// Waits until the browser has its page: three seconds at most. Call it after the terminal is given back.
    pub async fn linger(&mut self) {
        self.tasks.linger().await;
    }
}

/// A wizard whose first effects are under way, while the terminal is still being prepared.
pub struct Begun {
    model: Model,
    start: Instant,
    incoming: mpsc::UnboundedReceiver<Outcome>,
    /// Where the trace goes.
    note: TraceLines,
    tasks: Tasks,
}

/// Begins with what the model wants first. None of it needs a terminal.
pub fn begin(model: Model, first: Vec<Effect>, mut machine: Machine) -> Begun {
    let start = Instant::now();
    let (outcomes, incoming) = mpsc::unbounded_channel();
    let mut note = machine.trace.take().unwrap_or_else(|| Box::new(|_| {}));
    let mut tasks = Tasks::new(machine, outcomes);
    for effect in first {
        note(&trace::effect(&effect));
        tasks.start(effect);
    }
    Begun { model, start, incoming, note, tasks }
}

/// Runs the wizard until it ends.
pub async fn run(
    begun: Begun,
    stage: &mut impl Stage,
    mut input: impl Stream<Item = Event> + Unpin,
    mut signals: impl Stream<Item = Signal> + Unpin,
) -> Finished {
    let Begun { mut model, start, mut incoming, mut note, mut tasks } = begun;
    let moment = || Moment(start.elapsed());
    let mut effects = Vec::new();
    // Most homes are looked through in no time, and then the first frame shows what is there.
    if let Ok(Some(outcome)) = timeout(GLANCE, incoming.recv()).await {
        note(&trace::event(&outcome.event));
        effects = update(&mut model, outcome.event, moment());
    }
    // When the next frame is painted; nothing when the screen shows the model.
    let mut due = Some(start);
    let ending = 'ending: loop {
        for effect in effects.drain(..) {
            note(&trace::effect(&effect));
            match effect {
                Effect::Quit(ending) => break 'ending ending,
                Effect::Suspend => match stage.suspend() {
                    Ok(Suspended::Resumed) => {}
                    Ok(Suspended::NoShell) => {
                        update(&mut model, Event::SuspendRefused, moment());
                    }
                    Err(_) => break 'ending Ending::Exit(Exit::HungUp),
                },
                Effect::Ring(news) => {
                    if stage.ring(news).is_err() {
                        break 'ending Ending::Exit(Exit::HungUp);
                    }
                }
                effect => tasks.start(effect),
            }
        }
        // A terminal that cannot be written to has been closed.
        if due.take_if(|at| *at <= Instant::now()).is_some() && stage.draw(&model).is_err() {
            break Ending::Exit(Exit::HungUp);
        }
        let tick = async {
            match model.next_tick().map(|Moment(at)| start + at).into_iter().chain(due).min() {
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        tokio::select! {
            biased;
            Some(signal) = signals.next() => {
                due = Some(Instant::now());
                match signal {
                    Signal::Ends(exit) => break Ending::Exit(exit),
                    Signal::Stop => effects = vec![Effect::Suspend],
                    Signal::Continued => if stage.resume().is_err() { break Ending::Exit(Exit::HungUp) },
                }
            }
            Some(first) = incoming.recv() => {
                let now = moment();
                // What has come meanwhile is painted together; not without end, or keys would wait.
                let more = std::iter::from_fn(|| incoming.try_recv().ok()).take(MOST_AT_ONCE);
                for outcome in std::iter::once(first).chain(more) {
                    if outcome.by_terminal.as_ref().is_some_and(|text| stage.copy_by_terminal(text).is_err()) {
                        break 'ending Ending::Exit(Exit::HungUp);
                    }
                    note(&trace::event(&outcome.event));
                    effects.extend(update(&mut model, outcome.event, now));
                }
                if model.is_passing() {
                    due.get_or_insert(Instant::now() + GLANCE);
                    continue;
                }
                // What was pressed before this was on the screen was meant for the screen before.
                if stage.draw(&model).is_err() { break Ending::Exit(Exit::HungUp) }
                due = None;
                while let Some(Some(event)) = input.next().now_or_never() {
                    effects.extend(update(&mut model, event, now));
                    due = Some(Instant::now());
                }
            }
            event = input.next() => match event {
                Some(event) => {
                    due = Some(Instant::now());
                    note(&trace::event(&event));
                    effects = update(&mut model, event, moment());
                }
                None => break Ending::Exit(Exit::HungUp),
            },
            () = tick => {
                due = Some(Instant::now());
                effects = update(&mut model, Event::Ticked, moment());
            }
        }
    };
    tasks.end_unanswered();
    Finished { ending, model, tasks }
}
