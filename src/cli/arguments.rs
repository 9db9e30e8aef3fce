//! Every option and command, in one place. It reads the command line and nothing else; what it says is in `text`.

mod commands;
mod help;
mod mistakes;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args, FromArgMatches, Parser, ValueEnum};
use clap_complete::Shell;
use url::Url;

use crate::adapters::clipboard::CopyCommand;
use crate::adapters::trace::TraceFile;
use crate::customer_id::CustomerId;
use crate::oauth::consent::Wish;
use crate::oauth::endpoints::{Trust, TrustedHost};
use crate::oauth::redirect::RedirectUri;
use crate::oauth::scope;
use crate::practice::Fault;
use crate::problem::Misuse;
use crate::targets::Target;
use crate::text::{Lang, Text};
pub use commands::Command;
pub use help::{command, is_everywhere};

#[derive(Debug, Parser)]
#[command(name = "adsauth", version, subcommand_precedence_over_arg = true)]
pub struct Arguments {
    #[command(flatten)]
    pub everywhere: Everywhere,
    #[command(flatten)]
    pub sign_in: SignIn,
    #[arg(long)]
    pub plain: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command. They may stand before it and behind it.
#[derive(Clone, Debug, Args)]
pub struct Everywhere {
    #[arg(long, value_name = "HOST[:PORT]", value_parser = TrustedHost::parse)]
    pub trust_host: Vec<TrustedHost>,
    #[arg(long, value_name = "URL", value_parser = ads_endpoint)]
    pub ads_endpoint: Option<Url>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..1000))]
    pub ads_version: Option<u16>,
    #[arg(long, value_name = "FILE", value_parser = log_file)]
    pub log: Option<PathBuf>,
    #[arg(long, value_name = "LANG", value_parser = lang())]
    pub lang: Option<Lang>,
    #[arg(long)]
    pub ascii: bool,
}

/// How to sign in: the wizard's options, and `token`'s.
#[derive(Clone, Debug, Args)]
pub struct SignIn {
    #[arg(short = 'P', short_alias = 'c', long, value_name = "FILE")]
    #[arg(alias = "client_secrets_path", alias = "client-secrets", alias = "client_secrets")]
    pub client_secrets_path: Option<PathBuf>,
    #[arg(long, value_name = "SCOPE", value_parser = full_scope)]
    pub scope: Vec<String>,
    #[arg(long = "additional_scopes", alias = "additional-scopes", value_name = "SCOPE", num_args = 1.., value_parser = full_scope)]
    pub additional_scopes: Vec<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    #[arg(long, value_name = "URI", value_parser = RedirectUri::parse)]
    pub redirect_uri: Option<RedirectUri>,
    #[arg(long, value_name = "EMAIL")]
    pub login_hint: Option<String>,
    #[arg(long)]
    pub no_browser: bool,
    #[arg(long, value_name = "SECS", default_value_t = 600)]
    pub timeout: u64,
    #[arg(long, value_name = "CMD")]
    pub copy_command: Option<CopyCommand>,
    #[arg(long, value_name = "SECS", value_parser = clap::value_parser!(u64).range(1..))]
    pub clear_clipboard: Option<u64>,
}

impl Everywhere {
    /// Takes what was said behind the command. It counts where something can be said only once.
    fn add(&mut self, behind: Self) {
        self.trust_host.extend(behind.trust_host);
        self.ads_endpoint = behind.ads_endpoint.or(self.ads_endpoint.take());
        self.ads_version = behind.ads_version.or(self.ads_version);
        self.log = behind.log.or(self.log.take());
        self.lang = behind.lang.or(self.lang);
        self.ascii |= behind.ascii;
    }
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

#[derive(Debug, Args)]
pub struct Completions {
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    pub sign_in: SignIn,
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Args)]
pub struct Save {
    #[command(flatten)]
    pub place: Place,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,
    #[arg(long = "for", value_name = "TARGET", value_parser = For::by_name())]
    pub target: Option<For>,
    #[arg(long)]
    pub json: bool,
}

/// Where a token goes, and what may happen to what is there.
#[derive(Clone, Debug, Args)]
pub struct Place {
    #[arg(long = "for", value_name = "TARGET", value_parser = For::by_name())]
    target: Option<For>,
    #[arg(long, value_name = "PATH", requires = "target")]
    pub config: Option<PathBuf>,
    #[arg(long, requires = "target")]
    pub dry_run: bool,
    #[arg(long, requires = "target")]
    pub yes: bool,
    #[arg(long, requires = "target")]
    pub replace: bool,
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

    fn by_name() -> impl TypedValueParser<Value = Self> {
        let of = |name: String| Self::ALL.into_iter().find(|target| target.name() == name).ok_or("not a target");
        PossibleValuesParser::new(Self::ALL.map(Self::name)).try_map(of)
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
    Json,
    Env,
    AuthorizedUser,
    Token,
}

#[derive(Debug, Args)]
pub struct Files {
    pub directories: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    pub sign_in: SignIn,
    #[arg(long, value_name = "NAME", value_parser = fault())]
    pub fault: Option<Fault>,
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

fn fault() -> impl TypedValueParser<Value = Fault> {
    let names = Fault::ALL.iter().map(|fault| fault.name());
    PossibleValuesParser::new(names).try_map(|name| Fault::from_name(&name).ok_or("not a fault"))
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

/// Whether JSON was asked for, as far as a command line that is wrong can tell.
pub fn wants_json(arguments: impl IntoIterator<Item = OsString>) -> bool {
    let words: Vec<_> = arguments.into_iter().take_while(|argument| argument != "--").collect();
    words.iter().any(|word| word == "--json" || word == "--format=json")
        || words.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Why there are no arguments to go on with.
pub enum Stopped {
    /// `--help` or `--version`: what to print.
    Told(String),
    /// The command line is wrong.
    Misused(Misuse),
}

/// Reads a command line, whose first word is the program.
pub fn read(line: impl IntoIterator<Item = OsString>, text: &Text) -> Result<Arguments, Stopped> {
    let line: Vec<_> = line.into_iter().collect();
    // The words take longer than the reading, and nearly always nobody needs them.
    let mut by = help::wordless();
    let mut read = read_by(&mut by, &line);
    if read.is_err() {
        by = command(text);
        read = read_by(&mut by, &line);
    }
    let (arguments, matches) = read.map_err(|error| mistakes::stopped(&error, &by, &line))?;
    mistakes::before_command(&by, &matches).map_or(Ok(arguments), |misuse| Err(Stopped::Misused(misuse)))
}

fn read_by(command: &mut clap::Command, line: &[OsString]) -> Result<(Arguments, ArgMatches), clap::Error> {
    let matches = command.try_get_matches_from_mut(line)?;
    let mut arguments = Arguments::from_arg_matches(&matches)?;
    if let Some((_, behind)) = matches.subcommand() {
        arguments.everywhere.add(Everywhere::from_arg_matches(behind)?);
    }
    Ok((arguments, matches))
}
