use proptest::prelude::*;

use super::*;

fn id(number: u64) -> CustomerId {
    CustomerId::parse(&(1_000_000_000 + number).to_string()).unwrap()
}

fn account(number: u64, name: &str) -> Account {
    Account {
        id: id(number),
        name: (!name.is_empty()).then(|| name.to_owned()),
        currency: None,
        time_zone: None,
        manager: false,
        test: false,
        hidden: false,
        status: Status::Enabled,
    }
}

fn manager(number: u64, name: &str) -> Account {
    Account { manager: true, ..account(number, name) }
}

/// Accounts with these roots, and each of `below` (manager, client) noted.
fn accounts(roots: &[u64], selves: &[Account], below: &[(u64, Account)]) -> Accounts {
    let roots: Vec<_> = roots.iter().map(|&root| id(root)).collect();
    let mut accounts = Accounts::of(&roots);
    for account in selves {
        accounts.add(account.clone(), account.id);
    }
    for (manager, client) in below {
        accounts.add(client.clone(), id(*manager));
    }
    accounts
}

/// Each row as depth and number.
fn shape(tree: &Tree) -> Vec<(usize, String)> {
    tree.rows.iter().map(|row| (row.depth, row.id.to_string().trim_start_matches("100000000").to_owned())).collect()
}

#[test]
fn below_each_manager_stand_usable_accounts_by_name_and_closed_ones_last() {
    let closed = Account { status: Status::Closed, ..account(4, "Aardvark") };
    let accounts = accounts(
        &[1],
        &[manager(1, "Top")],
        &[(1, account(2, "zebra")), (1, manager(3, "Bear")), (1, closed), (1, account(5, "")), (3, account(6, "Ant"))],
    );
    let expected = [(0, "1"), (1, "3"), (2, "6"), (1, "2"), (1, "5"), (1, "4")];
    assert_eq!(shape(&accounts.tree()), expected.map(|(depth, number)| (depth, number.to_owned())));
}

#[test]
fn a_shared_account_stands_once_below_each_root_where_it_is_nearest() {
    let accounts = accounts(
        &[1, 7],
        &[manager(1, "A"), manager(7, "B")],
        &[(1, manager(2, "a")), (2, account(3, "shared")), (1, account(3, "shared")), (7, account(3, "shared"))],
    );
    let expected = [(0, "1"), (1, "2"), (1, "3"), (0, "7"), (1, "3")];
    assert_eq!(shape(&accounts.tree()), expected.map(|(depth, number)| (depth, number.to_owned())));
}

#[test]
fn the_login_is_the_root_of_the_path_and_the_account_itself_where_access_is_direct() {
    let accounts = accounts(
        &[1, 3],
        &[manager(1, "A"), account(3, "C")],
        &[(1, manager(2, "B")), (1, account(3, "C")), (2, account(4, "D"))],
    );
    let tree = accounts.tree();
    let logins: Vec<_> = tree.rows.iter().map(|row| (row.id, accounts.login_customer_id_for(row))).collect();
    assert_eq!(logins, [(id(1), id(1)), (id(2), id(1)), (id(4), id(1)), (id(3), id(3)), (id(3), id(3))]);
}

#[test]
fn only_what_can_be_meant_is_preselected() {
    let preselected = |accounts: Accounts| {
        let tree = accounts.tree();
        tree.preselected.map(|place| tree.rows[place].id)
    };
    let one = |clients: &[Account]| {
        let below: Vec<_> = clients.iter().map(|client| (1, client.clone())).collect();
        accounts(&[1], &[manager(1, "Top")], &below)
    };
    let closed = Account { status: Status::Canceled, ..account(4, "closed") };
    assert_eq!(preselected(accounts(&[], &[], &[])), None);
    assert_eq!(preselected(accounts(&[1], &[], &[])), Some(id(1)), "one number");
    assert_eq!(preselected(accounts(&[1, 2], &[], &[])), None, "two numbers");
    assert_eq!(preselected(accounts(&[1], &[account(1, "only")], &[])), Some(id(1)));
    assert_eq!(preselected(one(&[])), Some(id(1)), "a manager of nobody");
    assert_eq!(preselected(one(&[manager(2, "branch"), closed.clone()])), Some(id(1)));
    assert_eq!(preselected(one(&[account(3, "shop"), closed])), Some(id(3)), "its only usable client");
    assert_eq!(preselected(one(&[account(3, "shop"), account(5, "shop")])), None);
    let two = accounts(&[1, 2], &[manager(1, "Top"), account(2, "only client")], &[]);
    assert_eq!(preselected(two), None, "two roots");
}

