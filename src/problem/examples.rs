//! One problem of every kind: the manual's table of codes is made of them, and the scenes of the pictures.

use super::{Mistake, Misuse, Problem};
use crate::ads::{AdsCode, AdsError};
use crate::oauth::callback::PasteRefused;
use crate::oauth::client_file::Unusable;
use crate::oauth::endpoints::Untrusted;
use crate::oauth::exchange::{ExchangeError, RefusalCode};
use crate::oauth::listener::BindError;
use crate::oauth::login::LoginError;
use crate::targets::Refused;
use crate::targets::save::SaveError;

impl Problem {
    /// One of every kind: the manual's table of codes is made of them, and the scenes of the pictures.
    pub fn examples() -> Vec<Self> {
        use crate::oauth::client_file::{FileType, Glimpse, Unreadable};
        use crate::oauth::exchange::Refusal;
        use crate::oauth::http::{HttpSetupError, TlsTrouble, Unreachable};
        use crate::oauth::listener::SelfTestFailed;

        let address = std::net::SocketAddr::from(([127, 0, 0, 1], 8080));
        let host = || "oauth2.googleapis.com".to_owned();
        let untrusted = Untrusted { hosts: vec!["login.example".to_owned()], can_be_trusted: true };
        let sources = [
            Unusable::ServiceAccount,
            Unusable::AuthorizedUser,
            Unusable::SavedToken,
            Unusable::ApiKey,
            Unusable::ClientWithoutSecret(Glimpse::default()),
            Unusable::ClientWithoutEndpoints(Glimpse::default()),
            Unusable::UntrustedEndpoints { untrusted, client: Glimpse::default() },
            Unusable::FlatClient(Glimpse::default()),
            Unusable::UnknownJson { field: None },
            Unusable::Empty,
            Unusable::NotJson { line: 1, column: 1 },
            Unusable::Utf16,
            Unusable::TooLarge,
            Unusable::Unreadable(Unreadable::Permission),
            Unusable::NotAFile(FileType::Directory),
        ];
        let refusals = [
            RefusalCode::InvalidGrant,
            RefusalCode::SessionEnded,
            RefusalCode::InvalidClient,
            RefusalCode::RedirectUriMismatch,
            RefusalCode::UnauthorizedClient,
            RefusalCode::OrgInternal,
            RefusalCode::AdminPolicyEnforced,
            RefusalCode::DeletedClient,
            RefusalCode::InvalidRequest,
            RefusalCode::Other("server_error".to_owned()),
        ];
        let exchanges = [
            ExchangeError::Unreachable { host: host(), proxy: None, why: Unreachable::NameNotFound },
            ExchangeError::Tls { host: host(), proxy: None, why: TlsTrouble::UnknownIssuer },
            ExchangeError::Interrupted,
            ExchangeError::Slow,
            ExchangeError::TooLarge,
            ExchangeError::Redirected { host: Some("portal.example".to_owned()) },
            ExchangeError::ServerTrouble(503),
            ExchangeError::NotJson { status: 200 },
            ExchangeError::Malformed("expires_in"),
            ExchangeError::NoRefreshToken,
            ExchangeError::AdsScopeMissing,
            ExchangeError::NotBearer,
        ];
        let logins = [
            LoginError::Bind(BindError::PortTaken { address }),
            LoginError::Bind(BindError::NotPermitted { address }),
            LoginError::Bind(BindError::Unavailable { address, errno: 99 }),
            LoginError::SelfTest(SelfTestFailed { address }),
            LoginError::Http(HttpSetupError::NoCaCertificates),
            LoginError::Http(HttpSetupError::Unusable),
            LoginError::Denied("access_denied".to_owned()),
            LoginError::WrongIssuer,
        ];
        let pastes = [
            PasteRefused::NotUrl,
            PasteRefused::BareCode,
            PasteRefused::OtherAddress,
            PasteRefused::OtherState,
            PasteRefused::Malformed,
            PasteRefused::ConsentUrl,
        ];
        let ads = [
            AdsError::RateLimited,
            AdsError::Unauthenticated,
            AdsError::ServiceDisabled { link: None },
            AdsError::UnsupportedVersion,
            AdsError::Unknown { status: 400, code: "requestError.OTHER".to_owned(), message: None },
        ];
        let targets = [
            Refused::NotValid { line: 1 },
            Refused::Computed { line: 1 },
            Refused::Anchors { line: 1 },
            Refused::SeveralDocuments,
            Refused::Layout { line: 1 },
            Refused::ConfigSource,
            Refused::Repeated { line: 2 },
            Refused::OtherFlow { key: "json_key_file_path" },
            Refused::Unwritable { key: "client_secret" },
            Refused::Practice,
        ];
        let saves = [
            SaveError::NoSpace,
            SaveError::ReadOnly,
            SaveError::Permission,
            SaveError::Immutable,
            SaveError::Disk,
            SaveError::LinkLoop,
            SaveError::NoDirectory,
            SaveError::NameTooLong,
            SaveError::NotAFile,
            SaveError::ForeignOwner { uid: 0 },
            SaveError::UnsafeDirectory("/tmp".into()),
            SaveError::TooLarge,
            SaveError::NotUtf8,
            SaveError::Changed,
            SaveError::ReadBack,
            SaveError::Other(5),
        ];
        let misuse = Misuse { command: "adsauth".to_owned(), mistake: Mistake::Other };
        let refused = |code| ExchangeError::Refused(Refusal { code, description: None });
        let exchanges = exchanges.into_iter().chain(refusals.map(refused)).map(LoginError::Exchange);
        sources
            .map(Self::Source)
            .into_iter()
            .chain([Self::NoSource, Self::SeveralSources, Self::NoLoopbackRedirect])
            .chain(logins.into_iter().chain(exchanges).map(Self::Login))
            .chain([Self::TimedOut])
            .chain(pastes.map(Self::Paste))
            .chain([Self::NoAccounts])
            .chain(ads.into_iter().chain(AdsCode::ALL.iter().copied().map(AdsError::Code)).map(Self::Ads))
            .chain(targets.map(Self::Target))
            .chain(saves.map(Self::Save))
            .chain([
                Self::WouldReplace,
                Self::Incomplete("refresh_token"),
                Self::NotRefreshToken,
                Self::NoPlace,
                Self::NotGoogle { untrusted: None },
            ])
            .chain([Self::NoTerminal, Self::NobodyToAsk, Self::Misused(misuse), Self::Internal])
            .collect()
    }
}
