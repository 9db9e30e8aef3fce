//! The Account step in Korean.

use crate::ads::{Account, Status};
use crate::text::AccountStep;
use crate::wizard::account::Chosen;

pub const ACCOUNT: AccountStep = AccountStep {
    title: "어느 계정에서 작업하시겠습니까?",
    refresh: "토큰",
    accounts: "계정",
    read: "읽기",
    refreshes: "정상",
    are_visible: |count| format!("직접 액세스할 수 있는 계정 {count}개"),
    reads: "정상",
    being_tried: "확인하는 중",
    not_tried: "아직 확인하지 않음",
    not_asked: "확인하지 않음(Google 토큰이 아님)",
    so_far: |count| format!("지금까지 {count}개"),
    cut: |count| format!("{count}개, 그 밖에 더 있음"),
    only_numbers: "번호만 알 수 있습니다. 테스트 수준에서는 API가 이름을 알려 주지 않습니다.",
    nothing_fits: "필터에 맞는 계정이 없습니다.",
    no_name: "(이름 없음)",
    number_only: "(읽지 못함)",
    marks,
    work_on: "작업 계정",
    both_ids: |chosen| format!("{} · 로그인 고객 ID {}", chosen.account.dashed(), chosen.login),
    why_login,
    none_chosen: "아직 없음(Enter를 누르면 계정 없이 계속)",
    save_anyway: "그래도 토큰은 저장할 수 있습니다. Enter를 누르면 계속합니다.",
};

fn marks(account: &Account) -> Vec<&'static str> {
    let status = match account.status {
        Status::Enabled | Status::Unknown => None,
        Status::Canceled => Some("해지됨"),
        Status::Suspended => Some("정지됨"),
        Status::Closed => Some("폐쇄됨"),
    };
    let kinds = [(account.manager, "관리자"), (account.test, "테스트"), (account.hidden, "숨김")];
    kinds.into_iter().filter_map(|(is, mark)| is.then_some(mark)).chain(status).collect()
}

fn why_login(chosen: Chosen, root: Option<&str>) -> String {
    match root {
        _ if chosen.account == chosen.login => "직접 액세스할 수 있으므로 두 계정이 같습니다.".to_owned(),
        Some(name) => format!("'{name}' 계정을 거쳐 액세스하므로 그 계정이 로그인 고객 ID(login_customer_id)입니다."),
        None => format!(
            "{} 계정을 거쳐 액세스하므로 그 번호가 로그인 고객 ID(login_customer_id)입니다.",
            chosen.login.dashed()
        ),
    }
}
