//! The line commands: data on stdout, talk on stderr, and the exit codes of the manual.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use adsauth::oauth::client::ClientKind;
use adsauth::oauth::client_file::Kind;
use adsauth::practice::{Decision, Practice, answer_of, click};
use adsauth::problem::{Exit, Problem};
use serde_json::Value;

fn adsauth(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adsauth"));
    command.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8").current_dir(home);
    command
}

fn output(home: &Path, arguments: &[&str]) -> Output {
    adsauth(home).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// `adsauth token` against the practice Google, up to the consent URL.
struct SigningIn {
    child: Child,
    talk: BufReader<std::process::ChildStderr>,
    url: String,
}

impl SigningIn {
    fn start(home: &Path, origin: &str, arguments: &[&str]) -> Self {
        let host = origin.trim_start_matches("http://");
        let mut child = adsauth(home)
            .args(["token", "--no-browser", "--trust-host", host])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("Paste this URL in your browser:") {
            line.clear();
            assert!(talk.read_line(&mut line).unwrap() > 0, "it ended before the URL");
        }
        let mut url = String::new();
        talk.read_line(&mut url).unwrap();
        Self { child, talk, url: url.trim_end().to_owned() }
    }

    fn finish(mut self) -> (Output, String) {
        let mut talk = String::new();
        self.talk.read_to_string(&mut talk).unwrap();
        (self.child.wait_with_output().unwrap(), talk)
    }
}

/// A home with a Desktop client of a practice Google that serves on its own thread.
fn practised() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let practice = runtime.block_on(Practice::bind()).unwrap();
    let origin = practice.origin();
    std::fs::write(home.path().join("client_secret_1.json"), practice.client_file(ClientKind::Desktop)).unwrap();
    std::thread::spawn(move || runtime.block_on(practice.serve()));
    (home, origin)
}

fn agree(url: &str, decision: Decision) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(click(url, decision)).unwrap().page
}

#[test]
fn token_prints_one_json_document_and_nothing_else_on_stdout() {
    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &["--format", "json"]);
    let page = agree(&signing_in.url, Decision::Allow);
    assert!(page.contains("Your refresh token has been fetched"), "{page}");
    let (output, talk) = signing_in.finish();
    assert_eq!(output.status.code(), Some(0), "{talk}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<_> = document.as_object().unwrap().keys().cloned().collect();
    for name in [
        "type",
        "client_id",
        "client_secret",
        "refresh_token",
        "token_uri",
        "scopes",
        "refresh_token_expires_at",
        "warnings",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is missing: {names:?}");
    }
    let token = document["refresh_token"].as_str().unwrap();
    assert!(token.starts_with("practice-"), "{token}");
    assert!(!talk.contains(token), "a secret is on stderr");
    assert!(talk.contains("NOT GOOGLE") || talk.contains("Your refresh token has been fetched"), "{talk}");
}

#[test]
fn without_a_terminal_the_default_is_the_token_alone() {
    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &[]);
    agree(&signing_in.url, Decision::Allow);
    let (output, talk) = signing_in.finish();
    let printed = stdout(&output);
    assert!(printed.starts_with("practice-") && printed.trim_end().lines().count() == 1, "{printed} {talk}");
}

