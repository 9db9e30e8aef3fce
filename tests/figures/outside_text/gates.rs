//! The gates within this process, and those that can be seen in the lines of the program.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use adsauth::oauth::callback::{Answer, Gate, Ignored, judge_pasted};
use adsauth::oauth::candidates::{Candidate, Content, Found};
use adsauth::oauth::client_file::FileType;
use adsauth::oauth::endpoints::{Trust, TrustedHost};
use adsauth::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use adsauth::oauth::login::{LoginError, Progress};
use adsauth::oauth::secret::Secret;
use adsauth::sources::judge_named;
use adsauth::targets::plan::Plan;
use adsauth::targets::save::{Existing, Place, Surroundings};
use adsauth::targets::{Credentials, Target};
use adsauth::wizard::Event;
use adsauth::wizard::keys::Key;
use adsauth::wizard::save::{Offer, Offered};
use serde_json::json;

use super::Texts;
use crate::random::Random;
use crate::scenes::{self, Script};
use crate::user::User;

/// Until so many texts have been let in.
pub fn measure(random: &mut Random, wanted: usize, texts: &Texts) {
    let gates: [fn(&mut Random, &Texts) -> usize; 5] = [client_files, answers, refusals, hints, configurations];
    let (mut seen, mut next) = (0, 0);
    while seen < wanted {
        seen += gates[next % gates.len()](random, texts);
        next += 1;
    }
}

fn file_name(random: &mut Random) -> PathBuf {
    let mut name = random.hostile_text().replace(['/', '\0'], "_").into_bytes();
    name.truncate(100);
    // Names are bytes: some are no text at all.
    if random.below(3) == 0 {
        name.push(0xff);
    }
    PathBuf::from(OsString::from_vec([b"client_secret_", name.as_slice(), b".json"].concat()))
}

fn client_file(random: &mut Random) -> String {
    let mut text = || random.hostile_text();
    let at = |host: &str| format!("https://{host}/auth");
    let client = json!({
        "client_id": text(), "project_id": text(), "client_secret": "GOCSPX-0123456789", "redirect_uris": [text()],
        "auth_uri": at(&text()), "token_uri": at("oauth2.example"),
    });
    let kind = random.one_of(&["installed", "web", "other"]);
    json!({ kind: client }).to_string()
}

/// Names and contents of files, the first of which is looked at closely.
fn client_files(random: &mut Random, texts: &Texts) -> usize {
    const FILES: usize = 8;
    let trust = Trust::new(vec![TrustedHost::parse("oauth2.example").expect("a host")]);
    let rows: Vec<Candidate> = (0..FILES)
        .map(|_| {
            let content = match random.below(6) {
                0 => Content::NotAFile(FileType::Fifo),
                1 => Content::TooLarge,
                _ => Content::Bytes(client_file(random).into_bytes().into()),
            };
            let path = PathBuf::from("/home").join(random.hostile_text().replace('\0', "")).join(file_name(random));
            judge_named(Found { path, modified: None, others_can_read: true, content }, &trust)
        })
        .collect();
    let script = Script::start().then(Event::SourcesFound { rows, finished: true });
    texts.judge_screen(FILES * 6, &script.model, "a client file");
    texts.judge_screen(0, &script.press(Key::End).press(Key::Enter).model, "a client file that is chosen");
    FILES * 6
}

/// What comes back by the browser: an `error` with the right `state` or without.
fn answers(random: &mut Random, texts: &Texts) -> usize {
    let links = scenes::links();
    let (error, state) = (random.hostile_text(), Secret::new("state".to_owned()));
    let encoded: String = url::form_urlencoded::byte_serialize(error.as_bytes()).collect();
    let pasted = format!("http://{}/?state=state&error={encoded}", links.redirect.authority());
    let gate = Gate {
        redirect: links.redirect,
        state: state.clone(),
        issuer: "https://accounts.google.com".to_owned(),
        consent: links.consent,
        typed_start: state.clone(),
        browser_start: state,
    };
    if let Ok(Answer::Denied(error)) = judge_pasted(&pasted, &gate) {
        texts.judge_screen(0, &Script::ended(LoginError::Denied(error.clone())).model, "an error with state");
        let waiting = Script::waiting().goes_on(Progress::Ignored(Ignored::ErrorWithoutState(error)));
        texts.judge_screen(0, &waiting.model, "an error without state");
    }
    texts.judge_screen(1, &Script::waiting().then(Event::Pasted(Secret::new(error))).model, "what is pasted");
    1
}

