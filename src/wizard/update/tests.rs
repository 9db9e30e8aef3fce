//! The product's promises about keys, going back and tokens, as transitions.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::*;
use crate::ads::Accounts;
use crate::oauth::callback::Ignored;
use crate::oauth::candidates::Candidate;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::client_file::Unusable;
use crate::oauth::consent::{ConsentUrl, Wish};
use crate::oauth::endpoints::{Endpoints, Trust};
use crate::oauth::exchange::ExchangeError;
use crate::oauth::grant::{ADWORDS_SCOPE, Grant};
use crate::oauth::login::{Links, LoginError, Progress};
use crate::oauth::redirect::{RedirectPlan, RedirectUri};
use crate::ports::Route;
use crate::problem::Problem;
use crate::targets::Target;
use crate::targets::plan::Plan;
use crate::targets::save::{Existing, Place, Saved, Surroundings};
use crate::wizard::account::Checked;
use crate::wizard::save::{Offer, Offered, Outcome};
use crate::wizard::sign_in::{self, Waiting};
use crate::wizard::{AttemptId, News, Options};

/// A wizard with a clock that a test moves on.
struct Wizard {
    model: Model,
    now: Moment,
}

impl Wizard {
    fn start() -> Self {
        let options = Options {
            timeout: Some(Duration::from_secs(600)),
            wish: Wish { scopes: vec![ADWORDS_SCOPE.to_owned()], login_hint: None },
            port: None,
            redirect: None,
            trust: Trust::default(),
            browser_here: true,
            practice: false,
            home: "/home/ada".into(),
            browser_at: super::super::BrowserAt::Here,
            started: SystemTime::UNIX_EPOCH,
        };
        let (model, _) = Model::start(options, (80, 24), None);
        Self { model, now: Moment::default() }
    }

    fn with_clients(kinds: &[ClientKind]) -> Self {
        let mut wizard = Self::start();
        let rows = kinds.iter().enumerate().map(|(number, kind)| row(&format!("/home/ada/{number}.json"), *kind));
        wizard.happens(Event::SourcesFound { rows: rows.collect(), finished: true });
        wizard.later();
        wizard
    }

    fn waiting() -> Self {
        let mut wizard = Self::with_clients(&[ClientKind::Desktop]);
        wizard.press(Key::Enter);
        wizard.progress(Progress::Ready(links()));
        wizard.later();
        wizard
    }

    fn with_token() -> Self {
        let mut wizard = Self::waiting();
        wizard.progress(Progress::Exchanging);
        wizard.progress(Progress::Ended(Ok(grant())));
        wizard.later();
        wizard
    }

    /// Long enough for keys to be heard again.
    fn later(&mut self) {
        self.now = self.now.after(Duration::from_secs(1));
    }

    fn happens(&mut self, event: Event) -> Vec<Effect> {
        update(&mut self.model, event, self.now)
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.happens(Event::Pressed(key))
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.happens(Event::Pasted(Secret::new(text.to_owned())))
    }

    fn progress(&mut self, progress: Progress) -> Vec<Effect> {
        let attempt = self.model.last_attempt;
        self.happens(Event::Progressed(attempt, progress))
    }

    fn sign_in(&self) -> &sign_in::Screen {
        match &self.model.step {
            Step::SignIn(screen) => screen,
            other => panic!("not on Sign in: {other:?}"),
        }
    }

    fn waiting_attempt(&self) -> &Waiting {
        match &self.sign_in().phase {
            Phase::Waiting(waiting) => waiting,
            other => panic!("not waiting: {other:?}"),
        }
    }

    fn is_on_token(&self) -> bool {
        matches!(self.model.step, Step::Token(_))
    }
}

fn row(path: &str, kind: ClientKind) -> Candidate {
    Candidate {
        path: path.into(),
        modified: None,
        others_can_read: false,
        verdict: Ok(std::sync::Arc::new(client(kind, path))),
        duplicate_of: None,
        config: None,
    }
}

