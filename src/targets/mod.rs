//! The places that a token can be written to, one file per format: pure reading and merging of text.
//! Nothing here touches a file but `save`, and nothing invents a value that it was not given.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::oauth::secret::Secret;

mod dotnet;
mod dotnet_json;
mod dotnet_xml;
mod edits;
#[cfg(test)]
mod given;
mod java;
mod lines;
mod perl;
mod php;
mod ruby;
mod settings;
pub mod snippets;

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
}

/// A Google Ads customer id: ten digits, written without dashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(u64);

impl fmt::Display for CustomerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:010}", self.0)
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

    /// What the text holds.
    ///
    /// # Errors
    /// [`Refused`] if the text cannot be read for certain.
    pub fn read(self, _text: &str) -> Result<Held, Refused> {
        todo!()
    }

    /// The text with these credentials in it, everything else as it was; a new text if there is none.
    ///
    /// # Errors
    /// [`Refused`] if the text cannot be edited safely.
    pub fn merge(self, _existing: Option<&str>, _credentials: &Credentials) -> Result<String, Refused> {
        todo!()
    }

    /// The lines to write by hand where a text is refused.
    pub fn lines(self, _credentials: &Credentials) -> String {
        todo!()
    }

    /// Where the library looks for the file; `None` where a path must be given.
    pub fn default_path(self, _home: &Path) -> Option<PathBuf> {
        todo!()
    }

    /// The target that a file of this name is.
    pub fn of_path(_path: &Path) -> Option<Self> {
        todo!()
    }
}
