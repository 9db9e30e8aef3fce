//! The refresh grant against a server that writes raw bytes.

use std::collections::HashMap;
use std::time::Duration;

use super::*;
use crate::oauth::client::ClientKind;
use crate::oauth::endpoints::Endpoints;
use crate::oauth::exchange::{Refusal, RefusalCode};
use crate::raw_server::{Heard, answering, json};

const CANARY: &str = "CANARY";
const GOOD: &str = r#"{"access_token":"ya29.CANARY","token_type":"Bearer","expires_in":3599,
    "scope":"https://www.googleapis.com/auth/adwords openid"}"#;

/// The outcome of one refresh at a server that answers so.
async fn refreshed(answer: &[u8]) -> (Result<Refreshed, ExchangeError>, Heard) {
    let http = Http::build().unwrap();
    let (outcome, mut heard) = answering(
        |_| answer.to_vec(),
        async |base| {
            let client = Client {
                kind: ClientKind::Desktop,
                id: "123-abc.apps.googleusercontent.com".to_owned(),
                secret: Secret::new("GOCSPX-CANARY".to_owned()),
                project: None,
                endpoints: Endpoints { token: base.join("token").unwrap(), ..Endpoints::google() },
                redirect_uris: Vec::new(),
            };
            refresh(&http, &client, &Secret::new("1//0gCANARY".to_owned())).await
        },
    )
    .await;
    assert_eq!(heard.len(), 1, "{outcome:?}");
    let shown = format!("{outcome:?} {:?}", outcome.as_ref().err().map(ToString::to_string));
    assert!(!shown.contains(CANARY), "a secret is in {shown}");
    (outcome, heard.remove(0))
}

#[tokio::test]
async fn a_good_token_brings_an_access_token_and_is_sent_in_the_body_with_nothing_else() {
    let (outcome, heard) = refreshed(&json("200 OK", GOOD)).await;
    let outcome = outcome.unwrap();
    assert_eq!(outcome.access_token.expose(), "ya29.CANARY");
    assert_eq!(outcome.scopes.unwrap(), [ADWORDS_SCOPE, "openid"]);
    assert_eq!((outcome.refresh_expires, outcome.replacement), (None, None));
    assert!(!heard.head.contains(CANARY) && heard.header("authorization").is_none());
    let sent: HashMap<_, _> = url::form_urlencoded::parse(heard.body.as_bytes()).into_owned().collect();
    let expected = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "1//0gCANARY"),
        ("client_id", "123-abc.apps.googleusercontent.com"),
        ("client_secret", "GOCSPX-CANARY"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
}

#[tokio::test]
async fn an_expiry_and_a_replacement_are_kept_and_the_same_token_is_no_replacement() {
    let with = async |members: &str| {
        let body = GOOD.replacen('{', &format!("{{{members},"), 1);
        refreshed(&json("200 OK", &body)).await.0.unwrap()
    };
    let dying = with(r#""refresh_token_expires_in":604799"#).await;
    assert!(dying.refresh_expires.unwrap() > std::time::UNIX_EPOCH + Duration::from_secs(604_799));
    let replaced = with(r#""refresh_token":"1//0gCANARY-new""#).await;
    assert_eq!(replaced.replacement.unwrap().expose(), "1//0gCANARY-new");
    assert_eq!(with(r#""refresh_token":"1//0gCANARY""#).await.replacement, None);
}

#[tokio::test]
async fn no_scope_means_as_before_and_other_scopes_mean_no_ads() {
    let silent = r#"{"access_token":"ya29.CANARY","token_type":"Bearer"}"#;
    assert_eq!(refreshed(&json("200 OK", silent)).await.0.unwrap().scopes, None);
    let without = GOOD.replace("auth/adwords", "auth/content");
    assert_eq!(refreshed(&json("200 OK", &without)).await.0, Err(ExchangeError::AdsScopeMissing));
}

#[tokio::test]
async fn an_ended_session_is_told_apart_from_a_dead_token() {
    let refused = async |body: &str| match refreshed(&json("400 Bad Request", body)).await.0 {
        Err(ExchangeError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let dead = r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#;
    let description = Some("Token has been expired or revoked.".to_owned());
    assert_eq!(refused(dead).await, Refusal { code: RefusalCode::InvalidGrant, description });
    let ended = r#"{"error":"invalid_grant","error_subtype":"invalid_rapt","error_description":"1//0gCANARY"}"#;
    assert_eq!(refused(ended).await, Refusal { code: RefusalCode::SessionEnded, description: None });
    let other = r#"{"error":"invalid_client","error_subtype":"invalid_rapt"}"#;
    assert_eq!(refused(other).await.code, RefusalCode::InvalidClient);
}

#[tokio::test]
async fn what_is_no_token_response_fails_as_in_the_exchange() {
    let answer = crate::raw_server::answer;
    for (bytes, error) in [
        (answer("200 OK", "text/html", "<p>Log in</p>"), ExchangeError::NotJson { status: 200 }),
        (json("200 OK", r#"{"token_type":"Bearer"}"#), ExchangeError::Malformed("access_token")),
        (json("200 OK", &GOOD.replace("Bearer", "MAC")), ExchangeError::NotBearer),
        (json("503 Unavailable", "{}"), ExchangeError::ServerTrouble(503)),
        (json("200 OK", &" ".repeat(65 * 1024)), ExchangeError::TooLarge),
        (
            b"HTTP/1.1 307 x\r\nLocation: https://portal.example/x\r\nContent-Length: 0\r\n\r\n".to_vec(),
            ExchangeError::Redirected { host: Some("portal.example".to_owned()) },
        ),
        (Vec::new(), ExchangeError::Interrupted),
    ] {
        assert_eq!(refreshed(&bytes).await.0, Err(error));
    }
}

#[test]
fn the_beginning_of_a_text_tells_what_was_pasted() {
    for (text, kind) in [
        ("1//0gAbc", TokenKind::Refresh),
        ("1/abc", TokenKind::Refresh),
        ("4/0Abc", TokenKind::Code),
        ("4%2F0Abc", TokenKind::Code),
        ("ya29.a0Abc", TokenKind::Access),
        ("GOCSPX-abc", TokenKind::ClientSecret),
        ("", TokenKind::Unknown),
        ("eyJhbGciOi", TokenKind::Unknown),
    ] {
        assert_eq!(what_is(text), kind, "{text}");
    }
}
