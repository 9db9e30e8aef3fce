//! The server that everybody is measured against: a token endpoint, and as much of the Ads API as the Account step asks.
//! It answers from constants and knows how long it took, so that its own time can be subtracted.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What everybody asks for.
pub const SCOPE: &str = "https://www.googleapis.com/auth/adwords";
/// What everybody gets.
pub const REFRESH_TOKEN: &str =
    "1//0gMeasuredRefreshTokenOfTheUsualLength0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ4z9k";
/// How the wizard shows it.
pub const MASKED: &str = "1//0…4z9k";

/// As many requests as anybody makes at a time, with the connections that they keep.
const WORKERS: usize = 16;
/// Managers below the first, and clients below each of them.
const MANAGERS: u64 = 400;
const CLIENTS: u64 = 20;
const ROOT: u64 = 4_000_000_000;

/// One request, from its last byte read to the last byte of the answer written.
#[derive(Clone, Copy)]
pub struct Served {
    pub asked: Instant,
    pub answered: Instant,
}

/// The running server.
pub struct Endpoint {
    pub address: SocketAddr,
    tokens: Arc<Mutex<Vec<Served>>>,
    pause: Arc<AtomicU64>,
}

impl Endpoint {
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (tokens, pause) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU64::new(0)));
        for _ in 0..WORKERS {
            let (listener, tokens, pause) = (listener.try_clone()?, tokens.clone(), pause.clone());
            thread::spawn(move || {
                while let Ok((stream, _)) = listener.accept() {
                    // A client that hangs up has had its answer.
                    let _ = serve(stream, &tokens, &pause);
                }
            });
        }
        Ok(Self { address, tokens, pause })
    }

    /// From now on every answer comes this much later.
    pub fn pause(&self, pause: Duration) {
        self.pause.store(u64::try_from(pause.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The token that was given out last.
    pub fn last_token(&self) -> Option<Served> {
        self.tokens.lock().expect("no thread panics while it holds the lock").last().copied()
    }

    /// How long each answer to a token request took.
    pub fn own_times(&self) -> Vec<Duration> {
        let tokens = self.tokens.lock().expect("no thread panics while it holds the lock");
        tokens.iter().map(|served| served.answered - served.asked).collect()
    }

    /// A downloaded client file that names this server.
    pub fn client_file(&self, number: u64) -> String {
        let address = self.address;
        let id = client_id(number);
        format!(
            r#"{{"installed":{{"client_id":"{id}","project_id":"measured-{number}","auth_uri":"http://{address}/auth","token_uri":"http://{address}/token","auth_provider_x509_cert_url":"https://www.googleapis.com/oauth2/v1/certs","client_secret":"GOCSPX-Measured-{number:020}","redirect_uris":["http://localhost"]}}}}"#
        )
    }
}

/// A client id of the usual length.
pub fn client_id(number: u64) -> String {
    format!("{:012}-m3k8v1q0d7r5t2n6b4c9x0z8l7{number:06}.apps.googleusercontent.com", 832_704_000_000 + number)
}

fn serve(mut stream: TcpStream, tokens: &Mutex<Vec<Served>>, pause: &AtomicU64) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut received = Vec::new();
    while let Some((line, closes)) = read_request(&mut stream, &mut received)? {
        let asked = Instant::now();
        let body = answer(&line);
        let pause = pause.load(Ordering::Relaxed);
        if pause > 0 {
            thread::sleep(Duration::from_micros(pause));
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        // Noted before it is sent: nobody can have the answer earlier. A pause is no answer time.
        if line.starts_with("POST /token") && pause == 0 {
            let served = Served { asked, answered: Instant::now() };
            tokens.lock().expect("no thread panics while it holds the lock").push(served);
        }
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())?;
        if closes {
            break;
        }
    }
    Ok(())
}

/// Reads one request: its first line, and whether the connection ends with it.
fn read_request(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Option<(String, bool)>> {
    let mut buffer = [0; 16 * 1024];
    loop {
        if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&received[..end]).to_ascii_lowercase();
            let header = |name: &str| {
                head.lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim).map(str::to_owned))
            };
            let length: usize = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            if received.len() >= end + 4 + length {
                let line = String::from_utf8_lossy(&received[..end]).lines().next().unwrap_or_default().to_owned();
                received.drain(..end + 4 + length);
                return Ok(Some((line, header("connection").as_deref() == Some("close"))));
            }
        }
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(None);
        }
        received.extend_from_slice(&buffer[..count]);
    }
}

fn answer(line: &str) -> String {
    if line.starts_with("POST /token") {
        return format!(
            r#"{{"access_token":"ya29.measured","expires_in":3599,"refresh_token":"{REFRESH_TOKEN}","scope":"{SCOPE}","token_type":"Bearer"}}"#
        );
    }
    if line.contains("listAccessibleCustomers") {
        return format!(r#"{{"resourceNames":["customers/{ROOT}"]}}"#);
    }
    let id = line.split("customers/").nth(1).and_then(|rest| rest.split('/').next()).and_then(|id| id.parse().ok());
    let Some(id): Option<u64> = id else { return "{}".to_owned() };
    let below: Vec<u64> = if id == ROOT {
        (1..=MANAGERS).map(|number| ROOT + number * 1000).collect()
    } else {
        (1..=CLIENTS).map(|number| id + number).collect()
    };
    let row = |number: u64, level: u8, manager: bool| {
        format!(
            r#"{{"customerClient":{{"resourceName":"customers/{ROOT}/customerClients/{number}","id":"{number}","level":"{level}","descriptiveName":"Account {number} with a name that says what it is about","currencyCode":"EUR","timeZone":"Europe/Berlin","manager":{manager},"testAccount":false,"hidden":false,"status":"ENABLED"}}}}"#
        )
    };
    let mut rows = vec![row(id, 0, true)];
    rows.extend(below.into_iter().map(|number| row(number, 1, id == ROOT)));
    format!(r#"[{{"results":[{}],"requestId":"measured"}}]"#, rows.join(","))
}
