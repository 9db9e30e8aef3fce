//! What happens on the Account step.

use std::mem;

use crate::wizard::account::{CheckId, Checked, Screen};
use crate::wizard::{Effect, Model, Step, client};

/// From the token to its accounts, or another look at them.
pub(super) fn begin_check(model: &mut Model) -> Vec<Effect> {
    let step = mem::replace(&mut model.step, Step::Client(client::Screen::default()));
    let mut effects = Vec::new();
    let token = match step {
        Step::Token(token) => *token,
        Step::Account(screen) => {
            effects.push(Effect::EndCheck(screen.check));
            screen.token
        }
        step @ (Step::Client(_) | Step::SignIn(_) | Step::Save(_)) => {
            model.step = step;
            return effects;
        }
    };
    model.last_check.0 += 1;
    let id = model.last_check;
    effects.push(Effect::Check(id, token.sign_in.source.client.clone(), token.card.grant.refresh_token.clone()));
    model.step = Step::Account(Box::new(Screen::checking(token, id)));
    effects
}

/// A check went on. What belongs to an older one is dropped; one that goes on behind the Save step is still heard.
pub(super) fn checked(model: &mut Model, id: CheckId, checked: Checked) -> Vec<Effect> {
    let screen = match &mut model.step {
        Step::Account(screen) => screen.as_mut(),
        Step::Save(screen) => &mut screen.account,
        Step::Client(_) | Step::SignIn(_) | Step::Token(_) => return Vec::new(),
    };
    if screen.check == id {
        screen.learn(checked);
    }
    Vec::new()
}
