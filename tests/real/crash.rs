//! One save, killed before each of its calls to the system, and with each of them failing: what is in place is always the old file
//! or the new one. strace counts the calls and does the harm.
#![expect(clippy::disallowed_methods, reason = "a test writes and reads files and starts programs")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::fixtures::adsauth::{Ended, run, run_by};
use crate::fixtures::home::Home;
use crate::fixtures::token::Token;
use crate::harm::{CALLS, PANIC, calls};

/// That the disk is full, broken, read-only, or not for this user.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EROFS", "EACCES"];
const OLD_MODE: u32 = 0o644;

/// A home with a file to save into, or without.
struct Place {
    home: Home,
    target: &'static str,
    path: PathBuf,
    old: Option<&'static str>,
}

impl Place {
    fn existing() -> Self {
        let old = "# ours\nclient_id: 1-old.apps.googleusercontent.com\nclient_secret: GOCSPX-old\nrefresh_token: 1//0g-old\nuse_proto_plus: True\n";
        Self::with("python", "google-ads.yaml", Some(old))
    }

    fn absent() -> Self {
        Self::with("env", ".config/adsauth/google-ads.env", None)
    }

    fn with(target: &'static str, name: &str, old: Option<&'static str>) -> Self {
        let home = Home::new();
        let place = Self { target, path: home.path(name), home, old };
        place.reset();
        place
    }

    /// As it was before any save.
    fn reset(&self) {
        match self.old {
            Some(old) => {
                for name in self.names() {
                    fs::remove_file(self.directory().join(name)).expect("its owner may");
                }
                fs::write(&self.path, old).expect("a file");
                fs::set_permissions(&self.path, fs::Permissions::from_mode(OLD_MODE)).expect("its owner may");
            }
            None if self.directory().exists() => fs::remove_dir_all(self.directory()).expect("its owner may"),
            None => {}
        }
    }

    fn directory(&self) -> &Path {
        self.path.parent().expect("a directory")
    }

    fn arguments(&self) -> [&str; 5] {
        ["save", "--for", self.target, "--yes", "--replace"]
    }

    fn save(&self) -> Ended {
        run(&self.home, &self.arguments(), &Token::usual().document())
    }

    /// The same under strace, which writes down the calls in the file that it gives back.
    fn save_traced(&self, options: &[&str]) -> (Ended, String) {
        let trace = self.home.path(".config/trace");
        let trace_text = trace.to_str().expect("UTF-8");
        let calls = format!("trace={CALLS}");
        let strace =
            [&["/usr/bin/strace", "--quiet=all", "-s", "512", "-o", trace_text, "-e", &calls], options].concat();
        let ended = run_by(&self.home, &strace, &self.arguments(), &Token::usual().document());
        (ended, fs::read_to_string(trace).expect("strace writes it"))
    }

    /// Everything but directories that is in the target's directory.
    fn names(&self) -> BTreeSet<String> {
        let Ok(entries) = fs::read_dir(self.directory()) else { return BTreeSet::new() };
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    fn name(&self) -> String {
        self.path.file_name().expect("a name").to_string_lossy().into_owned()
    }

    /// Whether the new file is in place; the old one, or none where none was, otherwise. Nothing else is possible.
    fn is_new(&self, new: &str, what: &str) -> bool {
        let there = fs::read_to_string(&self.path).ok();
        let is_new = there.as_deref() == Some(new);
        assert!(is_new || there.as_deref() == self.old, "{what}: neither old nor new: {there:?}");
        if there.is_some() {
            assert_eq!(mode(&self.path), if is_new { 0o600 } else { OLD_MODE }, "{what}");
        }
        is_new
    }

    /// What else is there is whole, and private.
    fn assert_rest(&self, what: &str) {
        let name = self.name();
        let backup = format!("{name}.adsauth-backup");
        for other in self.names().into_iter().filter(|other| *other != name) {
            let path = self.directory().join(&other);
            assert_eq!(mode(&path), 0o600, "{what}: {other}");
            if other == backup {
                assert_eq!(fs::read_to_string(&path).ok().as_deref(), self.old, "{what}: the backup");
            }
        }
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o7777
}

/// Does the harm at every call in turn.
fn assert_whole(place: &Place) {
    let (ended, trace) = place.save_traced(&[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let new = fs::read_to_string(&place.path).expect("it was written");
    assert!(place.is_new(&new, "undisturbed") && place.old != Some(&new));
    let calls = calls(&trace, &place.path);
    for name in ["write", "fsync", "fchmod", "close"] {
        assert!(calls.iter().any(|call| call.name == name), "no {name} in\n{trace}");
    }
    let kept: BTreeSet<_> = place.names();

    let mut ends = [0, 0];
    for call in &calls {
        for harm in ["signal=KILL".to_owned()].into_iter().chain(ERRORS.map(|error| format!("error={error}"))) {
            let what = format!("{harm} at {}", call.line);
            place.reset();
            let (ended, trace) = place.save_traced(&["-e", &call.harmed_by(&harm)]);
            let killed = harm == "signal=KILL";
            assert!(killed || trace.contains("(INJECTED)"), "{what} did not happen:\n{trace}");
            let is_new = place.is_new(&new, &what);
            ends[usize::from(is_new)] += 1;
            place.assert_rest(&what);
            assert_said(&ended, killed, is_new, &what);
            let left = fs::read_dir(place.home.path("")).expect("a home").flatten().count();

            // The next one, undisturbed, leaves nothing but what belongs there.
            let next = place.save();
            assert_eq!(next.code, Some(0), "after {what}: {next:?}");
            assert!(place.is_new(&new, &what), "after {what}");
            let strangers: Vec<_> = place.names().difference(&kept).cloned().collect();
            assert!(strangers.is_empty(), "after {what}: {strangers:?} of {left}");
        }
    }
    assert!(ends.iter().all(|count| *count > 5), "both ends were met: {ends:?}");
}

/// The exit code tells which of the two it is, and the words, too.
fn assert_said(ended: &Ended, killed: bool, is_new: bool, what: &str) {
    match ended.code {
        // strace ends as the program did.
        None | Some(137) => assert!(killed, "{what}: {ended:?}"),
        Some(0) => assert!(is_new, "{what}: it says that it is done: {ended:?}"),
        Some(7) if is_new => {
            assert!(ended.errors.contains(NOT_AS_WRITTEN), "{what}: the new file is in place: {ended:?}");
        }
        Some(7) => assert!(!ended.errors.contains("Written:"), "{what}: {ended:?}"),
        // The standard library takes it for a bug when a directory cannot be closed, which no real disk brings about.
        Some(1) if ended.errors.contains(PANIC) => assert!(what.contains("at close("), "{what}"),
        Some(_) => panic!("{what}: {ended:?}"),
    }
    Token::usual().assert_masked(&ended.errors);
}

/// The one problem after which the old file is not in place any more.
const NOT_AS_WRITTEN: &str = "does not hold what was written";

#[test]
fn a_file_that_is_there_is_replaced_whole_or_not_at_all() {
    assert_whole(&Place::existing());
}

#[test]
fn a_new_file_is_made_whole_or_not_at_all() {
    assert_whole(&Place::absent());
}
