//! What went wrong, why and what to do, in Korean.

use super::files::HTTPS_ONLY;
use crate::oauth::callback::PasteRefused;
use crate::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use crate::oauth::http::{HttpSetupError, TlsTrouble, Unreachable};
use crate::oauth::listener::BindError;
use crate::oauth::login::LoginError;
use crate::problem::Problem;
use crate::text::en::problems::Asked;
use crate::text::{Medium, Words, trust_options};

pub fn problem(problem: &Problem, medium: Medium) -> Words {
    match problem {
        Problem::Source(why) => super::files::unusable(why, medium),
        Problem::NoSource => Words::new(
            "클라이언트 파일을 찾지 못했습니다",
            "홈 디렉터리, Downloads, Desktop, 현재 디렉터리에서 client_secret*.json 등을 찾았습니다.",
            "콘솔에서 데스크톱 앱 유형의 클라이언트를 다운로드하거나, -P로 파일을 지정하세요.",
        ),
        Problem::SeveralSources => Words::new(
            "클라이언트 파일이 여러 개 있습니다",
            "사용할 수 있는 파일이 둘 이상인데, 어느 것인지 물어볼 사람이 없습니다.",
            "-P로 하나를 지정하세요. adsauth files를 실행하면 목록이 나옵니다.",
        ),
        Problem::NoLoopbackRedirect => Words::new(
            "이 웹 클라이언트는 이 컴퓨터로 응답을 보낼 수 없습니다",
            "리디렉션 URI 중에 127.0.0.1, [::1], localhost를 가리키는 것이 없습니다.",
            match medium {
                Medium::Screen => {
                    "콘솔에 하나를 추가하고 u를 눌러 입력하거나, 리디렉션 URI가 필요 없는 데스크톱 앱 유형의 클라이언트를 사용하세요."
                }
                Medium::Lines => {
                    "콘솔에 하나를 추가하고 --redirect-uri로 지정하거나, 리디렉션 URI가 필요 없는 데스크톱 앱 유형의 클라이언트를 사용하세요."
                }
            },
        ),
        Problem::Login(error) => login(error, medium),
        Problem::TimedOut => Words::new(
            "제한 시간 안에 응답이 없었습니다",
            "시간이 다 될 때까지 브라우저가 돌아오지 않았습니다.",
            match medium {
                Medium::Screen => {
                    "다시 시도하세요. 브라우저에 오류가 보이면 e를 눌러 설명을 보세요. 브라우저가 여기로 돌아올 수 없으면 p를 눌러 주소를 붙여넣으세요."
                }
                Medium::Lines => {
                    "다시 시도하고, 필요하면 --timeout으로 시간을 늘리세요. 브라우저가 여기로 돌아올 수 없으면 마지막에 도착한 주소를 붙여넣으세요."
                }
            },
        ),
        Problem::Paste(why) => paste(*why, medium),
        Problem::Refresh(error) => super::ads::refresh(error),
        Problem::NoAccounts => super::ads::no_accounts(),
        Problem::Ads(error) => super::ads::api(error, medium),
        Problem::Target(why) => super::targets::refused(why),
        Problem::Save(error) => super::targets::save(error),
        Problem::WouldReplace => Words::new(
            "파일에 다른 토큰이나 클라이언트가 들어 있습니다",
            "백업을 빼고는 사라지며, 그 파일을 쓰던 프로그램이 새 토큰을 쓰게 됩니다.",
            "바꾸려면 --replace를 지정하고, 아니면 --config로 다른 경로를 지정하세요.",
        ),
        Problem::Incomplete(key) => Words::new(
            "구성이 완전하지 않습니다",
            format!("{key} 값이 없거나, 값이 들어갈 자리만 있습니다."),
            "값을 채우거나, adsauth로 토큰을 만들어 그곳에 저장하세요.",
        ),
        Problem::NotRefreshToken => Words::new(
            "들어 있는 값이 갱신 토큰이 아닙니다",
            "승인 코드, 액세스 토큰 또는 클라이언트 보안 비밀번호처럼 시작합니다.",
            "다시 로그인해 adsauth가 토큰을 제자리에 쓰도록 하세요.",
        ),
        Problem::NoPlace => Words::new(
            "어디에 쓸지 지정하지 않았습니다",
            "이 종류의 구성에는 정해진 위치가 없습니다.",
            "--config로 파일을 지정하세요.",
        ),
        Problem::NotGoogle { untrusted: Some(untrusted) } => Words::new(
            "Google의 토큰이 아닙니다",
            format!("토큰의 서버: {}. adsauth가 스스로 신뢰하는 서버가 아닙니다.", untrusted.hosts.join(", ")),
            match trust_options(untrusted) {
                Some(options) => format!(
                    "직접 운영하는 서버라면 다음 옵션을 지정하세요: {options} (authorized-user와 env에만 저장할 수 있습니다)"
                ),
                None => format!("직접 운영하는 서버라면 {HTTPS_ONLY}"),
            },
        ),
        Problem::NotGoogle { untrusted: None } => Words::new(
            "Google의 토큰이 아닙니다",
            "Google Ads 라이브러리는 이 토큰을 Google로 보내는데, Google은 이 토큰을 알지 못하며 받아서도 안 됩니다.",
            "authorized-user와 env에만 저장할 수 있습니다. 둘 중 하나를 선택하세요.",
        ),
        Problem::NoTerminal => Words::new(
            "터미널이 없습니다",
            "마법사가 화면을 보여 주고 키를 읽으려면 터미널이 필요합니다.",
            "스크립트에서는 adsauth token을 사용하거나 --plain을 지정하세요.",
        ),
        Problem::NobodyToAsk => Words::new(
            "물어볼 사람이 없습니다",
            "물어볼 것이 있지만 물어볼 터미널이 없습니다.",
            "옵션으로 지정하세요. --help에 옵션 목록이 있습니다.",
        ),
        Problem::Misused(misuse) => super::usage::misuse(misuse),
        Problem::Internal => Words::new(
            "adsauth에 오류가 있습니다",
            "프로그램의 한 부분이 예상하지 못한 방식으로 끝났습니다. 사용자의 잘못이 아니라 프로그램의 오류입니다.",
            "다시 시도하세요. 또 그러면 기록과 함께 알려 주세요. --log FILE을 지정하면 비밀 정보 없는 기록이 남습니다.",
        ),
    }
}

