//! Decides what each request gets and what the attempt learns from it. It is pure: it knows no socket and no clock.
//! It never lets a request that lacks this attempt's `state` change anything but a count of wrong start codes.

use super::pages::{self, Reply};
use super::request::{Head, Received, TooLong};
use super::{Incoming, Page};
use crate::oauth::callback::{Answer, Gate, Ignored, NotAnswer, is_same, judge_query};
use crate::oauth::secret::Secret;

/// A start code has 30 random bits: with so few guesses the chance to hit one is 1 in 50 million.
const MOST_WRONG_CODES: u32 = 20;

/// What a request gets.
#[derive(Debug)]
pub enum Treatment<'gate> {
    /// An answer at once.
    Reply(Reply<'gate>, Option<Incoming>),
    /// The outcome, when it is known.
    Hold(Option<Incoming>),
}

impl Treatment<'_> {
    fn ignore(reply: Reply, why: Ignored) -> Treatment {
        Treatment::Reply(reply, Some(Incoming::Ignored(why)))
    }
}

/// What is known of one attempt at the port.
#[derive(Debug)]
pub struct Reception {
    /// What `Host` must be: another one is a page that had its name rebound to loopback.
    authority: String,
    own_request: Option<OwnRequest>,
    gate: Option<Gate>,
    wrong_codes: u32,
    browser_start_used: bool,
    /// The query of the callback that was taken, to know it again.
    taken: Option<Secret>,
    page: Option<Page>,
}

/// The request of the self-test.
#[derive(Debug)]
struct OwnRequest {
    path: String,
    arrived: bool,
}

impl Reception {
    /// Nothing is open yet. `authority` is the `HOST:PORT` that was bound.
    pub fn new(authority: String) -> Self {
        Self {
            authority,
            own_request: None,
            gate: None,
            wrong_codes: 0,
            browser_start_used: false,
            taken: None,
            page: None,
        }
    }

    /// Judges by this gate from now on.
    pub fn open(&mut self, gate: Gate) {
        self.gate = Some(gate);
    }

    /// Serves this page from now on.
    pub fn show(&mut self, page: Page) {
        self.page = Some(page);
    }

    /// Expects one request for this path, which is nobody else's concern.
    pub fn expect_own(&mut self, path: String) {
        self.own_request = Some(OwnRequest { path, arrived: false });
    }

    /// Whether it has come. It is not expected any longer.
    pub fn own_has_arrived(&mut self) -> bool {
        self.own_request.take().is_some_and(|own| own.arrived)
    }

    /// What a request gets, and what is told of it.
    pub fn judge(&mut self, received: &Received) -> Treatment<'_> {
        let unrelated = |reply| Treatment::ignore(reply, Ignored::Unrelated);
        match received {
            Received::Head(head) => self.judge_head(head),
            Received::Tls => Treatment::ignore(Reply::Silence, Ignored::Https),
            Received::TooLong(TooLong::Target) => unrelated(Reply::TargetTooLong),
            Received::TooLong(TooLong::Headers) => unrelated(Reply::HeadersTooLarge),
            Received::Garbage => unrelated(Reply::BadRequest),
        }
    }

    fn judge_head(&mut self, head: &Head) -> Treatment<'_> {
        let target = head.target.expose();
        let is_for_us = head.host.as_ref().is_some_and(|host| host.eq_ignore_ascii_case(&self.authority));
        let refused = if !head.is_get {
            Reply::NotGet
        } else if !target.starts_with('/') || !is_for_us {
            Reply::BadRequest
        } else if head.is_prefetch {
            Reply::NotYet
        } else {
            return match target.split_once('?') {
                Some((path, query)) => self.judge_query(path, query),
                None => self.judge_path(target),
            };
        };
        Treatment::ignore(refused, Ignored::Unrelated)
    }

    /// Only a callback has a query.
    fn judge_query(&mut self, path: &str, query: &str) -> Treatment<'_> {
        let Some(gate) = self.gate.as_ref().filter(|gate| path == gate.redirect.path()) else {
            return Treatment::ignore(Reply::NotFound, Ignored::Unrelated);
        };
        match judge_query(query, gate) {
            Ok(answer) => self.take(answer, query),
            Err(NotAnswer::OtherState | NotAnswer::CodeWithoutState) => {
                Treatment::ignore(Reply::OlderLink, Ignored::OtherState)
            }
            Err(NotAnswer::ErrorWithoutState(error)) => {
                Treatment::ignore(Reply::OlderLink, Ignored::ErrorWithoutState(error))
            }
            Err(NotAnswer::Malformed) => Treatment::ignore(Reply::BadRequest, Ignored::Unrelated),
            Err(NotAnswer::NoParameters) => Treatment::ignore(Reply::NotFound, Ignored::Unrelated),
        }
    }

    /// Takes the first callback. Browsers send twice and people reload, so the same one again shares its fate.
    fn take(&mut self, answer: Answer, query: &str) -> Treatment<'_> {
        let is_known = self.taken.as_ref().is_none_or(|taken| is_same(query, taken));
        match self.page {
            None if self.taken.is_none() => {
                self.taken = Some(Secret::new(query.to_owned()));
                Treatment::Hold(Some(Incoming::Callback(answer)))
            }
            None if is_known => Treatment::Hold(None),
            Some(Page::StillWorking) if is_known => Treatment::Reply(Reply::SeePage(Page::StillWorking), None),
            None | Some(Page::StillWorking | Page::Ok | Page::Incomplete | Page::Failed | Page::Denied) => {
                Treatment::ignore(Reply::AlreadyReceived, Ignored::Unrelated)
            }
        }
    }

    fn judge_path(&mut self, path: &str) -> Treatment<'_> {
        if let Some(own) = self.own_request.as_mut().filter(|own| own.path == path) {
            own.arrived = true;
            return Treatment::Reply(Reply::NotFound, None);
        }
        if self.gate.is_some()
            && let Some(code) = path.strip_prefix("/s/")
        {
            return self.start(code);
        }
        match self.page {
            Some(page) if path == pages::path(page) => Treatment::Reply(Reply::Page(page), None),
            // The outcome is here: the waiting page, which asks again and again, leads on to it.
            Some(page) if path == pages::path(Page::StillWorking) => Treatment::Reply(Reply::SeePage(page), None),
            Some(_) | None => Treatment::ignore(Reply::NotFound, Ignored::Unrelated),
        }
    }

    fn start(&mut self, code: &str) -> Treatment<'_> {
        let gate = self.gate.as_ref().expect("start links lead somewhere only when there is a gate");
        let (is_typed, is_browsers) = (is_same(code, &gate.typed_start), is_same(code, &gate.browser_start));
        if self.wrong_codes >= MOST_WRONG_CODES || !(is_typed || is_browsers) {
            self.wrong_codes = self.wrong_codes.saturating_add(1);
            return Treatment::ignore(Reply::NotFound, Ignored::WrongStartCode);
        }
        if self.taken.is_some() || self.page.is_some() {
            return Treatment::ignore(Reply::AlreadyReceived, Ignored::Unrelated);
        }
        if is_browsers && std::mem::replace(&mut self.browser_start_used, true) {
            return Treatment::ignore(Reply::LinkUsed, Ignored::Unrelated);
        }
        Treatment::Reply(Reply::SeeConsent(&gate.consent), Some(Incoming::Started))
    }
}

#[cfg(test)]
mod tests;
