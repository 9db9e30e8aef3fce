use proptest::prelude::*;

use super::super::Target;
use super::super::tests::{credentials, hostile_credentials, with_login};
use super::*;

/// The keys and placeholders of the library's own sample.
const SAMPLE: &str = "\
# Settings of the client library
developer_token: INSERT_DEVELOPER_TOKEN_HERE

# Required
use_proto_plus: INSERT_USE_PROTO_PLUS_FLAG_HERE

client_id: INSERT_OAUTH2_CLIENT_ID_HERE
client_secret: INSERT_OAUTH2_CLIENT_SECRET_HERE
refresh_token: INSERT_REFRESH_TOKEN_HERE
# json_key_file_path: INSERT_SERVICE_ACCOUNT_KEY_PATH_HERE

# For managers
login_customer_id: INSERT_LOGIN_CUSTOMER_ID_HERE
# linked_customer_id: INSERT_LINKED_CUSTOMER_ID_HERE

# logging:
  # version: 1
  # handlers:
    # default_handler:
      # class: logging.StreamHandler
";

/// A file that someone has made their own.
const OWN: &str = "\
---
# mine  \x20
\"client_id\": old-id   # the desktop one
http_proxy: http://proxy:8080
client_secret  : \"old\\tsecret\"
logging:
  version: 1
  formatters: {a: {format: '[%(asctime)s] # no comment'}}
  note: |
    client_id: not this one
     refresh_token: nor this

developer_token: abc123DEF
use_proto_plus: no
refresh_token:      # none yet
endpoint: 'a''b'
";

fn merged(text: &str, credentials: &Credentials) -> String {
    Target::Python.merge(Some(text), credentials).unwrap()
}

#[test]
fn a_new_file_is_as_small_as_the_library_allows() {
    let text = merge(None, &with_login()).unwrap();
    let lines: Vec<_> = text.lines().skip(1).collect();
    assert!(text.starts_with("# "));
    assert_eq!(
        lines,
        [
            "client_id: '123-abc.apps.googleusercontent.com'",
            "client_secret: 'GOCSPX-aaaabbbbccccdddd'",
            "refresh_token: '1//0gAAAABBBB-cccc_dddd'",
            "login_customer_id: '1234567890'",
            "use_proto_plus: True",
        ]
    );
    assert_eq!(super::lines(&with_login()).lines().collect::<Vec<_>>(), lines[..4]);
}

#[test]
fn the_librarys_sample_loads_afterwards() {
    let expected = SAMPLE
        .replace("developer_token: INSERT", "# developer_token: INSERT")
        .replace("INSERT_USE_PROTO_PLUS_FLAG_HERE", "True")
        .replace("INSERT_OAUTH2_CLIENT_ID_HERE", "'123-abc.apps.googleusercontent.com'")
        .replace("INSERT_OAUTH2_CLIENT_SECRET_HERE", "'GOCSPX-aaaabbbbccccdddd'")
        .replace("INSERT_REFRESH_TOKEN_HERE", "'1//0gAAAABBBB-cccc_dddd'");
    assert_eq!(read(SAMPLE), Ok(Held::default()));
    let without = expected.replace("login_customer_id: INSERT", "# login_customer_id: INSERT");
    assert_eq!(merged(SAMPLE, &credentials()), without);
    let with = expected.replace("INSERT_LOGIN_CUSTOMER_ID_HERE", "'1234567890'");
    assert_eq!(merged(SAMPLE, &with_login()), with);
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let expected = OWN
        .replace("old-id ", "'123-abc.apps.googleusercontent.com' ")
        .replace("\"old\\tsecret\"", "'GOCSPX-aaaabbbbccccdddd'")
        .replace("refresh_token:      #", "refresh_token: '1//0gAAAABBBB-cccc_dddd'      #")
        .replace("# none yet\n", "# none yet\nlogin_customer_id: '1234567890'\n");
    assert_eq!(merged(OWN, &with_login()), expected);
    let held = read(OWN).unwrap();
    assert_eq!(held.client_id.as_deref(), Some("old-id"));
    assert_eq!(held.client_secret.unwrap().expose(), "old\tsecret");
    assert_eq!((held.refresh_token, held.login_customer_id), (None, None));
    assert_eq!(held.developer_token.unwrap().expose(), "abc123DEF");
}

