//! The words of the line commands. Sentences that users of Google's own scripts know are kept as they are there.

use std::time::Duration;

use crate::oauth::callback::Ignored;
use crate::problem::Exit;

/// What the line commands say.
pub struct LineMode {
    /// Before the consent URL.
    pub paste_url: &'static str,
    /// The short link to the same page.
    pub start_link: fn(&str) -> String,
    /// A browser was started.
    pub browser_asked: &'static str,
    /// A browser is on its way to the consent screen.
    pub browser_arrived: &'static str,
    /// The other way in: paste the address that the browser ended on.
    pub or_paste_answer: &'static str,
    /// Nothing has come yet; how much time is left, if there is a limit.
    pub still_waiting: fn(Option<Duration>) -> String,
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
    /// Where the keys of the libraries' configuration files are explained.
    pub where_it_goes: &'static str,
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
