//! From files that were found to the rows of the Client step: kinds, order, duplicates.
//! It never touches the file system.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::client::{Client, ClientKind};
use super::client_file::{self, FileType, Glimpse, Kind, Unreadable, Unusable};
use super::endpoints::Trust;

#[cfg(test)]
mod tests;

/// Whether a file of this name is looked into: `client_secret*.json`, `client_secrets*.json`, `clientsecret*.json`,
/// `credentials*.json`, `oauth*.json` in any case of ASCII letters. The name is raw bytes, since it need not be UTF-8.
pub fn is_candidate_name(name: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 4] = [b"client_secret", b"clientsecret", b"credentials", b"oauth"];
    const END: &[u8] = b".json";
    let Some((stem, end)) = name.split_last_chunk::<{ END.len() }>() else { return false };
    let begins =
        |beginning: &&[u8]| stem.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning));
    end.eq_ignore_ascii_case(END) && BEGINNINGS.iter().any(begins)
}

/// A file as it was found, before anybody judged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path as it was listed; may hold bytes that are not UTF-8.
    pub path: PathBuf,
    /// Last modification of what was opened.
    pub modified: Option<SystemTime>,
    /// Whether group or others may read it.
    pub others_can_read: bool,
    /// What was in it.
    pub content: Content,
}

/// What reading a file brought.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// All of its bytes, at most `client_file::MAX_BYTES`.
    Bytes(zeroize::Zeroizing<Vec<u8>>),
    /// More than that.
    TooLarge,
    /// Nothing, and why.
    Unreadable(Unreadable),
    /// It is not a regular file.
    NotAFile(FileType),
}

impl std::fmt::Debug for Content {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            Self::TooLarge => formatter.write_str("TooLarge"),
            Self::Unreadable(why) => write!(formatter, "Unreadable({why:?})"),
            Self::NotAFile(file_type) => write!(formatter, "NotAFile({file_type:?})"),
        }
    }
}

/// One row of the Client step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// Last modification.
    pub modified: Option<SystemTime>,
    /// Whether group or others may read it.
    pub others_can_read: bool,
    /// The client, or why there is none.
    pub verdict: Result<Arc<Client>, Unusable>,
    /// Another file of the same client that comes before this one: the newest with the same secret or, for a file
    /// without a secret, the newest that has one.
    pub duplicate_of: Option<PathBuf>,
    /// Set when this is a client library's configuration.
    pub config: Option<Config>,
}

/// A client library's configuration that is a client source: signing in with it renews its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Whether a refresh token stands in it now.
    pub has_token: bool,
}

impl Candidate {
    /// What the file is.
    pub fn kind(&self) -> Kind {
        match &self.verdict {
            _ if self.config.is_some() => Kind::Config,
            Ok(client) => match client.kind {
                ClientKind::Desktop => Kind::Desktop,
                ClientKind::Web => Kind::Web,
            },
            Err(why) => why.kind(),
        }
    }

    /// Whether it can be chosen.
    pub fn usable(&self) -> bool {
        self.verdict.is_ok()
    }

    /// `client_id`, as far as the file tells.
    pub fn client_id(&self) -> Option<&str> {
        match &self.verdict {
            Ok(client) => Some(&client.id),
            Err(why) => why.glimpse()?.client_id.as_deref(),
        }
    }

    /// `project_id`, as far as the file tells.
    pub fn project(&self) -> Option<&str> {
        match &self.verdict {
            Ok(client) => client.project.as_deref(),
            Err(why) => why.glimpse()?.project.as_deref(),
        }
    }

    /// The console page of this very client, where a secret can be added to it.
    pub fn console_url(&self) -> Option<String> {
        match &self.verdict {
            Ok(client) => client.console_url(),
            Err(why) => why.glimpse().and_then(Glimpse::console_url),
        }
    }
}

/// Judges one file: a typed path, `-P`, or each as it is found. Its bytes are wiped on return.
pub fn judge_one(found: Found, trust: &Trust) -> Candidate {
    let verdict = match found.content {
        Content::Bytes(bytes) => client_file::judge(&bytes, trust).map(Arc::new),
        Content::TooLarge => Err(Unusable::TooLarge),
        Content::Unreadable(why) => Err(Unusable::Unreadable(why)),
        Content::NotAFile(file_type) => Err(Unusable::NotAFile(file_type)),
    };
    Candidate {
        path: found.path,
        modified: found.modified,
        others_can_read: found.others_can_read,
        verdict,
        duplicate_of: None,
        config: None,
    }
}

/// Judges every file and puts them into the order of the screen; see [`order`].
pub fn arrange(found: Vec<Found>, trust: &Trust) -> Vec<Candidate> {
    let mut candidates: Vec<_> = found.into_iter().map(|found| judge_one(found, trust)).collect();
    order(&mut candidates);
    candidates
}

/// Puts candidates into the order of the screen and says anew which repeats which. A list that is still filling calls it
/// after every addition.
///
/// Usable before unusable, in each part the newest first, of the same age by path. Files of one client are not drawn together: a
/// list that is strictly by date is read without explanation, and what was just downloaded is on top.
///
/// Two files with one secret repeat each other, whatever else differs; the newer knows the newer redirect URIs. Two
/// secrets of one client are two ways in, and neither repeats the other.
pub fn order(candidates: &mut [Candidate]) {
    // A file without a date comes last: `None` is less than any `Some`.
    candidates.sort_by(|a, b| {
        let age = |row: &Candidate| (Reverse(row.usable()), Reverse(row.modified));
        age(a).cmp(&age(b)).then_with(|| a.path.cmp(&b.path))
    });
    let repeated: Vec<_> = repeated_paths(candidates).into_iter().map(|path| path.map(Path::to_owned)).collect();
    for (candidate, path) in candidates.iter_mut().zip(repeated) {
        candidate.duplicate_of = path;
    }
}

/// For each of the ordered candidates the earlier one that it repeats.
fn repeated_paths(candidates: &[Candidate]) -> Vec<Option<&Path>> {
    // Per client the first row of each of its secrets, in order.
    let mut firsts: HashMap<&str, Vec<(&Client, &Path)>> = HashMap::new();
    let mut paths = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let mut repeated = None;
        if candidate.config.is_some() {
            // A configuration is a source of its own: choosing it renews its token.
        } else if let Ok(client) = &candidate.verdict {
            let firsts = firsts.entry(&client.id).or_default();
            let same = |first: &Client| first.endpoints == client.endpoints && first.secret == client.secret;
            repeated = firsts.iter().find(|(first, _)| same(first)).map(|(_, path)| *path);
            if repeated.is_none() {
                firsts.push((client, &candidate.path));
            }
        } else if let Err(Unusable::ClientWithoutSecret(Glimpse { client_id: Some(id), .. })) = &candidate.verdict {
            repeated = firsts.get(id.as_str()).and_then(|firsts| firsts.first()).map(|(_, path)| *path);
        }
        paths.push(repeated);
    }
    paths
}
