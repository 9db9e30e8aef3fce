//! Reads the head of one HTTP/1 request from bytes (RFC 9112 sections 2 and 3), within bounds.
//! It never reads a body and never decides what a request may do.

use httparse::{EMPTY_HEADER, Error, Header, Request, Status};

use crate::oauth::secret::Secret;

/// More than browsers send to loopback, cookies of other local servers included.
pub const LONGEST_HEAD: usize = 8 * 1024;
const MOST_HEADERS: usize = 64;

/// The first byte of a TLS handshake (RFC 8446 section 5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// What the bytes of a connection turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A whole head.
    Head(Head),
    /// A TLS handshake.
    Tls,
    /// A head that is too long in its first line, or in all.
    TooLong(TooLong),
    /// Not HTTP/1, or not well formed.
    Garbage,
}

/// What is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLong {
    /// The request line.
    Target,
    /// All headers, or their number.
    Headers,
}

/// The parts of a head that matter here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whether the method is GET. No other one can bring an answer (RFC 6749 section 4.1.2: a redirect).
    pub is_get: bool,
    /// The request target as it stands. It may hold a code.
    pub target: Secret,
    /// The value of the one `Host` header; `None` if there is none or more than one.
    pub host: Option<String>,
    /// Whether the browser only guesses that the page will be wanted.
    pub is_prefetch: bool,
}

/// Looks at everything that has come so far; `None` if more is needed.
///
/// What it says about a beginning it says about all that goes on from there, so it does not matter how the bytes arrive.
pub fn examine(bytes: &[u8]) -> Option<Received> {
    if bytes.first() == Some(&TLS_HANDSHAKE) {
        return Some(Received::Tls);
    }
    let bytes = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut request = Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(Status::Complete(_)) => Some(head(&request)),
        Ok(Status::Partial) if bytes.len() < LONGEST_HEAD => None,
        Ok(Status::Partial) if bytes.contains(&b'\n') => Some(Received::TooLong(TooLong::Headers)),
        Ok(Status::Partial) => Some(Received::TooLong(TooLong::Target)),
        Err(Error::TooManyHeaders) => Some(Received::TooLong(TooLong::Headers)),
        Err(_) => Some(Received::Garbage),
    }
}

fn head(request: &Request) -> Received {
    let (Some(method), Some(target)) = (request.method, request.path) else {
        return Received::Garbage;
    };
    Received::Head(Head {
        is_get: method == "GET",
        target: Secret::new(target.to_owned()),
        host: only_host(request.headers),
        is_prefetch: request.headers.iter().any(asks_for_prefetch),
    })
}

fn only_host(headers: &[Header]) -> Option<String> {
    let mut hosts = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = hosts.next()?;
    if hosts.next().is_some() {
        return None;
    }
    String::from_utf8(host.value.to_vec()).ok()
}

