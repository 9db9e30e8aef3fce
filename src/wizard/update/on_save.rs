//! What happens on the Save step.

use std::mem;
use std::path::Path;

use crate::oauth::exchange::ExchangeError;
use crate::targets::Target;
use crate::targets::plan::Change;
use crate::wizard::field::Field;
use crate::wizard::save::{Offer, OldToken, Outcome, Phase, Screen};
use crate::wizard::{Effect, Model, Step, client};

/// From the account to the places, or another look at them.
pub(super) fn begin(model: &mut Model, choose: bool) -> Vec<Effect> {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    let account = match step {
        Step::Account(mut screen) => {
            if !choose {
                screen.selected = None;
            }
            *screen
        }
        Step::Save(screen) => screen.account,
        step @ (Step::Client(_) | Step::SignIn(_) | Step::Token(_)) => {
            model.step = step;
            return Vec::new();
        }
    };
    let login = if choose { account.login_customer_id() } else { None };
    let screen = Screen::looking(account, login);
    let source = &screen.account.token.sign_in.source;
    let renewed = source.renewed().map(Path::to_owned);
    let effect = Effect::LookAtTargets(source.client.clone(), Box::new(screen.credentials.clone()), renewed);
    model.step = Step::Save(Box::new(screen));
    vec![effect]
}

/// The places were looked at.
pub(super) fn targets_seen(model: &mut Model, offers: Vec<Offer>) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    screen.offer(offers);
    try_old_tokens(screen, model.options.practice)
}

/// Another place was looked at.
pub(super) fn target_seen(model: &mut Model, offer: Offer) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    screen.add(offer);
    try_old_tokens(screen, model.options.practice)
}

/// A token that would be replaced is tried once, so that the user knows what would be lost.
fn try_old_tokens(screen: &mut Screen, practice: bool) -> Vec<Effect> {
    let client = screen.account.token.sign_in.source.client.clone();
    let mut effects = Vec::new();
    for offer in &mut screen.offers {
        let Some(plan) = offer.plan() else { continue };
        let Change::Replace(held) = &plan.change else { continue };
        // All that is in the practice directory is of the practice Google.
        if !practice && !plan.holds_token_of(&client.endpoints) {
            continue;
        }
        if let (OldToken::None, Some(token)) = (&offer.old_token, held.refresh_token.clone()) {
            let other = client.with_credentials(held.client_id.as_deref(), held.client_secret.as_ref());
            effects.push(Effect::TryOldToken(plan.place.asked.clone(), other, token));
            offer.old_token = OldToken::Trying;
        }
    }
    effects
}

/// A token that would be replaced was tried.
pub(super) fn old_token_tried(model: &mut Model, path: &Path, outcome: Result<(), ExchangeError>) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    let of_path = |offer: &&mut Offer| offer.plan().is_some_and(|plan| plan.place.asked == path);
    if let Some(offer) = screen.offers.iter_mut().find(of_path) {
        offer.old_token = outcome.map_or_else(OldToken::Fails, |()| OldToken::Works);
    }
    Vec::new()
}

/// Writes what is ticked.
pub(super) fn write(model: &mut Model) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    let plans = screen.ticked().into_iter().cloned().collect();
    screen.phase = Phase::Writing;
    vec![Effect::Save(plans)]
}

/// Files were written, or not.
pub(super) fn saved(model: &mut Model, outcomes: Vec<Outcome>) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    let home = &model.options.home;
    let written: Vec<_> = outcomes.iter().filter_map(|outcome| screen.saved_to(outcome, home)).collect();
    let saved_to = &mut screen.account.token.card.saved_to;
    saved_to.retain(|earlier| written.iter().all(|now| now.path != earlier.path));
    saved_to.extend(written);
    screen.phase = Phase::Done(outcomes);
    Vec::new()
}

/// Opens the box for another path, beginning with the selected one's.
pub(super) fn open_path(model: &mut Model) {
    let Step::Save(screen) = &mut model.step else { return };
    let start =
        screen.selected_offer().and_then(Offer::plan).map(|plan| plan.place.asked.to_string_lossy().into_owned());
    screen.path = Some(Field::with(&start.unwrap_or_default()));
}

/// Looks at the path in the box: its name says which target it is, or else it is of the selected kind.
pub(super) fn submit(model: &mut Model) -> Vec<Effect> {
    let Step::Save(screen) = &mut model.step else { return Vec::new() };
    let Some(field) = &screen.path else { return Vec::new() };
    let text = field.text().trim().to_owned();
    if text.is_empty() {
        return Vec::new();
    }
    let selected = screen.selected_offer().and_then(Offer::plan).map(|plan| plan.target);
    let target = Target::of_path(Path::new(&text)).or(selected).unwrap_or(Target::Python);
    vec![Effect::LookAtTarget(target, text, Box::new(screen.credentials.clone()))]
}