#[test]
fn the_address_that_the_browser_ended_on_is_accepted_on_stdin_and_a_bare_code_is_not() {
    let (home, origin) = practised();
    let mut signing_in = SigningIn::start(home.path(), &origin, &["--format", "env"]);
    let stdin = signing_in.child.stdin.as_mut().unwrap();
    writeln!(stdin, "4/0AbCdEfGhIjKlMnOpQrStUvWxYz").unwrap();
    let mut line = String::new();
    while !line.contains("code") {
        line.clear();
        assert!(signing_in.talk.read_line(&mut line).unwrap() > 0);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let landing = runtime.block_on(answer_of(&signing_in.url, Decision::Allow)).unwrap();
    writeln!(signing_in.child.stdin.as_mut().unwrap(), "{landing}").unwrap();
    let (output, talk) = signing_in.finish();
    let printed = stdout(&output);
    for name in ["GOOGLE_ADS_CLIENT_ID=", "GOOGLE_ADS_CLIENT_SECRET=", "GOOGLE_ADS_REFRESH_TOKEN='practice-"] {
        assert!(printed.contains(name), "{printed}\n{talk}");
    }
}

#[test]
fn a_stranger_who_keeps_knocking_is_told_of_once() {
    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &[]);
    let consent = url::Url::parse(&signing_in.url).unwrap();
    let (_, redirect) = consent.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
    let address = redirect.trim_start_matches("http://").to_owned();
    for _ in 0..5 {
        let mut stranger = std::net::TcpStream::connect(&address).unwrap();
        write!(stranger, "GET /?state=x&code=y HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        stranger.read_to_end(&mut Vec::new()).unwrap();
    }
    agree(&signing_in.url, Decision::Allow);
    let (_, talk) = signing_in.finish();
    assert_eq!(talk.matches("An answer to an older sign-in link came in").count(), 1, "{talk}");
}

/// In user and in kernel mode, in hundredths of a second.
#[cfg(target_os = "linux")]
fn processor_time(program: rustix::process::Pid) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.as_raw_nonzero())).unwrap();
    let behind_the_name = stat.rsplit(") ").next().unwrap();
    behind_the_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_has_run_out_of_descriptors_hears_the_right_callback_once_there_are_some_again() {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &[]);
    let program = Pid::from_raw(signing_in.child.id().try_into().unwrap()).unwrap();
    // Time enough to read the trust store, which takes descriptors, too. A dozen are in use by then.
    std::thread::sleep(std::time::Duration::from_millis(500));
    prlimit(Some(program), Resource::Nofile, Rlimit { current: Some(24), maximum: Some(24) }).unwrap();
    let consent = url::Url::parse(&signing_in.url).unwrap();
    let (_, redirect) = consent.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap();
    let address = redirect.trim_start_matches("http://");
    let strangers: Vec<_> = (0..40).map(|_| std::net::TcpStream::connect(address).unwrap()).collect();
    let mut unheard = std::net::TcpStream::connect(address).unwrap();
    write!(unheard, "GET /favicon.ico HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    unheard.set_read_timeout(Some(std::time::Duration::from_secs(1))).unwrap();
    let before = processor_time(program);
    assert!(unheard.read(&mut [0]).is_err(), "there was a descriptor for the last of them, too");
    let used = processor_time(program) - before;
    assert!(used < 50, "it tried again and again, for {used} of 100 ticks");
    drop(strangers);
    let page = agree(&signing_in.url, Decision::Allow);
    assert!(page.contains("has been fetched"), "{page}");
    assert_eq!(signing_in.finish().0.status.code(), Some(0));
}

#[test]
fn a_refusal_ends_with_4_and_the_error_as_json_when_json_was_asked_for() {
    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &["--format", "json"]);
    let page = agree(&signing_in.url, Decision::Deny);
    assert!(!page.contains("has been fetched"), "{page}");
    let (output, _) = signing_in.finish();
    assert_eq!(output.status.code(), Some(4));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let error = document["error"].as_object().unwrap();
    assert_eq!(error["code"], "denied");
    for name in ["title", "cause", "remedy"] {
        assert!(!error[name].as_str().unwrap().is_empty(), "{name}");
    }
}

/// What `token --format authorized-user` prints after an agreement.
fn authorized_user(home: &Path, origin: &str) -> String {
    let signing_in = SigningIn::start(home, origin, &["--format", "authorized-user"]);
    agree(&signing_in.url, Decision::Allow);
    stdout(&signing_in.finish().0)
}

fn check(home: &Path, origin: &str, arguments: &[&str]) -> Output {
    let host = origin.trim_start_matches("http://");
    let usual = ["check", "--config", "authorized_user.json", "--trust-host", host, "--ads-endpoint", origin];
    output(home, &[&usual, arguments].concat())
}

