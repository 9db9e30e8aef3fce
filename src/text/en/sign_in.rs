//! The Sign in step and what lies over it, in English.

use std::time::Duration;

use crate::oauth::client::{Client, ClientKind};
use crate::oauth::redirect::BadRedirectUri;
use crate::ports::BrowserError;
use crate::text::{Dialogs, PageWords, SignInStep};
use crate::wizard::BrowserAt;
use crate::wizard::sign_in::{BrowserPage, Opened};

pub const SIGN_IN: SignInStep = SignInStep {
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
    nothing_yet: "Can the browser not reach 127.0.0.1? Its proxy must leave that address out. Try another browser, or p.",
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
};

pub const DIALOGS: Dialogs = Dialogs {
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
};

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
