//! What files are and why they cannot be used, in Korean.

use crate::oauth::client_file::{FileType, Kind, Unreadable, Unusable};
use crate::text::{Medium, Words, trust_options};

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Desktop => "데스크톱",
        Kind::Web => "웹",
        Kind::Config => "구성 파일",
        Kind::ServiceAccount => "서비스 계정",
        Kind::AuthorizedUser => "gcloud 로그인",
        Kind::SavedToken => "저장된 토큰",
        Kind::ApiKey => "API 키",
        Kind::ClientWithoutSecret => "비밀번호 없음",
        Kind::ClientWithoutEndpoints => "엔드포인트 없음",
        Kind::UntrustedEndpoints => "Google 아님",
        Kind::FlatClient => "유형 없음",
        Kind::UnknownJson => "다른 JSON",
        Kind::Empty => "비어 있음",
        Kind::NotJson => "JSON 아님",
        Kind::Utf16 => "UTF-16",
        Kind::TooLarge => "너무 큼",
        Kind::Unreadable => "읽을 수 없음",
        Kind::NotAFile => "파일 아님",
    }
}

const DOWNLOAD: &str = "콘솔에서 데스크톱 앱 유형의 클라이언트를 다운로드하세요.";
const DOWNLOAD_OR_TYPE: &str =
    "콘솔에서 데스크톱 앱 유형의 클라이언트를 다운로드하거나, i를 눌러 ID와 보안 비밀번호를 입력하세요.";
const AGAIN: &str = "콘솔에서 파일을 다시 다운로드하세요.";

/// What is said of a server that `--trust-host` would not help.
pub const HTTPS_ONLY: &str = "주소가 일반 https여야 하며, 127.0.0.1 같은 루프백 주소에서만 http를 쓸 수 있습니다.";

