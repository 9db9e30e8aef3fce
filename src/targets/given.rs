//! Credentials for the tests of the formats, and what must hold of every one of them.
//! It never knows a format.

use proptest::prelude::*;
use proptest::sample::select;

use super::settings::is_placeholder;
use super::{Credentials, Held, Refused};
use crate::oauth::secret::Secret;

/// One format's two functions.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) read: fn(&str) -> Result<Held, Refused>,
    pub(super) merge: fn(Option<&str>, &Credentials) -> Result<String, Refused>,
}

pub(super) fn credentials(
    client_id: &str,
    client_secret: &str,
    refresh_token: &str,
    login: Option<u64>,
) -> Credentials {
    Credentials {
        client_id: client_id.to_owned(),
        client_secret: Secret::new(client_secret.to_owned()),
        refresh_token: Secret::new(refresh_token.to_owned()),
        login_customer_id: login.map(|id| id.to_string().parse().unwrap()),
        token_uri: None,
    }
}

/// Values as Google gives them out.
pub(super) fn plain() -> Credentials {
    credentials("123-abc.apps.googleusercontent.com", "GOCSPX-s_1", "1//0gT-2", None)
}

/// The same, with a manager.
pub(super) fn managed() -> Credentials {
    Credentials { login_customer_id: Some("1234567890".parse().unwrap()), ..plain() }
}

const PIECES: &[&str] = &[
    "'", "\"", "\\", "\\\\", "#{exit}", "#", "${HOME}", "$", "{", "}", "%", "&", "&amp;", "<", ">", "]]>", "--", "-->",
    "=", ":", "!", ";", "|", "(", ")", "[", "]", ",", " ", "é", "日本", "😀", "\u{2028}", "a", "0", "/", "//", "*/",
    "`", "@", "^", "~", "\\u0041", "\\n", "INSERT_", "end", "null",
];

/// Values made of what means something in one format or another.
pub(super) fn hostile() -> impl Strategy<Value = Credentials> {
    let value = prop_oneof![
        4 => proptest::collection::vec(select(PIECES), 1..12).prop_map(|pieces| pieces.concat()),
        1 => "\\PC{1,20}",
    ]
    .prop_filter("reads as nothing", |value| !is_placeholder(value));
    let login = proptest::option::of(1_000_000_000_u64..=9_999_999_999);
    (value.clone(), value.clone(), value, login)
        .prop_map(|(id, secret, token, login)| credentials(&id, &secret, &token, login))
}

/// Whatever the values: they are read back as they are, a second merge changes nothing, and replacing them again leaves no
/// trace of them.
pub(super) fn holds(format: Format, existing: Option<&str>, credentials: &Credentials) -> Result<(), TestCaseError> {
    let merged = (format.merge)(existing, credentials).expect("values without control characters can be written");
    let held = (format.read)(&merged).expect("what was written can be read");
    prop_assert_eq!(held.client_id.as_deref(), Some(credentials.client_id.as_str()));
    prop_assert!(held.client_secret.as_ref() == Some(&credentials.client_secret), "secret in {}", merged);
    prop_assert!(held.refresh_token.as_ref() == Some(&credentials.refresh_token), "token in {}", merged);
    if let Some(id) = credentials.login_customer_id {
        prop_assert_eq!(held.login_customer_id, Some(id.to_string()));
    }
    prop_assert_eq!(&(format.merge)(Some(&merged), credentials).expect("merges again"), &merged);
    let mut replacement = managed();
    replacement.login_customer_id = replacement.login_customer_id.filter(|_| credentials.login_customer_id.is_some());
    let replaced = (format.merge)(Some(&merged), &replacement).expect("merges others");
    prop_assert_eq!(replaced, (format.merge)(existing, &replacement).expect("merges others at once"));
    Ok(())
}

/// A value that would begin another line is refused, in a new file and in one that is there.
pub(super) fn refuses_control_characters(format: Format, sample: &str) {
    for value in ["a\nb", "a\rb", "a\0b", "a\u{85}b", "", " ", "INSERT_CLIENT_ID_HERE"] {
        for existing in [None, Some(sample)] {
            let refused = (format.merge)(existing, &credentials(value, "secret", "token", None));
            assert!(matches!(refused, Err(Refused::Unwritable { .. })), "{value:?}: {refused:?}");
        }
    }
}
