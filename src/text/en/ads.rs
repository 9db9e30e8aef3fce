//! What the Google Ads API refuses and why a token does not work any more, in English.

use crate::ads::{AdsCode, AdsError};
use crate::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use crate::text::{Medium, Words};

use super::problems::{Asked, quoted, transport};

/// A refresh token that gives no access token.
pub fn refresh(error: &ExchangeError) -> Words {
    match error {
        ExchangeError::Refused(Refusal { code: RefusalCode::InvalidGrant, description }) => {
            let mut words = Words::new(
                "The refresh token does not work any more",
                "Most often its app is in Testing, where tokens die after seven days. Otherwise: someone removed the \
                 app's access; nobody used the token for six months; it was the oldest of more than 100 of this account \
                 and client; access was granted for a time; an administrator restricts it; or the account was disabled.",
                "Publish the app if it is in Testing, then sign in again: a token that was made before keeps its seven days.",
            );
            quoted(&mut words, description.as_deref());
            words
        }
        ExchangeError::Refused(Refusal { code: RefusalCode::UnauthorizedClient, description }) => {
            let mut words = Words::new(
                "The token belongs to another client",
                "A refresh token works only with the client ID by which it was made.",
                "Use the client that it was made with, or sign in again with this one.",
            );
            quoted(&mut words, description.as_deref());
            words
        }
        ExchangeError::AdsScopeMissing => Words::new(
            "Google Ads is not among the token's scopes",
            "It was made for something else, or the box for Google Ads was not ticked.",
            "Sign in again and tick the box for Google Ads.",
        ),
        ExchangeError::Unreachable { .. }
        | ExchangeError::Tls { .. }
        | ExchangeError::Interrupted
        | ExchangeError::Slow
        | ExchangeError::TooLarge
        | ExchangeError::Redirected { .. }
        | ExchangeError::ServerTrouble(_)
        | ExchangeError::NotJson { .. }
        | ExchangeError::Malformed(_)
        | ExchangeError::Refused(_)
        | ExchangeError::NoRefreshToken
        | ExchangeError::NotBearer => transport(error, Asked::Refresh),
    }
}

pub fn no_accounts() -> Words {
    Words::new(
        "This Google account sees no Google Ads account",
        "The token works, but nobody has given this Google account access to an account of Google Ads.",
        "Sign in with the account that opens ads.google.com, or let its owner invite this one.",
    )
}

pub fn api(error: &AdsError, medium: Medium) -> Words {
    match error {
        AdsError::Http(error) => transport(&error.clone().into(), Asked::Api),
        AdsError::Redirected { host } => transport(&ExchangeError::Redirected { host: host.clone() }, Asked::Api),
        AdsError::NotJson { status } => transport(&ExchangeError::NotJson { status: *status }, Asked::Api),
        AdsError::Malformed(member) => transport(&ExchangeError::Malformed(member), Asked::Api),
        AdsError::ServerTrouble(status) => transport(&ExchangeError::ServerTrouble(*status), Asked::Api),
        AdsError::RateLimited => Words::new(
            "The project has asked too often",
            "The day's operations of the Cloud project are used up, or too many came at once. The token is good.",
            "Wait a minute and check again; the day's operations come back at midnight, Pacific time.",
        ),
        AdsError::Unauthenticated => Words::new(
            "The API does not accept the access token",
            "It has just been made, so it was revoked at this moment, or it is another server's.",
            "Check again, then sign in again.",
        ),
        AdsError::ScopeInsufficient => Words::new(
            "Google Ads is not among the token's scopes",
            "The box for Google Ads was not ticked when access was granted.",
            "Sign in again and tick the box for Google Ads.",
        ),
        AdsError::ServiceDisabled { link } => Words::new(
            "The Google Ads API is not enabled in the project",
            "The Cloud project of this client has never enabled it, or has disabled it. The token is good.",
            match (medium, link) {
                (Medium::Screen, _) => "Enable it on the page below, wait a few minutes, then check again.".to_owned(),
                (Medium::Lines, Some(link)) => format!("Enable it, wait a few minutes, then check again: {link}"),
                (Medium::Lines, None) => {
                    "Enable it in the API library of the console, wait a few minutes, then check again.".to_owned()
                }
            },
        ),
        AdsError::UnsupportedVersion => Words::new(
            "The API does not speak this version any more",
            "This adsauth knows no version that Google still answers. The token may be good.",
            "Update adsauth, or name a version with --ads-version.",
        ),
        AdsError::Code(code) => of_code(*code),
        AdsError::Unknown { status, code, message } => {
            let mut words = Words::new(
                "The API refuses, with a reason that is not known here",
                format!("It answered with HTTP status {status} and {code}. The token may be good."),
                "Look that word up in the documentation of the Google Ads API, or check again later.",
            );
            quoted(&mut words, message.as_deref());
            words
        }
    }
}

const LEVEL: &str = "Apply for Explorer access on the API access page of the project. Test accounts work until then.";
const SIGN_IN: &str = "Sign in again.";

