use proptest::prelude::*;

use super::*;
use crate::targets::given::{self, Format, credentials, hostile, managed, plain};

const FORMAT: Format = Format { read, merge };

const SAMPLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="GoogleAdsApi" type="System.Configuration.DictionarySectionHandler" />
  </configSections>
  <GoogleAdsApi>
    <!-- The client. -->
    <add key="ProxyServer" value="" />
    <add key="OAuth2ClientId" value="INSERT_OAUTH2_CLIENT_ID_HERE"/>
    <add
      value = 'INSERT_OAUTH2_CLIENT_SECRET_HERE' key = 'OAuth2ClientSecret' />
    <add key="DeveloperToken" value="INSERT_DEVELOPER_TOKEN_HERE"/>
    <add key="OAuth2Mode" value="APPLICATION"/>
    <!--
      <add key = 'LoginCustomerId' value = 'INSERT_LOGIN_CUSTOMER_ID_HERE' />
    -->
  </GoogleAdsApi>
  <startup />
</configuration>"#;

const FILLED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="GoogleAdsApi" type="System.Configuration.DictionarySectionHandler" />
  </configSections>
  <GoogleAdsApi>
    <!-- The client. -->
    <add key="ProxyServer" value="" />
    <add key="OAuth2ClientId" value="123-abc.apps.googleusercontent.com"/>
    <add
      value = 'GOCSPX-s_1' key = 'OAuth2ClientSecret' />
    <add key="DeveloperToken" value=""/>
    <add key="OAuth2Mode" value="APPLICATION"/>
    <!--
      <add key = 'LoginCustomerId' value = 'INSERT_LOGIN_CUSTOMER_ID_HERE' />
    -->
    <add key="OAuth2RefreshToken" value="1//0gT-2" />
    <add key="LoginCustomerId" value="1234567890" />
  </GoogleAdsApi>
  <startup />
</configuration>"#;

const NEW: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="GoogleAdsApi" type="System.Configuration.DictionarySectionHandler" />
  </configSections>
  <GoogleAdsApi>
    <add key="OAuth2Mode" value="APPLICATION" />
    <add key="OAuth2ClientId" value="123-abc.apps.googleusercontent.com" />
    <add key="OAuth2ClientSecret" value="GOCSPX-s_1" />
    <add key="OAuth2RefreshToken" value="1//0gT-2" />
  </GoogleAdsApi>
</configuration>
"#;

/// The lines of [`NEW`] from the one that holds `first` to the one that holds `last`.
fn part(first: &str, last: &str) -> String {
    let lines: Vec<&str> = NEW.lines().collect();
    let place = |wanted: &str| lines.iter().position(|line| line.contains(wanted)).unwrap();
    lines[place(first)..=place(last)].join("\n")
}

#[test]
fn a_new_file_is_a_whole_one() {
    assert_eq!(merge(None, &plain()).unwrap(), NEW);
    let section: Vec<String> = lines(&plain()).lines().map(|line| format!("  {line}")).collect();
    assert_eq!(section.join("\n"), part("<GoogleAdsApi>", "</GoogleAdsApi>"));
}

#[test]
fn the_sample_is_filled_where_its_placeholders_stand() {
    assert_eq!(read(SAMPLE).unwrap(), Held::default());
    assert_eq!(merge(Some(SAMPLE), &managed()).unwrap(), FILLED);
    assert_eq!(merge(Some(FILLED), &plain()).unwrap(), FILLED);
    let windows = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n").replace("  ", "\t"));
    let expected = format!("\u{feff}{}", FILLED.replace('\n', "\r\n").replace("  ", "\t"));
    assert_eq!(merge(Some(&windows), &managed()).unwrap(), expected);
}

#[test]
fn a_file_without_the_section_gets_it_and_its_declaration() {
    let (sections, section) =
        (part("<configSections>", "</configSections>"), part("<GoogleAdsApi>", "</GoogleAdsApi>"));
    for (text, expected) in [
        (
            "<configuration>\n  <!-- first -->\n  <startup />\n</configuration>\n",
            format!("<configuration>\n  <!-- first -->\n{sections}\n  <startup />\n{section}\n</configuration>\n"),
        ),
        ("<configuration />", format!("<configuration>\n{sections}\n{section}\n</configuration>")),
        ("<configuration></configuration>", format!("<configuration>\n{sections}\n{section}\n</configuration>")),
        (
            "<configuration>\n  <configSections>\n    <section name=\"x\" type=\"y\" />\n  </configSections>\n</configuration>",
            format!(
                "<configuration>\n{}\n{section}\n</configuration>",
                sections.replacen('\n', "\n    <section name=\"x\" type=\"y\" />\n", 1)
            ),
        ),
    ] {
        assert_eq!(merge(Some(text), &plain()).unwrap(), expected);
    }
}

