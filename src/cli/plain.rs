//! `adsauth --plain`: the five steps as numbered questions, append-only, for screen readers and plain terminals.

use std::sync::Arc;

use super::arguments::SignIn;
use super::json;
use super::machine::{Context, print, say, somebody_is_there};
use super::save::show;
use super::sign_in::{Typed, http, sign_in, typed_lines, until_signal};
use super::source;
use super::token::{copy, health};
use crate::ads::Accounts;
use crate::customer_id::CustomerId;
use crate::oauth::client::Client;
use crate::oauth::grant::Grant;
use crate::oauth::secret::Secret;
use crate::problem::{Exit, Problem};
use crate::runtime::{carry_out, check, offers};
use crate::targets::Credentials;
use crate::wizard::account::Checked;
use crate::wizard::save::{Offer, Offered};

/// Asks the five steps.
pub fn run(context: &Context, options: &SignIn) -> Exit {
    if !somebody_is_there() {
        return json::fail(context, &Problem::NobodyToAsk, false);
    }
    until_signal(async {
        match ask(context, options).await {
            Ok(exit) => exit,
            Err(problem) => json::fail(context, &problem, false),
        }
    })
}

async fn ask(context: &Context, options: &SignIn) -> Result<Exit, Problem> {
    let (words, frame) = (&context.text.line, &context.text.frame);
    let step = |number: usize, name: &str| say(&(words.step)(number, name));
    step(1, frame.client);
    let client = source::choose(context, options.client_secrets_path.as_deref())?;
    step(2, frame.sign_in);
    let mut typed = typed_lines();
    let signed_in = sign_in(context, options, client.clone(), &mut typed).await?;
    step(3, frame.token);
    say(words.fetched);
    for line in health(context.text, &signed_in.grant) {
        say(&line);
    }
    let grant = signed_in.linger().await;
    let handed_over = offer_token(context, options, &grant, &mut typed).await;
    step(4, frame.account);
    let login = account(context, &client, &grant.refresh_token, &mut typed).await;
    step(5, frame.save);
    let saved = save(context, &client, &grant.refresh_token, login, &mut typed).await?;
    Ok(if handed_over || saved { Exit::Done } else { Exit::Consent })
}

/// The answer as a number; nothing for an empty line or the end of the input.
async fn number(typed: &mut Typed) -> Option<usize> {
    typed.recv().await?.expose().trim().parse().ok()
}

async fn offer_token(context: &Context, options: &SignIn, grant: &Grant, typed: &mut Typed) -> bool {
    let words = &context.text.line;
    say(&(words.your_token)(&grant.refresh_token.masked()));
    let mut handed_over = false;
    loop {
        say(words.copy_show_or_go_on);
        match number(typed).await {
            Some(1) => handed_over |= copy(context, options, &grant.refresh_token),
            Some(2) => handed_over |= print(&zeroize::Zeroizing::new(format!("{}\n", grant.refresh_token.expose()))),
            Some(_) | None => return handed_over,
        }
    }
}

/// The three grades, then which account; nothing if there is none to choose from.
async fn account(context: &Context, client: &Client, token: &Secret, typed: &mut Typed) -> Option<CustomerId> {
    let words = &context.text.line;
    let mut report = json::Report::new(std::path::Path::new(""), "");
    let mut known: Option<Arc<Accounts>> = None;
    let tell = |checked: Checked| {
        if let Checked::Found { accounts, .. } = &checked {
            known = Some(accounts.clone());
        }
        report.learn(context, checked, true);
    };
    check(client, token, http(), &context.ads, tell).await;
    let accounts = known?;
    let tree = accounts.tree();
    if tree.rows.is_empty() {
        return None;
    }
    say(words.which_account);
    for (place, row) in tree.rows.iter().enumerate() {
        let name = accounts.account(row.id).and_then(|account| account.name.as_deref()).unwrap_or_default();
        say(&(words.account_row)(place + 1, row.depth, &row.id.dashed(), name));
    }
    say(words.type_number_or_skip);
    let row = tree.rows.get(number(typed).await?.checked_sub(1)?)?;
    let login = accounts.login_customer_id_for(row);
    say(&(words.login_follows)(&login.to_string()));
    Some(login)
}

/// Where it goes, what would change there, and the last word.
async fn save(
    context: &Context,
    client: &Arc<Client>,
    token: &Secret,
    login_customer_id: Option<CustomerId>,
    typed: &mut Typed,
) -> Result<bool, Problem> {
    let words = &context.text.line;
    let credentials = Credentials {
        client_id: client.id.clone(),
        client_secret: client.secret.clone(),
        refresh_token: token.clone(),
        login_customer_id,
        token_uri: client.endpoints.not_google.is_some().then(|| client.endpoints.token.to_string()),
    };
    let offers: Vec<Offer> = offers(client, &credentials, None, &context.home(), &context.around())
        .into_iter()
        .filter(|offer| offer.plan().is_some())
        .collect();
    say(words.which_target);
    for (place, offer) in offers.iter().enumerate() {
        let Offered::File(plan) = &offer.what else { continue };
        say(&format!(
            "{}. {}: {}",
            place + 1,
            (context.text.save.library)(plan.target),
            json::shown(&plan.place.asked)
        ));
    }
    say(words.type_number_or_skip);
    let chosen = number(typed).await.and_then(|number| offers.get(number.checked_sub(1)?));
    let Some(offer) = chosen else { return Ok(false) };
    show(context, offer);
    let Some(plan) = offer.plan().filter(|plan| plan.can_be_written()) else { return Ok(false) };
    if plan.is_done() {
        say(&(words.already_so)(&json::shown(&plan.place.path)));
        return Ok(true);
    }
    say(if plan.replaces() { words.ask_replace } else { words.ask_write });
    let answer = typed.recv().await.map(|answer| answer.expose().trim().to_lowercase()).unwrap_or_default();
    let agreed = if plan.replaces() { answer == "replace" } else { matches!(answer.as_str(), "y" | "yes") };
    if !agreed {
        return Ok(false);
    }
    let outcome = carry_out(std::slice::from_ref(plan)).remove(0);
    let saved = outcome.result.map_err(Problem::Save)?;
    say(&(words.written)(&json::shown(&saved.path)));
    if let Some(backup) = &saved.backup {
        say(&(context.text.save.backup_holds)(&json::shown(backup)));
    }
    Ok(true)
}
