//! Everything that is measured, one part after the other; within a part in alternation.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::inside::Inside;
use crate::lab::Lab;
use crate::peers::{self, Peer, SignIn};
use crate::process::{self, Memory, Used};
use crate::say;
use crate::statistics::Sample;
use crate::terminal::Terminal;
use crate::wizard::{self, Keys, ToToken};

/// How long and how often.
pub struct Effort {
    pub rounds: usize,
    pub seconds: u64,
    pub keys: usize,
}

pub struct Measured {
    pub started: Started,
    pub signed: Vec<Signed>,
    pub ways: Vec<ToToken>,
    /// From the callback to the token in the least that a sign-in can be.
    pub least: Sample,
    pub keys: Keys,
    /// How long each waited.
    pub seconds: u64,
    pub sign_in: Wait,
    pub client: Wait,
    pub waits: Vec<Wait>,
    /// The token endpoint's own time.
    pub endpoint: Sample,
    pub inside: Inside,
}

impl Measured {
    pub fn all(lab: &Lab, peers: &[Peer], effort: &Effort) -> io::Result<Self> {
        let started = Started::measure(lab, effort.rounds)?;
        let (signed, ways, least) = sign_ins(lab, peers, effort.rounds)?;
        say("pressing keys");
        let keys = wizard::keys(lab, effort.keys)?;
        let time = Duration::from_secs(effort.seconds);
        say(&format!("waiting {} s on Sign in, and on Client in the crowded home", effort.seconds));
        let mut sign_in = wizard::at_client(lab, &lab.home)?;
        wizard::go_to_sign_in(lab, &mut sign_in)?;
        let sign_in = Wait::of("the wizard on Sign in", true, &mut sign_in, time)?;
        let client = Wait::of("the wizard on Client", true, &mut wizard::at_client(lab, &lab.crowded)?, time)?;
        let mut waits = Vec::new();
        for peer in peers {
            say(&format!("waiting {} s in {}", effort.seconds, peer.name));
            let started = peer.start(lab).and_then(|mut terminal| peer.consent(&mut terminal).map(|_| terminal));
            match started {
                Ok(mut terminal) => waits.push(Wait::of(peer.name, peer.ours, &mut terminal, time)?),
                // It is left out, and named.
                Err(error) => say(&format!("{}: {error}", peer.name)),
            }
        }
        let endpoint = Sample::of_times(lab.endpoint.own_times());
        let inside = Inside::measure(lab)?;
        Ok(Self { started, signed, ways, least, keys, seconds: effort.seconds, sign_in, client, waits, endpoint, inside })
    }
}

/// From the start to what is seen first.
pub struct Started {
    /// What the harness itself takes to start a program. It is in none of the others.
    pub harness: Sample,
    /// The least that a program can take: one line, printed by a static binary.
    pub one_line: Sample,
    pub bare: Sample,
    /// The least that a list of client files can be.
    pub list: Sample,
    pub first_frame: Sample,
    pub first_frame_crowded: Sample,
    pub first_row: Sample,
    pub first_row_crowded: Sample,
    pub whole_list: Sample,
    pub find: Sample,
}