pub fn unusable(why: &Unusable, medium: Medium) -> Words {
    let download = match medium {
        Medium::Screen => DOWNLOAD_OR_TYPE,
        Medium::Lines => DOWNLOAD,
    };
    match why {
        Unusable::Config => Words::new(
            "이 구성 파일에는 클라이언트가 없습니다",
            "클라이언트 ID와 보안 비밀번호가 아직 없거나, 확실하게 읽을 수 없습니다.",
            "콘솔에서 받은 클라이언트 파일을 사용하세요. 이 구성 파일은 마지막 단계에서 채워집니다.",
        ),
        Unusable::ServiceAccount => Words::new(
            "서비스 계정의 키입니다",
            "서비스 계정은 스스로 로그인하므로 브라우저도 갱신 토큰도 필요 없습니다.",
            "이 파일은 그대로 클라이언트 라이브러리에 지정하세요. 사용자로 로그인하려면 데스크톱 앱 유형의 클라이언트를 다운로드하세요.",
        ),
        Unusable::AuthorizedUser => Words::new(
            "gcloud가 저장한 로그인 정보입니다",
            "클라이언트 파일이 아니라, 전에 만든 토큰이 들어 있습니다.",
            download,
        ),
        Unusable::SavedToken => Words::new(
            "저장된 토큰입니다",
            "클라이언트가 아니라, 어떤 프로그램이 자신의 토큰을 보관하는 파일입니다.",
            download,
        ),
        Unusable::ApiKey => Words::new(
            "API 키가 든 파일입니다",
            "API 키로는 누구인지 알 수 없습니다. Google Ads는 사용자의 로그인을 요구합니다.",
            download,
        ),
        Unusable::ClientWithoutSecret(_) => Words::new(
            "클라이언트 보안 비밀번호가 없습니다",
            "Google은 클라이언트 보안 비밀번호를 한 번만 보여 줍니다. 나중에 다운로드한 파일에는 들어 있지 않습니다.",
            match medium {
                Medium::Screen => {
                    "콘솔에서 클라이언트를 열어 보안 비밀번호를 추가하고, 그때 파일을 다운로드하세요. 또는 i를 눌러 ID와 보안 비밀번호를 입력하세요."
                }
                Medium::Lines => "콘솔에서 클라이언트를 열어 보안 비밀번호를 추가하고, 그때 파일을 다운로드하세요.",
            },
        ),
        Unusable::ClientWithoutEndpoints(_) => Words::new(
            "파일에 로그인할 곳이 없습니다",
            "auth_uri나 token_uri가 없어 누구의 클라이언트인지 알 수 없습니다.",
            AGAIN,
        ),
        Unusable::UntrustedEndpoints { untrusted, .. } => Words::new(
            "Google의 클라이언트가 아닙니다",
            format!("사용자와 토큰을 다음 서버로 보냅니다: {}", untrusted.hosts.join(", ")),
            match trust_options(untrusted) {
                Some(options) => format!(
                    "모르는 서버라면 파일을 삭제하세요. 직접 운영하는 서버라면 다음 옵션으로 시작하세요: {options}"
                ),
                None => format!("모르는 서버라면 파일을 삭제하세요. 직접 운영하는 서버라면 {HTTPS_ONLY}"),
            },
        ),
        Unusable::FlatClient(_) => Words::new(
            "파일에 클라이언트의 유형이 없습니다",
            "client_id와 client_secret을 감싸는 \"installed\"나 \"web\"이 없습니다.",
            match medium {
                Medium::Screen => "콘솔에서 받은 파일을 그대로 사용하거나, i를 눌러 ID와 보안 비밀번호를 입력하세요.",
                Medium::Lines => "콘솔에서 받은 파일을 그대로 사용하세요.",
            },
        ),
        Unusable::UnknownJson { field: Some(field) } => {
            Words::new("파일이 손상되었습니다", format!("{field} 항목이 없거나 형식이 다릅니다."), AGAIN)
        }
        Unusable::UnknownJson { field: None } => {
            Words::new("클라이언트 파일이 아닙니다", "JSON이지만 OAuth 클라이언트가 들어 있지 않습니다.", download)
        }
        Unusable::Empty => Words::new("파일이 비어 있습니다", "다운로드가 끝나지 않았을 수 있습니다.", AGAIN),
        Unusable::NotJson { line, column } => Words::new(
            "JSON 파일이 아닙니다",
            format!("{line}번째 줄 {column}번째 열부터 JSON이 아닙니다."),
            "콘솔에서 다시 다운로드하고, 내용을 고치지 마세요.",
        ),
        Unusable::Utf16 => Words::new(
            "UTF-16으로 저장된 파일입니다",
            "일부 편집기와 PowerShell의 >가 이렇게 저장합니다. 클라이언트 라이브러리도 읽지 못합니다.",
            "UTF-8로 저장하거나 콘솔에서 다시 다운로드하세요.",
        ),
        Unusable::TooLarge => {
            Words::new("파일이 너무 큽니다", "클라이언트 파일은 500바이트쯤인데, 이 파일은 64KiB가 넘습니다.", download)
        }
        Unusable::Unreadable(why) => unreadable(*why),
        Unusable::NotAFile(file_type) => Words::new(
            "파일이 아닙니다",
            match file_type {
                FileType::Directory => "디렉터리입니다.",
                FileType::Fifo => "파이프입니다.",
                FileType::Socket => "소켓입니다.",
                FileType::Device => "장치입니다.",
            },
            "JSON 파일 자체를 지정하세요.",
        ),
    }
}

fn unreadable(why: Unreadable) -> Words {
    match why {
        Unreadable::Permission => Words::new(
            "파일을 읽을 권한이 없습니다",
            "파일의 권한 설정이 허용하지 않습니다.",
            "파일의 소유자를 바꾸거나, 홈 디렉터리로 복사하세요.",
        ),
        Unreadable::SymlinkLoop => Words::new(
            "링크가 어디로도 이어지지 않습니다",
            "자기 자신으로 돌아오는 심볼릭 링크입니다.",
            "파일 자체를 지정하세요.",
        ),
        Unreadable::Missing => Words::new(
            "그런 파일이 없습니다",
            "이 경로에 아무것도 없거나, 사라진 파일을 가리키는 링크입니다.",
            "경로를 확인하세요. client_secret*.json 파일은 목록에 저절로 나타납니다.",
        ),
        Unreadable::Other(errno) => Words::new(
            "파일을 읽을 수 없습니다",
            format!("시스템이 오류 {errno}번을 보고합니다."),
            "홈 디렉터리로 복사해 그 사본을 사용해 보세요.",
        ),
    }
}
