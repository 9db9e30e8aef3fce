//! What holds on every screen at every size, and on whatever way a person may get there.

use adsauth::oauth::login::Progress;
use adsauth::oauth::secret::Secret;
use adsauth::text::{Lang, Text};
use adsauth::view::{Glyphs, LEAST, Look, Palette};
use adsauth::wizard::keys::{Action, Key, bindings};
use adsauth::wizard::{Effect, Ending, Event, Model, Moment, Overlay, update};
use proptest::prelude::*;
use proptest::test_runner::Config;
use ratatui::buffer::CellDiffOption;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use crate::canvas::{Painted, look, look_in, look_of, paint};
use crate::scenes::{self, REFRESH_TOKEN, Scene};
use crate::walk::{BEGINNINGS, Chance, KINDS, beginning, event, secrets_seen};

/// The sizes that most terminals have: every scene is painted there in every look.
const USUAL: [(u16, u16); 2] = [LEAST, (80, 24)];

/// Sizes at which something else counts: at each of them every scene is painted in one look, and another scene in another.
const OTHERS: [(u16, u16); 14] = [
    (0, 0),
    (0, 5),
    (5, 0),
    (1, 1),
    (2, 40),
    (59, 18),
    (60, 17),
    (61, 19),
    (72, 21),
    (79, 22),
    (100, 30),
    (120, 40),
    (200, 18),
    (60, 100),
];

/// Larger than any. Nothing is laid out differently there, and it takes the longest: every scene in one look and one language.
const LARGEST: (u16, u16) = (300, 100);

const LOOKS: [(Palette, Glyphs); 4] = [
    (Palette::Colour, Glyphs::Unicode),
    (Palette::Mono, Glyphs::Ascii),
    (Palette::Colour, Glyphs::Ascii),
    (Palette::Mono, Glyphs::Unicode),
];

fn every_scene_can_be_painted(lang: Lang) {
    let paint_one = |name: &str, model: &Model, (palette, glyphs): (Palette, Glyphs), size: (u16, u16)| {
        let look = Look { text: lang.text(), ..look_of(palette, glyphs) };
        let painted = paint(model, &look, size);
        check_cells(&painted, &look, name);
        if size.0 >= LEAST.0 && size.1 >= LEAST.1 {
            check_footer(model, &painted, look.text, name);
        }
    };
    for (place, Scene { name, model }) in scenes::all().into_iter().enumerate() {
        for size in USUAL {
            for look in LOOKS {
                paint_one(&name, &model, look, size);
            }
        }
        for (turn, size) in OTHERS.into_iter().enumerate() {
            paint_one(&name, &model, LOOKS[(place + turn) % LOOKS.len()], size);
        }
        if Lang::ALL[place % Lang::ALL.len()] == lang {
            paint_one(&name, &model, LOOKS[place / Lang::ALL.len() % LOOKS.len()], LARGEST);
        }
    }
}

#[test]
fn every_scene_can_be_painted_at_every_size_in_every_look_in_english() {
    every_scene_can_be_painted(Lang::En);
}

#[test]
fn every_scene_can_be_painted_at_every_size_in_every_look_in_korean() {
    every_scene_can_be_painted(Lang::Ko);
}

fn check_cells(painted: &Painted, look: &Look, name: &str) {
    let mut hidden = false;
    for cell in &painted.buffer.content {
        let symbol = cell.symbol();
        hidden |= cell.diff_option == CellDiffOption::Skip;
        assert!(!symbol.chars().any(char::is_control), "{name}: {symbol:?}");
        // Letters of a language are no box characters.
        let is_plain = symbol.is_ascii() || symbol.chars().all(char::is_alphabetic);
        assert!(look.glyphs == Glyphs::Unicode || is_plain, "{name}: {symbol:?} is not ASCII");
        assert!(look.palette == Palette::Colour || cell.fg == Color::Reset, "{name}: a colour in mono");
        assert!(!matches!(cell.fg, Color::Rgb(..) | Color::Indexed(_)), "{name}: not one of the terminal's 16 colours");
        assert_eq!(cell.bg, Color::Reset, "{name}: the background is the terminal's own");
    }
    assert_eq!(painted.spot.is_some(), hidden, "{name}");
}

/// What the help lists is what can be pressed, and every row says what it does.
#[test]
fn the_help_of_every_scene_names_every_key_in_every_language() {
    for Scene { name, mut model } in scenes::all() {
        model.overlay = None;
        let keys = bindings(&model);
        // In a text box `?` is a letter; the scene is shown the help of all the same.
        model.overlay = Some(Overlay::Help { scroll: 0 });
        for lang in Lang::ALL {
            let text = paint(&model, &look_in(lang), (130, 70)).text();
            for binding in &keys {
                let does = (lang.text().keys.long)(binding.action);
                assert!(text.contains(does), "{name} in {}: {does} is missing:\n{text}", lang.code());
            }
        }
    }
}

