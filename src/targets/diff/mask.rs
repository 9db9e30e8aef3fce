//! Masks the secrets in the lines of a configuration file of any format, old or new, valid or not.
//! It never needs to understand a file: where it is unsure whether a value is secret, it masks it.

use std::ops::Range;

use zeroize::Zeroizing;

use crate::oauth::secret::Secret;
use crate::sanitize::sanitize_to;

/// A key whose name has one of these in it, in any spelling, holds a secret (a proxy's address may hold a password).
const SECRET_NAMES: [&str; 8] =
    ["secret", "token", "password", "passwd", "privatekey", "apikey", "proxy", "authorization"];
/// But not if its name ends in one of these.
const HARMLESS_ENDS: [&str; 5] = ["uri", "url", "path", "file", "expiresat"];
/// What Google's secrets begin with: client secret, refresh token, access token, code; and those of the practice run.
const SECRET_BEGINNINGS: [&str; 5] = ["GOCSPX-", "1//", "ya29.", "4/0", "practice-"];
/// A shorter text cannot be told from an ordinary word.
const SHORTEST_SECRET: usize = 8;

/// Masks the lines of one text in their order.
pub(super) struct Mask {
    secrets: Vec<Zeroizing<String>>,
    /// How a value goes on that began on an earlier line.
    goes_on: Option<GoesOn>,
}

#[derive(Clone, Copy)]
enum GoesOn {
    /// While lines are indented deeper than this.
    Below(usize),
    /// Up to this quote.
    Until(char),
    /// For one line.
    Once,
}

impl Mask {
    pub(super) fn new(secrets: &[&Secret]) -> Self {
        // Lines are compared as they can be shown.
        let shown = secrets.iter().map(|secret| Zeroizing::new(sanitize_to(secret.expose(), usize::MAX)));
        Self { secrets: shown.filter(|secret| secret.chars().count() >= SHORTEST_SECRET).collect(), goes_on: None }
    }

    /// The line with masks for its secrets.
    pub(super) fn line(&mut self, line: &str) -> String {
        if self.is_inside_a_value(line) {
            let indentation = indentation(line);
            return format!("{}…", &line[..indentation]);
        }
        let mut secret: Vec<Range<usize>> = Vec::new();
        if let Some(value) = value_of_a_secret_key(line) {
            self.goes_on = value.goes_on;
            secret.extend(value.pieces);
        }
        for known in &self.secrets {
            secret.extend(line.match_indices(known.as_str()).map(|(at, text)| at..at + text.len()));
        }
        secret.extend(
            words(line).filter(|word| SECRET_BEGINNINGS.iter().any(|start| line[word.clone()].starts_with(start))),
        );
        masked(line, secret)
    }

