//! One program in a pseudo terminal of 80×24, and the moment at which each of its bytes arrived. It decides nothing.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::process::{Signal, ioctl_tiocsctty, kill_process, setsid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use vt100::Screen;

/// How long anything may take. Nothing that works comes near.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What a program that draws within synchronized updates writes at the end of a frame.
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// A program that has been started. Dropping it ends the program.
pub struct Terminal {
    master: OwnedFd,
    child: Child,
    /// When the program had taken the place of its starter (`exec`): what comes before is the harness's own.
    pub started: Instant,
    /// How long that took.
    pub share: Duration,
    /// Everything that it has written.
    pub bytes: Vec<u8>,
    emulator: vt100::Parser,
    closed: bool,
}

impl Terminal {
    /// Starts the program with all of its standard streams in the terminal, as its session's leader.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, rustix::fs::Mode::empty())?;
        tcsetwinsize(&slave, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 })?;
        rustix::io::ioctl_fionbio(&master, true)?;
        command.stdin(slave.try_clone()?).stdout(slave.try_clone()?).stderr(Stdio::from(slave));
        lead_session(command);
        let before = Instant::now();
        // It returns when `exec` has succeeded.
        let child = command.spawn()?;
        let started = Instant::now();
        // What the command still holds of the program's side would hide its end.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self {
            master,
            child,
            started,
            share: started - before,
            bytes: Vec::new(),
            emulator: vt100::Parser::default(),
            closed: false,
        })
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the screen shows.
    pub fn screen(&self) -> &Screen {
        self.emulator.screen()
    }

    /// Types. Returns the moment just before.
    pub fn press(&self, keys: &str) -> io::Result<Instant> {
        let before = Instant::now();
        rustix::io::write(&self.master, keys.as_bytes())?;
        Ok(before)
    }

    /// To be polled together with something else.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.master.as_fd()
    }

    /// Takes what has arrived, if something has. Returns when.
    pub fn take(&mut self) -> Option<Instant> {
        let mut buffer = [0; 16 * 1024];
        match rustix::io::read(&self.master, &mut buffer) {
            Ok(count @ 1..) => {
                let now = Instant::now();
                self.bytes.extend_from_slice(&buffer[..count]);
                self.emulator.process(&buffer[..count]);
                Some(now)
            }
            Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => None,
            Ok(_) | Err(_) => {
                self.closed = true;
                None
            }
        }
    }

    /// Whether what it has written so far ends with a frame.
    pub fn frame_is_whole(&self) -> bool {
        self.bytes.ends_with(FRAME_ENDS)
    }

    /// Waits until this holds; returns when the last byte arrived that made it so.
    pub fn until(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) -> io::Result<Instant> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.take() {
                if holds(self) {
                    return Ok(at);
                }
                continue;
            }
            if self.closed || Instant::now() >= deadline {
                return Err(self.gave_up(what));
            }
            wait(&mut [PollFd::new(&self.master, PollFlags::IN)], deadline)?;
        }
    }

    /// Waits for a frame that shows this text.
    pub fn until_frame(&mut self, text: &str) -> io::Result<Instant> {
        self.until(text, |it| it.frame_is_whole() && it.screen().contents().contains(text))
    }

    /// Reads along for so long, and does nothing else.
    pub fn rest(&mut self, time: Duration) -> io::Result<()> {
        let end = Instant::now() + time;
        while Instant::now() < end && !self.closed {
            if self.take().is_none() {
                wait(&mut [PollFd::new(&self.master, PollFlags::IN)], end)?;
            }
        }
        Ok(())
    }

    /// Waits until the program has ended by itself.
    pub fn until_ended(&mut self) -> io::Result<Instant> {
        let deadline = Instant::now() + PATIENCE;
        while !self.closed {
            if self.take().is_none() && !self.closed {
                wait(&mut [PollFd::new(&self.master, PollFlags::IN)], deadline)?;
                if Instant::now() >= deadline {
                    return Err(self.gave_up("its end"));
                }
            }
        }
        self.child.wait()?;
        Ok(Instant::now())
    }

    fn gave_up(&self, what: &str) -> io::Error {
        let end = if self.closed { "the program has ended" } else { "nothing came any more" };
        let last = &self.bytes[self.bytes.len().saturating_sub(2000)..];
        io::Error::other(format!(
            "waited for {what}; {end}; the screen:\n{}\nthe last bytes: {}",
            self.screen().contents(),
            last.escape_ascii()
        ))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = kill_process(rustix::process::Pid::from_child(&self.child), Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

/// Waits until something happens or the time is up.
pub fn wait(sources: &mut [PollFd<'_>], deadline: Instant) -> io::Result<()> {
    let left = deadline.saturating_duration_since(Instant::now());
    let left = Timespec::try_from(left).map_err(io::Error::other)?;
    match poll(sources, Some(&left)) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[expect(
    unsafe_code,
    reason = "a controlling terminal is taken between fork and exec, which std offers nothing safe for"
)]
fn lead_session(command: &mut Command) {
    // SAFETY: the closure makes two system calls and allocates nothing.
    unsafe {
        command.pre_exec(|| {
            setsid()?;
            ioctl_tiocsctty(rustix::stdio::stdin())?;
            Ok(())
        });
    }
}