fn client(kind: ClientKind, id: &str) -> Client {
    Client {
        kind,
        id: id.to_owned(),
        secret: Secret::new("GOCSPX-secret".to_owned()),
        project: Some("ads".to_owned()),
        endpoints: Endpoints::google(),
        redirect_uris: Vec::new(),
    }
}

fn links() -> Links {
    Links {
        consent: ConsentUrl::new("https://accounts.google.com/o/oauth2/v2/auth?state=s".to_owned()),
        start: "http://127.0.0.1:40123/s/abcdef".to_owned(),
        browser: "http://127.0.0.1:40123/s/ghijkm".to_owned(),
        redirect: RedirectUri::desktop(40123),
    }
}

fn grant() -> Grant {
    Grant {
        refresh_token: Secret::new("1//0gTOKEN".to_owned()),
        access_token: Secret::new("ya29.ACCESS".to_owned()),
        scopes: vec![ADWORDS_SCOPE.to_owned()],
        missing_scopes: Vec::new(),
        refresh_expires: None,
        account: None,
        received: SystemTime::UNIX_EPOCH,
    }
}

fn quits(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::Quit(_)])
}

fn offer(wizard: &Wizard, existing: Option<&str>) -> Offer {
    let Step::Save(screen) = &wizard.model.step else { panic!("not on Save") };
    let path = std::path::PathBuf::from("/home/ada/google-ads.yaml");
    let existing = existing.map(|text| Existing::new(text.to_owned(), 0o600, 1));
    let place = Place { asked: path.clone(), path, existing };
    let plan = Plan::new(Target::Python, place, &screen.credentials, &Surroundings::default());
    Offer::new(Offered::File(Box::new(plan)))
}

/// A wizard on the Save step, with a file like this in the usual place.
fn on_save(existing: Option<&str>) -> Wizard {
    let mut wizard = Wizard::with_token();
    wizard.press(Key::Enter);
    wizard.press(Key::Enter);
    let offers = vec![offer(&wizard, existing)];
    wizard.happens(Event::TargetsSeen(offers));
    wizard.later();
    wizard
}

#[test]
fn five_enters_lead_from_the_start_to_a_written_file_and_a_sixth_ends() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Desktop]);
    let effects = wizard.press(Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::BeginAttempt(..)]), "{effects:?}");
    wizard.progress(Progress::Ready(links()));
    wizard.later();
    assert_eq!(wizard.press(Key::Enter), [Effect::OpenConsent(links().browser)]);
    wizard.progress(Progress::Exchanging);
    wizard.progress(Progress::Ended(Ok(grant())));
    wizard.later();
    let effects = wizard.press(Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Check(..)]), "{effects:?}");
    let effects = wizard.press(Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::LookAtTargets(..)]), "{effects:?}");
    let offers = vec![offer(&wizard, None)];
    wizard.happens(Event::TargetsSeen(offers));
    wizard.later();
    let effects = wizard.press(Key::Enter);
    let [Effect::Save(plans)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(plans[0].target, Target::Python);
    let path = plans[0].place.asked.clone();
    let result = Ok(Saved { path: path.clone(), backup: None });
    wizard.happens(Event::Saved(vec![Outcome { target: Target::Python, path, result }]));
    wizard.later();
    assert_eq!(wizard.press(Key::Enter), [Effect::Quit(Ending::Exit(Exit::Done))]);
}

#[test]
fn enter_never_replaces_another_token_and_y_does() {
    let mut wizard = on_save(Some("client_id: 9-z.apps.googleusercontent.com\nrefresh_token: 1//0gOTHER\n"));
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.model.notice, Some(Notice::Off(super::super::keys::Reason::WouldReplace)));
    assert!(matches!(wizard.press(Key::Char('y')).as_slice(), [Effect::Save(_)]));
}

#[test]
fn a_file_that_is_left_alone_cannot_be_written_but_its_lines_can_be_copied() {
    let mut wizard = on_save(Some("a: &anchor 1\nb: *anchor\n"));
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.press(Key::Char('y')), []);
    assert!(matches!(wizard.press(Key::Char('c')).as_slice(), [Effect::Copy(What::Lines, _)]));
}

