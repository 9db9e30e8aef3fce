//! The terminal after the program: whatever ended it, on whatever screen, everything is as it was found.
#![expect(clippy::disallowed_methods, reason = "it reads what stty and the shell have written")]

pub mod panics;

use std::collections::BTreeMap;
use std::fs;

use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};

use crate::consent_server::{Manner, Server};
use crate::figure::{Effort, Figure};
use crate::processes::child_of;
use crate::terminal::{Size, Terminal};
use crate::user::{PROGRAM, User, until};
use crate::wizard;

#[derive(Clone, Copy, Debug)]
enum Screen {
    Client,
    SignIn,
    Token,
}

const SCREENS: [Screen; 3] = [Screen::Client, Screen::SignIn, Screen::Token];

/// The signals that end it, with its exit codes.
const ENDS: [(Signal, i32); 4] = [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 130)];

pub fn measure(_: Effort) -> Vec<Figure> {
    let (mut restored, mut gone) = (0, 0);
    for screen in SCREENS {
        restored +=
            ENDS.iter().filter(|(signal, code)| told(&ended_by(screen, *signal, *code), screen, signal)).count();
        restored += usize::from(told(&stopped_and_continued(screen), screen, &Signal::TSTP));
        restored += usize::from(told(&ignores_a_broken_pipe(screen), screen, &Signal::PIPE));
        gone += usize::from(told(&vanished(screen), screen, &"a terminal that is gone"));
    }
    let panics = panics::ALL.iter().filter(|panic| told(&panics::gives_back(**panic), **panic, &"a panic")).count();
    vec![
        Figure::all(
            "terminals as before after INT, TERM, HUP, QUIT, TSTP+CONT and PIPE on 3 screens",
            restored,
            6 * SCREENS.len(),
        ),
        Figure::all("runs that ended with 129 when their terminal vanished, on 3 screens", gone, SCREENS.len()),
        Figure::all(
            "terminals as before after a panic in draw, beside update and in a task",
            panics,
            panics::ALL.len(),
        ),
    ]
}

fn told(outcome: &Result<(), String>, place: impl std::fmt::Debug, by: &impl std::fmt::Debug) -> bool {
    if let Err(why) = outcome {
        eprintln!("figures: {place:?}, {by:?}: {why}");
    }
    outcome.is_ok()
}

/// The program in a shell that writes down what it finds before and afterwards.
struct Shell {
    user: User,
    terminal: Terminal,
}

impl Shell {
    /// The script has the program with its arguments as `$@`.
    fn start(user: User, script: &str, program: &[String]) -> Self {
        let script = ["bash", "--norc", "-c", script, "shell"].map(str::to_owned);
        Self::with(user, [&script, program].concat())
    }

    fn with(user: User, words: Vec<String>) -> Self {
        let mut command = CommandBuilder::from_argv(words.into_iter().map(Into::into).collect());
        command.cwd(user.home());
        Self { terminal: Terminal::spawn(command, &user.environment(), Size::USUAL), user }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.user.path(name)).unwrap_or_default().trim().to_owned()
    }

    /// Whether the terminal is as it was, at the end of what the shell calls `then`.
    fn is_as_before(&self, then: &str) -> Result<(), String> {
        let (before, after) = (self.read("before"), self.read(then));
        if before.is_empty() || before != after {
            return Err(format!("stty said {before} and then {after}"));
        }
        let raw = self.terminal.raw();
        let text = String::from_utf8_lossy(&raw);
        let left: Vec<_> = modes(&text).into_iter().filter(|(mode, is_set)| *is_set != (mode == "25")).collect();
        let [kept, restored] = ["\x1b[22;2t", "\x1b[23;2t"].map(|title| text.matches(title).count());
        // Who ends before the first frame has taken nothing.
        let was_taken = text.contains("\x1b[?1049h");
        if !left.is_empty() || kept != restored || was_taken != (kept > 0) {
            return Err(format!("modes {left:?}, title kept {kept} times and restored {restored} times"));
        }
        Ok(())
    }

    fn ended(&self, code: i32) -> Result<(), String> {
        self.terminal.exit();
        let status = self.read("status");
        if status != code.to_string() {
            return Err(format!("the exit code is {status}"));
        }
        self.is_as_before("after")
    }
}

