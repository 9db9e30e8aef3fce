//! The words of `--help`. English stands beside the options themselves; any other language puts its own in its place.

/// What commands and options do.
pub struct OptionWords {
    /// What a command does; the program itself is `adsauth`. `None` keeps what stands beside it.
    pub command: fn(&str) -> Option<&'static str>,
    /// What an argument of a command does, by the names of both. `None` keeps what stands beside it.
    pub argument: fn(&str, &str) -> Option<&'static str>,
    /// `None` keeps the headings of the library that reads the command line.
    pub headings: Option<Headings>,
    /// Before the exit codes.
    pub exit_codes: &'static str,
}

/// What stands above the parts of `--help`.
pub struct Headings {
    pub usage: &'static str,
    pub commands: &'static str,
    pub arguments: &'static str,
    pub options: &'static str,
}
