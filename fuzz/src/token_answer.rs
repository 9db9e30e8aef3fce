//! What a token endpoint may answer.

use std::time::SystemTime;

use adsauth::oauth::exchange::ExchangeError;
use adsauth::oauth::grant::{ADWORDS_SCOPE, Grant};
use adsauth::oauth::secret::Secret;
use adsauth::oauth::token_answer::{TokenAnswer, used_members};
use adsauth::oauth::token_endpoint::refusal;
use adsauth::sanitize::sanitize;

/// What was sent, and must not come back to the screen.
const SENT: [&str; 2] = ["practice-code-4711", "practice-secret-0815"];

/// The body of a success and of a refusal. A grant has its tokens in letters that a configuration can hold, and the Ads scope;
/// a refusal has nothing of what was sent, and only the letters of RFC 6749 appendix A.
pub fn check(body: &[u8]) {
    let asked = [ADWORDS_SCOPE.to_owned(), "email".to_owned()];
    if let Ok(used) = used_members(body) {
        let seen: serde_json::Value = serde_json::from_slice(&used).expect("a JSON object is written");
        assert!(seen["access_token"].is_string() && seen["token_type"].is_string());
        if let Ok(answer) = serde_json::from_slice::<TokenAnswer>(&used)
            && let Ok(grant) = Grant::judge(&answer, &asked, SystemTime::UNIX_EPOCH)
        {
            check_grant(&grant, &seen);
        }
    }
    let secrets = SENT.map(|secret| Secret::new(secret.to_owned()));
    let refused = refusal(body, 400, &[&secrets[0], &secrets[1]]);
    let shown = format!("{refused} {refused:?}");
    assert!(!SENT.iter().any(|secret| shown.contains(secret)), "{shown}");
    if let ExchangeError::Refused(refusal) = refused {
        for words in [Some(refusal.code.as_str()), refusal.description.as_deref()].into_iter().flatten() {
            let allowed = |letter| matches!(letter, ' '..='!' | '#'..='[' | ']'..='~' | '…');
            assert!(words.chars().all(allowed) && words.chars().count() <= 200, "{words:?}");
        }
    }
}

fn check_grant(grant: &Grant, seen: &serde_json::Value) {
    for token in [&grant.refresh_token, &grant.access_token] {
        assert!(!token.expose().is_empty() && token.expose().bytes().all(|byte| byte.is_ascii_graphic()));
    }
    assert!(grant.refresh_token.expose().len() <= 2048);
    assert_eq!(seen["refresh_token"].as_str(), Some(grant.refresh_token.expose()));
    assert!(seen["token_type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")));
    assert!(grant.scopes.iter().any(|scope| scope == ADWORDS_SCOPE));
    for text in grant.scopes.iter().chain(&grant.account) {
        assert_eq!(*text, sanitize(text));
    }
    // A token that is a word of what is said beside it is no secret.
    let token = grant.refresh_token.expose();
    let is_said = grant.scopes.iter().chain(&grant.account).any(|text| text.contains(token));
    assert!(is_said || token.len() < 20 || !format!("{grant:?}").contains(token));
    grant.warnings();
}
