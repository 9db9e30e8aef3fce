//! The practice Ads API as the real client of this program meets it.

use std::sync::PoisonError;

use url::Url;

use super::super::client::{ACCOUNTS, PracticeClient};
use super::super::{Fault, Practice};
use super::*;
use crate::ads::{Accounts, AdsError, Api, Status};
use crate::customer_id::CustomerId;
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::endpoints::Endpoints;
use crate::oauth::exchange::{ExchangeError, RefusalCode};
use crate::oauth::http::{Http, HttpError};
use crate::oauth::refresh::{Refreshed, refresh};
use crate::oauth::secret::Secret;

const ADA: usize = 0;
const MIA: usize = 1;
const NOAH: usize = 2;

fn id(number: u64) -> CustomerId {
    CustomerId::parse(&number.to_string()).unwrap()
}

fn holder(person: usize, scope: &str) -> Holder {
    let client = PracticeClient::of(ClientKind::Desktop);
    Holder { client, account: &ACCOUNTS[person], scopes: vec![scope.to_owned()] }
}

thread_local! {
    /// Building a client reads the trust store, which takes longer than everything else here.
    static HTTP: Http = Http::build().unwrap();
}

/// Does the work with an access token of this person's while the practice Google runs, under this fault if there is one.
async fn with<T>(person: usize, fault: Option<Fault>, work: impl AsyncFnOnce(Api, Secret) -> T) -> T {
    with_scope(person, fault, ADWORDS_SCOPE, work).await
}

async fn with_scope<T>(
    person: usize,
    fault: Option<Fault>,
    scope: &str,
    work: impl AsyncFnOnce(Api, Secret) -> T,
) -> T {
    let mut practice = Practice::bind().await.unwrap();
    if let Some(fault) = fault {
        practice = practice.with_fault(fault);
    }
    let token = {
        let mut ledger = practice.server.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.new_access_token(holder(person, scope), Instant::now())
    };
    let api = Api::new(HTTP.with(Clone::clone)).at(Url::parse(&practice.origin()).unwrap());
    tokio::select! {
        done = work(api, Secret::new(token)) => done,
        () = practice.serve() => unreachable!("it serves for ever"),
    }
}

/// The accounts that a person sees, as the Account step finds them.
async fn seen(person: usize, fault: Option<Fault>) -> Accounts {
    with(person, fault, async |api, access| {
        let roots = api.accessible(&access).await.unwrap();
        api.account_tree(&access, &roots, |_| ()).await
    })
    .await
}

#[tokio::test]
async fn ada_sees_the_agency_with_its_branch_and_accounts_beside_it() {
    let accounts = seen(ADA, None).await;
    let tree = accounts.tree();
    let name = |id| accounts.account(id).map_or("?", |account| account.name.as_deref().unwrap());
    let shown: Vec<_> = tree.rows.iter().map(|row| format!("{}{}", "  ".repeat(row.depth), name(row.id))).collect();
    assert_eq!(
        shown,
        [
            "Ada's Flower Shop",
            "Practice Agency",
            "  Bean & Leaf Coffee",
            "  Harbour Bikes",
            "  Practice Agency North",
            "    Aurora Tours",
            "    Fjord Ferries",
            "  Old Lighthouse Hotel",
            "Test Garden",
            "?",
        ]
    );
    let row = tree.rows.iter().find(|row| name(row.id) == "Fjord Ferries").unwrap();
    assert_eq!(accounts.login_customer_id_for(row), id(MANAGER));
    let (hotel, garden) = (accounts.account(id(1_000_000_004)), accounts.account(id(1_000_000_009)));
    assert_eq!(hotel.unwrap().status, Status::Canceled);
    assert!(garden.unwrap().test);
    assert_eq!(accounts.error(id(1_000_000_010)), Some(&AdsError::Code(AdsCode::CustomerNotEnabled)));
    assert_eq!((tree.preselected, tree.cut), (None, false));
}

#[tokio::test]
async fn mia_sees_the_agency_only_and_noah_nothing() {
    assert_eq!(seen(MIA, None).await.tree().rows.len(), 7);
    let refused = with(NOAH, None, async |api, access| api.accessible(&access).await).await;
    assert_eq!(refused, Err(AdsError::Code(AdsCode::NotAdsUser)));
}

#[tokio::test]
async fn a_read_works_by_the_login_that_the_tree_names_and_by_no_other() {
    with(ADA, None, async |api, access| {
        let roots = api.accessible(&access).await.unwrap();
        let accounts = api.account_tree(&access, &roots, |_| ()).await;
        let (account, login) = accounts.to_read().unwrap();
        assert_eq!(api.read(&access, account, login).await, Ok(()));
        let denied = Err(AdsError::Code(AdsCode::UserPermissionDenied));
        let ferries = id(1_000_000_007);
        assert_eq!(api.read(&access, ferries, id(MANAGER)).await, Ok(()));
        assert_eq!(api.read(&access, ferries, ferries).await, denied);
        assert_eq!(api.read(&access, ferries, id(1_000_000_005)).await, denied, "a branch is not directly accessible");
        assert_eq!(api.read(&access, ferries, id(1_000_000_008)).await, denied);
        let nobody = id(9_999_999_999);
        assert_eq!(api.read(&access, nobody, id(MANAGER)).await, Err(AdsError::Code(AdsCode::CustomerNotFound)));
    })
    .await;
}

