//! The client of the self-test: one GET by a plain socket, which no proxy setting can divert.
//! It never believes the reply alone; the listener must have seen the request too.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Loopback answers within a millisecond; a firewall that drops never does.
const PATIENCE: Duration = Duration::from_secs(3);
/// No more of the reply matters.
const NOT_FOUND: &[u8] = b"HTTP/1.1 404 ";

/// A path that nobody can know.
pub(super) fn random_path() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    format!("/{:032x}", u128::from_ne_bytes(bytes))
}

/// Whether something at this address answers the path as the listener answers an unknown one.
pub(super) async fn ask(address: SocketAddr, authority: &str, path: &str) -> bool {
    let reply = timeout(PATIENCE, get(address, authority, path)).await;
    matches!(reply, Ok(Ok(beginning)) if beginning == NOT_FOUND)
}

async fn get(address: SocketAddr, authority: &str, path: &str) -> io::Result<[u8; NOT_FOUND.len()]> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut beginning = [0; NOT_FOUND.len()];
    stream.read_exact(&mut beginning).await?;
    Ok(beginning)
}
