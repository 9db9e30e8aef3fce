//! English. The files below are this one's, each the words of one thing.

mod account;
mod ads;
mod files;
mod keys;
mod line;
mod options;
pub(super) mod problems;
pub(super) mod save;
mod sign_in;
mod targets;
mod usage;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Local};

use super::{Asked, ClientStep, Frame, Guide, Keys, Lang, Medium, Summary, Text, Times, TokenStep, Window};
use crate::oauth::client::Client;
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::listener::Pages;
use crate::oauth::redirect::{RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::ports::{BrowserError, Copied, Route};
use crate::wizard::client::GuidePage;
use crate::wizard::token::Card;
use crate::wizard::{News, Notice, Question, What};

pub static EN: Text = Text {
    lang: Lang::En,
    frame: Frame {
        client: "Client",
        sign_in: "Sign in",
        token: "Token",
        account: "Account",
        save: "Save",
        practice: "PRACTICE RUN",
        not_google: |host| format!("NOT GOOGLE: {host}"),
        make_larger: "Please make this window larger",
        sizes: |(columns, rows), (least_columns, least_rows)| {
            format!("It is {columns} x {rows}; {least_columns} x {least_rows} is enough.")
        },
        what_to_do: "What to do",
        page: "Page",
        place: |selected, all| format!("{selected} of {all}"),
        window: Window {
            client: "choose a client",
            preparing: "getting ready",
            waiting: "waiting for the browser",
            exchanging: "fetching the token",
            ended: "not signed in",
            token: "your token is here",
            account: "choose an account",
            save: "save the token",
            news: |news| match news {
                News::TokenArrived => "adsauth: your token is here",
                News::AttemptEnded => "adsauth: the sign-in has ended without a token",
            },
        },
    },
    keys: Keys {
        short: keys::short,
        long: keys::long,
        off: keys::reason,
        help_title: "Keys on this screen",
        help_more: "More below",
    },
    client: ClientStep {
        title: "Which client do you want to sign in with?",
        looking: "Looking for client files",
        nothing_fits: "No file fits this filter.",
        kind: files::kind,
        unusable: files::unusable,
        path: "File",
        project: "Project",
        client_id: "Client ID",
        saved: "Saved",
        redirect: "Answer to",
        console: "Console",
        redirect_of,
        others_can_read: |path| format!("Other users of this machine can read this file: chmod 600 {path}"),
        duplicate_of: |path| format!("The same client is in {path}, which comes first."),
        secret_in: |path| format!("An older file has it: {path}"),
        unknown: "not in the file",
        renews: |has_token| {
            if has_token {
                "there is one; signing in makes a new one for this file"
            } else {
                "none yet; signing in makes one for this file"
            }
        },
        kept_token: "Your token is kept: choose its client again to go back to it.",
        filter: "Filter",
        type_path: "Path of a client file",
        type_path_hint: "Type or paste it, or drag the file into this window.",
        type_client: "Client ID",
        type_client_hint: "Both stand on the client's page in the console. Google's own endpoints are used.",
        secret: "Client secret",
        typed_refused: "A client ID ends in .apps.googleusercontent.com, and a secret has no spaces.",
    },
    guide: Guide {
        title: "No client file found yet",
        intro: "You need an OAuth client of type Desktop app. Three pages of the console lead to one:",
        step: guide_step,
        keeps_looking: "Download the JSON file. It turns up here by itself.",
        practice: "Only curious? d starts a practice run that needs no Google account.",
    },
    sign_in: sign_in::SIGN_IN,
    dialogs: sign_in::DIALOGS,
    token: TokenStep {
        title: "You have a refresh token for the Google Ads API",
        account: "Account",
        account_unknown: "not told: only the email scope tells it",
        scopes: "Scopes",
        ads: "Google Ads",
        lifetime: "Lifetime",
        no_expiry: "no expiry reported",
        client: "Client",
        token: "Token",
        characters: |count| format!("{count} characters"),
        revealed: "The token, for your eyes only. v hides it.",
        copied: "Copied",
        not_copied: "Not copied yet: c copies it.",
        missing: "Not granted",
        warning,
        copy_route: |copied| copy_notice("The token", copied),
    },
    account: account::ACCOUNT,
    save: save::SAVE,
    times: Times { date, age },
    summary: Summary { token: summary, no_token: "No token was made." },
    line: line::LINE,
    options: options::OPTIONS,
    pages: &Pages::EN,
    notice,
    problem: problems::problem,
    question,
};

fn redirect_of(client: &Client, added: Option<&RedirectUri>) -> String {
    match RedirectPlan::of(client, None, added) {
        Ok(RedirectPlan::Desktop { .. }) => "http://127.0.0.1 at a free port".to_owned(),
        Ok(RedirectPlan::Registered(uris)) => match uris.as_slice() {
            [] => String::new(),
            [only] => only.as_str().to_owned(),
            [first, others @ ..] => format!("{}, or {} more", first.as_str(), others.len()),
        },
        Err(_) => "none on this machine yet; the next screen helps".to_owned(),
    }
}

fn guide_step(page: GuidePage) -> &'static str {
    match page {
        GuidePage::Library => "Enable the Google Ads API",
        GuidePage::Audience => "Choose who may use the app",
        GuidePage::Clients => "Create the client and download it",
        GuidePage::Guide => "Google's own guide to all this",
    }
}

fn date(time: SystemTime) -> String {
    DateTime::<Local>::from(time).format("%a %-d %b %Y").to_string()
}

