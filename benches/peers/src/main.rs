//! Measures adsauth as whole processes: its figures with their goals, and the programs that people use instead, run in
//! alternation against the same token endpoint. It prints two tables and is part of no test.

mod browser;
mod endpoint;
mod lab;
mod peers;
mod process;
mod report;
mod statistics;
mod terminal;
mod wizard;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use lab::Lab;
use peers::{Missing, Peer, SignIn};
use process::{Memory, Used};
use report::Figure;
use statistics::Sample;

const USAGE: &str = "\
Measures adsauth beside the programs that people use instead.

    cargo peers [--quick] [--write] [--only-ours] [--binary PATH]

    --quick        fewer rounds and shorter waits; the figures are rougher
    --write        puts the tables into README.md and README.ko.md
    --only-ours    installs and runs no peer
    --binary PATH  measures this binary instead of building target/release/adsauth
";

struct Options {
    quick: bool,
    write: bool,
    only_ours: bool,
    binary: Option<PathBuf>,
}

fn options() -> Option<Options> {
    let mut options = Options { quick: false, write: false, only_ours: false, binary: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--write" => options.write = true,
            "--only-ours" => options.only_ours = true,
            "--binary" => options.binary = Some(arguments.next()?.into()),
            _ => return None,
        }
    }
    Some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match measure(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(options: &Options) -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("benches/peers has a repository around it");
    let lab = Lab::open(root, options.binary.as_ref().map(fs::canonicalize).transpose()?)?;
    if options.binary.is_none() {
        say("building the release binary");
        let status = Command::new("cargo").args(["build", "--release", "--locked"]).current_dir(root).status()?;
        if !status.success() {
            return Err(io::Error::other("the program cannot be built"));
        }
    }
    say("installing the peers and filling a home directory");
    let (peers, missing) =
        if options.only_ours { (vec![peers::ours()], Vec::new()) } else { peers::install(&lab) };
    lab.crowd()?;
    let rounds = if options.quick { 5 } else { 21 };

    let started = Started::measure(&lab, rounds)?;
    let sign_ins = sign_ins(&lab, &peers, rounds);
    let waits = waits(&lab, &peers, if options.quick { 5 } else { 20 })?;
    let text = tables(&lab, options, &started, &sign_ins, &waits, &missing)?;
    println!("{text}");
    if options.write {
        for name in ["README.md", "README.ko.md"] {
            let path = root.join(name);
            let written = report::between_marks(&fs::read_to_string(&path)?, &text);
            fs::write(path, written.ok_or_else(|| io::Error::other(format!("{name} has no marks")))?)?;
        }
    }
    Ok(())
}

fn say(line: &str) {
    eprintln!("peers: {line}");
}

/// From the start to what is seen first, in alternation.
struct Started {
    /// What the harness itself takes to start a program and to see its line.
    harness: Sample,
    bare: Sample,
    first_row: Sample,
    first_row_crowded: Sample,
    whole_list: Sample,
    find: Sample,
}

impl Started {
    fn measure(lab: &Lab, rounds: usize) -> io::Result<Self> {
        say("starting programs");
        let one_line = peers::one_line(lab).map_err(io::Error::other)?;
        let bare = peers::small_program(lab, "bare-ratatui").map_err(io::Error::other)?;
        let mut times: [Vec<Duration>; 6] = Default::default();
        for round in 0..=rounds {
            let find = || {
                let mut find = lab.command("/usr/bin/find", &lab.crowded);
                find.arg(&lab.crowded).args(["-maxdepth", "1"]);
                find
            };
            let taken = [
                wizard::until_text(lab.command(&one_line, &lab.home), "One line")?,
                wizard::until_text(lab.command(&bare, &lab.home), "One line")?,
                wizard::first_row(lab, &lab.home)?,
                wizard::first_row(lab, &lab.crowded)?,
                wizard::whole_list(lab)?,
                wizard::to_the_end(find())?,
            ];
            // The first round warms the file cache.
            if round > 0 {
                times.iter_mut().zip(taken).for_each(|(times, taken)| times.push(taken));
            }
        }
        let [harness, bare, first_row, first_row_crowded, whole_list, find] = times.map(Sample::of_times);
        Ok(Self { harness, bare, first_row, first_row_crowded, whole_list, find })
    }
}

