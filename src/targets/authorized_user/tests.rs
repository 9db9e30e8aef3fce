use proptest::prelude::*;
use serde_json::Value;

use super::super::Target;
use super::super::tests::{credentials, hostile_credentials, with_login};
use super::*;

/// As `gcloud` writes it, with members that only it knows.
const OWN: &str = r#"{
   "account": "me@example.com",
   "client_id" : "old-id",
   "client_secret": "old\u002dsecret",
   "quota_project_id": "a-project",
   "nested": {"client_id": "not this", "list": [1, 2.50, 1e400]},
   "refresh_token": null,
   "type": "authorized_user",
   "universe_domain": "googleapis.com"
}"#;

fn merged(text: &str, credentials: &Credentials) -> String {
    Target::AuthorizedUser.merge(Some(text), credentials).unwrap()
}

#[test]
fn a_new_file_has_its_type_and_three_values() {
    let text = merge(None, &with_login()).unwrap();
    assert_eq!(
        text,
        "{\n  \"type\": \"authorized_user\",\n  \"client_id\": \"123-abc.apps.googleusercontent.com\",\n  \
         \"client_secret\": \"GOCSPX-aaaabbbbccccdddd\",\n  \"refresh_token\": \"1//0gAAAABBBB-cccc_dddd\"\n}\n"
    );
    assert_eq!(super::lines(&credentials()), text.trim_end());
}

#[test]
fn a_token_of_googles_is_never_left_beside_the_address_of_another_server() {
    let with = |uri: &str| merge(None, &Credentials { token_uri: Some(uri.to_owned()), ..credentials() }).unwrap();
    let other = with("https://login.example/token");
    assert_eq!(merged(&other, &credentials()), with(GOOGLE_TOKEN));
    let alias = with("https://accounts.google.com/o/oauth2/token");
    assert_eq!(merged(&alias, &credentials()), alias);
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let expected = OWN
        .replace("\"old-id\"", "\"123-abc.apps.googleusercontent.com\"")
        .replace("\"old\\u002dsecret\"", "\"GOCSPX-aaaabbbbccccdddd\"")
        .replace("null", "\"1//0gAAAABBBB-cccc_dddd\"");
    assert_eq!(merged(OWN, &credentials()), expected);
    assert_eq!(merged(&OWN.replace('\n', "\r\n"), &credentials()), expected.replace('\n', "\r\n"));
    let held = read(OWN).unwrap();
    assert_eq!(held.client_id.as_deref(), Some("old-id"));
    assert_eq!(held.client_secret.unwrap().expose(), "old-secret");
    assert_eq!(held.refresh_token, None);
}

#[test]
fn missing_members_are_added_in_the_layout_of_the_file() {
    let id = r#""client_id": "123-abc.apps.googleusercontent.com""#;
    let secret = r#""client_secret": "GOCSPX-aaaabbbbccccdddd""#;
    let token = r#""refresh_token": "1//0gAAAABBBB-cccc_dddd""#;
    for (text, gap, end) in [
        (r#"{"type":"authorized_user"}"#, "", "}"),
        ("{\n\t\"type\": \"authorized_user\"\n}\n", "\n\t", "\n}\n"),
        ("{\r\n  \"a\": 1,\r\n  \"type\": \"authorized_user\" }", "\r\n  ", " }"),
    ] {
        let start = text.strip_suffix(end).unwrap();
        assert_eq!(merged(text, &credentials()), format!("{start},{gap}{id},{gap}{secret},{gap}{token}{end}"));
    }
}

#[test]
fn an_escaped_value_that_is_the_same_is_not_touched() {
    let text =
        merged(OWN, &credentials()).replace("1//0g", "1\\/\\/0\\u0067").replace("\"client_id\"", "\"client\\u005fid\"");
    assert_eq!(merged(&text, &credentials()), text);
}

#[test]
fn other_kinds_of_credentials_are_left_alone() {
    for text in
        [r#"{"type": "service_account", "client_id": "1"}"#, "{}", r#"{"type": null}"#, r#"{"refresh_token": "x"}"#]
    {
        assert_eq!(merge(Some(text), &credentials()), Err(Refused::OtherFlow { key: TYPE }), "{text}");
        assert_eq!(read(text), Err(Refused::OtherFlow { key: TYPE }), "{text}");
    }
}

#[test]
fn what_is_not_one_object_of_texts_is_refused() {
    for (text, expected) in [
        ("{\n  // mine\n}", Refused::NotValid { line: 2 }),
        ("{\"type\": \"authorized_user\",\n}", Refused::NotValid { line: 2 }),
        ("[]", Refused::NotValid { line: 1 }),
        ("{\"type\": \"authorized_user\"} {}", Refused::NotValid { line: 1 }),
        ("{\"type\": \"authorized_user\",\n\"client_id\": 1}", Refused::Layout { line: 2 }),
        (
            "{\"type\": \"authorized_user\",\n\"client_id\": \"a\",\n\"client_\\u0069d\": \"b\"}",
            Refused::Repeated { line: 3 },
        ),
        ("{\"type\": \"authorized_user\",\n\"type\": \"service_account\"}", Refused::Repeated { line: 2 }),
    ] {
        assert_eq!(merge(Some(text), &credentials()), Err(expected), "{text}");
    }
}

proptest! {
    #[test]
    fn no_other_member_changes_whatever_the_values_are(credentials in hostile_credentials()) {
        let own = OWN.replace(", 1e400", "");
        let merged: Value = serde_json::from_str(&merged(&own, &credentials)).unwrap();
        let mut expected: Value = serde_json::from_str(&own).unwrap();
        for (key, value) in values(&credentials) {
            expected[key] = value.into();
        }
        prop_assert_eq!(merged, expected);
    }
}
