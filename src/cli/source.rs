//! Which client a line command signs in with: the one that was named, the only one there is, or the one somebody picks.

use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use super::files;
use super::json;
use super::machine::{self, Context, say};
use crate::adapters::files::{LocalFiles, typed_path};
use crate::oauth::candidates::Candidate;
use crate::oauth::client::Client;
use crate::ports::Files;
use crate::problem::Problem;
use crate::sources::{self, is_source_name};

/// Finds the client.
pub fn choose(context: &Context, named: Option<&Path>) -> Result<Arc<Client>, Problem> {
    let files = LocalFiles::usual(is_source_name);
    if let Some(path) = named {
        let here = std::env::current_dir().unwrap_or_default();
        // A shell has expanded `~` already, but a configuration file or a quoted argument has not.
        let path = path.to_str().and_then(|text| typed_path(text, &context.home(), &here)).unwrap_or(path.to_owned());
        return sources::judge_named(files.read(&path), &context.trust).verdict.map_err(Problem::Source);
    }
    let rows: Vec<_> = files::found(&files, &context.trust);
    let usable = distinct(&rows);
    match usable.as_slice() {
        [] => Err(rows.into_iter().next().and_then(|row| row.verdict.err()).map_or(Problem::NoSource, Problem::Source)),
        [only] => {
            say(&(context.text.line.using)(&json::shown(&only.path)));
            client_of(only)
        }
        several if machine::somebody_is_there() => ask(context, several),
        _ => Err(Problem::SeveralSources),
    }
}

/// The usable rows, each client with its secret once: a configuration often holds the client of a downloaded file.
fn distinct(rows: &[Candidate]) -> Vec<&Candidate> {
    let mut distinct: Vec<&Candidate> = Vec::new();
    for row in rows {
        let Ok(client) = &row.verdict else { continue };
        let same = |other: &&Candidate| {
            other.verdict.as_ref().is_ok_and(|other| other.id == client.id && other.secret == client.secret)
        };
        if !distinct.iter().any(same) {
            distinct.push(row);
        }
    }
    distinct
}

fn client_of(row: &Candidate) -> Result<Arc<Client>, Problem> {
    row.verdict.clone().map_err(Problem::Source)
}

/// A numbered question: read aloud as well as read.
fn ask(context: &Context, rows: &[&Candidate]) -> Result<Arc<Client>, Problem> {
    let words = &context.text.line;
    say(words.which_client);
    for (number, row) in rows.iter().enumerate() {
        say(&format!("{}. {} ({})", number + 1, json::shown(&row.path), row.kind().code()));
    }
    loop {
        say(words.type_number);
        let mut answer = String::new();
        match io::stdin().lock().read_line(&mut answer) {
            Ok(0) | Err(_) => return Err(Problem::SeveralSources),
            Ok(_) => {}
        }
        let picked = answer.trim().parse::<usize>().ok().and_then(|number| rows.get(number.checked_sub(1)?));
        if let Some(row) = picked {
            return client_of(row);
        }
    }
}