/// Every peer's sign-ins, and its failures by the last error.
fn sign_ins<'a>(lab: &Lab, peers: &'a [Peer], rounds: usize) -> Vec<(&'a Peer, Vec<SignIn>, Option<io::Error>)> {
    let mut all: Vec<_> = peers.iter().map(|peer| (peer, Vec::new(), None)).collect();
    for round in 0..=rounds {
        say(&format!("signing in with each, round {round} of {rounds}"));
        // Nobody comes always first or always after the same.
        let start = round % peers.len();
        for place in (start..peers.len()).chain(0..start) {
            let (peer, done, failure) = &mut all[place];
            if failure.is_some() {
                continue;
            }
            match peer.sign_in(lab) {
                Ok(_) if round == 0 => {}
                Ok(sign_in) => done.push(sign_in),
                Err(error) => {
                    say(&format!("{}: {error}", peer.name));
                    *failure = Some(error);
                }
            }
        }
    }
    all
}

/// What waiting costs.
struct Wait {
    name: String,
    memory: Memory,
    used: Used,
}

fn wait_of(name: &str, terminal: &mut terminal::Terminal, time: Duration) -> io::Result<Wait> {
    let before = process::used(terminal.pid())?;
    terminal.rest(time)?;
    let used = process::used(terminal.pid())? - before;
    Ok(Wait { name: name.to_owned(), memory: process::memory(terminal.pid()), used })
}

fn waits(lab: &Lab, peers: &[Peer], seconds: u64) -> io::Result<Vec<Wait>> {
    let time = Duration::from_secs(seconds);
    let mut waits = Vec::new();
    say(&format!("waiting {seconds} s on Sign in"));
    let mut wizard = wizard::at_client(lab, &lab.home)?;
    wizard::go_to_sign_in(lab, &mut wizard)?;
    wizard.rest(Duration::from_millis(700))?;
    waits.push(wait_of("wizard, Sign in", &mut wizard, time)?);
    drop(wizard);
    say(&format!("waiting {seconds} s on Client, in the crowded home"));
    let mut wizard = wizard::at_client(lab, &lab.crowded)?;
    wizard.rest(Duration::from_millis(700))?;
    waits.push(wait_of("wizard, Client, crowded home", &mut wizard, time)?);
    drop(wizard);
    for peer in peers {
        say(&format!("waiting {seconds} s in {}", peer.name));
        let mut terminal = peer.start(lab)?;
        if let Err(error) = peer.consent(&mut terminal) {
            say(&format!("{}: {error}", peer.name));
            continue;
        }
        terminal.rest(Duration::from_millis(700))?;
        waits.push(wait_of(peer.name, &mut terminal, time)?);
    }
    Ok(waits)
}

fn tables(
    lab: &Lab,
    options: &Options,
    started: &Started,
    sign_ins: &[(&Peer, Vec<SignIn>, Option<io::Error>)],
    waits: &[Wait],
    missing: &[Missing],
) -> io::Result<String> {
    let _ = (options, missing);
    let share = started.harness.median();
    println!("harness {share:.3} {}", started.harness.spread(2));
    for (name, sample) in [("bare", &started.bare), ("first", &started.first_row), ("crowded", &started.first_row_crowded), ("list", &started.whole_list), ("find", &started.find)] {
        println!("{name} {:.3} {}", sample.median(), sample.spread(2));
    }
    for (peer, done, _) in sign_ins {
        let url = Sample::of_times(done.iter().map(|one| one.url));
        let token = Sample::of_times(done.iter().map(|one| one.token));
        let page = Sample::of_times(done.iter().filter_map(|one| one.page));
        println!("{} url {:.2} {} token {:.2} {} page {:.2} {}", peer.name, url.median(), url.spread(2), token.median(), token.spread(2), page.median(), page.spread(2));
    }
    for wait in waits {
        println!("{} {:?} {:?}", wait.name, wait.memory, wait.used);
    }
    let mut ways = Vec::new();
    for _ in 0..8 { ways.push(wizard::to_token(lab)?.0); }
    for way in &ways { println!("signin {:?} token {:?} page {:?} bytes {}", way.sign_in, way.token, way.page, way.bytes); }
    let keys = wizard::keys(lab, 200)?;
    for (n, k) in [("idle", &keys.idle), ("scan", &keys.scan), ("exch", &keys.exchange), ("hier", &keys.hierarchy)] {
        let s = Sample::of_times(k.iter().copied());
        println!("keys {n} n={} p50 {:.2} p99 {:.2} max {:.2}", s.count(), s.median(), s.percentile(99.0), s.most());
    }
    Ok(String::new())
}
