use super::*;
use crate::oauth::client_file::{Glimpse, Unusable};
use crate::oauth::endpoints::Trust;
use crate::oauth::exchange::{ExchangeError, TlsTrouble, Unreachable};
use crate::oauth::login::LoginError;
use crate::targets::save::SaveWarning;

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
fn only_a_server_that_naming_would_help_is_told_to_be_named() {
    for lang in Lang::ALL {
        for (uri, helps) in
            [("https://login.example/token", "--trust-host login.example"), ("http://login.example/token", "https")]
        {
            let untrusted = Trust::default().judge_token(uri).unwrap_err();
            let source = Unusable::UntrustedEndpoints { untrusted: untrusted.clone(), client: Glimpse::default() };
            for problem in [Problem::Source(source), Problem::NotGoogle { untrusted: Some(untrusted) }] {
                let remedy = (lang.text().problem)(&problem, Medium::Screen).remedy;
                assert!(remedy.contains(helps), "{remedy}");
                assert_eq!(remedy.contains("--trust-host"), helps != "https", "{remedy}");
            }
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

#[test]
fn no_language_passes_on_what_the_name_of_a_directory_would_do_to_a_terminal() {
    let hostile = Path::new("/home/ada/\u{1b}[2J\u{202e}work\u{2028}");
    let warnings = [SaveWarning::GitWorkTree(hostile.into()), SaveWarning::EarlierFile(hostile.into())];
    for lang in Lang::ALL {
        for warning in &warnings {
            let words = (lang.text().save.warning)(warning);
            assert!(words.contains("/home/ada/work"), "{words:?}");
            assert!(!words.contains(['\u{1b}', '\u{202e}', '\u{2028}']), "{words:?}");
        }
    }
}

#[test]
fn a_long_path_is_shown_whole() {
    let path = format!("/home/ada/{}/google-ads.yaml", "a-directory/".repeat(60));
    assert_eq!(shown(Path::new(&path)), path);
}
