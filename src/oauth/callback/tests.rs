use proptest::prelude::*;

use super::*;

const STATE: &str = "rEaLsTaTe-0123456789_abcdefghijklmnopqrstuv";

fn gate() -> Gate {
    gate_at("http://127.0.0.1:40123")
}

fn gate_at(redirect: &str) -> Gate {
    Gate {
        redirect: RedirectUri::parse(redirect).unwrap(),
        state: Secret::new(STATE.to_owned()),
        issuer: "https://accounts.google.com".to_owned(),
        consent: ConsentUrl::new(format!("https://accounts.google.com/o/oauth2/v2/auth?state={STATE}&client_id=1")),
        typed_start: Secret::new("abc234".to_owned()),
        browser_start: Secret::new("xyz789".to_owned()),
    }
}

fn code(text: &str) -> Answer {
    Answer::Code(Secret::new(text.to_owned()))
}

fn judge(query: &str) -> Result<Answer, NotAnswer> {
    judge_query(&query.replace("STATE", STATE), &gate())
}

#[test]
fn a_code_with_the_right_state_is_the_answer() {
    assert_eq!(judge("state=STATE&code=4/0Axyz"), Ok(code("4/0Axyz")));
    assert_eq!(
        judge("code=4%2F0Axyz&scope=https://www.googleapis.com/auth/adwords&state=STATE&authuser=0"),
        Ok(code("4/0Axyz"))
    );
    assert_eq!(judge("state=STATE&code=x&iss=https%3A%2F%2Faccounts.google.com"), Ok(code("x")));
    assert_eq!(judge("st%61te=STATE&c%6Fde=x"), Ok(code("x")));
}

#[test]
fn a_refusal_counts_only_with_the_right_state() {
    assert_eq!(judge("error=access_denied&state=STATE"), Ok(Answer::Denied("access_denied".to_owned())));
    assert_eq!(judge("error=access_denied&state=STATE&code=x"), Ok(Answer::Denied("access_denied".to_owned())));
    assert_eq!(judge("error=access_denied"), Err(NotAnswer::ErrorWithoutState("access_denied".to_owned())));
    assert_eq!(judge("error=access_denied&state=STATEx"), Err(NotAnswer::OtherState));
    assert_eq!(judge("error=access_denied&state="), Err(NotAnswer::ErrorWithoutState("access_denied".to_owned())));
}

#[test]
fn an_error_is_cut_to_what_can_be_shown() {
    let long = "x".repeat(5000);
    let Ok(Answer::Denied(shown)) = judge(&format!("state=STATE&error={long}")) else { panic!("not a refusal") };
    assert_eq!(shown.chars().count(), 200);
    assert_eq!(judge("state=STATE&error=a%1B%5B31mb"), Err(NotAnswer::Malformed));
}

#[test]
fn another_issuer_is_told_apart_before_anything_else_is_used() {
    for query in [
        "state=STATE&iss=https://evil.example&code=x",
        "state=STATE&iss=https://accounts.google.com/&error=access_denied",
        "state=STATE&iss=https://evil.example",
    ] {
        assert_eq!(judge(query), Ok(Answer::WrongIssuer), "{query}");
    }
    assert_eq!(judge("state=other&iss=https://evil.example&code=x"), Err(NotAnswer::OtherState));
}

#[test]
fn a_parameter_that_stands_twice_is_refused_even_if_both_are_right() {
    for query in [
        "state=STATE&state=STATE&code=x",
        "state=STATE&st%61te=STATE&code=x",
        "state=STATE&code=x&code=x",
        "state=STATE&code=x&code=",
        "state=STATE&error=a&error=a",
        "state=STATE&code=x&iss=https://accounts.google.com&iss=https://accounts.google.com",
    ] {
        assert_eq!(judge(query), Err(NotAnswer::Malformed), "{query}");
    }
}

