//! What went wrong, why and what to do, in English.

use super::files::HTTPS_ONLY;
use crate::oauth::callback::PasteRefused;
use crate::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use crate::oauth::http::{HttpSetupError, TlsTrouble, Unreachable};
use crate::oauth::listener::BindError;
use crate::oauth::login::LoginError;
use crate::problem::Problem;
use crate::text::{Medium, Words, trust_options};

pub fn problem(problem: &Problem, medium: Medium) -> Words {
    match problem {
        Problem::Source(why) => super::files::unusable(why, medium),
        Problem::NoSource => Words::new(
            "No client file was found",
            "Looked in your home directory, Downloads, Desktop and here for client_secret*.json and the like.",
            "Download a client of type Desktop app from the console, or name its file with -P.",
        ),
        Problem::SeveralSources => Words::new(
            "There are several client files",
            "More than one can be used, and nobody can be asked which.",
            "Name one with -P. adsauth files lists them.",
        ),
        Problem::NoLoopbackRedirect => Words::new(
            "This Web client cannot send the answer to this machine",
            "None of its redirect URIs is on 127.0.0.1, [::1] or localhost.",
            match medium {
                Medium::Screen => {
                    "Add one in the console and name it with u, or use a client of type Desktop app, which needs none."
                }
                Medium::Lines => {
                    "Add one in the console and name it with --redirect-uri, or use a client of type Desktop app, which needs none."
                }
            },
        ),
        Problem::Login(error) => login(error, medium),
        Problem::TimedOut => Words::new(
            "Nobody answered in time",
            "The browser did not come back before the time was up.",
            match medium {
                Medium::Screen => {
                    "Try again. If the browser shows an error, e explains it. If it cannot come back here, p takes its address."
                }
                Medium::Lines => {
                    "Try again, with a longer --timeout if need be. If the browser cannot come back here, paste the address it ended on."
                }
            },
        ),
        Problem::Paste(why) => paste(*why, medium),
        Problem::Refresh(error) => super::ads::refresh(error),
        Problem::NoAccounts => super::ads::no_accounts(),
        Problem::Ads(error) => super::ads::api(error, medium),
        Problem::Target(why) => super::targets::refused(why),
        Problem::Save(error) => super::targets::save(error),
        Problem::WouldReplace => Words::new(
            "The file holds another token or client",
            "It would be gone, except from the backup, and whatever uses the file would use yours.",
            "Say so with --replace, or name another path with --config.",
        ),
        Problem::Incomplete(key) => Words::new(
            "The configuration is not complete",
            format!("{key} is missing, or only holds the place of a value."),
            "Fill it in, or let adsauth make a token and save it there.",
        ),
        Problem::NotRefreshToken => Words::new(
            "What stands there is no refresh token",
            "It begins like an authorization code, an access token or a client secret.",
            "Sign in again and let adsauth write the token to its place.",
        ),
        Problem::NoPlace => Words::new(
            "Nobody has said where to write",
            "A configuration of this kind has no usual place.",
            "Name the file with --config.",
        ),
        Problem::NotGoogle { untrusted: Some(untrusted) } => Words::new(
            "The token is not Google's",
            format!("It is of {}, a server that adsauth does not trust by itself.", untrusted.hosts.join(", ")),
            match trust_options(untrusted) {
                Some(options) => {
                    format!("If that server is yours, say {options}. Only authorized-user and env can hold its tokens.")
                }
                None => format!("If that server is yours, {HTTPS_ONLY}"),
            },
        ),
        Problem::NotGoogle { untrusted: None } => Words::new(
            "The token is not Google's",
            "A library for Google Ads would send it to Google, where it is not known and does not belong.",
            "Only authorized-user and env can hold it: choose one of them.",
        ),
        Problem::NoTerminal => Words::new(
            "There is no terminal",
            "The wizard needs one to show its screens and to read keys.",
            "Use adsauth token in scripts, or --plain.",
        ),
        Problem::NobodyToAsk => Words::new(
            "There is nobody to ask",
            "A question came up, and there is no terminal to ask it on.",
            "Say it with an option; --help lists them.",
        ),
        Problem::Misused(misuse) => super::usage::misuse(misuse),
        Problem::Internal => Words::new(
            "adsauth itself has failed",
            "A part of the program ended in a way that nobody foresaw. That is a mistake of ours, and not yours.",
            "Try again. If it happens again, please report it with a trace: --log FILE writes one without secrets.",
        ),
    }
}

