//! The command as it explains itself: our words in every place where the library that reads it would put its own.

use std::sync::LazyLock;

use clap::{Arg, Args, CommandFactory};

use super::{Arguments, Everywhere};
use crate::text::Text;

/// The command without a word, which is all that a line without a mistake needs.
pub fn wordless() -> clap::Command {
    Arguments::command()
}

/// The whole command, for explanations, completions and the manual.
pub fn command(text: &Text) -> clap::Command {
    let mut command = wordless().after_help(crate::cli::manual::exit_codes(text));
    // Only then every command has --help, and the program --version and `help`.
    command.build();
    told(command, text)
}

/// Whether every command has this argument.
pub fn is_everywhere(argument: &Arg) -> bool {
    static EVERYWHERE: LazyLock<Vec<clap::Id>> = LazyLock::new(|| {
        let options = Everywhere::augment_args(clap::Command::new(""));
        options.get_arguments().map(|option| option.get_id().clone()).collect()
    });
    let name = argument.get_id();
    EVERYWHERE.contains(name) || name == "help" || name == "version"
}

/// The command with the words of this language, and all commands in it.
fn told(command: clap::Command, text: &Text) -> clap::Command {
    let words = &text.options;
    let headings = &words.headings;
    let name = command.get_name().to_owned();
    let about = (words.command)(&name).unwrap_or_default();
    let command = command
        .about(about)
        .long_about(None::<&str>)
        .help_template(format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", headings.usage))
        .subcommand_help_heading(headings.commands)
        .subcommand_value_name(headings.any_command)
        .mut_args(|argument| {
            let heading = match &argument {
                argument if is_everywhere(argument) => headings.everywhere,
                argument if argument.is_positional() => headings.arguments,
                _ => headings.options,
            };
            let help = (words.argument)(&name, argument.get_id().as_str()).unwrap_or_default();
            // Defaults and values are in the words.
            argument
                .help(help)
                .long_help(None::<&str>)
                .hide_default_value(true)
                .hide_possible_values(true)
                .help_heading(heading)
        })
        .mut_subcommands(|subcommand| told(subcommand, text));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).replace("[OPTIONS]", headings.any_options);
    command.override_usage(usage)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::arguments::language;
    use crate::text::Lang;

    /// Every command with its arguments, as `--help` would list them, by what they are called and what is said of them.
    fn helped(command: &clap::Command, told: &mut Vec<(String, String)>) {
        let name = command.get_name();
        told.push((name.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default()));
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            told.push((format!("{name} {}", argument.get_id()), help));
        }
        command.get_subcommands().for_each(|subcommand| helped(subcommand, told));
    }

    fn all_helped(lang: Lang) -> Vec<(String, String)> {
        let mut told = Vec::new();
        helped(&command(lang.text()), &mut told);
        told
    }

    #[test]
    fn every_command_and_argument_is_explained_in_every_language() {
        for lang in Lang::ALL {
            let told = all_helped(lang);
            assert!(told.len() > 80, "only {} were seen", told.len());
            for (name, help) in told {
                assert!(!help.is_empty(), "{name} in {}", lang.code());
                let is_korean = help.chars().any(|letter| ('가'..='힣').contains(&letter));
                assert_eq!(is_korean, lang == Lang::Ko, "{name} in {}: {help}", lang.code());
            }
        }
    }

    /// Where a translation takes the place of what would be added by itself, it must say as much.
    #[test]
    fn defaults_and_values_are_told_in_every_language() {
        for lang in Lang::ALL {
            let mut command = command(lang.text());
            let demo = command.find_subcommand_mut("demo").unwrap().render_long_help().to_string();
            assert!(demo.contains("600"), "{demo}");
            for (name, values) in
                [("token", &["json", "env", "authorized-user"][..]), ("completions", &["bash", "zsh"])]
            {
                let help = command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
                assert!(values.iter().all(|value| help.contains(value)), "{help}");
                assert!(help.contains("en, ko"), "{help}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_anything_else_is_understood() {
        let read = |line: &str| language(line.split(' ').map(OsString::from));
        assert_eq!(read("adsauth --lang ko --port nonsense"), Some(Lang::Ko));
        assert_eq!(read("adsauth token --lang=en"), Some(Lang::En));
        assert_eq!(read("adsauth --lang xx"), None);
        assert_eq!(read("adsauth --lang"), None);
        assert_eq!(read("adsauth files -- --lang ko"), None);
    }
}
