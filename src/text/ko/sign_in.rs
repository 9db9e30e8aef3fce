//! The Sign in step and what lies over it, in Korean.

use std::time::Duration;

use crate::oauth::client::{Client, ClientKind};
use crate::oauth::redirect::BadRedirectUri;
use crate::ports::BrowserError;
use crate::text::{Dialogs, PageWords, SignInStep};
use crate::wizard::BrowserAt;
use crate::wizard::sign_in::{BrowserPage, Opened};

pub const SIGN_IN: SignInStep = SignInStep {
    preparing: "응답을 받을 준비를 하는 중",
    waiting: "브라우저를 기다리는 중",
    left,
    no_limit: "시간 제한 없음",
    paused: |duration| format!("{}, 멈춤", left(duration)),
    exchanging: "브라우저가 돌아왔습니다. 토큰을 가져오는 중",
    exchanging_hint: "잠시 기다려 주세요. 승인 코드는 한 번만 쓸 수 있습니다.",
    browser: opened,
    url_too_long: "주소가 이 창보다 깁니다. c를 누르면 전체가 복사됩니다.",
    start_link: "짧은 링크",
    start_link_hint: "같은 페이지로 연결됨",
    elsewhere,
    goes_wrong: "시크릿 창에서, Google Ads를 열 수 있는 계정으로 로그인하세요.",
    goes_wrong_more: [
        "시크릿 창을 쓰면 마침 로그인되어 있던 다른 계정이 끼어들지 않습니다.",
        "Google에서 패스키를 요구합니다. 새 패스키는 7일을 기다려야 할 수도 있습니다: g.co/passkeys",
        "'테스트 중'인 앱은 테스트 사용자만 로그인할 수 있고, 토큰이 7일 뒤에 만료됩니다.",
    ],
    nothing_yet: "브라우저가 127.0.0.1에 연결되지 않나요? 프록시에서 이 주소를 제외하거나, 다른 브라우저나 p를 쓰세요.",
    ignored: |count| format!("다른 요청 {count}개가 들어와 무시했습니다."),
    reported: |error| format!("{error} 오류가 들어왔습니다. 직접 하신 일이라면 r을 눌러 다시 시작하세요."),
    https: "브라우저가 이 포트에 https로 접속했습니다. 표시된 그대로 http 주소를 여세요.",
    answers_at: "응답 주소",
    asks_for: "요청 범위",
    account_hint: "계정",
    account_any: "브라우저에서 선택",
    client: "클라이언트",
    client_of,
    no_redirect_line: "승인된 리디렉션 URI에 다음 줄을 추가하고 저장한 뒤 Enter를 누르세요.",
    suggested_redirect: "http://127.0.0.1:8080/",
    signed: "로그인을 마쳤으며 토큰은 그대로 있습니다",
    file: "파일",
    bare: ["Google 페이지의 주소입니다(한 줄):", "Enter를 누르면 돌아갑니다."],
    signed_hint: "Enter를 누르면 토큰으로 돌아갑니다. x를 누르면 다른 계정으로 로그인합니다.",
};

pub const DIALOGS: Dialogs = Dialogs {
    paste: "브라우저가 마지막에 도착한 주소를 붙여넣으세요",
    paste_hint: "'사이트에 연결할 수 없음'이라고 나와도 괜찮습니다. 필요한 것은 주소뿐입니다.",
    hint: "Google에서 어느 계정을 제안할까요?",
    hint_hint: "이메일 주소를 입력하세요. 비워 두면 브라우저에서 선택합니다.",
    scopes: "Google Ads 외에 어떤 범위가 필요합니까?",
    scopes_hint: "짧은 이름을 공백으로 구분해 입력하세요. 예: email analytics.readonly",
    scopes_refused: "범위가 될 수 없는 것이 있습니다.",
    redirect: "콘솔에 어떤 리디렉션 URI를 추가하셨습니까?",
    redirect_hint: "콘솔에 있는 그대로 입력하세요. 마지막 슬래시까지 한 글자도 다르면 안 됩니다.",
    redirect_refused,
    browser_errors: "브라우저에 어떤 문구가 보입니까?",
    browser_error,
    more: "이번 로그인 정보",
};

fn left(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 61.. => format!("{}분 남음", seconds / 60),
        seconds => format!("{seconds}초 남음"),
    }
}

fn opened(opened: &Opened, browser_here: bool) -> String {
    match opened {
        Opened::NotYet if browser_here => "Enter를 눌러 Google 페이지를 열거나, 다음 주소를 직접 여세요.".to_owned(),
        Opened::NotYet => "브라우저에서 다음 주소를 여세요.".to_owned(),
        Opened::Asked => "브라우저에 Google 페이지를 열도록 요청했습니다. 열리지 않았다면:".to_owned(),
        Opened::Arrived => "브라우저가 Google 페이지로 이동했습니다. 다른 곳에서 열려면:".to_owned(),
        Opened::Failed(BrowserError::Failed(program)) => {
            format!("{program} 실행에 실패했습니다. 다음 주소를 직접 여세요.")
        }
        Opened::Failed(BrowserError::NoBrowserHere) => {
            "여기에는 브라우저가 없습니다. 브라우저가 있는 곳에서 다음 주소를 여세요.".to_owned()
        }
    }
}

