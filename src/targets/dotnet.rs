//! What both configurations of the .NET library share: its section and the names in it.
//! It never reads a text.

use super::Refused;
use super::settings::{Names, is_placeholder};

/// The section, in both formats.
pub(super) const SECTION: &str = "GoogleAdsApi";

/// The setting that says which way of signing in is configured.
pub(super) const MODE: &str = "OAuth2Mode";

/// Its value for a refresh token.
pub(super) const APPLICATION: &str = "APPLICATION";

const KEY_FILE: &str = "OAuth2SecretsJsonPath";
const APPLICATION_DEFAULT: &str = "UseApplicationDefaultCredentials";

/// An empty value is how the library's own sample writes "not set", so placeholders are emptied and not commented out: JSON
/// has no comments of its own, and an XML comment cannot hold everything.
pub(super) const NAMES: Names = Names {
    client_id: "OAuth2ClientId",
    client_secret: "OAuth2ClientSecret",
    refresh_token: "OAuth2RefreshToken",
    login_customer_id: "LoginCustomerId",
    developer_token: "DeveloperToken",
    optional: &["DeveloperToken", "LoginCustomerId", "LinkedCustomerId", "OAuth2PrnEmail", KEY_FILE],
};

/// Refuses a configuration that signs in another way, given the value of each name.
pub(super) fn judge(value_of: impl Fn(&str) -> Option<String>) -> Result<(), Refused> {
    let value_of = |key| value_of(key).filter(|value| !is_placeholder(value));
    if value_of(MODE).is_some_and(|mode| !mode.eq_ignore_ascii_case(APPLICATION)) {
        Err(Refused::OtherFlow { key: MODE })
    } else if value_of(KEY_FILE).is_some() {
        Err(Refused::OtherFlow { key: KEY_FILE })
    } else if value_of(APPLICATION_DEFAULT).is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        Err(Refused::OtherFlow { key: APPLICATION_DEFAULT })
    } else {
        Ok(())
    }
}
