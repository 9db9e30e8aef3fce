//! What happens when something happens: the description of the product, from top to bottom. It is pure.

use std::mem;
use std::time::Duration;

use super::client::{self, Mode, Origin, Source, typed_source};
use super::field::Field;
use super::keys::{Action, Binding, Key, bindings};
use super::sign_in::{self, BrowserPage, Dialog, Limit, Opened, Phase, Waiting};
use super::token;
use super::{AttemptId, Effect, Ending, Event, Model, Moment, Notice, Overlay, Question, SETTLING, Step, What};
use crate::oauth::callback::Ignored;
use crate::oauth::candidates::Candidate;
use crate::oauth::login::{Attempt, Links, Progress};
use crate::oauth::redirect::{RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::oauth::secret::Secret;
use crate::ports::{BrowserError, Copied};
use crate::problem::{Exit, Problem};

/// Takes one event at its moment; changes the model and says what is to be done.
pub fn update(model: &mut Model, event: Event, now: Moment) -> Vec<Effect> {
    model.now = now;
    match event {
        Event::Pressed(key) => pressed(model, key),
        Event::Pasted(text) => pasted(model, &text),
        Event::Resized(columns, rows) => {
            model.size = (columns, rows);
            Vec::new()
        }
        Event::Ticked => by_itself(model, ticked),
        Event::SourcesFound { rows, finished } => sources_found(model, rows, finished),
        Event::SourceRead(candidate) => by_itself(model, |model| source_read(model, candidate)),
        Event::Progressed(attempt, progress) => by_itself(model, |model| progressed(model, attempt, progress)),
        Event::BrowserTried { consent, outcome } => {
            browser_tried(model, consent, outcome);
            Vec::new()
        }
        Event::CopyTried(what, copied) => {
            copy_tried(model, what, copied);
            Vec::new()
        }
        Event::SuspendRefused => {
            model.notice = Some(Notice::CannotSuspend);
            Vec::new()
        }
    }
}

/// Runs something that no key asked for. If the user stands elsewhere afterwards, keys are dropped for a moment.
fn by_itself(model: &mut Model, change: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    let before = place(model);
    let effects = change(model);
    if before != place(model) {
        settle(model);
        model.notice = None;
    }
    effects
}

fn settle(model: &mut Model) {
    model.deaf_until = model.now.after(SETTLING);
}

/// Which screen this is, as far as an impatient finger is concerned.
fn place(model: &Model) -> (u8, u8) {
    match &model.step {
        Step::Client(screen) => (0, u8::from(screen.shows_guide())),
        Step::SignIn(screen) => match &screen.phase {
            Phase::NoRedirect => (1, 0),
            Phase::Preparing(_) => (1, 1),
            Phase::Waiting(_) => (1, 2),
            Phase::Exchanging(_) => (1, 3),
            Phase::Ended(_) => (1, 4),
            Phase::Signed(_) => (1, 5),
        },
        Step::Token(_) => (2, 0),
    }
}

// ---------------------------------------------------------------------------------------------------------------- keys

fn pressed(model: &mut Model, key: Key) -> Vec<Effect> {
    if key == Key::Ctrl('c') {
        return interrupted(model);
    }
    if model.now < model.deaf_until {
        return Vec::new();
    }
    if key == Key::Ctrl('z') {
        return vec![Effect::Suspend];
    }
    model.notice = None;
    let typing = model.field().is_some();
    let key = if typing { key } else { key.latin() };
    let bound = bindings(model).into_iter().find(|binding| binding.keys.contains(&key));
    match bound {
        Some(Binding { off: Some(reason), .. }) => {
            model.notice = Some(Notice::Off(reason));
            Vec::new()
        }
        Some(Binding { action, off: None, .. }) => act(model, action),
        None => {
            if let Some(field) = model.field_mut() {
                field.press(key);
                edited(model);
            }
            Vec::new()
        }
    }
}

/// Ctrl-C asks once while a token would be lost; the second one always quits.
fn interrupted(model: &mut Model) -> Vec<Effect> {
    let live = model.card().is_some_and(token::Card::is_live);
    if live && model.overlay != Some(Overlay::Ask(Question::Quit)) {
        model.overlay = Some(Overlay::Ask(Question::Quit));
        return Vec::new();
    }
    vec![Effect::Quit(Ending::Exit(Exit::Interrupted))]
}

/// A paste goes into the open text box; on Sign in it opens the box for the answer; elsewhere it is dropped.
fn pasted(model: &mut Model, text: &Secret) -> Vec<Effect> {
    if model.now < model.deaf_until || model.overlay.is_some() {
        return Vec::new();
    }
    if model.field().is_none() {
        match &mut model.step {
            Step::SignIn(screen) if matches!(screen.phase, Phase::Waiting(_)) => open_paste_box(screen, model.now),
            Step::Client(screen) if screen.mode == Mode::List => screen.mode = Mode::Path(Field::default()),
            Step::SignIn(_) | Step::Client(_) | Step::Token(_) => return Vec::new(),
        }
    }
    if let Some(field) = model.field_mut() {
        field.paste(text);
    }
    edited(model);
    Vec::new()
}

/// A text box has changed: the list under a filter, or an old refusal, may not be true any more.
fn edited(model: &mut Model) {
    match &mut model.step {
        Step::Client(screen) => {
            screen.refused = None;
            match &mut screen.mode {
                Mode::Filter(_) => screen.selected = 0,
                Mode::Typed { refused, .. } => *refused = false,
                Mode::List | Mode::Path(_) => {}
            }
        }
        Step::SignIn(screen) => match &mut screen.dialog {
            Some(Dialog::Paste { refused, .. }) => *refused = None,
            Some(Dialog::Scopes { refused, .. }) => *refused = false,
            Some(Dialog::Redirect { refused, .. }) => *refused = None,
            Some(Dialog::Hint(_) | Dialog::BrowserErrors { .. } | Dialog::More) | None => {}
        },
        Step::Token(_) => {}
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => {
            model.overlay = Some(Overlay::Help { scroll: 0 });
            Vec::new()
        }
        Action::Quit => quit(model),
        Action::AnswerYes => answered_yes(model),
        Action::AnswerNo => {
            model.overlay = None;
            Vec::new()
        }
        Action::Close => {
            close(model);
            Vec::new()
        }
        Action::Back => back(model),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
            travel(model, action);
            Vec::new()
        }
        Action::UseSource => use_selected(model),
        Action::Filter => {
            open_mode(model, Mode::Filter(Field::default()));
            Vec::new()
        }
        Action::TypePath => {
            open_mode(model, Mode::Path(Field::default()));
            Vec::new()
        }
        Action::TypeClient => {
            let (id, secret) = (Field::default(), Field::default());
            open_mode(model, Mode::Typed { id, secret, in_secret: false, refused: false });
            Vec::new()
        }
        Action::NextField => {
            if let Step::Client(client::Screen { mode: Mode::Typed { in_secret, .. }, .. }) = &mut model.step {
                *in_secret = !*in_secret;
            }
            Vec::new()
        }
        Action::LookAgain => look_again(model),
        Action::Practise => vec![Effect::Quit(Ending::Practice)],
        Action::Submit => submit(model),
        Action::OpenPage => page(model).map(Effect::OpenPage).into_iter().collect(),
        Action::CopyPage => page(model).map(|url| Effect::Copy(What::Page, Secret::new(url))).into_iter().collect(),
        Action::OpenBrowser => {
            links(model).map(|links| Effect::OpenConsent(links.browser.clone())).into_iter().collect()
        }
        Action::CopyUrl => {
            let copy = |links: &Links| Effect::Copy(What::ConsentUrl, Secret::new(links.consent.as_str().to_owned()));
            links(model).map(copy).into_iter().collect()
        }
        Action::PasteAnswer
        | Action::ExplainBrowserError
        | Action::SetHint
        | Action::SetScopes
        | Action::AddRedirect
        | Action::ShowMore => {
            open_dialog(model, action);
            Vec::new()
        }
        Action::Retry => begin_attempt(model),
        Action::SomeoneElse => someone_else(model),
        Action::KeepToken => {
            forward_to_token(model);
            Vec::new()
        }
        Action::CopyToken => {
            model.card().map(|card| Effect::Copy(What::Token, card.grant.refresh_token.clone())).into_iter().collect()
        }
        Action::RevealToken => {
            if let Step::Token(screen) = &mut model.step {
                screen.card.revealed = !screen.card.revealed;
                screen.card.was_revealed = true;
            }
            Vec::new()
        }
    }
}

