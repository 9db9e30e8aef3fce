//! Many saves, while one thread puts a link to a file elsewhere in the place of the target again and again, and another one
//! looks at every file in the directory for as long as it lasts.
#![expect(clippy::disallowed_methods, reason = "it reads and writes files, in threads")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use adsauth::targets::save::{SaveError, look, write};

use crate::figure::{Effort, Figure, grouped};

const ELSEWHERE: &str = "of somebody else";
const OURS: &str = "refresh_token: 1//0g-before\n";

/// What came of the saves, and what was seen meanwhile.
#[derive(Default)]
struct Seen {
    written: usize,
    refused: usize,
    /// Writes of a plain file that ended in the file that a link led to.
    followed: usize,
}

pub fn measure(effort: Effort) -> Vec<Figure> {
    // In memory, where a file is on the disk at once: the more saves, the more chances.
    let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a directory");
    let [here, there] = ["here", "there"].map(|name| directory.path().join(name));
    for place in [&here, &there] {
        fs::create_dir(place).expect("a directory");
    }
    let (target, outside) = (here.join("google-ads.yaml"), there.join("victim"));
    put(&outside, ELSEWHERE);
    put(&target, OURS);

    let over = AtomicBool::new(false);
    let saves = effort.of(2_000, 100_000);
    let (seen, loose, looks, swaps) = thread::scope(|scope| {
        let watch = scope.spawn(|| watch(&here, &over));
        let swap = scope.spawn(|| swap(&target, &outside, &there, &over));
        let seen = save(&target, &outside, saves);
        over.store(true, Ordering::Relaxed);
        let (loose, looks) = watch.join().expect("looking does not fail");
        (seen, loose, looks, swap.join().expect("swapping does not fail"))
    });
    assert!(seen.written > 0 && seen.refused > 0 && swaps > 0, "both ends are met: {} {}", seen.written, seen.refused);
    vec![
        Figure::none(format!("looks at files of {} saves that found one not private", grouped(saves)), loose, looks),
        Figure::none(
            format!("saves that followed a link put there after the file was shown ({} swaps)", grouped(swaps)),
            seen.followed,
            seen.written + seen.refused,
        ),
    ]
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("its owner may");
}

fn save(target: &Path, outside: &Path, saves: usize) -> Seen {
    let mut seen = Seen::default();
    while seen.written + seen.refused < saves {
        // A link that is there when the user looks is shown and may be followed: here only what comes afterwards counts.
        let Ok(place) = look(target) else { continue };
        if place.path != *target {
            continue;
        }
        match write(&place, &format!("refresh_token: 1//0g-{}\n", seen.written)) {
            Ok(_) => seen.written += 1,
            Err(SaveError::Changed | SaveError::ReadBack | SaveError::NotAFile | SaveError::LinkLoop) => {
                seen.refused += 1;
            }
            Err(error) => panic!("{error:?}"),
        }
        if fs::read_to_string(outside).ok().as_deref() != Some(ELSEWHERE) {
            seen.followed += 1;
            put(outside, ELSEWHERE);
        }
    }
    seen
}

/// Puts a link in the place of the target, and a file again, each in one step.
fn swap(target: &Path, outside: &Path, there: &Path, over: &AtomicBool) -> usize {
    let [link, file] = ["link", "file"].map(|name| there.join(name));
    let mut swaps = 0;
    while !over.load(Ordering::Relaxed) {
        symlink(outside, &link).and_then(|()| fs::rename(&link, target)).expect("a link");
        put(&file, OURS);
        fs::rename(&file, target).expect("a file");
        swaps += 1;
        // As long as a save takes, so that some of them are left alone.
        for _ in 0..swaps % 400 {
            thread::yield_now();
        }
    }
    swaps
}

/// How often a file was not private, and how many were looked at.
fn watch(directory: &Path, over: &AtomicBool) -> (usize, usize) {
    let (mut loose, mut looks) = (0, 0);
    while !over.load(Ordering::Relaxed) {
        for entry in fs::read_dir(directory).expect("a directory").flatten() {
            // What is gone by now was not there to be read.
            let Ok(metadata) = fs::symlink_metadata(entry.path()) else { continue };
            if metadata.is_file() {
                looks += 1;
                loose += usize::from(metadata.permissions().mode() & 0o777 != 0o600);
            }
        }
    }
    (loose, looks)
}
