//! Secrets that are known, twelve ways in which a run ends, and every place where a piece of one could be left.
#![expect(
    clippy::disallowed_methods,
    reason = "it reads every file of a home, and visits the browser's pages in a thread"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;

use rustix::process::Signal;

use crate::canary::{ISSUED, Needles, assert_search_works};
use crate::consent_server::{Manner, Server, visit};
use crate::figure::{Effort, Figure};
use crate::pane::Pane;
use crate::processes::{Watch, allow_core_files};
use crate::terminal::key;
use crate::user::{PROGRAM, User};
use crate::wizard;

/// Where a token goes that is not Google's.
const TARGET: &str = ".config/adsauth/google-ads.env";
const CLIENT_FILE: &str = "client_secret_figures.json";

/// A way in which a run ends.
struct Ending {
    name: &'static str,
    manner: Manner,
    by: By,
}

enum By {
    /// `adsauth token`, with these options.
    Lines(&'static [&'static str], i32),
    /// The wizard with a token that was neither copied nor saved.
    Signal(Signal, i32),
    /// The wizard saves, under strace with these options or by itself.
    Save(&'static [&'static str], i32),
}

const ENDINGS: [Ending; 13] = [
    Ending { name: "a token for a script", manner: Manner::Grants, by: By::Lines(&["--format", "json"], 0) },
    Ending { name: "consent denied", manner: Manner::Denies, by: By::Lines(&["--format", "json"], 4) },
    Ending { name: "nobody answers", manner: Manner::Grants, by: By::Lines(&["--timeout", "1"], 4) },
    Ending { name: "the exchange refused", manner: Manner::Refuses, by: By::Lines(&["--format", "json"], 5) },
    Ending { name: "a server in trouble", manner: Manner::Fails, by: By::Lines(&[], 6) },
    Ending { name: "a saved token", manner: Manner::Grants, by: By::Save(&[], 0) },
    Ending { name: "INT", manner: Manner::Grants, by: By::Signal(Signal::INT, 130) },
    Ending { name: "TERM", manner: Manner::Grants, by: By::Signal(Signal::TERM, 143) },
    Ending { name: "HUP", manner: Manner::Grants, by: By::Signal(Signal::HUP, 129) },
    Ending { name: "QUIT", manner: Manner::Grants, by: By::Signal(Signal::QUIT, 130) },
    Ending { name: "ABRT", manner: Manner::Grants, by: By::Signal(Signal::ABORT, 128 + 6) },
    Ending {
        name: "a full disk",
        manner: Manner::Grants,
        by: By::Save(&["-e", "trace=fsync", "-e", "inject=fsync:error=ENOSPC"], 7),
    },
    // The standard library panics when a directory cannot be closed: the one panic that can be had from outside.
    Ending {
        name: "a panic",
        manner: Manner::Grants,
        by: By::Save(&["-P", ".config/adsauth", "-e", "trace=close", "-e", "inject=close:error=EIO"], 1),
    },
];

/// One place and what was in it.
struct Place {
    name: String,
    bytes: Vec<u8>,
}