/// `Sec-Purpose: prefetch` with or without parameters, and the older names of the same thing.
fn asks_for_prefetch(header: &Header) -> bool {
    let named =
        ["sec-purpose", "purpose", "x-purpose", "x-moz"].iter().any(|name| header.name.eq_ignore_ascii_case(name));
    let value = header.value.to_ascii_lowercase();
    named && (value.starts_with(b"prefetch") || value.starts_with(b"preview"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head_of(text: &str) -> Head {
        match examine(text.as_bytes()) {
            Some(Received::Head(head)) => head,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_browsers_request_is_read() {
        let head = head_of("GET /?state=a&code=b HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAccept: */*\r\n\r\n");
        let expected = Head {
            is_get: true,
            target: Secret::new("/?state=a&code=b".to_owned()),
            host: Some("127.0.0.1:1".to_owned()),
            is_prefetch: false,
        };
        assert_eq!(head, expected);
    }

    #[test]
    fn a_host_that_is_missing_or_stands_twice_is_none() {
        assert_eq!(head_of("GET / HTTP/1.1\r\n\r\n").host, None);
        assert_eq!(head_of("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n").host, None);
        assert_eq!(head_of("GET / HTTP/1.0\r\nHOST:a \r\n\r\n").host.as_deref(), Some("a"));
    }

    #[test]
    fn a_guess_of_the_browser_is_told_from_a_visit() {
        for header in
            ["Sec-Purpose: prefetch;prerender", "Purpose: preview", "sec-purpose: Prefetch", "X-Moz: prefetch"]
        {
            assert!(head_of(&format!("GET / HTTP/1.1\r\n{header}\r\n\r\n")).is_prefetch, "{header}");
        }
        for header in ["Sec-Fetch-Mode: navigate", "Sec-Purpose: visit", "X-Note: prefetch", "X-Note: preview"] {
            assert!(!head_of(&format!("GET / HTTP/1.1\r\n{header}\r\n\r\n")).is_prefetch, "{header}");
        }
    }

    #[test]
    fn what_is_not_http_1_is_told_apart() {
        assert_eq!(examine(b"\x16\x03\x01"), Some(Received::Tls));
        for bytes in [
            &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
            b"\x00\x01\x02\x03",
            b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            b"GET /\x00 HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nA\x00: b\r\n\r\n",
            b"GET / x HTTP/1.1\r\n\r\n",
            b"GET /\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
        ] {
            assert_eq!(examine(bytes), Some(Received::Garbage), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_head_ends_within_bounds_or_is_refused() {
        let line = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(LONGEST_HEAD));
        assert_eq!(examine(line.as_bytes()), Some(Received::TooLong(TooLong::Target)));
        let field = format!("GET / HTTP/1.1\r\nCookie: {}\r\n\r\n", "a".repeat(LONGEST_HEAD));
        assert_eq!(examine(field.as_bytes()), Some(Received::TooLong(TooLong::Headers)));
        let of_8_kib = format!("GET / HTTP/1.1\r\nCookie: {}\r\n\r\n", "a".repeat(8192 - 28));
        assert!(matches!(examine(of_8_kib.as_bytes()), Some(Received::Head(_))), "{}", of_8_kib.len());
        let headers = |count| format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(count));
        assert!(matches!(examine(headers(MOST_HEADERS).as_bytes()), Some(Received::Head(_))));
        assert_eq!(examine(headers(MOST_HEADERS + 1).as_bytes()), Some(Received::TooLong(TooLong::Headers)));
    }

    /// What a reader says that looks whenever bytes have come.
    fn examine_in_pieces(bytes: &[u8], cuts: &[prop::sample::Index]) -> Option<Received> {
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.push(bytes.len());
        ends.sort_unstable();
        ends.into_iter().find_map(|end| examine(&bytes[..end]))
    }

    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "GET ", "POST ", "PRI * HTTP/2.0\r\n", "/", "/?state=x&code=y", "*", "http://a/", " HTTP/1.1\r\n", " HTTP/1.0\n", "\r\n",
        "\n", "Host: a\r\n", "Host", ": ", "\0", "\u{16}", "é", " ", "Sec-Purpose: prefetch\r\n", "body",
    ];

    fn request_like() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            20 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
            2 => prop::collection::vec(any::<u8>(), 0..20),
            1 => (b' '..=b'~', 0..9000_usize).prop_map(|(byte, count)| vec![byte; count]),
            1 => (0..80_usize).prop_map(|count| b"A: b\r\n".repeat(count)),
        ];
        let well_begun = any::<bool>().prop_map(|yes| if yes { b"GET / HTTP/1.1\r\n".to_vec() } else { Vec::new() });
        (well_begun, prop::collection::vec(piece, 0..12)).prop_map(|(begin, pieces)| [begin, pieces.concat()].concat())
    }

    proptest! {
        #[test]
        fn any_split_reads_the_same(bytes in request_like(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
            prop_assert_eq!(examine_in_pieces(&bytes, &cuts), examine(&bytes));
        }

        #[test]
        fn every_byte_alone_reads_the_same(target in "/[a-z?=&%]{0,40}", host in "[a-z0-9.:]{0,20}") {
            let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nPurpose: prefetch\r\n\r\nrest");
            let one_by_one = (0..=request.len()).find_map(|end| examine(&request.as_bytes()[..end]));
            prop_assert_eq!(one_by_one, examine(request.as_bytes()));
        }
    }
}
