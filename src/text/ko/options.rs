//! The words of `--help` and the manual page in Korean.

use crate::text::options::{Headings, OptionWords};

pub const OPTIONS: OptionWords = OptionWords {
    command,
    argument,
    expected,
    headings: Headings {
        usage: "사용법",
        commands: "명령어",
        arguments: "인수",
        options: "옵션",
        everywhere: "모든 명령어의 옵션",
        exit_codes: "종료 코드",
        any_options: "[옵션]",
        any_command: "명령어",
        name: "이름",
        synopsis: "개요",
        description: "설명",
        kinds: "파일의 종류",
        error_codes: "오류 코드",
        warning_codes: "경고 코드",
        warnings: [
            "앱이 '테스트 중'이어서 토큰이 약 일주일 뒤에 만료됩니다",
            "액세스 기간을 정해 승인했으므로 토큰이 그날 만료됩니다",
            "추가로 요청한 범위 중 일부가 승인되지 않았습니다",
        ],
    },
};

fn command(name: &str) -> Option<&'static str> {
    Some(match name {
        "adsauth" => {
            "OAuth 클라이언트 파일에서 Google Ads 갱신 토큰까지: 전체 화면 마법사, 그리고 화면 없이 쓰는 같은 기능"
        }
        "token" => "화면 없이 갱신 토큰 받기: 안내는 표준 오류로, 결과는 표준 출력으로",
        "save" => "라이브러리의 구성에 토큰 쓰기: `token --format json`의 JSON을 표준 입력으로 받음",
        "check" => "구성에 있는 토큰이 작동하는지, 아니라면 그 이유가 무엇인지 알려 주기",
        "files" => "찾은 클라이언트 파일과 그 종류 나열",
        "demo" => "이 컴퓨터에 있는 연습용 Google로 마법사 실행",
        "completions" => "셸 자동 완성 출력",
        "man" => "설명서 페이지 출력",
        "help" => "이 도움말 또는 지정한 하위 명령어의 도움말 출력",
        _ => return None,
    })
}

fn argument(command: &str, name: &str) -> Option<&'static str> {
    Some(match (command, name) {
        ("check", "config") => "구성 파일(기본값: 정해진 위치에 하나만 있을 때 그 파일)",
        ("check", "target") => "구성의 종류(기본값: 파일 이름으로 판단)",
        ("files", "json") => "JSON 배열 하나로 출력",
        ("help", _) => "하위 명령어의 이름",
        (_, name) => return everywhere(name).or_else(|| sign_in(name)).or_else(|| of_commands(name)),
    })
}

fn everywhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "trust_host" => {
            "Google 외에 이 호스트의 엔드포인트도 허용(포트가 없으면 443, 루프백 주소는 모든 포트), 여러 번 지정 가능"
        }
        "ads_endpoint" => "Google Ads API의 다른 기본 URL. --trust-host처럼 신뢰함",
        "ads_version" => "사용할 Google Ads API 버전",
        "log" => "버그 신고에 쓸 기록을 이 파일에 추가: 비밀 정보, 주소, 계정은 적지 않음",
        "lang" => "언어: en, ko(기본값: 로캘에 따름)",
        "ascii" => "ASCII 문자로만 그리기",
        "help" => "도움말 출력",
        "version" => "버전 출력",
        _ => return None,
    })
}

fn sign_in(name: &str) -> Option<&'static str> {
    Some(match name {
        "plain" => "같은 다섯 단계를 번호가 붙은 질문으로 진행(화면 낭독기와 단순한 터미널용)",
        "client_secrets_path" => "목록에서 고르지 않고 이 클라이언트 파일이나 구성 사용",
        "scope" => "이 범위도 요청. 짧은 이름이나 전체 이름, 여러 번 지정 가능",
        "additional_scopes" => "이 범위들도 요청",
        "port" => "이 포트에서 응답 대기(데스크톱 클라이언트)",
        "redirect_uri" => "파일에는 아직 없지만 웹 클라이언트에 등록한 루프백 리디렉션 URI",
        "login_hint" => "Google에서 제안할 계정",
        "no_browser" => "브라우저를 열지 않음",
        "timeout" => "로그인을 기다리는 시간(초), 0이면 제한 없음(기본값: 600)",
        "copy_command" => "기본 방법 대신 이 명령으로 복사: 셸을 거치지 않으며, 내용은 표준 입력으로 전달",
        "clear_clipboard" => "복사한 토큰이 이 시간(초) 뒤에도 클립보드에 있으면 지움",
        _ => return None,
    })
}

fn of_commands(name: &str) -> Option<&'static str> {
    Some(match name {
        "format" => {
            "표준 출력으로 내보낼 형식: json(토큰과 알려진 모든 정보), env(GOOGLE_ADS_… 변수), authorized-user(애플리케이션 기본 사용자 인증 정보 파일), token(갱신 토큰만). 기본값: 표준 출력이 터미널이 아니면 token"
        }
        "target" => {
            "이 대상에 쓰기: python, ruby, java, php, perl, dotnet, env, authorized-user. node와 mcp는 출력만 함"
        }
        "config" => "쓸 파일(기본값: 정해진 위치)",
        "dry_run" => "바뀔 내용만 보여 주고 쓰지 않음",
        "yes" => "묻지 않음",
        "replace" => "--yes와 함께: 다른 토큰이나 클라이언트가 있어도 바꿈",
        "login_customer_id" => "작업할 계정에 액세스할 때 거쳐 가는 관리자 계정(로그인 고객 ID)",
        "json" => "JSON 문서 하나로 출력",
        "shell" => "셸: bash, elvish, fish, powershell, zsh",
        "directories" => "정해진 위치 대신 이 디렉터리에서 찾기",
        "fault" => "연습용 Google이 이 방식으로 잘못 동작하게 함",
        "auto" => "브라우저에서 누르는 것까지 대신 실행",
        _ => return None,
    })
}

fn expected(name: &str) -> Option<&'static str> {
    Some(match name {
        "trust_host" => "호스트, 또는 호스트와 포트여야 합니다. 예: login.example, 127.0.0.1:8080",
        "ads_endpoint" => "https URL, 또는 루프백 주소의 http URL이어야 합니다.",
        "ads_version" => "1부터 999까지의 숫자여야 합니다.",
        "log" => "본인이 쓸 수 있고 링크가 아닌 파일이어야 합니다.",
        "scope" | "additional_scopes" => "범위여야 합니다. 예: email, analytics.readonly",
        "port" => "1부터 65535까지의 숫자여야 합니다.",
        "redirect_uri" => {
            "http://로 시작하고 127.0.0.1, [::1], localhost 중 하나를 가리켜야 하며, ?와 #은 넣을 수 없습니다."
        }
        "timeout" => "초 단위의 숫자여야 합니다. 0이면 제한 없이 기다립니다.",
        "copy_command" => "셸에서 쓰는 형식의 명령어여야 하며, 따옴표가 모두 닫혀 있어야 합니다.",
        "clear_clipboard" => "1 이상의 숫자(초)여야 합니다.",
        "login_customer_id" => "숫자 열 자리여야 합니다. 하이픈은 있어도 됩니다.",
        _ => return None,
    })
}
