//! Korean. The files below are this one's, each the words of one thing. What is the same in every language comes from English:
//! names, commands, addresses. A word that stands behind a value from outside never needs a particle that depends on its last
//! sound.

mod account;
mod ads;
mod files;
mod keys;
mod line;
mod options;
mod problems;
mod save;
mod targets;
mod usage;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Datelike, Local, Weekday};

use super::{
    Asked, ClientStep, Dialogs, Frame, Guide, Keys, Lang, Medium, PageWords, SignInStep, Summary, Text, Times,
    TokenStep, Window,
};
use crate::oauth::client::{Client, ClientKind};
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::listener::Pages;
use crate::oauth::redirect::{BadRedirectUri, RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::ports::{BrowserError, Copied, Route};
use crate::wizard::client::GuidePage;
use crate::wizard::sign_in::{BrowserPage, Opened};
use crate::wizard::token::Card;
use crate::wizard::{BrowserAt, News, Notice, Question, What};

pub static KO: Text = Text {
    lang: Lang::Ko,
    frame: Frame {
        client: "클라이언트",
        sign_in: "로그인",
        token: "토큰",
        account: "계정",
        save: "저장",
        practice: "연습 중",
        not_google: |host| format!("GOOGLE 아님: {host}"),
        make_larger: "창을 더 크게 해 주세요",
        sizes: |(columns, rows), (least_columns, least_rows)| {
            format!("지금 {columns} x {rows}, 최소 {least_columns} x {least_rows} 필요")
        },
        what_to_do: "해결 방법",
        page: "페이지",
        place: |selected, all| format!("{selected}/{all}"),
        window: Window {
            client: "클라이언트 선택",
            preparing: "준비 중",
            waiting: "브라우저를 기다리는 중",
            exchanging: "토큰을 가져오는 중",
            ended: "로그인하지 못함",
            token: "토큰이 도착함",
            account: "계정 선택",
            save: "토큰 저장",
            news: |news| match news {
                News::TokenArrived => "adsauth: 토큰이 도착했습니다",
                News::AttemptEnded => "adsauth: 토큰 없이 로그인이 끝났습니다",
            },
        },
    },
    keys: Keys {
        short: keys::short,
        long: keys::long,
        off: keys::reason,
        help_title: "이 화면에서 쓰는 키",
        help_more: "아래에 더 있음",
    },
    client: ClientStep {
        title: "어느 클라이언트로 로그인하시겠습니까?",
        looking: "클라이언트 파일을 찾는 중",
        nothing_fits: "필터에 맞는 파일이 없습니다.",
        kind: files::kind,
        unusable: files::unusable,
        path: "파일",
        project: "프로젝트",
        client_id: "ID",
        saved: "저장일",
        redirect: "응답 주소",
        console: "콘솔",
        redirect_of,
        others_can_read: |path| format!("이 컴퓨터의 다른 사용자가 읽을 수 있는 파일입니다: chmod 600 {path}"),
        duplicate_of: |path| format!("같은 클라이언트의 파일이 먼저 쓰입니다: {path}"),
        secret_in: |path| format!("더 오래된 파일에 들어 있습니다: {path}"),
        unknown: "파일에 없음",
        renews: |has_token| {
            if has_token {
                "있음. 로그인하면 이 파일에 쓸 새 토큰을 만듭니다"
            } else {
                "아직 없음. 로그인하면 이 파일에 쓸 토큰을 만듭니다"
            }
        },
        kept_token: "토큰은 그대로 있습니다. 그 클라이언트를 다시 선택하면 토큰으로 돌아갑니다.",
        filter: "필터",
        type_path: "클라이언트 파일의 경로",
        type_path_hint: "경로를 입력하거나 붙여넣으세요. 파일을 이 창으로 끌어와도 됩니다.",
        type_client: "클라이언트 ID",
        type_client_hint: "둘 다 콘솔의 클라이언트 페이지에 있습니다. 엔드포인트는 Google의 것을 사용합니다.",
        secret: "클라이언트 보안 비밀번호",
        typed_refused: "클라이언트 ID는 .apps.googleusercontent.com으로 끝나고, 보안 비밀번호에는 공백이 없습니다.",
    },
    guide: Guide {
        title: "아직 클라이언트 파일이 없습니다",
        intro: "데스크톱 앱 유형의 OAuth 클라이언트가 필요합니다. 콘솔의 세 페이지에서 만듭니다.",
        step: guide_step,
        keeps_looking: "JSON 파일을 다운로드하면 여기에 저절로 나타납니다.",
        practice: "둘러보기만 하시려면 d를 누르세요. Google 계정 없이 연습할 수 있습니다.",
    },
    sign_in: SignInStep {
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
    },
    dialogs: Dialogs {
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
    },
    token: TokenStep {
        title: "Google Ads API 갱신 토큰을 받았습니다",
        account: "계정",
        account_unknown: "알 수 없음(email 범위가 있어야 알 수 있음)",
        scopes: "범위",
        ads: "Google Ads",
        lifetime: "유효 기간",
        no_expiry: "만료일이 통보되지 않음",
        client: "클라이언트",
        token: "토큰",
        characters: |count| format!("{count}자"),
        revealed: "토큰입니다. 다른 사람에게 보이지 마세요. v를 누르면 숨깁니다.",
        copied: "복사",
        not_copied: "아직 복사하지 않음. c를 누르면 복사합니다.",
        missing: "승인 안 됨",
        warning,
        copy_route: |copied| copy_notice("토큰이", copied),
    },
    account: account::ACCOUNT,
    save: save::SAVE,
    times: Times { date, age },
    summary: Summary { token: summary, no_token: "토큰을 만들지 않았습니다." },
    line: line::LINE,
    options: options::OPTIONS,
    pages: &Pages::KO,
    notice,
    problem: problems::problem,
    question,
};

fn redirect_of(client: &Client, added: Option<&RedirectUri>) -> String {
    match RedirectPlan::of(client, None, added) {
        Ok(RedirectPlan::Desktop { .. }) => "http://127.0.0.1의 빈 포트".to_owned(),
        Ok(RedirectPlan::Registered(uris)) => match uris.as_slice() {
            [] => String::new(),
            [only] => only.as_str().to_owned(),
            [first, others @ ..] => format!("{} 외 {}개", first.as_str(), others.len()),
        },
        Err(_) => "이 컴퓨터에는 아직 없음(다음 화면에서 안내)".to_owned(),
    }
}

fn guide_step(page: GuidePage) -> &'static str {
    match page {
        GuidePage::Library => "Google Ads API 사용 설정",
        GuidePage::Audience => "앱을 사용할 수 있는 대상 선택",
        GuidePage::Clients => "클라이언트를 만들고 파일 다운로드",
        GuidePage::Guide => "전체 과정에 대한 Google의 안내",
    }
}

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

