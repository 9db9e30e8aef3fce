use std::fs;
use std::path::Path;

use super::*;
use crate::adapters::environment::{Ssh, Wsl};

const ADDRESS: &str = "http://127.0.0.1:40001/s/abc123";

fn desktop_session() -> Environment {
    Environment { x11: true, ..Environment::default() }
}

fn words(commands: &[Command]) -> Vec<Vec<String>> {
    let words = |command: &Command| {
        let program = command.get_program();
        std::iter::once(program).chain(command.get_args()).map(|word| word.to_str().unwrap().to_owned()).collect()
    };
    commands.iter().map(words).collect()
}

/// A command line that runs the script. `sh` reads it: executing a file just written fails while a child that another
/// thread is starting still holds it open.
fn script(directory: &Path, name: &str, body: &str) -> String {
    let path = directory.join(name);
    fs::write(&path, body).unwrap();
    format!("sh {}", path.display())
}

fn browser(list: &str, patience: Duration) -> SystemBrowser {
    SystemBrowser { choice: Choice::Listed(list.to_owned()), patience }
}

#[test]
fn a_display_is_needed_unless_the_user_names_a_browser() {
    let bare = Environment::default();
    let named = Environment { browser: Some("firefox".to_owned()), ..Environment::default() };
    assert_eq!(Choice::of(&bare, false), Choice::Nothing);
    assert_eq!(Choice::of(&desktop_session(), false), Choice::Desktop);
    assert_eq!(Choice::of(&named, false), Choice::Listed("firefox".to_owned()));
}

#[test]
fn over_ssh_only_a_browser_that_the_user_names_is_started() {
    let remote = Environment { ssh: Some(Ssh::default()), ..desktop_session() };
    assert_eq!(Choice::of(&remote, false), Choice::Nothing);
    let named = Environment { browser: Some("code --openExternal".to_owned()), ..remote };
    assert_eq!(Choice::of(&named, false), Choice::Listed("code --openExternal".to_owned()));
}

#[test]
fn the_wish_for_no_browser_stands_above_everything() {
    let named = Environment { browser: Some("firefox".to_owned()), ..desktop_session() };
    assert_eq!(Choice::of(&named, true), Choice::Nothing);
    assert_eq!(SystemBrowser::new(&named, true).open(ADDRESS), Err(BrowserError::NoBrowserHere));
}

#[test]
fn wsl_asks_windows_first_and_the_linux_desktop_only_if_there_is_one() {
    let wsl = Environment { wsl: Some(Wsl::Two), ..Environment::default() };
    let tried = words(&Choice::of(&wsl, false).commands(ADDRESS));
    assert_eq!(tried[0], ["rundll32.exe", "url.dll,FileProtocolHandler", ADDRESS]);
    assert_eq!(tried.last().unwrap(), &["wslview", ADDRESS]);

    let with_display = Environment { wayland: true, ..wsl };
    let tried = words(&Choice::of(&with_display, false).commands(ADDRESS));
    assert_eq!(tried[0][0], "rundll32.exe");
    assert!(tried.iter().any(|words| words[0] == "xdg-open"));
}

#[test]
fn nothing_that_reads_a_script_is_ever_given_an_address() {
    for commands in [windows(ADDRESS), desktop(ADDRESS)] {
        for words in words(&commands) {
            assert!(!["powershell.exe", "cmd.exe", "cmd", "sh"].contains(&words[0].as_str()), "{words:?}");
        }
    }
}

#[test]
fn each_entry_of_browser_is_a_command_line_in_which_percent_s_is_the_address() {
    let tried = words(&listed("firefox --new-tab:'my browser' --url=%s --quiet::lynx", ADDRESS));
    let url_option = format!("--url={ADDRESS}");
    let expected: [&[&str]; 3] =
        [&["firefox", "--new-tab", ADDRESS], &["my browser", &url_option, "--quiet"], &["lynx", ADDRESS]];
    assert_eq!(tried, expected);
}

#[test]
fn an_entry_of_browser_that_is_no_command_line_is_passed_over() {
    assert_eq!(words(&listed("'unclosed: :firefox", ADDRESS)), [["firefox", ADDRESS]]);
}

#[test]
fn a_browser_gets_web_addresses_only_and_plain_http_only_on_this_machine() {
    for good in [ADDRESS, "http://localhost:8080/", "http://[::1]:8080/x", "https://console.cloud.google.com/a?b=c&d"] {
        assert_eq!(web_address(good).as_deref(), Some(good));
    }
    for bad in [
        "",
        "--help",
        "-http://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1@example.com/",
        "http://example.com/",
        "ms-settings:",
    ] {
        assert_eq!(web_address(bad), None, "{bad}");
    }
    assert_eq!(web_address(" \nhttps://a.example/x y\"z").as_deref(), Some("https://a.example/x%20y%22z"));
}

#[test]
fn an_address_that_no_browser_may_get_starts_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let program = script(directory.path(), "browser", &format!("touch '{}'", trace.display()));
    let outcome = browser(&program, Duration::from_secs(20)).open("file:///etc/passwd");
    assert_eq!(outcome, Err(BrowserError::Failed("the address".to_owned())));
    assert!(!trace.exists());
}

#[test]
fn a_browser_that_fails_at_once_gives_way_to_the_next_in_the_list() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let bad = script(directory.path(), "bad", "exit 1");
    let good = script(directory.path(), "good", &format!("printf %s \"$*\" > '{}'", trace.display()));
    let list = format!("{bad}:/nowhere/browser:{good} -n");
    assert_eq!(browser(&list, Duration::from_secs(20)).open(ADDRESS), Ok(()));
    assert_eq!(fs::read_to_string(trace).unwrap(), format!("-n {ADDRESS}"));
}

#[test]
fn when_all_fail_the_first_is_named_without_its_escapes() {
    let failure = |list: &str| browser(list, Duration::from_secs(20)).open(ADDRESS);
    assert_eq!(
        failure("/nowhere/\u{1b}[31mred:/nowhere/other"),
        Err(BrowserError::Failed("/nowhere/[31mred".to_owned()))
    );
    assert_eq!(failure("'"), Err(BrowserError::Failed("BROWSER".to_owned())));
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_that_stays_is_not_waited_for_and_is_out_of_reach_of_ctrl_c() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let body = format!(
        "read pid name state parent group rest < /proc/$$/stat; echo $pid $group > '{}'; exec sleep 60",
        trace.display()
    );
    let program = script(directory.path(), "browser", &body);
    assert_eq!(browser(&program, Duration::from_millis(20)).open(ADDRESS), Ok(()));
    let deadline = Instant::now() + Duration::from_secs(20);
    let line = loop {
        let line = fs::read_to_string(&trace).unwrap_or_default();
        if line.ends_with('\n') {
            break line;
        }
        assert!(Instant::now() < deadline, "the browser was not started");
        std::thread::sleep(Duration::from_millis(5));
    };
    let numbers: Vec<i32> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let group = rustix::process::Pid::from_raw(numbers[1]).unwrap();
    assert_eq!(numbers[0], numbers[1], "the browser leads its own group");
    rustix::process::kill_process_group(group, rustix::process::Signal::KILL).unwrap();
}
