//! What happens inside the process, one case for each thing that a person waits for. Whole processes: `cargo peers`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use adsauth::ads::{Account, Accounts, Status};
use adsauth::customer_id::CustomerId;
use adsauth::oauth::callback::{Gate, judge_pasted};
use adsauth::oauth::candidates::{Content, Found, arrange};
use adsauth::oauth::client::ClientKind;
use adsauth::oauth::consent::compose;
use adsauth::oauth::endpoints::Trust;
use adsauth::oauth::secret::Secret;
use adsauth::sanitize::sanitize_to;
use adsauth::sources::judge_found;
use adsauth::targets::{Credentials, Target};
use adsauth::text::Lang;
use adsauth::view::{Glyphs, Look, Palette, draw};
use adsauth::wizard::keys::Key;
use adsauth::wizard::{Event, Model, Moment, update};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use scenes::{CLIENT_SECRET, ID, REFRESH_TOKEN, STATE, Script};

#[path = "../tests/support/scenes/mod.rs"]
mod scenes;

const LOOK: fn() -> Look = || Look {
    text: Lang::En.text(),
    palette: Palette::Colour,
    glyphs: Glyphs::Unicode,
    hyperlinks: true,
    notifications: true,
};

/// A terminal of the usual size that remembers what it shows, so that a frame costs its difference, too.
struct Painter {
    terminal: Terminal<TestBackend>,
    look: Look,
}

impl Painter {
    fn new() -> Self {
        Self { terminal: Terminal::new(TestBackend::new(80, 24)).unwrap(), look: LOOK() }
    }

    fn paint(&mut self, model: &Model) {
        self.terminal
            .draw(|frame| {
                black_box(draw(model, &self.look, frame));
            })
            .unwrap();
    }
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    let scenes = ["client-several", "guide", "sign-in-waiting", "token", "account", "save", "client-help"];
    for name in scenes {
        let model = scenes::named(name);
        let mut painter = Painter::new();
        group.bench_function(name, |bencher| bencher.iter(|| painter.paint(&model)));
    }
    let (model, mut painter) = (Script::reading(agency()).model, Painter::new());
    group.bench_function("10,000 clients", |bencher| bencher.iter(|| painter.paint(&model)));
}

const AGENCY: u64 = 4_031_125_566;

fn id(number: u64) -> CustomerId {
    CustomerId::parse(&number.to_string()).unwrap()
}

/// An agency with 10,000 clients, below ten managers.
fn agency() -> Accounts {
    let account = |number, name, manager| Account {
        id: id(number),
        name: Some(name),
        currency: Some("EUR".to_owned()),
        time_zone: Some("Europe/Berlin".to_owned()),
        manager,
        test: false,
        hidden: false,
        status: Status::Enabled,
    };
    let mut accounts = Accounts::of(&[id(AGENCY)]);
    accounts.add(account(AGENCY, "A very large agency".to_owned(), true), id(AGENCY));
    for manager in 0..10 {
        let number = 4_100_000_000 + manager;
        accounts.add(account(number, format!("Region {manager}"), true), id(AGENCY));
        for client in 0..1000 {
            let name = format!("Client {client:04} with a name that says at length what it is about");
            accounts.add(account(5_000_000_000 + manager * 1000 + client, name, false), id(number));
        }
    }
    accounts
}

/// Every key of a filter, pressed and painted.
fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key");
    let open = Script::reading(agency()).key('/');
    for (name, typed) in [("first letter of a filter", ""), ("third letter", "cl"), ("a digit of a number", "500-00")] {
        let (script, mut painter) = (open.clone().types(typed), Painter::new());
        let key = if typed.starts_with('5') { '7' } else { 'i' };
        let model = || script.model.clone();
        group.bench_function(format!("10,000 clients, {name}"), |bencher| {
            bencher.iter_batched_ref(
                model,
                |model| {
                    update(model, Event::Pressed(Key::Char(key)), LATER);
                    painter.paint(model);
                },
                BatchSize::LargeInput,
            );
        });
    }
    let (script, mut painter) = (Script::reading(agency()), Painter::new());
    group.bench_function("10,000 clients, one row down", |bencher| {
        bencher.iter_batched_ref(
            || script.model.clone(),
            |model| {
                update(model, Event::Pressed(Key::Down), LATER);
                painter.paint(model);
            },
            BatchSize::LargeInput,
        );
    });
}

