//! The one key table: it feeds dispatch, footer and help. It never acts; `update` does.

use super::client::Mode;
use super::sign_in::{Dialog, Phase};
use super::{Model, Options, Overlay, Question, Step, account, client, save, sign_in, token};

/// A key press, as far as the wizard cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F1,
}

impl Key {
    /// The key as it is on a Latin layout: with a Hangul input method the letters arrive as jamo (두벌식, KS X 5002).
    #[must_use]
    pub fn latin(self) -> Self {
        const JAMO: &str = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";
        const LATIN: &str = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
        let Self::Char(typed) = self else { return self };
        let place = JAMO.chars().position(|jamo| jamo == typed);
        place.and_then(|place| LATIN.chars().nth(place)).map_or(self, Self::Char)
    }
}

/// What a key does, named by the user's verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    UseSource,
    Filter,
    TypePath,
    TypeClient,
    LookAgain,
    Practise,
    OpenPage,
    CopyPage,
    OpenBrowser,
    CopyUrl,
    ShowBareUrl,
    WriteUrl,
    CopyTunnel,
    PasteAnswer,
    Retry,
    ExplainBrowserError,
    SetHint,
    SetScopes,
    AddRedirect,
    ShowMore,
    KeepToken,
    CopyToken,
    RevealToken,
    SomeoneElse,
    CheckToken,
    CheckAgain,
    UseAccount,
    SkipAccount,
    Tick,
    Write,
    Replace,
    OtherPath,
    CopyLines,
    SaveMore,
    Finish,
    Submit,
    NextField,
    Back,
    Close,
    Help,
    Quit,
    AnswerYes,
    AnswerNo,
}

/// Why a key does nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The selected file cannot be used.
    SourceUnusable,
    /// There is nothing to choose.
    NothingSelected,
    /// The listener is not ready yet.
    NotReady,
    /// The code is on its way; leaving now would lose the token.
    Exchanging,
    /// No browser can be started from here.
    NoBrowserHere,
    /// The console has no page for this.
    NoPage,
    /// No file is ticked.
    NothingTicked,
    /// A file that is ticked cannot be edited safely.
    TargetRefused,
    /// A file that is ticked holds another token or client.
    WouldReplace,
    /// No file that is ticked holds another token or client.
    NothingReplaced,
    /// There are no lines to copy here.
    NoLines,
    /// A file is being written.
    Writing,
}

/// One row of the table: any of these keys does this, or says why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The first one is shown.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// Why it does nothing now.
    pub off: Option<Reason>,
}

const fn on(keys: &'static [Key], action: Action) -> Binding {
    Binding { keys, action, off: None }
}

const fn when(off: Option<Reason>, keys: &'static [Key], action: Action) -> Binding {
    Binding { keys, action, off }
}

/// The keys of this very moment, the most useful first.
pub fn bindings(model: &Model) -> Vec<Binding> {
    match &model.overlay {
        Some(Overlay::Help { .. }) => {
            return vec![
                on(&[Key::Esc, Key::Char('?'), Key::F1, Key::Enter, Key::Char('q')], Action::Close),
                on(&[Key::Down, Key::Char('j')], Action::Down),
                on(&[Key::Up, Key::Char('k')], Action::Up),
            ];
        }
        Some(Overlay::Ask(question)) => return question_bindings(*question),
        // There is no room for more than one key to be told.
        None if model.bare_url().is_some() => return vec![on(&[Key::Enter, Key::Esc], Action::Close)],
        None => {}
    }
    let mut rows = match &model.step {
        Step::Client(screen) => client_bindings(screen),
        Step::SignIn(screen) => sign_in_bindings(screen, &model.options),
        Step::Token(screen) => token_bindings(screen),
        Step::Account(screen) => account_bindings(screen),
        Step::Save(screen) => save_bindings(screen),
    };
    let typing = model.field().is_some();
    rows.push(on(if typing { &[Key::F1] } else { &[Key::Char('?'), Key::F1] }, Action::Help));
    if !typing {
        rows.push(on(&[Key::Char('q')], Action::Quit));
    }
    rows
}

fn question_bindings(question: Question) -> Vec<Binding> {
    match question {
        Question::Quit | Question::DropToken => vec![
            on(&[Key::Char('y')], Action::AnswerYes),
            on(&[Key::Esc, Key::Enter, Key::Char('n')], Action::AnswerNo),
        ],
    }
}

fn moves(rows: &mut Vec<Binding>) {
    rows.extend([
        on(&[Key::Down, Key::Char('j'), Key::Ctrl('n')], Action::Down),
        on(&[Key::Up, Key::Char('k'), Key::Ctrl('p')], Action::Up),
        on(&[Key::PageDown, Key::Ctrl('d')], Action::PageDown),
        on(&[Key::PageUp, Key::Ctrl('u')], Action::PageUp),
        on(&[Key::Home, Key::Char('g')], Action::First),
        on(&[Key::End, Key::Char('G')], Action::Last),
    ]);
}

