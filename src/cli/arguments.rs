//! Every option and command, in one place. It reads the command line and nothing else.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use url::Url;

use crate::adapters::clipboard::CopyCommand;
use crate::adapters::trace::TraceFile;
use crate::customer_id::CustomerId;
use crate::oauth::consent::Wish;
use crate::oauth::endpoints::{Trust, TrustedHost};
use crate::oauth::redirect::RedirectUri;
use crate::oauth::scope;
use crate::targets::Target;
use crate::text::{Headings, Lang, Text};

/// From an OAuth client file to a Google Ads refresh token: a full-screen wizard, and the same without the screen.
#[derive(Debug, Parser)]
#[command(name = "adsauth", version, args_conflicts_with_subcommands = true, subcommand_precedence_over_arg = true)]
pub struct Arguments {
    #[command(flatten)]
    pub everywhere: Everywhere,
    #[command(flatten)]
    pub sign_in: SignIn,
    /// Ask the same five steps as numbered questions, for screen readers and plain terminals
    #[arg(long)]
    pub plain: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Everywhere {
    /// Accept endpoints at this host besides Google's (no port: 443; for a loopback address any port); repeatable
    #[arg(long, global = true, value_name = "HOST[:PORT]", value_parser = TrustedHost::parse)]
    pub trust_host: Vec<TrustedHost>,
    /// Another base URL of the Google Ads API, trusted as by --trust-host
    #[arg(long, global = true, value_name = "URL", value_parser = ads_endpoint)]
    pub ads_endpoint: Option<Url>,
    /// This version of the Google Ads API
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..1000))]
    pub ads_version: Option<u16>,
    /// Append a trace for a bug report to this file: no secret, no address, no account
    #[arg(long, global = true, value_name = "FILE", value_parser = log_file)]
    pub log: Option<PathBuf>,
    /// The language (default: by the locale)
    #[arg(long, global = true, value_name = "LANG", value_parser = lang())]
    pub lang: Option<Lang>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// How to sign in: the wizard's options, and `token`'s.
#[derive(Clone, Debug, Args)]
pub struct SignIn {
    /// Use this client source instead of choosing one
    #[arg(short = 'P', short_alias = 'c', long, value_name = "FILE")]
    #[arg(alias = "client_secrets_path", alias = "client-secrets", alias = "client_secrets")]
    pub client_secrets_path: Option<PathBuf>,
    /// Ask for this scope, too, by its short or full name; repeatable
    #[arg(long, value_name = "SCOPE", value_parser = full_scope)]
    pub scope: Vec<String>,
    /// Ask for these scopes, too
    #[arg(long = "additional_scopes", alias = "additional-scopes", value_name = "SCOPE", num_args = 1.., value_parser = full_scope)]
    pub additional_scopes: Vec<String>,
    /// Listen on this port (Desktop clients)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// A registered loopback redirect URI of a Web client that the file does not know yet
    #[arg(long, value_name = "URI", value_parser = RedirectUri::parse)]
    pub redirect_uri: Option<RedirectUri>,
    /// The account that Google should offer
    #[arg(long, value_name = "EMAIL")]
    pub login_hint: Option<String>,
    /// Never start a browser
    #[arg(long)]
    pub no_browser: bool,
    /// How many seconds an attempt waits; 0 for ever
    #[arg(long, value_name = "SECS", default_value_t = 600)]
    pub timeout: u64,
    /// Copy with this command instead of the built-in ways: no shell, the text on its standard input
    #[arg(long, value_name = "CMD")]
    pub copy_command: Option<CopyCommand>,
    /// Clear the copied token after this many seconds, if it is still on the clipboard
    #[arg(long, value_name = "SECS", value_parser = clap::value_parser!(u64).range(1..))]
    pub clear_clipboard: Option<u64>,
}

impl SignIn {
    /// How long an attempt waits.
    pub fn limit(&self) -> Option<Duration> {
        (self.timeout > 0).then(|| Duration::from_secs(self.timeout))
    }

