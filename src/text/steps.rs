//! The words of the steps and of what lies over them.

use std::time::Duration;

use super::{Medium, Words};
use crate::ads::Account;
use crate::oauth::client::Client;
use crate::oauth::client_file::{Kind, Unusable};
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::redirect::{BadRedirectUri, RedirectUri};
use crate::ports::Copied;
use crate::targets::Target;
use crate::targets::save::SaveWarning;
use crate::wizard::BrowserAt;
use crate::wizard::account::Chosen;
use crate::wizard::client::GuidePage;
use crate::wizard::save::{Offer, OldToken, Snippet};
use crate::wizard::sign_in::{BrowserPage, Opened};

/// The Client step.
pub struct ClientStep {
    pub title: &'static str,
    pub looking: &'static str,
    pub nothing_fits: &'static str,
    /// What a file is, in at most 15 columns.
    pub kind: fn(Kind) -> &'static str,
    /// Why a file cannot be used.
    pub unusable: fn(&Unusable, Medium) -> Words,
    pub path: &'static str,
    pub project: &'static str,
    pub client_id: &'static str,
    pub saved: &'static str,
    pub redirect: &'static str,
    pub console: &'static str,
    /// Where the answer of this client will arrive.
    pub redirect_of: fn(&Client, added: Option<&RedirectUri>) -> String,
    /// Others can read this file.
    pub others_can_read: fn(&str) -> String,
    /// Another file of the same client comes first.
    pub duplicate_of: fn(&str) -> String,
    /// An older file of the same client has the secret that is missing here.
    pub secret_in: fn(&str) -> String,
    pub unknown: &'static str,
    /// Whether a configuration holds a token now, and what signing in with it does.
    pub renews: fn(bool) -> &'static str,
    pub kept_token: &'static str,
    pub filter: &'static str,
    pub type_path: &'static str,
    pub type_path_hint: &'static str,
    pub type_client: &'static str,
    pub type_client_hint: &'static str,
    pub secret: &'static str,
    pub typed_refused: &'static str,
}

/// The screen without any client source.
pub struct Guide {
    pub title: &'static str,
    pub intro: &'static str,
    /// The step in the console that a page is for.
    pub step: fn(GuidePage) -> &'static str,
    pub keeps_looking: &'static str,
    pub practice: &'static str,
}

