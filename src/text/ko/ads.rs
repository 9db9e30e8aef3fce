//! What the Google Ads API refuses and why a token does not work any more, in Korean.

use crate::ads::{AdsCode, AdsError};
use crate::oauth::exchange::{ExchangeError, Refusal, RefusalCode};
use crate::text::en::problems::Asked;
use crate::text::{Medium, Words};

use super::problems::{quoted, transport};

/// A refresh token that gives no access token.
pub fn refresh(error: &ExchangeError) -> Words {
    match error {
        ExchangeError::Refused(Refusal { code: RefusalCode::InvalidGrant, description }) => {
            let mut words = Words::new(
                "갱신 토큰이 더 이상 작동하지 않습니다",
                "앱이 '테스트 중'이어서 토큰이 7일 만에 만료된 경우가 가장 많습니다. 그 밖의 이유: 누군가 앱의 액세스 \
                 권한을 삭제함, 6개월 동안 사용하지 않음, 이 계정과 클라이언트의 토큰이 100개를 넘어 가장 오래된 토큰이 \
                 무효가 됨, 기간을 정해 승인함, 관리자가 제한함, 계정이 사용 중지됨.",
                "앱이 '테스트 중'이면 게시한 뒤 다시 로그인하세요. 게시하기 전에 만든 토큰은 그대로 7일 만에 만료됩니다.",
            );
            quoted(&mut words, description.as_deref());
            words
        }
        ExchangeError::Refused(Refusal { code: RefusalCode::UnauthorizedClient, description }) => {
            let mut words = Words::new(
                "다른 클라이언트의 토큰입니다",
                "갱신 토큰은 만들 때 사용한 클라이언트 ID로만 작동합니다.",
                "토큰을 만든 클라이언트를 사용하거나, 이 클라이언트로 다시 로그인하세요.",
            );
            quoted(&mut words, description.as_deref());
            words
        }
        ExchangeError::AdsScopeMissing => Words::new(
            "토큰의 범위에 Google Ads가 없습니다",
            "다른 용도로 만든 토큰이거나, Google Ads 체크박스를 선택하지 않았습니다.",
            "다시 로그인하고 Google Ads 체크박스를 선택하세요.",
        ),
        ExchangeError::Unreachable { .. }
        | ExchangeError::Tls { .. }
        | ExchangeError::Interrupted
        | ExchangeError::Slow
        | ExchangeError::TooLarge
        | ExchangeError::Redirected { .. }
        | ExchangeError::ServerTrouble(_)
        | ExchangeError::NotJson { .. }
        | ExchangeError::Malformed(_)
        | ExchangeError::Refused(_)
        | ExchangeError::NoRefreshToken
        | ExchangeError::NotBearer => transport(error, Asked::Refresh),
    }
}

pub fn no_accounts() -> Words {
    Words::new(
        "이 Google 계정으로 볼 수 있는 Google Ads 계정이 없습니다",
        "토큰은 작동하지만, 이 Google 계정에 Google Ads 계정의 액세스 권한을 준 사람이 없습니다.",
        "ads.google.com을 열 수 있는 계정으로 로그인하거나, 계정 소유자에게 초대를 요청하세요.",
    )
}