fn elsewhere(place: &BrowserAt) -> Option<String> {
    let words = match place {
        BrowserAt::Here => return None,
        BrowserAt::Ssh { .. } => {
            "브라우저가 다른 컴퓨터에 있습니다. p를 눌러 응답을 붙여넣거나, 그 컴퓨터에서 다음 명령을 실행하세요(사용자 이름은 접속할 때 쓴 것):"
        }
        BrowserAt::Windows => "브라우저가 Windows에서 실행됩니다. WSL로 돌아오지 못하면 p를 눌러 응답을 붙여넣으세요.",
        BrowserAt::OutsideContainer => {
            "브라우저가 컨테이너 밖에 있어 돌아올 수 없습니다. p를 눌러 응답을 붙여넣거나, 컨테이너를 --network host로 시작하세요."
        }
        BrowserAt::Forwarded => "편집기가 이 포트를 전달합니다. 전달되지 않으면 p를 눌러 응답을 붙여넣으세요.",
    };
    Some(words.to_owned())
}

fn client_of(client: &Client) -> String {
    let kind = match client.kind {
        ClientKind::Desktop => "데스크톱",
        ClientKind::Web => "웹",
    };
    match &client.project {
        Some(project) => format!("{project} 프로젝트의 {kind} 클라이언트"),
        None => format!("{kind} 클라이언트 {}", client.id),
    }
}

fn redirect_refused(why: BadRedirectUri) -> &'static str {
    match why {
        BadRedirectUri::NotUrl => "URL이 아닙니다.",
        BadRedirectUri::NotHttp => "이 컴퓨터가 응답을 받으므로 http://로 시작해야 합니다.",
        BadRedirectUri::NotLoopback => {
            "응답이 이 컴퓨터를 벗어나지 않도록 호스트는 127.0.0.1, [::1], localhost 중 하나여야 합니다."
        }
        BadRedirectUri::Extra => "사용자 이름, ?, #은 넣을 수 없습니다.",
    }
}

/// Google's pages speak the language of the account, so what stands on them is told in Korean where Google translates it, and
/// in English beside it where there is no code to go by.
fn browser_error(page: BrowserPage) -> PageWords {
    let (on_page, means, remedy) = match page {
        BrowserPage::RedirectUriMismatch => (
            "400 오류: redirect_uri_mismatch",
            "응답을 받을 주소가 웹 클라이언트에 등록되어 있지 않습니다.",
            "콘솔에 리디렉션 URI를 한 글자도 다르지 않게 추가하고 1분쯤 기다리세요. 또는 데스크톱 앱 유형의 클라이언트를 사용하세요.",
        ),
        BrowserPage::NotATestUser => (
            "403 오류: access_denied, Google 인증 절차를 완료하지 않음",
            "앱이 '테스트 중'이고, 이 계정은 테스트 사용자가 아닙니다.",
            "테스트 사용자에 이 계정을 추가하거나 앱을 게시하세요. 게시하면 토큰이 7일 만에 만료되는 문제도 사라집니다.",
        ),
        BrowserPage::Unverified => (
            "Google에서 확인하지 않은 앱 (Google hasn't verified this app)",
            "직접 만든 앱이라면 정상입니다. Google이 아직 검토하지 않았다는 뜻입니다.",
            "내 앱이 맞다면 '고급'을 누른 다음 '(앱 이름)(으)로 이동(안전하지 않음)'을 누르세요.",
        ),
        BrowserPage::Passkey => (
            "패스키 사용 (Use your passkey)",
            "2026년 8월부터 Google Ads용 토큰을 만들 때 Google이 패스키를 요구합니다.",
            "g.co/passkeys에서 만드세요. 새 패스키는 7일을 기다려야 할 수도 있습니다. 이미 있는 토큰은 계속 작동합니다.",
        ),
        BrowserPage::CannotConnect => (
            "사이트에 연결할 수 없음, 127.0.0.1에서 연결을 거부함",
            "브라우저가 다른 컴퓨터에 있거나, 브라우저의 프록시가 127.0.0.1을 가로챕니다.",
            "응답은 브라우저의 주소창에 있습니다. 복사한 다음 Esc로 이 화면을 닫고 p를 눌러 붙여넣으세요.",
        ),
        BrowserPage::OrgInternal => (
            "403 오류: org_internal",
            "소속 조직의 구성원만 사용할 수 있는 앱입니다.",
            "그 조직의 계정으로 로그인하거나, 앱의 사용자 유형을 '외부'로 바꾸세요.",
        ),
        BrowserPage::AdminPolicy => (
            "400 오류: admin_policy_enforced",
            "이 Google Workspace의 관리자가 허용하지 않습니다.",
            "Google Ads API에 대해 이 클라이언트 ID를 신뢰하도록 관리자에게 요청하세요.",
        ),
        BrowserPage::DeletedClient => (
            "401 오류: deleted_client",
            "콘솔에서 클라이언트가 삭제되었습니다. 오래 사용하지 않은 클라이언트는 Google이 삭제하기도 합니다.",
            "30일 안에 복원하거나, 새로 만들어 파일을 다운로드하세요.",
        ),
        BrowserPage::InvalidClient => (
            "401 오류: invalid_client, The OAuth client was not found",
            "이 ID의 클라이언트가 없습니다.",
            "콘솔의 ID와 비교하거나 파일을 다시 다운로드하세요.",
        ),
        BrowserPage::AppBlocked => (
            "차단된 앱 (This app is blocked)",
            "Google이 이 앱의 Google Ads 요청을 허용하지 않습니다. 여러 사람이 함께 쓰거나 확인되지 않은 앱입니다.",
            "내 프로젝트의 클라이언트를 사용하세요.",
        ),
        BrowserPage::InvalidRequest => (
            "400 오류: invalid_request",
            "Google이 이 주소를 받아들이지 않습니다. 복사할 때 일부가 잘린 경우가 많습니다.",
            "c로 복사하거나 짧은 링크를 여세요. 그래도 안 되면 데스크톱 앱 유형의 클라이언트를 사용하세요.",
        ),
    };
    PageWords { on_page, means, remedy }
}
