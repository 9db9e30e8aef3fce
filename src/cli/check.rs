//! `adsauth check`: reads a configuration the way its library does and says whether its token works, and if not, why.

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::{Check as Options, For};
use super::json::{self, Grade, Report};
use super::machine::{Context, say};
use super::sign_in::{http, until_signal};
use crate::adapters::files::typed_path;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::client_file::{Glimpse, Unusable};
use crate::oauth::endpoints::Endpoints;
use crate::oauth::exchange::ExchangeError;
use crate::oauth::refresh::{TokenKind, what_is};
use crate::oauth::secret::Secret;
use crate::problem::{Exit, Problem};
use crate::runtime::check;
use crate::targets::save::look;
use crate::targets::{Held, Target};
use crate::wizard::account::Checked;

/// Checks one configuration.
pub fn run(context: &Context, options: &Options) -> Exit {
    let (target, path) = match find(context, options) {
        Ok(found) => found,
        Err(problem) => return json::fail(context, &problem, options.json),
    };
    let (client, token, held) = match read(context, target, &path) {
        Ok(read) => read,
        Err(problem) => return json::fail(context, &problem, options.json),
    };
    let mut report = Report::new(&path, For::File(target).name());
    let mut refused = false;
    until_signal(async {
        let mut server = context.ads.clone();
        server.developer_token = held.developer_token;
        let tell = |checked| {
            refused |=
                matches!(checked, Checked::Refreshed(Err(ExchangeError::Refused(_) | ExchangeError::AdsScopeMissing)));
            report.learn(context, checked, !options.json);
        };
        check(&client, &token, http(), &server, tell).await;
        // A new token is no remedy for a network that is down, and no configuration says where another server signs in.
        finish(context, options, &report, refused && client.endpoints.not_google.is_none())
    })
}

fn finish(context: &Context, options: &Options, report: &Report, can_renew: bool) -> Exit {
    if options.json {
        if !json::print_document(report) {
            return Exit::Write;
        }
    } else if can_renew {
        let renew = format!("adsauth -P {}", quoted(&report.config));
        say(&(context.text.line.renew)(&renew));
    }
    if report.ok { Exit::Done } else { Exit::Check }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    shlex::try_quote(path).map_or_else(|_| path.to_owned(), std::borrow::Cow::into_owned)
}

/// The configuration that was named, or the only one there is.
fn find(context: &Context, options: &Options) -> Result<(Target, PathBuf), Problem> {
    let home = context.home();
    let here = std::env::current_dir().unwrap_or_default();
    let named = options
        .config
        .as_ref()
        .map(|path| path.to_str().and_then(|text| typed_path(text, &home, &here)).unwrap_or_else(|| here.join(path)));
    match (options.target, named) {
        (Some(wanted), named) => {
            let target = wanted.file(named.as_deref()).ok_or(Problem::NoPlace)?;
            let path = named.or_else(|| target.default_path(&home)).ok_or(Problem::NoPlace)?;
            Ok((target, path))
        }
        (None, Some(path)) => Target::of_path(&path).map(|target| (target, path)).ok_or(Problem::NoPlace),
        (None, None) => {
            let usual = Target::ALL.into_iter().filter_map(|target| Some((target, target.default_path(&home)?)));
            let mut there = usual.filter(|(_, path)| path.exists());
            match (there.next(), there.next()) {
                (Some(only), None) => Ok(only),
                (Some(_), Some(_)) => Err(Problem::SeveralSources),
                (None, _) => Err(Problem::NoSource),
            }
        }
    }
}

fn read(context: &Context, target: Target, path: &std::path::Path) -> Result<(Arc<Client>, Secret, Held), Problem> {
    let place = look(path).map_err(Problem::Save)?;
    let existing = place.existing.ok_or(Problem::NoSource)?;
    let held = target.read(existing.text()).map_err(Problem::Target)?;
    let id = held.client_id.clone().ok_or(Problem::Incomplete("client_id"))?;
    let secret = held.client_secret.clone().ok_or(Problem::Incomplete("client_secret"))?;
    let token = held.refresh_token.clone().ok_or(Problem::Incomplete("refresh_token"))?;
    match what_is(token.expose()) {
        TokenKind::Code | TokenKind::Access | TokenKind::ClientSecret => return Err(Problem::NotRefreshToken),
        TokenKind::Refresh | TokenKind::Unknown => {}
    }
    let endpoints = endpoints(context, target, existing.text())?;
    let client = Client { kind: ClientKind::Desktop, id, secret, project: None, endpoints, redirect_uris: Vec::new() };
    Ok((Arc::new(client), token, held))
}

/// The libraries ask Google; what no library reads may name another server, which must be trusted.
fn endpoints(context: &Context, target: Target, text: &str) -> Result<Endpoints, Problem> {
    match target.token_uri(text) {
        None => Ok(Endpoints::google()),
        Some(uri) => context.trust.judge_token(&uri).map_err(|untrusted| {
            Problem::Source(Unusable::UntrustedEndpoints { untrusted, client: Glimpse::default() })
        }),
    }
}

impl Report {
    /// Takes what the check found out, and says it as it comes.
    pub fn learn(&mut self, context: &Context, checked: Checked, aloud: bool) {
        let words = &context.text.account;
        let mut grade = |label: &str, outcome: Result<String, Problem>| {
            let grade = Grade::of(context, outcome);
            if aloud {
                grade.lines(label).iter().for_each(|line| say(line));
            }
            self.ok &= grade.ok;
            Some(grade)
        };
        match checked {
            Checked::Refreshed(outcome) => {
                let outcome = outcome.map(|_| words.refreshes.to_owned()).map_err(Problem::Refresh);
                self.refresh = grade(words.refresh, outcome);
            }
            Checked::Accessible(Ok(accounts)) if accounts.roots().is_empty() => {
                self.accounts = grade(words.accounts, Err(Problem::NoAccounts));
            }
            Checked::Accessible(Ok(accounts)) => {
                let ids: Vec<_> = accounts.roots().iter().map(ToString::to_string).collect();
                let found = grade(words.accounts, Ok((words.are_visible)(ids.len())));
                self.accounts = found.map(|grade| grade.with_ids(ids));
            }
            Checked::Accessible(Err(error)) => self.accounts = grade(words.accounts, Err(Problem::Ads(error))),
            Checked::Read(outcome) => {
                let outcome = outcome.map(|()| words.reads.to_owned()).map_err(Problem::Ads);
                self.read = grade(words.read, outcome);
            }
            Checked::NobodyToAsk | Checked::Counted(_) | Checked::Found { .. } => {}
        }
    }
}
