//! Signs in by yup-oauth2's installed flow and prints the refresh token.

use std::pin::Pin;

use yup_oauth2::authenticator_delegate::InstalledFlowDelegate;
use yup_oauth2::storage::{TokenInfo, TokenStorage, TokenStorageError};
use yup_oauth2::{InstalledFlowAuthenticator, InstalledFlowReturnMethod, read_application_secret};

/// Prints the refresh token where another program would keep it: nothing else hands it out.
struct Printed;

#[async_trait::async_trait]
impl TokenStorage for Printed {
    async fn set(&self, _: &[&str], token: TokenInfo) -> Result<(), TokenStorageError> {
        println!("{}", token.refresh_token.unwrap_or_default());
        Ok(())
    }

    async fn get(&self, _: &[&str]) -> Option<TokenInfo> {
        None
    }
}

struct Url;

impl InstalledFlowDelegate for Url {
    fn present_user_url<'a>(
        &'a self,
        url: &'a str,
        _: bool,
    ) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>> {
        Box::pin(async move {
            eprintln!("{url}");
            Ok(String::new())
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which client file?")?;
    let secret = read_application_secret(file).await?;
    let authenticator = InstalledFlowAuthenticator::builder(secret, InstalledFlowReturnMethod::HTTPRedirect)
        .flow_delegate(Box::new(Url))
        .with_storage(Box::new(Printed))
        .build()
        .await?;
    authenticator.token(&["https://www.googleapis.com/auth/adwords"]).await?;
    Ok(())
}
