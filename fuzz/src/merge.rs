//! A configuration that is there, and credentials that go into it.

use adsauth::oauth::secret::Secret;
use adsauth::targets::{Credentials, Target};

use crate::others;

/// The text of a configuration; behind NUL bytes, if there are any: client id, client secret, refresh token, customer id.
///
/// If the text is not refused, what was merged is read back, what was there besides is still there, and merging again changes
/// nothing.
pub fn check(target: Target, input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let mut parts = input.split('\0');
    let text = parts.next().unwrap_or_default();
    let credentials = credentials(parts);
    let before = target.read(text);
    let Ok(merged) = target.merge(Some(text), &credentials) else { return };
    let held = target.read(&merged).unwrap_or_else(|why| panic!("{why:?}: {merged}"));
    assert_eq!(held.client_id.as_ref(), Some(&credentials.client_id), "{merged}");
    assert!(held.client_secret.as_ref() == Some(&credentials.client_secret), "{merged}");
    assert!(held.refresh_token.as_ref() == Some(&credentials.refresh_token), "{merged}");
    if target != Target::AuthorizedUser
        && let Some(id) = credentials.login_customer_id
    {
        assert_eq!(held.login_customer_id, Some(id.to_string()), "{merged}");
    }
    if let Ok(before) = before {
        assert!(held.developer_token == before.developer_token, "{merged}");
        if credentials.login_customer_id.is_none() {
            assert_eq!(held.login_customer_id, before.login_customer_id, "{merged}");
        }
    }
    assert_eq!(target.merge(Some(&merged), &credentials).as_ref(), Ok(&merged));
    if !text.trim_start_matches('\u{feff}').trim().is_empty() {
        others::assert_kept(target, text, &merged);
    }
}

/// The values of the input, and plain ones where it has none.
fn credentials<'a>(mut parts: impl Iterator<Item = &'a str>) -> Credentials {
    let mut value = |plain: &str| parts.next().filter(|part| !part.is_empty()).unwrap_or(plain).to_owned();
    Credentials {
        client_id: value("123-practice.apps.googleusercontent.com"),
        client_secret: Secret::new(value("practice-secret")),
        refresh_token: Secret::new(value("practice-token")),
        login_customer_id: value("none").parse().ok(),
        token_uri: None,
    }
}
