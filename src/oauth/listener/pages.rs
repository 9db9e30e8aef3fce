//! What the listener answers: constant pages and constant headers, the same whatever was asked (RFC 9700 section 4.2.4).
//! It never takes a byte of a request into a response; the only text that varies is the consent URL of a start link.

use zeroize::Zeroizing;

use super::Page;
use crate::oauth::consent::ConsentUrl;

/// A page without a body of its own: head and style of all pages, with the language and the body put in.
macro_rules! page {
    ($language:literal, $name:literal) => {
        concat!(
            "<!doctype html>\n<html lang=\"",
            $language,
            "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<style>",
            include_str!("../../../assets/pages/style.css"),
            "</style>\n",
            include_str!(concat!("../../../assets/pages/", $language, "/", $name, ".html")),
        )
    };
}

/// All pages in one language.
macro_rules! pages {
    ($language:literal) => {
        Pages {
            ok: page!($language, "ok"),
            incomplete: page!($language, "incomplete"),
            failed: page!($language, "failed"),
            denied: page!($language, "denied"),
            waiting: page!($language, "waiting"),
            older: page!($language, "older"),
            received: page!($language, "received"),
            used: page!($language, "used"),
            nothing: page!($language, "nothing"),
        }
    };
}

/// The bodies in one language. Another language is another constant.
#[derive(Debug)]
pub struct Pages {
    ok: &'static str,
    incomplete: &'static str,
    failed: &'static str,
    denied: &'static str,
    waiting: &'static str,
    older: &'static str,
    received: &'static str,
    used: &'static str,
    nothing: &'static str,
}

impl Pages {
    /// English.
    pub const EN: Self = pages!("en");
    /// Korean.
    pub const KO: Self = pages!("ko");
}

/// One answer to one request.
#[derive(Clone, Copy, Debug)]
pub enum Reply<'gate> {
    /// A page of [`super::Listener::answer`].
    Page(Page),
    /// On to that page, which takes the code out of the address bar (RFC 9700 section 4.3.1).
    SeePage(Page),
    /// On to the consent URL.
    SeeConsent(&'gate ConsentUrl),
    /// An answer of another attempt.
    OlderLink,
    /// An answer that came before.
    AlreadyReceived,
    /// A start link that works once, again.
    LinkUsed,
    /// Nothing at this address.
    NotFound,
    /// Not a request that can be understood.
    BadRequest,
    /// The request line is too long.
    TargetTooLong,
    /// There are too many headers, or too long ones.
    HeadersTooLarge,
    /// Only GET is answered.
    NotGet,
    /// The browser asks before the user does.
    NotYet,
    /// Close without a word.
    Silence,
}

impl Reply<'_> {
    /// The page that is fetched with it.
    pub fn page(self) -> Option<Page> {
        if let Self::Page(page) = self { Some(page) } else { None }
    }

    /// The whole response. It may hold the consent URL, and so `state`.
    pub fn write(self, pages: &Pages) -> Zeroizing<Vec<u8>> {
        let (status, own_header, body) = match self {
            Self::Page(Page::StillWorking) => ("200 OK", "Refresh: 1; url=/waiting\r\n", pages.waiting),
            Self::Page(Page::Ok) => ("200 OK", "", pages.ok),
            Self::Page(Page::Incomplete) => ("200 OK", "", pages.incomplete),
            Self::Page(Page::Failed) => ("200 OK", "", pages.failed),
            Self::Page(Page::Denied) => ("200 OK", "", pages.denied),
            Self::SeePage(page) => return respond("303 See Other", &["Location: ", path(page), "\r\n"], ""),
            Self::SeeConsent(url) => return respond("302 Found", &["Location: ", url.as_str(), "\r\n"], ""),
            Self::OlderLink => ("400 Bad Request", "", pages.older),
            Self::AlreadyReceived => ("410 Gone", "", pages.received),
            Self::LinkUsed => ("410 Gone", "", pages.used),
            Self::NotFound => ("404 Not Found", "", pages.nothing),
            Self::BadRequest => ("400 Bad Request", "", pages.nothing),
            Self::TargetTooLong => ("414 URI Too Long", "", pages.nothing),
            Self::HeadersTooLarge => ("431 Request Header Fields Too Large", "", pages.nothing),
            // Without a body it is also right for HEAD.
            Self::NotGet => ("405 Method Not Allowed", "Allow: GET\r\n", ""),
            Self::NotYet => ("204 No Content", "", ""),
            Self::Silence => return Zeroizing::default(),
        };
        respond(status, &[own_header], body)
    }
}

/// Where a page is served.
pub(super) fn path(page: Page) -> &'static str {
    match page {
        Page::Ok => "/ok",
        Page::Incomplete => "/incomplete",
        Page::Failed => "/failed",
        Page::Denied => "/denied",
        Page::StillWorking => "/waiting",
    }
}

