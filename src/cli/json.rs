//! The JSON that scripts may rely on, and errors as text or JSON. Fields and codes are only ever added.

use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::machine::{Context, print, say};
use crate::oauth::candidates::Candidate;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::client_file::Unusable;
use crate::oauth::grant::{self, Grant};
use crate::oauth::redirect::RedirectUri;
use crate::problem::{Exit, Problem};
pub use crate::text::shown;
use crate::text::{Medium, Text};

/// One row of `files --json`.
#[derive(Serialize)]
pub struct File<'a> {
    path: String,
    kind: &'static str,
    usable: bool,
    reason: Option<String>,
    remedy: Option<String>,
    project_id: Option<&'a str>,
    client_id: Option<&'a str>,
    redirect_uri: Option<String>,
    modified: Option<String>,
    duplicate_of: Option<String>,
    untrusted_hosts: &'a [String],
}

impl<'a> File<'a> {
    pub fn of(context: &Context, candidate: &'a Candidate) -> Self {
        let words = candidate.verdict.as_ref().err().map(|why| (context.text.client.unusable)(why, Medium::Lines));
        let (reason, remedy) = words.map(|words| (words.cause, words.remedy)).unzip();
        Self {
            path: shown(&candidate.path),
            kind: candidate.kind().code(),
            usable: candidate.usable(),
            reason,
            remedy,
            project_id: candidate.project(),
            client_id: candidate.client_id(),
            redirect_uri: candidate.verdict.as_ref().ok().and_then(|client| redirect_of(client)),
            modified: candidate.modified.map(rfc3339),
            duplicate_of: candidate.duplicate_of.as_deref().map(shown),
            untrusted_hosts: match &candidate.verdict {
                Err(Unusable::UntrustedEndpoints { untrusted, .. }) => &untrusted.hosts,
                Ok(_) | Err(_) => &[],
            },
        }
    }
}

/// The redirect URI that an attempt with this client would use; a Desktop client's port is chosen when it starts.
pub fn redirect_of(client: &Client) -> Option<String> {
    match client.kind {
        ClientKind::Desktop => Some("http://127.0.0.1".to_owned()),
        ClientKind::Web => client.redirect_uris.iter().find(|uri| RedirectUri::parse(uri).is_ok()).cloned(),
    }
}

/// `token --format authorized-user`: what a file of that type holds.
#[derive(Serialize)]
pub struct AuthorizedUser<'a> {
    r#type: &'static str,
    client_id: &'a str,
    client_secret: &'a str,
    refresh_token: &'a str,
    token_uri: &'a str,
}

/// `token --format json`: the same, and everything else that is known.
#[derive(Serialize)]
pub struct Token<'a> {
    #[serde(flatten)]
    authorized_user: AuthorizedUser<'a>,
    scopes: &'a [String],
    refresh_token_expires_at: Option<String>,
    warnings: Vec<Warning>,
}

#[derive(Serialize)]
struct Warning {
    code: &'static str,
    text: String,
}

impl<'a> AuthorizedUser<'a> {
    pub fn of(client: &'a Client, grant: &'a Grant) -> Self {
        Self {
            r#type: "authorized_user",
            client_id: &client.id,
            client_secret: client.secret.expose(),
            refresh_token: grant.refresh_token.expose(),
            token_uri: client.endpoints.token.as_str(),
        }
    }
}

impl<'a> Token<'a> {
    pub fn of(context: &Context, client: &'a Client, grant: &'a Grant) -> Self {
        let warning = |known: grant::Warning| Warning {
            code: known.code(),
            text: (context.text.token.warning)(known, grant, Medium::Lines),
        };
        Self {
            authorized_user: AuthorizedUser::of(client, grant),
            scopes: &grant.scopes,
            refresh_token_expires_at: grant.refresh_expires.map(rfc3339),
            warnings: grant.warnings().into_iter().map(warning).collect(),
        }
    }
}

/// `save --json`.
#[derive(Serialize)]
pub struct Saved {
    pub target: &'static str,
    pub config: String,
    pub written: bool,
    pub changed: bool,
    pub backup: Option<String>,
}

/// `check --json`.
#[derive(Serialize)]
pub struct Report {
    pub config: String,
    pub target: &'static str,
    pub ok: bool,
    pub refresh: Option<Grade>,
    pub accounts: Option<Grade>,
    pub read: Option<Grade>,
}

/// One grade of a check.
#[derive(Serialize)]
pub struct Grade {
    pub ok: bool,
    code: &'static str,
    text: String,
    remedy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<Vec<String>>,
}

impl Report {
    /// A check that has not found out anything yet.
    pub fn new(path: &Path, target: &'static str) -> Self {
        Self { config: shown(path), target, ok: true, refresh: None, accounts: None, read: None }
    }
}

impl Grade {
    pub fn of(context: &Context, outcome: Result<String, Problem>) -> Self {
        match outcome {
            Ok(text) => Self { ok: true, code: "ok", text, remedy: None, ids: None },
            Err(problem) => {
                let words = (context.text.problem)(&problem, Medium::Lines);
                let text = format!("{}. {}", words.title, words.cause);
                Self { ok: false, code: problem.code(), text, remedy: Some(words.remedy), ids: None }
            }
        }
    }

    /// With the ids of the accounts that are directly accessible.
    pub fn with_ids(self, ids: Vec<String>) -> Self {
        Self { ids: Some(ids), ..self }
    }

    /// The same for a person: a word before every value.
    pub fn lines(&self, label: &str) -> Vec<String> {
        let first = format!("{label}: {}", self.text);
        std::iter::once(first).chain(self.remedy.clone()).collect()
    }
}

#[derive(Serialize)]
struct Failure {
    error: FailureWords,
}

#[derive(Serialize)]
struct FailureWords {
    code: &'static str,
    title: String,
    cause: String,
    remedy: String,
}

/// Says what went wrong: as lines on stderr, or as the one document on stdout that a script waits for.
pub fn fail(context: &Context, problem: &Problem, as_json: bool) -> Exit {
    fail_in(context.text, problem, as_json)
}

/// The same where nothing is known yet but the language.
pub fn fail_in(text: &Text, problem: &Problem, as_json: bool) -> Exit {
    let words = (text.problem)(problem, Medium::Lines);
    if as_json {
        let error = FailureWords { code: problem.code(), title: words.title, cause: words.cause, remedy: words.remedy };
        print_document(&Failure { error });
    } else {
        say(&format!("adsauth: {}", words.title));
        say(&words.cause);
        say(&words.remedy);
    }
    problem.exit()
}

/// One document on stdout. Returns whether it could be written.
pub fn print_document(document: &impl Serialize) -> bool {
    let text = serde_json::to_string_pretty(document).expect("these types are always JSON");
    let text = zeroize::Zeroizing::new(text + "\n");
    print(&text)
}

fn rfc3339(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).to_rfc3339_opts(SecondsFormat::Secs, true)
}
