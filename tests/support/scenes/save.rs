//! The screens of the Save step.

use adsauth::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use adsauth::oauth::secret::Secret;
use adsauth::ports::{Copied, Route};
use adsauth::problem::Problem;
use adsauth::targets::plan::{Change, Plan};
use adsauth::targets::save::{Existing, Place, SaveError, SaveWarning, Saved, Surroundings};
use adsauth::targets::{Credentials, Refused, Target};
use adsauth::wizard::keys::Key;
use adsauth::wizard::save::{Offer, Offered, Outcome, Snippet};
use adsauth::wizard::{Event, What};

use super::account::{GROUP, accounts, id};
use super::{CLIENT_SECRET, Group, ID, OTHER_ID, REFRESH_TOKEN, Script, group};

/// The token of a file that would be replaced.
pub const OLD_TOKEN: &str = "1//09hVbQxTr4WmKpLsYdZcNfJgUeIoAaBqCwEtRyOuIpSdFgHjKlZxCvBnM7890Rt2v";
const OLD_SECRET: &str = "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";

const YAML: &str = "~/google-ads.yaml";

fn credentials() -> Credentials {
    Credentials {
        client_id: ID.to_owned(),
        client_secret: Secret::new(CLIENT_SECRET.to_owned()),
        refresh_token: Secret::new(REFRESH_TOKEN.to_owned()),
        login_customer_id: Some(id(GROUP)),
        token_uri: None,
    }
}

fn place(path: &str, text: Option<String>) -> Place {
    let path = path.replacen('~', "/home/ada", 1);
    let existing = text.map(|text| Existing::new(text, 0o600, 1));
    Place { asked: path.clone().into(), path: path.into(), existing }
}

fn plan(target: Target, path: &str, text: Option<String>) -> Plan {
    Plan::new(target, place(path, text), &credentials(), &Surroundings::default())
}

fn file(plan: Plan) -> Offer {
    Offer::new(Offered::File(Box::new(plan)))
}

/// A plan whose change is said and not found out.
fn with_change(target: Target, path: &str, change: Change) -> Offer {
    let mut plan = plan(Target::Env, path, None);
    (plan.target, plan.change) = (target, change);
    file(plan)
}

/// What the Python library's own sample looks like when somebody has used it.
fn used(client_id: &str) -> String {
    format!(
        "# Configuration of the nightly reports\ndeveloper_token: kX7pQ2mR9tW4vZ1bN6cL3d\nclient_id: {client_id}\n\
         client_secret: {OLD_SECRET}\nrefresh_token: {OLD_TOKEN}\nlogin_customer_id: 1112223333\n\n\
         # Required since version 14\nuse_proto_plus: true\nlogging:\n  version: 1\n  disable_existing_loggers: false\n"
    )
}

fn node() -> Offer {
    let lines = format!(
        "const client = new GoogleAdsApi({{\n  client_id: \"{ID}\",\n  client_secret: \"{CLIENT_SECRET}\",\n}});\n\
         const customer = client.Customer({{\n  customer_id: \"2104479031\",\n  login_customer_id: \"{GROUP}\",\n  \
         refresh_token: \"{REFRESH_TOKEN}\",\n}});\n"
    );
    Offer::new(Offered::Snippet(Snippet::Node, Secret::new(lines)))
}

fn mcp() -> Offer {
    let lines = "{\n  \"mcpServers\": {\n    \"google-ads\": {\n      \"command\": \"google-ads-mcp\",\n      \"env\": {\n        \
                 \"GOOGLE_APPLICATION_CREDENTIALS\": \"/home/ada/.config/adsauth/authorized_user.json\",\n        \
                 \"GOOGLE_PROJECT_ID\": \"spring-campaigns\"\n      }\n    }\n  }\n}\n";
    Offer::new(Offered::Snippet(Snippet::Mcp, Secret::new(lines.to_owned())))
}

/// Every usual place, with this one for Python.
fn with_python(python: Offer) -> Vec<Offer> {
    vec![
        python,
        with_change(Target::Ruby, "~/google_ads_config.rb", Change::Create),
        with_change(Target::Java, "~/ads.properties", Change::Create),
        with_change(Target::Php, "~/google_ads_php.ini", Change::Create),
        with_change(Target::Perl, "~/googleads.properties", Change::Create),
        file(plan(Target::Env, "~/.config/adsauth/google-ads.env", None)),
        file(plan(Target::AuthorizedUser, "~/.config/adsauth/authorized_user.json", None)),
        node(),
        mcp(),
    ]
}

fn python(text: Option<String>) -> Offer {
    file(plan(Target::Python, YAML, text))
}

pub fn offers() -> Vec<Offer> {
    with_python(python(None))
}

/// One of them holds another client's token.
pub fn offers_replacing() -> Vec<Offer> {
    with_python(python(Some(used(OTHER_ID))))
}

fn refused(why: Refused) -> Vec<Offer> {
    let lines = Secret::new(Target::Python.lines(&credentials()));
    let mut offers = offers();
    if let Offered::File(plan) = &mut offers[0].what {
        plan.change = Change::Refused { why, lines };
        plan.diff.clear();
    }
    offers
}

fn outcome(target: Target, path: &str, result: Result<Option<&str>, SaveError>) -> Outcome {
    let path = place(path, None).path;
    let result =
        result.map(|backup| Saved { path: path.clone(), backup: backup.map(|backup| place(backup, None).path) });
    Outcome { target, path, result }
}

pub fn outcomes() -> Vec<Outcome> {
    vec![outcome(Target::Python, YAML, Ok(None))]
}

