//! The places that a token can be written to, one file per format: pure reading and merging of text.
//! Nothing here touches a file but `save`, and nothing invents a value that it was not given.

use std::path::{Path, PathBuf};

use crate::oauth::secret::Secret;

mod authorized_user;
pub mod diff;
mod dotnet;
mod dotnet_json;
mod dotnet_xml;
mod edits;
mod env;
#[cfg(test)]
mod given;
mod java;
mod lines;
mod perl;
mod php;
pub mod plan;
mod python;
mod ruby;
pub mod save;
mod settings;
pub mod snippets;
#[cfg(test)]
mod tests;

pub use crate::customer_id::CustomerId;

/// What is written into a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub client_secret: Secret,
    /// `refresh_token`.
    pub refresh_token: Secret,
    /// The manager through which the account to work on is reached; `None` leaves what is there.
    pub login_customer_id: Option<CustomerId>,
    /// The token endpoint, if it is not Google's; no file of a library can say it.
    pub token_uri: Option<String>,
}

impl Credentials {
    /// That no value could do more in a file than be a value, and that none would be taken for a missing one.
    fn check(&self) -> Result<(), Refused> {
        let values = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose()),
            ("refresh_token", self.refresh_token.expose()),
        ];
        match values.into_iter().find(|(_, value)| present(value).is_none() || value.chars().any(breaks_lines)) {
            Some((key, _)) => Err(Refused::Unwritable { key }),
            None => Ok(()),
        }
    }
}

/// What a target holds now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// `client_id`, unless it is missing, empty or a placeholder.
    pub client_id: Option<String>,
    /// `client_secret`, likewise.
    pub client_secret: Option<Secret>,
    /// `refresh_token`, likewise.
    pub refresh_token: Option<Secret>,
    /// `login_customer_id` as it is written, likewise.
    pub login_customer_id: Option<String>,
    /// `developer_token`, likewise. It is kept and sent, never asked for.
    pub developer_token: Option<Secret>,
}

impl Held {
    /// Whether the token and the client are these.
    fn is_of(&self, credentials: &Credentials) -> bool {
        self.client_id.as_ref() == Some(&credentials.client_id)
            && self.client_secret.as_ref() == Some(&credentials.client_secret)
            && self.refresh_token.as_ref() == Some(&credentials.refresh_token)
    }
}

/// Why a text is left alone. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not valid in its format.
    NotValid {
        /// Where.
        line: usize,
    },
    /// A value is computed (`ENV[…]`, interpolation, a method call), so writing a literal would change what it means.
    Computed {
        /// Where.
        line: usize,
    },
    /// YAML anchors, aliases or tags.
    Anchors {
        /// Where.
        line: usize,
    },
    /// More than one YAML document.
    SeveralDocuments,
    /// Valid, but laid out so that it cannot be edited in place for certain: a value over several lines, a flow mapping, a
    /// shell command around an assignment.
    Layout {
        /// Where.
        line: usize,
    },
    /// XML `configSource`: the section is in another file.
    ConfigSource,
    /// A key that must be written stands twice.
    Repeated {
        /// Where the second one is.
        line: usize,
    },
    /// Another way of signing in is configured (a service account, application default credentials), which these values would break.
    OtherFlow {
        /// The key that says so.
        key: &'static str,
    },
    /// A value that this format cannot hold.
    Unwritable {
        /// The key.
        key: &'static str,
    },
    /// A practice token outside of the practice directory.
    Practice,
}

/// A format and the program that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// `google-ads.yaml` of the Python library.
    Python,
    /// `google_ads_config.rb` of the Ruby library.
    Ruby,
    /// `ads.properties` of the Java library.
    Java,
    /// `google_ads_php.ini` of the PHP library.
    Php,
    /// `googleads.properties` of the Perl library.
    Perl,
    /// `App.config` or `Web.config` of the .NET library.
    DotnetXml,
    /// `appsettings.json` of the .NET library.
    DotnetJson,
    /// A file of `GOOGLE_ADS_…` variables.
    Env,
    /// Application default credentials of type `authorized_user`.
    AuthorizedUser,
}

impl Target {
    /// Every one, in the order of the screen.
    pub const ALL: [Self; 9] = [
        Self::Python,
        Self::Ruby,
        Self::Java,
        Self::Php,
        Self::Perl,
        Self::DotnetXml,
        Self::DotnetJson,
        Self::Env,
        Self::AuthorizedUser,
    ];

    /// Whether a Google Ads client library reads it, and nothing else.
    pub fn is_library(self) -> bool {
        match self {
            Self::Python | Self::Ruby | Self::Java | Self::Php | Self::Perl | Self::DotnetXml | Self::DotnetJson => {
                true
            }
            Self::Env | Self::AuthorizedUser => false,
        }
    }

    /// What the text holds.
    ///
    /// # Errors
    /// [`Refused`] if the text cannot be read for certain.
    pub fn read(self, text: &str) -> Result<Held, Refused> {
        match self {
            Self::Python => python::read(without_mark(text)),
            Self::Ruby => ruby::read(text),
            Self::Java => java::read(text),
            Self::Php => php::read(text),
            Self::Perl => perl::read(text),
            Self::DotnetXml => dotnet_xml::read(text),
            Self::DotnetJson => dotnet_json::read(text),
            Self::Env => env::read(without_mark(text)),
            Self::AuthorizedUser => authorized_user::read(without_mark(text)),
        }
    }

