//! What every scene looks like, as text at three sizes; and styles where they carry meaning.

use std::fmt::Write;

use adsauth::text::Lang;
use adsauth::view::{Glyphs, LEAST, Palette};
use insta::{Settings, assert_snapshot};

use crate::canvas::{look, look_in, look_of, paint};
use crate::scenes::{self, Scene};

const SIZES: [(u16, u16); 3] = [(60, 18), (80, 24), (120, 40)];

pub fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_scene_looks_as_it_did() {
    let scenes = scenes::all();
    let mut names = std::collections::HashSet::new();
    for Scene { name, model } in &scenes {
        assert!(names.insert(name.clone()), "two scenes are called {name}");
        let mut text = String::new();
        for size in SIZES {
            let painted = paint(model, &look(), size);
            writeln!(text, "--- {} x {}\n{}", size.0, size.1, painted.text()).unwrap();
        }
        settings().bind(|| assert_snapshot!(name.as_str(), text));
    }
}

/// One scene for every step, and a problem.
const STEPS: [(&str, &str); 6] = [
    ("client", "client-several"),
    ("sign-in", "sign-in-waiting"),
    ("token", "token-testing"),
    ("account", "account"),
    ("save", "save-replace-works"),
    ("problem", "problem-unreachable"),
];

/// With what a text alone cannot show: colours, bold and dim.
#[test]
fn the_steps_look_as_they_did_in_english_in_colour() {
    for (step, scene) in STEPS {
        let painted = paint(&scenes::named(scene), &look(), (80, 24));
        let text = format!("{}\n--- styles\n{}", painted.text(), painted.styles());
        settings().bind(|| assert_snapshot!(format!("step-{step}-en-80x24-colour"), text));
    }
}

#[test]
fn the_steps_look_as_they_did_in_korean() {
    for (step, scene) in STEPS {
        let painted = paint(&scenes::named(scene), &look_in(Lang::Ko), (80, 24));
        settings().bind(|| assert_snapshot!(format!("step-{step}-ko-80x24"), painted.text()));
    }
}

#[test]
fn the_steps_look_as_they_did_in_the_smallest_window_in_ascii_without_colour() {
    for (step, scene) in STEPS {
        let painted = paint(&scenes::named(scene), &look_of(Palette::Mono, Glyphs::Ascii), LEAST);
        let text = format!("{}\n--- styles\n{}", painted.text(), painted.styles());
        settings().bind(|| assert_snapshot!(format!("step-{step}-en-60x18-ascii-mono"), text));
    }
}
