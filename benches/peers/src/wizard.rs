//! What is measured of the wizard alone: frames, keys, the way to the token, waiting, and a crowded home directory.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use url::Url;

use crate::browser::{callback, visit};
use crate::endpoint::MASKED;
use crate::lab::{CLIENT_FILES, Lab};
use crate::terminal::Terminal;

/// Presses are dropped for 400 ms after a screen has changed by itself.
const DEAF: Duration = Duration::from_millis(450);
/// Changes in a directory are gathered for 250 ms before it is looked through again.
const FLOCK: Duration = Duration::from_millis(245);
const DOWN: &str = "\x1b[B";
/// In every row of a client file.
pub const ROW: &str = "client_secret_";
/// On the Client screen until all places have been looked through.
const LOOKING: &str = "Looking for client files";

/// From the start to the first frame with a row of the list.
pub fn first_row(lab: &Lab, home: &Path) -> io::Result<Duration> {
    let mut wizard = Terminal::start(&mut lab.wizard(home))?;
    let at = wizard.until_frame(ROW)?;
    Ok(at - wizard.started)
}

/// From the start to the first frame, whatever is in it besides the progress line.
pub fn first_frame(lab: &Lab, home: &Path) -> io::Result<Duration> {
    let mut wizard = Terminal::start(&mut lab.wizard(home))?;
    let at = wizard.until_frame("Client")?;
    Ok(at - wizard.started)
}

/// From the start to the frame that shows the whole list of the crowded home.
pub fn whole_list(lab: &Lab) -> io::Result<Duration> {
    let mut wizard = Terminal::start(&mut lab.wizard(&lab.crowded))?;
    let at = wizard.until_frame(&format!("of {CLIENT_FILES}"))?;
    Ok(at - wizard.started)
}

/// From the start to this text, of a program that draws no synchronized frames; and how long it took to start it.
pub fn until_text(mut command: Command, text: &str) -> io::Result<(Duration, Duration)> {
    let mut terminal = Terminal::start(&mut command)?;
    let at = terminal.until(text, |it| it.screen().contents().contains(text))?;
    Ok((at - terminal.started, terminal.share))
}

/// The wizard on its Client screen, deaf no more.
pub fn at_client(lab: &Lab, home: &Path) -> io::Result<Terminal> {
    let mut wizard = Terminal::start(&mut lab.wizard(home))?;
    wizard.until("the whole list", |it| {
        let screen = it.screen().contents();
        it.frame_is_whole() && screen.contains(ROW) && !screen.contains(LOOKING)
    })?;
    wizard.rest(DEAF)?;
    Ok(wizard)
}

/// Goes on to Sign in. Returns the consent URL and how long that took.
pub fn go_to_sign_in(lab: &Lab, wizard: &mut Terminal) -> io::Result<(Url, Duration)> {
    let start = format!("http://{}/auth?", lab.endpoint.address);
    let before = wizard.press("\r")?;
    let at = wizard.until("the consent URL", |it| it.frame_is_whole() && printed_url(&it.bytes, &start).is_some())?;
    let url = printed_url(&wizard.bytes, &start).expect("it was there a moment ago");
    Ok((Url::parse(&url).map_err(io::Error::other)?, at - before))
}

fn printed_url(bytes: &[u8], start: &str) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let url = &text[text.find(start)?..];
    url.find(|character: char| character.is_control()).map(|end| url[..end].to_owned())
}

/// The way from the Client screen to the token.
pub struct ToToken {
    /// Enter on Client to the complete Sign in screen.
    pub sign_in: Duration,
    /// Callback to the token on the screen, without the endpoint's own time.
    pub token: Duration,
    /// From there to the browser's last page; 0 if that came first.
    pub page: Duration,
    /// Everything written to the terminal so far.
    pub bytes: usize,
}

pub fn to_token(lab: &Lab) -> io::Result<ToToken> {
    let mut wizard = at_client(lab, &lab.home)?;
    let (consent, sign_in) = go_to_sign_in(lab, &mut wizard)?;
    wizard.rest(DEAF)?;
    let callback = callback(&consent).ok_or_else(|| io::Error::other("the consent URL has no redirect URI"))?;
    let visit = visit(&mut wizard, &callback, |it| it.frame_is_whole() && it.screen().contents().contains(MASKED))?;
    let own = lab.endpoint.last_token().map_or(Duration::ZERO, |served| served.answered - served.asked);
    let page = visit.page.ok_or_else(|| io::Error::other("the browser got no page"))?;
    Ok(ToToken {
        sign_in,
        token: (visit.token - visit.sent).saturating_sub(own),
        page: page.saturating_duration_since(visit.token),
        bytes: wizard.bytes.len(),
    })
}

/// Opens and closes the list of keys so many times, and notes how long each press takes to its frame.
fn toggle(wizard: &mut Terminal, times: usize, presses: &mut Vec<Duration>) -> io::Result<()> {
    const HELP: &str = "Keys on this screen";
    for _ in 0..times {
        for (key, shown) in [("?", true), ("\x1b", false)] {
            let before = wizard.press(key)?;
            let at = wizard.until("the frame of a key", |it| {
                it.frame_is_whole() && it.screen().contents().contains(HELP) == shown
            })?;
            presses.push(at - before);
        }
    }
    Ok(())
}

/// What goes on while keys are pressed.
pub struct Keys {
    pub idle: Vec<Duration>,
    pub scan: Vec<Duration>,
    pub exchange: Vec<Duration>,
    pub hierarchy: Vec<Duration>,
}

pub fn keys(lab: &Lab, times: usize) -> io::Result<Keys> {
    let mut keys = Keys { idle: Vec::new(), scan: Vec::new(), exchange: Vec::new(), hierarchy: Vec::new() };
    toggle(&mut at_client(lab, &lab.home)?, times, &mut keys.idle)?;

    // Looking again on `r` may select another row, and then presses are dropped. What changes in the directory has all of it
    // looked through as well, and a row that the user has chosen stays.
    let mut crowded = at_client(lab, &lab.crowded)?;
    crowded.press(DOWN)?;
    while keys.scan.len() < times {
        fs::write(lab.news(), "{}")?;
        crowded.rest(FLOCK)?;
        toggle(&mut crowded, 25, &mut keys.scan)?;
        crowded.rest(FLOCK)?;
    }
    drop(crowded);
    fs::remove_file(lab.news())?;

    lab.endpoint.pause(Duration::from_secs(3));
    let mut wizard = at_client(lab, &lab.home)?;
    let (consent, _) = go_to_sign_in(lab, &mut wizard)?;
    wizard.rest(DEAF)?;
    let url = callback(&consent).ok_or_else(|| io::Error::other("the consent URL has no redirect URI"))?;
    let _browser = crate::browser::Request::send(&url)?;
    wizard.until_frame("Fetching the token")?;
    wizard.rest(DEAF)?;
    let end = Instant::now() + Duration::from_millis(1800);
    while Instant::now() < end {
        toggle(&mut wizard, 1, &mut keys.exchange)?;
    }
    wizard.until_frame(MASKED)?;
    lab.endpoint.pause(Duration::from_millis(15));
    wizard.rest(DEAF)?;
    wizard.press("\r")?;
    wizard.until_frame("Which account")?;
    wizard.rest(DEAF)?;
    let end = Instant::now() + Duration::from_millis(1000);
    while Instant::now() < end {
        toggle(&mut wizard, 1, &mut keys.hierarchy)?;
    }
    lab.endpoint.pause(Duration::ZERO);
    Ok(keys)
}
