//! Client files on this machine: where they lie, what is in them, and when that changes.
//! It never judges a file, never changes one, and never blocks on what only looks like one.
#![expect(clippy::disallowed_methods, reason = "this is the room that reads client files")]

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use zeroize::Zeroizing;

use crate::oauth::candidates::{Content, Found};
use crate::oauth::client_file::{FileType, MAX_BYTES, Unreadable};
use crate::oauth::secret::Secret;
use crate::ports::{Files, NotWritten, Note, Watching};

mod note;
mod typed;
mod watch;

#[cfg(test)]
mod tests;

pub use typed::typed_path;

/// A directory that takes more room, in bytes, has some hundred entries or has had them.
const LARGE: u64 = 16 * 1024;

/// The files in these directories, not in those below, whose names are wanted.
#[derive(Clone, Debug)]
pub struct LocalFiles {
    places: Vec<PathBuf>,
    wanted: fn(&[u8]) -> bool,
    /// Where a note may be written, the best first.
    note_places: Vec<PathBuf>,
}

impl LocalFiles {
    /// Looks into these directories, in this order. They need not exist, and two names of one directory are looked into once.
    /// Notes go into the first.
    pub fn new(places: impl IntoIterator<Item = PathBuf>, wanted: fn(&[u8]) -> bool) -> Self {
        let places: Vec<_> = places.into_iter().collect();
        Self { note_places: places.first().cloned().into_iter().collect(), places, wanted }
    }

    /// Looks where a browser of this user saves: home, downloads, desktop; and into the current directory.
    /// Notes go where only this session's files are, or else into the home directory.
    pub fn usual(wanted: fn(&[u8]) -> bool) -> Self {
        let home = dirs::home_dir().filter(|home| home.is_absolute());
        let below_home = |name| home.as_ref().map(|home| home.join(name));
        // Without a user-dirs.dirs, as on a server, `dirs` knows of no such directories.
        let downloads = dirs::download_dir().or_else(|| below_home("Downloads"));
        let desktop = dirs::desktop_dir().or_else(|| below_home("Desktop"));
        let note_places = [dirs::runtime_dir(), home.clone()].into_iter().flatten().collect();
        let places = [home, downloads, desktop, std::env::current_dir().ok()].into_iter().flatten().collect();
        Self { places, wanted, note_places }
    }

    fn places(&self) -> Vec<PathBuf> {
        // Asked anew each time, since a directory may come and go or become a link while the program runs.
        let mut seen = HashSet::new();
        let first = |place: &&PathBuf| seen.insert(fs::canonicalize(place).unwrap_or_else(|_| (*place).clone()));
        self.places.iter().filter(first).cloned().collect()
    }
}

impl Files for LocalFiles {
    fn look(&self, each: &mut dyn FnMut(Option<Found>)) {
        for place in self.places() {
            if fs::metadata(&place).is_ok_and(|place| place.len() > LARGE) {
                each(None);
            }
            // A place that cannot be listed is like one without files: `p` still takes a path in it.
            let Ok(entries) = fs::read_dir(&place) else { continue };
            for entry in entries.flatten() {
                if (self.wanted)(entry.file_name().as_bytes()) {
                    each(Some(read(&entry.path())));
                }
            }
        }
    }

    fn read(&self, path: &Path) -> Found {
        read(path)
    }

    fn watch(&self, changed: Box<dyn FnMut() + Send>) -> Option<Watching> {
        watch::start(&self.places(), self.wanted, changed)
    }

    fn write_note(&self, line: &Secret) -> Result<Note, NotWritten> {
        note::write(line, &self.note_places)
    }
}

fn read(path: &Path) -> Found {
    // Already opening can wait or act: a device may rewind a tape, a FIFO wakes its writer. So it is asked before, and
    // asked again of what was opened, since the name may mean another file by then.
    let found = |metadata: Option<&Metadata>, content| Found {
        path: path.to_owned(),
        modified: metadata.and_then(|metadata| metadata.modified().ok()),
        others_can_read: metadata.is_some_and(|metadata| metadata.mode() & 0o044 != 0),
        content,
    };
    let named = match fs::metadata(path) {
        Ok(named) => named,
        Err(error) => return found(None, Content::Unreadable(reason(&error))),
    };
    if let Some(file_type) = other_than_file(&named) {
        return found(Some(&named), Content::NotAFile(file_type));
    }
    let opened = open(path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
    match opened {
        Ok((file, metadata)) => {
            let content = content(file, &metadata).unwrap_or_else(|error| Content::Unreadable(reason(&error)));
            found(Some(&metadata), content)
        }
        Err(error) => found(Some(&named), Content::Unreadable(reason(&error))),
    }
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

fn content(file: File, metadata: &Metadata) -> io::Result<Content> {
    if let Some(file_type) = other_than_file(metadata) {
        return Ok(Content::NotAFile(file_type));
    }
    let most = MAX_BYTES as u64;
    if metadata.len() > most {
        return Ok(Content::TooLarge);
    }
    // The whole room at once: a buffer that grows leaves pieces of the secret behind. One byte more than allowed tells
    // of a file that has grown since it was asked, or never told its length.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > MAX_BYTES { Content::TooLarge } else { Content::Bytes(bytes) })
}

fn other_than_file(metadata: &Metadata) -> Option<FileType> {
    let file_type = metadata.file_type();
    if file_type.is_file() {
        None
    } else if file_type.is_dir() {
        Some(FileType::Directory)
    } else if file_type.is_fifo() {
        Some(FileType::Fifo)
    } else if file_type.is_socket() {
        Some(FileType::Socket)
    } else {
        Some(FileType::Device)
    }
}

fn reason(error: &io::Error) -> Unreadable {
    match Errno::from_io_error(error) {
        Some(Errno::ACCESS | Errno::PERM) => Unreadable::Permission,
        Some(Errno::LOOP) => Unreadable::SymlinkLoop,
        // `NOTDIR`: a part of the path is a file.
        Some(Errno::NOENT | Errno::NOTDIR) => Unreadable::Missing,
        Some(errno) => Unreadable::Other(errno.raw_os_error()),
        // A path with a NUL byte does not even get to the system.
        None => Unreadable::Other(Errno::INVAL.raw_os_error()),
    }
}
