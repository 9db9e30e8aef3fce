use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout};

use super::*;
use crate::oauth::consent::ConsentUrl;
use crate::oauth::secret::Secret;

pub(super) const STATE: &str = "rEaLsTaTe-0123456789_abcdefghijklmnopqrstuv";
pub(super) const TYPED: &str = "abc234";
pub(super) const BROWSER: &str = "xyz789";
const CALLBACK: &str = "/?state=STATE&code=4/0Aright&scope=x";

pub(super) fn gate(redirect: &RedirectUri) -> Gate {
    Gate {
        redirect: redirect.clone(),
        state: Secret::new(STATE.to_owned()),
        issuer: "https://accounts.google.com".to_owned(),
        consent: ConsentUrl::new(format!("https://accounts.google.com/o/oauth2/v2/auth?client_id=1&state={STATE}")),
        typed_start: Secret::new(TYPED.to_owned()),
        browser_start: Secret::new(BROWSER.to_owned()),
    }
}

fn open() -> Listener {
    open_at(&RedirectPlan::Desktop { port: None })
}

fn open_at(plan: &RedirectPlan) -> Listener {
    let mut listener = Listener::bind(plan, &Pages::EN).unwrap();
    let gate = gate(listener.redirect());
    listener.open(gate);
    listener
}

fn address(listener: &Listener) -> SocketAddr {
    listener.sockets.addresses()[0]
}

fn request(listener: &Listener, target: &str) -> String {
    let target = target.replace("STATE", STATE);
    format!("GET {target} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n", listener.redirect().authority())
}

fn callback(listener: &Listener) -> String {
    request(listener, CALLBACK)
}

fn right() -> Incoming {
    Incoming::Callback(Answer::Code(Secret::new("4/0Aright".to_owned())))
}

/// Lets the listener work until `client` is done; what happened meanwhile is collected.
async fn during<T>(listener: &mut Listener, client: impl Future<Output = T>) -> (T, Vec<Incoming>) {
    let mut client = std::pin::pin!(client);
    let mut happened = Vec::new();
    loop {
        tokio::select! {
            biased;
            incoming = listener.next() => happened.push(incoming),
            done = &mut client => return (done, happened),
        }
    }
}

