use proptest::prelude::*;

use super::*;
use crate::targets::given::{self, Format, credentials, hostile, managed, plain};

const FORMAT: Format = Format { read, merge };

const SAMPLE: &str = "\
[GOOGLE_ADS]
; The developer token.
developerToken = \"INSERT_DEVELOPER_TOKEN_HERE\"

; The manager's id.
; loginCustomerId = \"INSERT_LOGIN_CUSTOMER_ID_HERE\"

[OAUTH2]
clientId = \"INSERT_OAUTH2_CLIENT_ID_HERE\"
clientSecret = \"INSERT_OAUTH2_CLIENT_SECRET_HERE\"
refreshToken = \"INSERT_OAUTH2_REFRESH_TOKEN_HERE\"
; jsonKeyFilePath = \"INSERT_ABSOLUTE_PATH_TO_OAUTH2_JSON_KEY_FILE_HERE\"

[LOGGING]
; logLevel = \"INFO\"
";

const FILLED: &str = "\
[GOOGLE_ADS]
; The developer token.
; developerToken = \"INSERT_DEVELOPER_TOKEN_HERE\"

; The manager's id.
; loginCustomerId = \"INSERT_LOGIN_CUSTOMER_ID_HERE\"
loginCustomerId = \"1234567890\"

[OAUTH2]
clientId = \"123-abc.apps.googleusercontent.com\"
clientSecret = \"GOCSPX-s_1\"
refreshToken = \"1//0gT-2\"
; jsonKeyFilePath = \"INSERT_ABSOLUTE_PATH_TO_OAUTH2_JSON_KEY_FILE_HERE\"

[LOGGING]
; logLevel = \"INFO\"
";

const REST: &str = "clientSecret='s'\nrefreshToken=\"t\"\n";

fn merged(text: &str) -> String {
    merge(Some(text), &credentials("new", "s", "t", None)).unwrap()
}

#[test]
fn a_new_file_holds_two_sections_or_one() {
    let oauth2 = "[OAUTH2]\nclientId = \"123-abc.apps.googleusercontent.com\"\nclientSecret = \"GOCSPX-s_1\"\nrefreshToken = \"1//0gT-2\"\n";
    assert_eq!(merge(None, &plain()).unwrap(), oauth2);
    assert_eq!(merge(None, &managed()).unwrap(), format!("{oauth2}\n[GOOGLE_ADS]\nloginCustomerId = \"1234567890\"\n"));
    assert_eq!(lines(&plain()), oauth2);
}

#[test]
fn the_sample_is_filled_where_its_placeholders_stand() {
    assert_eq!(read(SAMPLE).unwrap(), Held::default());
    assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    let windows = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(merge(Some(&windows), &managed()).unwrap(), format!("\u{feff}{}", FILLED.replace('\n', "\r\n")));
}

#[test]
fn missing_keys_go_to_the_end_of_their_section_and_missing_sections_to_the_end_of_the_text() {
    let text = "[OAUTH2]\n  clientId = \"a\"\n\n[LOGGING]\nlogLevel = \"INFO\"";
    let expected = "[OAUTH2]\n  clientId = \"123-abc.apps.googleusercontent.com\"\nclientSecret = \"GOCSPX-s_1\"\n\
        refreshToken = \"1//0gT-2\"\n\n[LOGGING]\nlogLevel = \"INFO\"\n\n[GOOGLE_ADS]\nloginCustomerId = \"1234567890\"";
    assert_eq!(merge(Some(text), &managed()).unwrap(), expected);
}

#[test]
fn every_literal_is_read_and_its_value_replaced_alone() {
    for (before, old, after, value) in [
        ("clientId=", "old", "\n", "old"),
        (" clientId\t= ", "'o\\ld'", " ; note\n", "o\\ld"),
        ("clientId = ", "\"o\\\\l\\\"d\\n\"", "; \"note\n", "o\\l\"d\\n"),
        ("clientId = ", "\"\\${HOME}\"", "\n", "${HOME}"),
        ("clientId = ", "1234567890", "\n", "1234567890"),
    ] {
        let text = format!("[OAUTH2] ; ours\n{REST}{before}{old}{after}[X]\nclientId=other\n");
        assert_eq!(read(&text).unwrap().client_id.as_deref(), Some(value), "{text}");
        assert_eq!(
            merged(&text),
            text.replacen(&format!("{before}{old}{after}"), &format!("{before}\"new\"{after}"), 1)
        );
    }
}

