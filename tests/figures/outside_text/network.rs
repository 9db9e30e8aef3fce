//! The gates that only an answer from the network leads to: the token endpoint's words, and the names of accounts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use adsauth::oauth::client::{Client, ClientKind};
use adsauth::oauth::endpoints::{Trust, TrustedHost};
use adsauth::oauth::exchange::{CodeExchange, exchange};
use adsauth::oauth::http::Http;
use adsauth::oauth::login::LoginError;
use adsauth::oauth::secret::Secret;
use adsauth::runtime::{AdsServer, check};
use serde_json::json;
use url::Url;

use super::Texts;
use crate::random::Random;
use crate::scenes::{self, Script};

const ACCOUNTS: usize = 20;

/// Until so many texts have been let in.
pub fn measure(random: &mut Random, wanted: usize, texts: &Texts) {
    let server = Answers::start();
    let client = server.client();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("threads and timers");
    let http = Http::build().expect("this machine has CA certificates");
    let mut seen = 0;
    while seen < wanted {
        seen += runtime.block_on(refused(random, texts, &server, &client, &http));
        seen += runtime.block_on(accounts(random, texts, &server, &client, &http));
    }
}

/// A server that answers each request with the next of the bodies that it was given.
struct Answers {
    address: String,
    bodies: Sender<(u16, String)>,
}

impl Answers {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("just bound").to_string();
        let (bodies, next) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(&stream, &next);
            }
        });
        Self { address, bodies }
    }

    fn will_say(&self, status: u16, body: &serde_json::Value) {
        self.bodies.send((status, body.to_string())).expect("the server runs as long as this");
    }

    fn client(&self) -> Client {
        let origin = format!("http://{}", self.address);
        let trust = Trust::new(vec![TrustedHost::parse(&self.address).expect("a host and a port")]);
        let endpoints = trust.judge(&format!("{origin}/auth"), &format!("{origin}/token")).expect("a trusted server");
        Client { endpoints, ..scenes::client(ClientKind::Desktop, &[]) }
    }
}

fn answer(mut stream: &TcpStream, next: &Receiver<(u16, String)>) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|count| count > 2) {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = Vec::new();
    let _short = reader.take(length).read_to_end(&mut body);
    let (status, body) = next.recv().expect("there is an answer for every request");
    let head = format!("HTTP/1.1 {status} So\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    let _gone = write!(stream, "{head}Connection: close\r\n\r\n{body}");
}

async fn refused(random: &mut Random, texts: &Texts, server: &Answers, client: &Client, http: &Http) -> usize {
    server.will_say(400, &json!({ "error": random.hostile_text(), "error_description": random.hostile_text() }));
    let request = CodeExchange {
        client,
        code: Secret::new("4/0A".to_owned()),
        verifier: Secret::new("verifier".to_owned()),
        redirect_uri: "http://127.0.0.1:1",
        scopes: &[],
    };
    let error = exchange(http, request).await.expect_err("it was refused");
    texts.judge_screen(2, &Script::ended(LoginError::Exchange(error)).model, "a refusal of the token endpoint");
    2
}

async fn accounts(random: &mut Random, texts: &Texts, server: &Answers, client: &Client, http: &Http) -> usize {
    server.will_say(200, &json!({ "access_token": "ya29.a", "token_type": "Bearer", "expires_in": 3599 }));
    server.will_say(200, &json!({ "resourceNames": ["customers/1000000000"] }));
    let rows: Vec<_> = (0..ACCOUNTS)
        .map(|number| {
            let client = json!({
                "id": (1_000_000_000 + number).to_string(), "level": usize::from(number > 0).to_string(), "status": "ENABLED",
                "descriptiveName": random.hostile_text(), "currencyCode": random.hostile_text(), "timeZone": random.hostile_text(),
            });
            json!({ "customerClient": client })
        })
        .collect();
    server.will_say(200, &json!([{ "results": rows }]));
    let error = json!({ "error": { "code": 403, "status": random.hostile_text(), "message": random.hostile_text() } });
    server.will_say(403, &error);
    let ads = AdsServer {
        base: Url::parse(&format!("http://{}", server.address)).ok(),
        version: Some(20),
        developer_token: None,
    };
    let mut script = Script::checking();
    let mut learned = Vec::new();
    let (client, token) = (Arc::new(client.clone()), Secret::new("1//0g".to_owned()));
    check(&client, &token, async { Ok(http.clone()) }, &ads, |checked| learned.push(checked)).await;
    assert!(learned.len() >= 4, "every grade was tried: {learned:?}");
    for checked in learned {
        script = script.learns(checked);
        texts.judge_screen(0, &script.model, "an account");
    }
    texts.judge_screen(ACCOUNTS * 3 + 2, &script.model, "an account");
    ACCOUNTS * 3 + 2
}