async fn connect(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// All that comes until the other side closes. A reset fails.
async fn read(mut stream: TcpStream) -> String {
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

async fn fetch(listener: &mut Listener, request: &str) -> (String, Vec<Incoming>) {
    let address = address(listener);
    during(listener, async { read(connect(address, request.as_bytes()).await).await }).await
}

async fn get(listener: &mut Listener, target: &str) -> (String, Vec<Incoming>) {
    let request = request(listener, target);
    fetch(listener, &request).await
}

/// What happens next that was not ignored.
async fn next_wanted(listener: &mut Listener) -> Incoming {
    loop {
        match listener.next().await {
            Incoming::Ignored(_) => {}
            wanted => return wanted,
        }
    }
}

/// What happens until this page has been fetched.
async fn until_fetched(listener: &mut Listener, page: Page) {
    while listener.next().await != Incoming::PageFetched(page) {}
}

/// A port that is free on both families.
fn free_port() -> u16 {
    loop {
        let v4 = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = v4.local_addr().unwrap().port();
        if std::net::TcpListener::bind(("::1", port)).is_ok() {
            return port;
        }
    }
}

fn registered(port: u16) -> RedirectPlan {
    RedirectPlan::Registered(vec![RedirectUri::parse(&format!("http://localhost:{port}/")).unwrap()])
}

#[tokio::test]
async fn the_callback_is_held_until_the_outcome_and_led_to_its_page() {
    let mut listener = open();
    let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
    assert_eq!(listener.next().await, right());
    let (_, happened) = get(&mut listener, "/favicon.ico").await;
    assert_eq!(happened, [Incoming::Ignored(Ignored::Unrelated)]);
    assert!(browser.try_read(&mut [0; 1]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));

    listener.answer(Page::Ok);
    let (response, _) = during(&mut listener, read(browser)).await;
    assert!(
        response.starts_with("HTTP/1.1 303 See Other\r\n") && response.contains("\r\nLocation: /ok\r\n"),
        "{response}"
    );
    let client = connect(address(&listener), request(&listener, "/ok").as_bytes()).await;
    let (page, ()) = tokio::join!(read(client), until_fetched(&mut listener, Page::Ok));
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("Your refresh token has been fetched."), "{page}");
    for secret in ["4/0A", STATE] {
        assert!(!response.contains(secret) && !page.contains(secret));
    }
}

#[tokio::test]
async fn the_waiting_page_goes_on_to_the_outcome() {
    let mut listener = open();
    let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
    assert_eq!(listener.next().await, right());
    listener.answer(Page::StillWorking);
    let (response, _) = during(&mut listener, read(browser)).await;
    assert!(response.contains("\r\nLocation: /waiting\r\n"), "{response}");
    let client = connect(address(&listener), request(&listener, "/waiting").as_bytes()).await;
    let (page, ()) = tokio::join!(read(client), until_fetched(&mut listener, Page::StillWorking));
    assert!(page.contains("\r\nRefresh: 1; url=/waiting\r\n"), "{page}");

    listener.answer(Page::Failed);
    let (response, happened) = get(&mut listener, "/waiting").await;
    assert!(response.contains("\r\nLocation: /failed\r\n") && happened.is_empty(), "{response}");
    let client = connect(address(&listener), request(&listener, "/failed").as_bytes()).await;
    let (page, ()) = tokio::join!(read(client), until_fetched(&mut listener, Page::Failed));
    assert!(page.contains("did not work"), "{page}");
}

#[tokio::test]
async fn the_same_callback_again_is_answered_alike_and_later_told_that_it_was_received() {
    let mut listener = open();
    let mut browsers = Vec::new();
    for _ in 0..6 {
        browsers.push(connect(address(&listener), callback(&listener).as_bytes()).await);
    }
    assert_eq!(listener.next().await, right());
    let ((), happened) = during(&mut listener, async {
        // The two oldest gave way: only four are kept.
        for browser in browsers.drain(..2) {
            assert_eq!(read(browser).await, "");
        }
    })
    .await;
    assert_eq!(happened, []);
    listener.answer(Page::Denied);
    for browser in browsers {
        let (response, _) = during(&mut listener, read(browser)).await;
        assert!(response.contains("\r\nLocation: /denied\r\n"), "{response}");
    }
    let (response, happened) = get(&mut listener, CALLBACK).await;
    assert!(response.starts_with("HTTP/1.1 410 ") && response.contains("Already received"), "{response}");
    assert_eq!(happened, [Incoming::Ignored(Ignored::Unrelated)]);
}

#[tokio::test]
async fn a_browser_that_resets_after_sending_is_still_heard() {
    let mut listener = open();
    let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
    browser.set_zero_linger().unwrap();
    drop(browser);
    let again = connect(address(&listener), callback(&listener).as_bytes()).await;
    assert_eq!(next_wanted(&mut listener).await, right());
    let (_, _) = get(&mut listener, "/favicon.ico").await;
    listener.answer(Page::Ok);
    let (response, _) = during(&mut listener, read(again)).await;
    assert!(response.contains("\r\nLocation: /ok\r\n"), "{response}");
}

#[tokio::test]
async fn a_start_link_leads_to_the_consent_url_without_telling_where_from() {
    let mut listener = open();
    let (response, happened) = get(&mut listener, &format!("/s/{BROWSER}")).await;
    assert_eq!(happened, [Incoming::Started]);
    assert!(response.starts_with("HTTP/1.1 302 Found\r\n"), "{response}");
    for header in
        ["Location: https://accounts.google.com/o/", "Cache-Control: no-store", "Referrer-Policy: no-referrer"]
    {
        assert!(response.contains(&format!("\r\n{header}")), "{response}");
    }
    let (response, _) = get(&mut listener, &format!("/s/{BROWSER}")).await;
    assert!(response.starts_with("HTTP/1.1 410 ") && !response.contains(STATE), "{response}");
}

/// What browsers, scanners, other programs and stray pages send. `HOST` and `STATE` are put in.
#[rustfmt::skip]
const HOSTILE: &[&[u8]] = &[
    b"",
    b"G",
    b"GET / HTTP/1.1\r\nHost: HO",
    b"GET / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /robots.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /apple-touch-icon.png HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\nSec-Purpose: prefetch;prerender\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\nPurpose: prefetch\r\n\r\n",
    b"HEAD /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"OPTIONS /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
    b"POST /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\nffffff\r\n",
    b"PUT / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET http://HOST/?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\x00\x01\x02\x03\x04\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /?state=STATE&code=evil\r\n\r\n",
    b"GET /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n folded: x\r\n\r\n",
    b"GET /?state=STATE&code=a%00b HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=a%zzb HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=%c0%af HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=\xff HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=STATE&code=evil&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=older&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?state=older&error=access_denied HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?error=<script>alert(1)</script> HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /?code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /callback?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /s/aaaaaa HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET /ok HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: HOST\r\n\r\nGET /?state=STATE&code=evil HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: HOST\r\n\r\n",
];

#[tokio::test]
async fn the_right_callback_comes_through_after_every_kind_of_hostile_request() {
    let long_line = [b"GET /", "a".repeat(9000).as_bytes()].concat();
    let long_head = [b"GET / HTTP/1.1\r\nCookie: ", "a".repeat(9000).as_bytes()].concat();
    let many_headers = [&b"GET / HTTP/1.1\r\n"[..], &b"A: b\r\n".repeat(65)].concat();
    let more = [long_line.as_slice(), &long_head, &many_headers];
    assert!(HOSTILE.len() + more.len() >= 30);
    for hostile in HOSTILE.iter().copied().chain(more) {
        let mut listener = open();
        let shown = String::from_utf8_lossy(hostile).into_owned();
        let hostile = replace(hostile, "HOST", &listener.redirect().authority());
        let hostile = replace(&hostile, "STATE", STATE);
        let stranger = connect(address(&listener), &hostile).await;
        let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
        assert_eq!(next_wanted(&mut listener).await, right(), "{shown}");
        listener.answer(Page::Ok);
        let (response, happened) = during(&mut listener, read(browser)).await;
        assert!(response.starts_with("HTTP/1.1 303 "), "{shown}");
        assert!(happened.iter().all(|incoming| matches!(incoming, Incoming::Ignored(_))), "{shown}: {happened:?}");
        drop(stranger);
    }
}

fn replace(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from.as_bytes()) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(to.as_bytes());
        rest = &rest[at + from.len()..];
    }
    [replaced, rest.to_vec()].concat()
}