/// The codes of the token endpoint; what it says besides comes over the network.
fn refusals(random: &mut Random, texts: &Texts) -> usize {
    let refusal = Refusal { code: RefusalCode::of(&random.hostile_text()), description: None };
    let script = Script::ended(LoginError::Exchange(ExchangeError::Refused(refusal)));
    texts.judge_screen(1, &script.model, "a refusal's code");
    1
}

/// What is typed into a box: the account, a path, a filter.
fn hints(random: &mut Random, texts: &Texts) -> usize {
    let boxes =
        [(Script::waiting(), 'n'), (Script::choosing(), 'p'), (Script::choosing(), '/'), (Script::choosing(), 'i')];
    for (script, key) in boxes {
        let typed = script.key(key).then(Event::Pasted(Secret::new(random.hostile_text())));
        texts.judge_screen(1, &typed.model, "a box");
        texts.judge_screen(0, &typed.press(Key::Enter).model, "what was typed into a box");
    }
    4
}

const TARGETS: [Target; 7] =
    [Target::Python, Target::Ruby, Target::Java, Target::Php, Target::Perl, Target::Env, Target::AuthorizedUser];

/// A configuration that is there already, with a change in the midst of it.
fn configurations(random: &mut Random, texts: &Texts) -> usize {
    let offers = TARGETS.map(|target| {
        let old = target.merge(None, &credentials("1-old.apps.googleusercontent.com")).expect("a new file can be made");
        let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
        for _ in 0..4 {
            let comment = if matches!(target, Target::Php) { ";" } else { "#" };
            let line = match random.below(3) {
                0 => format!("{comment} {}", random.hostile_text()),
                1 => format!("developer_token: {}", random.hostile_text()),
                _ => random.hostile_text(),
            };
            lines.insert(random.below(lines.len()), line);
        }
        let asked = PathBuf::from("/home/ada").join(random.hostile_text().replace('\0', ""));
        let existing = Some(Existing::new(lines.join("\n"), 0o600, 1));
        let place = Place { path: asked.clone(), asked, existing };
        let plan = Plan::new(target, place, &credentials(scenes::ID), &Surroundings::default());
        Offer::new(Offered::File(Box::new(plan)))
    });
    let mut script = Script::saving(offers.into());
    for _ in TARGETS {
        texts.judge_screen(5, &script.model, "a configuration");
        script = script.press(Key::Down);
    }
    TARGETS.len() * 5
}

fn credentials(client_id: &str) -> Credentials {
    Credentials {
        client_id: client_id.to_owned(),
        client_secret: Secret::new("GOCSPX-0123456789".to_owned()),
        refresh_token: Secret::new("1//0g0123456789".to_owned()),
        login_customer_id: None,
        token_uri: None,
    }
}

/// The same, as the program's own lines tell of them.
pub fn lines(random: &mut Random, wanted: usize, texts: &Texts) {
    let user = User::new();
    fs::create_dir(user.path("many")).expect("a directory");
    for _ in 0..wanted / 6 {
        let path = user.path("many").join(file_name(random));
        // Two may have the same name.
        fs::write(path, client_file(random)).expect("a name without a slash");
    }
    for arguments in [&["files", "many"][..], &["files", "many", "--json"]] {
        let output = user.run(arguments, b"");
        let said = [output.stdout, output.stderr].concat();
        assert!(said.len() > wanted, "it tells of every file: {}", String::from_utf8_lossy(&said));
        texts.judge_lines(wanted / 2, &String::from_utf8_lossy(&said), "a line about a file");
    }
    for number in 0..wanted / 100 {
        let place = user.path(number.to_string()).join(file_name(random));
        fs::create_dir_all(place.join(".git")).expect("a name without a slash");
        let old = format!("# {}\nclient_id: {}\n", random.hostile_text(), random.hostile_text());
        fs::write(place.join("google-ads.yaml"), old).expect("a new file");
        let mut save = user.command(&["setsid", "--wait"], &["save", "--for", "python", "--yes", "--config"]);
        let token = br#"{"client_id": "1-a.apps.googleusercontent.com", "client_secret": "GOCSPX-a", "refresh_token": "1//0g-a"}"#;
        let output = User::fed(save.arg(place.join("google-ads.yaml")), token);
        let said = [output.stdout, output.stderr].concat();
        texts.judge_lines(3, &String::from_utf8_lossy(&said), "a line about a save");
    }
}
