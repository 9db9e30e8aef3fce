//! Everything that can go wrong in front of a user, each with a stable code and an exit code.
//! It holds no words: those are in `text`, in every language.

mod examples;
mod misuse;

pub use misuse::{Mistake, Misuse};

use crate::ads::{About, AdsError};
use crate::oauth::callback::PasteRefused;
use crate::oauth::client::Client;
use crate::oauth::client_file::Unusable;
use crate::oauth::endpoints::Untrusted;
use crate::oauth::exchange::{ExchangeError, RefusalCode};
use crate::oauth::listener::BindError;
use crate::oauth::login::LoginError;
use crate::targets::Refused;
use crate::targets::save::SaveError;

/// Something that went wrong, as a person meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The chosen client source cannot be used.
    Source(Unusable),
    /// There is no client source at all.
    NoSource,
    /// There are several, and nobody to ask which.
    SeveralSources,
    /// A Web client without a loopback redirect URI.
    NoLoopbackRedirect,
    /// An attempt ended without a grant.
    Login(LoginError),
    /// Nobody answered in time.
    TimedOut,
    /// What was pasted is not this attempt's answer.
    Paste(PasteRefused),
    /// The refresh token gives no access token.
    Refresh(ExchangeError),
    /// The token works, and the account that it belongs to sees no Google Ads account.
    NoAccounts,
    /// The Google Ads API gives no answer, or another one than hoped.
    Ads(AdsError),
    /// A configuration cannot be read or edited for certain, so it is left alone.
    Target(Refused),
    /// A file could not be looked at or written.
    Save(SaveError),
    /// The file holds another token or client, and nobody said that it may be replaced.
    WouldReplace,
    /// A configuration without what is asked of it: the name of the key that is missing.
    Incomplete(&'static str),
    /// What stands in the place of the refresh token is a code or an access token.
    NotRefreshToken,
    /// Nobody said where to write, and the target has no usual place.
    NoPlace,
    /// Tokens of servers that are not Google's can only be written to files that no Ads library reads.
    NotGoogle {
        /// The server, if it is not even trusted.
        untrusted: Option<Untrusted>,
    },
    /// The wizard was started where no terminal is.
    NoTerminal,
    /// A question has nobody to answer it.
    NobodyToAsk,
    /// The command line cannot be understood.
    Misused(Misuse),
    /// A task ended without saying how, which it only does when it panicked.
    Internal,
}

/// The exit codes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// A token was copied, shown, saved or printed; a check passed.
    Done,
    /// An internal error or a panic.
    Internal,
    /// Wrong usage, no terminal for the wizard, a question that cannot be asked, several usable sources.
    Usage,
    /// The client source cannot be used.
    Source,
    /// Consent was refused or abandoned, or timed out.
    Consent,
    /// The authorization server refused the exchange.
    Exchange,
    /// The network, or the port is taken.
    Network,
    /// A file could not or would not be written.
    Write,
    /// A grade of a check failed.
    Check,
    /// SIGHUP.
    HungUp,
    /// SIGINT or Ctrl-C.
    Interrupted,
    /// SIGTERM.
    Terminated,
}

impl Exit {
    /// Every exit code, in the order of the manual.
    pub const ALL: [Self; 12] = [
        Self::Done,
        Self::Internal,
        Self::Usage,
        Self::Source,
        Self::Consent,
        Self::Exchange,
        Self::Network,
        Self::Write,
        Self::Check,
        Self::HungUp,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Internal => 1,
            Self::Usage => 2,
            Self::Source => 3,
            Self::Consent => 4,
            Self::Exchange => 5,
            Self::Network => 6,
            Self::Write => 7,
            Self::Check => 8,
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl Problem {
    /// The `code` in JSON; never changes once released.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Source(why) => why.kind().code(),
            Self::NoSource => "no-source",
            Self::SeveralSources => "several-sources",
            Self::NoLoopbackRedirect => "no-loopback-redirect",
            Self::Login(error) => login_code(error),
            Self::TimedOut => "timed-out",
            Self::Paste(why) => paste_code(*why),
            Self::Refresh(error) => exchange_code(error),
            Self::NoAccounts => "no-accounts",
            Self::Ads(error) => ads_code(error),
            Self::Target(why) => target_code(why),
            Self::Save(error) => save_code(error),
            Self::WouldReplace => "would-replace",
            Self::Incomplete(_) => "config-incomplete",
            Self::NotRefreshToken => "not-a-refresh-token",
            Self::NoPlace => "no-place",
            Self::NotGoogle { .. } => "not-google",
            Self::NoTerminal => "no-terminal",
            Self::NobodyToAsk => "nobody-to-ask",
            Self::Misused(_) => "wrong-usage",
            Self::Internal => "internal",
        }
    }