// ------------------------------------------------------------------------------------------------------ quit and overlays

fn quit(model: &mut Model) -> Vec<Effect> {
    if model.card().is_some_and(token::Card::is_live) {
        model.overlay = Some(Overlay::Ask(Question::Quit));
        return Vec::new();
    }
    vec![Effect::Quit(Ending::Exit(model.exit()))]
}

fn answered_yes(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Ask(Question::Quit)) => vec![Effect::Quit(Ending::Exit(model.exit()))],
        Some(Overlay::Ask(Question::DropToken)) => sign_in_anew(model),
        Some(Overlay::Help { .. }) | None => Vec::new(),
    }
}

/// Closes the innermost thing that is open.
fn close(model: &mut Model) {
    if model.overlay.take().is_some() {
        return;
    }
    let now = model.now;
    match &mut model.step {
        Step::Client(screen) => {
            screen.mode = Mode::List;
            screen.clamp();
        }
        Step::SignIn(screen) => close_dialog(screen, now),
        Step::Token(_) => {}
    }
}

/// One step back. What a later step had is kept.
fn back(model: &mut Model) -> Vec<Effect> {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    match step {
        Step::Client(screen) => {
            model.step = Step::Client(screen);
            model.overlay = Some(Overlay::Ask(Question::Quit));
            Vec::new()
        }
        Step::SignIn(mut screen) => {
            let ended = screen.attempt().map(Effect::EndAttempt);
            let mut client = mem::take(&mut screen.client);
            // Without a token there is nothing in this step that would be missed; an older token stays where it was.
            if matches!(screen.phase, Phase::Signed(_)) {
                client.later = Some(screen);
            }
            model.step = Step::Client(client);
            let mut effects = vec![Effect::LookForSources];
            effects.extend(ended);
            effects
        }
        Step::Token(screen) => {
            let token::Screen { mut sign_in, mut card } = *screen;
            card.revealed = false;
            sign_in.phase = Phase::Signed(Box::new(card));
            model.step = Step::SignIn(Box::new(sign_in));
            Vec::new()
        }
    }
}

