use proptest::prelude::*;

use super::super::Target;
use super::super::tests::{credentials, hostile_credentials, with_login};
use super::*;

/// The variables of the libraries, as someone has collected them for a container.
const OWN: &str = "\
# everything for the reports
DATABASE_URL=\"postgres://u:p@db/x?a=$B\"
export GOOGLE_ADS_CLIENT_ID=old-id # desktop
 GOOGLE_ADS_CLIENT_SECRET='old # secret'
GOOGLE_ADS_REFRESH_TOKEN=
# GOOGLE_ADS_REFRESH_TOKEN=1//an-older-one
GOOGLE_ADS_DEVELOPER_TOKEN=abc
PRIVATE_KEY=\"-----BEGIN-----
GOOGLE: not ours
-----END-----\"
LAST=$GOOGLE_ADS_CLIENT_ID
";

fn merged(text: &str, credentials: &Credentials) -> String {
    Target::Env.merge(Some(text), credentials).unwrap()
}

#[test]
fn a_new_file_is_plain_where_it_can_be() {
    let text = merge(None, &with_login()).unwrap();
    let lines: Vec<_> = text.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "GOOGLE_ADS_CLIENT_ID=123-abc.apps.googleusercontent.com",
            "GOOGLE_ADS_CLIENT_SECRET=GOCSPX-aaaabbbbccccdddd",
            "GOOGLE_ADS_REFRESH_TOKEN=1//0gAAAABBBB-cccc_dddd",
            "GOOGLE_ADS_LOGIN_CUSTOMER_ID=1234567890",
            "GOOGLE_ADS_USE_PROTO_PLUS=True",
        ]
    );
    assert_eq!(super::lines(&with_login()).lines().collect::<Vec<_>>(), lines[..4]);
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let expected = OWN
        .replace("old-id ", "123-abc.apps.googleusercontent.com ")
        .replace("'old # secret'", "GOCSPX-aaaabbbbccccdddd")
        .replace("TOKEN=\n", "TOKEN=1//0gAAAABBBB-cccc_dddd\nGOOGLE_ADS_LOGIN_CUSTOMER_ID=1234567890\n");
    assert_eq!(merged(OWN, &with_login()), expected);
    let windows = OWN.replace('\n', "\r\n");
    assert_eq!(merged(&windows, &with_login()), expected.replace('\n', "\r\n"));
    assert_eq!(merged(OWN.trim_end(), &with_login()), expected.trim_end());
    let held = read(OWN).unwrap();
    assert_eq!(held.client_id.as_deref(), Some("old-id"));
    assert_eq!(held.client_secret.unwrap().expose(), "old # secret");
    assert_eq!(held.refresh_token, None);
    assert_eq!(held.developer_token.unwrap().expose(), "abc");
}

#[test]
fn placeholders_are_filled_or_commented_out() {
    let text = "export GOOGLE_ADS_REFRESH_TOKEN=<your refresh token>\nGOOGLE_ADS_DEVELOPER_TOKEN=\n\
                export GOOGLE_ADS_LOGIN_CUSTOMER_ID=INSERT_LOGIN_CUSTOMER_ID_HERE\nGOOGLE_ADS_USE_PROTO_PLUS=''\n";
    let expected = "export GOOGLE_ADS_REFRESH_TOKEN=1//0gAAAABBBB-cccc_dddd\n\
                    GOOGLE_ADS_CLIENT_ID=123-abc.apps.googleusercontent.com\n\
                    GOOGLE_ADS_CLIENT_SECRET=GOCSPX-aaaabbbbccccdddd\n# GOOGLE_ADS_DEVELOPER_TOKEN=\n\
                    # export GOOGLE_ADS_LOGIN_CUSTOMER_ID=INSERT_LOGIN_CUSTOMER_ID_HERE\nGOOGLE_ADS_USE_PROTO_PLUS=True\n";
    assert_eq!(merged(text, &credentials()), expected);
}

#[test]
fn lines_are_exported_where_the_others_are() {
    let merged = merged("export A=1\n", &credentials());
    assert!(merged.starts_with("export A=1\nexport GOOGLE_ADS_CLIENT_ID="), "{merged}");
}

#[test]
fn quotes_stand_only_where_every_reader_agrees_on_them() {
    for (value, expected) in [
        ("1//0g-_.", Some("1//0g-_.")),
        ("a b", Some("'a b'")),
        ("$(x) `y` \"z\" #", Some("'$(x) `y` \"z\" #'")),
        ("a\\nb", Some("'a\\nb'")),
        ("it's", Some("\"it's\"")),
        ("~", Some("'~'")),
        ("한", Some("'한'")),
        ("it's $x", None),
        ("it's \\", None),
        ("a\\", None),
        ("a\\\\b", None),
    ] {
        assert_eq!(quoted(value).as_deref(), expected, "{value}");
    }
    let unwritable = Credentials { client_secret: Secret::new("it's $x".to_owned()), ..credentials() };
    assert_eq!(merge(None, &unwritable), Err(Refused::Unwritable { key: CLIENT_SECRET }));
    assert_eq!(super::lines(&unwritable), "");
}

