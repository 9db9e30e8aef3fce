//! An OAuth client as the flow needs it, wherever it was read from. It never holds anything that the flow does not use.

use super::endpoints::Endpoints;
use super::secret::Secret;

/// Which kind of client the console made (it decides the redirect URI).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// "Desktop app": any loopback port (RFC 8252 section 7.3).
    Desktop,
    /// "Web application": only its registered redirect URIs, exactly.
    Web,
}

/// A client that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Desktop or Web.
    pub kind: ClientKind,
    /// `client_id`: `NUMBER-HASH.apps.googleusercontent.com` at Google, visible ASCII elsewhere.
    pub id: String,
    /// `client_secret`.
    pub secret: Secret,
    /// `project_id`, when the file has one.
    pub project: Option<String>,
    /// The judged endpoints.
    pub endpoints: Endpoints,
    /// `redirect_uris` in the file's order, as written. Empty when the file has none.
    pub redirect_uris: Vec<String>,
}

impl Client {
    /// The console page of this very client.
    pub fn console_url(&self) -> Option<String> {
        self.console(&format!("auth/clients/{}", self.id))
    }

    /// The console page where the app is published and test users are added.
    pub fn audience_url(&self) -> Option<String> {
        self.console("auth/audience")
    }

    /// The console page where the Google Ads API is enabled for this project.
    pub fn library_url(&self) -> Option<String> {
        self.console("apis/library/googleads.googleapis.com")
    }

    fn console(&self, page: &str) -> Option<String> {
        self.endpoints.not_google.is_none().then(|| console_page(page, self.project.as_deref(), &self.id))
    }
}

/// A page of the console for one project. The number before the dash of a client id is the project's, and the console takes it
/// where the file has no project id.
pub(super) fn console_page(page: &str, project: Option<&str>, client_id: &str) -> String {
    let number = client_id.split(['-', '.']).next().unwrap_or_default();
    format!("https://console.cloud.google.com/{page}?project={}", project.unwrap_or(number))
}