#[test]
fn blanks_at_the_end_of_the_text_do_not_get_into_a_value() {
    let text = "[OAUTH2]\nclientSecret='s'\nrefreshToken=\"t\"\nclientId = \"new\" \t";
    let expected = "[OAUTH2]\nclientSecret='s'\nrefreshToken=\"t\"\nclientId = \"new\"";
    assert_eq!(merged(text), expected);
}

#[test]
fn what_is_there_is_kept() {
    let text = "[GOOGLE_ADS]\ndeveloperToken = \"dev\"\nloginCustomerId = 111\nlinkedCustomerId = \"\"\n[OAUTH2]\nclientId=new\nclientSecret='s'\nrefreshToken=\"t\"\n";
    assert_eq!(read(text).unwrap().login_customer_id.as_deref(), Some("111"));
    assert_eq!(merged(text), text.replace("linkedCustomerId", "; linkedCustomerId"));
}

#[test]
fn what_is_not_certain_is_refused() {
    use Refused::{Computed, NotValid, OtherFlow, Repeated};
    for (text, refused) in [
        ("[OAUTH2]\nclientId = ${ID}\n", Computed { line: 2 }),
        ("[OAUTH2]\nclientId = \"${ID}\"\n", Computed { line: 2 }),
        ("[OAUTH2]\nclientId = \"a\" 'b'\n", Computed { line: 2 }),
        ("[OAUTH2]\nclientId = a|b\n", Computed { line: 2 }),
        ("[OAUTH2]\nclientId[] = a\n", Computed { line: 2 }),
        ("[OAUTH2]\nx = 'a\n[OAUTH2]'\n", NotValid { line: 2 }),
        ("[OAUTH2]\nx = \"a\n", NotValid { line: 2 }),
        ("[OAUTH2\n", NotValid { line: 1 }),
        ("[OAUTH2]\n\nclientId\n", NotValid { line: 3 }),
        ("[OAUTH2]\n\"clientId\" = a\n", NotValid { line: 2 }),
        ("[X]\n  [OAUTH2]\n", NotValid { line: 2 }),
        ("[OAUTH2]\n[X]\n[OAUTH2]\n", Repeated { line: 3 }),
        ("[OAUTH2]\nclientId=a\n\nclientId=a\n", Repeated { line: 4 }),
        ("[OAUTH2]\njsonKeyFilePath=\"/key.json\"\n", OtherFlow { key: "jsonKeyFilePath" }),
        ("[OAUTH2]\nscopes=\"https://www.googleapis.com/auth/adwords\"\n", OtherFlow { key: "scopes" }),
    ] {
        assert_eq!(read(text), Err(refused.clone()), "{text}");
        assert_eq!(merge(Some(text), &plain()), Err(refused), "{text}");
    }
}

#[test]
fn a_value_that_is_more_than_a_line_is_refused() {
    given::refuses_control_characters(FORMAT, SAMPLE);
}

#[test]
fn an_id_stands_in_its_own_section_when_that_is_the_last_one_and_the_other_is_missing() {
    let text = "[GOOGLE_ADS]\ndeveloperToken = \"own\"\n";
    let merged = merge(Some(text), &managed()).unwrap();
    assert_eq!(read(&merged).unwrap().login_customer_id.as_deref(), Some("1234567890"), "{merged}");
    assert!(merged.starts_with(&format!("{text}loginCustomerId = \"1234567890\"\n\n[OAUTH2]\n")), "{merged}");
}

proptest! {
    #[test]
    fn any_value_survives(credentials in hostile()) {
        for existing in [None, Some(SAMPLE), Some("[LOGGING]\nlogLevel = INFO")] {
            given::holds(FORMAT, existing, &credentials)?;
        }
    }
}
