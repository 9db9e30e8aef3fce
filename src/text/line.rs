//! The words of the line commands. Sentences that users of Google's own scripts know are kept as they are there.

use std::time::Duration;

use crate::oauth::callback::Ignored;
use crate::ports::BrowserError;
use crate::problem::Exit;

/// What the line commands say.
pub struct LineMode {
    /// Before the consent URL.
    pub paste_url: &'static str,
    /// The short link to the same page.
    pub start_link: fn(&str) -> String,
    /// A browser was started.
    pub browser_asked: &'static str,
    /// No browser was started.
    pub not_opened: fn(&BrowserError) -> String,
    /// A browser is on its way to the consent screen.
    pub browser_arrived: &'static str,
    /// The other way in: paste the address that the browser ended on.
    pub or_paste_answer: &'static str,
    /// Nothing has come yet; how much time is left, if there is a limit.
    pub still_waiting: fn(Option<Duration>) -> String,
    /// A minute has gone by and no browser has come.
    pub nothing_yet: &'static str,
    /// Something came in and changed nothing; `None` for what is not worth a line.
    pub ignored: fn(&Ignored) -> Option<String>,
    /// The code is on its way.
    pub exchanging: &'static str,
    /// The token is here.
    pub fetched: &'static str,
    /// Before the masked token.
    pub your_token: fn(&str) -> String,
    /// What can be done with it, numbered.
    pub copy_show_or_quit: &'static str,
    /// The same, before the next step.
    pub copy_show_or_go_on: &'static str,
    /// A numbered step of `--plain`.
    pub step: fn(usize, &str) -> String,
    /// Before the numbered accounts.
    pub which_account: &'static str,
    /// One of them: its number, how deep it is, its id and name.
    pub account_row: fn(usize, usize, &str, &str) -> String,
    /// The `login_customer_id` that follows.
    pub login_follows: fn(&str) -> String,
    /// Before the numbered targets.
    pub which_target: &'static str,
    /// After them, where none is an answer, too.
    pub type_number_or_skip: &'static str,
    /// Before a file is written.
    pub ask_write: &'static str,
    /// Before a different token or client is replaced.
    pub ask_replace: &'static str,
    /// A file holds the token of another client, which is named, or another token of the same one.
    pub holds_other: fn(Option<&str>) -> String,
    /// Nothing was written, as asked.
    pub dry_run: &'static str,
    /// A file holds everything already, and was not touched.
    pub already_so: fn(&str) -> String,
    /// A file was written.
    pub written: fn(&str) -> String,
    /// A path is a link, and where it leads.
    pub leads_to: fn(&str) -> String,
    /// The command that renews a dead token.
    pub renew: fn(&str) -> String,
    /// Where the keys of the libraries' configuration files are explained.
    pub where_it_goes: &'static str,
    /// Which client source is used, when nobody was asked.
    pub using: fn(&str) -> String,
    /// Before the numbered clients.
    pub which_client: &'static str,
    /// After them.
    pub type_number: &'static str,
    /// Labels of `files`.
    pub kind: &'static str,
    pub project: &'static str,
    pub client_id: &'static str,
    pub redirect: &'static str,
    pub duplicate_of: &'static str,
    pub not_usable: &'static str,
    pub remedy: &'static str,
    /// The terminal could not be taken over, and why.
    pub terminal_failed: fn(&str) -> String,
    /// The practice run could not start, and why.
    pub practice_failed: fn(&str) -> String,
    /// The practice directory was removed.
    pub practice_removed: fn(&str) -> String,
    /// What an exit code means.
    pub exit: fn(Exit) -> &'static str,
}
