//! English.

mod line;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Local};

use super::{
    Asked, ClientStep, Dialogs, Frame, Guide, Keys, PageWords, SignInStep, Summary, Text, Times, TokenStep, Words,
    browser_failed,
};
use crate::oauth::callback::PasteRefused;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::client_file::{FileType, Kind, Unreadable, Unusable};
use crate::oauth::exchange::{ExchangeError, Refusal, RefusalCode, TlsTrouble, Unreachable};
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::http::HttpSetupError;
use crate::oauth::listener::BindError;
use crate::oauth::login::LoginError;
use crate::oauth::redirect::{BadRedirectUri, RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::ports::{BrowserError, Copied, Route};
use crate::problem::Problem;
use crate::wizard::client::GuidePage;
use crate::wizard::keys::{Action, Reason};
use crate::wizard::sign_in::{BrowserPage, Opened};
use crate::wizard::token::Card;
use crate::wizard::{BrowserAt, Notice, Question, What};

pub static EN: Text = Text {
    frame: Frame {
        client: "Client",
        sign_in: "Sign in",
        token: "Token",
        practice: "PRACTICE RUN",
        not_google: |host| format!("NOT GOOGLE: {host}"),
        make_larger: "Please make this window larger",
        sizes: |(columns, rows), (least_columns, least_rows)| {
            format!("It is {columns} x {rows}; {least_columns} x {least_rows} is enough.")
        },
        what_to_do: "What to do",
        page: "Page",
        place: |selected, all| format!("{selected} of {all}"),
    },
    keys: Keys {
        short: short_action,
        long: long_action,
        off: reason,
        help_title: "Keys on this screen",
        help_more: "More below",
    },
    client: ClientStep {
        title: "Which client do you want to sign in with?",
        looking: "Looking for client files",
        nothing_fits: "No file fits this filter.",
        kind,
        unusable,
        path: "File",
        project: "Project",
        client_id: "Client ID",
        saved: "Saved",
        redirect: "Answer to",
        console: "Console",
        redirect_of,
        others_can_read: |path| format!("Other users of this machine can read this file: chmod 600 {path}"),
        duplicate_of: |path| format!("The same client is in {path}, which comes first."),
        unknown: "not in the file",
        kept_token: "Your token is kept: choose its client again to go back to it.",
        filter: "Filter",
        type_path: "Path of a client file",
        type_path_hint: "Type or paste it, or drag the file into this window.",
        type_client: "Client ID",
        type_client_hint: "Both stand on the client's page in the console. Google's own endpoints are used.",
        secret: "Client secret",
        typed_refused: "A client ID ends in .apps.googleusercontent.com, and a secret has no spaces.",
        cannot_use: |path| format!("{} cannot be used", path.display()),
    },
    guide: Guide {
        title: "No client file found yet",
        intro: "You need an OAuth client of type Desktop app. Four pages lead to one:",
        step: guide_step,
        keeps_looking: "Download the JSON file. It turns up here by itself.",
        practice: "Only curious? d starts a practice run that needs no Google account.",
    },
    sign_in: SignInStep {
        preparing: "Getting ready for the answer",
        waiting: "Waiting for you to agree in your browser",
        left,
        no_limit: "no time limit",
        paused: |duration| format!("{}, not counting now", left(duration)),
        exchanging: "Your browser is back. Fetching the token",
        exchanging_hint: "This takes a moment. The code works only once, so please wait.",
        browser: opened,
        url_too_long: "The address is longer than this window. c copies it whole.",
        start_link: "Short link",
        start_link_hint: "leads to the same page",
        tunnel: "On your own machine",
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
    times: Times { date, age },
    summary: Summary {
        token: summary,
        no_token: "No token was made.",
        practice: "This was a practice run. Its directory has been removed, and its tokens work nowhere else.",
    },
    line: line::LINE,
    notice,
    problem,
    question,
};

fn short_action(action: Action) -> &'static str {
    match action {
        Action::Up => "up",
        Action::Down => "down",
        Action::PageUp => "page up",
        Action::PageDown => "page down",
        Action::First => "first",
        Action::Last => "last",
        Action::UseSource => "sign in",
        Action::Filter => "filter",
        Action::TypePath => "path",
        Action::TypeClient => "type ID",
        Action::LookAgain => "look again",
        Action::Practise => "practice",
        Action::OpenPage => "open page",
        Action::CopyPage => "copy link",
        Action::OpenBrowser => "browser",
        Action::CopyUrl => "copy",
        Action::PasteAnswer => "paste",
        Action::Retry => "try again",
        Action::ExplainBrowserError => "error page",
        Action::SetHint => "account",
        Action::SetScopes => "scopes",
        Action::AddRedirect => "redirect",
        Action::ShowMore => "more",
        Action::KeepToken => "to token",
        Action::CopyToken => "copy",
        Action::RevealToken => "show/hide",
        Action::SomeoneElse => "other user",
        Action::Submit => "OK",
        Action::NextField => "next field",
        Action::Back => "back",
        Action::Close => "close",
        Action::Help => "help",
        Action::Quit => "quit",
        Action::AnswerYes => "yes",
        Action::AnswerNo => "no",
    }
}

fn long_action(action: Action) -> &'static str {
    match action {
        Action::Up => "One row up",
        Action::Down => "One row down",
        Action::PageUp => "A page up",
        Action::PageDown => "A page down",
        Action::First => "To the first row",
        Action::Last => "To the last row",
        Action::UseSource => "Sign in with the selected client",
        Action::Filter => "Show only files that fit some words",
        Action::TypePath => "Name a client file by its path",
        Action::TypeClient => "Type a client ID and its secret",
        Action::LookAgain => "Look for client files again",
        Action::Practise => "Leave for the practice run",
        Action::OpenPage => "Open the page in your browser",
        Action::CopyPage => "Copy the page's address",
        Action::OpenBrowser => "Open Google's page in your browser",
        Action::CopyUrl => "Copy the address of Google's page",
        Action::PasteAnswer => "Paste the address that the browser ended on",
        Action::Retry => "Start again, with a new address",
        Action::ExplainBrowserError => "Explain an error page in the browser",
        Action::SetHint => "Set the account that Google should offer",
        Action::SetScopes => "Ask for more than Google Ads",
        Action::AddRedirect => "Name a redirect URI that you added in the console",
        Action::ShowMore => "Show everything about this sign-in",
        Action::KeepToken => "Go forward to the token",
        Action::CopyToken => "Copy the token",
        Action::RevealToken => "Show the whole token, or hide it",
        Action::SomeoneElse => "Sign in as someone else",
        Action::Submit => "Take what was typed",
        Action::NextField => "Go to the other field",
        Action::Back => "Go back one step",
        Action::Close => "Close this",
        Action::Help => "Show all keys",
        Action::Quit => "Quit",
        Action::AnswerYes => "Yes",
        Action::AnswerNo => "No",
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::SourceUnusable => "This file cannot be used; what to do stands below the list.",
        Reason::NothingSelected => "Nothing is selected.",
        Reason::NotReady => "Not yet: the address is being made.",
        Reason::Exchanging => "Not now: the token is on its way and would be lost.",
        Reason::NoBrowserHere => "No browser can be started from here. Copy the address instead.",
        Reason::NoPage => "There is no page in the console for this.",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Desktop => "Desktop",
        Kind::Web => "Web",
        Kind::Config => "Configuration",
        Kind::ServiceAccount => "Service account",
        Kind::AuthorizedUser => "gcloud login",
        Kind::SavedToken => "Saved token",
        Kind::ApiKey => "API key",
        Kind::ClientWithoutSecret => "No secret",
        Kind::ClientWithoutEndpoints => "No endpoints",
        Kind::UntrustedEndpoints => "Not Google's",
        Kind::FlatClient => "No client type",
        Kind::UnknownJson => "Other JSON",
        Kind::Empty => "Empty",
        Kind::NotJson => "Not JSON",
        Kind::Utf16 => "UTF-16",
        Kind::TooLarge => "Too large",
        Kind::Unreadable => "Unreadable",
        Kind::NotAFile => "Not a file",
    }
}

