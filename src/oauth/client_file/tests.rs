use proptest::prelude::*;

use super::*;
use crate::oauth::endpoints::{Endpoints, GOOGLE_TOKEN, TrustedHost};

const ID: &str = "123456789012-a1b2c3d4.apps.googleusercontent.com";
const SECRET: &str = "GOCSPX-CANARY0123456789abcdef";

/// A file as the console writes it, with changes to the members of its client: `None` takes one out.
fn client_file(object: &str, changes: &[(&str, Option<&str>)]) -> String {
    let mut members = vec![
        ("client_id", format!("\"{ID}\"")),
        ("project_id", "\"my-ads-project\"".to_owned()),
        ("auth_uri", "\"https://accounts.google.com/o/oauth2/auth\"".to_owned()),
        ("token_uri", format!("\"{GOOGLE_TOKEN}\"")),
        ("auth_provider_x509_cert_url", "\"https://www.googleapis.com/oauth2/v1/certs\"".to_owned()),
        ("client_secret", format!("\"{SECRET}\"")),
        ("redirect_uris", "[\"http://localhost\"]".to_owned()),
    ];
    for (name, value) in changes {
        members.retain(|(other, _)| other != name);
        members.extend(value.map(|value| (*name, value.to_owned())));
    }
    let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{\"{object}\":{{{}}}}}", members.join(","))
}

fn desktop(changes: &[(&str, Option<&str>)]) -> String {
    client_file("installed", changes)
}