#[expect(clippy::too_many_lines, reason = "a table")]
fn of_code(code: AdsCode) -> Words {
    let (title, cause, remedy) = match code {
        AdsCode::NotAdsUser => (
            "This Google account is no user of Google Ads",
            "The sign-in went well, but with a Google account that has no access to any account of Google Ads.",
            "Sign in with the account that opens ads.google.com.",
        ),
        AdsCode::OauthTokenInvalid => (
            "The API says that the access token is not valid",
            "It may be of another kind of sign-in, or have been revoked at this moment.",
            SIGN_IN,
        ),
        AdsCode::OauthTokenExpired => (
            "The access token has expired",
            "An access token lasts an hour. A wrong clock can be the reason too.",
            "Check again; if it stays so, set this machine's clock right.",
        ),
        AdsCode::OauthTokenRevoked => {
            ("Access was revoked", "Someone removed the app's access at myaccount.google.com/connections.", SIGN_IN)
        }
        AdsCode::OauthTokenDisabled => (
            "The access token is disabled",
            "Google has disabled it, often together with the account or the client.",
            "Look whether the account can still sign in, then sign in again.",
        ),
        AdsCode::OauthTokenHeaderInvalid => (
            "The API finds no access token",
            "Something on the way has removed or changed the header that holds it, such as a proxy.",
            "Try without the proxy, then check again.",
        ),
        AdsCode::GoogleAccountCookieInvalid => {
            ("The access token is not valid any more", "Google has ended the session that it belongs to.", SIGN_IN)
        }
        AdsCode::CustomerNotFound => (
            "There is no such account",
            "No account of Google Ads has this number; perhaps a digit is wrong.",
            "Choose an account of the list.",
        ),
        AdsCode::ClientCustomerIdInvalid => {
            ("This is not the number of an account", "A customer id has ten digits.", "Choose an account of the list.")
        }
        AdsCode::TwoStepVerificationNotEnrolled => (
            "The Google account needs 2-Step Verification",
            "Google Ads demands it of everyone who uses this account or its manager.",
            "Turn it on at myaccount.google.com/security, then sign in again.",
        ),
        AdsCode::AdvancedProtectionNotEnrolled => (
            "The Google account needs Advanced Protection",
            "This account of Google Ads may be used only by members of the Advanced Protection Program.",
            "Enrol at g.co/advancedprotection, then sign in again.",
        ),
        AdsCode::DeveloperTokenInvalid => (
            "A developer token was sent that is not valid",
            "The API has asked for none since September 2026; an old one stands in your configuration.",
            "Remove it there. The access level is now the project's, on its API access page.",
        ),
        AdsCode::OrganizationNotRecognized => (
            "Google Ads does not know the project's organization",
            "The access level belongs to the Cloud project and its organization, and this one has none yet.",
            "Apply for access on the API access page of the project.",
        ),
        AdsCode::OrganizationNotApproved => (
            "The project's organization may use test accounts only",
            "Its access level is Test. The token is good.",
            LEVEL,
        ),
        AdsCode::OrganizationNotAssociated => (
            "The developer token belongs to another organization",
            "The token in your configuration and this project's organization do not belong together.",
            "Remove the developer token: the project's access level, on its API access page, counts now.",
        ),
        AdsCode::UserPermissionDenied => (
            "You may not use this account in this way",
            "Either you have no access, or you have it through a manager whose number must be the login_customer_id. The token is good.",
            "Choose the account below the manager through which you reach it: then its login_customer_id follows.",
        ),
        AdsCode::ProjectNotApproved => (
            "The Cloud project may use test accounts only",
            "Its access level is Test, so the API refuses accounts that are real. The token is good.",
            LEVEL,
        ),
        AdsCode::DeveloperTokenNotApproved => (
            "The developer token may use test accounts only",
            "This is how servers of before September 2026 say that the access level is Test. The token is good.",
            LEVEL,
        ),
        AdsCode::DeveloperTokenProhibited => (
            "The developer token belongs to another project",
            "A developer token works only with the Cloud project that used it first.",
            "Remove it: the project's own access level, on its API access page, counts now.",
        ),
        AdsCode::CustomerNotEnabled => (
            "The account is closed, or not active yet",
            "The API reads only accounts that are in use. The token is good.",
            "Choose another account, or activate this one at ads.google.com.",
        ),
        AdsCode::IncompleteSignup => (
            "The account's sign-up was never finished",
            "It exists, but nobody has filled in what Google Ads asks for. The token is good.",
            "Finish it at ads.google.com, then check again.",
        ),
        AdsCode::MissingTos => (
            "Nobody has accepted the terms of service",
            "Google Ads waits for that before the account can be used. The token is good.",
            "Let its owner accept them at ads.google.com, then check again.",
        ),
        AdsCode::ProjectDisabled => (
            "The Cloud project may not use the API any more",
            "Google has disabled its access. The token is good, but of no use with this project.",
            "The API access page of the project says why.",
        ),
        AdsCode::AccessDeniedForAccountType => (
            "Accounts of this type cannot be used with the API",
            "Some kinds of accounts are for Google's pages only. The token is good.",
            "Choose another account.",
        ),
        AdsCode::InvalidLoginCombination => (
            "The login_customer_id does not lead to this account",
            "It must be a manager above the account, or the account itself. The token is good.",
            "Choose the account below the manager through which you reach it.",
        ),
        AdsCode::ActionNotPermitted => (
            "You may not do this in the account",
            "Your role there does not allow it, or its manager does not. The token is good.",
            "Ask an administrator of the account for another role.",
        ),
        AdsCode::SuspendedAccount => (
            "The account is suspended",
            "Google has suspended it, and lets it be read only in part. The token is good.",
            "Look at ads.google.com why, or choose another account.",
        ),
        AdsCode::ServiceAccessDenied => (
            "The project may not use this part of the API",
            "Its access level does not include it. The token is good.",
            "Apply for a higher level on the API access page of the project.",
        ),
        AdsCode::ProjectNotUnderOrganization => (
            "The Cloud project belongs to no organization",
            "For what was asked, the project must be in an organization of Google Cloud. The token is good.",
            "Move it into one, or apply for access on its API access page.",
        ),
        AdsCode::DeveloperTokenMissing => (
            "This version of the API still asks for a developer token",
            "Versions of before September 2026 do. The token is good.",
            "Update adsauth and your client library, or add the developer token to the configuration.",
        ),
    };
    Words::new(title, cause, remedy)
}
