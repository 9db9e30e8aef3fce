//! Judges the bytes of a downloaded file: an OAuth client that can be used, or what it is instead and why it cannot.
//! It never reads a file and never keeps the bytes.

use super::client::{Client, console_page};
use super::endpoints::Trust;

/// The largest file that is looked into, in bytes. Google's are about 500.
pub const MAX_BYTES: usize = 64 * 1024;

/// What a file is. The names of `files --json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `{"installed": …}`.
    Desktop,
    /// `{"web": …}`.
    Web,
    /// A client library's configuration that holds a client id and secret.
    Config,
    /// A service account key.
    ServiceAccount,
    /// Application default credentials of type `authorized_user`.
    AuthorizedUser,
    /// A token that some program saved.
    SavedToken,
    /// A file with an API key.
    ApiKey,
    /// A client whose `client_secret` is missing or empty.
    ClientWithoutSecret,
    /// A client without `auth_uri` or `token_uri`.
    ClientWithoutEndpoints,
    /// A client whose endpoints are neither Google's nor at a trusted host.
    UntrustedEndpoints,
    /// `client_id` and `client_secret` at the top level.
    FlatClient,
    /// JSON of another shape.
    UnknownJson,
    /// No bytes, or only white space.
    Empty,
    /// Not JSON.
    NotJson,
    /// UTF-16, by its byte order mark or its NUL bytes.
    Utf16,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// The system refuses to open or read it.
    Unreadable,
    /// A directory, FIFO, socket or device.
    NotAFile,
}

impl Kind {
    /// The name in `files --json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Web => "web",
            Self::Config => "config",
            Self::ServiceAccount => "service-account",
            Self::AuthorizedUser => "authorized-user",
            Self::SavedToken => "saved-token",
            Self::ApiKey => "api-key",
            Self::ClientWithoutSecret => "client-without-secret",
            Self::ClientWithoutEndpoints => "client-without-endpoints",
            Self::UntrustedEndpoints => "untrusted-endpoints",
            Self::FlatClient => "flat-client",
            Self::UnknownJson => "unknown-json",
            Self::Empty => "empty",
            Self::NotJson => "not-json",
            Self::Utf16 => "utf-16",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::NotAFile => "not-a-file",
        }
    }
}

/// Why the bytes cannot be used. Carries what the screen says besides the kind; every text in it is sanitized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// See [`Kind::ServiceAccount`].
    ServiceAccount,
    /// See [`Kind::AuthorizedUser`].
    AuthorizedUser,
    /// See [`Kind::SavedToken`].
    SavedToken,
    /// See [`Kind::ApiKey`].
    ApiKey,
    /// See [`Kind::ClientWithoutSecret`].
    ClientWithoutSecret(Glimpse),
    /// See [`Kind::ClientWithoutEndpoints`].
    ClientWithoutEndpoints(Glimpse),
    /// See [`Kind::UntrustedEndpoints`].
    UntrustedEndpoints {
        /// Hosts that are not trusted.
        hosts: Vec<String>,
        /// Whose they are.
        client: Glimpse,
    },
    /// See [`Kind::FlatClient`].
    FlatClient(Glimpse),
    /// JSON of another shape. `field` is the member that is missing or of the wrong type, when the rest looks like a client.
    UnknownJson {
        /// For example `installed.client_id`.
        field: Option<&'static str>,
    },
    /// See [`Kind::Empty`].
    Empty,
    /// Where the JSON ends to be JSON; counted from 1. Never the text there.
    NotJson {
        /// Line of the first error.
        line: usize,
        /// Column of the first error.
        column: usize,
    },
    /// See [`Kind::Utf16`].
    Utf16,
    /// See [`Kind::TooLarge`].
    TooLarge,
    /// See [`Kind::Unreadable`].
    Unreadable(Unreadable),
    /// See [`Kind::NotAFile`].
    NotAFile(FileType),
}

/// What is known of a client that cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// `client_id`, if it is there and well-formed.
    pub client_id: Option<String>,
    /// `project_id`, if it is there and well-formed.
    pub project: Option<String>,
}

impl Glimpse {
    /// The console page of this client, where a new secret can be made.
    pub fn console_url(&self) -> Option<String> {
        let id = self.client_id.as_deref()?;
        Some(console_page(&format!("auth/clients/{id}"), self.project.as_deref(), id))
    }
}

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// `EACCES`, `EPERM`.
    Permission,
    /// `ELOOP`.
    SymlinkLoop,
    /// `ENOENT`: a dangling symlink, or gone since it was listed.
    Missing,
    /// Anything else, by errno.
    Other(i32),
}

/// What stands where a file was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// A directory.
    Directory,
    /// A named pipe.
    Fifo,
    /// A socket.
    Socket,
    /// A character or block device.
    Device,
}

impl Unusable {
    /// The kind that this is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::ServiceAccount => Kind::ServiceAccount,
            Self::AuthorizedUser => Kind::AuthorizedUser,
            Self::SavedToken => Kind::SavedToken,
            Self::ApiKey => Kind::ApiKey,
            Self::ClientWithoutSecret(_) => Kind::ClientWithoutSecret,
            Self::ClientWithoutEndpoints(_) => Kind::ClientWithoutEndpoints,
            Self::UntrustedEndpoints { .. } => Kind::UntrustedEndpoints,
            Self::FlatClient(_) => Kind::FlatClient,
            Self::UnknownJson { .. } => Kind::UnknownJson,
            Self::Empty => Kind::Empty,
            Self::NotJson { .. } => Kind::NotJson,
            Self::Utf16 => Kind::Utf16,
            Self::TooLarge => Kind::TooLarge,
            Self::Unreadable(_) => Kind::Unreadable,
            Self::NotAFile(_) => Kind::NotAFile,
        }
    }
}

/// Judges the bytes of one file.
///
/// # Errors
/// [`Unusable`] says what the file is instead.
pub fn judge(_bytes: &[u8], _trust: &Trust) -> Result<Client, Unusable> {
    todo!()
}

/// Whether a text is a client id as Google makes them: `NUMBER-HASH.apps.googleusercontent.com`, or the older `NUMBER.apps.…`.
pub fn is_google_client_id(_id: &str) -> bool {
    todo!()
}
