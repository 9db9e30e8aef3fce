//! Requests to the Google Ads API (REST). It never sends a token anywhere but in a header to the one server that it was
//! made for, and never asks for more than it needs.

use std::sync::OnceLock;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request};
use serde_json::json;
use url::Url;

use super::answer::{self, Found, Objects};
use super::error::{self, AdsError};
use crate::customer_id::CustomerId;
use crate::oauth::http::{Answer, Http};
use crate::oauth::secret::Secret;

/// Where the Google Ads API is.
const GOOGLE: &str = "https://googleads.googleapis.com/";
/// The newest version that was known when this was written. Each lives for about a year.
const NEWEST_KNOWN: u16 = 26;
/// How far from it another version is looked for, upwards and downwards.
const VERSIONS_AROUND: u16 = 8;
/// Room for the accessible accounts: 27 bytes each.
const LIST_MAX: usize = 1024 * 1024;
/// Room for the accounts below one manager: about 350 bytes each.
const STREAM_MAX: usize = 16 * 1024 * 1024;

/// The API as one run of the program uses it.
#[derive(Debug)]
pub struct Api {
    http: Http,
    base: Url,
    /// Empty until a version has worked.
    version: OnceLock<u16>,
    developer_token: Option<Secret>,
}

/// One method of the API.
struct Call<'a> {
    method: Method,
    /// The path below the version.
    path: &'a [&'a str],
    login: Option<CustomerId>,
    body: Vec<u8>,
}

impl Api {
    /// Google's own.
    pub fn new(http: Http) -> Self {
        let base = Url::parse(GOOGLE).expect("a constant of this file is a URL");
        Self { http, base, version: OnceLock::new(), developer_token: None }
    }

    /// At another server, which the user trusts with the access token.
    #[must_use]
    pub fn at(self, base: Url) -> Self {
        Self { base, ..self }
    }

    /// In this version, whatever the server says.
    #[must_use]
    pub fn in_version(self, version: u16) -> Self {
        Self { version: OnceLock::from(version), ..self }
    }

    /// With a developer token. Google ignores it since September 2026, but refuses an empty one: that is not sent.
    #[must_use]
    pub fn with_developer_token(self, token: Secret) -> Self {
        Self { developer_token: Some(token).filter(|token| !token.expose().is_empty()), ..self }
    }

    /// The version that has worked or was given.
    pub fn version(&self) -> Option<u16> {
        self.version.get().copied()
    }

    /// The accounts that the user has been given access to directly, in the server's order, each once.
    pub async fn accessible(&self, access: &Secret) -> Result<Vec<CustomerId>, AdsError> {
        let path = ["customers:listAccessibleCustomers"];
        let call = Call { method: Method::GET, path: &path, login: None, body: Vec::new() };
        let answer = self.send(access, &call).await?;
        answer::accessible(&answer.with_room_for(LIST_MAX).body().await?)
    }

    /// A real read, of almost nothing: it works if everything is as it should be.
    ///
    /// # Errors
    /// What stands in the way of the account, the project or the token: see [`AdsError::about`].
    pub async fn read(&self, access: &Secret, account: CustomerId, login: CustomerId) -> Result<(), AdsError> {
        let mut read = Err(AdsError::Malformed("customer"));
        let query = "SELECT customer.id FROM customer LIMIT 1";
        self.search(access, account, login, query, |found| {
            let customer = found.customer.ok_or(AdsError::Malformed("customer"))?;
            if customer.id()? == account {
                read = Ok(());
            }
            Ok(true)
        })
        .await?;
        read
    }

    /// Gives away the rows of a query as they arrive, until there are no more or no more are wanted.
    pub(super) async fn search(
        &self,
        access: &Secret,
        account: CustomerId,
        login: CustomerId,
        query: &str,
        mut take: impl FnMut(Found) -> Result<bool, AdsError>,
    ) -> Result<(), AdsError> {
        let id = account.to_string();
        let path = ["customers", &id, "googleAds:searchStream"];
        let body = json!({ "query": query }).to_string().into_bytes();
        let call = Call { method: Method::POST, path: &path, login: Some(login), body };
        let mut answer = self.send(access, &call).await?.with_room_for(STREAM_MAX);
        let mut objects = Objects::default();
        let mut more = true;
        while more && let Some(part) = answer.next_part().await? {
            objects.feed(&part, |object| {
                let batch = answer::batch(object)?;
                if let Some(error) = batch.error {
                    return Err(error::in_stream(&error, &self.secrets(access)));
                }
                for found in batch.results {
                    more = more && take(found)?;
                }
                Ok(())
            })?;
        }
        if more { objects.end() } else { Ok(()) }
    }

    /// Sends a call in the version that works, and looks for that version if none has worked yet.
    async fn send(&self, access: &Secret, call: &Call<'_>) -> Result<Answer, AdsError> {
        if let Some(version) = self.version() {
            return self.send_in(version, access, call).await;
        }
        for version in versions() {
            match self.send_in(version, access, call).await {
                Err(AdsError::UnsupportedVersion) => {}
                Err(other) => return Err(other),
                Ok(answer) => {
                    // Another call may have found it at the same time, and then it is the same.
                    let _ = self.version.set(version);
                    return Ok(answer);
                }
            }
        }
        Err(AdsError::UnsupportedVersion)
    }

    async fn send_in(&self, version: u16, access: &Secret, call: &Call<'_>) -> Result<Answer, AdsError> {
        let answer = self.http.send(self.request(version, access, call)?).await?;
        match answer.status() {
            200 if answer.is_json() => Ok(answer),
            200 => Err(AdsError::NotJson { status: 200 }),
            300..=399 => Err(AdsError::Redirected { host: answer.redirect_host() }),
            status => Err(error::of_body(status, &answer.body().await?, &self.secrets(access))),
        }
    }

    fn request(&self, version: u16, access: &Secret, call: &Call<'_>) -> Result<Request<Vec<u8>>, AdsError> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(&format!("v{version}")).extend(call.path);
        }
        let mut request = Request::builder().method(&call.method).uri(url.as_str()).header(ACCEPT, "application/json");
        let bearer = format!("Bearer {}", access.expose());
        // What cannot stand in a header is no access token.
        request = request.header(AUTHORIZATION, sensitive(&bearer).ok_or(AdsError::Unauthenticated)?);
        if let Some(token) = self.developer_token.as_ref().and_then(|token| sensitive(token.expose())) {
            request = request.header("developer-token", token);
        }
        if let Some(login) = call.login {
            request = request.header("login-customer-id", login.to_string());
        }
        if !call.body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        Ok(request.body(call.body.clone()).expect("a URL and checked headers make a request"))
    }

    fn secrets<'a>(&'a self, access: &'a Secret) -> Vec<&'a Secret> {
        self.developer_token.iter().chain([access]).collect()
    }
}

/// A header that is not shown in anybody's trace.
fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The versions to try: the newest known, then newer ones, then older ones.
fn versions() -> impl Iterator<Item = u16> {
    let newer = NEWEST_KNOWN..=NEWEST_KNOWN + VERSIONS_AROUND;
    newer.chain((NEWEST_KNOWN - VERSIONS_AROUND..NEWEST_KNOWN).rev())
}
