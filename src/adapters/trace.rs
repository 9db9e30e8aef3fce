//! The file of `--log`: lines with the time, appended, readable by their owner only. It never decides what is in a line.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes the trace, with the time")]

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use rustix::fs::OFlags;

/// An open trace.
#[derive(Debug)]
pub struct TraceFile(File);

impl TraceFile {
    /// Opens the file, or makes it; a link is not followed, since it could lead anywhere.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::NOFOLLOW.bits().cast_signed();
        let file = OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(flags).open(path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        Ok(Self(file))
    }

    /// Appends a line. A full disk is no reason to stop what is traced.
    pub fn line(&mut self, text: &str) {
        let now = DateTime::<Utc>::from(SystemTime::now()).to_rfc3339_opts(SecondsFormat::Millis, true);
        let _ = self.0.write_all(format!("{now} {text}\n").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_appended_to_a_file_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("trace.log");
        std::fs::write(&path, "before\n").unwrap();
        TraceFile::open(&path).unwrap().line("pressed a key");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("before\n") && text.ends_with(" pressed a key\n"), "{text}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_link_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("trace.log");
        std::os::unix::fs::symlink(home.path().join("other"), &path).unwrap();
        assert!(TraceFile::open(&path).is_err());
    }
}
