//! What RFC 6749 and RFC 9207 ask of a client, case by case: the server is honest, and its answers are altered on the way.

use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use crate::fixtures::adsauth::command;
use crate::fixtures::altered::{Altered, Members};
use crate::fixtures::browser::{Browse, parameters};
use crate::fixtures::home::{CLIENT_FILE, Home};
use crate::fixtures::process::{Running, until};
use crate::fixtures::server::{Client, Server, exchange};

const ADS_SCOPE: &str = "https://www.googleapis.com/auth/adwords";

/// One `adsauth token` that has told its consent URL.
struct SignIn {
    program: Running,
    consent_url: Url,
    _home: Home,
}

impl SignIn {
    /// With this client file; these hosts are trusted besides the server.
    fn begin(server: &Server, client_file: String, trusted: &[String]) -> Self {
        let home = Home::new();
        home.write(&format!("Downloads/{CLIENT_FILE}"), client_file, Duration::from_hours(1));
        let file = home.path(format!("Downloads/{CLIENT_FILE}"));
        let file = file.to_str().expect("UTF-8");
        let mut command = command(&home, server, &["token", "--no-browser", "--format", "json", "-P", file]);
        command.args(trusted.iter().flat_map(|host| ["--trust-host", host]));
        let program = Running::start(&mut command);
        let consent_url = until("the consent URL on stderr", || {
            let talk = program.errors();
            let complete = talk.rfind('\n').map_or("", |end| &talk[..end]);
            Url::parse(complete.split_whitespace().find(|word| word.starts_with(server.auth_uri()))?).ok()
        });
        Self { program, consent_url, _home: home }
    }

    /// What the server sends the browser back with after the user's consent. The browser cannot reach it.
    fn callback(&self) -> Callback {
        let redirect = Url::parse(&parameters(&self.consent_url)["redirect_uri"]).expect("a URL");
        let port = redirect.port().expect("a port");
        let visit = Browse::allow(self.consent_url.as_str()).without_port(port).visit();
        let url = visit.callback().url.clone();
        assert_eq!(url.port(), Some(port), "{url}");
        let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        for name in ["state", "code", "iss"] {
            assert_eq!(query.iter().filter(|(other, _)| other == name).count(), 1, "the server is honest: {url}");
        }
        Callback { host: format!("127.0.0.1:{port}"), query }
    }

    /// Its exit code and what it says on stdout.
    fn end(mut self) -> (Option<i32>, Value) {
        let output = self.program.rest();
        let code = self.program.exit().code();
        (code, serde_json::from_str(&output).unwrap_or_else(|error| panic!("{error}: {output}")))
    }
}

/// The request by which the browser brings the answer.
#[derive(Clone)]
struct Callback {
    host: String,
    query: Vec<(String, String)>,
}

impl Callback {
    fn without(mut self, name: &str) -> Self {
        self.query.retain(|(other, _)| other != name);
        self
    }