#[test]
fn check_tries_three_grades_and_says_each() {
    let (home, origin) = practised();
    std::fs::write(home.path().join("authorized_user.json"), authorized_user(home.path(), &origin)).unwrap();
    let good = check(home.path(), &origin, &["--json"]);
    assert_eq!(good.status.code(), Some(0), "{}", stderr(&good));
    let document: Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(
        (&document["ok"], &document["target"]),
        (&Value::Bool(true), &Value::String("authorized-user".to_owned()))
    );
    for grade in ["refresh", "accounts", "read"] {
        assert_eq!(document[grade]["ok"], true, "{grade}");
    }
    assert!(document["accounts"]["ids"].as_array().is_some_and(|ids| ids.len() > 1));
    assert!(stdout(&check(home.path(), &origin, &[])).is_empty(), "talk goes to stderr");
}

#[test]
fn check_of_a_dead_token_names_the_cause() {
    let (home, origin) = practised();
    let mut document: Value = serde_json::from_str(&authorized_user(home.path(), &origin)).unwrap();
    document["refresh_token"] = "1//0gDEAD-practice-token".into();
    std::fs::write(home.path().join("authorized_user.json"), document.to_string()).unwrap();
    let dead = check(home.path(), &origin, &[]);
    assert_eq!(dead.status.code(), Some(8));
    // No configuration says where a server that is not Google's signs in, so there is no command to name.
    assert!(!stderr(&dead).contains("adsauth -P "), "{}", stderr(&dead));
    let dead = check(home.path(), &origin, &["--json"]);
    let document: Value = serde_json::from_slice(&dead.stdout).unwrap();
    assert_eq!(document["refresh"]["code"], "invalid-grant");
    assert!(document["accounts"].is_null() && document["read"].is_null());
}

#[test]
fn check_sees_a_code_in_the_place_of_the_token() {
    let home = tempfile::tempdir().unwrap();
    let yaml = "client_id: 1-a.apps.googleusercontent.com\nclient_secret: GOCSPX-a\nrefresh_token: 4/0AbCdEfGhIjK\nuse_proto_plus: True\n";
    std::fs::write(home.path().join("google-ads.yaml"), yaml).unwrap();
    let output = output(home.path(), &["check", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["error"]["code"], "not-a-refresh-token");
}

/// `adsauth save` with a token of Google's shape on stdin.
fn save(home: &Path, arguments: &[&str]) -> Output {
    let document = r#"{"client_id":"1-a.apps.googleusercontent.com","client_secret":"GOCSPX-CANARY-secret-0123456789","refresh_token":"1//0gCANARY-token-0123456789"}"#;
    save_document(home, arguments, document)
}

fn save_document(home: &Path, arguments: &[&str], document: &str) -> Output {
    let mut child = adsauth(home)
        .arg("save")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn save_writes_a_new_file_for_its_owner_only_and_shows_no_secret() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempfile::tempdir().unwrap();
    let output = save(home.path(), &["--for", "python", "--yes", "--login-customer-id", "123-456-7890", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["target"], &document["written"]), (&Value::String("python".to_owned()), &Value::Bool(true)));
    let path = home.path().join("google-ads.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("1//0gCANARY-token-0123456789") && text.contains("1234567890"), "{text}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    for talk in [stdout(&output), stderr(&output)] {
        assert!(!talk.contains("CANARY-secret") && !talk.contains("CANARY-token"), "{talk}");
    }
}

#[test]
fn save_never_replaces_another_token_unasked_and_a_dry_run_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("google-ads.yaml");
    let old = "# mine\nclient_id: 9-z.apps.googleusercontent.com\nclient_secret: GOCSPX-old\nrefresh_token: 1//0gOLD\n";
    std::fs::write(&path, old).unwrap();
    for (arguments, code) in [
        (&["--for", "python", "--yes"][..], 7),
        (&["--for", "python", "--dry-run"], 0),
        (&["--for", "python"], 2),
        (&["--for", "dotnet", "--yes"], 7),
    ] {
        let output = save(home.path(), arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), old);
    }
    assert_eq!(save(home.path(), &["--for", "python", "--yes", "--replace"]).status.code(), Some(0));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# mine\n") && text.contains("CANARY-token"), "{text}");
    let backup = std::fs::read_to_string(home.path().join("google-ads.yaml.adsauth-backup")).unwrap();
    assert_eq!(backup, old);
}

