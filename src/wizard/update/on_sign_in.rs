//! What happens on the Sign in step, until the token is there.

use std::mem;
use std::path::PathBuf;
use std::time::Duration;

use crate::oauth::callback::Ignored;
use crate::oauth::login::{Attempt, Links, Progress};
use crate::oauth::redirect::{RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::oauth::secret::Secret;
use crate::ports::{BrowserError, NotWritten};
use crate::problem::Problem;
use crate::wizard::field::Field;
use crate::wizard::sign_in::{self, Dialog, Limit, Opened, Phase, Waiting};
use crate::wizard::{AttemptId, Effect, Model, Moment, News, Notice, Overlay, Question, Step, What, client, token};

/// A new attempt with the wish of this moment, on the port of this run. An older attempt ends.
pub(super) fn begin_attempt(model: &mut Model) -> Vec<Effect> {
    let Step::SignIn(screen) = &mut model.step else { return Vec::new() };
    let mut effects: Vec<_> = screen.attempt().map(Effect::EndAttempt).into_iter().collect();
    screen.dialog = None;
    let Ok(plan) = RedirectPlan::of(&screen.source.client, model.port, screen.added.as_ref()) else {
        screen.phase = Phase::NoRedirect;
        return effects;
    };
    model.last_attempt.0 += 1;
    let id = model.last_attempt;
    screen.phase = Phase::Preparing(id);
    let attempt = Attempt { client: screen.source.client.clone(), plan, wish: screen.wish.clone() };
    effects.push(Effect::BeginAttempt(id, Box::new(attempt)));
    effects
}

/// Another account takes the place of the token at hand, which may need asking first.
pub(super) fn someone_else(model: &mut Model) -> Vec<Effect> {
    if model.card().is_some_and(token::Card::is_live) {
        model.overlay = Some(Overlay::Ask(Question::DropToken));
        return Vec::new();
    }
    sign_in_anew(model)
}

pub(super) fn sign_in_anew(model: &mut Model) -> Vec<Effect> {
    let mut ended = Vec::new();
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    model.step = match step {
        Step::Token(screen) => Step::SignIn(Box::new(screen.sign_in)),
        Step::Account(screen) => {
            ended.push(Effect::EndCheck(screen.check));
            Step::SignIn(Box::new(screen.token.sign_in))
        }
        step @ (Step::Client(_) | Step::SignIn(_) | Step::Save(_)) => step,
    };
    if let Step::SignIn(screen) = &mut model.step {
        screen.wish.login_hint = None;
    }
    ended.extend(begin_attempt(model));
    ended
}

pub(super) fn progressed(model: &mut Model, attempt: AttemptId, progress: Progress) -> Vec<Effect> {
    let (now, timeout) = (model.now, model.options.timeout);
    let Step::SignIn(screen) = &mut model.step else { return Vec::new() };
    if screen.attempt() != Some(attempt) {
        return Vec::new();
    }
    match progress {
        Progress::Ready(links) => {
            if !screen.is_web() {
                model.port = Some(links.redirect.port());
            }
            let limit = timeout.map_or(Limit::None, |timeout| Limit::Until(now.after(timeout)));
            screen.phase = Phase::Waiting(Box::new(Waiting {
                attempt,
                links,
                since: now,
                limit,
                ignored: 0,
                reported: None,
                https: false,
                browser: Opened::NotYet,
                file: None,
            }));
        }
        Progress::Exchanging => {
            screen.dialog = None;
            screen.phase = Phase::Exchanging(attempt);
        }
        Progress::Ended(Ok(grant)) => {
            arrived(model, token::Card::new(grant));
            return ring(model, News::TokenArrived);
        }
        Progress::Ended(Err(error)) => {
            screen.dialog = None;
            screen.phase = Phase::Ended(Box::new(Problem::Login(error)));
            return ring(model, News::AttemptEnded);
        }
        Progress::PasteRefused(why) => {
            if let Some(Dialog::Paste { refused, .. }) = &mut screen.dialog {
                *refused = Some(why);
            }
        }
        Progress::Started => {
            if let Phase::Waiting(waiting) = &mut screen.phase {
                waiting.browser = Opened::Arrived;
            }
        }
        Progress::Ignored(why) => {
            if let Phase::Waiting(waiting) = &mut screen.phase {
                ignored(waiting, why);
            }
        }
    }
    Vec::new()
}

/// Whoever waits elsewhere wants to know.
fn ring(model: &Model, news: News) -> Vec<Effect> {
    model.away.then_some(Effect::Ring(news)).into_iter().collect()
}

pub(super) fn ignored(waiting: &mut Waiting, why: Ignored) {
    waiting.ignored = waiting.ignored.saturating_add(1);
    match why {
        Ignored::Https => waiting.https = true,
        Ignored::ErrorWithoutState(error) => waiting.reported = Some(error),
        Ignored::Unrelated | Ignored::OtherState | Ignored::WrongStartCode => {}
    }
}

/// The token is here, and the user is taken to it.
pub(super) fn arrived(model: &mut Model, card: token::Card) {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    model.step = match step {
        Step::SignIn(mut screen) => {
            screen.dialog = None;
            screen.client.later = None;
            // Not shown while the token is; going back puts the token here.
            screen.phase = Phase::NoRedirect;
            Step::Token(Box::new(token::Screen { sign_in: *screen, card }))
        }
        step @ (Step::Client(_) | Step::Token(_) | Step::Account(_) | Step::Save(_)) => step,
    };
    model.overlay = None;
}

pub(super) fn forward_to_token(model: &mut Model) {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    model.step = match step {
        Step::SignIn(mut screen) => match mem::replace(&mut screen.phase, Phase::NoRedirect) {
            Phase::Signed(card) => Step::Token(Box::new(token::Screen { sign_in: *screen, card: *card })),
            phase @ (Phase::NoRedirect
            | Phase::Preparing(_)
            | Phase::Waiting(_)
            | Phase::Exchanging(_)
            | Phase::Ended(_)) => {
                screen.phase = phase;
                Step::SignIn(screen)
            }
        },
        step @ (Step::Client(_) | Step::Token(_) | Step::Account(_) | Step::Save(_)) => step,
    };
}

/// The countdown may be over.
pub(super) fn ticked(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Step::SignIn(screen) = &mut model.step else { return Vec::new() };
    let Phase::Waiting(waiting) = &screen.phase else { return Vec::new() };
    if waiting.limit.left(now) != Some(Duration::ZERO) {
        return Vec::new();
    }
    let ended = Effect::EndAttempt(waiting.attempt);
    screen.phase = Phase::Ended(Box::new(Problem::TimedOut));
    screen.dialog = None;
    let mut effects = vec![ended];
    effects.extend(ring(model, News::AttemptEnded));
    effects
}

pub(super) fn links(model: &Model) -> Option<&Links> {
    let Step::SignIn(screen) = &model.step else { return None };
    let Phase::Waiting(waiting) = &screen.phase else { return None };
    Some(&waiting.links)
}

/// Writes the consent URL to a file, or says again where it is.
pub(super) fn write_url(model: &mut Model) -> Vec<Effect> {
    let Step::SignIn(screen) = &model.step else { return Vec::new() };
    let Phase::Waiting(waiting) = &screen.phase else { return Vec::new() };
    if let Some(path) = &waiting.file {
        model.notice = Some(Notice::UrlWritten(path.clone()));
        return Vec::new();
    }
    vec![Effect::WriteUrl(waiting.attempt, Secret::new(waiting.links.consent.as_str().to_owned()))]
}

/// The file is there for as long as the attempt waits.
pub(super) fn url_written(model: &mut Model, attempt: AttemptId, outcome: Result<PathBuf, NotWritten>) {
    let Step::SignIn(screen) = &mut model.step else { return };
    let Phase::Waiting(waiting) = &mut screen.phase else { return };
    if waiting.attempt != attempt {
        return;
    }
    waiting.file = outcome.ok();
    model.notice = Some(waiting.file.clone().map_or(Notice::UrlNotWritten, Notice::UrlWritten));
}

pub(super) fn copy_tunnel(model: &Model) -> Vec<Effect> {
    let tunnel = links(model).and_then(|links| model.options.browser_at.tunnel(links.redirect.port()));
    tunnel.map(|command| Effect::Copy(What::Tunnel, Secret::new(command))).into_iter().collect()
}

/// Opens the box; time does not run out while it is open.
pub(super) fn open_paste_box(screen: &mut sign_in::Screen, now: Moment) {
    if let Phase::Waiting(waiting) = &mut screen.phase
        && let Limit::Until(end) = waiting.limit
    {
        waiting.limit = Limit::Paused(end.since(now));
    }
    screen.dialog = Some(Dialog::Paste { field: Field::default(), refused: None });
}

pub(super) fn close_dialog(screen: &mut sign_in::Screen, now: Moment) {
    if let Phase::Waiting(waiting) = &mut screen.phase
        && let Limit::Paused(left) = waiting.limit
    {
        waiting.limit = Limit::Until(now.after(left));
    }
    screen.dialog = None;
}

/// Opens the box for the answer, on the key for it.
pub(super) fn paste_answer(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if let Step::SignIn(screen) = &mut model.step {
        open_paste_box(screen, now);
    }
    Vec::new()
}

/// Opens what does not stop the clock.
pub(super) fn open_dialog(model: &mut Model, dialog: impl FnOnce(&sign_in::Screen) -> Dialog) -> Vec<Effect> {
    if let Step::SignIn(screen) = &mut model.step {
        screen.dialog = Some(dialog(screen));
    }
    Vec::new()
}

pub(super) fn hint_box(screen: &sign_in::Screen) -> Dialog {
    Dialog::Hint(Field::with(screen.wish.login_hint.as_deref().unwrap_or_default()))
}

pub(super) fn scopes_box(screen: &sign_in::Screen) -> Dialog {
    let additional: Vec<_> = screen.wish.scopes.iter().skip(1).map(|scope| scope::short(scope)).collect();
    Dialog::Scopes { field: Field::with(&additional.join(" ")), refused: false }
}

pub(super) fn redirect_box(screen: &sign_in::Screen) -> Dialog {
    let text = screen.added.as_ref().map_or("http://127.0.0.1:8080/", RedirectUri::as_str);
    Dialog::Redirect { field: Field::with(text), refused: None }
}

pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let Step::SignIn(screen) = &mut model.step else { return Vec::new() };
    let attempt = screen.attempt();
    match &mut screen.dialog {
        Some(Dialog::Paste { field, .. }) => {
            let text = field.take();
            attempt.map(|attempt| Effect::SubmitPasted(attempt, text)).into_iter().collect()
        }
        Some(Dialog::Hint(field)) => {
            let hint = field.text().trim();
            screen.wish.login_hint = (!hint.is_empty()).then(|| hint.to_owned());
            begin_attempt(model)
        }
        Some(Dialog::Scopes { field, refused }) => {
            let full: Option<Vec<String>> = field.text().split_whitespace().map(scope::full).collect();
            match full {
                Some(full) => {
                    screen.wish.scopes = scope::wanted(full.iter().map(String::as_str));
                    begin_attempt(model)
                }
                None => {
                    *refused = true;
                    Vec::new()
                }
            }
        }
        Some(Dialog::Redirect { field, refused }) => match RedirectUri::parse(field.text().trim()) {
            Ok(uri) => {
                screen.added = Some(uri);
                begin_attempt(model)
            }
            Err(why) => {
                *refused = Some(why);
                Vec::new()
            }
        },
        Some(Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare) | None => Vec::new(),
    }
}

/// What came of starting a browser.
pub(super) fn browser_tried(model: &mut Model, consent: bool, outcome: Result<(), BrowserError>) {
    if !consent {
        model.notice = Some(outcome.map_or_else(Notice::NotOpened, |()| Notice::PageOpened));
        return;
    }
    let Step::SignIn(screen) = &mut model.step else { return };
    let Phase::Waiting(waiting) = &mut screen.phase else { return };
    match (outcome, &waiting.browser) {
        // A browser that is already on its way knows better than its launcher.
        (Ok(()), Opened::Arrived) => {}
        (Ok(()), Opened::NotYet | Opened::Asked | Opened::Failed(_)) => waiting.browser = Opened::Asked,
        (Err(error), _) => waiting.browser = Opened::Failed(error),
    }
}