#[test]
fn an_empty_section_is_opened() {
    for empty in
        ["<GoogleAdsApi/>", "<GoogleAdsApi />", "<GoogleAdsApi></GoogleAdsApi>", "<GoogleAdsApi>\n\n  </GoogleAdsApi>"]
    {
        let text = NEW.replace(&part("<GoogleAdsApi>", "</GoogleAdsApi>"), &format!("  {empty}"));
        assert_eq!(merge(Some(&text), &plain()).unwrap(), NEW, "{empty}");
    }
}

#[test]
fn keys_are_found_without_regard_to_case_and_written_as_the_library_asks() {
    let text = FILLED.replace("\"OAuth2RefreshToken\"", "'oauth2refreshtoken'").replace("value=\"1//0gT-2\"", "");
    let held = read(&text).unwrap();
    assert_eq!(held.refresh_token, None);
    assert_eq!(held.login_customer_id.as_deref(), Some("1234567890"));
    let expected =
        FILLED.replace("\"OAuth2RefreshToken\" value=\"1//0gT-2\" ", "'OAuth2RefreshToken' value=\"1//0gT-2\"  ");
    assert_eq!(merge(Some(&text), &plain()).unwrap(), expected);
}

#[test]
fn what_is_not_certain_is_refused() {
    use Refused::{Computed, ConfigSource, NotValid, OtherFlow, Repeated};
    for (section, refused) in [
        ("<GoogleAdsApi configSource=\"ads.config\" />", ConfigSource),
        ("<GoogleAdsApi>\n<clear/></GoogleAdsApi>", Computed { line: 3 }),
        ("<GoogleAdsApi><EncryptedData/></GoogleAdsApi>", Computed { line: 2 }),
        ("<GoogleAdsApi><add value='x'/></GoogleAdsApi>", NotValid { line: 2 }),
        ("<GoogleAdsApi><add key='OAuth2Mode' value='&own;'/></GoogleAdsApi>", NotValid { line: 2 }),
        ("<GoogleAdsApi><add key='a' key='a'/></GoogleAdsApi>", NotValid { line: 2 }),
        ("<GoogleAdsApi>", NotValid { line: 3 }),
        ("<GoogleAdsApi/>\n<GoogleAdsApi/>", Repeated { line: 3 }),
        (
            "<GoogleAdsApi><add key='LoginCustomerId'/>\n<add key='logincustomerid'/></GoogleAdsApi>",
            Repeated { line: 3 },
        ),
        (
            "<GoogleAdsApi><add key='OAuth2Mode' value='SERVICE_ACCOUNT'/></GoogleAdsApi>",
            OtherFlow { key: "OAuth2Mode" },
        ),
        (
            "<GoogleAdsApi><add key='OAuth2SecretsJsonPath' value='k'/></GoogleAdsApi>",
            OtherFlow { key: "OAuth2SecretsJsonPath" },
        ),
    ] {
        let text = format!("<configuration>\n{section}\n</configuration>");
        assert_eq!(read(&text), Err(refused.clone()), "{text}");
        assert_eq!(merge(Some(&text), &plain()), Err(refused), "{text}");
    }
    let doctype = "<!DOCTYPE configuration [<!ENTITY own 'x'>]>\n<configuration/>";
    assert!(matches!(read(doctype), Err(NotValid { .. })));
    assert_eq!(read("<other/>"), Err(NotValid { line: 1 }));
    let spread =
        format!("<configuration><GoogleAdsApi><add key{}='a'/></GoogleAdsApi></configuration>", " ".repeat(300));
    assert_eq!(read(&spread), Err(NotValid { line: 1 }));
}

#[test]
fn a_value_that_is_more_than_a_line_is_refused() {
    given::refuses_control_characters(FORMAT, SAMPLE);
}

#[test]
fn a_text_between_the_elements_stays() {
    let merged = merge(Some("<configuration>stray\n</configuration>"), &plain()).unwrap();
    assert!(merged.starts_with("<configuration>stray\n  <configSections>\n"), "{merged}");
    given::holds(FORMAT, Some("<configuration><GoogleAdsApi> stray </GoogleAdsApi></configuration>"), &plain())
        .unwrap();
}

proptest! {
    #[test]
    fn any_value_survives(credentials in hostile()) {
        for existing in [None, Some(SAMPLE), Some(FILLED), Some("<configuration><GoogleAdsApi/></configuration>")] {
            given::holds(FORMAT, existing, &credentials)?;
        }
    }
}

#[test]
fn letters_outside_ascii_do_not_depend_on_the_declared_encoding() {
    let text = merge(None, &credentials("é", "日", "😀", None)).unwrap();
    assert!(text.is_ascii() && text.contains("&#233;") && text.contains("&#128512;"), "{text}");
}
