//! What comes to a loopback port that is not the answer: browsers' own habits, scanners, and people who mean harm.

use std::io::Write;
use std::net::TcpStream;

use crate::sign_in::Door;

pub struct Kind {
    pub name: &'static str,
    pub does: Deed,
}

pub enum Deed {
    /// Sends these bytes and reads until the other side closes.
    Sends(fn(&Door) -> Vec<u8>),
    /// Connects, sends these bytes and stays. The other side may close when it likes.
    Stays(fn(&Door) -> Vec<u8>),
    /// Sends these bytes, one a write, and stays.
    Drips(fn(&Door) -> Vec<u8>),
    /// Sends these bytes and closes at once.
    Leaves(fn(&Door) -> Vec<u8>),
}

impl Deed {
    /// Does it; what stays open is returned, for the caller to keep.
    pub fn play(&self, door: &Door) -> Option<TcpStream> {
        match self {
            Self::Sends(bytes) => {
                door.send(&bytes(door));
                None
            }
            Self::Stays(bytes) => {
                let mut stream = door.connect();
                let _ = stream.write_all(&bytes(door));
                Some(stream)
            }
            Self::Drips(bytes) => {
                let mut stream = door.connect();
                stream.set_nodelay(true).expect("a socket can be told not to wait");
                for byte in bytes(door) {
                    let _ = stream.write_all(&[byte]);
                }
                Some(stream)
            }
            Self::Leaves(bytes) => {
                let _ = door.connect().write_all(&bytes(door));
                None
            }
        }
    }

    /// The bytes alone.
    pub fn bytes(&self, door: &Door) -> Vec<u8> {
        let (Self::Sends(bytes) | Self::Stays(bytes) | Self::Drips(bytes) | Self::Leaves(bytes)) = self;
        bytes(door)
    }
}

const fn sends(name: &'static str, bytes: fn(&Door) -> Vec<u8>) -> Kind {
    Kind { name, does: Deed::Sends(bytes) }
}

/// A GET of this target, with this field besides `Host`.
fn get(door: &Door, target: &str, field: &str) -> Vec<u8> {
    head(&format!("GET {target} HTTP/1.1"), &format!("Host: {}\r\n{field}", door.address))
}

/// The right callback's target with a code that nobody has issued. Where it is taken, the attempt ends without a token.
fn forged(door: &Door) -> String {
    format!("/?state={}&code=4/0forged", door.state)
}

/// As if it were the right callback, with another `Host`.
fn hosted(door: &Door, hosts: &str) -> Vec<u8> {
    head(&format!("GET {} HTTP/1.1", forged(door)), hosts)
}

/// As if it were the right callback, by another method.
fn by(door: &Door, method: &str, field: &str, body: &str) -> Vec<u8> {
    let head = head(&format!("{method} {} HTTP/1.1", forged(door)), &format!("Host: {}\r\n{field}", door.address));
    [&head, body.as_bytes()].concat()
}

fn head(line: &str, fields: &str) -> Vec<u8> {
    format!("{line}\r\n{fields}\r\n").into_bytes()
}

/// A ClientHello as far as its first record's head.
const CLIENT_HELLO: &[u8] = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";

