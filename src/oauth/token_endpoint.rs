//! One request to the token endpoint (RFC 6749 section 3.2), whichever grant it carries, and what came back. It never sends a request
//! twice, and a failure never quotes a secret that was sent.

use http::header::CONTENT_TYPE;
use oauth2::{
    AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, ErrorResponse, HttpRequest, HttpResponse,
    RequestTokenError, TokenUrl,
};

use super::client::Client;
use super::exchange::{ExchangeError, Refusal, RefusalCode, server_words};
use super::http::{Answer, Http};
use super::secret::Secret;
use super::token_answer::{self, NotMembers, OAuthClient, RefusalMembers};

/// The `oauth2` client that composes the requests of this client.
pub(super) fn client(
    client: &Client,
) -> OAuthClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet> {
    OAuthClient::new(ClientId::new(client.id.clone()))
        .set_client_secret(ClientSecret::new(client.secret.expose().to_owned()))
        // The crate's default, HTTP Basic, is refused by some servers; Google documents the body.
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(client.endpoints.token.clone()))
}

/// Sends a request that has these secrets in it, and reduces a successful answer to the members that are used.
pub(super) async fn ask(http: &Http, secrets: &[&Secret], request: HttpRequest) -> Result<HttpResponse, ExchangeError> {
    let answer = http.send(request).await?;
    let body = token_members(answer, secrets).await?;
    let mut answer = HttpResponse::new(body);
    answer.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    Ok(answer)
}

/// Why a request of the `oauth2` client failed.
pub(super) fn failure<T: ErrorResponse>(error: RequestTokenError<ExchangeError, T>) -> ExchangeError {
    match error {
        RequestTokenError::Request(error) => error,
        // Never shown: these carry the whole token answer.
        RequestTokenError::Parse(..) | RequestTokenError::ServerResponse(_) | RequestTokenError::Other(_) => {
            ExchangeError::Malformed("access_token")
        }
    }
}

/// The body of a token response, with only the members that are used, or why it is none.
async fn token_members(answer: Answer, secrets: &[&Secret]) -> Result<Vec<u8>, ExchangeError> {
    match answer.status() {
        200 if answer.is_json() => token_answer::used_members(&answer.body().await?),
        200 => Err(ExchangeError::NotJson { status: 200 }),
        300..=399 => Err(ExchangeError::Redirected { host: answer.redirect_host() }),
        status @ (429 | 500..) => Err(ExchangeError::ServerTrouble(status)),
        // Some servers forget the content type of a refusal.
        status => Err(refusal(&answer.body().await?, status, secrets)),
    }
}

/// The refusal in the body of an answer with this status, without a word of these secrets.
pub fn refusal(body: &[u8], status: u16, secrets: &[&Secret]) -> ExchangeError {
    let RefusalMembers { error, subtype, description } = match token_answer::error_members(body) {
        Ok(members) => members,
        Err(NotMembers::NotJson) => return ExchangeError::NotJson { status },
        Err(NotMembers::Wrong(member)) => return ExchangeError::Malformed(member),
    };
    // A server that repeats what it was sent must not put a secret on the screen.
    let repeats = |text: &str| secrets.iter().any(|secret| text.contains(secret.expose()));
    let code = match RefusalCode::of(&error) {
        _ if repeats(&error) => RefusalCode::Other("?".to_owned()),
        RefusalCode::InvalidGrant if subtype.as_deref() == Some("invalid_rapt") => RefusalCode::SessionEnded,
        code => code,
    };
    let description = description.filter(|text| !repeats(text)).map(|text| server_words(&text));
    ExchangeError::Refused(Refusal { code, description })
}
