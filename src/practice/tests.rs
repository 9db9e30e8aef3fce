//! The practice Google by raw requests, by the played click, and by the real exchange.

use std::cell::RefCell;
use std::collections::HashMap;

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::{Url, form_urlencoded};

use super::*;
use crate::oauth::client::Client;
use crate::oauth::endpoints::Endpoints;
use crate::oauth::exchange::{CodeExchange, ExchangeError, RefusalCode, exchange};
use crate::oauth::grant::{ADWORDS_SCOPE, Grant, Warning};
use crate::oauth::http::Http;
use crate::oauth::secret::Secret;

const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";
const STATE: &str = "the-state";

/// Whether an outcome is the one that a fault should have.
type Judge = Box<dyn Fn(&Result<Grant, ExchangeError>) -> bool>;

/// Runs the server beside the work, until the work is done.
async fn beside<T>(practice: Practice, work: impl Future<Output = T>) -> T {
    tokio::select! {
        done = work => done,
        () = practice.serve() => unreachable!("it serves for ever"),
    }
}

/// A loopback callback: its redirect URI, and what the browser brought there.
struct Callback {
    listener: TcpListener,
    redirect_uri: String,
    brought: RefCell<Option<HashMap<String, String>>>,
}

impl Callback {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let redirect_uri = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, redirect_uri, brought: RefCell::default() }
    }

    /// Takes one answer and thanks for it.
    async fn take(&self) {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0, "the request ends in its head");
        }
        let request = String::from_utf8(request).unwrap();
        let target = request.split(' ').nth(1).unwrap();
        let url = Url::parse(&self.redirect_uri).unwrap().join(target).unwrap();
        self.brought.replace(Some(url.query_pairs().into_owned().collect()));
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nThanks").await.unwrap();
    }

    fn brought(self) -> HashMap<String, String> {
        self.brought.into_inner().expect("the browser came back")
    }
}

/// A consent URL for the Desktop client; `changes` replace or (when empty) remove parameters.
fn consent_url(origin: &str, redirect_uri: &str, changes: &[(&str, &str)]) -> String {
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(VERIFIER.to_owned()));
    let usual = [
        ("client_id", PracticeClient::of(ClientKind::Desktop).id),
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("code_challenge", challenge.as_str()),
        ("scope", ADWORDS_SCOPE),
        ("state", STATE),
        ("access_type", "offline"),
    ];
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in usual {
        let value = changes.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| value);
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    for (name, value) in changes.iter().filter(|(name, _)| usual.iter().all(|(usual, _)| usual != name)) {
        query.append_pair(name, value);
    }
    format!("{origin}/o/oauth2/v2/auth?{}", query.finish())
}

/// What the click brings to the callback.
async fn clicked(practice: Practice, changes: &[(&str, &str)], decision: Decision) -> HashMap<String, String> {
    let callback = Callback::open().await;
    let url = consent_url(&practice.origin(), &callback.redirect_uri, changes);
    let (landing, ()) = beside(practice, async { tokio::join!(click(&url, decision), callback.take()) }).await;
    assert_eq!(landing.unwrap(), Landing { status: 200, page: "Thanks".to_owned() });
    callback.brought()
}

/// The page that a consent URL ends on when nothing is called back.
async fn blocked(practice: Practice, changes: &[(&str, &str)]) -> Landing {
    let url = consent_url(&practice.origin(), "http://127.0.0.1:9", changes);
    beside(practice, click(&url, Decision::Allow)).await.unwrap()
}

/// From the client file to the grant, as the wizard goes.
async fn signed_in(practice: Practice, changes: &[(&str, &str)], scopes: &[&str]) -> Result<Grant, ExchangeError> {
    let client = desktop(&practice);
    let scope = scopes.join(" ");
    let callback = Callback::open().await;
    let changes = [changes, &[("scope", scope.as_str())]].concat();
    let url = consent_url(&practice.origin(), &callback.redirect_uri, &changes);
    let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
    beside(practice, async {
        let (landing, ()) = tokio::join!(click(&url, Decision::Allow), callback.take());
        landing.unwrap();
        let code = callback.brought.borrow().as_ref().unwrap()["code"].clone();
        let request = CodeExchange {
            client: &client,
            code: Secret::new(code),
            verifier: Secret::new(VERIFIER.to_owned()),
            redirect_uri: &callback.redirect_uri,
            scopes: &scopes,
        };
        exchange(&Http::build().unwrap(), request).await
    })
    .await
}

