//! The token endpoint (RFC 6749 section 3.2) and tokeninfo. It never issues a token that does not begin with `practice-`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::client::PracticeClient;
use super::fault::Fault;
use super::ledger::{ACCESS_LIFE, Consent, Holder, Ledger};
use super::params::Params;
use super::reply::Reply;
use crate::oauth::scope;

pub(super) const PORTAL_PAGE: &str = include_str!("../../assets/practice/portal.html");

/// An error answer of RFC 6749 section 5.2.
struct Refused(&'static str, &'static str);

impl Refused {
    fn reply(self) -> Reply {
        let Self(error, description) = self;
        let status = if error == "invalid_client" { 401 } else { 400 };
        Reply::Json(status, json!({ "error": error, "error_description": description }))
    }
}

/// Answers a request to the token endpoint.
pub(super) fn answer(form: &str, fault: Option<Fault>, origin: &str, ledger: &mut Ledger, now: Instant) -> Reply {
    let params = Params::read(form);
    let answered = match params.get("grant_type") {
        _ if params.repeated().is_some() => Err(Refused("invalid_request", "A parameter stands more than once.")),
        Some("authorization_code") => {
            let mut redeemed = || redeem(&params, origin, ledger, now);
            match fault {
                Some(fault) => misbehave(fault, redeemed),
                None => redeemed().map(good),
            }
        }
        Some("refresh_token") => match fault {
            Some(Fault::RefreshDead) => Err(Refused("invalid_grant", "Practice: the token is expired or revoked.")),
            Some(Fault::SessionEnded) => Ok(session_ended()),
            Some(_) | None => refresh(&params, ledger, now).map(good),
        },
        Some(_) => Err(Refused("unsupported_grant_type", "The grant type is not known here.")),
        None => Err(Refused("invalid_request", "The grant type is missing.")),
    };
    answered.unwrap_or_else(Refused::reply)
}

fn good(answer: Value) -> Reply {
    Reply::Json(200, answer)
}

/// The answer to a code under this fault.
fn misbehave(fault: Fault, redeemed: impl FnOnce() -> Result<Value, Refused>) -> Result<Reply, Refused> {
    let with = |answer: Result<Value, Refused>, member: &str, value: Value| {
        answer.map(|mut answer| {
            answer[member] = value;
            good(answer)
        })
    };
    match fault {
        Fault::InvalidGrant => Err(Refused("invalid_grant", "Practice: the code is spent or expired.")),
        Fault::InvalidClient => Err(Refused("invalid_client", "Practice: the client secret is wrong.")),
        Fault::RedirectUriMismatch => Err(Refused("redirect_uri_mismatch", "Practice: the redirect URI differs.")),
        Fault::UnauthorizedClient => Err(Refused("unauthorized_client", "Practice: the client may not do this.")),
        Fault::OrgInternal => Err(Refused("org_internal", "Practice: the app is for its own organisation.")),
        Fault::AdminPolicyEnforced => {
            Err(Refused("admin_policy_enforced", "Practice: an administrator blocks the app."))
        }
        Fault::DeletedClient => Err(Refused("deleted_client", "Practice: the client was deleted.")),
        Fault::Redirected => Ok(Reply::Redirect("https://portal.practice.example/login".to_owned())),
        Fault::NotJson => Ok(Reply::Page(200, PORTAL_PAGE.to_owned())),
        Fault::ServerError => Ok(Reply::Page(503, "<p>Practice: the server is in trouble.</p>".to_owned())),
        Fault::Slow => Ok(Reply::Silence),
        Fault::Interrupted => Ok(Reply::HangUp),
        Fault::NoRefreshToken => with(redeemed(), "refresh_token", Value::Null),
        Fault::NoAdsScope => with(redeemed(), "scope", json!("openid")),
        Fault::DiesInAWeek => with(redeemed(), "refresh_token_expires_in", json!(604_799)),
        Fault::TimeLimited => with(redeemed(), "refresh_token_expires_in", json!(30 * 24 * 3600)),
        Fault::Malformed => with(redeemed(), "access_token", json!(42)),
        Fault::NotBearer => with(redeemed(), "token_type", json!("MAC")),
        Fault::TooLarge => with(redeemed(), "padding", json!("practice ".repeat(8 * 1024))),
        // The consent page has misbehaved already.
        Fault::BrowserError | Fault::AccessDenied | Fault::ErrorWithoutState | Fault::WrongIssuer => {
            redeemed().map(good)
        }
        // These come later.
        Fault::RefreshDead | Fault::SessionEnded | Fault::Ads(_) => redeemed().map(good),
    }
}