#[test]
fn line_ends_and_their_absence_stay() {
    for text in [SAMPLE, OWN] {
        for cut in [text, text.trim_end()] {
            let windows = cut.replace('\n', "\r\n");
            assert_eq!(merged(&windows, &with_login()), merged(cut, &with_login()).replace('\n', "\r\n"));
        }
        assert!(!merged(text.trim_end(), &with_login()).ends_with('\n'));
    }
}

#[test]
fn indentation_of_the_whole_mapping_stays() {
    let text = "# odd\n   client_id: a\n   logging:\n      version: 1\n";
    let merged = merged(text, &credentials());
    assert_eq!(
        merged,
        "# odd\n   client_id: '123-abc.apps.googleusercontent.com'\n   client_secret: 'GOCSPX-aaaabbbbccccdddd'\n   \
         refresh_token: '1//0gAAAABBBB-cccc_dddd'\n   use_proto_plus: True\n   logging:\n      version: 1\n"
    );
}

#[test]
fn a_file_of_comments_keeps_them() {
    let merged = merged("# nothing yet\n", &credentials());
    assert!(merged.starts_with("# nothing yet\nclient_id: '"), "{merged}");
    assert!(merged.ends_with("use_proto_plus: True\n"), "{merged}");
}

#[test]
fn what_has_the_values_already_is_not_touched() {
    let text = "client_id: 123-abc.apps.googleusercontent.com\nclient_secret: \"GOCSPX-aaaabbbbccccdddd\"\n\
                refresh_token: 1//0gAAAABBBB-cccc_dddd # here\nlogin_customer_id: 1234567890\nuse_proto_plus: False\n";
    assert_eq!(merged(text, &with_login()), text);
    assert_eq!(merged(text, &credentials()), text);
}

#[test]
fn null_is_known_to_the_library_and_an_empty_text_is_not() {
    let text = "login_customer_id:\nlinked_customer_id: \"\"\ndeveloper_token: ~\n";
    let merged = merged(text, &credentials());
    assert!(merged.starts_with("login_customer_id:\n# linked_customer_id: \"\"\ndeveloper_token: ~\n"), "{merged}");
}

#[test]
fn another_way_of_signing_in_is_left_alone() {
    for (text, key) in [
        ("json_key_file_path: /a.json\n", "json_key_file_path"),
        ("path_to_private_key_file: /a.json\n", "path_to_private_key_file"),
        ("use_application_default_credentials: true\n", "use_application_default_credentials"),
        ("use_application_default_credentials: 'Yes'\n", "use_application_default_credentials"),
    ] {
        assert_eq!(merge(Some(text), &credentials()), Err(Refused::OtherFlow { key }), "{text}");
        assert_eq!(read(text), Err(Refused::OtherFlow { key }), "{text}");
    }
    for text in ["json_key_file_path: INSERT_PATH_HERE\n", "use_application_default_credentials: False\n"] {
        merged(text, &credentials());
    }
}

