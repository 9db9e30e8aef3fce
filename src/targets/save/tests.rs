use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use tempfile::TempDir;

use super::super::Target;
use super::*;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The real path of a directory, as a place reports it.
fn real(home: &TempDir) -> PathBuf {
    home.path().canonicalize().unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

fn put(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn save(path: &Path, text: &str) -> Result<Saved, SaveError> {
    write(&look(path)?, text)
}

#[test]
fn a_new_file_is_private_and_alone() {
    let home = home();
    let path = real(&home).join("google-ads.yaml");
    let saved = save(&path, "a: 1\n").unwrap();
    assert_eq!(saved, Saved { path: path.clone(), backup: None });
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("a: 1\n", 0o600));
    assert_eq!(names(home.path()), ["google-ads.yaml"]);
}

#[test]
fn directories_that_are_made_are_private() {
    let home = home();
    let path = real(&home).join(".config/adsauth/authorized_user.json");
    assert_eq!(look(&path).unwrap().path, path);
    save(&path, "{}").unwrap();
    assert_eq!((mode(path.parent().unwrap()), mode(&real(&home).join(".config"))), (0o700, 0o700));
}

#[test]
fn the_old_text_is_kept_beside_it_and_both_are_private() {
    let home = home();
    let path = real(&home).join(".env");
    put(&path, "old", 0o644);
    let saved = save(&path, "new").unwrap();
    let backup = real(&home).join(".env.adsauth-backup");
    assert_eq!(saved.backup.as_deref(), Some(backup.as_path()));
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("new", 0o600));
    assert_eq!((fs::read_to_string(&backup).unwrap().as_str(), mode(&backup)), ("old", 0o600));
    save(&path, "newer").unwrap();
    assert_eq!(fs::read_to_string(&backup).unwrap(), "new");
    assert_eq!(names(home.path()), [".env", ".env.adsauth-backup"]);
}

#[test]
fn the_same_text_needs_no_backup_but_becomes_private() {
    let home = home();
    let path = real(&home).join("a");
    put(&path, "same", 0o664);
    assert_eq!(save(&path, "same").unwrap().backup, None);
    assert_eq!(mode(&path), 0o600);
    assert_eq!(names(home.path()), ["a"]);
}

#[test]
fn a_backup_never_goes_through_a_link() {
    let home = home();
    let path = real(&home).join("a");
    put(&path, "old", 0o600);
    put(&real(&home).join("precious"), "precious", 0o600);
    symlink(real(&home).join("precious"), real(&home).join("a.adsauth-backup")).unwrap();
    save(&path, "new").unwrap();
    assert_eq!(fs::read_to_string(real(&home).join("precious")).unwrap(), "precious");
    assert_eq!(fs::read_to_string(real(&home).join("a.adsauth-backup")).unwrap(), "old");
}

#[test]
fn a_link_stays_and_what_it_leads_to_is_replaced() {
    let home = home();
    let dotfiles = real(&home).join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    put(&dotfiles.join("ads"), "old", 0o600);
    symlink("dotfiles", real(&home).join("d")).unwrap();
    symlink("ads", dotfiles.join("second")).unwrap();
    let link = real(&home).join("google-ads.yaml");
    symlink("d/second", &link).unwrap();

    let place = look(&link).unwrap();
    assert_eq!((&place.asked, &place.path), (&link, &dotfiles.join("ads")));
    write(&place, "new").unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("d/second"));
    assert_eq!(fs::read_to_string(dotfiles.join("ads")).unwrap(), "new");
    assert_eq!(names(&dotfiles), ["ads", "ads.adsauth-backup", "second"]);
}

#[test]
fn a_link_to_nothing_makes_what_it_leads_to() {
    let home = home();
    let link = real(&home).join("a");
    symlink("gone", &link).unwrap();
    assert_eq!(save(&link, "new").unwrap().path, real(&home).join("gone"));
    assert_eq!(fs::read_to_string(real(&home).join("gone")).unwrap(), "new");
    assert!(link.is_symlink());
}