/// What every response says: nothing may be kept, framed, sniffed or loaded, and no address is passed on.
/// The hash is that of `style.css`. There is no header for other origins on purpose.
const HEADERS: &str = "\
    Content-Type: text/html; charset=utf-8\r\n\
    Cache-Control: no-store\r\n\
    Referrer-Policy: no-referrer\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Content-Security-Policy: default-src 'none'; style-src 'sha256-cyfFDJTMZOiO3+BknfArDpPjwOJbIjI/g9vPMMJknFg='; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Connection: close\r\n";

fn respond(status: &str, own_header: &[&str], body: &str) -> Zeroizing<Vec<u8>> {
    let length = if status.starts_with("204") { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let parts = [&["HTTP/1.1 ", status, "\r\n", HEADERS, &length], own_header, &["\r\n", body]].concat();
    Zeroizing::new(parts.concat().into_bytes())
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use rustls::crypto::ring::cipher_suite::TLS13_AES_128_GCM_SHA256;

    use super::*;

    const PAGES: [Page; 5] = [Page::Ok, Page::Incomplete, Page::Failed, Page::Denied, Page::StillWorking];

    const LANGUAGES: [Pages; 2] = [Pages::EN, Pages::KO];

    fn bodies(pages: &Pages) -> [&'static str; 9] {
        let Pages { ok, incomplete, failed, denied, waiting, older, received, used, nothing } = *pages;
        [ok, incomplete, failed, denied, waiting, older, received, used, nothing]
    }

    #[test]
    fn the_policy_names_the_style_that_the_pages_hold() {
        let style = include_str!("../../../assets/pages/style.css");
        let sha256 = TLS13_AES_128_GCM_SHA256.tls13().unwrap().common.hash_provider;
        let hash = base64::engine::general_purpose::STANDARD.encode(sha256.hash(style.as_bytes()));
        assert!(HEADERS.contains(&format!("style-src 'sha256-{hash}';")), "the hash is {hash}");
        let styled = |body: &&str| body.contains(&format!("<style>{style}</style>"));
        assert!(LANGUAGES.iter().flat_map(bodies).all(|body| styled(&body)));
    }

    #[test]
    fn pages_load_nothing_run_nothing_and_lead_nowhere() {
        for body in LANGUAGES.iter().flat_map(bodies) {
            for word in
                ["<script", "<link", "<img", "<a ", "<form", "http:", "https:", "url(", "@import", "style=", " onload="]
            {
                assert!(!body.contains(word), "{word} in {body}");
            }
        }
    }

    fn heading(body: &str) -> &str {
        body.split("<h1>").nth(1).unwrap().split('<').next().unwrap()
    }

    #[test]
    fn pages_tell_apart_what_happened() {
        for pages in &LANGUAGES {
            let mut headings = bodies(pages).map(heading);
            headings.sort_unstable();
            assert!(headings.windows(2).all(|pair| pair[0] != pair[1]), "{headings:?}");
        }
        let fetched = "Your refresh token has been fetched. Check the console output for further instructions.";
        let telling =
            |pages: &Pages, words: &str| bodies(pages).into_iter().filter(|body| body.contains(words)).count();
        assert_eq!((telling(&Pages::EN, "has been fetched"), telling(&Pages::KO, "토큰을 가져왔습니다")), (1, 1));
        assert!(Pages::EN.ok.contains(fetched) && Pages::KO.ok.contains("갱신 토큰을 가져왔습니다."));
    }

    #[test]
    fn another_language_has_the_same_pages_with_other_words() {
        let tags = |body: &str| body.split('<').skip(1).map(|tag| tag.split('>').next().unwrap().to_owned()).collect();
        for (english, korean) in bodies(&Pages::EN).into_iter().zip(bodies(&Pages::KO)) {
            let (english_tags, korean_tags): (Vec<_>, Vec<_>) = (tags(english), tags(korean));
            assert_eq!(english_tags[2..], korean_tags[2..]);
            assert_eq!((english_tags[1].as_str(), korean_tags[1].as_str()), ("html lang=\"en\"", "html lang=\"ko\""));
            assert!(!heading(korean).is_ascii(), "{korean}");
        }
    }

    #[test]
    fn every_response_has_the_same_protection_and_its_exact_length() {
        let consent = ConsentUrl::new("https://accounts.google.com/o/oauth2/v2/auth?state=x".to_owned());
        let pages = PAGES.into_iter().flat_map(|page| [Reply::Page(page), Reply::SeePage(page)]);
        let others = [Reply::SeeConsent(&consent), Reply::OlderLink, Reply::AlreadyReceived, Reply::LinkUsed];
        let refusals =
            [Reply::NotFound, Reply::BadRequest, Reply::TargetTooLong, Reply::HeadersTooLarge, Reply::NotGet];
        for reply in pages.chain(others).chain(refusals) {
            let response = reply.write(&Pages::EN);
            let text = std::str::from_utf8(&response).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert!(text.contains(HEADERS) && !head.contains("Access-Control"), "{head}");
            assert!(head.contains(&format!("\r\nContent-Length: {}", body.len())), "{head}");
        }
        assert!(Reply::Silence.write(&Pages::EN).is_empty());
        assert!(!String::from_utf8_lossy(&Reply::NotYet.write(&Pages::EN)).contains("Content-Length"));
    }
}
