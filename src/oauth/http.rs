//! The one HTTP client that secrets travel through: rustls, platform trust roots, HTTP/1.1, no redirects, no retries, bounded.
//! It never decompresses, never logs and never follows anything.

/// Why no HTTP client could be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpSetupError {
    /// The machine has no CA certificates.
    NoCaCertificates,
    /// Anything else that the TLS library refuses at the start (a proxy setting that is no URL, for one).
    Unusable,
}

/// A ready HTTP client; cheap to clone.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// Builds the client. Slow (it reads the trust store): call it away from the loop that draws.
    pub fn build() -> Result<Self, HttpSetupError> {
        todo!()
    }
}
