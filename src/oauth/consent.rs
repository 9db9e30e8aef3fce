//! Builds the consent URL of one attempt (RFC 6749 section 4.1.1, RFC 7636 section 4.3). It never sends or opens it.

use std::fmt;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};

use super::client::Client;
use super::redirect::RedirectUri;
use super::secret::Secret;

/// The URL at which the user signs in. It holds `state`, so its `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentUrl(Secret);

impl ConsentUrl {
    /// Takes over a finished URL.
    pub fn new(url: String) -> Self {
        Self(Secret::new(url))
    }

    /// The URL, for the screen, the browser, the clipboard.
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for ConsentUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ConsentUrl([redacted])")
    }
}

/// What the server is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Scopes, the Ads scope first.
    pub scopes: Vec<String>,
    /// `login_hint`: the account that Google should offer.
    pub login_hint: Option<String>,
}

/// One consent URL with the secrets that belong to it.
#[derive(Debug)]
pub struct Consent {
    /// Where the user agrees.
    pub url: ConsentUrl,
    /// 256 random bits, base64url.
    pub state: Secret,
    /// 256 random bits, base64url: 43 characters (RFC 7636 section 4.1).
    pub verifier: Secret,
}

/// Makes a new consent URL with a verifier and a `state` of its own.
pub fn compose(client: &Client, redirect: &RedirectUri, wish: &Wish) -> Consent {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let state = CsrfToken::new_random_len(32);
    // The user decides with which account; a consent screen every time, or there is no refresh token.
    let prompt = match (&client.endpoints.not_google, &wish.login_hint) {
        (None, None) => "select_account consent",
        (None, Some(_)) | (Some(_), _) => "consent",
    };
    let redirect_url = RedirectUrl::new(redirect.as_str().to_owned()).expect("a parsed redirect URI is a URL");
    let oauth = BasicClient::new(ClientId::new(client.id.clone()))
        .set_auth_uri(AuthUrl::from_url(client.endpoints.auth.clone()))
        .set_redirect_uri(redirect_url);
    let mut request = oauth
        .authorize_url(|| state.clone())
        .add_scopes(wish.scopes.iter().cloned().map(Scope::new))
        .add_extra_param("access_type", "offline")
        .add_extra_param("prompt", prompt)
        .set_pkce_challenge(challenge);
    if let Some(hint) = &wish.login_hint {
        request = request.add_extra_param("login_hint", hint);
    }
    let (url, state) = request.url();
    Consent {
        url: ConsentUrl::new(url.into()),
        state: Secret::new(state.into_secret()),
        verifier: Secret::new(verifier.into_secret()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use oauth2::PkceCodeVerifier;

    use super::*;
    use crate::oauth::client::ClientKind;
    use crate::oauth::endpoints::Endpoints;
    use crate::oauth::grant::ADWORDS_SCOPE;

    fn client() -> Client {
        Client {
            kind: ClientKind::Desktop,
            id: "123-abc.apps.googleusercontent.com".to_owned(),
            secret: Secret::new("GOCSPX-CANARY".to_owned()),
            project: None,
            endpoints: Endpoints::google(),
            redirect_uris: vec!["http://localhost".to_owned()],
        }
    }

    fn wish(login_hint: Option<&str>) -> Wish {
        Wish { scopes: vec![ADWORDS_SCOPE.to_owned()], login_hint: login_hint.map(str::to_owned) }
    }

    fn query(consent: &Consent) -> HashMap<String, String> {
        let url = url::Url::parse(consent.url.as_str()).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        let count = pairs.len();
        let map: HashMap<_, _> = pairs.into_iter().collect();
        assert_eq!(map.len(), count, "a parameter stands twice");
        map
    }

    #[test]
    fn the_request_asks_for_a_code_with_s256_offline_and_nothing_more() {
        let consent = compose(&client(), &RedirectUri::desktop(40123), &wish(None));
        let mut query = query(&consent);
        let challenge = query.remove("code_challenge").unwrap();
        assert_eq!(challenge.len(), 43);
        assert_eq!(query.remove("state").unwrap(), consent.state.expose());
        let expected = [
            ("response_type", "code"),
            ("client_id", "123-abc.apps.googleusercontent.com"),
            ("redirect_uri", "http://127.0.0.1:40123"),
            ("scope", ADWORDS_SCOPE),
            ("code_challenge_method", "S256"),
            ("access_type", "offline"),
            ("prompt", "select_account consent"),
        ];
        let expected: HashMap<_, _> = expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        assert_eq!(query, expected);
        assert!(!consent.url.as_str().contains("CANARY"));
        assert!(!consent.url.as_str().contains(consent.verifier.expose()));
    }

    #[test]
    fn a_hint_replaces_the_account_chooser() {
        let query = query(&compose(&client(), &RedirectUri::desktop(1), &wish(Some("a+b@example.org"))));
        assert_eq!((query["prompt"].as_str(), query["login_hint"].as_str()), ("consent", "a+b@example.org"));
    }

    #[test]
    fn every_attempt_has_secrets_of_its_own_in_the_alphabet_of_rfc_7636() {
        let mut seen = HashSet::new();
        for _ in 0..5000 {
            let consent = compose(&client(), &RedirectUri::desktop(1), &wish(None));
            for secret in [&consent.state, &consent.verifier] {
                let text = secret.expose();
                assert_eq!(text.len(), 43);
                assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)));
                assert!(seen.insert(text.to_owned()), "a secret came twice");
            }
        }
    }

    #[test]
    fn the_challenge_is_the_s256_of_the_verifier_as_in_rfc_7636_appendix_b() {
        let challenge_of = |verifier: &str| {
            let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()));
            (challenge.as_str().to_owned(), challenge.method().as_str().to_owned())
        };
        let (challenge, method) = challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(method, "S256");
        let consent = compose(&client(), &RedirectUri::desktop(1), &wish(None));
        let query = query(&consent);
        assert_eq!(query["code_challenge"], challenge_of(consent.verifier.expose()).0);
    }

    #[test]
    fn debug_shows_neither_url_nor_secrets() {
        let consent = compose(&client(), &RedirectUri::desktop(1), &wish(None));
        let shown = format!("{consent:?}");
        assert!(!shown.contains(consent.state.expose()) && !shown.contains(consent.verifier.expose()), "{shown}");
    }
}
