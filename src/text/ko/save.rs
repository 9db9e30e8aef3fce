//! The Save step in Korean. Commands and addresses are those of English.

use crate::targets::Target;
use crate::targets::plan::{Change, Plan};
use crate::targets::save::SaveWarning;
use crate::text::en::EN;
use crate::text::en::save::shortened;
use crate::text::{SaveStep, shown};
use crate::wizard::save::{Offer, Offered, OldToken, Snippet};
use crate::wizard::token::SavedTo;

pub const SAVE: SaveStep = SaveStep {
    title: "토큰을 어디에 저장하시겠습니까?",
    looking: "저장할 수 있는 곳을 찾는 중",
    writing: "쓰는 중",
    library: |target| (EN.save.library)(target),
    file_of,
    snippet: |snippet| (EN.save.snippet)(snippet),
    snippet_for: |snippet| match snippet {
        Snippet::Node => "npm의 google-ads-api",
        Snippet::Mcp => "MCP 클라이언트의 google-ads-mcp",
    },
    snippet_hint: |snippet| match snippet {
        Snippet::Node => {
            "npm의 google-ads-api를 쓰는 프로그램에 넣을 줄입니다. c를 누르면 가려진 값까지 그대로 복사합니다."
        }
        Snippet::Mcp => {
            "MCP 클라이언트의 구성에 넣을 줄입니다. authorized_user 파일을 가리키므로 그 파일도 체크해서 쓰세요."
        }
    },
    state,
    change,
    old_token: |token| match token {
        OldToken::None => None,
        OldToken::Trying => Some("들어 있는 토큰이 아직 작동하는지 확인하는 중입니다."),
        OldToken::Works => Some("들어 있는 토큰이 아직 작동합니다. 그 토큰을 쓰던 프로그램도 새 토큰을 쓰게 됩니다."),
        OldToken::Fails(_) => Some("들어 있는 토큰은 더 이상 작동하지 않습니다."),
    },
    warning,
    copy_lines: "그 자리에 넣을 줄입니다. c를 누르면 가려진 값까지 그대로 복사합니다.",
    unchanged: |count| format!("{count}줄은 그대로"),
    more_lines: |count| format!("{count}줄 더 있음: PgDn"),
    other_path: "어느 파일로 할까요?",
    other_path_hint: |target| {
        format!(
            "경로를 입력하거나 붙여넣으세요. 종류는 이름으로 판단하며, 알 수 없으면 {}용 파일로 봅니다.",
            (EN.save.library)(target)
        )
    },
    written: "토큰을 저장했습니다",
    partly_written: "일부는 쓰지 못했습니다",
    nothing_written: "아무것도 쓰지 못했습니다",
    backup: "백업",
    backup_holds: |path| format!("이전 내용: {path}. 쓸 수 있는 토큰이 들어 있으니, 잘 작동하면 삭제하세요."),
    clipboard: "클립보드",
    try_it: "사용해 보기",
    command: |target, path, usual| (EN.save.command)(target, path, usual),
    configuration: "설명서",
    configuration_page: |target| (EN.save.configuration_page)(target),
    developer_token,
    file: "파일",
};

/// What is said of a file on the terminal after the wizard has ended.
pub fn summary(saved: &SavedTo, lines: &mut Vec<String>) {
    let path = shown(&saved.path);
    lines.push(format!("갱신 토큰을 저장했습니다. 나만 읽을 수 있는 파일입니다: {path}"));
    if let Some(backup) = &saved.backup {
        lines.push((SAVE.backup_holds)(&shown(backup)));
    }
    if let Some(words) = developer_token(saved.target).filter(|_| !saved.developer_token) {
        lines.push(words.to_owned());
    }
    lines.push("사용해 보기:".to_owned());
    lines.push(format!("  {}", (SAVE.command)(saved.target, &path, saved.usual)));
    lines.push(format!("구성에 대한 설명: {}", (SAVE.configuration_page)(saved.target)));
}

fn file_of(target: Target) -> &'static str {
    match target {
        Target::Python => "Python 라이브러리의 google-ads.yaml",
        Target::Ruby => "Ruby 라이브러리의 google_ads_config.rb",
        Target::Java => "Java 라이브러리의 ads.properties",
        Target::Php => "PHP 라이브러리의 google_ads_php.ini",
        Target::Perl => "Perl 라이브러리의 googleads.properties",
        Target::DotnetXml => ".NET 라이브러리의 App.config",
        Target::DotnetJson => ".NET 라이브러리의 appsettings.json",
        Target::Env => "모든 라이브러리가 읽는 환경 변수",
        Target::AuthorizedUser => "Google의 도구가 읽는 애플리케이션 기본 사용자 인증 정보",
    }
}

