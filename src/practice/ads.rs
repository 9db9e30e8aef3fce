//! The practice Ads API: listing the accounts and reading them. It knows no account that exists anywhere else, and shares
//! nothing with what asks it but the names of the errors.

use http::request::Parts;
use http::{Method, header};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::accounts::{Listed, MANAGER, accessible_by, listed, reaches};
use super::fault::AdsFault;
use super::ledger::{Holder, Ledger};
use super::reply::Reply;
use crate::ads::AdsCode;
use crate::oauth::grant::ADWORDS_SCOPE;

/// The one version that is spoken.
const VERSION: u16 = 26;
/// How many rows one element of a stream has.
const BATCH: usize = 1000;

/// An error answer (`google.rpc.Status`).
struct Refused {
    status: u16,
    name: &'static str,
    message: String,
    details: Value,
}

impl Refused {
    fn plain(status: u16, name: &'static str, message: &str) -> Self {
        Self { status, name, message: message.to_owned(), details: json!([]) }
    }

    /// An error of the Ads API itself.
    fn ads(status: u16, category: &str, code: &str, message: &str) -> Self {
        let name = match status {
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            429 => "RESOURCE_EXHAUSTED",
            _ => "INVALID_ARGUMENT",
        };
        let details = json!([{
            "@type": format!("type.googleapis.com/google.ads.googleads.v{VERSION}.errors.GoogleAdsFailure"),
            "errors": [{ "errorCode": { category: code }, "message": format!("Practice: {message}.") }],
            "requestId": "practice",
        }]);
        Self { status, name, message: "Practice: the request is refused.".to_owned(), details }
    }

    fn code(code: AdsCode) -> Self {
        let status = match code.category() {
            "authenticationError" => 401,
            "authorizationError" => 403,
            _ => 400,
        };
        Self::ads(status, code.category(), code.name(), code.meaning())
    }

    /// An error of Google's front end, with a reason (`google.rpc.ErrorInfo`).
    fn reason(reason: &str, message: &str, more: &Value) -> Self {
        let info = json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": reason,
            "domain": "googleapis.com",
            "metadata": { "service": "googleads.googleapis.com" },
        });
        Self { details: json!([info, more]), ..Self::plain(403, "PERMISSION_DENIED", message) }
    }

    fn scope_insufficient() -> Self {
        let message = "Practice: the token does not have the scope.";
        Self::reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT", message, &json!({}))
    }

    fn unsupported_version() -> Self {
        Self::ads(400, "requestError", "UNSUPPORTED_VERSION", "the version is not supported any more")
    }

    /// Streams have their error in an array.
    fn reply(self, in_array: bool) -> Reply {
        let Self { status, name, message, details } = self;
        let error = json!({ "error": { "code": status, "message": message, "status": name, "details": details } });
        Reply::Json(status, if in_array { json!([error]) } else { error })
    }
}

