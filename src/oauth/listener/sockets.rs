//! Binds the sockets of a redirect plan, on loopback and nowhere else, and takes connections from them.
//! It never closes a bound socket to bind it again, and never gives up accepting.

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::io::Errno;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep_until};

use super::BindError;
use crate::oauth::redirect::{LoopbackHost, RedirectPlan, RedirectUri};

/// Browsers open several connections at once, and a flood must not crowd out the one that matters.
const BACKLOG: u32 = 1024;

/// Out of descriptors or memory: the next attempt fails too unless something has been closed meanwhile.
const BACK_OFF: Duration = Duration::from_millis(50);

/// The sockets of one redirect URI: one, or both families for `localhost`.
#[derive(Debug)]
pub(super) struct Sockets {
    listening: Vec<TcpListener>,
    /// Whose turn it is, so that a flood at one cannot starve the other.
    turn: usize,
    paused_until: Option<Instant>,
}

impl Sockets {
    pub(super) fn bind(plan: &RedirectPlan) -> Result<(Self, RedirectUri), BindError> {
        let (listening, redirect) = bind(plan, listen_on)?;
        Ok((Self { listening, turn: 0, paused_until: None }, redirect))
    }

    pub(super) fn addresses(&self) -> Vec<SocketAddr> {
        self.listening.iter().filter_map(|socket| socket.local_addr().ok()).collect()
    }

    /// The next connection. Cancel safe.
    pub(super) async fn accept(&mut self) -> TcpStream {
        loop {
            if let Some(until) = self.paused_until {
                sleep_until(until).await;
                self.paused_until = None;
            }
            match poll_fn(|context| self.poll_accept(context)).await {
                Ok(stream) => return stream,
                Err(_) => self.paused_until = Some(Instant::now() + BACK_OFF),
            }
        }
    }

    fn poll_accept(&mut self, context: &mut Context) -> Poll<io::Result<TcpStream>> {
        for _ in 0..self.listening.len() {
            self.turn = (self.turn + 1) % self.listening.len();
            if let Poll::Ready(accepted) = self.listening[self.turn].poll_accept(context) {
                return Poll::Ready(accepted.map(|(stream, _)| stream));
            }
        }
        Poll::Pending
    }
}

/// Binds what the plan asks for with `listen`, which is [`listen_on`] outside tests.
fn bind(
    plan: &RedirectPlan,
    listen: impl Fn(SocketAddr) -> io::Result<TcpListener>,
) -> Result<(Vec<TcpListener>, RedirectUri), BindError> {
    match plan {
        RedirectPlan::Desktop { port } => bind_literal(port.unwrap_or(0), listen),
        RedirectPlan::Registered(uris) => {
            let mut refused = None;
            for uri in uris {
                match bind_all(uri, &listen) {
                    Ok(listening) => return Ok((listening, uri.clone())),
                    Err(error) => refused = Some(error),
                }
            }
            Err(refused.expect("a plan of registered redirect URIs is never empty"))
        }
    }
}

/// `127.0.0.1`, or `[::1]` on a machine without IPv4 (RFC 8252 section 7.3).
fn bind_literal(
    port: u16,
    listen: impl Fn(SocketAddr) -> io::Result<TcpListener>,
) -> Result<(Vec<TcpListener>, RedirectUri), BindError> {
    let bind_on = |host: LoopbackHost| {
        let address = SocketAddr::new(host.addresses()[0], port);
        let bound = listen(address).and_then(|socket| socket.local_addr().map(|bound| (socket, bound.port())));
        bound.map_err(|error| (address, error))
    };
    match bind_on(LoopbackHost::V4) {
        Ok((socket, port)) => Ok((vec![socket], RedirectUri::desktop(port))),
        Err((_, error)) if is_missing(&error) => {
            let (socket, port) = bind_on(LoopbackHost::V6).map_err(|(address, error)| explain(address, &error))?;
            let redirect = RedirectUri::parse(&format!("http://[::1]:{port}")).expect("a loopback literal and a port");
            Ok((vec![socket], redirect))
        }
        Err((address, error)) => Err(explain(address, &error)),
    }
}

fn bind_all(
    uri: &RedirectUri,
    listen: impl Fn(SocketAddr) -> io::Result<TcpListener>,
) -> Result<Vec<TcpListener>, BindError> {
    let mut bound = Vec::new();
    for address in uri.sockets() {
        match listen(address) {
            Ok(socket) => bound.push(socket),
            // Where there is no IPv6 nobody else can sit at the address that browsers try first.
            Err(error)
                if uri.host() == LoopbackHost::Name
                    && address.ip() == IpAddr::V6(Ipv6Addr::LOCALHOST)
                    && is_missing(&error) => {}
            Err(error) => return Err(explain(address, &error)),
        }
    }
    Ok(bound)
}