#[test]
fn what_cannot_be_edited_for_certain_is_refused() {
    let layout = |line| Refused::Layout { line };
    let anchors = |line| Refused::Anchors { line };
    let not_valid = |line| Refused::NotValid { line };
    for (text, expected) in [
        ("a: &x 1\nclient_id: *x\n", anchors(1)),
        ("client_id: *x\n", not_valid(1)),
        ("client_id: !!str x\n", anchors(1)),
        ("a: 1\nclient_id: !x y\n", anchors(2)),
        ("logging: &l\n  version: 1\n", anchors(1)),
        ("logging:\n  - &l 1\n", anchors(2)),
        ("client_id: a\n---\nclient_id: b\n", Refused::SeveralDocuments),
        ("client_id: a\nb: 1\n'client_id': c\n", Refused::Repeated { line: 3 }),
        ("use_proto_plus: a\nuse_proto_plus: c\n", Refused::Repeated { line: 2 }),
        ("{client_id: a}\n", layout(1)),
        ("- client_id: a\n", layout(1)),
        ("text\n", layout(1)),
        ("a: 1\nclient_id: b\n  c\n", layout(2)),
        ("client_id: 'b\n  c'\n", layout(1)),
        ("client_id: |\n  c\n", layout(1)),
        ("client_id:\n  c\n", layout(1)),
        ("client_id:\n  c: d\n", layout(1)),
        ("client_id: [a]\n", layout(1)),
        ("? client_id\n: a\n", layout(1)),
        ("? {a: b}\n: a\n", layout(1)),
        ("client_id:\ta\n", not_valid(1)),
        ("a: 1\n\tclient_id: a\n", not_valid(2)),
        ("client_id: a\n  b: c\n", not_valid(2)),
        ("a: 'open\n", not_valid(1)),
        ("a: \u{7f}\n", not_valid(1)),
        ("# a\u{2028}client_id: b\n", not_valid(1)),
        ("a: 1\rb: 2\n", not_valid(1)),
    ] {
        let refused = merge(Some(text), &credentials()).map_err(|refused| match refused {
            // Where exactly a parser gives up on a broken text is its own affair.
            Refused::NotValid { .. } if matches!(expected, Refused::NotValid { .. }) => expected.clone(),
            other => other,
        });
        assert_eq!(refused, Err(expected), "{text:?}");
    }
}

#[test]
fn quoted_values_are_replaced_up_to_their_own_quote() {
    for (written, value) in [
        ("\"a\\\"b\" # \"c\"", "a\"b"),
        ("\"a\\\\\" # \"c\"", "a\\"),
        (r"'a''b' # 'c'", "a'b"),
        (r"'a\' # it's", "a\\"),
        (r"'''' # '", "'"),
        ("\"#\" #\"", "#"),
    ] {
        let text = format!("client_id: {written}\nuse_proto_plus: True\n");
        assert_eq!(read(&text).unwrap().client_id.as_deref(), Some(value), "{written}");
        let comment = &written[written.rfind(" #").unwrap()..];
        let first = format!("client_id: '123-abc.apps.googleusercontent.com'{comment}\n");
        assert!(merged(&text, &credentials()).starts_with(&first), "{written}");
    }
}

#[test]
fn tabs_within_comments_do_no_harm() {
    let text = "# a\tb\nuse_proto_plus: True #\tc\n";
    assert!(merged(text, &credentials()).starts_with(text));
}

#[test]
fn a_block_that_would_get_a_line_end_by_what_is_added_is_refused() {
    let text = "note: |\n  two\n  lines";
    assert_eq!(merge(Some(text), &credentials()), Err(Refused::Layout { line: 2 }));
    let ended = format!("{text}\n");
    assert!(merge(Some(&ended), &credentials()).unwrap().starts_with(&ended));
}

proptest! {
    #[test]
    fn no_other_line_changes_whatever_the_values_are(credentials in hostile_credentials(), sample in any::<bool>()) {
        let text = if sample { SAMPLE } else { OWN };
        let merged = Target::Python.merge(Some(text), &credentials).unwrap();
        let ours = |line: &&str| {
            let key = line.trim_start_matches(['#', ' ', '"']);
            ["client_id", "client_secret", "refresh_token", "login_customer_id", "use_proto_plus", "developer_token"]
                .iter()
                .any(|name| key.starts_with(name)) && !line.starts_with("   ")
        };
        let others = |text: &str| text.lines().filter(|line| !ours(line)).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(others(&merged), others(text));
        let added = usize::from(!sample && credentials.login_customer_id.is_some());
        prop_assert_eq!(merged.lines().count(), text.lines().count() + added);
    }
}
