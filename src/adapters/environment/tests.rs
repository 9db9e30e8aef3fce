use std::collections::HashMap;

use super::*;

fn with(variables: &[(&str, &str)]) -> Environment {
    on(variables, &Facts::default())
}

fn on(variables: &[(&str, &str)], facts: &Facts) -> Environment {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    Environment::from(|name| variables.get(name).map(OsString::from), facts)
}

fn kernel(release: &str) -> Facts {
    Facts { kernel: release.to_owned(), ..Facts::default() }
}

#[test]
fn a_bare_linux_is_the_default() {
    assert_eq!(with(&[]), Environment::default());
    assert!(!with(&[]).has_display());
}

#[test]
fn empty_variables_count_as_unset() {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "BROWSER", "NO_COLOR"];
    let empty: Vec<(&str, &str)> = names.into_iter().map(|name| (name, "")).collect();
    assert_eq!(with(&empty), Environment::default());
}

#[test]
fn an_ssh_connection_names_the_server_by_the_address_that_the_client_used() {
    let server = |connection: &str| with(&[("SSH_CONNECTION", connection)]).ssh.expect("an SSH session").server;
    let address = |text: &str| text.parse::<IpAddr>().unwrap();
    assert_eq!(server("192.0.2.7 51234 198.51.100.3 22"), Some((address("198.51.100.3"), 22)));
    assert_eq!(server("2001:db8::7 51234 2001:db8::3 2222"), Some((address("2001:db8::3"), 2222)));
    assert_eq!(server("fe80::7%eth0 51234 fe80::3%eth0 22"), Some((address("fe80::3"), 22)));
    assert_eq!(server("::ffff:192.0.2.7 51234 ::ffff:198.51.100.3 22"), Some((address("198.51.100.3"), 22)));
    assert_eq!(server("UNKNOWN 65535 UNKNOWN 65535"), None);
    assert_eq!(server("$(reboot) 1 $(reboot) 22"), None);
}

#[test]
fn a_terminal_of_sshd_is_enough_to_know_of_the_connection() {
    assert_eq!(with(&[("SSH_TTY", "/dev/pts/3")]).ssh, Some(Ssh { server: None }));
    assert_eq!(with(&[("SSH_CLIENT", "192.0.2.7 51234 22")]).ssh, Some(Ssh { server: None }));
}

#[test]
fn a_login_name_that_a_shell_would_read_otherwise_is_not_taken() {
    assert_eq!(with(&[("USER", "ann.lee-2")]).user.as_deref(), Some("ann.lee-2"));
    for name in ["-oProxyCommand=x", "ann;reboot", "$(reboot)", "ann lee", "ANN\\lee", "\u{202e}ann"] {
        assert_eq!(with(&[("USER", name)]).user, None, "{name:?}");
    }
}

#[test]
fn the_kernel_tells_the_two_kinds_of_wsl_apart() {
    assert_eq!(on(&[], &kernel("4.4.0-19041-Microsoft\n")).wsl, Some(Wsl::One));
    assert_eq!(on(&[], &kernel("5.15.167.4-microsoft-standard-WSL2\n")).wsl, Some(Wsl::Two));
    assert_eq!(on(&[("WSL_DISTRO_NAME", "Debian")], &kernel("6.6.1-mine\n")).wsl, Some(Wsl::Two));
    assert_eq!(on(&[], &kernel("6.1.0-18-amd64\n")).wsl, None);
}

#[test]
fn a_container_on_the_kernel_of_wsl_is_only_a_container() {
    let facts = Facts { container_mark: true, ..kernel("5.15.167.4-microsoft-standard-WSL2") };
    let found = on(&[], &facts);
    assert_eq!((found.wsl, found.container), (None, Some(Container::Plain)));
}

#[test]
fn containers_are_told_apart_by_who_forwards_their_ports() {
    let marked = Facts { container_mark: true, ..Facts::default() };
    assert_eq!(on(&[("CODESPACES", "true")], &marked).container, Some(Container::Codespaces));
    assert_eq!(on(&[("REMOTE_CONTAINERS", "true")], &marked).container, Some(Container::DevContainer));
    assert_eq!(on(&[("TOOLBOX_PATH", "/usr/bin/toolbox")], &marked).container, None);
    assert_eq!(on(&[], &marked).container, Some(Container::Plain));
}

#[test]
fn the_first_locale_variable_that_is_set_decides_the_language() {
    let language = |variables: &[(&str, &str)]| with(variables).language;
    assert_eq!(language(&[("LANG", "ko_KR.UTF-8")]), Language::Korean);
    assert_eq!(language(&[("LC_ALL", ""), ("LC_MESSAGES", "ko"), ("LANG", "en_US.UTF-8")]), Language::Korean);
    assert_eq!(language(&[("LC_ALL", "C"), ("LANG", "ko_KR.UTF-8")]), Language::English);
    assert_eq!(language(&[("LANG", "kok_IN")]), Language::English);
}

#[test]
fn box_characters_need_a_utf_8_locale_and_a_font_that_has_them() {
    assert!(with(&[("LANG", "en_US.utf8")]).unicode);
    assert!(!with(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")]).unicode);
    assert!(!with(&[("LANG", "en_US.UTF-8"), ("TERM", "linux")]).unicode);
}

#[test]
fn colours_and_access_follow_their_variables() {
    assert!(with(&[("COLORTERM", "truecolor")]).true_color);
    assert!(with(&[("TERM", "xterm-direct")]).true_color);
    assert!(!with(&[("TERM", "xterm-256color")]).true_color);
    assert!(with(&[("NO_COLOR", "1")]).no_color);
    assert!(with(&[("TERM", "dumb")]).dumb);
    assert!(with(&[("ACCESSIBLE", "1")]).accessible);
    assert!(!with(&[("ACCESSIBLE", "0")]).accessible);
}
