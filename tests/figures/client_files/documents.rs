//! What `adsauth save` may be given on its standard input by somebody careless or worse.
#![expect(clippy::disallowed_methods, reason = "it looks at what was written")]

use std::fs;

use adsauth::targets::Target;
use serde_json::{Value, json};

use crate::figure::Figure;
use crate::user::User;

const TARGETS: [(&str, &str, Target); 3] = [
    ("python", "google-ads.yaml", Target::Python),
    ("ruby", "google_ads_config.rb", Target::Ruby),
    ("env", "google-ads.env", Target::Env),
];

pub fn measure() -> Vec<Figure> {
    let (refused, exact) = (must_be_refused(), may_be_written());
    assert!(refused.len() + exact.len() >= 25);
    let (mut written, mut wrong) = (0, 0);
    for (name, file, target) in TARGETS {
        let user = User::new();
        let config = user.path(file).to_string_lossy().into_owned();
        let before = files(&user);
        let arguments = ["save", "--for", name, "--config", &config, "--yes", "--replace"];
        for document in &refused {
            let output = user.run(&arguments, document);
            if output.status.success() || files(&user) != before {
                written += 1;
                eprintln!(
                    "figures: {name} was written from {}",
                    String::from_utf8_lossy(&document[..document.len().min(200)])
                );
                let _not_there = fs::remove_file(&config);
            }
        }
        for document in &exact {
            let before = fs::read_to_string(&config).unwrap_or_default();
            let output = user.run(&arguments, document.to_string().as_bytes());
            let text = fs::read_to_string(&config).unwrap_or_default();
            // No shell and no library agree on how such a value is quoted.
            if output.status.code() == Some(7) && text == before {
                continue;
            }
            let said = |key: &str| document[key].as_str().map(str::to_owned);
            let held = target.read(&text).ok().map(|held| {
                let secrets =
                    [held.client_secret, held.refresh_token].map(|secret| secret.map(|text| text.expose().to_owned()));
                [vec![held.client_id], secrets.into()].concat()
            });
            let wanted = ["client_id", "client_secret", "refresh_token"].map(said);
            if !output.status.success() || held.as_deref() != Some(&wanted[..]) {
                wrong += 1;
                eprintln!("figures: {name} of {document}: {output:?}\n{text}");
            }
        }
    }
    let all = |count: usize| count * TARGETS.len();
    vec![
        Figure::none("hostile documents that made `save` write anything (3 targets)", written, all(refused.len())),
        Figure::none(
            "documents with quotes, #{} and the like that were neither refused nor written exactly (3 targets)",
            wrong,
            all(exact.len()),
        ),
    ]
}

fn files(user: &User) -> Vec<String> {
    let names = fs::read_dir(user.home()).expect("a home").flatten();
    let mut names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A good document with another value for one member.
fn with(key: &str, value: impl Into<Value>) -> Value {
    let mut document = json!({
        "client_id": "1-a.apps.googleusercontent.com",
        "client_secret": "GOCSPX-a",
        "refresh_token": "1//0g-a",
        "token_uri": "https://oauth2.googleapis.com/token",
    });
    document[key] = value.into();
    document
}

fn must_be_refused() -> Vec<Vec<u8>> {
    let texts = [
        "",
        " \n",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{",
        "{}",
        "not JSON at all",
        "{\"client_id\":",
        r#"{"client_id":"a","client_id":"b","client_secret":"c","refresh_token":"d"}"#,
        r#"{"client_id":"1-a.apps.googleusercontent.com","client_secret":"s","refresh_token":"a","refresh_token":"b"}"#,
    ];
    let values = [
        with("client_id", "1-a\nhttp_proxy: evil.example"),
        with("client_id", "1-a\r\nlogging: {}"),
        with("client_id", ""),
        with("client_id", 42),
        with("client_id", "1-a\u{0}b"),
        with("client_secret", Value::Null),
        with("client_secret", json!(["GOCSPX"])),
        with("client_secret", "GOCSPX\u{202e}a"),
        with("client_secret", "GOCSPX\u{2028}a"),
        with("refresh_token", json!({})),
        with("refresh_token", "1//0g a"),
        with("refresh_token", "1//0g\u{1b}[2J"),
        with("refresh_token", "1//0gé"),
        with("refresh_token", "x".repeat(3_000)),
        with("refresh_token", "practice-refresh-a"),
        with("token_uri", "https://evil.example/token"),
        with("token_uri", "http://oauth2.googleapis.com/token"),
        with("token_uri", "https://oauth2.googleapis.com.evil.example/token"),
        with("token_uri", "https://oauth2.googleapis.com@evil.example/token"),
        with("token_uri", "https://oauth2.googleapis.com/token\n"),
        with("token_uri", 1),
    ];
    let padded = with("padding", "x".repeat(1 << 20));
    let nested = "[".repeat(10_000);
    let bytes = [b"\xff\xfe{\0}\0".to_vec(), nested.into_bytes(), padded.to_string().into_bytes()];
    texts
        .iter()
        .map(|text| text.as_bytes().to_vec())
        .chain(values.iter().map(|value| value.to_string().into_bytes()))
        .chain(bytes)
        .collect()
}

fn may_be_written() -> Vec<Value> {
    let token = |text: &str| with("refresh_token", text);
    vec![
        token("1//0g'\"\\"),
        token("1//0g#{system('id')}"),
        token("$(id)`id`${HOME}"),
        token("#x"),
        token("&a*b!c|d>e"),
        with("client_secret", "GOCSPX:{}[],"),
        with("client_secret", "'''"),
        with("unknown", "is left out"),
    ]
}