fn paste(why: PasteRefused, medium: Medium) -> Words {
    let whole = "브라우저 주소창의 주소를 http://부터 끝까지 복사하세요.";
    match why {
        PasteRefused::NotUrl => Words::new("주소가 아닙니다", "비어 있거나 URL이 아닙니다.", whole),
        PasteRefused::BareCode => {
            Words::new("코드만 있습니다", "주소의 나머지가 없으면 누구의 코드인지 알 수 없습니다.", whole)
        }
        PasteRefused::OtherAddress => Words::new(
            "다른 주소입니다",
            "응답을 기다리는 포트로 가는 주소가 아닙니다.",
            "동의한 뒤 브라우저가 마지막에 도착한 주소를 복사하세요.",
        ),
        PasteRefused::OtherState => Words::new(
            "이전 로그인의 응답입니다",
            "로그인할 때마다 주소가 다릅니다.",
            match medium {
                Medium::Screen => "이 화면의 주소를 열고 다시 동의하세요.",
                Medium::Lines => "마지막에 표시된 URL을 열어 다시 동의하세요.",
            },
        ),
        PasteRefused::Malformed => Words::new("주소가 손상되었습니다", "일부가 없거나 두 번 들어 있습니다.", whole),
        PasteRefused::ConsentUrl => Words::new(
            "이것은 열어야 할 주소입니다",
            "응답은 동의한 뒤 브라우저가 마지막에 도착하는 주소입니다.",
            "먼저 브라우저에서 연 다음, 마지막에 주소창에 나오는 것을 붙여넣으세요.",
        ),
    }
}

