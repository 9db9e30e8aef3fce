//! A token endpoint that misbehaves in one chosen way, written for itself: blocking sockets, a thread a connection, rustls.
//! It shares no code with the program or its practice server, so that a mistake of theirs cannot hide one of theirs here.
//! Before it misbehaves it is strict: PKCE with S256, codes that work once, the redirect URI to the letter (RFC 6749 section 4.1.3).
#![expect(clippy::disallowed_methods, reason = "a server of its own threads, some of them slow on purpose")]

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustix::net::sockopt::set_socket_linger;
use rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use url::Url;
use url::form_urlencoded::parse as form;

use crate::sign_in::{CLIENT_ID, CLIENT_SECRET, parameter};

pub const ADWORDS: &str = "https://www.googleapis.com/auth/adwords";
pub const REFRESH_TOKEN: &str = "1//0c4n4ry-of-the-refresh-token";

/// What goes wrong, in the order of a connection's life.
#[derive(Clone)]
pub enum Fault {
    /// As soon as the connection is accepted.
    AtAccept(Cut),
    /// Instead of a handshake, once the other side has begun one.
    InHandshake(&'static [u8]),
    /// As soon as one byte of the request has come.
    AtFirstByte,
    /// Once the whole request has come.
    AfterRequest(Cut),
    /// These bytes, and then so many again and again, one at a time.
    Drip(&'static [u8], &'static [u8]),
    /// These bytes, and then so many again and again, as fast as they are taken.
    Endless(&'static [u8], &'static [u8]),
    /// These bytes, and the end of the connection.
    Answer(Vec<u8>),
}

/// How a connection stops being one.
#[derive(Clone, Copy)]
pub enum Cut {
    Reset,
    Close,
    /// It stays, and nothing is ever said.
    Silence,
}

/// A server that is there until the process ends.
#[derive(Clone)]
pub struct FaultServer {
    pub address: SocketAddr,
    fault: Fault,
    tls: Option<Arc<ServerConfig>>,
    ledger: Arc<Mutex<Ledger>>,
}

#[derive(Default)]
struct Ledger {
    issued: HashMap<String, Issued>,
    connections: usize,
    requests: usize,
}

/// What the user agreed to.
struct Issued {
    redirect_uri: String,
    challenge: String,
    is_spent: bool,
}

impl FaultServer {
    /// Speaks TLS where it is given what it needs for it.
    pub fn start(listener: TcpListener, fault: Fault, tls: Option<Arc<ServerConfig>>) -> Self {
        let address = listener.local_addr().expect("it is bound");
        let server = Self { address, fault, tls, ledger: Arc::default() };
        let accepting = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                accepting.ledger().connections += 1;
                let server = accepting.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    /// Without a fault and without TLS, on a port of its own.
    pub fn honest() -> Self {
        Self::start(TcpListener::bind("127.0.0.1:0").expect("a free port"), Fault::Answer(good_answer()), None)
    }

    /// The user agrees on the consent page: the address to which the browser is sent with the code.
    ///
    /// # Panics
    /// If the consent URL does not ask for what it must.
    pub fn agree(&self, consent: &Url) -> Url {
        let wanted = [
            ("response_type", "code"),
            ("client_id", CLIENT_ID),
            ("code_challenge_method", "S256"),
            ("access_type", "offline"),
            ("scope", ADWORDS),
        ];
        for (name, value) in wanted {
            assert_eq!(parameter(consent, name), value, "{name} in the consent URL");
        }
        let [redirect_uri, challenge, state] =
            ["redirect_uri", "code_challenge", "state"].map(|name| parameter(consent, name));
        assert!(challenge.len() == 43 && state.len() >= 22, "challenge and state are long enough");
        let mut answer = Url::parse(&redirect_uri).expect("the redirect URI is a URL");
        let mut ledger = self.ledger();
        let code = format!("4/0c4n4ry-of-the-code-{}", ledger.issued.len());
        answer.query_pairs_mut().extend_pairs([("state", &state), ("code", &code)]);
        ledger.issued.insert(code, Issued { redirect_uri, challenge, is_spent: false });
        answer
    }

    /// Connections on which at least one byte of a request has come.
    pub fn requests(&self) -> usize {
        self.ledger().requests
    }

    pub fn connections(&self) -> usize {
        self.ledger().connections
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("no thread panics while it writes")
    }

    fn serve(&self, mut stream: TcpStream) {
        match (&self.fault, &self.tls) {
            (Fault::AtAccept(cut), _) => cut.make(&mut stream),
            (Fault::InHandshake(bytes), _) => {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(bytes);
            }
            (_, None) => self.serve_on(&stream, &stream),
            (_, Some(config)) => {
                let connection = ServerConnection::new(config.clone()).expect("the configuration is complete");
                let socket = stream.try_clone().expect("a socket can be shared");
                self.serve_on(StreamOwned::new(connection, stream), &socket);
            }
        }
    }

    fn serve_on(&self, mut stream: impl Read + Write, socket: &TcpStream) {
        let mut first = [0];
        if !matches!(stream.read(&mut first), Ok(1)) {
            return;
        }
        self.ledger().requests += 1;
        if matches!(self.fault, Fault::AtFirstByte) {
            return reset(socket);
        }
        let Some(body) = request_body(first[0], &mut stream) else { return };
        if let Err(refusal) = self.redeem(&body) {
            let _ = stream.write_all(&json(400, &format!(r#"{{"error":"{refusal}"}}"#)));
            return;
        }
        // What cannot be written any longer is not wanted any longer.
        let _ = match &self.fault {
            Fault::AfterRequest(cut) => {
                cut.make_on(&mut stream, socket);
                Ok(())
            }
            Fault::Drip(begin, bytes) => repeat(&mut stream, begin, bytes, Duration::from_millis(500)),
            Fault::Endless(begin, bytes) => repeat(&mut stream, begin, bytes, Duration::ZERO),
            Fault::Answer(bytes) => stream.write_all(bytes).and_then(|()| stream.flush()),
            Fault::AtAccept(_) | Fault::InHandshake(_) | Fault::AtFirstByte => Ok(()),
        };
    }

    /// RFC 6749 section 4.1.3 and RFC 7636 section 4.6, each failure by a name that no case expects.
    fn redeem(&self, body: &[u8]) -> Result<(), &'static str> {
        let pairs: Vec<_> = form(body).into_owned().collect();
        let fields: HashMap<_, _> = pairs.iter().cloned().collect();
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        let mut ledger = self.ledger();
        let issued = ledger.issued.get_mut(field("code")).ok_or("strict_unknown_code")?;
        let digest = TLS13_AES_128_GCM_SHA256.tls13().expect("it is one of TLS 1.3").common.hash_provider;
        let challenge = URL_SAFE_NO_PAD.encode(digest.hash(field("code_verifier").as_bytes()));
        let rules = [
            (pairs.len() == fields.len(), "strict_repeated_parameter"),
            (field("grant_type") == "authorization_code", "strict_grant_type"),
            (field("client_id") == CLIENT_ID && field("client_secret") == CLIENT_SECRET, "strict_client"),
            (field("redirect_uri") == issued.redirect_uri, "strict_redirect_uri"),
            ((43..=128).contains(&field("code_verifier").len()), "strict_verifier_length"),
            (challenge == issued.challenge, "strict_pkce"),
            (!std::mem::replace(&mut issued.is_spent, true), "strict_spent_code"),
        ];
        rules.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, name)| Err(name))
    }
}

impl Cut {
    fn make(self, stream: &mut TcpStream) {
        let socket = stream.try_clone().expect("a socket can be shared");
        self.make_on(stream, &socket);
    }

