//! Every screen and every problem as a script of events, replayed through `update`. Snapshots, invariants and pictures use the
//! same list.
#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::allow_attributes,
    reason = "suites use their own part of it; what cannot be made ends the test"
)]

mod account;
mod save;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use adsauth::oauth::callback::{Ignored, PasteRefused};
use adsauth::oauth::candidates::{Candidate, Config};
use adsauth::oauth::client::{Client, ClientKind};
use adsauth::oauth::client_file::{Glimpse, Unusable};
use adsauth::oauth::consent::{ConsentUrl, Wish};
use adsauth::oauth::endpoints::{Endpoints, Trust, TrustedHost};
use adsauth::oauth::grant::{ADWORDS_SCOPE, Grant};
use adsauth::oauth::login::{Links, LoginError, Progress};
use adsauth::oauth::redirect::RedirectUri;
use adsauth::oauth::secret::Secret;
use adsauth::ports::{BrowserError, Copied, NotWritten, Route};
use adsauth::problem::Problem;
use adsauth::wizard::keys::Key;
use adsauth::wizard::sign_in::BrowserPage;
use adsauth::wizard::{AttemptId, BrowserAt, Event, Model, Moment, Options, What, update};

pub const ID: &str = "832704115290-m3k8v1q0d7r5t2n6b4c9x0z8l7j6h5g4.apps.googleusercontent.com";
pub const OTHER_ID: &str = "771029384756-a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6.apps.googleusercontent.com";
/// Secrets that may never be seen where they do not belong.
pub const CLIENT_SECRET: &str = "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";
pub const STATE: &str = "kq3Zt0aRrNnYwLmE3uFsJ7dPgKQ2hX8kVb5c9TtWzxo";
pub const REFRESH_TOKEN: &str = concat!(
    "1//0gQe7XwVbkLmT2CgYIARAAGBASNwF-L9IrExampleExampleExampleExample",
    "ExampleExampleExampleExample0123456Qk4z"
);
pub const ACCESS_TOKEN: &str = "ya29.a0AeXRPp5u3Wq8Zk2Lm7Nd4Hs1";
pub const PORT: u16 = 41873;

const DAY: u64 = 24 * 3600;
/// Sat 21 Nov 2026 12:00 UTC: the same day nearly everywhere.
const STARTED: Duration = Duration::from_hours(498_684);

/// One named screen.
pub struct Scene {
    pub name: String,
    pub model: Model,
}

pub fn started() -> SystemTime {
    SystemTime::UNIX_EPOCH + STARTED
}

pub fn options() -> Options {
    Options {
        timeout: Some(Duration::from_mins(10)),
        wish: Wish { scopes: vec![ADWORDS_SCOPE.to_owned()], login_hint: None },
        port: None,
        redirect: None,
        trust: Trust::default(),
        browser_here: true,
        practice: false,
        home: "/home/ada".into(),
        browser_at: BrowserAt::Here,
        started: started(),
    }
}

pub fn client(kind: ClientKind, redirect_uris: &[&str]) -> Client {
    Client {
        kind,
        id: ID.to_owned(),
        secret: Secret::new(CLIENT_SECRET.to_owned()),
        project: Some("spring-campaigns".to_owned()),
        endpoints: Endpoints::google(),
        redirect_uris: redirect_uris.iter().map(|&uri| uri.to_owned()).collect(),
    }
}

fn row(path: &str, hours: u64, verdict: Result<Client, Unusable>) -> Candidate {
    Candidate {
        path: path.into(),
        modified: Some(started() - Duration::from_secs(hours * 3600)),
        others_can_read: false,
        verdict: verdict.map(Arc::new),
        duplicate_of: None,
        config: None,
    }
}

pub fn desktop() -> Candidate {
    row(
        &format!("/home/ada/Downloads/client_secret_{ID}.json"),
        2,
        Ok(client(ClientKind::Desktop, &["http://localhost"])),
    )
}

fn web(redirect_uris: &[&str]) -> Candidate {
    let mut client = client(ClientKind::Web, redirect_uris);
    OTHER_ID.clone_into(&mut client.id);
    client.project = Some("web-shop".to_owned());
    Candidate { others_can_read: true, ..row("/home/ada/credentials.json", 3 * 24, Ok(client)) }
}

