//! One Google Ads account as the API describes it to its users. It never holds anything that was not asked for.

use crate::customer_id::CustomerId;

/// An account whose description could be read. Texts are sanitized and not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: CustomerId,
    /// The name that its owner gave it, if there is one.
    pub name: Option<String>,
    /// ISO 4217, such as `EUR`.
    pub currency: Option<String>,
    /// From the tz database, such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    /// Whether it manages others instead of advertising itself.
    pub manager: bool,
    /// Whether it is a test account.
    pub test: bool,
    /// Whether its manager has hidden it.
    pub hidden: bool,
    /// Whether it is in use.
    pub status: Status,
}

/// `CustomerStatus` of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It can be used.
    Enabled,
    /// Its owner or a manager has cancelled it; it can be taken up again.
    Canceled,
    /// Google has suspended it.
    Suspended,
    /// It is closed for good.
    Closed,
    /// A status that the API does not name, or that has no name here.
    Unknown,
}

impl Status {
    /// Reads the name in the API's JSON.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "ENABLED" => Self::Enabled,
            "CANCELED" => Self::Canceled,
            "SUSPENDED" => Self::Suspended,
            "CLOSED" => Self::Closed,
            _ => Self::Unknown,
        }
    }

    /// Whether nothing speaks against working on the account.
    pub fn is_open(self) -> bool {
        match self {
            Self::Enabled | Self::Unknown => true,
            Self::Canceled | Self::Suspended | Self::Closed => false,
        }
    }
}
