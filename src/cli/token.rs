//! `adsauth token`: the first three steps for scripts. Talk on stderr, the result on stdout, nothing asked that was told.

use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::arguments::{Format, SignIn, Token as Options};
use super::json;
use super::machine::{self, Context, print, say, somebody_is_there};
use super::source;
use crate::oauth::client::Client;
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::http::Http;
use crate::oauth::login::{Attempt, Links, Progress, login};
use crate::oauth::redirect::RedirectPlan;
use crate::oauth::scope;
use crate::oauth::secret::Secret;
use crate::ports::{Browser, Clipboard, Copied};
use crate::problem::{Exit, Problem};
use crate::runtime::Signal;
use crate::text::Text;
use crate::wizard::Notice;

/// How often a waiting program says that it is still there: a screen reader has no spinner.
const STILL_WAITING: Duration = Duration::from_secs(30);
/// How long the browser may still be fetching its page after the answer was printed.
const LINGER: Duration = Duration::from_secs(3);

/// Gets a token and hands it over.
pub fn run(context: &Context, options: &Options) -> Exit {
    let as_json = options.format == Some(Format::Json);
    let format = options.format.or((!io::stdout().is_terminal()).then_some(Format::Token));
    if format.is_none() && !somebody_is_there() {
        return json::fail(context, &Problem::NobodyToAsk, as_json);
    }
    let client = match source::choose(context, options.sign_in.client_secrets_path.as_deref()) {
        Ok(client) => client,
        Err(problem) => return json::fail(context, &problem, as_json),
    };
    if let Some(host) = &client.endpoints.not_google {
        say(&(context.text.frame.not_google)(host));
    }
    machine::run(async {
        tokio::select! {
            exit = ended_by_signal() => exit,
            exit = sign_in_and_hand_over(context, options, client, format) => exit,
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

async fn sign_in_and_hand_over(
    context: &Context,
    options: &Options,
    client: Arc<Client>,
    format: Option<Format>,
) -> Exit {
    let (told, progress) = mpsc::unbounded_channel();
    let (pasted, answers) = mpsc::channel(1);
    let sign_in = &options.sign_in;
    let Ok(plan) = RedirectPlan::of(&client, sign_in.port, sign_in.redirect_uri.as_ref()) else {
        return json::fail(context, &Problem::NoLoopbackRedirect, format == Some(Format::Json));
    };
    let attempt = Attempt { client: client.clone(), plan, wish: sign_in.wish() };
    let http = async {
        let built = tokio::task::spawn_blocking(Http::build).await;
        built.unwrap_or(Err(crate::oauth::http::HttpSetupError::Unusable))
    };
    let tell = move |progress: Progress| {
        let _ = told.send(progress);
    };
    let page = tokio::task::spawn_local(login(attempt, http, answers, tell));
    let mut typed = typed_lines();
    let grant = follow(context, sign_in, progress, &mut typed, pasted).await;
    let exit = match grant {
        Ok(grant) => hand_over(context, sign_in, &client, &grant, format, &mut typed).await,
        Err(problem) => {
            if problem == Problem::TimedOut {
                page.abort();
            }
            json::fail(context, &problem, format == Some(Format::Json))
        }
    };
    let _ = timeout(LINGER, page).await;
    exit
}

/// Tells how the attempt goes on, until it ends.
async fn follow(
    context: &Context,
    options: &SignIn,
    mut progress: mpsc::UnboundedReceiver<Progress>,
    typed: &mut mpsc::Receiver<Secret>,
    pasted: mpsc::Sender<Secret>,
) -> Result<Grant, Problem> {
    let words = &context.text.line;
    let end = options.limit().map(|limit| Instant::now() + limit);
    let mut reminder = Instant::now() + STILL_WAITING;
    let mut waiting = false;
    loop {
        let wake = end.map_or(reminder, |end| end.min(reminder));
        tokio::select! {
            told = progress.recv() => match told {
                // The task ended without an outcome only if it panicked.
                None => return Err(Problem::TimedOut),
                Some(Progress::Ended(outcome)) => return outcome.map_err(Problem::Login),
                Some(Progress::Ready(links)) => {
                    waiting = true;
                    show_links(context, options, &links);
                }
                Some(Progress::Started) => say(words.browser_arrived),
                Some(Progress::Exchanging) => { waiting = false; say(words.exchanging) }
                Some(Progress::PasteRefused(why)) => {
                    let words = (context.text.problem)(&Problem::Paste(why));
                    say(&format!("{} {}", words.title, words.remedy));
                }
                Some(Progress::Ignored(why)) => if let Some(line) = (words.ignored)(&why) { say(&line) },
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
                if waiting { say(&(words.still_waiting)(end.map(|end| end - now))) }
            }
        }
    }
}

fn show_links(context: &Context, options: &SignIn, links: &Links) {
    let words = &context.text.line;
    say(words.paste_url);
    say(links.consent.as_str());
    let browser = context.browser(options);
    if browser.is_here() {
        say(&(words.start_link)(&links.start));
        // The launcher is given a link that works once, so that nobody reads the consent URL in the process list.
        match browser.open(&links.browser) {
            Ok(()) => say(words.browser_asked),
            Err(error) => say(&(context.text.notice)(&Notice::NotOpened(error))),
        }
    }
    say(words.or_paste_answer);
}

/// What is typed or piped in, line by line. The thread that reads it ends with the process.
fn typed_lines() -> mpsc::Receiver<Secret> {
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

async fn hand_over(
    context: &Context,
    options: &SignIn,
    client: &Client,
    grant: &Grant,
    format: Option<Format>,
    typed: &mut mpsc::Receiver<Secret>,
) -> Exit {
    say(context.text.line.fetched);
    for line in health(context.text, grant) {
        say(&line);
    }
    let written = match format {
        Some(Format::Json) => json::print_document(&json::Token::of(context, client, grant)),
        Some(Format::AuthorizedUser) => json::print_document(&json::AuthorizedUser::of(client, grant)),
        Some(Format::Token) => print(&zeroize::Zeroizing::new(format!("{}\n", grant.refresh_token.expose()))),
        Some(Format::Env) => print(&environment_lines(client, grant)),
        None => return ask_what_to_do(context, options, grant, typed).await,
    };
    if written { Exit::Done } else { Exit::Write }
}

/// The health card in lines: a word before every value.
fn health(text: &Text, grant: &Grant) -> Vec<String> {
    let words = &text.token;
    let warnings = grant.warnings();
    let mut lines = vec![
        format!("{}: {}", words.account, grant.account.as_deref().unwrap_or(words.account_unknown)),
        format!(
            "{}: {}",
            words.scopes,
            grant.scopes.iter().map(|scope| scope::short(scope)).collect::<Vec<_>>().join(", ")
        ),
    ];
    if grant.refresh_expires.is_none() {
        lines.push(format!("{}: {}", words.lifetime, words.no_expiry));
    }
    lines.extend(warnings.into_iter().map(|known| {
        let label = match known {
            Warning::DiesInTesting(_) | Warning::TimeLimited(_) => words.lifetime,
            Warning::ScopesMissing => words.missing,
        };
        format!("{label}: {}", (words.warning)(known, grant))
    }));
    lines
}

/// `GOOGLE_ADS_…` as every client library reads them; single quotes hold any visible ASCII but themselves.
fn environment_lines(client: &Client, grant: &Grant) -> zeroize::Zeroizing<String> {
    let quoted = |value: &str| format!("'{}'", value.replace('\'', r"'\''"));
    zeroize::Zeroizing::new(format!(
        "GOOGLE_ADS_CLIENT_ID={}\nGOOGLE_ADS_CLIENT_SECRET={}\nGOOGLE_ADS_REFRESH_TOKEN={}\n",
        quoted(&client.id),
        quoted(client.secret.expose()),
        quoted(grant.refresh_token.expose()),
    ))
}

/// On a terminal and without `--format`: the health card and the masked token, then what to do with it.
async fn ask_what_to_do(
    context: &Context,
    options: &SignIn,
    grant: &Grant,
    typed: &mut mpsc::Receiver<Secret>,
) -> Exit {
    let words = &context.text.line;
    say(&(words.your_token)(&grant.refresh_token.masked()));
    let mut handed_over = false;
    loop {
        say(words.copy_show_or_quit);
        match typed.recv().await.as_ref().map(|answer| answer.expose().trim()) {
            Some("1" | "c") => handed_over |= copy(context, options, &grant.refresh_token),
            Some("2" | "v") => {
                handed_over |= print(&zeroize::Zeroizing::new(format!("{}\n", grant.refresh_token.expose())));
            }
            Some("3" | "q") | None => return if handed_over { Exit::Done } else { Exit::Consent },
            Some(_) => {}
        }
    }
}

fn copy(context: &Context, options: &SignIn, token: &Secret) -> bool {
    let clipboard = context.clipboard(options);
    let copied = match options.clear_token_after() {
        Some(kept) => clipboard.copy_for(token, kept),
        None => clipboard.copy(token),
    };
    if copied == Copied::AskTerminal {
        let sent =
            crossterm::execute!(io::stderr(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(token.expose()));
        if sent.is_err() {
            return false;
        }
    }
    say(&(context.text.token.copy_route)(&copied));
    copied != Copied::CommandFailed
}