const DOWNLOAD: &str = "Download a client of type Desktop app from the console, or press i and type its ID and secret.";

fn unusable(why: &Unusable) -> Words {
    match why {
        Unusable::ServiceAccount => Words::new(
            "This is the key of a service account",
            "A service account signs in by itself: it needs no browser and no refresh token.",
            "Give this file to your client library as it is. To sign in as a person, download a client of type Desktop app.",
        ),
        Unusable::AuthorizedUser => Words::new(
            "This is a login that gcloud saved",
            "It holds a token that was made before, not a client file.",
            DOWNLOAD,
        ),
        Unusable::SavedToken => {
            Words::new("This is a saved token", "Some program keeps its own token here, not a client.", DOWNLOAD)
        }
        Unusable::ApiKey => Words::new(
            "This file holds an API key",
            "An API key does not say who you are. Google Ads wants a person who signs in.",
            DOWNLOAD,
        ),
        Unusable::ClientWithoutSecret(_) => Words::new(
            "The client secret is missing",
            "Google shows a client secret only once. A file that is downloaded later comes without it.",
            "Open the client in the console, add a secret and download the file then. Or press i and type ID and secret.",
        ),
        Unusable::ClientWithoutEndpoints(_) => Words::new(
            "The file does not say where to sign in",
            "auth_uri or token_uri is missing, so nobody can tell whose client it is.",
            "Download the file from the console again.",
        ),
        Unusable::UntrustedEndpoints { hosts, .. } => Words::new(
            "This client is not Google's",
            format!("It would send you and your token to {}.", hosts.join(", ")),
            "Delete the file if you do not know that server. If it is yours, start with --trust-host and its name.",
        ),
        Unusable::FlatClient(_) => Words::new(
            "The file does not say which type of client it holds",
            "client_id and client_secret stand alone, without \"installed\" or \"web\" around them.",
            "Use the file as the console gives it, or press i and type ID and secret.",
        ),
        Unusable::UnknownJson { field: Some(field) } => Words::new(
            "The file is damaged",
            format!("{field} is missing or is not what it should be."),
            "Download the file from the console again.",
        ),
        Unusable::UnknownJson { field: None } => {
            Words::new("This is not a client file", "It is JSON, but there is no OAuth client in it.", DOWNLOAD)
        }
        Unusable::Empty => Words::new(
            "The file is empty",
            "Perhaps the download did not finish.",
            "Download it from the console again.",
        ),
        Unusable::NotJson { line, column } => Words::new(
            "The file is not JSON",
            format!("It stops being JSON at line {line}, column {column}."),
            "Download it from the console again, and do not edit it.",
        ),
        Unusable::Utf16 => Words::new(
            "The file is written in UTF-16",
            "Some editors and PowerShell's > save like this. The client libraries cannot read it either.",
            "Save it as UTF-8, or download it from the console again.",
        ),
        Unusable::TooLarge => Words::new(
            "The file is too large",
            "A client file has about 500 bytes; this has more than 64 KiB.",
            DOWNLOAD,
        ),
        Unusable::Unreadable(why) => unreadable(*why),
        Unusable::NotAFile(file_type) => Words::new(
            "This is not a file",
            match file_type {
                FileType::Directory => "It is a directory.",
                FileType::Fifo => "It is a pipe.",
                FileType::Socket => "It is a socket.",
                FileType::Device => "It is a device.",
            },
            "Name the JSON file itself.",
        ),
    }
}

