//! A save that is harmed at every call to the system, and one beside which others play with the file's name.
#![expect(clippy::disallowed_methods, reason = "it reads and writes files, in threads")]

mod race;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::figure::{Effort, Figure};
use crate::harm::{CALLS, Call, PANIC, calls};
use crate::user::User;

/// That the disk is full, broken, read-only, not for this user, or the quota is spent.
const ERRORS: [&str; 5] = ["error=ENOSPC", "error=EIO", "error=EROFS", "error=EACCES", "error=EDQUOT"];
const KILLED: &str = "signal=KILL";
const OLD_MODE: u32 = 0o644;
const OLD: &str = "# ours\nclient_id: 1-old.apps.googleusercontent.com\nclient_secret: GOCSPX-old\nrefresh_token: 1//0g-old\nuse_proto_plus: True\n";
const TOKEN: &str = r#"{"client_id": "407408718192-saved.apps.googleusercontent.com", "client_secret": "GOCSPX-saved", "refresh_token": "1//0g-saved"}"#;
/// What is said when the new file is in place and still something is wrong with it.
const NOT_AS_WRITTEN: &str = "does not hold what was written";

pub fn measure(effort: Effort) -> Vec<Figure> {
    let tally = Tally::default();
    // One after the other they would only wait for the disk.
    thread::scope(|scope| {
        scope.spawn(|| harm(&Place::existing(), effort, &tally));
        scope.spawn(|| harm(&Place::absent(), effort, &tally));
    });
    let [killed, failed] = [&tally.killed, &tally.failed].map(Trials::counts);
    let all = killed.1 + failed.1;
    let count = |happened: &AtomicUsize| happened.load(Ordering::Relaxed);
    let mut figures = vec![
        Figure::all("saves killed before a system call that left the old file or the new one", killed.0, killed.1),
        Figure::all(
            "saves with a system call failing (5 errors) that left the old file or the new one",
            failed.0,
            failed.1,
        ),
        Figure::none("harmed saves after which a file they had made was readable by others", count(&tally.loose), all),
        Figure::none("harmed saves that left something behind after the next one", count(&tally.left), all),
        Figure::none("harmed saves whose exit code or words did not tell what is in place", count(&tally.lied), all),
    ];
    figures.extend(race::measure(effort));
    figures
}

#[derive(Default)]
struct Trials {
    whole: AtomicUsize,
    all: AtomicUsize,
}

impl Trials {
    fn counts(&self) -> (usize, usize) {
        (self.whole.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }
}

#[derive(Default)]
struct Tally {
    killed: Trials,
    failed: Trials,
    loose: AtomicUsize,
    left: AtomicUsize,
    lied: AtomicUsize,
}

/// Somewhere to save, with an old file or without.
struct Place {
    user: User,
    target: &'static str,
    path: PathBuf,
    old: Option<&'static str>,
}

impl Place {
    fn existing() -> Self {
        let user = User::new();
        // A directory of its own, so that the home of the program's own doings is not counted.
        fs::create_dir(user.path("ads")).expect("a directory");
        Self { target: "python", path: user.path("ads/google-ads.yaml"), user, old: Some(OLD) }
    }

    fn absent() -> Self {
        let user = User::new();
        Self { target: "env", path: user.path(".config/adsauth/google-ads.env"), user, old: None }
    }

    fn directory(&self) -> &Path {
        self.path.parent().expect("a directory")
    }

    /// As it was before any save.
    fn reset(&self) {
        let _not_there = fs::remove_dir_all(self.directory());
        if let Some(old) = self.old {
            fs::create_dir(self.directory()).and_then(|()| fs::write(&self.path, old)).expect("a file");
            fs::set_permissions(&self.path, fs::Permissions::from_mode(OLD_MODE)).expect("its owner may");
        }
    }

    fn save(&self, starter: &[&str]) -> Output {
        let path = self.path.to_str().expect("a temporary directory");
        self.user.run_by(
            starter,
            &["save", "--for", self.target, "--config", path, "--yes", "--replace"],
            TOKEN.as_bytes(),
        )
    }

    fn save_traced(&self, options: &[&str]) -> (Output, String) {
        let file = self.user.path("trace");
        let (to, calls) = (file.to_str().expect("a temporary directory"), format!("trace={CALLS}"));
        let output =
            self.save(&[&["strace", "--quiet=all", "-s", "512", "-o", to, "-e", calls.as_str()], options].concat());
        (output, fs::read_to_string(&file).expect("strace writes it"))
    }

    fn text(&self) -> Option<String> {
        fs::read_to_string(&self.path).ok()
    }

    fn names(&self) -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(self.directory()).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }

    /// Whether everything here that the save has made is its owner's alone.
    fn is_private(&self, is_new: bool) -> bool {
        self.names().iter().filter(|path| is_new || **path != self.path).all(|path| {
            fs::symlink_metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o7777 == 0o600)
        })
    }
}

/// Does all harm at every call in turn, or at one in so many.
fn harm(place: &Place, effort: Effort, tally: &Tally) {
    place.reset();
    let (undisturbed, trace) = place.save_traced(&[]);
    let new = place.text().expect("an undisturbed save writes");
    assert!(undisturbed.status.success() && place.old != Some(&new) && place.is_private(true), "{undisturbed:?}");
    let kept = place.names();
    let calls = calls(&trace, &place.path);
    assert!(["write", "fsync", "close"].iter().all(|name| calls.iter().any(|call| call.name == *name)), "{trace}");

    let harms = || [KILLED].into_iter().chain(ERRORS);
    let trials = calls.iter().flat_map(|call| harms().map(move |harm| (call, harm)));
    for (call, harm) in trials.step_by(effort.of(7, 1)) {
        place.reset();
        let (output, trace) = place.save_traced(&["-e", &call.harmed_by(harm)]);
        let trials = if harm == KILLED { &tally.killed } else { &tally.failed };
        trials.all.fetch_add(1, Ordering::Relaxed);
        let told = |happened: &AtomicUsize, what: &str| {
            happened.fetch_add(1, Ordering::Relaxed);
            eprintln!("figures: {what}: {harm} at {}: {output:?}", call.line);
        };
        let text = place.text();
        let is_new = text.as_ref() == Some(&new);
        let happened = harm == KILLED || trace.contains("(INJECTED)");
        if happened && (is_new || text.as_deref() == place.old) {
            trials.whole.fetch_add(1, Ordering::Relaxed);
        } else {
            eprintln!("figures: neither old nor new: {harm} at {}: {text:?}", call.line);
        }
        if !place.is_private(is_new) {
            told(&tally.loose, "readable by others");
        }
        if !is_honest(&output, call, harm, is_new) {
            told(&tally.lied, "not what it says");
        }
        let next = place.save(&["setsid", "--wait"]);
        if !next.status.success() || place.text().as_ref() != Some(&new) || !place.names().is_subset(&kept) {
            told(&tally.left, "something is left");
        }
    }
}

/// Whether the exit code tells which file is in place. A killed program tells nothing.
fn is_honest(output: &Output, call: &Call, harm: &str, is_new: bool) -> bool {
    let words = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        None | Some(137) => harm == KILLED,
        Some(0) => is_new,
        Some(7) if is_new => words.contains(NOT_AS_WRITTEN),
        Some(7) => !words.contains("Written:"),
        // The standard library takes it for a bug when a directory cannot be closed, which no real disk brings about.
        Some(_) => call.name == "close" && words.contains(PANIC),
    }
}