fn client_bindings(screen: &client::Screen) -> Vec<Binding> {
    match &screen.mode {
        Mode::Filter(_) => vec![
            when(screen.unusable(), &[Key::Enter], Action::UseSource),
            on(&[Key::Esc], Action::Close),
            on(&[Key::Down], Action::Down),
            on(&[Key::Up], Action::Up),
        ],
        Mode::Path(_) => vec![on(&[Key::Enter], Action::Submit), on(&[Key::Esc], Action::Close)],
        Mode::Typed { .. } => vec![
            on(&[Key::Enter], Action::Submit),
            on(&[Key::Tab, Key::BackTab, Key::Down, Key::Up], Action::NextField),
            on(&[Key::Esc], Action::Close),
        ],
        Mode::List if screen.shows_guide() => {
            let mut rows = vec![
                on(&[Key::Enter, Key::Char('o')], Action::OpenPage),
                on(&[Key::Char('c')], Action::CopyPage),
                on(&[Key::Char('p')], Action::TypePath),
                on(&[Key::Char('d')], Action::Practise),
                on(&[Key::Char('i')], Action::TypeClient),
                on(&[Key::Char('r')], Action::LookAgain),
            ];
            moves(&mut rows);
            rows.push(on(&[Key::Esc], Action::Back));
            rows
        }
        Mode::List => {
            let page = if screen.console_page().is_some() { None } else { Some(Reason::NoPage) };
            let mut rows = vec![
                when(screen.unusable(), &[Key::Enter], Action::UseSource),
                on(&[Key::Char('/')], Action::Filter),
                on(&[Key::Char('p')], Action::TypePath),
                on(&[Key::Char('r')], Action::LookAgain),
                on(&[Key::Char('i')], Action::TypeClient),
                when(page, &[Key::Char('o')], Action::OpenPage),
                when(page, &[Key::Char('c')], Action::CopyPage),
            ];
            moves(&mut rows);
            rows.push(on(&[Key::Esc], Action::Back));
            rows
        }
    }
}

fn sign_in_bindings(screen: &sign_in::Screen, options: &Options) -> Vec<Binding> {
    match &screen.dialog {
        Some(Dialog::Paste { .. } | Dialog::Hint(_) | Dialog::Scopes { .. } | Dialog::Redirect { .. }) => {
            return vec![on(&[Key::Enter], Action::Submit), on(&[Key::Esc], Action::Close)];
        }
        Some(Dialog::BrowserErrors { .. }) => {
            let page = if screen.explained_page().is_some() { None } else { Some(Reason::NoPage) };
            let mut rows = vec![
                when(page, &[Key::Enter, Key::Char('o')], Action::OpenPage),
                when(page, &[Key::Char('c')], Action::CopyPage),
            ];
            moves(&mut rows);
            rows.push(on(&[Key::Esc, Key::Char('e')], Action::Close));
            return rows;
        }
        Some(Dialog::Bare) => return vec![on(&[Key::Enter, Key::Esc], Action::Close)],
        Some(Dialog::More) => return vec![on(&[Key::Esc, Key::Char('h'), Key::Enter], Action::Close)],
        None => {}
    }
    let browser = if options.browser_here { None } else { Some(Reason::NoBrowserHere) };
    let settings = [on(&[Key::Char('n')], Action::SetHint), on(&[Key::Char('s')], Action::SetScopes)];
    let redirect = screen.is_web().then(|| on(&[Key::Char('u')], Action::AddRedirect));
    let explain = on(&[Key::Char('e')], Action::ExplainBrowserError);
    let back = on(&[Key::Esc], Action::Back);
    match &screen.phase {
        Phase::Preparing(_) => vec![
            when(Some(Reason::NotReady), &[Key::Enter, Key::Char('o')], Action::OpenBrowser),
            when(Some(Reason::NotReady), &[Key::Char('c')], Action::CopyUrl),
            back,
        ],
        Phase::Waiting(_) => {
            let mut rows = vec![
                when(browser, &[Key::Enter, Key::Char('o')], Action::OpenBrowser),
                on(&[Key::Char('c')], Action::CopyUrl),
                on(&[Key::Char('p')], Action::PasteAnswer),
            ];
            rows.extend(options.browser_at.is_over_ssh().then(|| on(&[Key::Char('t')], Action::CopyTunnel)));
            rows.extend([
                explain,
                on(&[Key::Char('h')], Action::ShowMore),
                on(&[Key::Char('w')], Action::ShowBareUrl),
                on(&[Key::Char('f')], Action::WriteUrl),
            ]);
            rows.extend(settings);
            rows.extend(redirect);
            rows.extend([on(&[Key::Char('r')], Action::Retry), back]);
            rows
        }
        Phase::Exchanging(_) => vec![when(Some(Reason::Exchanging), &[Key::Esc], Action::Back)],
        Phase::NoRedirect => {
            let page = if screen.console_page().is_some() { None } else { Some(Reason::NoPage) };
            vec![
                on(&[Key::Char('u'), Key::Enter], Action::AddRedirect),
                when(page, &[Key::Char('o')], Action::OpenPage),
                when(page, &[Key::Char('c')], Action::CopyPage),
                back,
            ]
        }
        Phase::Ended(_) => {
            let page = if screen.console_page().is_some() { None } else { Some(Reason::NoPage) };
            let mut rows = vec![
                on(&[Key::Char('r'), Key::Enter], Action::Retry),
                explain,
                when(page, &[Key::Char('o')], Action::OpenPage),
            ];
            rows.extend(settings);
            rows.extend(redirect);
            rows.push(back);
            rows
        }
        Phase::Signed(_) => {
            let mut rows =
                vec![on(&[Key::Enter], Action::KeepToken), on(&[Key::Char('r'), Key::Char('x')], Action::SomeoneElse)];
            rows.push(back);
            rows
        }
    }
}