fn travel(model: &mut Model, action: Action) {
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        _ => 0,
    };
    if let Some(Overlay::Help { scroll }) = &mut model.overlay {
        *scroll = scroll.saturating_add_signed(by);
        return;
    }
    match &mut model.step {
        Step::Client(screen) => match action {
            Action::PageUp | Action::PageDown => screen.page(action == Action::PageDown),
            Action::First | Action::Last => screen.end(action == Action::Last),
            _ => screen.step(isize::from(by)),
        },
        Step::SignIn(screen) => {
            if let Some(Dialog::BrowserErrors { selected }) = &mut screen.dialog {
                let last = BrowserPage::ALL.len() - 1;
                *selected = match action {
                    Action::First | Action::PageUp => 0,
                    Action::Last | Action::PageDown => last,
                    _ => selected.saturating_add_signed(isize::from(by)).min(last),
                };
            }
        }
        Step::Token(_) => {}
    }
}

/// The page that `o` and `c` are about.
fn page(model: &Model) -> Option<String> {
    match &model.step {
        Step::Client(screen) => screen.console_page(),
        Step::SignIn(screen) if matches!(screen.dialog, Some(Dialog::BrowserErrors { .. })) => screen.explained_page(),
        Step::SignIn(screen) => screen.console_page(),
        Step::Token(screen) => screen.audience_page(),
    }
}

// ------------------------------------------------------------------------------------------------------------- Client step

fn open_mode(model: &mut Model, mode: Mode) {
    if let Step::Client(screen) = &mut model.step {
        screen.mode = mode;
        screen.refused = None;
    }
}

fn look_again(model: &mut Model) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    screen.looking = true;
    screen.moved = false;
    vec![Effect::LookForSources]
}

