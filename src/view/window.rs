//! What the terminal shows besides the full screen: the window's title, notifications, and the consent URL alone on the normal
//! screen. It never tells a secret in a title or a notification, since other programs read those.

use std::io::{self, Write};

use crossterm::cursor::{SavePosition, Show};
use crossterm::queue;
use crossterm::style::Print;

use super::theme::Look;
use super::url::printable;
use crate::oauth::consent::ConsentUrl;
use crate::wizard::sign_in::Phase;
use crate::wizard::{Model, News, Step};

/// The window's title: fixed words.
pub fn title(model: &Model, look: &Look) -> String {
    let words = &look.text.frame.window;
    let step = match &model.step {
        Step::Client(_) => words.client,
        Step::SignIn(screen) => match &screen.phase {
            Phase::Preparing(_) => words.preparing,
            Phase::Waiting(_) => words.waiting,
            Phase::Exchanging(_) => words.exchanging,
            Phase::NoRedirect | Phase::Ended(_) => words.ended,
            Phase::Signed(_) => words.token,
        },
        Step::Token(_) => words.token,
        Step::Account(_) => words.account,
        Step::Save(_) => words.save,
    };
    format!("adsauth {} {step}", look.strokes().dash)
}

/// Keeps the title that the window has, to be restored by [`restore_title`].
pub fn keep_title(out: &mut impl Write) -> io::Result<()> {
    queue!(out, Print("\x1b[22;2t"))
}

/// Gives the window the title that it had.
pub fn restore_title(out: &mut impl Write) -> io::Result<()> {
    queue!(out, Print("\x1b[23;2t"))
}

/// Sets the window's title (OSC 2, which leaves the icon's name alone).
pub fn print_title(title: &str, out: &mut impl Write) -> io::Result<()> {
    queue!(out, Print(format_args!("\x1b]2;{title}\x07")))
}

/// Rings, and notifies where that reaches the terminal (OSC 9).
pub fn ring(news: News, look: &Look, out: &mut impl Write) -> io::Result<()> {
    if look.notifications {
        queue!(out, Print(format_args!("\x1b]9;{}\x1b\\", (look.text.frame.window.news)(news))))?;
    }
    queue!(out, Print('\x07'))
}

/// Prints the consent URL on a line of its own, with nothing that a triple click could take besides. The cursor's place is kept,
/// since leaving the full screen that is not there returns to the place that was kept last.
pub fn print_bare(url: &ConsentUrl, look: &Look, out: &mut impl Write) -> io::Result<()> {
    let [before, after] = look.text.sign_in.bare;
    let url = printable(url.as_str());
    queue!(out, Print(format_args!("\r\n{before}\r\n{url}\r\n{after}\r\n")), SavePosition, Show)
}

#[cfg(test)]
mod tests;
