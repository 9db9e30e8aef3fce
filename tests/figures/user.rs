//! Somebody with a home directory of their own, and the program as they start it: nothing of whoever measures is in it.
#![expect(clippy::disallowed_methods, reason = "it makes files and starts programs")]

use std::fs;
use std::io::{Seek, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::consent_server::Server;

/// What is measured.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_adsauth");

/// The user and the group that own nothing.
const NOBODY: u32 = 65534;

/// Directories below the home that the environment names, where a program might leave something.
const DIRECTORIES: [(&str, &str); 5] = [
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_RUNTIME_DIR", "run"),
    ("TMPDIR", "tmp"),
];

pub struct User {
    home: TempDir,
}

impl User {
    pub fn new() -> Self {
        let home = tempfile::Builder::new().prefix("adsauth-figures-").tempdir_in("/tmp").expect("a directory");
        for (_, directory) in DIRECTORIES {
            fs::create_dir_all(home.path().join(directory)).expect("a directory");
        }
        let user = Self { home };
        // What it is started with, a line each time.
        user.write("browser", "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$HOME/opened\"\n");
        fs::set_permissions(user.path("browser"), fs::Permissions::from_mode(0o755)).expect("its owner may");
        user
    }

    /// With a client of this server's in the home directory.
    pub fn of(server: &Server) -> Self {
        let user = Self::new();
        user.write("client_secret_figures.json", server.client_file());
        user
    }

    /// What the browser was started with the `call`th time, counted from 0. Waits for it.
    pub fn opened(&self, call: usize) -> String {
        until("the browser to be started", || {
            let lines = fs::read_to_string(self.path("opened")).ok()?;
            lines.ends_with('\n').then(|| lines.lines().nth(call).map(str::to_owned))?
        })
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("a file below an empty home");
    }

    /// Makes nobody the owner of all that is here, and gives them the program: only what root does not own can be kept from being read.
    pub fn give_to_nobody(&self) -> PathBuf {
        let program = self.path("adsauth");
        fs::copy(PROGRAM, &program).expect("the program is readable");
        let here = fs::read_dir(self.home()).expect("a home").flatten().map(|entry| entry.path());
        for path in here.chain([self.home().to_owned()]) {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("root gives files away");
        }
        program
    }

    pub fn environment(&self) -> Vec<(String, String)> {
        let usual =
            [("PATH", "/usr/bin:/bin"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("RUST_BACKTRACE", "full")];
        let usual = usual.map(|(name, value)| (name, PathBuf::from(value)));
        let own = DIRECTORIES.map(|(name, directory)| (name, self.path(directory)));
        [("HOME", self.home().to_owned()), ("BROWSER", self.path("browser"))]
            .into_iter()
            .chain(usual)
            .chain(own)
            .map(|(name, value)| (name.to_owned(), value.to_str().expect("a temporary directory").to_owned()))
            .collect()
    }

    /// A command in this home. With a session of its own it has no terminal, whoever measures.
    pub fn command(&self, starter: &[&str], arguments: &[&str]) -> Command {
        let words = [starter, &[PROGRAM], arguments].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env_clear().envs(self.environment()).current_dir(self.home());
        command
    }

    /// Runs the program to its end, with this input and no terminal.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        self.run_by(&["setsid", "--wait"], arguments, input)
    }

    /// The same, started by another program.
    pub fn run_by(&self, starter: &[&str], arguments: &[&str], input: &[u8]) -> Output {
        Self::fed(&mut self.command(starter, arguments), input)
    }

    /// Runs a command to its end, with this input.
    pub fn fed(command: &mut Command, input: &[u8]) -> Output {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(input).and_then(|()| file.rewind()).expect("a temporary file");
        let output = command.stdin(file).output();
        output.unwrap_or_else(|error| panic!("{command:?}: {error}; tests/figures/run installs it"))
    }
}

/// The words before a command that somebody else than root runs.
pub fn nobody_runs() -> [String; 6] {
    let [user, group] = [NOBODY, NOBODY].map(|number| number.to_string());
    ["setpriv".to_owned(), "--reuid".to_owned(), user, "--regid".to_owned(), group, "--clear-groups".to_owned()]
}

/// A program that somebody else than root runs.
pub fn as_nobody(program: &str) -> Command {
    let [setpriv, options @ ..] = nobody_runs();
    let mut command = Command::new(setpriv);
    command.args(options).arg(program);
    command
}

/// Looks again and again until there is something, since another process will bring it about.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
