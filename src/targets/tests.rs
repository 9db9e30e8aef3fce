//! What every format must do alike, and what the tests of the formats share.

use std::path::Path;

use proptest::prelude::*;

use super::*;

pub(super) fn credentials() -> Credentials {
    Credentials {
        client_id: "123-abc.apps.googleusercontent.com".to_owned(),
        client_secret: Secret::new("GOCSPX-aaaabbbbccccdddd".to_owned()),
        refresh_token: Secret::new("1//0gAAAABBBB-cccc_dddd".to_owned()),
        login_customer_id: None,
        token_uri: None,
    }
}

pub(super) fn with_login() -> Credentials {
    Credentials { login_customer_id: Some("123-456-7890".parse().unwrap()), ..credentials() }
}

pub(super) fn held_of(credentials: &Credentials) -> Held {
    Held {
        client_id: Some(credentials.client_id.clone()),
        client_secret: Some(credentials.client_secret.clone()),
        refresh_token: Some(credentials.refresh_token.clone()),
        login_customer_id: credentials.login_customer_id.map(|id| id.to_string()),
        developer_token: None,
    }
}

/// Values that mean something in one format or another.
pub(super) fn hostile_value() -> impl Strategy<Value = String> {
    let parts = "'|\"|#| #|#{x}|&|&amp;|%|%d|:|: |\\|\\\\|\\n|$x|${x}|$(x)|`|=|,|;|!|*|[|]|{|}|<|>|?|-|- |@|~|  |é|한|🦀|a|Z|0|_|/|.|null|yes|---"
        .split('|')
        .chain(["|"])
        .collect::<Vec<_>>();
    prop::collection::vec(prop::sample::select(parts), 1..12).prop_map(|parts| parts.concat())
}

pub(super) fn hostile_credentials() -> impl Strategy<Value = Credentials> {
    let login = prop::option::of((1_000_000_000_u64..10_000_000_000).prop_map(|id| id.to_string().parse().unwrap()));
    (hostile_value(), hostile_value(), hostile_value(), login)
        .prop_map(|(client_id, client_secret, refresh_token, login_customer_id)| Credentials {
            client_id,
            client_secret: Secret::new(client_secret),
            refresh_token: Secret::new(refresh_token),
            login_customer_id,
            token_uri: None,
        })
        .prop_filter("placeholders are refused", |credentials| credentials.check().is_ok())
}

/// The credentials as a format without a customer id gives them back.
fn as_held(target: Target, credentials: &Credentials) -> Held {
    let held = held_of(credentials);
    if target == Target::AuthorizedUser { Held { login_customer_id: None, ..held } } else { held }
}

#[test]
fn a_new_text_holds_exactly_the_credentials() {
    for target in Target::ALL {
        for credentials in [credentials(), with_login()] {
            for existing in [None, Some(""), Some("\n"), Some("\u{feff}")] {
                let text = target.merge(existing, &credentials).unwrap();
                assert_eq!(target.read(&text), Ok(as_held(target, &credentials)), "{text}");
                assert!(text.ends_with('\n'), "{text}");
            }
        }
    }
}

#[test]
fn the_mark_at_the_beginning_stays() {
    for target in Target::ALL {
        let plain = target.merge(None, &credentials()).unwrap();
        let marked = format!("\u{feff}{plain}");
        // Two of the libraries would take the mark for a part of the first key, and JSON readers refuse it.
        if matches!(target, Target::Java | Target::Perl | Target::AuthorizedUser) {
            assert_eq!(target.merge(Some(&marked), &credentials()), Ok(plain));
            continue;
        }
        let merged = target.merge(Some(&marked), &with_login()).unwrap();
        assert_eq!(merged, format!("\u{feff}{}", target.merge(Some(&plain), &with_login()).unwrap()));
        assert_eq!(target.read(&merged), Ok(as_held(target, &with_login())));
    }
}

#[test]
fn a_text_with_two_marks_is_refused_or_merged_once_and_for_all() {
    for target in Target::ALL {
        let marked = format!("\u{feff}\u{feff}a=b\n{}", target.merge(None, &credentials()).unwrap());
        if let Ok(merged) = target.merge(Some(&marked), &with_login()) {
            assert_eq!(target.merge(Some(&merged), &with_login()).as_ref(), Ok(&merged), "{target:?}");
        }
    }
}