#[test]
fn values_must_be_plain_text_and_wholly_encoded() {
    for query in [
        "state=STATE&code=a%",
        "state=STATE&code=a%2",
        "state=STATE&code=a%zz",
        "state=STATE&code=a&other=%",
        "state=STATE&code=a%00b",
        "state=STATE&code=a%0d%0ab",
        "state=STATE&code=%c3%a9",
        "state=STATE&code=%c0%af",
        "state=STATE&code=%ff",
        "state=STATE&code=é",
        "state=STATE&code=a+b",
        "state=STATE&code=a%20b",
        "state=STATE&code=",
        "state=STATE",
        "state=STATE%00&code=x",
    ] {
        assert_eq!(judge(query), Err(NotAnswer::Malformed), "{query}");
    }
    assert_eq!(judge(&format!("state=STATE&code={}", "x".repeat(LONGEST_CODE))), Ok(code(&"x".repeat(LONGEST_CODE))));
    assert_eq!(judge(&format!("state=STATE&code={}", "x".repeat(LONGEST_CODE + 1))), Err(NotAnswer::Malformed));
}

#[test]
fn a_query_without_state_is_nobodys_answer() {
    assert_eq!(judge(""), Err(NotAnswer::NoParameters));
    assert_eq!(judge("utm_source=x&iss=y"), Err(NotAnswer::NoParameters));
    assert_eq!(judge("code=4/0Axyz"), Err(NotAnswer::CodeWithoutState));
    assert_eq!(judge("State=STATE&code=4/0Axyz"), Err(NotAnswer::CodeWithoutState));
}

#[test]
fn what_the_browser_ended_on_can_be_pasted() {
    let pasted = format!("http://127.0.0.1:40123/?state={STATE}&code=4/0Axyz&scope=a%20b");
    let wrapped = format!("  \"{}\r\n  {}\n\"", &pasted[..40], &pasted[40..]);
    let marked = format!("<{pasted}>");
    let bare_path = pasted.replace("/?", "?");
    let fragment = format!("{pasted}#");
    let shouted = pasted.replace("http", "HTTP");
    for text in [&pasted, &wrapped, &marked, &bare_path, &fragment, &shouted] {
        assert_eq!(judge_pasted(text, &gate()), Ok(code("4/0Axyz")), "{text}");
    }
    let denied = format!("http://127.0.0.1:40123/?error=access_denied&state={STATE}");
    assert_eq!(judge_pasted(&denied, &gate()), Ok(Answer::Denied("access_denied".to_owned())));
}

#[test]
fn a_paste_may_be_as_long_as_an_address_can_be_and_no_longer() {
    let of = |length: usize| {
        let start = format!("http://127.0.0.1:40123/?state={STATE}&code=4/0Axyz&scope=");
        let filler = "x".repeat(length - start.len());
        judge_pasted(&(start + &filler), &gate())
    };
    assert_eq!(of(16 * 1024), Ok(code("4/0Axyz")));
    assert_eq!(of(16 * 1024 + 1), Err(PasteRefused::NotUrl));
}

#[test]
fn a_registered_address_is_pasted_with_its_own_host_and_path() {
    let gate = gate_at("http://localhost:8080/oauth/callback");
    let query = format!("state={STATE}&code=x");
    let judge = |address: &str| judge_pasted(&format!("{address}?{query}"), &gate);
    assert_eq!(judge("http://localhost:8080/oauth/callback"), Ok(code("x")));
    for other in
        ["http://127.0.0.1:8080/oauth/callback", "http://localhost:8080/", "http://localhost:8080/oauth/callback/"]
    {
        assert_eq!(judge(other), Err(PasteRefused::OtherAddress), "{other}");
    }
}

