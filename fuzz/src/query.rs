//! The query of a callback, and what a person may paste instead of it.

use adsauth::oauth::callback::{Answer, NotAnswer, judge_pasted, judge_query};
use adsauth::sanitize::sanitize;

use crate::gate::{HOST, gate, has_the_state};

/// Only the attempt's one `state` makes an answer; what is kept of it can be shown; pasted and received are judged alike.
pub fn check(input: &[u8]) {
    let Ok(query) = std::str::from_utf8(input) else { return };
    let gate = gate();
    let judged = judge_query(query, &gate);
    match &judged {
        Ok(answer) => {
            assert!(has_the_state(query));
            check_answer(answer, query);
        }
        Err(NotAnswer::ErrorWithoutState(error)) => assert_eq!(*error, sanitize(error)),
        Err(NotAnswer::NoParameters | NotAnswer::CodeWithoutState | NotAnswer::OtherState | NotAnswer::Malformed) => {}
    }
    // Spaces and quotation marks around an address are taken away, and a fragment is none of the query's.
    if query.bytes().all(|byte| byte.is_ascii_graphic() && !b"#\"'`<>".contains(&byte)) {
        let pasted = judge_pasted(&format!("http://{HOST}/?{query}"), &gate);
        assert_eq!(pasted.ok(), judged.ok());
    }
    if judge_pasted(query, &gate).is_ok() {
        assert!(query.split_whitespace().collect::<String>().contains(HOST));
    }
}

fn check_answer(answer: &Answer, query: &str) {
    let only = |name: &str| {
        let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(other, _)| other == name);
        (values.next().map(|(_, value)| value.into_owned()), values.next().is_none())
    };
    for name in ["code", "error", "iss"] {
        assert!(only(name).1, "{name} stands twice");
    }
    match answer {
        Answer::Code(code) => {
            assert!(
                (1..=2048).contains(&code.expose().len()) && code.expose().bytes().all(|byte| byte.is_ascii_graphic())
            );
            assert_eq!(only("code").0.as_deref(), Some(code.expose()));
        }
        Answer::Denied(error) => assert!(*error == sanitize(error) && !error.is_empty() || only("error").0.is_some()),
        Answer::WrongIssuer => assert_ne!(only("iss").0.as_deref(), Some("https://accounts.google.com")),
    }
}
