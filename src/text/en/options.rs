//! The words of `--help` and the manual page in English.

use crate::text::options::{Headings, OptionWords};

pub const OPTIONS: OptionWords = OptionWords {
    command,
    argument,
    expected,
    headings: Headings {
        usage: "Usage",
        commands: "Commands",
        arguments: "Arguments",
        options: "Options",
        everywhere: "Options of every command",
        exit_codes: "Exit codes",
        any_options: "[OPTIONS]",
        any_command: "COMMAND",
        name: "NAME",
        synopsis: "SYNOPSIS",
        description: "DESCRIPTION",
        kinds: "KINDS OF FILES",
        error_codes: "ERROR CODES",
        warning_codes: "WARNING CODES",
        warnings: [
            "The token dies after about a week, because the app is in Testing",
            "The token dies on a date, because access was granted for a time",
            "Some additional scope was not granted",
        ],
    },
};

fn command(name: &str) -> Option<&'static str> {
    Some(match name {
        "adsauth" => {
            "From an OAuth client file to a Google Ads refresh token: a full-screen wizard, and the same without the screen"
        }
        "token" => "Get a refresh token without the screen: talk on stderr, the result on stdout",
        "save" => "Write a token into a library's configuration: JSON of `token --format json` on stdin",
        "check" => "Say whether the token of a configuration works, and if not, why",
        "files" => "List the client files that are found, and what each of them is",
        "demo" => "Run the wizard against a practice Google on this machine",
        "completions" => "Print completions for a shell",
        "man" => "Print the manual page",
        "help" => "Print this help, or that of a command",
        _ => return None,
    })
}

fn argument(command: &str, name: &str) -> Option<&'static str> {
    Some(match (command, name) {
        ("check", "config") => "The configuration (default: the only one that is in its usual place)",
        ("check", "target") => "Which target it is (default: by the file's name)",
        ("files", "json") => "Print one JSON array",
        ("help", _) => "The name of a command",
        (_, name) => return everywhere(name).or_else(|| sign_in(name)).or_else(|| of_commands(name)),
    })
}

fn everywhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "trust_host" => {
            "Accept endpoints at this host besides Google's (no port: 443; for a loopback address any port); repeatable"
        }
        "ads_endpoint" => "Another base URL of the Google Ads API, trusted as by --trust-host",
        "ads_version" => "This version of the Google Ads API",
        "log" => "Append a trace for a bug report to this file: no secret, no address, no account",
        "lang" => "The language: en, ko (default: by the locale)",
        "ascii" => "Draw with ASCII characters only",
        "help" => "Print this help",
        "version" => "Print the version",
        _ => return None,
    })
}

fn sign_in(name: &str) -> Option<&'static str> {
    Some(match name {
        "plain" => "Ask the same five steps as numbered questions, for screen readers and plain terminals",
        "client_secrets_path" => "Use this client source instead of choosing one",
        "scope" => "Ask for this scope, too, by its short or full name; repeatable",
        "additional_scopes" => "Ask for these scopes, too",
        "port" => "Listen on this port (Desktop clients)",
        "redirect_uri" => "A registered loopback redirect URI of a Web client that the file does not know yet",
        "login_hint" => "The account that Google should offer",
        "no_browser" => "Never start a browser",
        "timeout" => "How many seconds an attempt waits; 0 for ever (default: 600)",
        "copy_command" => {
            "Copy with this command instead of the built-in ways: no shell, the text on its standard input"
        }
        "clear_clipboard" => "Clear the copied token after this many seconds, if it is still on the clipboard",
        _ => return None,
    })
}

fn of_commands(name: &str) -> Option<&'static str> {
    Some(match name {
        "format" => {
            "What goes to stdout: json (the token and what is known about it), env (GOOGLE_ADS_… variables), authorized-user (a file for application default credentials), token (the refresh token alone). Default: token when stdout is not a terminal"
        }
        "target" => {
            "Write into this target: python, ruby, java, php, perl, dotnet, env, authorized-user; node and mcp are printed"
        }
        "config" => "The file to write (default: the usual place)",
        "dry_run" => "Show what would change and write nothing",
        "yes" => "Do not ask",
        "replace" => "With --yes: also replace a different token or client",
        "login_customer_id" => "The manager account through which the account to work on is reached",
        "json" => "Print one JSON document",
        "shell" => "Which shell: bash, elvish, fish, powershell, zsh",
        "directories" => "Look in these directories instead of the usual ones",
        "fault" => "Make the practice Google misbehave in this way",
        "auto" => "Play the click in the browser, too",
        _ => return None,
    })
}

fn expected(name: &str) -> Option<&'static str> {
    Some(match name {
        "trust_host" => "It must be a host, or a host and a port: login.example or 127.0.0.1:8080.",
        "ads_endpoint" => "It must be a URL with https, or with http at a loopback address.",
        "ads_version" => "It must be a number from 1 to 999.",
        "log" => "It must be a file that this user may write and that is no link.",
        "scope" | "additional_scopes" => "It must be a scope, such as email or analytics.readonly.",
        "port" => "It must be a number from 1 to 65535.",
        "redirect_uri" => "It must begin with http:// and lead to 127.0.0.1, [::1] or localhost, without ? and #.",
        "timeout" => "It must be a number of seconds; 0 waits for ever.",
        "copy_command" => "It must be a command as a shell would take it, with every quote closed.",
        "clear_clipboard" => "It must be a number of seconds, 1 or more.",
        "login_customer_id" => "It must be ten digits, with dashes or without.",
        _ => return None,
    })
}
