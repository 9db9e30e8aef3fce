//! The small process that holds a copied text after the program has ended: this same program, run again with a hidden
//! first argument. It never writes the text anywhere but to the clipboard, and goes when the next one copies something.

#![expect(clippy::disallowed_methods, reason = "holding for a time, beside a selection that blocks, is all this does")]

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::process::{ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::adapters::process;
use crate::oauth::secret::Secret;

/// The hidden first argument.
pub const HOLD_CLIPBOARD: &str = "__hold-clipboard";
/// The second argument, when it is a tmux buffer that is to go.
pub const TMUX_BUFFER: &str = "tmux";
/// The one byte written to standard output when the text can be pasted.
pub const READY: u8 = 0x06;

/// Far more than anything that is copied here.
const MOST: u64 = 64 * 1024;

/// What the arguments after the first ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// Hold the selection until it is replaced, or at most for this time.
    Selection { kept: Option<Duration> },
    /// Leave a tmux buffer alone for this time and delete it then.
    TmuxBuffer { kept: Duration },
}

impl Task {
    fn from(arguments: &[OsString]) -> Option<Self> {
        let seconds = |text: &OsStr| text.to_str()?.parse().ok().map(Duration::from_secs);
        match arguments {
            [] => Some(Self::Selection { kept: None }),
            [kept] => Some(Self::Selection { kept: Some(seconds(kept)?) }),
            [buffer, kept] if buffer == TMUX_BUFFER => Some(Self::TmuxBuffer { kept: seconds(kept)? }),
            [_, _, ..] => None,
        }
    }
}

