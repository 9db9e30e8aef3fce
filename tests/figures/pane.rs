//! A pane of tmux: what its program wrote is kept, and stays to be looked at after the program's end.
#![expect(clippy::disallowed_methods, reason = "it asks tmux, and reads what tmux has written")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::terminal::{Size, Terminal, key};
use crate::user::{User, until};

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
        let wished = "set -g remain-on-exit on\nset -g status off\nset -g set-titles on\nset -s escape-time 0\n";
        fs::write(&settings, wished).expect("a file");
        let mut tmux = CommandBuilder::new("tmux");
        tmux.arg("-S");
        tmux.arg(directory.path().join("socket"));
        tmux.arg("-f");
        tmux.arg(settings);
        // It waits for a key, so that not a byte is written before everything is kept.
        tmux.args(["new-session", &format!("echo ready; read key; exec {command}")]);
        tmux.cwd(user.home());
        let pane = Self { terminal: Terminal::spawn(tmux, &user.environment(), Size::USUAL), directory };
        pane.terminal.until_shows("ready");
        pane.tmux(&["pipe-pane", &format!("cat >> {}", written.display())]);
        until("the pane to be kept", || written.exists().then_some(()));
        pane.terminal.press(key::ENTER);
        pane
    }

    pub fn signal(&self, signal: Signal) {
        let pid = self.tmux(&["display-message", "-p", "#{pane_pid}"]).trim().parse().ok().and_then(Pid::from_raw);
        kill_process(pid.expect("a pane has a process"), signal).expect("it is still there");
    }

    /// Waits for the end of the program.
    pub fn exit(self) -> Left {
        let status = until("the end of the program in the pane", || {
            // Of status and signal there is one.
            let answer = self.tmux(&["display-message", "-p", "#{pane_dead},#{pane_dead_status},#{pane_dead_signal}"]);
            let (status, signal) = answer.trim().strip_prefix("1,")?.split_once(',')?;
            status.parse().ok().or_else(|| signal.parse().ok().map(|signal: i32| 128 + signal))
        });
        let scrollback = self.tmux(&["capture-pane", "-p", "-e", "-S", "-"]).into_bytes();
        let written = fs::read(self.written()).expect("tmux writes it");
        Left { status, written, scrollback, around: self.terminal.raw() }
    }

    fn written(&self) -> PathBuf {
        self.directory.path().join("written")
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
