//! What a machine's process list tells, and what a process is.
#![expect(clippy::disallowed_methods, reason = "it reads /proc, in a thread, for as long as something runs")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, getrlimit, setrlimit};

/// Collects every command line and environment of the machine until it is told to stop.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<BTreeSet<Vec<u8>>>,
}

impl Watch {
    pub fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                for process in all() {
                    seen.extend(["cmdline", "environ"].map(|name| fs::read(process.join(name)).unwrap_or_default()));
                }
                thread::sleep(Duration::from_millis(2));
            }
            seen
        });
        Self { stop, thread }
    }

    /// Everything that was seen.
    pub fn seen(self) -> Vec<u8> {
        self.stop.store(true, Ordering::Relaxed);
        let seen = self.thread.join().expect("reading /proc does not fail");
        seen.into_iter().collect::<Vec<_>>().join(&b'\n')
    }
}

fn all() -> impl Iterator<Item = PathBuf> {
    let is_process = |path: &Path| path.join("cmdline").exists();
    fs::read_dir("/proc").expect("Linux").flatten().map(|entry| entry.path()).filter(move |path| is_process(path))
}

/// The processes that run this program with this first argument.
pub fn running(program: &Path, argument: &str) -> Vec<Pid> {
    let fits = |process: &PathBuf| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        let first = line.split(|byte| *byte == 0).nth(1).unwrap_or_default();
        first == argument.as_bytes() && fs::read_link(process.join("exe")).is_ok_and(|running| running == program)
    };
    all().filter(fits).filter_map(|process| Pid::from_raw(process.file_name()?.to_str()?.parse().ok()?)).collect()
}

/// The first process that was started by this one.
pub fn child_of(parent: Pid) -> Option<Pid> {
    let number = parent.as_raw_nonzero();
    let children = fs::read_to_string(format!("/proc/{number}/task/{number}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok().and_then(Pid::from_raw)
}

/// Lets what is started from here leave core files, or their absence would mean nothing.
pub fn allow_core_files() {
    let maximum = getrlimit(Resource::Core).maximum;
    let raised = setrlimit(Resource::Core, Rlimit { current: maximum, maximum });
    raised.expect("the soft limit may be raised to the hard one");
}
