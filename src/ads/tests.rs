//! The Ads API against a server that writes raw bytes.

use std::cell::RefCell;
use std::collections::HashSet;

use serde_json::{Value, json};

use super::*;
use crate::customer_id::CustomerId;
use crate::oauth::http::{Http, HttpError};
use crate::oauth::secret::Secret;
use crate::raw_server::{self, Heard, answering};

const CANARY: &str = "CANARY";
const ACCESS: &str = "ya29.CANARY-access";
const DEVELOPER: &str = "CANARY-developer";
const LIST: &str = "/v26/customers:listAccessibleCustomers";

fn access() -> Secret {
    Secret::new(ACCESS.to_owned())
}

fn id(text: &str) -> CustomerId {
    CustomerId::parse(text).unwrap()
}

/// `1000000000` and so on.
fn nth(number: usize) -> CustomerId {
    id(&(1_000_000_000 + number).to_string())
}

thread_local! {
    /// Building a client reads the trust store, which takes longer than everything else here.
    static HTTP: Http = Http::build().unwrap();
}

fn api() -> Api {
    Api::new(HTTP.with(Clone::clone))
}

/// What an API with a developer token makes of answers, with no secret in any text about it.
async fn made_of<T: std::fmt::Debug>(
    answer: impl Fn(&Heard) -> Vec<u8>,
    work: impl AsyncFnOnce(&Api) -> T,
) -> (T, Vec<Heard>) {
    let (outcome, heard) = answering(answer, async |base| {
        let api = api().at(base).with_developer_token(Secret::new(DEVELOPER.to_owned()));
        let outcome = work(&api).await;
        assert!(!format!("{api:?} {outcome:?}").contains(CANARY), "a secret is in {outcome:?}");
        outcome
    })
    .await;
    (outcome, heard)
}

fn ok(json: &Value) -> Vec<u8> {
    raw_server::json("200 OK", &json.to_string())
}

fn status_line(status: u16) -> String {
    format!("{status} Whatever")
}

/// The error that a list request ends with at this answer.
async fn listed_error(answer: Vec<u8>) -> AdsError {
    let (outcome, _) = made_of(|_| answer.clone(), async |api| api.accessible(&access()).await).await;
    let error = outcome.unwrap_err();
    assert!(!error.to_string().contains(CANARY), "{error}");
    error
}

fn failure(category: &str, name: &str) -> Value {
    json!({ "error": { "code": 403, "message": "m", "status": "PERMISSION_DENIED", "details": [{
        "@type": "type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure",
        "errors": [{ "errorCode": { category: name }, "message": "Their words." }],
        "requestId": "r",
    }]}})
}

#[tokio::test]
async fn the_list_is_one_get_with_the_token_in_a_header_and_nothing_else() {
    let list = json!({ "resourceNames": ["customers/1234567890", "customers/2222222222"] });
    let (outcome, heard) = answering(|_| ok(&list), async |base| api().at(base).accessible(&access()).await).await;
    assert_eq!(outcome.unwrap(), [id("1234567890"), id("2222222222")]);
    assert_eq!(heard.len(), 1);
    assert!(heard[0].head.starts_with(&format!("GET {LIST} HTTP/1.1\r\n")), "{}", heard[0].head);
    assert_eq!(heard[0].header("authorization"), Some("Bearer ya29.CANARY-access"));
    for absent in ["developer-token", "login-customer-id", "content-type", "cookie", "referer"] {
        assert_eq!(heard[0].header(absent), None, "{absent}");
    }
    assert_eq!(heard[0].body, "");
}

#[tokio::test]
async fn a_developer_token_is_sent_if_there_is_one_and_never_an_empty_one() {
    for (token, sent) in [(DEVELOPER, Some(DEVELOPER)), ("", None), ("two\r\nlines", None)] {
        let ((), heard) = answering(
            |_| ok(&json!({})),
            async |base| {
                let api = api().at(base).with_developer_token(Secret::new(token.to_owned()));
                api.accessible(&access()).await.unwrap();
            },
        )
        .await;
        assert_eq!(heard[0].header("developer-token"), sent);
    }
}

#[tokio::test]
async fn an_access_token_that_no_header_can_hold_is_not_sent() {
    let broken = Secret::new("ya29.CANARY\r\nX: y".to_owned());
    let (outcome, heard) = made_of(|_| ok(&json!({})), async |api| api.accessible(&broken).await).await;
    assert_eq!((outcome, heard.len()), (Err(AdsError::Unauthenticated), 0));
}

