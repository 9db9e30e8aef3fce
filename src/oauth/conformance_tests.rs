//! What RFC 6749 and RFC 9207 ask of a client when an answer is not what it should be: each case a whole sign-in on real sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use url::Url;

use super::callback::Ignored;
use super::client::{Client, ClientKind};
use super::consent::Wish;
use super::endpoints::Endpoints;
use super::exchange::ExchangeError;
use super::grant::{ADWORDS_SCOPE, Grant};
use super::http::{Http, Limits};
use super::listener::Pages;
use super::login::{Attempt, LoginError, Progress, login};
use super::redirect::RedirectPlan;
use super::secret::Secret;
use crate::raw_server::{Heard, answering, json};

const ISSUER: &str = "https://accounts.google.com";
/// What the browser is sent back with when nobody interferes. `STATE` is the attempt's.
const HONEST: &str = "/?state=STATE&iss=https://accounts.google.com&code=honest&scope=x";
const TOKEN: &str = r#"{"access_token": "practice-access", "token_type": "Bearer", "expires_in": 3599,
    "refresh_token": "practice-refresh", "scope": "https://www.googleapis.com/auth/adwords"}"#;

/// How a sign-in went.
struct SignIn {
    outcome: Result<Grant, LoginError>,
    /// What the callbacks before the last one were taken for, and the status of their answers.
    ignored: Vec<(Ignored, String)>,
    /// The codes that the token endpoint was sent.
    codes: Vec<String>,
}

/// A sign-in to which the browser brings these callbacks, one after the other, and this is the answer of the token endpoint.
async fn sign_in(callbacks: &[&str], token: &str) -> SignIn {
    let ((outcome, ignored), heard) = answering(
        |_| json("200 OK", token),
        async |base| {
            let (told, mut progress) = mpsc::unbounded_channel();
            let tell = move |step| drop(told.send(step));
            let (_pasted, nothing) = mpsc::channel(1);
            let limit = Duration::from_secs(20);
            let limits = Limits { connect: limit, total: limit, pause: Duration::from_millis(1), body: 64 * 1024 };
            let http = std::future::ready(Http::assemble(limits, None));
            tokio::select! {
                biased;
                went = browse(callbacks, &mut progress) => went,
                () = login(attempt(&base), &Pages::EN, http, nothing, tell) => unreachable!("it waits for its page to be fetched"),
            }
        },
    )
    .await;
    SignIn { outcome, ignored, codes: heard.iter().map(code).collect() }
}

fn attempt(server: &Url) -> Attempt {
    let endpoints = Endpoints { token: server.clone(), issuer: ISSUER.to_owned(), ..Endpoints::google() };
    let client = Client {
        kind: ClientKind::Desktop,
        id: "123-practice.apps.googleusercontent.com".to_owned(),
        secret: Secret::new("practice-secret".to_owned()),
        project: None,
        endpoints,
        redirect_uris: Vec::new(),
    };
    let wish = Wish { scopes: vec![ADWORDS_SCOPE.to_owned()], login_hint: None };
    Attempt { client: client.into(), plan: RedirectPlan::Desktop { port: None }, wish }
}

/// The browser: sends each callback when the one before has been answered.
async fn browse(
    callbacks: &[&str],
    progress: &mut mpsc::UnboundedReceiver<Progress>,
) -> (Result<Grant, LoginError>, Vec<(Ignored, String)>) {
    let Some(Progress::Ready(links)) = progress.recv().await else { panic!("the listener is not ready") };
    let consent = Url::parse(links.consent.as_str()).unwrap();
    let (_, state) = consent.query_pairs().find(|(name, _)| name == "state").unwrap();
    let (mut ignored, mut held) = (Vec::new(), Vec::new());
    for callback in callbacks {
        let authority = links.redirect.authority();
        let request = format!("GET {} HTTP/1.1\r\nHost: {authority}\r\n\r\n", callback.replace("STATE", &state));
        let mut stream = TcpStream::connect(&authority).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        match progress.recv().await.unwrap() {
            Progress::Ignored(why) => {
                let mut answer = String::new();
                stream.read_to_string(&mut answer).await.unwrap();
                ignored.push((why, answer.split(' ').nth(1).unwrap_or_default().to_owned()));
            }
            Progress::Exchanging => held.push(stream),
            other => panic!("{callback}: {other:?}"),
        }
    }
    match progress.recv().await.unwrap() {
        Progress::Ended(outcome) => (outcome, ignored),
        other => panic!("after all callbacks: {other:?}"),
    }
}

fn code(request: &Heard) -> String {
    let mut fields = url::form_urlencoded::parse(request.body.as_bytes());
    fields.find(|(name, _)| name == "code").unwrap().1.into_owned()
}

/// The altered callback changes nothing, is answered as a bad request, and the honest one after it completes the sign-in.
async fn is_ignored(altered: &str, why: Ignored) {
    let went = sign_in(&[altered, HONEST], TOKEN).await;
    assert_eq!(went.ignored, [(why, "400".to_owned())], "{altered}");
    assert_eq!(went.codes, ["honest"], "{altered}");
    assert_eq!(went.outcome.unwrap().refresh_token.expose(), "practice-refresh", "{altered}");
}

