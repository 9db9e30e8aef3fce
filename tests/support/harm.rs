//! Harm that strace does to a program at one of its calls to the system: it dies before it, or the call fails.
#![allow(dead_code, reason = "each suite that includes this file uses its own part of it")]

use std::collections::HashMap;
use std::path::Path;

/// What a save does to the disk. Which of two names for the same thing is called depends on the C library.
pub const CALLS: &str = "open,openat,read,write,flock,fchmod,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,close";

/// What the program says when it panics.
pub const PANIC: &str = "adsauth itself has failed";

/// One call: which, and the how manieth of its kind.
pub struct Call {
    pub name: String,
    pub number: usize,
    pub line: String,
}

impl Call {
    /// What strace is told to do `harm` at this call.
    pub fn harmed_by(&self, harm: &str) -> String {
        format!("inject={}:{harm}:when={}", self.name, self.number)
    }
}

/// The calls of a trace from the first one that names the target's directory, to the end of the program.
pub fn calls(trace: &str, target: &Path) -> Vec<Call> {
    let mut counts = HashMap::new();
    let counted = trace.lines().filter_map(|line| {
        let name = line.split_once('(')?.0;
        let number: &mut usize = counts.entry(name.to_owned()).or_default();
        *number += 1;
        Some(Call { name: name.to_owned(), number: *number, line: line.to_owned() })
    });
    let directory = target.parent().expect("a directory").to_string_lossy().into_owned();
    counted.skip_while(|call| !call.line.contains(&directory)).collect()
}
