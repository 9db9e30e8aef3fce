//! A file for one line that somebody will read while the program runs. It never takes a name that is there already.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::oauth::secret::Secret;
use crate::ports::{NotWritten, Note};

/// Writes the line into the first of these directories that takes it.
pub fn write(line: &Secret, places: &[PathBuf]) -> Result<Note, NotWritten> {
    places.iter().find_map(|place| write_in(line, place)).ok_or(NotWritten)
}

fn write_in(line: &Secret, place: &Path) -> Option<Note> {
    // A random name, O_EXCL and 0600: nobody can have put a link there, and nobody else can read it.
    let mut file = tempfile::Builder::new().prefix("adsauth-url-").suffix(".txt").tempfile_in(place).ok()?;
    file.write_all(line.expose().as_bytes()).and_then(|()| file.write_all(b"\n")).ok()?;
    let path = file.into_temp_path();
    Some(Note::new(path.to_path_buf(), path))
}
