use super::*;
use crate::oauth::exchange::{ExchangeError, TlsTrouble, Unreachable};
use crate::oauth::login::LoginError;

fn told(lang: Lang, error: ExchangeError) -> Words {
    (lang.text().problem)(&Problem::Login(LoginError::Exchange(error)), Medium::Screen)
}

#[test]
fn whatever_a_proxy_does_it_is_named_with_the_server_and_the_variable_that_helps() {
    let (host, proxy) = (|| "token.example".to_owned(), || Some("proxy.example:3128".to_owned()));
    for lang in Lang::ALL {
        let unreachable = |why| (ExchangeError::Unreachable { host: host(), proxy: proxy(), why }, "HTTPS_PROXY");
        let untrusted = |why| ExchangeError::Tls { host: host(), proxy: proxy(), why };
        for (error, variable) in [
            unreachable(Unreachable::NameNotFound),
            unreachable(Unreachable::Refused),
            unreachable(Unreachable::TimedOut),
            unreachable(Unreachable::ProxyRefused),
            unreachable(Unreachable::ProxyWantsPassword),
            unreachable(Unreachable::Other),
            (untrusted(TlsTrouble::UnknownIssuer), "SSL_CERT_FILE"),
            (untrusted(TlsTrouble::Date), ""),
            (untrusted(TlsTrouble::WrongName), ""),
            (untrusted(TlsTrouble::Other), ""),
        ] {
            let Words { title, cause, remedy } = told(lang, error);
            assert!(title.contains("token.example") && cause.contains("proxy.example:3128"), "{title}: {cause}");
            assert!(remedy.contains(variable), "{remedy}");
        }
    }
}

#[test]
fn without_a_proxy_none_is_spoken_of_but_as_a_possibility() {
    let host = || "token.example".to_owned();
    let refused = ExchangeError::Unreachable { host: host(), proxy: None, why: Unreachable::Refused };
    assert!(!told(Lang::En, refused).cause.contains("proxy"));
    let untrusted = ExchangeError::Tls { host: host(), proxy: None, why: TlsTrouble::WrongName };
    assert!(!told(Lang::En, untrusted).cause.contains("proxy"));
}
