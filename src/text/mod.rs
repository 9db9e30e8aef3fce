//! All words that a person reads, one language a module: adding a language is one module that fills [`Text`], one variant of
//! [`Lang`] and one line in [`Lang::text`], and the compiler says what is missing. It decides nothing and draws nothing.

mod en;
mod ko;
mod line;
mod options;
mod steps;

use std::path::Path;
use std::time::{Duration, SystemTime};

pub use line::LineMode;
pub use options::{Headings, OptionWords};
pub use steps::{AccountStep, ClientStep, Dialogs, Guide, PageWords, SaveStep, SignInStep, TokenStep};

use crate::oauth::endpoints::Untrusted;
use crate::oauth::listener::Pages;
use crate::problem::Problem;
use crate::sanitize::sanitize_to;
use crate::wizard::keys::{Action, Reason};
use crate::wizard::token::Card;
use crate::wizard::{News, Notice, Question};

/// A path as text. Whoever made a directory has chosen its name: what is not UTF-8 is replaced, and what a terminal obeys is left out.
/// It is never cut: scripts read it, and people copy it.
pub fn shown(path: &Path) -> String {
    sanitize_to(&path.to_string_lossy(), usize::MAX)
}

/// The options that would make these servers trusted, if any would.
fn trust_options(untrusted: &Untrusted) -> Option<String> {
    untrusted.can_be_trusted.then(|| format!("--trust-host {}", untrusted.hosts.join(" --trust-host ")))
}

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// Every language there is.
    pub const ALL: [Self; 2] = [Self::En, Self::Ko];

    /// Its code (ISO 639-1), by which it is chosen.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// The one of this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Its words.
    pub fn text(self) -> &'static Text {
        match self {
            Self::En => &en::EN,
            Self::Ko => &ko::KO,
        }
    }
}

/// Where words are read: on the wizard's screen, where a key may be named, or in lines, where there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// The wizard's screen.
    Screen,
    /// What the line commands say.
    Lines,
}

/// What happened, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, in one short sentence without a full stop.
    pub title: String,
    /// Why.
    pub cause: String,
    /// What to do.
    pub remedy: String,
}

impl Words {
    fn new(title: impl Into<String>, cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { title: title.into(), cause: cause.into(), remedy: remedy.into() }
    }
}

/// All words of one language. A word that stands in a footer is at most ten columns wide.
pub struct Text {
    pub lang: Lang,
    pub frame: Frame,
    pub keys: Keys,
    pub client: ClientStep,
    pub guide: Guide,
    pub sign_in: SignInStep,
    pub dialogs: Dialogs,
    pub token: TokenStep,
    pub account: AccountStep,
    pub save: SaveStep,
    pub times: Times,
    pub summary: Summary,
    pub line: LineMode,
    pub options: OptionWords,
    /// What the browser shows at the end.
    pub pages: &'static Pages,
    /// One line about what was just done or refused.
    pub notice: fn(&Notice) -> String,
    /// What a problem is to the person who meets it.
    pub problem: fn(&Problem, Medium) -> Words,
    /// A question that must be answered first; `live` says that a token would be lost.
    pub question: fn(Question, live: bool) -> Asked,
}

/// The words around every screen.
pub struct Frame {
    pub client: &'static str,
    pub sign_in: &'static str,
    pub token: &'static str,
    pub account: &'static str,
    pub save: &'static str,
    pub practice: &'static str,
    /// Takes the host.
    pub not_google: fn(&str) -> String,
    pub make_larger: &'static str,
    /// Takes the size there is and the size there should be.
    pub sizes: fn((u16, u16), (u16, u16)) -> String,
    pub what_to_do: &'static str,
    pub page: &'static str,
    /// How far a list goes on: the selected one and how many there are.
    pub place: fn(usize, usize) -> String,
    pub window: Window,
}

/// What the terminal's window is called behind the program's name, and what it notifies of: words of ours only, since other
/// programs read them.
pub struct Window {
    pub client: &'static str,
    pub preparing: &'static str,
    pub waiting: &'static str,
    pub exchanging: &'static str,
    pub ended: &'static str,
    pub token: &'static str,
    pub account: &'static str,
    pub save: &'static str,
    /// A notification that stands alone.
    pub news: fn(News) -> &'static str,
}

/// What keys do.
pub struct Keys {
    /// For the footer.
    pub short: fn(Action) -> &'static str,
    /// For the help.
    pub long: fn(Action) -> &'static str,
    /// Why a key does nothing now, as a sentence.
    pub off: fn(Reason) -> &'static str,
    pub help_title: &'static str,
    pub help_more: &'static str,
}

/// Dates and ages.
pub struct Times {
    /// `Sat 28 Nov 2026`, in local time.
    pub date: fn(SystemTime) -> String,
    /// How long ago something was.
    pub age: fn(Duration) -> String,
}

/// What is said on the terminal after the wizard has ended.
pub struct Summary {
    /// What became of the token.
    pub token: fn(&Card) -> Vec<String>,
    pub no_token: &'static str,
}

/// A question with its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub title: &'static str,
    /// What follows from it.
    pub consequence: &'static str,
}

#[cfg(test)]
mod tests;
