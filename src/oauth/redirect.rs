//! Loopback redirect URIs (RFC 8252 section 7.3): which one an attempt may use.
//! It never invents a redirect URI for a Web client and never accepts one that leaves this machine.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use super::client::{Client, ClientKind};

/// The host part of a loopback redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopbackHost {
    /// `127.0.0.1`.
    V4,
    /// `[::1]`.
    V6,
    /// `localhost`: browsers try `::1` first, so both addresses must be ours.
    Name,
}

impl LoopbackHost {
    /// The addresses that must all be bound. For [`LoopbackHost::Name`] the second may be missing on a machine without IPv6.
    pub fn addresses(self) -> &'static [IpAddr] {
        const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
        const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);
        match self {
            Self::V4 => &[V4],
            Self::V6 => &[V6],
            Self::Name => &[V4, V6],
        }
    }
}

impl fmt::Display for LoopbackHost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::V4 => "127.0.0.1",
            Self::V6 => "[::1]",
            Self::Name => "localhost",
        })
    }
}

/// One loopback redirect URI, as text exactly what is sent to the authorization server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri {
    text: String,
    host: LoopbackHost,
    port: u16,
    path: String,
}

/// Why a text cannot be used as a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRedirectUri {
    /// Not a URL at all.
    #[error("not a URL")]
    NotUrl,
    /// `https`, `urn:` and the like: nothing on loopback can answer it.
    #[error("not http")]
    NotHttp,
    /// A host that is not `127.0.0.1`, `[::1]` or `localhost`.
    #[error("not loopback")]
    NotLoopback,
    /// A query, a fragment or a user name, which a loopback redirect of this program never has.
    #[error("more than scheme, host, port and path")]
    Extra,
}

impl RedirectUri {
    /// The redirect URI of a Desktop client: `http://127.0.0.1:PORT`, as Google's page for native apps writes it.
    pub fn desktop(port: u16) -> Self {
        Self { text: format!("http://127.0.0.1:{port}"), host: LoopbackHost::V4, port, path: "/".to_owned() }
    }

    /// Reads a registered redirect URI. The text is kept as it is, since the server compares it exactly.
    pub fn parse(text: &str) -> Result<Self, BadRedirectUri> {
        let url = Url::parse(text).map_err(|_| BadRedirectUri::NotUrl)?;
        if url.scheme() != "http" {
            return Err(BadRedirectUri::NotHttp);
        }
        let host = match url.host() {
            Some(Host::Ipv4(Ipv4Addr::LOCALHOST)) => LoopbackHost::V4,
            Some(Host::Ipv6(Ipv6Addr::LOCALHOST)) => LoopbackHost::V6,
            Some(Host::Domain("localhost")) => LoopbackHost::Name,
            _ => return Err(BadRedirectUri::NotLoopback),
        };
        let extra =
            url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some();
        if extra {
            return Err(BadRedirectUri::Extra);
        }
        let port = url.port_or_known_default().unwrap_or(80);
        Ok(Self { text: text.to_owned(), host, port, path: url.path().to_owned() })
    }

    /// The text to send as `redirect_uri`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host part.
    pub fn host(&self) -> LoopbackHost {
        self.host
    }

    /// The port; 80 when the URI names none.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The path, beginning with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `HOST:PORT` as a browser writes it into the `Host` header (RFC 9112 section 3.2): without the port when that is 80.
    pub fn authority(&self) -> String {
        if self.port == 80 { self.host.to_string() } else { format!("{}:{}", self.host, self.port) }
    }

    /// The sockets that must be bound for it.
    pub fn sockets(&self) -> impl Iterator<Item = SocketAddr> {
        self.host.addresses().iter().map(|address| SocketAddr::new(*address, self.port))
    }
}

/// What an attempt may listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectPlan {
    /// A Desktop client: this port, or one that the system picks.
    Desktop {
        /// From `--port`, or the port that an earlier attempt of this run got.
        port: Option<u16>,
    },
    /// A Web client: the first of these whose address is free. Never empty.
    Registered(Vec<RedirectUri>),
}

/// A Web client without any loopback redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLoopbackRedirect;

impl RedirectPlan {
    /// What this client may use. `added` is a redirect URI that the user has registered since the file was downloaded.
    ///
    /// # Errors
    /// [`NoLoopbackRedirect`] for a Web client that has registered none on loopback.
    pub fn of(client: &Client, port: Option<u16>, added: Option<&RedirectUri>) -> Result<Self, NoLoopbackRedirect> {
        match client.kind {
            ClientKind::Desktop => Ok(Self::Desktop { port }),
            ClientKind::Web => {
                let registered = client.redirect_uris.iter().filter_map(|text| RedirectUri::parse(text).ok());
                let usable: Vec<_> = added.cloned().into_iter().chain(registered).collect();
                if usable.is_empty() { Err(NoLoopbackRedirect) } else { Ok(Self::Registered(usable)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registered_uris_are_kept_to_the_letter() {
        for (text, host, port, path) in [
            ("http://127.0.0.1:8080/some/path", LoopbackHost::V4, 8080, "/some/path"),
            ("http://localhost:8080/cb", LoopbackHost::Name, 8080, "/cb"),
            ("http://localhost", LoopbackHost::Name, 80, "/"),
            ("http://[::1]:9000/", LoopbackHost::V6, 9000, "/"),
        ] {
            let uri = RedirectUri::parse(text).unwrap();
            assert_eq!((uri.as_str(), uri.host(), uri.port(), uri.path()), (text, host, port, path));
        }
    }

    #[test]
    fn what_leaves_the_machine_or_carries_more_is_refused() {
        for (text, why) in [
            ("https://localhost:8080/cb", BadRedirectUri::NotHttp),
            ("urn:ietf:wg:oauth:2.0:oob", BadRedirectUri::NotHttp),
            ("oob", BadRedirectUri::NotUrl),
            ("http://10.0.0.1:8080/", BadRedirectUri::NotLoopback),
            ("http://localhost.evil.example/", BadRedirectUri::NotLoopback),
            ("http://0.0.0.0:8080/", BadRedirectUri::NotLoopback),
            ("http://user@localhost:8080/", BadRedirectUri::Extra),
            ("http://localhost:8080/?x=1", BadRedirectUri::Extra),
            ("http://localhost:8080/#x", BadRedirectUri::Extra),
        ] {
            assert_eq!(RedirectUri::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn the_host_header_of_port_80_names_no_port() {
        assert_eq!(RedirectUri::parse("http://localhost/cb").unwrap().authority(), "localhost");
        assert_eq!(RedirectUri::parse("http://[::1]:81/").unwrap().authority(), "[::1]:81");
    }
}