#[test]
fn a_read_is_tried_on_an_enabled_client_first_and_on_a_known_failure_last() {
    assert_eq!(accounts(&[], &[], &[]).to_read(), None);
    let closed = Account { status: Status::Closed, ..account(2, "closed") };
    let mut known = accounts(&[1, 2, 9], &[manager(1, "Top"), closed.clone()], &[(1, account(3, "shop"))]);
    known.fail(id(9), AdsError::RateLimited);
    assert_eq!(known.to_read(), Some((id(3), id(1))));
    assert_eq!(accounts(&[2, 1], &[manager(1, "Top"), closed.clone()], &[]).to_read(), Some((id(1), id(1))));
    let mut numbers = accounts(&[2, 8, 9], &[closed], &[]);
    numbers.fail(id(8), AdsError::RateLimited);
    assert_eq!(numbers.to_read(), Some((id(9), id(9))));
}

#[test]
fn rows_are_bounded_and_the_tree_says_so() {
    let many = ROWS_MAX as u64;
    let below: Vec<_> = (2..many).map(|number| (1, account(number, ""))).collect();
    let full = accounts(&[1, many], &[manager(1, "Top")], &below);
    assert_eq!((full.tree().rows.len(), full.tree().cut), (ROWS_MAX, false));
    let over = accounts(&[1, many, many + 1], &[manager(1, "Top")], &below);
    assert_eq!((over.tree().rows.len(), over.tree().cut), (ROWS_MAX, true));
}

/// Steps from one account to every other that is reached from it, by plain search.
fn distances(edges: &[(u64, u64)], from: u64) -> HashMap<u64, usize> {
    let mut found = HashMap::from([(from, 0)]);
    for _ in 0..edges.len() {
        for (manager, client) in edges {
            if let Some(&steps) = found.get(manager) {
                let known = found.entry(*client).or_insert(usize::MAX);
                *known = (*known).min(steps + 1);
            }
        }
    }
    found
}

proptest! {
    #[test]
    fn every_graph_becomes_a_tree_of_real_paths(
        edges in prop::collection::vec((0_u64..10, 0_u64..10), 0..40),
        roots in prop::collection::vec(0_u64..10, 0..5),
    ) {
        let below: Vec<_> = edges.iter().map(|&(above, client)| (above, manager(client, ""))).collect();
        let accounts = accounts(&roots, &[], &below);
        let tree = accounts.tree();
        let number = |id: CustomerId| id.to_string().parse::<u64>().unwrap() - 1_000_000_000;

        for &root in accounts.roots() {
            let reached = distances(&edges, number(root));
            let rows: Vec<_> = tree.rows.iter().filter(|row| row.root == root).collect();
            prop_assert_eq!(rows.len(), reached.len(), "each account once");
            for row in rows {
                prop_assert_eq!(Some(&row.depth), reached.get(&number(row.id)), "at its shortest distance");
                let login = accounts.login_customer_id_for(row);
                prop_assert!(accounts.roots().contains(&login));
                prop_assert!(distances(&edges, number(login)).contains_key(&number(row.id)), "the login leads there");
            }
        }
        for (place, row) in tree.rows.iter().enumerate().filter(|(_, row)| row.depth > 0) {
            let above = tree.rows[..place].iter().rfind(|above| above.depth == row.depth - 1).unwrap();
            prop_assert!(edges.contains(&(number(above.id), number(row.id))), "the row above it manages it");
        }
        prop_assert_eq!(tree.rows.iter().filter(|row| row.depth == 0).count(), accounts.roots().len());
    }
}
