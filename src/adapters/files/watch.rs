//! Tells when a client file comes, goes or changes in the places that are looked into.
//! It never reads a file and never wakes up by itself.

use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecursiveMode, Watcher};

use crate::ports::Watching;

/// Calls `changed`, on a thread of its own, whenever something whose name is wanted changes in one of the places;
/// several times for one download. A place that does not exist or cannot be watched is left out. `None` if none is left.
pub(super) fn start(
    places: &[PathBuf],
    wanted: fn(&[u8]) -> bool,
    mut changed: impl FnMut() + Send + 'static,
) -> Option<Watching> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| concerns(&event, wanted)) {
            changed();
        }
    })
    .ok()?;
    let mut any_place = false;
    for place in places {
        any_place |= watcher.watch(place, RecursiveMode::NonRecursive).is_ok();
    }
    any_place.then(|| Watching::new(watcher))
}

fn concerns(event: &Event, wanted: fn(&[u8]) -> bool) -> bool {
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| wanted(name.as_bytes()));
    // The system has dropped events and does not know of which files.
    if event.need_rescan() {
        return true;
    }
    match event.kind {
        // Looking opens the files: to answer that by looking again would never end.
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write) && event.paths.iter().any(named),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => {
            event.paths.iter().any(named)
        }
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag};

    use super::*;
    use crate::oauth::candidates::is_candidate_name;

    fn concerns(kind: EventKind, path: &str) -> bool {
        super::concerns(&Event::new(kind).add_path(PathBuf::from(path)), is_candidate_name)
    }

    #[test]
    fn looking_at_a_client_file_is_no_change_of_it() {
        const FILE: &str = "/home/me/client_secret_x.json";
        for access in [AccessKind::Open(AccessMode::Any), AccessKind::Read, AccessKind::Close(AccessMode::Read)] {
            assert!(!concerns(EventKind::Access(access), FILE), "{access:?}");
        }
        assert!(concerns(EventKind::Access(AccessKind::Close(AccessMode::Write)), FILE));
    }

    #[test]
    fn only_names_of_client_files_count() {
        let created = EventKind::Create(CreateKind::File);
        assert!(concerns(created, "/home/me/credentials.json"));
        assert!(!concerns(created, "/home/me/.bash_history"));
        assert!(!concerns(created, "/home/me/client_secret_x.json.part"));
    }

    #[test]
    fn events_that_the_system_dropped_may_have_been_of_any_file() {
        let dropped = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(super::concerns(&dropped, is_candidate_name));
    }
}