fn state(offer: &Offer) -> &'static str {
    match &offer.what {
        Offered::File(plan) => match &plan.change {
            Change::Create => "새 파일",
            Change::Fill => "내용 채움",
            Change::Nothing => "최신 상태",
            Change::Replace(_) => "다른 토큰 있음",
            Change::Refused { .. } => "그대로 둠",
        },
        Offered::Unreachable { .. } => "쓸 수 없음",
        Offered::Snippet(..) => "복사할 줄",
    }
}

fn change(offer: &Offer) -> String {
    let problem = match &offer.what {
        Offered::Snippet(snippet, _) => return (SAVE.snippet_hint)(*snippet).to_owned(),
        Offered::Unreachable { error, .. } => super::targets::save(error),
        Offered::File(plan) => match &plan.change {
            Change::Create => return "나만 읽을 수 있는 새 파일입니다.".to_owned(),
            Change::Fill => return "다음 줄만 바뀌고 나머지는 그대로입니다.".to_owned(),
            Change::Nothing => return "이미 이 토큰이 들어 있어 바뀌는 것이 없습니다.".to_owned(),
            Change::Replace(held) => return replaced(plan, held.client_id.as_deref()),
            Change::Refused { why, .. } => super::targets::refused(why),
        },
    };
    format!("{}. {} {}", problem.title, problem.cause, problem.remedy)
}

fn replaced(plan: &Plan, client_id: Option<&str>) -> String {
    let keys = "y를 누르면 바꾸고, a를 누르면 다른 경로에 씁니다.";
    match client_id {
        Some(id) if !plan.text().contains(id) => {
            format!("다른 클라이언트({})의 토큰이 들어 있습니다. {keys}", shortened(id))
        }
        Some(id) => format!("이 클라이언트({})의 다른 토큰이 들어 있습니다. {keys}", shortened(id)),
        None => format!("다른 토큰이 들어 있습니다. {keys}"),
    }
}

fn warning(warning: &SaveWarning) -> String {
    match warning {
        SaveWarning::GitWorkTree(root) => {
            format!("git 작업 트리 안에 있어, 커밋하면 토큰이 공개됩니다: {}", shown(root))
        }
        SaveWarning::Synced(folder) => format!("클라우드로 복사되는 {folder} 폴더 안에 있습니다."),
        SaveWarning::HardLinks(count) => {
            format!("이 파일에는 다른 이름(하드 링크)이 {count}개 더 있으며, 그쪽에는 이전 내용이 남습니다.")
        }
        SaveWarning::OthersCouldRead => {
            "지금은 이 컴퓨터의 다른 사용자도 읽을 수 있습니다. 쓴 뒤에는 나만 읽을 수 있습니다.".to_owned()
        }
        SaveWarning::AnotherFile { variable, path } => {
            format!("{variable} 변수가 가리키는 파일이 대신 쓰입니다: {}", shown(path))
        }
        SaveWarning::Variables(names) => {
            format!(
                "환경 변수가 설정되어 있어, 환경 변수를 읽는 프로그램에서는 이 값이 우선합니다: {}",
                names.join(", ")
            )
        }
        SaveWarning::EarlierFile(path) => format!("여기서는 먼저 찾는 다른 파일이 우선합니다: {}", shown(path)),
    }
}

fn developer_token(target: Target) -> Option<&'static str> {
    match target {
        Target::Python => Some(
            "2026년 9월 이전의 google-ads는 developer_token을 요구합니다. pip install -U google-ads로 업데이트하거나 개발자 토큰을 추가하세요.",
        ),
        Target::Php => Some(
            "2026년 9월 이전의 google-ads-php는 developerToken을 요구합니다. composer로 업데이트하거나 개발자 토큰을 추가하세요.",
        ),
        Target::Java => Some(
            "2026년 9월 이전의 Java용 google-ads는 developerToken을 요구합니다. 업데이트하거나 개발자 토큰을 추가하세요.",
        ),
        Target::Ruby | Target::Perl | Target::DotnetXml | Target::DotnetJson | Target::Env | Target::AuthorizedUser => {
            None
        }
    }
}
