//! Judges the bytes of a downloaded file: an OAuth client that can be used, or what it is instead and why it cannot.
//! It never reads a file and never keeps the bytes.

use super::client::{self, Client, ClientKind};
use super::endpoints::{Trust, Untrusted};
use super::secret::Secret;
use json::{Json, Object};

mod json;
#[cfg(test)]
mod tests;

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
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 18] = [
        Self::Desktop,
        Self::Web,
        Self::Config,
        Self::ServiceAccount,
        Self::AuthorizedUser,
        Self::SavedToken,
        Self::ApiKey,
        Self::ClientWithoutSecret,
        Self::ClientWithoutEndpoints,
        Self::UntrustedEndpoints,
        Self::FlatClient,
        Self::UnknownJson,
        Self::Empty,
        Self::NotJson,
        Self::Utf16,
        Self::TooLarge,
        Self::Unreadable,
        Self::NotAFile,
    ];

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
        /// Where they are.
        untrusted: Untrusted,
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
    /// A client library's configuration that cannot be read for certain, or without a client id and secret.
    Config,
}

/// What is known of a client that cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glimpse {
    /// `client_id`, if it is there and visible ASCII. Not fit to stand in a URL; see [`Glimpse::console_url`].
    pub client_id: Option<String>,
    /// `project_id`, if it is there and well-formed.
    pub project: Option<String>,
}

impl Glimpse {
    /// The console page of this client, where a new secret is made, if the id is one of Google's.
    pub fn console_url(&self) -> Option<String> {
        let id = self.client_id.as_deref()?;
        client::console_page(&format!("auth/clients/{id}"), id, self.project.as_deref())
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
            Self::Config => Kind::Config,
        }
    }

    /// The client that is in the file all the same.
    pub fn glimpse(&self) -> Option<&Glimpse> {
        match self {
            Self::ClientWithoutSecret(client)
            | Self::ClientWithoutEndpoints(client)
            | Self::UntrustedEndpoints { client, .. }
            | Self::FlatClient(client) => Some(client),
            Self::ServiceAccount
            | Self::AuthorizedUser
            | Self::SavedToken
            | Self::ApiKey
            | Self::UnknownJson { .. }
            | Self::Empty
            | Self::NotJson { .. }
            | Self::Utf16
            | Self::TooLarge
            | Self::Unreadable(_)
            | Self::NotAFile(_)
            | Self::Config => None,
        }
    }
}

/// Judges the bytes of one file. A byte order mark of UTF-8 is accepted, anything else must be as the console writes it.
///
/// Of `installed` and `web` in one file `installed` is taken: its redirect needs no registration.
///
/// # Errors
/// [`Unusable`] says what the file is instead.
pub fn judge(bytes: &[u8], trust: &Trust) -> Result<Client, Unusable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unusable::TooLarge);
    }
    if is_utf16(bytes) {
        return Err(Unusable::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(Unusable::Empty);
    }
    // The error's own text quotes the value it stumbled over, so only the place is taken.
    let json = json::parse(bytes)
        .map_err(|error| Unusable::NotJson { line: error.line().max(1), column: error.column().max(1) })?;
    let Json::Object(top) = json else { return Err(unknown(None)) };
    for fields in [&INSTALLED, &WEB] {
        match member(&top, fields.object)? {
            None => {}
            Some(Json::Object(object)) => return judge_client(fields, object, trust),
            Some(Json::Null | Json::Text(_) | Json::List(_) | Json::Other) => return Err(unknown(Some(fields.object))),
        }
    }
    Err(look_alike(&top))
}

/// The member that holds a client, and those in it that matter, by their full names.
struct Fields {
    kind: ClientKind,
    object: &'static str,
    client_id: &'static str,
    client_secret: &'static str,
    auth_uri: &'static str,
    token_uri: &'static str,
    redirect_uris: &'static str,
}

const INSTALLED: Fields = Fields {
    kind: ClientKind::Desktop,
    object: "installed",
    client_id: "installed.client_id",
    client_secret: "installed.client_secret",
    auth_uri: "installed.auth_uri",
    token_uri: "installed.token_uri",
    redirect_uris: "installed.redirect_uris",
};

const WEB: Fields = Fields {
    kind: ClientKind::Web,
    object: "web",
    client_id: "web.client_id",
    client_secret: "web.client_secret",
    auth_uri: "web.auth_uri",
    token_uri: "web.token_uri",
    redirect_uris: "web.redirect_uris",
};

