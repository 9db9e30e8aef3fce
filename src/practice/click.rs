//! Plays the browser of a practice run: follows the start link, answers the consent page, goes back to the callback.
//! It never leaves loopback, and shares no code with the client that exchanges the code.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::{Host, Url, form_urlencoded};

/// How many redirects a browser follows.
const REDIRECTS_MAX: usize = 10;
/// The largest page, in bytes.
const PAGE_MAX: u64 = 1024 * 1024;

/// The button that is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Allow, with the account and the permissions that the page has chosen.
    Allow,
    /// Deny.
    Deny,
}

/// The page that the browser ends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// Its HTTP status.
    pub status: u16,
    /// Its HTML.
    pub page: String,
}

/// Follows a link to the consent page, presses a button there and follows on to the last page.
///
/// # Errors
/// Whatever a connection fails with; `InvalidData` for an answer that is no HTTP or leads away from this machine.
pub async fn click(start_url: &str, decision: Decision) -> io::Result<Landing> {
    match press(start_url, decision).await? {
        Pressed::NoButton(landing) => Ok(landing),
        Pressed::SentTo(callback) => Ok(follow(callback).await?.1),
    }
}

/// The same as far as the address that the consent page sends the browser to, which a person may paste instead.
///
/// # Errors
/// As [`click`]; also if the page has no button.
pub async fn answer_of(start_url: &str, decision: Decision) -> io::Result<String> {
    match press(start_url, decision).await? {
        Pressed::NoButton(_) => Err(invalid("the page has no button")),
        Pressed::SentTo(callback) => Ok(callback.into()),
    }
}

enum Pressed {
    NoButton(Landing),
    SentTo(Url),
}

async fn press(start_url: &str, decision: Decision) -> io::Result<Pressed> {
    let start = Url::parse(start_url).map_err(|_| invalid("the start link is no URL"))?;
    let (address, landing) = follow(start).await?;
    let Some(form) = Form::read(&landing.page, decision) else { return Ok(Pressed::NoButton(landing)) };
    let target = address.join(&form.action).map_err(|_| invalid("the form leads nowhere"))?;
    let (head, page) = ask(&target, Some(&form.fields)).await?;
    let (status, location) = read_head(&head)?;
    match location {
        Some(location) => target.join(&location).map(Pressed::SentTo).map_err(|_| invalid("a redirect leads nowhere")),
        None => Ok(Pressed::NoButton(Landing { status, page })),
    }
}

/// Asks, and follows redirects.
async fn follow(mut url: Url) -> io::Result<(Url, Landing)> {
    for _ in 0..REDIRECTS_MAX {
        let (head, page) = ask(&url, None).await?;
        let (status, location) = read_head(&head)?;
        match location {
            Some(location) if (300..400).contains(&status) => {
                url = url.join(&location).map_err(|_| invalid("a redirect leads nowhere"))?;
            }
            Some(_) | None => return Ok((url, Landing { status, page })),
        }
    }
    Err(invalid("too many redirects"))
}

/// One request on a connection of its own; head and body of the answer.
async fn ask(url: &Url, form: Option<&str>) -> io::Result<(String, String)> {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() != "http" || !loopback {
        return Err(invalid("a link leads away from this machine"));
    }
    let port = url.port_or_known_default().unwrap_or(80);
    let host = url.host_str().unwrap_or_default();
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let usual = format!("Host: {authority}\r\nUser-Agent: adsauth-practice\r\nAccept: text/html\r\nConnection: close");
    let request = match form {
        None => format!("GET {target} HTTP/1.1\r\n{usual}\r\n\r\n"),
        Some(form) => format!(
            "POST {target} HTTP/1.1\r\n{usual}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        ),
    };
    let mut stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(PAGE_MAX).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, page) = answer.split_once("\r\n\r\n").ok_or_else(|| invalid("the answer has no head"))?;
    Ok((format!("{head}\r\n\r\n"), page.to_owned()))
}

/// Status and `Location`. Bodies in chunks are refused: nobody here sends them.
fn read_head(head: &str) -> io::Result<(u16, Option<String>)> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response.parse(head.as_bytes()).is_ok_and(|status| status.is_complete());
    let status = response.code.filter(|_| parsed).ok_or_else(|| invalid("the answer is no HTTP"))?;
    let header = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok().map(str::to_owned)
    };
    if header("transfer-encoding").is_some() {
        return Err(invalid("the answer comes in chunks"));
    }
    Ok((status, header("location")))
}

/// What a browser sends when the button is pressed.
struct Form {
    action: String,
    fields: String,
}

impl Form {
    /// The first form of the page, if it has one.
    fn read(page: &str, decision: Decision) -> Option<Self> {
        let form = page.split_once("<form ")?.1;
        let form = form.split_once("</form>").map_or(form, |(form, _)| form);
        let action = attribute(form.split_once('>')?.0, "action")?;
        let mut fields = form_urlencoded::Serializer::new(String::new());
        for tag in form.split("<input ").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            let chosen = tag.contains("type=\"hidden\"") || tag.ends_with(" checked");
            if let (true, Some(name), Some(value)) = (chosen, attribute(tag, "name"), attribute(tag, "value")) {
                fields.append_pair(&name, &value);
            }
        }
        let button = match decision {
            Decision::Allow => "allow",
            Decision::Deny => "deny",
        };
        fields.append_pair("decision", button);
        Some(Self { action, fields: fields.finish() })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!("{name}=\""))?.1.split_once('"')?.0;
    Some(
        value
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    )
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
