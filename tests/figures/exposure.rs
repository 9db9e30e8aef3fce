//! What others on the machine and in the network can see of a sign-in, and what they can do with it.
#![expect(clippy::disallowed_methods, reason = "it looks around as another user would")]

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::fault_server::FaultServer;
use crate::figure::{Effort, Figure};
use crate::listener::sign_in_at;
use crate::sign_in::{CLIENT_ID, CLIENT_SECRET, Door, Home, SignIn};

pub fn measure(effort: Effort) -> Vec<Figure> {
    let server = FaultServer::honest();
    let mut figures = listening_addresses(&server);
    figures.push(closed_afterwards(&server, effort.of(5, 50)));
    figures.push(other_hosts(&server));
    figures.push(guesses(&server));
    figures.push(another_user(&server));
    figures
}

/// Of a Desktop client, and of a Web client whose redirect URI names `localhost`, which means two addresses.
fn listening_addresses(server: &FaultServer) -> Vec<Figure> {
    let (_home, desktop) = sign_in_at(server);
    let home = web_client_at_localhost(server);
    let web = SignIn::start(home.token(&["--no-browser", "--trust-host", &server.address.to_string()]));
    let (at_desktop, at_web) = (listening(desktop.pid()), listening(web.pid()));
    desktop.stop();
    web.stop();
    let all = || at_desktop.iter().chain(&at_web);
    let expected = at_desktop.len() == 1 && at_web.len() == 2;
    let outside = all().filter(|address| !address.is_loopback()).count();
    vec![
        Figure::none("addresses not on loopback at which a sign-in listens", outside, all().count()),
        Figure::new(
            "addresses of a Desktop client, of a Web client at localhost",
            "1, 2",
            format!("{}, {}", at_desktop.len(), at_web.len()),
            expected,
        ),
    ]
}

fn web_client_at_localhost(server: &FaultServer) -> Home {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port");
    let redirect = format!("http://localhost:{}/callback", free.port());
    let origin = format!("http://{}", server.address);
    let client = json!({
        "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uris": [redirect],
        "auth_uri": format!("{origin}/auth"), "token_uri": format!("{origin}/token"),
    });
    Home::with(json!({ "web": client }).to_string().as_bytes())
}

/// Where sockets of a process wait for connections or datagrams, by what the kernel says.
fn listening(pid: u32) -> Vec<IpAddr> {
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd")).expect("the process is there").flatten();
    let links = descriptors.filter_map(|entry| fs::read_link(entry.path()).ok());
    let sockets: Vec<String> =
        links.filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())).collect();
    let mut addresses = Vec::new();
    // A socket that listens is in state 0A; every datagram socket that is bound takes what comes.
    for (table, states) in [("tcp", &["0A"][..]), ("tcp6", &["0A"]), ("udp", &["07"]), ("udp6", &["07"])] {
        let text = fs::read_to_string(format!("/proc/{pid}/net/{table}")).expect("the kernel tells its sockets");
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            if states.contains(&fields[3]) && sockets.iter().any(|socket| socket == fields[9]) {
                addresses.push(address(fields[1]));
            }
        }
    }
    addresses
}

/// `0100007F:9C3B`, in words of four bytes, each in the machine's order.
fn address(text: &str) -> IpAddr {
    let hex = text.split(':').next().expect("it has a port");
    let words = hex.as_bytes().chunks(8).map(|word| {
        let word = std::str::from_utf8(word).expect("it is ASCII");
        u32::from_str_radix(word, 16).expect("it is hexadecimal").to_ne_bytes()
    });
    let bytes = words.flatten().collect::<Vec<u8>>();
    match <[u8; 4]>::try_from(&bytes[..]) {
        Ok(v4) => Ipv4Addr::from(v4).into(),
        Err(_) => Ipv6Addr::from(<[u8; 16]>::try_from(&bytes[..]).expect("it has one of two lengths")).into(),
    }
}

/// The port, as soon as the page has been fetched: the program may still be at work.
fn closed_afterwards(server: &FaultServer, rounds: usize) -> Figure {
    let open = (0..rounds).filter(|_| {
        let (_home, sign_in) = sign_in_at(server);
        let callback = server.agree(&sign_in.consent);
        let door = sign_in.door();
        door.visit(&callback);
        let end = sign_in.end();
        !end.has_token() || TcpStream::connect(door.address).is_ok()
    });
    Figure::none("ports still open after the attempt", open.count(), rounds)
}

/// The right callback under every other authority. One that is taken ends the attempt, with a code that nobody issued.
fn other_hosts(server: &FaultServer) -> Figure {
    let (_home, sign_in) = sign_in_at(server);
    let callback = server.agree(&sign_in.consent);
    let door = sign_in.door();
    let hosts = host_variants(&door);
    let forged = format!("/?state={}&code=4/0forged", door.state);
    let accepted = hosts.iter().filter(|host| {
        let request = [format!("GET {forged} HTTP/1.1\r\n").as_bytes(), host, b"\r\n"].concat();
        !String::from_utf8_lossy(&door.send(&request)).starts_with("HTTP/1.1 400 ")
    });
    let accepted = accepted.count();
    door.visit(&callback);
    let goes_on = sign_in.end().has_token();
    Figure::none("variants of Host accepted with the right state", accepted + usize::from(!goes_on), hosts.len())
}

