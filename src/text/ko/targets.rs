//! Why a configuration is left alone, and why a file could not be written, in Korean.

use crate::targets::Refused;
use crate::targets::save::SaveError;
use crate::text::{Words, shown};

pub fn refused(why: &Refused) -> Words {
    let by_hand = "줄을 파일에 직접 넣으세요.";
    match why {
        Refused::NotValid { line } => Words::new(
            "파일이 자신의 형식에 맞지 않습니다",
            format!("{line}번째 줄을 해석할 수 없습니다. 라이브러리도 읽지 못합니다."),
            "그 줄을 먼저 바로잡으세요.",
        ),
        Refused::Computed { line } => Words::new(
            "계산되는 값이 있는 파일입니다",
            format!("{line}번째 줄은 환경 변수처럼 다른 곳에서 값을 가져옵니다. 값을 고정하면 그 동작이 바뀝니다."),
            "값을 가져오는 곳에서 설정하거나, 줄을 직접 넣으세요.",
        ),
        Refused::Anchors { line } => Words::new(
            "YAML 앵커, 별칭 또는 태그를 쓰는 파일입니다",
            format!("{line}번째 줄을 바꾸면 그 줄을 참조하는 곳도 바뀔 수 있습니다."),
            by_hand,
        ),
        Refused::Practice => Words::new(
            "연습 토큰은 연습 디렉터리에만 저장합니다",
            "다른 곳에서는 작동하지 않으며, 프로그램의 파일에 넣으면 나중에 오류가 될 뿐입니다.",
            "demo 없이 adsauth를 실행해 실제 토큰을 만드세요.",
        ),
        Refused::SeveralDocuments => Words::new(
            "YAML 문서가 여러 개 든 파일입니다",
            "라이브러리가 그중 어느 것을 읽는지 알 수 없습니다.",
            "문서를 하나로 합치거나, 줄을 직접 넣으세요.",
        ),
        Refused::Layout { line } => Words::new(
            "안전하게 고칠 수 없는 모양의 파일입니다",
            format!("{line}번째 줄은 올바르지만, 바꾸면 깨질 수 있습니다."),
            by_hand,
        ),
        Refused::ConfigSource => Words::new(
            "섹션이 다른 파일에 있습니다",
            "configSource가 그 파일을 가리킵니다.",
            "그 파일을 대신 지정하세요.",
        ),
        Refused::Repeated { line } => Words::new(
            "같은 키가 두 번 나옵니다",
            format!("두 번째는 {line}번째 줄에 있으며, 읽는 프로그램에 따라 어느 쪽이 쓰일지 다릅니다."),
            "틀린 쪽을 지우세요.",
        ),
        Refused::OtherFlow { key } => Words::new(
            "다른 로그인 방식을 쓰는 파일입니다",
            format!("{key} 키가 설정되어 있어, 갱신 토큰을 함께 넣으면 작동하지 않게 됩니다."),
            "사용자로 로그인하려면 그 키를 지우고, 아니면 다른 경로를 선택하세요.",
        ),
        Refused::Unwritable { key } => Words::new(
            "이 형식으로 쓸 수 없는 값이 있습니다",
            format!("{key} 값이 비어 있거나, 줄을 끝내는 문자가 들어 있습니다."),
            "클라이언트 파일을 확인하세요. Google이 만든 값에는 그런 문자가 없습니다.",
        ),
    }
}