/// The outcome of an honest callback and this token answer.
async fn granted(token: &str) -> Result<Grant, LoginError> {
    let went = sign_in(&[HONEST], token).await;
    assert_eq!(went.codes, ["honest"]);
    went.outcome
}

/// The token answer with something else in place of this.
fn answer_with(from: &str, to: &str) -> String {
    assert!(TOKEN.contains(from), "{from}");
    TOKEN.replace(from, to)
}

#[tokio::test]
async fn rfc6749_10_12_a_wrong_state_is_ignored() {
    is_ignored("/?state=STATEx&code=evil", Ignored::OtherState).await;
    is_ignored("/?state=STATEx&error=access_denied", Ignored::OtherState).await;
}

#[tokio::test]
async fn rfc6749_4_1_2_a_missing_state_is_ignored() {
    is_ignored("/?code=evil", Ignored::OtherState).await;
    is_ignored("/?state=&code=evil", Ignored::OtherState).await;
    is_ignored("/?error=access_denied", Ignored::ErrorWithoutState("access_denied".to_owned())).await;
}

#[tokio::test]
async fn rfc6749_3_1_a_state_that_stands_twice_is_ignored() {
    is_ignored("/?state=STATE&state=STATE&code=evil", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&state=other&code=evil", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&st%61te=STATE&code=evil", Ignored::Unrelated).await;
}

#[tokio::test]
async fn rfc6749_4_1_2_a_missing_code_is_ignored() {
    is_ignored("/?state=STATE", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&code=", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&Code=evil", Ignored::Unrelated).await;
}

#[tokio::test]
async fn rfc6749_3_1_a_code_that_stands_twice_is_ignored() {
    is_ignored("/?state=STATE&code=honest&code=evil", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&code=honest&code=honest", Ignored::Unrelated).await;
    is_ignored("/?state=STATE&code=honest&c%6fde=evil", Ignored::Unrelated).await;
}

#[tokio::test]
async fn rfc9207_2_4_another_iss_ends_the_attempt_before_the_code_is_used() {
    for iss in [
        "https://evil.example",
        "https://accounts.google.com/",
        "https://ACCOUNTS.google.com",
        "http://accounts.google.com",
    ] {
        for rest in ["code=evil", "error=access_denied"] {
            let went = sign_in(&[&format!("/?state=STATE&iss={iss}&{rest}")], TOKEN).await;
            assert_eq!(went.outcome, Err(LoginError::WrongIssuer), "{iss}");
            assert!(went.codes.is_empty(), "{iss}");
        }
    }
    is_ignored("/?state=STATEx&iss=https://evil.example&code=evil", Ignored::OtherState).await;
}

#[tokio::test]
async fn rfc9207_2_4_a_missing_iss_is_accepted() {
    for callback in ["/?state=STATE&code=honest", "/?state=STATE&iss=&code=honest"] {
        let went = sign_in(&[callback], TOKEN).await;
        assert!(went.outcome.is_ok() && went.codes == ["honest"], "{callback}");
    }
}

#[tokio::test]
async fn rfc6749_3_1_an_iss_that_stands_twice_is_ignored() {
    let right = "iss=https://accounts.google.com";
    is_ignored(&format!("/?state=STATE&{right}&{right}&code=evil"), Ignored::Unrelated).await;
    is_ignored(&format!("/?state=STATE&{right}&iss=https://evil.example&code=evil"), Ignored::Unrelated).await;
}

#[tokio::test]
async fn rfc6749_5_1_without_scope_what_was_asked_for_is_granted() {
    let without = answer_with(r#", "scope": "https://www.googleapis.com/auth/adwords""#, "");
    let grant = granted(&without).await.unwrap();
    assert_eq!(grant.scopes, [ADWORDS_SCOPE]);
    assert!(grant.missing_scopes.is_empty());
}

#[tokio::test]
async fn rfc6749_5_1_expires_in_may_be_missing() {
    let grant = granted(&answer_with(r#" "expires_in": 3599,"#, "")).await.unwrap();
    assert_eq!(grant.refresh_expires, None);
}

#[tokio::test]
async fn rfc6749_7_1_a_token_of_another_type_is_not_taken_and_the_case_of_bearer_does_not_matter() {
    for other in ["mac", "DPoP", "Bearer ", "N_A", ""] {
        let outcome = granted(&answer_with("Bearer", other)).await;
        assert_eq!(outcome, Err(LoginError::Exchange(ExchangeError::NotBearer)), "{other:?}");
    }
    for bearer in ["BEARER", "bearer", "bEaReR"] {
        assert!(granted(&answer_with("Bearer", bearer)).await.is_ok(), "{bearer}");
    }
    let without = granted(&answer_with(r#" "token_type": "Bearer","#, "")).await;
    assert_eq!(without, Err(LoginError::Exchange(ExchangeError::Malformed("token_type"))));
}
