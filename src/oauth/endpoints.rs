//! Which authorization and token endpoints may be used: Google's own, compared whole, or those at a host that the user named.
//! It never takes an endpoint from a file on the file's word alone.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use crate::sanitize::sanitize;

/// The authorization endpoint that the program itself uses for Google (Google's "OAuth 2.0 for native apps", step 2).
pub const GOOGLE_AUTH: &str = "https://accounts.google.com/o/oauth2/v2/auth";
/// The token endpoint that the program itself uses for Google (same page, step 5).
pub const GOOGLE_TOKEN: &str = "https://oauth2.googleapis.com/token";
/// The issuer that Google names in `iss` (RFC 9207 section 2).
pub const GOOGLE_ISSUER: &str = "https://accounts.google.com";

/// Every authorization endpoint that Google's own client files have named over the years.
const GOOGLE_AUTH_ALIASES: [&str; 2] = ["https://accounts.google.com/o/oauth2/auth", GOOGLE_AUTH];
/// Every token endpoint that Google's own client files and libraries have named over the years.
const GOOGLE_TOKEN_ALIASES: [&str; 4] = [
    GOOGLE_TOKEN,
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v3/token",
    "https://www.googleapis.com/oauth2/v4/token",
];

/// Whether a token endpoint is one of Google's, compared whole.
pub fn is_google_token_endpoint(token_uri: &str) -> bool {
    GOOGLE_TOKEN_ALIASES.contains(&token_uri)
}

/// The pair of endpoints of one client, already judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// RFC 6749 section 3.1.
    pub auth: Url,
    /// RFC 6749 section 3.2.
    pub token: Url,
    /// The value that `iss` must have when the callback carries one (RFC 9207 section 2.4).
    pub issuer: String,
    /// `None` for Google; otherwise the trusted host as every screen must show it.
    pub not_google: Option<String>,
}

impl Endpoints {
    /// Google's endpoints, from the program's own constants.
    pub fn google() -> Self {
        Self {
            auth: constant(GOOGLE_AUTH),
            token: constant(GOOGLE_TOKEN),
            issuer: GOOGLE_ISSUER.to_owned(),
            not_google: None,
        }
    }
}

fn constant(url: &'static str) -> Url {
    Url::parse(url).expect("a constant of this file is a URL")
}

/// A host that the user accepts endpoints at, as given to `--trust-host HOST[:PORT]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedHost {
    host: Host,
    /// `None`: any port for a loopback literal, 443 otherwise.
    port: Option<u16>,
}

/// The text is not `HOST` or `HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a host name or HOST:PORT")]
pub struct BadTrustedHost;

impl TrustedHost {
    /// Reads `HOST`, `HOST:PORT`, `127.0.0.1:PORT` or `[::1]:PORT`.
    pub fn parse(text: &str) -> Result<Self, BadTrustedHost> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                (host, Some(port.parse().map_err(|_| BadTrustedHost)?))
            }
            _ => (text, None),
        };
        let host = Host::parse(host).map_err(|_| BadTrustedHost)?;
        Ok(Self { host, port })
    }

    /// Whether this is `127.0.0.0/8` or `::1` written as an address. A *name* is never loopback here: it can resolve to anything.
    fn is_loopback_literal(&self) -> bool {
        loopback_literal(&self.host)
    }

    fn accepts(&self, url: &Url) -> bool {
        let Some(host) = url.host() else { return false };
        let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && self.is_loopback_literal());
        let port = url.port_or_known_default();
        let port_fits = match self.port {
            Some(wanted) => port == Some(wanted),
            None => self.is_loopback_literal() || port == Some(443),
        };
        let no_userinfo = url.username().is_empty() && url.password().is_none();
        scheme_fits && port_fits && no_userinfo && url.fragment().is_none() && host.to_owned() == self.host
    }
}

impl fmt::Display for TrustedHost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(formatter, "{}:{port}", self.host),
            None => write!(formatter, "{}", self.host),
        }
    }
}

fn loopback_literal(host: &Host) -> bool {
    match host {
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
        Host::Domain(_) => false,
    }
}

/// Everything that may be talked to besides Google.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust(Vec<TrustedHost>);

/// The file names endpoints that are neither Google's nor at a trusted host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untrusted {
    /// The hosts, in the file's order, without repetition, sanitized; a text that is no URL stands as `?`.
    pub hosts: Vec<String>,
    /// Whether naming them with `--trust-host` would do. Plain http away from this machine is accepted from nobody.
    pub can_be_trusted: bool,
}

impl Untrusted {
    fn of(uris: &[&str]) -> Self {
        let mut hosts: Vec<_> = uris.iter().map(|uri| shown_host(uri)).collect();
        hosts.dedup();
        let fits = |url: Url| TrustedHost::parse(&authority(&url)).is_ok_and(|host| host.accepts(&url));
        Self { hosts, can_be_trusted: uris.iter().all(|uri| Url::parse(uri).is_ok_and(fits)) }
    }
}

impl Trust {
    /// Google and these hosts.
    pub fn new(hosts: Vec<TrustedHost>) -> Self {
        Self(hosts)
    }

