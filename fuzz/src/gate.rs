//! One attempt, always the same: the seeds and dictionaries know its `state` and its start links.

use adsauth::oauth::callback::Gate;
use adsauth::oauth::consent::ConsentUrl;
use adsauth::oauth::redirect::RedirectUri;
use adsauth::oauth::secret::Secret;

pub const HOST: &str = "127.0.0.1:40123";
pub const STATE: &str = "practice-state-0123456789";

pub fn gate() -> Gate {
    Gate {
        redirect: RedirectUri::desktop(40123),
        state: Secret::new(STATE.to_owned()),
        issuer: "https://accounts.google.com".to_owned(),
        consent: ConsentUrl::new(format!("https://accounts.google.com/o/oauth2/v2/auth?client_id=1&state={STATE}")),
        typed_start: Secret::new("abc234".to_owned()),
        browser_start: Secret::new("xyz789".to_owned()),
    }
}

/// Whether one `state`, and only one, stands in the query and is the attempt's, as another reader of forms sees it.
pub fn has_the_state(query: &str) -> bool {
    let mut states = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "state");
    states.next().is_some_and(|(_, state)| state == STATE) && states.next().is_none()
}
