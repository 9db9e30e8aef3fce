//! The binary in a pseudo terminal: keys in, screens out, and the terminal as it was found on every way out.

use std::path::Path;

use adsauth::oauth::callback::PasteRefused;
use adsauth::practice::{Decision, click};
use adsauth::problem::Problem;
use adsauth::runtime::Stage as _;
use adsauth::text::{Lang, Medium, Text};
use adsauth::view::{Glyphs, Look, Palette};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::terminal::{Size, Terminal, key as keys};

/// What the program writes when it gives the terminal back.
const RESTORED: [&[u8]; 5] = [b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[?25h", b"\x1b[23;2t"];

fn environment(home: &Path) -> Vec<(String, String)> {
    let home = home.to_str().unwrap();
    [("HOME", home), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin"), ("TMPDIR", "/tmp")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

fn words() -> &'static Text {
    Lang::En.text()
}

fn adsauth(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_adsauth"));
    command.args(arguments);
    command
}

/// The practice run, as far as its first screen.
fn practice(arguments: &[&str]) -> (Terminal, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let all: Vec<&str> = ["demo", "--auto"].iter().chain(arguments).copied().collect();
    let terminal = Terminal::spawn(adsauth(&all), &environment(home.path()), Size::USUAL);
    terminal.until_read(words().client.title);
    (terminal, home)
}

fn sign_in(terminal: &Terminal) {
    terminal.press(keys::ENTER);
    terminal.until_read(words().sign_in.waiting);
    terminal.press(keys::ENTER);
}

fn with_token() -> (Terminal, tempfile::TempDir) {
    let (terminal, home) = practice(&[]);
    sign_in(&terminal);
    terminal.until_read(words().token.title);
    (terminal, home)
}

fn contains(raw: &[u8], wanted: &[u8]) -> bool {
    raw.windows(wanted.len()).any(|window| window == wanted)
}

fn assert_restored(terminal: &Terminal) {
    let raw = terminal.raw();
    for sequence in RESTORED {
        assert!(contains(&raw, sequence), "{:?} is missing", String::from_utf8_lossy(sequence));
    }
}

#[test]
fn the_practice_run_ends_with_a_token_after_three_keys_and_leaves_nothing_behind() {
    let (terminal, _home) = with_token();
    terminal.until_shows("prac…");
    assert!(!terminal.contents().contains("practice-refresh"), "the token is masked");
    terminal.press("v");
    terminal.until_read("practice-");
    terminal.press("q");
    assert_eq!(terminal.exit().exit_code(), 0);
    assert_restored(&terminal);
    let after = terminal.contents();
    let removed =
        after.lines().find(|line| line.contains("adsauth-practice-")).expect("the summary names the directory");
    let path = removed.split_whitespace().find(|word| word.starts_with('/')).unwrap();
    assert!(!Path::new(path).exists(), "{path} was removed");
}

#[test]
fn six_enters_lead_from_the_start_to_a_written_configuration_and_out() {
    let (terminal, _home) = with_token();
    terminal.press(keys::ENTER);
    terminal.until_read(words().account.reads);
    terminal.press(keys::ENTER);
    terminal.until_read("google-ads.yaml");
    terminal.press(keys::ENTER);
    terminal.until_read(words().save.written);
    terminal.press(keys::ENTER);
    assert_eq!(terminal.exit().exit_code(), 0);
    assert_restored(&terminal);
}

#[test]
fn what_was_typed_before_there_was_a_screen_chooses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::spawn(adsauth(&["demo", "--auto"]), &environment(home.path()), Size::USUAL);
    terminal.press(keys::ENTER);
    terminal.press("q");
    terminal.until_read(words().client.title);
    terminal.press(keys::ENTER);
    terminal.until_shows(words().sign_in.waiting);
}

#[test]
fn quitting_with_a_live_token_asks_once_and_the_second_ctrl_c_always_quits() {
    let (terminal, _home) = with_token();
    terminal.press(keys::CTRL_C);
    terminal.until_read("y");
    terminal.press(keys::CTRL_C);
    assert_eq!(terminal.exit().exit_code(), 130);
    assert_restored(&terminal);
}

#[test]
fn signals_end_the_program_with_their_codes_and_a_restored_terminal() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let (terminal, _home) = practice(&[]);
        terminal.signal(signal);
        assert_eq!(terminal.exit().exit_code(), code, "{signal:?}");
        assert_restored(&terminal);
    }
}

#[test]
fn a_program_that_was_stopped_from_outside_takes_the_terminal_back_as_it_needs_it() {
    let (terminal, _home) = practice(&[]);
    let tty = terminal.tty();
    let is_raw = || !tcgetattr(&tty).unwrap().local_modes.contains(LocalModes::ICANON);
    assert!(is_raw());
    terminal.signal(Signal::STOP);
    // What a shell does that has the terminal again.
    let mut modes = tcgetattr(&tty).unwrap();
    modes.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
    tcsetattr(&tty, OptionalActions::Now, &modes).unwrap();
    terminal.signal(Signal::CONT);
    terminal.until("raw mode again", |_| is_raw());
    drop(tty);
    terminal.press(keys::CTRL_C);
    assert_eq!(terminal.exit().exit_code(), 130);
    assert_restored(&terminal);
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_even_where_no_signal_tells_of_it() {
    let home = tempfile::tempdir().unwrap();
    // A terminal within the terminal; the shell in it leads its session and takes no notice.
    let program = env!("CARGO_BIN_EXE_adsauth");
    let mut outer = CommandBuilder::new("script");
    outer.args(["-qc", &format!("trap '' HUP; {program}; echo $? > ended.new; mv ended.new ended"), "/dev/null"]);
    outer.cwd(home.path());
    let terminal = Terminal::spawn(outer, &environment(home.path()), Size::USUAL);
    terminal.until_shows(words().guide.title);
    terminal.signal(Signal::KILL);
    let ended = home.path().join("ended");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !ended.exists() {
        assert!(std::time::Instant::now() < deadline, "it runs on");
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(ended).unwrap(), "129\n");
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_brings_the_same_screen_back() {
    let home = tempfile::tempdir().unwrap();
    let script = format!("set -m; {} demo --auto; echo STOPPED; read -rsn1; fg", env!("CARGO_BIN_EXE_adsauth"));
    let mut shell = CommandBuilder::new("bash");
    shell.args(["--norc", "-c", &script]);
    let terminal = Terminal::spawn(shell, &environment(home.path()), Size::USUAL);
    terminal.until_read(words().client.title);
    terminal.press(keys::ENTER);
    terminal.until_read(words().sign_in.waiting);
    terminal.press(keys::CTRL_Z);
    terminal.until_shows("STOPPED");
    terminal.press("x");
    terminal.until_read("code_challenge_method=S256");
    terminal.press("q");
    terminal.exit();
}

#[test]
fn without_a_shell_ctrl_z_says_so() {
    let (terminal, _home) = practice(&[]);
    terminal.press(keys::CTRL_Z);
    terminal.until_read("no shell");
    terminal.press("q");
    terminal.exit();
}

#[test]
fn every_size_is_survived_and_a_small_one_asks_for_more() {
    let (terminal, _home) = practice(&[]);
    terminal.press(keys::ENTER);
    terminal.until_read(words().sign_in.waiting);
    for (columns, rows) in [(1, 1), (2, 40), (200, 2), (59, 18), (60, 17)] {
        terminal.resize(Size { columns, rows });
    }
    terminal.until_shows("60");
    terminal.resize(Size { columns: 60, rows: 18 });
    terminal.until_read(words().sign_in.waiting);
    terminal.resize(Size { columns: 300, rows: 100 });
    terminal.until_read(words().sign_in.waiting);
    terminal.press(keys::CTRL_C);
    assert_eq!(terminal.exit().exit_code(), 130);
}

#[test]
fn the_consent_url_is_one_logical_line_after_a_resize_and_after_help() {
    let (terminal, _home) = practice(&[]);
    terminal.press(keys::ENTER);
    terminal.until_read("code_challenge_method=S256");
    for size in [Size { columns: 60, rows: 30 }, Size { columns: 120, rows: 30 }, Size::USUAL] {
        terminal.resize(size);
        terminal.until("the whole URL on rows that the terminal wrapped", |screen| wrapped_url(screen, size).is_some());
    }
    let before = terminal.look(|screen| wrapped_url(screen, Size::USUAL)).unwrap();
    terminal.press("?");
    terminal.until_read("close");
    terminal.press(keys::ESC);
    terminal.until("the same URL after help", |screen| wrapped_url(screen, Size::USUAL).as_deref() == Some(&*before));
    terminal.press(keys::CTRL_C);
    terminal.exit();
}

/// The URL, if every one of its rows but the last goes on in the next by the terminal's own wrapping.
fn wrapped_url(screen: &vt100::Screen, size: Size) -> Option<String> {
    let rows: Vec<String> = screen.rows(0, size.columns).collect();
    let first =
        rows.iter().position(|row| row.starts_with("http://127.0.0.1") && row.contains("response_type=code"))?;
    let mut url = String::new();
    for (row, text) in rows.iter().enumerate().skip(first) {
        url.push_str(text);
        if !screen.row_wrapped(u16::try_from(row).unwrap()) {
            break;
        }
    }
    url.ends_with("prompt=consent").then_some(url)
}

/// The practice run on Sign in, with the consent URL on its screen.
fn waiting(arguments: &[&str]) -> (Terminal, tempfile::TempDir, String) {
    let (terminal, home) = practice(arguments);
    terminal.press(keys::ENTER);
    terminal.until_read(words().sign_in.waiting);
    let url = terminal.look(|screen| wrapped_url(screen, Size::USUAL)).expect("the consent URL is on the screen");
    (terminal, home, url)
}

/// The rows that begin with this one and go on by the terminal's own wrapping.
fn logical_line(screen: &vt100::Screen, start: &str) -> Option<String> {
    let columns = screen.size().1.get();
    let rows: Vec<String> = screen.rows(0, columns).collect();
    let first = rows.iter().position(|row| row.starts_with(start))?;
    let wrapped = |row: usize| screen.row_wrapped(u16::try_from(row).unwrap());
    let last = (first..rows.len()).find(|row| !wrapped(*row))?;
    Some(rows[first..=last].concat())
}

#[test]
fn the_bare_url_is_one_line_of_the_normal_screen_until_enter() {
    let (terminal, _home, url) = waiting(&[]);
    terminal.press("w");
    let [before, after] = words().sign_in.bare;
    terminal.until("the bare URL on the normal screen", |screen| {
        !screen.alternate_screen()
            && logical_line(screen, "http://127.0.0.1").as_ref() == Some(&url)
            && logical_line(screen, before).as_deref() == Some(before)
            && logical_line(screen, after).as_deref() == Some(after)
    });
    // Keys that do something on the full screen do nothing here.
    terminal.press("?q");
    terminal.press(keys::ENTER);
    terminal.until_read(words().sign_in.waiting);
    terminal.until("the URL where it was", |screen| {
        screen.alternate_screen() && wrapped_url(screen, Size::USUAL).as_ref() == Some(&url)
    });
    terminal.press("w");
    terminal.until("the normal screen", |screen| !screen.alternate_screen());
    terminal.press(keys::CTRL_C);
    assert_eq!(terminal.exit().exit_code(), 130);
    assert_restored(&terminal);
    assert!(terminal.contents().contains(after), "what stood there is not overwritten:\n{}", terminal.contents());
}

#[test]
fn the_answer_brings_the_full_screen_back_from_the_bare_url() {
    let (terminal, _home, url) = waiting(&[]);
    terminal.press("w");
    terminal.until("the normal screen", |screen| !screen.alternate_screen());
    let browser = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    browser.block_on(click(&url, Decision::Allow)).unwrap();
    terminal.until_read(words().token.title);
    assert!(terminal.look(vt100::Screen::alternate_screen));
    terminal.press(keys::CTRL_C);
    terminal.press(keys::CTRL_C);
    assert_eq!(terminal.exit().exit_code(), 130);
}

/// The files that hold an address, in the practice directory that the program has made.
#[expect(clippy::disallowed_methods, reason = "a file is looked for where the program has put it")]
fn notes() -> Vec<std::path::PathBuf> {
    let below =
        |directory: &Path| std::fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    let named = |path: &Path, start: &str| path.file_name().unwrap().to_string_lossy().starts_with(start);
    let practices = below(Path::new("/tmp")).filter(|path| named(path, "adsauth-practice-"));
    practices.flat_map(|path| below(&path).collect::<Vec<_>>()).filter(|path| named(path, "adsauth-url-")).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the file is read as its user would")]
fn the_url_is_written_to_a_private_file_that_goes_with_the_attempt() {
    use std::os::unix::fs::PermissionsExt;

    let (terminal, _home, url) = waiting(&[]);
    terminal.press("f");
    terminal.until_read("adsauth-url-");
    let mut written = notes();
    written.retain(|path| std::fs::read_to_string(path).is_ok_and(|text| text == format!("{url}\n")));
    let [file] = written.as_slice() else { panic!("one file with this very URL was expected: {written:?}") };
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(terminal.contents().contains(file.file_name().unwrap().to_str().unwrap()), "{}", terminal.contents());
    terminal.press("r");
    terminal.until("a new address", |screen| wrapped_url(screen, Size::USUAL).is_some_and(|other| other != url));
    assert!(!file.exists(), "the file of an older attempt is gone");
    terminal.until_read(words().sign_in.waiting);
    terminal.press("f");
    terminal.until_read("adsauth-url-");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.exit().exit_code(), 143);
}

#[test]
fn what_is_not_the_answer_is_refused_in_the_paste_box_and_the_attempt_goes_on() {
    let (terminal, _home, url) = waiting(&[]);
    let redirect = url.split("redirect_uri=").nth(1).unwrap().split('&').next().unwrap();
    let redirect = redirect.replace("%3A", ":").replace("%2F", "/");
    let state = url.split("&state=").nth(1).unwrap().split('&').next().unwrap();
    let refused = |text: &str, why: PasteRefused| {
        let title = (words().problem)(&Problem::Paste(why), Medium::Screen).title;
        terminal.paste(text);
        terminal.until("the box without an older refusal", |screen| {
            screen.contents().contains(words().dialogs.paste) && !screen.contents().contains(&title)
        });
        terminal.press(keys::ENTER);
        terminal.until_shows(&title);
    };
    refused("4/0Ab32j93oXy7QwExampleExampleExample", PasteRefused::BareCode);
    for other in ["http://127.0.0.1:9", "http://localhost:9", "https://login.example"] {
        refused(&format!("{other}/?state={state}&code=c"), PasteRefused::OtherAddress);
    }
    refused(&format!("{redirect}/elsewhere?state={state}&code=c"), PasteRefused::OtherAddress);
    refused(&format!("{redirect}/?state=another&code=c"), PasteRefused::OtherState);
    refused(&url, PasteRefused::ConsentUrl);
    terminal.press(keys::ESC);
    terminal.until_read(words().sign_in.waiting);
    terminal.press(keys::ENTER);
    terminal.until_read(words().token.title);
    terminal.press(keys::CTRL_C);
    terminal.press(keys::CTRL_C);
    terminal.exit();
}

#[test]
fn the_title_tells_the_step_and_the_bell_rings_only_where_nobody_looks() {
    let (terminal, _home, _) = waiting(&[]);
    let title = |words: &str| format!("adsauth – {words}");
    assert_eq!(terminal.title(), title(words().frame.window.waiting));
    let kept = terminal.raw().windows(7).position(|bytes| bytes == b"\x1b[22;2t").expect("the old title is kept");
    let set = terminal.raw().windows(4).position(|bytes| bytes == b"\x1b]2;").unwrap();
    assert!(kept < set);
    terminal.press("\x1b[O");
    terminal.press(keys::ENTER);
    terminal.until_read(words().token.title);
    assert_eq!((terminal.title(), terminal.bells()), (title(words().frame.window.token), 1));
    let news = format!("\x1b]9;{}\x1b\\", (words().frame.window.news)(adsauth::wizard::News::TokenArrived));
    assert!(contains(&terminal.raw(), news.as_bytes()));
    terminal.press("\x1b[I");
    terminal.press("xy");
    terminal.until_read(words().sign_in.waiting);
    terminal.press(keys::ENTER);
    terminal.until_read(words().token.title);
    assert_eq!(terminal.bells(), 1, "somebody looks");
    terminal.press(keys::CTRL_C);
    terminal.press(keys::CTRL_C);
    terminal.exit();
}

#[test]
fn a_refusal_is_a_screen_and_the_retry_waits_on_the_same_port() {
    let (terminal, _home) = practice(&["--fault", "access-denied"]);
    terminal.press(keys::ENTER);
    terminal.until_read("127.0.0.1%3A");
    let port = |contents: &str| {
        let url: String = contents.lines().map(str::trim_end).collect();
        let redirect = url.split("redirect_uri=").nth(1).unwrap().to_owned();
        redirect.split('&').next().unwrap().to_owned()
    };
    let first = port(&terminal.contents());
    terminal.press(keys::ENTER);
    terminal.until_read("Access was not granted");
    terminal.press("r");
    terminal.until_read(words().sign_in.waiting);
    assert_eq!(port(&terminal.contents()), first);
    terminal.press("q");
    assert_eq!(terminal.exit().exit_code(), 4);
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    if std::env::var_os("ADSAUTH_TEST_PANIC").is_some() {
        let (palette, glyphs) = (Palette::Colour, Glyphs::Unicode);
        let look = Look { text: Lang::En.text(), palette, glyphs, hyperlinks: true, notifications: true };
        let mut screen = adsauth::terminal::FullScreen::new(look).unwrap();
        screen.draw(&crate::scenes::named("guide")).unwrap();
        panic!("on purpose");
    }
    let mut this_test = CommandBuilder::new(std::env::current_exe().unwrap());
    this_test.args(["--exact", "binary::a_panic_gives_the_terminal_back_before_its_message", "--nocapture"]);
    let home = tempfile::tempdir().unwrap();
    let mut environment = environment(home.path());
    environment.push(("ADSAUTH_TEST_PANIC".to_owned(), "1".to_owned()));
    let terminal = Terminal::spawn(this_test, &environment, Size::USUAL);
    assert_eq!(terminal.exit().exit_code(), 1);
    assert_restored(&terminal);
    let raw = terminal.raw();
    let left = raw.windows(8).position(|window| window == b"\x1b[?1049l").unwrap();
    assert!(contains(&raw[left..], b"on purpose"), "the message is on the main screen");
}