#[test]
fn save_of_what_is_there_already_asks_nothing_and_says_that_nothing_was_changed() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("google-ads.yaml");
    assert_eq!(save(home.path(), &["--for", "python", "--yes"]).status.code(), Some(0));
    let file = || std::fs::metadata(&path).unwrap().ino();
    let before = file();
    let again = save(home.path(), &["--for", "python"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(stderr(&again).ends_with(&format!("Already so, nothing was changed: {}\n", path.display())));
    let korean = save(home.path(), &["--for", "python", "--lang", "ko"]);
    assert!(stderr(&korean).contains("바꾼 것이 없습니다"), "{}", stderr(&korean));
    let claims = |output: &Output| {
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        (document["written"].as_bool().unwrap(), document["changed"].as_bool().unwrap())
    };
    assert_eq!(claims(&save(home.path(), &["--for", "python", "--yes", "--json"])), (false, false));
    assert_eq!(file(), before, "the file was not touched");
    // What others can read is written again, for its owner only.
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(claims(&save(home.path(), &["--for", "python", "--yes", "--json"])), (true, false));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_env_file_says_whose_token_it_holds_and_check_asks_nobody_else() {
    let (home, origin) = practised();
    let host = origin.trim_start_matches("http://");
    let document = format!(
        r#"{{"client_id":"practice-desktop","client_secret":"s","refresh_token":"of-another-server","token_uri":"{origin}/token"}}"#
    );
    let saved =
        save_document(home.path(), &["--for", "env", "--config", "a.env", "--yes", "--trust-host", host], &document);
    assert_eq!(saved.status.code(), Some(0), "{}", stderr(&saved));
    let text = std::fs::read_to_string(home.path().join("a.env")).unwrap();
    assert!(text.contains(&format!("ADSAUTH_TOKEN_URI='{origin}/token'\n")), "{text}");
    let check = |more: &[&str]| output(home.path(), &[&["check", "--config", "a.env", "--json"], more].concat());
    let refused = check(&[]);
    let document: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(
        (refused.status.code(), document["error"]["code"].as_str()),
        (Some(3), Some("untrusted-endpoints")),
        "{document}"
    );
    assert!(document["error"]["remedy"].as_str().unwrap().contains(&format!("--trust-host {host}")), "{document}");
    let asked = check(&["--trust-host", host]);
    let document: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!(asked.status.code(), Some(8));
    assert!(["invalid-grant", "invalid-client"].contains(&document["refresh"]["code"].as_str().unwrap()), "{document}");
    // A token of Google's takes the name of the other server away.
    assert_eq!(save(home.path(), &["--for", "env", "--config", "a.env", "--yes", "--replace"]).status.code(), Some(0));
    let text = std::fs::read_to_string(home.path().join("a.env")).unwrap();
    assert!(text.contains("\n# ADSAUTH_TOKEN_URI=") && text.contains("CANARY-token"), "{text}");
}

#[test]
fn a_practice_token_is_never_written_outside_of_the_practice_directory() {
    let (home, origin) = practised();
    let document = authorized_user(home.path(), &origin);
    let host = origin.trim_start_matches("http://");
    let mut child = adsauth(home.path())
        .args(["save", "--for", "env", "--yes", "--trust-host", host, "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(7));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["error"]["code"], "practice-token");
}

#[test]
fn what_save_is_given_must_be_googles_or_of_a_trusted_server() {
    let home = tempfile::tempdir().unwrap();
    let mut child = adsauth(home.path())
        .args(["save", "--for", "env", "--yes", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let document =
        r#"{"client_id":"a","client_secret":"b","refresh_token":"c","token_uri":"https://login.example/token"}"#;
    child.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), document["error"]["code"].as_str()), (Some(7), Some("not-google")));
    assert!(document["error"]["remedy"].as_str().unwrap().contains("--trust-host login.example"), "{document}");
}

#[test]
fn a_timeout_ends_with_4() {
    let (home, origin) = practised();
    let signing_in = SigningIn::start(home.path(), &origin, &["--timeout", "1"]);
    let (output, talk) = signing_in.finish();
    assert_eq!(output.status.code(), Some(4), "{talk}");
}

#[test]
fn a_taken_port_ends_with_6_and_names_it() {
    let (home, origin) = practised();
    let squatter = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = squatter.local_addr().unwrap().port().to_string();
    let host = origin.trim_start_matches("http://");
    let output = output(home.path(), &["token", "--no-browser", "--trust-host", host, "--port", &port]);
    assert_eq!(output.status.code(), Some(6));
    assert!(stderr(&output).contains(&port));
}

#[test]
fn a_machine_without_ca_certificates_is_told_so_before_anybody_signs_in() {
    let (home, origin) = practised();
    let host = origin.trim_start_matches("http://");
    let output = adsauth(home.path())
        .args(["token", "--no-browser", "--trust-host", host, "--format", "json"])
        .env("SSL_CERT_FILE", "/dev/null")
        .env("SSL_CERT_DIR", "/dev/null")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(6));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["error"]["code"], "no-ca-certificates");
}

#[test]
fn no_client_ends_with_3_and_several_without_a_choice_with_2() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(output(home.path(), &["token", "--format", "token"]).status.code(), Some(3));
    for number in ["1", "2"] {
        let client = format!(
            r#"{{"installed":{{"client_id":"{number}-a.apps.googleusercontent.com","client_secret":"GOCSPX-{number}","auth_uri":"https://accounts.google.com/o/oauth2/auth","token_uri":"https://oauth2.googleapis.com/token"}}}}"#
        );
        std::fs::write(home.path().join(format!("client_secret_{number}.json")), client).unwrap();
    }
    assert_eq!(output(home.path(), &["token", "--format", "token"]).status.code(), Some(2));
}

