//! What the surroundings of this run allow, read once at the start. It never changes them and keeps no secret of theirs.

#![expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::Path;

#[cfg(test)]
mod tests;

/// Where the program runs, as far as the product decides by it. The default is a Linux with nothing of all this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    pub system: System,
    /// `DISPLAY` names an X server; it need not answer.
    pub x11: bool,
    /// `WAYLAND_DISPLAY` names a compositor; it need not answer.
    pub wayland: bool,
    /// Set when the terminal is at the other end of an SSH connection.
    pub ssh: Option<Ssh>,
    /// The login name, if it can stand in a shell command as it is.
    pub user: Option<String>,
    pub tmux: bool,
    /// GNU screen, which passes an escape sequence on only when it is wrapped.
    pub screen: bool,
    pub wsl: Option<Wsl>,
    /// Set when a loopback address here is not the one of the user's browser.
    pub container: Option<Container>,
    /// The terminal of VS Code, which forwards loopback ports by itself.
    pub vs_code: bool,
    /// `BROWSER` as it is: programs separated by colons, each a command line.
    pub browser: Option<String>,
    pub language: Language,
    /// The locale is UTF-8 and the terminal is not the bare Linux console.
    pub unicode: bool,
    /// `TERM=dumb`: neither cursor movement nor an alternate screen.
    pub dumb: bool,
    pub no_color: bool,
    pub true_color: bool,
    /// `ACCESSIBLE` asks for append-only output.
    pub accessible: bool,
}

/// Linux and the other free systems behave alike here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    #[default]
    Unix,
    MacOs,
    Windows,
}

/// The server's end of the SSH connection, which is how the client reached this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ssh {
    /// Absent when the server did not tell or the text is not an address.
    pub server: Option<(IpAddr, u16)>,
}

/// The two kinds of Windows Subsystem for Linux: the first shares the network of Windows, the second has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wsl {
    One,
    Two,
}

/// The first two forward loopback ports to the user's machine; a plain container does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Codespaces,
    DevContainer,
    Plain,
}

/// The language that the locale asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Korean,
}

/// What is known of the machine beside its variables.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub system: System,
    /// `/proc/sys/kernel/osrelease`, which names Microsoft in both kinds of WSL.
    pub kernel: String,
    /// Docker or Podman left its mark in the file system.
    pub container_mark: bool,
}

impl Facts {
    fn read() -> Self {
        let system = if cfg!(windows) {
            System::Windows
        } else if cfg!(target_os = "macos") {
            System::MacOs
        } else {
            System::Unix
        };
        Self {
            system,
            kernel: std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default(),
            container_mark: ["/.dockerenv", "/run/.containerenv"].iter().any(|mark| Path::new(mark).exists()),
        }
    }
}

impl Environment {
    /// Reads the variables of this process and the marks of the machine.
    pub fn read() -> Self {
        Self::from(|name| std::env::var_os(name), &Facts::read())
    }

    /// The same from given variables and facts. A variable that is empty or not UTF-8 counts as unset.
    pub fn from(variables: impl Fn(&str) -> Option<OsString>, facts: &Facts) -> Self {
        let text = |name: &str| variables(name)?.into_string().ok().filter(|value| !value.is_empty());
        let set = |name: &str| text(name).is_some();
        let terminal = text("TERM").unwrap_or_default();
        let container = container(&text, facts);
        Self {
            system: facts.system,
            x11: set("DISPLAY"),
            wayland: set("WAYLAND_DISPLAY"),
            ssh: ssh(&text),
            user: text("USER").filter(|name| is_plain_name(name)),
            tmux: set("TMUX"),
            screen: set("STY"),
            wsl: wsl(&text, facts).filter(|_| container.is_none()),
            container,
            vs_code: text("TERM_PROGRAM").as_deref() == Some("vscode") || set("VSCODE_IPC_HOOK_CLI"),
            browser: text("BROWSER"),
            language: language(&text),
            unicode: has_utf8(&text) && terminal != "linux",
            dumb: terminal == "dumb",
            no_color: set("NO_COLOR"),
            true_color: matches!(text("COLORTERM").as_deref(), Some("truecolor" | "24bit"))
                || terminal.ends_with("-direct"),
            accessible: text("ACCESSIBLE").is_some_and(|value| value != "0"),
        }
    }

    /// A browser that is started here would have a screen to appear on.
    pub fn has_display(&self) -> bool {
        match self.system {
            System::Unix => self.x11 || self.wayland,
            System::MacOs | System::Windows => true,
        }
    }
}

/// `SSH_CONNECTION` is "client port server port"; under `su` or in some multiplexers only the others are left.
fn ssh(text: &impl Fn(&str) -> Option<String>) -> Option<Ssh> {
    let Some(connection) = text("SSH_CONNECTION") else {
        return (text("SSH_TTY").is_some() || text("SSH_CLIENT").is_some()).then(Ssh::default);
    };
    let mut words = connection.split_ascii_whitespace().skip(2);
    let address = words.next().and_then(|address| {
        // The zone of a link-local address is a name of this machine's, of no use to the client.
        address.split('%').next()?.parse::<IpAddr>().ok()
    });
    let port = words.next().and_then(|port| port.parse().ok());
    Some(Ssh { server: address.map(|address| address.to_canonical()).zip(port) })
}

/// The command that carries the name is copied into another shell: no quoting, so no name that would need it.
fn is_plain_name(name: &str) -> bool {
    !name.starts_with('-')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-'))
}

fn container(text: &impl Fn(&str) -> Option<String>, facts: &Facts) -> Option<Container> {
    if text("CODESPACES").is_some() {
        return Some(Container::Codespaces);
    }
    if text("REMOTE_CONTAINERS").is_some() {
        return Some(Container::DevContainer);
    }
    // Toolbox and Distrobox are containers that share the network and the display of the desktop around them.
    let shares_the_host = text("TOOLBOX_PATH").is_some() || text("DISTROBOX_ENTER_PATH").is_some();
    (facts.container_mark && !shares_the_host).then_some(Container::Plain)
}

/// The kernel of WSL 2 calls itself "microsoft-standard", that of WSL 1 only "Microsoft". A user's own kernel need not.
fn wsl(text: &impl Fn(&str) -> Option<String>, facts: &Facts) -> Option<Wsl> {
    let kernel = facts.kernel.to_ascii_lowercase();
    if kernel.contains("microsoft-standard") || kernel.contains("wsl2") {
        Some(Wsl::Two)
    } else if kernel.contains("microsoft") {
        Some(Wsl::One)
    } else {
        text("WSL_DISTRO_NAME").map(|_| Wsl::Two)
    }
}

fn language(text: &impl Fn(&str) -> Option<String>) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(text).unwrap_or_default();
    match locale.split(['_', '.', '@']).next() {
        Some("ko") => Language::Korean,
        Some(_) | None => Language::English,
    }
}

fn has_utf8(text: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text).unwrap_or_default().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
