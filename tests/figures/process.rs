//! The process itself: no core file, nothing for others of the same user to read, and what is still in its memory of secrets that it
//! has no use for any more. Only root can look.
#![expect(clippy::disallowed_methods, reason = "it reads /proc and the memory of what it has started")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::process::{Child, Command, Stdio};

use portable_pty::CommandBuilder;
use rustix::process::Pid;

use crate::canary::{ACCESS_TOKEN, CODE, REFRESH_TOKEN};
use crate::consent_server::{Manner, Server, answer_of};
use crate::figure::{Effort, Figure};
use crate::processes::{allow_core_files, running};
use crate::terminal::{Size, Terminal, key};
use crate::user::{PROGRAM, User, as_nobody, nobody_runs, until};
use crate::wizard;

/// What nobody frees and so nothing wipes: the two buffers of crossterm through which a paste came, and the stack.
const MOST_COPIES: usize = 2;

pub fn measure(_: Effort) -> Vec<Figure> {
    assert!(rustix::process::geteuid().is_root(), "only root may read the memory of another process");
    [hygiene(), memory()].into_iter().flatten().collect()
}

/// The wizard of somebody who is not root, and the process that holds what the wizard has copied.
fn hygiene() -> Vec<Figure> {
    allow_core_files();
    let server = Server::start(Manner::Grants);
    let user = User::of(&server);
    let program = user.give_to_nobody();
    let display = Display::start();
    let mut command = CommandBuilder::from_argv(nobody_runs().map(Into::into).into());
    command.arg(&program);
    command.args(wizard::arguments(&server));
    let environment: Vec<_> = user.environment().into_iter().chain([display.variable()]).collect();
    let wizard = Terminal::spawn(command, &environment, Size::USUAL);
    wizard::token(&wizard, &user, &server);
    wizard.press("c");
    let holder = until("the clipboard to be held", || running(&program, "__hold-clipboard").pop());
    wizard.until_shows("is on the clipboard");

    let all = [wizard.pid(), holder];
    let with_core = all.iter().filter(|pid| soft_core_limit(**pid) != "0").count();
    let mut bystander = as_nobody("sleep").arg("60").spawn().expect("sleep");
    let other = Pid::from_child(&bystander);
    assert!(until("a process that may be read", || is_readable(other).then_some(true)), "looking works");
    bystander.kill().and_then(|()| bystander.wait()).expect("our own child");
    let readable = all.iter().filter(|pid| is_readable(**pid)).count();
    wizard.press("q");
    assert!(wizard.exit().success());
    vec![
        Figure::none("processes (the wizard, the clipboard's) that may leave a core file", with_core, all.len()),
        Figure::none("processes of these that their own user may read or trace", readable, all.len()),
    ]
}

/// Whether another process of that user gets at what only a debugger may see.
fn is_readable(pid: Pid) -> bool {
    let path = format!("/proc/{}/environ", pid.as_raw_nonzero());
    as_nobody("cat").arg(path).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn soft_core_limit(pid: Pid) -> String {
    let limits = fs::read_to_string(format!("/proc/{}/limits", pid.as_raw_nonzero())).expect("it runs");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).expect("Linux has it");
    line.split_whitespace().next().expect("a limit").to_owned()
}

/// What is left in memory of secrets that nothing will ask for again.
fn memory() -> Vec<Figure> {
    let copies =
        [after_the_exchange(false), after_the_exchange(true), by_lines(), after_the_token_was_given_up()].concat();
    let worst = |secret: &str| {
        let counts = copies.iter().filter(|(name, _)| *name == secret).map(|(_, count)| *count);
        let most = counts.max().expect("every secret is counted");
        Figure::new(
            format!("copies of a spent {secret} in memory, at worst"),
            format!("at most {MOST_COPIES}"),
            most.to_string(),
            most <= MOST_COPIES,
        )
    };
    ["code", "verifier", "access token", "refresh token"].map(worst).into()
}

