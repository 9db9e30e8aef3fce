//! Writes a target: whole or not at all, readable by its owner only, with a backup of what it replaces.
//! It never follows a link that it has not shown, never writes over a change that it has not seen, and never copies across devices.
#![expect(clippy::disallowed_methods, reason = "the one room of the targets that touches files")]

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

mod place;
mod warnings;

#[cfg(test)]
mod tests;

pub use place::{Existing, Place, look};
pub use warnings::{SaveWarning, Surroundings, warnings};

/// No configuration is as large: 1 MiB.
pub const MAX_BYTES: u64 = 1024 * 1024;

const PRIVATE: Mode = Mode::RUSR.union(Mode::WUSR);
/// How many random characters end the name of a file that is not yet in its place.
const RANDOM: usize = 6;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file, by its real path.
    pub path: PathBuf,
    /// What holds the old text, and so live secrets; `None` if there was none or it was the same.
    pub backup: Option<PathBuf>,
}

/// Why nothing was written: the old file is as it was. Only after [`SaveError::ReadBack`] it is not, and the backup holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The disk or the quota is full.
    NoSpace,
    /// The file system is mounted read-only.
    ReadOnly,
    /// The user may not write there.
    Permission,
    /// The system forbids it even so: the file or its directory is immutable.
    Immutable,
    /// The disk reports an error of its own.
    Disk,
    /// Links that lead to each other.
    LinkLoop,
    /// A part of the path is no directory, or is a link that leads nowhere.
    NoDirectory,
    /// The name is longer than the file system allows.
    NameTooLong,
    /// A directory, device, socket or FIFO.
    NotAFile,
    /// The file belongs to another user.
    ForeignOwner {
        /// The number of that user.
        uid: u32,
    },
    /// Everyone may rename and remove files in this directory.
    UnsafeDirectory(PathBuf),
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// The text is not UTF-8.
    NotUtf8,
    /// Another program has written, made or removed the file since it was looked at.
    Changed,
    /// What is in the file afterwards is not what was written.
    ReadBack,
    /// Something else; the number is the system's.
    Other(i32),
}

impl From<Errno> for SaveError {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::NOSPC | Errno::DQUOT => Self::NoSpace,
            Errno::ROFS => Self::ReadOnly,
            Errno::ACCESS => Self::Permission,
            Errno::PERM => Self::Immutable,
            Errno::IO => Self::Disk,
            Errno::LOOP => Self::LinkLoop,
            Errno::NOTDIR | Errno::NOENT | Errno::EXIST => Self::NoDirectory,
            Errno::NAMETOOLONG => Self::NameTooLong,
            Errno::ISDIR => Self::NotAFile,
            other => Self::Other(other.raw_os_error()),
        }
    }
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        // A path with a NUL byte does not even get to the system.
        Self::from(Errno::from_io_error(&error).unwrap_or(Errno::INVAL))
    }
}

/// Puts the text in its place, which must be as it was when [`look`] saw it. The old text is in the backup before the new one is in place.
///
/// # Errors
/// [`SaveError`]; what is in place is the old text or the new one, never less.
pub fn write(place: &Place, text: &str) -> Result<Saved, SaveError> {
    let (directory, name) = place.parts()?;
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    place::check_directory(directory)?;
    let old = place.existing.as_ref().map(Existing::text).filter(|old| *old != text);
    let backup_name = with(name, "", ".adsauth-backup");
    remove_stale(directory, name);
    remove_stale(directory, &backup_name);

    // The new text is on the disk before anything else changes: a full disk is noticed here.
    let new = on_disk(directory, name, text)?;
    let backup = match old {
        Some(old) => {
            let backup = directory.join(&backup_name);
            on_disk(directory, &backup_name, old)?.persist(&backup).map_err(|error| error.error)?;
            Some(backup)
        }
        None => None,
    };
    if place::read(&place.path)? != place.existing {
        return Err(SaveError::Changed);
    }
    match place.existing {
        Some(_) => new.persist(&place.path).map_err(|error| SaveError::from(error.error))?,
        None => new.persist_noclobber(&place.path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => SaveError::Changed,
            _ => SaveError::from(error.error),
        })?,
    };
    // The file is whole under its name already; where a file system cannot do this, only a power cut could bring the old one back.
    let _ = File::open(directory).and_then(|directory| directory.sync_all());

    // Whatever stands in the way of reading: the old text is not in place any more, which no other error may hide.
    let there = place::read(&place.path).ok().flatten();
    if there.is_some_and(|there| there.text() == text && there.mode == PRIVATE.as_raw_mode()) {
        Ok(Saved { path: place.path.clone(), backup })
    } else {
        Err(SaveError::ReadBack)
    }
}

/// A new file beside the one that it will become, private from its first byte, with the text in it and on the disk. It is
/// removed if it is dropped, and locked, so that others see that it is in use.
fn on_disk(directory: &Path, name: &OsStr, text: &str) -> Result<NamedTempFile, SaveError> {
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::RDWR;
    // `tempfile` replaces the system's error by one of its own, which tells less.
    let mut refused = None;
    let created = tempfile::Builder::new().prefix(&unfinished(name)).rand_bytes(RANDOM).make_in(directory, |path| {
        rustix::fs::open(path, flags, PRIVATE).map(File::from).map_err(|errno| {
            refused = Some(errno);
            errno.into()
        })
    });
    let mut file = created.map_err(|error| refused.map_or_else(|| SaveError::from(error), SaveError::from))?;
    // Only cleaning up depends on the lock, and not every file system has locks.
    let _ = rustix::fs::flock(file.as_file(), FlockOperation::NonBlockingLockExclusive);
    // The umask may have taken even the owner's bits.
    rustix::fs::fchmod(file.as_file(), PRIVATE)?;
    file.as_file_mut().write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Removes what a save left behind that was killed. What is locked belongs to one that is still running.
fn remove_stale(directory: &Path, name: &OsStr) {
    let prefix = unfinished(name);
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let random = entry.file_name().as_bytes().strip_prefix(prefix.as_bytes()).map(<[u8]>::to_vec);
        let ours = random.is_some_and(|random| random.len() == RANDOM && random.iter().all(u8::is_ascii_alphanumeric));
        if ours && is_abandoned(&entry.path()) {
            // If it cannot be removed, the save still can succeed; it is tried again next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_abandoned(path: &Path) -> bool {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let Ok(file) = rustix::fs::open(path, flags, Mode::empty()).map(File::from) else { return false };
    let ours = |metadata: Metadata| metadata.is_file() && metadata.uid() == rustix::process::geteuid().as_raw();
    file.metadata().is_ok_and(ours) && rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// What the name of a file that will become this one begins with.
fn unfinished(name: &OsStr) -> OsString {
    with(name, ".", ".adsauth-")
}

fn with(name: &OsStr, before: &str, behind: &str) -> OsString {
    OsString::from_vec([before.as_bytes(), name.as_bytes(), behind.as_bytes()].concat())
}

/// At most [`MAX_BYTES`] of a file, as text.
fn text_of(file: File) -> Result<Zeroizing<String>, SaveError> {
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SaveError::TooLarge);
    }
    std::str::from_utf8(&bytes).map(|text| Zeroizing::new(text.to_owned())).map_err(|_| SaveError::NotUtf8)
}
