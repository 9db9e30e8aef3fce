//! Files that lie about or are in the way, documents that nobody should write, and values that want to be more than values.

mod documents;
mod zoo;

use adsauth::oauth::secret::Secret;
use adsauth::targets::{Credentials, Target};

use crate::figure::{Effort, Figure};
use crate::random::Random;

pub fn measure(effort: Effort) -> Vec<Figure> {
    let mut figures = zoo::measure(effort);
    figures.extend(documents::measure());
    figures.push(injection(effort));
    figures
}

/// What means something in one format or another.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "\\",
    "\\\\",
    "#{system('id')}",
    "#",
    "${HOME}",
    "$(id)",
    "`id`",
    "{",
    "}",
    "%{x}",
    "&amp;",
    "<",
    ">",
    "]]>",
    "<!--",
    "-->",
    "=",
    ": ",
    ";",
    "|",
    "[",
    "]",
    ",",
    " ",
    "é",
    "日本",
    "!!python/object",
    "*anchor",
    "&anchor",
    "? ",
    "- ",
    "<%= 1 %>",
    "end",
    "null",
    "~",
    "yes",
    "0x10",
    "1e3",
    "@",
    "\\u000a",
    "\\n",
    "http_proxy: evil.example",
    "a",
];

/// Writes hostile values in every format, and counts where what is read back differs or the shape of the file has changed.
fn injection(effort: Effort) -> Figure {
    let mut random = Random::new(5);
    let (mut tried, mut wrong) = (0, 0);
    for _ in 0..effort.of(300, 4_000) {
        let mut value = || (0..=random.below(8)).map(|_| random.one_of(PIECES)).collect::<String>();
        let hostile = credentials(&value(), &value(), &value());
        for target in Target::ALL {
            let usual = target
                .merge(None, &credentials("1-a.apps.googleusercontent.com", "GOCSPX-a", "1//0g"))
                .expect("plain values");
            for existing in [None, Some(usual.as_str())] {
                // A value that reads as none, such as a blank, is refused before anything is written.
                let Ok(text) = target.merge(existing, &hostile) else { continue };
                tried += 1;
                if !holds(target, &text, &hostile) || shape(target, &text) != shape(target, &usual) {
                    wrong += 1;
                    eprintln!("figures: {target:?} becomes\n{text}");
                }
            }
        }
    }
    Figure::none("hostile values in 9 formats that changed, added a key or another line", wrong, tried)
}

fn credentials(client_id: &str, client_secret: &str, refresh_token: &str) -> Credentials {
    let secret = |text: &str| Secret::new(text.to_owned());
    Credentials {
        client_id: client_id.to_owned(),
        client_secret: secret(client_secret),
        refresh_token: secret(refresh_token),
        login_customer_id: None,
        token_uri: None,
    }
}

fn holds(target: Target, text: &str, wanted: &Credentials) -> bool {
    target.read(text).is_ok_and(|held| {
        held.client_id.as_ref() == Some(&wanted.client_id)
            && held.client_secret.as_ref() == Some(&wanted.client_secret)
            && held.refresh_token.as_ref() == Some(&wanted.refresh_token)
    })
}

/// How much there is in a file, as a reader counts that is not ours where there is one: no value may change that.
fn shape(target: Target, text: &str) -> Option<usize> {
    match target {
        Target::Python => {
            saphyr_parser::Parser::new_from_str(text).try_fold(0, |count, event| event.ok().map(|_| count + 1))
        }
        Target::DotnetXml => {
            let document = roxmltree::Document::parse(text).ok()?;
            Some(document.descendants().map(|node| 1 + node.attributes().count()).sum())
        }
        Target::DotnetJson | Target::AuthorizedUser => serde_json::from_str(text).ok().map(|json| values(&json)),
        Target::Ruby | Target::Java | Target::Php | Target::Perl | Target::Env => Some(text.lines().count()),
    }
}

fn values(json: &serde_json::Value) -> usize {
    match json {
        serde_json::Value::Object(members) => 1 + members.values().map(values).sum::<usize>(),
        serde_json::Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => 1,
    }
}