/// A server that speaks one version; the older are sunset, the newer are not there.
fn speaks(version: u16) -> impl Fn(&Heard) -> Vec<u8> {
    move |heard| {
        let asked: u16 = heard.target()[2..].split('/').next().unwrap().parse().unwrap();
        match asked.cmp(&version) {
            std::cmp::Ordering::Equal => ok(&json!({})),
            std::cmp::Ordering::Less => {
                let body = failure("requestError", "UNSUPPORTED_VERSION").to_string();
                raw_server::json("400 Bad Request", &body)
            }
            std::cmp::Ordering::Greater => raw_server::answer("404 Not Found", "text/html", "<p>Not Found"),
        }
    }
}

#[tokio::test]
async fn the_version_that_works_is_found_upwards_then_downwards_and_remembered() {
    for (version, requests) in [(26, 1), (28, 3), (34, 9), (25, 10), (18, 17)] {
        let (found, heard) = made_of(speaks(version), async |api| {
            api.accessible(&access()).await.unwrap();
            api.accessible(&access()).await.unwrap();
            api.version()
        })
        .await;
        assert_eq!((found, heard.len()), (Some(version), requests + 1), "v{version}");
    }
    let (outcome, heard) = made_of(speaks(40), async |api| api.accessible(&access()).await).await;
    assert_eq!((outcome, heard.len()), (Err(AdsError::UnsupportedVersion), 17));
}

#[tokio::test]
async fn a_version_that_was_given_is_the_only_one_that_is_tried() {
    let (outcome, heard) =
        answering(speaks(26), async |base| api().at(base).in_version(25).accessible(&access()).await).await;
    assert_eq!((outcome, heard.len()), (Err(AdsError::UnsupportedVersion), 1));
}

#[tokio::test]
async fn a_base_with_a_path_keeps_it() {
    let (_, heard) = answering(
        |_| ok(&json!({})),
        async |base| api().at(base.join("proxy/").unwrap()).accessible(&access()).await.unwrap(),
    )
    .await;
    assert_eq!(heard[0].target(), format!("/proxy{LIST}"));
}

#[tokio::test]
async fn every_code_is_read_from_an_object_an_array_and_the_end_of_a_stream() {
    for &code in AdsCode::ALL {
        let object = failure(code.category(), code.name());
        for body in [object.clone(), json!([object])] {
            let answer = raw_server::json("403 Forbidden", &body.to_string());
            assert_eq!(listed_error(answer).await, AdsError::Code(code));
        }
        let stream = json!([{ "results": [] }, object]);
        let (outcome, _) = made_of(|_| ok(&stream), async |api| api.read(&access(), nth(1), nth(1)).await).await;
        assert_eq!(outcome, Err(AdsError::Code(code)));
    }
}

#[test]
fn codes_have_names_of_their_own_and_only_token_codes_blame_the_token() {
    let names: HashSet<_> = AdsCode::ALL.iter().map(|code| code.slug()).collect();
    assert_eq!(names.len(), AdsCode::ALL.len());
    for &code in AdsCode::ALL {
        let about_token = code.name().starts_with("OAUTH_TOKEN") || code == AdsCode::GoogleAccountCookieInvalid;
        assert_eq!(AdsError::Code(code).is_bad_token(), about_token, "{}", code.name());
    }
    assert!(AdsError::ScopeInsufficient.is_bad_token() && AdsError::Unauthenticated.is_bad_token());
    assert!(!AdsError::ServiceDisabled { link: None }.is_bad_token());
}

#[tokio::test]
async fn the_code_that_is_known_is_taken_out_of_several() {
    let mut several = failure("authorizationError", "SOMETHING_NEW");
    let known = json!({ "errorCode": { "authenticationError": "NOT_ADS_USER" } });
    several["error"]["details"][0]["errors"].as_array_mut().unwrap().push(known);
    let answer = raw_server::json("401 Unauthorized", &several.to_string());
    assert_eq!(listed_error(answer).await, AdsError::Code(AdsCode::NotAdsUser));
}

