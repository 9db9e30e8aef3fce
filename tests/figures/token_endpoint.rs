//! Every fault of a token endpoint, at the program that is shipped: it asks Google's own hosts, which here are a fault server.
#![expect(clippy::disallowed_methods, reason = "many sign-ins at once, each with a time")]

mod cases;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustls::ServerConfig;

use self::cases::{Case, Trouble};
use crate::certificates::{Authority, NOW};
use crate::fault_server::{Fault, FaultServer, REFRESH_TOKEN, good_answer};
use crate::figure::{Effort, Figure};
use crate::island::{Island, Names};
use crate::sign_in::{CLIENT_SECRET, End, Home, SignIn};

const TOKEN_HOST: &str = "oauth2.googleapis.com";
const LIMIT: Duration = Duration::from_secs(35);
/// So many sign-ins wait at once; most of them only wait.
const AT_ONCE: usize = 24;
const PROXY_PASSWORD: &str = "c4n4ry-of-the-proxy";

/// What one case came to.
struct Outcome {
    case: Case,
    end: End,
    took: Duration,
    requests: usize,
}

pub fn measure(_: Effort) -> Vec<Figure> {
    let island = Island::new();
    let (outcomes, elsewhere, key_logs) = island.visit(|| {
        let authority = Authority::new("Only for figures");
        let certificate = authority.server(&["www.googleapis.com", "accounts.google.com"], NOW);
        let elsewhere = FaultServer::start(listen(ELSEWHERE, 443), Fault::Answer(good_answer()), Some(certificate));
        let logs = tempfile::tempdir().expect("a temporary directory");
        let log = logs.path().join("keys");
        let place = Place { authority: &authority, key_log: &log.to_string_lossy() };
        let outcomes = in_turns(cases::all(), |number, case| place.try_case(number, case));
        (outcomes, elsewhere.connections(), usize::from(log.exists()))
    });
    let (count, wrong): (usize, Vec<_>) = (outcomes.len(), outcomes.iter().filter(|it| !it.is_right()).collect());
    for outcome in &wrong {
        eprintln!("figures:   {}", outcome.complaint());
    }
    let sent_on = || outcomes.iter().filter(|outcome| outcome.case.trouble.lets_a_request_through());
    let slowest = outcomes.iter().map(|outcome| outcome.took).max().unwrap_or_default();
    let most = sent_on().map(|outcome| outcome.requests).max().unwrap_or_default();
    let early: usize = outcomes
        .iter()
        .filter(|outcome| !outcome.case.trouble.lets_a_request_through())
        .map(|outcome| outcome.requests)
        .sum();
    let talkative = outcomes.iter().filter(|outcome| !outcome.is_clean()).count();
    vec![
        Figure::all(
            "answers of the token endpoint, nearly all of them faults, to a sign-in at Google: right problem, right exit code",
            count - wrong.len(),
            count,
        ),
        Figure::new("the slowest of them", "at most 35 s", format!("{:.1} s", slowest.as_secs_f64()), slowest <= LIMIT),
        Figure::new(
            "requests with one code, once a byte had left",
            "1",
            format!("{most} at most, {} faults", sent_on().count()),
            most == 1 && sent_on().all(|outcome| outcome.requests == 1),
        ),
        Figure::none("requests sent before there was a trusted connection", early, count - sent_on().count()),
        Figure::none("connections to a host that a redirect named", elsewhere, 1 + sent_on().count()),
        Figure::none("faults after which a secret or a control character was said", talkative, count),
        Figure::none("key logs written for SSLKEYLOGFILE", key_logs, count),
    ]
}

/// All cases, some at a time.
fn in_turns<T: Send>(cases: Vec<Case>, work: impl Fn(u8, Case) -> T + Sync) -> Vec<T> {
    let next = std::sync::Mutex::new(cases.into_iter().zip(1..));
    let take = || next.lock().expect("no thread panics here").next();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| std::iter::from_fn(take).map(|(case, number)| work(number, case)).collect::<Vec<_>>())
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("every sign-in begins")).collect()
    })
}

const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 9, 9);
/// Nobody answers there.
const NO_NAMES: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 9, 53));

fn listen(address: Ipv4Addr, port: u16) -> TcpListener {
    TcpListener::bind((address, port)).expect("the island's addresses are free")
}

/// What all cases have in common.
struct Place<'a> {
    authority: &'a Authority,
    key_log: &'a str,
}

