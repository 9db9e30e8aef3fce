//! The practice advertisers: a manager with a branch below it, and accounts beside it. None of them exists anywhere else.

use super::client::Account;

/// The manager at the top.
pub(super) const MANAGER: u64 = 1_000_000_001;
/// The manager below it.
const BRANCH: u64 = 1_000_000_005;

/// One account.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) currency: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) manager: bool,
    pub(super) test: bool,
    pub(super) status: &'static str,
    /// The manager right above it.
    pub(super) under: Option<u64>,
}

impl Listed {
    fn client(id: u64, name: &str, under: Option<u64>) -> Self {
        let name = name.to_owned();
        let (currency, time_zone) = ("EUR", "Europe/Berlin");
        Self { id, name, currency, time_zone, manager: false, test: false, status: "ENABLED", under }
    }

    fn manager(id: u64, name: &str, under: Option<u64>) -> Self {
        Self { manager: true, ..Self::client(id, name, under) }
    }
}

/// The accounts that somebody has been given access to directly.
pub(super) fn accessible_by(account: &Account) -> &'static [u64] {
    match account.email {
        "ada@practice.example" => &[MANAGER, 1_000_000_008, 1_000_000_009, 1_000_000_010],
        "mia@practice.example" => &[MANAGER],
        _ => &[],
    }
}

/// Every account there is, with five thousand more below ten more managers if so many are wanted.
pub(super) fn listed(thousands: bool) -> Vec<Listed> {
    let north = |client| Listed { currency: "SEK", time_zone: "Europe/Stockholm", ..client };
    let mut all = vec![
        Listed::manager(MANAGER, "Practice Agency", None),
        Listed::client(1_000_000_002, "Bean & Leaf Coffee", Some(MANAGER)),
        Listed::client(1_000_000_003, "Harbour Bikes", Some(MANAGER)),
        Listed { status: "CANCELED", ..Listed::client(1_000_000_004, "Old Lighthouse Hotel", Some(MANAGER)) },
        north(Listed::manager(BRANCH, "Practice Agency North", Some(MANAGER))),
        north(Listed::client(1_000_000_006, "Aurora Tours", Some(BRANCH))),
        north(Listed::client(1_000_000_007, "Fjord Ferries", Some(BRANCH))),
        Listed::client(1_000_000_008, "Ada's Flower Shop", None),
        Listed { test: true, ..Listed::client(1_000_000_009, "Test Garden", None) },
        Listed { status: "CLOSED", ..Listed::client(1_000_000_010, "Closed Cinema", None) },
    ];
    for branch in (0..10).filter(|_| thousands) {
        let manager = 2_000_000_000 + branch * 1000;
        all.push(Listed::manager(manager, &format!("Branch {branch}"), Some(MANAGER)));
        let shop = |number| Listed::client(manager + number, &format!("Shop {branch}-{number:03}"), Some(manager));
        all.extend((1..=500).map(shop));
    }
    all
}

/// Whether a path leads down from one account to the other.
pub(super) fn reaches(accounts: &[Listed], from: u64, to: u64) -> bool {
    let above = |&id: &u64| accounts.iter().find(|account| account.id == id)?.under;
    std::iter::successors(Some(to), above).any(|id| id == from)
}
