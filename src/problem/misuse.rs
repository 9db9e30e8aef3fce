//! What is wrong with a command line. It holds no words, and what was typed only as it may be shown.

/// A command line that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse {
    /// The command that was being read, with the program before it.
    pub command: String,
    pub mistake: Mistake,
}

/// What is wrong with it. An option is named as it is typed: `--port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is no such option; another may be much like it.
    UnknownOption { option: String, like: Option<String> },
    /// There is no such command; another may be much like it.
    UnknownCommand { word: String, like: Option<String> },
    /// A word that nobody asked for.
    UnknownWord { word: String },
    /// An option without its value.
    NoValue { option: String },
    /// A value of an option that has none.
    NeedlessValue { option: String },
    /// A value that cannot be; `argument` is the name by which the words know what it must be, if there are no `choices`.
    BadValue { argument: String, option: String, value: String, choices: Vec<String> },
    /// Two options that say different things about the same.
    Excluded { option: String, by: String },
    /// An option that can be given once.
    Repeated { option: String },
    /// Without these nothing can be done.
    Missing { options: Vec<String> },
    /// An option of the wizard before the name of a command, which may have the same.
    BeforeCommand { option: String, known: bool },
    /// A word that is not UTF-8 where no path is expected.
    NotText,
    /// Anything else.
    Other,
}
