//! Signs in by loopauth and prints the refresh token.

use loopauth::{CliTokenClient, RequestScope};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which client file?")?;
    let client: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let of = |name: &str| client["installed"][name].as_str().map(str::to_owned).ok_or("no such field");
    let flow = CliTokenClient::builder()
        .client_id(of("client_id")?)
        .client_secret(of("client_secret")?)
        .auth_url(of("auth_uri")?.parse()?)
        .token_url(of("token_uri")?.parse()?)
        .add_scopes([RequestScope::from("https://www.googleapis.com/auth/adwords")])
        .open_browser(false)
        .on_url(|url| eprintln!("{url}"))
        .build();
    let tokens = flow.run_authorization_flow().await?;
    println!("{}", tokens.refresh_token().ok_or("no refresh token")?);
    Ok(())
}
