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
mod sign_in;
mod targets;
mod usage;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Datelike, Local, Weekday};

use super::{Asked, ClientStep, Frame, Guide, Keys, Lang, Medium, Summary, Text, Times, TokenStep, Window};
use crate::oauth::client::Client;
use crate::oauth::grant::{Grant, Warning};
use crate::oauth::listener::Pages;
use crate::oauth::redirect::{RedirectPlan, RedirectUri};
use crate::oauth::scope;
use crate::ports::{BrowserError, Copied, Route};
use crate::wizard::client::GuidePage;
use crate::wizard::token::Card;
use crate::wizard::{News, Notice, Question, What};

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
    sign_in: sign_in::SIGN_IN,
    dialogs: sign_in::DIALOGS,
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
        Notice::UrlWritten(path) => format!("이 로그인이 끝날 때까지 주소가 {} 파일에 있습니다.", super::shown(path)),
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
