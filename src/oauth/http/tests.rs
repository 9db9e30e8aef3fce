use std::cell::RefCell;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

fn limits() -> Limits {
    let long = Duration::from_secs(20);
    Limits { connect: long / 4, total: long, pause: Duration::from_millis(1), body: 100 }
}

fn request(url: &str) -> http::Request<Vec<u8>> {
    http::Request::post(url).body(b"CANARY".to_vec()).unwrap()
}

/// Accepts for ever, keeps what each connection sends first, answers these bytes and closes.
async fn serve(listener: &TcpListener, answer: &[u8], heard: &RefCell<Vec<String>>) {
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).await.unwrap_or(0);
        heard.borrow_mut().push(String::from_utf8_lossy(&bytes[..length]).into_owned());
        let _ = stream.write_all(answer).await;
    }
}

async fn loopback() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = listener.local_addr().unwrap().to_string();
    (listener, authority)
}

/// Sends to the URL while a server at `listener` answers.
async fn sent(
    http: &Http,
    url: &str,
    listener: &TcpListener,
    answer: &[u8],
) -> (Result<Answer, HttpError>, Vec<String>) {
    let heard = RefCell::default();
    let outcome = tokio::select! {
        outcome = http.send(request(url)) => outcome,
        () = serve(listener, answer, &heard) => unreachable!(),
    };
    (outcome, heard.into_inner())
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_by_its_address_and_gets_nothing_of_the_request() {
    // One that wants a password is asked once, since the wrong one again and again can lock an account.
    for (status, why, tries) in [
        ("403 Filtered", Unreachable::ProxyRefused, 3),
        ("502 Bad Gateway", Unreachable::ProxyRefused, 3),
        ("407 Proxy Authentication Required", Unreachable::ProxyWantsPassword, 1),
    ] {
        let (listener, proxy) = loopback().await;
        let http = Http::assemble(limits(), Some(&format!("http://user:CANARY@{proxy}"))).unwrap();
        let refusal = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        let (outcome, heard) = sent(&http, "https://token.example/token", &listener, refusal.as_bytes()).await;
        let error = outcome.err().unwrap();
        assert_eq!(error, HttpError::Unreachable { host: "token.example".to_owned(), proxy: Some(proxy), why });
        assert_eq!(heard.len(), tries, "{status}");
        for connect in heard {
            assert!(connect.starts_with("CONNECT token.example:443 ") && !connect.contains("CANARY"), "{connect}");
        }
        assert!(!format!("{http:?}").contains("CANARY"));
    }
}

#[tokio::test]
async fn a_certificate_that_came_through_a_proxy_is_told_with_the_proxy() {
    let (listener, proxy) = loopback().await;
    let http = Http::assemble(limits(), Some(&format!("http://user:CANARY@{proxy}"))).unwrap();
    let tunnel = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = [0; 4096];
        let length = stream.read(&mut bytes).await.unwrap();
        assert!(bytes[..length].starts_with(b"CONNECT token.example:443 "));
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        show_certificate(stream, include_str!("tests/unknown.b64")).await;
    };
    let (outcome, ()) = tokio::join!(http.send(request("https://token.example/token")), tunnel);
    let expected =
        HttpError::Tls { host: "token.example".to_owned(), proxy: Some(proxy), why: TlsTrouble::UnknownIssuer };
    assert_eq!(outcome.err(), Some(expected));
}

#[tokio::test]
async fn loopback_is_never_asked_through_a_proxy() {
    let (listener, server) = loopback().await;
    let http = Http::assemble(limits(), Some("http://127.0.0.1:9")).unwrap();
    for host in [server.clone(), server.replace("127.0.0.1", "localhost")] {
        let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
        let (outcome, heard) = sent(&http, &format!("http://{host}/token"), &listener, answer).await;
        assert_eq!(outcome.unwrap().status(), 204);
        assert!(heard[0].starts_with("POST /token HTTP/1.1\r\n"), "{heard:?}");
    }
}

#[tokio::test]
async fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let (listener, proxy) = loopback().await;
    let http = Http::assemble(limits(), Some(&format!("http://{proxy}"))).unwrap();
    let (outcome, heard) = sent(&http, "http://token.example/token", &listener, b"").await;
    assert!(matches!(outcome, Err(HttpError::Unreachable { why: Unreachable::Other, .. })));
    assert_eq!(heard, [""; 0]);
}

