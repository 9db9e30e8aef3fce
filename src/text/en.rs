//! English. The files below are this one's, each the words of one thing.

mod account;
mod ads;
mod files;
mod keys;
mod line;
mod options;
pub(super) mod problems;
pub(super) mod save;
mod targets;
mod usage;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Local};

use super::{
    Asked, ClientStep, Dialogs, Frame, Guide, Keys, Lang, Medium, PageWords, SignInStep, Summary, Text, Times,
    TokenStep, Window,
};
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::listener::Pages;
use crate::oauth::redirect::{BadRedirectUri, RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::ports::{BrowserError, Copied, Route};
use crate::wizard::client::GuidePage;
use crate::wizard::sign_in::{BrowserPage, Opened};
use crate::wizard::token::Card;
use crate::wizard::{BrowserAt, News, Notice, Question, What};

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
    sign_in: SignInStep {
        preparing: "Getting ready for the answer",
        waiting: "Waiting for your browser",
        left,
        no_limit: "no time limit",
        paused: |duration| format!("{}, paused", left(duration)),
        exchanging: "Your browser is back. Fetching the token",
        exchanging_hint: "This takes a moment. The code works only once, so please wait.",
        browser: opened,
        url_too_long: "The address is longer than this window. c copies it whole.",
        start_link: "Short link",
        start_link_hint: "leads to the same page",
        elsewhere,
        goes_wrong: "Use a private window and the account that can open Google Ads.",
        goes_wrong_more: [
            "A private window keeps the account that is signed in by chance out of it.",
            "Google asks for a passkey here. A new one may have to wait seven days: g.co/passkeys.",
            "An app in Testing lets in its test users only, and its tokens die after seven days.",
        ],
        ignored: |count| match count {
            1 => "1 other request came in and was ignored.".to_owned(),
            count => format!("{count} other requests came in and were ignored."),
        },
        reported: |error| format!("Something reported {error}. If that was you, r starts again."),
        https: "Your browser tried https at this port. Open the address with http, as it is shown.",
        answers_at: "Answer to",
        asks_for: "Asks for",
        account_hint: "Account",
        account_any: "you choose it in the browser",
        client: "Client",
        client_of,
        no_redirect_line: "Add this line under Authorized redirect URIs, save, then press Enter:",
        suggested_redirect: "http://127.0.0.1:8080/",
        signed: "You have signed in, and the token is kept",
        signed_hint: "Enter goes back to it. x signs in as someone else.",
        file: "Also in",
        bare: ["The address of Google's page, on one line:", "Enter comes back."],
    },
    dialogs: Dialogs {
        paste: "Paste the address that your browser ended on",
        paste_hint: "\"This site can't be reached\" is expected there: what counts is in the address.",
        hint: "Which account should Google offer?",
        hint_hint: "An e-mail address. Leave it empty to choose in the browser.",
        scopes: "Which scopes besides Google Ads?",
        scopes_hint: "Short names with spaces between, such as: email analytics.readonly",
        scopes_refused: "One of these cannot be a scope.",
        redirect: "Which redirect URI have you added in the console?",
        redirect_hint: "Exactly as it stands there: every character counts, the last slash too.",
        redirect_refused,
        browser_errors: "What does the page in your browser say?",
        browser_error,
        more: "About this sign-in",
    },
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

fn left(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 61.. => format!("{} min left", seconds / 60),
        seconds => format!("{seconds} s left"),
    }
}

fn opened(opened: &Opened, browser_here: bool) -> String {
    match opened {
        Opened::NotYet if browser_here => {
            "Press Enter to open Google's page, or open this address yourself:".to_owned()
        }
        Opened::NotYet => "Open this address in a browser:".to_owned(),
        Opened::Asked => "Your browser has been asked to open Google's page. If it did not:".to_owned(),
        Opened::Arrived => "Your browser is on its way to Google's page. To open it elsewhere:".to_owned(),
        Opened::Failed(BrowserError::Failed(program)) => {
            format!("{program} could not be started. Open this address yourself:")
        }
        Opened::Failed(BrowserError::NoBrowserHere) => {
            "There is no browser here. Open this address where there is one:".to_owned()
        }
    }
}

