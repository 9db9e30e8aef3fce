//! What can go wrong between the program and a token endpoint, and what the program must make of it.

use std::sync::Arc;

use rustls::ServerConfig;

use super::TOKEN_HOST;
use crate::certificates::{Authority, NOW, self_signed_server};
use crate::fault_server::{ADWORDS, Cut, Fault, REFRESH_TOKEN, answer, good_answer, good_body, json};

pub struct Case {
    pub name: &'static str,
    pub trouble: Trouble,
    /// The code of the problem, or `ok`.
    pub code: &'static str,
    pub exit: i32,
    /// Words of the cause, where the code alone does not tell what it was taken for.
    pub because: &'static str,
}

pub enum Trouble {
    NoSuchName,
    NobodyListens,
    /// `SSL_CERT_FILE` names an empty file.
    NoAuthorities,
    Certificate(fn(&Authority) -> Arc<ServerConfig>),
    Server(Fault),
    /// `HTTPS_PROXY` names a proxy that does this; the server behind it would be fine.
    Proxy(Fault),
    /// The same, and `NO_PROXY` says not to use it.
    ProxyNotForThis(Fault),
}

impl Trouble {
    /// Whether a request is sent at all.
    pub fn lets_a_request_through(&self) -> bool {
        match self {
            Self::Server(Fault::AtAccept(_) | Fault::InHandshake(_)) => false,
            Self::Server(_) | Self::ProxyNotForThis(_) => true,
            Self::NoSuchName | Self::NobodyListens | Self::NoAuthorities | Self::Certificate(_) | Self::Proxy(_) => {
                false
            }
        }
    }
}

const fn case(name: &'static str, trouble: Trouble, code: &'static str, exit: i32) -> Case {
    Case { name, trouble, code, exit, because: "" }
}

fn network(name: &'static str, trouble: Trouble, code: &'static str) -> Case {
    case(name, trouble, code, 6)
}

/// No connection: which kind of none must be said too.
fn on_the_way(name: &'static str, trouble: Trouble, code: &'static str, because: &'static str) -> Case {
    Case { because, ..network(name, trouble, code) }
}

/// An answer that the network may have made.
fn answered(name: &'static str, bytes: Vec<u8>, code: &'static str) -> Case {
    network(name, Trouble::Server(Fault::Answer(bytes)), code)
}

/// An answer that only the server can have made.
fn refused(name: &'static str, bytes: Vec<u8>, code: &'static str) -> Case {
    case(name, Trouble::Server(Fault::Answer(bytes)), code, 5)
}

/// Odd, and no fault.
fn accepted(name: &'static str, bytes: Vec<u8>) -> Case {
    case(name, Trouble::Server(Fault::Answer(bytes)), "ok", 0)
}

const JSON_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const BROWSER_PAGE: &[u8] = b"<!doctype html><title>Welcome to the hotel</title><form action=/login>";
/// A TLS alert of version 1.1: "protocol version".
const OLD_TLS: &[u8] = b"\x15\x03\x02\x00\x02\x02\x46";

pub fn all() -> Vec<Case> {
    [before_a_request(), interrupted(), not_the_server(), not_a_token(), refusals(), harmless()]
        .into_iter()
        .flatten()
        .collect()
}

