use proptest::prelude::*;

use super::*;
use crate::targets::given::{self, Format, credentials, hostile, managed, plain};

const FORMAT: Format = Format { read, merge };

const SAMPLE: &str = "\
# The refresh token, \\
#api.googleads.refreshToken=

! The client.
#api.googleads.clientId=
  #api.googleads.clientSecret=
# The developer token.
#api.googleads.developerToken=
";

const FILLED: &str = "\
# The refresh token, \\
#api.googleads.refreshToken=
api.googleads.refreshToken=1//0gT-2

! The client.
#api.googleads.clientId=
api.googleads.clientId=123-abc.apps.googleusercontent.com
  #api.googleads.clientSecret=
  api.googleads.clientSecret=GOCSPX-s_1
# The developer token.
#api.googleads.developerToken=
api.googleads.loginCustomerId=1234567890
";

fn client_id(text: &str) -> Option<String> {
    read(text).unwrap().client_id
}

fn merged(text: &str) -> String {
    merge(Some(text), &credentials("new", "s", "t", None)).unwrap()
}

const REST: &str = "api.googleads.clientSecret=s\napi.googleads.refreshToken=t\n";

#[test]
fn a_new_file_holds_the_keys_and_nothing_else() {
    let text = merge(None, &plain()).unwrap();
    let expected = "api.googleads.clientId=123-abc.apps.googleusercontent.com\napi.googleads.clientSecret=GOCSPX-s_1\n\
        api.googleads.refreshToken=1//0gT-2\n";
    assert_eq!(text, expected);
    assert_eq!(lines(&plain()), expected);
}

#[test]
fn the_sample_is_filled_below_its_commented_keys() {
    assert_eq!(read(SAMPLE).unwrap(), Held::default());
    assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    let crlf = merge(Some(&SAMPLE.replace('\n', "\r\n")), &managed()).unwrap();
    assert_eq!(crlf, FILLED.replace('\n', "\r\n"));
    let marked = merge(Some(&format!("\u{feff}{SAMPLE}")), &managed()).unwrap();
    assert_eq!(marked, format!("\u{feff}{FILLED}"));
}

#[test]
fn a_byte_order_mark_that_would_spoil_a_key_is_taken_out() {
    assert_eq!(
        merged(&format!("\u{feff}api.googleads.clientId=old\n{REST}")),
        format!("api.googleads.clientId=new\n{REST}")
    );
}

#[test]
fn every_way_to_write_an_entry_is_read_and_its_value_replaced_alone() {
    for (before, old, after) in [
        ("api.googleads.clientId=", "old", "\n"),
        ("  api.googleads.clientId : ", "old", "\r\n"),
        ("api.googleads.clientId\t", "old", ""),
        ("api.googleads.clientId \u{c}= ", "o\\\n    ld", "\n"),
        ("api.googleads.\\\n   clientId=\\\n   ", "old", "\n"),
        ("api.googleads.client\\u0049d=", "\\u006fl\\d", "\n"),
    ] {
        let text = format!("{REST}{before}{old}{after}");
        assert_eq!(client_id(&text).as_deref(), Some("old"), "{text:?}");
        assert_eq!(merged(&text), format!("{REST}{before}new{after}"), "{text:?}");
    }
}

#[test]
fn an_entry_without_separator_or_with_raw_letters_is_written_anew() {
    for text in ["api.googleads.clientId", "api.googleads.clientId = né", "api.googleads.clientId=\\"] {
        assert_eq!(merged(&format!("{REST}{text}\n")), format!("{REST}api.googleads.clientId=new\n"), "{text:?}");
    }
    assert_eq!(client_id(&merged(&format!("{REST}api.googleads.clientId=\\"))).as_deref(), Some("new"));
}

#[test]
fn what_follows_a_continuation_is_no_comment_and_no_key() {
    let text = "other=a\\\n#api.googleads.clientId=b\\\n  api.googleads.clientId=c\n";
    assert_eq!(client_id(text), None);
    assert_eq!(merged(text), format!("{text}api.googleads.clientId=new\n{REST}"));
}

#[test]
fn a_backslash_alone_does_not_hide_a_comment() {
    let text = "\\\n!\\\napi.googleads.clientId=a\n";
    assert_eq!(client_id(text).as_deref(), Some("a"));
}

#[test]
fn a_continuation_at_the_end_does_not_swallow_the_new_keys() {
    for text in ["other=a\\\n", "other=a\\", "other=a\\\n#b\\\n"] {
        let merged = merged(text);
        assert_eq!(client_id(&merged).as_deref(), Some("new"), "{merged:?}");
        assert!(merged.starts_with(text));
    }
}

#[test]
fn a_placeholder_over_several_lines_is_commented_out_whole() {
    let text = "api.googleads.loginCustomerId=\\\n  INSERT_LOGIN_CUSTOMER_ID\napi.googleads.developerToken=\n";
    let merged = merged(text);
    let expected = "#api.googleads.loginCustomerId=\\\n  #INSERT_LOGIN_CUSTOMER_ID\n#api.googleads.developerToken=\n";
    assert!(merged.starts_with(expected), "{merged}");
}

#[test]
fn what_is_there_is_kept() {
    let text = format!(
        "api.googleads.developerToken = dev\napi.googleads.loginCustomerId=111\n{REST}API.googleads.clientid=x\n"
    );
    let held = read(&text).unwrap();
    assert_eq!(held.login_customer_id.as_deref(), Some("111"));
    assert!(held.developer_token.is_some_and(|token| token.expose() == "dev"));
    assert_eq!(merged(&text), format!("{text}api.googleads.clientId=new\n"));
}

#[test]
fn what_is_not_certain_is_refused() {
    let key = "api.googleads.serviceAccountSecretsPath";
    assert_eq!(read(&format!("{key}=/key.json\n")), Err(Refused::OtherFlow { key }));
    let key = "api.googleads.useApplicationDefaultCredentials";
    assert_eq!(read(&format!("{key}: false\n{key}: TRUE\n")), Err(Refused::OtherFlow { key }));
    assert_eq!(read(&format!("{key}: false\n")), Ok(Held::default()));
    assert_eq!(read(&format!("{REST}x\\\n=y\n{REST}")), Err(Refused::Repeated { line: 5 }));
    assert_eq!(read("a=b\nc=\\u00g0\n"), Err(Refused::NotValid { line: 2 }));
    assert_eq!(read("a=b\nc=\\u00"), Err(Refused::NotValid { line: 2 }));
}

#[test]
fn a_value_that_is_more_than_a_line_is_refused() {
    given::refuses_control_characters(FORMAT, SAMPLE);
}

proptest! {
    #[test]
    fn any_value_survives(credentials in hostile()) {
        for existing in [None, Some(SAMPLE), Some(FILLED), Some("api.googleads.clientId : old\\\n  er\nx=y")] {
            given::holds(FORMAT, existing, &credentials)?;
        }
        prop_assert!(merge(None, &credentials).unwrap().is_ascii());
    }
}
