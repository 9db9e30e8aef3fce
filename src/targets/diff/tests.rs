use proptest::prelude::*;

use super::super::Credentials;
use super::super::Target;
use super::super::tests::{credentials, hostile_value, with_login};
use super::*;

fn text_of(line: &DiffLine) -> &str {
    match line {
        DiffLine::Kept(text) | DiffLine::Removed(text) | DiffLine::Added(text) => text,
        DiffLine::Skipped(_) => "",
    }
}

fn masked(text: &str) -> Vec<String> {
    diff(None, text, &[]).iter().map(|line| text_of(line).to_owned()).collect()
}

#[test]
fn changes_stand_between_a_little_of_what_stays() {
    let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    let new = old.replace("five\n", "5\n5.5\n");
    let line = str::to_owned;
    assert_eq!(
        diff(Some(old), &new, &[]),
        [
            DiffLine::Skipped(2),
            DiffLine::Kept(line("three")),
            DiffLine::Kept(line("four")),
            DiffLine::Removed(line("five")),
            DiffLine::Added(line("5")),
            DiffLine::Added(line("5.5")),
            DiffLine::Kept(line("six")),
            DiffLine::Kept(line("seven")),
        ]
    );
    assert_eq!(diff(Some(old), &format!("zero\n{old}"), &[]).last(), Some(&DiffLine::Skipped(5)));
    assert_eq!(diff(Some(old), old, &[]), []);
    assert_eq!(diff(None, "a\r\nb", &[]), [DiffLine::Added(line("a")), DiffLine::Added(line("b"))]);
}

#[test]
fn two_secrets_with_the_same_mask_are_two() {
    let old = "refresh_token: 1//0gAAAAAAAAAAAAAAAAAAAAAAAAzzzz\n";
    let new = "refresh_token: 1//0gBBBBBBBBBBBBBBBBBBBBBBBBzzzz\n";
    let shown = "refresh_token: 1//0…zzzz".to_owned();
    assert_eq!(diff(Some(old), new, &[]), [DiffLine::Removed(shown.clone()), DiffLine::Added(shown)]);
}

#[test]
fn values_of_secret_keys_of_every_format_are_masked() {
    const SECRET: &str = "abcdEFGHIJKLMNOPQRSTuvwx";
    for line in [
        "client_secret: @",
        "  client_secret : '@' # keep me",
        "\"refresh_token\": \"@\",",
        "# refresh_token: @",
        "developer_token: @",
        "c.client_secret = '@'",
        "c.refresh_token=\"@\"",
        "c.refresh_token('@')",
        "api.googleads.clientSecret=@",
        "api.googleads.refreshToken : @",
        "api.googleads.refreshToken @",
        "clientSecret = \"@\"",
        "refreshToken=@",
        "<add key=\"OAuth2ClientSecret\" value=\"@\"/>",
        "<add key=\"OAuth2RefreshToken\" value='@' />",
        "<add value=\"@\" key=\"OAuth2RefreshToken\" />",
        "      value=\"@\" />",
        "\"OAuth2RefreshToken\": \"@\"",
        "export GOOGLE_ADS_REFRESH_TOKEN=@",
        "GOOGLE_ADS_CLIENT_SECRET='@'",
        "'refresh_token' => '@',",
        "{client_id: x, client_secret: @}",
    ] {
        let shown = &masked(&line.replace('@', SECRET))[0];
        assert!(shown.contains('…') && !shown.contains("EFGH") && !shown.contains("QRST"), "{line}: {shown}");
        let behind = line.rsplit(['@', '}']).next().unwrap();
        assert!(shown.ends_with(behind), "{line}: {shown}");
    }
    assert_eq!(masked("client_secret: 'abcdEFGHIJKLMNOPQRSTuvwx' # mine"), ["client_secret: 'abcd…uvwx' # mine"]);
    assert_eq!(masked("refresh_token: abcdEFGHIJKLMNOPQRSTuvwx # mine"), ["refresh_token: abcd…uvwx # …"]);
}

#[test]
fn what_is_no_secret_is_shown() {
    for line in [
        "client_id: 123456789012-abcdefghijklmnopqrstuvwxyz.apps.googleusercontent.com",
        "login_customer_id: '1234567890'",
        "use_proto_plus: True",
        "\"token_uri\": \"https://oauth2.googleapis.com/token\",",
        "<add key=\"OAuth2Mode\" value=\"APPLICATION\"/>",
        "<add value=\"APPLICATION\" key=\"OAuth2Mode\"/>",
        "OAuth2SecretsJsonPath=/home/me/a.json",
        "refresh_token: INSERT_REFRESH_TOKEN_HERE",
        "# Your secret refresh token goes here, see https://developers.google.com/google-ads",
    ] {
        assert_eq!(masked(line), [line]);
    }
}

