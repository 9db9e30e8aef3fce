//! The one HTTP client that secrets travel through: rustls, platform trust roots, HTTP/1.1, no redirects, bounded.
//! It never decompresses, never logs, never follows anything and never sends a request again once a byte of it may have left.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, LOCATION};
use hyper_util::client::proxy::matcher::Matcher;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::time::{Instant, sleep, timeout_at};
use url::{Host, Url};

/// How often a connection is tried. Nothing has been sent before there is one.
const TRIES: u32 = 3;

/// What a server may take; smaller in tests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For one connection, TLS included.
    pub connect: Duration,
    /// For everything, from the first connection to the last byte of the answer.
    pub total: Duration,
    /// Between two tries to connect.
    pub pause: Duration,
    /// For the answer's body, in bytes.
    pub body: usize,
}

impl Limits {
    const USUAL: Self = Self {
        connect: Duration::from_secs(10),
        total: Duration::from_secs(30),
        pause: Duration::from_millis(500),
        body: 64 * 1024,
    };
}

/// Why no HTTP client could be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpSetupError {
    /// The machine has no CA certificates.
    #[error("this machine has no CA certificates")]
    NoCaCertificates,
    /// Anything else that the TLS library refuses at the start.
    #[error("no HTTP client can be built")]
    Unusable,
}

/// Why there is no answer. Hosts are without user and password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// No connection was made, so nothing was sent.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host that was wanted.
        host: String,
        /// The proxy's host, and its port where one is named, when one stands between.
        proxy: Option<String>,
        /// What kind of failure it was.
        why: Unreachable,
    },
    /// The certificate was not accepted, so nothing was sent.
    #[error("the certificate of {host} is not accepted")]
    Tls {
        /// The host that was wanted.
        host: String,
        /// The proxy, as above: it may be the one who shows the certificate.
        proxy: Option<String>,
        /// What was wrong with it.
        why: TlsTrouble,
    },
    /// The connection broke, or spoke no HTTP, after something was sent.
    #[error("the connection broke")]
    Interrupted,
    /// No complete answer in 30 seconds.
    #[error("no complete answer in time")]
    Slow,
    /// The body is larger than 64 KiB, or than the caller has room for.
    #[error("the answer is too large")]
    TooLarge,
}

/// Why no connection was made. Where a proxy stands between, the first two speak of the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// The name does not resolve.
    NameNotFound,
    /// Nobody listens there.
    Refused,
    /// Connecting took more than 10 seconds.
    TimedOut,
    /// The proxy answers that it does not go there.
    ProxyRefused,
    /// The proxy wants a user name and a password, or others than it got (RFC 9110 section 15.5.8).
    ProxyWantsPassword,
    /// Any other reason (no route, network down).
    Other,
}

/// Why a certificate was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsTrouble {
    /// Its issuer is not trusted on this machine: often a company's proxy that reads along.
    UnknownIssuer,
    /// It is not valid yet or not any more: often a wrong clock.
    Date,
    /// It is for another name.
    WrongName,
    /// Any other failure of the handshake.
    Other,
}

/// A ready HTTP client; cheap to clone.
#[derive(Clone)]
pub struct Http {
    /// For hosts elsewhere: https only, through the system's proxy if there is one.
    elsewhere: reqwest::Client,
    /// For this very machine: never through a proxy, which would look for the port on *its* machine.
    loopback: reqwest::Client,
    /// The same rules by which `elsewhere` picks its proxy, so that a failure can name it.
    proxies: Arc<Matcher>,
    limits: Limits,
}

/// An answer whose head has arrived. Its body is read only if somebody wants it.
pub struct Answer {
    response: reqwest::Response,
    deadline: Instant,
    /// How many more bytes of the body are taken.
    limit: usize,
}

impl Http {
    /// Builds the client. Slow (it reads the trust store): call it away from the loop that draws.
    pub fn build() -> Result<Self, HttpSetupError> {
        Self::assemble(Limits::USUAL, None)
    }

