//! A machine of its own: a network namespace with nothing but loopback, where names lead where a test wants them to.
//! The program that runs there is the shipped one and believes that it talks to Google.
#![expect(clippy::disallowed_methods, reason = "namespaces are made by programs")]

use std::fs::{self, File};
use std::net::IpAddr;
use std::os::fd::AsFd;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

pub struct Island {
    name: String,
}

impl Island {
    /// # Panics
    /// If namespaces cannot be made here: that takes root.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("figures-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        ip(&["netns", "add", &name]);
        ip(&["-n", &name, "link", "set", "lo", "up"]);
        Self { name }
    }

    /// Does this on the island; so does every thread and program that it starts.
    pub fn visit<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let namespace = File::open(Path::new("/run/netns").join(&self.name)).expect("the namespace is there");
        thread::scope(|scope| {
            let visiting = scope.spawn(|| {
                move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network))
                    .expect("root may move a thread");
                work()
            });
            visiting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

impl Drop for Island {
    fn drop(&mut self) {
        ip(&["netns", "delete", &self.name]);
    }
}

fn ip(arguments: &[&str]) {
    let status = Command::new("ip").args(arguments).status().expect("iproute2 is installed");
    assert!(status.success(), "ip {}", arguments.join(" "));
}

/// What the names of a machine lead to.
pub struct Names<'a> {
    pub hosts: &'a [(&'a str, IpAddr)],
    /// Who is asked for all others.
    pub server: IpAddr,
}

impl Names<'_> {
    /// The same program, where names mean this. It keeps its process id. The two files are kept in `directory`.
    pub fn around(&self, program: &Command, directory: &Path) -> Command {
        let hosts: Vec<String> = self.hosts.iter().map(|(name, address)| format!("{address} {name}\n")).collect();
        let files =
            [("hosts", hosts.concat()), ("resolv.conf", format!("nameserver {}\noptions attempts:1\n", self.server))];
        for (name, text) in files {
            fs::write(directory.join(name), text).expect("a file in a directory of the test's");
        }
        let script =
            r#"mount --bind "$0/hosts" /etc/hosts && mount --bind "$0/resolv.conf" /etc/resolv.conf && exec "$@""#;
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "sh", "-c", script])
            .arg(directory)
            .arg(program.get_program())
            .args(program.get_args());
        command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if let Some(here) = program.get_current_dir() {
            command.current_dir(here);
        }
        command
    }
}
