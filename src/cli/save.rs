//! `adsauth save` and `adsauth token --for`: a token into a target. Nothing is written that was not shown.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::arguments::{For, Place as Options, Save as Command};
use super::json;
use super::machine::{Context, print, say};
use super::sign_in::Typed;
use crate::adapters::files::typed_path;
use crate::customer_id::CustomerId;
use crate::oauth::client::Client;
use crate::oauth::endpoints::is_google_token_endpoint;
use crate::oauth::secret::Secret;
use crate::problem::{Exit, Problem};
use crate::runtime::{carry_out, offer};
use crate::sanitize::sanitize;
use crate::targets::diff::DiffLine;
use crate::targets::plan::{Change, Plan};
use crate::targets::{Credentials, Refused, Target, snippets};
use crate::wizard::save::{Offer, Offered};

/// The largest document on stdin, in bytes.
const LARGEST: u64 = 64 * 1024;

/// What is to be written, and whether it is Google's.
pub struct Given {
    client_id: String,
    client_secret: Secret,
    refresh_token: Secret,
    /// `None`: Google's.
    token_uri: Option<String>,
}

impl Given {
    /// A token that has just been fetched.
    pub fn of(client: &Client, refresh_token: &Secret) -> Self {
        Self {
            client_id: client.id.clone(),
            client_secret: client.secret.clone(),
            refresh_token: refresh_token.clone(),
            token_uri: client.endpoints.not_google.is_some().then(|| client.endpoints.token.to_string()),
        }
    }

    fn credentials(&self, login_customer_id: Option<CustomerId>) -> Credentials {
        Credentials {
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            refresh_token: self.refresh_token.clone(),
            login_customer_id,
            token_uri: self.token_uri.clone(),
        }
    }
}

/// The document that `token --format json` and `--format authorized-user` print.
#[derive(Deserialize)]
struct Document {
    client_id: String,
    client_secret: String,
    refresh_token: String,
    token_uri: Option<String>,
}

/// Reads the token from stdin and writes it.
pub fn run(context: &Context, options: &Command) -> Exit {
    let Some(target) = options.place.target() else {
        return json::fail(context, &Problem::NoPlace, options.json);
    };
    let given = match read_given(context) {
        Ok(given) => given,
        Err(problem) => return json::fail(context, &problem, options.json),
    };
    super::machine::run(write(context, target, &options.place, given, options.json, None))
}

fn read_given(context: &Context) -> Result<Given, Problem> {
    let mut text = zeroize::Zeroizing::new(Vec::new());
    let read = io::stdin().lock().take(LARGEST + 1).read_to_end(&mut text);
    let too_large = u64::try_from(text.len()).is_ok_and(|length| length > LARGEST);
    let document: Option<Document> = read.ok().filter(|_| !too_large).and_then(|_| serde_json::from_slice(&text).ok());
    // What the parser says of a document would quote it.
    let document = document.ok_or(Problem::Incomplete("refresh_token"))?;
    let is_google = document.token_uri.as_deref().is_none_or(is_google_token_endpoint);
    if let Some(untrusted) = document.token_uri.as_deref().and_then(|uri| context.trust.judge_token(uri).err()) {
        return Err(Problem::NotGoogle { untrusted: Some(untrusted) });
    }
    for (name, value) in [
        ("client_id", &document.client_id),
        ("client_secret", &document.client_secret),
        ("refresh_token", &document.refresh_token),
    ] {
        if value.is_empty() || value.len() > 2048 || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Problem::Target(Refused::Unwritable { key: name }));
        }
    }
    Ok(Given {
        client_id: document.client_id,
        client_secret: Secret::new(document.client_secret),
        refresh_token: Secret::new(document.refresh_token),
        token_uri: document.token_uri.filter(|_| !is_google),
    })
}