#[test]
fn a_saved_token_is_not_asked_about_and_going_back_keeps_it() {
    let mut wizard = on_save(None);
    wizard.press(Key::Enter);
    let path = std::path::PathBuf::from("/home/ada/google-ads.yaml");
    let result = Ok(Saved { path: path.clone(), backup: None });
    wizard.happens(Event::Saved(vec![Outcome { target: Target::Python, path, result }]));
    wizard.later();
    assert!(wizard.model.card().is_some_and(|card| !card.is_live()));
    for _ in 0..4 {
        wizard.press(Key::Esc);
    }
    assert!(wizard.model.card().is_some());
}

#[test]
fn esc_from_the_accounts_ends_the_check_and_late_answers_of_it_are_dropped() {
    let mut wizard = Wizard::with_token();
    wizard.press(Key::Enter);
    let id = wizard.model.last_check;
    assert_eq!(wizard.press(Key::Esc), [Effect::EndCheck(id)]);
    assert!(wizard.is_on_token());
    wizard.press(Key::Enter);
    wizard.happens(Event::Checked(id, Checked::Accessible(Ok(Arc::new(Accounts::default())))));
    let Step::Account(screen) = &wizard.model.step else { panic!() };
    assert_eq!(screen.accounts, crate::wizard::account::Grade::Waiting);
}

#[test]
fn the_only_account_by_which_all_others_are_reached_is_the_login_customer_id() {
    let mut wizard = Wizard::with_token();
    wizard.press(Key::Enter);
    let id = wizard.model.last_check;
    let root = "1234567890".parse().unwrap();
    wizard.happens(Event::Checked(id, Checked::Accessible(Ok(Arc::new(Accounts::of(&[root]))))));
    wizard.press(Key::Enter);
    let Step::Save(screen) = &wizard.model.step else { panic!() };
    assert_eq!(screen.credentials.login_customer_id, Some(root));
}

#[test]
fn keys_within_400_ms_of_a_change_that_nobody_asked_for_are_dropped() {
    let mut wizard = Wizard::waiting();
    wizard.progress(Progress::Exchanging);
    wizard.progress(Progress::Ended(Ok(grant())));
    wizard.now = wizard.now.after(Duration::from_millis(399));
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.press(Key::Char('x')), []);
    assert!(wizard.is_on_token());
    wizard.now = wizard.now.after(Duration::from_millis(1));
    assert!(!wizard.press(Key::Enter).is_empty());
}

#[test]
fn ctrl_c_is_heard_even_then_and_the_second_one_always_quits() {
    let mut wizard = Wizard::waiting();
    wizard.progress(Progress::Ended(Ok(grant())));
    assert_eq!(wizard.press(Key::Ctrl('c')), [], "the token is live, so it asks");
    assert_eq!(wizard.model.overlay, Some(Overlay::Ask(Question::Quit)));
    assert_eq!(wizard.press(Key::Ctrl('c')), [Effect::Quit(Ending::Exit(Exit::Interrupted))]);
}

#[test]
fn ctrl_c_without_a_token_quits_at_once() {
    assert!(quits(&Wizard::waiting().press(Key::Ctrl('c'))));
}

#[test]
fn a_new_file_on_top_of_the_list_is_not_picked_by_an_enter_meant_for_the_old_one() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Desktop]);
    let rows = vec![row("/home/ada/new.json", ClientKind::Desktop), row("/home/ada/0.json", ClientKind::Desktop)];
    wizard.happens(Event::SourcesFound { rows, finished: true });
    assert_eq!(wizard.press(Key::Enter), []);
    wizard.later();
    assert!(!wizard.press(Key::Enter).is_empty());
}

#[test]
fn the_selection_stays_on_its_file_once_the_user_has_moved() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Desktop, ClientKind::Desktop]);
    wizard.press(Key::Down);
    let rows =
        ["/home/ada/new.json", "/home/ada/0.json", "/home/ada/1.json"].map(|path| row(path, ClientKind::Desktop));
    wizard.happens(Event::SourcesFound { rows: rows.into(), finished: true });
    let Step::Client(screen) = &wizard.model.step else { panic!() };
    assert_eq!(screen.selected_row().unwrap().path.to_str(), Some("/home/ada/1.json"));
}