#[tokio::test]
async fn without_a_practice_token_or_the_ads_scope_nothing_is_told() {
    let stranger = Secret::new("ya29.stranger".to_owned());
    let refused = with(ADA, None, async |api, _| api.accessible(&stranger).await).await;
    assert_eq!(refused, Err(AdsError::Unauthenticated));
    let refused = with_scope(ADA, None, "openid", async |api, access| api.accessible(&access).await).await;
    assert_eq!(refused, Err(AdsError::ScopeInsufficient));
}

#[tokio::test]
async fn each_fault_of_the_ads_api_is_the_error_that_it_says() {
    for &fault in AdsFault::ALL {
        let listing = match fault {
            // It would take 30 seconds.
            AdsFault::Slow => continue,
            AdsFault::TestLevel | AdsFault::Thousands | AdsFault::NextVersion => Ok(4),
            AdsFault::NoAccounts => Ok(0),
            AdsFault::Unauthenticated => Err(AdsError::Unauthenticated),
            AdsFault::ScopeInsufficient => Err(AdsError::ScopeInsufficient),
            AdsFault::ServiceDisabled => Err(AdsError::ServiceDisabled { link: Some(String::new()) }),
            AdsFault::RateLimited => Err(AdsError::RateLimited),
            AdsFault::UnknownError => Err(AdsError::Unknown { status: 403, code: String::new(), message: None }),
            AdsFault::ServerError => Err(AdsError::ServerTrouble(503)),
            AdsFault::NotJson => Err(AdsError::NotJson { status: 200 }),
            AdsFault::Redirected => Err(AdsError::Redirected { host: Some("portal.practice.example".to_owned()) }),
            AdsFault::Interrupted => Err(AdsError::Http(HttpError::Interrupted)),
            AdsFault::Refusal(code) if refuses_accounts_only(code) => Ok(4),
            AdsFault::Refusal(code) => Err(AdsError::Code(code)),
        };
        with(ADA, Some(Fault::Ads(fault)), async |api, access| {
            let listed = api.accessible(&access).await.map(|ids| ids.len()).map_err(without_texts);
            assert_eq!(listed, listing, "{}", fault.name());
            if let AdsFault::Refusal(code) = fault {
                let read = api.read(&access, id(1_000_000_008), id(1_000_000_008)).await;
                assert_eq!(read, Err(AdsError::Code(code)));
            }
        })
        .await;
    }
}

/// The error with its texts emptied.
fn without_texts(error: AdsError) -> AdsError {
    match error {
        AdsError::ServiceDisabled { link } => AdsError::ServiceDisabled { link: link.map(|_| String::new()) },
        AdsError::Unknown { status, .. } => AdsError::Unknown { status, code: String::new(), message: None },
        other => other,
    }
}

#[tokio::test]
async fn at_test_level_only_the_test_account_has_a_name() {
    let accounts = seen(ADA, Some(Fault::Ads(AdsFault::TestLevel))).await;
    assert_eq!((accounts.len(), accounts.tree().rows.len()), (1, 4));
    let refused = Some(&AdsError::Code(AdsCode::ProjectNotApproved));
    assert_eq!(accounts.error(id(MANAGER)), refused);
    assert_eq!(accounts.to_read(), Some((id(1_000_000_009), id(1_000_000_009))));
    let accounts = seen(MIA, Some(Fault::Ads(AdsFault::TestLevel))).await;
    assert_eq!((accounts.len(), accounts.tree().preselected), (0, Some(0)));
}

#[tokio::test]
async fn thousands_of_accounts_arrive_below_ten_more_managers() {
    let accounts = seen(MIA, Some(Fault::Ads(AdsFault::Thousands))).await;
    let tree = accounts.tree();
    assert_eq!((accounts.len(), tree.rows.len(), tree.cut), (5017, 5017, false));
    assert!(tree.rows.iter().all(|row| row.depth <= 2 && accounts.login_customer_id_for(row) == id(MANAGER)));
}

#[tokio::test]
async fn a_refresh_works_until_the_token_is_dead_or_the_session_over() {
    let refreshed = async |fault: Option<Fault>| -> Result<Refreshed, ExchangeError> {
        let mut practice = Practice::bind().await.unwrap();
        if let Some(fault) = fault {
            practice = practice.with_fault(fault);
        }
        let token = {
            let mut ledger = practice.server.ledger.lock().unwrap_or_else(PoisonError::into_inner);
            Secret::new(ledger.new_refresh_token("a code", holder(ADA, ADWORDS_SCOPE)))
        };
        let desktop = PracticeClient::of(ClientKind::Desktop);
        let token_endpoint = Url::parse(&format!("{}/token", practice.origin())).unwrap();
        let client = Client {
            kind: ClientKind::Desktop,
            id: desktop.id.to_owned(),
            secret: Secret::new(desktop.secret.to_owned()),
            project: None,
            endpoints: Endpoints { token: token_endpoint, ..Endpoints::google() },
            redirect_uris: Vec::new(),
        };
        let http = HTTP.with(Clone::clone);
        tokio::select! {
            done = refresh(&http, &client, &token) => done,
            () = practice.serve() => unreachable!("it serves for ever"),
        }
    };
    let code = |outcome: Result<Refreshed, ExchangeError>| match outcome {
        Err(ExchangeError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    };
    assert!(refreshed(None).await.unwrap().access_token.expose().starts_with("practice-access-"));
    assert_eq!(code(refreshed(Some(Fault::RefreshDead)).await), RefusalCode::InvalidGrant);
    assert_eq!(code(refreshed(Some(Fault::SessionEnded)).await), RefusalCode::SessionEnded);
}