fn date(time: SystemTime) -> String {
    let time = DateTime::<Local>::from(time);
    let day = match time.weekday() {
        Weekday::Mon => "월",
        Weekday::Tue => "화",
        Weekday::Wed => "수",
        Weekday::Thu => "목",
        Weekday::Fri => "금",
        Weekday::Sat => "토",
        Weekday::Sun => "일",
    };
    format!("{}년 {}월 {}일({day})", time.year(), time.month(), time.day())
}

fn age(age: Duration) -> String {
    match age.as_secs() / 60 {
        0 => "방금 전".to_owned(),
        minutes @ 1..60 => format!("{minutes}분 전"),
        minutes @ 60..1440 => format!("{}시간 전", minutes / 60),
        minutes => match minutes / 1440 {
            days @ 0..60 => format!("{days}일 전"),
            days @ 60..730 => format!("{}개월 전", days / 30),
            days => format!("{}년 전", days / 365),
        },
    }
}

fn warning(warning: Warning, grant: &Grant, medium: Medium) -> String {
    match warning {
        Warning::DiesInTesting(dies) => {
            format!("{}에 만료됩니다. 앱이 '테스트 중'이기 때문입니다. 앱을 게시한 뒤 다시 로그인하세요", date(dies))
        }
        Warning::TimeLimited(dies) => format!("{}에 만료됩니다. 액세스 기간을 정해 승인했기 때문입니다", date(dies)),
        Warning::ScopesMissing => {
            let missing: Vec<_> = grant.missing_scopes.iter().map(|missing| scope::short(missing)).collect();
            let missing = missing.join(", ");
            match medium {
                Medium::Screen => format!("{missing}: x를 눌러 다시 로그인하고 체크박스를 선택하세요"),
                Medium::Lines => format!("{missing}: 다시 로그인하고 체크박스를 선택하세요"),
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------- notices and summary

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Off(why) => keys::reason(*why).to_owned(),
        Notice::Copied(What::Token, copied) => copy_notice("토큰이", copied),
        Notice::Copied(What::ConsentUrl, copied) => copy_notice("주소가", copied),
        Notice::Copied(What::Page, copied) => copy_notice("링크가", copied),
        Notice::Copied(What::Lines, copied) => copy_notice("스니펫이", copied),
        Notice::Copied(What::Tunnel, copied) => copy_notice("명령어가", copied),
        Notice::UrlWritten(path) => format!("이 로그인이 끝날 때까지 주소가 {} 파일에 있습니다.", path.display()),
        Notice::UrlNotWritten => "여기에는 파일을 쓸 수 없습니다. c를 누르면 주소가 복사됩니다.".to_owned(),
        Notice::PageOpened => "브라우저에 페이지를 열도록 요청했습니다.".to_owned(),
        Notice::NotOpened(error) => match error {
            BrowserError::NoBrowserHere => "여기에는 브라우저가 없습니다. c를 누르면 링크를 복사합니다.".to_owned(),
            BrowserError::Failed(program) => {
                format!("{program} 실행에 실패했습니다. c를 누르면 링크를 복사합니다.")
            }
        },
        Notice::CannotSuspend => "돌아갈 셸이 없어 Ctrl-Z를 쓸 수 없습니다.".to_owned(),
    }
}

/// Takes its subject with the particle: `토큰이`.
fn copy_notice(what: &str, copied: &Copied) -> String {
    match copied {
        Copied::Confirmed(Route::HelperX11 | Route::HelperWayland | Route::Helper) => {
            format!("{what} 클립보드에 있습니다. 종료한 뒤에도 작은 도우미 프로세스가 유지합니다.")
        }
        Copied::Handed(Route::HelperX11 | Route::HelperWayland | Route::Helper) => {
            format!("{what} 클립보드를 유지하는 작은 도우미 프로세스에 전달되었습니다. 한 번 붙여넣어 확인하세요.")
        }
        Copied::Confirmed(Route::Tmux) => {
            format!("{what} tmux의 adsauth 버퍼에 있으며, tmux가 터미널에도 전달했습니다.")
        }
        Copied::Handed(Route::Tmux) => format!("{what} tmux에 전달되었습니다. 한 번 붙여넣어 확인하세요."),
        Copied::Confirmed(Route::TmuxAndDisplay) => format!("{what} 클립보드와 tmux의 adsauth 버퍼에 있습니다."),
        Copied::Handed(Route::TmuxAndDisplay) => {
            format!("{what} tmux와 클립보드에 전달되었습니다. 한 번 붙여넣어 확인하세요.")
        }
        Copied::Confirmed(Route::Program(program)) => format!("{what} 클립보드에 있습니다(복사 방법: {program})."),
        Copied::Handed(Route::Program(program)) => {
            format!("{what} {program}에 전달되었으며, 보고된 오류는 없습니다.")
        }
        Copied::Confirmed(Route::Command) | Copied::Handed(Route::Command) => {
            format!("{what} --copy-command 명령에 전달되었으며, 보고된 오류는 없습니다.")
        }
        Copied::AskTerminal => {
            format!(
                "{what} 터미널로 전송되었지만 복사되었는지 확인할 수 없습니다. 종료하기 전에 한 번 붙여넣어 보세요."
            )
        }
        Copied::CommandFailed => "--copy-command 명령이 실패했습니다. 아무것도 복사되지 않았습니다.".to_owned(),
    }
}

fn summary(card: &Card) -> Vec<String> {
    let mut lines = Vec::new();
    match &card.copied {
        Some(copied) => lines.push(copy_notice("갱신 토큰이", copied)),
        None if card.was_revealed => lines.push("갱신 토큰을 표시했으며 복사하지는 않았습니다.".to_owned()),
        None if !card.saved_to.is_empty() => {}
        None => lines.push("갱신 토큰을 복사하지도 표시하지도 않아 사라졌습니다.".to_owned()),
    }
    let grant = &card.grant;
    lines.extend(grant.warnings().into_iter().map(|known| match known {
        Warning::DiesInTesting(_) | Warning::TimeLimited(_) => {
            format!("이 토큰은 {}.", warning(known, grant, Medium::Lines))
        }
        Warning::ScopesMissing => format!("승인되지 않은 범위: {}.", warning(known, grant, Medium::Lines)),
    }));
    card.saved_to.iter().for_each(|saved| save::summary(saved, &mut lines));
    lines
}

fn question(question: Question, live: bool) -> Asked {
    let (title, consequence) = match (question, live) {
        (Question::Quit, true) => (
            "토큰 없이 종료하시겠습니까?",
            "토큰을 복사하지도, 표시하지도, 저장하지도 않았습니다. 지금 종료하면 다시 로그인해야 합니다.",
        ),
        (Question::Quit, false) => ("adsauth를 종료하시겠습니까?", "아직 만든 토큰이 없으므로 잃을 것이 없습니다."),
        (Question::DropToken, _) => (
            "다른 계정으로 로그인하시겠습니까?",
            "토큰을 복사하지도, 표시하지도, 저장하지도 않았습니다. 새 토큰이 그 자리를 대신합니다.",
        ),
    };
    Asked { title, consequence }
}
