//! The Save step in English.

use crate::targets::Target;
use crate::targets::plan::{Change, Plan};
use crate::targets::save::SaveWarning;
use crate::text::{SaveStep, shown};
use crate::wizard::save::{Offer, Offered, OldToken, Snippet};
use crate::wizard::token::SavedTo;

pub const SAVE: SaveStep = SaveStep {
    title: "Where should the token go?",
    looking: "Looking at the places where it could go",
    writing: "Writing",
    library,
    file_of,
    snippet: |snippet| match snippet {
        Snippet::Node => "Node",
        Snippet::Mcp => "MCP",
    },
    snippet_for: |snippet| match snippet {
        Snippet::Node => "google-ads-api from npm",
        Snippet::Mcp => "google-ads-mcp in an MCP client",
    },
    snippet_hint: |snippet| match snippet {
        Snippet::Node => {
            "Lines for a program that uses google-ads-api from npm. c copies them with the secrets in full."
        }
        Snippet::Mcp => {
            "Lines for the configuration of an MCP client. They name the authorized_user file: tick and write that too."
        }
    },
    state,
    change,
    old_token: |token| match token {
        OldToken::None => None,
        OldToken::Trying => Some("Whether the token that is there still works is being tried."),
        OldToken::Works => Some("The token that is there still works: whatever uses it will use yours."),
        OldToken::Fails(_) => Some("The token that is there does not work any more."),
    },
    warning,
    copy_lines: "These lines are what belongs there. c copies them with the secrets in full.",
    unchanged: |count| match count {
        1 => "1 line stays as it is".to_owned(),
        count => format!("{count} lines stay as they are"),
    },
    more_lines: |count| match count {
        1 => "1 more line: PgDn".to_owned(),
        count => format!("{count} more lines: PgDn"),
    },
    other_path: "Which file should it be?",
    other_path_hint: |target| {
        format!(
            "Type or paste a path. Its name says what it is; a name that says nothing is taken for a {} file.",
            library(target)
        )
    },
    written: "The token is in place",
    partly_written: "Not everything could be written",
    nothing_written: "Nothing was written",
    backup: "Backup",
    backup_holds: |path| format!("{path} has what was there before. It holds live secrets: delete it when all works."),
    clipboard: "Clipboard",
    try_it: "Try it",
    command,
    configuration: "Manual",
    configuration_page,
    developer_token,
    file: "File",
};

/// What is said of a file on the terminal after the wizard has ended.
pub fn summary(saved: &SavedTo, lines: &mut Vec<String>) {
    let path = shown(&saved.path);
    lines.push(format!("The refresh token is in {path}, which only you can read."));
    if let Some(backup) = &saved.backup {
        lines.push((SAVE.backup_holds)(&shown(backup)));
    }
    if let Some(words) = developer_token(saved.target).filter(|_| !saved.developer_token) {
        lines.push(words.to_owned());
    }
    lines.push("Try it:".to_owned());
    lines.push(format!("  {}", command(saved.target, &path, saved.usual)));
    lines.push(format!("Its configuration is explained at {}", configuration_page(saved.target)));
}

fn library(target: Target) -> &'static str {
    match target {
        Target::Python => "Python",
        Target::Ruby => "Ruby",
        Target::Java => "Java",
        Target::Php => "PHP",
        Target::Perl => "Perl",
        Target::DotnetXml | Target::DotnetJson => ".NET",
        Target::Env => "env",
        Target::AuthorizedUser => "ADC",
    }
}

fn file_of(target: Target) -> &'static str {
    match target {
        Target::Python => "google-ads.yaml of the Python library",
        Target::Ruby => "google_ads_config.rb of the Ruby library",
        Target::Java => "ads.properties of the Java library",
        Target::Php => "google_ads_php.ini of the PHP library",
        Target::Perl => "googleads.properties of the Perl library",
        Target::DotnetXml => "App.config of the .NET library",
        Target::DotnetJson => "appsettings.json of the .NET library",
        Target::Env => "environment variables that every library reads",
        Target::AuthorizedUser => "application default credentials, as Google's tools read them",
    }
}

fn state(offer: &Offer) -> &'static str {
    match &offer.what {
        Offered::File(plan) => match &plan.change {
            Change::Create => "new file",
            Change::Fill => "fills it in",
            Change::Nothing => "up to date",
            Change::Replace(_) => "holds another token",
            Change::Refused { .. } => "left alone",
        },
        Offered::Unreachable { .. } => "cannot be written",
        Offered::Snippet(..) => "lines to copy",
    }
}

fn change(offer: &Offer) -> String {
    let problem = match &offer.what {
        Offered::Snippet(snippet, _) => return (SAVE.snippet_hint)(*snippet).to_owned(),
        Offered::Unreachable { error, .. } => super::targets::save(error),
        Offered::File(plan) => match &plan.change {
            Change::Create => return "A new file that only you can read.".to_owned(),
            Change::Fill => return "Only these lines change; everything else stays as it is.".to_owned(),
            Change::Nothing => return "It holds this token already: nothing changes.".to_owned(),
            Change::Replace(held) => return replaced(plan, held.client_id.as_deref()),
            Change::Refused { why, .. } => super::targets::refused(why),
        },
    };
    format!("{}. {} {}", problem.title, problem.cause, problem.remedy)
}

