//! One directory with everything that was ever named like a client file, and what `adsauth files --json` says of each.
#![expect(clippy::disallowed_methods, reason = "it makes files, starts the program and looks at the clock")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use rustix::process::Pid;
use serde_json::{Value, json};

use crate::figure::{Effort, Figure};
use crate::user::{User, as_nobody, until};

/// Milliseconds until the list is there.
const SLOWEST: u128 = 200;
/// KiB above what an empty directory takes.
const MOST_MEMORY: usize = 8 * 1024;
/// As much as a pipe holds.
const PIPE: usize = 64 * 1024;

pub fn measure(effort: Effort) -> Vec<Figure> {
    let user = User::new();
    let program = user.give_to_nobody();
    let [zoo, empty] = ["zoo", "empty"].map(|name| user.path(name));
    for place in [&zoo, &empty] {
        fs::create_dir(place).expect("a directory");
    }
    let wanted = build(&zoo);
    let list = |place: &Path| {
        let mut command = as_nobody(program.to_str().expect("a temporary directory"));
        command.args(["files", "--json"]).arg(place).env_clear().envs(user.environment()).current_dir(&empty);
        command
    };

    let output = list(&zoo).output().expect("the program starts");
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).expect("one document");
    let verdict = |row: &Value| {
        Some((name_of(row["path"].as_str()?), (row["kind"].as_str()?.to_owned(), row["usable"].as_bool()?)))
    };
    let verdicts: BTreeMap<String, (String, bool)> = rows.iter().filter_map(verdict).collect();
    let right = wanted.iter().filter(|(name, kind, usable)| {
        let is_right = verdicts.get(name) == Some(&(kind.clone(), *usable));
        if !is_right {
            eprintln!("figures: {name:?} should be {kind} (usable: {usable}) and is {:?}", verdicts.get(name));
        }
        is_right
    });
    let right = if rows.len() == wanted.len() { right.count() } else { 0 };

    let slowest = (0..effort.of(5, 30)).map(|_| {
        let begun = Instant::now();
        list(&zoo).output().expect("the program starts");
        begun.elapsed().as_millis()
    });
    let slowest = slowest.max().expect("it was listed");
    let more = peak(list(&zoo)).saturating_sub(peak(list(&empty)));
    vec![
        Figure::all("files of a zoo with the right verdict", right, wanted.len()),
        Figure::new(
            "slowest listing of them",
            format!("at most {SLOWEST} ms"),
            format!("{slowest} ms"),
            slowest <= SLOWEST,
        ),
        Figure::new(
            "memory for them",
            format!("at most +{} MiB", MOST_MEMORY / 1024),
            format!("+{more} KiB"),
            more <= MOST_MEMORY,
        ),
    ]
}

/// The end of a path as it is shown: what cannot be shown is left out, so names that differ only there are not in the zoo.
fn name_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The most memory that it had, in KiB, by the time it has everything to say: nobody listens, so it waits.
fn peak(mut command: Command) -> usize {
    let (mut reader, mut writer) = std::io::pipe().expect("a pipe");
    std::io::Write::write_all(&mut writer, &vec![b' '; PIPE]).expect("it fits");
    let mut child = command.stdout(writer).stderr(Stdio::null()).spawn().expect("the program starts");
    // `command` holds the end of the pipe that would never let the reading end.
    drop(command);
    let directory = format!("/proc/{}", Pid::from_child(&child).as_raw_nonzero());
    let read = |name: &str| fs::read_to_string(format!("{directory}/{name}")).unwrap_or_default();
    until("the program to wait for its reader", || read("wchan").contains("pipe").then_some(()));
    let status = read("status");
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).expect("a pipe");
    child.wait().expect("our own child");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux has it");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

fn client(kind: &str, changes: &Value) -> String {
    let mut client = json!({
        "client_id": "407408718192-zoo.apps.googleusercontent.com",
        "project_id": "zoo-1234",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "client_secret": "GOCSPX-zoo",
        "redirect_uris": ["http://localhost"],
    });
    for (key, value) in changes.as_object().expect("members") {
        client[key] = value.clone();
    }
    json!({ kind: client }).to_string()
}

