//! The steps of one attempt, in order:
//!
//! 1. bind the redirect URI and keep that socket;
//! 2. ask ourselves through it, so that a firewall is found before the user is sent anywhere;
//! 3. compose the consent URL with a PKCE verifier and `state` of its own, and tell the links;
//! 4. wait for the callback or for a pasted answer, whichever comes first; everything else is counted and ignored;
//! 5. send the code once;
//! 6. tell the outcome, then the browser, and close the port.
//!
//! It never retries: a retry is a new attempt.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

use super::callback::{Answer, Gate, Ignored, PasteRefused, judge_pasted};
use super::client::Client;
use super::consent::{self, ConsentUrl, Wish};
use super::exchange::{CodeExchange, ExchangeError, exchange};
use super::grant::Grant;
use super::http::{Http, HttpSetupError};
use super::listener::{BindError, Incoming, Listener, Page, Pages, SelfTestFailed};
use super::redirect::{RedirectPlan, RedirectUri};
use super::secret::Secret;
use super::start_code;

/// How long the browser waits for the outcome before it is told to look at the terminal.
const HOLD: Duration = Duration::from_secs(10);
/// How long the outcome's page is served if nobody fetches it.
const LINGER: Duration = Duration::from_secs(3);

/// What one attempt is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Who asks.
    pub client: Arc<Client>,
    /// Where the answer may arrive.
    pub plan: RedirectPlan,
    /// What is asked for.
    pub wish: Wish,
}

/// The ways to the consent screen, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The consent URL.
    pub consent: ConsentUrl,
    /// `http://127.0.0.1:PORT/s/XXXXXX`, short enough to type.
    pub start: String,
    /// The same with a code that works once, for the browser's command line.
    pub browser: String,
    /// Where the answer will arrive.
    pub redirect: RedirectUri,
}

/// What is told while an attempt goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The listener works and the URL may be shown.
    Ready(Links),
    /// Something came in and changed nothing.
    Ignored(Ignored),
    /// A start link was used: some browser is on its way.
    Started,
    /// A pasted answer was not taken; the attempt goes on.
    PasteRefused(PasteRefused),
    /// The answer is in and the code is being exchanged.
    Exchanging,
    /// The attempt is over. The browser may still be fetching its page.
    Ended(Result<Grant, LoginError>),
}

/// Why an attempt ended without a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginError {
    /// Nobody can listen.
    Bind(BindError),
    /// The listener cannot be reached from this very machine.
    SelfTest(SelfTestFailed),
    /// There is no HTTP client to exchange a code with.
    Http(HttpSetupError),
    /// The server answered with this `error` and the right `state` (RFC 6749 section 4.1.2.1).
    Denied(String),
    /// The answer names another issuer (RFC 9207).
    WrongIssuer,
    /// The token endpoint gave no grant.
    Exchange(ExchangeError),
}

