//! The ways in which the practice Google can misbehave, so that every problem can be seen. It never decides when they happen.

use crate::ads::AdsCode;

/// One table for variants, names, descriptions and the list of all. The last variant holds a table of its own.
macro_rules! faults {
    (
        $(#[$doc:meta])*
        $fault:ident, at last $last:ident($inner:ident: $inner_name:ident, $inner_description:ident)
        $($variant:ident $name:literal $description:literal,)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $fault {
            $(#[doc = $description] $variant,)*
            #[doc = "one of another table"]
            $last($inner),
        }

        impl $fault {
            /// Every fault, in the order in which a run meets them.
            pub const ALL: &[Self] = &Self::JOINED;

            const OWN: &[Self] = &[$(Self::$variant,)*];

            const JOINED: [Self; Self::OWN.len() + $inner::ALL.len()] = {
                let mut all = [Self::$last($inner::ALL[0]); Self::OWN.len() + $inner::ALL.len()];
                let mut place = 0;
                while place < all.len() {
                    all[place] = match place.checked_sub(Self::OWN.len()) {
                        None => Self::OWN[place],
                        Some(inner) => Self::$last($inner::ALL[inner]),
                    };
                    place += 1;
                }
                all
            };

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::$last(inner) => inner.$inner_name(),
                }
            }

            /// What it does, in one line.
            pub fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => $description,)*
                    Self::$last(inner) => inner.$inner_description(),
                }
            }
        }
    };
}

faults! {
    /// One way to misbehave; the words of `demo --fault NAME`.
    Fault, at last Ads(AdsFault: name, description)
    BrowserError "browser-error" "the browser shows \"Error 400: redirect_uri_mismatch\" and nothing ever comes back",
    AccessDenied "access-denied" "the consent is refused, whichever button is pressed",
    ErrorWithoutState "error-without-state" "the consent is refused in an answer that names no attempt",
    WrongIssuer "wrong-issuer" "the answer of the browser names another issuer",
    InvalidGrant "invalid-grant" "the code is said to be spent or expired",
    InvalidClient "invalid-client" "the client secret is said to be wrong",
    RedirectUriMismatch "redirect-uri-mismatch" "the redirect URI is said to differ",
    UnauthorizedClient "unauthorized-client" "the client is said not to be allowed to do this",
    OrgInternal "org-internal" "the app is said to be for members of its organisation only",
    AdminPolicyEnforced "admin-policy-enforced" "an administrator is said to block the app",
    DeletedClient "deleted-client" "the client is said to be deleted",
    NoRefreshToken "no-refresh-token" "an access token comes alone",
    NoAdsScope "no-ads-scope" "the token comes without the Ads permission",
    DiesInAWeek "dies-in-a-week" "the refresh token dies after seven days, as in Testing",
    TimeLimited "time-limited" "the refresh token dies after thirty days, as a grant for a limited time",
    Redirected "redirected" "the token endpoint redirects to another host",
    NotJson "not-json" "a network's sign-in page answers instead of the token endpoint",
    ServerError "server-error" "the token endpoint answers 503",
    Malformed "malformed" "the access token is a number",
    NotBearer "not-bearer" "the token is of another type than Bearer",
    TooLarge "too-large" "the token answer is larger than 64 KiB",
    Slow "slow" "the token endpoint never answers",
    Interrupted "interrupted" "the connection breaks after the code was sent",
    RefreshDead "refresh-dead" "the refresh token is said to be expired or revoked when it is checked",
    SessionEnded "session-ended" "the organisation wants the user to sign in again when the token is checked",
}

faults! {
    /// One way in which the Ads API alone misbehaves.
    AdsFault, at last Refusal(AdsCode: slug, meaning)
    Unauthenticated "unauthenticated" "the Ads API does not accept the access token",
    ScopeInsufficient "scope-insufficient" "the Ads API misses its permission in the token",
    ServiceDisabled "service-disabled" "the Ads API is not enabled in the project",
    TestLevel "test-level" "the project may read test accounts only, so that of others only the numbers are known",
    NoAccounts "no-accounts" "no account is accessible",
    Thousands "thousands" "there are 5,000 accounts more, below ten managers",
    NextVersion "next-version" "the Ads API speaks only the version that comes next",
    RateLimited "rate-limited" "the day's operations are used up",
    UnknownError "unknown-error" "the Ads API answers an error that nobody has heard of",
    ServerError "ads-server-error" "the Ads API answers 503",
    NotJson "ads-not-json" "a network's sign-in page answers instead of the Ads API",
    Redirected "ads-redirected" "the Ads API redirects to another host",
    Interrupted "ads-interrupted" "the Ads API breaks every connection",
    Slow "ads-slow" "the Ads API never answers",
}

impl Fault {
    /// The fault of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
    }

    /// What it means for the Ads API.
    pub(super) fn ads(self) -> Option<AdsFault> {
        if let Self::Ads(fault) = self { Some(fault) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_fault() {
        for &fault in Fault::ALL {
            assert_eq!(Fault::from_name(fault.name()), Some(fault));
            assert!(!fault.description().is_empty());
        }
        assert_eq!(Fault::from_name("no-such-fault"), None);
    }

    #[test]
    fn every_code_of_the_ads_api_can_be_played() {
        for &code in AdsCode::ALL {
            assert_eq!(Fault::from_name(code.slug()), Some(Fault::Ads(AdsFault::Refusal(code))));
        }
    }
}