fn host_variants(door: &Door) -> Vec<Vec<u8>> {
    let port = door.address.port();
    let other = port ^ 1;
    let names = [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "evil.example",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.2",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1%00",
        "127.0.0.1\t",
        "[127.0.0.1]",
        "http://127.0.0.1",
        "127.0.0.1:80",
        "",
    ];
    let with_port = names.iter().map(|name| format!("Host: {name}:{port}\r\n"));
    let without = names.iter().map(|name| format!("Host: {name}\r\n"));
    let authority = door.address;
    let shaped = [
        String::new(),
        format!("Host: 127.0.0.1:{other}\r\n"),
        format!("Host: 127.0.0.1:0{port}\r\n"),
        format!("Host: 127.0.0.1:+{port}\r\n"),
        format!("Host: {authority}0\r\n"),
        format!("Host: {authority}/\r\n"),
        format!("Host: {authority} x\r\n"),
        format!("Host: {authority},{authority}\r\n"),
        format!("Host: {authority}\r\nHost: {authority}\r\n"),
        format!("Host: {authority}\r\nHost: evil.example\r\n"),
        format!("Host: evil.example\r\nHost: {authority}\r\n"),
        format!("Host: evil.example\r\nX-Forwarded-Host: {authority}\r\n"),
        format!("X-Host: {authority}\r\n"),
        format!("Host : {authority}\r\n"),
        format!(" Host: {authority}\r\n"),
        format!("Host:\r\n {authority}\r\n"),
    ];
    let eight_bits = [
        b"Host: 127.0.0.1\xff:1\r\n".to_vec(),
        [b"Host: \xc2\xa0", authority.to_string().as_bytes(), b"\r\n"].concat(),
    ];
    with_port.chain(without).chain(shaped).map(String::into_bytes).chain(eight_bits).collect()
}

/// A browser that goes to its link, as browsers do, and stays in the process list with it.
const BROWSER: &str = r#"#!/bin/bash
authority=${1#http://}; path=/${authority#*/}; authority=${authority%%/*}
exec 3<>"/dev/tcp/${authority%:*}/${authority#*:}"
printf 'GET %s HTTP/1.1\r\nHost: %s\r\n\r\n' "$path" "$authority" >&3
cat <&3 >"$0.answer"
mv "$0.answer" "$0.went"
while [ -e "$0" ]; do sleep 0.1; done
"#;

/// A sign-in that starts a browser of ours.
fn sign_in_with_browser(server: &FaultServer) -> (Home, SignIn) {
    let origin = format!("http://{}", server.address);
    let home = Home::of_desktop_client(&format!("{origin}/auth"), &format!("{origin}/token"));
    let browser = home.path().join("browser");
    fs::write(&browser, BROWSER).expect("a file in the home directory");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o700)).expect("our own file");
    let mut program = home.token(&["--trust-host", &server.address.to_string()]);
    let sign_in = SignIn::start({
        program.env("BROWSER", &browser);
        program
    });
    let went = home.path().join("browser.went");
    for _ in 0..500 {
        if went.exists() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    let answer = fs::read_to_string(&went).expect("the browser has followed its link");
    assert!(answer.contains(sign_in.consent.as_str()), "the link leads to the consent URL: {answer}");
    (home, sign_in)
}

/// Guesses at the short link, and then the right one.
fn guesses(server: &FaultServer) -> Figure {
    let (_home, sign_in) = sign_in_with_browser(server);
    let door = sign_in.door();
    let link = sign_in.start_link.clone().expect("a browser is here, so there is a link");
    let (_, code) = link.rsplit_once("/s/").expect("it is a start link");
    let leads_on = |code: &str| {
        String::from_utf8_lossy(&door.send(door.get(&format!("/s/{code}")).as_bytes())).contains("Location: ")
    };
    let is_live = leads_on(code);
    let wrong = (0..20).filter(|guess| leads_on(&format!("{guess:06}"))).count();
    let still = usize::from(leads_on(code));
    let callback = server.agree(&sign_in.consent);
    door.visit(&callback);
    let completes = sign_in.end().has_token();
    Figure::new(
        "guesses at the start link that led on; the right one after 20 wrong ones",
        "0 of 20; refused",
        format!("{wrong} of 20; {}", if still == 0 { "refused" } else { "led on" }),
        is_live && wrong + still == 0 && completes,
    )
}

/// Everything in argv and environ that another user may read, the pages at the port, and the links that stand in argv.
const SPY: &str = r#"
id -u
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\0' '\n'
links=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -o "http://$0/[!-~]*")
echo "LINKS $links"
for path in / /s/ /ok /waiting /favicon.ico ${links//http:\/\/$0/}; do
  exec 3<>"/dev/tcp/${0%:*}/${0#*:}"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\n\r\n' "$path" "$0" >&3
  cat <&3
done
"#;

/// Another user of the machine looks for the consent URL, `state` and secrets while a sign-in waits.
fn another_user(server: &FaultServer) -> Figure {
    let (_home, sign_in) = sign_in_with_browser(server);
    let door = sign_in.door();
    let authority = door.address.to_string();
    let mut spy = Command::new("setpriv");
    spy.args(["--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c", SPY, &authority]).current_dir("/");
    let output = spy.output().expect("util-linux is installed");
    let seen = String::from_utf8_lossy(&output.stdout).into_owned();
    let has_looked = seen.starts_with("65534\n")
        && seen.contains("--trust-host")
        && seen.contains(&format!("LINKS http://{authority}/s/"));
    let challenge = sign_in.parameter("code_challenge");
    let wanted = [door.state.as_str(), &challenge, CLIENT_SECRET, CLIENT_ID, "/auth?response_type"];
    let found = wanted.iter().filter(|secret| seen.contains(**secret)).count();
    let callback = server.agree(&sign_in.consent);
    door.visit(&callback);
    let completes = sign_in.end().has_token();
    Figure::new(
        "of consent URL, state, challenge, client id and secret: seen by another user in argv, environ and at the port",
        "0 of 5",
        format!("{found} of {}", wanted.len()),
        found == 0 && has_looked && completes,
    )
}