/// Goes through the steps. The browser ends on one of `pages`. `http` is awaited beside the listener; `pasted` brings what the user pasted.
/// Every step is told through `tell`; the future ends when the port is closed. Dropping it ends the attempt at once.
pub async fn login(
    attempt: Attempt,
    pages: &'static Pages,
    http: impl Future<Output = Result<Http, HttpSetupError>>,
    mut pasted: mpsc::Receiver<Secret>,
    tell: impl Fn(Progress),
) {
    let mut listener = match listen(&attempt.plan, pages).await {
        Ok(listener) => listener,
        Err(error) => return tell(Progress::Ended(Err(error))),
    };
    let redirect = listener.redirect().clone();
    let consent = consent::compose(&attempt.client, &redirect, &attempt.wish);
    let gate = Gate {
        redirect: redirect.clone(),
        state: consent.state,
        issuer: attempt.client.endpoints.issuer.clone(),
        consent: consent.url.clone(),
        typed_start: start_code(),
        browser_start: start_code(),
    };
    let start_link = |code: &Secret| format!("http://{}/s/{}", redirect.authority(), code.expose());
    let links = Links {
        consent: consent.url,
        start: start_link(&gate.typed_start),
        browser: start_link(&gate.browser_start),
        redirect: redirect.clone(),
    };
    listener.open(gate.clone());
    tell(Progress::Ready(links));
    // The links are shown before the HTTP client is built, which takes a core for a while.
    yield_now().await;

    let mut http = std::pin::pin!(http);
    let mut ready = None;
    let answered = loop {
        tokio::select! {
            built = &mut http, if ready.is_none() => match built {
                Ok(built) => ready = Some(built),
                Err(error) => break Err(LoginError::Http(error)),
            },
            incoming = listener.next() => match incoming {
                Incoming::Callback(answer) => break Ok((answer, Way::Callback)),
                Incoming::Ignored(why) => tell(Progress::Ignored(why)),
                Incoming::Started => tell(Progress::Started),
                Incoming::PageFetched(_) => {}
            },
            Some(text) = pasted.recv() => match judge_pasted(text.expose(), &gate) {
                Ok(answer) => break Ok((answer, Way::Pasted)),
                Err(why) => tell(Progress::PasteRefused(why)),
            },
        }
    };
    // Whoever holds the other end sees from this that the attempt has been answered.
    drop(pasted);
    let (outcome, way) = match answered {
        Ok((answer, way)) => {
            tell(Progress::Exchanging);
            let exchanged = async {
                let http = match ready {
                    Some(http) => http,
                    None => http.await.map_err(LoginError::Http)?,
                };
                redeem(&attempt, &redirect, consent.verifier, answer, &http).await
            };
            (serve_while(&mut listener, exchanged).await, way)
        }
        Err(error) => return tell(Progress::Ended(Err(error))),
    };
    let page = page_for(&outcome);
    tell(Progress::Ended(outcome));
    // The person who waits looks at the terminal as much as at the browser.
    yield_now().await;
    listener.answer(page);
    // Nobody is there to fetch the page of a pasted answer.
    if way == Way::Pasted {
        return;
    }
    let fetched = async { while listener.next().await != Incoming::PageFetched(page) {} };
    let _ = timeout(LINGER, fetched).await;
}

/// Which way the answer came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Callback,
    Pasted,
}

async fn listen(plan: &RedirectPlan, pages: &'static Pages) -> Result<Listener, LoginError> {
    let mut listener = Listener::bind(plan, pages).map_err(LoginError::Bind)?;
    listener.self_test().await.map_err(LoginError::SelfTest)?;
    Ok(listener)
}

async fn redeem(
    attempt: &Attempt,
    redirect: &RedirectUri,
    verifier: Secret,
    answer: Answer,
    http: &Http,
) -> Result<Grant, LoginError> {
    let code = match answer {
        Answer::Code(code) => code,
        Answer::Denied(error) => return Err(LoginError::Denied(error)),
        Answer::WrongIssuer => return Err(LoginError::WrongIssuer),
    };
    let request = CodeExchange {
        client: &attempt.client,
        code,
        verifier,
        redirect_uri: redirect.as_str(),
        scopes: &attempt.wish.scopes,
    };
    exchange(http, request).await.map_err(LoginError::Exchange)
}

/// Keeps answering the port while the exchange goes on; after [`HOLD`] the browser is told to look at the terminal.
async fn serve_while<T>(listener: &mut Listener, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut held_long_enough = std::pin::pin!(sleep(HOLD));
    let mut told = false;
    loop {
        tokio::select! {
            outcome = &mut work => return outcome,
            () = &mut held_long_enough, if !told => {
                told = true;
                listener.answer(Page::StillWorking);
            }
            _ = listener.next() => {}
        }
    }
}

fn page_for(outcome: &Result<Grant, LoginError>) -> Page {
    match outcome {
        Ok(_) => Page::Ok,
        Err(LoginError::Denied(_)) => Page::Denied,
        Err(LoginError::Exchange(ExchangeError::NoRefreshToken | ExchangeError::AdsScopeMissing)) => Page::Incomplete,
        Err(
            LoginError::Bind(_)
            | LoginError::SelfTest(_)
            | LoginError::Http(_)
            | LoginError::WrongIssuer
            | LoginError::Exchange(_),
        ) => Page::Failed,
    }
}