fn login(error: &LoginError, medium: Medium) -> Words {
    match error {
        LoginError::Bind(BindError::PortTaken { address }) => Words::new(
            format!("{address} 주소를 이미 다른 프로그램이 쓰고 있습니다"),
            "그 프로그램이 기다리고 있어, Google의 응답이 그쪽으로 가게 됩니다.",
            "그 프로그램을 끝내고 다시 시도하세요. 데스크톱 클라이언트는 --port로 다른 포트를 쓸 수 있습니다.",
        ),
        LoginError::Bind(BindError::NotPermitted { address }) => Words::new(
            format!("{address} 주소를 쓸 권한이 없습니다"),
            "1024보다 작은 포트는 시스템이 사용합니다.",
            "1024 이상의 포트를 쓰는 리디렉션 URI를 사용하세요.",
        ),
        LoginError::Bind(BindError::Unavailable { address, errno }) => Words::new(
            format!("{address} 주소가 여기에 없습니다"),
            format!("시스템이 그 주소에서 기다리는 것을 거부합니다(오류 {errno}번)."),
            "이 컴퓨터에 루프백 인터페이스가 있는지 확인하거나, 127.0.0.1의 리디렉션 URI를 사용하세요.",
        ),
        LoginError::SelfTest(failed) => Words::new(
            format!("{} 주소에 연결할 수 없습니다", failed.address),
            "바로 이 컴퓨터에서 보낸 시험 요청이 도착하지 않았습니다. 방화벽이나 샌드박스, 또는 꺼져 있는 루프백 인터페이스 때문입니다.",
            "127.0.0.1 연결을 허용하거나 인터페이스를 켜고(ip link set lo up) 다시 시도하세요.",
        ),
        LoginError::Http(HttpSetupError::NoCaCertificates) => Words::new(
            "이 컴퓨터에 CA 인증서가 없습니다",
            "인증서가 없으면 응답하는 서버가 Google인지 알 수 없습니다.",
            "ca-certificates 패키지를 설치하거나 SSL_CERT_FILE을 설정한 뒤 다시 시도하세요.",
        ),
        LoginError::Http(HttpSetupError::Unusable) => Words::new(
            "보안 연결을 준비할 수 없습니다",
            "TLS나 프록시 설정을 사용할 수 없습니다.",
            "HTTPS_PROXY와 SSL_CERT_FILE을 확인한 뒤 다시 시도하세요.",
        ),
        LoginError::Denied(error) => denied(error, medium),
        LoginError::WrongIssuer => Words::new(
            "다른 서버의 응답이 왔습니다",
            "로그인한 곳이 아닌 다른 발급자의 이름이 있어 사용하지 않았습니다.",
            "다시 시도하세요. 또 그러면 브라우저와 Google 사이에서 무언가가 끼어들고 있는 것입니다.",
        ),
        LoginError::Exchange(error) => transport(error, Asked::Code),
    }
}

fn denied(error: &str, medium: Medium) -> Words {
    match RefusalCode::of(error) {
        RefusalCode::Other(code) if code == "access_denied" => Words::new(
            "액세스가 승인되지 않았습니다",
            "'취소'를 눌렀거나, 이 앱을 사용할 수 없는 계정입니다.",
            "다시 시도해 '계속'을 누르세요. 앱이 '테스트 중'이라면 테스트 사용자로 등록된 계정이어야 합니다.",
        ),
        RefusalCode::Other(code) => Words::new(
            "Google이 액세스를 승인하지 않았습니다",
            format!("{code} 오류를 보고합니다."),
            match medium {
                Medium::Screen => "다시 시도하세요. 브라우저에 설명이 더 있으면 e를 눌러 찾아보세요.",
                Medium::Lines => "다시 시도하세요. 브라우저에 설명이 더 있을 수 있습니다.",
            },
        ),
        code @ (RefusalCode::InvalidGrant
        | RefusalCode::SessionEnded
        | RefusalCode::InvalidClient
        | RefusalCode::RedirectUriMismatch
        | RefusalCode::UnauthorizedClient
        | RefusalCode::OrgInternal
        | RefusalCode::AdminPolicyEnforced
        | RefusalCode::DeletedClient
        | RefusalCode::InvalidRequest) => refused(&Refusal { code, description: None }),
    }
}

