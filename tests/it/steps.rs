//! What the Account and Save steps remember, select and say afterwards.

use std::time::{Duration, Instant};

use adsauth::oauth::secret::Secret;
use adsauth::targets::Target;
use adsauth::text::Lang;
use adsauth::wizard::keys::Key;
use adsauth::wizard::{Event, Model, Overlay, Question, Step, account, save};

use crate::canvas::{look, paint};
use crate::scenes::{self, CLIENT_SECRET, REFRESH_TOKEN, Script};

fn account_screen(model: &Model) -> &account::Screen {
    match &model.step {
        Step::Account(screen) => screen,
        other => panic!("not on Account: {other:?}"),
    }
}

fn save_screen(model: &Model) -> &save::Screen {
    match &model.step {
        Step::Save(screen) => screen,
        other => panic!("not on Save: {other:?}"),
    }
}

#[test]
fn a_filter_keeps_the_selected_account_or_takes_the_first_that_is_left() {
    let selected = |script: &Script| account_screen(&script.model).chosen().map(|chosen| chosen.account.dashed());
    let script = Script::reading(scenes::accounts()).press(Key::End);
    assert_eq!(selected(&script).as_deref(), Some("900-150-3324"));
    let kept = script.clone().key('/').types("blue");
    assert_eq!(selected(&kept).as_deref(), Some("900-150-3324"));
    let moved = kept.types(" shop");
    assert_eq!(selected(&moved).as_deref(), Some("210-447-9031"));
    assert_eq!(selected(&moved.clone().press(Key::Esc)).as_deref(), Some("210-447-9031"));
    assert_eq!(selected(&moved.types("x")), None);
}

#[test]
fn the_login_customer_id_follows_from_the_way_to_the_account() {
    let chosen = |keys: usize| {
        let script = (0..keys).fold(Script::reading(scenes::accounts()), |script, _| script.press(Key::Down));
        account_screen(&script.model).chosen().map(|chosen| (chosen.account.to_string(), chosen.login.to_string()))
    };
    assert_eq!(chosen(0), None);
    let pair = |account: &str, login: &str| Some((account.to_owned(), login.to_owned()));
    assert_eq!(chosen(1), pair("7712048890", "7712048890"));
    assert_eq!(chosen(3), pair("5623301187", "4031125566"));
    assert_eq!(chosen(6), pair("6189042210", "4031125566"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn thousands_of_accounts_are_painted_as_quickly_as_a_few() {
    let model = scenes::named("account-thousands");
    let begun = Instant::now();
    for _ in 0..20 {
        paint(&model, &look(), (80, 24));
    }
    // Laying out all rows takes ten times as long even on a fast machine.
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?} for twenty frames", begun.elapsed());
}

#[test]
fn a_token_that_could_not_be_written_is_not_lost_by_the_key_that_would_finish() {
    let model = scenes::named("saved-nothing");
    assert!(model.card().unwrap().is_live());
    let script = Script::saving(scenes::offers()).press(Key::Enter).then(Event::Saved(Vec::new()));
    let again = script.clone().press(Key::Enter);
    assert_eq!(save_screen(&again.model).phase, save::Phase::Looking);
    assert_eq!(script.key('q').model.overlay, Some(Overlay::Ask(Question::Quit)));
}

#[test]
fn what_was_saved_is_said_after_the_wizard_with_a_command_to_try_it() {
    let said = |scene: &str| (Lang::En.text().summary.token)(scenes::named(scene).card().unwrap()).join("\n");
    let saved = said("saved");
    for needed in
        ["/home/ada/google-ads.yaml,", "google-ads.yaml.adsauth-backup", "live secrets", "  python -c", "clipboard"]
    {
        assert!(saved.contains(needed), "{needed}: {saved}");
    }
    assert!(!saved.contains("developer_token"), "the file holds one: {saved}");
    let new = said("saved-new");
    assert!(new.contains("developer_token") && !new.contains("gone") && !new.contains("backup"), "{new}");
}

#[test]
fn a_path_is_one_word_of_the_shell_in_every_command() {
    let command = Lang::En.text().save.command;
    assert_eq!(
        command(Target::AuthorizedUser, "/home/ada/it's here", true),
        r"export GOOGLE_APPLICATION_CREDENTIALS='/home/ada/it'\''s here'"
    );
    let python = command(Target::Python, "/srv/$(id)/ads.yaml", false);
    assert!(python.starts_with("GOOGLE_ADS_CONFIGURATION_FILE_PATH='/srv/$(id)/ads.yaml' python"), "{python}");
}

#[test]
fn lines_are_masked_on_the_screen_and_whole_on_the_clipboard() {
    let model = scenes::named("save-node");
    let screen = save_screen(&model);
    let whole = screen.lines().map(Secret::expose).unwrap();
    assert!(whole.contains(CLIENT_SECRET) && whole.contains(REFRESH_TOKEN));
    let shown = format!("{:?}", screen.shown_lines());
    assert!(!shown.contains(CLIENT_SECRET) && !shown.contains(REFRESH_TOKEN) && shown.contains("google"), "{shown}");
}

#[test]
fn every_line_that_changes_can_be_scrolled_to_on_the_smallest_screen() {
    let mut script = Script::saving(scenes::offers());
    let all = save_screen(&script.model).shown_lines().len();
    let seen = |script: &Script| paint(&script.model, &look(), (60, 18)).text();
    assert!(all > 3);
    for _ in 0..all {
        script = script.press(Key::PageDown);
    }
    assert!(seen(&script).contains("use_proto_plus"), "{}", seen(&script));
    let replaced = (0..9).fold(Script::saving(scenes::offers_replacing()), |script, _| script.press(Key::PageDown));
    assert!(seen(&replaced).contains("+ login_customer_id"), "{}", seen(&replaced));
}