#[test]
fn values_that_could_add_a_line_or_are_none_are_refused_everywhere() {
    for value in
        ["", " ", "a\nb", "a\rb", "a\0b", "a\u{1b}b", "a\u{2028}b", "a\u{85}b", "INSERT_TOKEN_HERE", "<your token>"]
    {
        for target in Target::ALL {
            let id = Credentials { client_id: value.to_owned(), ..credentials() };
            let secret = Credentials { client_secret: Secret::new(value.to_owned()), ..credentials() };
            let token = Credentials { refresh_token: Secret::new(value.to_owned()), ..credentials() };
            for (bad, key) in [(id, "client_id"), (secret, "client_secret"), (token, "refresh_token")] {
                assert_eq!(target.merge(None, &bad), Err(Refused::Unwritable { key }), "{target:?} {value:?}");
            }
        }
    }
}

#[test]
fn a_file_that_was_only_touched_is_filled() {
    for target in Target::ALL {
        for text in ["", "\n", "\u{feff}\r\n"] {
            let path = PathBuf::from("/home/me/file");
            let existing = Some(save::Existing::new(text.to_owned(), 0o600, 1));
            let place = save::Place { asked: path.clone(), path, existing };
            let plan = plan::Plan::new(target, place, &credentials(), &save::Surroundings::default());
            assert_eq!(plan.change, plan::Change::Fill, "{target:?} {text:?}");
        }
    }
}

#[test]
fn placeholders_of_the_samples_are_no_values() {
    for text in ["", "  ", "INSERT_REFRESH_TOKEN_HERE", " INSERT_X_HERE ", "<your token>"] {
        assert_eq!(present(text), None, "{text:?}");
    }
    for text in ["x", "INSERT", "1//0g", "<b", "HERE"] {
        assert_eq!(present(text), Some(text));
    }
}

#[test]
fn every_default_path_is_known_by_its_name() {
    let home = Path::new("/home/me");
    for target in Target::ALL {
        match target.default_path(home) {
            Some(path) => assert_eq!(Target::of_path(&path), Some(target), "{}", path.display()),
            None => assert!(matches!(target, Target::DotnetXml | Target::DotnetJson)),
        }
    }
}

#[test]
fn a_name_tells_the_target_or_nothing() {
    for (name, expected) in [
        ("config/google-ads.yml", Some(Target::Python)),
        (".env", Some(Target::Env)),
        (".env.production", Some(Target::Env)),
        ("ads.env", Some(Target::Env)),
        ("App.config", Some(Target::DotnetXml)),
        ("Web.config", Some(Target::DotnetXml)),
        ("appsettings.json", Some(Target::DotnetJson)),
        ("appsettings.Development.json", Some(Target::DotnetJson)),
        ("application_default_credentials.json", Some(Target::AuthorizedUser)),
        ("other.json", None),
        ("other.properties", None),
        ("config", None),
        (".config", None),
        ("/", None),
    ] {
        assert_eq!(Target::of_path(Path::new(name)), expected, "{name}");
    }
}

/// Whether every value can be written: variables, Perl's bare lines and PHP's strings have characters that they cannot hold.
fn holds_everything(target: Target) -> bool {
    !matches!(target, Target::Env | Target::Perl | Target::Php)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_and_written_only_once(first in hostile_credentials(), second in hostile_credentials()) {
        for target in Target::ALL {
            let Ok(text) = target.merge(None, &first) else {
                prop_assert!(!holds_everything(target), "{:?}", target);
                continue;
            };
            prop_assert_eq!(target.read(&text), Ok(as_held(target, &first)), "{}", text);
            let Ok(again) = target.merge(Some(&text), &second) else {
                prop_assert!(!holds_everything(target), "{:?}", target);
                continue;
            };
            let login_customer_id = second.login_customer_id.or(first.login_customer_id);
            let both = Credentials { login_customer_id, ..second.clone() };
            prop_assert_eq!(target.read(&again), Ok(as_held(target, &both)), "{}", again);
            prop_assert_eq!(target.merge(Some(&again), &second), Ok(again));
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic_or_a_merge_lie(text in "(\\PC|[\r\n\t:#'\" ={}\\[\\]&*!|>-]|client_id|refresh_token|GOOGLE_ADS_CLIENT_ID|export ){0,60}") {
        for target in Target::ALL {
            let _ = target.read(&text);
            if let Ok(merged) = target.merge(Some(&text), &with_login()) {
                let held = target.read(&merged).unwrap();
                prop_assert_eq!(held.refresh_token, Some(with_login().refresh_token));
            }
        }
    }
}