#[tokio::test]
async fn tls_is_told_and_closed_without_a_word() {
    let mut listener = open();
    let (response, happened) = fetch(&mut listener, "\x16\x03\x01\x02\x00\x01").await;
    assert_eq!((response.as_str(), happened.as_slice()), ("", &[Incoming::Ignored(Ignored::Https)][..]));
}

#[tokio::test]
async fn a_body_is_not_read_and_the_response_arrives_all_the_same() {
    let mut listener = open();
    let address = address(&listener);
    let (response, _) = during(&mut listener, async {
        let mut client = connect(address, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30000\r\n\r\n").await;
        client.readable().await.unwrap();
        for _ in 0..3 {
            client.write_all(&[b'a'; 10_000]).await.expect("a reset would take the response away");
        }
        read(client).await
    })
    .await;
    assert!(response.starts_with("HTTP/1.1 405 ") && response.contains("\r\nAllow: GET\r\n"), "{response}");
}

#[tokio::test(start_paused = true)]
async fn a_response_ends_without_the_client_having_to_close() {
    let mut listener = open();
    let begun = Instant::now();
    let (response, _) = get(&mut listener, "/").await;
    assert!(response.starts_with("HTTP/1.1 404 "), "{response}");
    assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_callback_may_come_byte_by_byte() {
    let mut listener = open();
    let (address, request) = (address(&listener), callback(&listener));
    let ((), happened) = during(&mut listener, async {
        let mut browser = TcpStream::connect(address).await.unwrap();
        browser.set_nodelay(true).unwrap();
        for byte in request.as_bytes() {
            browser.write_all(&[*byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        // Held: nothing comes until somebody else was served.
        let stranger = connect(address, b"GET / HTTP/1.1\r\n\r\n").await;
        read(stranger).await;
    })
    .await;
    assert_eq!(happened, [right(), Incoming::Ignored(Ignored::Unrelated)]);
}

#[tokio::test]
async fn five_hundred_idle_connections_do_not_keep_the_callback_out_nor_end_a_held_one() {
    let mut listener = open();
    let mut idle = Vec::new();
    for _ in 0..250 {
        idle.push(connect(address(&listener), b"GET /").await);
    }
    let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
    assert_eq!(next_wanted(&mut listener).await, right());
    for _ in 0..250 {
        idle.push(connect(address(&listener), b"").await);
    }
    let (_, happened) = get(&mut listener, "/favicon.ico").await;
    assert_eq!(happened, [Incoming::Ignored(Ignored::Unrelated)]);
    listener.answer(Page::Ok);
    let (response, _) = during(&mut listener, read(browser)).await;
    assert!(response.starts_with("HTTP/1.1 303 "), "{response}");
    let (first, _) = during(&mut listener, read(idle.remove(0))).await;
    assert_eq!(first, "", "the oldest gave way");
}

#[tokio::test]
async fn a_page_on_its_way_does_not_give_way_to_idle_connections() {
    let mut listener = open();
    listener.answer(Page::Ok);
    let address = address(&listener);
    let browser = connect(address, request(&listener, "/ok").as_bytes()).await;
    let mut idle = Vec::new();
    let ((), happened) = during(&mut listener, async {
        browser.readable().await.unwrap();
        for _ in 0..200 {
            idle.push(connect(address, b"").await);
        }
        read(idle.remove(0)).await;
    })
    .await;
    assert_eq!(happened, []);
    assert!(read(browser).await.starts_with("HTTP/1.1 200 OK\r\n"));
    let fetched = timeout(Duration::from_secs(5), until_fetched(&mut listener, Page::Ok)).await;
    assert!(fetched.is_ok(), "it was cut off");
}

#[tokio::test]
async fn connections_that_are_over_do_not_count() {
    let mut listener = open();
    let mut patient = connect(address(&listener), b"GET").await;
    for _ in 0..200 {
        let (_, happened) = get(&mut listener, "/").await;
        assert_eq!(happened, [Incoming::Ignored(Ignored::Unrelated)]);
    }
    patient.write_all(&callback(&listener).as_bytes()[3..]).await.unwrap();
    let heard = timeout(Duration::from_secs(5), listener.next()).await;
    assert_eq!(heard, Ok(right()), "it gave way to connections that are over");
}

#[tokio::test]
async fn a_flood_leaves_turns_to_everything_else() {
    const FLOOD: u32 = 64;
    let mut listener = open();
    let stranger = || {
        let mut stream = std::net::TcpStream::connect(address(&listener)).unwrap();
        std::io::Write::write_all(&mut stream, b"GET / HTTP/1.1\r\n\r\n").unwrap();
        stream
    };
    let _flood: Vec<_> = (0..FLOOD).map(|_| stranger()).collect();
    let mut turns = 0;
    let everything_else = async {
        loop {
            tokio::task::yield_now().await;
            turns += 1;
        }
    };
    let flooded = async {
        for _ in 0..FLOOD {
            assert_eq!(listener.next().await, Incoming::Ignored(Ignored::Unrelated));
        }
    };
    tokio::select! { biased; () = flooded => {} () = everything_else => {} }
    assert!(turns >= FLOOD / MOST_IN_A_ROW, "{turns} turns");
}

#[tokio::test(start_paused = true)]
async fn a_head_that_drips_has_five_seconds_in_all() {
    let mut listener = open();
    let begun = Instant::now();
    let slow = connect(address(&listener), b"GET / HTTP/1.1\r\n").await;
    let (response, happened) = during(&mut listener, read(slow)).await;
    assert_eq!((response.as_str(), happened.as_slice()), ("", &[][..]));
    assert!((5..6).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_closes_is_left_after_a_second() {
    let mut listener = open();
    listener.answer(Page::Ok);
    let begun = Instant::now();
    let client = connect(address(&listener), request(&listener, "/ok").as_bytes()).await;
    until_fetched(&mut listener, Page::Ok).await;
    assert!(begun.elapsed() <= Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(read(client).await.ends_with("</main>\n"));
}

#[tokio::test]
async fn next_may_be_dropped_at_any_time() {
    let mut listener = open();
    let browser = connect(address(&listener), callback(&listener).as_bytes()).await;
    let mut heard = None;
    while heard.is_none() {
        heard = tokio::select! {
            biased;
            () = tokio::task::yield_now() => None,
            incoming = listener.next() => Some(incoming),
        };
    }
    assert_eq!(heard, Some(right()));
    drop(browser);
}

#[tokio::test]
async fn localhost_listens_on_both_families() {
    let port = free_port();
    let mut listener = open_at(&registered(port));
    listener.self_test().await.unwrap();
    for host in ["127.0.0.1", "::1"] {
        let request = request(&listener, "/");
        let client =
            async { read(connect(SocketAddr::new(host.parse().unwrap(), port), request.as_bytes()).await).await };
        let (response, _) = during(&mut listener, client).await;
        assert!(response.starts_with("HTTP/1.1 404 "), "{host}: {response}");
    }
}

#[tokio::test]
async fn localhost_is_refused_while_another_program_holds_one_side() {
    for host in ["127.0.0.1", "::1"] {
        let port = free_port();
        let address = SocketAddr::new(host.parse().unwrap(), port);
        let other = TcpListener::bind(address).await.unwrap();
        assert_eq!(Listener::bind(&registered(port), &Pages::EN).unwrap_err(), BindError::PortTaken { address });
        drop(other);
        assert!(Listener::bind(&registered(port), &Pages::EN).is_ok(), "nothing was left bound");
    }
}

#[tokio::test]
async fn a_port_is_ours_alone_and_free_again_right_after_the_attempt() {
    let mut port = None;
    for _ in 0..3 {
        let plan = RedirectPlan::Desktop { port };
        let mut listener = open_at(&plan);
        let bound = address(&listener);
        assert!(bound.ip().is_loopback());
        assert_eq!(listener.redirect().as_str(), format!("http://{bound}"));
        assert_eq!(port.unwrap_or(bound.port()), bound.port());
        port = Some(bound.port());
        let again = Listener::bind(&RedirectPlan::Desktop { port }, &Pages::EN);
        assert_eq!(again.unwrap_err(), BindError::PortTaken { address: bound });
        // The listener closes first, which leaves its side of the connection in TIME_WAIT.
        let (response, _) = get(&mut listener, "/").await;
        assert!(response.starts_with("HTTP/1.1 404 "));
        let held = connect(bound, callback(&listener).as_bytes()).await;
        assert_eq!(listener.next().await, right());
        drop(listener);
        assert_eq!(read(held).await, "");
    }
}

#[tokio::test]
async fn the_self_test_is_passed_and_not_told() {
    let mut listener = Listener::bind(&RedirectPlan::Desktop { port: None }, &Pages::EN).unwrap();
    assert_eq!(listener.self_test().await, Ok(()));
    let (_, happened) = get(&mut listener, "/").await;
    assert_eq!(happened, [Incoming::Ignored(Ignored::Unrelated)], "only what came afterwards");
}

#[tokio::test]
async fn the_self_test_fails_at_an_address_that_is_not_answered_there() {
    let mut listener = Listener::bind(&RedirectPlan::Desktop { port: None }, &Pages::EN).unwrap();
    // The port answers, and by another name: what is asked there is no request of ours.
    listener.reception = Reception::new("127.0.0.1:1".to_owned());
    assert_eq!(listener.self_test().await, Err(SelfTestFailed { address: address(&listener) }));
}

#[tokio::test]
async fn the_self_test_notices_that_somebody_else_answers() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = other.local_addr().unwrap();
    let mut listener = Listener::bind(&RedirectPlan::Desktop { port: None }, &Pages::EN).unwrap();
    let stranger = async {
        let (mut stream, _) = other.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1000]).await;
        stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n").await.unwrap();
    };
    let (tested, ()) = tokio::join!(listener.reaches_itself_at(address), stranger);
    assert_eq!(tested, Err(SelfTestFailed { address }));
}

#[tokio::test]
async fn the_self_test_does_not_take_another_programs_word_for_it() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let between = other.local_addr().unwrap();
    let mut listener = Listener::bind(&RedirectPlan::Desktop { port: None }, &Pages::EN).unwrap();
    let behind = address(&listener);
    let proxy = async {
        let (mut stream, _) = other.accept().await.unwrap();
        let mut request = vec![0; 1000];
        let length = stream.read(&mut request).await.unwrap();
        read(connect(behind, &request[..length]).await).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    };
    let (tested, ()) = tokio::join!(listener.reaches_itself_at(between), proxy);
    assert_eq!(tested, Err(SelfTestFailed { address: between }));
}

#[tokio::test(start_paused = true)]
async fn the_self_test_does_not_wait_long_for_silence() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let mut listener = Listener::bind(&RedirectPlan::Desktop { port: None }, &Pages::EN).unwrap();
    let begun = Instant::now();
    assert_eq!(listener.reaches_itself_at(address).await, Err(SelfTestFailed { address }));
    assert!(begun.elapsed() < Duration::from_secs(4));
}

#[cfg(target_os = "linux")]
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "counts this process's own descriptors")]
async fn descriptors_do_not_pile_up() {
    let sockets_to = |port: u16| {
        let hexadecimal = format!("0100007F:{port:04X} ");
        let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
        let inodes: Vec<_> = table
            .lines()
            .filter(|line| line.split_once(": ").is_some_and(|(_, rest)| rest.starts_with(&hexadecimal)))
            .filter_map(|line| line.split_whitespace().nth(9).map(|inode| format!("socket:[{inode}]")))
            .collect();
        let descriptors = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
        let ours = descriptors.filter_map(|entry| entry.path().read_link().ok()?.to_str().map(str::to_owned));
        ours.filter(|link| inodes.contains(link)).count()
    };
    let mut listener = open();
    let port = address(&listener).port();
    let mut most = 0;
    let mut clients = Vec::new();
    for count in 0..300 {
        clients.push(connect(address(&listener), b"GET").await);
        if count % 50 == 49 {
            let (_, _) = get(&mut listener, "/").await;
            most = most.max(sockets_to(port));
        }
    }
    assert!((100..=130).contains(&most), "{most} of our descriptors are at the port");
    drop(clients);
    let (_, _) = get(&mut listener, "/").await;
    assert!(sockets_to(port) <= 2);
}