#[test]
fn what_is_shown_stays_until_more_is_found_or_the_looking_is_over() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Desktop, ClientKind::Desktop]);
    assert_eq!(wizard.press(Key::Char('r')), [Effect::LookForSources]);
    let shown = |wizard: &Wizard| match &wizard.model.step {
        Step::Client(screen) => (screen.rows.len(), screen.looking),
        other => panic!("{other:?}"),
    };
    let found = |count: usize, finished| Event::SourcesFound {
        rows: (0..count).map(|number| row(&format!("/home/ada/{number}.json"), ClientKind::Desktop)).collect(),
        finished,
    };
    for (event, expected) in [
        (found(0, false), (2, true)),
        (found(1, false), (2, true)),
        (found(3, false), (3, true)),
        (found(1, true), (1, false)),
    ] {
        wizard.happens(event);
        assert_eq!(shown(&wizard), expected);
    }
}

#[test]
fn whoever_has_looked_watches() {
    let mut wizard = Wizard::start();
    assert_eq!(wizard.happens(Event::SourcesFound { rows: Vec::new(), finished: false }), []);
    assert_eq!(wizard.happens(Event::SourcesFound { rows: Vec::new(), finished: true }), [Effect::WatchSources]);
}

#[test]
fn a_source_that_cannot_be_used_cannot_be_chosen_and_the_key_says_why() {
    let mut wizard = Wizard::start();
    let broken = Candidate { verdict: Err(Unusable::Empty), ..row("/home/ada/x.json", ClientKind::Desktop) };
    wizard.happens(Event::SourcesFound { rows: vec![broken], finished: true });
    wizard.later();
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.model.notice, Some(Notice::Off(super::super::keys::Reason::SourceUnusable)));
}

#[test]
fn a_source_that_was_named_and_cannot_be_used_is_explained_where_another_can_be_named() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Desktop]);
    let broken = Candidate { verdict: Err(Unusable::Empty), ..row("/home/ada/x.json", ClientKind::Desktop) };
    wizard.happens(Event::SourceRead(broken.clone()));
    let Step::Client(screen) = &wizard.model.step else { panic!() };
    assert!(matches!(screen.mode, super::super::client::Mode::Path(_)));
    assert_eq!(screen.refused, Some(broken));
}

#[test]
fn a_paste_is_never_keys() {
    let mut wizard = Wizard::with_token();
    assert_eq!(wizard.paste("qxy\n"), []);
    assert!(wizard.is_on_token());

    let mut wizard = Wizard::waiting();
    wizard.paste("http://127.0.0.1:40123/?state=s\n&code=c");
    assert_eq!(wizard.model.field().unwrap().text(), "http://127.0.0.1:40123/?state=s&code=c");
    let effects = wizard.press(Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::SubmitPasted(..)]), "{effects:?}");
}

#[test]
fn time_does_not_run_out_while_the_paste_box_is_open() {
    let mut wizard = Wizard::waiting();
    wizard.press(Key::Char('p'));
    wizard.now = wizard.now.after(Duration::from_secs(3600));
    assert_eq!(wizard.happens(Event::Ticked), []);
    assert_eq!(wizard.model.next_tick(), None);
    wizard.press(Key::Esc);
    let left = wizard.waiting_attempt().limit.left(wizard.now).unwrap();
    assert!(left > Duration::from_secs(590), "{left:?}");
}

