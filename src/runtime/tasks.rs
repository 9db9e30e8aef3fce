//! Effects as tasks. A task that is dropped is cancelled; its events come back over one channel.

use super::check::{AdsServer, check};
use super::places;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::{Rc, Weak};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Mutex, OnceCell, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::oauth::candidates::{self, Candidate};
use crate::oauth::client::Client;
use crate::oauth::endpoints::Trust;
use crate::oauth::http::{Http, HttpSetupError};
use crate::oauth::listener::Pages;
use crate::oauth::login::{Attempt, Progress, login};
use crate::oauth::refresh::refresh;
use crate::oauth::secret::Secret;
use crate::ports::{Browser, Clipboard, Copied, Files, Note, Watching};
use crate::problem::Exit;
use crate::sources;
use crate::targets::plan::Plan;
use crate::targets::save::Surroundings;
use crate::targets::{Credentials, Target};
use crate::wizard::account::CheckId;
use crate::wizard::{AttemptId, Effect, Event, What};

/// Changes in a directory come in flocks; one look serves them all.
const FLOCK: Duration = Duration::from_millis(250);
/// Rows are sent this often while the looking goes on, after the first.
const ROWS_EVERY: Duration = Duration::from_millis(50);
/// How long a browser may still be fetching its page after the wizard has ended.
const LINGER: Duration = Duration::from_secs(3);

/// So many pasted answers may wait while one is being judged: more than anybody can paste in that time.
pub const PASTES: usize = 16;

/// From what a person typed to the path that is meant.
pub type TypedPath = Box<dyn Fn(&str) -> Option<PathBuf>>;

/// Hears lines of a trace.
pub type TraceLines = Box<dyn FnMut(&str)>;

/// The machine as the wizard's tasks see it.
pub struct Machine {
    /// Starts browsers.
    pub browser: Arc<dyn Browser>,
    /// Copies.
    pub clipboard: Arc<dyn Clipboard>,
    /// Looks for files and reads them.
    pub files: Arc<dyn Files>,
    /// Makes a path of what a person typed or pasted.
    pub typed_path: TypedPath,
    /// Which endpoints are accepted.
    pub trust: Trust,
    /// After which time a copied token is cleared from the clipboard.
    pub clear_token_after: Option<Duration>,
    /// What the browser shows at the end of a sign-in.
    pub pages: &'static Pages,
    /// Where the Ads API is.
    pub ads: AdsServer,
    /// Below which directory the usual targets are.
    pub home: PathBuf,
    /// What could shadow a target.
    pub around: Surroundings,
    /// Hears a line about every event and effect (`--log`).
    pub trace: Option<TraceLines>,
}

/// A signal, as the loop understands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ends the program with this code.
    Ends(Exit),
    /// SIGTSTP from outside.
    Stop,
    /// SIGCONT: somebody else may have used the terminal meanwhile.
    Continued,
}

/// What a task has to say.
pub(super) struct Outcome {
    pub event: Event,
    /// A text that only the terminal can copy.
    pub by_terminal: Option<Secret>,
}

impl From<Event> for Outcome {
    fn from(event: Event) -> Self {
        Self { event, by_terminal: None }
    }
}

struct RunningAttempt {
    id: AttemptId,
    task: JoinHandle<()>,
    pasted: mpsc::Sender<Secret>,
    /// A file with the consent URL. The task owns it, so that it goes with the attempt, however that ends.
    note: Weak<RefCell<Option<Note>>>,
}

/// Everything that goes on beside the loop.
pub(super) struct Tasks {
    browser: Arc<dyn Browser>,
    clipboard: Arc<dyn Clipboard>,
    files: Arc<dyn Files>,
    typed_path: TypedPath,
    trust: Trust,
    clear_token_after: Option<Duration>,
    pages: &'static Pages,
    ads: AdsServer,
    home: PathBuf,
    around: Surroundings,
    outcomes: mpsc::UnboundedSender<Outcome>,
    http: Arc<OnceCell<Http>>,
    attempt: Option<RunningAttempt>,
    /// Whose turn it is at the port: every attempt wants the same one.
    port: Rc<Mutex<()>>,
    check: Option<AbortOnDrop>,
    /// Told when there may be something else to find.
    changed: mpsc::Sender<()>,
    /// What tells that, once the first look is over.
    watching: Arc<OnceLock<Option<Watching>>>,
}