/// The client of the client file.
fn desktop(practice: &Practice) -> Client {
    let file: Value = serde_json::from_slice(&practice.client_file(ClientKind::Desktop)).unwrap();
    let text = |member: &str| file["installed"][member].as_str().unwrap();
    let url = |member: &str| Url::parse(text(member)).unwrap();
    Client {
        kind: ClientKind::Desktop,
        id: text("client_id").to_owned(),
        secret: Secret::new(text("client_secret").to_owned()),
        project: Some(text("project_id").to_owned()),
        endpoints: Endpoints {
            auth: url("auth_uri"),
            token: url("token_uri"),
            issuer: practice.origin(),
            not_google: Some(practice.server.authority.clone()),
        },
        redirect_uris: Vec::new(),
    }
}

/// One raw request; status and body of the answer.
async fn ask(authority: &str, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(authority).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

async fn post(authority: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let head = format!("POST /token HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
    let (status, body) = ask(authority, &format!("{head}Content-Length: {}\r\n\r\n{form}", form.len())).await;
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn allow_brings_code_state_issuer_and_scope_to_the_callback() {
    let practice = Practice::bind().await.unwrap();
    let origin = practice.origin();
    let brought = clicked(practice, &[], Decision::Allow).await;
    assert!(brought["code"].starts_with("practice-code-"));
    assert_eq!((brought["state"].as_str(), brought["iss"].as_str()), (STATE, origin.as_str()));
    assert_eq!((brought["scope"].as_str(), brought.len()), (ADWORDS_SCOPE, 4));
}

#[tokio::test]
async fn deny_brings_access_denied_with_the_state() {
    let brought = clicked(Practice::bind().await.unwrap(), &[], Decision::Deny).await;
    assert_eq!((brought["error"].as_str(), brought["state"].as_str()), ("access_denied", STATE));
    assert!(!brought.contains_key("code"));
}

#[tokio::test]
async fn faults_of_the_consent_reach_the_callback() {
    let brought = async |fault| {
        let practice = Practice::bind().await.unwrap().with_fault(fault);
        clicked(practice, &[], Decision::Allow).await
    };
    let denied = brought(Fault::AccessDenied).await;
    assert_eq!((denied["error"].as_str(), denied["state"].as_str()), ("access_denied", STATE));
    let stateless = brought(Fault::ErrorWithoutState).await;
    assert_eq!(stateless, HashMap::from([("error".to_owned(), "access_denied".to_owned())]));
    let stranger = brought(Fault::WrongIssuer).await;
    assert_eq!(stranger["iss"], "https://another-issuer.example");
    assert!(stranger.contains_key("code"));
}

#[tokio::test]
async fn what_google_shows_in_the_browser_only_is_shown_there_only() {
    let practice = Practice::bind().await.unwrap().with_fault(Fault::BrowserError);
    let landing = blocked(practice, &[]).await;
    assert_eq!(landing.status, 400);
    assert!(landing.page.contains("Error 400: redirect_uri_mismatch") && landing.page.contains("PRACTICE"));
    for (changes, error) in [
        (("redirect_uri", "http://attacker.example/"), "redirect_uri_mismatch"),
        (("redirect_uri", "https://127.0.0.1:9/"), "redirect_uri_mismatch"),
        (("redirect_uri", ""), "redirect_uri_mismatch"),
        (("client_id", "nobody"), "invalid_client"),
        (("client_id", PracticeClient::of(ClientKind::Web).id), "redirect_uri_mismatch"),
        (("response_type", "token"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("scope", ""), "invalid_request"),
    ] {
        let landing = blocked(Practice::bind().await.unwrap(), &[changes]).await;
        assert!(landing.page.contains(&format!(": {error}</b>")), "{changes:?}: {}", landing.page);
    }
}

#[tokio::test]
async fn the_consent_page_escapes_what_it_was_sent() {
    let practice = Practice::bind().await.unwrap();
    let authority = practice.server.authority.clone();
    let url = consent_url("", "http://127.0.0.1:9", &[("scope", "<script>\"'&{{{accounts}}}")]);
    let request = format!("GET {url} HTTP/1.1\r\nHost: {authority}\r\n\r\n");
    let (status, page) = beside(practice, ask(&authority, &request)).await;
    assert_eq!(status, 200);
    assert!(page.contains("&lt;script&gt;&quot;&#39;&amp;") && !page.contains("<script"), "{page}");
    assert!(page.contains("Mia Manager") && page.contains("PRACTICE"));
}

#[tokio::test]
async fn other_hosts_methods_and_paths_get_nothing() {
    let practice = Practice::bind().await.unwrap();
    let authority = practice.server.authority.clone();
    beside(practice, async {
        for (request, status) in [
            ("GET /tokeninfo HTTP/1.1\r\nHost: rebound.example\r\n\r\n".to_owned(), 421),
            (format!("GET /token HTTP/1.1\r\nHost: {authority}\r\n\r\n"), 405),
            (format!("GET /favicon.ico HTTP/1.1\r\nHost: {authority}\r\n\r\n"), 404),
        ] {
            assert_eq!(ask(&authority, &request).await.0, status, "{request}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_exchange_gets_a_grant_of_practice_tokens() {
    let scopes = [ADWORDS_SCOPE, "openid", "email"];
    let hint = [("login_hint", "mia@practice.example")];
    let grant = signed_in(Practice::bind().await.unwrap(), &hint, &scopes).await.unwrap();
    assert!(grant.refresh_token.expose().starts_with("practice-refresh-"));
    assert!(grant.access_token.expose().starts_with("practice-access-"));
    assert_eq!(grant.scopes, scopes);
    assert_eq!(grant.account.as_deref(), Some("mia@practice.example"));
    assert_eq!((grant.refresh_expires, grant.warnings().len()), (None, 0));
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let online = [("access_type", "online")];
    let outcome = signed_in(Practice::bind().await.unwrap(), &online, &[ADWORDS_SCOPE]).await;
    assert_eq!(outcome, Err(ExchangeError::NoRefreshToken));
}

#[tokio::test]
async fn each_fault_of_the_token_endpoint_is_the_error_that_it_says() {
    for &fault in Fault::ALL {
        let is = |error| -> Judge { Box::new(move |outcome| outcome.as_ref() == Err(&error)) };
        let refused = |code| -> Judge {
            Box::new(move |outcome| matches!(outcome, Err(ExchangeError::Refused(refusal)) if refusal.code == code))
        };
        let warned = |like: fn(&Warning) -> bool| -> Judge {
            Box::new(move |outcome| outcome.as_ref().is_ok_and(|grant| grant.warnings().first().is_some_and(like)))
        };
        let as_named: Judge = match fault {
            // These never reach the token endpoint, and the last one would take 30 seconds.
            Fault::BrowserError | Fault::AccessDenied | Fault::ErrorWithoutState | Fault::Slow => continue,
            // The code is redeemed as ever; these misbehave before or after.
            Fault::WrongIssuer | Fault::RefreshDead | Fault::SessionEnded | Fault::Ads(_) => Box::new(Result::is_ok),
            Fault::InvalidGrant => refused(RefusalCode::InvalidGrant),
            Fault::InvalidClient => refused(RefusalCode::InvalidClient),
            Fault::RedirectUriMismatch => refused(RefusalCode::RedirectUriMismatch),
            Fault::UnauthorizedClient => refused(RefusalCode::UnauthorizedClient),
            Fault::OrgInternal => refused(RefusalCode::OrgInternal),
            Fault::AdminPolicyEnforced => refused(RefusalCode::AdminPolicyEnforced),
            Fault::DeletedClient => refused(RefusalCode::DeletedClient),
            Fault::NoRefreshToken => is(ExchangeError::NoRefreshToken),
            Fault::NoAdsScope => is(ExchangeError::AdsScopeMissing),
            Fault::DiesInAWeek => warned(|warning| matches!(warning, Warning::DiesInTesting(_))),
            Fault::TimeLimited => warned(|warning| matches!(warning, Warning::TimeLimited(_))),
            Fault::Redirected => is(ExchangeError::Redirected { host: Some("portal.practice.example".to_owned()) }),
            Fault::NotJson => is(ExchangeError::NotJson { status: 200 }),
            Fault::ServerError => is(ExchangeError::ServerTrouble(503)),
            Fault::Malformed => is(ExchangeError::Malformed("access_token")),
            Fault::NotBearer => is(ExchangeError::NotBearer),
            Fault::TooLarge => is(ExchangeError::TooLarge),
            Fault::Interrupted => is(ExchangeError::Interrupted),
        };
        let practice = Practice::bind().await.unwrap().with_fault(fault);
        let outcome = signed_in(practice, &[], &[ADWORDS_SCOPE]).await;
        assert!(as_named(&outcome), "{}: {outcome:?}", fault.name());
    }
}

#[tokio::test]
async fn a_slow_token_endpoint_says_nothing_until_the_client_leaves() {
    let practice = Practice::bind().await.unwrap().with_fault(Fault::Slow);
    let authority = practice.server.authority.clone();
    let mut asked = std::pin::pin!(post(&authority, &[("grant_type", "authorization_code")]));
    let mut served = std::pin::pin!(practice.serve());
    // Everything that can happen on loopback has happened after so many turns.
    for _ in 0..1000 {
        tokio::select! {
            biased;
            _ = &mut asked => panic!("it answered"),
            () = &mut served => unreachable!(),
            () = tokio::task::yield_now() => {}
        }
    }
}

/// A code for the Desktop client, the forms that redeem and refresh, and the server's answers to them.
async fn with_code<T>(work: impl AsyncFnOnce(&str, &str, &str) -> T) -> T {
    let practice = Practice::bind().await.unwrap();
    let authority = practice.server.authority.clone();
    let callback = Callback::open().await;
    let url = consent_url(&practice.origin(), &callback.redirect_uri, &[]);
    beside(practice, async {
        let (landing, ()) = tokio::join!(click(&url, Decision::Allow), callback.take());
        landing.unwrap();
        let code = callback.brought.borrow().as_ref().unwrap()["code"].clone();
        work(&authority, &code, &callback.redirect_uri).await
    })
    .await
}

fn redeeming<'a>(code: &'a str, redirect_uri: &'a str) -> [(&'a str, &'a str); 6] {
    let client = PracticeClient::of(ClientKind::Desktop);
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("code_verifier", VERIFIER),
        ("client_id", client.id),
        ("client_secret", client.secret),
    ]
}

#[tokio::test]
async fn a_code_that_comes_twice_is_refused_and_ends_its_refresh_token() {
    with_code(async |authority, code, redirect_uri| {
        let client = PracticeClient::of(ClientKind::Desktop);
        let (status, answer) = post(authority, &redeeming(code, redirect_uri)).await;
        assert_eq!(status, 200);
        let refreshing = [
            ("grant_type", "refresh_token"),
            ("refresh_token", answer["refresh_token"].as_str().unwrap()),
            ("client_id", client.id),
            ("client_secret", client.secret),
        ];
        let (status, refreshed) = post(authority, &refreshing).await;
        assert_eq!((status, refreshed["refresh_token"].as_str()), (200, None));
        assert!(refreshed["access_token"].as_str().unwrap().starts_with("practice-access-"));

        let (status, again) = post(authority, &redeeming(code, redirect_uri)).await;
        assert_eq!((status, again["error"].as_str()), (400, Some("invalid_grant")));
        let (status, dead) = post(authority, &refreshing).await;
        assert_eq!((status, dead["error"].as_str()), (400, Some("invalid_grant")));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_worth_nothing_with_one_thing_wrong() {
    let web = PracticeClient::of(ClientKind::Web);
    for (wrong, status, error) in [
        (&[("code_verifier", "another-verifier-of-at-least-43-characters-x")][..], 400, "invalid_grant"),
        (&[("code_verifier", "short")], 400, "invalid_grant"),
        (&[("redirect_uri", "http://127.0.0.1:1")], 400, "redirect_uri_mismatch"),
        (&[("client_secret", "wrong")], 401, "invalid_client"),
        (&[("client_id", web.id), ("client_secret", web.secret)], 400, "invalid_grant"),
        (&[("code", "practice-code-of-nobody")], 400, "invalid_grant"),
        (&[("grant_type", "password")], 400, "unsupported_grant_type"),
    ] {
        let answer = with_code(async |authority, code, redirect_uri| {
            let form = redeeming(code, redirect_uri).map(|(name, right)| {
                (name, wrong.iter().find(|(changed, _)| *changed == name).map_or(right, |(_, wrong)| *wrong))
            });
            post(authority, &form).await
        });
        let (answered, json) = answer.await;
        assert_eq!((answered, json["error"].as_str()), (status, Some(error)), "{wrong:?}");
    }
}

#[tokio::test]
async fn tokeninfo_knows_its_own_access_tokens_only() {
    with_code(async |authority, code, redirect_uri| {
        let (_, answer) = post(authority, &redeeming(code, redirect_uri)).await;
        let token = answer["access_token"].as_str().unwrap();
        let about = async |token: &str| {
            let request = format!("GET /tokeninfo?access_token={token} HTTP/1.1\r\nHost: {authority}\r\n\r\n");
            let (status, body) = ask(authority, &request).await;
            (status, serde_json::from_str::<Value>(&body).unwrap())
        };
        let (status, known) = about(token).await;
        assert_eq!((status, known["scope"].as_str()), (200, Some(ADWORDS_SCOPE)));
        assert_eq!(known["email"], Value::Null, "only with an identity scope");
        let (status, unknown) = about("ya29.other").await;
        assert_eq!((status, unknown["error"].as_str()), (400, Some("invalid_token")));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_code_lives_ten_minutes_and_an_access_token_an_hour() {
    let client = PracticeClient::of(ClientKind::Desktop);
    let account = &client::ACCOUNTS[0];
    let consent = || ledger::Consent {
        client,
        account,
        scopes: Vec::new(),
        offline: true,
        redirect_uri: String::new(),
        challenge: String::new(),
        given: Instant::now(),
    };
    let mut ledger = Ledger::default();
    let (prompt, late) = (ledger.note_consent(consent()), ledger.note_consent(consent()));
    let token = ledger.new_access_token(ledger::Holder { client, account, scopes: Vec::new() }, Instant::now());
    tokio::time::advance(Duration::from_secs(599)).await;
    assert!(ledger.take_consent(&prompt, Instant::now()).is_some());
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(ledger.take_consent(&late, Instant::now()).is_none());
    assert!(ledger.access(&token, Instant::now()).is_some());
    tokio::time::advance(Duration::from_mins(50)).await;
    assert!(ledger.access(&token, Instant::now()).is_none());
}

#[tokio::test]
async fn a_client_file_names_this_servers_endpoints_and_a_practice_secret() {
    let practice = Practice::bind().await.unwrap();
    for (kind, key) in [(ClientKind::Desktop, "installed"), (ClientKind::Web, "web")] {
        let file: Value = serde_json::from_slice(&practice.client_file(kind)).unwrap();
        let client = &file[key];
        assert_eq!(client["auth_uri"], format!("{}/o/oauth2/v2/auth", practice.origin()));
        assert_eq!(client["token_uri"], format!("{}/token", practice.origin()));
        assert_eq!(client["project_id"], "practice-project");
        assert!(client["client_secret"].as_str().unwrap().starts_with("practice-"));
        assert!(!client["redirect_uris"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_web_client_may_use_its_registered_redirect_uris_to_the_letter_only() {
    let web = PracticeClient::of(ClientKind::Web);
    assert!(web.redirect_uris.iter().all(|registered| web.may_use(registered)));
    assert!(!web.may_use(&format!("{}/", web.redirect_uris[0])));
    assert!(PracticeClient::of(ClientKind::Desktop).may_use("http://[::1]:50000/any"));
}

#[tokio::test]
async fn the_click_never_leaves_this_machine() {
    for url in ["http://example.org/", "https://127.0.0.1:9/", "nonsense"] {
        let error = click(url, Decision::Allow).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{url}");
    }
}

#[tokio::test]
async fn its_pages_speak_the_language_that_was_chosen_and_the_click_understands_them() {
    let korean = || async { Practice::bind().await.unwrap().with_pages(&Pages::KO) };
    let brought = clicked(korean().await, &[], Decision::Allow).await;
    assert!(brought.contains_key("code"), "{brought:?}");
    let page = blocked(korean().await, &[("response_type", "token")]).await.page;
    assert!(page.contains("lang=\"ko\"") && page.contains("응답 유형") && page.contains("invalid_request"), "{page}");
    let page = blocked(Practice::bind().await.unwrap(), &[("response_type", "token")]).await.page;
    assert!(page.contains("lang=\"en\"") && page.contains("response type"), "{page}");
}
