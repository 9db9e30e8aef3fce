//! Which routes to a clipboard are worth trying here, and in which order. It only decides; it tries nothing.

use super::CopyCommand;
use crate::adapters::environment::{Environment, System};

/// One attempt to get a text to where it can be pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The user's own program. Its failure is the end.
    Command(CopyCommand),
    /// A named tmux buffer, which can be deleted again without touching the user's others.
    Tmux { arguments: &'static [&'static str] },
    /// A process of ours that holds the selection of this display.
    Hold(Display),
    /// A program that keeps the text by itself.
    Program { name: &'static str, arguments: &'static [&'static str] },
}

/// The displays whose selections belong to a process, and vanish with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    X11,
    Wayland,
}

/// `-w` hands the text to the terminal outside as well, also with tmux' default `set-clipboard external`.
const TMUX: Step = Step::Tmux { arguments: &["load-buffer", "-b", "adsauth", "-w", "-"] };
/// Before tmux 3.2 there is no `-w`.
const OLD_TMUX: Step = Step::Tmux { arguments: &["load-buffer", "-b", "adsauth", "-"] };
const XCLIP: Step = Step::Program { name: "xclip", arguments: &["-in", "-selection", "clipboard"] };
const XSEL: Step = Step::Program { name: "xsel", arguments: &["--input", "--clipboard"] };
const CLIP_EXE: Step = Step::Program { name: "clip.exe", arguments: &[] };
const PBCOPY: Step = Step::Program { name: "pbcopy", arguments: &[] };

/// The steps in order; when none works, the terminal itself is what is left.
///
/// In tmux the display takes the text as well. Over SSH no display is touched: it would be that of the machine, not the one at which the user sits. tmux knows
/// which terminal it is shown on, whatever the variables of an old session say, and so comes first. In WSL the browser is
/// one of Windows, and so is the clipboard. A display is asked by a process of ours before any program, since only there
/// is the arrival confirmed, the text kept out of histories, and the clearing known. `wl-copy` is left to those who name it
/// as their copy command, since it keeps what it holds in a file under /tmp.
pub fn chain(environment: &Environment, copy_command: Option<CopyCommand>) -> Vec<Step> {
    if let Some(command) = copy_command {
        return vec![Step::Command(command)];
    }
    let mut steps = Vec::new();
    if environment.tmux {
        steps.extend([TMUX, OLD_TMUX]);
    }
    if environment.ssh.is_some() {
        return steps;
    }
    if environment.wsl.is_some() {
        steps.push(CLIP_EXE);
    }
    match environment.system {
        System::Unix => {
            let Environment { wayland, x11, .. } = *environment;
            steps.extend(wayland.then_some(Step::Hold(Display::Wayland)));
            steps.extend(x11.then_some(Step::Hold(Display::X11)));
            steps.extend(x11.then_some([XCLIP, XSEL]).into_iter().flatten());
        }
        System::MacOs => steps.push(PBCOPY),
        System::Windows => steps.push(CLIP_EXE),
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::environment::{Ssh, Wsl};

    const HOLD_X11: Step = Step::Hold(Display::X11);
    const HOLD_WAYLAND: Step = Step::Hold(Display::Wayland);

    fn desktop() -> Environment {
        Environment { x11: true, wayland: true, ..Environment::default() }
    }

    #[test]
    fn a_copy_command_is_the_only_route() {
        let command: CopyCommand = "my-copy --now".parse().unwrap();
        let everything = Environment { tmux: true, ssh: Some(Ssh::default()), wsl: Some(Wsl::Two), ..desktop() };
        assert_eq!(chain(&everything, Some(command.clone())), [Step::Command(command)]);
    }

    #[test]
    fn without_anything_the_terminal_is_all_there_is() {
        assert_eq!(chain(&Environment::default(), None), []);
    }

    #[test]
    fn our_own_process_comes_before_programs_and_wayland_before_x11() {
        let x11 = Environment { x11: true, ..Environment::default() };
        assert_eq!(chain(&x11, None), [HOLD_X11, XCLIP, XSEL]);
        let wayland = Environment { wayland: true, ..Environment::default() };
        assert_eq!(chain(&wayland, None), [HOLD_WAYLAND]);
        assert_eq!(chain(&desktop(), None), [HOLD_WAYLAND, HOLD_X11, XCLIP, XSEL]);
    }

    #[test]
    fn over_ssh_no_display_of_the_remote_machine_is_touched() {
        let remote = Environment { ssh: Some(Ssh::default()), ..desktop() };
        assert_eq!(chain(&remote, None), []);
        assert_eq!(chain(&Environment { tmux: true, ..remote }, None), [TMUX, OLD_TMUX]);
    }

    #[test]
    fn tmux_comes_first_and_the_display_after_it() {
        let inside = Environment { tmux: true, x11: true, ..Environment::default() };
        assert_eq!(chain(&inside, None), [TMUX, OLD_TMUX, HOLD_X11, XCLIP, XSEL]);
    }

    #[test]
    fn windows_has_its_own_clipboard_also_in_wsl() {
        let wsl = Environment { wsl: Some(Wsl::Two), ..Environment::default() };
        assert_eq!(chain(&wsl, None), [CLIP_EXE]);
        assert_eq!(chain(&Environment { x11: true, ..wsl }, None), [CLIP_EXE, HOLD_X11, XCLIP, XSEL]);
        assert_eq!(chain(&Environment { system: System::Windows, ..Environment::default() }, None), [CLIP_EXE]);
        assert_eq!(chain(&Environment { system: System::MacOs, ..Environment::default() }, None), [PBCOPY]);
    }
}
