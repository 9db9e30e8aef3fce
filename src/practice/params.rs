//! The parameters of a request (RFC 6749 section 3.1): form-encoded, each name once. It never guesses between two.

use url::form_urlencoded;

/// Decoded parameters.
#[derive(Debug)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a query or a form.
    pub(super) fn read(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// A name that stands more than once although it must not.
    pub(super) fn repeated(&self) -> Option<&str> {
        self.0.iter().enumerate().find_map(|(place, (name, _))| {
            self.0[..place].iter().any(|(earlier, _)| earlier == name).then_some(name.as_str())
        })
    }

    /// The value of a parameter; an empty one counts as absent (RFC 6749 section 3.1).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|value| !value.is_empty())
    }

    /// All values of a parameter that may stand more than once, as check boxes do.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