fn without_secret() -> Candidate {
    let glimpse = Glimpse { client_id: Some(ID.to_owned()), project: Some("spring-campaigns".to_owned()) };
    let path = format!("/home/ada/Downloads/client_secret_{ID} (1).json");
    row(&path, 1, Err(Unusable::ClientWithoutSecret(glimpse)))
}

fn service_account() -> Candidate {
    row("/home/ada/Desktop/credentials-robot.json", 40 * 24, Err(Unusable::ServiceAccount))
}

/// A configuration of the Python library whose token can be renewed.
fn renewable() -> Candidate {
    let config = Some(Config { has_token: true });
    Candidate { config, ..row("/home/ada/google-ads.yaml", 8 * 24, Ok(client(ClientKind::Desktop, &[]))) }
}

pub fn several() -> Vec<Candidate> {
    vec![
        desktop(),
        web(&["http://127.0.0.1:8080/callback", "http://localhost:3000/"]),
        without_secret(),
        service_account(),
    ]
}

pub fn links() -> Links {
    let consent = format!(
        "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id={ID}&state={STATE}\
         &code_challenge=sVbhn4Q0tcyyRWBKYy9Jq2mZr7Xo1LkDfPe3uTgHwNA&code_challenge_method=S256\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A{PORT}&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fadwords\
         &access_type=offline&prompt=select_account+consent"
    );
    Links {
        consent: ConsentUrl::new(consent),
        start: format!("http://127.0.0.1:{PORT}/s/k7m2qa"),
        browser: format!("http://127.0.0.1:{PORT}/s/x4p9wd"),
        redirect: RedirectUri::desktop(PORT),
    }
}

pub fn grant() -> Grant {
    Grant {
        refresh_token: Secret::new(REFRESH_TOKEN.to_owned()),
        access_token: Secret::new(ACCESS_TOKEN.to_owned()),
        scopes: vec![ADWORDS_SCOPE.to_owned()],
        missing_scopes: Vec::new(),
        refresh_expires: None,
        account: None,
        received: started(),
    }
}

fn testing() -> Grant {
    let dies = started() + Duration::from_secs(7 * DAY);
    let email = "https://www.googleapis.com/auth/userinfo.email".to_owned();
    Grant {
        refresh_expires: Some(dies),
        account: Some("ada@example.com".to_owned()),
        scopes: vec![ADWORDS_SCOPE.to_owned(), email],
        ..grant()
    }
}

pub use account::{accounts, finds};
pub use save::{OLD_TOKEN, offers, offers_replacing, outcomes};

/// A run of the wizard, one event a second.
#[derive(Clone)]
pub struct Script {
    pub model: Model,
    now: Moment,
    attempt: u32,
}

impl Script {
    pub fn start() -> Self {
        Self::with(options())
    }

    fn with(options: Options) -> Self {
        Self { model: Model::start(options, (80, 24), None).0, now: Moment::default(), attempt: 1 }
    }

    pub fn then(mut self, event: Event) -> Self {
        self.now = self.now.after(Duration::from_secs(1));
        update(&mut self.model, event, self.now);
        self
    }

    pub fn press(self, key: Key) -> Self {
        self.then(Event::Pressed(key))
    }

    pub fn key(self, key: char) -> Self {
        self.press(Key::Char(key))
    }

    pub fn types(self, text: &str) -> Self {
        text.chars().fold(self, Self::key)
    }

    fn paste(self, text: &str) -> Self {
        self.then(Event::Pasted(Secret::new(text.to_owned())))
    }

    fn found(self, rows: Vec<Candidate>, finished: bool) -> Self {
        self.then(Event::SourcesFound { rows, finished })
    }

    pub fn goes_on(self, progress: Progress) -> Self {
        let attempt = AttemptId(self.attempt);
        self.then(Event::Progressed(attempt, progress))
    }

    fn after(mut self, seconds: u64) -> Self {
        self.now = self.now.after(Duration::from_secs(seconds));
        self.then(Event::Ticked)
    }

    pub fn choosing() -> Self {
        Self::start().found(several(), true)
    }

    pub fn waiting() -> Self {
        Self::choosing().press(Key::Enter).goes_on(Progress::Ready(links()))
    }

    fn elsewhere(browser_at: BrowserAt) -> Self {
        let options = Options { browser_at, browser_here: false, ..options() };
        Self::with(options).found(several(), true).press(Key::Enter).goes_on(Progress::Ready(links()))
    }

    pub fn ended(error: LoginError) -> Self {
        Self::waiting().goes_on(Progress::Ended(Err(error)))
    }

