use proptest::prelude::*;

use super::*;
use crate::targets::given::{self, Format, credentials, hostile, managed, plain};

const FORMAT: Format = Format { read, merge };

const SAMPLE: &str = r#"{
  // Logging stays.
  "Logging": { "Level": "Debug", },
  "GoogleAdsApi": {
    "ProxyServer": "", /* none */
    "DeveloperToken": "INSERT_DEVELOPER_TOKEN_HERE",
    "OAuth2ClientId" : "INSERT_OAUTH2_CLIENT_ID_HERE", // the client
    "OAuth2ClientSecret": "INSERT_OAUTH2_CLIENT_SECRET_HERE"
  },
  "AllowedHosts":"*"
}
"#;

const FILLED: &str = r#"{
  // Logging stays.
  "Logging": { "Level": "Debug", },
  "GoogleAdsApi": {
    "ProxyServer": "", /* none */
    "DeveloperToken": "",
    "OAuth2ClientId" : "123-abc.apps.googleusercontent.com", // the client
    "OAuth2ClientSecret": "GOCSPX-s_1",
    "OAuth2Mode": "APPLICATION",
    "OAuth2RefreshToken": "1//0gT-2",
    "LoginCustomerId": "1234567890"
  },
  "AllowedHosts":"*"
}
"#;

const NEW: &str = r#"{
  "GoogleAdsApi": {
    "OAuth2Mode": "APPLICATION",
    "OAuth2ClientId": "123-abc.apps.googleusercontent.com",
    "OAuth2ClientSecret": "GOCSPX-s_1",
    "OAuth2RefreshToken": "1//0gT-2"
  }
}
"#;

#[test]
fn a_new_file_holds_the_section_and_nothing_else() {
    assert_eq!(merge(None, &plain()).unwrap(), NEW);
    assert!(serde_json::from_str::<serde_json::Value>(&format!("{{{}}}", lines(&managed()))).is_ok());
}

#[test]
fn a_commented_file_is_filled_where_its_placeholders_stand() {
    assert_eq!(read(SAMPLE).unwrap(), Held::default());
    assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    let windows = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(merge(Some(&windows), &managed()).unwrap(), format!("\u{feff}{}", FILLED.replace('\n', "\r\n")));
    let tabs = SAMPLE.replace("    ", "\t\t");
    assert_eq!(merge(Some(&tabs), &managed()).unwrap(), FILLED.replace("    ", "\t\t"));
}

#[test]
fn a_missing_section_is_added_after_the_others() {
    let text = "{\n  \"AllowedHosts\": \"*\" // all\n}";
    let expected = NEW.trim_end().replacen("{\n", "{\n  \"AllowedHosts\": \"*\", // all\n", 1);
    assert_eq!(merge(Some(text), &plain()).unwrap(), expected);
    let held = read(&merge(Some("{}"), &plain()).unwrap()).unwrap();
    assert_eq!(held.client_id, Some(plain().client_id));
    let line = merge(Some("{\"a\": 1}"), &plain()).unwrap();
    assert!(line.starts_with("{\"a\": 1, \"GoogleAdsApi\": { \"OAuth2Mode\"") && !line.contains('\n'), "{line}");
    let null = merge(Some("{\"GoogleAdsApi\": null}"), &plain()).unwrap();
    assert_eq!(read(&null).unwrap(), held);
}

#[test]
fn new_members_stand_as_those_that_are_there() {
    let added = "\"OAuth2ClientId\": \"a\", \"OAuth2ClientSecret\": \"b\", \"OAuth2RefreshToken\": \"c\"";
    for (before, after) in [
        ("{\"GoogleAdsApi\": {\"OAuth2Mode\": \"APPLICATION\"", "}}"),
        ("{\n  \"GoogleAdsApi\": { \"OAuth2Mode\":\"APPLICATION\"", ", }\n}"),
        ("{\n  \"GoogleAdsApi\": { \"OAuth2Mode\": \"APPLICATION\"", " /* , */\n  }\n}"),
    ] {
        let merged = merge(Some(&format!("{before}{after}")), &credentials("a", "b", "c", None)).unwrap();
        assert_eq!(merged, format!("{before}, {added}{after}"));
    }
    let lines = added.replace(", ", ",\n\t");
    for (before, comma, after) in [
        ("{ \"GoogleAdsApi\": {\n\t\"OAuth2Mode\": \"APPLICATION\"", ",", "\n}}"),
        ("{ \"GoogleAdsApi\": {\n\t\"OAuth2Mode\": \"APPLICATION\"", ", // mode", "\n}}"),
    ] {
        for comma_before in [comma, &comma.replace(',', "")] {
            let merged =
                merge(Some(&format!("{before}{comma_before}{after}")), &credentials("a", "b", "c", None)).unwrap();
            let trailing = if comma_before == "," { "," } else { "" };
            assert_eq!(merged, format!("{before}{comma}\n\t{lines}{trailing}{after}"));
        }
    }
}

