//! Where everything lies that is measured, and the environment that it runs in.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::endpoint::Endpoint;

/// Entries of the crowded home directory, and client files among them.
pub const CROWD: u64 = 100_000;
pub const CLIENT_FILES: u64 = 300;

pub struct Lab {
    /// The repository.
    pub root: PathBuf,
    /// Everything that is made here.
    pub directory: PathBuf,
    /// The release binary that is measured.
    pub adsauth: PathBuf,
    pub endpoint: Endpoint,
    /// The client file that everybody is given.
    pub client_file: PathBuf,
    /// A home directory with that file and nothing else.
    pub home: PathBuf,
    /// A home directory as no one wants to have it.
    pub crowded: PathBuf,
}

impl Lab {
    pub fn open(root: &Path, adsauth: Option<PathBuf>) -> io::Result<Self> {
        let directory = root.join("target/peers");
        let (home, crowded) = (directory.join("home"), directory.join("crowded-home"));
        for place in [&home, &crowded, &directory.join("elsewhere")] {
            fs::create_dir_all(place)?;
        }
        let endpoint = Endpoint::start()?;
        let client_file = home.join(file_name(0));
        write_client_file(&client_file, &endpoint, 0)?;
        let adsauth = adsauth.unwrap_or_else(|| root.join("target/release/adsauth"));
        Ok(Self { root: root.to_owned(), directory, adsauth, endpoint, client_file, home, crowded })
    }

    /// Something new in the crowded home that is named like a client file and is none.
    pub fn news(&self) -> PathBuf {
        self.crowded.join("oauth-notes.json")
    }

    /// Fills the crowded home: most of it once, the client files anew, since they name a server of this run.
    pub fn crowd(&self) -> io::Result<()> {
        if self.news().exists() {
            fs::remove_file(self.news())?;
        }
        let last = self.crowded.join(format!("{:06}.txt", CROWD - 1));
        if !last.exists() {
            for number in CLIENT_FILES..CROWD {
                fs::write(self.crowded.join(format!("{number:06}.txt")), "")?;
            }
        }
        (0..CLIENT_FILES)
            .try_for_each(|number| write_client_file(&self.crowded.join(file_name(number)), &self.endpoint, number))
    }

    /// A command with exactly this environment, in a directory without anything.
    pub fn command(&self, program: impl AsRef<Path>, home: &Path) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().current_dir(self.directory.join("elsewhere"));
        command.envs([("PATH", "/usr/local/bin:/usr/bin:/bin"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8")]);
        // Where a program insists on a browser, it gets one that does nothing.
        command.env("HOME", home).env("BROWSER", "true");
        command
    }

    /// The wizard.
    pub fn wizard(&self, home: &Path) -> Command {
        let mut command = self.command(&self.adsauth, home);
        let address = self.endpoint.address;
        command.args(["--no-browser", "--trust-host", "127.0.0.1"]);
        command.arg("--ads-endpoint").arg(format!("http://{address}/"));
        command
    }

    /// Runs something to prepare, and says what went wrong.
    pub fn prepare(&self, command: &mut Command) -> Result<(), String> {
        let output = command.current_dir(&self.directory).output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it failed").to_owned())
    }
}

fn file_name(number: u64) -> String {
    format!("client_secret_{}.json", crate::endpoint::client_id(number))
}

fn write_client_file(path: &Path, endpoint: &Endpoint, number: u64) -> io::Result<()> {
    fs::write(path, endpoint.client_file(number))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}