    fn and(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    fn value(&self, name: &str) -> String {
        self.query.iter().find(|(other, _)| other == name).expect("the server sent it").1.clone()
    }

    /// Brings it, goes where the answer leads, and gives back both: the status, and the address or the page.
    fn bring(&self) -> (u16, String) {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
        let (status, head, page) = exchange(&self.host, "GET", &format!("/?{query}"), "");
        let Some(target) = head.lines().find_map(|line| line.strip_prefix("Location: ")) else { return (status, page) };
        exchange(&self.host, "GET", target, "");
        (status, target.to_owned())
    }
}

/// Altered callbacks are bad requests and change nothing; the honest one after them completes the sign-in.
fn are_ignored(alter: impl Fn(&Callback) -> Vec<Callback>) {
    let server = Server::start(Client::desktop());
    let sign_in = SignIn::begin(&server, server.client_file(true), &[]);
    let honest = sign_in.callback();
    for altered in alter(&honest) {
        let (status, page) = altered.bring();
        assert_eq!(status, 400, "{:?}: {page}", altered.query);
    }
    assert!(server.issued().is_empty(), "nobody has sent a code yet");
    completes(&honest, sign_in, &server);
}

fn completes(callback: &Callback, sign_in: SignIn, server: &Server) {
    assert_eq!(callback.bring(), (303, "/ok".to_owned()));
    let (code, token) = sign_in.end();
    assert_eq!(code, Some(0), "{token}");
    let refresh_token = server.only_refresh_token();
    assert_eq!(token["refresh_token"], refresh_token.as_str());
    server.assert_usable(&refresh_token);
}

/// How a sign-in ends whose token answer is altered: page, exit code, what stands on stdout, the refresh token that was issued.
fn with_token_answer(alter: impl Fn(&mut Members) + Send + 'static) -> (String, Option<i32>, Value, String) {
    let server = Server::start(Client::desktop());
    let altered = Altered::start(&server, alter);
    let sign_in = SignIn::begin(&server, altered.client_file(&server), &[altered.host()]);
    let (status, page) = sign_in.callback().bring();
    assert_eq!(status, 303);
    let (code, output) = sign_in.end();
    (page, code, output, server.only_refresh_token())
}

/// The sign-in completes all the same, with exactly the scope that was asked for.
fn is_granted(alter: impl Fn(&mut Members) + Send + 'static) {
    let (page, code, token, refresh_token) = with_token_answer(alter);
    assert_eq!((page.as_str(), code), ("/ok", Some(0)), "{token}");
    assert_eq!(token["refresh_token"], refresh_token.as_str());
    assert_eq!(token["scopes"], json!([ADS_SCOPE]));
    assert_eq!((&token["refresh_token_expires_at"], &token["warnings"]), (&Value::Null, &json!([])));
}

#[test]
fn rfc6749_10_12_a_wrong_state_is_ignored() {
    are_ignored(|honest| {
        let state = honest.value("state");
        vec![
            honest.clone().with("state", "another"),
            honest.clone().with("state", &format!("{state}x")),
            honest.clone().with("state", &state.to_ascii_uppercase()),
            honest.clone().without("code").with("state", "another").and("error", "access_denied"),
        ]
    });
}

#[test]
fn rfc6749_4_1_2_a_missing_state_is_ignored() {
    are_ignored(|honest| {
        vec![
            honest.clone().without("state"),
            honest.clone().with("state", ""),
            honest.clone().without("state").without("code").and("error", "access_denied"),
        ]
    });
}

#[test]
fn rfc6749_3_1_a_state_that_stands_twice_is_ignored() {
    are_ignored(|honest| {
        vec![honest.clone().and("state", &honest.value("state")), honest.clone().and("state", "another")]
    });
}

#[test]
fn rfc6749_4_1_2_a_missing_code_is_ignored() {
    are_ignored(|honest| vec![honest.clone().without("code"), honest.clone().with("code", "")]);
}

#[test]
fn rfc6749_3_1_a_code_that_stands_twice_is_ignored() {
    are_ignored(|honest| {
        vec![honest.clone().and("code", &honest.value("code")), honest.clone().and("code", "another")]
    });
}

#[test]
fn rfc9207_2_4_another_iss_ends_the_attempt_before_the_code_is_used() {
    let server = Server::start(Client::desktop());
    let sign_in = SignIn::begin(&server, server.client_file(true), &[]);
    let altered = sign_in.callback().with("iss", "https://evil.example");
    assert_eq!(altered.bring(), (303, "/failed".to_owned()));
    let (code, output) = sign_in.end();
    assert_eq!((code, &output["error"]["code"]), (Some(4), &json!("wrong-issuer")), "{output}");
    assert!(server.issued().is_empty());
}

#[test]
fn rfc9207_2_4_a_missing_iss_is_accepted() {
    let server = Server::start(Client::desktop());
    let sign_in = SignIn::begin(&server, server.client_file(true), &[]);
    completes(&sign_in.callback().without("iss"), sign_in, &server);
}

#[test]
fn rfc6749_3_1_an_iss_that_stands_twice_is_ignored() {
    are_ignored(|honest| {
        vec![honest.clone().and("iss", &honest.value("iss")), honest.clone().and("iss", "https://evil.example")]
    });
}

#[test]
fn rfc6749_5_1_without_scope_what_was_asked_for_is_granted() {
    is_granted(|answer| assert_eq!(answer.remove("scope"), Some(json!(ADS_SCOPE))));
}

#[test]
fn rfc6749_5_1_expires_in_may_be_missing() {
    is_granted(|answer| assert!(answer.remove("expires_in").is_some_and(|seconds| seconds.is_number())));
}

#[test]
fn rfc6749_7_1_a_token_of_another_type_is_not_taken_and_the_case_of_bearer_does_not_matter() {
    let (page, code, output, _) = with_token_answer(|answer| {
        assert_eq!(answer.insert("token_type".to_owned(), json!("DPoP")), Some(json!("Bearer")));
    });
    assert_eq!((page.as_str(), code), ("/failed", Some(5)), "{output}");
    assert_eq!(output["error"]["code"], "not-bearer", "{output}");
    is_granted(|answer| drop(answer.insert("token_type".to_owned(), json!("BEARER"))));
}
