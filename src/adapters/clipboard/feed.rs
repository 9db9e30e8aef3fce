//! Programs that are given a text on their standard input. Neither their arguments nor their environment carry it.

#![expect(clippy::disallowed_methods, reason = "a pipe can be read with a limit only by another thread and the clock")]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::chain::Display;
use super::hold::{HOLD_CLIPBOARD, READY, TMUX_BUFFER};
use crate::adapters::process;
use crate::oauth::secret::Secret;

/// Whether the program took all of the text and ended well before the deadline. One that runs on is ended.
pub fn feed(command: &mut Command, text: &Secret, deadline: Instant) -> bool {
    process::set_apart(command);
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else {
        return false;
    };
    let written = write(&mut child, text);
    if let Some(status) = process::exit_by(&mut child, deadline) {
        return written && status.success();
    }
    process::end_group(child);
    false
}

/// Runs this program again to hold the selection of a display, and waits until it says that the text can be pasted.
///
/// It is told of one display only, so that there is no doubt which one took the text.
pub fn start_holding(
    program: &Path,
    display: Display,
    text: &Secret,
    kept: Option<Duration>,
    deadline: Instant,
) -> bool {
    let variables: &[&str] = match display {
        Display::X11 => &["DISPLAY", "XAUTHORITY", "HOME"],
        Display::Wayland => &["WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"],
    };
    let mut command = ourselves(program, variables);
    command.args(kept.map(|kept| kept.as_secs().to_string())).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    if write(&mut child, text) && says_ready(&mut child, deadline) {
        process::let_go(child);
        true
    } else {
        process::end(&mut child);
        false
    }
}

/// Runs this program again to delete the tmux buffer after the time `kept`, if it still holds the text then.
pub fn delete_tmux_buffer_later(program: &Path, text: &Secret, kept: Duration) {
    let mut command = ourselves(program, &["TMUX", "PATH"]);
    command.args([TMUX_BUFFER, &kept.as_secs().to_string()]);
    if let Ok(mut child) = command.spawn() {
        write(&mut child, text);
        process::let_go(child);
    }
}

/// This program as the process that outlives it, with no more of the environment than it needs there.
fn ourselves(program: &Path, variables: &[&str]) -> Command {
    let mut command = process::quiet(program);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, "adsauth");
    command.arg(HOLD_CLIPBOARD).stdin(Stdio::piped()).env_clear();
    command.envs(variables.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command
}

/// Writes the text and closes the pipe. What is copied here is far shorter than a pipe's buffer, so this does not wait
/// for a program that reads nothing.
fn write(child: &mut Child, text: &Secret) -> bool {
    child.stdin.take().is_some_and(|mut pipe| pipe.write_all(text.expose().as_bytes()).is_ok())
}

fn says_ready(child: &mut Child, deadline: Instant) -> bool {
    let Some(mut pipe) = child.stdout.take() else {
        return false;
    };
    let (sender, answer) = mpsc::channel();
    // Ends with its pipe: when the byte has come, or when the process has ended or is ended for being late.
    thread::spawn(move || {
        let mut byte = [0];
        let ready = pipe.read_exact(&mut byte).is_ok() && byte == [READY];
        let _ = sender.send(ready);
    });
    answer.recv_timeout(deadline.saturating_duration_since(Instant::now())).unwrap_or(false)
}