    fn make_on(self, stream: &mut impl Read, socket: &TcpStream) {
        match self {
            Self::Reset => reset(socket),
            Self::Close => {}
            Self::Silence => while matches!(stream.read(&mut [0; 512]), Ok(1..)) {},
        }
    }
}

/// Makes the end of the connection a reset.
fn reset(socket: &TcpStream) {
    set_socket_linger(socket, Some(Duration::ZERO)).expect("a socket takes a linger time");
}

fn repeat(stream: &mut impl Write, begin: &[u8], bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    stream.write_all(begin)?;
    loop {
        stream.write_all(bytes)?;
        stream.flush()?;
        thread::sleep(pause);
    }
}

/// The body of a POST with a length; `None` if the connection ends before it does.
fn request_body(first: u8, stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = vec![first];
    let mut part = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())?;
            if bytes.len() >= end + 4 + length {
                return Some(bytes[end + 4..][..length].to_vec());
            }
        }
        match stream.read(&mut part) {
            Ok(0) => return None,
            Ok(count) => bytes.extend_from_slice(&part[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// A whole answer with these header fields besides its length.
pub fn answer(status: u16, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} Figure\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "Content-Type: application/json; charset=utf-8\r\n", body.as_bytes())
}

/// The answer of RFC 6749 section 5.1, with Google's members.
pub fn good_body() -> String {
    format!(
        r#"{{"access_token":"ya29.figures","expires_in":3599,"refresh_token":"{REFRESH_TOKEN}","scope":"{ADWORDS}","token_type":"Bearer"}}"#
    )
}

pub fn good_answer() -> Vec<u8> {
    json(200, &good_body())
}