    /// Judges a pair of endpoints. Google's aliases become the program's own constants.
    ///
    /// # Errors
    /// [`Untrusted`] names each host that is not accepted. A pair of one Google and one other endpoint is never accepted as Google.
    pub fn judge(&self, auth_uri: &str, token_uri: &str) -> Result<Endpoints, Untrusted> {
        if GOOGLE_AUTH_ALIASES.contains(&auth_uri) && is_google_token_endpoint(token_uri) {
            return Ok(Endpoints::google());
        }
        let (auth, token) = (self.accepted(auth_uri), self.accepted(token_uri));
        match (auth, token) {
            (Some(auth), Some(token)) => {
                let issuer = auth.origin().ascii_serialization();
                let not_google = Some(authority(&token));
                Ok(Endpoints { auth, token, issuer, not_google })
            }
            (auth, token) => {
                let strange = [
                    (auth_uri, auth.is_some() || GOOGLE_AUTH_ALIASES.contains(&auth_uri)),
                    (token_uri, token.is_some() || is_google_token_endpoint(token_uri)),
                ];
                // One endpoint of Google's and one of a trusted host: each is known, the pair is not.
                let nobody_is_strange = strange.iter().all(|(_, known)| *known);
                let named: Vec<_> =
                    strange.iter().filter(|(_, known)| nobody_is_strange || !known).map(|(uri, _)| *uri).collect();
                Err(Untrusted::of(&named))
            }
        }
    }

    /// Judges a token endpoint alone, as a file with a refresh token names it. The authorization endpoint is then not used.
    ///
    /// # Errors
    /// [`Untrusted`] names its host.
    pub fn judge_token(&self, token_uri: &str) -> Result<Endpoints, Untrusted> {
        if is_google_token_endpoint(token_uri) { Ok(Endpoints::google()) } else { self.judge(token_uri, token_uri) }
    }

    /// The URL, if it lies at a trusted host.
    pub fn accepted(&self, url: &str) -> Option<Url> {
        let url = Url::parse(url).ok()?;
        self.0.iter().any(|trusted| trusted.accepts(&url)).then_some(url)
    }
}

/// `host` or `host:port` of a URL, as shown to the user.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or("?");
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Cut where a DNS name with a port ends at the latest, so that no row grows without bound.
fn shown_host(text: &str) -> String {
    let host = Url::parse(text).map_or_else(|_| "?".to_owned(), |url| authority(&url));
    sanitize(&host).chars().take(260).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(hosts: &[&str]) -> Trust {
        Trust::new(hosts.iter().map(|host| TrustedHost::parse(host).unwrap()).collect())
    }

    #[test]
    fn every_alias_of_google_becomes_the_constants() {
        for auth in GOOGLE_AUTH_ALIASES {
            for token in GOOGLE_TOKEN_ALIASES {
                assert_eq!(Trust::default().judge(auth, token), Ok(Endpoints::google()));
            }
        }
    }

    #[test]
    fn endpoints_that_only_look_like_googles_are_named_and_refused() {
        let good = GOOGLE_AUTH;
        for (token, host) in [
            ("https://oauth2.googleapis.com.evil.example/token", "oauth2.googleapis.com.evil.example"),
            ("http://oauth2.googleapis.com/token", "oauth2.googleapis.com"),
            ("https://oauth2.googleapis.com/token?x=1", "oauth2.googleapis.com"),
            ("https://oauth2.googleapis.com@evil.example/token", "evil.example"),
            ("https://oauth2.googleapis.com:8443/token", "oauth2.googleapis.com:8443"),
            ("not a url", "?"),
        ] {
            let Err(untrusted) = Trust::default().judge(good, token) else { panic!("{token} was accepted") };
            assert!(untrusted.hosts.contains(&host.to_owned()), "{token}: {untrusted:?}");
        }
    }

    #[test]
    fn only_what_naming_would_help_can_be_trusted() {
        for (uri, can_be_trusted) in [
            ("https://login.example/token", true),
            ("https://login.example:8443/token", true),
            ("http://127.0.0.1:9000/token", true),
            ("http://[::1]/token", true),
            ("http://login.example/token", false),
            ("http://localhost:9000/token", false),
            ("https://u@login.example/token", false),
            ("https://login.example/token#x", false),
            ("not a url", false),
        ] {
            let Err(untrusted) = Trust::default().judge_token(uri) else { panic!("{uri} was accepted") };
            assert_eq!(untrusted.can_be_trusted, can_be_trusted, "{uri}");
            let named = TrustedHost::parse(&untrusted.hosts[0]).map(|host| Trust::new(vec![host]));
            assert_eq!(named.is_ok_and(|trust| trust.judge_token(uri).is_ok()), can_be_trusted, "{uri}");
        }
        let mixed = trust(&["login.example"]).judge(GOOGLE_AUTH, "https://login.example/token").unwrap_err();
        assert_eq!(mixed.hosts, ["accounts.google.com", "login.example"]);
    }

    #[test]
    fn a_trusted_name_means_https_on_443_and_nothing_else() {
        let trust = trust(&["login.example"]);
        assert!(trust.judge("https://login.example/auth", "https://login.example/token").is_ok());
        for refused in
            ["http://login.example/token", "https://login.example:8443/token", "https://u@login.example/token"]
        {
            assert!(trust.judge("https://login.example/auth", refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn a_loopback_literal_may_be_http_on_any_port_but_the_name_localhost_may_not() {
        let endpoints =
            trust(&["127.0.0.1"]).judge("http://127.0.0.1:9000/auth", "http://127.0.0.1:9000/token").unwrap();
        assert_eq!(
            (endpoints.issuer.as_str(), endpoints.not_google.as_deref()),
            ("http://127.0.0.1:9000", Some("127.0.0.1:9000"))
        );
        assert!(trust(&["localhost"]).judge("http://localhost:9000/auth", "http://localhost:9000/token").is_err());
    }

    #[test]
    fn hosts_are_read_with_and_without_a_port() {
        for good in ["example.org", "example.org:8443", "127.0.0.1:80", "[::1]", "[::1]:8080"] {
            assert_eq!(TrustedHost::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "example.org:", "example.org:99999", "http://example.org", "::1:x"] {
            assert!(TrustedHost::parse(bad).is_err(), "{bad}");
        }
    }
}
