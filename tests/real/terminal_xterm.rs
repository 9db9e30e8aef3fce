//! The program in xterm, with a mouse.

use crate::fixtures::adsauth::{screen, script};
use crate::fixtures::display::Xvfb;
use crate::fixtures::home::Home;
use crate::fixtures::process::until;
use crate::fixtures::server::{Client, Server};
use crate::fixtures::xterm::Xterm;

/// Waits until three clicks somewhere select this line, whole and nothing else.
fn until_selected(xterm: &Xterm, line: &str, when: &str) {
    xterm.select_nothing();
    let is_it = |text: &String| text.strip_suffix('\n').unwrap_or(text) == line;
    until(&format!("{line} {when}"), || Xterm::rows().find_map(|row| xterm.triple_click(row).filter(is_it)));
}

#[test]
fn a_triple_click_selects_the_whole_consent_url_byte_for_byte_whatever_the_width_and_whatever_lay_over_it() {
    let server = Server::start(Client::desktop());
    for (columns, other) in [(60, 80), (80, 120), (120, 60)] {
        let home = Home::with_client_of(&server);
        let display = Xvfb::start();
        let xterm = Xterm::start(&display, &home, columns, &["bash", "--norc", "-c", &script(&server)]);
        // It is pressed until it is heard: the title comes before the first row does.
        until("waiting for the browser", || {
            xterm.press("Return");
            xterm.title().ends_with("waiting for the browser").then_some(())
        });
        let url = until("the consent URL on the clipboard", || {
            xterm.press("c");
            display.try_paste().filter(|text| text.starts_with(server.auth_uri()))
        });
        let until_whole = |when: &str| until_selected(&xterm, &url, &format!("{when}, from {columns} columns"));
        until_whole("on the full screen");
        for columns in [other, columns] {
            xterm.resize(columns);
            until_whole(&format!("resized to {columns}"));
        }
        xterm.press("question");
        until("help", || {
            Xterm::rows().find_map(|row| xterm.triple_click(row).filter(|text| text.contains(screen::HELP)))
        });
        xterm.press("Escape");
        until_whole("after help");
        xterm.press("w");
        until_selected(&xterm, screen::BARE, "above the URL");
        until_whole("on the normal screen");
        xterm.press("Return");
        until_whole("back on the full screen");
        xterm.press("ctrl+z");
        until_selected(&xterm, "STOPPED 1", "after Ctrl-Z");
        xterm.press("x");
        until_whole("after fg");
    }
}