#[test]
fn paths_that_lead_to_no_file_are_refused() {
    let home = home();
    let at = |name: &str| real(&home).join(name);
    symlink("loop", at("loop")).unwrap();
    symlink("two", at("one")).unwrap();
    symlink("one", at("two")).unwrap();
    symlink("gone", at("dangling")).unwrap();
    put(&at("file"), "x", 0o600);
    let _listening = UnixListener::bind(at("socket")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, at("fifo"), rustix::fs::FileType::Fifo, Mode::RUSR, 0).unwrap();
    for (name, expected) in [
        ("loop", SaveError::LinkLoop),
        ("one", SaveError::LinkLoop),
        ("one/a", SaveError::LinkLoop),
        ("dangling/a", SaveError::NoDirectory),
        ("file/a", SaveError::NoDirectory),
        ("gone/../a", SaveError::NoDirectory),
        ("socket", SaveError::NotAFile),
        ("fifo", SaveError::NotAFile),
        (".", SaveError::NotAFile),
        ("..", SaveError::NotAFile),
        ("/", SaveError::NotAFile),
        ("/dev/null", SaveError::NotAFile),
    ] {
        assert_eq!(look(&at(name)), Err(expected), "{name}");
    }
}

#[test]
fn what_is_no_configuration_is_refused() {
    let home = home();
    let path = real(&home).join("a");
    fs::write(&path, b"\xff\xfea\0").unwrap();
    assert_eq!(look(&path), Err(SaveError::NotUtf8));
    File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
    assert_eq!(look(&path), Err(SaveError::TooLarge));
    assert_eq!(text_of(File::open(&path).unwrap()), Err(SaveError::TooLarge), "nor after it was asked how long it is");
    let longest = "a".repeat(1_048_576);
    put(&path, &longest, 0o600);
    let place = look(&path).unwrap();
    assert!(place.existing.is_some_and(|existing| existing.text() == longest), "all of it is read");
    assert!(place::read(&path.join("below")).is_err(), "what cannot be asked for is not taken for missing");
}

#[test]
fn a_directory_that_everyone_may_change_is_refused_unless_it_is_sticky() {
    let home = home();
    let open = real(&home).join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    assert_eq!(look(&open.join("a")), Err(SaveError::UnsafeDirectory(open.clone())));
    assert_eq!(look(&open.join("new/a")), Err(SaveError::UnsafeDirectory(open.clone())));
    fs::set_permissions(&open, Permissions::from_mode(0o1777)).unwrap();
    assert!(look(&open.join("a")).is_ok());
}

#[test]
fn a_file_of_another_user_is_refused() {
    let passwd = Path::new("/etc/passwd");
    if rustix::process::geteuid().is_root() {
        let home = home();
        let path = real(&home).join("a");
        put(&path, "old", 0o666);
        std::os::unix::fs::chown(&path, Some(12345), None).unwrap();
        assert_eq!(look(&path), Err(SaveError::ForeignOwner { uid: 12345 }));
    } else {
        assert_eq!(look(passwd), Err(SaveError::ForeignOwner { uid: 0 }));
    }
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is_now() {
    for (before, after) in [(Some("old"), Some("theirs")), (Some("old"), None), (None, Some("theirs"))] {
        let home = home();
        let path = real(&home).join("a");
        if let Some(text) = before {
            put(&path, text, 0o600);
        }
        let place = look(&path).unwrap();
        match after {
            Some(text) => put(&path, text, 0o600),
            None => fs::remove_file(&path).unwrap(),
        }
        assert_eq!(write(&place, "ours"), Err(SaveError::Changed));
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), after);
        assert!(names(home.path()).iter().all(|name| !name.contains("adsauth-") || name.ends_with("-backup")));
    }
}

#[test]
fn a_link_that_took_the_files_place_is_not_followed() {
    let home = home();
    let path = real(&home).join("a");
    put(&path, "old", 0o600);
    put(&real(&home).join("precious"), "old", 0o600);
    let place = look(&path).unwrap();
    fs::remove_file(&path).unwrap();
    symlink("precious", &path).unwrap();
    assert_eq!(write(&place, "new"), Err(SaveError::NotAFile));
    assert_eq!(fs::read_to_string(real(&home).join("precious")).unwrap(), "old");
}

#[test]
fn what_a_killed_save_left_is_removed_and_what_a_running_one_uses_stays() {
    let home = home();
    let at = |name: &str| real(&home).join(name);
    for stale in [".a.adsauth-AbC123", ".a.adsauth-backup.adsauth-AbC123"] {
        put(&at(stale), "left over", 0o600);
    }
    for other in [".a.adsauth-notours", ".b.adsauth-AbC123", "a.adsauth-AbC123", ".a.adsauth-AbC12!"] {
        put(&at(other), "other", 0o600);
    }
    symlink(".b.adsauth-AbC123", at(".a.adsauth-Link12")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, at(".a.adsauth-Fifo12"), rustix::fs::FileType::Fifo, PRIVATE, 0).unwrap();
    let running = on_disk(&real(&home), OsStr::new("a"), "theirs").unwrap();
    save(&at("a"), "new").unwrap();
    assert!(!at(".a.adsauth-AbC123").exists() && !at(".a.adsauth-backup.adsauth-AbC123").exists());
    assert!(running.path().exists() && at(".a.adsauth-Link12").is_symlink() && at(".a.adsauth-Fifo12").exists());
    drop(running);
    assert_eq!(names(home.path()).len(), 7);
}