fn replaced(plan: &Plan, client_id: Option<&str>) -> String {
    let keys = "y replaces it, a writes to another path.";
    match client_id {
        Some(id) if !plan.text().contains(id) => {
            format!("It holds a token of another client ({}). {keys}", shortened(id))
        }
        Some(id) => format!("It holds another token of this client ({}). {keys}", shortened(id)),
        None => format!("It holds another token. {keys}"),
    }
}

/// The number of the project, by which a person knows a client, and a little of what follows.
pub fn shortened(id: &str) -> String {
    match id.split_once('-') {
        Some((project, rest)) if rest.len() > 8 && rest.is_ascii() => format!("{project}-{}…", &rest[..4]),
        Some(_) | None => id.to_owned(),
    }
}

fn warning(warning: &SaveWarning) -> String {
    match warning {
        SaveWarning::GitWorkTree(root) => {
            format!("It is in the git work tree {}: a commit would publish the token.", shown(root))
        }
        SaveWarning::Synced(folder) => format!("It is in {folder}, which is copied to a cloud."),
        SaveWarning::HardLinks(1) => "It has another name (a hard link), under which the old text stays.".to_owned(),
        SaveWarning::HardLinks(count) => {
            format!("It has {count} other names (hard links), under which the old text stays.")
        }
        SaveWarning::OthersCouldRead => {
            "Others on this machine can read it now. After writing, only you can.".to_owned()
        }
        SaveWarning::AnotherFile { variable, path } => {
            format!("{variable} names {}, which is read instead.", shown(path))
        }
        SaveWarning::Variables(names) => match names.as_slice() {
            [only] => format!("{only} is set and wins where a program reads the environment."),
            names => format!("{} are set and win where a program reads the environment.", names.join(", ")),
        },
        SaveWarning::EarlierFile(path) => format!("{} is looked at first, and wins here.", shown(path)),
    }
}

fn command(target: Target, path: &str, usual: bool) -> String {
    let path = quoted(path);
    let named = if usual { String::new() } else { format!("GOOGLE_ADS_CONFIGURATION_FILE_PATH={path} ") };
    match target {
        Target::Python => format!(
            "{named}python -c \"from google.ads.googleads.client import GoogleAdsClient; GoogleAdsClient.load_from_storage()\""
        ),
        Target::Ruby => {
            format!("{named}ruby -e 'require \"google/ads/google_ads\"; Google::Ads::GoogleAds::GoogleAdsClient.new'")
        }
        Target::Java => {
            format!("{named}./gradlew -q runExample --example=\"accountmanagement.ListAccessibleCustomers\"")
        }
        Target::Php => format!(
            "{named}php -r 'require \"vendor/autoload.php\"; (new Google\\Ads\\GoogleAds\\Lib\\OAuth2TokenBuilder())->fromFile()->build();'"
        ),
        Target::Perl => {
            format!("{named}perl -MGoogle::Ads::GoogleAds::Client -e 'Google::Ads::GoogleAds::Client->new'")
        }
        Target::DotnetXml => "dotnet run".to_owned(),
        Target::DotnetJson => format!("{named}dotnet run"),
        Target::Env => format!("set -a; . {path}; set +a"),
        Target::AuthorizedUser => format!("export GOOGLE_APPLICATION_CREDENTIALS={path}"),
    }
}

/// A word of a POSIX shell.
fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

fn configuration_page(target: Target) -> &'static str {
    match target {
        Target::Python => "https://developers.google.com/google-ads/api/docs/client-libs/python/configuration",
        Target::Ruby => "https://developers.google.com/google-ads/api/docs/client-libs/ruby/configuration",
        Target::Java => "https://developers.google.com/google-ads/api/docs/client-libs/java/config-file",
        Target::Php => "https://developers.google.com/google-ads/api/docs/client-libs/php/configuration",
        Target::Perl => "https://developers.google.com/google-ads/api/docs/client-libs/perl/configuration",
        Target::DotnetXml | Target::DotnetJson => {
            "https://developers.google.com/google-ads/api/docs/client-libs/dotnet/configuration"
        }
        Target::Env => "https://developers.google.com/google-ads/api/docs/client-libs",
        Target::AuthorizedUser => "https://cloud.google.com/docs/authentication/application-default-credentials",
    }
}

fn developer_token(target: Target) -> Option<&'static str> {
    match target {
        Target::Python => Some(
            "Releases of google-ads from before September 2026 ask for a developer_token: pip install -U google-ads, or add yours.",
        ),
        Target::Php => Some(
            "Releases of google-ads-php from before September 2026 ask for a developerToken: update with composer, or add yours.",
        ),
        Target::Java => Some(
            "Releases of google-ads for Java from before September 2026 ask for a developerToken: update, or add yours.",
        ),
        Target::Ruby | Target::Perl | Target::DotnetXml | Target::DotnetJson | Target::Env | Target::AuthorizedUser => {
            None
        }
    }
}