#[test]
fn an_attempt_that_nobody_answers_ends_with_a_retry_on_the_same_port() {
    let mut wizard = Wizard::waiting();
    wizard.now = wizard.now.after(Duration::from_secs(600));
    let effects = wizard.happens(Event::Ticked);
    assert_eq!(effects, [Effect::EndAttempt(AttemptId(1))]);
    assert_eq!(wizard.sign_in().phase, Phase::Ended(Box::new(Problem::TimedOut)));
    wizard.later();
    let effects = wizard.press(Key::Char('r'));
    let [Effect::BeginAttempt(AttemptId(2), attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(attempt.plan, RedirectPlan::Desktop { port: Some(40123) });
}

#[test]
fn what_comes_from_an_older_attempt_is_dropped() {
    let mut wizard = Wizard::waiting();
    wizard.press(Key::Char('r'));
    wizard.happens(Event::Progressed(AttemptId(1), Progress::Ended(Ok(grant()))));
    assert_eq!(wizard.sign_in().phase, Phase::Preparing(AttemptId(2)));
}

#[test]
fn nothing_that_comes_in_and_is_not_the_answer_ends_the_attempt() {
    let mut wizard = Wizard::waiting();
    for why in [
        Ignored::Unrelated,
        Ignored::OtherState,
        Ignored::Https,
        Ignored::WrongStartCode,
        Ignored::ErrorWithoutState("access_denied".to_owned()),
    ] {
        wizard.progress(Progress::Ignored(why));
    }
    let waiting = wizard.waiting_attempt();
    assert_eq!((waiting.ignored, waiting.https, waiting.reported.as_deref()), (5, true, Some("access_denied")));
}

#[test]
fn going_back_from_the_token_keeps_it_and_enter_goes_forward_without_a_new_sign_in() {
    let mut wizard = Wizard::with_token();
    assert_eq!(wizard.press(Key::Esc), []);
    assert!(matches!(wizard.sign_in().phase, Phase::Signed(_)));
    wizard.press(Key::Esc);
    assert!(matches!(wizard.model.step, Step::Client(_)));
    assert!(wizard.model.card().is_some());
    assert_eq!(wizard.press(Key::Char('q')), [], "it asks, since the token would be lost");
    wizard.press(Key::Esc);
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.press(Key::Enter), []);
    assert!(wizard.is_on_token());
}

#[test]
fn a_token_survives_a_failed_sign_in_with_another_client() {
    let mut wizard = Wizard::with_token();
    wizard.press(Key::Esc);
    wizard.press(Key::Esc);
    let rows = vec![row("/home/ada/other.json", ClientKind::Desktop), row("/home/ada/0.json", ClientKind::Desktop)];
    wizard.happens(Event::SourcesFound { rows, finished: true });
    wizard.later();
    wizard.press(Key::Home);
    let effects = wizard.press(Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::BeginAttempt(..)]), "{effects:?}");
    wizard.progress(Progress::Ended(Err(LoginError::Denied("access_denied".to_owned()))));
    wizard.later();
    wizard.press(Key::Esc);
    assert!(wizard.model.card().is_some());
    wizard.press(Key::Down);
    wizard.press(Key::Enter);
    assert!(matches!(wizard.sign_in().phase, Phase::Signed(_)));
}

#[test]
fn esc_ends_the_attempt_but_not_while_the_code_is_exchanged() {
    let mut wizard = Wizard::waiting();
    wizard.progress(Progress::Exchanging);
    wizard.later();
    assert_eq!(wizard.press(Key::Esc), []);
    assert_eq!(wizard.model.notice, Some(Notice::Off(super::super::keys::Reason::Exchanging)));

    let mut wizard = Wizard::waiting();
    let effects = wizard.press(Key::Esc);
    assert!(effects.contains(&Effect::EndAttempt(AttemptId(1))), "{effects:?}");
}

#[test]
fn a_copied_token_is_not_asked_about() {
    let mut wizard = Wizard::with_token();
    wizard.happens(Event::CopyTried(What::Token, Copied::Confirmed(Route::HelperX11)));
    assert_eq!(wizard.press(Key::Char('q')), [Effect::Quit(Ending::Exit(Exit::Done))]);

    let mut wizard = Wizard::with_token();
    wizard.happens(Event::CopyTried(What::Token, Copied::CommandFailed));
    assert_eq!(wizard.press(Key::Char('q')), [], "nothing was copied");
}

