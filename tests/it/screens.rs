//! What every scene looks like, as text at three sizes; and styles where they carry meaning.

use std::fmt::Write;

use insta::{Settings, assert_snapshot};

use crate::canvas::{look, paint};
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

/// What a text snapshot cannot show: colours, bold and dim, one scene for every step.
#[test]
fn the_styles_of_every_step_are_as_they_were() {
    for name in
        ["client-several", "sign-in-waiting", "token-testing", "account", "save-replace-works", "problem-unreachable"]
    {
        let painted = paint(&scenes::named(name), &look(), (80, 24));
        settings().bind(|| assert_snapshot!(format!("styled-{name}"), painted.styles()));
    }
}
