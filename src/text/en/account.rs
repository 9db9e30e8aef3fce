//! The Account step in English.

use crate::ads::{Account, Status};
use crate::text::AccountStep;
use crate::wizard::account::Chosen;

pub const ACCOUNT: AccountStep = AccountStep {
    title: "Which account do you want to work on?",
    refresh: "Token",
    accounts: "Accounts",
    read: "Reading",
    refreshes: "works",
    are_visible: |count| match count {
        1 => "1 is directly accessible".to_owned(),
        count => format!("{count} are directly accessible"),
    },
    reads: "works",
    being_tried: "being tried",
    not_tried: "not tried yet",
    not_asked: "not asked: this token is not Google's",
    so_far: |count| format!("{count} so far"),
    cut: |count| format!("{count}, and there are more"),
    only_numbers: "Only the numbers are known. At Test level the API tells no names.",
    nothing_fits: "No account fits this filter.",
    no_name: "(no name)",
    number_only: "(not read)",
    marks,
    work_on: "Work on",
    both_ids: |chosen| format!("{} · login_customer_id {}", chosen.account.dashed(), chosen.login),
    why_login,
    none_chosen: "no account yet: Enter goes on without one",
    save_anyway: "The token can be saved all the same: Enter goes on.",
};

fn marks(account: &Account) -> Vec<&'static str> {
    let status = match account.status {
        Status::Enabled | Status::Unknown => None,
        Status::Canceled => Some("cancelled"),
        Status::Suspended => Some("suspended"),
        Status::Closed => Some("closed"),
    };
    let kinds = [(account.manager, "manager"), (account.test, "test"), (account.hidden, "hidden")];
    kinds.into_iter().filter_map(|(is, mark)| is.then_some(mark)).chain(status).collect()
}

fn why_login(chosen: Chosen, root: Option<&str>) -> String {
    match root {
        _ if chosen.account == chosen.login => "You have direct access, so both are the same account.".to_owned(),
        Some(name) => format!("You reach it through {name}, so that account is the login_customer_id."),
        None => format!("You reach it through {}, so that is the login_customer_id.", chosen.login.dashed()),
    }
}