    fn is_inside_a_value(&mut self, line: &str) -> bool {
        let blank = line.trim().is_empty();
        match self.goes_on {
            None => return false,
            Some(GoesOn::Below(depth)) if blank || indentation(line) > depth => return !blank,
            Some(GoesOn::Below(_)) => {
                self.goes_on = None;
                return false;
            }
            Some(GoesOn::Until(quote)) if !line.contains(quote) => {}
            Some(GoesOn::Once) if line.ends_with('\\') => {}
            Some(GoesOn::Until(_) | GoesOn::Once) => self.goes_on = None,
        }
        !blank
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The value of the first key that holds a secret.
struct Value {
    /// Its bytes, to the end of the line unless quotes end it before, in one piece or without the sign of a comment in it.
    pieces: Vec<Range<usize>>,
    goes_on: Option<GoesOn>,
}

fn value_of_a_secret_key(line: &str) -> Option<Value> {
    let start = words(line).find_map(|word| {
        let name = &line[word.clone()];
        // `<add key="…" value="…"/>`: the name of what it holds may stand on another line or behind it.
        let is_harmless = |other: Range<usize>| line[other.clone()] == *"key" && !follows_secret(line, other.end);
        let attribute = name == "value" && !words(line).any(is_harmless);
        if attribute || is_secret_name(name) { value_start(line, &word) } else { None }
    })?;
    let value = line[start..].trim_end();
    let whole = start..start + value.len();
    let quote = value.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'));
    if let Some(quote) = quote {
        // In markup a quote in a value is written otherwise; elsewhere it may be any but the last.
        let inside = &value[1..];
        let is_markup = line.trim_start().starts_with('<');
        let end = if is_markup { inside.find(quote) } else { inside.rfind(quote) };
        let end = end.map(|end| start + 1 + end);
        let Some(end) = end else { return Some(Value { pieces: vec![whole], goes_on: Some(GoesOn::Until(quote)) }) };
        // Where quotes mean nothing, as in .properties, the value goes on behind them. What looks like a comment there is one,
        // unless it has words as long as secrets are.
        let behind = end + 1..whole.end;
        let rest = &line[behind.clone()];
        let is_comment = rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#');
        let long = |word: &str| word.chars().count() >= SHORTEST_SECRET + 4;
        let is_value = !is_markup
            && if is_comment { rest.split_whitespace().any(long) } else { rest.contains(char::is_alphanumeric) };
        let inside = start + 1..end;
        let pieces = if is_value { vec![inside, behind] } else { vec![inside] };
        return Some(Value { pieces, goes_on: None });
    }
    let goes_on = if value.is_empty() || value.starts_with(['|', '>']) {
        Some(GoesOn::Below(indentation(line)))
    } else {
        value.ends_with('\\').then_some(GoesOn::Once)
    };
    let comment = value.find(" # ").map(|at| start + at);
    let pieces = match comment {
        // In some formats this is no comment, so it is masked too.
        Some(comment) => vec![start..comment, comment + 3..whole.end],
        None if is_sample(value) => Vec::new(),
        None => vec![whole],
    };
    Some(Value { pieces, goes_on })
}

/// `INSERT_REFRESH_TOKEN_HERE`, as the samples of the libraries have it.
fn is_sample(value: &str) -> bool {
    let plain = value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    plain && value.starts_with("INSERT_") && value.ends_with("_HERE")
}

/// Whether the attribute `key` whose name ends here is that of a secret.
fn follows_secret(line: &str, end: usize) -> bool {
    words(&line[end..]).next().is_some_and(|word| is_secret_name(&line[end..][word]))
}

/// Where the value of the key with this name begins, if a separator says that there is one.
fn value_start(line: &str, name: &Range<usize>) -> Option<usize> {
    let rest = line[name.end..].trim_start_matches(['"', '\'', ']', ' ']);
    let rest = rest.strip_prefix("value").map_or(rest, str::trim_start);
    let separated = rest.strip_prefix([':', '=', '(', ',']);
    // In .properties a space will do; in a sentence names do not look like this.
    let is_identifier = line[name.clone()].contains(['.', '_']) && line[..name.start].trim().is_empty();
    let rest = separated.or_else(|| Some(rest).filter(|_| is_identifier))?.trim_start_matches(['>', '=', ' ']);
    Some(line.len() - rest.len())
}

fn is_secret_name(name: &str) -> bool {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    SECRET_NAMES.iter().any(|secret| name.contains(secret)) && !HARMLESS_ENDS.iter().any(|end| name.ends_with(end))
}

fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let inside = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '/');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].find(inside)?;
        let end = line[start..].find(|character| !inside(character)).map_or(line.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

fn masked(line: &str, mut secret: Vec<Range<usize>>) -> String {
    secret.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in secret.into_iter().filter(|range| !range.is_empty()) {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => joined.push(range),
        }
    }
    let mut text = String::new();
    let mut kept = 0;
    for range in joined {
        text.push_str(&line[kept..range.start]);
        text.push_str(&Secret::new(line[range.clone()].to_owned()).masked());
        kept = range.end;
    }
    text.push_str(&line[kept..]);
    text
}