    pub fn token(grant: Grant) -> Self {
        Self::waiting().goes_on(Progress::Exchanging).goes_on(Progress::Ended(Ok(grant)))
    }
}

/// Every scene there is.
pub fn all() -> Vec<Scene> {
    let groups = [
        client_scenes(),
        sign_in_scenes(),
        dialog_scenes(),
        problem_scenes(),
        token_scenes(),
        account::scenes(),
        save::scenes(),
        other_scenes(),
    ];
    groups.into_iter().flatten().map(|(name, script)| Scene { name, model: script.model }).collect()
}

/// The scene of this name.
pub fn named(name: &str) -> Model {
    all().into_iter().find(|scene| scene.name == name).unwrap_or_else(|| panic!("there is no scene {name}")).model
}

type Group = Vec<(String, Script)>;

fn group<'a>(scenes: impl IntoIterator<Item = (&'a str, Script)>) -> Group {
    scenes.into_iter().map(|(name, script)| (name.to_owned(), script)).collect()
}

fn client_scenes() -> Group {
    let path = "/home/ada/Downloads/report.json";
    let refused = row(path, 5, Err(Unusable::UnknownJson { field: None }));
    let mut duplicate = without_secret();
    duplicate.duplicate_of = Some(desktop().path);
    let many: Vec<_> = (1..=30)
        .map(|number| {
            row(&format!("/home/ada/client_secret_{number}.json"), number * 30, Ok(client(ClientKind::Desktop, &[])))
        })
        .collect();
    let typed = Script::choosing()
        .key('i')
        .types("83270-x.apps.example")
        .press(Key::Tab)
        .types("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");
    let mut scenes = group([
        ("client-looking", Script::start()),
        ("client-looking-found", Script::start().found(vec![desktop()], false)),
        ("client-one", Script::start().found(vec![desktop()], true)),
        ("client-several", Script::choosing()),
        ("client-config", Script::start().found(vec![renewable()], true)),
        ("client-web", Script::choosing().press(Key::Down)),
        ("client-no-secret", Script::start().found(vec![desktop(), duplicate], true).press(Key::Down)),
        ("client-service-account", Script::choosing().press(Key::End)),
        ("client-many", Script::start().found(many, true).press(Key::PageDown)),
        ("client-filter", Script::choosing().key('/').types("web")),
        ("client-filter-nothing", Script::choosing().key('/').types("nothing like it")),
        ("client-path", Script::choosing().key('p').types("~/Downloads/client.json")),
        (
            "client-path-refused",
            Script::choosing().key('p').types("~/Downloads/report.json").then(Event::SourceRead(refused)),
        ),
        ("client-path-from-guide", Script::start().found(vec![], true).key('p')),
        ("client-typed", typed.clone()),
        ("client-typed-refused", typed.press(Key::Enter)),
        ("client-off", Script::choosing().press(Key::End).press(Key::Enter)),
        (
            "client-link-copied",
            Script::choosing().then(Event::CopyTried(What::Page, Copied::Confirmed(Route::HelperX11))),
        ),
        ("client-quit", Script::choosing().press(Key::Esc)),
        ("client-help", Script::choosing().key('?')),
        ("guide", Script::start().found(vec![], true)),
        ("guide-opened", Script::start().found(vec![], true).press(Key::Down).then(page_opened())),
    ]);
    for problem in Problem::examples() {
        if let Problem::Source(why) = &problem {
            let script = Script::start().found(vec![row("/home/ada/client_secret.json", 26, Err(why.clone()))], true);
            scenes.push((format!("client-{}", unusable_name(why)), script));
        }
    }
    scenes
}

/// The code, with what tells two of one kind apart.
fn unusable_name(why: &Unusable) -> String {
    let shape = format!("{why:?}").to_lowercase();
    let detail: String = match why {
        Unusable::Unreadable(_) | Unusable::NotAFile(_) => shape.chars().filter(char::is_ascii_alphanumeric).collect(),
        _ => String::new(),
    };
    format!("file-{}{}{detail}", why.kind().code(), if detail.is_empty() { "" } else { "-" })
}

fn page_opened() -> Event {
    Event::BrowserTried { consent: false, outcome: Ok(()) }
}