#[tokio::test]
async fn an_unknown_code_is_told_in_the_servers_words_made_harmless_and_without_secrets() {
    let unknown = async |mut body: Value, words: &str| {
        body["error"]["details"][0]["errors"][0]["message"] = words.into();
        listed_error(raw_server::json("403 Forbidden", &body.to_string())).await
    };
    let new = |code: &str, message: Option<&str>| AdsError::Unknown {
        status: 403,
        code: code.to_owned(),
        message: message.map(str::to_owned),
    };
    let body = failure("authorizationError", "NEW_\u{1b}[31mTHING");
    let error = unknown(body.clone(), "Say \u{202e}it\u{1b}]0;x\u{7}.").await;
    assert_eq!(error, new("authorizationError.NEW_THING", Some("Say it.")));
    for secret in [ACCESS, DEVELOPER] {
        let error = unknown(body.clone(), &format!("You sent {secret}")).await;
        assert_eq!(error, new("authorizationError.NEW_THING", None));
        let error = unknown(failure("authorizationError", secret), "Hm.").await;
        assert_eq!(error, new("?", Some("Hm.")));
    }
    let AdsError::Unknown { code, message, .. } = unknown(failure("x", &"y".repeat(5000)), &"z".repeat(5000)).await
    else {
        panic!("it is unknown")
    };
    assert!(code.chars().count() <= 100 && message.unwrap().chars().count() <= 200);
}

#[tokio::test]
async fn errors_of_the_front_end_are_told_apart() {
    let with = |reason: &str, more: Value| {
        let info = json!({ "reason": reason, "metadata": { "service": "googleads.googleapis.com" } });
        json!({ "error": { "code": 403, "status": "PERMISSION_DENIED", "message": "m", "details": [info, more] } })
    };
    let json = |status: u16, body: Value| raw_server::json(&status_line(status), &body.to_string());
    let plain = |status: u16, name: &str| json(status, json!({ "error": { "status": name, "message": "m" } }));
    let link = "https://console.developers.google.com/apis/api/googleads.googleapis.com/overview?project=1";
    let unknown = |status, code: &str, message: Option<&str>| AdsError::Unknown {
        status,
        code: code.to_owned(),
        message: message.map(str::to_owned),
    };
    for (answer, error) in [
        (json(403, with("ACCESS_TOKEN_SCOPE_INSUFFICIENT", json!({}))), AdsError::ScopeInsufficient),
        (
            json(403, with("SERVICE_DISABLED", json!({ "links": [{ "url": "x" }, { "url": link }] }))),
            AdsError::ServiceDisabled { link: Some(link.to_owned()) },
        ),
        (
            json(403, with("SERVICE_DISABLED", json!({ "metadata": { "activationUrl": link } }))),
            AdsError::ServiceDisabled { link: Some(link.to_owned()) },
        ),
        (plain(401, "UNAUTHENTICATED"), AdsError::Unauthenticated),
        (raw_server::answer("401 No", "text/html", "<p>"), AdsError::Unauthenticated),
        (plain(429, "RESOURCE_EXHAUSTED"), AdsError::RateLimited),
        (json(400, failure("quotaError", "RESOURCE_EXHAUSTED")), AdsError::RateLimited),
        (plain(400, "RESOURCE_EXHAUSTED"), AdsError::RateLimited),
        (plain(503, "UNAVAILABLE"), AdsError::ServerTrouble(503)),
        (raw_server::answer("502 Bad", "text/html", "<p>"), AdsError::ServerTrouble(502)),
        (plain(403, "PERMISSION_DENIED"), unknown(403, "PERMISSION_DENIED", Some("m"))),
        (json(400, json!({ "error": "nothing" })), unknown(400, "?", None)),
        (raw_server::answer("403 No", "text/html", "<p>"), AdsError::NotJson { status: 403 }),
        (json(400, json!({ "errors": [] })), AdsError::NotJson { status: 400 }),
        (raw_server::answer("200 OK", "text/html", "{}"), AdsError::NotJson { status: 200 }),
        (raw_server::json("200 OK", "{"), AdsError::NotJson { status: 200 }),
        (raw_server::json("200 OK", "[]"), AdsError::Malformed("resourceNames")),
        (
            b"HTTP/1.1 302 x\r\nLocation: https://portal.example/?CANARY\r\nContent-Length: 0\r\n\r\n".to_vec(),
            AdsError::Redirected { host: Some("portal.example".to_owned()) },
        ),
        (Vec::new(), AdsError::Http(HttpError::Interrupted)),
        (json(400, json!({ "error": { "message": "x".repeat(65 * 1024) } })), AdsError::Http(HttpError::TooLarge)),
        (ok(&json!({ "x": "x".repeat(1024 * 1024) })), AdsError::Http(HttpError::TooLarge)),
    ] {
        let shown = String::from_utf8_lossy(&answer[..answer.len().min(300)]).into_owned();
        assert_eq!(listed_error(answer).await, error, "{shown}");
    }
}

