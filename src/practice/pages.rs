//! What the practice Google says in a browser, in every language. It never holds a byte of a request.

/// Its pages and sentences in one language. Another language is another constant.
#[derive(Debug)]
pub struct Pages {
    /// Where an account and permissions are chosen.
    pub(super) consent: &'static str,
    /// That it does not go on.
    pub(super) error: &'static str,
    /// What a scope allows, by its short name; `None` for one that speaks for itself.
    pub(super) purpose: fn(&str) -> Option<&'static str>,
    /// Why it does not go on.
    pub(super) why: fn(Why) -> &'static str,
    /// Instead of a page.
    pub(super) plain: fn(Plain) -> &'static str,
}

/// Why a consent request cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    RedirectUri,
    UnknownClient,
    RepeatedParameter,
    ResponseType,
    ChallengeMethod,
    NoChallenge,
    NoScope,
    NothingChosen,
}

/// What takes one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    OtherHost,
    TooLarge,
    OtherMethod,
    NoSuchPage,
}

impl Pages {
    /// English.
    pub const EN: Self = Self {
        consent: include_str!("../../assets/practice/en/consent.html"),
        error: include_str!("../../assets/practice/en/error.html"),
        purpose: |scope| match scope {
            "adwords" => Some("See, edit, create and delete your Google Ads accounts and data"),
            "openid" => Some("Know who you are"),
            "email" | "userinfo.email" => Some("See your e-mail address"),
            _ => None,
        },
        why: |why| match why {
            Why::RedirectUri => "The redirect URI of the request is not one that the client may use.",
            Why::UnknownClient => "The practice run has no client of this id.",
            Why::RepeatedParameter => "A parameter stands more than once.",
            Why::ResponseType => "The response type must be code.",
            Why::ChallengeMethod => "The code challenge method must be S256.",
            Why::NoChallenge => "A code challenge of 43 characters is missing.",
            Why::NoScope => "No scope is asked for.",
            Why::NothingChosen => "No account was chosen or no button was pressed.",
        },
        plain: |plain| match plain {
            Plain::OtherHost => "This is the practice run of adsauth, and not that host.",
            Plain::TooLarge => "The request is too large.",
            Plain::OtherMethod => "Not by this method.",
            Plain::NoSuchPage => "This is the practice run of adsauth. There is no such page.",
        },
    };

    /// Korean.
    pub const KO: Self = Self {
        consent: include_str!("../../assets/practice/ko/consent.html"),
        error: include_str!("../../assets/practice/ko/error.html"),
        purpose: |scope| match scope {
            "adwords" => Some("Google Ads 계정 및 데이터 보기, 수정, 만들기, 삭제"),
            "openid" => Some("사용자가 누구인지 확인"),
            "email" | "userinfo.email" => Some("이메일 주소 보기"),
            _ => None,
        },
        why: |why| match why {
            Why::RedirectUri => "요청의 리디렉션 URI는 이 클라이언트가 쓸 수 있는 것이 아닙니다.",
            Why::UnknownClient => "연습용 Google에는 이 ID의 클라이언트가 없습니다.",
            Why::RepeatedParameter => "두 번 이상 나오는 매개변수가 있습니다.",
            Why::ResponseType => "응답 유형은 code여야 합니다.",
            Why::ChallengeMethod => "코드 챌린지 방식은 S256이어야 합니다.",
            Why::NoChallenge => "43자의 코드 챌린지가 없습니다.",
            Why::NoScope => "요청한 범위가 없습니다.",
            Why::NothingChosen => "계정을 선택하지 않았거나 버튼을 누르지 않았습니다.",
        },
        plain: |plain| match plain {
            Plain::OtherHost => "adsauth의 연습용 Google이며, 그 호스트가 아닙니다.",
            Plain::TooLarge => "요청이 너무 큽니다.",
            Plain::OtherMethod => "이 메서드는 쓸 수 없습니다.",
            Plain::NoSuchPage => "adsauth의 연습용 Google에 없는 페이지입니다.",
        },
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHY: [Why; 8] = [
        Why::RedirectUri,
        Why::UnknownClient,
        Why::RepeatedParameter,
        Why::ResponseType,
        Why::ChallengeMethod,
        Why::NoChallenge,
        Why::NoScope,
        Why::NothingChosen,
    ];
    const PLAIN: [Plain; 4] = [Plain::OtherHost, Plain::TooLarge, Plain::OtherMethod, Plain::NoSuchPage];

    fn is_korean(text: &str) -> bool {
        text.chars().any(|letter| ('가'..='힣').contains(&letter))
    }

    #[test]
    fn every_page_has_the_same_tags_and_places_in_every_language() {
        let marks = |page: &str| -> Vec<String> {
            let tags = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap().replace("\"ko\"", "\"en\""));
            let places = page.split("{{").skip(1).map(|place| place.split("}}").next().unwrap().to_owned());
            let mut places: Vec<_> = places.collect();
            places.sort();
            tags.chain(places).collect()
        };
        for (english, korean) in [(Pages::EN.consent, Pages::KO.consent), (Pages::EN.error, Pages::KO.error)] {
            assert_eq!(marks(english), marks(korean));
            assert!(!is_korean(english) && is_korean(korean));
        }
    }

    #[test]
    fn every_sentence_is_of_its_language() {
        for (pages, korean) in [(Pages::EN, false), (Pages::KO, true)] {
            let purposes = ["adwords", "openid", "email"].map(|scope| (pages.purpose)(scope).unwrap());
            let why = WHY.map(pages.why).into_iter().chain(PLAIN.map(pages.plain));
            for sentence in why.chain(purposes) {
                assert_eq!(is_korean(sentence), korean, "{sentence}");
            }
        }
    }
}