/// The Sign in step.
pub struct SignInStep {
    pub preparing: &'static str,
    pub waiting: &'static str,
    /// The time that is left.
    pub left: fn(Duration) -> String,
    pub no_limit: &'static str,
    /// The clock stands still.
    pub paused: fn(Duration) -> String,
    pub exchanging: &'static str,
    pub exchanging_hint: &'static str,
    /// What became of the browser, and what to do next.
    pub browser: fn(&Opened, browser_here: bool) -> String,
    pub url_too_long: &'static str,
    pub start_link: &'static str,
    pub start_link_hint: &'static str,
    /// How the browser reaches this machine; `None` when it sits right here.
    pub elsewhere: fn(&BrowserAt) -> Option<String>,
    pub goes_wrong: &'static str,
    pub goes_wrong_more: [&'static str; 3],
    /// A minute has gone by and no browser has come.
    pub nothing_yet: &'static str,
    /// How many requests were ignored.
    pub ignored: fn(u32) -> String,
    /// Something reported this error.
    pub reported: fn(&str) -> String,
    pub https: &'static str,
    pub answers_at: &'static str,
    pub asks_for: &'static str,
    pub account_hint: &'static str,
    pub account_any: &'static str,
    pub client: &'static str,
    /// Which client this is.
    pub client_of: fn(&Client) -> String,
    pub no_redirect_line: &'static str,
    /// The redirect URI that the console should have.
    pub suggested_redirect: &'static str,
    pub signed: &'static str,
    pub signed_hint: &'static str,
    pub file: &'static str,
    /// One line each, above and below the consent URL when it stands alone on the normal screen.
    pub bare: [&'static str; 2],
}

/// What lies over the Sign in step.
pub struct Dialogs {
    pub paste: &'static str,
    pub paste_hint: &'static str,
    pub hint: &'static str,
    pub hint_hint: &'static str,
    pub scopes: &'static str,
    pub scopes_hint: &'static str,
    pub scopes_refused: &'static str,
    pub redirect: &'static str,
    pub redirect_hint: &'static str,
    pub redirect_refused: fn(BadRedirectUri) -> &'static str,
    pub browser_errors: &'static str,
    pub browser_error: fn(BrowserPage) -> PageWords,
    pub more: &'static str,
}

/// An error page that only the browser shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageWords {
    /// What stands on the page.
    pub on_page: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// The Token step.
pub struct TokenStep {
    pub title: &'static str,
    pub account: &'static str,
    pub account_unknown: &'static str,
    pub scopes: &'static str,
    /// What the Ads scope gives access to.
    pub ads: &'static str,
    pub lifetime: &'static str,
    pub no_expiry: &'static str,
    pub client: &'static str,
    pub token: &'static str,
    /// How long it is.
    pub characters: fn(usize) -> String,
    pub revealed: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    /// Scopes that were not granted.
    pub missing: &'static str,
    /// What a warning means and what to do.
    pub warning: fn(Warning, &Grant, Medium) -> String,
    /// By which route something was copied, and what is known of its arrival.
    pub copy_route: fn(&Copied) -> String,
}

/// The Account step.
pub struct AccountStep {
    pub title: &'static str,
    /// The three grades.
    pub refresh: &'static str,
    pub accounts: &'static str,
    pub read: &'static str,
    pub refreshes: &'static str,
    /// How many accounts are directly accessible.
    pub are_visible: fn(usize) -> String,
    pub reads: &'static str,
    pub being_tried: &'static str,
    pub not_tried: &'static str,
    /// There is no Ads API for a token of that server's.
    pub not_asked: &'static str,
    /// How many accounts have been found while the looking goes on.
    pub so_far: fn(usize) -> String,
    /// There are more than are listed.
    pub cut: fn(usize) -> String,
    pub only_numbers: &'static str,
    pub nothing_fits: &'static str,
    pub no_name: &'static str,
    pub number_only: &'static str,
    /// What is special about an account, in few words.
    pub marks: fn(&Account) -> Vec<&'static str>,
    pub work_on: &'static str,
    /// Both ids.
    pub both_ids: fn(Chosen) -> String,
    /// Why it is that `login_customer_id`; takes the name of the account at the root, if it has one.
    pub why_login: fn(Chosen, Option<&str>) -> String,
    pub none_chosen: &'static str,
    /// The problem is no obstacle to saving.
    pub save_anyway: &'static str,
}

/// The Save step.
pub struct SaveStep {
    pub title: &'static str,
    pub looking: &'static str,
    pub writing: &'static str,
    /// The library or program that reads a target, in at most eight columns.
    pub library: fn(Target) -> &'static str,
    /// What the file of a target is called in words.
    pub file_of: fn(Target) -> &'static str,
    pub snippet: fn(Snippet) -> &'static str,
    /// Which program its lines are for, in few words.
    pub snippet_for: fn(Snippet) -> &'static str,
    /// What a snippet is for.
    pub snippet_hint: fn(Snippet) -> &'static str,
    /// What would become of a row, in at most twenty columns.
    pub state: fn(&Offer) -> &'static str,
    /// The same as a sentence, for the selected one.
    pub change: fn(&Offer) -> String,
    /// Whether the token that would be gone still works.
    pub old_token: fn(&OldToken) -> Option<&'static str>,
    pub warning: fn(&SaveWarning) -> String,
    pub copy_lines: &'static str,
    /// So many lines of the file are as they were.
    pub unchanged: fn(usize) -> String,
    /// So many lines have no room: how to get to them.
    pub more_lines: fn(usize) -> String,
    pub other_path: &'static str,
    /// Takes the kind that a file has whose name does not say it.
    pub other_path_hint: fn(Target) -> String,
    pub written: &'static str,
    pub partly_written: &'static str,
    pub nothing_written: &'static str,
    pub backup: &'static str,
    /// What a backup holds.
    pub backup_holds: fn(&str) -> String,
    pub clipboard: &'static str,
    pub try_it: &'static str,
    /// One command with which the file is tried, for a shell.
    pub command: fn(Target, path: &str, usual: bool) -> String,
    pub configuration: &'static str,
    /// The page of the library about its configuration.
    pub configuration_page: fn(Target) -> &'static str,
    /// Older releases of the library insist on a developer token, which the file does not hold.
    pub developer_token: fn(Target) -> Option<&'static str>,
    pub file: &'static str,
}