impl Place<'_> {
    fn try_case(&self, number: u8, case: Case) -> Outcome {
        let address = Ipv4Addr::new(127, 0, 1, number);
        let server = self.server(address, &case.trouble);
        let home = Home::of_google_client();
        let mut program = home.token(&["--no-browser"]);
        self.surround(&mut program, &home, address, &case.trouble);
        let mut hosts = vec![("accounts.google.com", ELSEWHERE.into()), ("www.googleapis.com", ELSEWHERE.into())];
        if !matches!(case.trouble, Trouble::NoSuchName) {
            hosts.push((TOKEN_HOST, IpAddr::from(address)));
        }
        let names = Names { hosts: &hosts, server: NO_NAMES };
        let sign_in = SignIn::start(names.around(&program, home.path()));

        let callback = server.agree(&sign_in.consent);
        let begun = Instant::now();
        let door = sign_in.door();
        // The browser waits for its page as long as the program works.
        let browser =
            (!matches!(case.trouble, Trouble::NoAuthorities)).then(|| thread::spawn(move || door.visit(&callback)));
        let end = sign_in.end();
        let took = begun.elapsed();
        drop(browser);
        Outcome { case, end, took, requests: server.requests() }
    }

    /// The token endpoint of one case. Where nobody is to listen, it listens where nobody looks.
    fn server(&self, address: Ipv4Addr, trouble: &Trouble) -> FaultServer {
        let trusted = || self.authority.server(&[TOKEN_HOST], NOW);
        let start = |port, fault, tls: Arc<ServerConfig>| FaultServer::start(listen(address, port), fault, Some(tls));
        let good = || Fault::Answer(good_answer());
        match trouble {
            Trouble::NoSuchName | Trouble::NoAuthorities => start(443, good(), trusted()),
            Trouble::NobodyListens => start(444, good(), trusted()),
            Trouble::Certificate(made) => start(443, good(), made(self.authority)),
            Trouble::Server(fault) => start(443, fault.clone(), trusted()),
            Trouble::Proxy(fault) | Trouble::ProxyNotForThis(fault) => {
                FaultServer::start(listen(address, 3128), fault.clone(), None);
                start(443, good(), trusted())
            }
        }
    }

    fn surround(&self, program: &mut Command, home: &Home, address: Ipv4Addr, trouble: &Trouble) {
        let authorities = home.path().join("authorities.pem");
        let known = if matches!(trouble, Trouble::NoAuthorities) { "" } else { &self.authority.pem };
        std::fs::write(&authorities, known).expect("a file in the home directory");
        program.env("SSL_CERT_FILE", authorities).env("SSLKEYLOGFILE", self.key_log);
        if matches!(trouble, Trouble::Proxy(_) | Trouble::ProxyNotForThis(_)) {
            let proxy = SocketAddr::from((address, 3128));
            program.env("HTTPS_PROXY", format!("http://somebody:{PROXY_PASSWORD}@{proxy}"));
        }
        if matches!(trouble, Trouble::ProxyNotForThis(_)) {
            program.env("NO_PROXY", TOKEN_HOST);
        }
    }
}

impl Outcome {
    fn is_right(&self) -> bool {
        let cause = self.end.document["error"]["cause"].as_str().unwrap_or_default();
        let said = (self.end.code(), self.end.exit) == (self.case.code, Some(self.case.exit));
        said && cause.contains(self.case.because) && self.took <= LIMIT
    }

    /// Nothing that the program said holds what it must keep, or moves a cursor.
    fn is_clean(&self) -> bool {
        let document = self.end.document.to_string();
        let mut secrets = vec!["4/0c4n4ry", PROXY_PASSWORD];
        // A token is printed with its client: that is what was asked for.
        if !self.end.has_token() {
            secrets.extend([CLIENT_SECRET, REFRESH_TOKEN]);
        }
        let paints = |text: &str| {
            text.chars().any(|it| (it.is_control() && it != '\n') || "\u{202e}\u{2066}\u{200b}\u{2028}".contains(it))
        };
        let strings = format!("{}{}", self.end.talk, strings_of(&self.end.document));
        !secrets.iter().any(|secret| document.contains(secret) || self.end.talk.contains(secret)) && !paints(&strings)
    }

    fn complaint(&self) -> String {
        let Self { case, end, took, .. } = self;
        format!(
            "{}: {} with exit code {:?} after {:.1} s instead of {} with {}: {} {}",
            case.name,
            end.code(),
            end.exit,
            took.as_secs_f64(),
            case.code,
            case.exit,
            end.document["error"]["cause"],
            end.talk,
        )
    }
}

/// What stands in a document, without the escapes of JSON.
fn strings_of(document: &serde_json::Value) -> String {
    let error = document["error"].as_object();
    error.into_iter().flat_map(serde_json::Map::values).filter_map(serde_json::Value::as_str).collect()
}