fn paste(why: PasteRefused, medium: Medium) -> Words {
    let whole = "Copy the whole address line of the browser, beginning with http://.";
    match why {
        PasteRefused::NotUrl => Words::new("This is not an address", "It is empty, or no URL.", whole),
        PasteRefused::BareCode => Words::new(
            "This is only the code",
            "Without the rest of the address nobody can tell whose code it is.",
            whole,
        ),
        PasteRefused::OtherAddress => Words::new(
            "This is another address",
            "It does not lead to the port that waits for your answer.",
            "Copy the address that the browser ended on after you agreed.",
        ),
        PasteRefused::OtherState => Words::new(
            "This is the answer to an older sign-in",
            "Every sign-in has an address of its own.",
            match medium {
                Medium::Screen => "Open the address of this screen and agree once more.",
                Medium::Lines => "Open the URL that was printed last and agree once more.",
            },
        ),
        PasteRefused::Malformed => {
            Words::new("The address is damaged", "A part of it is missing, or stands there twice.", whole)
        }
        PasteRefused::ConsentUrl => Words::new(
            "This is the address that you should open",
            "The answer is the address on which the browser ends after you have agreed.",
            "Open it in a browser first, then paste what the address line shows at the end.",
        ),
    }
}

fn login(error: &LoginError, medium: Medium) -> Words {
    match error {
        LoginError::Bind(BindError::PortTaken { address }) => Words::new(
            format!("{address} is taken"),
            "Another program listens there, and Google would send the answer to it.",
            "End that program and try again. A Desktop client can use another port: start with --port.",
        ),
        LoginError::Bind(BindError::NotPermitted { address }) => Words::new(
            format!("{address} may not be used"),
            "Ports below 1024 belong to the system.",
            "Use a redirect URI with a port of 1024 or more.",
        ),
        LoginError::Bind(BindError::Unavailable { address, errno }) => Words::new(
            format!("{address} does not exist here"),
            format!("The system refuses to listen there (error {errno})."),
            "Check that this machine has a loopback interface, or use a redirect URI on 127.0.0.1.",
        ),
        LoginError::SelfTest(failed) => Words::new(
            format!("{} cannot be reached", failed.address),
            "A test from this very machine did not arrive: a firewall, a sandbox, or a loopback interface that is down.",
            "Allow connections to 127.0.0.1, or bring the interface up (ip link set lo up), and try again.",
        ),
        LoginError::Http(HttpSetupError::NoCaCertificates) => Words::new(
            "This machine has no CA certificates",
            "Without them nobody can tell whether it is Google that answers.",
            "Install the package ca-certificates, or set SSL_CERT_FILE, then try again.",
        ),
        LoginError::Http(HttpSetupError::Unusable) => Words::new(
            "No secure connection can be set up",
            "The settings for TLS or the proxy are not usable.",
            "Check HTTPS_PROXY and SSL_CERT_FILE, then try again.",
        ),
        LoginError::Denied(error) => denied(error, medium),
        LoginError::WrongIssuer => Words::new(
            "The answer came from another server",
            "It names an issuer that you did not sign in at, so it was not used.",
            "Try again. If it happens again, something between your browser and Google interferes.",
        ),
        LoginError::Exchange(error) => transport(error, Asked::Code),
    }
}

fn denied(error: &str, medium: Medium) -> Words {
    match RefusalCode::of(error) {
        RefusalCode::Other(code) if code == "access_denied" => Words::new(
            "Access was not granted",
            "Someone chose Cancel, or the account may not use this app.",
            "Try again and choose Continue. Is the app in Testing? Then the account must be one of its test users.",
        ),
        RefusalCode::Other(code) => Words::new(
            "Google did not grant access",
            format!("It reports {code}."),
            match medium {
                Medium::Screen => "Try again. If the page in the browser says more, e may explain it.",
                Medium::Lines => "Try again. The page in the browser may say more.",
            },
        ),
        code @ (RefusalCode::InvalidGrant
        | RefusalCode::SessionEnded
        | RefusalCode::InvalidClient
        | RefusalCode::RedirectUriMismatch
        | RefusalCode::UnauthorizedClient
        | RefusalCode::OrgInternal
        | RefusalCode::AdminPolicyEnforced
        | RefusalCode::DeletedClient
        | RefusalCode::InvalidRequest) => refused(&Refusal { code, description: None }),
    }
}

/// What was asked for when there was no answer, or a strange one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A token for a code.
    Code,
    /// An access token for a refresh token.
    Refresh,
    /// Something of the Google Ads API.
    Api,
}