/// Shows what would change, asks if nobody has answered yet, and writes. `typed` is stdin where it is not the token's document.
pub async fn write(
    context: &Context,
    target: For,
    options: &Options,
    given: Given,
    as_json: bool,
    typed: Option<&mut Typed>,
) -> Exit {
    let credentials = given.credentials(options.login_customer_id);
    let home = context.home();
    match target {
        For::Node => return printed(&snippets::node(&credentials)),
        For::Mcp => {
            let beside = Target::AuthorizedUser.default_path(&home).unwrap_or_default();
            return printed(&snippets::mcp(&beside, None, &credentials));
        }
        For::File(_) | For::Dotnet => {}
    }
    let Some(target) = target.file(options.config.as_deref()) else {
        return json::fail(context, &Problem::NoPlace, as_json);
    };
    if given.token_uri.is_some() && context.practice.is_none() && target.is_library() {
        return json::fail(context, &Problem::NotGoogle { untrusted: None }, as_json);
    }
    let Some(path) = place(options, target, &home) else {
        return json::fail(context, &Problem::NoPlace, as_json);
    };
    let offer = offer(target, &path, &credentials, &context.around());
    show(context, &offer);
    let plan = match offer.what {
        Offered::File(plan) => plan,
        Offered::Unreachable { error, .. } => return json::fail(context, &Problem::Save(error), as_json),
        Offered::Snippet(..) => return Exit::Internal,
    };
    if let Change::Refused { why, .. } = &plan.change {
        return json::fail(context, &Problem::Target(why.clone()), as_json);
    }
    if options.dry_run || plan.is_done() {
        return said(context, &plan, None, as_json);
    }
    if options.yes {
        if plan.replaces() && !options.replace {
            return json::fail(context, &Problem::WouldReplace, as_json);
        }
    } else {
        match ask(context, &plan, typed).await {
            Some(true) => {}
            Some(false) => return json::fail(context, &Problem::WouldReplace, as_json),
            None => return json::fail(context, &Problem::NobodyToAsk, as_json),
        }
    }
    let plans = [*plan];
    match carry_out(&plans).remove(0).result {
        Ok(saved) => said(context, &plans[0], Some(&saved), as_json),
        Err(error) => json::fail(context, &Problem::Save(error), as_json),
    }
}

fn printed(text: &str) -> Exit {
    if print(&zeroize::Zeroizing::new(format!("{text}\n"))) { Exit::Done } else { Exit::Write }
}

fn place(options: &Options, target: Target, home: &Path) -> Option<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    match &options.config {
        Some(path) => Some(path.to_str().and_then(|text| typed_path(text, home, &here)).unwrap_or(here.join(path))),
        None => target.default_path(home).filter(|path| path.is_absolute()),
    }
}

/// The change in lines, with every secret masked.
pub fn show(context: &Context, offer: &Offer) {
    let words = &context.text.save;
    let Some(plan) = offer.plan() else { return };
    let change = match &plan.change {
        Change::Replace(held) => {
            let other = held.client_id.as_deref().filter(|id| !plan.text().contains(id)).map(sanitize);
            (context.text.line.holds_other)(other.as_deref())
        }
        Change::Create | Change::Fill | Change::Nothing | Change::Refused { .. } => (words.change)(offer),
    };
    say(&format!("{}: {change}", json::shown(&plan.place.asked)));
    if plan.place.path != plan.place.asked {
        say(&(context.text.line.leads_to)(&json::shown(&plan.place.path)));
    }
    for line in &plan.diff {
        say(&match line {
            DiffLine::Kept(text) => format!("  {text}"),
            DiffLine::Removed(text) => format!("- {text}"),
            DiffLine::Added(text) => format!("+ {text}"),
            DiffLine::Skipped(lines) => (words.unchanged)(*lines),
        });
    }
    plan.warnings.iter().for_each(|warning| say(&(words.warning)(warning)));
}

/// Asks on the terminal, or on stdin where that is one: `None` if nobody is there.
async fn ask(context: &Context, plan: &Plan, typed: Option<&mut Typed>) -> Option<bool> {
    let words = &context.text.line;
    let question = if plan.replaces() { words.ask_replace } else { words.ask_write };
    let answer = match typed {
        Some(typed) => {
            say(question);
            typed.recv().await?.expose().trim().to_lowercase()
        }
        None => {
            let mut terminal = File::options().read(true).write(true).open("/dev/tty").ok()?;
            terminal.write_all(format!("{question}\n").as_bytes()).ok()?;
            let mut answer = String::new();
            BufReader::new(terminal).read_line(&mut answer).ok()?;
            answer.trim().to_lowercase()
        }
    };
    Some(if plan.replaces() { answer == "replace" } else { matches!(answer.as_str(), "y" | "yes") })
}

fn said(context: &Context, plan: &Plan, saved: Option<&crate::targets::save::Saved>, as_json: bool) -> Exit {
    let words = &context.text.line;
    let backup = saved.and_then(|saved| saved.backup.as_deref()).map(json::shown);
    if as_json {
        let document = json::Saved {
            target: For::File(plan.target).name(),
            config: json::shown(&plan.place.path),
            written: saved.is_some(),
            changed: plan.change != Change::Nothing,
            backup,
        };
        return if json::print_document(&document) { Exit::Done } else { Exit::Write };
    }
    match saved {
        None if plan.is_done() => say(&(words.already_so)(&json::shown(&plan.place.path))),
        None => say(words.dry_run),
        Some(saved) => {
            say(&(words.written)(&json::shown(&saved.path)));
            if let Some(backup) = backup {
                say(&(context.text.save.backup_holds)(&backup));
            }
        }
    }
    Exit::Done
}
