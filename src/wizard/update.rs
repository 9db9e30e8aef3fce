//! What happens when something happens: the description of the product, from top to bottom. It is pure.

mod on_account;
mod on_client;
mod on_save;
mod on_sign_in;
mod travel;

use std::mem;

use super::Moment;
use super::client::{self, Mode};
use super::field::Field;
use super::keys::{Action, Binding, Key, bindings};
use super::sign_in::{Dialog, Phase};
use super::{Effect, Ending, Event, Model, Notice, Overlay, Question, SETTLING, Step, What, save, token};
use crate::oauth::login::Links;
use crate::oauth::secret::Secret;
use crate::ports::Copied;
use crate::problem::Exit;
use travel::{Way, travel};

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
        Event::Ticked => by_itself(model, on_sign_in::ticked),
        Event::SourcesFound { rows, finished } => on_client::sources_found(model, rows, finished),
        Event::SourceRead(candidate) => by_itself(model, |model| on_client::source_read(model, candidate)),
        Event::Progressed(attempt, progress) => {
            by_itself(model, |model| on_sign_in::progressed(model, attempt, progress))
        }
        Event::BrowserTried { consent, outcome } => {
            on_sign_in::browser_tried(model, consent, outcome);
            Vec::new()
        }
        Event::CopyTried(what, copied) => {
            copy_tried(model, what, copied);
            Vec::new()
        }
        Event::Checked(id, checked) => on_account::checked(model, id, checked),
        Event::TargetsSeen(offers) => by_itself(model, |model| on_save::targets_seen(model, offers)),
        Event::TargetSeen(offer) => by_itself(model, |model| on_save::target_seen(model, *offer)),
        Event::OldTokenTried(path, outcome) => on_save::old_token_tried(model, &path, outcome),
        Event::Saved(outcomes) => by_itself(model, |model| on_save::saved(model, outcomes)),
        Event::SuspendRefused => {
            model.notice = Some(Notice::CannotSuspend);
            Vec::new()
        }
        Event::Focused(focused) => {
            model.away = !focused;
            Vec::new()
        }
        Event::UrlWritten(attempt, outcome) => {
            on_sign_in::url_written(model, attempt, outcome);
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
        Step::Account(_) => (3, 0),
        Step::Save(screen) => match &screen.phase {
            save::Phase::Looking => (4, 0),
            save::Phase::Choosing => (4, 1),
            save::Phase::Writing => (4, 2),
            save::Phase::Done(_) => (4, 3),
        },
    }
}

