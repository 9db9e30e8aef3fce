//! Finds out what a token can reach, in three grades, one after the other. It never changes anything.

use std::sync::Arc;

use crate::ads::{Accounts, Api};
use crate::oauth::client::Client;
use crate::oauth::exchange::{ExchangeError, Unreachable};
use crate::oauth::http::{Http, HttpSetupError};
use crate::oauth::refresh::refresh;
use crate::oauth::secret::Secret;
use crate::wizard::account::Checked;
use url::Url;

/// Where the Ads API is asked, and in which version.
#[derive(Clone, Debug, Default)]
pub struct AdsServer {
    /// `None`: Google's own, with tokens of Google's only.
    pub base: Option<Url>,
    /// `None`: the newest that works.
    pub version: Option<u16>,
    /// Sent only where a configuration holds one; Google ignores it.
    pub developer_token: Option<Secret>,
}

impl AdsServer {
    /// The API for this client's tokens; `None` if nobody may be asked, since a token of another server's is none of Google's business.
    pub fn api(&self, client: &Client, http: Http) -> Option<Api> {
        let api = match (&self.base, &client.endpoints.not_google) {
            (None, Some(_)) => return None,
            (None, None) => Api::new(http),
            (Some(base), _) => Api::new(http).at(base.clone()),
        };
        let api = match self.version {
            Some(version) => api.in_version(version),
            None => api,
        };
        Some(match &self.developer_token {
            Some(token) => api.with_developer_token(token.clone()),
            None => api,
        })
    }
}

/// Goes through the grades and tells each. Dropping the future ends it.
pub async fn check(
    client: &Client,
    token: &Secret,
    http: impl Future<Output = Result<Http, HttpSetupError>>,
    server: &AdsServer,
    mut tell: impl FnMut(Checked),
) {
    let Ok(http) = http.await else {
        let host = client.endpoints.token.host_str().unwrap_or_default().to_owned();
        let error = ExchangeError::Unreachable { host, proxy: None, why: Unreachable::Other };
        return tell(Checked::Refreshed(Err(error)));
    };
    let access = match refresh(&http, client, token).await {
        Ok(refreshed) => {
            tell(Checked::Refreshed(Ok(refreshed.replacement)));
            refreshed.access_token
        }
        Err(error) => return tell(Checked::Refreshed(Err(error))),
    };
    let Some(api) = server.api(client, http) else { return tell(Checked::NobodyToAsk) };
    let roots = match api.accessible(&access).await {
        Ok(roots) => roots,
        Err(error) => return tell(Checked::Accessible(Err(error))),
    };
    tell(Checked::Accessible(Ok(Arc::new(Accounts::of(&roots)))));
    if roots.is_empty() {
        return;
    }
    let accounts = api.account_tree(&access, &roots, |known| tell(Checked::Counted(known))).await;
    let to_read = accounts.to_read();
    let tree = Arc::new(accounts.tree());
    tell(Checked::Found { accounts: Arc::new(accounts), tree });
    if let Some((account, login)) = to_read {
        tell(Checked::Read(api.read(&access, account, login).await));
    }
}
