//! One sign-in with the release binary: started as a script would, up to its consent URL, then to its end.
#![expect(clippy::disallowed_methods, reason = "starts the program and waits for it with a limit")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// More than the 30 seconds that an exchange may take, and what is shown afterwards.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client id of the form that Google gives out.
pub const CLIENT_ID: &str = "123456789012-f1gure5f1gure5f1gure5.apps.googleusercontent.com";
pub const CLIENT_SECRET: &str = "GOCSPX-c4n4ry-of-the-client-secret";

/// A home directory with one client file in it.
pub struct Home(TempDir);

impl Home {
    pub fn with(client_file: &[u8]) -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        std::fs::write(home.path().join("client_secret_1.json"), client_file).expect("a file in it");
        Self(home)
    }

    /// Of a Desktop client with these endpoints.
    pub fn of_desktop_client(auth_uri: &str, token_uri: &str) -> Self {
        let client = json!({
            "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "project_id": "figures",
            "auth_uri": auth_uri, "token_uri": token_uri, "redirect_uris": ["http://localhost"],
        });
        Self::with(json!({ "installed": client }).to_string().as_bytes())
    }

    pub fn of_google_client() -> Self {
        Self::of_desktop_client("https://accounts.google.com/o/oauth2/auth", "https://oauth2.googleapis.com/token")
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// `adsauth token` with this client file, in an environment that holds nothing else.
    pub fn token(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_adsauth"));
        self.surround(&mut command).arg("token").args(arguments).args([
            "--format",
            "json",
            "-P",
            "client_secret_1.json",
        ]);
        command
    }

    /// Gives a program this home and nothing of the surroundings of the tests.
    pub fn surround<'command>(&self, command: &'command mut Command) -> &'command mut Command {
        let path = "/usr/sbin:/usr/bin:/sbin:/bin";
        command.env_clear().env("HOME", self.path()).env("PATH", path).env("LANG", "C.UTF-8").current_dir(self.path())
    }
}

/// A program that waits for its callback.
pub struct SignIn {
    child: Child,
    talk: thread::JoinHandle<String>,
    pub consent: Url,
    /// The short link, where a browser could be started.
    pub start_link: Option<String>,
}

/// How it ended.
pub struct End {
    pub exit: Option<i32>,
    /// What stood on stdout: one JSON document.
    pub document: Value,
    /// What stood on stderr after the consent URL.
    pub talk: String,
}

impl SignIn {
    /// # Panics
    /// If it ends without a consent URL, with what it said instead.
    pub fn start(mut command: Command) -> Self {
        let streams = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = streams.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut said = String::new();
        let mut next_line = || {
            let line = line_of(&mut lines).unwrap_or_else(|| panic!("it ended before its consent URL: {said}"));
            said += &line;
            line
        };
        while !next_line().starts_with("Paste this URL in your browser:") {}
        let consent = Url::parse(next_line().trim_end()).expect("the consent URL is a URL");
        let mut start_link = None;
        loop {
            let line = next_line();
            if line.starts_with("If the browser cannot connect back") {
                break;
            }
            if let Some(link) = line.trim_end().strip_prefix("Or type this short link, which leads there: ") {
                start_link = Some(link.to_owned());
            }
        }
        let talk = thread::spawn(move || {
            let mut talk = Vec::new();
            let _ = lines.read_to_end(&mut talk);
            String::from_utf8_lossy(&talk).into_owned()
        });
        Self { child, talk, consent, start_link }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn parameter(&self, name: &str) -> String {
        parameter(&self.consent, name)
    }

    /// Where the callback is awaited.
    pub fn door(&self) -> Door {
        let redirect = Url::parse(&self.parameter("redirect_uri")).expect("a redirect URI");
        let port = redirect.port().expect("a port");
        Door { address: SocketAddr::from(([127, 0, 0, 1], port)), state: self.parameter("state") }
    }

    /// Waits for the end; a program that never ends is ended, and has no exit code.
    pub fn end(self) -> End {
        let Self { child, talk, .. } = self;
        let pid = Pid::from_child(&child);
        let (ended, end) = mpsc::channel();
        thread::spawn(move || ended.send(child.wait_with_output()));
        let output = end.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = kill_process(pid, Signal::KILL);
            end.recv().expect("a killed program ends")
        });
        End::of(&output.expect("the program can be waited for"), talk.join().expect("its talk was read"))
    }

    /// Ends it from outside, as nothing more is to be seen.
    pub fn stop(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it can be waited for");
    }
}

impl End {
    pub fn of(output: &Output, talk: String) -> Self {
        let document = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        Self { exit: output.status.code(), document, talk }
    }

    pub fn has_token(&self) -> bool {
        self.exit == Some(0) && self.document["refresh_token"].is_string()
    }

    /// `ok`, or the code of the problem.
    pub fn code(&self) -> &str {
        if self.has_token() { "ok" } else { self.document["error"]["code"].as_str().unwrap_or("nothing") }
    }
}

/// Where a sign-in waits for its callback.
#[derive(Clone)]
pub struct Door {
    pub address: SocketAddr,
    pub state: String,
}

impl Door {
    /// A GET as browsers send it.
    pub fn get(&self, target: &str) -> String {
        format!("GET {target} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n", self.address)
    }

    /// # Panics
    /// If nobody listens.
    pub fn connect(&self) -> TcpStream {
        self.try_connect().expect("it listens")
    }

    /// `None` if nobody listens any more.
    pub fn try_connect(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket takes a timeout");
        Some(stream)
    }

    /// Sends these bytes and reads what comes until the other side closes; nothing comes when nobody listens any more.
    pub fn send(&self, bytes: &[u8]) -> Vec<u8> {
        let Some(mut stream) = self.try_connect() else { return Vec::new() };
        // A listener that has heard enough may close before it has read everything.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }

    /// Goes to this address as a browser does, redirects on loopback included, and returns the last answer.
    pub fn visit(&self, callback: &Url) -> String {
        let mut target = callback[url::Position::BeforePath..].to_owned();
        loop {
            let answer = String::from_utf8_lossy(&self.send(self.get(&target).as_bytes())).into_owned();
            match header(&answer, "Location").or_else(|| header(&answer, "Refresh")?.split_once("url=").map(|it| it.1))
            {
                Some(next) => next.clone_into(&mut target),
                None => return answer,
            }
        }
    }
}

/// What comes until the other side closes or resets.
pub fn read(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

pub fn parameter(url: &Url, name: &str) -> String {
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("{name} stands in the URL")).1.into_owned()
}

fn header<'answer>(answer: &'answer str, name: &str) -> Option<&'answer str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn line_of(lines: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let count = lines.read_line(&mut line).expect("it speaks UTF-8");
    (count > 0).then_some(line)
}