/// What Google answers when a Workspace session is over.
fn session_ended() -> Reply {
    let mut error = json!({ "error": "invalid_grant", "error_subtype": "invalid_rapt" });
    error["error_description"] = "Practice: the session is over.".into();
    Reply::Json(400, error)
}

/// The access token request of RFC 6749 section 4.1.3.
fn redeem(params: &Params, origin: &str, ledger: &mut Ledger, now: Instant) -> Result<Value, Refused> {
    let client = authenticated(params)?;
    let code = params.get("code").ok_or(Refused("invalid_request", "The code is missing."))?;
    let spent = Refused("invalid_grant", "The code is not known, spent or expired.");
    let Consent { client: owner, account, scopes, offline, redirect_uri, challenge, given: _ } =
        ledger.take_consent(code, now).ok_or(spent)?;
    if owner != client {
        return Err(Refused("invalid_grant", "The code belongs to another client."));
    }
    if params.get("redirect_uri") != Some(redirect_uri.as_str()) {
        return Err(Refused("redirect_uri_mismatch", "The redirect URI is not the one of the consent."));
    }
    if !params.get("code_verifier").is_some_and(|verifier| proves(verifier, &challenge)) {
        return Err(Refused("invalid_grant", "The code verifier does not fit the challenge."));
    }
    let holder = Holder { client, account, scopes };
    let mut answer = access_answer(&holder, ledger, now);
    if holder.scopes.iter().any(|scope| scope == "openid") {
        answer["id_token"] = id_token(&holder, origin).into();
    }
    if offline {
        answer["refresh_token"] = ledger.new_refresh_token(code, holder).into();
    }
    Ok(answer)
}

/// The refresh request of RFC 6749 section 6.
fn refresh(params: &Params, ledger: &mut Ledger, now: Instant) -> Result<Value, Refused> {
    let client = authenticated(params)?;
    let token = params.get("refresh_token").ok_or(Refused("invalid_request", "The refresh token is missing."))?;
    let holder = ledger.refresh(token).ok_or(Refused("invalid_grant", "The refresh token is expired or revoked."))?;
    if holder.client != client {
        return Err(Refused("unauthorized_client", "The refresh token belongs to another client."));
    }
    let holder = holder.clone();
    Ok(access_answer(&holder, ledger, now))
}

fn authenticated(params: &Params) -> Result<&'static PracticeClient, Refused> {
    let client = params.get("client_id").and_then(PracticeClient::with_id);
    let client = client.ok_or(Refused("invalid_client", "The client is not known."))?;
    match params.get("client_secret") {
        Some(secret) if secret == client.secret => Ok(client),
        Some(_) => Err(Refused("invalid_client", "The client secret is wrong.")),
        None => Err(Refused("invalid_request", "The client secret is missing.")),
    }
}

/// RFC 7636 section 4.6.
fn proves(verifier: &str, challenge: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned())).as_str()
            == challenge
}

fn access_answer(holder: &Holder, ledger: &mut Ledger, now: Instant) -> Value {
    json!({
        "access_token": ledger.new_access_token(holder.clone(), now),
        "token_type": "Bearer",
        "expires_in": ACCESS_LIFE.as_secs(),
        "scope": holder.scopes.join(" "),
    })
}

/// A token that names the account, with a signature that is none.
fn id_token(holder: &Holder, origin: &str) -> String {
    let mut claims = json!({ "iss": origin, "aud": holder.client.id, "sub": holder.account.email });
    if may_see_email(holder) {
        claims["email"] = holder.account.email.into();
    }
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.practice", part(json!({ "alg": "none" })), part(claims))
}

fn may_see_email(holder: &Holder) -> bool {
    holder.scopes.iter().any(|granted| scope::same("email", granted))
}

/// What is known of an access token, with numbers as text, as Google's tokeninfo has them.
pub(super) fn describe(query: &str, ledger: &Ledger, now: Instant) -> Reply {
    let params = Params::read(query);
    let Some((holder, left)) = params.get("access_token").and_then(|token| ledger.access(token, now)) else {
        return Refused("invalid_token", "The access token is not known or expired.").reply();
    };
    let mut description = json!({
        "azp": holder.client.id,
        "aud": holder.client.id,
        "scope": holder.scopes.join(" "),
        "expires_in": left.as_secs().to_string(),
        "access_type": "offline",
    });
    if may_see_email(holder) {
        description["email"] = holder.account.email.into();
        description["email_verified"] = "true".into();
    }
    Reply::Json(200, description)
}