    /// How the program ends if this is the last word.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Internal => Exit::Internal,
            Self::SeveralSources | Self::NoTerminal | Self::NobodyToAsk | Self::Misused(_) => Exit::Usage,
            Self::Source(_) | Self::NoSource | Self::NoLoopbackRedirect => Exit::Source,
            Self::TimedOut | Self::Paste(_) => Exit::Consent,
            Self::Refresh(_) | Self::NoAccounts | Self::Ads(_) => Exit::Check,
            Self::Incomplete(_) | Self::NotRefreshToken => Exit::Source,
            Self::Target(_) | Self::Save(_) | Self::WouldReplace | Self::NoPlace | Self::NotGoogle { .. } => {
                Exit::Write
            }
            Self::Login(error) => match error {
                LoginError::Bind(_) | LoginError::SelfTest(_) | LoginError::Http(_) => Exit::Network,
                LoginError::Denied(_) | LoginError::WrongIssuer => Exit::Consent,
                LoginError::Exchange(error) => exchange_exit(error),
            },
        }
    }
}

impl Problem {
    /// The page of the console that helps, for this very project and client.
    pub fn console_page(&self, client: &Client) -> Option<String> {
        match self {
            Self::Login(LoginError::Denied(error)) => refusal_page(&RefusalCode::of(error), client),
            Self::Login(LoginError::Exchange(ExchangeError::Refused(refusal)))
            | Self::Refresh(ExchangeError::Refused(refusal)) => refusal_page(&refusal.code, client),
            Self::Ads(AdsError::ServiceDisabled { link }) => link.clone().or_else(|| client.library_url()),
            Self::Ads(error) if error.about() == About::Project => client.access_level_url(),
            Self::Source(_)
            | Self::NoSource
            | Self::SeveralSources
            | Self::NoLoopbackRedirect
            | Self::TimedOut
            | Self::Paste(_) => client.console_url(),
            Self::Login(_)
            | Self::Refresh(_)
            | Self::NoAccounts
            | Self::Ads(_)
            | Self::Target(_)
            | Self::Save(_)
            | Self::WouldReplace
            | Self::Incomplete(_)
            | Self::NotRefreshToken
            | Self::NoPlace
            | Self::NotGoogle { .. }
            | Self::NoTerminal
            | Self::NobodyToAsk
            | Self::Misused(_)
            | Self::Internal => None,
        }
    }

    /// Whether signing in with another account is what helps.
    pub fn wants_someone_else(&self) -> bool {
        let person = |error: &AdsError| matches!(error.about(), About::Person | About::Token);
        matches!(self, Self::NoAccounts | Self::Refresh(ExchangeError::Refused(_)))
            || matches!(self, Self::Ads(error) if person(error))
    }
}

fn refusal_page(code: &RefusalCode, client: &Client) -> Option<String> {
    match code {
        RefusalCode::OrgInternal | RefusalCode::Other(_) => client.audience_url(),
        RefusalCode::InvalidClient
        | RefusalCode::RedirectUriMismatch
        | RefusalCode::UnauthorizedClient
        | RefusalCode::DeletedClient
        | RefusalCode::InvalidRequest => client.console_url(),
        RefusalCode::InvalidGrant | RefusalCode::SessionEnded | RefusalCode::AdminPolicyEnforced => None,
    }
}

fn ads_code(error: &AdsError) -> &'static str {
    match error {
        AdsError::Http(error) => exchange_code(&ExchangeError::from(error.clone())),
        AdsError::Redirected { .. } => "redirected",
        AdsError::NotJson { .. } => "answer-not-json",
        AdsError::Malformed(_) => "answer-malformed",
        AdsError::ServerTrouble(_) => "server-trouble",
        AdsError::RateLimited => "rate-limited",
        AdsError::Unauthenticated => "unauthenticated",
        AdsError::ScopeInsufficient => "ads-scope-missing",
        AdsError::ServiceDisabled { .. } => "api-disabled",
        AdsError::UnsupportedVersion => "api-version",
        AdsError::Code(code) => code.slug(),
        AdsError::Unknown { .. } => "api-error",
    }
}

fn target_code(why: &Refused) -> &'static str {
    match why {
        Refused::NotValid { .. } => "config-not-valid",
        Refused::Computed { .. } => "config-computed",
        Refused::Anchors { .. } => "config-anchors",
        Refused::SeveralDocuments => "config-several-documents",
        Refused::Layout { .. } => "config-layout",
        Refused::ConfigSource => "config-elsewhere",
        Refused::Repeated { .. } => "config-repeated",
        Refused::OtherFlow { .. } => "config-other-flow",
        Refused::Unwritable { .. } => "value-unwritable",
        Refused::Practice => "practice-token",
    }
}

