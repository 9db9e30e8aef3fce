//! Whatever may happen to the wizard, in any order: events chosen by numbers.
#![allow(
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "what cannot be made ends the test; not every suite forbids it"
)]

use adsauth::ads::{AdsCode, AdsError};
use adsauth::oauth::callback::Ignored;
use adsauth::oauth::exchange::ExchangeError;
use adsauth::oauth::login::{LoginError, Progress};
use adsauth::oauth::secret::Secret;
use adsauth::ports::{BrowserError, Copied, NotWritten, Route};
use adsauth::problem::Problem;
use adsauth::wizard::account::{CheckId, Checked};
use adsauth::wizard::keys::Key;
use adsauth::wizard::sign_in::Dialog;
use adsauth::wizard::{AttemptId, Event, Model, Step, What};

use crate::canvas::Painted;
use crate::scenes::{self, CLIENT_SECRET, PORT, REFRESH_TOKEN, STATE, Script};

/// How many kinds of events there are, and how many beginnings.
pub const KINDS: u8 = 21;
pub const BEGINNINGS: u8 = 5;

/// Where a walk may begin.
pub fn beginning(number: u8) -> Model {
    let script = match number {
        0 => Script::start(),
        1 => Script::waiting(),
        2 => Script::token(scenes::grant()),
        3 => Script::reading(scenes::accounts()),
        _ => Script::saving(scenes::offers()),
    };
    script.model
}

/// One thing that may happen, chosen by a number.
#[derive(Clone, Copy, Debug)]
pub struct Chance(pub u8, pub u16);

/// The event of this chance, such that it may come to this model.
pub fn event(model: &Model, Chance(kind, detail): Chance) -> Event {
    const KEYS: &str = "cvpeheorisnuxq/?djkgGyYabwft 1.ㅊㅐ한";
    let pick = |all: usize| usize::from(detail) % all;
    let attempt = AttemptId(u32::from(detail % 4) + last_attempt(model).saturating_sub(1));
    match kind {
        0..=3 => Event::Pressed(Key::Char(KEYS.chars().nth(pick(KEYS.chars().count())).unwrap())),
        4 | 5 => Event::Pressed(
            [
                Key::Enter,
                Key::Esc,
                Key::Up,
                Key::Down,
                Key::Tab,
                Key::PageDown,
                Key::End,
                Key::Backspace,
                Key::F1,
                Key::Left,
            ][pick(10)],
        ),
        6 if detail % 40 == 0 => Event::Pressed(Key::Ctrl('c')),
        6 => Event::Pasted(Secret::new(pasted(model, detail))),
        7 => Event::Resized(detail % 301, detail / 301 % 101),
        8 => Event::SourcesFound { rows: scenes::several().split_off(pick(5)), finished: detail % 3 > 0 },
        9 | 10 => Event::Progressed(attempt, Progress::Ready(scenes::links())),
        11 => Event::Progressed(attempt, Progress::Ended(Ok(scenes::grant()))),
        12 => Event::Progressed(attempt, progress(detail)),
        13 => Event::CopyTried(
            [What::Token, What::ConsentUrl, What::Page, What::Lines][pick(4)],
            [Copied::AskTerminal, Copied::CommandFailed, Copied::Confirmed(Route::Tmux)][usize::from(detail / 3) % 3]
                .clone(),
        ),
        14 => Event::BrowserTried {
            consent: detail % 2 == 0,
            outcome: [Ok(()), Err(BrowserError::NoBrowserHere)][usize::from(detail / 2) % 2].clone(),
        },
        15 => Event::Checked(check(model), checked(detail)),
        16 => Event::TargetsSeen(scenes::offers().split_off(pick(9))),
        17 => Event::Saved(scenes::outcomes().split_off(pick(2))),
        18 => Event::Focused(detail % 2 == 0),
        19 => Event::UrlWritten(attempt, [Ok("/run/user/1000/url.txt".into()), Err(NotWritten)][pick(2)].clone()),
        _ => Event::Ticked,
    }
}

fn checked(detail: u16) -> Checked {
    match detail % 5 {
        0 => Checked::Refreshed(Ok(None)),
        1 => Checked::Accessible(Ok(scenes::accounts().into())),
        2 if detail.is_multiple_of(2) => Checked::Counted(usize::from(detail)),
        2 => scenes::finds(scenes::accounts()),
        3 => Checked::Read(Err(AdsError::Code(AdsCode::ALL[usize::from(detail) % AdsCode::ALL.len()]))),
        _ => Checked::Refreshed(Err(ExchangeError::Slow)),
    }
}

fn check(model: &Model) -> CheckId {
    match &model.step {
        Step::Account(screen) => screen.check,
        Step::Save(screen) => screen.account.check,
        Step::Client(_) | Step::SignIn(_) | Step::Token(_) => CheckId::default(),
    }
}

fn progress(detail: u16) -> Progress {
    let errors: Vec<_> = Problem::examples()
        .into_iter()
        .filter_map(|problem| match problem {
            Problem::Login(error) => Some(error),
            _ => None,
        })
        .collect();
    match detail % 5 {
        0 => Progress::Exchanging,
        1 => Progress::Started,
        2 => Progress::Ignored(Ignored::ErrorWithoutState("access_denied".to_owned())),
        3 => Progress::Ended(Err(LoginError::Exchange(ExchangeError::Slow))),
        _ => Progress::Ended(Err(errors[usize::from(detail) % errors.len()].clone())),
    }
}

fn last_attempt(model: &Model) -> u32 {
    match &model.step {
        Step::SignIn(screen) => screen.attempt().map_or(1, |AttemptId(number)| number),
        Step::Client(_) | Step::Token(_) | Step::Account(_) | Step::Save(_) => 1,
    }
}

/// Nobody pastes an answer into the box for a path; where it belongs, it is pasted.
fn pasted(model: &Model, detail: u16) -> String {
    let answers = match &model.step {
        Step::SignIn(screen) => matches!(screen.dialog, None | Some(Dialog::Paste { .. })),
        Step::Client(_) | Step::Token(_) | Step::Account(_) | Step::Save(_) => false,
    };
    if answers && detail.is_multiple_of(2) {
        format!("http://127.0.0.1:{PORT}/?state={STATE}&code=4/0A")
    } else {
        ["~/client.json", "한글 text\u{7}\u{1b}[31m", "", "\u{202e}x"][usize::from(detail) % 4].to_owned()
    }
}

/// A row that shows a piece of a secret, if there is one besides those that are for it.
pub fn secrets_seen(painted: &Painted) -> Option<String> {
    let hidden = painted.spot.as_ref().map_or(0..0, |spot| usize::from(spot.row)..usize::from(spot.row + spot.rows));
    let rows = painted.rows().into_iter().enumerate().filter(|(number, _)| !hidden.contains(number));
    let leaks = |row: &String, secret: &str| {
        secret.as_bytes().windows(12).any(|piece| row.as_bytes().windows(12).any(|seen| seen == piece))
    };
    let secrets = [CLIENT_SECRET, REFRESH_TOKEN, STATE, scenes::ACCESS_TOKEN, scenes::OLD_TOKEN];
    rows.map(|(_, row)| row).find(|row| secrets.iter().any(|secret| leaks(row, secret)))
}
