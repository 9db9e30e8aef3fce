//! Signing in by lines: the consent URL and how it goes on, on stderr; answers from the browser or from stdin.

use std::collections::HashSet;
use std::io::{self, BufRead};
use std::mem::discriminant;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::arguments::SignIn;
use super::machine::{self, Context, say};
use crate::oauth::client::Client;
use crate::oauth::grant::Grant;
use crate::oauth::http::{Http, HttpSetupError};
use crate::oauth::login::{Attempt, Links, Progress, login};
use crate::oauth::redirect::RedirectPlan;
use crate::oauth::secret::Secret;
use crate::ports::Browser;
use crate::problem::{Exit, Problem};
use crate::runtime::{PASTES, Signal};
use crate::text::Medium;

/// How often a waiting program says that it is still there: a screen reader has no spinner.
const STILL_WAITING: Duration = Duration::from_secs(30);
/// At which of these lines it is said what could be in the way.
const LONG: u32 = 2;
/// How long the browser may still be fetching its page after the answer is in.
const LINGER: Duration = Duration::from_secs(3);

/// What is typed or piped in, line by line.
pub type Typed = mpsc::Receiver<Secret>;

/// A grant, and the browser's page that may still be on its way.
pub struct SignedIn {
    pub grant: Grant,
    page: JoinHandle<()>,
}

impl SignedIn {
    /// Waits until the browser has its page.
    pub async fn linger(self) -> Grant {
        let _ = timeout(LINGER, self.page).await;
        self.grant
    }
}

/// Runs a command that a signal may end.
pub fn until_signal(command: impl Future<Output = Exit>) -> Exit {
    machine::run(async {
        tokio::select! {
            exit = ended_by_signal() => exit,
            exit = command => exit,
        }
    })
}

async fn ended_by_signal() -> Exit {
    let mut signals = machine::signals();
    loop {
        if let Some(Signal::Ends(exit)) = signals.next().await {
            return exit;
        }
    }
}

/// The one HTTP client, built away from the waiting.
pub async fn http() -> Result<Http, HttpSetupError> {
    tokio::task::spawn_blocking(Http::build).await.unwrap_or(Err(HttpSetupError::Unusable))
}

/// One attempt, told in lines.
pub async fn sign_in(
    context: &Context,
    options: &SignIn,
    client: Arc<Client>,
    typed: &mut Typed,
) -> Result<SignedIn, Problem> {
    if let Some(host) = &client.endpoints.not_google {
        say(&(context.text.frame.not_google)(host));
    }
    let (told, progress) = mpsc::unbounded_channel();
    let (pasted, answers) = mpsc::channel(PASTES);
    let plan = RedirectPlan::of(&client, options.port, options.redirect_uri.as_ref())
        .map_err(|_| Problem::NoLoopbackRedirect)?;
    let attempt = Attempt { client, plan, wish: options.wish() };
    let tell = move |progress: Progress| {
        let _ = told.send(progress);
    };
    let page = tokio::task::spawn_local(login(attempt, context.text.pages, http(), answers, tell));
    match follow(context, options, progress, typed, pasted).await {
        Ok(grant) => Ok(SignedIn { grant, page }),
        Err(problem) => {
            if problem == Problem::TimedOut {
                page.abort();
            }
            let _ = timeout(LINGER, page).await;
            Err(problem)
        }
    }
}

/// Tells how the attempt goes on, until it ends.
async fn follow(
    context: &Context,
    options: &SignIn,
    mut progress: mpsc::UnboundedReceiver<Progress>,
    typed: &mut Typed,
    pasted: mpsc::Sender<Secret>,
) -> Result<Grant, Problem> {
    let words = &context.text.line;
    let end = options.limit().map(|limit| Instant::now() + limit);
    let mut reminder = Instant::now() + STILL_WAITING;
    let mut reminders = 0;
    let (mut waiting, mut browser_came) = (false, false);
    let mut told_of = HashSet::new();
    loop {
        let wake = end.map_or(reminder, |end| end.min(reminder));
        tokio::select! {
            told = progress.recv() => match told {
                // The task ended without an outcome only if it panicked.
                None => return Err(Problem::Internal),
                Some(Progress::Ended(outcome)) => return outcome.map_err(Problem::Login),
                Some(Progress::Ready(links)) => {
                    waiting = true;
                    show_links(context, options, &links);
                }
                Some(Progress::Started) => {
                    browser_came = true;
                    say(words.browser_arrived);
                }
                Some(Progress::Exchanging) => { waiting = false; say(words.exchanging) }
                Some(Progress::PasteRefused(why)) => {
                    let words = (context.text.problem)(&Problem::Paste(why), Medium::Lines);
                    say(&format!("{}. {}", words.title, words.remedy));
                }
                // Each kind once: a stranger's flood must not push the consent URL off the screen.
                Some(Progress::Ignored(why)) => if told_of.insert(discriminant(&why))
                    && let Some(line) = (words.ignored)(&why) { say(&line) },
            },
            // Every line may be the address that the browser ended on.
            Some(line) = typed.recv(), if waiting => {
                let _ = pasted.try_send(line);
            }
            () = sleep_until(wake) => {
                let now = Instant::now();
                if waiting && end.is_some_and(|end| end <= now) {
                    return Err(Problem::TimedOut);
                }
                reminder = now + STILL_WAITING;
                if waiting {
                    say(&(words.still_waiting)(end.map(|end| end - now)));
                    reminders += 1;
                    if reminders == LONG && !browser_came { say(words.nothing_yet) }
                }
            }
        }
    }
}

fn show_links(context: &Context, options: &SignIn, links: &Links) {
    let words = &context.text.line;
    say(&format!("{}\n{}", words.paste_url, links.consent.as_str()));
    let browser = context.browser(options);
    if browser.is_here() {
        say(&(words.start_link)(&links.start));
        // The launcher is given a link that works once, so that nobody reads the consent URL in the process list.
        match browser.open(&links.browser) {
            Ok(()) => say(words.browser_asked),
            Err(error) => say(&(words.not_opened)(&error)),
        }
    }
    say(words.or_paste_answer);
}

/// Reads stdin line by line. The thread that reads it ends with the process.
pub fn typed_lines() -> Typed {
    let (typed, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if !line.trim().is_empty() && typed.blocking_send(Secret::new(line)).is_err() {
                return;
            }
        }
    });
    lines
}
