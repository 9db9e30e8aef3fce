//! What is wrong with a command line, from the error of the library that reads it to our own. It holds no words.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use super::{Stopped, help};
use crate::problem::{Mistake, Misuse};
use crate::sanitize::sanitize;

/// Why reading ended.
pub fn stopped(error: &clap::Error, command: &Command, line: &[OsString]) -> Stopped {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Stopped::Told(error.to_string())
        }
        kind => Stopped::Misused(Misuse { command: called(command, line), mistake: mistake(kind, error, command) }),
    }
}

/// An argument of the wizard that stands before a command, which it says nothing to.
pub fn before_command(command: &Command, matches: &ArgMatches) -> Option<Misuse> {
    let (called, _) = matches.subcommand()?;
    let given = |argument: &&Arg| matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine);
    let stray = command.get_arguments().filter(|argument| !help::is_everywhere(argument)).find(given)?;
    let known = command.find_subcommand(called)?.get_arguments().any(|argument| argument.get_id() == stray.get_id());
    let mistake = Mistake::BeforeCommand { option: name(&stray.to_string()), known };
    Some(Misuse { command: format!("adsauth {called}"), mistake })
}

fn mistake(kind: ErrorKind, error: &clap::Error, command: &Command) -> Mistake {
    let one = |kind| strings(error, kind).into_iter().next();
    let option = || one(ContextKind::InvalidArg).map(|option| name(&option)).unwrap_or_default();
    match kind {
        ErrorKind::UnknownArgument => match one(ContextKind::InvalidArg).unwrap_or_default() {
            option if option.starts_with('-') => {
                Mistake::UnknownOption { option, like: one(ContextKind::SuggestedArg).map(|like| name(&like)) }
            }
            word => Mistake::UnknownWord { word },
        },
        ErrorKind::InvalidSubcommand => {
            let word = one(ContextKind::InvalidSubcommand).unwrap_or_default();
            // A path is like no command, whatever letters they share.
            let like = one(ContextKind::SuggestedSubcommand).filter(|_| !word.contains(['.', '/']));
            Mistake::UnknownCommand { word, like }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match one(ContextKind::InvalidValue) {
            None => Mistake::NoValue { option: option() },
            Some(value) if value.is_empty() && kind == ErrorKind::InvalidValue => Mistake::NoValue { option: option() },
            Some(value) => Mistake::BadValue {
                argument: id(error, command),
                option: option(),
                value,
                choices: strings(error, ContextKind::ValidValue),
            },
        },
        ErrorKind::NoEquals | ErrorKind::TooFewValues => Mistake::NoValue { option: option() },
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => Mistake::NeedlessValue { option: option() },
        ErrorKind::ArgumentConflict => {
            let (option, prior) = (option(), one(ContextKind::PriorArg).map(|prior| name(&prior)));
            match prior {
                Some(prior) if prior != option => Mistake::Excluded { option, by: prior },
                Some(_) | None => Mistake::Repeated { option },
            }
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => Mistake::Missing {
            options: strings(error, ContextKind::InvalidArg).iter().map(|option| name(option)).collect(),
        },
        ErrorKind::InvalidUtf8 => Mistake::NotText,
        // The library may come to know others.
        _ => Mistake::Other,
    }
}

/// What the library knows about its error, as it may be shown.
fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![sanitize(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| sanitize(text)).collect(),
        _ => Vec::new(),
    }
}

/// `--port` of `--port <N>`.
fn name(option: &str) -> String {
    option.split([' ', '=']).next().unwrap_or_default().to_owned()
}

/// By which name the words know the argument.
fn id(error: &clap::Error, command: &Command) -> String {
    let shown = strings(error, ContextKind::InvalidArg).into_iter().next().unwrap_or_default();
    let arguments = command.get_subcommands().chain([command]).flat_map(Command::get_arguments);
    let known = arguments.into_iter().find(|argument| argument.to_string() == shown);
    known.map(|argument| argument.get_id().to_string()).unwrap_or_default()
}

/// The command that was called, with the program before it, as far as can be told from a line that is wrong.
fn called(command: &Command, line: &[OsString]) -> String {
    let matches = command.clone().ignore_errors(true).try_get_matches_from(line);
    let name = matches.as_ref().ok().and_then(ArgMatches::subcommand_name);
    name.map_or("adsauth".to_owned(), |name| format!("adsauth {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::{Arguments, read};
    use crate::text::Lang;

    fn read_line(line: &str) -> Result<Arguments, Stopped> {
        read(line.split(' ').map(OsString::from), Lang::En.text())
    }

    fn misuse(line: &str) -> Misuse {
        match read_line(line) {
            Err(Stopped::Misused(misuse)) => misuse,
            Err(Stopped::Told(told)) => panic!("{line} was told {told}"),
            Ok(_) => panic!("{line} was understood"),
        }
    }

    #[test]
    fn every_mistake_is_known_for_what_it_is() {
        let text = ToOwned::to_owned;
        let names = |names: &[&str]| names.iter().copied().map(str::to_owned).collect::<Vec<_>>();
        for (line, command, mistake) in [
            (
                "adsauth token --porf 1",
                "adsauth token",
                Mistake::UnknownOption { option: text("--porf"), like: Some(text("--port")) },
            ),
            ("adsauth --xyzzyx", "adsauth", Mistake::UnknownOption { option: text("--xyzzyx"), like: None }),
            ("adsauth chek", "adsauth", Mistake::UnknownCommand { word: text("chek"), like: Some(text("check")) }),
            ("adsauth client.json", "adsauth", Mistake::UnknownCommand { word: text("client.json"), like: None }),
            ("adsauth token client.json", "adsauth token", Mistake::UnknownWord { word: text("client.json") }),
            ("adsauth --ascii token --port", "adsauth token", Mistake::NoValue { option: text("--port") }),
            ("adsauth --lang", "adsauth", Mistake::NoValue { option: text("--lang") }),
            ("adsauth --ascii=yes", "adsauth", Mistake::NeedlessValue { option: text("--ascii") }),
            (
                "adsauth --lang ko token --port 0",
                "adsauth token",
                Mistake::BadValue {
                    argument: text("port"),
                    option: text("--port"),
                    value: text("0"),
                    choices: Vec::new(),
                },
            ),
            (
                "adsauth files --lang xx",
                "adsauth files",
                Mistake::BadValue {
                    argument: text("lang"),
                    option: text("--lang"),
                    value: text("xx"),
                    choices: names(&["en", "ko"]),
                },
            ),
            ("adsauth --port 1 --port 2", "adsauth", Mistake::Repeated { option: text("--port") }),
            ("adsauth save --yes", "adsauth save", Mistake::Missing { options: names(&["--for"]) }),
            ("adsauth completions", "adsauth completions", Mistake::Missing { options: names(&["<SHELL>"]) }),
            ("adsauth --port 1 token", "adsauth token", Mistake::BeforeCommand { option: text("--port"), known: true }),
            (
                "adsauth --plain check",
                "adsauth check",
                Mistake::BeforeCommand { option: text("--plain"), known: false },
            ),
        ] {
            assert_eq!(misuse(line), Misuse { command: text(command), mistake }, "{line}");
        }
    }

    #[test]
    fn a_word_that_is_not_text_is_a_mistake_and_what_is_quoted_cannot_move_the_cursor() {
        use std::os::unix::ffi::OsStringExt;

        let line = [b"adsauth".to_vec(), b"--login-hint".to_vec(), b"\xff".to_vec()].map(OsString::from_vec);
        let Err(Stopped::Misused(misuse)) = read(line, Lang::En.text()) else { panic!("it was understood") };
        assert_eq!(misuse.mistake, Mistake::NotText);
        let line = ["adsauth", "\u{1b}[2Jx\u{202e}"].map(OsString::from);
        let Err(Stopped::Misused(misuse)) = read(line, Lang::En.text()) else { panic!("it was understood") };
        assert_eq!(misuse.mistake, Mistake::UnknownCommand { word: "x".to_owned(), like: None });
    }

    #[test]
    fn options_of_every_command_may_stand_on_both_sides_of_its_name() {
        for line in ["adsauth --lang ko --ascii token", "adsauth token --lang ko --ascii"] {
            let everywhere = read_line(line).unwrap_or_else(|_| panic!("{line}")).everywhere;
            assert_eq!((everywhere.lang, everywhere.ascii), (Some(Lang::Ko), true), "{line}");
        }
        let both = read_line("adsauth --trust-host a.example --lang en files --trust-host b.example --lang ko");
        let Ok(Arguments { everywhere, .. }) = both else { panic!("it was refused") };
        assert_eq!((everywhere.trust_host.len(), everywhere.lang), (2, Some(Lang::Ko)));
        for name in ["token", "save", "check", "files", "demo", "man"] {
            let line = format!("adsauth --ads-version 23 --ads-endpoint https://a.example/ {name}");
            let everywhere = read_line(&line).unwrap_or_else(|_| panic!("{line}")).everywhere;
            assert!(everywhere.ads_version == Some(23) && everywhere.ads_endpoint.is_some(), "{line}");
        }
    }

    /// A value that nobody could mean is refused with the words of its argument, or taken because every text will do.
    #[test]
    fn every_value_that_can_be_wrong_is_told_what_it_must_be_in_every_language() {
        let command = help::command(Lang::En.text());
        let mut refused = 0;
        for one in command.get_subcommands().chain([&command]) {
            let called = one.get_name().replace("adsauth", "");
            for argument in one.get_arguments().filter(|argument| argument.get_action().takes_values()) {
                let Some(long) = argument.get_long() else { continue };
                let line = ["adsauth", &called, &format!("--{long}=/?'"), "--for=env"].map(OsString::from);
                let line = line.into_iter().filter(|word| !word.is_empty());
                let Err(Stopped::Misused(misuse)) = read(line, Lang::En.text()) else { continue };
                let Mistake::BadValue { argument, option, choices, .. } = misuse.mistake else { continue };
                refused += 1;
                assert_eq!(option, format!("--{long}"));
                for lang in Lang::ALL {
                    let told = (lang.text().options.expected)(&argument).is_some();
                    assert_eq!(told, choices.is_empty(), "{option} in {}", lang.code());
                }
            }
        }
        assert!(refused > 30, "only {refused} were refused");
    }
}