fn token_bindings(screen: &token::Screen) -> Vec<Binding> {
    let page = if screen.audience_page().is_some() { None } else { Some(Reason::NoPage) };
    vec![
        on(&[Key::Enter], Action::CheckToken),
        on(&[Key::Char('c')], Action::CopyToken),
        on(&[Key::Char('v')], Action::RevealToken),
        on(&[Key::Char('x')], Action::SomeoneElse),
        when(page, &[Key::Char('o')], Action::OpenPage),
        on(&[Key::Esc], Action::Back),
    ]
}

fn account_bindings(screen: &account::Screen) -> Vec<Binding> {
    if screen.filter.is_some() {
        return vec![
            on(&[Key::Enter], Action::UseAccount),
            on(&[Key::Esc], Action::Close),
            on(&[Key::Down], Action::Down),
            on(&[Key::Up], Action::Up),
        ];
    }
    let page = if screen.console_page().is_some() { None } else { Some(Reason::NoPage) };
    let someone_else = on(&[Key::Char('x')], Action::SomeoneElse);
    let mut rows = vec![on(&[Key::Enter], Action::UseAccount)];
    rows.extend(screen.wants_someone_else().then(|| someone_else.clone()));
    rows.extend([
        on(&[Key::Char('s')], Action::SkipAccount),
        on(&[Key::Char('/')], Action::Filter),
        on(&[Key::Char('r')], Action::CheckAgain),
        when(page, &[Key::Char('o')], Action::OpenPage),
        when(page, &[Key::Char('c')], Action::CopyPage),
    ]);
    rows.extend((!screen.wants_someone_else()).then_some(someone_else));
    moves(&mut rows);
    rows.push(on(&[Key::Esc], Action::Back));
    rows
}

fn save_bindings(screen: &save::Screen) -> Vec<Binding> {
    if screen.path.is_some() {
        return vec![on(&[Key::Enter], Action::Submit), on(&[Key::Esc], Action::Close)];
    }
    match &screen.phase {
        save::Phase::Looking => vec![on(&[Key::Esc], Action::Back)],
        save::Phase::Writing => vec![when(Some(Reason::Writing), &[Key::Esc], Action::Back)],
        save::Phase::Done(outcomes) if outcomes.iter().all(|outcome| outcome.result.is_err()) => {
            vec![on(&[Key::Enter, Key::Char('b'), Key::Esc], Action::SaveMore)]
        }
        save::Phase::Done(_) => {
            vec![on(&[Key::Enter], Action::Finish), on(&[Key::Char('b'), Key::Esc], Action::SaveMore)]
        }
        save::Phase::Choosing => {
            let lines = if screen.lines().is_some() { None } else { Some(Reason::NoLines) };
            let replace = when(screen.cannot_replace(), &[Key::Char('y')], Action::Replace);
            let mut rows = vec![
                when(screen.cannot_write(), &[Key::Enter], Action::Write),
                on(&[Key::Char(' ')], Action::Tick),
                on(&[Key::Char('a')], Action::OtherPath),
                when(lines, &[Key::Char('c')], Action::CopyLines),
            ];
            // It is the next thing to do, or of no interest.
            let place = if replace.off.is_none() { 1 } else { rows.len() };
            rows.insert(place, replace);
            moves(&mut rows);
            rows.push(on(&[Key::Esc], Action::Back));
            rows
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hangul_letter_is_the_latin_letter_on_the_same_key() {
        for (jamo, latin) in [('ㅊ', 'c'), ('ㅐ', 'o'), ('ㅂ', 'q'), ('ㅡ', 'm'), ('ㅋ', 'z'), ('ㅖ', 'P')] {
            assert_eq!(Key::Char(jamo).latin(), Key::Char(latin));
        }
        assert_eq!(Key::Char('c').latin(), Key::Char('c'));
        assert_eq!(Key::Enter.latin(), Key::Enter);
    }
}