fn sign_in_scenes() -> Group {
    let ssh = BrowserAt::Ssh { login: Some("ada@203.0.113.7".to_owned()), port: Some(2222) };
    let opened = |outcome| Event::BrowserTried { consent: true, outcome };
    let over_ssh = Script::elsewhere(ssh);
    let written = |outcome| Event::UrlWritten(AttemptId(1), outcome);
    let no_timeout = Options { timeout: None, ..options() };
    let web = |uris: &[&str]| Script::start().found(vec![web(uris)], true).press(Key::Enter);
    group(vec![
        ("sign-in-preparing", Script::choosing().press(Key::Enter)),
        ("sign-in-waiting", Script::waiting()),
        ("sign-in-nothing-yet", Script::waiting().after(60)),
        ("sign-in-last-minute", Script::waiting().after(560)),
        (
            "sign-in-no-limit",
            Script::with(no_timeout).found(several(), true).press(Key::Enter).goes_on(Progress::Ready(links())),
        ),
        ("sign-in-browser-asked", Script::waiting().then(opened(Ok(())))),
        ("sign-in-browser-arrived", Script::waiting().then(opened(Ok(()))).goes_on(Progress::Started)),
        ("sign-in-browser-failed", Script::waiting().then(opened(Err(BrowserError::Failed("firefox".to_owned()))))),
        ("sign-in-ssh", over_ssh.clone()),
        ("sign-in-container", Script::elsewhere(BrowserAt::OutsideContainer)),
        ("sign-in-wsl", Script::elsewhere(BrowserAt::Windows)),
        ("sign-in-editor", Script::elsewhere(BrowserAt::Forwarded)),
        ("sign-in-ssh-copied", over_ssh.then(Event::CopyTried(What::Tunnel, Copied::AskTerminal))),
        ("sign-in-url-written", Script::waiting().then(written(Ok("/run/user/1000/adsauth-url-k7Tq2m.txt".into())))),
        ("sign-in-url-not-written", Script::waiting().then(written(Err(NotWritten)))),
        ("sign-in-copied", Script::waiting().then(Event::CopyTried(What::ConsentUrl, Copied::AskTerminal))),
        (
            "sign-in-came-in",
            Script::waiting()
                .goes_on(Progress::Ignored(Ignored::Unrelated))
                .goes_on(Progress::Ignored(Ignored::ErrorWithoutState("access_denied".to_owned())))
                .goes_on(Progress::Ignored(Ignored::Https)),
        ),
        ("sign-in-help", Script::waiting().key('?')),
        ("sign-in-exchanging", Script::waiting().goes_on(Progress::Exchanging)),
        ("sign-in-exchanging-off", Script::waiting().goes_on(Progress::Exchanging).press(Key::Esc)),
        ("sign-in-no-redirect", web(&["https://shop.example/callback"])),
        ("sign-in-url-of-600-bytes", long_url(600)),
        ("sign-in-long-url", long_url(1500)),
        ("sign-in-longest-url", long_url(9000)),
        ("sign-in-signed", Script::token(grant()).press(Key::Esc)),
        ("client-kept-token", Script::token(grant()).press(Key::Esc).press(Key::Esc)),
    ])
}

fn long_url(length: usize) -> Script {
    let mut long = links();
    let filler = "x".repeat(length - long.consent.as_str().len());
    long.consent = ConsentUrl::new(format!("{}{filler}", long.consent.as_str()));
    Script::choosing().press(Key::Enter).goes_on(Progress::Ready(long))
}

fn dialog_scenes() -> Group {
    let answer = format!("http://127.0.0.1:{PORT}/?state={STATE}&code=4/0Ab32j93oXy7Qw&scope=adwords");
    let mut scenes = group([
        ("paste", Script::waiting().key('p')),
        ("paste-filled", Script::waiting().paste(&answer)),
        ("hint", Script::waiting().key('n').types("ada@example.com")),
        ("scopes", Script::waiting().key('s').types("email")),
        ("scopes-refused", Script::waiting().key('s').types("\"").press(Key::Enter)),
        ("redirect", Script::start().found(vec![web(&[])], true).press(Key::Enter).key('u')),
        (
            "redirect-refused",
            Script::start().found(vec![web(&[])], true).press(Key::Enter).key('u').types("#").press(Key::Enter),
        ),
        ("more", Script::waiting().key('h')),
        ("more-ssh", Script::elsewhere(BrowserAt::Ssh { login: None, port: None }).key('h')),
    ]);
    for (place, page) in BrowserPage::ALL.into_iter().enumerate() {
        let script = (0..place).fold(Script::waiting().key('e'), |script, _| script.press(Key::Down));
        scenes.push((format!("browser-{}", format!("{page:?}").to_lowercase()), script));
    }
    for why in [
        PasteRefused::NotUrl,
        PasteRefused::BareCode,
        PasteRefused::OtherAddress,
        PasteRefused::OtherState,
        PasteRefused::Malformed,
        PasteRefused::ConsentUrl,
    ] {
        let script = Script::waiting().paste("x").press(Key::Enter).goes_on(Progress::PasteRefused(why));
        scenes.push((Problem::Paste(why).code().to_owned(), script));
    }
    scenes
}