    /// The text with these credentials in it, everything else as it was; a new text if there is none.
    ///
    /// # Errors
    /// [`Refused`] if the text cannot be edited safely.
    pub fn merge(self, existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
        credentials.check()?;
        let merged = self.splice(existing, credentials)?;
        // Whatever a format thinks of: what is written is what is read afterwards, or it is not written.
        match self.read(&merged) {
            Ok(held) if held.is_of(credentials) => Ok(merged),
            Ok(_) | Err(_) => Err(Refused::Layout { line: existing.map_or(1, |text| text.lines().count()) }),
        }
    }

    fn splice(self, existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
        match self {
            Self::Python => keeping_mark(existing, |body| python::merge(body, credentials)),
            Self::Ruby => ruby::merge(existing, credentials),
            Self::Java => java::merge(existing, credentials),
            Self::Php => php::merge(existing, credentials),
            Self::Perl => perl::merge(existing, credentials),
            Self::DotnetXml => dotnet_xml::merge(existing, credentials),
            Self::DotnetJson => dotnet_json::merge(existing, credentials),
            Self::Env => keeping_mark(existing, |body| env::merge(body, credentials)),
            // The libraries of Google that read it take no mark.
            Self::AuthorizedUser => authorized_user::merge(existing.map(without_mark), credentials),
        }
    }

    /// The token endpoint that the text names; no file of a library can.
    pub fn token_uri(self, text: &str) -> Option<String> {
        match self {
            Self::AuthorizedUser => authorized_user::token_uri(without_mark(text)),
            Self::Env => env::token_uri(without_mark(text)),
            Self::Python | Self::Ruby | Self::Java | Self::Php | Self::Perl | Self::DotnetXml | Self::DotnetJson => {
                None
            }
        }
    }

    /// The lines to write by hand where a text is refused.
    pub fn lines(self, credentials: &Credentials) -> String {
        match self {
            Self::Python => python::lines(credentials),
            Self::Ruby => ruby::lines(credentials),
            Self::Java => java::lines(credentials),
            Self::Php => php::lines(credentials),
            Self::Perl => perl::lines(credentials),
            Self::DotnetXml => dotnet_xml::lines(credentials),
            Self::DotnetJson => dotnet_json::lines(credentials),
            Self::Env => env::lines(credentials),
            Self::AuthorizedUser => authorized_user::lines(credentials),
        }
    }

    /// Where the library looks for the file, or where this program puts it if no library looks anywhere by itself;
    /// `None` where a path must be given.
    pub fn default_path(self, home: &Path) -> Option<PathBuf> {
        let name = match self {
            Self::Python => "google-ads.yaml",
            Self::Ruby => "google_ads_config.rb",
            Self::Java => "ads.properties",
            Self::Php => "google_ads_php.ini",
            Self::Perl => "googleads.properties",
            Self::DotnetXml | Self::DotnetJson => return None,
            Self::Env => ".config/adsauth/google-ads.env",
            // Never the machine-wide file: `gcloud` and other programs write that one.
            Self::AuthorizedUser => ".config/adsauth/authorized_user.json",
        };
        Some(home.join(name))
    }

    /// The target that a file of this name is.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let ends_with = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| !stem.is_empty());
        match name.as_str() {
            "ads.properties" => Some(Self::Java),
            "googleads.properties" => Some(Self::Perl),
            "authorized_user.json" | "application_default_credentials.json" => Some(Self::AuthorizedUser),
            ".env" => Some(Self::Env),
            _ if name.starts_with(".env.") || ends_with(".env") => Some(Self::Env),
            _ if name.starts_with("appsettings.") && ends_with(".json") => Some(Self::DotnetJson),
            _ if ends_with(".yaml") || ends_with(".yml") => Some(Self::Python),
            _ if ends_with(".rb") => Some(Self::Ruby),
            _ if ends_with(".ini") => Some(Self::Php),
            _ if ends_with(".config") => Some(Self::DotnetXml),
            _ => None,
        }
    }
}

/// Some editors begin a UTF-8 file with this mark, and it is no part of any of the formats.
const BOM: char = '\u{feff}';

fn without_mark(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// Merges what is behind the mark, and puts the mark back: for the formats whose readers expect one. The others know better when
/// their library would take it for a part of the first key.
fn keeping_mark(
    existing: Option<&str>,
    merge: impl FnOnce(Option<&str>) -> Result<String, Refused>,
) -> Result<String, Refused> {
    let merged = merge(existing.map(without_mark))?;
    let marked = existing.is_some_and(|text| text.starts_with(BOM));
    Ok(if marked { format!("{BOM}{merged}") } else { merged })
}

/// The first line of a new file, where the format has comments.
const ORIGIN: &str =
    "Google Ads API credentials, written by adsauth. Whoever reads them can act for the account: keep them private.";

/// The value, unless it only holds the place of one: empty, or what the samples of the libraries ask to be replaced.
fn present(value: &str) -> Option<&str> {
    let trimmed = value.trim();
    let shouted =
        |rest: &str| rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let inserted = trimmed.strip_prefix("INSERT_").is_some_and(shouted);
    let bracketed = trimmed.starts_with('<') && trimmed.ends_with('>');
    (!trimmed.is_empty() && !inserted && !bracketed).then_some(value)
}

/// What a reader of any of the formats takes for a yes.
fn is_yes(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "y" | "yes" | "t" | "true" | "on" | "1")
}

/// Control characters, and what some readers take for a line break or do not take at all.
fn breaks_lines(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | BOM | '\u{fffe}' | '\u{ffff}')
}