#[test]
fn names_are_found_without_regard_to_case_and_written_as_the_library_asks() {
    let text =
        "{\"googleadsapi\": {\"OAUTH2clientid\": \"a\", \"LoginCustomerId\": 111, \"DeveloperToken\": \"d\\u0065v\"}}";
    let held = read(text).unwrap();
    assert_eq!((held.client_id.as_deref(), held.login_customer_id.as_deref()), (Some("a"), Some("111")));
    assert!(held.developer_token.is_some_and(|token| token.expose() == "dev"));
    let merged = merge(Some(text), &plain()).unwrap();
    let kept = "{\"googleadsapi\": {\"OAuth2ClientId\": \"123-abc.apps.googleusercontent.com\", \"LoginCustomerId\": 111, \"DeveloperToken\": \"d\\u0065v\",";
    assert!(merged.starts_with(kept), "{merged}");
}

#[test]
fn what_is_not_certain_is_refused() {
    use Refused::{NotValid, OtherFlow, Repeated};
    for (text, refused) in [
        ("{\n\"a\": 1\n\"b\": 2}", NotValid { line: 2 }),
        ("{'a': 1}", NotValid { line: 1 }),
        ("[]", NotValid { line: 1 }),
        ("{\n\"GoogleAdsApi\": \"x\"}", NotValid { line: 2 }),
        ("{\"GoogleAdsApi\": {\n\"OAuth2ClientId\": {}}}", NotValid { line: 2 }),
        ("{\"GoogleAdsApi\": {\n\"OAuth2ClientId\": \"a\",\n\n\"oauth2ClientId\": \"a\"}}", Repeated { line: 4 }),
        ("{\"GoogleAdsApi\": {},\n\"GoogleAdsApi\": {}}", Repeated { line: 2 }),
        ("{\"GoogleAdsApi\": {},\n\"GoogleAdsApi:OAuth2ClientId\": \"a\"}", Repeated { line: 2 }),
        ("{\"GoogleAdsApi\": {\"OAuth2Mode\": \"SERVICE_ACCOUNT\"}}", OtherFlow { key: "OAuth2Mode" }),
        ("{\"GoogleAdsApi\": {\"OAuth2SecretsJsonPath\": \"k\"}}", OtherFlow { key: "OAuth2SecretsJsonPath" }),
        (
            "{\"GoogleAdsApi\": {\"UseApplicationDefaultCredentials\": true}}",
            OtherFlow { key: "UseApplicationDefaultCredentials" },
        ),
    ] {
        assert_eq!(read(text), Err(refused.clone()), "{text}");
        assert_eq!(merge(Some(text), &plain()), Err(refused), "{text}");
    }
}

#[test]
fn equal_values_change_nothing() {
    let text = FILLED.replace("1//0gT-2", "1\\/\\/0gT-2");
    assert_eq!(merge(Some(&text), &managed()).unwrap(), text);
    assert_eq!(merge(Some(&text), &plain()).unwrap(), text);
    assert_ne!(merge(Some(&text), &credentials("a", "b", "c", None)).unwrap(), text);
}

#[test]
fn a_value_that_is_more_than_a_line_is_refused() {
    given::refuses_control_characters(FORMAT, SAMPLE);
}

#[test]
fn members_on_one_line_do_not_get_into_the_comment_behind_the_last() {
    for text in ["{\"GoogleAdsApi\": {\"Timeout\": 1 // ms\n}}", "{ \"a\": {}, // last\n}"] {
        given::holds(FORMAT, Some(text), &plain()).unwrap();
        assert!(
            merge(Some(text), &plain())
                .unwrap()
                .contains(text.split_once("//").unwrap().1.trim_end_matches(['}', '\n']))
        );
    }
}

#[test]
fn a_text_that_could_not_be_read_afterwards_is_refused() {
    // A lone carriage return ends a comment for the parser, and no line for us.
    let text = "{\n  \"GoogleAdsApi\": {\n    \"Timeout\": 0//o\r,\n  },\n}\n";
    assert!(read(text).is_ok());
    assert_eq!(crate::targets::Target::DotnetJson.merge(Some(text), &plain()), Err(Refused::Layout { line: 5 }));
}

proptest! {
    #[test]
    fn any_value_survives(credentials in hostile()) {
        for existing in [None, Some(SAMPLE), Some("{\"GoogleAdsApi\":{\"OAuth2ClientId\":\"a\"}}")] {
            given::holds(FORMAT, existing, &credentials)?;
        }
        let strict: serde_json::Value = serde_json::from_str(&merge(None, &credentials).unwrap()).expect("strict JSON");
        prop_assert_eq!(strict["GoogleAdsApi"]["OAuth2ClientId"].as_str(), Some(credentials.client_id.as_str()));
    }
}