/// Listens on one address. A socket bound to `::1` takes no IPv4 anyway, so nothing needs to be said about V6ONLY.
fn listen_on(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // On Unix a port stays refused for a minute after our own close without this, and a second listener is still refused.
    // On Windows it would mean the opposite.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Whether the machine does not have such an address at all.
fn is_missing(error: &io::Error) -> bool {
    [Errno::ADDRNOTAVAIL, Errno::AFNOSUPPORT].iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

fn explain(address: SocketAddr, error: &io::Error) -> BindError {
    match error.kind() {
        io::ErrorKind::AddrInUse => BindError::PortTaken { address },
        io::ErrorKind::PermissionDenied => BindError::NotPermitted { address },
        _ => BindError::Unavailable { address, errno: error.raw_os_error().unwrap_or(0) },
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn fails_with(errno: Errno) -> io::Error {
        io::Error::from_raw_os_error(errno.raw_os_error())
    }

    fn listen_anywhere(address: SocketAddr) -> io::Result<TcpListener> {
        listen_on(SocketAddr::new(address.ip(), 0))
    }

    fn registered(uris: &[&str]) -> RedirectPlan {
        RedirectPlan::Registered(uris.iter().map(|uri| RedirectUri::parse(uri).unwrap()).collect())
    }

    #[tokio::test]
    async fn without_ipv4_a_desktop_client_gets_the_ipv6_literal() {
        let (ports, redirect) = bind(&RedirectPlan::Desktop { port: None }, |address| {
            if address.is_ipv4() { Err(fails_with(Errno::ADDRNOTAVAIL)) } else { listen_on(address) }
        })
        .unwrap();
        let port = ports[0].local_addr().unwrap().port();
        assert_eq!((ports.len(), redirect.as_str()), (1, format!("http://[::1]:{port}").as_str()));
    }

    #[tokio::test]
    async fn a_taken_port_is_no_reason_to_go_to_ipv6() {
        let tried = RefCell::new(Vec::new());
        let error = bind(&RedirectPlan::Desktop { port: Some(4000) }, |address| {
            tried.borrow_mut().push(address);
            Err(fails_with(Errno::ADDRINUSE))
        })
        .unwrap_err();
        let address = "127.0.0.1:4000".parse().unwrap();
        assert_eq!((error, tried.into_inner()), (BindError::PortTaken { address }, vec![address]));
    }

    #[tokio::test]
    async fn localhost_does_without_ipv6_only_where_there_is_none() {
        for missing in [Errno::ADDRNOTAVAIL, Errno::AFNOSUPPORT] {
            let listen = |address: SocketAddr| {
                if address.is_ipv6() { Err(fails_with(missing)) } else { listen_anywhere(address) }
            };
            assert_eq!(bind(&registered(&["http://localhost:8080/cb"]), listen).unwrap().0.len(), 1);
            let error = bind(&registered(&["http://[::1]:8080/cb"]), listen).unwrap_err();
            assert!(matches!(error, BindError::Unavailable { .. }));
        }
        let error =
            bind(&registered(&["http://localhost:8080/cb"]), |_| Err(fails_with(Errno::ADDRNOTAVAIL))).unwrap_err();
        let address = "127.0.0.1:8080".parse().unwrap();
        assert_eq!(error, BindError::Unavailable { address, errno: Errno::ADDRNOTAVAIL.raw_os_error() });
        for (errno, expected) in [
            (Errno::ADDRINUSE, BindError::PortTaken { address: "[::1]:8080".parse().unwrap() }),
            (Errno::ACCESS, BindError::NotPermitted { address: "[::1]:8080".parse().unwrap() }),
            (
                Errno::NOBUFS,
                BindError::Unavailable { address: "[::1]:8080".parse().unwrap(), errno: Errno::NOBUFS.raw_os_error() },
            ),
        ] {
            let listen = |address: SocketAddr| {
                if address.is_ipv6() { Err(fails_with(errno)) } else { listen_anywhere(address) }
            };
            assert_eq!(bind(&registered(&["http://localhost:8080/cb"]), listen).unwrap_err(), expected);
        }
    }

    #[tokio::test]
    async fn the_first_registered_address_that_is_free_is_used_and_else_the_last_error_is_told() {
        let plan = registered(&["http://127.0.0.1:8001/a", "http://127.0.0.1:8002/b", "http://127.0.0.1:8003/c"]);
        let only_from = |first: u16| {
            move |address: SocketAddr| {
                if address.port() < first { Err(fails_with(Errno::ADDRINUSE)) } else { listen_anywhere(address) }
            }
        };
        assert_eq!(bind(&plan, only_from(8002)).unwrap().1.as_str(), "http://127.0.0.1:8002/b");
        let error = bind(&plan, only_from(9000)).unwrap_err();
        assert_eq!(error, BindError::PortTaken { address: "127.0.0.1:8003".parse().unwrap() });
    }
}