    /// What to ask for.
    pub fn wish(&self) -> Wish {
        let scopes = scope::wanted(self.scope.iter().chain(&self.additional_scopes).map(String::as_str));
        Wish { scopes, login_hint: self.login_hint.clone() }
    }

    /// After which time a copied token is cleared.
    pub fn clear_token_after(&self) -> Option<Duration> {
        self.clear_clipboard.map(Duration::from_secs)
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Get a refresh token without the screen: talk on stderr, the result on stdout
    Token(Token),
    /// Write a token into a library's configuration: JSON of `token --format json` on stdin
    Save(Save),
    /// Say whether the token of a configuration works, and if not, why
    Check(Check),
    /// List the client files that are found, and what each of them is
    Files(Files),
    /// Run the wizard against a practice Google on this machine
    Demo(Demo),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    pub sign_in: SignIn,
    /// What goes to stdout (default: `token` when stdout is not a terminal)
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Args)]
pub struct Save {
    #[command(flatten)]
    pub place: Place,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The configuration (default: the only one that is in its usual place)
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// Which target it is (default: by the file's name)
    #[arg(long = "for", value_name = "TARGET", value_parser = For::parse)]
    pub target: Option<For>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// Where a token goes, and what may happen to what is there.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Write into this target: python, ruby, java, php, perl, dotnet, env, authorized-user; node and mcp are printed
    #[arg(long = "for", value_name = "TARGET", value_parser = For::parse)]
    target: Option<For>,
    /// The file to write (default: the usual place)
    #[arg(long, value_name = "PATH", requires = "target")]
    pub config: Option<PathBuf>,
    /// Show what would change and write nothing
    #[arg(long, requires = "target")]
    pub dry_run: bool,
    /// Do not ask
    #[arg(long, requires = "target")]
    pub yes: bool,
    /// With --yes: also replace a different token or client
    #[arg(long, requires = "target")]
    pub replace: bool,
    /// The manager account through which the account to work on is reached
    #[arg(long, value_name = "ID", requires = "target")]
    pub login_customer_id: Option<CustomerId>,
}

impl Place {
    /// The target that was named.
    pub fn target(&self) -> Option<For> {
        self.target
    }
}

/// A target as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// A file.
    File(Target),
    /// `dotnet`: which format it is, the file's name says.
    Dotnet,
    /// Lines for a program that uses `google-ads-api` from npm.
    Node,
    /// Lines for an MCP client's configuration.
    Mcp,
}

impl For {
    const ALL: [Self; 10] = [
        Self::File(Target::Python),
        Self::File(Target::Ruby),
        Self::File(Target::Java),
        Self::File(Target::Php),
        Self::File(Target::Perl),
        Self::Dotnet,
        Self::File(Target::Env),
        Self::File(Target::AuthorizedUser),
        Self::Node,
        Self::Mcp,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::File(Target::Python) => "python",
            Self::File(Target::Ruby) => "ruby",
            Self::File(Target::Java) => "java",
            Self::File(Target::Php) => "php",
            Self::File(Target::Perl) => "perl",
            Self::File(Target::DotnetXml | Target::DotnetJson) | Self::Dotnet => "dotnet",
            Self::File(Target::Env) => "env",
            Self::File(Target::AuthorizedUser) => "authorized-user",
            Self::Node => "node",
            Self::Mcp => "mcp",
        }
    }

    fn parse(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|target| target.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|target| target.name()).collect();
            format!("one of: {}", names.join(", "))
        })
    }

    /// The file's format, which for .NET depends on the file's name.
    pub fn file(self, path: Option<&Path>) -> Option<Target> {
        match self {
            Self::File(target) => Some(target),
            Self::Dotnet => {
                path.and_then(Target::of_path).filter(|target| matches!(target, Target::DotnetXml | Target::DotnetJson))
            }
            Self::Node | Self::Mcp => None,
        }
    }
}