/// A task that ends with its handle.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Tasks {
    pub fn new(machine: Machine, outcomes: mpsc::UnboundedSender<Outcome>) -> Self {
        let (changed, to_look_again) = mpsc::channel(1);
        let tasks = Self {
            browser: machine.browser,
            clipboard: machine.clipboard,
            files: machine.files,
            typed_path: machine.typed_path,
            trust: machine.trust,
            clear_token_after: machine.clear_token_after,
            pages: machine.pages,
            ads: machine.ads,
            home: machine.home,
            around: machine.around,
            outcomes,
            http: Arc::new(OnceCell::new()),
            attempt: None,
            port: Rc::default(),
            check: None,
            changed,
            watching: Arc::default(),
        };
        tasks.look_after(to_look_again);
        tasks
    }

    /// Starts what an effect asks for. Quit, Suspend and Ring are the loop's own.
    pub fn start(&mut self, effect: Effect) {
        match effect {
            Effect::LookForSources => self.look(),
            Effect::WatchSources => self.watch(),
            Effect::ReadSource(text) => self.read(&text),
            Effect::BeginAttempt(id, attempt) => self.begin(id, *attempt),
            Effect::EndAttempt(id) => self.end(id),
            Effect::SubmitPasted(id, text) => {
                if let Some(attempt) = self.attempt.as_ref().filter(|attempt| attempt.id == id) {
                    // It fails when an earlier paste was the answer.
                    let _ = attempt.pasted.try_send(text);
                }
            }
            Effect::OpenConsent(url) => self.open(url, true),
            Effect::OpenPage(url) => self.open(url, false),
            Effect::Copy(what, text) => self.copy(what, text),
            Effect::WriteUrl(id, url) => self.write_url(id, url),
            Effect::Check(id, client, token) => self.check(id, client, token),
            Effect::EndCheck(_) => self.check = None,
            Effect::LookAtTargets(client, credentials, renewed) => self.look_at_targets(client, *credentials, renewed),
            Effect::LookAtTarget(target, text, credentials) => self.look_at_target(target, &text, *credentials),
            Effect::TryOldToken(path, client, token) => self.try_old_token(path, client, token),
            Effect::Save(plans) => self.save(plans),
            Effect::Quit(_) | Effect::Suspend | Effect::Ring(_) => {}
        }
    }

    /// Drops an attempt that nobody has answered, and with it its port.
    pub fn end_unanswered(&mut self) {
        if let Some(attempt) = self.attempt.as_ref().filter(|attempt| !attempt.pasted.is_closed()) {
            attempt.task.abort();
        }
    }

    pub async fn linger(&mut self) {
        if let Some(attempt) = self.attempt.take() {
            let _ = timeout(LINGER, attempt.task).await;
        }
    }

    fn look(&self) {
        let (files, trust, outcomes) = (self.files.clone(), self.trust.clone(), self.outcomes.clone());
        tokio::task::spawn_blocking(move || {
            let mut sent = None;
            let show = |rows: &mut Vec<Candidate>, finished| {
                candidates::order(rows);
                let _ = outcomes.send(Event::SourcesFound { rows: rows.clone(), finished }.into());
                // With few cores the frame that waits for this would else wait for the rest of the look, too.
                std::thread::yield_now();
            };
            let mut rows = Vec::new();
            files.look(&mut |file| {
                let Some(file) = file else { return show(&mut rows, false) };
                rows.extend(sources::judge_found(file, &trust));
                let is_time = sent.is_none_or(|at: Instant| at.elapsed() >= ROWS_EVERY);
                if is_time && !rows.is_empty() {
                    show(&mut rows, false);
                    sent = Some(Instant::now());
                }
            });
            show(&mut rows, true);
        });
    }

    /// Does nothing when it was tried before.
    fn watch(&self) {
        if self.watching.get().is_some() {
            return;
        }
        let (files, changed, watching) = (self.files.clone(), self.changed.clone(), self.watching.clone());
        tokio::task::spawn_blocking(move || {
            watching.get_or_init(|| {
                // A change that waits already stands for this one, too.
                let again = move || {
                    let _ = changed.try_send(());
                };
                let watching = files.watch(Box::new(again.clone()))?;
                // What changed before somebody watched is found by looking once more.
                again();
                Some(watching)
            });
        });
    }

    /// Looks again whenever something changed.
    fn look_after(&self, mut changes: mpsc::Receiver<()>) {
        let (files, trust, outcomes) = (self.files.clone(), self.trust.clone(), self.outcomes.clone());
        tokio::spawn(async move {
            while changes.recv().await.is_some() {
                sleep(FLOCK).await;
                while changes.try_recv().is_ok() {}
                let (files, trust) = (files.clone(), trust.clone());
                let rows = tokio::task::spawn_blocking(move || all_rows(&*files, &trust)).await;
                let Ok(rows) = rows else { return };
                if outcomes.send(Event::SourcesFound { rows, finished: true }.into()).is_err() {
                    return;
                }
            }
        });
    }

    fn read(&self, text: &str) {
        let Some(path) = (self.typed_path)(text) else { return };
        let (files, trust, outcomes) = (self.files.clone(), self.trust.clone(), self.outcomes.clone());
        tokio::task::spawn_blocking(move || {
            let candidate = sources::judge_named(files.read(&path), &trust);
            let _ = outcomes.send(Event::SourceRead(candidate).into());
        });
    }

    fn begin(&mut self, id: AttemptId, attempt: Attempt) {
        let (outcomes, http, pages) = (self.outcomes.clone(), self.http.clone(), self.pages);
        let port = self.port.clone();
        let (pasted, receiver) = mpsc::channel(PASTES);
        let kept = Rc::new(RefCell::new(None));
        let note = Rc::downgrade(&kept);
        let task = tokio::task::spawn_local(async move {
            // The browser of the one before may still be fetching its page.
            let _ours = port.lock().await;
            let tell = |progress: Progress| {
                if matches!(progress, Progress::Exchanging | Progress::Ended(_)) {
                    // Nobody needs the consent URL any more.
                    kept.take();
                }
                let _ = outcomes.send(Event::Progressed(id, progress).into());
            };
            login(attempt, pages, build(http), receiver, tell).await;
        });
        self.attempt = Some(RunningAttempt { id, task, pasted, note });
    }

    fn end(&mut self, id: AttemptId) {
        if let Some(attempt) = self.attempt.as_ref().filter(|attempt| attempt.id == id) {
            attempt.task.abort();
        }
    }

    fn write_url(&self, id: AttemptId, url: Secret) {
        let Some(attempt) = self.attempt.as_ref().filter(|attempt| attempt.id == id) else { return };
        let (files, outcomes, note) = (self.files.clone(), self.outcomes.clone(), attempt.note.clone());
        tokio::task::spawn_local(async move {
            let Ok(written) = tokio::task::spawn_blocking(move || files.write_note(&url)).await else { return };
            // The attempt may be over by now; what was written goes again.
            let Some(kept) = note.upgrade() else { return };
            let outcome = written.map(|note| kept.borrow_mut().insert(note).path.clone());
            let _ = outcomes.send(Event::UrlWritten(id, outcome).into());
        });
    }

    fn check(&mut self, id: CheckId, client: Arc<Client>, token: Secret) {
        let (outcomes, http, server) = (self.outcomes.clone(), self.http.clone(), self.ads.clone());
        let task = tokio::task::spawn_local(async move {
            let tell = |checked| {
                let _ = outcomes.send(Event::Checked(id, checked).into());
            };
            check(&client, &token, build(http), &server, tell).await;
        });
        self.check = Some(AbortOnDrop(task));
    }

    fn look_at_targets(&self, client: Arc<Client>, credentials: Credentials, renewed: Option<PathBuf>) {
        let (outcomes, home, around) = (self.outcomes.clone(), self.home.clone(), self.around.clone());
        tokio::task::spawn_blocking(move || {
            let offers = places::offers(&client, &credentials, renewed.as_deref(), &home, &around);
            let _ = outcomes.send(Event::TargetsSeen(offers).into());
        });
    }

    fn look_at_target(&self, target: Target, text: &str, credentials: Credentials) {
        let Some(path) = (self.typed_path)(text) else { return };
        let (outcomes, around) = (self.outcomes.clone(), self.around.clone());
        tokio::task::spawn_blocking(move || {
            let offer = places::offer(target, &path, &credentials, &around);
            let _ = outcomes.send(Event::TargetSeen(Box::new(offer)).into());
        });
    }

    fn try_old_token(&self, path: PathBuf, client: Arc<Client>, token: Secret) {
        let (outcomes, http) = (self.outcomes.clone(), self.http.clone());
        tokio::task::spawn_local(async move {
            if let Ok(http) = build(http).await {
                let outcome = refresh(&http, &client, &token).await.map(|_| ());
                let _ = outcomes.send(Event::OldTokenTried(path, outcome).into());
            }
        });
    }

    /// A save that has begun is not cancelled: it ends with the old file or with the new one.
    fn save(&self, plans: Vec<Plan>) {
        let outcomes = self.outcomes.clone();
        tokio::task::spawn_blocking(move || {
            let _ = outcomes.send(Event::Saved(places::carry_out(&plans)).into());
        });
    }

    fn open(&self, url: String, consent: bool) {
        let (browser, outcomes) = (self.browser.clone(), self.outcomes.clone());
        tokio::task::spawn_blocking(move || {
            let outcome = browser.open(&url);
            let _ = outcomes.send(Event::BrowserTried { consent, outcome }.into());
        });
    }

    fn copy(&self, what: What, text: Secret) {
        let (clipboard, outcomes) = (self.clipboard.clone(), self.outcomes.clone());
        let kept = self.clear_token_after.filter(|_| what == What::Token);
        tokio::task::spawn_blocking(move || {
            let copied = match kept {
                Some(kept) => clipboard.copy_for(&text, kept),
                None => clipboard.copy(&text),
            };
            let by_terminal = (copied == Copied::AskTerminal).then_some(text);
            let _ = outcomes.send(Outcome { event: Event::CopyTried(what, copied), by_terminal });
        });
    }
}

fn all_rows(files: &dyn Files, trust: &Trust) -> Vec<Candidate> {
    let mut rows = Vec::new();
    files.look(&mut |file| rows.extend(file.and_then(|file| sources::judge_found(file, trust))));
    candidates::order(&mut rows);
    rows
}

/// Reads the trust store away from the loop, once for the whole run if it works.
async fn build(http: Arc<OnceCell<Http>>) -> Result<Http, HttpSetupError> {
    let built = http.get_or_try_init(|| async {
        tokio::task::spawn_blocking(Http::build).await.unwrap_or(Err(HttpSetupError::Unusable))
    });
    built.await.cloned()
}
