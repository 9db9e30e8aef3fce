//! What the kernel knows about a running process and those that it started.

use std::fs;
use std::io;
use std::time::Duration;

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    /// On a processor.
    pub cpu: Duration,
    /// Voluntary and not.
    pub switches: u64,
}

impl std::ops::Sub for Used {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self { cpu: self.cpu.saturating_sub(earlier.cpu), switches: self.switches.saturating_sub(earlier.switches) }
    }
}

/// Memory in KiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    pub resident: u64,
    /// What is in no file: heap, stacks and data that was written to. The rest are pages that the system can drop at any time, and
    /// maps sixteen at once around what is touched.
    pub anonymous: u64,
}

/// All threads of the process and of its children.
pub fn used(pid: u32) -> io::Result<Used> {
    let mut all = Used::default();
    for pid in family(pid) {
        for task in fs::read_dir(format!("/proc/{pid}/task"))?.flatten() {
            // A thread may end between being listed and being asked.
            let Ok(schedstat) = fs::read_to_string(task.path().join("schedstat")) else { continue };
            let nanoseconds = schedstat.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
            all.cpu += Duration::from_nanos(nanoseconds);
            let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
            all.switches += field(&status, "voluntary_ctxt_switches").unwrap_or(0)
                + field(&status, "nonvoluntary_ctxt_switches").unwrap_or(0);
        }
    }
    Ok(all)
}

/// What the process and its children keep in memory now.
pub fn memory(pid: u32) -> Memory {
    let mut all = Memory::default();
    for pid in family(pid) {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        all.resident += field(&status, "VmRSS").unwrap_or(0);
        all.anonymous += field(&status, "RssAnon").unwrap_or(0);
    }
    all
}

fn family(pid: u32) -> Vec<u32> {
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    let mut family = vec![pid];
    family.extend(children.split_whitespace().filter_map(|child| child.parse().ok()).flat_map(self::family));
    family
}

fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.split_whitespace().next()?.parse().ok()
}