fn problem_scenes() -> Group {
    let mut scenes = group([("problem-timed-out", Script::waiting().after(601))]);
    let mut seen = std::collections::HashMap::new();
    for problem in Problem::examples() {
        let Problem::Login(error) = &problem else { continue };
        let count = seen.entry(problem.code()).or_insert(0_u32);
        *count += 1;
        let number = if *count == 1 { String::new() } else { format!("-{count}") };
        scenes.push((format!("problem-{}{number}", problem.code()), Script::ended(error.clone())));
    }
    scenes
}

fn token_scenes() -> Group {
    let limited = Grant { refresh_expires: Some(started() + Duration::from_secs(180 * DAY)), ..grant() };
    let missing =
        Grant { missing_scopes: vec!["https://www.googleapis.com/auth/analytics.readonly".to_owned()], ..grant() };
    let copied = |copied| Script::token(grant()).then(Event::CopyTried(What::Token, copied));
    group([
        ("token", Script::token(grant())),
        ("token-testing", Script::token(testing())),
        ("token-time-limited", Script::token(limited)),
        ("token-scope-missing", Script::token(missing)),
        ("token-revealed", Script::token(testing()).key('v')),
        ("token-copied-x11", copied(Copied::Confirmed(Route::HelperX11))),
        ("token-copied-wayland", copied(Copied::Handed(Route::HelperWayland))),
        ("token-copied-tmux", copied(Copied::Confirmed(Route::Tmux))),
        ("token-copied-tmux-and-display", copied(Copied::Confirmed(Route::TmuxAndDisplay))),
        ("token-copied-program", copied(Copied::Handed(Route::Program("wl-copy")))),
        ("token-copied-command", copied(Copied::Handed(Route::Command))),
        ("token-copied-terminal", copied(Copied::AskTerminal)),
        ("token-copy-failed", copied(Copied::CommandFailed)),
        ("token-quit", Script::token(grant()).key('q')),
        ("token-quit-revealed", Script::token(grant()).key('v').key('q').press(Key::Ctrl('c'))),
        ("token-someone-else", Script::token(grant()).key('x')),
        ("token-help", Script::token(grant()).key('?')),
    ])
}

fn options_of_practice() -> Options {
    Options { practice: true, home: "/tmp/adsauth-practice".into(), ..options() }
}

/// A run with these options that has a token.
fn practised(options: Options) -> Script {
    let waiting = Script::with(options).found(vec![desktop()], true).press(Key::Enter);
    waiting.goes_on(Progress::Ready(links())).goes_on(Progress::Exchanging).goes_on(Progress::Ended(Ok(grant())))
}

fn other_scenes() -> Group {
    let practice = options_of_practice();
    let trust = Trust::new(vec![TrustedHost::parse("login.example").unwrap()]);
    let mut foreign = client(ClientKind::Desktop, &[]);
    foreign.endpoints = trust.judge("https://login.example/auth", "https://login.example/token").unwrap();
    let foreign = row("/home/ada/client_secret_test.json", 4, Ok(foreign));
    let not_google = Script::start().found(vec![foreign], true);
    group([
        ("practice-client", Script::with(practice.clone()).found(vec![desktop()], true)),
        (
            "practice-sign-in",
            Script::with(practice).found(vec![desktop()], true).press(Key::Enter).goes_on(Progress::Ready(links())),
        ),
        ("not-google-client", not_google.clone()),
        ("not-google-sign-in", not_google.press(Key::Enter).goes_on(Progress::Ready(links()))),
        ("practice-account", practised(options_of_practice()).press(Key::Enter)),
        (
            "practice-save",
            practised(options_of_practice())
                .press(Key::Enter)
                .press(Key::Enter)
                .then(Event::TargetsSeen(save::offers())),
        ),
        ("cannot-suspend", Script::choosing().then(Event::SuspendRefused)),
    ])
}
