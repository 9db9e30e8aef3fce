//! Every outcome of the token endpoint, against a server that writes raw bytes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

use super::*;
use crate::oauth::client::ClientKind;
use crate::oauth::endpoints::Endpoints;
use crate::oauth::grant::{ADWORDS_SCOPE, Warning};
use crate::oauth::http::Limits;

/// Stands in every secret, so that one search finds any of them.
const CANARY: &str = "CANARY";
const CODE: &str = "4/0CANARY-code";
const VERIFIER: &str = "CANARY-verifier-CANARY-verifier-CANARY-verifier";
const REDIRECT: &str = "http://127.0.0.1:40123";
const GOOD: &str = r#"{"access_token":"ya29.CANARY","token_type":"Bearer","expires_in":3599,
    "refresh_token":"1//0gCANARY","scope":"https://www.googleapis.com/auth/adwords"}"#;

/// What the server does when a request has been read.
#[derive(Clone)]
enum Then {
    /// Writes these bytes and closes.
    Write(Vec<u8>),
    /// Writes these bytes and leaves the connection open.
    WriteAndHang(Vec<u8>),
    /// Writes one byte after another, for ever.
    Drip,
    /// Closes with a reset.
    Reset,
}

fn roomy() -> Limits {
    let long = Duration::from_secs(20);
    Limits { connect: long / 3, total: long, pause: Duration::from_millis(1), body: 64 * 1024 }
}

fn impatient() -> Limits {
    Limits { total: Duration::from_millis(200), ..roomy() }
}

fn client(token: &str) -> Client {
    let url = |text: &str| Url::parse(text).unwrap();
    Client {
        kind: ClientKind::Desktop,
        id: "123-abc.apps.googleusercontent.com".to_owned(),
        secret: Secret::new("GOCSPX-CANARY".to_owned()),
        project: None,
        endpoints: Endpoints { auth: url(token), token: url(token), ..Endpoints::google() },
        redirect_uris: Vec::new(),
    }
}

async fn try_exchange(http: &Http, token: &str, scopes: &[&str]) -> Result<Grant, ExchangeError> {
    let client = client(token);
    let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
    let request = CodeExchange {
        client: &client,
        code: Secret::new(CODE.to_owned()),
        verifier: Secret::new(VERIFIER.to_owned()),
        redirect_uri: REDIRECT,
        scopes: &scopes,
    };
    let outcome = exchange(http, request).await;
    let shown = format!("{outcome:?} {:?}", outcome.as_ref().err().map(ToString::to_string));
    assert!(!shown.contains(CANARY), "a secret is in {shown}");
    outcome
}

/// Reads one request whole: head and as many bytes of body as it announces.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text.into_owned();
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
    }
}

async fn serve(listener: TcpListener, then: Then, requests: &RefCell<Vec<String>>) {
    let mut kept_open = Vec::new();
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        requests.borrow_mut().push(request);
        // The client may have gone away already, and that is what some tests are about.
        match &then {
            Then::Write(bytes) => {
                let _ = stream.write_all(bytes).await;
                let _ = stream.shutdown().await;
            }
            Then::WriteAndHang(bytes) => {
                let _ = stream.write_all(bytes).await;
                kept_open.push(stream);
            }
            Then::Drip => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n").await;
                while stream.write_all(b" ").await.is_ok() {
                    sleep(Duration::from_millis(10)).await;
                }
            }
            Then::Reset => stream.set_zero_linger().unwrap(),
        }
    }
}

/// One exchange with a server that does this. The code must have arrived exactly once.
async fn exchange_with(then: Then, limits: Limits, scopes: &[&str]) -> Result<Grant, ExchangeError> {
    let (outcome, requests) = exchange_and_requests(then, limits, scopes).await;
    assert_eq!(requests.len(), 1, "{outcome:?}: {requests:?}");
    assert_eq!(requests[0].matches("0CANARY-code").count(), 1);
    outcome
}

