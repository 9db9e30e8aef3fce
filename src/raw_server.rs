//! A loopback server for tests that answers with raw bytes. It knows nothing of Google, so that it cannot share a mistake with the
//! practice Google.

use std::cell::RefCell;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The request line and the headers.
    pub head: String,
    /// As many bytes as the head announces.
    pub body: String,
}

impl Heard {
    /// What is asked for: `/path?query`.
    pub(crate) fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// Does the work while a server answers every request by this function; gives back what was asked, too.
pub(crate) async fn answering<T>(
    answer: impl Fn(&Heard) -> Vec<u8>,
    work: impl AsyncFnOnce(Url) -> T,
) -> (T, Vec<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let heard = RefCell::default();
    let done = tokio::select! {
        done = work(base) => done,
        () = serve(&listener, answer, &heard) => unreachable!("it serves for ever"),
    };
    (done, heard.into_inner())
}

async fn serve(listener: &TcpListener, answer: impl Fn(&Heard) -> Vec<u8>, heard: &RefCell<Vec<Heard>>) {
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read(&mut stream).await;
        let bytes = answer(&request);
        heard.borrow_mut().push(request);
        // The client may have gone away, and that is what some tests are about.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
    }
}

async fn read(stream: &mut TcpStream) -> Heard {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let heard = Heard { head: head.to_owned(), body: body.to_owned() };
            let length = heard.header("content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return heard;
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the request ends too soon: {text}");
    }
}

/// An answer with this status line, content type and body.
pub(crate) fn answer(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}").into()
}

/// An answer of JSON.
pub(crate) fn json(status: &str, body: &str) -> Vec<u8> {
    answer(status, "application/json; charset=UTF-8", body)
}
