//! Where a target really is, behind all links, and what is there now.
//! It never changes anything.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::{MAX_BYTES, SaveError, text_of};

/// As many links after each other as Linux itself follows.
const MOST_LINKS: usize = 40;

/// A file to write, as it was when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path that was asked for.
    pub asked: PathBuf,
    /// The file that it leads to: the one that is replaced, so that a link stays a link.
    pub path: PathBuf,
    /// What is there; `None` if the file is to be made.
    pub existing: Option<Existing>,
}

/// A file that is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Existing {
    text: Zeroizing<String>,
    /// The permission bits.
    pub mode: u32,
    /// How many names the file has.
    pub links: u64,
}

impl Existing {
    /// A file of which this was seen.
    pub fn new(text: String, mode: u32, links: u64) -> Self {
        Self { text: Zeroizing::new(text), mode, links }
    }

    /// What is in it: live secrets.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Existing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text: _, mode, links } = self;
        formatter.debug_struct("Existing").field("mode", mode).field("links", links).finish_non_exhaustive()
    }
}

impl Place {
    pub(super) fn parts(&self) -> Result<(&Path, &OsStr), SaveError> {
        self.path.parent().zip(self.path.file_name()).ok_or(SaveError::NotAFile)
    }
}

/// Follows the links of a path once and looks at what is there.
///
/// # Errors
/// [`SaveError`] if a target should not be written there, or cannot be read.
pub fn look(asked: &Path) -> Result<Place, SaveError> {
    let mut place = Place { asked: asked.to_owned(), path: resolve(asked)?, existing: None };
    let (directory, _) = place.parts()?;
    let nearest = directory.ancestors().find(|ancestor| ancestor.exists()).ok_or(SaveError::NoDirectory)?;
    check_directory(nearest)?;
    place.existing = read(&place.path)?;
    Ok(place)
}

/// What is in the file now.
pub(super) fn read(path: &Path) -> Result<Option<Existing>, SaveError> {
    // Asked before it is opened, since opening a device can already act; and again afterwards, since the name may mean
    // another file by then.
    match rustix::fs::lstat(path) {
        Ok(stat) => check_file(&stat)?,
        Err(Errno::NOENT) => return Ok(None),
        Err(errno) => return Err(errno.into()),
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    let stat = rustix::fs::fstat(&file)?;
    check_file(&stat)?;
    Ok(Some(Existing { text: text_of(file)?, mode: stat.st_mode & 0o7777, links: u64::from(stat.st_nlink) }))
}

fn check_file(stat: &Stat) -> Result<(), SaveError> {
    if !FileType::from_raw_mode(stat.st_mode).is_file() {
        return Err(SaveError::NotAFile);
    }
    // Replacing it would change whose it is, even where root could.
    if stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err(SaveError::ForeignOwner { uid: stat.st_uid });
    }
    if u64::try_from(stat.st_size).is_ok_and(|size| size > MAX_BYTES) {
        return Err(SaveError::TooLarge);
    }
    Ok(())
}

/// That no other user could put another file in the place of ours.
pub(super) fn check_directory(directory: &Path) -> Result<(), SaveError> {
    let stat = rustix::fs::stat(directory)?;
    if !FileType::from_raw_mode(stat.st_mode).is_dir() {
        return Err(SaveError::NoDirectory);
    }
    let mode = Mode::from_raw_mode(stat.st_mode);
    if mode.contains(Mode::WOTH) && !mode.contains(Mode::SVTX) {
        return Err(SaveError::UnsafeDirectory(directory.to_owned()));
    }
    Ok(())
}

fn resolve(asked: &Path) -> Result<PathBuf, SaveError> {
    let mut path = std::path::absolute(asked)?;
    for _ in 0..MOST_LINKS {
        let (parent, name) = path.parent().zip(path.file_name()).ok_or(SaveError::NotAFile)?;
        let parent = real_directory(parent)?;
        let here = parent.join(name);
        match fs::read_link(&here) {
            Ok(target) => path = parent.join(target),
            // `INVAL`: it is no link.
            Err(error) => match Errno::from_io_error(&error) {
                Some(Errno::INVAL | Errno::NOENT) => return Ok(here),
                Some(_) | None => return Err(error.into()),
            },
        }
    }
    Err(SaveError::LinkLoop)
}

/// The directory behind all links, of which the last parts need not exist yet.
fn real_directory(path: &Path) -> Result<PathBuf, SaveError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // `..` has no name: what is above a directory that is not there cannot be known.
            let (parent, name) = path.parent().zip(path.file_name()).ok_or(SaveError::NoDirectory)?;
            let here = real_directory(parent)?.join(name);
            if here.is_symlink() { Err(SaveError::NoDirectory) } else { Ok(here) }
        }
        Err(error) => Err(error.into()),
    }
}
