//! Secrets that are known, and the search for them and their pieces in whatever way they may be written.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The pieces that are looked for: nothing that is shown of a secret is as long.
const PIECE: usize = 8;

pub const CLIENT_SECRET: &str = "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";
pub const CODE: &str = "4/0AVzK9wQxJ3tGm6RbUy1hDf8NsLc5EoPk2iWa7Tj";
pub const ACCESS_TOKEN: &str = "ya29.a0Hn4ZkT8vRw2Xq6LdMy9Bf1JsGc7UoPe3Ki5Na";
pub const REFRESH_TOKEN: &str = "1//0gWf3NxKq8ZtRv5YmJb1LcHd7UsTo2GpEk9AiXw4SzQn6";

/// What each secret is called, and the secret.
pub const ISSUED: [(&str, &str); 4] = [
    ("client secret", CLIENT_SECRET),
    ("code", CODE),
    ("access token", ACCESS_TOKEN),
    ("refresh token", REFRESH_TOKEN),
];

/// Every piece of every secret in every way of writing, by its first bytes.
pub struct Needles(HashMap<[u8; PIECE], Vec<(Vec<u8>, &'static str)>>);

impl Needles {
    pub fn of<'a>(secrets: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let mut needles: HashMap<_, Vec<_>> = HashMap::new();
        for (name, secret) in secrets {
            let bytes = secret.as_bytes();
            let pieces = bytes.windows(PIECE).flat_map(written);
            // Three bytes make four characters: one of three neighbouring pieces begins where base64 does.
            for form in pieces.chain(bytes.windows(PIECE + 1).flat_map(in_base64)) {
                let start = *form.as_bytes().first_chunk().expect("no way of writing is shorter");
                needles.entry(start).or_default().push((form.into_bytes(), name));
            }
        }
        Self(needles)
    }

    /// The names of the secrets that there is a piece of.
    pub fn hits(&self, bytes: &[u8]) -> BTreeSet<&'static str> {
        let starts = bytes.windows(PIECE).enumerate();
        let candidates = starts.flat_map(|(at, start)| {
            let forms = start.first_chunk().and_then(|start| self.0.get(start));
            forms.into_iter().flatten().filter(move |(form, _)| bytes[at..].starts_with(form))
        });
        candidates.map(|(_, name)| *name).collect()
    }
}

fn written(piece: &[u8]) -> Vec<String> {
    let each = |format: fn(&mut String, u8)| {
        piece.iter().fold(String::new(), |mut text, byte| {
            format(&mut text, *byte);
            text
        })
    };
    let list = |between: &str| piece.iter().map(u8::to_string).collect::<Vec<_>>().join(between);
    vec![
        String::from_utf8_lossy(piece).into_owned(),
        url::form_urlencoded::byte_serialize(piece).collect(),
        each(|text, byte| write!(text, "%{byte:02X}").expect("a String takes everything")),
        each(|text, byte| write!(text, "%{byte:02x}").expect("a String takes everything")),
        each(|text, byte| write!(text, "{byte:02X}").expect("a String takes everything")),
        each(|text, byte| write!(text, "{byte:02x}").expect("a String takes everything")),
        list(","),
        list(", "),
        list(" "),
    ]
}

fn in_base64(piece: &[u8]) -> [String; 2] {
    [STANDARD_NO_PAD.encode(piece), URL_SAFE_NO_PAD.encode(piece)]
}

/// The search must find what it is there to find.
pub fn assert_search_works() {
    let needles = Needles::of(ISSUED);
    let around = |text: &str| format!("key={text}\n");
    for (name, secret) in ISSUED {
        let bytes = secret.as_bytes();
        let shifted = |by: usize| STANDARD_NO_PAD.encode([&b"xyz"[..by], bytes].concat());
        let forms = [around(secret), format!("{bytes:?}"), shifted(0), shifted(1), shifted(2), around(&secret[5..20])];
        for form in forms {
            assert_eq!(needles.hits(form.as_bytes()), BTreeSet::from([name]), "{form}");
        }
    }
    assert!(needles.hits(b"GOCS\xe2\x80\xa6sPg1 is what may be shown, and 1//0g").is_empty());
}
