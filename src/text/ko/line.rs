//! The line commands in Korean.

use std::time::Duration;

use crate::oauth::callback::Ignored;
use crate::ports::BrowserError;
use crate::problem::Exit;
use crate::text::line::LineMode;

pub const LINE: LineMode = LineMode {
    paste_url: "브라우저에 다음 URL을 붙여넣으세요:",
    start_link: |link| format!("또는 같은 페이지로 연결되는 짧은 링크를 입력하세요: {link}"),
    browser_asked: "브라우저에 이 주소를 열도록 요청했습니다.",
    not_opened: |error| match error {
        BrowserError::NoBrowserHere => "여기에는 브라우저가 없습니다. 브라우저가 있는 곳에서 URL을 여세요.".to_owned(),
        BrowserError::Failed(program) => format!("{program} 실행에 실패했습니다. URL을 직접 여세요."),
    },
    browser_arrived: "브라우저가 링크를 열었습니다. 그곳에서 로그인하고 동의하세요.",
    or_paste_answer: "브라우저가 이 컴퓨터로 돌아오지 못하면, 브라우저가 마지막에 도착한 주소를 여기에 붙여넣고 Enter를 누르세요.",
    still_waiting,
    nothing_yet: "브라우저가 127.0.0.1에 연결되지 않으면 프록시 설정에서 이 주소를 제외하세요. 다른 브라우저를 쓰거나, 브라우저가 멈춘 주소를 여기에 붙여 넣어도 됩니다.",
    ignored,
    exchanging: "응답을 받았습니다. 토큰을 가져오는 중입니다.",
    fetched: "갱신 토큰을 가져왔습니다.",
    your_token: |masked| format!("갱신 토큰: {masked} (가려짐)"),
    copy_show_or_quit: "복사하려면 1, 표시하려면 2, 종료하려면 3을 입력하고 Enter를 누르세요.",
    copy_show_or_go_on: "복사하려면 1, 표시하려면 2, 계속하려면 3을 입력하고 Enter를 누르세요.",
    step: |number, name| format!("5단계 중 {number}단계: {name}"),
    which_account: "어느 계정에서 작업하시겠습니까?",
    account_row: |number, depth, id, name| format!("{number}. {}{id} {name}", "하위: ".repeat(depth.min(3))),
    login_follows: |id| format!("이에 따른 login_customer_id: {id}"),
    which_target: "토큰을 어디에 저장하시겠습니까?",
    type_number_or_skip: "번호를 입력하세요. 저장하지 않으려면 0을 입력하고 Enter를 누르세요.",
    ask_write: "이대로 쓰시겠습니까? y를 입력하고 Enter를 누르세요. 다른 것을 입력하면 쓰지 않습니다.",
    ask_replace: "지금 있는 토큰이나 클라이언트가 사라집니다. replace를 입력하고 Enter를 누르세요. 다른 것을 입력하면 쓰지 않습니다.",
    holds_other: |client| match client {
        Some(id) => format!("다른 클라이언트({id})의 토큰이 들어 있습니다."),
        None => "이 클라이언트의 다른 토큰이 들어 있습니다.".to_owned(),
    },
    dry_run: "아무것도 쓰지 않았습니다.",
    already_so: |path| format!("이미 그대로여서 바꾼 것이 없습니다: {path}"),
    written: |path| format!("저장함: {path}"),
    leads_to: |path| format!("링크이므로 연결된 파일에 씁니다: {path}"),
    renew: |command| format!("토큰을 새로 만들려면: {command}"),
    where_it_goes: "넣을 곳: https://developers.google.com/google-ads/api/docs/client-libs",
    using: |path| format!("{path}의 클라이언트로 로그인합니다"),
    which_client: "사용할 수 있는 클라이언트 파일이 여러 개 있습니다.",
    type_number: "로그인에 사용할 파일의 번호를 입력하고 Enter를 누르세요.",
    kind: "종류",
    project: "프로젝트",
    client_id: "클라이언트 ID",
    redirect: "리디렉션",
    duplicate_of: "같은 클라이언트",
    not_usable: "사용할 수 없음",
    remedy: "해결 방법",
    terminal_failed: |why| format!("adsauth: 터미널을 사용할 수 없습니다: {why}"),
    practice_failed: |why| format!("adsauth: 연습을 시작할 수 없습니다: {why}"),
    practice_removed: |path| format!("연습 디렉터리를 삭제했습니다: {path}"),
    exit,
};

fn still_waiting(left: Option<Duration>) -> String {
    match left.map(|left| left.as_secs()) {
        None => "로그인을 기다리고 있습니다.".to_owned(),
        Some(seconds) if seconds >= 120 => format!("로그인을 기다리고 있습니다. {}분 남았습니다.", seconds / 60),
        Some(seconds) => format!("로그인을 기다리고 있습니다. {seconds}초 남았습니다."),
    }
}

fn ignored(why: &Ignored) -> Option<String> {
    match why {
        Ignored::Unrelated => None,
        Ignored::OtherState => Some("이전 로그인 링크의 응답이 들어와 무시했습니다.".to_owned()),
        Ignored::ErrorWithoutState(error) => Some(format!(
            "{error} 오류가 들어왔지만 이번 로그인의 것인지 알 수 없습니다. 직접 하신 일이라면 Ctrl-C를 누르고 다시 시작하세요."
        )),
        Ignored::Https => Some("브라우저가 https로 접속했습니다. http로 링크를 여세요.".to_owned()),
        Ignored::WrongStartCode => Some("누군가 이 링크가 아닌 짧은 링크를 시도했습니다.".to_owned()),
    }
}

fn exit(exit: Exit) -> &'static str {
    match exit {
        Exit::Done => "완료: 토큰을 복사, 표시, 저장 또는 출력했거나 검사를 통과함",
        Exit::Internal => "내부 오류",
        Exit::Usage => "잘못된 사용법, 마법사를 띄울 터미널이 없음, 또는 물어볼 수 없는 질문",
        Exit::Source => "클라이언트 파일을 사용할 수 없음",
        Exit::Consent => "동의가 거부되었거나 중단되었거나 시간이 초과됨",
        Exit::Exchange => "승인 서버가 교환을 거부함",
        Exit::Network => "네트워크 오류, 또는 포트가 이미 사용 중",
        Exit::Write => "파일을 쓸 수 없거나 쓰지 않기로 함",
        Exit::Check => "검사에 실패함",
        Exit::HungUp => "SIGHUP으로 종료됨",
        Exit::Interrupted => "SIGINT 또는 Ctrl-C로 종료됨",
        Exit::Terminated => "SIGTERM으로 종료됨",
    }
}