fn age(age: Duration) -> String {
    let count = |count: u64, one: &str, many: &str| match count {
        1 => format!("1 {one} ago"),
        count => format!("{count} {many} ago"),
    };
    match age.as_secs() / 60 {
        0 => "just now".to_owned(),
        minutes @ 1..60 => count(minutes, "minute", "minutes"),
        minutes @ 60..1440 => count(minutes / 60, "hour", "hours"),
        minutes => match minutes / 1440 {
            days @ 0..60 => count(days, "day", "days"),
            days @ 60..730 => count(days / 30, "month", "months"),
            days => count(days / 365, "year", "years"),
        },
    }
}

fn warning(warning: Warning, grant: &Grant, medium: Medium) -> String {
    match warning {
        Warning::DiesInTesting(dies) => {
            format!("dies on {}, because the app is in Testing: publish it, then sign in again", date(dies))
        }
        Warning::TimeLimited(dies) => format!("dies on {}, because access was granted for a time", date(dies)),
        Warning::ScopesMissing => {
            let missing: Vec<_> = grant.missing_scopes.iter().map(|missing| scope::short(missing)).collect();
            let missing = missing.join(", ");
            match medium {
                Medium::Screen => format!("{missing} not granted: x signs in again, and the boxes must be ticked"),
                Medium::Lines => format!("{missing} not granted: sign in again and tick the boxes"),
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------- notices and summary

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Off(why) => keys::reason(*why).to_owned(),
        Notice::Copied(What::Token, copied) => copy_notice("The token", copied),
        Notice::Copied(What::ConsentUrl, copied) => copy_notice("The address", copied),
        Notice::Copied(What::Page, copied) => copy_notice("The link", copied),
        Notice::Copied(What::Tunnel, copied) => copy_notice("The command", copied),
        Notice::UrlWritten(path) => {
            format!("Until this sign-in ends, the address is in {}", super::shown(path))
        }
        Notice::UrlNotWritten => "No file could be written here. c copies the address.".to_owned(),
        Notice::Copied(What::Lines, copied) => copy_notice("The snippet", copied),
        Notice::PageOpened => "Your browser has been asked to open the page.".to_owned(),
        Notice::NotOpened(error) => match error {
            BrowserError::NoBrowserHere => "There is no browser here. c copies the link.".to_owned(),
            BrowserError::Failed(program) => format!("{program} could not be started. c copies the link."),
        },
        Notice::CannotSuspend => "There is no shell to go back to, so Ctrl-Z does nothing.".to_owned(),
    }
}

fn copy_notice(what: &str, copied: &Copied) -> String {
    match copied {
        Copied::Confirmed(Route::HelperX11 | Route::HelperWayland | Route::Helper) => {
            format!("{what} is on the clipboard. A small helper keeps it there after you quit.")
        }
        Copied::Handed(Route::HelperX11 | Route::HelperWayland | Route::Helper) => {
            format!("{what} was given to a small helper, which keeps it on the clipboard. Paste it once to be sure.")
        }
        Copied::Confirmed(Route::Tmux) => {
            format!("{what} is in tmux's buffer adsauth, and tmux has told the terminal.")
        }
        Copied::Handed(Route::Tmux) => format!("{what} was given to tmux. Paste it once to be sure."),
        Copied::Confirmed(Route::TmuxAndDisplay) => {
            format!("{what} is on the clipboard and in tmux's buffer adsauth.")
        }
        Copied::Handed(Route::TmuxAndDisplay) => {
            format!("{what} was given to tmux and to the clipboard. Paste it once to be sure.")
        }
        Copied::Confirmed(Route::Program(program)) => format!("{what} is on the clipboard, by {program}."),
        Copied::Handed(Route::Program(program)) => {
            format!("{what} was given to {program}, which reported no error.")
        }
        Copied::Confirmed(Route::Command) | Copied::Handed(Route::Command) => {
            format!("{what} was given to your --copy-command, which reported no error.")
        }
        Copied::AskTerminal => {
            format!("{what} was sent to your terminal, which cannot confirm it: paste it once before you quit.")
        }
        Copied::CommandFailed => "Your --copy-command failed. Nothing was copied.".to_owned(),
    }
}

fn summary(card: &Card) -> Vec<String> {
    let mut lines = Vec::new();
    match &card.copied {
        Some(copied) => lines.push(copy_notice("The refresh token", copied)),
        None if card.was_revealed => lines.push("The refresh token was shown and not copied.".to_owned()),
        None if !card.saved_to.is_empty() => {}
        None => lines.push("The refresh token was neither copied nor shown, and is gone.".to_owned()),
    }
    let grant = &card.grant;
    lines.extend(grant.warnings().into_iter().map(|known| match known {
        Warning::DiesInTesting(_) | Warning::TimeLimited(_) => format!("It {}.", warning(known, grant, Medium::Lines)),
        Warning::ScopesMissing => format!("Note: {}.", warning(known, grant, Medium::Lines)),
    }));
    card.saved_to.iter().for_each(|saved| save::summary(saved, &mut lines));
    lines
}

fn question(question: Question, live: bool) -> Asked {
    let (title, consequence) = match (question, live) {
        (Question::Quit, true) => (
            "Quit without the token?",
            "It was neither copied, shown nor saved. If you quit now, you must sign in again.",
        ),
        (Question::Quit, false) => ("Quit adsauth?", "No token has been made that could be lost."),
        (Question::DropToken, _) => {
            ("Sign in as someone else?", "The token was neither copied, shown nor saved. A new one takes its place.")
        }
    };
    Asked { title, consequence }
}