#[test]
fn another_way_of_signing_in_is_left_alone() {
    for (text, key) in [
        ("GOOGLE_ADS_JSON_KEY_FILE_PATH=/key.json\n", SERVICE_ACCOUNT),
        ("export GOOGLE_ADS_USE_APPLICATION_DEFAULT_CREDENTIALS=true\n", DEFAULT_CREDENTIALS),
    ] {
        assert_eq!(merge(Some(text), &credentials()), Err(Refused::OtherFlow { key }));
        assert_eq!(read(text), Err(Refused::OtherFlow { key }));
    }
    merged("GOOGLE_ADS_USE_APPLICATION_DEFAULT_CREDENTIALS=false\n", &credentials());
}

#[test]
fn values_that_readers_disagree_about_are_refused() {
    let layout = |line| Refused::Layout { line };
    let computed = |line| Refused::Computed { line };
    for (text, expected) in [
        ("GOOGLE_ADS_CLIENT_ID=$ID\n", computed(1)),
        ("GOOGLE_ADS_CLIENT_ID=${ID:-x}\n", computed(1)),
        ("A=1\nGOOGLE_ADS_CLIENT_ID=$(pass show id)\n", computed(2)),
        ("GOOGLE_ADS_CLIENT_ID=\"a$b\"\n", computed(1)),
        ("GOOGLE_ADS_CLIENT_ID=\"a\\nb\"\n", computed(1)),
        ("GOOGLE_ADS_CLIENT_ID=`pass`\n", computed(1)),
        ("GOOGLE_ADS_CLIENT_ID=~/x\n", computed(1)),
        ("GOOGLE_ADS_CLIENT_ID=a b\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID=a#b\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID=a\\ b\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID='a'\"b\"\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID=a'b'\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID='a\nb'\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID='a\\'\n", layout(1)),
        ("GOOGLE_ADS_CLIENT_ID=a; export B=c\n", layout(1)),
        ("A=1; GOOGLE_ADS_CLIENT_ID=a\n", layout(1)),
        ("export A=1 GOOGLE_ADS_CLIENT_ID=a\n", layout(1)),
        ("if true; then GOOGLE_ADS_CLIENT_ID=a; fi\n", layout(1)),
        ("A=b\\\nGOOGLE_ADS_CLIENT_ID=a\n", layout(2)),
        ("A=1\nA=b\\\n", layout(2)),
        ("A='b\nGOOGLE_ADS_CLIENT_ID=a\n'\n", layout(2)),
        ("A=1\nB='open\n", Refused::NotValid { line: 2 }),
        ("GOOGLE_ADS_CLIENT_ID=a\nexport GOOGLE_ADS_CLIENT_ID=b\n", Refused::Repeated { line: 2 }),
    ] {
        assert_eq!(merge(Some(text), &credentials()), Err(expected), "{text}");
    }
}

#[test]
fn other_variables_may_be_anything() {
    let text = "MY_GOOGLE_ADS_CLIENT_ID=a b c\nA=$(x)\nset -e\nB=\"it's\" # yes\nC='\n'\nD: 1\n";
    assert!(merged(text, &credentials()).starts_with(text));
}

proptest! {
    #[test]
    fn no_other_line_changes_whatever_the_values_are(credentials in hostile_credentials()) {
        if let Ok(merged) = Target::Env.merge(Some(OWN), &credentials) {
            let ours = |line: &&str| line.trim_start_matches("export").trim_start().starts_with("GOOGLE_ADS_");
            let others = |text: &str| text.lines().filter(|line| !ours(line)).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(others(&merged), others(OWN));
            let added = usize::from(credentials.login_customer_id.is_some());
            prop_assert_eq!(merged.lines().count(), OWN.lines().count() + added);
        }
    }
}

#[test]
fn a_comment_that_follows_nothing_stays_a_comment_behind_a_value() {
    let text = "GOOGLE_ADS_CLIENT_ID=# from the console\nGOOGLE_ADS_USE_PROTO_PLUS=#?\n";
    let filled = merged(text, &with_login());
    assert!(
        filled.contains(&format!("GOOGLE_ADS_CLIENT_ID={} # from the console\n", with_login().client_id)),
        "{filled}"
    );
    assert!(filled.contains("GOOGLE_ADS_USE_PROTO_PLUS=True #?\n"), "{filled}");
    assert_eq!(merged(&filled, &with_login()), filled);
}

#[test]
fn the_server_of_the_token_is_named_if_it_is_not_google_and_only_then() {
    let other = Credentials { token_uri: Some("https://login.example/token".to_owned()), ..with_login() };
    let text = merged(OWN, &other);
    assert_eq!(token_uri(&text).as_deref(), Some("https://login.example/token"));
    assert_eq!(merged(&text, &other), text);
    let elsewhere = Credentials { token_uri: Some("https://other.example/token".to_owned()), ..with_login() };
    assert_eq!(token_uri(&merged(&text, &elsewhere)).as_deref(), Some("https://other.example/token"));
    let google = merged(&text, &with_login());
    assert_eq!((token_uri(&google), token_uri(OWN)), (None, None));
    assert_eq!(merged(&google, &with_login()), google);
    assert_eq!(token_uri(&merged(&google, &other)).as_deref(), Some("https://login.example/token"));
}

#[test]
fn a_server_that_cannot_be_known_for_certain_is_not_taken_for_google() {
    for line in ["ADSAUTH_TOKEN_URI=$ELSEWHERE", "ADSAUTH_TOKEN_URI=a\nADSAUTH_TOKEN_URI=b", "X=1; ADSAUTH_TOKEN_URI=a"]
    {
        let text = format!("{line}\nGOOGLE_ADS_REFRESH_TOKEN=1//0gA\n");
        assert!(read(&text).is_err(), "{line}");
    }
}