#[test]
fn someone_else_asks_first_while_the_token_is_live() {
    let mut wizard = Wizard::with_token();
    assert_eq!(wizard.press(Key::Char('x')), []);
    assert_eq!(wizard.model.overlay, Some(Overlay::Ask(Question::DropToken)));
    wizard.press(Key::Esc);
    assert!(wizard.is_on_token());
    wizard.press(Key::Char('x'));
    let effects = wizard.press(Key::Char('y'));
    assert!(matches!(effects.as_slice(), [Effect::BeginAttempt(..)]), "{effects:?}");
}

#[test]
fn leaving_the_token_hides_it() {
    let mut wizard = Wizard::with_token();
    wizard.press(Key::Char('v'));
    wizard.press(Key::Esc);
    assert!(!wizard.model.card().unwrap().revealed);
}

#[test]
fn in_a_text_box_letters_type() {
    let mut wizard = Wizard::waiting();
    wizard.press(Key::Char('n'));
    for letter in "q?r".chars() {
        assert_eq!(wizard.press(Key::Char(letter)), []);
    }
    assert_eq!(wizard.model.field().unwrap().text(), "q?r");
    let effects = wizard.press(Key::Enter);
    let [Effect::EndAttempt(_), Effect::BeginAttempt(_, attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(attempt.wish.login_hint.as_deref(), Some("q?r"));
}

#[test]
fn a_hangul_input_method_presses_the_same_keys() {
    let mut wizard = Wizard::with_token();
    assert!(matches!(wizard.press(Key::Char('ㅊ')).as_slice(), [Effect::Copy(What::Token, _)]));
}

#[test]
fn a_web_client_without_a_loopback_redirect_takes_one_that_the_user_has_registered() {
    let mut wizard = Wizard::with_clients(&[ClientKind::Web]);
    assert_eq!(wizard.press(Key::Enter), []);
    assert_eq!(wizard.sign_in().phase, Phase::NoRedirect);
    wizard.press(Key::Char('u'));
    wizard.press(Key::Ctrl('u'));
    wizard.paste("https://example.org/cb");
    assert_eq!(wizard.press(Key::Enter), [], "only loopback is accepted");
    wizard.press(Key::Ctrl('u'));
    wizard.paste("http://127.0.0.1:8123/cb");
    let effects = wizard.press(Key::Enter);
    let [Effect::BeginAttempt(_, attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(matches!(&attempt.plan, RedirectPlan::Registered(uris) if uris[0].as_str() == "http://127.0.0.1:8123/cb"));
}

#[test]
fn a_failure_is_a_screen_and_says_the_exit_code() {
    let mut wizard = Wizard::waiting();
    wizard.progress(Progress::Ended(Err(LoginError::Exchange(ExchangeError::NoRefreshToken))));
    wizard.later();
    assert_eq!(wizard.press(Key::Char('q')), [Effect::Quit(Ending::Exit(Exit::Exchange))]);
}

#[test]
fn the_countdown_ticks_by_the_minute_and_by_the_second_only_at_the_end() {
    let mut wizard = Wizard::waiting();
    let end = wizard.now.after(Duration::from_secs(599));
    let mut ticks = 0;
    while let Some(tick) = wizard.model.next_tick() {
        assert!(tick > wizard.now && tick <= end.after(Duration::from_secs(1)));
        wizard.now = tick;
        wizard.happens(Event::Ticked);
        ticks += 1;
    }
    assert!(ticks <= 70, "{ticks} wake-ups in ten minutes");
    assert_eq!(wizard.sign_in().phase, Phase::Ended(Box::new(Problem::TimedOut)));
}

#[test]
fn after_a_minute_without_a_browser_the_screen_changes_once_even_without_a_countdown() {
    let waited = |browser: Progress| {
        let mut wizard = Wizard::waiting();
        wizard.model.options.timeout = None;
        wizard.press(Key::Char('r'));
        wizard.progress(Progress::Ready(links()));
        wizard.progress(browser);
        let start = wizard.now;
        let mut ticks = Vec::new();
        while let Some(tick) = wizard.model.next_tick() {
            ticks.push(tick.since(start));
            wizard.now = tick;
            wizard.happens(Event::Ticked);
        }
        ticks
    };
    assert_eq!(waited(Progress::Ignored(Ignored::Unrelated)), [Duration::from_mins(1)]);
    assert!(waited(Progress::Started).is_empty());
}

#[test]
fn the_bare_url_hears_enter_esc_and_ctrl_c_and_goes_when_the_attempt_goes_on() {
    for key in [Key::Enter, Key::Esc] {
        let mut wizard = Wizard::waiting();
        wizard.press(Key::Char('w'));
        assert_eq!(wizard.model.bare_url(), Some(&links().consent));
        for unheard in [Key::Char('q'), Key::Char('c'), Key::Char('?'), Key::F1, Key::Ctrl('z')] {
            assert_eq!(wizard.press(unheard), [], "{unheard:?}");
        }
        assert!(wizard.model.bare_url().is_some());
        assert_eq!(wizard.press(key), []);
        assert_eq!((wizard.model.bare_url(), &wizard.sign_in().dialog), (None, &None));
    }

    let mut wizard = Wizard::waiting();
    wizard.press(Key::Char('w'));
    assert!(quits(&wizard.press(Key::Ctrl('c'))));

    let mut wizard = Wizard::waiting();
    wizard.press(Key::Char('w'));
    wizard.progress(Progress::Ignored(Ignored::Unrelated));
    assert!(wizard.model.bare_url().is_some(), "this is not the answer");
    wizard.progress(Progress::Exchanging);
    assert_eq!(wizard.model.bare_url(), None);
    assert_eq!(wizard.press(Key::Enter), [], "what was meant for the bare URL is not heard");
}

#[test]
fn the_file_of_an_attempt_is_written_once_and_named_again() {
    let mut wizard = Wizard::waiting();
    let effects = wizard.press(Key::Char('f'));
    let [Effect::WriteUrl(attempt, url)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(url.expose(), links().consent.as_str());
    let path = std::path::PathBuf::from("/run/user/1000/adsauth-url-1.txt");
    wizard.happens(Event::UrlWritten(*attempt, Ok(path.clone())));
    assert_eq!(wizard.model.notice, Some(Notice::UrlWritten(path.clone())));
    wizard.press(Key::Char('h'));
    wizard.press(Key::Esc);
    assert_eq!(wizard.press(Key::Char('f')), []);
    assert_eq!(wizard.model.notice, Some(Notice::UrlWritten(path.clone())));
    wizard.press(Key::Char('r'));
    wizard.progress(Progress::Ready(links()));
    wizard.happens(Event::UrlWritten(*attempt, Ok(path)));
    assert_eq!(wizard.waiting_attempt().file, None, "that was another attempt's");
}

#[test]
fn the_tunnel_is_copied_over_ssh_only() {
    let mut wizard = Wizard::waiting();
    assert_eq!(wizard.press(Key::Char('t')), []);
    wizard.model.options.browser_at = crate::wizard::BrowserAt::Ssh { login: Some("ada@host".to_owned()), port: None };
    let command = Secret::new("ssh -N -L 40123:127.0.0.1:40123 ada@host".to_owned());
    assert_eq!(wizard.press(Key::Char('t')), [Effect::Copy(What::Tunnel, command)]);
}

#[test]
fn the_terminal_rings_when_an_attempt_ends_while_nobody_looks() {
    let ended = || Progress::Ended(Err(LoginError::Denied("access_denied".to_owned())));
    let away = || {
        let mut wizard = Wizard::waiting();
        wizard.happens(Event::Focused(false));
        wizard
    };
    assert_eq!(away().progress(Progress::Ended(Ok(grant()))), [Effect::Ring(News::TokenArrived)]);
    assert_eq!(away().progress(ended()), [Effect::Ring(News::AttemptEnded)]);
    let mut late = away();
    late.now = late.now.after(Duration::from_secs(600));
    let expected = [Effect::EndAttempt(AttemptId(1)), Effect::Ring(News::AttemptEnded)];
    assert_eq!(late.happens(Event::Ticked), expected);

    let mut back = away();
    back.happens(Event::Focused(true));
    assert_eq!(back.progress(ended()), []);
    assert_eq!(Wizard::waiting().progress(Progress::Ended(Ok(grant()))), []);
}