fn pressed(model: &mut Model, key: Key) -> Vec<Effect> {
    if key == Key::Ctrl('c') {
        return interrupted(model);
    }
    if model.now < model.deaf_until {
        return Vec::new();
    }
    if key == Key::Ctrl('z') && model.bare_url().is_none() {
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
            Step::SignIn(screen) if matches!(screen.phase, Phase::Waiting(_)) => {
                on_sign_in::open_paste_box(screen, model.now);
            }
            Step::Client(screen) if screen.mode == Mode::List => screen.mode = Mode::Path(Field::default()),
            Step::SignIn(_) | Step::Client(_) | Step::Token(_) | Step::Account(_) | Step::Save(_) => return Vec::new(),
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
            Some(Dialog::Hint(_) | Dialog::BrowserErrors { .. } | Dialog::More | Dialog::Bare) | None => {}
        },
        Step::Account(screen) => screen.refilter(),
        Step::Token(_) | Step::Save(_) => {}
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Help => {
            model.overlay = Some(Overlay::Help { scroll: 0 });
            Vec::new()
        }
        Action::Quit | Action::Finish => quit(model),
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
        Action::Up => travel(model, Way::Step(-1)),
        Action::Down => travel(model, Way::Step(1)),
        Action::PageUp => travel(model, Way::Page { forward: false }),
        Action::PageDown => travel(model, Way::Page { forward: true }),
        Action::First => travel(model, Way::End { last: false }),
        Action::Last => travel(model, Way::End { last: true }),
        Action::UseSource => on_client::use_selected(model),
        Action::Filter => {
            match &mut model.step {
                Step::Account(screen) => screen.set_filter(Some(Field::default())),
                Step::Client(_) | Step::SignIn(_) | Step::Token(_) | Step::Save(_) => {
                    on_client::open_mode(model, Mode::Filter(Field::default()));
                }
            }
            Vec::new()
        }
        Action::TypePath => {
            on_client::open_mode(model, Mode::Path(Field::default()));
            Vec::new()
        }
        Action::TypeClient => {
            let (id, secret) = (Field::default(), Field::default());
            on_client::open_mode(model, Mode::Typed { id, secret, in_secret: false, refused: false });
            Vec::new()
        }
        Action::NextField => {
            if let Step::Client(client::Screen { mode: Mode::Typed { in_secret, .. }, .. }) = &mut model.step {
                *in_secret = !*in_secret;
            }
            Vec::new()
        }
        Action::LookAgain => on_client::look_again(model),
        Action::Practise => vec![Effect::Quit(Ending::Practice)],
        Action::Submit => submit(model),
        Action::OpenPage => page(model).map(Effect::OpenPage).into_iter().collect(),
        Action::CopyPage => page(model).map(|url| Effect::Copy(What::Page, Secret::new(url))).into_iter().collect(),
        Action::OpenBrowser => {
            on_sign_in::links(model).map(|links| Effect::OpenConsent(links.browser.clone())).into_iter().collect()
        }
        Action::CopyUrl => {
            let copy = |links: &Links| Effect::Copy(What::ConsentUrl, Secret::new(links.consent.as_str().to_owned()));
            on_sign_in::links(model).map(copy).into_iter().collect()
        }
        Action::WriteUrl => on_sign_in::write_url(model),
        Action::CopyTunnel => on_sign_in::copy_tunnel(model),
        Action::PasteAnswer => on_sign_in::paste_answer(model),
        Action::ExplainBrowserError => on_sign_in::open_dialog(model, |_| Dialog::BrowserErrors { selected: 0 }),
        Action::SetHint => on_sign_in::open_dialog(model, on_sign_in::hint_box),
        Action::SetScopes => on_sign_in::open_dialog(model, on_sign_in::scopes_box),
        Action::AddRedirect => on_sign_in::open_dialog(model, on_sign_in::redirect_box),
        Action::ShowMore => on_sign_in::open_dialog(model, |_| Dialog::More),
        Action::ShowBareUrl => on_sign_in::open_dialog(model, |_| Dialog::Bare),
        Action::Retry => on_sign_in::begin_attempt(model),
        Action::SomeoneElse => on_sign_in::someone_else(model),
        Action::KeepToken => {
            on_sign_in::forward_to_token(model);
            Vec::new()
        }
        Action::CopyToken => {
            model.card().map(|card| Effect::Copy(What::Token, card.grant.refresh_token.clone())).into_iter().collect()
        }
        Action::CheckToken | Action::CheckAgain => on_account::begin_check(model),
        Action::UseAccount | Action::SaveMore => on_save::begin(model, true),
        Action::SkipAccount => on_save::begin(model, false),
        Action::Tick => {
            if let Step::Save(screen) = &mut model.step {
                screen.toggle();
            }
            Vec::new()
        }
        Action::Write | Action::Replace => on_save::write(model),
        Action::OtherPath => {
            on_save::open_path(model);
            Vec::new()
        }
        Action::CopyLines => copy_lines(model),
        Action::RevealToken => {
            reveal(model);
            Vec::new()
        }
    }
}

fn copy_lines(model: &Model) -> Vec<Effect> {
    match &model.step {
        Step::Save(screen) => {
            screen.lines().map(|lines| Effect::Copy(What::Lines, lines.clone())).into_iter().collect()
        }
        Step::Client(_) | Step::SignIn(_) | Step::Token(_) | Step::Account(_) => Vec::new(),
    }
}

/// Shows the whole token, or hides it again.
fn reveal(model: &mut Model) {
    if let Step::Token(screen) = &mut model.step {
        screen.card.revealed = !screen.card.revealed;
        screen.card.was_revealed = true;
    }
}

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
        Some(Overlay::Ask(Question::DropToken)) => on_sign_in::sign_in_anew(model),
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
        Step::SignIn(screen) => on_sign_in::close_dialog(screen, now),
        Step::Account(screen) => screen.set_filter(None),
        Step::Save(screen) => screen.path = None,
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
        Step::Account(screen) => {
            let ended = Effect::EndCheck(screen.check);
            model.step = Step::Token(Box::new(screen.token));
            vec![ended]
        }
        Step::Save(screen) => {
            model.step = Step::Account(Box::new(screen.account));
            Vec::new()
        }
    }
}

/// The page that `o` and `c` are about.
fn page(model: &Model) -> Option<String> {
    match &model.step {
        Step::Client(screen) => screen.console_page(),
        Step::SignIn(screen) if matches!(screen.dialog, Some(Dialog::BrowserErrors { .. })) => screen.explained_page(),
        Step::SignIn(screen) => screen.console_page(),
        Step::Token(screen) => screen.audience_page(),
        Step::Account(screen) => screen.console_page(),
        Step::Save(_) => None,
    }
}

fn submit(model: &mut Model) -> Vec<Effect> {
    match &mut model.step {
        Step::Client(_) => on_client::submit(model),
        Step::SignIn(_) => on_sign_in::submit(model),
        Step::Save(_) => on_save::submit(model),
        Step::Token(_) | Step::Account(_) => Vec::new(),
    }
}

fn copy_tried(model: &mut Model, what: What, copied: Copied) {
    if let (What::Token, Step::Token(screen)) = (what, &mut model.step) {
        screen.card.copied = Some(copied.clone());
    }
    model.notice = Some(Notice::Copied(what, copied));
}

#[cfg(test)]
mod tests;
