//! What the program asks of the system, in numbers that do not depend on how fast the machine is. strace counts.
//! The bounds are about 1.3 times what was counted when they were written: they are there so that nothing grows unseen.
#![expect(clippy::disallowed_methods, reason = "a test waits while nothing happens, and looks at the clock")]

use std::fs;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::fixtures::adsauth::{PROGRAM, in_terminal, screen};
use crate::fixtures::home::{CLIENT_FILE, Home};
use crate::terminal::{Terminal, key};

/// Of all threads, from the first instruction to the frame with the first row.
const CALLS_TO_THE_FIRST_ROW: usize = 220;
/// Of all threads, from the start to the consent URL of `adsauth token`.
const CALLS_TO_THE_URL: usize = 190;
/// Of all threads, in five seconds in which nothing happens.
const CALLS_WHILE_WAITING: usize = 10;
const WAITING: Duration = Duration::from_secs(5);

/// A client of Google's own, in the home directory itself. Nothing here goes as far as asking Google.
const CLIENT: &str = r#"{"installed": {
  "client_id": "407408718192-desktop.apps.googleusercontent.com", "client_secret": "GOCSPX-counted", "project_id": "ads-reports-1234",
  "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": "https://oauth2.googleapis.com/token",
  "redirect_uris": ["http://localhost"]
}}"#;

/// One call of the program to the system.
struct Call {
    /// Since 1970.
    at: Duration,
    text: String,
}

/// The program, and a file in which each of its calls is written down.
struct Traced {
    home: Home,
    terminal: Terminal,
}

impl Traced {
    fn start(arguments: &[&str]) -> Self {
        let home = Home::new();
        home.write(CLIENT_FILE, CLIENT, Duration::from_hours(1));
        let trace = home.path(".config/trace");
        let trace = trace.to_str().expect("UTF-8");
        let strace = ["/usr/bin/strace", "--follow-forks", "--quiet=all", "-ttt", "-s", "8192", "-o", trace, PROGRAM];
        let terminal = in_terminal(&home, &[&strace, arguments].concat(), &[]);
        Self { home, terminal }
    }

    /// Ends the program and gives back its calls, in the order in which they began.
    fn end(self) -> Vec<Call> {
        self.terminal.press(key::CTRL_C);
        self.terminal.exit();
        let trace = fs::read_to_string(self.home.path(".config/trace")).expect("strace writes it");
        trace.lines().filter(|line| !line.contains("resumed>")).map(Call::parse).collect()
    }
}

impl Call {
    /// `PID SECONDS.MICROSECONDS CALL`. A short PID is followed by more than one space.
    fn parse(line: &str) -> Self {
        let timed = line.split_once(' ').and_then(|(_pid, rest)| rest.trim_start().split_once(' '));
        let timed = timed.and_then(|(at, text)| Some((at.parse().ok()?, text)));
        let (seconds, text) = timed.unwrap_or_else(|| panic!("no time in: {line}"));
        Self { at: Duration::from_secs_f64(seconds), text: text.to_owned() }
    }

    /// What it writes to the terminal, as strace shows it.
    fn written(&self) -> &str {
        let to_terminal = self.text.starts_with("write(1, ") || self.text.starts_with("write(2, ");
        let quoted = self.text.find('"').zip(self.text.rfind('"')).filter(|_| to_terminal);
        quoted.map_or("", |(start, end)| &self.text[start + 1..end])
    }
}

#[test]
fn a_call_is_read_behind_a_pid_of_any_length() {
    for line in [
        "512   12.250000 execve(\"/bin/true\") = 0",
        "5192  12.250000 execve(\"/bin/true\") = 0",
        "41519 12.250000 execve(\"/bin/true\") = 0",
    ] {
        let call = Call::parse(line);
        assert_eq!(
            (call.at, call.text.as_str()),
            (Duration::from_millis(12_250), "execve(\"/bin/true\") = 0"),
            "{line}"
        );
    }
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is after 1970")
}

/// How many calls there were when this had been written: in one piece or in several.
fn calls_until_it_shows(calls: &[Call], text: &str) -> usize {
    let mut written = String::new();
    let shows = |call: &Call| {
        written.push_str(call.written());
        written.contains(text)
    };
    calls.iter().position(shows).unwrap_or_else(|| panic!("“{text}” was never written"))
}

#[test]
fn the_first_row_is_there_after_few_calls() {
    let wizard = Traced::start(&[]);
    wizard.terminal.until_shows(screen::CLIENT);
    let count = calls_until_it_shows(&wizard.end(), "client_secret_4074");
    assert!(count <= CALLS_TO_THE_FIRST_ROW, "{count} calls to the system before the first row was painted");
}

#[test]
fn the_consent_url_is_there_after_few_calls() {
    let token = Traced::start(&["token", "--no-browser", "--format", "token", "-P", CLIENT_FILE]);
    token.terminal.until_shows("code_challenge_method");
    let count = calls_until_it_shows(&token.end(), "code_challenge_method");
    assert!(count <= CALLS_TO_THE_URL, "{count} calls to the system before the consent URL was printed");
}

/// The calls while nothing happens for five seconds. The screen has settled by then.
fn calls_while_waiting(wizard: Traced) -> Vec<Call> {
    sleep(Duration::from_secs(1));
    let start = now();
    sleep(WAITING);
    let end = now();
    let mut calls = wizard.end();
    calls.retain(|call| (start..end).contains(&call.at));
    calls
}

fn assert_quiet(place: &str, calls: &[Call]) {
    let lines: Vec<_> = calls.iter().map(|call| call.text.as_str()).collect();
    assert!(calls.len() <= CALLS_WHILE_WAITING, "{} calls on {place}:\n{}", calls.len(), lines.join("\n"));
}

#[test]
fn waiting_wakes_nobody_up() {
    let client = Traced::start(&["--no-browser"]);
    client.terminal.until_read(screen::CLIENT);
    assert_quiet("Client", &calls_while_waiting(client));

    let sign_in = Traced::start(&["--no-browser"]);
    sign_in.terminal.until_read(screen::CLIENT);
    sign_in.terminal.press(key::ENTER);
    sign_in.terminal.until_read("code_challenge_method");
    assert_quiet("Sign in", &calls_while_waiting(sign_in));

    let token = Traced::start(&["token", "--no-browser", "--format", "token", "-P", CLIENT_FILE]);
    token.terminal.until_shows("code_challenge_method");
    assert_quiet("token", &calls_while_waiting(token));
}
