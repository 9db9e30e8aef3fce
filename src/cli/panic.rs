//! What a panic means: the program ends. It never quotes what the panic says, which may hold what it stumbled over, a secret
//! for one.

use std::panic;
use std::process;

use super::json;
use super::machine::say;
use crate::problem::{Exit, Problem};
use crate::text::Text;

/// Ends the program on a panic in any of its tasks and threads, with the code for an internal error and the place in our source.
///
/// A task that is lost would be waited for in vain, and nobody knows what state it left behind.
pub fn end_the_program(text: &'static Text, as_json: bool) {
    panic::set_hook(Box::new(move |panic| {
        json::fail_in(text, &Problem::Internal, as_json);
        let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        say(&format!("adsauth {}{}", env!("CARGO_PKG_VERSION"), place.unwrap_or_default()));
        process::exit(i32::from(Exit::Internal.code()));
    }));
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::process::Command;

    use super::*;
    use crate::cli::sign_in::until_signal;
    use crate::text::Lang;

    const MARK: &str = "ADSAUTH_TEST_PANIC";

    /// This test once more, as a program that loses a task while it waits for something else.
    #[test]
    fn a_panic_in_any_task_ends_the_program_and_quotes_nothing() {
        if let Some(wanted) = std::env::var_os(MARK) {
            end_the_program(Lang::En.text(), wanted == "json");
            until_signal(async {
                let lost = async { panic!("1//0gCANARY-token") };
                if wanted == "thread" {
                    tokio::task::spawn_blocking(|| panic!("1//0gCANARY-token"));
                } else {
                    tokio::task::spawn_local(lost);
                }
                pending().await
            });
        }
        for wanted in ["task", "thread", "json"] {
            let mut this_test = Command::new(std::env::current_exe().unwrap());
            let name = "cli::panic::tests::a_panic_in_any_task_ends_the_program_and_quotes_nothing";
            let output = this_test.args(["--exact", name, "--nocapture"]).env(MARK, wanted).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{wanted}: {output:?}");
            let (said, printed) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
            assert!(!said.contains("CANARY") && !printed.contains("CANARY"), "{said}{printed}");
            assert!(said.contains(" at src/cli/panic.rs:"), "{said}");
            assert_eq!(said.contains("adsauth itself has failed"), wanted != "json", "{said}");
            assert_eq!(printed.contains("\"code\": \"internal\""), wanted == "json", "{printed}");
        }
    }
}
