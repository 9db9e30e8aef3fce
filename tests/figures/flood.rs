//! A flood of hostile requests with half-open connections around it, and the right callback in the middle of it.
#![expect(clippy::disallowed_methods, reason = "it floods for a time and measures one")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::net::sockopt::set_socket_linger;
use url::{Position, Url};

use crate::fault_server::FaultServer;
use crate::figure::{Effort, Figure, grouped};
use crate::listener::kinds::KINDS;
use crate::listener::sign_in_at;
use crate::sign_in::Door;

const REQUESTS: usize = 10_000;
const HELD: usize = 500;
const CLIENTS: usize = 64;
/// In KiB, as the kernel counts.
const MIB: usize = 1024;

/// What one flood came to.
struct Flood {
    completed: bool,
    latency: Duration,
    requests: usize,
    /// In KiB.
    growth: usize,
    descriptors: usize,
}

/// For the callback in the flood, in milliseconds.
const LIMIT: u64 = 10;

pub fn measure(effort: Effort) -> Vec<Figure> {
    let server = FaultServer::honest();
    let floods: Vec<Flood> = (0..effort.of(5, 100)).map(|_| flood(&server)).collect();
    let completed = floods.iter().filter(|flood| flood.completed).count();
    let requests: usize = floods.iter().map(|flood| flood.requests).sum();
    let mut latencies: Vec<Duration> = floods.iter().map(|flood| flood.latency).collect();
    latencies.sort_unstable();
    let quantile = |percent: usize| latencies[(latencies.len() * percent).div_ceil(100) - 1];
    // Of a few floods the slowest is the p99, and whatever else the machine does is in it: that is told and not judged.
    let goal = effort.of("not judged in a short run".to_owned(), format!("p99 at most {LIMIT} ms"));
    let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let growth = floods.iter().map(|flood| flood.growth).max().unwrap_or_default();
    let descriptors = floods.iter().map(|flood| flood.descriptors).max().unwrap_or_default();
    vec![
        Figure::all(
            format!(
                "floods of {} hostile requests or more, {HELD} connections held: right callback completed ({} requests in all)",
                grouped(REQUESTS),
                grouped(requests)
            ),
            completed,
            floods.len(),
        ),
        Figure::new(
            "callback in the flood: from connecting to the first byte of the redirect to its page, exchange included",
            goal,
            format!("p50 {}, p99 {}", milliseconds(quantile(50)), milliseconds(quantile(99))),
            effort == Effort::Short || quantile(99) <= Duration::from_millis(LIMIT),
        ),
        Figure::new(
            "growth of resident memory in a flood",
            "at most 16 MiB",
            format!("{}.{} MiB at most", growth / MIB, growth % MIB * 10 / MIB),
            growth <= 16 * MIB,
        ),
        Figure::new(
            "file descriptors in a flood",
            "at most 160",
            format!("{descriptors} at most"),
            (1..=160).contains(&descriptors),
        ),
    ]
}

fn flood(server: &FaultServer) -> Flood {
    let (_home, sign_in) = sign_in_at(server);
    let callback = server.agree(&sign_in.consent);
    let (door, process) = (sign_in.door(), Process(sign_in.pid()));
    let before = process.memory("VmRSS");
    let (sent, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut seen = (0, 0);
    let mut latency = Duration::MAX;
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (door, sent, is_over) = (&door, &sent, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) && annoy(door, sent.fetch_add(1, Ordering::Relaxed) + client) {}
            });
        }
        scope.spawn(|| hold(&door, (0..HELD).map(|_| half_open(&door)).collect(), &is_over));
        while sent.load(Ordering::Relaxed) < REQUESTS {
            seen = (seen.0.max(process.memory("VmHWM")), seen.1.max(process.descriptors()));
            thread::sleep(Duration::from_millis(2));
        }
        latency = time_of_callback(&door, &callback);
        is_over.store(true, Ordering::Relaxed);
    });
    let end = sign_in.end();
    Flood {
        completed: end.has_token(),
        latency,
        requests: sent.load(Ordering::Relaxed),
        growth: seen.0.saturating_sub(before),
        descriptors: seen.1,
    }
}

/// One hostile request, each time of another kind. Whether anybody listens still.
fn annoy(door: &Door, number: usize) -> bool {
    let Ok(mut stream) = TcpStream::connect(door.address) else { return false };
    // Clients that reset leave no trace, or 28,000 ports would be used up in a few floods.
    let _ = set_socket_linger(&stream, Some(Duration::ZERO));
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let _ = stream.write_all(&KINDS[number % KINDS.len()].does.bytes(door));
    let _ = stream.read(&mut [0; 512]);
    true
}

/// Keeps connections that have said half of what they must, and opens others for those that were closed, one a millisecond at most.
fn hold(door: &Door, mut held: Vec<Option<TcpStream>>, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        for place in &mut held {
            let is_open = place.as_ref().is_some_and(
                |stream| matches!(stream.peek(&mut [0]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
            );
            if !is_open {
                *place = half_open(door);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn half_open(door: &Door) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(door.address).ok()?;
    set_socket_linger(&stream, Some(Duration::ZERO)).ok()?;
    stream.write_all(b"GET /?state=").ok()?;
    stream.set_nonblocking(true).ok()?;
    Some(stream)
}

/// Brings the callback as a browser does, to the end, and takes the time until the first answer to it begins.
fn time_of_callback(door: &Door, callback: &Url) -> Duration {
    let begun = Instant::now();
    let mut stream = door.connect();
    stream.write_all(door.get(&callback[Position::BeforePath..]).as_bytes()).expect("it is taken");
    let answered = stream.read(&mut [0; 512]).is_ok_and(|count| count > 0);
    let latency = if answered { begun.elapsed() } else { Duration::MAX };
    door.send(door.get("/ok").as_bytes());
    latency
}

struct Process(u32);

impl Process {
    /// A line of `status` in KiB; 0 when the process is gone.
    fn memory(&self, name: &str) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
    }

    fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.0)).map_or(0, Iterator::count)
    }
}
