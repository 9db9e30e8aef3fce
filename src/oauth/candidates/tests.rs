use std::time::Duration;

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;

const A: &str = "1111-aaaa.apps.googleusercontent.com";
const B: &str = "2222-bbbb.apps.googleusercontent.com";

fn found(path: &str, day: u64, content: Content) -> Found {
    let modified = Some(SystemTime::UNIX_EPOCH + Duration::from_hours(24 * day));
    Found { path: PathBuf::from(path), modified, others_can_read: false, content }
}

fn file(path: &str, day: u64, id: &str, secret: &str) -> Found {
    let json = format!(
        r#"{{"installed":{{"client_id":"{id}","client_secret":"{secret}","project_id":"p",
        "auth_uri":"https://accounts.google.com/o/oauth2/auth","token_uri":"https://oauth2.googleapis.com/token"}}}}"#
    );
    found(path, day, Content::Bytes(Zeroizing::new(json.into_bytes())))
}

/// Path, whether it can be chosen, what it repeats.
fn rows(found: Vec<Found>) -> Vec<(String, bool, Option<String>)> {
    let shown = |path: &Path| path.display().to_string();
    arrange(found, &Trust::default())
        .iter()
        .map(|row| (shown(&row.path), row.usable(), row.duplicate_of.as_deref().map(shown)))
        .collect()
}

fn row(path: &str, usable: bool, duplicate_of: Option<&str>) -> (String, bool, Option<String>) {
    (path.to_owned(), usable, duplicate_of.map(str::to_owned))
}

#[test]
fn usable_files_come_first_and_the_newest_of_each_part_on_top() {
    let undated = Found { modified: None, ..file("undated", 0, B, "s3") };
    let rows = rows(vec![
        found("old-junk", 1, Content::Bytes(Zeroizing::new(b"{}".to_vec()))),
        undated,
        file("old", 2, A, "s1"),
        found("new-junk", 9, Content::TooLarge),
        file("new", 3, B, "s2"),
    ]);
    let paths: Vec<_> = rows.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["new", "old", "undated", "new-junk", "old-junk"]);
}

#[test]
fn files_of_one_age_are_ordered_by_path() {
    let rows = rows(vec![file("b", 1, B, "s"), file("a", 1, A, "s")]);
    assert_eq!(rows, [row("a", true, None), row("b", true, None)]);
}

#[test]
fn a_newer_download_without_a_secret_names_the_newest_that_has_one() {
    let rows = rows(vec![
        file("without", 9, A, ""),
        file("older", 1, A, "s1"),
        file("newer", 2, A, "s2"),
        file("stranger", 3, B, "s1"),
    ]);
    let expected = [
        row("stranger", true, None),
        row("newer", true, None),
        row("older", true, None),
        row("without", false, Some("newer")),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_file_without_a_secret_is_no_duplicate_when_no_other_has_one() {
    let rows = rows(vec![file("one", 1, A, ""), file("two", 2, A, ""), file("other", 3, B, "s")]);
    assert_eq!(rows, [row("other", true, None), row("two", false, None), row("one", false, None)]);
}

#[test]
fn copies_name_the_newest_of_them() {
    let rows = rows(vec![file("1", 1, A, "s"), file("3", 3, A, "s"), file("2", 2, A, "s")]);
    assert_eq!(rows, [row("3", true, None), row("2", true, Some("3")), row("1", true, Some("3"))]);
}

#[test]
fn two_secrets_of_one_client_are_two_choices() {
    let rows = rows(vec![file("1", 1, A, "s1"), file("2", 2, A, "s2"), file("0", 0, A, "s1")]);
    assert_eq!(rows, [row("2", true, None), row("1", true, None), row("0", true, Some("1"))]);
}

#[test]
fn ordering_again_after_an_addition_forgets_the_old_duplicates() {
    let trust = Trust::default();
    let mut candidates = arrange(vec![file("1", 1, A, "s"), file("2", 2, A, "s")], &trust);
    candidates.push(judge_one(file("3", 3, A, "s"), &trust));
    order(&mut candidates);
    let names: Vec<_> = candidates.iter().map(|row| row.duplicate_of.as_deref()).collect();
    assert_eq!(names, [None, Some(Path::new("3")), Some(Path::new("3"))]);
}

#[test]
fn what_could_not_be_read_keeps_its_reason() {
    for (content, kind) in [
        (Content::TooLarge, Kind::TooLarge),
        (Content::Unreadable(Unreadable::SymlinkLoop), Kind::Unreadable),
        (Content::NotAFile(FileType::Fifo), Kind::NotAFile),
    ] {
        assert_eq!(judge_one(found("x", 1, content), &Trust::default()).kind(), kind);
    }
}

#[test]
fn a_row_knows_its_client_even_without_a_secret() {
    let row = judge_one(file("x", 1, A, ""), &Trust::default());
    assert_eq!((row.kind(), row.client_id(), row.project()), (Kind::ClientWithoutSecret, Some(A), Some("p")));
    assert_eq!(row.console_url(), judge_one(file("x", 1, A, "s"), &Trust::default()).console_url());
    assert!(row.console_url().is_some());
}

#[test]
fn debug_shows_no_secret() {
    let found = file("x", 1, A, "GOCSPX-CANARY");
    assert!(!format!("{found:?} {:#?}", arrange(vec![found.clone()], &Trust::default())).contains("CANARY"));
}

#[test]
fn names_are_known_by_beginning_and_end_in_any_case() {
    for name in [
        "client_secret.json",
        "client_secret_1-a.apps.googleusercontent.com.json",
        "client_secret_1-a.apps.googleusercontent.com (1).json",
        "client_secrets.json",
        "clientsecret.json",
        "credentials.json",
        "oauth2.json",
        "Client_Secret.JSON",
    ] {
        assert!(is_candidate_name(name.as_bytes()), "{name}");
    }
    assert!(is_candidate_name(b"client_secret_\xff\xfe.json"));
    for name in [
        "",
        ".json",
        "client_secret",
        "client.json",
        "client_secret.json.crdownload",
        "client_secret.json~",
        "my_client_secret.json",
        ".credentials.json",
        "client_secre.json",
    ] {
        assert!(!is_candidate_name(name.as_bytes()), "{name}");
    }
}

proptest! {
    #[test]
    fn the_order_does_not_depend_on_how_files_were_found(
        files in proptest::collection::vec((0_u64..4, any::<bool>(), 0_u8..3), 0..10),
        turn in any::<prop::sample::Index>(),
    ) {
        let list: Vec<_> = files.iter().enumerate().map(|(number, (day, client, secret))| {
            let secret = ["", "s1", "s2"][usize::from(*secret)];
            file(&format!("{number}"), *day, if *client { A } else { B }, secret)
        }).collect();
        let mut turned = list.clone();
        if !list.is_empty() {
            turned.rotate_left(turn.index(list.len()));
        }
        let rows = rows(list);
        prop_assert_eq!(&rows, &self::rows(turned));
        for (place, (_, _, duplicate_of)) in rows.iter().enumerate() {
            if let Some(first) = duplicate_of {
                let original = rows.iter().position(|(path, ..)| path == first).unwrap();
                prop_assert!(original < place && rows[original].1 && rows[original].2.is_none());
            }
        }
    }
}