fn web(changes: &[(&str, Option<&str>)]) -> String {
    client_file("web", changes)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn google(bytes: impl AsRef<[u8]>) -> Result<Client, Unusable> {
    judge(bytes.as_ref(), &Trust::default())
}

/// What it is, its bytes, and the verdict that is expected.
type Specimen = (&'static str, Vec<u8>, Result<ClientKind, Kind>);

fn zoo() -> Vec<Specimen> {
    [usable_clients(), flawed_clients(), look_alikes(), no_json()].concat()
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn with_mark(text: &str) -> Vec<u8> {
    [b"\xEF\xBB\xBF", text.as_bytes()].concat()
}

/// A Desktop client with one more member, which may stand in it already.
fn with_another(member: &str) -> Vec<u8> {
    text(&desktop(&[]).replacen("\"project_id\"", &format!("{member},\"project_id\""), 1))
}

fn usable_clients() -> Vec<Specimen> {
    use ClientKind::{Desktop, Web};
    let pretty = desktop(&[]).replace(',', ",\r\n  ").replace('{', "{\r\n");
    let both = format!("{},{}", desktop(&[]).strip_suffix('}').unwrap(), &web(&[])[1..]);
    vec![
        ("a Desktop client", text(&desktop(&[])), Ok(Desktop)),
        ("a Web client", text(&web(&[])), Ok(Web)),
        ("lines of Windows", text(&pretty), Ok(Desktop)),
        ("a UTF-8 byte order mark", with_mark(&web(&[])), Ok(Web)),
        ("white space around", text(&format!("\n\t {} \r\n", desktop(&[]))), Ok(Desktop)),
        ("both clients in one file", text(&both), Ok(Desktop)),
        ("an empty web member beside", text(&desktop(&[]).replacen('{', "{\"web\":null,", 1)), Ok(Desktop)),
        ("an empty installed member", text(&web(&[]).replacen('{', "{\"installed\":null,", 1)), Ok(Web)),
        ("no redirect URIs", text(&web(&[("redirect_uris", None)])), Ok(Web)),
        ("redirect URIs null", text(&web(&[("redirect_uris", Some("null"))])), Ok(Web)),
        ("no project", text(&desktop(&[("project_id", None)])), Ok(Desktop)),
        ("an old id", text(&desktop(&[("client_id", Some("\"1234.apps.googleusercontent.com\""))])), Ok(Desktop)),
        ("an old secret", text(&desktop(&[("client_secret", Some("\"aBcDeFgHiJkLmNoPqRsTuVwX\""))])), Ok(Desktop)),
        ("escaped slashes", text(&desktop(&[]).replace('/', "\\/")), Ok(Desktop)),
        ("unknown members", text(&desktop(&[("quota", Some("{\"a\":[1,2.5,true,null]}"))])), Ok(Desktop)),
        ("a repeated member that nobody reads", with_another("\"x\":1,\"x\":2"), Ok(Desktop)),
    ]
}

fn flawed_clients() -> Vec<Specimen> {
    let long = format!("\"{}\"", "x".repeat(257));
    vec![
        ("no secret", text(&desktop(&[("client_secret", None)])), Err(Kind::ClientWithoutSecret)),
        ("an empty secret", text(&web(&[("client_secret", Some("\"\""))])), Err(Kind::ClientWithoutSecret)),
        ("a null secret", text(&desktop(&[("client_secret", Some("null"))])), Err(Kind::ClientWithoutSecret)),
        ("no auth_uri", text(&desktop(&[("auth_uri", None)])), Err(Kind::ClientWithoutEndpoints)),
        ("an empty token_uri", text(&desktop(&[("token_uri", Some("\"\""))])), Err(Kind::ClientWithoutEndpoints)),
        (
            "a stranger's token endpoint",
            text(&desktop(&[("token_uri", Some("\"https://oauth2.googleapis.com.evil.example/token\""))])),
            Err(Kind::UntrustedEndpoints),
        ),
        (
            "a stranger's endpoint and no secret",
            text(&desktop(&[("auth_uri", Some("\"https://evil.example/\"")), ("client_secret", None)])),
            Err(Kind::UntrustedEndpoints),
        ),
        (
            "an endpoint that is no URL",
            text(&web(&[("auth_uri", Some("\"javascript\""))])),
            Err(Kind::UntrustedEndpoints),
        ),
        ("a placeholder as id", text(&desktop(&[("client_id", Some("\"INSERT_ID_HERE\""))])), Err(Kind::UnknownJson)),
        ("a number as id", text(&desktop(&[("client_id", Some("123456789012"))])), Err(Kind::UnknownJson)),
        ("no id", text(&desktop(&[("client_id", None)])), Err(Kind::UnknownJson)),
        ("an endless id", text(&desktop(&[("client_id", Some(&long))])), Err(Kind::UnknownJson)),
        ("a secret with a space", text(&desktop(&[("client_secret", Some("\"GOCSPX- x\""))])), Err(Kind::UnknownJson)),
        (
            "a secret with an escape",
            text(&desktop(&[("client_secret", Some("\"\\u001b[2J\""))])),
            Err(Kind::UnknownJson),
        ),
        ("an endless secret", text(&desktop(&[("client_secret", Some(&long))])), Err(Kind::UnknownJson)),
        ("a list as secret", text(&desktop(&[("client_secret", Some("[]"))])), Err(Kind::UnknownJson)),
        ("a number as auth_uri", text(&desktop(&[("auth_uri", Some("1"))])), Err(Kind::UnknownJson)),
        (
            "a string as redirect URIs",
            text(&web(&[("redirect_uris", Some("\"http://localhost\""))])),
            Err(Kind::UnknownJson),
        ),
        (
            "a number among redirect URIs",
            text(&web(&[("redirect_uris", Some("[\"http://localhost\",1]"))])),
            Err(Kind::UnknownJson),
        ),
        ("two ids", with_another(&format!("\"client_id\":\"{ID}\"")), Err(Kind::UnknownJson)),
        ("two secrets", with_another("\"client_secret\":\"other\""), Err(Kind::UnknownJson)),
        ("two token endpoints", with_another("\"token_uri\":\"https://evil.example/\""), Err(Kind::UnknownJson)),
        ("two escaped names", with_another("\"token\\u005furi\":\"https://evil.example/\""), Err(Kind::UnknownJson)),
        ("two clients of one name", text("{\"installed\":{},\"installed\":{}}"), Err(Kind::UnknownJson)),
        ("a list as client", text("{\"installed\":[]}"), Err(Kind::UnknownJson)),
    ]
}

fn look_alikes() -> Vec<Specimen> {
    vec![
        (
            "a service account key",
            text(
                "{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key\":\"-----BEGIN\",\"client_id\":\"1\"}",
            ),
            Err(Kind::ServiceAccount),
        ),
        (
            "a nameless service account key",
            text("{\"private_key\":\"-----BEGIN\",\"client_email\":\"a@b\"}"),
            Err(Kind::ServiceAccount),
        ),
        (
            "application default credentials",
            text(
                "{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"s\",\"refresh_token\":\"1//0\"}",
            ),
            Err(Kind::AuthorizedUser),
        ),
        (
            "a token of google-auth",
            text(
                "{\"token\":\"ya29.\",\"refresh_token\":\"1//0\",\"token_uri\":\"u\",\"client_id\":\"i\",\"client_secret\":\"s\",\"scopes\":[]}",
            ),
            Err(Kind::SavedToken),
        ),
        (
            "a token answer",
            text("{\"access_token\":\"ya29.\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"),
            Err(Kind::SavedToken),
        ),
        ("a token without renewal", text("{\"token\":\"ya29.\",\"scopes\":[\"s\"]}"), Err(Kind::SavedToken)),
        (
            "a token of oauth2client",
            text("{\"token_response\":{},\"_module\":\"oauth2client.client\"}"),
            Err(Kind::SavedToken),
        ),
        ("an API key", text("{\"key\":\"AIzaSyCANARY\"}"), Err(Kind::ApiKey)),
        ("an API key by its name", text("{\"api_key\":\"x\"}"), Err(Kind::ApiKey)),
        ("an API key of gcloud", text("{\"keyString\":\"AIzaSy\",\"name\":\"projects/1/keys/2\"}"), Err(Kind::ApiKey)),
        (
            "a flat client",
            text(&format!("{{\"client_id\":\"{ID}\",\"client_secret\":\"{SECRET}\"}}")),
            Err(Kind::FlatClient),
        ),
        ("only an id", text(&format!("{{\"client_id\":\"{ID}\"}}")), Err(Kind::UnknownJson)),
        ("some key", text("{\"key\":\"value\"}"), Err(Kind::UnknownJson)),
        ("an empty object", text("{}"), Err(Kind::UnknownJson)),
        ("a client in a list", text(&format!("[{}]", desktop(&[]))), Err(Kind::UnknownJson)),
        ("a string", text("\"client\""), Err(Kind::UnknownJson)),
    ]
}

fn no_json() -> Vec<Specimen> {
    let deep = format!("{{\"installed\":{}{}}}", "[".repeat(500), "]".repeat(500));
    vec![
        ("no bytes", vec![], Err(Kind::Empty)),
        ("white space", text(" \r\n\t"), Err(Kind::Empty)),
        ("only a byte order mark", with_mark("\n"), Err(Kind::Empty)),
        ("half a download", text(&desktop(&[])[..200]), Err(Kind::NotJson)),
        ("two documents", text(&desktop(&[]).repeat(2)), Err(Kind::NotJson)),
        ("a web page", text("<!DOCTYPE html><title>Sign in</title>"), Err(Kind::NotJson)),
        ("YAML", text("client_id: x\nclient_secret: y\n"), Err(Kind::NotJson)),
        ("a trailing comma", text(&desktop(&[]).replace("\"]}}", "\"],}}")), Err(Kind::NotJson)),
        ("a comment", text(&format!("// my client\n{}", desktop(&[]))), Err(Kind::NotJson)),
        ("bytes that are not UTF-8", [&b"{\"installed\":\"\xff\xfe"[..], b"\"}"].concat(), Err(Kind::NotJson)),
        ("zeros", vec![0; 300], Err(Kind::NotJson)),
        ("a deep document", text(&deep), Err(Kind::NotJson)),
        ("UTF-16 with a mark", [vec![0xFF, 0xFE], utf16(&desktop(&[]), u16::to_le_bytes)].concat(), Err(Kind::Utf16)),
        ("UTF-16 without a mark", utf16(&desktop(&[]), u16::to_le_bytes), Err(Kind::Utf16)),
        ("UTF-16, the other order", utf16(&desktop(&[]), u16::to_be_bytes), Err(Kind::Utf16)),
        (
            "UTF-16, the other order, with a mark",
            [vec![0xFE, 0xFF], utf16("{}", u16::to_be_bytes)].concat(),
            Err(Kind::Utf16),
        ),
        ("a byte too many", vec![b' '; MAX_BYTES + 1], Err(Kind::TooLarge)),
    ]
}

#[test]
fn every_file_of_the_zoo_is_what_it_is() {
    for (name, bytes, expected) in zoo() {
        let kind = google(&bytes).map(|client| client.kind).map_err(|why| why.kind());
        assert_eq!(kind, expected, "{name}");
    }
}

#[test]
fn no_verdict_shows_what_a_file_keeps_secret() {
    for (name, bytes, _) in zoo() {
        let shown = format!("{:?}", google(&bytes));
        for secret in ["CANARY", "GOCSPX", "ya29", "1//0", "AIza", "BEGIN"] {
            assert!(!shown.contains(secret), "{name}: {shown}");
        }
    }
}

#[test]
fn a_client_has_everything_that_its_file_says() {
    let client =
        google(web(&[("redirect_uris", Some("[\"http://localhost:8080/cb\",\"https://a.example\"]"))])).unwrap();
    let expected = Client {
        kind: ClientKind::Web,
        id: ID.to_owned(),
        secret: Secret::new(SECRET.to_owned()),
        project: Some("my-ads-project".to_owned()),
        endpoints: Endpoints::google(),
        redirect_uris: vec!["http://localhost:8080/cb".to_owned(), "https://a.example".to_owned()],
    };
    assert_eq!(client, expected);
}

#[test]
fn escapes_are_undone() {
    let escaped = desktop(&[]).replace("GOCSPX", "\\u0047OCSPX").replace("client_id", "client\\u005fid");
    assert_eq!(google(escaped), google(desktop(&[])));
}

#[test]
fn the_member_at_fault_is_named() {
    for (file, field) in [
        (desktop(&[("client_id", None)]), Some("installed.client_id")),
        (web(&[("client_id", Some("\"x\""))]), Some("web.client_id")),
        (desktop(&[("client_secret", Some("7"))]), Some("installed.client_secret")),
        (web(&[("redirect_uris", Some("{}"))]), Some("web.redirect_uris")),
        (desktop(&[("token_uri", Some("[]"))]), Some("installed.token_uri")),
        ("{\"web\":\"x\"}".to_owned(), Some("web")),
        (format!("{{\"client_id\":\"{ID}\"}}"), Some("client_secret")),
        ("[]".to_owned(), None),
    ] {
        assert_eq!(google(&file), Err(Unusable::UnknownJson { field }), "{file}");
    }
}

#[test]
fn the_place_of_the_first_error_is_counted_from_one() {
    for (file, line, column) in [("x", 1, 1), ("{\n  \"installed\": GOCSPX", 2, 16), ("{\n", 2, 1)] {
        let Err(Unusable::NotJson { line: found_line, column: found_column }) = google(file) else { panic!("{file}") };
        assert_eq!(found_line, line, "{file:?}");
        assert!(found_column.abs_diff(column) <= 1 && found_column > 0, "{file:?}: {found_column}");
    }
}

#[test]
fn a_client_that_cannot_be_used_still_names_itself_and_its_console_page() {
    let Err(Unusable::ClientWithoutSecret(glimpse)) = google(desktop(&[("client_secret", None)])) else { panic!() };
    assert_eq!(glimpse.client_id.as_deref(), Some(ID));
    assert_eq!(glimpse.project.as_deref(), Some("my-ads-project"));
    let url = format!("https://console.cloud.google.com/auth/clients/{ID}?project=my-ads-project");
    assert_eq!(glimpse.console_url(), Some(url));
    assert_eq!(Glimpse { client_id: Some("x/../y".to_owned()), project: None }.console_url(), None);
}

#[test]
fn hosts_that_are_not_trusted_are_named_and_bounded() {
    let evil = format!("\"https://{}.example/token\"", "e".repeat(40_000));
    let file = desktop(&[("token_uri", Some(&evil)), ("auth_uri", Some("\"https://evil.example:8443/a\""))]);
    let Err(Unusable::UntrustedEndpoints { untrusted: Untrusted { hosts, .. }, client }) = google(file) else {
        panic!()
    };
    assert_eq!(hosts[0], "evil.example:8443");
    assert!(hosts.iter().all(|host| host.len() <= 260));
    assert_eq!(client.client_id.as_deref(), Some(ID));
}

#[test]
fn a_trusted_host_gives_out_ids_of_its_own_form() {
    let trust = Trust::new(vec![TrustedHost::parse("127.0.0.1:9000").unwrap()]);
    let file = |id: &str| {
        desktop(&[
            ("client_id", Some(id)),
            ("auth_uri", Some("\"http://127.0.0.1:9000/auth\"")),
            ("token_uri", Some("\"http://127.0.0.1:9000/token\"")),
        ])
    };
    let client = judge(file("\"my-client\"").as_bytes(), &trust).unwrap();
    assert_eq!((client.id.as_str(), client.endpoints.not_google.as_deref()), ("my-client", Some("127.0.0.1:9000")));
    assert!(judge(file("\"my client\"").as_bytes(), &trust).is_err());
    assert!(google(file("\"my-client\"")).is_err());
}

#[test]
fn a_project_that_would_bend_a_console_address_is_as_good_as_none() {
    for project in ["\"a&b=c\"", "\"../x\"", "\"\"", "7", "\"Up\"", "\"\\u202e\""] {
        assert_eq!(google(desktop(&[("project_id", Some(project))])).unwrap().project, None, "{project}");
    }
    let project = google(desktop(&[("project_id", Some("\"example.com:my-1\""))])).unwrap().project;
    assert_eq!(project.as_deref(), Some("example.com:my-1"));
}

#[test]
fn redirect_uris_are_bounded_in_number_and_length_and_are_visible_ascii() {
    let long = "x".repeat(2049);
    let many: Vec<_> = (1..=70).map(|port| format!("\"http://localhost:{port}\"")).collect();
    let list = format!("[\"http://{long}\",\"\",\"http://a b\",\"http://\\u202e\",{}]", many.join(","));
    let uris = google(web(&[("redirect_uris", Some(&list))])).unwrap().redirect_uris;
    assert_eq!((uris.len(), uris[0].as_str()), (64, "http://localhost:1"));
}

proptest! {
    #[test]
    fn any_bytes_get_a_verdict(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
        let _ = google(&bytes);
    }

    #[test]
    fn a_damaged_file_gets_a_verdict_that_keeps_the_secret(
        is_web in any::<bool>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..6),
    ) {
        let mut bytes = if is_web { web(&[]) } else { desktop(&[]) }.into_bytes();
        for (place, byte, how) in damage {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        let verdict = google(&bytes);
        prop_assert!(!format!("{verdict:?}").contains("CANARY"), "{verdict:?}");
    }
}
