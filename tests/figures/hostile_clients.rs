//! Client files that want the program to talk to somebody else. On a machine whose every name and address is a trap.
#![expect(clippy::disallowed_methods, reason = "traps are threads of their own")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::fault_server::{Fault, FaultServer, good_answer};
use crate::figure::{Effort, Figure};
use crate::island::{Island, Names};
use crate::sign_in::{CLIENT_ID, CLIENT_SECRET, End, Home, SignIn};

const AUTH: &str = "https://accounts.google.com/o/oauth2/auth";
const TOKEN: &str = "https://oauth2.googleapis.com/token";
/// Where literal addresses of hostile files lead.
const TRAP: Ipv4Addr = Ipv4Addr::new(127, 0, 7, 7);
/// Who is asked for every name.
const NAMES: Ipv4Addr = Ipv4Addr::new(127, 0, 7, 53);

/// Token endpoints that are not Google's. Each stands as the authorization endpoint, too, in a file of its own.
#[rustfmt::skip]
const STRANGERS: &[&str] = &[
    "https://evil.example/token", "https://evil.example", "https://127.0.7.7/token", "http://127.0.7.7/token", "https://127.0.7.7:8443/token", "https://[::ffff:127.0.7.7]/token",
    "https://0x7f000707/token", "https://2130708231/token", "https://127.0.7.7.nip.example/token", "https://localhost/token",
    "http://oauth2.googleapis.com/token", "https://oauth2.googleapis.com:443/token", "https://oauth2.googleapis.com:8443/token",
    "https://oauth2.googleapis.com@evil.example/token", "https://user:secret@oauth2.googleapis.com/token", "https://evil.example#@oauth2.googleapis.com/token",
    "https://evil.example\\@oauth2.googleapis.com/token", "https:\\\\evil.example\\token", "https:/evil.example/token", "https:evil.example/token", "//evil.example/token",
    "https://oauth2.googleapis.com.evil.example/token", "https://oauth2.googleapis.com.:443/token", "https://oauth2.googleapis.com./token", "https://oauth2.googleapis.comevil.example/token",
    "https://evil.example/oauth2.googleapis.com/token", "https://evil.example?https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/token?to=evil.example",
    "https://oauth2.googleapis.com/token#evil", "https://oauth2.googleapis.com/token/", "https://oauth2.googleapis.com//token", "https://oauth2.googleapis.com/%74oken", "https://oauth2.googleapis.com/x/../token",
    "HTTPS://OAUTH2.GOOGLEAPIS.COM/TOKEN", "https://OAUTH2.googleapis.com/token", "https://oauth2%2egoogleapis.com/token", "https://oauth2.googleapis.com%00.evil.example/token", "https://oauth2.googleapis.com%40evil.example/token",
    "https://oauth2.g\u{43e}\u{43e}gleapis.com/token", "https://xn--oauth2-google-pis.example/token", "https://\u{2139}auth2.googleapis.com/token", "https://oauth2\u{3002}googleapis\u{3002}com.evil.example/token", "https://oauth2.googleapis.com\u{200b}/token", "https://\u{202e}moc.sipaelgoog.2htuao/token",
    "https://oauth2.googleapis.com/token\n", " https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/token\t", "https://oauth2.google\napis.com/token", "https://oauth2.googleapis.com\r\nHost: evil.example/token",
    "file:///etc/passwd", "ftp://evil.example/token", "javascript:alert(1)", "data:application/json,{}", "unix:///run/evil.sock", "gopher://evil.example/token", "urn:x", "?", "https://", "https://[", "https://evil.example:99999/token",
];

/// What came to the traps.
#[derive(Default)]
struct Traps(AtomicUsize);

pub fn measure(_: Effort) -> Vec<Figure> {
    let (refused, total, talk) = Island::new().visit(|| {
        let traps = Traps::set();
        assert!(traps.work(), "a program that does ask is seen");
        let before = traps.caught();
        let files: Vec<Vec<u8>> = hostile_files();
        let refused = files.iter().filter(|file| is_refused(file)).count();
        (refused, files.len(), traps.caught() - before)
    });
    vec![
        Figure::all("hostile client files refused with exit code 3, their hosts named", refused, total),
        Figure::none("names asked for and connections made for them", talk, total),
    ]
}