    /// As [`Http::build`], within other limits and through another proxy than the system's.
    pub(super) fn assemble(limits: Limits, proxy: Option<&str>) -> Result<Self, HttpSetupError> {
        // One for both clients: reading the trust store is nearly all of the work.
        let tls = tls()?;
        let builder = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .http1_only()
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                // A kept connection may be dead, and that would be found out only after the code was sent.
                .pool_max_idle_per_host(0)
                .referer(false)
                .connect_timeout(limits.connect)
        };
        let (elsewhere, proxies) = match proxy {
            None => (builder(), Matcher::from_system()),
            Some(proxy) => {
                let url = reqwest::Proxy::all(proxy).map_err(|_| HttpSetupError::Unusable)?;
                (builder().proxy(url), Matcher::builder().all(proxy).build())
            }
        };
        let build = |builder: reqwest::ClientBuilder| builder.build().map_err(|_| HttpSetupError::Unusable);
        Ok(Self {
            elsewhere: build(elsewhere.https_only(true))?,
            loopback: build(builder().no_proxy())?,
            proxies: Arc::new(proxies),
            limits,
        })
    }

    /// Sends one request, once, and waits for the head of the answer, whatever its status.
    ///
    /// While no connection is made, up to three are tried. Everything, [`Answer::body`] included, takes 30 seconds at most.
    pub async fn send(&self, request: http::Request<Vec<u8>>) -> Result<Answer, HttpError> {
        let deadline = Instant::now() + self.limits.total;
        let request = reqwest::Request::try_from(request.map(reqwest::Body::from))
            .map_err(|_| HttpError::Unreachable { host: "?".to_owned(), proxy: None, why: Unreachable::Other })?;
        let client = if is_loopback(request.url()) { &self.loopback } else { &self.elsewhere };
        let mut tries = 0;
        loop {
            tries += 1;
            let again = request.try_clone().expect("a body of bytes can be cloned");
            let error = match timeout_at(deadline, client.execute(again)).await {
                Ok(Ok(response)) => return Ok(Answer { response, deadline, limit: self.limits.body }),
                Ok(Err(error)) if error.is_connect() || error.is_builder() => self.not_connected(&error, request.url()),
                Ok(Err(error)) if error.is_timeout() => return Err(HttpError::Slow),
                Ok(Err(_)) => return Err(HttpError::Interrupted),
                Err(_) => return Err(HttpError::Slow),
            };
            // A try that could be cut short by the deadline would leave open whether something was sent.
            let time_is_left = Instant::now() + self.limits.pause + self.limits.connect < deadline;
            // A wrong password that is sent again and again can lock an account.
            let hopeless = matches!(
                error,
                HttpError::Tls { .. } | HttpError::Unreachable { why: Unreachable::ProxyWantsPassword, .. }
            );
            if tries == TRIES || hopeless || !time_is_left {
                return Err(error);
            }
            sleep(self.limits.pause).await;
        }
    }

    fn not_connected(&self, error: &reqwest::Error, url: &Url) -> HttpError {
        let host = url.host_str().unwrap_or("?").to_owned();
        let proxy = self.proxy_of(url);
        if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
            return HttpError::Tls { host, proxy, why: tls_trouble(tls) };
        }
        let refused = |cause: &(dyn Error + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
        };
        let why = if error.is_dns() {
            Unreachable::NameNotFound
        } else if error.is_timeout() {
            Unreachable::TimedOut
        } else if causes(error).any(refused) {
            Unreachable::Refused
        } else {
            causes(error).find_map(answer_of_proxy).unwrap_or(Unreachable::Other)
        };
        HttpError::Unreachable { host, proxy, why }
    }

    /// Host and port of the proxy that a request to this URL goes through. User and password stay out of it.
    fn proxy_of(&self, url: &Url) -> Option<String> {
        if is_loopback(url) {
            return None;
        }
        let proxy = self.proxies.intercept(&url.as_str().parse().ok()?)?;
        let port = proxy.uri().port_u16().map(|port| format!(":{port}")).unwrap_or_default();
        Some(crate::sanitize::sanitize(proxy.uri().host()?) + &port)
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Http").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Answer {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header that is text.
    pub fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// Where the request went.
    pub fn url(&self) -> &Url {
        self.response.url()
    }

    /// Whether it says that its body is JSON.
    pub fn is_json(&self) -> bool {
        let content_type = self.header(CONTENT_TYPE).unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    }

    /// The host that a redirect points to, sanitized. It is never followed.
    pub fn redirect_host(&self) -> Option<String> {
        let target = self.url().join(self.header(LOCATION)?).ok()?;
        target.host_str().map(crate::sanitize::sanitize)
    }

    /// The same answer with room for a body of so many bytes instead of 64 KiB.
    #[must_use]
    pub fn with_room_for(self, bytes: usize) -> Self {
        Self { limit: bytes, ..self }
    }

    /// Reads the body: 64 KiB at most, within what is left of the 30 seconds.
    pub async fn body(mut self) -> Result<Vec<u8>, HttpError> {
        let mut body = Vec::new();
        while let Some(part) = self.next_part().await? {
            body.extend_from_slice(&part);
        }
        Ok(body)
    }

    /// The next part of the body as it arrives, within the same bounds as [`Answer::body`]; `None` at its end.
    pub async fn next_part(&mut self) -> Result<Option<Vec<u8>>, HttpError> {
        match timeout_at(self.deadline, self.response.chunk()).await {
            Err(_) => Err(HttpError::Slow),
            Ok(Err(error)) if error.is_timeout() => Err(HttpError::Slow),
            Ok(Err(_)) => Err(HttpError::Interrupted),
            Ok(Ok(None)) => Ok(None),
            Ok(Ok(Some(part))) => {
                self.limit = self.limit.checked_sub(part.len()).ok_or(HttpError::TooLarge)?;
                Ok(Some(part.into()))
            }
        }
    }
}

