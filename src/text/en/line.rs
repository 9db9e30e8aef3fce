//! The line commands in English.

use std::time::Duration;

use crate::oauth::callback::Ignored;
use crate::ports::BrowserError;
use crate::problem::Exit;
use crate::text::line::LineMode;

pub const LINE: LineMode = LineMode {
    paste_url: "Paste this URL in your browser:",
    start_link: |link| format!("Or type this short link, which leads there: {link}"),
    browser_asked: "Your browser has been asked to open it.",
    not_opened: |error| match error {
        BrowserError::NoBrowserHere => "There is no browser here. Open the URL where there is one.".to_owned(),
        BrowserError::Failed(program) => format!("{program} could not be started. Open the URL yourself."),
    },
    browser_arrived: "A browser has followed the link. Sign in there and agree.",
    or_paste_answer: "If the browser cannot connect back to this machine, paste the address it ended on here and press Enter.",
    still_waiting,
    nothing_yet: "If the browser cannot reach 127.0.0.1, its proxy must leave that address out. Another browser may do, or paste the address here that it ended on.",
    ignored,
    exchanging: "The answer is in. Fetching the token.",
    fetched: "Your refresh token has been fetched.",
    your_token: |masked| format!("Your refresh token is: {masked} (masked)"),
    copy_show_or_quit: "Type 1 to copy it, 2 to show it, 3 to quit, then press Enter.",
    copy_show_or_go_on: "Type 1 to copy it, 2 to show it, 3 to go on, then press Enter.",
    step: |number, name| format!("Step {number} of 5: {name}"),
    which_account: "Which account do you want to work on?",
    account_row: |number, depth, id, name| format!("{number}. {}{id} {name}", "below it: ".repeat(depth.min(3))),
    login_follows: |id| format!("login_customer_id follows from it: {id}"),
    which_target: "Where should the token go?",
    type_number_or_skip: "Type a number, or 0 for none, then press Enter.",
    ask_write: "Write this? Type y, then press Enter. Anything else writes nothing.",
    ask_replace: "The token or client that is there now would be gone. Type replace, then press Enter. Anything else writes nothing.",
    holds_other: |client| match client {
        Some(id) => format!("It holds a token of another client, {id}."),
        None => "It holds another token of this client.".to_owned(),
    },
    dry_run: "Nothing was written.",
    already_so: |path| format!("Already so, nothing was changed: {path}"),
    written: |path| format!("Written: {path}"),
    leads_to: |path| format!("It is a link to {path}, which is written."),
    renew: |command| format!("To renew the token: {command}"),
    where_it_goes: "Where it goes: https://developers.google.com/google-ads/api/docs/client-libs",
    using: |path| format!("Signing in with the client in {path}"),
    which_client: "Several client files can be used:",
    type_number: "Type the number of the one to sign in with, then press Enter.",
    kind: "kind",
    project: "project",
    client_id: "client id",
    redirect: "redirect",
    duplicate_of: "same client as",
    not_usable: "not usable",
    remedy: "remedy",
    terminal_failed: |why| format!("adsauth: the terminal could not be used: {why}"),
    practice_failed: |why| format!("adsauth: the practice run could not start: {why}"),
    practice_removed: |path| format!("The practice directory {path} has been removed."),
    exit,
};

fn still_waiting(left: Option<Duration>) -> String {
    match left.map(|left| left.as_secs()) {
        None => "Still waiting for the sign-in.".to_owned(),
        Some(seconds) if seconds >= 120 => format!("Still waiting for the sign-in, {} minutes left.", seconds / 60),
        Some(seconds) => format!("Still waiting for the sign-in, {seconds} seconds left."),
    }
}

fn ignored(why: &Ignored) -> Option<String> {
    match why {
        Ignored::Unrelated => None,
        Ignored::OtherState => Some("An answer to an older sign-in link came in and was ignored.".to_owned()),
        Ignored::ErrorWithoutState(error) => Some(format!(
            "Something reported {error} without proof that it belongs to this sign-in. If that was you, press Ctrl-C and start again."
        )),
        Ignored::Https => Some("A browser tried https. Open the link with http.".to_owned()),
        Ignored::WrongStartCode => Some("Somebody tried a short link that is not this one.".to_owned()),
    }
}

fn exit(exit: Exit) -> &'static str {
    match exit {
        Exit::Done => "done: a token was copied, shown, saved or printed, or a check passed",
        Exit::Internal => "internal error",
        Exit::Usage => "wrong usage, no terminal for the wizard, or a question that cannot be asked",
        Exit::Source => "the client file cannot be used",
        Exit::Consent => "consent was refused, abandoned or timed out",
        Exit::Exchange => "the authorization server refused the exchange",
        Exit::Network => "the network failed, or the port is taken",
        Exit::Write => "a file could not or would not be written",
        Exit::Check => "a check failed",
        Exit::HungUp => "ended by SIGHUP",
        Exit::Interrupted => "ended by SIGINT or Ctrl-C",
        Exit::Terminated => "ended by SIGTERM",
    }
}