impl Script {
    pub fn looking() -> Self {
        Self::reading(accounts()).press(Key::Down).press(Key::Down).press(Key::Enter)
    }

    pub fn saving(offers: Vec<Offer>) -> Self {
        Self::looking().then(Event::TargetsSeen(offers))
    }

    fn moves_down(self, rows: usize) -> Self {
        (0..rows).fold(self, |script, _| script.press(Key::Down))
    }

    fn tried(self, outcome: Result<(), ExchangeError>) -> Self {
        self.then(Event::OldTokenTried(place(YAML, None).asked, outcome))
    }
}

pub fn scenes() -> Group {
    let invalid = ExchangeError::Refused(Refusal { code: RefusalCode::InvalidGrant, description: None });
    let sample = "client_id: INSERT_OAUTH2_CLIENT_ID_HERE\nclient_secret: INSERT_OAUTH2_CLIENT_SECRET_HERE\n\
                  refresh_token: INSERT_REFRESH_TOKEN_HERE\nlogin_customer_id: INSERT_LOGIN_CUSTOMER_ID_HERE\n\
                  use_proto_plus: INSERT_USE_PROTO_PLUS_FLAG_HERE\n";
    let fill = || Script::saving(with_python(python(Some(sample.to_owned()))));
    let done = plan(Target::Python, YAML, None).text().to_owned();
    let replace = || Script::saving(with_python(python(Some(used(OTHER_ID)))));
    let new = || Script::saving(offers());
    let warned = || {
        let mut offers = offers();
        if let Offered::File(plan) = &mut offers[0].what {
            plan.warnings = vec![
                SaveWarning::GitWorkTree("/home/ada".into()),
                SaveWarning::Synced("OneDrive".to_owned()),
                SaveWarning::AnotherFile {
                    variable: "GOOGLE_ADS_CONFIGURATION_FILE_PATH",
                    path: "/srv/ads.yaml".into(),
                },
                SaveWarning::Variables(vec!["GOOGLE_ADS_CLIENT_ID", "GOOGLE_ADS_REFRESH_TOKEN"]),
                SaveWarning::HardLinks(1),
                SaveWarning::OthersCouldRead,
            ];
        }
        offers
    };
    let written = |outcomes| new().press(Key::Enter).then(Event::Saved(outcomes));
    let copied = Script::token(super::grant()).then(Event::CopyTried(What::Token, Copied::Confirmed(Route::HelperX11)));
    let copied = copied
        .press(Key::Enter)
        .learns(super::finds(accounts()))
        .press(Key::Down)
        .press(Key::Enter)
        .then(Event::TargetsSeen(with_python(python(Some(used(OTHER_ID))))))
        .key('y')
        .then(Event::Saved(vec![outcome(Target::Python, YAML, Ok(Some("~/google-ads.yaml.adsauth-backup")))]));
    let env = "~/.config/adsauth/google-ads.env";
    let partly = vec![outcome(Target::Python, YAML, Ok(None)), outcome(Target::Env, env, Err(SaveError::NoSpace))];
    let elsewhere = file(plan(Target::Python, "~/projects/Spring reports/google-ads.yaml", None));
    let mut scenes = group(vec![
        ("save-looking", Script::looking()),
        ("save", new()),
        ("save-fill", fill()),
        ("save-up-to-date", Script::saving(with_python(python(Some(done))))),
        ("save-replace", replace()),
        ("save-replace-same-client", Script::saving(with_python(python(Some(used(ID)))))),
        ("save-replace-works", replace().tried(Ok(()))),
        ("save-replace-dead", replace().tried(Err(invalid))),
        ("save-replace-off", replace().press(Key::Enter)),
        ("save-nothing-ticked", new().key(' ').press(Key::Enter)),
        ("save-several-ticked", new().moves_down(5).key(' ')),
        ("save-warnings", Script::saving(warned())),
        ("save-node", new().moves_down(7)),
        ("save-mcp", new().moves_down(8)),
        (
            "save-node-copied",
            new().moves_down(7).key('c').then(Event::CopyTried(What::Lines, Copied::Handed(Route::HelperWayland))),
        ),
        ("save-no-lines", new().key('c')),
        ("save-path", new().key('a')),
        ("save-path-added", new().key('a').press(Key::Enter).then(Event::TargetSeen(Box::new(elsewhere.clone())))),
        ("save-help", new().key('?')),
    ]);
    scenes.extend(group([
        ("save-writing", new().press(Key::Enter)),
        ("saved", copied),
        ("saved-new", written(outcomes())),
        ("saved-partly", new().moves_down(5).key(' ').press(Key::Enter).then(Event::Saved(partly))),
        ("saved-nothing", written(vec![outcome(Target::Python, YAML, Err(SaveError::Changed))])),
        (
            "saved-elsewhere",
            new().key('a').then(Event::TargetSeen(Box::new(elsewhere))).press(Key::Enter).then(Event::Saved(vec![
                outcome(Target::Python, "~/projects/Spring reports/google-ads.yaml", Ok(None)),
            ])),
        ),
    ]));
    for problem in Problem::examples() {
        let offers = match &problem {
            Problem::Target(why) => refused(why.clone()),
            Problem::Save(error) => {
                let path = place(YAML, None).path;
                let what = Offered::Unreachable { target: Target::Python, path, error: error.clone() };
                with_python(Offer::new(what))
            }
            _ => continue,
        };
        scenes.push((format!("save-{}", problem.code()), Script::saving(offers).press(Key::Home)));
    }
    scenes
}