/// `127.0.0.0/8`, `::1`, and the name `localhost`.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// TLS 1.2 or 1.3, with the certificates that this machine trusts.
fn tls() -> Result<ClientConfig, HttpSetupError> {
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| why_unusable(&error))?;
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The platform verifier says in words only that it found no certificate.
fn why_unusable(error: &rustls::Error) -> HttpSetupError {
    match error {
        rustls::Error::General(text) if text.starts_with("No CA") => HttpSetupError::NoCaCertificates,
        _ => HttpSetupError::Unusable,
    }
}

/// What a proxy said to CONNECT. hyper-util keeps the type of this error to itself and tells it in words only.
fn answer_of_proxy(cause: &(dyn Error + 'static)) -> Option<Unreachable> {
    match cause.to_string().as_str() {
        "tunnel error: proxy authorization required" => Some(Unreachable::ProxyWantsPassword),
        "tunnel error: unsuccessful" => Some(Unreachable::ProxyRefused),
        _ => None,
    }
}

fn tls_trouble(error: &rustls::Error) -> TlsTrouble {
    use rustls::CertificateError as Bad;
    match error {
        rustls::Error::InvalidCertificate(Bad::UnknownIssuer) => TlsTrouble::UnknownIssuer,
        rustls::Error::InvalidCertificate(
            Bad::Expired | Bad::ExpiredContext { .. } | Bad::NotValidYet | Bad::NotValidYetContext { .. },
        ) => TlsTrouble::Date,
        rustls::Error::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
            TlsTrouble::WrongName
        }
        _ => TlsTrouble::Other,
    }
}

/// The error and everything below it. `io::Error::source` passes over the error that an `io::Error` wraps, which is
/// where rustls puts its own.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error: &&'a (dyn Error + 'static)| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as _),
            None => error.source(),
        }
    })
}

#[cfg(test)]
mod tests;