pub fn save(error: &SaveError) -> Words {
    match error {
        SaveError::NoSpace => Words::new(
            "디스크가 가득 찼습니다",
            "새 파일을 쓸 공간이 없거나 할당량을 다 썼습니다. 이전 파일은 그대로 있습니다.",
            "공간을 만든 뒤 다시 시도하세요.",
        ),
        SaveError::ReadOnly => Words::new(
            "읽기 전용 파일 시스템입니다",
            "그곳에는 아무것도 쓸 수 없습니다.",
            "다른 경로를 선택하거나, 쓸 수 있게 마운트하세요.",
        ),
        SaveError::Permission => Words::new(
            "그곳에 쓸 권한이 없습니다",
            "파일이나 디렉터리의 권한 설정이 허용하지 않습니다.",
            "다른 경로를 선택하거나 소유자에게 요청하세요.",
        ),
        SaveError::Immutable => Words::new(
            "시스템이 파일 변경을 허용하지 않습니다",
            "쓸 권한은 있지만, 파일이나 디렉터리에 변경 금지(immutable) 속성이 있습니다.",
            "다른 경로를 선택하거나, chattr -i로 속성을 없애세요.",
        ),
        SaveError::Disk => Words::new(
            "디스크에서 오류가 났습니다",
            "장치 자체에서 읽기나 쓰기가 실패했습니다.",
            "다른 디스크를 선택하고, 이 디스크를 점검하세요.",
        ),
        SaveError::LinkLoop => Words::new(
            "링크가 서로를 가리킵니다",
            "경로가 자기 자신으로 돌아오는 심볼릭 링크입니다.",
            "파일 자체를 지정하세요.",
        ),
        SaveError::NoDirectory => Words::new(
            "디렉터리를 사용할 수 없습니다",
            "경로의 일부가 디렉터리가 아니거나, 어디로도 이어지지 않는 링크입니다.",
            "경로를 확인하세요.",
        ),
        SaveError::NameTooLong => Words::new(
            "이름이 너무 깁니다",
            "파일 시스템이 이만큼 긴 이름을 허용하지 않습니다.",
            "더 짧은 이름을 선택하세요.",
        ),
        SaveError::NotAFile => {
            Words::new("파일이 아닙니다", "디렉터리, 장치, 파이프 또는 소켓입니다.", "파일 자체를 지정하세요.")
        }
        SaveError::ForeignOwner { uid } => Words::new(
            "다른 사용자의 파일입니다",
            format!("소유자의 사용자 번호는 {uid}번이며, 파일을 교체하면 소유자가 바뀝니다."),
            "그 사용자로 adsauth를 실행하거나 다른 경로를 선택하세요.",
        ),
        SaveError::UnsafeDirectory(path) => Words::new(
            "누구나 파일을 바꿔치기할 수 있는 곳입니다",
            format!("{}에서는 이 컴퓨터의 누구든 내 파일을 다른 파일로 바꿔 놓을 수 있습니다.", shown(path)),
            "내 디렉터리를 선택하거나, chmod o-w로 그 권한을 없애세요.",
        ),
        SaveError::TooLarge => Words::new(
            "파일이 너무 큽니다",
            "1MiB가 넘습니다. 라이브러리의 구성 파일은 그만큼 크지 않습니다.",
            "경로를 확인하세요.",
        ),
        SaveError::NotUtf8 => Words::new(
            "UTF-8 파일이 아닙니다",
            "다른 인코딩으로 저장되어 있어 안전하게 고칠 수 없습니다.",
            "UTF-8로 저장한 뒤 다시 시도하세요.",
        ),
        SaveError::Changed => Words::new(
            "그사이 파일이 바뀌었습니다",
            "화면에 보여 드린 뒤 다른 프로그램이 파일을 쓰거나, 만들거나, 삭제했습니다. 파일은 건드리지 않았습니다.",
            "다시 확인한 뒤 쓰세요.",
        ),
        SaveError::ReadBack => Words::new(
            "파일의 내용이 쓴 것과 다릅니다",
            "바로 그 순간에 무언가가 파일을 바꾸었습니다. 이전 내용은 백업에 있습니다.",
            "파일을 살펴보고, 그곳에 쓰는 다른 프로그램이 있는지 확인하세요.",
        ),
        SaveError::Other(errno) => Words::new(
            "파일을 쓸 수 없습니다",
            format!("시스템이 오류 {errno}번을 보고합니다."),
            "다른 경로를 선택하세요.",
        ),
    }
}
