use std::ffi::OsStr;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::sync::mpsc;
use std::time::Duration;

use rustix::fs::CWD;
use tempfile::TempDir;

use super::*;
use crate::oauth::candidates::is_candidate_name;

const NAME: &str = "client_secret_x.json";

fn directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn fifo(path: &Path) {
    rustix::fs::mknodat(CWD, path, rustix::fs::FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

fn looked(files: &LocalFiles) -> Vec<Found> {
    let mut all = Vec::new();
    files.look(&mut |found| all.extend(found));
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn paths(files: &LocalFiles) -> Vec<PathBuf> {
    looked(files).into_iter().map(|found| found.path).collect()
}

fn bytes(found: &Found) -> &[u8] {
    match &found.content {
        Content::Bytes(bytes) => bytes,
        Content::TooLarge | Content::Unreadable(_) | Content::NotAFile(_) => panic!("{found:?}"),
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[test]
fn only_files_named_like_client_files_are_read() {
    let home = directory();
    for name in [NAME, "Credentials.JSON", "notes.json", "client_secret_x.json.crdownload"] {
        fs::write(home.path().join(name), name).unwrap();
    }
    fs::create_dir(home.path().join("below")).unwrap();
    fs::write(home.path().join("below").join(NAME), "").unwrap();

    let found = looked(&LocalFiles::new([home.path().to_owned()], is_candidate_name));

    let paths: Vec<_> = found.iter().map(|found| found.path.file_name().unwrap()).collect();
    assert_eq!(paths, [OsStr::new("Credentials.JSON"), OsStr::new(NAME)]);
    assert_eq!(bytes(&found[1]), NAME.as_bytes());
    assert!(found[1].modified.is_some());
}

#[test]
fn who_waits_is_told_before_a_large_directory_is_listed() {
    let home = directory();
    let files = LocalFiles::new([home.path().to_owned()], is_candidate_name);
    let told = || {
        let mut told = Vec::new();
        files.look(&mut |found| told.push(found.is_some()));
        told
    };
    fs::write(home.path().join(NAME), "").unwrap();
    assert_eq!(told(), [true]);
    for number in 0.. {
        if fs::metadata(home.path()).unwrap().len() > LARGE {
            break;
        }
        fs::write(home.path().join(format!("{number:0100}")), "").unwrap();
    }
    assert_eq!(told(), [false, true]);
}

#[test]
fn a_name_that_is_not_utf8_is_read_like_any_other() {
    let home = directory();
    let path = home.path().join(OsStr::from_bytes(b"client_secret_\xff\xfe.json"));
    fs::write(&path, "{}").unwrap();
    let found = looked(&LocalFiles::new([home.path().to_owned()], is_candidate_name));
    assert_eq!((found[0].path.as_path(), bytes(&found[0])), (path.as_path(), &b"{}"[..]));
}

#[test]
fn what_is_not_a_file_is_named_and_never_opened() {
    let home = directory();
    let at = |name: &str| home.path().join(name);
    fs::create_dir(at("client_secret_directory.json")).unwrap();
    fifo(&at("client_secret_fifo.json"));
    let _listening = UnixListener::bind(at("client_secret_socket.json")).unwrap();
    symlink("/dev/zero", at("client_secret_zero.json")).unwrap();
    symlink("/dev/tty", at("client_secret_tty.json")).unwrap();

    let found = looked(&LocalFiles::new([home.path().to_owned()], is_candidate_name));

    let types: Vec<_> = found.into_iter().map(|found| found.content).collect();
    let expected = [FileType::Directory, FileType::Fifo, FileType::Socket, FileType::Device, FileType::Device];
    assert_eq!(types, expected.map(Content::NotAFile));
}

#[test]
fn a_fifo_that_took_a_files_place_is_opened_without_waiting() {
    let home = directory();
    let path = home.path().join(NAME);
    fifo(&path);
    let file = open(&path).unwrap();
    let metadata = file.metadata().unwrap();
    assert_eq!(content(file, &metadata).unwrap(), Content::NotAFile(FileType::Fifo));
}

#[test]
fn links_are_followed_and_those_that_lead_nowhere_say_so() {
    let home = directory();
    let at = |name: &str| home.path().join(name);
    fs::write(at("real"), "{}").unwrap();
    symlink(at("real"), at("client_secret_link.json")).unwrap();
    symlink(at("gone"), at("client_secret_dangling.json")).unwrap();
    symlink(at("client_secret_loop.json"), at("client_secret_loop.json")).unwrap();

    let found = looked(&LocalFiles::new([home.path().to_owned()], is_candidate_name));

    assert_eq!(found[0].content, Content::Unreadable(Unreadable::Missing));
    assert_eq!(bytes(&found[1]), b"{}");
    assert_eq!(found[2].content, Content::Unreadable(Unreadable::SymlinkLoop));
}

#[test]
fn a_typed_path_that_is_not_there_says_so() {
    let home = directory();
    let files = LocalFiles::new([], is_candidate_name);
    fs::write(home.path().join("file"), "").unwrap();
    for path in ["gone", "gone/deeper", "file/below"] {
        let found = files.read(&home.path().join(path));
        assert_eq!(found.content, Content::Unreadable(Unreadable::Missing), "{path}");
    }
    let impossible = files.read(Path::new("/tmp/\0"));
    assert!(matches!(impossible.content, Content::Unreadable(Unreadable::Other(_))), "{impossible:?}");
}

#[test]
fn a_file_is_read_up_to_the_limit_and_not_beyond() {
    let home = directory();
    let path = home.path().join(NAME);
    for (size, fits) in [(0, true), (500, true), (MAX_BYTES, true), (MAX_BYTES + 1, false), (70 * 1024, false)] {
        fs::write(&path, vec![b' '; size]).unwrap();
        match read(&path).content {
            Content::Bytes(bytes) => assert!(fits && bytes.len() == size, "{size}"),
            Content::TooLarge => assert!(!fits, "{size}"),
            other @ (Content::Unreadable(_) | Content::NotAFile(_)) => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_file_that_has_grown_since_it_was_asked_is_still_bounded() {
    let home = directory();
    let path = home.path().join(NAME);
    fs::write(&path, "{}").unwrap();
    let small = fs::metadata(&path).unwrap();
    fs::write(&path, vec![b' '; 70 * 1024]).unwrap();
    assert_eq!(content(open(&path).unwrap(), &small).unwrap(), Content::TooLarge);
}

#[test]
fn permissions_of_others_are_noticed() {
    let home = directory();
    let path = home.path().join(NAME);
    fs::write(&path, "{}").unwrap();
    for (mode, others) in [(0o600, false), (0o640, true), (0o604, true), (0o611, false)] {
        fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        assert_eq!(read(&path).others_can_read, others, "{mode:o}");
    }
}

#[test]
fn a_file_without_permission_keeps_its_date() {
    if is_root() {
        return;
    }
    let home = directory();
    let path = home.path().join(NAME);
    fs::write(&path, "{}").unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    let found = read(&path);
    assert_eq!(found.content, Content::Unreadable(Unreadable::Permission));
    assert!(found.modified.is_some());
}

#[test]
fn each_refusal_of_the_system_has_its_reason() {
    for (errno, expected) in [
        (Errno::ACCESS, Unreadable::Permission),
        (Errno::PERM, Unreadable::Permission),
        (Errno::LOOP, Unreadable::SymlinkLoop),
        (Errno::NOENT, Unreadable::Missing),
        (Errno::IO, Unreadable::Other(Errno::IO.raw_os_error())),
    ] {
        assert_eq!(reason(&errno.into()), expected);
    }
}

#[test]
fn one_directory_under_several_names_is_looked_into_once() {
    let home = directory();
    let downloads = home.path().join("Downloads");
    fs::create_dir(&downloads).unwrap();
    symlink(&downloads, home.path().join("Desktop")).unwrap();
    fs::write(downloads.join(NAME), "{}").unwrap();
    let places = ["", "Downloads", "Desktop", "", "./Downloads/../Downloads", "Missing"];
    let files = LocalFiles::new(places.map(|place| home.path().join(place)), is_candidate_name);

    assert_eq!(paths(&files), [downloads.join(NAME)]);
    assert_eq!(files.places(), ["", "Downloads", "Missing"].map(|place| home.path().join(place)));
}

#[test]
fn places_that_cannot_be_listed_are_passed_over() {
    let home = directory();
    fs::write(home.path().join(NAME), "{}").unwrap();
    let not_a_directory = home.path().join(NAME);
    let files =
        LocalFiles::new([home.path().join("Missing"), not_a_directory, home.path().to_owned()], is_candidate_name);
    assert_eq!(paths(&files), [home.path().join(NAME)]);
}

#[test]
fn a_crowded_directory_is_searched_to_its_end() {
    let home = directory();
    for number in 0..3_000 {
        fs::write(home.path().join(format!("photo_{number}.json")), "").unwrap();
    }
    for number in 0..300 {
        fs::write(home.path().join(format!("client_secret_{number}.json")), "").unwrap();
    }
    assert_eq!(looked(&LocalFiles::new([home.path().to_owned()], is_candidate_name)).len(), 300);
}

#[test]
fn the_usual_places_are_absolute_and_differ() {
    let places = LocalFiles::usual(is_candidate_name).places();
    let different: HashSet<_> = places.iter().collect();
    assert!(places.iter().all(|place| place.is_absolute()));
    assert_eq!(different.len(), places.len());
    assert!(!places.is_empty());
}

/// Long enough for a busy machine; a test that passes never waits it out.
const PATIENCE: Duration = Duration::from_secs(20);

fn watched(places: &[PathBuf]) -> (Option<Watching>, mpsc::Receiver<()>) {
    let (sender, receiver) = mpsc::channel();
    let changed = move || {
        let _ = sender.send(());
    };
    (super::watch::start(places, is_candidate_name, changed), receiver)
}

#[test]
fn a_download_a_change_and_a_removal_are_told() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 5] = [
        ("a download by its last rename", |path| fs::rename(path.with_extension("part"), path).unwrap()),
        ("new content", |path| fs::write(path, "{ }").unwrap()),
        ("new permissions", |path| fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap()),
        ("a move away", |path| fs::rename(path, path.with_extension("old")).unwrap()),
        ("a removal", |path| fs::remove_file(path).unwrap()),
    ];
    for (what, change) in changes {
        let home = directory();
        let path = home.path().join(NAME);
        fs::write(path.with_extension("part"), "{}").unwrap();
        fs::write(&path, "{}").unwrap();
        let (_watch, told) = watched(&[home.path().join("Missing"), home.path().to_owned()]);
        change(&path);
        assert!(told.recv_timeout(PATIENCE).is_ok(), "{what} was not told");
    }
}

#[test]
fn nothing_to_watch_is_no_watch() {
    let home = directory();
    assert!(watched(&[home.path().join("Missing")]).0.is_none());
    assert!(watched(&[]).0.is_none());
}

#[test]
fn a_note_is_private_in_the_first_directory_that_takes_it_and_goes_when_it_is_dropped() {
    let home = directory();
    let line = Secret::new("https://accounts.google.com/o/oauth2/v2/auth?state=s".to_owned());
    let files = LocalFiles {
        note_places: vec![home.path().join("missing"), home.path().to_owned()],
        ..LocalFiles::new([], is_candidate_name)
    };
    let note = files.write_note(&line).expect("the home directory takes it");
    assert_eq!(note.path.parent(), Some(home.path()));
    assert_eq!(fs::read_to_string(&note.path).unwrap(), format!("{}\n", line.expose()));
    assert_eq!(fs::metadata(&note.path).unwrap().permissions().mode() & 0o7777, 0o600);
    let path = note.path.clone();
    let other = files.write_note(&line).expect("there is room for another");
    assert_ne!(other.path, path);
    drop(note);
    assert!(!path.exists() && other.path.exists());
}

#[test]
fn without_a_directory_there_is_no_note() {
    let files = LocalFiles::new([], is_candidate_name);
    assert!(files.write_note(&Secret::new("x".to_owned())).is_err());
}