/// Answers a request to the API.
pub(super) fn answer(head: &Parts, body: &str, fault: Option<AdsFault>, ledger: &Ledger, now: Instant) -> Reply {
    let mut path = head.uri.path().trim_start_matches('/').splitn(2, '/');
    let version = path.next().and_then(|part| part.strip_prefix('v')?.parse::<u16>().ok());
    let method = path.next().unwrap_or_default();
    let spoken = if fault == Some(AdsFault::NextVersion) { VERSION + 1 } else { VERSION };
    match version {
        Some(version) if version == spoken => {}
        Some(version) if version < spoken => return Refused::unsupported_version().reply(false),
        Some(_) | None => return not_found(),
    }
    let bearer = text(head, header::AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    let holder = match bearer.and_then(|token| ledger.access(token, now)) {
        Some((holder, _)) if fault != Some(AdsFault::Unauthenticated) => holder,
        Some(_) | None => {
            return Refused::plain(401, "UNAUTHENTICATED", "Practice: the access token is not valid.").reply(false);
        }
    };
    if let Some(reply) = fault.and_then(misbehave) {
        return reply;
    }
    let allowed = admitted(head, holder, fault);
    match (&head.method, method, method.strip_prefix("customers/").and_then(|rest| rest.split_once('/'))) {
        (&Method::GET, "customers:listAccessibleCustomers", _) => {
            let listed = allowed.map(|()| list(holder, fault));
            listed.unwrap_or_else(|refused| refused.reply(false))
        }
        (&Method::POST, _, Some((id, "googleAds:searchStream"))) => {
            let read = allowed.and_then(|()| search(head, id, body, holder, fault));
            read.unwrap_or_else(|refused| refused.reply(true))
        }
        (_, _, _) => not_found(),
    }
}

/// What goes wrong whoever asks for whatever.
fn misbehave(fault: AdsFault) -> Option<Reply> {
    let refused = |refused: Refused| Some(refused.reply(false));
    match fault {
        AdsFault::ServiceDisabled => {
            let link =
                "https://console.developers.google.com/apis/api/googleads.googleapis.com/overview?project=100000000001";
            let help = json!({
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [{ "description": "Google developers console API activation", "url": link }],
            });
            refused(Refused::reason("SERVICE_DISABLED", "Practice: the API is not enabled.", &help))
        }
        AdsFault::ScopeInsufficient => refused(Refused::scope_insufficient()),
        AdsFault::RateLimited => {
            refused(Refused::ads(429, "quotaError", "RESOURCE_EXHAUSTED", "the operations are used up"))
        }
        AdsFault::UnknownError => {
            refused(Refused::ads(403, "authorizationError", "PRACTICE_MAKES_PERFECT", "nobody knows this error"))
        }
        AdsFault::ServerError => Some(Reply::Page(503, "<p>Practice: the server is in trouble.</p>".to_owned())),
        AdsFault::NotJson => Some(Reply::Page(200, super::token::PORTAL_PAGE.to_owned())),
        AdsFault::Redirected => Some(Reply::Redirect("https://portal.practice.example/login".to_owned())),
        AdsFault::Interrupted => Some(Reply::HangUp),
        AdsFault::Slow => Some(Reply::Silence),
        // An account cannot be refused before one is asked about.
        AdsFault::Refusal(code) if !refuses_accounts_only(code) => refused(Refused::code(code)),
        AdsFault::Refusal(_)
        | AdsFault::Unauthenticated
        | AdsFault::TestLevel
        | AdsFault::NoAccounts
        | AdsFault::Thousands
        | AdsFault::NextVersion => None,
    }
}

fn refuses_accounts_only(code: AdsCode) -> bool {
    code.category() == "authorizationError"
        || matches!(code, AdsCode::CustomerNotFound | AdsCode::ClientCustomerIdInvalid)
}

/// Whether this request may be made at all.
fn admitted(head: &Parts, holder: &Holder, fault: Option<AdsFault>) -> Result<(), Refused> {
    if !holder.scopes.iter().any(|scope| scope == ADWORDS_SCOPE) {
        return Err(Refused::scope_insufficient());
    }
    if text(head, "developer-token").is_some_and(str::is_empty) {
        return Err(Refused::code(AdsCode::DeveloperTokenMissing));
    }
    if accessible_by(holder.account).is_empty() && fault != Some(AdsFault::NoAccounts) {
        return Err(Refused::code(AdsCode::NotAdsUser));
    }
    Ok(())
}

fn list(holder: &Holder, fault: Option<AdsFault>) -> Reply {
    let accessible = if fault == Some(AdsFault::NoAccounts) { &[] } else { accessible_by(holder.account) };
    let names: Vec<_> = accessible.iter().map(|id| format!("customers/{id}")).collect();
    Reply::Json(200, if names.is_empty() { json!({}) } else { json!({ "resourceNames": names }) })
}

/// Reads an account, or those right below it.
fn search(head: &Parts, id: &str, body: &str, holder: &Holder, fault: Option<AdsFault>) -> Result<Reply, Refused> {
    if let Some(AdsFault::Refusal(code)) = fault {
        return Err(Refused::code(code));
    }
    let accounts = listed(fault == Some(AdsFault::Thousands));
    let id = id.parse().map_err(|_| Refused::code(AdsCode::ClientCustomerIdInvalid))?;
    let account = accounts.iter().find(|account| account.id == id);
    let account = account.ok_or(Refused::code(AdsCode::CustomerNotFound))?;
    let login = text(head, "login-customer-id").map_or(Some(id), |login| login.parse().ok());
    let login = login.filter(|login| accessible_by(holder.account).contains(login) && reaches(&accounts, *login, id));
    login.ok_or(Refused::code(AdsCode::UserPermissionDenied))?;
    if fault == Some(AdsFault::TestLevel) && !account.test {
        return Err(Refused::code(AdsCode::ProjectNotApproved));
    }
    if account.status != "ENABLED" {
        return Err(Refused::code(AdsCode::CustomerNotEnabled));
    }
    let query = serde_json::from_str::<Value>(body).ok();
    let query = query.as_ref().and_then(|body| body["query"].as_str()).unwrap_or_default();
    let rows = if query.ends_with("FROM customer LIMIT 1") {
        vec![json!({ "customer": { "resourceName": format!("customers/{id}"), "id": id.to_string() } })]
    } else if query.contains("FROM customer_client WHERE customer_client.level <= 1") {
        let near = accounts.iter().filter(|near| near.id == id || near.under == Some(id));
        near.map(|near| row(near, near.id != id)).collect()
    } else {
        return Err(Refused::ads(400, "queryError", "UNEXPECTED_INPUT", "the query is not one of the two"));
    };
    let batches = rows.chunks(BATCH).map(|rows| json!({ "results": rows, "requestId": "practice" }));
    Ok(Reply::Json(200, batches.collect()))
}

fn row(account: &Listed, below: bool) -> Value {
    json!({ "customerClient": {
        "resourceName": format!("customers/{MANAGER}/customerClients/{}", account.id),
        "id": account.id.to_string(),
        "level": u8::from(below).to_string(),
        "descriptiveName": account.name,
        "currencyCode": account.currency,
        "timeZone": account.time_zone,
        "manager": account.manager,
        "testAccount": account.test,
        "hidden": false,
        "status": account.status,
    }})
}

fn text<'a>(head: &'a Parts, name: &str) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}

/// As Google's front end answers for a version that never was: no JSON.
fn not_found() -> Reply {
    Reply::Page(404, "<p>This is the practice run of adsauth. There is no such method.</p>".to_owned())
}

#[cfg(test)]
mod tests;