pub(super) fn transport(error: &ExchangeError, asked: Asked) -> Words {
    let again = match asked {
        Asked::Code => "다시 시도하세요. 새로 로그인하면 새 코드가 만들어집니다.",
        Asked::Refresh | Asked::Api => "잠시 기다렸다가 다시 검사하세요.",
    };
    let server = match asked {
        Asked::Code | Asked::Refresh => "토큰 서버",
        Asked::Api => "Google Ads API",
    };
    match error {
        ExchangeError::Unreachable { host, proxy, why } => unreachable(host, proxy.as_deref(), *why, asked),
        ExchangeError::Tls { host, proxy, why } => untrusted(host, proxy.as_deref(), *why),
        ExchangeError::Interrupted => Words::new(
            "연결이 끊어졌습니다",
            match asked {
                Asked::Code => "코드를 보내는 중이었으므로 이미 사용되었을 수 있습니다.",
                Asked::Refresh | Asked::Api => "응답이 다 도착하지 않았습니다. 토큰은 정상일 수 있습니다.",
            },
            again,
        ),
        ExchangeError::Slow => Words::new("응답이 너무 늦습니다", "30초 안에 응답이 다 오지 않았습니다.", again),
        ExchangeError::TooLarge => Words::new(
            format!("{server}의 응답이 아닙니다"),
            "있을 수 없을 만큼 크므로, 중간에 있는 무언가가 보낸 것입니다.",
            "이 네트워크나 프록시를 벗어나 다시 시도하세요.",
        ),
        ExchangeError::Redirected { host } => Words::new(
            format!("{server}의 응답이 아닙니다"),
            match host {
                Some(host) => format!("다른 곳으로 보내졌습니다: {host}. 네트워크의 로그인 페이지인 경우가 많습니다."),
                None => "다른 페이지로 보내졌습니다. 네트워크의 로그인 페이지인 경우가 많습니다.".to_owned(),
            },
            "네트워크에 로그인한 뒤 다시 시도하세요.",
        ),
        ExchangeError::ServerTrouble(status) => Words::new(
            format!("{server}에 문제가 있습니다"),
            format!("HTTP 상태 {status}(으)로 응답했습니다. 사용자의 잘못이 아닙니다."),
            "1분 뒤에 다시 시도하세요.",
        ),
        ExchangeError::NotJson { status } => Words::new(
            format!("{server}의 응답이 아닙니다"),
            format!("HTTP 상태 {status}(으)로 웹페이지가 왔습니다. 보통 프록시나 네트워크의 로그인 페이지입니다."),
            "네트워크에 로그인하거나 프록시를 벗어나 다시 시도하세요.",
        ),
        ExchangeError::Malformed(member) => Words::new(
            format!("{server}의 응답이 이상합니다"),
            format!("{member} 항목이 없거나 형식이 다릅니다."),
            again,
        ),
        ExchangeError::Refused(refusal) => refused(refusal),
        ExchangeError::NoRefreshToken => Words::new(
            "Google이 갱신 토큰을 주지 않았습니다",
            "전에 동의한 적이 있어, 1시간짜리 토큰만 받았습니다.",
            "다시 시도하세요. 그래도 같으면 먼저 myaccount.google.com/connections에서 앱을 삭제하세요.",
        ),
        ExchangeError::AdsScopeMissing => Words::new(
            "Google Ads를 선택하지 않았습니다",
            "동의했지만 Google Ads 액세스 권한이 빠져 있어, 쓸모없는 토큰이 됩니다.",
            "다시 시도해 Google 페이지에서 Google Ads 체크박스를 선택하세요.",
        ),
        ExchangeError::NotBearer => Words::new(
            "클라이언트 라이브러리가 쓸 수 없는 종류의 토큰입니다",
            "서버가 Bearer 토큰이 아닌 것을 주었습니다.",
            "클라이언트가 어느 서버의 것인지 확인하세요.",
        ),
    }
}