fn sources_found(model: &mut Model, rows: Vec<Candidate>, finished: bool) -> Vec<Effect> {
    let before = place(model);
    let other_row = match &mut model.step {
        Step::Client(screen) => screen.refresh(rows, !finished),
        Step::SignIn(screen) => {
            screen.client.refresh(rows, !finished);
            false
        }
        Step::Token(screen) => {
            screen.sign_in.client.refresh(rows, !finished);
            false
        }
    };
    if other_row || before != place(model) {
        settle(model);
    }
    Vec::new()
}

/// A path that the user typed, pasted or gave to `-P`.
fn source_read(model: &mut Model, candidate: Candidate) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    match &candidate.verdict {
        Err(_) => {
            screen.refused = Some(candidate);
            Vec::new()
        }
        Ok(client) => {
            let source = Source { origin: Origin::File(candidate.path.clone()), client: client.clone() };
            screen.mode = Mode::List;
            begin(model, source)
        }
    }
}

fn use_selected(model: &mut Model) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    let Some(chosen) = screen.chosen() else { return Vec::new() };
    match screen.later.take() {
        Some(mut later) if later.source == chosen => {
            later.client = mem::take(screen);
            model.step = Step::SignIn(later);
            Vec::new()
        }
        // An older token stays behind the Client step until a new one is here.
        later => {
            screen.later = later;
            begin(model, chosen)
        }
    }
}

/// Leaves the Client step for a new sign-in.
fn begin(model: &mut Model, source: Source) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    screen.mode = Mode::List;
    let client = mem::take(screen);
    let screen = sign_in::Screen {
        client,
        source,
        wish: model.options.wish.clone(),
        added: model.options.redirect.clone(),
        phase: Phase::NoRedirect,
        dialog: None,
    };
    model.step = Step::SignIn(Box::new(screen));
    begin_attempt(model)
}

// ------------------------------------------------------------------------------------------------------------ Sign in step

/// A new attempt with the wish of this moment, on the port of this run. An older attempt ends.
fn begin_attempt(model: &mut Model) -> Vec<Effect> {
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
fn someone_else(model: &mut Model) -> Vec<Effect> {
    if model.card().is_some_and(token::Card::is_live) {
        model.overlay = Some(Overlay::Ask(Question::DropToken));
        return Vec::new();
    }
    sign_in_anew(model)
}

fn sign_in_anew(model: &mut Model) -> Vec<Effect> {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    model.step = match step {
        Step::Token(screen) => Step::SignIn(Box::new(screen.sign_in)),
        step @ (Step::Client(_) | Step::SignIn(_)) => step,
    };
    if let Step::SignIn(screen) = &mut model.step {
        screen.wish.login_hint = None;
    }
    begin_attempt(model)
}

fn progressed(model: &mut Model, attempt: AttemptId, progress: Progress) -> Vec<Effect> {
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
                limit,
                ignored: 0,
                reported: None,
                https: false,
                browser: Opened::NotYet,
            }));
        }
        Progress::Exchanging => {
            screen.dialog = None;
            screen.phase = Phase::Exchanging(attempt);
        }
        Progress::Ended(Ok(grant)) => arrived(model, token::Card::new(grant)),
        Progress::Ended(Err(error)) => {
            screen.dialog = None;
            screen.phase = Phase::Ended(Box::new(Problem::Login(error)));
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

fn ignored(waiting: &mut Waiting, why: Ignored) {
    waiting.ignored = waiting.ignored.saturating_add(1);
    match why {
        Ignored::Https => waiting.https = true,
        Ignored::ErrorWithoutState(error) => waiting.reported = Some(error),
        Ignored::Unrelated | Ignored::OtherState | Ignored::WrongStartCode => {}
    }
}

/// The token is here, and the user is taken to it.
fn arrived(model: &mut Model, card: token::Card) {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    model.step = match step {
        Step::SignIn(mut screen) => {
            screen.dialog = None;
            screen.client.later = None;
            // Not shown while the token is; going back puts the token here.
            screen.phase = Phase::NoRedirect;
            Step::Token(Box::new(token::Screen { sign_in: *screen, card }))
        }
        step @ (Step::Client(_) | Step::Token(_)) => step,
    };
    model.overlay = None;
}

fn forward_to_token(model: &mut Model) {
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
        step @ (Step::Client(_) | Step::Token(_)) => step,
    };
}

