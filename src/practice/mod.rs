//! The practice Google: an authorization server on loopback, for `adsauth demo`, tests and pictures.
//! It never listens beyond this machine, never looks like Google and never issues anything that works elsewhere.

mod accounts;
mod ads;
mod authorize;
mod click;
mod client;
mod fault;
mod ledger;
mod pages;
mod params;
mod reply;
mod token;

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use http::{Method, Request, header};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

pub use click::{Decision, Landing, answer_of, click};
pub use fault::{AdsFault, Fault};
pub use pages::Pages;

use crate::oauth::client::ClientKind;
use client::PracticeClient;
use ledger::Ledger;
use pages::Plain;
use reply::Reply;

/// The largest request body that is read, in bytes.
const BODY_MAX: usize = 64 * 1024;

/// A bound server. It answers once [`Practice::serve`] runs.
#[derive(Debug)]
pub struct Practice {
    listener: TcpListener,
    server: Server,
}

/// What the connections share.
#[derive(Debug)]
struct Server {
    /// `127.0.0.1:PORT`.
    authority: String,
    /// `http://127.0.0.1:PORT`, which is the issuer too.
    origin: String,
    fault: Option<Fault>,
    pages: &'static Pages,
    ledger: Mutex<Ledger>,
}

impl Practice {
    /// Binds a free port of `127.0.0.1`.
    pub async fn bind() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let authority = listener.local_addr()?.to_string();
        let origin = format!("http://{authority}");
        let server = Server { authority, origin, fault: None, pages: &Pages::EN, ledger: Mutex::default() };
        Ok(Self { listener, server })
    }

    /// Makes it misbehave in this way.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.server.fault = Some(fault);
        self
    }

    /// Makes it speak the language of these pages.
    #[must_use]
    pub fn with_pages(mut self, pages: &'static Pages) -> Self {
        self.server.pages = pages;
        self
    }

    /// `http://127.0.0.1:PORT`: where the endpoints and the Ads API are, and the issuer.
    pub fn origin(&self) -> String {
        self.server.origin.clone()
    }

    /// The client file of its client of this kind, as the console would offer it for download. The endpoints in it are
    /// this server's, so its host must be trusted.
    pub fn client_file(&self, kind: ClientKind) -> Vec<u8> {
        PracticeClient::of(kind).file(&self.server.origin)
    }

    /// Serves for ever, every connection within this one future.
    pub async fn serve(self) {
        let Self { listener, server } = self;
        let mut connections = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => connections.push(server.converse(stream)),
                    // Out of file descriptors, most likely: they come back when connections end.
                    Err(_) => sleep(Duration::from_millis(50)).await,
                },
                Some(()) = connections.next() => {}
            }
        }
    }
}

impl Server {
    async fn converse(&self, stream: TcpStream) {
        let answer = service_fn(async |request| self.answer(request).await.into_response().await);
        // A browser that goes away is no concern of the server's.
        let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), answer).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Reply {
        // A page elsewhere must not reach this server by a name of its own (DNS rebinding).
        if request.headers().get(header::HOST).is_none_or(|host| host != self.authority.as_str()) {
            return self.plain(421, Plain::OtherHost);
        }
        let (head, body) = request.into_parts();
        let body = match Limited::new(body, BODY_MAX).collect().await {
            Ok(body) => String::from_utf8_lossy(&body.to_bytes()).into_owned(),
            Err(_) => return self.plain(413, Plain::TooLarge),
        };
        let query = head.uri.query().unwrap_or_default();
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let (fault, now) = (self.fault, Instant::now());
        match (&head.method, head.uri.path()) {
            (&Method::GET, "/o/oauth2/v2/auth") => authorize::show(query, fault, self.pages),
            (&Method::POST, "/o/oauth2/v2/auth") => authorize::decide(query, &body, self, &mut ledger),
            (&Method::POST, "/token") => token::answer(&body, fault, &self.origin, &mut ledger, now),
            (&Method::GET, "/tokeninfo") => token::describe(query, &ledger, now),
            (_, path) if path.starts_with("/v") => ads::answer(&head, &body, fault.and_then(Fault::ads), &ledger, now),
            (_, "/o/oauth2/v2/auth" | "/token" | "/tokeninfo") => self.plain(405, Plain::OtherMethod),
            (_, _) => self.plain(404, Plain::NoSuchPage),
        }
    }

    fn plain(&self, status: u16, plain: Plain) -> Reply {
        Reply::Page(status, format!("<!doctype html>\n<meta charset=\"utf-8\">\n<p>{}</p>", (self.pages.plain)(plain)))
    }
}

#[cfg(test)]
mod tests;