#[test]
fn googles_own_spelling_of_the_options_is_understood() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("key.json"), r#"{"type":"service_account","private_key":"-"}"#).unwrap();
    for spelling in ["-c", "-P", "--client_secrets_path", "--client-secrets", "--client-secrets-path"] {
        let output = output(
            home.path(),
            &["token", spelling, "key.json", "--additional_scopes", "email", "openid", "--format", "json"],
        );
        assert_eq!(output.status.code(), Some(3), "{spelling}: {}", stderr(&output));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["error"]["code"], "service-account");
    }
}

#[test]
fn files_json_lists_every_field_in_the_order_of_the_screen() {
    let (home, origin) = practised();
    std::fs::write(home.path().join("credentials.json"), "").unwrap();
    let host = origin.trim_start_matches("http://");
    let output = output(home.path(), &["files", "--json", "--trust-host", host]);
    assert_eq!(output.status.code(), Some(0));
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let kinds: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["desktop", "empty"]);
    for name in [
        "path",
        "kind",
        "usable",
        "reason",
        "remedy",
        "project_id",
        "client_id",
        "redirect_uri",
        "modified",
        "duplicate_of",
        "untrusted_hosts",
    ] {
        assert!(rows[0].get(name).is_some(), "{name}");
    }
    assert!(rows[0]["remedy"].is_null() && rows[1]["remedy"].is_string());
    assert!(!stdout(&output).contains("practice-secret"), "a secret is printed");
}

