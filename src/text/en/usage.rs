//! What is wrong with a command line, in English.

use super::options::OPTIONS;
use crate::problem::{Mistake, Misuse};
use crate::text::Words;

pub fn misuse(misuse: &Misuse) -> Words {
    let command = &misuse.command;
    let help = format!("{command} --help lists what it takes.");
    match &misuse.mistake {
        Mistake::UnknownOption { option, like } => Words::new(
            format!("There is no option {option}"),
            match like {
                Some(like) => format!("{command} does not know it. {like} is much like it."),
                None => format!("{command} does not know it. It may belong to another command."),
            },
            help,
        ),
        Mistake::UnknownCommand { word, like } => Words::new(
            format!("There is no command {word}"),
            match like {
                Some(like) => format!("{like} is much like it."),
                None => "A word that stands alone is the name of a command. A client file is named with -P.".to_owned(),
            },
            format!("{command} --help lists the commands."),
        ),
        Mistake::UnknownWord { word } => {
            Words::new(format!("{word} is one word too many"), format!("{command} does not expect it."), help)
        }
        Mistake::NoValue { option } => Words::new(format!("{option} needs a value"), "There is none behind it.", help),
        Mistake::NeedlessValue { option } => {
            Words::new(format!("{option} takes no value"), "It says everything by its name.", "Leave the value away.")
        }
        Mistake::BadValue { argument, option, value, choices } => Words::new(
            format!("{option} cannot be \"{value}\""),
            match choices.as_slice() {
                [] => (OPTIONS.expected)(argument).unwrap_or("It is not what the option expects.").to_owned(),
                choices => format!("It must be one of: {}.", choices.join(", ")),
            },
            help,
        ),
        Mistake::Excluded { option, by } => Words::new(
            format!("{option} does not go together with {by}"),
            "They say different things about the same.",
            "Leave one of them away.",
        ),
        Mistake::Repeated { option } => Words::new(
            format!("{option} stands there twice"),
            "It can be given once, and nobody can tell which one counts.",
            "Leave one of them away.",
        ),
        Mistake::Missing { options } => Words::new(
            format!("{} is missing", options.join(", ")),
            format!("{command} cannot do without it what it is asked to do."),
            help,
        ),
        Mistake::BeforeCommand { option, known } => Words::new(
            format!("{option} cannot stand before the name of a command"),
            "Before the name, only options of every command may stand. This one would be the wizard's.",
            if *known {
                format!("Put it behind the name: {command} {option}.")
            } else {
                format!("Leave it away: {command} does not know it.")
            },
        ),
        Mistake::NotText => Words::new(
            "A word of the command line is not UTF-8",
            "Only the path of a file may be written in another encoding.",
            help,
        ),
        Mistake::Other => {
            Words::new("The command line cannot be understood", format!("{command} cannot do anything with it."), help)
        }
    }
}
