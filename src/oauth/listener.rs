//! The loopback listener of one attempt: bind, self-test, bounded reading, static pages.
//! It polls its own connections and spawns nothing; dropping it closes the port and every connection.

use std::net::SocketAddr;

use super::callback::{Answer, Gate, Ignored};
use super::redirect::{RedirectPlan, RedirectUri};

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
pub struct Listener {}

impl Listener {
    /// Binds what the plan asks for and nothing else.
    pub fn bind(_plan: &RedirectPlan) -> Result<Self, BindError> {
        todo!()
    }

    /// The redirect URI that the bound sockets answer.
    pub fn redirect(&self) -> &RedirectUri {
        todo!()
    }

    /// Asks itself for a random path, by a plain socket, on every address bound, through the real accept loop.
    pub async fn self_test(&mut self) -> Result<(), SelfTestFailed> {
        todo!()
    }

    /// From here on requests are judged by this gate; without one everything is `Unrelated`.
    pub fn open(&mut self, _gate: Gate) {
        todo!()
    }

    /// Waits for the next thing that happens. Cancel safe.
    pub async fn next(&mut self) -> Incoming {
        todo!()
    }

    /// Answers the held callback with 303 to this page, and serves the page from now on.
    pub fn answer(&mut self, _page: Page) {
        todo!()
    }
}