/// Makes all of them, and says what each is: name, kind, whether it can be used.
fn build(zoo: &Path) -> Vec<(String, String, bool)> {
    let mut wanted = Vec::new();
    for (name, kind, content) in written() {
        fs::write(zoo.join(format!("client_secret_{name}.json")), content).expect("a file");
        wanted.push((
            format!("client_secret_{name}.json"),
            kind.to_owned(),
            matches!(kind, "desktop" | "web" | "config"),
        ));
    }
    for (name, kind) in strange(zoo) {
        wanted.push((name.to_owned(), kind.to_owned(), kind == "desktop"));
    }
    let named = [
        (
            "google-ads.yaml",
            "config",
            "client_id: 1-a.apps.googleusercontent.com\nclient_secret: GOCSPX-conf\nuse_proto_plus: True\n",
        ),
        ("credentials.json", "service-account", r#"{"type":"service_account","private_key":"-","client_email":"a@b"}"#),
        ("oauth-notes.json", "not-json", "call Anna"),
    ];
    for (name, kind, content) in named {
        fs::write(zoo.join(name), content).expect("a file");
        wanted.push((name.to_owned(), kind.to_owned(), kind == "config"));
    }
    // Not to be listed at all.
    fs::write(zoo.join("photo.jpg"), "").and_then(|()| fs::write(zoo.join("notes.json"), "{}")).expect("a file");
    wanted
}

/// Plain files by their content.
fn written() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let with = |changes: Value| client("installed", &changes).into_bytes();
    // A client of its own each, or they would be duplicates of each other.
    let own = |number: usize| json!({ "client_id": format!("{number}-zoo.apps.googleusercontent.com") });
    let good = |number| client("installed", &own(number));
    let at = |uri: &str| with(json!({ "auth_uri": uri }));
    let deep = format!("{}{}", "{\"a\":".repeat(200), "}".repeat(200));
    let utf16 = |bytes: fn(u16) -> [u8; 2]| "\u{feff}{}".encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let bom = [b"\xef\xbb\xbf".as_slice(), good(2).as_bytes()].concat();
    let both = format!("{{\"installed\":{},\"web\":{}}}", inner(&good(4)), inner(&good(4)));
    let flat = inner(&good(5)).to_owned();
    vec![
        ("good", "desktop", good(1).into_bytes()),
        ("bom", "desktop", bom),
        ("crlf", "desktop", good(3).replace(',', ",\r\n").into_bytes()),
        ("web", "web", client("web", &json!({ "client_id": "6-zoo.apps.googleusercontent.com" })).into_bytes()),
        ("both", "desktop", both.into_bytes()),
        ("flat", "flat-client", flat.into_bytes()),
        ("empty", "empty", Vec::new()),
        ("blank", "empty", b" \r\n\t".to_vec()),
        ("utf16le", "utf-16", utf16(u16::to_le_bytes)),
        ("utf16be", "utf-16", utf16(u16::to_be_bytes)),
        ("half", "not-json", good(7).into_bytes()[..60].to_vec()),
        ("deep", "not-json", deep.into_bytes()),
        ("binary", "not-json", vec![0xff, 0xd8, 0xff, 0xe0, 0x80]),
        ("html", "not-json", b"<!DOCTYPE html><title>Sign in</title>".to_vec()),
        ("comment", "not-json", b"{} // mine".to_vec()),
        ("list", "unknown-json", b"[1, 2]".to_vec()),
        ("number", "unknown-json", b"42".to_vec()),
        ("other", "unknown-json", br#"{"tabs": []}"#.to_vec()),
        ("wrong_type", "unknown-json", br#"{"installed": "text"}"#.to_vec()),
        ("twice", "unknown-json", br#"{"installed": {"client_id": "a", "client_id": "b"}}"#.to_vec()),
        (
            "two_clients",
            "unknown-json",
            format!("{{\"installed\":{0},\"installed\":{0}}}", inner(&good(8))).into_bytes(),
        ),
        ("no_id", "unknown-json", with(json!({ "client_id": "" }))),
        ("id_of_nobody", "unknown-json", with(json!({ "client_id": "me@example.com" }))),
        ("id_with_newline", "unknown-json", with(json!({ "client_id": "1-a\nb.apps.googleusercontent.com" }))),
        ("id_with_bidi", "unknown-json", with(json!({ "client_id": "1-\u{202e}a.apps.googleusercontent.com" }))),
        ("secret_with_space", "unknown-json", with(json!({ "client_secret": "GOCSPX a" }))),
        ("no_secret", "client-without-secret", with(json!({ "client_secret": null }))),
        ("empty_secret", "client-without-secret", with(json!({ "client_secret": "" }))),
        ("no_endpoints", "client-without-endpoints", with(json!({ "token_uri": null }))),
        ("evil", "untrusted-endpoints", at("https://login.evil.example/o/oauth2/auth")),
        ("plain_http", "untrusted-endpoints", at("http://accounts.google.com/o/oauth2/auth")),
        ("userinfo", "untrusted-endpoints", at("https://accounts.google.com@evil.example/o/oauth2/auth")),
        ("suffix", "untrusted-endpoints", at("https://accounts.google.com.evil.example/o/oauth2/auth")),
        ("other_port", "untrusted-endpoints", at("https://accounts.google.com:8443/o/oauth2/auth")),
        ("look_alike", "untrusted-endpoints", at("https://accounts.g\u{43e}\u{43e}gle.com/o/oauth2/auth")),
        ("newline_in_uri", "untrusted-endpoints", at("https://accounts.google.com/o/oauth2/auth\n")),
        ("javascript", "untrusted-endpoints", at("javascript:alert(1)")),
        ("evil_token", "untrusted-endpoints", with(json!({ "token_uri": "https://evil.example/token" }))),
        ("user", "authorized-user", br#"{"type":"authorized_user","refresh_token":"r"}"#.to_vec()),
        ("saved", "saved-token", br#"{"access_token":"ya29.a","expires_in":3599}"#.to_vec()),
        ("key", "api-key", br#"{"api_key":"AIza"}"#.to_vec()),
        ("large", "too-large", vec![b' '; 64 * 1024 + 1]),
    ]
}

/// The object within.
fn inner(document: &str) -> &str {
    document.split_once(':').and_then(|(_, rest)| rest.strip_suffix('}')).expect("an object in an object")
}

/// What is no plain file, or none that can be read, or has a name that is out to do something.
fn strange(zoo: &Path) -> Vec<(&'static str, &'static str)> {
    let path = |name: &str| zoo.join(name);
    File::create(path("client_secret_sparse.json")).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    let fifo = Command::new("mkfifo").arg(path("client_secret_fifo.json")).status().expect("mkfifo");
    assert!(fifo.success());
    UnixListener::bind(path("client_secret_socket.json")).expect("a socket");
    fs::create_dir(path("client_secret_directory.json")).expect("a directory");
    fs::write(path("client_secret_forbidden.json"), "{}").expect("a file");
    fs::set_permissions(path("client_secret_forbidden.json"), Permissions::from_mode(0o000)).expect("its owner may");
    for (link, target) in
        [("zero", "/dev/zero"), ("tty", "/dev/tty"), ("gone", "nowhere"), ("loop", "client_secret_loop.json")]
    {
        symlink(target, path(&format!("client_secret_{link}.json"))).expect("a link");
    }
    let good = |number: usize| {
        client("installed", &json!({ "client_id": format!("{number}-zoo.apps.googleusercontent.com") }))
    };
    fs::write(path("elsewhere"), good(20)).expect("a file");
    symlink("elsewhere", path("client_secret_link.json")).expect("a link");
    // One is no text, and one would clear the screen.
    fs::write(zoo.join(OsStr::from_bytes(b"client_secret_\xff.json")), good(21)).expect("names are bytes");
    fs::write(path("client_secret_\u{1b}[2J\u{202e}escape.json"), good(22)).expect("names are bytes");
    vec![
        ("client_secret_sparse.json", "too-large"),
        ("client_secret_fifo.json", "not-a-file"),
        ("client_secret_socket.json", "not-a-file"),
        ("client_secret_directory.json", "not-a-file"),
        ("client_secret_forbidden.json", "unreadable"),
        ("client_secret_zero.json", "not-a-file"),
        ("client_secret_tty.json", "not-a-file"),
        ("client_secret_gone.json", "unreadable"),
        ("client_secret_loop.json", "unreadable"),
        ("client_secret_link.json", "desktop"),
        ("client_secret_\u{fffd}.json", "desktop"),
        ("client_secret_escape.json", "desktop"),
    ]
}