#[test]
fn values_that_go_on_are_masked_to_their_end() {
    let yaml = "private_key: |\n  -----BEGIN\n  abcdefgh\n\n  more\nclient_id: x\n";
    assert_eq!(masked(yaml), ["private_key: …", "  …", "  …", "", "  …", "client_id: x"]);
    assert_eq!(masked("client_secret:\n  abcdefgh\nclient_id: x"), ["client_secret:", "  …", "client_id: x"]);
    assert_eq!(masked("CLIENT_SECRET='abc\ndef\nghi'\nID=x"), ["CLIENT_SECRET=…", "…", "…", "ID=x"]);
    assert_eq!(masked("clientSecret=abc\\\ndef\\\nghi\nid=x"), ["clientSecret=…", "…", "…", "id=x"]);
    assert_eq!(masked("clientSecret=\nid=x"), ["clientSecret=", "id=x"]);
    assert_eq!(
        masked("{\n\t\"client_secret\":\n\t\t\"abcdefgh\",\n\t\"id\": 1\n}")[1..4],
        ["    \"client_secret\":", "        …", "    \"id\": 1"]
    );
}

#[test]
fn known_and_recognisable_secrets_are_masked_wherever_they_stand() {
    let secret = Secret::new("correct horse battery staple".to_owned());
    let lines =
        diff(None, "# correct horse battery staple\nnote: GOCSPX-aaaabbbbccccdddd, 1//0gAAAABBBBCCCCDDDD", &[&secret]);
    assert_eq!(lines.iter().map(text_of).collect::<Vec<_>>(), ["# corr…aple", "note: GOCS…dddd, 1//0…DDDD"]);
}

#[test]
fn what_a_terminal_obeys_is_removed_before_secrets_are_sought() {
    let secret = Secret::new("abcdefghijklmnopqrstuvwxyz".to_owned());
    let text = "note: abcdefghijkl\u{200b}mnopqrstuvwxyz\x1b]0;title\x07";
    assert_eq!(diff(None, text, &[&secret]), [DiffLine::Added("note: abcd…wxyz".to_owned())]);
    let long = format!("{}{}", "x".repeat(WIDTH - 12), secret.expose());
    let shown = diff(None, &long, &[&secret]);
    assert!(!text_of(&shown[0]).contains("efgh"));
}

#[test]
fn the_change_of_every_target_shows_its_keys_and_no_secret() {
    for target in Target::ALL {
        let old = target.merge(None, &credentials()).unwrap();
        let token = Secret::new("1//0gNEWNEWNEWNEWNEWNEW".to_owned());
        let new = Credentials { refresh_token: token.clone(), ..with_login() };
        let lines = diff(Some(&old), &target.merge(Some(&old), &new).unwrap(), &[]);
        let added: Vec<_> = lines.iter().filter(|line| matches!(line, DiffLine::Added(_))).map(text_of).collect();
        assert!(added[0].contains("1//0…WNEW"), "{added:?}");
        assert!(!format!("{lines:?}").contains("NEWNEWNEW"), "{lines:?}");
        assert!(!format!("{lines:?}").contains("AAAABBBB"), "{lines:?}");
    }
}

proptest! {
    #[test]
    fn no_canary_ever_gets_out(before in hostile_value(), after in hostile_value(), old_too in any::<bool>()) {
        let canary = |name: &str| format!("{before}CANARY-{name}-CANARY{after}");
        let made = |name: &str| Credentials {
            client_secret: Secret::new(canary(&format!("secret-{name}"))),
            refresh_token: Secret::new(canary(&format!("token-{name}"))),
            ..credentials()
        };
        for target in Target::ALL {
            let Ok(old) = target.merge(None, &made("old")) else { continue };
            let Ok(new) = target.merge(Some(&old), &made("new")) else { continue };
            let old = old_too.then_some(old);
            let shown = format!("{:?}", diff(old.as_deref(), &new, &[]));
            for name in ["secret-old", "secret-new", "token-old", "token-new"] {
                prop_assert!(!shown.contains(&format!("CANARY-{name}-CANARY")), "{target:?}: {shown}");
            }
        }
    }

    #[test]
    fn a_known_secret_never_gets_out_of_any_text(
        text in "(\\PC|[\n '\":=<>#]|CANARY-0123456789-CANARY|token|value|key){0,40}",
    ) {
        let secret = Secret::new("CANARY-0123456789-CANARY".to_owned());
        let shown = format!("{:?}", diff(Some(&text), &text.replace('#', "\n"), &[&secret]));
        prop_assert!(!shown.contains(secret.expose()), "{shown}");
    }
}
