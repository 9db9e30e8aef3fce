//! The care of processes: this one keeps no core file, and those it starts are ended in time and leave no zombie.
//! It never goes through a shell.

#![expect(clippy::disallowed_methods, reason = "a child can only be watched by the clock and waited for by a thread")]

use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a child is asked whether it has ended: short against every limit, long against the cost of asking.
const GLANCE: Duration = Duration::from_millis(5);

/// Sees to it that a crash leaves no core file, and no other process of this user may read this memory.
///
/// Without effect where a system has no such thing. Only the soft limit is lowered, since programs that are started
/// from here inherit it and may want it back.
pub fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Core).maximum;
        // Lowering one's own soft limit is always allowed.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
    }
    // A core pattern that is a pipe ignores the limit but not this.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// A program that cannot touch our terminal: nothing to read, nowhere to write.
pub fn quiet(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    silence(&mut command);
    command
}

/// The same for a command that was made elsewhere.
pub fn silence(command: &mut Command) {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
}

/// Gives the child a process group of its own: Ctrl-C in our terminal does not reach it, and it can be ended together
/// with what it started.
pub fn set_apart(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// How the child ended, or nothing if it runs on at the deadline.
pub fn exit_by(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(GLANCE),
            Ok(None) | Err(_) => return None,
        }
    }
}

/// Ends a child that was set apart, and everything that is still in its group.
pub fn end_group(mut child: Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // Our own child is not waited for yet, so the number cannot belong to anybody else.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    end(&mut child);
}

/// Ends a child and takes its exit status away.
pub fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Leaves a child to itself, but not as a zombie when it ends before us.
pub fn let_go(mut child: Child) {
    thread::spawn(move || child.wait());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Child {
        let mut command = quiet("sh");
        command.args(["-c", script]);
        set_apart(&mut command);
        command.spawn().unwrap()
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(50)
    }

    fn much_later() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn a_child_that_ends_in_time_tells_how() {
        assert_eq!(exit_by(&mut shell("exit 3"), much_later()).and_then(|status| status.code()), Some(3));
    }

    #[test]
    fn a_child_that_runs_on_is_left_running_at_the_deadline() {
        let mut child = shell("sleep 60");
        assert_eq!(exit_by(&mut child, soon()), None);
        end_group(child);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn ending_a_group_ends_the_children_of_the_child() {
        use std::io::{BufRead, BufReader};

        let mut command = quiet("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]).stdout(Stdio::piped());
        set_apart(&mut command);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let grandchild = rustix::process::Pid::from_raw(line.trim().parse().unwrap()).unwrap();
        assert!(rustix::process::test_kill_process(grandchild).is_ok());

        end_group(child);
        let gone = || match std::fs::read_to_string(format!("/proc/{}/stat", grandchild.as_raw_nonzero())) {
            Ok(stat) => stat.contains(") Z"),
            Err(_) => true,
        };
        let deadline = much_later();
        while !gone() {
            assert!(Instant::now() < deadline, "the grandchild still runs");
            thread::sleep(GLANCE);
        }
    }
}