#[tokio::test]
async fn every_request_has_a_connection_of_its_own() {
    let (listener, server) = loopback().await;
    let http = Http::assemble(limits(), None).unwrap();
    let heard = RefCell::default();
    let twice = async {
        for _ in 0..2 {
            let answer = http.send(request(&format!("http://{server}/"))).await.unwrap();
            assert_eq!(answer.body().await.unwrap(), b"ok");
        }
    };
    tokio::select! {
        () = twice => {}
        () = serve(&listener, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", &heard) => unreachable!(),
    }
    assert_eq!(heard.borrow().len(), 2);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_a_tls_failure_and_hears_nothing_of_the_request() {
    let (listener, server) = loopback().await;
    let http = Http::assemble(limits(), None).unwrap();
    let (outcome, heard) = sent(&http, &format!("https://{server}/token"), &listener, b"SSH-2.0-hello\r\n").await;
    let expected = HttpError::Tls { host: "127.0.0.1".to_owned(), proxy: None, why: TlsTrouble::Other };
    assert_eq!(outcome.err(), Some(expected));
    assert_eq!(heard.len(), 1, "a certificate does not get better by asking again");
    assert!(!heard[0].contains("CANARY"));
}

/// Plays the TLS server until the client has seen the certificate.
async fn show_certificate(mut stream: TcpStream, certificate: &str) {
    let chain = vec![der(certificate).into()];
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(der(include_str!("tests/key.b64"))).into();
    let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    let mut tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
    while let Ok(true) = pump(&mut tls, &mut stream).await {}
}

/// Moves what has come in and what is to go out; whether the client is still there.
async fn pump(tls: &mut rustls::ServerConnection, stream: &mut TcpStream) -> io::Result<bool> {
    let mut bytes = [0; 4096];
    let length = stream.read(&mut bytes).await?;
    let mut came = &bytes[..length];
    while !came.is_empty() {
        tls.read_tls(&mut came)?;
        tls.process_new_packets().map_err(io::Error::other)?;
    }
    let mut going = Vec::new();
    while tls.wants_write() {
        tls.write_tls(&mut going)?;
    }
    stream.write_all(&going).await?;
    Ok(length > 0)
}

fn der(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
}

#[tokio::test]
async fn a_certificate_that_this_machine_does_not_trust_is_told_from_one_whose_time_is_over() {
    let http = Http::assemble(limits(), None).unwrap();
    for (certificate, why) in [
        (include_str!("tests/unknown.b64"), TlsTrouble::UnknownIssuer),
        (include_str!("tests/expired.b64"), TlsTrouble::Date),
    ] {
        let (listener, server) = loopback().await;
        let url = format!("https://{server}/token");
        let shown = async { show_certificate(listener.accept().await.unwrap().0, certificate).await };
        let (outcome, ()) = tokio::join!(http.send(request(&url)), shown);
        assert_eq!(outcome.err(), Some(HttpError::Tls { host: "127.0.0.1".to_owned(), proxy: None, why }));
    }
}

#[test]
fn each_certificate_failure_has_its_name() {
    use rustls::CertificateError as Bad;
    for (bad, why) in [
        (Bad::UnknownIssuer, TlsTrouble::UnknownIssuer),
        (Bad::Expired, TlsTrouble::Date),
        (Bad::NotValidYet, TlsTrouble::Date),
        (Bad::NotValidForName, TlsTrouble::WrongName),
        (Bad::Revoked, TlsTrouble::Other),
    ] {
        assert_eq!(tls_trouble(&rustls::Error::InvalidCertificate(bad)), why);
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_not_found() {
    // A label of more than 63 bytes is refused by the resolver itself (RFC 1035 section 2.3.4), without a network.
    let name = format!("{}.invalid", "x".repeat(64));
    let http = Http::assemble(limits(), Some(&format!("http://{name}:3128"))).unwrap();
    let outcome = http.send(request("https://token.example/")).await;
    let (host, proxy) = ("token.example".to_owned(), Some(format!("{name}:3128")));
    assert_eq!(outcome.err(), Some(HttpError::Unreachable { host, proxy, why: Unreachable::NameNotFound }));
}

#[test]
fn building_twice_does_no_harm() {
    assert!(Http::build().is_ok());
    assert!(Http::build().is_ok());
}