fn before_a_request() -> Vec<Case> {
    use Fault::{AtAccept, InHandshake};
    use Trouble::{Certificate, Proxy, Server};
    let no_way = "gives no way";
    let failed = "secure connection failed";
    let clock = "clock";
    vec![
        on_the_way("the name does not resolve", Trouble::NoSuchName, "unreachable", "not known here"),
        on_the_way("connection refused", Trouble::NobodyListens, "unreachable", "Nobody accepts"),
        on_the_way("reset at once", Server(AtAccept(Cut::Reset)), "unreachable", no_way),
        on_the_way("closed at once", Server(AtAccept(Cut::Close)), "unreachable", no_way),
        on_the_way("silence before TLS", Server(AtAccept(Cut::Silence)), "unreachable", "no answer within"),
        on_the_way("half a handshake", Server(InHandshake(b"\x16\x03\x03\x00\x7a\x02")), "unreachable", no_way),
        on_the_way("not TLS", Server(InHandshake(b"HTTP/1.1 400 Bad Request\r\n\r\n")), "tls", failed),
        on_the_way("TLS 1.1 only", Server(InHandshake(OLD_TLS)), "tls", failed),
        on_the_way("self-signed", Certificate(|_| self_signed_server(&[TOKEN_HOST])), "tls", "does not trust"),
        on_the_way(
            "an authority that is not trusted",
            Certificate(|_| Authority::new("A stranger").server(&[TOKEN_HOST], NOW)),
            "tls",
            "does not trust",
        ),
        on_the_way("expired", Certificate(|ours| ours.server(&[TOKEN_HOST], (2015, 2016))), "tls", clock),
        on_the_way("not valid yet", Certificate(|ours| ours.server(&[TOKEN_HOST], (2089, 2090))), "tls", clock),
        on_the_way("for another name", Certificate(|ours| ours.server(&["example.com"], NOW)), "tls", "other name"),
        on_the_way("no authorities here", Trouble::NoAuthorities, "no-ca-certificates", "Google"),
        on_the_way(
            "a proxy that wants a password",
            Proxy(InHandshake(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")),
            "unreachable",
            "through the proxy",
        ),
        on_the_way("a proxy that resets", Proxy(AtAccept(Cut::Reset)), "unreachable", "through the proxy"),
    ]
}

fn interrupted() -> Vec<Case> {
    use Fault::{AfterRequest, Drip, Endless};
    use Trouble::Server;
    let half = good_answer().len() - 40;
    let hasty = Server(Fault::AtFirstByte);
    vec![
        network("reset at the first byte", hasty, "interrupted"),
        network("reset after the request", Server(AfterRequest(Cut::Reset)), "interrupted"),
        network("closed after the request", Server(AfterRequest(Cut::Close)), "interrupted"),
        network("silence after the request", Server(AfterRequest(Cut::Silence)), "slow"),
        network("a head that drips", Server(Drip(b"HTTP/1.1 200 OK\r\nX: ", b"x")), "slow"),
        network(
            "a body that drips",
            Server(Drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" ")),
            "slow",
        ),
        network("interim answers without end", Server(Drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")), "slow"),
        network("a head without end", Server(Endless(b"HTTP/1.1 200 OK\r\nX: ", b"xxxxxxxxxxxxxxxx")), "interrupted"),
        network(
            "a body without end",
            Server(Endless(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b"                ")),
            "answer-too-large",
        ),
        answered("a gigantic body", json(200, &" ".repeat(8 << 20)), "answer-too-large"),
        answered("half a body", good_answer()[..half].to_vec(), "interrupted"),
        answered(
            "two lengths that differ",
            format!("{JSON_HEAD}Content-Length: 5\r\nContent-Length: 200\r\n\r\n{}", good_body()).into(),
            "interrupted",
        ),
        answered(
            "a length that is too short",
            format!("{JSON_HEAD}Content-Length: 25\r\n\r\n{}", good_body()).into(),
            "answer-not-json",
        ),
        answered(
            "chunks that are none",
            format!("{JSON_HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", good_body()).into(),
            "interrupted",
        ),
        answered(
            "chunks that break off",
            format!("{JSON_HEAD}Transfer-Encoding: chunked\r\n\r\nfff\r\n{}", good_body()).into(),
            "interrupted",
        ),
        answered(
            "no length, and no end that TLS vouches for",
            format!("{JSON_HEAD}\r\n{}", good_body()).into(),
            "interrupted",
        ),
        answered("not HTTP", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), "interrupted"),
        answered("HTTP/2 unasked", b"\x00\x00\x00\x04\x00\x00\x00\x00\x00".to_vec(), "interrupted"),
    ]
}

fn not_the_server() -> Vec<Case> {
    let moved = |status, to: &str| answer(status, &format!("Location: {to}\r\n"), b"");
    let html = "Content-Type: text/html\r\n";
    vec![
        answered("500", answer(500, html, BROWSER_PAGE), "server-trouble"),
        answered("502", answer(502, html, BROWSER_PAGE), "server-trouble"),
        answered("503", json(503, r#"{"error":"invalid_grant"}"#), "server-trouble"),
        answered("429", answer(429, "Retry-After: 1\r\n", b""), "server-trouble"),
        answered("302 to another host", moved(302, "https://www.googleapis.com/oauth2/v4/token"), "redirected"),
        answered("307 to another host", moved(307, "https://www.googleapis.com/oauth2/v4/token"), "redirected"),
        answered("308 to another host", moved(308, "https://www.googleapis.com/oauth2/v4/token"), "redirected"),
        answered("302 to the login page of a network", moved(302, "http://portal.example/login"), "redirected"),
        answered("303 to nowhere", answer(303, "", b""), "redirected"),
        answered("a page", answer(200, html, BROWSER_PAGE), "answer-not-json"),
        answered("a page that refuses", answer(403, html, BROWSER_PAGE), "answer-not-json"),
        answered("a token said to be a page", answer(200, html, good_body().as_bytes()), "answer-not-json"),
        answered("nothing, 204", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), "answer-not-json"),
        answered("nothing, 200", json(200, ""), "answer-not-json"),
        answered(
            "compressed unasked",
            answer(
                200,
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0",
            ),
            "answer-not-json",
        ),
        answered("JSON cut off", json(200, &good_body()[..60]), "answer-not-json"),
        answered("two documents", json(200, &good_body().repeat(2)), "answer-not-json"),
        answered("JSON nested 20,000 deep", json(200, &format!(r#"{{"a":{}"#, "[".repeat(20_000))), "answer-not-json"),
        answered(
            "bytes that are not UTF-8",
            answer(200, "Content-Type: application/json\r\n", b"{\"access_token\":\"\xff\xfe\"}"),
            "answer-not-json",
        ),
    ]
}

fn not_a_token() -> Vec<Case> {
    let with = |from: &str, to: &str| {
        let body = good_body().replace(from, to);
        assert_ne!(body, good_body(), "{from} stands in the good answer");
        json(200, &body)
    };
    let token = |refresh_token: &str| with(REFRESH_TOKEN, refresh_token);
    let malformed = "answer-malformed";
    vec![
        refused("no refresh token", with(r#""refresh_token""#, r#""another""#), "no-refresh-token"),
        refused("an empty refresh token", token(""), "no-refresh-token"),
        refused("a refresh token that is null", with(&format!("\"{REFRESH_TOKEN}\""), "null"), "no-refresh-token"),
        refused("the Ads scope not granted", with(ADWORDS, "openid"), "ads-scope-missing"),
        refused("a scope that begins with it", with(ADWORDS, &format!("{ADWORDS}.readonly")), "ads-scope-missing"),
        refused("token_type MAC", with("Bearer", "MAC"), "not-bearer"),
        refused("no token_type", with(r#""token_type""#, r#""another""#), malformed),
        refused("a member twice", with("{", r#"{"refresh_token":"1//another","#), malformed),
        refused("an access token that is a number", with(r#""ya29.figures""#, "42"), malformed),
        refused("no access token", with(r#""access_token""#, r#""another""#), malformed),
        refused("a list", json(200, "[]"), malformed),
        refused("an error with status 200", json(200, r#"{"error":"invalid_grant"}"#), malformed),
        refused("a refresh token with a line break", token(r"1//a\nclient_id=evil"), malformed),
        refused("a refresh token with an escape", token(r"1//a\u001b]0;x\u0007"), malformed),
        refused("a refresh token with a space", token("1//a b"), malformed),
        refused("a refresh token that is not ASCII", token("1//é"), malformed),
        refused("a refresh token of 5,000 characters", token(&"x".repeat(5000)), malformed),
    ]
}

fn refusals() -> Vec<Case> {
    let plain = |error: &str| json(400, &format!(r#"{{"error":"{error}"}}"#));
    let worded = |words: &str| json(400, &format!(r#"{{"error":"invalid_grant","error_description":"{words}"}}"#));
    vec![
        refused("invalid_grant", plain("invalid_grant"), "invalid-grant"),
        refused("invalid_client", json(401, r#"{"error":"invalid_client"}"#), "invalid-client"),
        refused("redirect_uri_mismatch", plain("redirect_uri_mismatch"), "redirect-uri-mismatch"),
        refused("unauthorized_client", plain("unauthorized_client"), "unauthorized-client"),
        refused("org_internal", json(403, r#"{"error":"org_internal"}"#), "org-internal"),
        refused("admin_policy_enforced", plain("admin_policy_enforced"), "admin-policy-enforced"),
        refused("deleted_client", json(401, r#"{"error":"deleted_client"}"#), "deleted-client"),
        refused("invalid_request", plain("invalid_request"), "invalid-request"),
        refused("unsupported_grant_type", plain("unsupported_grant_type"), "refused"),
        refused("invalid_scope", plain("invalid_scope"), "refused"),
        refused(
            "invalid_rapt",
            json(400, r#"{"error":"invalid_grant","error_subtype":"invalid_rapt"}"#),
            "session-ended",
        ),
        refused(
            "a refusal said to be a page",
            answer(400, "Content-Type: text/html\r\n", br#"{"error":"invalid_grant"}"#),
            "invalid-grant",
        ),
        refused(
            "words that paint",
            worded(r"\u001b[2J\u001b]0;pwned\u0007\u009b31m\r\nadsauth: done"),
            "invalid-grant",
        ),
        refused("words that turn around", worded(r"\u202ekcattA\u2066\u200b\u2028\u00ad"), "invalid-grant"),
        refused("words without end", worded(&"Sehr geehrte Damen und Herren ".repeat(1000)), "invalid-grant"),
        refused("words that repeat the code", worded("4/0c4n4ry-of-the-code-0 is spent"), "invalid-grant"),
        refused("words that repeat the secret", worded(crate::sign_in::CLIENT_SECRET), "invalid-grant"),
        refused("an error that paints", plain(r"\u001b[31mnope"), "refused"),
        refused("an error that is a number", json(400, r#"{"error":7}"#), "answer-malformed"),
        refused("an error without a name", json(400, "{}"), "answer-malformed"),
    ]
}

fn harmless() -> Vec<Case> {
    let with = |from: &str, to: &str| json(200, &good_body().replace(from, to));
    let good = || Fault::Answer(good_answer());
    let body = good_body();
    let chunks: Vec<String> = body
        .as_bytes()
        .chunks(7)
        .map(|part| format!("{:x}\r\n{}\r\n", part.len(), String::from_utf8_lossy(part)))
        .collect();
    vec![
        case("no fault", Trouble::Server(good()), "ok", 0),
        case(
            "a broken proxy that is not for this host",
            Trouble::ProxyNotForThis(Fault::AtAccept(Cut::Reset)),
            "ok",
            0,
        ),
        accepted("token_type BEARER", with("Bearer", "BEARER")),
        accepted("more scopes than were asked for", with(ADWORDS, &format!("openid {ADWORDS} email"))),
        accepted("no scope", with(r#""scope""#, r#""another""#)),
        accepted("no expires_in", with(r#""expires_in""#, r#""another""#)),
        accepted("members that nobody knows", with("{", r#"{"x":[{"y":null}],"expires":"never","#)),
        accepted("a byte order mark", json(200, &format!("\u{feff}{body}"))),
        accepted(
            "another spelling of the content type",
            answer(200, "content-type: APPLICATION/JSON\r\n", body.as_bytes()),
        ),
        accepted(
            "chunks of seven bytes",
            format!("{JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunks.concat()).into(),
        ),
    ]
}
