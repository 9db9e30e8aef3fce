//! The loopback listener of one attempt: bind, self-test, bounded reading, static pages.
//! It polls its own connections and spawns nothing; dropping it closes the port and every connection.

mod connection;
mod pages;
mod reception;
mod request;
mod self_test;
mod sockets;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::net::SocketAddr;

use tokio::net::TcpStream;
use tokio::task::yield_now;

use self::connection::{Connections, Reached};
pub use self::pages::{Pages, Reply};
pub use self::reception::{Reception, Treatment};
pub use self::request::{Head, Received, TooLong, examine};

use self::sockets::Sockets;
use super::callback::{Answer, Gate, Ignored};
use super::redirect::{RedirectPlan, RedirectUri};

/// A browser sends a callback twice, and people reload.
const MOST_HELD: usize = 4;
/// So much happens at the port before everything else has its turn: a flood must not keep the exchange of the code waiting.
const MOST_IN_A_ROW: u32 = 8;

/// Why nobody can listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindError {
    /// Another program has the port (of the last redirect URI that was tried).
    PortTaken {
        /// The address that is taken; for `localhost` it may be the `[::1]` side only.
        address: SocketAddr,
    },
    /// A port below 1024.
    NotPermitted {
        /// The address.
        address: SocketAddr,
    },
    /// The machine has no loopback interface, or another reason, by errno.
    Unavailable {
        /// The address.
        address: SocketAddr,
        /// The errno, 0 if there is none.
        errno: i32,
    },
}

/// The listener does not answer its own request: a firewall, most likely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfTestFailed {
    /// The address that did not answer.
    pub address: SocketAddr,
}

/// The page that the browser ends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// Refresh token and Ads scope in hand: `/ok`.
    Ok,
    /// A token, but without refresh token or Ads scope: `/incomplete`.
    Incomplete,
    /// No token: `/failed`.
    Failed,
    /// The user refused: `/denied`.
    Denied,
    /// The exchange has not ended after 10 seconds: `/waiting`.
    StillWorking,
}

/// Something that happened at the port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A request that changed nothing.
    Ignored(Ignored),
    /// A start link was used and answered.
    Started,
    /// The callback of this attempt, once; its connection is held until [`Listener::answer`].
    Callback(Answer),
    /// A page given to [`Listener::answer`] was fetched.
    PageFetched(Page),
}

/// The sockets of one attempt and the connections on them.
#[derive(Debug)]
pub struct Listener {
    sockets: Sockets,
    redirect: RedirectUri,
    connections: Connections,
    reception: Reception,
    /// Connections that brought the callback and wait for the outcome. Nothing of them is polled.
    held: Vec<TcpStream>,
    in_a_row: u32,
    pages: &'static Pages,
}

impl Listener {
    /// Binds what the plan asks for and nothing else, and will answer with these pages. Needs a tokio runtime around it.
    ///
    /// # Errors
    /// The [`BindError`] of the last address that was tried.
    pub fn bind(plan: &RedirectPlan, pages: &'static Pages) -> Result<Self, BindError> {
        let (sockets, redirect) = Sockets::bind(plan)?;
        let reception = Reception::new(redirect.authority());
        let connections = Connections::default();
        Ok(Self { sockets, redirect, connections, reception, held: Vec::new(), in_a_row: 0, pages })
    }

    /// The redirect URI that the bound sockets answer.
    pub fn redirect(&self) -> &RedirectUri {
        &self.redirect
    }

    /// Asks itself for a random path, by a plain socket, on every address bound, through the real accept loop.
    ///
    /// What others send meanwhile is answered and not told: before [`Listener::open`] it cannot matter.
    ///
    /// # Errors
    /// The first address that does not answer within three seconds, or at which somebody else does.
    pub async fn self_test(&mut self) -> Result<(), SelfTestFailed> {
        for address in self.sockets.addresses() {
            self.reaches_itself_at(address).await?;
        }
        Ok(())
    }

    async fn reaches_itself_at(&mut self, address: SocketAddr) -> Result<(), SelfTestFailed> {
        let (authority, path) = (self.redirect.authority(), self_test::random_path());
        self.reception.expect_own(path.clone());
        let answered = tokio::select! {
            answered = self_test::ask(address, &authority, &path) => answered,
            never = self.serve() => match never {},
        };
        if self.reception.own_has_arrived() && answered { Ok(()) } else { Err(SelfTestFailed { address }) }
    }

    /// From here on requests are judged by this gate; without one everything is `Unrelated`.
    pub fn open(&mut self, gate: Gate) {
        self.reception.open(gate);
    }

    /// Waits for the next thing that happens. Cancel safe; nothing at the port moves unless this is awaited.
    pub async fn next(&mut self) -> Incoming {
        loop {
            // Once the answer is in, nothing at the port is as urgent as what comes of it.
            let most = if self.held.is_empty() { MOST_IN_A_ROW } else { 1 };
            self.in_a_row += 1;
            if self.in_a_row >= most {
                self.in_a_row = 0;
                yield_now().await;
            }
            // Connections first: one that was accepted is read before the next is, so that a flood cannot evict it unread.
            let reached = tokio::select! {
                biased;
                Some(reached) = self.connections.next() => reached,
                stream = self.sockets.accept() => {
                    self.connections.read(stream);
                    continue;
                }
            };
            let incoming = match reached {
                Reached::Request(stream, received) => self.treat(stream, &received),
                Reached::Answered(page) => page.map(Incoming::PageFetched),
                Reached::Nothing => None,
            };
            if let Some(incoming) = incoming {
                return incoming;
            }
        }
    }

    async fn serve(&mut self) -> Infallible {
        loop {
            self.next().await;
        }
    }

    /// Answers the held callback with 303 to this page, and serves the page from now on.
    ///
    /// It may be called again: [`Page::StillWorking`] leads on to the page of a later call by itself.
    pub fn answer(&mut self, page: Page) {
        self.reception.show(page);
        for stream in self.held.drain(..) {
            self.connections.answer(stream, Reply::SeePage(page).write(self.pages), None);
        }
    }

    fn treat(&mut self, stream: TcpStream, received: &Received) -> Option<Incoming> {
        match self.reception.judge(received) {
            Treatment::Reply(reply, incoming) => {
                self.connections.answer(stream, reply.write(self.pages), reply.page());
                incoming
            }
            Treatment::Hold(incoming) => {
                if self.held.len() == MOST_HELD {
                    self.held.remove(0);
                }
                self.held.push(stream);
                incoming
            }
        }
    }
}