/// What `token` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON document with the token and what is known about it
    Json,
    /// `GOOGLE_ADS_…` variables
    Env,
    /// A file for application default credentials
    AuthorizedUser,
    /// The refresh token alone
    Token,
}

#[derive(Debug, Args)]
pub struct Files {
    /// Look in these directories instead of the usual ones
    pub directories: Vec<PathBuf>,
    /// Print one JSON array
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    pub sign_in: SignIn,
    /// Make the practice Google misbehave in this way
    #[arg(long, value_name = "NAME", value_parser = super::demo::fault)]
    pub fault: Option<crate::practice::Fault>,
    /// Play the click in the browser, too
    #[arg(long)]
    pub auto: bool,
}

/// An endpoint is only taken with https, or with http at a loopback address.
fn ads_endpoint(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "not a URL")?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let host = url.port().map_or(host.clone(), |port| format!("{host}:{port}"));
    let trust = Trust::new(TrustedHost::parse(&host).into_iter().collect());
    trust.accepted(text).ok_or("not https, nor http at a loopback address")
}

/// A trace that cannot be written is wrong usage, and said at once.
fn log_file(path: &str) -> Result<PathBuf, String> {
    TraceFile::open(Path::new(path)).map_err(|error| error.to_string())?;
    Ok(PathBuf::from(path))
}

fn full_scope(name: &str) -> Result<String, &'static str> {
    scope::full(name).ok_or("not a scope")
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::ALL.map(Lang::code)).try_map(|code| Lang::of(&code).ok_or("not a language"))
}

/// `--lang`, read before all else: help and mistakes are told in that language, too.
pub fn language(arguments: impl IntoIterator<Item = OsString>) -> Option<Lang> {
    let mut arguments = arguments.into_iter().take_while(|argument| argument != "--");
    let mut named = None;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        if argument == "--lang" {
            named = arguments.next().and_then(|code| Lang::of(&code.to_string_lossy()));
        } else if let Some(code) = argument.strip_prefix("--lang=") {
            named = Lang::of(code);
        }
    }
    named
}

/// Reads the command line of this process.
pub fn read(text: &Text) -> Result<Arguments, clap::Error> {
    let matches = command(text).try_get_matches()?;
    Arguments::from_arg_matches(&matches)
}

/// The whole command, for parsing, completions and the manual.
pub fn command(text: &Text) -> clap::Command {
    let mut command = Arguments::command().after_help(super::manual::exit_codes(text));
    // Only then every command has the options of all, and --help and --version.
    command.build();
    told(command, text)
}

/// The command with the words of this language, and all commands in it.
fn told(command: clap::Command, text: &Text) -> clap::Command {
    let words = &text.options;
    let name = command.get_name().to_owned();
    let mut command = match (words.command)(&name) {
        Some(about) => command.about(about).long_about(None::<&str>),
        None => command,
    };
    if let Some(headings) = &words.headings {
        command = headed(command, headings);
    }
    command
        .mut_args(|argument| match (words.argument)(&name, argument.get_id().as_str()) {
            // Defaults and values are in the words.
            Some(help) => {
                argument.help(help).long_help(None::<&str>).hide_default_value(true).hide_possible_values(true)
            }
            None => argument,
        })
        .mut_subcommands(|subcommand| told(subcommand, text))
}

fn headed(command: clap::Command, headings: &Headings) -> clap::Command {
    let heading = |argument: &Arg| if argument.is_positional() { headings.arguments } else { headings.options };
    command
        .help_template(format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", headings.usage))
        .subcommand_help_heading(headings.commands)
        .mut_args(|argument| {
            let heading = heading(&argument);
            argument.help_heading(heading)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let arguments = command(Lang::Ko.text()).try_get_matches_from(["adsauth", "token", "--lang", "ko"]).unwrap();
        assert_eq!(Arguments::from_arg_matches(&arguments).unwrap().everywhere.lang, Some(Lang::Ko));
        assert!(command(Lang::En.text()).try_get_matches_from(["adsauth", "--lang", "xx"]).is_err());
    }
}