#[test]
fn an_unfinished_file_is_private_from_its_first_byte() {
    let home = home();
    let file = on_disk(home.path(), OsStr::new("a"), "text").unwrap();
    assert_eq!(mode(file.path()), 0o600);
    let name = file.path().file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with(".a.adsauth-") && name.len() == ".a.adsauth-".len() + RANDOM, "{name}");
}

#[test]
fn each_refusal_of_the_system_has_its_name() {
    for (errno, expected) in [
        (Errno::NOSPC, SaveError::NoSpace),
        (Errno::DQUOT, SaveError::NoSpace),
        (Errno::ROFS, SaveError::ReadOnly),
        (Errno::ACCESS, SaveError::Permission),
        (Errno::PERM, SaveError::Immutable),
        (Errno::IO, SaveError::Disk),
        (Errno::NAMETOOLONG, SaveError::NameTooLong),
        (Errno::XDEV, SaveError::Other(Errno::XDEV.raw_os_error())),
    ] {
        assert_eq!(SaveError::from(io::Error::from(errno)), expected);
    }
    let home = home();
    let long = real(&home).join("x".repeat(250));
    assert_eq!(save(&long, "a"), Err(SaveError::NameTooLong));
    assert_eq!(look(Path::new("/tmp/\0")), Err(SaveError::Other(Errno::INVAL.raw_os_error())));
    assert_eq!(look(Path::new("")), Err(SaveError::Other(Errno::INVAL.raw_os_error())));
}

