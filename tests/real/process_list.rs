//! What other users of the machine can see in its process list while someone signs in.
#![expect(clippy::disallowed_methods, reason = "a test reads /proc, in a thread, for as long as the program runs")]

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::fixtures::adsauth::{choose_client, copy_and_quit, screen, wizard};
use crate::fixtures::browser::{Browse, parameters};
use crate::fixtures::display::{Xvfb, as_nobody};
use crate::fixtures::home::Home;
use crate::fixtures::process::output_of;
use crate::fixtures::server::{Client, Server, exchange};
use crate::terminal::key;

/// Collects every command line and every readable environment of the machine until it is told to stop.
struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<BTreeSet<String>>,
}

impl Watch {
    fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                for process in fs::read_dir("/proc").expect("Linux").flatten() {
                    let texts =
                        ["cmdline", "environ"].map(|name| fs::read(process.path().join(name)).unwrap_or_default());
                    seen.extend(texts.iter().map(|text| String::from_utf8_lossy(text).into_owned()));
                }
                thread::sleep(Duration::from_millis(2));
            }
            seen
        });
        Self { stop, thread }
    }

    fn seen(self) -> BTreeSet<String> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("reading /proc does not fail")
    }
}

/// The process list as another user gets it.
fn processes_seen_by_nobody() -> String {
    output_of(as_nobody("ps").args(["-e", "-ww", "-o", "args="]))
}

#[test]
fn neither_state_nor_consent_url_nor_token_is_in_a_process_list() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let display = Xvfb::start();
    let watch = Watch::start();
    let wizard = wizard(&home, &server, &display.environment());
    choose_client(&wizard, &server);
    wizard.press(key::ENTER);
    let start_link = home.opened_address(0);
    let mut lists = vec![processes_seen_by_nobody()];
    let visit = Browse::allow(&start_link).visit();
    wizard.until_read(screen::TOKEN);
    copy_and_quit(&wizard);
    lists.push(processes_seen_by_nobody());
    lists.extend(watch.seen());
    lists.push(start_link.clone());
    assert_eq!(display.paste(), server.only_refresh_token());
    assert!(lists.iter().any(|list| list.contains("adsauth")), "the watch has seen the program itself");

    let consent_url = visit.consent_url(server.auth_uri());
    let consent = parameters(consent_url);
    let code = parameters(&visit.callback().url)["code"].clone();
    let token = server.only_refresh_token();
    for list in &lists {
        for secret in [&consent["state"], &consent["code_challenge"], &code, &token] {
            assert!(!list.contains(secret), "{secret} is in {list:?}");
        }
    }
}

#[test]
fn the_link_that_the_browser_is_started_with_works_once() {
    let server = Server::start(Client::desktop());
    let home = Home::with_client_of(&server);
    let wizard = wizard(&home, &server, &[]);
    choose_client(&wizard, &server);
    wizard.press(key::ENTER);
    let start_link = home.opened_address(0);
    let rest = start_link.strip_prefix("http://").expect("a loopback address");
    let (host, _) = rest.split_once('/').expect("a path");
    let path = &rest[host.len()..];
    assert!(host.starts_with("127.0.0.1:"), "{start_link}");

    let (status, head, _) = exchange(host, "GET", path, "");
    assert!((300..400).contains(&status) && head.contains(server.auth_uri()), "{head}");
    let (status, head, body) = exchange(host, "GET", path, "");
    assert!(status >= 400, "{head}");
    assert!(!head.contains(server.auth_uri()) && !body.contains(server.auth_uri()), "{head}\n{body}");
}