/// The whole life of that process; `main` calls it with what follows [`HOLD_CLIPBOARD`], before anything else.
///
/// The text comes on standard input. Nobody reads what it would say, so the exit code only tells success from failure.
pub fn hold_clipboard(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::harden();
    leave_the_terminal();
    close_what_was_inherited();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let Some(task) = Task::from(&arguments) else {
        return ExitCode::from(2);
    };
    let Some(text) = read_text(io::stdin().lock()) else {
        return ExitCode::FAILURE;
    };
    let done = match task {
        Task::Selection { kept } => selection::hold(&text, kept),
        Task::TmuxBuffer { kept } => {
            thread::sleep(kept);
            delete_tmux_buffer(&text)
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A session of our own, so that closing the terminal does not end us, and no directory that could not be unmounted.
fn leave_the_terminal() {
    #[cfg(unix)]
    {
        // Both fail only for a process that has nothing to leave.
        let _ = rustix::process::setsid();
        let _ = rustix::process::chdir("/");
    }
}

/// What our caller's caller left open, such as a pipe whose reader waits for its end. Our own are closed on `exec`.
fn close_what_was_inherited() {
    #[cfg(target_os = "linux")]
    {
        let open = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
        let numbers: Vec<i32> = open.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
        for number in numbers.into_iter().filter(|number| *number > 2) {
            // The directory itself is among them and closed already.
            let _ = nix::unistd::close(number);
        }
    }
}

fn read_text(input: impl Read) -> Option<Secret> {
    // Room for all of it from the start: growing would leave copies behind.
    let room = usize::try_from(MOST).ok()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    input.take(MOST).read_to_end(&mut bytes).ok()?;
    let text = str::from_utf8(&bytes).ok().filter(|text| !text.is_empty())?;
    Some(Secret::new(text.to_owned()))
}

/// Deletes the buffer only if it is still the text that was put there, by this run of the program and not a later one.
fn delete_tmux_buffer(text: &Secret) -> bool {
    let shown = process::quiet("tmux").args(["show-buffer", "-b", "adsauth"]).stdout(Stdio::piped()).output();
    let Ok(shown) = shown.map(|output| Zeroizing::new(output.stdout)) else {
        return false;
    };
    *shown == text.expose().as_bytes()
        && process::quiet("tmux").args(["delete-buffer", "-b", "adsauth"]).status().is_ok_and(|status| status.success())
}

/// The selections of X11 and Wayland belong to a process: it must stay for as long as the text should.
#[cfg(target_os = "linux")]
mod selection {
    use std::io::{self, Write};
    use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
    use std::thread;
    use std::time::{Duration, Instant};

    use arboard::{Clipboard, SetExtLinux};

    use super::READY;
    use crate::oauth::secret::Secret;

    /// How long the display may take to make the text ours.
    const ARRIVAL: Duration = Duration::from_secs(2);
    /// How long to wait before looking whether it has.
    const GLANCE: Duration = Duration::from_millis(10);
    /// How often to look whether the X server is still there: arboard waits on when it goes away.
    const PULSE: Duration = Duration::from_secs(30);

    /// Holds the text until somebody else copies something, the time is up, or the display is gone.
    pub fn hold(text: &Secret, kept: Option<Duration>) -> bool {
        let Ok(mut clipboard) = Clipboard::new() else {
            return false;
        };
        let replaced = serve(text.clone());
        if !arrives(&mut clipboard, text, &replaced) || !say_ready() {
            return false;
        }
        // A time too long to add is for ever.
        let end = kept.and_then(|kept| Instant::now().checked_add(kept));
        loop {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            match replaced.recv_timeout(left.map_or(PULSE, |left| left.min(PULSE))) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let still_ours = holds(&mut clipboard, text);
            let over = left.is_some_and(|left| left <= PULSE);
            if still_ours && over {
                // Given up and not only left behind: managers restore what a process that died has held.
                return clipboard.clear().is_ok();
            }
            if !still_ours {
                return true;
            }
        }
    }

    /// Offers the text from a thread that ends, and says so, when the selection is another's.
    fn serve(text: Secret) -> Receiver<()> {
        let (sender, replaced) = mpsc::channel();
        thread::spawn(move || {
            if let Ok(mut clipboard) = Clipboard::new() {
                let _ = clipboard.set().exclude_from_history().wait().text(text.expose());
            }
            let _ = sender.send(());
        });
        replaced
    }

    /// The serving thread blocks from before it owns the selection until it does no more, so another must look.
    fn arrives(clipboard: &mut Clipboard, text: &Secret, replaced: &Receiver<()>) -> bool {
        let deadline = Instant::now() + ARRIVAL;
        loop {
            let ended = !matches!(replaced.recv_timeout(GLANCE), Err(RecvTimeoutError::Timeout));
            if holds(clipboard, text) {
                return true;
            }
            if ended || Instant::now() >= deadline {
                return false;
            }
        }
    }

    fn holds(clipboard: &mut Clipboard, text: &Secret) -> bool {
        clipboard.get_text().is_ok_and(|found| Secret::new(found) == *text)
    }

    fn say_ready() -> bool {
        let mut output = io::stdout().lock();
        output.write_all(&[READY]).and_then(|()| output.flush()).is_ok()
    }
}

/// No other system is asked in this way: there a program can hand the text over and end.
#[cfg(not(target_os = "linux"))]
mod selection {
    pub fn hold(_: &crate::oauth::secret::Secret, _: Option<std::time::Duration>) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(arguments: &[&str]) -> Option<Task> {
        Task::from(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_arguments_say_what_is_held_and_for_how_long() {
        let minute = Duration::from_mins(1);
        assert_eq!(task(&[]), Some(Task::Selection { kept: None }));
        assert_eq!(task(&["60"]), Some(Task::Selection { kept: Some(minute) }));
        assert_eq!(task(&["tmux", "60"]), Some(Task::TmuxBuffer { kept: minute }));
    }

    #[test]
    fn other_arguments_are_refused() {
        for arguments in [&["soon"][..], &["-1"], &["tmux"], &["tmux", "soon"], &["screen", "60"], &["1", "2", "3"]] {
            assert_eq!(task(arguments), None, "{arguments:?}");
        }
    }

    #[test]
    fn the_text_is_read_to_its_end() {
        assert_eq!(read_text(&b"1//0gEXAMPLE"[..]), Some(Secret::new("1//0gEXAMPLE".to_owned())));
    }

    #[test]
    fn what_is_no_text_is_not_held() {
        assert_eq!(read_text(&b""[..]), None);
        assert_eq!(read_text(&b"\xff\xfe"[..]), None);
    }
}
