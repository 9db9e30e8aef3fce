//! What happens on the Client step.

use std::mem;

use super::on_sign_in::begin_attempt;
use super::{place, settle};
use crate::oauth::candidates::Candidate;
use crate::wizard::client::{Mode, Source, typed_source};
use crate::wizard::field::Field;
use crate::wizard::sign_in::{self, Phase};
use crate::wizard::{Effect, Model, Step};

pub(super) fn open_mode(model: &mut Model, mode: Mode) {
    if let Step::Client(screen) = &mut model.step {
        screen.mode = mode;
        screen.refused = None;
    }
}

pub(super) fn look_again(model: &mut Model) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    screen.looking = true;
    screen.moved = false;
    vec![Effect::LookForSources]
}

pub(super) fn sources_found(model: &mut Model, rows: Vec<Candidate>, finished: bool) -> Vec<Effect> {
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
        Step::Account(screen) => {
            screen.token.sign_in.client.refresh(rows, !finished);
            false
        }
        // The file that was just written may be among them; nothing of this step depends on it.
        Step::Save(_) => false,
    };
    if other_row || before != place(model) {
        settle(model);
    }
    // Not before, since it takes longer than looking does in most homes.
    if finished { vec![Effect::WatchSources] } else { Vec::new() }
}

/// A path that the user typed, pasted or gave to `-P`.
pub(super) fn source_read(model: &mut Model, candidate: Candidate) -> Vec<Effect> {
    let Step::Client(screen) = &mut model.step else { return Vec::new() };
    let Some(source) = Source::of(&candidate) else {
        // Without the box, as after `-P`, nothing would say why: it is where another path can be given.
        if !matches!(screen.mode, Mode::Path(_)) {
            screen.mode = Mode::Path(Field::default());
        }
        screen.refused = Some(candidate);
        return Vec::new();
    };
    screen.mode = Mode::List;
    begin(model, source)
}

pub(super) fn use_selected(model: &mut Model) -> Vec<Effect> {
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
pub(super) fn begin(model: &mut Model, source: Source) -> Vec<Effect> {
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

pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
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