#[test]
fn a_directory_without_permission_leaves_everything_as_it_was() {
    if rustix::process::geteuid().is_root() {
        return;
    }
    let home = home();
    let closed = real(&home).join("closed");
    fs::create_dir(&closed).unwrap();
    put(&closed.join("a"), "old", 0o600);
    fs::set_permissions(&closed, Permissions::from_mode(0o500)).unwrap();
    assert_eq!(save(&closed.join("a"), "new"), Err(SaveError::Permission));
    assert_eq!(fs::read_to_string(closed.join("a")).unwrap(), "old");
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn debug_shows_no_text() {
    let home = home();
    let path = real(&home).join("a");
    put(&path, "CANARY", 0o600);
    let debug = format!("{:?}", look(&path).unwrap());
    assert!(debug.contains("mode: ") && !debug.contains("CANARY"), "{debug}");
}

fn warned(place: &Place, target: Target, around: &Surroundings) -> Vec<SaveWarning> {
    // Whatever directory the tests run in, it may itself be in a work tree.
    let inside = |warning: &SaveWarning| match warning {
        SaveWarning::GitWorkTree(root) => root.ends_with("work"),
        _ => true,
    };
    warnings(place, target, around).into_iter().filter(inside).collect()
}

#[test]
fn work_trees_and_synchronised_folders_are_noticed() {
    let home = home();
    let work = real(&home).join("work");
    fs::create_dir_all(work.join("deep/er")).unwrap();
    put(&work.join(".git"), "gitdir: elsewhere", 0o600);
    let around = Surroundings::default();
    let place = look(&work.join("deep/er/new/.env")).unwrap();
    assert_eq!(warned(&place, Target::Env, &around), [SaveWarning::GitWorkTree(work)]);
    for folder in ["OneDrive - A Company", "Dropbox (Personal)", "Google Drive", "iCloud Drive", "Mobile Documents"] {
        let place = look(&real(&home).join(folder).join("x/.env")).unwrap();
        assert_eq!(warned(&place, Target::Env, &around), [SaveWarning::Synced(folder.to_owned())]);
    }
    let place = look(&real(&home).join("Documents/.env")).unwrap();
    assert_eq!(warned(&place, Target::Env, &around), []);
}

#[test]
fn other_names_and_other_readers_of_the_old_file_are_noticed() {
    let home = home();
    let path = real(&home).join("a");
    put(&path, "old", 0o640);
    fs::hard_link(&path, real(&home).join("b")).unwrap();
    let expected = [SaveWarning::HardLinks(1), SaveWarning::OthersCouldRead];
    assert_eq!(warned(&look(&path).unwrap(), Target::Env, &Surroundings::default()), expected);
}

#[test]
fn what_is_read_instead_of_the_file_is_noticed() {
    let home = home();
    let path = real(&home).join("google-ads.yaml");
    put(&path, "", 0o600);
    let place = look(&path).unwrap();
    let around = |name: &str, value: &Path| Surroundings {
        variables: vec![(name.to_owned(), value.as_os_str().to_owned())],
        current_directory: real(&home),
        practice: None,
    };
    let variable = "GOOGLE_ADS_CONFIGURATION_FILE_PATH";
    let other = SaveWarning::AnotherFile { variable, path: real(&home).join("other.yaml") };
    for target in [Target::Python, Target::Ruby, Target::Java, Target::Php, Target::Perl, Target::DotnetJson] {
        assert_eq!(warned(&place, target, &around(variable, Path::new("other.yaml"))), std::slice::from_ref(&other));
    }
    assert_eq!(warned(&place, Target::Python, &around(variable, Path::new("google-ads.yaml"))), []);
    assert_eq!(warned(&place, Target::Python, &around(variable, Path::new(""))), []);
    symlink("google-ads.yaml", real(&home).join("link.yaml")).unwrap();
    assert_eq!(warned(&place, Target::Python, &around(variable, Path::new("link.yaml"))), []);
    symlink("new.yaml", real(&home).join("link-to-new.yaml")).unwrap();
    let new = look(&real(&home).join("link-to-new.yaml")).unwrap();
    assert_eq!(warned(&new, Target::Python, &around(variable, Path::new("new.yaml"))), []);
    assert_eq!(warned(&place, Target::Env, &around(variable, Path::new("other.yaml"))), []);
    let set = around("GOOGLE_ADS_REFRESH_TOKEN", Path::new("x"));
    assert_eq!(warned(&place, Target::Env, &set), [SaveWarning::Variables(vec!["GOOGLE_ADS_REFRESH_TOKEN"])]);
    assert_eq!(warned(&place, Target::AuthorizedUser, &set), []);
    let credentials = around("GOOGLE_APPLICATION_CREDENTIALS", Path::new("/adc.json"));
    let other = SaveWarning::AnotherFile { variable: "GOOGLE_APPLICATION_CREDENTIALS", path: "/adc.json".into() };
    assert_eq!(warned(&place, Target::AuthorizedUser, &credentials), [other]);
}

#[test]
fn php_looks_into_the_current_directory_first() {
    let home = home();
    let project = real(&home).join("project");
    fs::create_dir(&project).unwrap();
    put(&project.join("google_ads_php.ini"), "", 0o600);
    let around = Surroundings { current_directory: project.clone(), ..Surroundings::default() };
    let at_home = look(&real(&home).join("google_ads_php.ini")).unwrap();
    let here = project.join("google_ads_php.ini");
    assert_eq!(warned(&at_home, Target::Php, &around), [SaveWarning::EarlierFile(here.clone())]);
    assert_eq!(warned(&look(&here).unwrap(), Target::Php, &around), []);
    assert_eq!(warned(&at_home, Target::Perl, &around), []);
}

#[test]
fn a_token_is_of_the_server_that_its_file_names_or_else_of_google() {
    use super::super::plan::Plan;
    use super::super::tests::credentials;
    use crate::oauth::endpoints::{Endpoints, Trust, TrustedHost};
    use crate::targets::Credentials;

    let home = home();
    let uri = "https://login.example/token";
    let theirs = Trust::new(vec![TrustedHost::parse("login.example").unwrap()]).judge_token(uri).unwrap();
    let other = Credentials { token_uri: Some(uri.to_owned()), ..credentials() };
    for target in [Target::Env, Target::AuthorizedUser] {
        for (held, servers) in [(credentials(), (true, false)), (other.clone(), (false, true))] {
            let path = real(&home).join("held");
            put(&path, &target.merge(None, &held).unwrap(), 0o600);
            let plan = Plan::new(target, look(&path).unwrap(), &credentials(), &Surroundings::default());
            assert_eq!(
                (plan.holds_token_of(&Endpoints::google()), plan.holds_token_of(&theirs)),
                servers,
                "{target:?}"
            );
        }
    }
}
