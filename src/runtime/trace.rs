//! What a trace for a bug report says of events and effects: their names, and codes where there are any.
//! It never says what was typed, pasted, copied, read or written, nor an address, an account or a path.

use crate::oauth::callback::Ignored;
use crate::oauth::login::Progress;
use crate::problem::Problem;
use crate::wizard::account::Checked;
use crate::wizard::{Effect, Event};

/// A line about an event.
pub fn event(event: &Event) -> String {
    match event {
        Event::Pressed(_) => "a key was pressed".to_owned(),
        Event::Pasted(_) => "something was pasted".to_owned(),
        Event::Resized(columns, rows) => format!("the terminal has {columns} columns and {rows} rows"),
        Event::Ticked => "time went by".to_owned(),
        Event::SourcesFound { rows, finished } => {
            let kinds: Vec<_> = rows.iter().map(|row| row.kind().code()).collect();
            format!("sources found: {} (finished: {finished})", kinds.join(" "))
        }
        Event::SourceRead(candidate) => format!("source read: {}", candidate.kind().code()),
        Event::Progressed(attempt, progress) => format!("attempt {}: {}", attempt.0, of_progress(progress)),
        Event::BrowserTried { consent, outcome } => {
            format!("browser tried (consent: {consent}): {}", if outcome.is_ok() { "started" } else { "not started" })
        }
        Event::CopyTried(what, copied) => format!("copied {what:?}: {copied:?}"),
        Event::Checked(_, checked) => format!("check: {}", of_check(checked)),
        Event::TargetsSeen(offers) => format!("{} places looked at", offers.len()),
        Event::TargetSeen(_) => "another place looked at".to_owned(),
        Event::OldTokenTried(_, outcome) => {
            format!("old token tried: {}", if outcome.is_ok() { "works" } else { "fails" })
        }
        Event::Saved(outcomes) => {
            let each = outcomes.iter().map(|outcome| match &outcome.result {
                Ok(_) => "written".to_owned(),
                Err(error) => Problem::Save(error.clone()).code().to_owned(),
            });
            format!("saved: {}", each.collect::<Vec<_>>().join(" "))
        }
        Event::Focused(focused) => format!("the window is looked at: {focused}"),
        Event::UrlWritten(attempt, outcome) => {
            format!("consent URL of attempt {} written to a file: {}", attempt.0, outcome.is_ok())
        }
        Event::SuspendRefused => "there is no shell to suspend to".to_owned(),
    }
}

/// A line about an effect.
pub fn effect(effect: &Effect) -> String {
    match effect {
        Effect::LookForSources => "look for sources".to_owned(),
        Effect::WatchSources => "watch sources".to_owned(),
        Effect::ReadSource(_) => "read a source".to_owned(),
        Effect::BeginAttempt(id, attempt) => format!("begin attempt {} ({:?} client)", id.0, attempt.client.kind),
        Effect::EndAttempt(id) => format!("end attempt {}", id.0),
        Effect::SubmitPasted(id, _) => format!("judge what was pasted for attempt {}", id.0),
        Effect::OpenConsent(_) => "open the consent screen".to_owned(),
        Effect::OpenPage(_) => "open a page".to_owned(),
        Effect::Copy(what, _) => format!("copy {what:?}"),
        Effect::WriteUrl(id, _) => format!("write the consent URL of attempt {} to a file", id.0),
        Effect::Ring(news) => format!("ring: {news:?}"),
        Effect::Check(id, ..) => format!("begin check {}", id.0),
        Effect::EndCheck(id) => format!("end check {}", id.0),
        Effect::LookAtTargets(..) => "look at the usual places".to_owned(),
        Effect::LookAtTarget(target, ..) => format!("look at a place for {target:?}"),
        Effect::TryOldToken(..) => "try the token that would be replaced".to_owned(),
        Effect::Save(plans) => format!("write {} files", plans.len()),
        Effect::Suspend => "suspend".to_owned(),
        Effect::Quit(ending) => format!("quit: {ending:?}"),
    }
}

fn of_progress(progress: &Progress) -> String {
    match progress {
        Progress::Ready(_) => "ready".to_owned(),
        Progress::Ignored(why) => format!("ignored: {}", of_ignored(why)),
        Progress::Started => "a start link was used".to_owned(),
        Progress::PasteRefused(why) => format!("paste refused: {}", Problem::Paste(*why).code()),
        Progress::Exchanging => "exchanging".to_owned(),
        Progress::Ended(Ok(grant)) => format!("granted, {} warnings", grant.warnings().len()),
        Progress::Ended(Err(error)) => format!("ended: {}", Problem::Login(error.clone()).code()),
    }
}

fn of_ignored(why: &Ignored) -> &'static str {
    match why {
        Ignored::Unrelated => "unrelated",
        Ignored::OtherState => "another state",
        Ignored::ErrorWithoutState(_) => "an error without state",
        Ignored::Https => "https",
        Ignored::WrongStartCode => "a wrong start code",
    }
}

fn of_check(checked: &Checked) -> String {
    let failed = |problem: Problem| problem.code().to_owned();
    match checked {
        Checked::Refreshed(Ok(_)) => "refreshed".to_owned(),
        Checked::Refreshed(Err(error)) => failed(Problem::Refresh(error.clone())),
        Checked::NobodyToAsk => "nobody to ask".to_owned(),
        Checked::Accessible(Ok(accounts)) => format!("{} accounts are accessible", accounts.roots().len()),
        Checked::Counted(known) => format!("{known} accounts so far"),
        Checked::Found { accounts, .. } => format!("{} accounts found", accounts.len()),
        Checked::Read(Ok(())) => "read".to_owned(),
        Checked::Accessible(Err(error)) | Checked::Read(Err(error)) => failed(Problem::Ads(error.clone())),
    }
}
