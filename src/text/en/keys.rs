//! What keys do, in English.

use crate::wizard::keys::{Action, Reason};

pub fn short(action: Action) -> &'static str {
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
        Action::OpenPage => "open",
        Action::CopyPage => "copy link",
        Action::OpenBrowser => "browser",
        Action::CopyUrl | Action::CopyToken => "copy",
        Action::PasteAnswer => "paste",
        Action::Retry => "try again",
        Action::ExplainBrowserError => "error page",
        Action::SetHint => "account",
        Action::SetScopes => "scopes",
        Action::AddRedirect => "redirect",
        Action::ShowMore => "more",
        Action::KeepToken => "to token",
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

pub fn long(action: Action) -> &'static str {
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

pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::SourceUnusable => "This file cannot be used; what to do stands below the list.",
        Reason::NothingSelected => "Nothing is selected.",
        Reason::NotReady => "Not yet: the address is being made.",
        Reason::Exchanging => "Not now: the token is on its way and would be lost.",
        Reason::NoBrowserHere => "No browser can be started from here. Copy the address instead.",
        Reason::NoPage => "There is no page in the console for this.",
    }
}
