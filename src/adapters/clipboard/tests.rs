use std::fs;
use std::path::Path;

use super::*;

const CANARY: &str = "1//0gCANARY";
/// For what works: no test waits this long.
const AMPLE: Duration = Duration::from_secs(20);
/// For what hangs.
const SHORT: Duration = Duration::from_millis(200);

fn secret() -> Secret {
    Secret::new(CANARY.to_owned())
}

fn clipboard(steps: &[Step], limit: Duration) -> SystemClipboard {
    SystemClipboard { steps: steps.to_vec(), limit, program: PathBuf::from("/nowhere/adsauth") }
}

/// A step that runs this shell script, with `$1` as the place for what it saw.
fn command(script: &str, trace: &Path) -> Step {
    let words = ["-c", script, "script", trace.to_str().unwrap()];
    Step::Command(CopyCommand { program: "sh".to_owned(), arguments: words.map(str::to_owned).to_vec() })
}

const FAILING: Step = Step::Program { name: "false", arguments: &[] };
const TAKING: Step = Step::Program { name: "sh", arguments: &["-c", "cat > /dev/null"] };

/// A stand-in for this program. Another process writes the file, since one that was written here could not be executed
/// while a child that another test is starting still holds it open.
fn stand_in(directory: &Path, body: &str) -> PathBuf {
    let path = directory.join("stand-in");
    let mut command = process::quiet("sh");
    command.args(["-c", "cat > \"$0\" && chmod 755 \"$0\"", path.to_str().unwrap()]);
    let script = Secret::new(format!("#!/bin/sh\n{body}\n"));
    assert!(feed::feed(&mut command, &script, Instant::now() + AMPLE));
    path
}

#[cfg(target_os = "linux")]
fn runs(trace: &Path) -> bool {
    let Ok(pid) = fs::read_to_string(trace) else {
        return false;
    };
    let pid = pid.trim().parse().ok().and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
}

#[test]
fn a_copy_command_is_split_into_words_and_never_read_by_a_shell() {
    let parsed: CopyCommand = "my-copy 'two words' $(reboot) ; ls".parse().unwrap();
    assert_eq!(parsed.program, "my-copy");
    assert_eq!(parsed.arguments, ["two words", "$(reboot)", ";", "ls"]);
    for line in ["", "  ", "''", "copy 'unclosed"] {
        assert_eq!(line.parse::<CopyCommand>(), Err(NotACommandLine), "{line:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_command_gets_the_text_on_standard_input_and_nowhere_else() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let step = command("cat > \"$1\"; tr '\\0' '\\n' < /proc/$$/cmdline > \"$1.words\"; env > \"$1.env\"", &trace);
    assert_eq!(clipboard(&[step], AMPLE).copy(&secret()), Copied::Handed(Route::Command));
    assert_eq!(fs::read_to_string(&trace).unwrap(), CANARY);
    for other in ["words", "env"] {
        assert!(!fs::read_to_string(trace.with_extension(other)).unwrap().contains(CANARY), "{other}");
    }
}

#[test]
fn a_copy_command_that_fails_or_is_not_there_is_the_end() {
    let directory = tempfile::tempdir().unwrap();
    let failing = command("cat > /dev/null; exit 1", directory.path());
    assert_eq!(clipboard(&[failing, TAKING], AMPLE).copy(&secret()), Copied::CommandFailed);
    let missing = Step::Command("/nowhere/copy".parse().unwrap());
    assert_eq!(clipboard(&[missing, TAKING], AMPLE).copy(&secret()), Copied::CommandFailed);
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_command_that_hangs_is_ended_at_the_limit() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("pid");
    let hanging = command("echo $$ > \"$1\"; exec sleep 60", &trace);
    assert_eq!(clipboard(&[hanging], SHORT).copy(&secret()), Copied::CommandFailed);
    assert!(!runs(&trace));
}

#[test]
fn the_first_program_that_takes_the_text_is_named() {
    let missing = Step::Program { name: "/nowhere/copy", arguments: &[] };
    let outcome = clipboard(&[missing, FAILING, TAKING], AMPLE).copy(&secret());
    assert_eq!(outcome, Copied::Handed(Route::Program("sh")));
}

#[test]
fn when_nothing_takes_the_text_the_terminal_is_left() {
    assert_eq!(clipboard(&[], AMPLE).copy(&secret()), Copied::AskTerminal);
    assert_eq!(clipboard(&[FAILING, FAILING], AMPLE).copy(&secret()), Copied::AskTerminal);
}

#[test]
fn the_limit_is_one_for_all_routes() {
    let hanging = Step::Program { name: "sleep", arguments: &["60"] };
    assert_eq!(clipboard(&[hanging, TAKING], SHORT).copy(&secret()), Copied::AskTerminal);
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_that_holds_the_text_is_told_of_one_display_and_of_nothing_secret() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let body = format!(
        "cat > '{0}.text'; tr '\\0' '\\n' < /proc/$$/environ > '{0}.env'; echo \"$@\" > '{0}.words'; printf '\\006'",
        trace.display()
    );
    let program = stand_in(directory.path(), &body);
    let seen = |name: &str| fs::read_to_string(trace.with_extension(name)).unwrap();

    let holding = |display| SystemClipboard { program: program.clone(), ..clipboard(&[Step::Hold(display)], AMPLE) };
    assert_eq!(holding(Display::X11).copy(&secret()), Copied::Confirmed(Route::HelperX11));
    assert_eq!(seen("text"), CANARY);
    assert_eq!(seen("words"), "__hold-clipboard\n");
    let allowed = ["DISPLAY=", "XAUTHORITY=", "HOME="];
    assert!(seen("env").lines().all(|line| allowed.iter().any(|name| line.starts_with(name))), "{}", seen("env"));

    let outcome = holding(Display::Wayland).copy_for(&secret(), Duration::from_mins(1));
    assert_eq!(outcome, Copied::Confirmed(Route::HelperWayland));
    assert_eq!(seen("words"), "__hold-clipboard 60\n");
    let allowed = ["WAYLAND_DISPLAY=", "XDG_RUNTIME_DIR="];
    assert!(seen("env").lines().all(|line| allowed.iter().any(|name| line.starts_with(name))), "{}", seen("env"));
}

#[test]
fn a_holding_process_that_cannot_or_says_something_else_gives_way_to_the_next_route() {
    for program in ["/nowhere/adsauth", "/bin/false", "/bin/echo"] {
        let steps = [Step::Hold(Display::X11), TAKING];
        let clipboard = SystemClipboard { program: PathBuf::from(program), ..clipboard(&steps, AMPLE) };
        assert_eq!(clipboard.copy(&secret()), Copied::Handed(Route::Program("sh")), "{program}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_display_that_does_not_answer_holds_nobody_up() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("pid");
    let program = stand_in(directory.path(), &format!("echo $$ > '{}'; exec sleep 60", trace.display()));
    let clipboard = SystemClipboard { program, ..clipboard(&[Step::Hold(Display::X11)], SHORT) };
    assert_eq!(clipboard.copy(&secret()), Copied::AskTerminal);
    assert!(!runs(&trace));
}

#[test]
fn only_what_we_hold_ourselves_can_be_said_to_be_cleared() {
    assert!(Route::HelperX11.can_be_cleared() && Route::HelperWayland.can_be_cleared());
    for route in [Route::Tmux, Route::TmuxAndDisplay, Route::Command, Route::Program("xclip")] {
        assert!(!route.can_be_cleared(), "{route:?}");
    }
}