type Copies = Vec<(&'static str, usize)>;

fn start(user: &User, server: &Server, arguments: &[&str]) -> Terminal {
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(arguments);
    command.args(wizard::arguments(server));
    command.cwd(user.home());
    Terminal::spawn(command, &user.environment(), Size::USUAL)
}

/// On Token, code and verifier are spent. The code may have come by the clipboard instead of the browser.
fn after_the_exchange(pasted: bool) -> Copies {
    let server = Server::start(Manner::Grants);
    let user = User::of(&server);
    let wizard = start(&user, &server, &[]);
    if pasted {
        wizard::sign_in(&wizard);
        wizard.press(key::ENTER);
        let answer = answer_of(&user.opened(0), &server).expect("the server answers a browser");
        wizard.paste(&answer);
        wizard.until_shows(wizard::words().dialogs.paste);
        wizard.press(key::ENTER);
        wizard.until_read(wizard::words().token.title);
    } else {
        wizard::token(&wizard, &user, &server);
    }
    let memory = memory_of(wizard.pid());
    assert!(memory.count(REFRESH_TOKEN) > 0, "the token is there, and looking finds it");
    let verifier = server.verifiers().remove(0);
    vec![("code", memory.count(CODE)), ("verifier", memory.count(&verifier))]
}

/// The same in line mode, while it asks what to do with the token.
fn by_lines() -> Copies {
    let server = Server::start(Manner::Grants);
    let user = User::of(&server);
    let program = start(&user, &server, &["token"]);
    crate::consent_server::visit(&user.opened(0), &server).expect("the listener answers a browser");
    program.until_shows(wizard::words().line.copy_show_or_quit);
    let memory = memory_of(program.pid());
    let verifier = server.verifiers().remove(0);
    vec![("code", memory.count(CODE)), ("verifier", memory.count(&verifier))]
}

/// Back on Sign in, for another account that then says no, nothing of the first token is wanted.
fn after_the_token_was_given_up() -> Copies {
    let server = Server::start(Manner::GrantsOnce);
    let user = User::of(&server);
    let wizard = start(&user, &server, &[]);
    wizard::token(&wizard, &user, &server);
    // It was seen in full, too, and so has been painted.
    wizard.press("v");
    wizard.until_shows(&REFRESH_TOKEN[..20]);
    wizard.press("x");
    wizard.until_read(wizard::words().sign_in.waiting);
    wizard::answer(&wizard, &user, &server, 1);
    wizard.until_read("Access was not granted");
    let memory = memory_of(wizard.pid());
    let verifier = server.verifiers().remove(0);
    vec![
        ("code", memory.count(CODE)),
        ("verifier", memory.count(&verifier)),
        ("access token", memory.count(ACCESS_TOKEN)),
        ("refresh token", memory.count(REFRESH_TOKEN)),
    ]
}

/// Everything that a process can write to.
struct Memory(Vec<u8>);

impl Memory {
    /// However it is written in a form or in JSON: the part without a character that would be escaped there.
    fn count(&self, secret: &str) -> usize {
        let plain = secret.rsplit('/').next().expect("it ends somewhere").as_bytes();
        self.0.windows(plain.len()).filter(|window| *window == plain).count()
    }
}

fn memory_of(pid: Pid) -> Memory {
    let directory = format!("/proc/{}", pid.as_raw_nonzero());
    let maps = File::open(format!("{directory}/maps")).expect("it runs");
    let mut memory = File::open(format!("{directory}/mem")).expect("root may read it");
    let mut all = Vec::new();
    for line in BufReader::new(maps).lines() {
        let line = line.expect("text");
        let (range, rest) = line.split_once(' ').expect("a range first");
        if !rest.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').expect("two addresses");
        let address = |text| u64::from_str_radix(text, 16).expect("an address");
        let length = usize::try_from(address(to) - address(from)).expect("it fits into its memory");
        let mut region = vec![0; length];
        // What cannot be read was never written.
        if memory.seek(SeekFrom::Start(address(from))).and_then(|_| memory.read_exact(&mut region)).is_ok() {
            all.extend(region);
            all.push(0);
        }
    }
    Memory(all)
}

/// An X server of its own.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = command.spawn().expect("Xvfb; tests/figures/run installs it");
        let mut name = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut name).expect("its number");
        Self { server, name: format!(":{}", name.trim()) }
    }

    fn variable(&self) -> (String, String) {
        ("DISPLAY".to_owned(), self.name.clone())
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ended_already = self.server.kill().and_then(|()| self.server.wait());
    }
}
