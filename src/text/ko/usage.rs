//! What is wrong with a command line, in Korean.

use super::options::OPTIONS;
use crate::problem::{Mistake, Misuse};
use crate::text::Words;

pub fn misuse(misuse: &Misuse) -> Words {
    let command = &misuse.command;
    let help = format!("쓸 수 있는 것을 보려면: {command} --help");
    match &misuse.mistake {
        Mistake::UnknownOption { option, like } => Words::new(
            format!("없는 옵션입니다: {option}"),
            match like {
                Some(like) => format!("{command} 명령어에 없습니다. 비슷한 옵션: {like}"),
                None => format!("{command} 명령어에 없습니다. 다른 명령어의 옵션일 수 있습니다."),
            },
            help,
        ),
        Mistake::UnknownCommand { word, like } => Words::new(
            format!("없는 명령어입니다: {word}"),
            match like {
                Some(like) => format!("비슷한 명령어: {like}"),
                None => "옵션 없이 쓴 말은 명령어로 봅니다. 클라이언트 파일은 -P로 지정하세요.".to_owned(),
            },
            format!("명령어 목록을 보려면: {command} --help"),
        ),
        Mistake::UnknownWord { word } => Words::new(
            format!("필요 없는 말이 있습니다: {word}"),
            format!("{command} 명령어에서는 쓰지 않습니다."),
            help,
        ),
        Mistake::NoValue { option } => {
            Words::new(format!("{option} 옵션에는 값이 필요합니다"), "뒤에 값이 없습니다.", help)
        }
        Mistake::NeedlessValue { option } => Words::new(
            format!("{option} 옵션은 값을 받지 않습니다"),
            "이름만으로 뜻이 정해지는 옵션입니다.",
            "값을 빼고 다시 실행하세요.",
        ),
        Mistake::BadValue { argument, option, value, choices } => Words::new(
            format!("{option} 값으로 쓸 수 없습니다: {value}"),
            match choices.as_slice() {
                [] => (OPTIONS.expected)(argument).unwrap_or("이 옵션에 맞는 값이 아닙니다.").to_owned(),
                choices => format!("쓸 수 있는 값: {}", choices.join(", ")),
            },
            help,
        ),
        Mistake::Excluded { option, by } => Words::new(
            format!("함께 쓸 수 없는 옵션입니다: {option}, {by}"),
            "같은 것을 서로 다르게 정합니다.",
            "둘 중 하나를 빼고 다시 실행하세요.",
        ),
        Mistake::Repeated { option } => Words::new(
            format!("{option} 옵션이 두 번 나옵니다"),
            "한 번만 쓸 수 있으며, 어느 것이 맞는지 알 수 없습니다.",
            "둘 중 하나를 빼고 다시 실행하세요.",
        ),
        Mistake::Missing { options } => Words::new(
            format!("빠진 것이 있습니다: {}", options.join(", ")),
            format!("{command} 명령어가 요청받은 일을 하려면 꼭 필요합니다."),
            help,
        ),
        Mistake::BeforeCommand { option, known } => Words::new(
            format!("{option} 옵션은 명령어 이름 앞에 쓸 수 없습니다"),
            "이름 앞에는 모든 명령어의 옵션만 쓸 수 있습니다. 이 옵션은 마법사의 것이 됩니다.",
            if *known {
                format!("명령어 이름 뒤에 쓰세요: {command} {option}")
            } else {
                format!("{command} 명령어에는 없는 옵션이니 빼고 실행하세요.")
            },
        ),
        Mistake::NotText => {
            Words::new("명령줄에 UTF-8이 아닌 말이 있습니다", "다른 인코딩은 파일의 경로에만 쓸 수 있습니다.", help)
        }
        Mistake::Other => {
            Words::new("명령줄을 이해할 수 없습니다", format!("{command} 명령어로 할 수 있는 일이 아닙니다."), help)
        }
    }
}
