//! The screens of the Account step.

use std::sync::{Arc, LazyLock};

use adsauth::ads::{Account, Accounts, AdsCode, AdsError, Status};
use adsauth::customer_id::CustomerId;
use adsauth::oauth::http::{HttpError, Unreachable};
use adsauth::oauth::login::LoginError;
use adsauth::problem::Problem;
use adsauth::wizard::Event;
use adsauth::wizard::account::{CheckId, Checked};
use adsauth::wizard::keys::Key;

use super::{Group, Script, grant, group};

pub const GROUP: u64 = 4_031_125_566;

pub fn id(number: u64) -> CustomerId {
    CustomerId::parse(&number.to_string()).unwrap()
}

fn account(number: u64, name: &str) -> Account {
    Account {
        id: id(number),
        name: (!name.is_empty()).then(|| name.to_owned()),
        currency: Some("EUR".to_owned()),
        time_zone: Some("Europe/Berlin".to_owned()),
        manager: false,
        test: false,
        hidden: false,
        status: Status::Enabled,
    }
}

/// A manager with clients of every kind, and an account of one's own.
pub fn accounts() -> Accounts {
    let own = 7_712_048_890;
    let mut accounts = Accounts::of(&[id(GROUP), id(own)]);
    let manager = |number, name| Account { manager: true, ..account(number, name) };
    let group = id(GROUP);
    accounts.add(manager(GROUP, "Blue Bicycles Group"), group);
    accounts.add(account(2_104_479_031, "Blue Bicycles Shop"), group);
    let french =
        Account { time_zone: Some("Europe/Paris".to_owned()), ..account(5_623_301_187, "Blue Bicycles France") };
    accounts.add(french, group);
    let workshop = 3_182_204_471;
    accounts.add(manager(workshop, "Workshops"), group);
    accounts.add(Account { test: true, ..account(6_189_042_210, "Repairs, a trial") }, id(workshop));
    accounts.add(Account { status: Status::Suspended, ..account(6_189_042_299, "Repairs Vienna") }, id(workshop));
    accounts.add(Account { status: Status::Closed, ..account(9_001_503_324, "Blue Scooters") }, group);
    accounts.add(Account { hidden: true, ..account(7_334_810_056, "") }, group);
    let pounds = Account {
        currency: Some("GBP".to_owned()),
        time_zone: Some("Europe/London".to_owned()),
        ..account(own, "Ada Lovelace")
    };
    accounts.add(pounds, id(own));
    accounts
}

/// One client below one manager: the one that can be meant.
fn single() -> Accounts {
    let mut accounts = Accounts::of(&[id(GROUP)]);
    accounts.add(Account { manager: true, ..account(GROUP, "Blue Bicycles Group") }, id(GROUP));
    accounts.add(account(2_104_479_031, "Blue Bicycles Shop"), id(GROUP));
    accounts
}

/// Made once: every test makes every scene.
static THOUSANDS: LazyLock<Checked> = LazyLock::new(|| finds(thousands()));

fn thousands() -> Accounts {
    let mut accounts = Accounts::of(&[id(GROUP)]);
    accounts.add(Account { manager: true, ..account(GROUP, "A very large agency") }, id(GROUP));
    for number in 0..4000 {
        let name = format!("Client {number:04} with a name that says at length what it is about");
        accounts.add(account(5_000_000_000 + number, &name), id(GROUP));
    }
    accounts
}

pub fn finds(accounts: Accounts) -> Checked {
    let tree = Arc::new(accounts.tree());
    Checked::Found { accounts: Arc::new(accounts), tree }
}

impl Script {
    pub fn checking() -> Self {
        Self::token(grant()).press(Key::Enter)
    }

    pub fn learns(self, checked: Checked) -> Self {
        self.then(Event::Checked(CheckId(1), checked))
    }

    pub fn refreshed() -> Self {
        Self::checking().learns(Checked::Refreshed(Ok(None)))
    }

    fn sees(accounts: Accounts) -> Self {
        let numbers = Accounts::of(accounts.roots());
        Self::refreshed().learns(Checked::Accessible(Ok(Arc::new(numbers)))).learns(finds(accounts))
    }

    /// Everything works, and one account is selected.
    pub fn reading(accounts: Accounts) -> Self {
        Self::sees(accounts).learns(Checked::Read(Ok(())))
    }

    fn cannot_read(error: AdsError) -> Self {
        Self::sees(accounts()).learns(Checked::Read(Err(error)))
    }
}

pub fn scenes() -> Group {
    let mut refused = accounts();
    refused.fail(id(GROUP), AdsError::Code(AdsCode::CustomerNotEnabled));
    let numbers = || Accounts::of(&[id(GROUP), id(2_104_479_031)]);
    let by_number = Script::refreshed().learns(Checked::Accessible(Ok(Arc::new(numbers())))).learns(finds(numbers()));
    let unreachable = HttpError::Unreachable {
        host: "googleads.googleapis.com".to_owned(),
        proxy: None,
        why: Unreachable::NameNotFound,
    };
    let many = Script::refreshed()
        .learns(Checked::Accessible(Ok(Arc::new(Accounts::of(&[id(GROUP)])))))
        .learns(THOUSANDS.clone())
        .learns(Checked::Read(Ok(())));
    let mut cut = accounts();
    cut.cut = true;
    let mut scenes = group([
        ("account-refreshing", Script::checking()),
        ("account-listing", Script::refreshed()),
        ("account-numbers-first", Script::refreshed().learns(Checked::Accessible(Ok(Arc::new(numbers()))))),
        (
            "account-found-so-far",
            Script::refreshed().learns(Checked::Accessible(Ok(Arc::new(numbers())))).learns(Checked::Counted(12)),
        ),
        ("account", Script::reading(accounts()).press(Key::Down).press(Key::Down).press(Key::Down)),
        ("account-none-chosen", Script::reading(accounts())),
        ("account-single", Script::reading(single())),
        ("account-own", Script::reading(accounts()).press(Key::Home)),
        ("account-suspended", Script::reading(refused).press(Key::Down).press(Key::Down)),
        ("account-thousands", many.press(Key::PageDown).press(Key::PageDown)),
        ("account-cut", Script::reading(cut)),
        ("account-filter", Script::reading(accounts()).key('/').types("blue")),
        ("account-filter-number", Script::reading(accounts()).key('/').types("210-447")),
        ("account-filter-nothing", Script::reading(accounts()).key('/').types("red")),
        (
            "account-numbers-only",
            by_number.learns(Checked::Read(Err(AdsError::Code(AdsCode::ProjectNotApproved)))).press(Key::Down),
        ),
        ("account-nobody-to-ask", Script::refreshed().learns(Checked::NobodyToAsk)),
        ("account-no-accounts", Script::refreshed().learns(Checked::Accessible(Ok(Arc::default())))),
        ("account-api-unreachable", Script::refreshed().learns(Checked::Accessible(Err(unreachable.into())))),
        ("account-help", Script::reading(accounts()).key('?')),
    ]);
    for problem in Problem::examples() {
        let (name, script) = match &problem {
            Problem::Ads(error @ AdsError::Code(AdsCode::NotAdsUser)) => {
                ("accounts", Script::refreshed().learns(Checked::Accessible(Err(error.clone()))))
            }
            Problem::Ads(error) => ("read", Script::cannot_read(error.clone())),
            Problem::Login(LoginError::Exchange(error)) => {
                ("refresh", Script::checking().learns(Checked::Refreshed(Err(error.clone()))))
            }
            _ => continue,
        };
        scenes.push((format!("account-{name}-{}", problem.code()), script));
    }
    scenes
}
