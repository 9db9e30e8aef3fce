//! The refresh grant (RFC 6749 section 6): whether a refresh token still works, and an access token for it. It never decides why a
//! token died: the server does not say.

use std::time::SystemTime;

use oauth2::RefreshToken;

use super::client::Client;
use super::exchange::ExchangeError;
use super::grant::{self, ADWORDS_SCOPE};
use super::http::Http;
use super::secret::Secret;
use super::token_endpoint;

/// What a refresh token is good for at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refreshed {
    /// An access token; used for the checks and then dropped.
    pub access_token: Secret,
    /// Its scopes, sanitized; `None` if the answer names none, which means those of the consent (RFC 6749 section 6).
    pub scopes: Option<Vec<String>>,
    /// When the refresh token dies (`refresh_token_expires_in`), if the server says so.
    pub refresh_expires: Option<SystemTime>,
    /// The refresh token that replaces the one that was sent (RFC 6749 section 6). Google never sends one.
    pub replacement: Option<Secret>,
}

/// Sends the refresh token once and reads the answer.
///
/// # Errors
/// As of [`exchange`](super::exchange::exchange); a token without the Ads scope is [`ExchangeError::AdsScopeMissing`].
/// No secret is in it.
#[expect(clippy::disallowed_methods, reason = "the answer's own time of arrival, from which its lifetimes count")]
pub async fn refresh(http: &Http, client: &Client, refresh_token: &Secret) -> Result<Refreshed, ExchangeError> {
    let secrets = [&client.secret, refresh_token];
    let answer = token_endpoint::client(client)
        .exchange_refresh_token(&RefreshToken::new(refresh_token.expose().to_owned()))
        .request_async(&|request| token_endpoint::ask(http, &secrets, request))
        .await
        .map_err(token_endpoint::failure)?;
    let access_token = grant::access_token(&answer)?;
    let scopes = grant::granted_scopes(&answer);
    if scopes.as_ref().is_some_and(|scopes| !scopes.iter().any(|scope| scope == ADWORDS_SCOPE)) {
        return Err(ExchangeError::AdsScopeMissing);
    }
    Ok(Refreshed {
        access_token,
        scopes,
        refresh_expires: grant::refresh_expires(&answer, SystemTime::now()),
        replacement: grant::refresh_token(&answer)?.filter(|replacement| replacement != refresh_token),
    })
}

/// What a text looks like that should be a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A refresh token of Google's.
    Refresh,
    /// An authorization code, as it stands in the callback's address.
    Code,
    /// An access token, which is dead after an hour.
    Access,
    /// A client secret.
    ClientSecret,
    /// None of Google's forms: another server's token, or something else.
    Unknown,
}

/// Judges a text by its beginning. Google promises none of these forms, so this explains a failure and never causes one.
pub fn what_is(token: &str) -> TokenKind {
    // A code that was cut out of an address has its slash encoded.
    const FORMS: [(&str, TokenKind); 6] = [
        ("1//", TokenKind::Refresh),
        ("1/", TokenKind::Refresh),
        ("4/", TokenKind::Code),
        ("4%2F", TokenKind::Code),
        ("ya29.", TokenKind::Access),
        ("GOCSPX-", TokenKind::ClientSecret),
    ];
    let form = FORMS.iter().find(|(beginning, _)| token.starts_with(beginning));
    form.map_or(TokenKind::Unknown, |&(_, kind)| kind)
}

#[cfg(test)]
mod tests;