async fn exchange_and_requests(
    then: Then,
    limits: Limits,
    scopes: &[&str],
) -> (Result<Grant, ExchangeError>, Vec<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let token = format!("http://{}/token", listener.local_addr().unwrap());
    let requests = RefCell::default();
    let http = Http::assemble(limits, None).unwrap();
    let outcome = tokio::select! {
        outcome = try_exchange(&http, &token, scopes) => outcome,
        () = serve(listener, then, &requests) => unreachable!(),
    };
    (outcome, requests.into_inner())
}

fn answer(status: &str, content_type: &str, body: &str) -> Then {
    let length = body.len();
    Then::Write(
        format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}").into(),
    )
}

/// The outcome of a 200 with this JSON.
async fn granted(body: &str, scopes: &[&str]) -> Result<Grant, ExchangeError> {
    exchange_with(answer("200 OK", "application/json; charset=utf-8", body), roomy(), scopes).await
}

async fn refused(status: &str, body: &str) -> ExchangeError {
    exchange_with(answer(status, "application/json", body), roomy(), &[ADWORDS_SCOPE]).await.unwrap_err()
}

#[tokio::test]
async fn a_grant_has_both_tokens_and_the_scopes_of_the_answer() {
    let grant = granted(GOOD, &[ADWORDS_SCOPE]).await.unwrap();
    assert_eq!(grant.refresh_token.expose(), "1//0gCANARY");
    assert_eq!(grant.access_token.expose(), "ya29.CANARY");
    assert_eq!(grant.scopes, [ADWORDS_SCOPE]);
    assert_eq!((grant.refresh_expires, grant.account.as_deref()), (None, None));
    assert!(grant.warnings().is_empty());
}

