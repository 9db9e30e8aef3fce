//! The two clients and three accounts that the practice Google knows. None of them exists anywhere else.

use serde_json::json;

use crate::oauth::client::ClientKind;
use crate::oauth::redirect::RedirectUri;

/// A registered client.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PracticeClient {
    pub(super) kind: ClientKind,
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    /// Registered redirect URIs; any loopback port will do for a Desktop client.
    pub(super) redirect_uris: &'static [&'static str],
}

const DESKTOP: PracticeClient = PracticeClient {
    kind: ClientKind::Desktop,
    id: "100000000001-practice.apps.googleusercontent.com",
    secret: "practice-desktop-secret",
    redirect_uris: &["http://localhost"],
};

const WEB: PracticeClient = PracticeClient {
    kind: ClientKind::Web,
    id: "100000000002-practice.apps.googleusercontent.com",
    secret: "practice-web-secret",
    redirect_uris: &["http://127.0.0.1:8914/oauth2callback", "http://localhost:8914/oauth2callback"],
};

impl PracticeClient {
    pub(super) fn of(kind: ClientKind) -> &'static Self {
        match kind {
            ClientKind::Desktop => &DESKTOP,
            ClientKind::Web => &WEB,
        }
    }

    pub(super) fn with_id(id: &str) -> Option<&'static Self> {
        [&DESKTOP, &WEB].into_iter().find(|client| client.id == id)
    }

    /// Whether it may send its users there: a Desktop client to any loopback port (RFC 8252 section 7.3).
    pub(super) fn may_use(&self, redirect_uri: &str) -> bool {
        match self.kind {
            ClientKind::Desktop => RedirectUri::parse(redirect_uri).is_ok(),
            ClientKind::Web => self.redirect_uris.contains(&redirect_uri),
        }
    }

    /// The file that the console would offer for download.
    pub(super) fn file(&self, origin: &str) -> Vec<u8> {
        let key = match self.kind {
            ClientKind::Desktop => "installed",
            ClientKind::Web => "web",
        };
        let file = json!({ key: {
            "client_id": self.id,
            "project_id": "practice-project",
            "auth_uri": format!("{origin}/o/oauth2/v2/auth"),
            "token_uri": format!("{origin}/token"),
            "client_secret": self.secret,
            "redirect_uris": self.redirect_uris,
        }});
        file.to_string().into_bytes()
    }
}

/// Someone who can sign in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
}

/// Who can sign in, in the order of the page.
pub(super) const ACCOUNTS: [Account; 3] = [
    Account { name: "Ada Advertiser", email: "ada@practice.example" },
    Account { name: "Mia Manager", email: "mia@practice.example" },
    Account { name: "Noah Newcomer", email: "noah@practice.example" },
];

impl Account {
    pub(super) fn with_email(email: &str) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|account| account.email == email)
    }
}
