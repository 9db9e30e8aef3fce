//! `adsauth files [DIR…]`: the client sources that are found, and what each of them is.

use super::arguments::Files as Options;
use super::json::{self, File};
use super::machine::{Context, print};
use crate::adapters::files::LocalFiles;
use crate::oauth::candidates::{self, Candidate};
use crate::oauth::endpoints::Trust;
use crate::ports::Files;
use crate::problem::{Exit, Problem};
use crate::sources::{self, is_source_name};
use crate::text::Medium;

/// Prints one block per file, or one JSON array.
pub fn run(context: &Context, options: &Options) -> Exit {
    let files = match options.directories.as_slice() {
        [] => LocalFiles::usual(is_source_name),
        directories => LocalFiles::new(directories.iter().cloned(), is_source_name),
    };
    let rows = found(&files, &context.trust);
    let written = if options.json {
        let rows: Vec<_> = rows.iter().map(|row| File::of(context, row)).collect();
        json::print_document(&rows)
    } else if rows.is_empty() {
        return json::fail(context, &Problem::NoSource, false);
    } else {
        print(&rows.iter().map(|row| block(context, row)).collect::<Vec<_>>().join("\n"))
    };
    if written { Exit::Done } else { Exit::Write }
}

/// Everything that is found, in the order of the screen.
pub fn found(files: &LocalFiles, trust: &Trust) -> Vec<Candidate> {
    let mut rows = Vec::new();
    files.look(&mut |file| rows.extend(file.and_then(|file| sources::judge_found(file, trust))));
    candidates::order(&mut rows);
    rows
}

fn block(context: &Context, row: &Candidate) -> String {
    let mut lines = vec![json::shown(&row.path)];
    let mut more = |label: &str, value: &str| lines.push(format!("  {label}: {value}"));
    let words = &context.text.line;
    more(words.kind, row.kind().code());
    if let Some(project) = row.project() {
        more(words.project, project);
    }
    if let Some(id) = row.client_id() {
        more(words.client_id, id);
    }
    if let Some(uri) = row.verdict.as_ref().ok().and_then(|client| json::redirect_of(client)) {
        more(words.redirect, &uri);
    }
    if let Some(other) = &row.duplicate_of {
        more(words.duplicate_of, &json::shown(other));
    }
    if let Err(why) = &row.verdict {
        let why = (context.text.client.unusable)(why, Medium::Lines);
        more(words.not_usable, &why.cause);
        more(words.remedy, &why.remedy);
    }
    lines.join("\n") + "\n"
}
