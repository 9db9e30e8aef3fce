//! A string that must not leak: redacted in `Debug`, without `Display`, wiped when the last holder drops it.
//! It never decides where a secret may go; callers of [`Secret::expose`] do, and they are few.

use std::fmt;
use std::sync::Arc;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A client secret, authorization code, PKCE verifier, `state`, access token or refresh token.
///
/// A clone shares the one allocation, so that copies do not multiply in memory.
#[derive(Clone)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// Takes the text over without copying it.
    pub fn new(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }

    /// The text itself. Every call is a place where the secret goes somewhere.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The first and last four characters around an ellipsis, or only the ellipsis for a secret too
    /// short to lose eight characters: what a screen may show of it.
    pub fn masked(&self) -> String {
        let characters: Vec<char> = self.expose().chars().collect();
        if characters.len() < 20 {
            return "…".to_owned();
        }
        let head: String = characters[..4].iter().collect();
        let tail: String = characters[characters.len() - 4..].iter().collect();
        format!("{head}…{tail}")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// Compares in constant time, as `state` and start codes need it.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Secret {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        let secret = Secret::new("1//0gCANARY".to_owned());
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "[redacted] Some(\n    [redacted],\n)");
    }

    #[test]
    fn the_mask_keeps_four_characters_at_each_end_of_a_long_secret_only() {
        assert_eq!(Secret::new("1//0gABCDEFGHIJKLMNOP".to_owned()).masked(), "1//0…MNOP");
        assert_eq!(Secret::new("short-secret".to_owned()).masked(), "…");
    }
}
