//! A pane of tmux: what its program wrote is kept, and stays to be looked at after the program's end.
#![expect(clippy::disallowed_methods, reason = "it asks tmux, and reads what tmux has written")]

use std::fs;
use std::process::Command;

use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::processes::child_of;
use crate::terminal::{Size, Terminal, key};
use crate::user::{User, until};

/// What the shell in the pane says when the program has ended.
const ENDED: &str = "the program has ended";

pub struct Pane {
    /// Nothing here is the user's.
    directory: TempDir,
    /// The terminal that tmux is shown on.
    pub terminal: Terminal,
}

/// How a program in a pane ended, and what is left of it there.
pub struct Left {
    pub status: i32,
    /// Everything that was written to the pane's terminal.
    pub written: Vec<u8>,
    /// The scrollback and the last screen.
    pub scrollback: Vec<u8>,
    /// Everything that tmux has written to the terminal around it, the window's title included.
    pub around: Vec<u8>,
}

impl Pane {
    /// Runs this command as the pane's own process.
    pub fn start(user: &User, command: &str) -> Self {
        let directory = tempfile::Builder::new().prefix("adsauth-tmux-").tempdir().expect("a directory");
        let [settings, written] = ["settings", "written"].map(|name| directory.path().join(name));
        let wished = "set -g status off\nset -g set-titles on\nset -s escape-time 0\n";
        fs::write(&settings, wished).expect("a file");
        let mut tmux = CommandBuilder::new("tmux");
        tmux.arg("-S");
        tmux.arg(directory.path().join("socket"));
        tmux.arg("-f");
        tmux.arg(settings);
        // It waits for a key, so that not a byte is written before everything is kept; and afterwards, so that all can be looked at.
        let status = directory.path().join("status");
        let script = format!("echo ready; read key; {command}; echo $? > {}; echo {ENDED}; read key", status.display());
        tmux.args(["new-session", &script]);
        tmux.cwd(user.home());
        let pane = Self { terminal: Terminal::spawn(tmux, &user.environment(), Size::USUAL), directory };
        pane.terminal.until_shows("ready");
        pane.tmux(&["pipe-pane", &format!("cat >> {}", written.display())]);
        until("the pane to be kept", || written.exists().then_some(()));
        pane.terminal.press(key::ENTER);
        pane
    }

    pub fn signal(&self, signal: Signal) {
        let shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]).trim().parse().ok().and_then(Pid::from_raw);
        let program = child_of(shell.expect("a pane has a process")).expect("the program runs");
        kill_process(program, signal).expect("it is still there");
    }

    /// Waits for the end of the program.
    pub fn exit(self) -> Left {
        let written = until("the end of the program in the pane", || {
            let written = fs::read(self.directory.path().join("written")).ok()?;
            String::from_utf8_lossy(&written).contains(ENDED).then_some(written)
        });
        let status = fs::read_to_string(self.directory.path().join("status")).expect("the shell writes it");
        let status = status.trim().parse().expect("a number");
        let scrollback = self.tmux(&["capture-pane", "-p", "-e", "-S", "-"]).into_bytes();
        Left { status, written, scrollback, around: self.terminal.raw() }
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let mut tmux = Command::new("tmux");
        tmux.arg("-S").arg(self.directory.path().join("socket")).args(arguments).env_remove("TMUX");
        let output = tmux.output().expect("tmux; tests/figures/run installs it");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        // Its socket is ours alone; what runs in the pane ends with it.
        self.tmux(&["kill-server"]);
    }
}