/// The countdown may be over.
fn ticked(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Step::SignIn(screen) = &mut model.step else { return Vec::new() };
    let Phase::Waiting(waiting) = &screen.phase else { return Vec::new() };
    if waiting.limit.left(now) != Some(Duration::ZERO) {
        return Vec::new();
    }
    let ended = Effect::EndAttempt(waiting.attempt);
    screen.phase = Phase::Ended(Box::new(Problem::TimedOut));
    screen.dialog = None;
    vec![ended]
}

fn links(model: &Model) -> Option<&Links> {
    let Step::SignIn(screen) = &model.step else { return None };
    let Phase::Waiting(waiting) = &screen.phase else { return None };
    Some(&waiting.links)
}

// ---------------------------------------------------------------------------------------------------- dialogs on Sign in

/// Opens the box; time does not run out while it is open.
fn open_paste_box(screen: &mut sign_in::Screen, now: Moment) {
    if let Phase::Waiting(waiting) = &mut screen.phase {
        if let Limit::Until(end) = waiting.limit {
            waiting.limit = Limit::Paused(end.since(now));
        }
    }
    screen.dialog = Some(Dialog::Paste { field: Field::default(), refused: None });
}

fn close_dialog(screen: &mut sign_in::Screen, now: Moment) {
    if let Phase::Waiting(waiting) = &mut screen.phase {
        if let Limit::Paused(left) = waiting.limit {
            waiting.limit = Limit::Until(now.after(left));
        }
    }
    screen.dialog = None;
}

fn open_dialog(model: &mut Model, action: Action) {
    let now = model.now;
    let Step::SignIn(screen) = &mut model.step else { return };
    let wish = &screen.wish;
    match action {
        Action::PasteAnswer => open_paste_box(screen, now),
        Action::ExplainBrowserError => screen.dialog = Some(Dialog::BrowserErrors { selected: 0 }),
        Action::SetHint => {
            screen.dialog = Some(Dialog::Hint(Field::with(wish.login_hint.as_deref().unwrap_or_default())));
        }
        Action::SetScopes => {
            let additional: Vec<_> = wish.scopes.iter().skip(1).map(|scope| scope::short(scope)).collect();
            screen.dialog = Some(Dialog::Scopes { field: Field::with(&additional.join(" ")), refused: false });
        }
        Action::AddRedirect => {
            let text = screen.added.as_ref().map_or("http://127.0.0.1:8080/", RedirectUri::as_str);
            screen.dialog = Some(Dialog::Redirect { field: Field::with(text), refused: None });
        }
        Action::ShowMore => screen.dialog = Some(Dialog::More),
        _ => {}
    }
}

fn submit(model: &mut Model) -> Vec<Effect> {
    match &mut model.step {
        Step::Client(_) => submit_on_client(model),
        Step::SignIn(_) => submit_on_sign_in(model),
        Step::Token(_) => Vec::new(),
    }
}

fn submit_on_client(model: &mut Model) -> Vec<Effect> {
    let is_web = model.options.redirect.is_some();
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    match &mut screen.mode {
        Mode::Path(field) if field.text().trim().is_empty() => Vec::new(),
        Mode::Path(field) => vec![Effect::ReadSource(field.text().to_owned())],
        Mode::Typed { id, secret, in_secret, refused } => {
            if secret.text().is_empty() {
                *in_secret = true;
                return Vec::new();
            }
            match typed_source(id, secret, is_web) {
                Some(source) => begin(model, source),
                None => {
                    *refused = true;
                    Vec::new()
                }
            }
        }
        Mode::List | Mode::Filter(_) => Vec::new(),
    }
}

fn submit_on_sign_in(model: &mut Model) -> Vec<Effect> {
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
        Some(Dialog::BrowserErrors { .. } | Dialog::More) | None => Vec::new(),
    }
}

// ------------------------------------------------------------------------------------------------- what came of an effect

fn browser_tried(model: &mut Model, consent: bool, outcome: Result<(), BrowserError>) {
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

fn copy_tried(model: &mut Model, what: What, copied: Copied) {
    if what == What::Token {
        if let Step::Token(screen) = &mut model.step {
            screen.card.copied = Some(copied.clone());
        }
    }
    model.notice = Some(Notice::Copied(what, copied));
}

#[cfg(test)]
mod tests;