/// Endpoints come before everything else: what a stranger's server would get to see is the worst that can be wrong.
fn judge_client(fields: &Fields, object: &Object<'_>, trust: &Trust) -> Result<Client, Unusable> {
    let ill_formed = |field| unknown(Some(field));
    let id = text(object, fields.client_id)?.filter(|id| is_visible(id, 256));
    let id = id.ok_or_else(|| ill_formed(fields.client_id))?;
    let glimpse = || Glimpse { client_id: Some(id.to_owned()), project: project_id(object) };

    let auth = text(object, fields.auth_uri)?.filter(|uri| !uri.is_empty());
    let token = text(object, fields.token_uri)?.filter(|uri| !uri.is_empty());
    let (Some(auth), Some(token)) = (auth, token) else { return Err(Unusable::ClientWithoutEndpoints(glimpse())) };
    let endpoints =
        trust.judge(auth, token).map_err(|untrusted| Unusable::UntrustedEndpoints { untrusted, client: glimpse() })?;
    if endpoints.not_google.is_none() && !client::is_google_client_id(id) {
        return Err(ill_formed(fields.client_id));
    }

    let secret = text(object, fields.client_secret)?.filter(|secret| !secret.is_empty());
    let secret = secret.ok_or_else(|| Unusable::ClientWithoutSecret(glimpse()))?;
    if !is_visible(secret, 256) {
        return Err(ill_formed(fields.client_secret));
    }
    Ok(Client {
        kind: fields.kind,
        id: id.to_owned(),
        secret: Secret::new(secret.to_owned()),
        project: project_id(object),
        endpoints,
        redirect_uris: redirect_uris(object, fields.redirect_uris)?,
    })
}

/// The first 64 that are visible ASCII, as every loopback address is. The console allows many, people register few.
fn redirect_uris(object: &Object<'_>, field: &'static str) -> Result<Vec<String>, Unusable> {
    let list = match member(object, field)? {
        None => return Ok(Vec::new()),
        Some(Json::List(list)) => list,
        Some(Json::Null | Json::Text(_) | Json::Object(_) | Json::Other) => return Err(unknown(Some(field))),
    };
    let uris: Option<Vec<&str>> = list.iter().map(Json::as_text).collect();
    let uris = uris.ok_or_else(|| unknown(Some(field)))?;
    Ok(uris.into_iter().filter(|uri| is_visible(uri, 2048)).take(64).map(str::to_owned).collect())
}

/// It goes into the addresses of console pages, so one with other characters is as good as none.
fn project_id(object: &Object<'_>) -> Option<String> {
    let id = object.first_text("project_id")?;
    let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b':' | b'-');
    ((1..=100).contains(&id.len()) && id.bytes().all(fits)).then(|| id.to_owned())
}

/// What JSON without a client in it is. The files here are those that people have in the same directories.
fn look_alike(top: &Object<'_>) -> Unusable {
    let has = |name| top.first(name).is_some();
    let kind = top.first_text("type");
    if kind == Some("service_account") || (has("private_key") && has("client_email")) {
        return Unusable::ServiceAccount;
    }
    if kind == Some("authorized_user") {
        return Unusable::AuthorizedUser;
    }
    // In order: what servers answer and most programs keep, google-auth's own shape, oauth2client's.
    let token_of_google_auth = has("token") && (has("scopes") || has("expiry") || has("token_uri"));
    if has("refresh_token") || has("access_token") || token_of_google_auth || has("token_response") {
        return Unusable::SavedToken;
    }
    if has("client_id") {
        if !has("client_secret") {
            return unknown(Some("client_secret"));
        }
        let client_id = top.first_text("client_id").filter(|id| is_visible(id, 256)).map(str::to_owned);
        return Unusable::FlatClient(Glimpse { client_id, project: project_id(top) });
    }
    let google_key = top.first_text("key").is_some_and(|key| key.starts_with("AIza"));
    if google_key || has("api_key") || has("apiKey") || has("keyString") {
        return Unusable::ApiKey;
    }
    unknown(None)
}

fn unknown(field: Option<&'static str>) -> Unusable {
    Unusable::UnknownJson { field }
}

/// The member of that full name; `null` is as good as absent. Readers of JSON differ in which of two equal names they
/// take, so a file with both is not one client but two, and is refused.
fn member<'t, 'a>(object: &'t Object<'a>, field: &'static str) -> Result<Option<&'t Json<'a>>, Unusable> {
    let name = field.rsplit('.').next().unwrap_or(field);
    let found = object.only(name).map_err(|json::Repeated| unknown(Some(field)))?;
    Ok(found.filter(|json| !matches!(json, Json::Null)))
}

fn text<'t>(object: &'t Object<'_>, field: &'static str) -> Result<Option<&'t str>, Unusable> {
    member(object, field)?.map(|json| json.as_text().ok_or_else(|| unknown(Some(field)))).transpose()
}

fn is_visible(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// By the byte order mark, or by every other byte of the first four being NUL, which no JSON in UTF-8 has.
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [(1..), 0, (1..), 0, ..] | [0, (1..), 0, (1..), ..])
}
