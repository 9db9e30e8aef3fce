use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::pages::Pages;
use super::super::request::examine;
use super::super::tests::{BROWSER, STATE, TYPED, gate};
use super::*;
use crate::oauth::redirect::RedirectUri;

const HOST: &str = "127.0.0.1:40123";

fn reception() -> Reception {
    let mut reception = Reception::new(HOST.to_owned());
    reception.open(gate(&RedirectUri::desktop(40123)));
    reception
}

/// The response, empty if the connection is held, and what is told.
fn ask(reception: &mut Reception, request: &[u8]) -> (String, Option<Incoming>) {
    let Some(received) = examine(request) else { return (String::new(), None) };
    match reception.judge(&received) {
        Treatment::Reply(reply, incoming) => (String::from_utf8_lossy(&reply.write(&Pages::EN)).into_owned(), incoming),
        Treatment::Hold(incoming) => (String::new(), incoming),
    }
}

fn get(reception: &mut Reception, target: &str) -> (String, Option<Incoming>) {
    let target = target.replace("STATE", STATE);
    ask(reception, format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n\r\n").as_bytes())
}

fn code(text: &str) -> Incoming {
    Incoming::Callback(Answer::Code(Secret::new(text.to_owned())))
}

fn ignored(why: Ignored) -> Incoming {
    Incoming::Ignored(why)
}

fn status(response: &str) -> &str {
    response.split(' ').nth(1).unwrap_or("held")
}

#[test]
fn only_a_get_to_our_own_name_that_is_no_guess_is_a_callback() {
    let line = format!("/?state={STATE}&code=x");
    for (request, expected) in [
        (format!("HEAD {line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "405"),
        (
            format!("OPTIONS {line} HTTP/1.1\r\nHost: {HOST}\r\nAccess-Control-Request-Private-Network: true\r\n\r\n"),
            "405",
        ),
        (format!("POST {line} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\n\r\n"), "405"),
        (format!("get {line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "405"),
        (format!("CONNECT {HOST} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "405"),
        (format!("GET http://{HOST}{line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "400"),
        (format!("GET * HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: {HOST}\r\nHost: {HOST}\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: localhost:40123\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: {HOST}.evil.example\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "400"),
        (format!("GET {line} HTTP/1.1\r\nHost: {HOST}\r\nSec-Purpose: prefetch;prerender\r\n\r\n"), "204"),
        (format!("GET /x{line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "404"),
        (format!("GET /{line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"), "404"),
    ] {
        let mut reception = reception();
        let (response, incoming) = ask(&mut reception, request.as_bytes());
        assert_eq!((status(&response), incoming), (expected, Some(ignored(Ignored::Unrelated))), "{request}");
        assert!(!response.to_ascii_lowercase().contains("access-control"), "{request}");
        assert_eq!(response.contains("Allow: GET\r\n"), expected == "405");
        assert_eq!(get(&mut reception, "/?state=STATE&code=x").1, Some(code("x")), "{request}");
    }
}

#[test]
fn a_host_is_compared_without_regard_to_case() {
    let mut reception = Reception::new("localhost:8080".to_owned());
    reception.open(gate(&RedirectUri::parse("http://localhost:8080/cb").unwrap()));
    let request = format!("GET /cb?state={STATE}&code=x HTTP/1.1\r\nHost: LocalHost:8080\r\n\r\n");
    assert_eq!(ask(&mut reception, request.as_bytes()).1, Some(code("x")));
}

#[test]
fn what_is_not_this_attempts_answer_is_named_and_changes_nothing() {
    let mut reception = reception();
    for (target, expected, why) in [
        ("/", "404", Ignored::Unrelated),
        ("/?", "404", Ignored::Unrelated),
        ("/favicon.ico", "404", Ignored::Unrelated),
        ("/ok", "404", Ignored::Unrelated),
        ("/waiting", "404", Ignored::Unrelated),
        ("/?state=older&code=x", "400", Ignored::OtherState),
        ("/?state=older&error=access_denied", "400", Ignored::OtherState),
        ("/?code=x", "400", Ignored::OtherState),
        ("/?error=access_denied", "400", Ignored::ErrorWithoutState("access_denied".to_owned())),
        ("/?state=STATE&state=STATE&code=x", "400", Ignored::Unrelated),
        ("/?state=STATE&code=%", "400", Ignored::Unrelated),
        ("/?state=STATE", "400", Ignored::Unrelated),
    ] {
        let (response, incoming) = get(&mut reception, target);
        assert_eq!((status(&response), incoming), (expected, Some(ignored(why))), "{target}");
    }
    assert!(get(&mut reception, "/?state=older&code=x").0.contains("older sign-in link"));
    assert_eq!(get(&mut reception, "/?state=STATE&code=x").1, Some(code("x")));
}

#[test]
fn before_an_attempt_is_open_everything_is_unrelated() {
    let mut reception = Reception::new(HOST.to_owned());
    for target in ["/", "/?state=STATE&code=x", "/?error=x", &format!("/s/{TYPED}"), "/s/wrong"] {
        let (response, incoming) = get(&mut reception, target);
        assert_eq!((status(&response), incoming), ("404", Some(ignored(Ignored::Unrelated))), "{target}");
    }
}

#[test]
fn the_same_callback_shares_its_fate_and_another_one_comes_too_late() {
    let mut reception = reception();
    assert_eq!(get(&mut reception, "/?state=STATE&code=x"), (String::new(), Some(code("x"))));
    assert_eq!(get(&mut reception, "/?state=STATE&code=x"), (String::new(), None));
    assert_eq!(status(&get(&mut reception, "/?state=STATE&code=y").0), "410");
    assert_eq!(status(&get(&mut reception, "/?state=STATE&error=access_denied").0), "410");
    reception.show(Page::StillWorking);
    assert!(get(&mut reception, "/?state=STATE&code=x").0.contains("Location: /waiting\r\n"));
    assert_eq!(status(&get(&mut reception, "/?state=STATE&code=y").0), "410");
    for page in [Page::Ok, Page::Incomplete, Page::Failed, Page::Denied] {
        reception.show(page);
        let (response, incoming) = get(&mut reception, "/?state=STATE&code=x");
        assert_eq!((status(&response), incoming), ("410", Some(ignored(Ignored::Unrelated))));
        assert!(response.contains("arrived before"));
    }
}

#[test]
fn after_a_pasted_answer_the_browsers_own_is_not_taken_again() {
    let mut reception = reception();
    reception.show(Page::StillWorking);
    let (response, incoming) = get(&mut reception, "/?state=STATE&code=x");
    assert!(response.contains("Location: /waiting\r\n") && incoming.is_none(), "{response}");
    reception.show(Page::Ok);
    assert_eq!(status(&get(&mut reception, "/?state=STATE&code=x").0), "410");
    assert_eq!(status(&get(&mut reception, "/ok").0), "200");
    assert_eq!(status(&get(&mut reception, &format!("/s/{TYPED}")).0), "410");
}

#[test]
fn only_the_page_of_the_outcome_is_served_and_the_waiting_page_leads_to_it() {
    let mut reception = reception();
    reception.show(Page::StillWorking);
    let waiting = get(&mut reception, "/waiting").0;
    assert!(status(&waiting) == "200" && waiting.contains("\r\nRefresh: 1; url=/waiting\r\n"), "{waiting}");
    reception.show(Page::Denied);
    assert!(get(&mut reception, "/waiting").0.contains("\r\nLocation: /denied\r\n"));
    assert_eq!(status(&get(&mut reception, "/denied").0), "200");
    for other in ["/ok", "/failed", "/incomplete", "/denied?x=1", "/denied/"] {
        assert_eq!(status(&get(&mut reception, other).0), "404", "{other}");
    }
}

#[test]
fn the_typed_start_code_works_again_and_again_and_the_browsers_once() {
    let mut reception = reception();
    for _ in 0..3 {
        let (response, incoming) = get(&mut reception, &format!("/s/{TYPED}"));
        assert_eq!((status(&response), incoming), ("302", Some(Incoming::Started)));
        let gate = gate(&RedirectUri::desktop(40123));
        assert!(response.contains(&format!("\r\nLocation: {}\r\n", gate.consent.as_str())));
    }
    assert_eq!(get(&mut reception, &format!("/s/{BROWSER}")).1, Some(Incoming::Started));
    let (response, incoming) = get(&mut reception, &format!("/s/{BROWSER}"));
    assert_eq!((status(&response), incoming), ("410", Some(ignored(Ignored::Unrelated))));
    assert!(response.contains("short link") && !response.contains(STATE));
    assert_eq!(get(&mut reception, &format!("/s/{TYPED}?x")).1, Some(ignored(Ignored::Unrelated)));
    assert_eq!(get(&mut reception, "/?state=STATE&code=x").1, Some(code("x")));
    assert_eq!(status(&get(&mut reception, &format!("/s/{TYPED}")).0), "410");
}

#[test]
fn twenty_wrong_start_codes_switch_both_off() {
    for code in [TYPED, BROWSER] {
        let mut reception = reception();
        for guess in 0..MOST_WRONG_CODES {
            let (response, incoming) = get(&mut reception, &format!("/s/{guess:06}"));
            assert_eq!((status(&response), incoming), ("404", Some(ignored(Ignored::WrongStartCode))));
            assert_eq!(
                get(&mut reception, &format!("/s/{TYPED}")).0.contains("302 Found"),
                guess < MOST_WRONG_CODES - 1
            );
        }
        assert_eq!(get(&mut reception, &format!("/s/{code}")).1, Some(ignored(Ignored::WrongStartCode)));
        assert!(get(&mut reception, "/?state=STATE&code=x").1.is_some(), "the attempt goes on");
    }
}

#[test]
fn its_own_request_is_expected_once_and_never_told() {
    let mut reception = Reception::new(HOST.to_owned());
    reception.expect_own("/0123".to_owned());
    assert!(!reception.own_has_arrived());
    reception.expect_own("/4567".to_owned());
    assert_eq!(get(&mut reception, "/0123").1, Some(ignored(Ignored::Unrelated)));
    let (response, incoming) = get(&mut reception, "/4567");
    assert_eq!((status(&response), incoming), ("404", None));
    assert!(reception.own_has_arrived());
    assert_eq!(get(&mut reception, "/4567").1, Some(ignored(Ignored::Unrelated)));
}

/// Requests that lack exactly one thing, or many, and bytes.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let method = prop::sample::select(vec!["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PRI"]);
    let path = prop::sample::select(vec![
        "/",
        "/",
        "/",
        "//",
        "/s/",
        "/s/aaaaaa",
        "/ok",
        "/waiting",
        "/favicon.ico",
        "*",
        "http://a/",
    ]);
    let state = prop_oneof![
        Just(String::new()),
        Just("state=older&".to_owned()),
        Just(format!("state={STATE}x&")),
        Just(format!("state={}&", &STATE[1..])),
        Just(format!("state={}&", STATE.to_ascii_uppercase())),
        Just(format!("state={STATE}&state={STATE}&")),
        Just(format!("state=&st%61te={STATE}&")),
        Just(format!("State={STATE}&")),
        "state=[a-zA-Z0-9%_-]{0,43}&",
    ];
    let rest = prop::sample::select(vec![
        "code=x",
        "error=access_denied",
        "code=<script>",
        "iss=https://evil.example",
        "",
        "%",
        "code=%00",
    ]);
    let host = prop::sample::select(vec![HOST, HOST, HOST, "evil.example", "localhost:40123", ""]);
    let request = (method, path, state, rest, host).prop_map(|(method, path, state, rest, host)| {
        format!("{method} {path}?{state}{rest} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes()
    });
    let guess = Just(format!("GET /s/guess1 HTTP/1.1\r\nHost: {HOST}\r\n\r\n").into_bytes());
    prop_oneof![8 => request, 1 => prop::collection::vec(any::<u8>(), 0..200), 1 => guess]
}

proptest! {
    #[test]
    fn any_hostile_requests_and_one_right_one_are_one_callback(
        before in prop::collection::vec(hostile(), 0..40),
        after in prop::collection::vec(hostile(), 0..10),
    ) {
        let mut reception = reception();
        for request in &before {
            let incoming = ask(&mut reception, request).1;
            prop_assert!(matches!(incoming, None | Some(Incoming::Ignored(_))), "{incoming:?}");
        }
        prop_assert_eq!(get(&mut reception, "/?state=STATE&code=right").1, Some(code("right")));
        for request in &after {
            let incoming = ask(&mut reception, request).1;
            prop_assert!(matches!(incoming, None | Some(Incoming::Ignored(_))), "{incoming:?}");
        }
    }

    #[test]
    fn responses_are_from_a_constant_set_and_reflect_nothing(
        requests in prop::collection::vec(hostile(), 1..20),
        target in "/[ -~]{0,60}",
        page in prop::sample::select(vec![None, Some(Page::StillWorking), Some(Page::Ok)]),
    ) {
        let known: BTreeSet<String> = every_response().collect();
        let mut reception = reception();
        if let Some(page) = page {
            reception.show(page);
        }
        let last = format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n\r\n").into_bytes();
        for request in requests.iter().chain([&last]) {
            let (response, incoming) = ask(&mut reception, request);
            prop_assert!(response.is_empty() || known.contains(&response), "{response} {incoming:?}");
        }
    }
}

/// All but the way to the consent URL.
fn every_response() -> impl Iterator<Item = String> {
    let pages = [Page::Ok, Page::Incomplete, Page::Failed, Page::Denied, Page::StillWorking];
    let refusals = [Reply::OlderLink, Reply::AlreadyReceived, Reply::LinkUsed, Reply::NotFound, Reply::BadRequest];
    let others = [Reply::TargetTooLong, Reply::HeadersTooLarge, Reply::NotGet, Reply::NotYet, Reply::Silence];
    let replies = pages.into_iter().flat_map(|page| [Reply::Page(page), Reply::SeePage(page)]);
    let replies = replies.chain(refusals).chain(others);
    replies.map(|reply| String::from_utf8_lossy(&reply.write(&Pages::EN)).into_owned())
}

#[test]
fn there_are_at_most_ten_bodies() {
    let bodies: BTreeSet<String> =
        every_response().filter_map(|response| Some(response.split_once("\r\n\r\n")?.1.to_owned())).collect();
    assert!(bodies.len() <= 10, "{}", bodies.len());
}