pub(super) fn transport(error: &ExchangeError, asked: Asked) -> Words {
    let again = match asked {
        Asked::Code => "Try again: a new sign-in makes a new code.",
        Asked::Refresh | Asked::Api => "Wait a moment, then check again.",
    };
    let server = match asked {
        Asked::Code | Asked::Refresh => "the token server",
        Asked::Api => "the Google Ads API",
    };
    match error {
        ExchangeError::Unreachable { host, proxy, why } => unreachable(host, proxy.as_deref(), *why, asked),
        ExchangeError::Tls { host, proxy, why } => untrusted(host, proxy.as_deref(), *why),
        ExchangeError::Interrupted => Words::new(
            "The connection broke",
            match asked {
                Asked::Code => "The code was on its way and may be spent.",
                Asked::Refresh | Asked::Api => "The answer did not arrive whole. The token may be good.",
            },
            again,
        ),
        ExchangeError::Slow => {
            Words::new("The answer took too long", "No complete answer came within 30 seconds.", again)
        }
        ExchangeError::TooLarge => Words::new(
            format!("The answer is not from {server}"),
            "It is far larger than it should be, so it comes from something in between.",
            "Leave this network or its proxy, then try again.",
        ),
        ExchangeError::Redirected { host } => Words::new(
            format!("The answer is not from {server}"),
            match host {
                Some(host) => format!("Something sent us on to {host}, often the login page of a network."),
                None => "Something sent us on to another page, often the login page of a network.".to_owned(),
            },
            "Log in to the network, then try again.",
        ),
        ExchangeError::ServerTrouble(status) => Words::new(
            match asked {
                Asked::Code | Asked::Refresh => "The token server has trouble",
                Asked::Api => "The Google Ads API has trouble",
            },
            format!("It answered with HTTP status {status}. That is not your fault."),
            "Wait a minute, then try again.",
        ),
        ExchangeError::NotJson { status } => Words::new(
            format!("The answer is not from {server}"),
            format!(
                "A page came with HTTP status {status}. A proxy or the login page of a network is the usual reason."
            ),
            "Log in to the network, or leave the proxy, then try again.",
        ),
        ExchangeError::Malformed(member) => Words::new(
            format!("The answer of {server} makes no sense"),
            format!("{member} is missing or is not what it should be."),
            again,
        ),
        ExchangeError::Refused(refusal) => refused(refusal),
        ExchangeError::NoRefreshToken => Words::new(
            "Google gave no refresh token",
            "You have agreed before, and it gave only a token that lasts an hour.",
            "Try again. If it stays so, remove the app at myaccount.google.com/connections first.",
        ),
        ExchangeError::AdsScopeMissing => Words::new(
            "Google Ads was not ticked",
            "You agreed, but without access to Google Ads, so the token would be of no use.",
            "Try again and tick the box for Google Ads on Google's page.",
        ),
        ExchangeError::NotBearer => Words::new(
            "The token is of a kind that the client libraries cannot use",
            "The server gave something else than a Bearer token.",
            "Check which server the client belongs to.",
        ),
    }
}

fn unreachable(host: &str, proxy: Option<&str>, why: Unreachable, asked: Asked) -> Words {
    let reason = match (why, proxy) {
        (Unreachable::NameNotFound, None) => "Its name is not known here.",
        (Unreachable::NameNotFound, Some(_)) => "The proxy's name is not known here.",
        (Unreachable::Refused, None) => "Nobody accepts connections there.",
        (Unreachable::Refused, Some(_)) => "The proxy accepts no connections.",
        (Unreachable::TimedOut, _) => "There was no answer within 10 seconds.",
        (Unreachable::ProxyRefused, _) => "The proxy refuses to connect to it.",
        (Unreachable::ProxyWantsPassword, _) => {
            "The proxy asks for a user name and a password, or refuses the ones it was given."
        }
        (Unreachable::Other, _) => "The network gives no way there.",
    };
    let through = proxy.map(|proxy| format!(" through the proxy {proxy}")).unwrap_or_default();
    let remedy = match why {
        Unreachable::ProxyRefused => format!(
            "Check user and password in HTTPS_PROXY, and whether the proxy allows {host}. With a direct way, name it in NO_PROXY."
        ),
        Unreachable::ProxyWantsPassword => {
            "Put both into HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT, and start again.".to_owned()
        }
        Unreachable::NameNotFound | Unreachable::Refused | Unreachable::TimedOut | Unreachable::Other => match proxy {
            Some(_) => "Check the network and HTTPS_PROXY, then try again.".to_owned(),
            None => "Check the network; behind a proxy, set HTTPS_PROXY, then try again.".to_owned(),
        },
    };
    Words::new(
        format!("{host} could not be reached"),
        match asked {
            Asked::Code => {
                format!("You agreed, but the token could not be fetched from {host}{through}. {reason}")
            }
            Asked::Refresh | Asked::Api => {
                format!("The token could not be tried at {host}{through}. {reason} It may be good.")
            }
        },
        remedy,
    )
}