fn elsewhere(place: &BrowserAt) -> Option<String> {
    let words = match place {
        BrowserAt::Here => return None,
        BrowserAt::Ssh { .. } => {
            "Your browser is on another machine. Paste the answer with p, or run this there, with the name by which you logged in:"
        }
        BrowserAt::Windows => "Your browser runs in Windows. If it cannot come back to WSL, paste the answer with p.",
        BrowserAt::OutsideContainer => {
            "Your browser is outside of this container and cannot come back. Paste the answer with p, or start the container with --network host."
        }
        BrowserAt::Forwarded => "Your editor passes this port on. If it does not, paste the answer with p.",
    };
    Some(words.to_owned())
}

fn client_of(client: &Client) -> String {
    let kind = match client.kind {
        ClientKind::Desktop => "Desktop",
        ClientKind::Web => "Web",
    };
    match &client.project {
        Some(project) => format!("{kind} client of {project}"),
        None => format!("{kind} client {}", client.id),
    }
}

fn redirect_refused(why: BadRedirectUri) -> &'static str {
    match why {
        BadRedirectUri::NotUrl => "This is not a URL.",
        BadRedirectUri::NotHttp => "It must begin with http://, since this machine answers it.",
        BadRedirectUri::NotLoopback => {
            "Its host must be 127.0.0.1, [::1] or localhost: the answer stays on this machine."
        }
        BadRedirectUri::Extra => "It may hold no user name, no ? and no #.",
    }
}

fn browser_error(page: BrowserPage) -> PageWords {
    let (on_page, means, remedy) = match page {
        BrowserPage::RedirectUriMismatch => (
            "Error 400: redirect_uri_mismatch",
            "The Web client does not list the address that the answer would go to.",
            "Add the redirect URI in the console, character for character, and wait a minute. Or use a client of type Desktop app.",
        ),
        BrowserPage::NotATestUser => (
            "Error 403: access_denied, has not completed the Google verification process",
            "The app is in Testing, and this account is not one of its test users.",
            "Add the account under Test users, or publish the app. Publishing also ends the seven-day tokens.",
        ),
        BrowserPage::Unverified => (
            "Google hasn't verified this app",
            "This is normal for an app of your own: Google has not reviewed it.",
            "If the app is yours: Advanced, then Go to the app (unsafe).",
        ),
        BrowserPage::Passkey => (
            "Use your passkey",
            "Since August 2026 Google asks for a passkey when a token for Google Ads is made.",
            "Create one at g.co/passkeys. A new one may have to wait seven days. Tokens that exist go on working.",
        ),
        BrowserPage::CannotConnect => (
            "This site can't be reached, 127.0.0.1 refused to connect",
            "Your browser is on another machine, or its proxy keeps 127.0.0.1 for itself.",
            "The answer is in the browser's address line: copy it, close this with Esc, press p and paste it.",
        ),
        BrowserPage::OrgInternal => (
            "Error 403: org_internal",
            "The app is for members of its own organization only.",
            "Sign in with an account of that organization, or make the app External.",
        ),
        BrowserPage::AdminPolicy => (
            "Error 400: admin_policy_enforced",
            "The administrator of this Google Workspace does not allow it.",
            "Ask the administrator to trust this client ID for the Google Ads API.",
        ),
        BrowserPage::DeletedClient => (
            "Error 401: deleted_client",
            "The client was deleted in the console. Google also deletes clients that nobody uses.",
            "Restore it within 30 days, or create a new one and download its file.",
        ),
        BrowserPage::InvalidClient => (
            "Error 401: invalid_client, the OAuth client was not found",
            "There is no client with this ID.",
            "Compare the ID with the console, or download the file again.",
        ),
        BrowserPage::AppBlocked => (
            "This app is blocked",
            "Google does not let this app ask for Google Ads: it is shared by many people, or not verified.",
            "Use a client of your own project.",
        ),
        BrowserPage::InvalidRequest => (
            "Error 400: invalid_request",
            "Google does not accept the address as it arrived, often because it was cut when it was copied.",
            "Copy it with c, or open the short link. If it stays so, use a client of type Desktop app.",
        ),
    };
    PageWords { on_page, means, remedy }
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
            format!("Until this sign-in ends, the address is in {}", path.display())
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