fn unreachable(host: &str, proxy: Option<&str>, why: Unreachable, asked: Asked) -> Words {
    let reason = match (why, proxy) {
        (Unreachable::NameNotFound, None) => "이름을 찾을 수 없습니다.",
        (Unreachable::NameNotFound, Some(_)) => "프록시의 이름을 찾을 수 없습니다.",
        (Unreachable::Refused, None) => "연결을 받아 주는 곳이 없습니다.",
        (Unreachable::Refused, Some(_)) => "프록시가 연결을 받지 않습니다.",
        (Unreachable::TimedOut, _) => "10초 안에 응답하지 않았습니다.",
        (Unreachable::ProxyRefused, _) => "프록시가 이 서버로의 연결을 거부합니다.",
        (Unreachable::ProxyWantsPassword, _) => "프록시가 사용자 이름과 비밀번호를 요구하거나, 받은 것을 거부합니다.",
        (Unreachable::Other, _) => "네트워크에서 갈 수 있는 길이 없습니다.",
    };
    let through = proxy.map(|proxy| format!(", 프록시: {proxy}")).unwrap_or_default();
    let remedy = match why {
        Unreachable::ProxyRefused => format!(
            "HTTPS_PROXY의 사용자 이름과 비밀번호, 프록시가 {host} 연결을 허용하는지 확인하세요. 바로 갈 수 있으면 NO_PROXY에 넣으세요."
        ),
        Unreachable::ProxyWantsPassword => {
            "HTTPS_PROXY에 http://USER:PASSWORD@HOST:PORT 형식으로 넣고 다시 시작하세요.".to_owned()
        }
        Unreachable::NameNotFound | Unreachable::Refused | Unreachable::TimedOut | Unreachable::Other => match proxy {
            Some(_) => "네트워크와 HTTPS_PROXY를 확인한 뒤 다시 시도하세요.".to_owned(),
            None => "네트워크를 확인한 뒤 다시 시도하세요. 프록시를 거쳐야 하면 HTTPS_PROXY를 설정하세요.".to_owned(),
        },
    };
    let cause = match asked {
        Asked::Code => format!("동의는 했지만 토큰을 가져오지 못했습니다({host}{through}). {reason}"),
        Asked::Refresh | Asked::Api => {
            format!("토큰을 확인하지 못했습니다({host}{through}). {reason} 토큰은 정상일 수 있습니다.")
        }
    };
    Words::new(format!("{host}에 연결할 수 없습니다"), cause, remedy)
}

fn untrusted(host: &str, proxy: Option<&str>, why: TlsTrouble) -> Words {
    let through = proxy.map(|proxy| format!("(프록시: {proxy})")).unwrap_or_default();
    let (cause, remedy) = match why {
        TlsTrouble::UnknownIssuer => (
            format!(
                "이 컴퓨터가 신뢰하지 않는 곳에서 발급한 인증서입니다{through}. 내용을 들여다보는 회사 프록시인 경우가 많습니다."
            ),
            "회사의 CA 인증서를 시스템에 설치하거나, 그 PEM 파일을 SSL_CERT_FILE에 지정해 다시 시작하세요.",
        ),
        TlsTrouble::Date => {
            (format!("이 컴퓨터의 시계로는 인증서의 유효 기간이 아닙니다{through}."), "시계를 맞춘 뒤 다시 시도하세요.")
        }
        TlsTrouble::WrongName => (
            format!("다른 이름의 인증서이므로, 찾던 서버가 아닙니다{through}."),
            "호텔 등의 이 네트워크를 벗어나 다시 시도하세요.",
        ),
        TlsTrouble::Other => {
            (format!("보안 연결에 실패했습니다{through}."), "다시 시도하세요. 다른 네트워크에서 시도해 보세요.")
        }
    };
    Words::new(format!("{host} 서버를 신뢰할 수 없습니다"), format!("{cause} 아무것도 보내지 않았습니다."), remedy)
}