impl Place {
    fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

pub fn measure(_: Effort) -> Vec<Figure> {
    assert_search_works();
    allow_core_files();

    let (mut searched, mut hits, mut cores) = (0, 0, 0);
    for Ending { name, manner, by } in &ENDINGS {
        let server = Server::start(*manner);
        let user = User::of(&server);
        let watch = Watch::start();
        let mut places = match by {
            By::Lines(options, code) => lines(&user, &server, options, *code),
            By::Signal(signal, code) => signalled(&user, &server, *signal, *code),
            By::Save(harm, code) => saved(&user, &server, harm, *code),
        };
        places.push(Place::new("argv and environ of every process", watch.seen()));
        places.extend(files(&user));
        cores += places.iter().filter(|place| place.name.starts_with("file core")).count();

        let verifiers = server.verifiers();
        let needles = Needles::of(ISSUED.into_iter().chain(verifiers.iter().map(|text| ("verifier", text.as_str()))));
        for Place { name: place, bytes } in &places {
            let found: Vec<_> = needles.hits(bytes).into_iter().filter(|secret| !may_hold(by, place, secret)).collect();
            if !found.is_empty() {
                eprintln!("figures: after {name}: {found:?} in {place}");
            }
            hits += found.len();
        }
        assert_allowed_ones_are_there(name, &needles, &places, by);
        searched += places.len();
    }
    let endings = ENDINGS.len();
    vec![
        Figure::none(
            format!("secrets found outside their places: 5 secrets, in 9 ways of writing, over {endings} endings"),
            hits,
            searched,
        ),
        Figure::none("core files left by these endings", cores, endings),
    ]
}

/// The places that a secret is allowed to be in.
fn may_hold(by: &By, place: &str, secret: &str) -> bool {
    match (secret, place) {
        ("client secret", "file client_secret_figures.json") => true,
        ("client secret" | "refresh token", "stdout") => matches!(by, By::Lines(..)),
        ("client secret" | "refresh token", _) => matches!(by, By::Save(_, 0)) && place == format!("file {TARGET}"),
        _ => false,
    }
}

/// What is found where it should be shows that the search works.
fn assert_allowed_ones_are_there(ending: &str, needles: &Needles, places: &[Place], by: &By) {
    let found = |name: &str| {
        places.iter().find(|place| place.name == name).map(|place| needles.hits(&place.bytes)).unwrap_or_default()
    };
    assert_eq!(found(&format!("file {CLIENT_FILE}")), BTreeSet::from(["client secret"]), "{ending}");
    let both = BTreeSet::from(["client secret", "refresh token"]);
    match by {
        By::Lines(_, 0) => assert_eq!(found("stdout"), both, "{ending}"),
        By::Save(_, 0) => assert_eq!(found(&format!("file {TARGET}")), both, "{ending}"),
        By::Lines(..) | By::Save(..) | By::Signal(..) => {}
    }
}

fn lines(user: &User, server: &Server, options: &[&str], code: i32) -> Vec<Place> {
    let trace = user.path("trace.log").to_string_lossy().into_owned();
    let arguments = ["token", "--no-browser", "--trust-host", server.host(), "--log", &trace];
    let mut command = user.command(&["setsid", "--wait"], &[&arguments, options].concat());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("setsid; tests/figures/run installs it");
    let mut talk = BufReader::new(child.stderr.take().expect("piped"));
    let mut said = String::new();
    let url = loop {
        let from = said.len();
        assert!(talk.read_line(&mut said).expect("text") > 0, "it ended before the URL: {said}");
        if said[from..].starts_with(&server.origin()) {
            break said[from..].trim().to_owned();
        }
    };
    let waits = options.contains(&"--timeout");
    let pages = if waits { Vec::new() } else { visit(&url, server).expect("the listener answers a browser") };
    talk.read_to_string(&mut said).expect("text");
    let output = child.wait_with_output().expect("a child can be waited for");
    assert_eq!(output.status.code(), Some(code), "{said}");
    vec![Place::new("stdout", output.stdout), Place::new("stderr", said), Place::new("the browser's pages", pages)]
}

fn signalled(user: &User, server: &Server, signal: Signal, code: i32) -> Vec<Place> {
    let pane = Pane::start(user, &command(user, server, &[]));
    let pages = wizard::token(&pane.terminal, user, server);
    pane.signal(signal);
    left(pane, pages, code)
}

fn saved(user: &User, server: &Server, harm: &[&str], code: i32) -> Vec<Place> {
    fs::create_dir(user.path(".config/adsauth")).expect("a directory");
    let pane = Pane::start(user, &command(user, server, harm));
    let pages = wizard::token(&pane.terminal, user, server);
    wizard::save(&pane.terminal);
    pane.terminal.press(key::ENTER);
    if code != 1 {
        let words = &wizard::words().save;
        pane.terminal.until_read(if code == 0 { words.written } else { words.nothing_written });
        pane.terminal.press(key::CTRL_C);
        if code != 0 {
            pane.terminal.press(key::CTRL_C);
        }
    }
    left(pane, pages, if code == 1 { 1 } else { 130 })
}

/// The wizard's command line for a shell, with a trace, and under strace if there is harm to do.
fn command(user: &User, server: &Server, harm: &[&str]) -> String {
    let strace = if harm.is_empty() { "" } else { "strace --quiet=all -f -o /dev/null " };
    let arguments = wizard::arguments(server).join(" ");
    let trace = user.path("trace.log");
    format!("{strace}{} {PROGRAM} {arguments} --log {}", harm.join(" "), trace.display())
}

fn left(pane: Pane, pages: Vec<u8>, code: i32) -> Vec<Place> {
    let left = pane.exit();
    assert_eq!(left.status, code, "{}", String::from_utf8_lossy(&left.scrollback));
    vec![
        Place::new("the terminal's stream", left.written),
        Place::new("the scrollback", left.scrollback),
        Place::new("the terminal around tmux, with its title", left.around),
        Place::new("the browser's pages", pages),
    ]
}

/// Every file below the home, with its name, and what links lead to.
fn files(user: &User) -> Vec<Place> {
    let mut places = Vec::new();
    let mut directories = vec![user.home().to_owned()];
    while let Some(directory) = directories.pop() {
        for path in fs::read_dir(&directory).expect("a directory of the user's").flatten().map(|entry| entry.path()) {
            if path.is_dir() && !path.is_symlink() {
                directories.push(path);
            } else {
                places.push(file(user.home(), &path));
            }
        }
    }
    places
}

fn file(home: &Path, path: &Path) -> Place {
    let name = path.strip_prefix(home).expect("it is below").to_string_lossy();
    let link = fs::read_link(path).map(|to| to.to_string_lossy().into_owned()).unwrap_or_default();
    let content = fs::read(path).unwrap_or_default();
    Place::new(&format!("file {name}"), [name.as_bytes(), link.as_bytes(), &content].join(&b'\n'))
}
