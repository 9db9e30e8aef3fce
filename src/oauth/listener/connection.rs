//! The connections of a listener, each read within bounds, answered once and closed. Nobody can hold one for long.
//! It never decides what a request gets.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::{AbortHandle, Abortable, Aborted, BoxFuture};
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::Page;
use super::request::{LONGEST_HEAD, Received, examine};

/// Held callbacks do not count.
const MOST: usize = 128;
/// For the whole head, however it drips.
const TIME_FOR_HEAD: Duration = Duration::from_secs(5);
const TIME_FOR_REPLY: Duration = Duration::from_secs(4);
/// How long a client may take to close its side. Closing ours over bytes that were never read would reset the connection, and
/// the browser would lose the page.
const TIME_TO_CLOSE: Duration = Duration::from_secs(1);
const LONGEST_REST: u64 = 64 * 1024;

/// What a connection has come to.
#[derive(Debug)]
pub(super) enum Reached {
    /// It said enough to be judged.
    Request(TcpStream, Received),
    /// It is answered, with this page if it was one, and closed.
    Answered(Option<Page>),
    /// It was closed without having asked for anything.
    Nothing,
}

/// All connections that are being read or answered, polled as one. Nothing is spawned: dropping this closes them.
#[derive(Debug, Default)]
pub(super) struct Connections {
    running: FuturesUnordered<BoxFuture<'static, (u64, Result<Reached, Aborted>)>>,
    /// By age.
    unfinished: BTreeMap<u64, Unfinished>,
    opened: u64,
}

#[derive(Debug)]
struct Unfinished {
    is_asking: bool,
    abort: AbortHandle,
}

impl Connections {
    /// Reads the request of a new connection. When there are too many, the oldest gives way.
    pub(super) fn read(&mut self, stream: TcpStream) {
        self.run(true, read(stream));
    }

    /// Writes the response and closes.
    pub(super) fn answer(&mut self, stream: TcpStream, response: Zeroizing<Vec<u8>>, page: Option<Page>) {
        self.run(false, answer(stream, response, page));
    }

    /// The next thing that a connection has come to; `None` if there is no connection. Cancel safe.
    pub(super) async fn next(&mut self) -> Option<Reached> {
        let (id, reached) = self.running.next().await?;
        self.unfinished.remove(&id);
        Some(reached.unwrap_or(Reached::Nothing))
    }

    fn run(&mut self, is_asking: bool, work: impl Future<Output = Reached> + Send + 'static) {
        if self.unfinished.len() >= MOST {
            self.evict();
        }
        let id = self.opened;
        self.opened += 1;
        let (abort, registration) = AbortHandle::new_pair();
        let work = Abortable::new(work, registration);
        self.unfinished.insert(id, Unfinished { is_asking, abort });
        self.running.push(Box::pin(async move { (id, work.await) }));
    }

    /// Ends the oldest connection that has not asked anything yet; if all have, the oldest.
    fn evict(&mut self) {
        let asking = self.unfinished.iter().find(|(_, connection)| connection.is_asking);
        let oldest = asking.or_else(|| self.unfinished.first_key_value()).map(|(id, _)| *id);
        if let Some(connection) = oldest.and_then(|id| self.unfinished.remove(&id)) {
            connection.abort.abort();
        }
    }
}

async fn read(mut stream: TcpStream) -> Reached {
    match timeout(TIME_FOR_HEAD, receive(&mut stream)).await {
        Ok(Some(received)) => Reached::Request(stream, received),
        Ok(None) | Err(_) => Reached::Nothing,
    }
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Zeroizing::new(vec![0; LONGEST_HEAD]);
    let mut filled = 0;
    // A full buffer is always enough to judge, so there is room whenever this reads.
    loop {
        let count = stream.read(&mut bytes[filled..]).await.ok().filter(|count| *count > 0)?;
        filled += count;
        if let Some(received) = examine(&bytes[..filled]) {
            return Some(received);
        }
    }
}

async fn answer(mut stream: TcpStream, response: Zeroizing<Vec<u8>>, page: Option<Page>) -> Reached {
    let written = async {
        stream.write_all(&response).await?;
        stream.shutdown().await
    };
    if !matches!(timeout(TIME_FOR_REPLY, written).await, Ok(Ok(()))) {
        return Reached::Answered(None);
    }
    let mut rest = stream.take(LONGEST_REST);
    let _ = timeout(TIME_TO_CLOSE, tokio::io::copy(&mut rest, &mut tokio::io::sink())).await;
    Reached::Answered(page)
}