pub fn api(error: &AdsError, medium: Medium) -> Words {
    match error {
        AdsError::Http(error) => transport(&error.clone().into(), Asked::Api),
        AdsError::Redirected { host } => transport(&ExchangeError::Redirected { host: host.clone() }, Asked::Api),
        AdsError::NotJson { status } => transport(&ExchangeError::NotJson { status: *status }, Asked::Api),
        AdsError::Malformed(member) => transport(&ExchangeError::Malformed(member), Asked::Api),
        AdsError::ServerTrouble(status) => transport(&ExchangeError::ServerTrouble(*status), Asked::Api),
        AdsError::RateLimited => Words::new(
            "프로젝트의 요청이 너무 많습니다",
            "Cloud 프로젝트의 하루 작업 한도를 다 썼거나 한꺼번에 너무 많이 요청했습니다. 토큰은 정상입니다.",
            "1분 뒤에 다시 검사하세요. 하루 한도는 태평양 시간 자정에 초기화됩니다.",
        ),
        AdsError::Unauthenticated => Words::new(
            "API가 액세스 토큰을 받아들이지 않습니다",
            "방금 만든 토큰이므로, 그사이에 취소되었거나 다른 서버의 토큰입니다.",
            "다시 검사하고, 그래도 안 되면 다시 로그인하세요.",
        ),
        AdsError::ScopeInsufficient => Words::new(
            "토큰의 범위에 Google Ads가 없습니다",
            "액세스를 승인할 때 Google Ads 체크박스를 선택하지 않았습니다.",
            "다시 로그인하고 Google Ads 체크박스를 선택하세요.",
        ),
        AdsError::ServiceDisabled { link } => Words::new(
            "프로젝트에서 Google Ads API를 사용하도록 설정하지 않았습니다",
            "이 클라이언트의 Cloud 프로젝트에서 API를 사용 설정한 적이 없거나 사용 중지했습니다. 토큰은 정상입니다.",
            match (medium, link) {
                (Medium::Screen, _) => "아래 페이지에서 사용 설정하고 몇 분 기다린 뒤 다시 검사하세요.".to_owned(),
                (Medium::Lines, Some(link)) => {
                    format!("다음 페이지에서 사용 설정하고 몇 분 기다린 뒤 다시 검사하세요: {link}")
                }
                (Medium::Lines, None) => {
                    "콘솔의 API 라이브러리에서 사용 설정하고 몇 분 기다린 뒤 다시 검사하세요.".to_owned()
                }
            },
        ),
        AdsError::UnsupportedVersion => Words::new(
            "API가 이 버전을 더 이상 지원하지 않습니다",
            "이 adsauth가 아는 버전 가운데 Google이 아직 지원하는 것이 없습니다. 토큰은 정상일 수 있습니다.",
            "adsauth를 업데이트하거나 --ads-version으로 버전을 지정하세요.",
        ),
        AdsError::Code(code) => of_code(*code),
        AdsError::Unknown { status, code, message } => {
            let mut words = Words::new(
                "API가 알 수 없는 이유로 거부했습니다",
                format!("HTTP 상태 {status}, 코드 {code}(으)로 응답했습니다. 토큰은 정상일 수 있습니다."),
                "Google Ads API 문서에서 이 코드를 찾아보거나, 나중에 다시 검사하세요.",
            );
            quoted(&mut words, message.as_deref());
            words
        }
    }
}

const LEVEL: &str =
    "프로젝트의 API 액세스 페이지에서 Explorer 액세스를 신청하세요. 그때까지는 테스트 계정을 사용할 수 있습니다.";
const SIGN_IN: &str = "다시 로그인하세요.";

