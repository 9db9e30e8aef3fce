//! Lines have no keys: what is said in them names none, in no language.

use std::collections::BTreeSet;

use adsauth::oauth::grant::{Grant, Warning};
use adsauth::ports::{BrowserError, Copied, Route};
use adsauth::problem::Problem;
use adsauth::targets::save::SaveWarning;
use adsauth::text::{Lang, Medium, Words};

use crate::scenes;

/// Words of one letter, and the names of keys. In English, `a` is a key only where it is pressed.
fn keys_in(text: &str, lang: Lang) -> Vec<String> {
    const NAMED: [&str; 7] = ["Esc", "Space", "Tab", "PgDn", "PgUp", "F1", "Enter"];
    // Addresses, options and commands stay whole.
    let words: Vec<_> = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-./".contains(letter)).collect();
    let words: Vec<_> = words.into_iter().map(|word| word.trim_end_matches('.')).collect();
    let is_key = |at: usize| {
        let word = words[at];
        let is_letter = word.len() == 1 && word.bytes().all(|letter| letter.is_ascii_lowercase());
        let is_article = word == "a" && lang == Lang::En && (at == 0 || words[at - 1] != "press");
        // The s of "can't be" and "Google's" is no word.
        let is_ending = at > 0 && matches!(word, "s" | "t") && text.contains(&format!("{}'{word}", words[at - 1]));
        is_letter && !is_article && !is_ending || NAMED.contains(&word)
    };
    (0..words.len()).filter(|&at| is_key(at)).map(|at| words[at].to_owned()).collect()
}

fn of(words: &Words) -> String {
    format!("{} {} {}", words.title, words.cause, words.remedy)
}

fn half_granted() -> Grant {
    Grant { missing_scopes: vec!["https://www.googleapis.com/auth/analytics".to_owned()], ..scenes::grant() }
}

#[test]
fn no_problem_names_a_key_where_there_are_only_lines() {
    for lang in Lang::ALL {
        let problem = lang.text().problem;
        for example in Problem::examples() {
            let told = of(&problem(&example, Medium::Lines));
            assert_eq!(keys_in(&told, lang), [""; 0], "{} in {}: {told}", example.code(), lang.code());
        }
    }
}

#[test]
fn the_same_problems_name_their_keys_on_the_screen() {
    for lang in Lang::ALL {
        let problem = lang.text().problem;
        let named = |example: &Problem| keys_in(&of(&problem(example, Medium::Screen)), lang);
        assert_eq!(named(&Problem::TimedOut), ["e", "p"]);
        assert_eq!(named(&Problem::NoLoopbackRedirect), ["u"]);
        let all: BTreeSet<_> = Problem::examples().iter().flat_map(named).collect();
        assert_eq!(all, ["e", "i", "p", "u"].map(str::to_owned).into());
    }
}

#[test]
fn nothing_else_that_is_said_in_lines_names_a_key() {
    for lang in Lang::ALL {
        let text = lang.text();
        let time = scenes::started();
        let warnings = [Warning::DiesInTesting(time), Warning::TimeLimited(time), Warning::ScopesMissing];
        let mut said: Vec<_> =
            warnings.iter().map(|known| (text.token.warning)(*known, &half_granted(), Medium::Lines)).collect();
        let routes = [Route::Tmux, Route::Helper, Route::TmuxAndDisplay, Route::Command];
        let copied = routes.into_iter().flat_map(|route| [Copied::Confirmed(route), Copied::Handed(route)]);
        said.extend(
            copied.chain([Copied::AskTerminal, Copied::CommandFailed]).map(|copied| (text.token.copy_route)(&copied)),
        );
        let errors = [BrowserError::NoBrowserHere, BrowserError::Failed("xdg-open".to_owned())];
        said.extend(errors.iter().map(|error| (text.line.not_opened)(error)));
        said.push(text.line.nothing_yet.to_owned());
        said.extend([SaveWarning::OthersCouldRead, SaveWarning::HardLinks(2)].iter().map(text.save.warning));
        said.extend(scenes::offers().iter().filter(|offer| offer.plan().is_some()).map(text.save.change));
        for name in ["token-testing", "token-scope-missing", "saved", "saved-new"] {
            said.extend((text.summary.token)(scenes::named(name).card().unwrap()));
        }
        assert!(said.len() > 25, "{said:?}");
        for line in said {
            // The command to try a file with is no sentence.
            let keys = if line.starts_with("  ") { Vec::new() } else { keys_in(&line, lang) };
            assert_eq!(keys, [""; 0], "in {}: {line}", lang.code());
        }
    }
}
