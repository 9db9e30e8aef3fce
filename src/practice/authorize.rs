//! The authorization endpoint (RFC 6749 section 3.1) and its consent page. It never redirects anywhere but to the client's own
//! loopback address, and shows every error that it cannot deliver there on a page, as Google does.

use tokio::time::Instant;
use url::Url;

use super::Server;
use super::client::{ACCOUNTS, Account, PracticeClient};
use super::fault::Fault;
use super::ledger::{Consent, Ledger};
use super::pages::{Pages, Why};
use super::params::Params;
use super::reply::{Reply, filled};
use crate::oauth::scope;

/// A consent request that may be asked.
struct Asked {
    client: &'static PracticeClient,
    redirect_uri: String,
    state: Option<String>,
    challenge: String,
    scopes: Vec<String>,
    offline: bool,
    hint: Option<String>,
}

/// Why it may not.
struct Blocked {
    status: u16,
    error: &'static str,
    why: Why,
}

const MISMATCH: Blocked = Blocked { status: 400, error: "redirect_uri_mismatch", why: Why::RedirectUri };

impl Blocked {
    fn invalid_request(why: Why) -> Self {
        Self { status: 400, error: "invalid_request", why }
    }

    fn page(&self, pages: &Pages) -> Reply {
        let status = self.status.to_string();
        let values = [("why", (pages.why)(self.why)), ("status", status.as_str()), ("error", self.error)];
        Reply::Page(self.status, filled(pages.error, &values))
    }
}

impl Asked {
    fn read(query: &str) -> Result<Self, Blocked> {
        let params = Params::read(query);
        if params.repeated().is_some() {
            return Err(Blocked::invalid_request(Why::RepeatedParameter));
        }
        let client = params.get("client_id").and_then(PracticeClient::with_id).ok_or(Blocked {
            status: 401,
            error: "invalid_client",
            why: Why::UnknownClient,
        })?;
        let redirect_uri = params.get("redirect_uri").filter(|uri| client.may_use(uri)).ok_or(MISMATCH)?;
        if params.get("response_type") != Some("code") {
            return Err(Blocked::invalid_request(Why::ResponseType));
        }
        if params.get("code_challenge_method") != Some("S256") {
            return Err(Blocked::invalid_request(Why::ChallengeMethod));
        }
        let challenge = params.get("code_challenge").filter(|challenge| challenge.len() == 43);
        let challenge = challenge.ok_or(Blocked::invalid_request(Why::NoChallenge))?;
        let scopes: Vec<_> = params.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        if scopes.is_empty() {
            return Err(Blocked::invalid_request(Why::NoScope));
        }
        Ok(Self {
            client,
            redirect_uri: redirect_uri.to_owned(),
            state: params.get("state").map(str::to_owned),
            challenge: challenge.to_owned(),
            scopes,
            offline: params.get("access_type") == Some("offline"),
            hint: params.get("login_hint").map(str::to_owned),
        })
    }

    fn page(&self, query: &str, pages: &Pages) -> Reply {
        let hinted = self.hint.as_deref().and_then(Account::with_email).unwrap_or(&ACCOUNTS[0]);
        let row = |kind: &str, name: &str, value: &str, label: &str, checked: bool| {
            let template = format!(
                "<label><input type=\"{kind}\" name=\"{name}\" value=\"{{{{value}}}}\"{}> {{{{label}}}} <small>{{{{value}}}}</small></label>\n",
                if checked { " checked" } else { "" }
            );
            filled(&template, &[("label", label), ("value", value)])
        };
        let accounts: String = ACCOUNTS
            .iter()
            .map(|account| row("radio", "account", account.email, account.name, account == hinted))
            .collect();
        let scopes: String =
            self.scopes.iter().map(|asked| row("checkbox", "scope", asked, purpose(asked, pages), true)).collect();
        let page = pages.consent.replace("{{{accounts}}}", &accounts).replace("{{{scopes}}}", &scopes);
        let action = format!("?{query}");
        Reply::Page(200, filled(&page, &[("action", &action), ("project", "practice-project")]))
    }

    /// The client's address with the answer in its query (RFC 6749 section 4.1.2, RFC 9207 section 2).
    fn redirect(&self, state: Option<&str>, issuer: Option<&str>, answer: &[(&str, &str)]) -> Reply {
        let mut url = Url::parse(&self.redirect_uri).expect("only URLs may be used");
        let named = [("state", state), ("iss", issuer)];
        let named = named.into_iter().filter_map(|(name, value)| Some((name, value?)));
        url.query_pairs_mut().extend_pairs(named).extend_pairs(answer);
        Reply::Redirect(url.into())
    }
}

/// What a scope allows, in the words of the consent page.
fn purpose<'scope>(asked: &'scope str, pages: &Pages) -> &'scope str {
    let short = scope::short(asked);
    (pages.purpose)(short).unwrap_or(short)
}

/// The consent page for this query.
pub(super) fn show(query: &str, fault: Option<Fault>, pages: &Pages) -> Reply {
    match Asked::read(query) {
        Err(blocked) => blocked.page(pages),
        Ok(_) if fault == Some(Fault::BrowserError) => MISMATCH.page(pages),
        Ok(asked) => asked.page(query, pages),
    }
}

/// What follows from the pressed button. The issuer is the server's origin.
pub(super) fn decide(query: &str, form: &str, server: &Server, ledger: &mut Ledger) -> Reply {
    let Server { fault, pages, origin, .. } = server;
    let asked = match Asked::read(query) {
        Ok(asked) => asked,
        Err(blocked) => return blocked.page(pages),
    };
    let form = Params::read(form);
    let faulty = |wanted| *fault == Some(wanted);
    let issuer = if faulty(Fault::WrongIssuer) { "https://another-issuer.example" } else { origin };
    let denied = [("error", "access_denied")];
    let account = form.get("account").and_then(Account::with_email);
    match (form.get("decision"), account) {
        _ if faulty(Fault::BrowserError) => MISMATCH.page(pages),
        _ if faulty(Fault::ErrorWithoutState) => asked.redirect(None, None, &denied),
        _ if faulty(Fault::AccessDenied) => asked.redirect(asked.state.as_deref(), Some(issuer), &denied),
        (Some("deny"), _) => asked.redirect(asked.state.as_deref(), Some(issuer), &denied),
        (Some("allow"), Some(account)) => {
            // Google lets its users tick each permission, and may grant fewer than were asked for.
            let ticked = |scope: &&String| form.all("scope").any(|ticked| ticked == *scope);
            let scopes: Vec<String> = asked.scopes.iter().filter(ticked).cloned().collect();
            let scope = scopes.join(" ");
            let code = ledger.note_consent(Consent {
                client: asked.client,
                account,
                scopes,
                offline: asked.offline,
                redirect_uri: asked.redirect_uri.clone(),
                challenge: asked.challenge.clone(),
                given: Instant::now(),
            });
            asked.redirect(asked.state.as_deref(), Some(issuer), &[("code", &code), ("scope", &scope)])
        }
        (_, _) => Blocked::invalid_request(Why::NothingChosen).page(pages),
    }
}
