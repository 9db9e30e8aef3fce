//! An authorization server on loopback whose answers are known beforehand, and a browser that visits it. It shares no code
//! with the program or its practice Google, and repeats in its errors whatever it was sent, as careless servers do.
#![expect(clippy::disallowed_methods, reason = "it serves in a thread")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use url::Url;

use crate::canary::{ACCESS_TOKEN, CLIENT_SECRET, CODE, REFRESH_TOKEN};

/// What the client file says of the project: the words by which its row is known on the screen.
pub const PROJECT: &str = "figures-1234";
const CLIENT_ID: &str = "407408718192-figures.apps.googleusercontent.com";

/// How it treats who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Consent and token.
    Grants,
    /// The user says no.
    Denies,
    /// The first time consent and token, and no afterwards.
    GrantsOnce,
    /// Consent, and then the code is refused.
    Refuses,
    /// Consent, and then the token endpoint is in trouble.
    Fails,
}

pub struct Server {
    authority: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    consents: usize,
    verifiers: Vec<String>,
}

impl Server {
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let authority = listener.local_addr().expect("just bound").to_string();
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let remembered = seen.clone();
        // It ends with the process that measures.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever goes away in the middle is no concern of a server's.
                let _gone = serve(&stream, manner, &remembered);
            }
        });
        Self { authority, seen }
    }

    /// `127.0.0.1:PORT`, as `--trust-host` wants it.
    pub fn host(&self) -> &str {
        &self.authority
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.authority)
    }

    pub fn client_file(&self) -> String {
        let origin = self.origin();
        serde_json::json!({ "installed": {
            "client_id": CLIENT_ID,
            "project_id": PROJECT,
            "client_secret": CLIENT_SECRET,
            "auth_uri": format!("{origin}/auth"),
            "token_uri": format!("{origin}/token"),
            "redirect_uris": ["http://localhost"],
        }})
        .to_string()
    }

    /// The PKCE verifiers that came, the one thing that only the program knew before.
    pub fn verifiers(&self) -> Vec<String> {
        self.seen.lock().expect("no thread panics while it holds the lock").verifiers.clone()
    }
}

fn serve(mut stream: &TcpStream, manner: Manner, seen: &Mutex<Seen>) -> io::Result<()> {
    let (line, body) = read_request(stream)?;
    let path = line.split(' ').nth(1).unwrap_or_default();
    let (status, header, answer) = if let Some(query) = path.strip_prefix("/auth?") {
        let mut seen = seen.lock().expect("no thread panics while it holds the lock");
        seen.consents += 1;
        let denies = manner == Manner::Denies || (manner == Manner::GrantsOnce && seen.consents > 1);
        ("302 Found", format!("Location: {}\r\n", callback(query, denies)), String::new())
    } else if path == "/token" {
        let (status, answer) = token(&body, manner, seen);
        (status, "Content-Type: application/json\r\n".to_owned(), answer)
    } else {
        ("404 Not Found", "Content-Type: application/json\r\n".to_owned(), "{}".to_owned())
    };
    let length = answer.len();
    write!(stream, "HTTP/1.1 {status}\r\n{header}Content-Length: {length}\r\nConnection: close\r\n\r\n{answer}")
}

fn read_request(stream: &TcpStream) -> io::Result<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? <= 2 {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    Ok((line, body))
}

fn parameter(form: &str, name: &str) -> String {
    let found = url::form_urlencoded::parse(form.as_bytes()).find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn callback(query: &str, denies: bool) -> String {
    let mut url = Url::parse(&parameter(query, "redirect_uri")).expect("the program sends a redirect URI");
    let (name, value) = if denies { ("error", "access_denied") } else { ("code", CODE) };
    url.query_pairs_mut().append_pair("state", &parameter(query, "state")).append_pair(name, value);
    url.into()
}

fn token(form: &str, manner: Manner, seen: &Mutex<Seen>) -> (&'static str, String) {
    let is_code = parameter(form, "grant_type") == "authorization_code";
    if is_code {
        let verifier = parameter(form, "code_verifier");
        seen.lock().expect("no thread panics while it holds the lock").verifiers.push(verifier);
    }
    match manner {
        Manner::Refuses => ("400 Bad Request", error("invalid_grant", form)),
        Manner::Fails => ("503 Service Unavailable", error("temporarily_unavailable", form)),
        Manner::Grants | Manner::Denies | Manner::GrantsOnce => ("200 OK", grant(is_code)),
    }
}

fn error(code: &str, form: &str) -> String {
    serde_json::json!({ "error": code, "error_description": format!("I was sent {form}") }).to_string()
}

fn grant(is_code: bool) -> String {
    let mut answer = serde_json::json!({
        "access_token": ACCESS_TOKEN,
        "expires_in": 3599,
        "scope": "https://www.googleapis.com/auth/adwords",
        "token_type": "Bearer",
    });
    if is_code {
        answer["refresh_token"] = REFRESH_TOKEN.into();
    }
    answer.to_string()
}

/// Follows a link to its end, and gives everything that the program's own listener has answered on the way.
pub fn visit(link: &str, server: &Server) -> io::Result<Vec<u8>> {
    let (mut url, mut answers) = (link.to_owned(), Vec::new());
    loop {
        let (answer, next) = ask(&url)?;
        if !url.starts_with(&server.origin()) {
            answers.extend(answer);
        }
        match next {
            Some(next) => url = next,
            None => return Ok(answers),
        }
    }
}

/// The address that the server sends a browser back to, which somebody may copy from there.
pub fn answer_of(link: &str, server: &Server) -> io::Result<String> {
    let mut url = link.to_owned();
    loop {
        let here = url.starts_with(&server.origin());
        let next = ask(&url)?.1.ok_or_else(|| io::Error::other("it ends before the answer"))?;
        if here {
            return Ok(next);
        }
        url = next;
    }
}

/// One request: the whole answer, and where it leads.
fn ask(url: &str) -> io::Result<(Vec<u8>, Option<String>)> {
    let url = Url::parse(url).map_err(io::Error::other)?;
    let address = format!("{}:{}", url.host_str().unwrap_or_default(), url.port().unwrap_or(80));
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut stream = TcpStream::connect(&address)?;
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let location = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("location").then(|| url.join(value.trim()))
    });
    let location = location.transpose().map_err(io::Error::other)?.map(String::from);
    Ok((answer, location))
}
