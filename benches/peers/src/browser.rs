//! The user's browser, as far as it matters here: it brings the answer to the loopback port and follows to the last page.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::net::sockopt::set_socket_linger;
use url::Url;

use crate::terminal::{PATIENCE, Terminal, wait};

/// What came of a callback.
pub struct Visit {
    /// Just before the first byte of the callback's request. That the browser has to connect is its own affair.
    pub sent: Instant,
    /// When the token stood in the terminal.
    pub token: Instant,
    /// When the last byte of the last page was here, if it came.
    pub page: Option<Instant>,
}

/// The answer that the authorization server would send the browser to.
pub fn callback(consent: &Url) -> Option<Url> {
    let asked = |name: &str| consent.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let mut callback = Url::parse(&asked("redirect_uri")?).ok()?;
    callback.query_pairs_mut().append_pair("code", "4/0Measured").append_pair("scope", crate::endpoint::SCOPE);
    if let Some(state) = asked("state") {
        callback.query_pairs_mut().append_pair("state", &state);
    }
    Some(callback)
}

/// One request on a connection of its own.
pub struct Request {
    stream: TcpStream,
    /// Just before its first byte.
    sent: Instant,
    received: Vec<u8>,
}

impl Request {
    pub fn send(url: &Url) -> io::Result<Self> {
        let port = url.port_or_known_default().unwrap_or(80);
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        // A port that the server closed first cannot be bound again for a minute; a reset spares that to those who do not allow for it.
        set_socket_linger(&stream, Some(Duration::ZERO))?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let host = url.host_str().unwrap_or("127.0.0.1");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        );
        let sent = Instant::now();
        stream.write_all(request.as_bytes())?;
        stream.set_nonblocking(true)?;
        Ok(Self { stream, sent, received: Vec::new() })
    }

    /// Takes what has arrived. `None`: the answer is not complete.
    fn take(&mut self) -> io::Result<Option<Answer>> {
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Ok(Some(self.answer(true).unwrap_or(Answer::Nothing))),
                Ok(count) => self.received.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(self.answer(false)),
                Err(_) => return Ok(Some(Answer::Nothing)),
            }
        }
    }

    fn answer(&self, ended: bool) -> Option<Answer> {
        let end = self.received.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&self.received[..end]).into_owned();
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
        let body = self.received.len() - end - 4;
        let chunked = header("transfer-encoding").is_some() && self.received.ends_with(b"0\r\n\r\n");
        let whole = ended || chunked || length.is_some_and(|length| body >= length);
        whole.then(|| match header("location") {
            Some(to) => Answer::Elsewhere(to),
            None => Answer::Page,
        })
    }

    /// Waits for an answer that leads elsewhere.
    pub fn elsewhere(mut self) -> io::Result<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.take()? {
                Some(Answer::Elsewhere(to)) => return Ok(to),
                Some(Answer::Page | Answer::Nothing) => return Err(io::Error::other("the link leads nowhere")),
                None => wait(&mut [PollFd::from_borrowed_fd(self.stream.as_fd(), PollFlags::IN)], deadline)?,
            }
        }
    }
}

enum Answer {
    Page,
    Elsewhere(String),
    Nothing,
}

/// Brings the callback and waits for the token and the last page, whichever comes first.
pub fn visit(terminal: &mut Terminal, callback: &Url, has_token: impl Fn(&Terminal) -> bool) -> io::Result<Visit> {
    let mut here = callback.clone();
    let first = Request::send(&here)?;
    let sent = first.sent;
    let deadline = sent + PATIENCE;
    let mut request = Some(first);
    let (mut token, mut page) = (None, None);
    while token.is_none() || request.is_some() {
        if Instant::now() >= deadline {
            break;
        }
        let mut sources = vec![PollFd::from_borrowed_fd(terminal.descriptor(), PollFlags::IN)];
        if let Some(request) = &request {
            sources.push(PollFd::from_borrowed_fd(request.stream.as_fd(), PollFlags::IN));
        }
        wait(&mut sources, deadline)?;
        drop(sources);
        if let Some(open) = &mut request {
            match open.take()? {
                Some(Answer::Page) => {
                    page = Some(Instant::now());
                    request = None;
                }
                Some(Answer::Elsewhere(to)) => {
                    here = here.join(&to).map_err(io::Error::other)?;
                    request = Request::send(&here).ok();
                }
                Some(Answer::Nothing) => request = None,
                None => {}
            }
        }
        if let Some(at) = terminal.take()
            && token.is_none()
            && has_token(terminal)
        {
            token = Some(at);
        }
    }
    let token = token.ok_or_else(|| io::Error::other(format!("no token:\n{}", terminal.screen().contents())))?;
    Ok(Visit { sent, token, page })
}
