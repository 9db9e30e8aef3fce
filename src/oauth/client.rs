//! An OAuth client as the flow needs it, wherever it was read from. It never holds anything that the flow does not use.

use std::sync::Arc;

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

    /// The console page where the project's access level to the Google Ads API is seen and raised.
    pub fn access_level_url(&self) -> Option<String> {
        self.console("google/ads-apis/overview")
    }

    /// The same client, with another id or secret where these are given.
    #[must_use]
    pub fn with_credentials(&self, id: Option<&str>, secret: Option<&Secret>) -> Arc<Self> {
        let mut other = self.clone();
        other.id = id.map_or(other.id, str::to_owned);
        other.secret = secret.cloned().unwrap_or(other.secret);
        Arc::new(other)
    }

    fn console(&self, page: &str) -> Option<String> {
        if self.endpoints.not_google.is_some() {
            return None;
        }
        console_page(page, &self.id, self.project.as_deref())
    }
}

/// Whether this is a client id as Google gives them out: `NUMBER-HASH.apps.googleusercontent.com`, or
/// `NUMBER.apps.googleusercontent.com` in old projects. Such an id can stand in a URL as it is.
pub fn is_google_client_id(id: &str) -> bool {
    let hash = |text: &str| !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'));
    let Some(name) = id.strip_suffix(".apps.googleusercontent.com") else { return false };
    let number = project_number(name);
    let rest = &name[number.len()..];
    !number.is_empty() && (rest.is_empty() || rest.strip_prefix('-').is_some_and(hash))
}

/// A page of the console for the project of this Google client. `None` if the id is not Google's.
pub(super) fn console_page(page: &str, id: &str, project: Option<&str>) -> Option<String> {
    if !is_google_client_id(id) {
        return None;
    }
    // The console takes the project's number where the file has no id.
    let project = project.unwrap_or_else(|| project_number(id));
    Some(format!("https://console.cloud.google.com/{page}?project={project}"))
}

/// The digits that a Google client id begins with: its project's number.
fn project_number(id: &str) -> &str {
    let end = id.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(id.len());
    &id[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(id: &str, project: Option<&str>) -> Client {
        Client {
            kind: ClientKind::Desktop,
            id: id.to_owned(),
            secret: Secret::new("GOCSPX-x".to_owned()),
            project: project.map(str::to_owned),
            endpoints: Endpoints::google(),
            redirect_uris: Vec::new(),
        }
    }

    #[test]
    fn console_pages_name_the_project_or_else_its_number() {
        const ID: &str = "1234-abc.apps.googleusercontent.com";
        assert_eq!(
            client(ID, Some("my-ads")).console_url().unwrap(),
            format!("https://console.cloud.google.com/auth/clients/{ID}?project=my-ads")
        );
        for id in [ID, "1234.apps.googleusercontent.com"] {
            let url = client(id, None).audience_url().unwrap();
            assert_eq!(url, "https://console.cloud.google.com/auth/audience?project=1234");
        }
    }

    #[test]
    fn only_ids_of_googles_form_have_console_pages() {
        assert!(is_google_client_id("1234-a0b1.apps.googleusercontent.com"));
        for id in [
            "",
            "1234",
            "-abc.apps.googleusercontent.com",
            "1234-.apps.googleusercontent.com",
            "1234-ABC.apps.googleusercontent.com",
            "1234abc.apps.googleusercontent.com",
            "1234-a-b.apps.googleusercontent.com",
            "1234-abc.apps.googleusercontent.com/../x",
            "https://1234-abc.apps.googleusercontent.com",
            "1234-abc.apps.googleusercontent.com\n",
        ] {
            assert!(!is_google_client_id(id), "{id:?}");
            assert_eq!(client(id, Some("p")).console_url(), None, "{id:?}");
        }
    }
}