fn refused(refusal: &Refusal) -> Words {
    let mut words = match &refusal.code {
        RefusalCode::InvalidGrant => Words::new(
            "Google이 코드를 더 이상 받아들이지 않습니다",
            "코드는 몇 분 동안 한 번만 쓸 수 있습니다. 시계가 맞지 않아도 이런 일이 생깁니다.",
            "다시 시도하고, 오래 쉬지 말고 동의하세요.",
        ),
        RefusalCode::SessionEnded => Words::new(
            "조직의 정책에 따라 다시 로그인해야 합니다",
            "조직이 세션 시간을 제한하고 있으며, 그 시간이 지났습니다.",
            "다시 로그인하세요. Google Ads 권한만 요청하면 이 제한이 적용되지 않습니다.",
        ),
        RefusalCode::InvalidClient => Words::new(
            "Google이 모르는 클라이언트이거나 보안 비밀번호가 다릅니다",
            "클라이언트 ID나 보안 비밀번호가 틀렸거나, 보안 비밀번호가 교체되었습니다.",
            "콘솔의 클라이언트 페이지와 비교하거나, 보안 비밀번호를 새로 추가하고 파일을 다운로드하세요.",
        ),
        RefusalCode::RedirectUriMismatch => Words::new(
            "등록되지 않은 리디렉션 URI입니다",
            "응답이 간 주소가 웹 클라이언트에 등록되어 있지 않습니다.",
            "콘솔에 한 글자도 다르지 않게 추가하고, 1분쯤 기다렸다가 다시 시도하세요.",
        ),
        RefusalCode::UnauthorizedClient => Words::new(
            "이 클라이언트로는 할 수 없습니다",
            "이 방법으로 갱신 토큰을 만들 수 없는 유형의 클라이언트입니다.",
            "데스크톱 앱 유형의 클라이언트를 만들어 파일을 다운로드하세요.",
        ),
        RefusalCode::OrgInternal => Words::new(
            "소속 조직의 구성원만 사용할 수 있는 앱입니다",
            "사용한 계정은 그 조직의 구성원이 아닙니다.",
            "그 조직의 계정으로 로그인하거나, 앱의 사용자 유형을 '외부'로 바꾸세요.",
        ),
        RefusalCode::AdminPolicyEnforced => Words::new(
            "관리자가 허용하지 않습니다",
            "이 Google Workspace의 정책이 앱을 차단합니다.",
            "Google Ads API에 대해 이 클라이언트 ID를 신뢰하도록 관리자에게 요청하세요.",
        ),
        RefusalCode::DeletedClient => Words::new(
            "삭제된 클라이언트입니다",
            "콘솔에서 삭제되었습니다. 오래 사용하지 않은 클라이언트는 Google이 삭제하기도 합니다.",
            "30일 안에 복원하거나, 새로 만들어 파일을 다운로드하세요.",
        ),
        RefusalCode::InvalidRequest => Words::new(
            "Google이 요청을 받아들이지 않습니다",
            "요청에 이 클라이언트와 맞지 않는 것이 있습니다.",
            "다시 시도하세요. 그래도 같으면 데스크톱 앱 유형의 클라이언트를 만드세요.",
        ),
        RefusalCode::Other(code) => Words::new(
            "토큰이 거부되었습니다",
            format!("서버가 {code} 오류를 보고합니다."),
            "다시 시도하세요. 그래도 같으면 Google의 OAuth 문서에서 이 오류를 찾아보세요.",
        ),
    };
    quoted(&mut words, refusal.description.as_deref());
    words
}

/// What the server said itself is never kept from whoever looks for it.
pub(super) fn quoted(words: &mut Words, said: Option<&str>) {
    if let Some(said) = said {
        words.cause = format!("{} 서버의 설명: \"{said}\"", words.cause);
    }
}