#[tokio::test]
async fn a_link_that_leads_elsewhere_than_to_the_console_is_dropped() {
    for link in [
        "http://console.cloud.google.com/",
        "https://console.cloud.google.com.evil.example/",
        "https://console.cloud.google.com@evil.example/",
        "https://user:pass@console.cloud.google.com/",
        "https://console.cloud.google.com:8443/",
        "javascript:alert(1)",
    ] {
        let info = json!({ "reason": "SERVICE_DISABLED", "metadata": { "activationUrl": link } });
        let body = json!({ "error": { "details": [info] } });
        let answer = raw_server::json("403 Forbidden", &body.to_string());
        assert_eq!(listed_error(answer).await, AdsError::ServiceDisabled { link: None }, "{link}");
    }
}

#[tokio::test]
async fn a_read_asks_one_account_by_its_login_and_believes_only_its_own_id() {
    let customer = |id: &str| json!([{ "results": [{ "customer": { "id": id } }], "fieldMask": "customer.id" }]);
    let read =
        async |stream: Value| made_of(|_| ok(&stream), async |api| api.read(&access(), nth(2), nth(1)).await).await;
    let (outcome, heard) = read(customer("1000000002")).await;
    assert_eq!(outcome, Ok(()));
    assert!(heard[0].head.starts_with("POST /v26/customers/1000000002/googleAds:searchStream HTTP/1.1\r\n"));
    assert_eq!(heard[0].header("login-customer-id"), Some("1000000001"));
    assert_eq!(heard[0].header("content-type"), Some("application/json"));
    assert_eq!(heard[0].body, r#"{"query":"SELECT customer.id FROM customer LIMIT 1"}"#);
    assert_eq!(read(customer("1000000003")).await.0, Err(AdsError::Malformed("customer")));
    assert_eq!(read(json!([])).await.0, Err(AdsError::Malformed("customer")));
    assert_eq!(read(json!([{ "results": [{}] }])).await.0, Err(AdsError::Malformed("customer")));
}

/// The row of an account in a stream.
fn row(id: CustomerId, name: &str, manager: bool) -> Value {
    json!({ "customerClient": { "id": id.to_string(), "descriptiveName": name, "manager": manager, "status": "ENABLED" } })
}

/// The account that a search is about, and the login that it came with.
fn asked(heard: &Heard) -> (CustomerId, CustomerId) {
    let seed = heard.target().split('/').nth(3).unwrap();
    (id(seed), id(heard.header("login-customer-id").unwrap()))
}

#[tokio::test]
async fn the_tree_goes_down_into_every_manager_once_and_by_the_root_that_found_it() {
    // 1 manages 2 and 3; 3 manages 1 again, 4 and 5; 6 manages 3 too; 9 is no manager.
    let answer = |heard: &Heard| {
        let below: &[(usize, bool)] = match asked(heard).0 {
            seed if seed == nth(1) => &[(1, true), (2, false), (3, true)],
            seed if seed == nth(3) => &[(3, true), (1, true), (4, false), (5, false)],
            seed if seed == nth(6) => &[(6, true), (3, true)],
            _ => &[(9, false)],
        };
        let rows: Vec<_> = below.iter().map(|&(number, manager)| row(nth(number), "n", manager)).collect();
        ok(&json!(rows.chunks(2).map(|rows| json!({ "results": rows })).collect::<Vec<_>>()))
    };
    let told = RefCell::new(Vec::new());
    let roots = [nth(1), nth(6), nth(9), nth(1)];
    let (accounts, heard) =
        made_of(answer, async |api| api.account_tree(&access(), &roots, |known| told.borrow_mut().push(known)).await)
            .await;
    let mut asked: Vec<_> = heard.iter().map(asked).collect();
    asked.sort_unstable();
    let three = asked.iter().find(|(seed, _)| *seed == nth(3)).unwrap().1;
    assert!(three == nth(1) || three == nth(6));
    assert_eq!(asked, [(nth(1), nth(1)), (nth(3), three), (nth(6), nth(6)), (nth(9), nth(9))]);
    assert_eq!((accounts.len(), accounts.cut), (7, false));
    assert_eq!(accounts.tree().rows.len(), 5 + 6 + 1);
    let told = told.into_inner();
    assert!(told.is_sorted() && told.len() == 4 && told.last() == Some(&7), "{told:?}");
}

#[tokio::test]
async fn one_failing_root_keeps_its_error_and_the_others_go_on() {
    let answer = |heard: &Heard| match asked(heard).0 {
        seed if seed == nth(1) => {
            let body = json!([failure("authorizationError", "CUSTOMER_NOT_ENABLED")]).to_string();
            raw_server::json("403 Forbidden", &body)
        }
        seed if seed == nth(2) => ok(&json!([{ "results": [row(nth(2), "a", true)] }, { "results": 1 }])),
        seed => ok(&json!([{ "results": [row(seed, "b", false)] }])),
    };
    let roots: Vec<_> = (1..=8).map(nth).collect();
    let (accounts, _) = made_of(answer, async |api| api.account_tree(&access(), &roots, |_| ()).await).await;
    assert_eq!(accounts.error(nth(1)), Some(&AdsError::Code(AdsCode::CustomerNotEnabled)));
    assert_eq!(accounts.error(nth(2)), Some(&AdsError::Malformed("results")));
    assert_eq!(accounts.account(nth(2)).unwrap().name.as_deref(), Some("a"), "it came before the error");
    assert!((3..=8).all(|root| accounts.account(nth(root)).is_some() && accounts.error(nth(root)).is_none()));
    assert_eq!(accounts.tree().rows.len(), 8);
}

#[tokio::test]
async fn what_would_go_wrong_everywhere_is_not_asked_for_everywhere() {
    let dead = raw_server::json("401 Unauthorized", r#"{"error":{"status":"UNAUTHENTICATED"}}"#);
    let roots: Vec<_> = (1..=100).map(nth).collect();
    let (accounts, heard) =
        made_of(|_| dead.clone(), async |api| api.account_tree(&access(), &roots, |_| ()).await).await;
    assert!(heard.len() <= 4, "{}", heard.len());
    assert!(roots.iter().all(|&root| accounts.error(root) == Some(&AdsError::Unauthenticated)));
    assert_eq!((accounts.len(), accounts.tree().rows.len()), (0, 100));
}

#[tokio::test]
async fn managers_without_end_come_to_an_end() {
    let answer = |heard: &Heard| {
        let seed = asked(heard).0.to_string().parse::<usize>().unwrap() - 1_000_000_000;
        let rows: Vec<_> = (0..3).map(|more| row(nth(seed * 3 + more), "m", true)).collect();
        ok(&json!([{ "results": rows }]))
    };
    let (accounts, heard) = made_of(answer, async |api| api.account_tree(&access(), &[nth(1)], |_| ()).await).await;
    assert_eq!((heard.len(), accounts.cut), (walk::REQUESTS_MAX, true));
}

#[tokio::test]
async fn accounts_without_end_come_to_an_end_and_the_rest_is_not_read() {
    let rows: Vec<_> = (0..walk::ACCOUNTS_MAX + 10).map(|number| row(nth(number), "Shop", false)).collect();
    let batches: Vec<_> = rows.chunks(1000).map(|rows| json!({ "results": rows })).collect();
    // What follows is too much, and not even JSON.
    let body = json!(batches).to_string() + &"x".repeat(16 * 1024 * 1024);
    let (accounts, _) = made_of(
        |_| raw_server::json("200 OK", &body),
        async |api| api.account_tree(&access(), &[nth(0)], |_| ()).await,
    )
    .await;
    assert_eq!((accounts.len(), accounts.cut, accounts.error(nth(0))), (walk::ACCOUNTS_MAX, true, None));
}

#[tokio::test]
async fn a_stream_may_be_large_but_not_without_end() {
    let rows =
        |count: usize| -> Vec<_> { (0..count).map(|number| row(nth(number), &"n".repeat(300), false)).collect() };
    let answer = |_: &Heard| ok(&json!([{ "results": rows(3000) }]));
    let (accounts, _) = made_of(answer, async |api| api.account_tree(&access(), &[nth(0)], |_| ()).await).await;
    assert_eq!((accounts.len(), accounts.cut), (3000, false));
    let endless = format!("[{}", " ".repeat(17 * 1024 * 1024));
    let answer = |_: &Heard| raw_server::json("200 OK", &endless);
    let (accounts, _) = made_of(answer, async |api| api.account_tree(&access(), &[nth(0)], |_| ()).await).await;
    assert_eq!(accounts.error(nth(0)), Some(&AdsError::Http(HttpError::TooLarge)));
}
