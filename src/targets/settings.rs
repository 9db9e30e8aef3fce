//! The credentials as a library's settings: their names there, what counts as absent, what cannot be written.
//! It never knows how a format writes a value.

use std::borrow::Cow;

use super::{BOM, Credentials, Held, Refused, present};
use crate::oauth::secret::Secret;

/// The names that one library gives to what [`Held`] holds.
pub(super) struct Names {
    pub(super) client_id: &'static str,
    pub(super) client_secret: &'static str,
    pub(super) refresh_token: &'static str,
    pub(super) login_customer_id: &'static str,
    pub(super) developer_token: &'static str,
    /// Settings that stop the library, or are sent as they stand, when they hold nothing but a placeholder.
    pub(super) optional: &'static [&'static str],
}

/// A setting to write: its name and its value.
pub(super) type Setting<'a> = (&'static str, Cow<'a, str>);

impl Names {
    /// The settings to write, in the order of a new file. A value with a control character would end its line and begin
    /// another setting, and one that reads as a placeholder would not be there when it is read back.
    pub(super) fn settings<'a>(&self, credentials: &'a Credentials) -> Result<Vec<Setting<'a>>, Refused> {
        let mut settings: Vec<Setting> = vec![
            (self.client_id, credentials.client_id.as_str().into()),
            (self.client_secret, credentials.client_secret.expose().into()),
            (self.refresh_token, credentials.refresh_token.expose().into()),
        ];
        settings.extend(credentials.login_customer_id.map(|id| (self.login_customer_id, id.to_string().into())));
        match settings.iter().find(|(_, value)| is_placeholder(value) || value.contains(char::is_control)) {
            Some(&(key, _)) => Err(Refused::Unwritable { key }),
            None => Ok(settings),
        }
    }

    /// What is held, given the value of each name. Placeholders are dropped here.
    pub(super) fn held(&self, value_of: impl Fn(&str) -> Option<String>) -> Held {
        let value_of = |key| value_of(key).filter(|value| !is_placeholder(value));
        Held {
            client_id: value_of(self.client_id),
            client_secret: value_of(self.client_secret).map(Secret::new),
            refresh_token: value_of(self.refresh_token).map(Secret::new),
            login_customer_id: value_of(self.login_customer_id),
            developer_token: value_of(self.developer_token).map(Secret::new),
        }
    }

    /// Every name that is read.
    pub(super) fn all(&self) -> [&'static str; 5] {
        [self.client_id, self.client_secret, self.refresh_token, self.login_customer_id, self.developer_token]
    }
}

/// Nothing, or what the libraries' samples put where a value belongs: `INSERT_CLIENT_ID_HERE`.
pub(super) fn is_placeholder(value: &str) -> bool {
    present(value).is_none()
}

/// A text that is there but holds nothing is as good as none.
pub(super) fn written(existing: Option<&str>) -> Option<&str> {
    existing.filter(|text| !text.trim_start_matches(BOM).trim().is_empty())
}