#[test]
fn the_wizard_without_a_terminal_says_so_in_a_line_and_ends_with_2() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [&[][..], &["demo"][..]] {
        let output = output(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).starts_with("adsauth: "), "{}", stderr(&output));
    }
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    let home = tempfile::tempdir().unwrap();
    for wrong in [
        &["--port", "0"][..],
        &["--no-such-option"],
        &["--redirect-uri", "https://example.org/"],
        &["--copy-command", ""],
    ] {
        assert_eq!(output(home.path(), wrong).status.code(), Some(2), "{wrong:?}");
    }
    let help = output(home.path(), &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for exit in Exit::ALL {
        assert!(stdout(&help).contains(&format!("{:>3}  ", exit.code())), "{exit:?} is not in --help");
    }
}

#[test]
fn the_manual_names_every_code_and_the_completions_every_command() {
    let home = tempfile::tempdir().unwrap();
    let manual = stdout(&output(home.path(), &["man"])).replace('\\', "");
    let codes = Problem::examples().into_iter().map(|problem| problem.code());
    for code in codes.chain(Kind::ALL.map(Kind::code)) {
        assert!(manual.contains(code), "{code} is not in the manual");
    }
    let lines: Vec<_> = manual.lines().collect();
    for entry in lines.windows(3).filter(|lines| lines[0] == ".TP") {
        assert!(!entry[2].is_empty(), "{} means nothing", entry[1]);
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&output(home.path(), &["completions", shell]));
        for command in ["token", "files", "demo", "completions", "man"] {
            assert!(script.contains(command), "{command} is not in the completions of {shell}");
        }
    }
}

#[test]
fn every_example_of_a_problem_has_a_code_of_its_own_kind() {
    let mut codes: Vec<_> = Problem::examples().iter().map(Problem::code).collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all, "a code stands twice");
}

#[test]
fn a_wrong_command_line_is_told_in_the_language_that_it_asks_for() {
    let home = tempfile::tempdir().unwrap();
    for line in [
        &["--lang", "ko", "--nonsense"][..],
        &["--nonsense", "--lang=ko"],
        &["token", "--port", "0", "--lang", "ko"],
        &["--lang", "ko", "save", "--yes"],
        &["--lang", "ko", "--plain", "token"],
        &["--lang", "ko", "completions", "--lang", "ko", "sh"],
    ] {
        let output = output(home.path(), line);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{line:?}: {said}");
        assert!(said.lines().count() == 3, "{line:?}: {said}");
        let is_korean = |line: &str| line.chars().any(|letter| ('가'..='힣').contains(&letter));
        assert!(said.lines().all(is_korean), "{line:?}: {said}");
    }
    let output = output(home.path(), &["save", "--for", "nowhere", "--json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), document["error"]["code"].as_str()), (Some(2), Some("wrong-usage")));
    assert!(output.stderr.is_empty());
}

#[test]
fn options_of_every_command_are_taken_before_its_name_too() {
    let home = tempfile::tempdir().unwrap();
    for line in [&["--lang", "ko", "files"][..], &["files", "--lang", "ko"], &["--lang", "en", "files", "--lang", "ko"]]
    {
        let output = output(home.path(), line);
        assert_eq!(output.status.code(), Some(3), "{line:?}");
        assert!(stderr(&output).starts_with("adsauth: 클라이언트 파일을"), "{}", stderr(&output));
    }
}

#[test]
fn help_and_manual_have_no_heading_of_another_language() {
    let home = tempfile::tempdir().unwrap();
    let ours = |line: &&str| line.ends_with(':') && !line.starts_with(' ') || line.starts_with(".S");
    for (language, is_korean) in [("ko", true), ("en", false)] {
        for command in ["help", "man"] {
            let text = stdout(&output(home.path(), &["--lang", language, command]));
            let headings: Vec<_> = text.lines().filter(ours).filter(|line| !line.contains("ADSAUTH")).collect();
            assert!(headings.len() > 3, "{text}");
            for heading in headings {
                assert_eq!(heading.chars().any(|letter| ('가'..='힣').contains(&letter)), is_korean, "{heading}");
            }
        }
    }
}
