//! OAuth scopes and their short names. It never adds a scope that nobody asked for.

use super::grant::ADWORDS_SCOPE;

const GOOGLE_PREFIX: &str = "https://www.googleapis.com/auth/";

/// The full scope for a short name (`adwords`, `analytics.readonly`), `openid`, or a URL as it is.
///
/// `None` for a text that cannot be a scope token (RFC 6749 section 3.3).
pub fn full(name: &str) -> Option<String> {
    let token = !name.is_empty() && name.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e));
    match name {
        _ if !token => None,
        // OpenID Connect names these two without a prefix, and Google accepts them so.
        "openid" | "email" | "profile" => Some(name.to_owned()),
        _ if name.contains("://") => Some(name.to_owned()),
        _ => Some(format!("{GOOGLE_PREFIX}{name}")),
    }
}

/// The name that a screen shows: without Google's prefix.
pub fn short(scope: &str) -> &str {
    scope.strip_prefix(GOOGLE_PREFIX).unwrap_or(scope)
}

/// The Ads scope first, then the additional ones, each once.
pub fn wanted<'a>(additional: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut scopes = vec![ADWORDS_SCOPE.to_owned()];
    for scope in additional {
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    scopes
}

/// Whether a granted scope is the one that was asked for: Google answers `email` with its long name.
pub fn same(asked: &str, granted: &str) -> bool {
    let long = |scope: &str| match scope {
        "email" => "https://www.googleapis.com/auth/userinfo.email".to_owned(),
        "profile" => "https://www.googleapis.com/auth/userinfo.profile".to_owned(),
        _ => scope.to_owned(),
    };
    long(asked) == long(granted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_become_scopes_and_back() {
        assert_eq!(full("adwords").as_deref(), Some(ADWORDS_SCOPE));
        assert_eq!(full("openid").as_deref(), Some("openid"));
        assert_eq!(
            full("https://www.googleapis.com/auth/content").as_deref(),
            Some("https://www.googleapis.com/auth/content")
        );
        assert_eq!(short(ADWORDS_SCOPE), "adwords");
    }

    #[test]
    fn what_is_no_scope_token_is_refused() {
        for bad in ["", "two words", "quo\"te", "back\\slash", "tab\t", "é"] {
            assert_eq!(full(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_ads_scope_comes_first_and_nothing_stands_twice() {
        assert_eq!(wanted(["email", ADWORDS_SCOPE, "email"]), [ADWORDS_SCOPE, "email"]);
    }

    #[test]
    fn googles_long_name_of_email_is_email() {
        assert!(same("email", "https://www.googleapis.com/auth/userinfo.email"));
        assert!(!same("email", "openid"));
    }
}