fn hostile_files() -> Vec<Vec<u8>> {
    let long = format!("https://{}.example/token", "a".repeat(20_000));
    let strangers = || STRANGERS.iter().copied().chain([long.as_str()]);
    let endpoints = strangers().map(|token| (AUTH, token)).chain(strangers().map(|auth| (auth, TOKEN)));
    let of_endpoints = endpoints.map(|(auth, token)| file(&client(auth, token)));
    let twice = |name: &str, value: &str| {
        let text = String::from_utf8(file(&client(AUTH, TOKEN))).expect("JSON is text");
        text.replacen(r#""auth_uri""#, &format!(r#""{name}":"{value}","auth_uri""#), 1).into_bytes()
    };
    let with = |name: &str, value: Value| {
        let mut client = client(AUTH, TOKEN);
        client[name] = value;
        file(&client)
    };
    let others = [
        twice("token_uri", "https://evil.example/token"),
        twice("auth_uri", "https://evil.example/auth"),
        with("token_uri", json!([TOKEN, "https://evil.example/token"])),
        with("token_uri", json!({ "url": "https://evil.example/token" })),
        with("client_id", json!("evil&redirect_uri=https://evil.example")),
        with("client_id", json!(format!("{CLIENT_ID}\nHost: evil.example"))),
        with("client_id", json!("evil.example")),
        with("client_secret", json!("GOCSPX-a\nhttp_proxy: http://evil.example")),
    ];
    of_endpoints.chain(others).collect()
}

fn client(auth_uri: &str, token_uri: &str) -> Value {
    json!({ "auth_uri": auth_uri, "token_uri": token_uri, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET })
}

fn file(client: &Value) -> Vec<u8> {
    json!({ "installed": client }).to_string().into_bytes()
}

/// With this file: no consent URL, the exit code of a source that cannot be used, and a reason that does not paint.
fn is_refused(file: &[u8]) -> bool {
    let home = Home::with(file);
    let mut program = around(&home, &home.token(&["--no-browser", "--timeout", "5"]));
    let Output { status, stdout, stderr } = program.stdin(Stdio::null()).output().expect("it runs");
    let said = String::from_utf8_lossy(&stderr).into_owned();
    let end = End::of(&Output { status, stdout, stderr }, said);
    let error = &end.document["error"];
    let named = error["code"].as_str().is_some_and(|code| ["untrusted-endpoints", "unknown-json"].contains(&code));
    let shown =
        error.as_object().into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_str).collect::<String>();
    let paints = shown.chars().any(|it| it.is_control() || "\u{202e}\u{200b}".contains(it));
    let is_refused = end.exit == Some(3) && named && !paints && end.talk.is_empty();
    if !is_refused {
        let start = &file[..file.len().min(300)];
        eprintln!("figures:   {} gave {:?} {error} {}", String::from_utf8_lossy(start), end.exit, end.talk);
    }
    is_refused
}

/// The program where every name is asked for at the trap.
fn around(home: &Home, program: &std::process::Command) -> std::process::Command {
    Names { hosts: &[], server: IpAddr::V4(NAMES) }.around(program, home.path())
}

impl Traps {
    fn set() -> Arc<Self> {
        let traps = Arc::new(Self::default());
        let names = UdpSocket::bind((NAMES, 53)).expect("the island's ports are free");
        let counting = traps.clone();
        thread::spawn(move || {
            while names.recv(&mut [0; 512]).is_ok() {
                counting.0.fetch_add(1, Ordering::Relaxed);
            }
        });
        for port in [80, 443, 8443] {
            let door = TcpListener::bind((TRAP, port)).expect("the island's ports are free");
            let counting = traps.clone();
            thread::spawn(move || {
                while door.accept().is_ok() {
                    counting.0.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        traps
    }

    fn caught(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether a sign-in that does go to a stranger, since it was told to trust him, is caught.
    fn work(&self) -> bool {
        ["evil.example", "127.0.7.7"].into_iter().all(|stranger| {
            let before = self.caught();
            let home =
                Home::of_desktop_client(&format!("https://{stranger}/auth"), &format!("https://{stranger}/token"));
            let program = home.token(&["--no-browser", "--trust-host", stranger]);
            let sign_in = SignIn::start(around(&home, &program));
            let nowhere = TcpListener::bind(SocketAddr::from(([127, 0, 7, 8], 0))).expect("a free port");
            let issuing = FaultServer::start(nowhere, Fault::Answer(good_answer()), None);
            let (door, callback) = (sign_in.door(), issuing.agree(&sign_in.consent));
            let browser = thread::spawn(move || door.visit(&callback));
            while self.caught() == before && !browser.is_finished() {
                thread::yield_now();
            }
            sign_in.stop();
            self.caught() > before
        })
    }
}