#[tokio::test]
async fn everything_is_sent_in_the_body_and_the_redirect_uri_to_the_letter() {
    let json = answer("200 OK", "application/json", GOOD);
    let (outcome, requests) = exchange_and_requests(json, roomy(), &[ADWORDS_SCOPE]).await;
    assert!(outcome.is_ok());
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("post /token http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-type: application/x-www-form-urlencoded"), "{head}");
    for absent in ["authorization", "accept-encoding", "referer", "cookie", "canary"] {
        assert!(!head.contains(absent), "{absent} in {head}");
    }
    let sent: HashMap<_, _> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", CODE),
        ("code_verifier", VERIFIER),
        ("redirect_uri", REDIRECT),
        ("client_id", "123-abc.apps.googleusercontent.com"),
        ("client_secret", "GOCSPX-CANARY"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn a_byte_order_mark_unknown_members_and_odd_lifetimes_of_the_access_token_do_no_harm() {
    let body = format!("\u{feff}{}", GOOD.replace("3599", r#"-1.5,"issued":{"x":[1]}"#));
    assert!(granted(&body, &[ADWORDS_SCOPE]).await.is_ok());
}

#[tokio::test]
async fn the_token_type_is_compared_without_case_and_must_be_bearer() {
    assert!(granted(&GOOD.replace("Bearer", "bEARER"), &[ADWORDS_SCOPE]).await.is_ok());
    for other in ["MAC", "DPoP", ""] {
        let outcome = granted(&GOOD.replace("Bearer", other), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::NotBearer), "{other}");
    }
}

#[tokio::test]
async fn a_missing_repeated_or_mistyped_member_is_named() {
    for (from, to, member) in [
        (r#""access_token":"ya29.CANARY","#, "", "access_token"),
        ("ya29.CANARY", "", "access_token"),
        ("ya29.CANARY", "ya29 CANARY", "access_token"),
        (r#""ya29.CANARY""#, "7", "access_token"),
        (r#""token_type":"Bearer","#, "", "token_type"),
        (r#""expires_in":3599"#, r#""token_type":"Bearer""#, "token_type"),
        (r#""expires_in":3599"#, r#""refresh_token":"2""#, "refresh_token"),
        (r#""1//0gCANARY""#, r#"["1//0gCANARY"]"#, "refresh_token"),
        ("1//0gCANARY", "1//0g\\nCANARY", "refresh_token"),
        ("1//0gCANARY", "1//0gCANARY\u{e9}", "refresh_token"),
        (r#""expires_in":3599"#, r#""refresh_token_expires_in":"soon""#, "refresh_token_expires_in"),
        (r#""expires_in":3599"#, r#""id_token":{}"#, "id_token"),
        (r#""https://www.googleapis.com/auth/adwords""#, "[]", "scope"),
    ] {
        let outcome = granted(&GOOD.replace(from, to), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::Malformed(member)), "{to}");
    }
    for body in ["[]", "7", "\"text\"", "null", "{}"] {
        let outcome = granted(body, &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::Malformed("access_token")), "{body}");
    }
}

#[tokio::test]
async fn a_refresh_token_of_2048_bytes_is_taken_and_a_longer_one_is_not() {
    let with = |length: usize| GOOD.replace("1//0gCANARY", &"x".repeat(length));
    assert!(granted(&with(2048), &[ADWORDS_SCOPE]).await.is_ok());
    let outcome = granted(&with(2049), &[ADWORDS_SCOPE]).await;
    assert_eq!(outcome, Err(ExchangeError::Malformed("refresh_token")));
}

#[tokio::test]
async fn no_refresh_token_in_whatever_way_is_said_so() {
    for (from, to) in [(r#""refresh_token":"1//0gCANARY","#, ""), (r#""1//0gCANARY""#, "null"), ("1//0gCANARY", "")] {
        let outcome = granted(&GOOD.replace(from, to), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::NoRefreshToken), "{to}");
    }
}

#[tokio::test]
async fn the_ads_scope_must_be_granted_if_the_answer_names_scopes() {
    for scope in ["openid", "", "https://www.googleapis.com/auth/adwords.readonly"] {
        let outcome = granted(&GOOD.replace(ADWORDS_SCOPE, scope), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::AdsScopeMissing), "{scope:?}");
    }
    assert!(granted(&GOOD.replace(ADWORDS_SCOPE, "openid"), &["openid"]).await.is_ok());
}

#[tokio::test]
async fn scopes_that_are_not_named_are_granted_as_asked() {
    for body in [
        GOOD.replace(r#","scope":"https://www.googleapis.com/auth/adwords""#, ""),
        GOOD.replace(r#""https://www.googleapis.com/auth/adwords""#, "null"),
    ] {
        let body = body.replace(",\n    \"scope\"", "\n,\"scope\"");
        let grant = granted(&body, &[ADWORDS_SCOPE, "email"]).await.unwrap();
        assert_eq!(grant.scopes, [ADWORDS_SCOPE, "email"]);
        assert!(grant.missing_scopes.is_empty());
    }
}

#[tokio::test]
async fn extra_scopes_are_kept_and_missing_ones_are_named() {
    let email = "https://www.googleapis.com/auth/userinfo.email";
    let body = GOOD.replace(ADWORDS_SCOPE, &format!("{email} {ADWORDS_SCOPE} extra"));
    let grant = granted(&body, &[ADWORDS_SCOPE, "email", "openid"]).await.unwrap();
    assert_eq!(grant.scopes, [email, ADWORDS_SCOPE, "extra"]);
    assert_eq!(grant.missing_scopes, ["openid"]);
    assert_eq!(grant.warnings(), [Warning::ScopesMissing]);
}

#[tokio::test]
async fn the_lifetime_of_the_refresh_token_becomes_a_date() {
    let with = |seconds: &str| GOOD.replace("3599", &format!("3599,\"refresh_token_expires_in\":{seconds}"));
    let expires = async |seconds: &str| {
        let grant = granted(&with(seconds), &[ADWORDS_SCOPE]).await.unwrap();
        (grant.refresh_expires.map(|dies| dies.duration_since(grant.received).unwrap().as_secs()), grant.warnings())
    };
    let (week, warnings) = expires("604799").await;
    assert_eq!(week, Some(604_799));
    assert!(matches!(warnings[..], [Warning::DiesInTesting(_)]));
    let (month, warnings) = expires("2592000.5").await;
    assert_eq!(month, Some(2_592_000));
    assert!(matches!(warnings[..], [Warning::TimeLimited(_)]));
    for silent in ["-5", "0", "null"] {
        assert_eq!(expires(silent).await.0, None, "{silent}");
    }
    for endless in ["1e300", "18446744073709551615"] {
        assert_eq!(expires(endless).await.0, Some(3_155_760_000), "{endless}");
    }
}

#[tokio::test]
async fn the_account_is_the_email_of_the_id_token_and_nothing_else() {
    let account = async |claims: &str| {
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        let body = GOOD.replace("3599", &format!("3599,\"id_token\":\"{token}\""));
        granted(&body, &[ADWORDS_SCOPE]).await.unwrap().account
    };
    assert_eq!(account(r#"{"email":"ada@practice.example"}"#).await.as_deref(), Some("ada@practice.example"));
    assert_eq!(account("{\"email\":\"a\\u0007da@practice.example\"}").await.as_deref(), Some("ada@practice.example"));
    for none in [r#"{"sub":"1"}"#, r#"{"email":7}"#, r#"{"email":"nobody"}"#, "[]", "no json"] {
        assert_eq!(account(none).await, None, "{none}");
    }
    let body = GOOD.replace("3599", "3599,\"id_token\":\"no-jwt\"");
    assert_eq!(granted(&body, &[ADWORDS_SCOPE]).await.unwrap().account, None);
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    for (error, code) in [
        ("invalid_grant", RefusalCode::InvalidGrant),
        ("invalid_client", RefusalCode::InvalidClient),
        ("redirect_uri_mismatch", RefusalCode::RedirectUriMismatch),
        ("unauthorized_client", RefusalCode::UnauthorizedClient),
        ("org_internal", RefusalCode::OrgInternal),
        ("admin_policy_enforced", RefusalCode::AdminPolicyEnforced),
        ("deleted_client", RefusalCode::DeletedClient),
        ("invalid_request", RefusalCode::InvalidRequest),
        ("invalid_grant_2", RefusalCode::Other("invalid_grant_2".to_owned())),
    ] {
        assert_eq!(code.as_str(), error);
        let outcome = refused("400 Bad Request", &format!("{{\"error\":\"{error}\"}}")).await;
        assert_eq!(outcome, ExchangeError::Refused(Refusal { code, description: None }));
    }
}

#[tokio::test]
async fn the_servers_words_lose_what_rfc_6749_forbids() {
    let body = r#"{"error":"odd\u001b[31m","error_description":"Say \"no\"\u202e\nBad Request"}"#;
    let ExchangeError::Refused(refusal) = refused("401 Unauthorized", body).await else { panic!("no refusal") };
    assert_eq!(refusal.code, RefusalCode::Other("odd?[31m".to_owned()));
    assert_eq!(refusal.description.as_deref(), Some("Say ?no???Bad Request"));
}

#[tokio::test]
async fn a_server_that_repeats_a_secret_is_not_repeated() {
    let body = format!(r#"{{"error":"bad {CODE}","error_description":"secret GOCSPX-CANARY is wrong"}}"#);
    let expected = Refusal { code: RefusalCode::Other("?".to_owned()), description: None };
    assert_eq!(refused("400 Bad Request", &body).await, ExchangeError::Refused(expected));
}

#[tokio::test]
async fn a_refusal_that_is_none_is_told_apart() {
    assert_eq!(refused("400 Bad Request", "<p>no</p>").await, ExchangeError::NotJson { status: 400 });
    assert_eq!(refused("404 Not Found", "").await, ExchangeError::NotJson { status: 404 });
    for body in [r#"{"error":{"code":400}}"#, "{}", "[]", r#"{"error":""}"#, r#"{"error":"a","error":"b"}"#] {
        assert_eq!(refused("400 Bad Request", body).await, ExchangeError::Malformed("error"), "{body}");
    }
}

#[tokio::test]
async fn a_server_in_trouble_is_not_asked_again_and_its_page_is_not_read() {
    for (status, code) in [("500 Oops", 500), ("503 Unavailable", 503), ("429 Too Many Requests", 429)] {
        let page = answer(status, "text/html", &"<p>".repeat(100_000));
        let outcome = exchange_with(page, roomy(), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, Err(ExchangeError::ServerTrouble(code)));
    }
}

#[tokio::test]
async fn a_page_of_the_network_is_not_json() {
    let expected = Err(ExchangeError::NotJson { status: 200 });
    for (content_type, body) in [
        ("text/html", "<html>Welcome to Hotel CANARY</html>"),
        ("text/html", GOOD),
        ("application/jsonp", GOOD),
        ("application/json", "<html>"),
        ("application/json", ""),
        ("application/json", &GOOD[..90]),
        ("application/json", &format!("{{\"x\":{}", "[".repeat(10_000))),
    ] {
        let outcome = exchange_with(answer("200 OK", content_type, body), roomy(), &[ADWORDS_SCOPE]).await;
        assert_eq!(outcome, expected, "{content_type} {body:.20}");
    }
    let untyped = Then::Write(format!("HTTP/1.1 200 OK\r\n\r\n{GOOD}").into());
    assert_eq!(exchange_with(untyped, roomy(), &[ADWORDS_SCOPE]).await, expected);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_only_its_host_is_kept() {
    for (target, host) in [
        ("https://user:CANARY@portal.example:8443/login?CANARY", Some("portal.example")),
        ("/elsewhere", Some("127.0.0.1")),
        ("https://", None),
    ] {
        for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
            let bytes = format!("HTTP/1.1 {status}\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
            let outcome = exchange_with(Then::Write(bytes.into()), roomy(), &[ADWORDS_SCOPE]).await;
            assert_eq!(outcome, Err(ExchangeError::Redirected { host: host.map(str::to_owned) }));
        }
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large_announced_or_not() {
    let padding = " ".repeat(64 * 1024);
    let announced = answer("200 OK", "application/json", &format!("{GOOD}{padding}"));
    let streamed = Then::Write(format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{padding} ").into());
    for large in [announced, streamed] {
        assert_eq!(exchange_with(large, roomy(), &[ADWORDS_SCOPE]).await, Err(ExchangeError::TooLarge));
    }
    let exactly = format!("{GOOD}{}", &padding[GOOD.len()..]);
    assert!(granted(&exactly, &[ADWORDS_SCOPE]).await.is_ok());
}

#[tokio::test]
async fn silence_a_hanging_body_and_a_slow_drip_end_at_the_same_limit() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";
    for slow in [Then::WriteAndHang(Vec::new()), Then::WriteAndHang(head.to_vec()), Then::Drip] {
        assert_eq!(exchange_with(slow, impatient(), &[ADWORDS_SCOPE]).await, Err(ExchangeError::Slow));
    }
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_code_was_sent_is_not_tried_again() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{".to_vec();
    for broken in [Then::Reset, Then::Write(Vec::new()), Then::Write(half), Then::Write(b"SSH-2.0\r\n".to_vec())] {
        assert_eq!(exchange_with(broken, roomy(), &[ADWORDS_SCOPE]).await, Err(ExchangeError::Interrupted));
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let token = format!("http://{}/token", listener.local_addr().unwrap());
    drop(listener);
    let http = Http::assemble(roomy(), None).unwrap();
    let expected = ExchangeError::Unreachable { host: "127.0.0.1".to_owned(), proxy: None, why: Unreachable::Refused };
    assert_eq!(try_exchange(&http, &token, &[ADWORDS_SCOPE]).await, Err(expected));
}