fn save_code(error: &SaveError) -> &'static str {
    match error {
        SaveError::NoSpace => "no-space",
        SaveError::ReadOnly => "read-only",
        SaveError::Permission => "no-permission",
        SaveError::Immutable => "immutable",
        SaveError::Disk => "disk-error",
        SaveError::LinkLoop => "link-loop",
        SaveError::NoDirectory => "no-directory",
        SaveError::NameTooLong => "name-too-long",
        SaveError::NotAFile => "target-not-a-file",
        SaveError::ForeignOwner { .. } => "foreign-owner",
        SaveError::UnsafeDirectory(_) => "unsafe-directory",
        SaveError::TooLarge => "target-too-large",
        SaveError::NotUtf8 => "target-not-utf-8",
        SaveError::Changed => "changed-meanwhile",
        SaveError::ReadBack => "read-back",
        SaveError::Other(_) => "save-failed",
    }
}

fn exchange_exit(error: &ExchangeError) -> Exit {
    match error {
        ExchangeError::Unreachable { .. }
        | ExchangeError::Tls { .. }
        | ExchangeError::Interrupted
        | ExchangeError::Slow
        | ExchangeError::TooLarge
        | ExchangeError::Redirected { .. }
        | ExchangeError::ServerTrouble(_)
        | ExchangeError::NotJson { .. } => Exit::Network,
        ExchangeError::Malformed(_)
        | ExchangeError::Refused(_)
        | ExchangeError::NoRefreshToken
        | ExchangeError::AdsScopeMissing
        | ExchangeError::NotBearer => Exit::Exchange,
    }
}

fn login_code(error: &LoginError) -> &'static str {
    match error {
        LoginError::Bind(BindError::PortTaken { .. }) => "port-taken",
        LoginError::Bind(BindError::NotPermitted { .. }) => "port-not-permitted",
        LoginError::Bind(BindError::Unavailable { .. }) => "no-loopback",
        LoginError::SelfTest(_) => "listener-unreachable",
        LoginError::Http(crate::oauth::http::HttpSetupError::NoCaCertificates) => "no-ca-certificates",
        LoginError::Http(crate::oauth::http::HttpSetupError::Unusable) => "no-http-client",
        LoginError::Denied(error) => match RefusalCode::of(error) {
            RefusalCode::Other(_) => "denied",
            code => refusal_code(&code),
        },
        LoginError::WrongIssuer => "wrong-issuer",
        LoginError::Exchange(error) => exchange_code(error),
    }
}

fn exchange_code(error: &ExchangeError) -> &'static str {
    match error {
        ExchangeError::Unreachable { .. } => "unreachable",
        ExchangeError::Tls { .. } => "tls",
        ExchangeError::Interrupted => "interrupted",
        ExchangeError::Slow => "slow",
        ExchangeError::TooLarge => "answer-too-large",
        ExchangeError::Redirected { .. } => "redirected",
        ExchangeError::ServerTrouble(_) => "server-trouble",
        ExchangeError::NotJson { .. } => "answer-not-json",
        ExchangeError::Malformed(_) => "answer-malformed",
        ExchangeError::Refused(refusal) => refusal_code(&refusal.code),
        ExchangeError::NoRefreshToken => "no-refresh-token",
        ExchangeError::AdsScopeMissing => "ads-scope-missing",
        ExchangeError::NotBearer => "not-bearer",
    }
}

fn refusal_code(code: &RefusalCode) -> &'static str {
    match code {
        RefusalCode::InvalidGrant => "invalid-grant",
        RefusalCode::SessionEnded => "session-ended",
        RefusalCode::InvalidClient => "invalid-client",
        RefusalCode::RedirectUriMismatch => "redirect-uri-mismatch",
        RefusalCode::UnauthorizedClient => "unauthorized-client",
        RefusalCode::OrgInternal => "org-internal",
        RefusalCode::AdminPolicyEnforced => "admin-policy-enforced",
        RefusalCode::DeletedClient => "deleted-client",
        RefusalCode::InvalidRequest => "invalid-request",
        RefusalCode::Other(_) => "refused",
    }
}

fn paste_code(why: PasteRefused) -> &'static str {
    match why {
        PasteRefused::NotUrl => "paste-not-url",
        PasteRefused::BareCode => "paste-bare-code",
        PasteRefused::OtherAddress => "paste-other-address",
        PasteRefused::OtherState => "paste-other-state",
        PasteRefused::Malformed => "paste-malformed",
        PasteRefused::ConsentUrl => "paste-consent-url",
    }
}