/// The footer holds every key of the table that fits, in its order, and the one for all of them last.
pub fn check_footer(model: &Model, painted: &Painted, text: &Text, name: &str) {
    let rows = painted.rows();
    let footer = rows.last().unwrap();
    let text = &text.keys;
    let words: Vec<_> = bindings(model)
        .into_iter()
        .filter(|binding| binding.action != Action::Help && !is_travel(binding.action))
        .map(|binding| (text.short)(binding.action))
        .collect();
    let has_help = bindings(model).iter().any(|binding| binding.action == Action::Help);
    assert!(!has_help || footer.ends_with((text.short)(Action::Help)), "{name}: {footer}");
    let mut rest = footer.as_str();
    let shown = words.iter().take_while(|word| match rest.find(**word) {
        Some(at) => {
            rest = &rest[at + word.len()..];
            true
        }
        None => false,
    });
    let shown = shown.count();
    // The longest hint has a key of five columns, its word, parentheses and the gap before it.
    let room = usize::from(painted.buffer.area.width) - 4 - footer.trim_start().width();
    assert!(
        shown == words.len() || room < 5 + 1 + words[shown].width() + 4,
        "{name}: room for {}: {footer}",
        words[shown]
    );
    assert!(painted.buffer.area.width > 60 || shown >= 4.min(words.len()), "{name}: {footer}");
}

fn is_travel(action: Action) -> bool {
    matches!(action, Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last)
}

#[test]
fn a_small_window_is_asked_to_grow_and_told_by_how_much() {
    let text = paint(&scenes::named("sign-in-waiting"), &look(), (50, 10)).text();
    assert!(text.contains("larger") && text.contains("50 x 10") && text.contains("60 x 18"), "{text}");
}

#[test]
fn the_url_has_its_rows_at_the_smallest_size_with_everything_that_must_be_there() {
    let painted = paint(&scenes::named("sign-in-waiting"), &look(), LEAST);
    let spot = painted.spot.clone().unwrap();
    let url = scenes::links().consent.as_str().to_owned();
    assert_eq!(spot.url.expose(), url);
    assert_eq!(usize::from(spot.rows), url.len().div_ceil(60));
    let text = painted.text();
    for needed in ["Sign in", "min left", "/s/k7m2qa", "private window", "? help"] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
}

#[test]
fn the_practice_run_and_a_server_that_is_not_googles_are_named_on_every_screen() {
    for (name, mark) in [
        ("practice-client", "PRACTICE RUN"),
        ("practice-sign-in", "PRACTICE RUN"),
        ("practice-account", "PRACTICE RUN"),
        ("practice-save", "PRACTICE RUN"),
        ("not-google-client", "NOT GOOGLE: login.example"),
        ("not-google-sign-in", "NOT GOOGLE: login.example"),
    ] {
        for size in [(60, 18), (80, 24)] {
            assert!(paint(&scenes::named(name), &look(), size).rows()[0].contains(mark), "{name} at {size:?}");
        }
    }
}

#[test]
fn selection_here_and_wrong_are_marked_by_more_than_colour() {
    let mono = look_of(Palette::Mono, Glyphs::Ascii);
    let text = paint(&scenes::named("client-several"), &mono, (80, 24)).text();
    assert!(text.contains(">  Desktop") && text.contains("x No secret") && text.contains("* Client"), "{text}");
    let off = paint(&scenes::named("client-service-account"), &mono, (80, 24)).text();
    assert!(off.contains("(Enter sign in)"), "{off}");
}

// -------------------------------------------------------------------------------------------------------- random walks

fn live_token(model: &Model) -> Option<Secret> {
    model.card().filter(|card| card.is_live()).map(|card| card.grant.refresh_token.clone())
}

#[test]
fn secrets_are_seen_only_where_they_belong() {
    for Scene { name, model } in scenes::all() {
        let painted = paint(&model, &look(), (120, 40));
        assert_eq!(secrets_seen(&painted), None, "{name}");
        let revealed = model.card().is_some_and(|card| card.revealed);
        let shows_token = painted.spot.as_ref().is_some_and(|spot| spot.url.expose() == REFRESH_TOKEN);
        assert!(!shows_token || revealed, "{name}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_live_token_is_never_lost_and_no_secret_is_shown_on_any_walk(
        walk in prop::collection::vec((0..KINDS, any::<u16>()), 1..70),
        begin in 0..BEGINNINGS,
    ) {
        let mut model = beginning(begin);
        let mut now = model.now;
        for (kind, detail) in walk {
            now = Moment(now.0 + std::time::Duration::from_millis(u64::from(detail % 3000)));
            let event = event(&model, Chance(kind, detail));
            let (before, asked) = (live_token(&model), matches!(model.overlay, Some(Overlay::Ask(_))));
            let arrives = matches!(event, Event::Progressed(_, Progress::Ended(Ok(_))));
            let yes = asked && matches!(event, Event::Pressed(Key::Char(_)));
            let interrupt = event == Event::Pressed(Key::Ctrl('c'));
            let effects = update(&mut model, event, now);
            let quits = effects.iter().any(|effect| matches!(effect, Effect::Quit(ending) if *ending != Ending::Practice));
            if before.is_some() {
                let kept = model.card().is_some_and(|card| Some(&card.grant.refresh_token) == before.as_ref());
                prop_assert!(kept || yes || arrives, "the token is gone");
                prop_assert!(!quits || yes || (interrupt && asked), "it quits without asking");
            }
            let size = if model.size.0.min(model.size.1) == 0 { (1, 1) } else { model.size };
            prop_assert_eq!(secrets_seen(&paint(&model, &look(), size)), None);
            if quits {
                break;
            }
        }
    }
}