fn untrusted(host: &str, proxy: Option<&str>, why: TlsTrouble) -> Words {
    let certificate = match proxy {
        Some(proxy) => format!("Its certificate, which came through the proxy {proxy},"),
        None => "Its certificate".to_owned(),
    };
    let (cause, remedy) = match why {
        TlsTrouble::UnknownIssuer => (
            format!(
                "{certificate} was issued by someone this machine does not trust, often a company's proxy that reads along."
            ),
            "Install your company's CA certificate in the system, or name its PEM file in SSL_CERT_FILE and start again.",
        ),
        TlsTrouble::Date => (
            format!("{certificate} is not valid at the time that this machine's clock shows."),
            "Set the clock right, then try again.",
        ),
        TlsTrouble::WrongName => (
            format!("{certificate} is for another name, so it is not the server it should be."),
            "Leave this network (a hotel's, for one) and try again.",
        ),
        TlsTrouble::Other => (
            match proxy {
                Some(proxy) => format!("The secure connection through the proxy {proxy} failed."),
                None => "The secure connection failed.".to_owned(),
            },
            "Try again, perhaps from another network.",
        ),
    };
    Words::new(format!("{host} cannot be trusted"), format!("{cause} Nothing was sent."), remedy)
}

fn refused(refusal: &Refusal) -> Words {
    let mut words = match &refusal.code {
        RefusalCode::InvalidGrant => Words::new(
            "Google does not take the code any more",
            "A code works once and for a few minutes. A wrong clock can be the reason too.",
            "Try again, and agree without a long break.",
        ),
        RefusalCode::SessionEnded => Words::new(
            "Your organization wants you to sign in again",
            "It lets a session last for a limited time, and that time has passed.",
            "Sign in again. With the Google Ads permission alone, this limit does not apply.",
        ),
        RefusalCode::InvalidClient => Words::new(
            "Google does not know this client or its secret",
            "The client ID or the secret is wrong, or the secret was replaced.",
            "Compare it with the client's page in the console, or add a new secret and download the file.",
        ),
        RefusalCode::RedirectUriMismatch => Words::new(
            "The redirect URI is not registered",
            "The Web client does not list the address that the answer went to.",
            "Add it in the console, character for character, wait a minute and try again.",
        ),
        RefusalCode::UnauthorizedClient => Words::new(
            "This client may not do this",
            "It is of a type that cannot make refresh tokens this way.",
            "Create a client of type Desktop app and download its file.",
        ),
        RefusalCode::OrgInternal => Words::new(
            "This app is for members of its organization only",
            "The account that you used is not one of them.",
            "Sign in with an account of that organization, or make the app External.",
        ),
        RefusalCode::AdminPolicyEnforced => Words::new(
            "Your administrator does not allow this",
            "A policy of this Google Workspace blocks the app.",
            "Ask the administrator to trust this client ID for the Google Ads API.",
        ),
        RefusalCode::DeletedClient => Words::new(
            "This client was deleted",
            "It was deleted in the console. Google also deletes clients that nobody uses.",
            "Restore it within 30 days, or create a new one and download its file.",
        ),
        RefusalCode::InvalidRequest => Words::new(
            "Google does not accept the request",
            "Something in it does not fit this client.",
            "Try again. If it stays so, create a client of type Desktop app.",
        ),
        RefusalCode::Other(code) => Words::new(
            "The token was refused",
            format!("The server reports {code}."),
            "Try again. If it stays so, look up that word in Google's OAuth documentation.",
        ),
    };
    quoted(&mut words, refusal.description.as_deref());
    words
}

/// What the server said itself is never kept from whoever looks for it.
pub(super) fn quoted(words: &mut Words, said: Option<&str>) {
    if let Some(said) = said {
        words.cause = format!("{} The server's own words: \"{said}\"", words.cause);
    }
}
