//! The pictures of the README, drawn from the very frames that a terminal shows. A test compares them; `cargo pictures` draws them
//! anew.

mod drawing;

use std::path::{Path, PathBuf};

use adsauth::text::Lang;

use crate::canvas::{look_in, paint};
use crate::scenes;
use drawing::{DARK, LIGHT, Picture, Theme};

/// The scenes that tell the story, in its order.
const PICTURES: [(&str, &str, &Theme); 18] = [
    ("guide", "guide", &DARK),
    ("client", "client-several", &DARK),
    ("client-no-secret", "client-no-secret", &DARK),
    ("sign-in", "sign-in-waiting", &DARK),
    ("sign-in-light", "sign-in-waiting", &LIGHT),
    ("sign-in-ssh", "sign-in-ssh", &DARK),
    ("paste", "paste-filled", &DARK),
    ("browser-error", "browser-notatestuser", &DARK),
    ("problem", "problem-unreachable", &DARK),
    ("token", "token-copied-x11", &DARK),
    ("token-testing", "token-testing", &DARK),
    ("account", "account", &DARK),
    ("account-problem", "account-read-project-not-approved", &DARK),
    ("save", "save", &DARK),
    ("save-replace", "save-replace-works", &DARK),
    ("saved", "saved", &DARK),
    ("help", "sign-in-help", &DARK),
    ("practice", "practice-sign-in", &DARK),
];
/// The same story in Korean, as far as the Korean README tells it in pictures.
const KOREAN: [(&str, &str); 2] = [("sign-in-ko", "sign-in-waiting"), ("save-ko", "save")];
const SIZE: (u16, u16) = (80, 24);

/// Another CPU may round another way; nobody sees a difference as small as this.
const ROUNDING: u8 = 2;

/// Every picture: its name, its scene, its colours and its language.
fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static Theme, Lang)> {
    let english = PICTURES.into_iter().map(|(name, scene, theme)| (name, scene, theme, Lang::En));
    english.chain(KOREAN.into_iter().map(|(name, scene)| (name, scene, &DARK, Lang::Ko)))
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(name).with_extension("png")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "pictures are files, and `cargo pictures` sets a variable")]
fn the_pictures_show_what_the_program_shows() {
    let write = std::env::var("ADSAUTH_PICTURES").is_ok_and(|value| value == "write");
    let mut different = Vec::new();
    for (name, scene, theme, lang) in all() {
        let painted = paint(&scenes::named(scene), &look_in(lang), SIZE);
        let picture = drawing::draw(&painted, theme);
        let path = file(name);
        if write {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, picture.encode()).unwrap();
        } else if !std::fs::read(&path).is_ok_and(|bytes| same(&Picture::decode(&bytes), &picture)) {
            different.push(format!("screenshots/{name}.png"));
        }
    }
    assert!(
        different.is_empty(),
        "{} no longer show what the program shows: run `cargo pictures`, look at them and commit them",
        different.join(", ")
    );
}

fn same(one: &Picture, other: &Picture) -> bool {
    let near = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= ROUNDING;
    one.width == other.width && one.pixels.len() == other.pixels.len() && one.pixels.iter().zip(&other.pixels).all(near)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "pictures are files")]
fn every_picture_in_the_directory_is_drawn_here() {
    let known: Vec<_> = all().map(|(name, ..)| file(name)).collect();
    let entries = std::fs::read_dir(file("x").parent().unwrap()).unwrap();
    let strangers: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| !known.contains(path)).collect();
    assert!(strangers.is_empty(), "nothing draws {strangers:?}");
}
