//! From files that were found to the rows of the Client step: kinds, order, duplicates.
//! It never touches the file system.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::client::{Client, ClientKind};
use super::client_file::{FileType, Kind, Unreadable, Unusable};
use super::endpoints::Trust;

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
    /// Another file of the same client that comes before this one.
    pub duplicate_of: Option<PathBuf>,
}

impl Candidate {
    /// What the file is.
    pub fn kind(&self) -> Kind {
        match &self.verdict {
            Ok(client) => match client.kind {
                ClientKind::Desktop => Kind::Desktop,
                ClientKind::Web => Kind::Web,
            },
            Err(why) => why.kind(),
        }
    }
}

/// Judges every file and puts them into the order of the screen: usable first, newest first; of several files of one client
/// the newest with a secret comes first.
pub fn arrange(_found: Vec<Found>, _trust: &Trust) -> Vec<Candidate> {
    todo!()
}

/// Judges one file, as for a path that the user named.
pub fn judge_one(_found: Found, _trust: &Trust) -> Candidate {
    todo!()
}
