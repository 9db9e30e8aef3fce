//! The error codes of the Google Ads API that somebody who has just made a token meets, as one table. It never explains
//! them: words are in `text`.

/// Who or what must change for an error to go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The token: another one is needed.
    Token,
    /// The person who signed in.
    Person,
    /// The account that was asked about, or the way to it.
    Account,
    /// The Cloud project that owns the OAuth client, or what it was allowed to do.
    Project,
    /// This program, or the version of the API that it speaks.
    Request,
    /// The way to the server.
    Network,
    /// The server; it may be better in a while.
    Server,
}

macro_rules! codes {
    ($($variant:ident $category:literal $name:literal $slug:literal $about:ident $meaning:literal,)*) => {
        /// An error code of the Google Ads API (`AuthenticationError`, `AuthorizationError`, `RequestError`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AdsCode {
            $(#[doc = $meaning] $variant,)*
        }

        impl AdsCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The member of `errorCode` that it stands under.
            pub fn category(self) -> &'static str {
                match self {
                    $(Self::$variant => $category,)*
                }
            }

            /// Its name in the API.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Its name in this program's own output; never changes once released.
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug,)*
                }
            }

            /// What it says, in one line.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }

            /// Who or what must change.
            pub fn about(self) -> About {
                match self {
                    $(Self::$variant => About::$about,)*
                }
            }
        }
    };
}

codes! {
    NotAdsUser "authenticationError" "NOT_ADS_USER" "not-ads-user" Person
        "the Google account that signed in has no Google Ads account",
    OauthTokenInvalid "authenticationError" "OAUTH_TOKEN_INVALID" "oauth-token-invalid" Token
        "the access token is not valid",
    OauthTokenExpired "authenticationError" "OAUTH_TOKEN_EXPIRED" "oauth-token-expired" Token
        "the access token has expired",
    OauthTokenRevoked "authenticationError" "OAUTH_TOKEN_REVOKED" "oauth-token-revoked" Token
        "the access token was revoked",
    OauthTokenDisabled "authenticationError" "OAUTH_TOKEN_DISABLED" "oauth-token-disabled" Token
        "the access token is disabled",
    OauthTokenHeaderInvalid "authenticationError" "OAUTH_TOKEN_HEADER_INVALID" "oauth-token-header-invalid" Token
        "the header does not hold an access token",
    GoogleAccountCookieInvalid "authenticationError" "GOOGLE_ACCOUNT_COOKIE_INVALID" "google-account-cookie-invalid" Token
        "the access token is invalid or has expired",
    CustomerNotFound "authenticationError" "CUSTOMER_NOT_FOUND" "customer-not-found" Account
        "no account has this customer id",
    ClientCustomerIdInvalid "authenticationError" "CLIENT_CUSTOMER_ID_INVALID" "client-customer-id-invalid" Account
        "the customer id is not one",
    TwoStepVerificationNotEnrolled "authenticationError" "TWO_STEP_VERIFICATION_NOT_ENROLLED" "two-step-verification" Person
        "the Google account must use two-step verification",
    AdvancedProtectionNotEnrolled "authenticationError" "ADVANCED_PROTECTION_NOT_ENROLLED" "advanced-protection" Person
        "the Google account must use the Advanced Protection Program",
    DeveloperTokenInvalid "authenticationError" "DEVELOPER_TOKEN_INVALID" "developer-token-invalid" Project
        "the developer token is not valid",
    OrganizationNotRecognized "authenticationError" "ORGANIZATION_NOT_RECOGNIZED" "organization-not-recognized" Project
        "the project's organization is not known to Google Ads",
    OrganizationNotApproved "authenticationError" "ORGANIZATION_NOT_APPROVED" "organization-not-approved" Project
        "the project's organization is not approved for production accounts",
    OrganizationNotAssociated "authenticationError" "ORGANIZATION_NOT_ASSOCIATED_WITH_DEVELOPER_TOKEN"
        "organization-not-associated" Project
        "the project's organization and the developer token do not belong together",
    UserPermissionDenied "authorizationError" "USER_PERMISSION_DENIED" "user-permission-denied" Account
        "the user may not use this account by this way (login_customer_id)",
    ProjectNotApproved "authorizationError" "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION" "project-not-approved" Project
        "the Cloud project may use test accounts only",
    DeveloperTokenNotApproved "authorizationError" "DEVELOPER_TOKEN_NOT_APPROVED" "developer-token-not-approved" Project
        "the developer token may use test accounts only",
    DeveloperTokenProhibited "authorizationError" "DEVELOPER_TOKEN_PROHIBITED" "developer-token-prohibited" Project
        "the developer token belongs to another project",
    CustomerNotEnabled "authorizationError" "CUSTOMER_NOT_ENABLED" "customer-not-enabled" Account
        "the account is closed or not active yet",
    IncompleteSignup "authorizationError" "INCOMPLETE_SIGNUP" "incomplete-signup" Account
        "the account's sign-up was never finished",
    MissingTos "authorizationError" "MISSING_TOS" "missing-tos" Account
        "nobody has accepted the terms of service for the account",
    ProjectDisabled "authorizationError" "PROJECT_DISABLED" "project-disabled" Project
        "the Cloud project may not use the API any more",
    AccessDeniedForAccountType "authorizationError" "ACCESS_DENIED_FOR_ACCOUNT_TYPE" "account-type-denied" Account
        "the API cannot be used with accounts of this type",
    InvalidLoginCombination "authorizationError" "INVALID_LOGIN_CUSTOMER_ID_SERVING_CUSTOMER_ID_COMBINATION"
        "invalid-login-combination" Account
        "login_customer_id does not lead to this account",
    ActionNotPermitted "authorizationError" "ACTION_NOT_PERMITTED" "action-not-permitted" Account
        "the user may not do this in the account",
    SuspendedAccount "authorizationError" "ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT" "suspended-account" Account
        "the account is suspended",
    ServiceAccessDenied "authorizationError" "SERVICE_ACCESS_DENIED" "service-access-denied" Project
        "the project may not use this part of the API",
    ProjectNotUnderOrganization "authorizationError" "CLOUD_PROJECT_NOT_UNDER_ORGANIZATION"
        "project-not-under-organization" Project
        "the Cloud project belongs to no organization",
    DeveloperTokenMissing "requestError" "DEVELOPER_TOKEN_PARAMETER_MISSING" "developer-token-missing" Request
        "this version of the API still wants a developer token",
}

impl AdsCode {
    /// The code of `{category: name}`, if it is one of these.
    pub(super) fn of(category: &str, name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.category() == category && code.name() == name)
    }
}
