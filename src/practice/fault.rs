//! The ways in which the practice Google can misbehave, so that every problem can be seen. It never decides when they happen.

/// One table for variants, names, descriptions and the list of all.
macro_rules! faults {
    ($($variant:ident $name:literal $description:literal,)*) => {
        /// One way to misbehave; the words of `demo --fault NAME`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fault {
            $(#[doc = $description] $variant,)*
        }

        impl Fault {
            /// Every fault, in the order in which a sign-in meets them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it does, in one line.
            pub fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => $description,)*
                }
            }
        }
    };
}

faults! {
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
}

impl Fault {
    /// The fault of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name)
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
}