impl Started {
    fn measure(lab: &Lab, rounds: usize) -> io::Result<Self> {
        say("starting programs");
        let one_line = peers::one_line(lab).map_err(io::Error::other)?;
        let bare = peers::small_program(lab, "bare-ratatui").map_err(io::Error::other)?;
        let list = peers::small_program(lab, "list-ratatui").map_err(io::Error::other)?;
        let mut times: [Vec<Duration>; 10] = Default::default();
        for round in 0..=rounds {
            let mut find = lab.command("/usr/bin/find", &lab.crowded);
            find.arg(&lab.crowded).args(["-maxdepth", "1"]).stdout(Stdio::null());
            let (one_line, harness) = wizard::until_text(lab.command(&one_line, &lab.home), "One line")?;
            let taken = [
                harness,
                one_line,
                wizard::until_text(lab.command(&bare, &lab.home), "One line")?.0,
                wizard::until_text(lab.command(&list, &lab.home), wizard::ROW)?.0,
                wizard::first_frame(lab, &lab.home)?,
                wizard::first_frame(lab, &lab.crowded)?,
                wizard::first_row(lab, &lab.home)?,
                wizard::first_row(lab, &lab.crowded)?,
                wizard::whole_list(lab)?,
                to_the_end(&mut find)?,
            ];
            // The first round warms the file cache.
            if round > 0 {
                times.iter_mut().zip(taken).for_each(|(times, taken)| times.push(taken));
            }
        }
        let [
            harness,
            one_line,
            bare,
            list,
            first_frame,
            first_frame_crowded,
            first_row,
            first_row_crowded,
            whole_list,
            find,
        ] = times.map(Sample::of_times);
        Ok(Self {
            harness,
            one_line,
            bare,
            list,
            first_frame,
            first_frame_crowded,
            first_row,
            first_row_crowded,
            whole_list,
            find,
        })
    }
}

/// Without a terminal, which would take longer to read 100,000 lines than `find` to write them.
fn to_the_end(command: &mut Command) -> io::Result<Duration> {
    let started = Instant::now();
    command.status()?;
    Ok(started.elapsed())
}

/// One peer's sign-ins.
pub struct Signed {
    pub name: &'static str,
    pub what: &'static str,
    pub ours: bool,
    pub all: Vec<SignIn>,
}

impl Signed {
    pub fn url(&self) -> Sample {
        Sample::of_times(self.all.iter().map(|one| one.url))
    }

    pub fn token(&self) -> Sample {
        Sample::of_times(self.all.iter().map(|one| one.token))
    }

    pub fn page(&self) -> Sample {
        Sample::of_times(self.all.iter().filter_map(|one| one.page))
    }
}

/// Everybody in alternation, the wizard among them. A peer that fails once is left out from then on.
fn sign_ins(lab: &Lab, peers: &[Peer], rounds: usize) -> io::Result<(Vec<Signed>, Vec<ToToken>, Sample)> {
    let least = peers::least(lab).map_err(io::Error::other)?;
    let mut signed: Vec<_> = peers
        .iter()
        .map(|peer| Signed { name: peer.name, what: peer.what, ours: peer.ours, all: Vec::new() })
        .collect();
    let mut failed = vec![false; peers.len()];
    let (mut ways, mut leasts) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        say(&format!("signing in with each, round {round} of {rounds}"));
        // Nobody is always the first, or always after the same.
        let first = round % peers.len();
        for place in (first..peers.len()).chain(0..first) {
            if failed[place] {
                continue;
            }
            match peers[place].sign_in(lab) {
                Ok(_) if round == 0 => {}
                Ok(sign_in) => signed[place].all.push(sign_in),
                Err(error) => {
                    say(&format!("{}: {error}", peers[place].name));
                    failed[place] = true;
                }
            }
        }
        let (way, at_least) = (wizard::to_token(lab)?, least.sign_in(lab)?.token);
        if round > 0 {
            ways.push(way);
            leasts.push(at_least);
        }
    }
    Ok((signed, ways, Sample::of_times(leasts)))
}

/// What waiting costs.
pub struct Wait {
    pub name: &'static str,
    pub ours: bool,
    pub memory: Memory,
    pub used: Used,
}

impl Wait {
    fn of(name: &'static str, ours: bool, terminal: &mut Terminal, time: Duration) -> io::Result<Self> {
        // What was begun before the waiting has an end, too.
        terminal.rest(Duration::from_millis(700))?;
        let before = process::used(terminal.pid())?;
        terminal.rest(time)?;
        let used = process::used(terminal.pid())? - before;
        Ok(Self { name, ours, memory: process::memory(terminal.pid()), used })
    }
}