/// Every private mode that was touched, and whether it is set at the end. The cursor's is the one that is set before.
fn modes(text: &str) -> BTreeMap<String, bool> {
    let mut modes = BTreeMap::new();
    for rest in text.split("\x1b[?").skip(1) {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap_or(rest.len());
        let is_set = match rest[end..].chars().next() {
            Some('h') => true,
            Some('l') => false,
            Some(_) | None => continue,
        };
        modes.extend(rest[..end].split(';').map(|mode| (mode.to_owned(), is_set)));
    }
    modes
}

const PLAIN: &str = r#"set -m; stty -a > before; "$@"; echo $? > status; stty -a > after"#;
const STOPPED: &str = r#"set -m; stty -a > before; "$@"; stty -a > stopped; echo STOPPED
    read -rsn1; fg; echo $? > status; stty -a > after"#;

/// The wizard in a shell, on this screen, and its process.
fn on(screen: Screen, script: &str) -> (Shell, Pid) {
    let server = Server::start(Manner::Grants);
    let user = User::of(&server);
    let shell = Shell::start(user, script, &wizard_of(&server));
    go_to(screen, &shell, &server);
    let program = until("the program below its shell", || child_of(shell.terminal.pid()));
    (shell, program)
}

fn wizard_of(server: &Server) -> Vec<String> {
    [PROGRAM.to_owned()].into_iter().chain(wizard::arguments(server)).collect()
}

fn go_to(screen: Screen, shell: &Shell, server: &Server) {
    match screen {
        Screen::Client => wizard::client(&shell.terminal),
        Screen::SignIn => wizard::sign_in(&shell.terminal),
        Screen::Token => drop(wizard::token(&shell.terminal, &shell.user, server)),
    }
}

fn send(program: Pid, signal: Signal) {
    kill_process(program, signal).expect("it runs");
}

fn ended_by(screen: Screen, signal: Signal, code: i32) -> Result<(), String> {
    let (shell, program) = on(screen, PLAIN);
    send(program, signal);
    shell.ended(code)
}

fn stopped_and_continued(screen: Screen) -> Result<(), String> {
    let (shell, program) = on(screen, STOPPED);
    let title = shell.terminal.title();
    send(program, Signal::TSTP);
    shell.terminal.until_shows("STOPPED");
    shell.is_as_before("stopped")?;
    shell.terminal.press("x");
    shell.terminal.until("the full screen again", vt100::Screen::alternate_screen);
    shell.terminal.until_raw("the title again", |raw| String::from_utf8_lossy(raw).matches(&title).count() > 1);
    send(program, Signal::TERM);
    shell.ended(143)
}

fn ignores_a_broken_pipe(screen: Screen) -> Result<(), String> {
    let (shell, program) = on(screen, PLAIN);
    send(program, Signal::PIPE);
    shell.terminal.press("?");
    shell.terminal.until_shows(wizard::words().keys.help_title);
    send(program, Signal::TERM);
    shell.ended(143)
}

/// A terminal within the terminal, of which the outer half dies. The shell between outlives it.
fn vanished(screen: Screen) -> Result<(), String> {
    let server = Server::start(Manner::Grants);
    let user = User::of(&server);
    let script = format!("trap '' HUP; {}; echo $? > status", wizard_of(&server).join(" "));
    let shell = Shell::with(user, ["script", "-qc", &script, "/dev/null"].map(str::to_owned).into());
    go_to(screen, &shell, &server);
    shell.terminal.signal(Signal::KILL);
    let status = until("the end of the program", || Some(shell.read("status")).filter(|status| !status.is_empty()));
    if status == "129" { Ok(()) } else { Err(format!("the exit code is {status}")) }
}