#[test]
fn a_paste_that_is_not_the_answer_says_what_it_is() {
    use PasteRefused as P;
    let right = format!("state={STATE}&code=x");
    for (text, expected) in [
        ("", P::NotUrl),
        (" \n ", P::NotUrl),
        ("hello", P::NotUrl),
        ("https://", P::OtherAddress),
        ("4/0AX4XfWh", P::BareCode),
        ("4%2F0AX4XfWh", P::BareCode),
        ("code=4/0AX4XfWh", P::BareCode),
        ("4/0AX4XfWh&scope=https://www.googleapis.com/auth/adwords", P::BareCode),
        ("?code=4/0AX4XfWh&scope=a", P::BareCode),
        ("code=", P::NotUrl),
        ("code=4/0AX4XfWh&state=x", P::NotUrl),
        ("8a7b6c5d-1111-2222-3333-444455556666", P::BareCode),
        ("http://127.0.0.1:40123/?code=4/0AX4XfWh", P::BareCode),
        (&format!("?{right}"), P::NotUrl),
        (&format!("127.0.0.1:40123/?{right}"), P::NotUrl),
        (&format!("https://127.0.0.1:40123/?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1:40124/?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1/?{right}"), P::OtherAddress),
        (&format!("http://localhost:40123/?{right}"), P::OtherAddress),
        (&format!("http://127.1:40123/?{right}"), P::OtherAddress),
        (&format!("http://user@127.0.0.1:40123/?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1:40123@evil.example/?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1:40123/x?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1:40123/x/../?{right}"), P::OtherAddress),
        (&format!("http://127.0.0.1:40123\\?{right}"), P::OtherAddress),
        ("http://127.0.0.1:40123/?state=older&code=x", P::OtherState),
        ("http://127.0.0.1:40123/?state=older&error=access_denied", P::OtherState),
        ("http://127.0.0.1:40123/?error=access_denied", P::OtherState),
        ("http://127.0.0.1:40123/", P::Malformed),
        (&format!("http://127.0.0.1:40123/?{right}&code=y"), P::Malformed),
        (&format!("http://127.0.0.1:40123/?state={STATE}"), P::Malformed),
        (&format!("http://127.0.0.1:40123/#{right}"), P::Malformed),
        (gate().consent.as_str(), P::ConsentUrl),
        ("https://accounts.google.com/o/oauth2/v2/auth?cli", P::ConsentUrl),
        ("http://127.0.0.1:40123/s/abc234", P::ConsentUrl),
        (&"x".repeat(LONGEST_PASTE + 1), P::NotUrl),
    ] {
        assert_eq!(judge_pasted(text, &gate()), Err(expected), "{text}");
    }
}

#[test]
fn debug_of_a_gate_and_of_an_answer_shows_no_secret() {
    let shown = format!("{:?} {:?}", gate(), code("CANARY"));
    for secret in [STATE, "abc234", "xyz789", "CANARY"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn query_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "state=", "code=", "error=", "iss=", "&", "=", "%", "%73", "%00", "+", "x", STATE, "st%61te=", ";", "?", "#",
        "é", " ",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_query_without_the_exact_state_is_an_answer(query in query_like()) {
        if judge_query(&query, &gate()).is_ok() {
            let states: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "state").collect();
            prop_assert_eq!(states.len(), 1);
            prop_assert_eq!(states[0].1.as_ref(), STATE);
        }
    }

    #[test]
    fn one_other_character_makes_another_state(position in 0..STATE.len(), other in "[A-Za-z0-9_-]") {
        let mut state = STATE.to_owned();
        state.replace_range(position..=position, &other);
        prop_assume!(state != STATE);
        let query = format!("state={state}&code=x");
        prop_assert_eq!(judge_query(&query, &gate()), Err(NotAnswer::OtherState));
    }

    #[test]
    fn a_paste_is_an_answer_only_if_it_begins_with_the_address(text in "\\PC{0,40}", query in query_like()) {
        let answer = judge_pasted(&format!("{text}?{query}"), &gate());
        prop_assert!(answer.is_err() || text.contains("127.0.0.1:40123"));
    }
}