/// Everything but what the browser of the user sends.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    // Browsers' own habits.
    sends("favicon", |door| get(door, "/favicon.ico", "")),
    sends("robots.txt", |door| get(door, "/robots.txt", "")),
    sends("touch icon", |door| get(door, "/apple-touch-icon.png", "")),
    sends("the redirect URI without an answer", |door| get(door, "/", "")),
    sends("prefetch of the callback", |door| get(door, &forged(door), "Sec-Purpose: prefetch\r\n")),
    sends("prerender of the callback", |door| get(door, &forged(door), "Sec-Purpose: prefetch;prerender\r\n")),
    sends("prefetch by its older name", |door| get(door, &forged(door), "Purpose: prefetch\r\n")),
    sends("TLS", |_| [CLIENT_HELLO, &[0; 500]].concat()),
    sends("HTTP/2 preface", |_| b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00".to_vec()),
    Kind { name: "connection kept ready", does: Deed::Stays(|_| Vec::new()) },
    Kind { name: "connection opened and closed", does: Deed::Leaves(|_| Vec::new()) },
    // Other methods.
    sends("HEAD", |door| by(door, "HEAD", "", "")),
    sends("OPTIONS", |door| by(door, "OPTIONS", "", "")),
    sends("preflight", |door| by(door, "OPTIONS", "Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n", "")),
    sends("preflight of a private network", |door| by(door, "OPTIONS", "Access-Control-Request-Private-Network: true\r\n", "")),
    sends("POST", |door| by(door, "POST", "Content-Length: 4\r\n", "code")),
    sends("PUT", |door| by(door, "PUT", "Content-Length: 0\r\n", "")),
    sends("DELETE", |door| by(door, "DELETE", "", "")),
    sends("TRACE", |door| by(door, "TRACE", "", "")),
    sends("a method in small letters", |door| by(door, "get", "", "")),
    sends("CONNECT", |door| head(&format!("CONNECT {} HTTP/1.1", door.address), &format!("Host: {}\r\n", door.address))),
    // Other targets.
    sends("absolute form", |door| get(door, &format!("http://{}{}", door.address, forged(door)), "")),
    sends("absolute form of another host", |door| get(door, &format!("http://evil.example{}", forged(door)), "")),
    sends("asterisk form", |door| get(door, "*", "")),
    sends("another path", |door| get(door, &format!("/callback{}", &forged(door)[1..]), "")),
    sends("a doubled slash", |door| get(door, &format!("/{}", forged(door)), "")),
    sends("a path with dots", |door| get(door, &format!("/x/..{}", forged(door)), "")),
    sends("an escaped slash", |door| get(door, &format!("/%2f{}", &forged(door)[1..]), "")),
    sends("a page of the outcome", |door| get(door, "/ok", "")),
    sends("a start link guessed", |door| get(door, "/s/abc234", "")),
    sends("a start link without a code", |door| get(door, "/s/", "")),
    // Other hosts.
    sends("foreign Host", |door| hosted(door, "Host: evil.example\r\n")),
    sends("foreign Host with this port", |door| hosted(door, &format!("Host: evil.example:{}\r\n", door.address.port()))),
    sends("Host of another port", |door| hosted(door, "Host: 127.0.0.1:1\r\n")),
    sends("Host without a port", |door| hosted(door, "Host: 127.0.0.1\r\n")),
    sends("Host by name", |door| hosted(door, &format!("Host: localhost:{}\r\n", door.address.port()))),
    sends("no Host", |door| hosted(door, "")),
    sends("Host twice", |door| hosted(door, &format!("Host: {0}\r\nHost: {0}\r\n", door.address))),
    sends("Host in 8 bits", |door| [&b"GET / HTTP/1.1\r\nHost: \xff\xfe"[..], door.address.to_string().as_bytes(), b"\r\n\r\n"].concat()),
    // Answers that are not this attempt's.
    sends("another state", |door| get(door, "/?state=another-state-of-someone-else&code=4/0forged", "")),
    sends("state cut short", |door| get(door, &format!("/?state={}&code=4/0forged", &door.state[..door.state.len() - 1]), "")),
    sends("state in capitals", |door| get(door, &format!("/?state={}&code=4/0forged", swapped(&door.state)), "")),
    sends("state with more behind it", |door| get(door, &format!("/?state={}x&code=4/0forged", door.state), "")),
    sends("state twice", |door| get(door, &format!("{}&state={}", forged(door), door.state), "")),
    sends("state twice, once escaped", |door| get(door, &format!("{}&st%61te=x", forged(door)), "")),
    sends("state empty", |door| get(door, "/?state=&code=4/0forged", "")),
    sends("code without state", |door| get(door, "/?code=4/0forged", "")),
    sends("code twice", |door| get(door, &format!("{}&code=4/0other", forged(door)), "")),
    sends("neither code nor error", |door| get(door, &format!("/?state={}", door.state), "")),
    sends("error without state", |door| get(door, "/?error=access_denied", "")),
    sends("error with another state", |door| get(door, "/?error=access_denied&state=another-state-of-someone-else", "")),
    sends("error twice", |door| get(door, &format!("/?state={}&error=a&error=b", door.state), "")),
    sends("issuer twice", |door| get(door, &format!("{}&iss=a&iss=b", forged(door)), "")),
    sends("code with a line break", |door| get(door, &format!("/?state={}&code=a%0d%0ab", door.state), "")),
    sends("code with a NUL", |door| get(door, &format!("/?state={}&code=a%00b", door.state), "")),
    sends("code in overlong UTF-8", |door| get(door, &format!("/?state={}&code=%c0%af", door.state), "")),
    sends("an escape that is none", |door| get(door, &format!("{}&x=%zz", forged(door)), "")),
    sends("a code of 3,000 characters", |door| get(door, &format!("/?state={}&code={}", door.state, "a".repeat(3000)), "")),
    // Bytes that are not a request.
    sends("bytes", |_| (0..=255).collect()),
    sends("NUL in the line", |door| [b"GET /\0", &get(door, "/", "")[5..]].concat()),
    sends("8 bits in the line", |_| b"GET /\xe2\x80\xae?x HTTP/1.1\r\n\r\n".to_vec()),
    sends("bare CR", |door| format!("GET / HTTP/1.1\rHost: {}\r\r", door.address).into()),
    sends("two requests by a bare LF in a field", |door| get(door, "/", &format!("X: a\n\nGET {} HTTP/1.1\r\n", forged(door)))),
    sends("a folded field", |door| get(door, &forged(door), "X: a\r\n b\r\n")),
    sends("a space before the colon", |door| get(door, &forged(door), "Host : evil.example\r\n")),
    sends("HTTP/0.9", |_| b"GET /\r\n".to_vec()),
    sends("HTTP/9.9", |door| format!("GET {} HTTP/9.9\r\n\r\n", forged(door)).into()),
    sends("a line of 64 KiB", |door| get(door, &format!("/{}", "a".repeat(64 << 10)), "")),
    sends("a field of 64 KiB", |door| get(door, &forged(door), &format!("Cookie: {}\r\n", "a".repeat(64 << 10)))),
    sends("65 fields", |door| get(door, &forged(door), &"X: y\r\n".repeat(65))),
    sends("10,000 fields", |door| get(door, &forged(door), &"X: y\r\n".repeat(10_000))),
    // A good request that is not all.
    sends("a callback behind another request", |door| [get(door, "/", ""), get(door, &forged(door), "")].concat()),
    sends("a body in chunks", |door| by(door, "POST", "Transfer-Encoding: chunked\r\n", "4\r\ncode\r\n0\r\n\r\n")),
    sends("length and chunks", |door| by(door, "POST", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    sends("Expect", |door| by(door, "POST", "Expect: 100-continue\r\nContent-Length: 1000000\r\n", "")),
    sends("Upgrade", |door| get(door, "/", "Upgrade: websocket\r\nConnection: Upgrade\r\n")),
    Kind { name: "half a line", does: Deed::Stays(|_| b"GET /?sta".to_vec()) },
    Kind { name: "half a head", does: Deed::Stays(|door| get(door, &forged(door), "")[..60].to_vec()) },
    Kind { name: "half a head, and gone", does: Deed::Leaves(|door| get(door, &forged(door), "")[..60].to_vec()) },
    Kind { name: "a head that drips", does: Deed::Drips(|door| get(door, &forged(door), "")[..60].to_vec()) },
    Kind { name: "TLS that drips", does: Deed::Drips(|_| CLIENT_HELLO.to_vec()) },
    Kind { name: "a request, and gone", does: Deed::Leaves(|door| get(door, "/?state=x&code=y", "")) },
];

/// Small letters for capitals and the other way round.
fn swapped(text: &str) -> String {
    text.chars()
        .map(|it| if it.is_ascii_lowercase() { it.to_ascii_uppercase() } else { it.to_ascii_lowercase() })
        .collect()
}