const LATER: Moment = Moment(std::time::Duration::from_hours(1));

fn tree(criterion: &mut Criterion) {
    let accounts = agency();
    criterion.bench_function("tree of 10,000 clients", |bencher| bencher.iter(|| accounts.tree()));
}

fn attempt(criterion: &mut Criterion) {
    let (client, wish) = (scenes::client(ClientKind::Desktop, &[]), scenes::options().wish);
    let links = scenes::links();
    criterion.bench_function("consent URL", |bencher| bencher.iter(|| compose(&client, &links.redirect, &wish)));
    let gate = Gate {
        redirect: links.redirect.clone(),
        state: Secret::new(STATE.to_owned()),
        issuer: client.endpoints.issuer.clone(),
        consent: links.consent.clone(),
        typed_start: Secret::new("k7m2qa".to_owned()),
        browser_start: Secret::new("x4p9wd".to_owned()),
    };
    let answer = format!("{}/?state={STATE}&code=4/0AVMBsJi&scope=email", links.redirect.as_str());
    assert!(judge_pasted(&answer, &gate).is_ok());
    criterion.bench_function("callback", |bencher| bencher.iter(|| judge_pasted(black_box(&answer), &gate)));
}

fn files(criterion: &mut Criterion) {
    let client_file = format!(
        r#"{{"installed":{{"client_id":"{ID}","project_id":"spring","auth_uri":"https://accounts.google.com/o/oauth2/auth","token_uri":"https://oauth2.googleapis.com/token","client_secret":"{CLIENT_SECRET}","redirect_uris":["http://localhost"]}}}}"#
    );
    let yaml = format!("client_id: {ID}\nclient_secret: {CLIENT_SECRET}\nrefresh_token: {REFRESH_TOKEN}\n");
    let found = |name: &str, text: &str| Found {
        path: format!("/home/ada/{name}").into(),
        modified: None,
        others_can_read: false,
        content: Content::Bytes(text.as_bytes().to_vec().into()),
    };
    let trust = Trust::default();
    for (case, name, text) in
        [("a client file", "client_secret_1.json", &client_file), ("a configuration", "google-ads.yaml", &yaml)]
    {
        criterion.bench_function(&format!("judge {case}"), |bencher| {
            bencher.iter_batched(|| found(name, text), |found| judge_found(found, &trust), BatchSize::SmallInput);
        });
    }
    let three_hundred = || {
        let texts = (0..300).map(|number| (number, client_file.replace(&ID[..12], &format!("{number:012}"))));
        texts.map(|(number, text)| found(&format!("client_secret_{number}.json"), &text)).collect::<Vec<_>>()
    };
    criterion.bench_function("judge and order 300 client files", |bencher| {
        bencher.iter_batched(three_hundred, |found| arrange(found, &trust), BatchSize::LargeInput);
    });

    let credentials = Credentials {
        client_id: ID.to_owned(),
        client_secret: Secret::new(CLIENT_SECRET.to_owned()),
        refresh_token: Secret::new(REFRESH_TOKEN.to_owned()),
        login_customer_id: Some(id(AGENCY)),
        token_uri: None,
    };
    let mut big = "developer_token: kX7pQ2mR9tW4vZ1bN6cL3d\nuse_proto_plus: True\n".to_owned();
    for number in 0..1000 {
        let setting = format!("# What somebody has to say about it\nsetting_{number}: \"value {number}\"\n");
        big.push_str(&setting);
    }
    big.push_str(&yaml.replace("GOCSPX", "GOCSPX-old"));
    assert!(Target::Python.merge(Some(&big), &credentials).is_ok());
    criterion.bench_function("merge into a configuration of 2,000 lines", |bencher| {
        bencher.iter(|| Target::Python.merge(Some(&big), &credentials));
    });

    let hostile = "plain words \u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7} \u{202e}backwards\u{202c}\r\n\t".repeat(1500);
    criterion.bench_function("sanitize 100 KiB", |bencher| {
        bencher.iter(|| sanitize_to(black_box(&hostile), usize::MAX - 1));
    });
}

criterion_group!(inside, frames, keys, tree, attempt, files);
criterion_main!(inside);