#[expect(clippy::too_many_lines, reason = "a table")]
fn of_code(code: AdsCode) -> Words {
    let (title, cause, remedy) = match code {
        AdsCode::NotAdsUser => (
            "이 Google 계정은 Google Ads 사용자가 아닙니다",
            "로그인은 되었지만, 어떤 Google Ads 계정에도 액세스할 수 없는 Google 계정입니다.",
            "ads.google.com을 열 수 있는 계정으로 로그인하세요.",
        ),
        AdsCode::OauthTokenInvalid => (
            "API가 액세스 토큰이 올바르지 않다고 합니다",
            "다른 방식의 로그인에서 나온 토큰이거나, 그사이에 취소되었을 수 있습니다.",
            SIGN_IN,
        ),
        AdsCode::OauthTokenExpired => (
            "액세스 토큰이 만료되었습니다",
            "액세스 토큰은 1시간 동안 유효합니다. 시계가 맞지 않아도 이런 일이 생깁니다.",
            "다시 검사하세요. 그래도 같으면 이 컴퓨터의 시계를 맞추세요.",
        ),
        AdsCode::OauthTokenRevoked => (
            "액세스 권한이 취소되었습니다",
            "누군가 myaccount.google.com/connections에서 앱의 액세스 권한을 삭제했습니다.",
            SIGN_IN,
        ),
        AdsCode::OauthTokenDisabled => (
            "액세스 토큰이 사용 중지되었습니다",
            "Google이 사용 중지했습니다. 계정이나 클라이언트도 함께 중지된 경우가 많습니다.",
            "계정으로 로그인할 수 있는지 확인한 뒤 다시 로그인하세요.",
        ),
        AdsCode::OauthTokenHeaderInvalid => (
            "API가 액세스 토큰을 찾지 못합니다",
            "프록시처럼 중간에 있는 무언가가 토큰이 든 헤더를 지우거나 바꾸었습니다.",
            "프록시 없이 다시 검사하세요.",
        ),
        AdsCode::GoogleAccountCookieInvalid => {
            ("액세스 토큰이 더 이상 유효하지 않습니다", "Google이 이 토큰이 속한 세션을 종료했습니다.", SIGN_IN)
        }
        AdsCode::CustomerNotFound => (
            "그런 계정이 없습니다",
            "이 번호의 Google Ads 계정이 없습니다. 숫자 하나가 틀렸을 수 있습니다.",
            "목록에서 계정을 선택하세요.",
        ),
        AdsCode::ClientCustomerIdInvalid => {
            ("계정 번호가 아닙니다", "고객 ID는 숫자 10자리입니다.", "목록에서 계정을 선택하세요.")
        }
        AdsCode::TwoStepVerificationNotEnrolled => (
            "Google 계정에 2단계 인증이 필요합니다",
            "이 계정이나 상위 관리자 계정을 사용하는 모든 사람에게 Google Ads가 요구합니다.",
            "myaccount.google.com/security에서 사용 설정한 뒤 다시 로그인하세요.",
        ),
        AdsCode::AdvancedProtectionNotEnrolled => (
            "Google 계정에 고급 보호가 필요합니다",
            "고급 보호 프로그램에 등록한 사용자만 쓸 수 있는 Google Ads 계정입니다.",
            "g.co/advancedprotection에서 등록한 뒤 다시 로그인하세요.",
        ),
        AdsCode::DeveloperTokenInvalid => (
            "올바르지 않은 개발자 토큰을 보냈습니다",
            "2026년 9월부터 API는 개발자 토큰을 요구하지 않습니다. 구성에 예전 토큰이 남아 있습니다.",
            "구성에서 지우세요. 액세스 수준은 이제 프로젝트에 속하며, API 액세스 페이지에서 볼 수 있습니다.",
        ),
        AdsCode::OrganizationNotRecognized => (
            "Google Ads가 프로젝트의 조직을 알지 못합니다",
            "액세스 수준은 Cloud 프로젝트와 조직에 속하는데, 이 프로젝트에는 아직 없습니다.",
            "프로젝트의 API 액세스 페이지에서 액세스를 신청하세요.",
        ),
        AdsCode::OrganizationNotApproved => (
            "프로젝트의 조직은 테스트 계정만 사용할 수 있습니다",
            "액세스 수준이 테스트입니다. 토큰은 정상입니다.",
            LEVEL,
        ),
        AdsCode::OrganizationNotAssociated => (
            "다른 조직의 개발자 토큰입니다",
            "구성에 있는 토큰과 이 프로젝트의 조직이 서로 맞지 않습니다.",
            "개발자 토큰을 지우세요. 이제는 API 액세스 페이지에 있는 프로젝트의 액세스 수준이 적용됩니다.",
        ),
        AdsCode::UserPermissionDenied => (
            "이 방법으로는 이 계정을 사용할 수 없습니다",
            "액세스 권한이 없거나, 관리자 계정을 거치므로 그 번호를 login_customer_id로 써야 합니다. 토큰은 정상입니다.",
            "거쳐 가는 관리자 계정 아래에서 계정을 선택하세요. 그러면 login_customer_id가 정해집니다.",
        ),
        AdsCode::ProjectNotApproved => (
            "Cloud 프로젝트가 테스트 계정만 사용할 수 있습니다",
            "액세스 수준이 테스트이므로 API가 실제 계정을 거부합니다. 토큰은 정상입니다.",
            LEVEL,
        ),
        AdsCode::DeveloperTokenNotApproved => (
            "개발자 토큰이 테스트 계정만 사용할 수 있습니다",
            "2026년 9월 이전의 서버는 액세스 수준이 테스트라는 것을 이렇게 알립니다. 토큰은 정상입니다.",
            LEVEL,
        ),
        AdsCode::DeveloperTokenProhibited => (
            "다른 프로젝트의 개발자 토큰입니다",
            "개발자 토큰은 처음 사용한 Cloud 프로젝트에서만 작동합니다.",
            "지우세요. 이제는 API 액세스 페이지에 있는 프로젝트의 액세스 수준이 적용됩니다.",
        ),
        AdsCode::CustomerNotEnabled => (
            "계정이 폐쇄되었거나 아직 활성화되지 않았습니다",
            "API는 사용 중인 계정만 읽습니다. 토큰은 정상입니다.",
            "다른 계정을 선택하거나, ads.google.com에서 이 계정을 활성화하세요.",
        ),
        AdsCode::IncompleteSignup => (
            "계정 가입이 끝나지 않았습니다",
            "계정은 있지만 Google Ads가 요구하는 정보를 입력하지 않았습니다. 토큰은 정상입니다.",
            "ads.google.com에서 가입을 마친 뒤 다시 검사하세요.",
        ),
        AdsCode::MissingTos => (
            "서비스 약관에 동의하지 않았습니다",
            "약관에 동의해야 Google Ads 계정을 사용할 수 있습니다. 토큰은 정상입니다.",
            "계정 소유자가 ads.google.com에서 동의하도록 요청한 뒤 다시 검사하세요.",
        ),
        AdsCode::ProjectDisabled => (
            "Cloud 프로젝트가 더 이상 API를 사용할 수 없습니다",
            "Google이 액세스를 중지했습니다. 토큰은 정상이지만 이 프로젝트에서는 쓸 수 없습니다.",
            "프로젝트의 API 액세스 페이지에서 이유를 확인하세요.",
        ),
        AdsCode::AccessDeniedForAccountType => (
            "API로 사용할 수 없는 유형의 계정입니다",
            "Google 페이지에서만 쓸 수 있는 계정 유형이 있습니다. 토큰은 정상입니다.",
            "다른 계정을 선택하세요.",
        ),
        AdsCode::InvalidLoginCombination => (
            "login_customer_id를 거쳐 이 계정에 갈 수 없습니다",
            "계정의 상위 관리자 계정이거나 계정 자신이어야 합니다. 토큰은 정상입니다.",
            "거쳐 가는 관리자 계정 아래에서 계정을 선택하세요.",
        ),
        AdsCode::ActionNotPermitted => (
            "이 계정에서 할 수 없는 작업입니다",
            "계정에서의 역할이나 상위 관리자 계정이 허용하지 않습니다. 토큰은 정상입니다.",
            "계정의 관리자에게 다른 역할을 요청하세요.",
        ),
        AdsCode::SuspendedAccount => (
            "정지된 계정입니다",
            "Google이 정지한 계정이어서 일부만 읽을 수 있습니다. 토큰은 정상입니다.",
            "ads.google.com에서 이유를 확인하거나 다른 계정을 선택하세요.",
        ),
        AdsCode::ServiceAccessDenied => (
            "프로젝트가 API의 이 부분을 사용할 수 없습니다",
            "프로젝트의 액세스 수준에 포함되지 않습니다. 토큰은 정상입니다.",
            "프로젝트의 API 액세스 페이지에서 더 높은 수준을 신청하세요.",
        ),
        AdsCode::ProjectNotUnderOrganization => (
            "Cloud 프로젝트가 조직에 속해 있지 않습니다",
            "요청한 작업을 하려면 프로젝트가 Google Cloud 조직에 있어야 합니다. 토큰은 정상입니다.",
            "프로젝트를 조직으로 옮기거나, API 액세스 페이지에서 액세스를 신청하세요.",
        ),
        AdsCode::DeveloperTokenMissing => (
            "이 버전의 API는 아직 개발자 토큰을 요구합니다",
            "2026년 9월 이전 버전이 그렇습니다. 토큰은 정상입니다.",
            "adsauth와 클라이언트 라이브러리를 업데이트하거나, 구성에 개발자 토큰을 추가하세요.",
        ),
    };
    Words::new(title, cause, remedy)
}
