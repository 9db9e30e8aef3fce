//! The words of `--help`, the manual page and of what stands in place of a wrong value.

/// What commands and options do.
pub struct OptionWords {
    /// What a command does; the program itself is `adsauth`. `None` where there is no such command.
    pub command: fn(&str) -> Option<&'static str>,
    /// What an argument of a command does, by the names of both. `None` where there is no such argument.
    pub argument: fn(&str, &str) -> Option<&'static str>,
    /// What the value of an argument must be, as a sentence. `None` where every text will do, or where the values are listed.
    pub expected: fn(&str) -> Option<&'static str>,
    pub headings: Headings,
}

/// What stands above the parts of `--help` and of the manual page.
pub struct Headings {
    pub usage: &'static str,
    pub commands: &'static str,
    pub arguments: &'static str,
    pub options: &'static str,
    /// Above the options that every command has.
    pub everywhere: &'static str,
    pub exit_codes: &'static str,
    /// What stands for the options and for a command in a line of usage.
    pub any_options: &'static str,
    pub any_command: &'static str,
    pub name: &'static str,
    pub synopsis: &'static str,
    pub description: &'static str,
    pub kinds: &'static str,
    pub error_codes: &'static str,
    pub warning_codes: &'static str,
    /// What each of [`Warning::CODES`](crate::oauth::grant::Warning::CODES) means.
    pub warnings: [&'static str; 3],
}
