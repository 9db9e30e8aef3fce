//! Hostile requests of every kind, each before the right callback of a sign-in of its own.

pub mod kinds;

use self::kinds::{KINDS, Kind};
use crate::fault_server::FaultServer;
use crate::figure::{Effort, Figure};
use crate::sign_in::{Home, SignIn};

pub fn measure(effort: Effort) -> Vec<Figure> {
    let server = FaultServer::honest();
    let rounds = effort.of(1, 10);
    let complete = KINDS.iter().filter(|kind| (0..rounds).all(|_| completes_after(kind, &server))).count();
    let each = format!("kinds of hostile requests, each before the right callback, {rounds} times: completed");
    vec![Figure::all(each, complete, KINDS.len()), replayed(&server)]
}

/// A home whose client asks this server, and a sign-in there that waits for its callback.
pub fn sign_in_at(server: &FaultServer) -> (Home, SignIn) {
    let origin = format!("http://{}", server.address);
    let home = Home::of_desktop_client(&format!("{origin}/auth"), &format!("{origin}/token"));
    let sign_in = SignIn::start(home.token(&["--no-browser", "--trust-host", &server.address.to_string()]));
    (home, sign_in)
}

fn completes_after(kind: &Kind, server: &FaultServer) -> bool {
    let (_home, sign_in) = sign_in_at(server);
    let callback = server.agree(&sign_in.consent);
    let door = sign_in.door();
    let _stays = kind.does.play(&door);
    let page = door.visit(&callback);
    let end = sign_in.end();
    let completes = end.has_token() && page.contains("has been fetched");
    if !completes {
        eprintln!("figures:   {} ended a sign-in with {}: {}", kind.name, end.code(), end.talk);
    }
    completes
}

/// The right callback comes twice at once, as browsers send it, and again when its page is there.
fn replayed(server: &FaultServer) -> Figure {
    let before = server.requests();
    let (_home, sign_in) = sign_in_at(server);
    let callback = server.agree(&sign_in.consent);
    let door = sign_in.door();
    let pages: Vec<String> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..2).map(|_| scope.spawn(|| door.visit(&callback))).collect();
        tabs.into_iter().map(|tab| tab.join().expect("a tab gets an answer")).collect()
    });
    let fetched = pages.iter().filter(|page| page.contains("has been fetched")).count();
    let (end, requests) = (sign_in.end(), server.requests() - before);
    let measured = format!("{requests}, {fetched} of 2 tabs with the page");
    Figure::new("requests with one code after the callback came twice", "1", measured, end.has_token() && requests == 1)
}