fn unreadable(why: Unreadable) -> Words {
    match why {
        Unreadable::Permission => Words::new(
            "The file may not be read",
            "Its permissions keep you out.",
            "Make yourself its owner, or copy it to your home directory.",
        ),
        Unreadable::SymlinkLoop => Words::new(
            "The link leads nowhere",
            "It is a symbolic link that leads back to itself.",
            "Name the file itself.",
        ),
        Unreadable::Missing => Words::new(
            "There is no such file",
            "Nothing is at this path, or it is a link to something that is gone.",
            "Check the path. Files named client_secret*.json turn up in the list by themselves.",
        ),
        Unreadable::Other(errno) => Words::new(
            "The file cannot be read",
            format!("The system reports error {errno}."),
            "Copy it to your home directory and try that copy.",
        ),
    }
}

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
        Opened::Failed(error) => match browser_failed(error) {
            Some(program) => format!("{program} could not be started. Open this address yourself:"),
            None => "There is no browser here. Open this address where there is one:".to_owned(),
        },
    }
}

fn elsewhere(place: &BrowserAt) -> Option<String> {
    let words = match place {
        BrowserAt::Here => return None,
        BrowserAt::Ssh { .. } => {
            "Your browser is on another machine. Run this there, with the name by which you logged in, or paste the answer with p:"
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

fn warning(warning: Warning, grant: &Grant) -> String {
    match warning {
        Warning::DiesInTesting(dies) => {
            format!("dies on {}, because the app is in Testing: publish it, then sign in again", date(dies))
        }
        Warning::TimeLimited(dies) => format!("dies on {}, because access was granted for a time", date(dies)),
        Warning::ScopesMissing => {
            let missing: Vec<_> = grant.missing_scopes.iter().map(|missing| scope::short(missing)).collect();
            format!("{} not granted: x signs in again, and the boxes must be ticked", missing.join(", "))
        }
    }
}

// ------------------------------------------------------------------------------------------------- notices and summary

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Off(why) => reason(*why).to_owned(),
        Notice::Copied(What::Token, copied) => copy_notice("The token", copied),
        Notice::Copied(What::ConsentUrl, copied) => copy_notice("The address", copied),
        Notice::Copied(What::Page, copied) => copy_notice("The link", copied),
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
        None => lines.push("The refresh token was neither copied nor shown, and is gone.".to_owned()),
    }
    let grant = &card.grant;
    lines.extend(grant.warnings().into_iter().map(|known| match known {
        Warning::DiesInTesting(_) | Warning::TimeLimited(_) => format!("It {}.", warning(known, grant)),
        Warning::ScopesMissing => format!("Note: {}.", warning(known, grant)),
    }));
    lines
}

fn question(question: Question, live: bool) -> Asked {
    let (title, consequence) = match (question, live) {
        (Question::Quit, true) => {
            ("Quit without the token?", "It was neither copied nor shown. If you quit now, you must sign in again.")
        }
        (Question::Quit, false) => ("Quit?", "Nothing is lost."),
        (Question::DropToken, _) => {
            ("Sign in as someone else?", "The token was neither copied nor shown. A new one takes its place.")
        }
    };
    Asked { title, consequence }
}

// ------------------------------------------------------------------------------------------------------------ problems

fn problem(problem: &Problem) -> Words {
    match problem {
        Problem::Source(why) => unusable(why),
        Problem::NoSource => Words::new(
            "No client file was found",
            "Looked in your home directory, Downloads, Desktop and here for client_secret*.json and the like.",
            "Download a client of type Desktop app from the console, or name its file with -P.",
        ),
        Problem::SeveralSources => Words::new(
            "There are several client files",
            "More than one can be used, and nobody can be asked which.",
            "Name one with -P. adsauth files lists them.",
        ),
        Problem::NoLoopbackRedirect => Words::new(
            "This Web client cannot send the answer to this machine",
            "None of its redirect URIs is on 127.0.0.1, [::1] or localhost.",
            "Add one in the console and name it with u, or use a client of type Desktop app, which needs none.",
        ),
        Problem::Login(error) => login(error),
        Problem::TimedOut => Words::new(
            "Nobody answered in time",
            "The browser did not come back before the time was up.",
            "Try again. If the browser shows an error, e explains it. If it cannot come back here, p takes its address.",
        ),
        Problem::Paste(why) => paste(*why),
        Problem::NoTerminal => Words::new(
            "There is no terminal",
            "The wizard needs one to show its screens and to read keys.",
            "Use adsauth token in scripts, or --plain.",
        ),
        Problem::NobodyToAsk => Words::new(
            "There is nobody to ask",
            "A question came up, and there is no terminal to ask it on.",
            "Say it with an option; --help lists them.",
        ),
    }
}

fn paste(why: PasteRefused) -> Words {
    let whole = "Copy the whole address line of the browser, beginning with http://.";
    match why {
        PasteRefused::NotUrl => Words::new("This is not an address", "It is empty, or no URL.", whole),
        PasteRefused::BareCode => Words::new(
            "This is only the code",
            "Without the rest of the address nobody can tell whose code it is.",
            whole,
        ),
        PasteRefused::OtherAddress => Words::new(
            "This is another address",
            "It does not lead to the port that waits for your answer.",
            "Copy the address that the browser ended on after you agreed.",
        ),
        PasteRefused::OtherState => Words::new(
            "This is the answer to an older sign-in",
            "Every sign-in has an address of its own.",
            "Open the address of this screen and agree once more.",
        ),
        PasteRefused::Malformed => {
            Words::new("The address is damaged", "A part of it is missing, or stands there twice.", whole)
        }
        PasteRefused::ConsentUrl => Words::new(
            "This is the address that you should open",
            "The answer is the address on which the browser ends after you have agreed.",
            "Open it in a browser first, then paste what the address line shows at the end.",
        ),
    }
}

fn login(error: &LoginError) -> Words {
    match error {
        LoginError::Bind(BindError::PortTaken { address }) => Words::new(
            format!("{address} is taken"),
            "Another program listens there, and Google would send the answer to it.",
            "End that program and try again. A Desktop client can use another port: start with --port.",
        ),
        LoginError::Bind(BindError::NotPermitted { address }) => Words::new(
            format!("{address} may not be used"),
            "Ports below 1024 belong to the system.",
            "Use a redirect URI with a port of 1024 or more.",
        ),
        LoginError::Bind(BindError::Unavailable { address, errno }) => Words::new(
            format!("{address} does not exist here"),
            format!("The system refuses to listen there (error {errno})."),
            "Check that this machine has a loopback interface, or use a redirect URI on 127.0.0.1.",
        ),
        LoginError::SelfTest(failed) => Words::new(
            format!("{} cannot be reached", failed.address),
            "A test from this very machine did not arrive. A firewall or a sandbox is the usual reason.",
            "Allow connections to 127.0.0.1 and try again.",
        ),
        LoginError::Http(HttpSetupError::NoCaCertificates) => Words::new(
            "This machine has no CA certificates",
            "Without them nobody can tell whether it is Google that answers.",
            "Install the package ca-certificates, or set SSL_CERT_FILE, then try again.",
        ),
        LoginError::Http(HttpSetupError::Unusable) => Words::new(
            "No secure connection can be set up",
            "The settings for TLS or the proxy are not usable.",
            "Check HTTPS_PROXY and SSL_CERT_FILE, then try again.",
        ),
        LoginError::Denied(error) => denied(error),
        LoginError::WrongIssuer => Words::new(
            "The answer came from another server",
            "It names an issuer that you did not sign in at, so it was not used.",
            "Try again. If it happens again, something between your browser and Google interferes.",
        ),
        LoginError::Exchange(error) => exchange(error),
    }
}

fn denied(error: &str) -> Words {
    match RefusalCode::of(error) {
        RefusalCode::Other(code) if code == "access_denied" => Words::new(
            "Access was not granted",
            "Someone chose Cancel, or the account may not use this app.",
            "Try again and choose Continue. Is the app in Testing? Then the account must be one of its test users.",
        ),
        RefusalCode::Other(code) => Words::new(
            "Google did not grant access",
            format!("It reports {code}."),
            "Try again. If the page in the browser says more, e may explain it.",
        ),
        code @ (RefusalCode::InvalidGrant
        | RefusalCode::SessionEnded
        | RefusalCode::InvalidClient
        | RefusalCode::RedirectUriMismatch
        | RefusalCode::UnauthorizedClient
        | RefusalCode::OrgInternal
        | RefusalCode::AdminPolicyEnforced
        | RefusalCode::DeletedClient
        | RefusalCode::InvalidRequest) => refused(&Refusal { code, description: None }),
    }
}

fn exchange(error: &ExchangeError) -> Words {
    const SPENT: &str = "Try again: a new sign-in makes a new code.";
    match error {
        ExchangeError::Unreachable { host, proxy, why } => {
            let reason = match why {
                Unreachable::NameNotFound => "Its name is not known here.",
                Unreachable::Refused => "Nobody accepts connections there.",
                Unreachable::TimedOut => "It did not answer within 10 seconds.",
                Unreachable::Other => "The network gives no way there.",
            };
            let (through, check) = match proxy {
                Some(proxy) => (format!(" through the proxy {proxy}"), "the network and HTTPS_PROXY"),
                None => (String::new(), "the network; behind a proxy, set HTTPS_PROXY"),
            };
            Words::new(
                format!("{host} could not be reached"),
                format!("You agreed, but the token could not be fetched from {host}{through}. {reason}"),
                format!("Check {check}, then try again."),
            )
        }
        ExchangeError::Tls { host, why } => {
            let (cause, remedy) = match why {
                TlsTrouble::UnknownIssuer => (
                    "Its certificate was issued by someone this machine does not know, often a company's proxy that reads along.",
                    "Install your company's certificate in the system, or set SSL_CERT_FILE, then try again.",
                ),
                TlsTrouble::Date => (
                    "Its certificate is not valid at the time that this machine's clock shows.",
                    "Set the clock right, then try again.",
                ),
                TlsTrouble::WrongName => (
                    "Its certificate is for another name, so it is not the server it should be.",
                    "Leave this network (a hotel's, for one) and try again.",
                ),
                TlsTrouble::Other => ("The secure connection failed.", "Try again, perhaps from another network."),
            };
            Words::new(format!("{host} cannot be trusted"), format!("{cause} Nothing was sent."), remedy)
        }
        ExchangeError::Interrupted => {
            Words::new("The connection broke", "The code was on its way and may be spent.", SPENT)
        }
        ExchangeError::Slow => {
            Words::new("The answer took too long", "No complete answer came within 30 seconds.", SPENT)
        }
        ExchangeError::TooLarge => Words::new(
            "The answer is not from the token server",
            "It is far larger than a token, so it comes from something in between.",
            "Leave this network or its proxy, then try again.",
        ),
        ExchangeError::Redirected { host } => Words::new(
            "The answer is not from the token server",
            match host {
                Some(host) => format!("Something sent us on to {host}, often the login page of a network."),
                None => "Something sent us on to another page, often the login page of a network.".to_owned(),
            },
            "Log in to the network, then try again.",
        ),
        ExchangeError::ServerTrouble(status) => Words::new(
            "The token server has trouble",
            format!("It answered with HTTP status {status}. That is not your fault."),
            "Wait a minute, then try again.",
        ),
        ExchangeError::NotJson { status } => Words::new(
            "The answer is not from the token server",
            format!(
                "A page came with HTTP status {status}. A proxy or the login page of a network is the usual reason."
            ),
            "Log in to the network, or leave the proxy, then try again.",
        ),
        ExchangeError::Malformed(member) => Words::new(
            "The answer of the token server makes no sense",
            format!("{member} is missing or is not what it should be."),
            SPENT,
        ),
        ExchangeError::Refused(refusal) => refused(refusal),
        ExchangeError::NoRefreshToken => Words::new(
            "Google gave no refresh token",
            "You have agreed before, and it gave only a token that lasts an hour.",
            "Try again. If it stays so, remove the app at myaccount.google.com/connections first.",
        ),
        ExchangeError::AdsScopeMissing => Words::new(
            "Google Ads was not ticked",
            "You agreed, but without access to Google Ads, so the token would be of no use.",
            "Try again and tick the box for Google Ads on Google's page.",
        ),
        ExchangeError::NotBearer => Words::new(
            "The token is of a kind that the client libraries cannot use",
            "The server gave something else than a Bearer token.",
            "Check which server the client belongs to.",
        ),
    }
}

fn refused(refusal: &Refusal) -> Words {
    let mut words = match &refusal.code {
        RefusalCode::InvalidGrant => Words::new(
            "Google does not take the code any more",
            "A code works once and for a few minutes. A wrong clock can be the reason too.",
            "Try again, and agree without a long break.",
        ),
        RefusalCode::SessionEnded => Words::new(
            "Your organization wants you to sign in again",
            "It lets a session last for a limited time, and that time has passed.",
            "Sign in again. With the Google Ads permission alone, this limit does not apply.",
        ),
        RefusalCode::InvalidClient => Words::new(
            "Google does not know this client or its secret",
            "The client ID or the secret is wrong, or the secret was replaced.",
            "Compare it with the client's page in the console, or add a new secret and download the file.",
        ),
        RefusalCode::RedirectUriMismatch => Words::new(
            "The redirect URI is not registered",
            "The Web client does not list the address that the answer went to.",
            "Add it in the console, character for character, wait a minute and try again.",
        ),
        RefusalCode::UnauthorizedClient => Words::new(
            "This client may not do this",
            "It is of a type that cannot make refresh tokens this way.",
            "Create a client of type Desktop app and download its file.",
        ),
        RefusalCode::OrgInternal => Words::new(
            "This app is for members of its organization only",
            "The account that you used is not one of them.",
            "Sign in with an account of that organization, or make the app External.",
        ),
        RefusalCode::AdminPolicyEnforced => Words::new(
            "Your administrator does not allow this",
            "A policy of this Google Workspace blocks the app.",
            "Ask the administrator to trust this client ID for the Google Ads API.",
        ),
        RefusalCode::DeletedClient => Words::new(
            "This client was deleted",
            "It was deleted in the console. Google also deletes clients that nobody uses.",
            "Restore it within 30 days, or create a new one and download its file.",
        ),
        RefusalCode::InvalidRequest => Words::new(
            "Google does not accept the request",
            "Something in it does not fit this client.",
            "Try again. If it stays so, create a client of type Desktop app.",
        ),
        RefusalCode::Other(code) => Words::new(
            "The token was refused",
            format!("The server reports {code}."),
            "Try again. If it stays so, look up that word in Google's OAuth documentation.",
        ),
    };
    if let Some(description) = &refusal.description {
        words.cause = format!("{} The server's own words: \"{description}\"", words.cause);
    }
    words
}
