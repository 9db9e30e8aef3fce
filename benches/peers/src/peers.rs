//! The programs that people use instead: how each is installed and started, and one whole sign-in with each.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use url::Url;

use crate::browser::{Request, callback, visit};
use crate::endpoint::REFRESH_TOKEN;
use crate::lab::Lab;
use crate::terminal::Terminal;

/// One program that prints a consent URL, waits on a loopback port, and prints a refresh token.
pub struct Peer {
    pub name: &'static str,
    pub what: &'static str,
    /// It is adsauth itself.
    pub ours: bool,
    /// It prints a link of its own that leads to the consent URL.
    link: Option<&'static str>,
    command: Box<dyn Fn(&Lab) -> Command>,
}

/// A peer that cannot be measured here, and why.
pub struct Missing {
    pub name: &'static str,
    pub why: String,
}

/// The times of one sign-in.
#[derive(Clone, Copy)]
pub struct SignIn {
    /// From the start to the consent URL.
    pub url: Duration,
    /// From the callback to the token, without the token endpoint's own time.
    pub token: Duration,
    /// From the callback to the browser's last page, with the endpoint's own time where the page waits for it.
    pub page: Option<Duration>,
}

impl Peer {
    pub fn start(&self, lab: &Lab) -> io::Result<Terminal> {
        Terminal::start(&mut (self.command)(lab))
    }

    /// Waits for the consent URL, wherever it is printed. Returns it and when it was there.
    pub fn consent(&self, terminal: &mut Terminal) -> io::Result<(Url, Instant)> {
        let wanted = self.link.unwrap_or("client_id=");
        let at = terminal.until("the consent URL", |it| word_with(&it.bytes, wanted).is_some())?;
        let printed = word_with(&terminal.bytes, wanted).expect("it was there a moment ago");
        let mut url = Url::parse(&printed).map_err(io::Error::other)?;
        if self.link.is_some() {
            url = Url::parse(&Request::send(&url)?.elsewhere()?).map_err(io::Error::other)?;
        }
        Ok((url, at))
    }

    /// One whole sign-in.
    pub fn sign_in(&self, lab: &Lab) -> io::Result<SignIn> {
        let mut terminal = self.start(lab)?;
        let (consent, at) = self.consent(&mut terminal)?;
        let url = at - terminal.started;
        // Some print the URL before they listen.
        terminal.rest(Duration::from_millis(100))?;
        let callback = callback(&consent).ok_or_else(|| io::Error::other("the consent URL has no redirect URI"))?;
        let visit = visit(&mut terminal, &callback, |it| contains(&it.bytes, REFRESH_TOKEN.as_bytes()))?;
        let own = lab.endpoint.last_token().map_or(Duration::ZERO, |served| served.answered - served.asked);
        terminal.until_ended()?;
        Ok(SignIn {
            url,
            token: (visit.token - visit.sent).saturating_sub(own),
            page: visit.page.map(|page| page - visit.sent),
        })
    }
}

/// A whole word of what was printed: from `http` to the blank after it.
fn word_with(bytes: &[u8], wanted: &str) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let end = text.rfind(char::is_whitespace)?;
    let word = text[..end].split_whitespace().find(|word| word.contains(wanted) && word.contains("http"))?;
    let start = word.find("http")?;
    Some(word[start..].to_owned())
}

pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The line mode of this program.
pub fn ours() -> Peer {
    Peer {
        name: "adsauth token",
        what: "this program, `token --no-browser --format token`",
        ours: true,
        link: None,
        command: Box::new(|lab| {
            let mut command = lab.command(&lab.adsauth, &lab.home);
            command.args(["token", "--no-browser", "--format", "token", "--trust-host", "127.0.0.1", "-P"]);
            command.arg(&lab.client_file);
            command
        }),
    }
}

/// Installs what the registries carry. What cannot be had is named and left out.
pub fn install(lab: &Lab) -> (Vec<Peer>, Vec<Missing>) {
    let mut peers = vec![ours()];
    let mut missing = vec![Missing {
        name: "google-workspace-cli",
        why: "has Google's endpoints built in, over TLS, and no option or variable that names others".to_owned(),
    }];
    for (name, found) in [
        ("google-auth-oauthlib", python(lab)),
        ("@google-cloud/local-auth, google-oauth-authenticator", node(lab)),
        ("rclone", rclone(lab)),
        ("yup-oauth2, loopauth", programs(lab)),
    ] {
        match found {
            Ok(found) => peers.extend(found),
            Err(why) => missing.push(Missing { name, why }),
        }
    }
    (peers, missing)
}

/// A peer that is started with the client file as its last argument.
fn with_file(
    name: &'static str,
    what: &'static str,
    program: PathBuf,
    arguments: &[&str],
    variables: &[(&'static str, String)],
) -> Peer {
    let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    let variables = variables.to_vec();
    Peer {
        name,
        what,
        ours: false,
        link: None,
        command: Box::new(move |lab| {
            let mut command = lab.command(&program, &lab.home);
            command.args(&arguments).arg(&lab.client_file).envs(variables.iter().map(|(name, value)| (name, value)));
            command
        }),
    }
}

fn python(lab: &Lab) -> Result<Vec<Peer>, String> {
    let venv = lab.directory.join("venv");
    let tool = venv.join("bin/google-oauthlib-tool");
    if !tool.exists() {
        lab.prepare(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let requirement = "google-auth-oauthlib[tool]==1.5.0";
        lab.prepare(Command::new(venv.join("bin/pip")).args(["install", "--quiet", requirement]))?;
    }
    let insecure = [("OAUTHLIB_INSECURE_TRANSPORT", "1".to_owned())];
    let example = lab.root.join("benches/peers/scripts/ads-example.py");
    let scope = ["--scope", crate::endpoint::SCOPE, "--client-secrets"];
    Ok(vec![
        with_file("google-oauthlib-tool", "PyPI google-auth-oauthlib[tool] 1.5.0", tool, &scope, &insecure),
        with_file(
            "Google Ads example",
            "a few lines on google-auth-oauthlib 1.5.0 that do what `generate_user_credentials.py` does",
            venv.join("bin/python"),
            &[&example.to_string_lossy()],
            &insecure,
        ),
    ])
}

fn node(lab: &Lab) -> Result<Vec<Peer>, String> {
    let place = lab.directory.join("node");
    fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    let packages = ["@google-cloud/local-auth@3.0.1", "google-oauth-authenticator@0.1.3"];
    if !place.join("node_modules/google-oauth-authenticator").exists() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--prefix"]).arg(&place).args(["--ignore-scripts", "--no-audit", "--no-fund"]);
        lab.prepare(npm.args(packages))?;
    }
    // They look for their packages beside themselves.
    for script in ["local-auth.mjs", "google-oauth-authenticator.mjs", "preload.cjs"] {
        let from = lab.root.join("benches/peers/scripts").join(script);
        fs::copy(from, place.join(script)).map_err(|error| error.to_string())?;
    }
    let program = which("node").ok_or("node is not installed")?;
    let preload = place.join("preload.cjs").to_string_lossy().into_owned();
    let endpoint = [("MEASURED_TOKEN_ENDPOINT", format!("http://{}/token", lab.endpoint.address))];
    let peer = |name, what, script: &str| {
        let script = place.join(script).to_string_lossy().into_owned();
        with_file(name, what, program.clone(), &["--require", &preload, &script], &endpoint)
    };
    Ok(vec![
        peer("local-auth", "npm @google-cloud/local-auth 3.0.1, in three lines", "local-auth.mjs"),
        peer(
            "google-oauth-authenticator",
            "npm google-oauth-authenticator 0.1.3, in a few lines",
            "google-oauth-authenticator.mjs",
        ),
    ])
}

fn rclone(lab: &Lab) -> Result<Vec<Peer>, String> {
    if which("rclone").is_none() {
        lab.prepare(Command::new("apt-get").args(["install", "--yes", "rclone"]))
            .map_err(|why| format!("apt-get install rclone: {why}"))?;
    }
    let program = which("rclone").ok_or("rclone is not installed")?;
    Ok(vec![Peer {
        name: "rclone",
        what: "Debian's rclone, `authorize drive`",
        ours: false,
        link: Some("/auth?state="),
        command: Box::new(move |lab| {
            let mut command = lab.command(&program, &lab.home);
            command.args(["authorize", "drive", &crate::endpoint::client_id(0), "GOCSPX-Measured"]);
            command.arg("--auth-no-open-browser").env("RCLONE_CONFIG", lab.directory.join("rclone.conf"));
            command.env("RCLONE_DRIVE_AUTH_URL", format!("http://{}/auth", lab.endpoint.address));
            command.env("RCLONE_DRIVE_TOKEN_URL", format!("http://{}/token", lab.endpoint.address));
            command
        }),
    }])
}

fn programs(lab: &Lab) -> Result<Vec<Peer>, String> {
    let program = |name| small_program(lab, name);
    Ok(vec![
        with_file(
            "yup-oauth2",
            "a small program on yup-oauth2 12, its installed flow",
            program("yup-oauth2")?,
            &[],
            &[],
        ),
        with_file("loopauth", "a small program on loopauth 0.5", program("loopauth")?, &[], &[]),
    ])
}

/// The least that a sign-in can be, which nobody should use.
pub fn least(lab: &Lab) -> Result<Peer, String> {
    Ok(with_file("least-token", "the least that a sign-in can be", small_program(lab, "least-token")?, &[], &[]))
}

/// One of the programs in `benches/peers/programs`, built with this program's own release profile.
pub fn small_program(lab: &Lab, name: &str) -> Result<PathBuf, String> {
    let manifest = fs::read_to_string(lab.root.join("Cargo.toml")).map_err(|error| error.to_string())?;
    let profile: String = manifest
        .split_inclusive('\n')
        .skip_while(|line| line.trim() != "[profile.release]")
        .enumerate()
        .take_while(|(place, line)| *place == 0 || !line.starts_with('['))
        .map(|(_, line)| line)
        .collect();
    let config = lab.directory.join("profile.toml");
    fs::write(&config, profile).map_err(|error| error.to_string())?;
    let target = lab.directory.join("programs");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--locked", "--config"]).arg(config).arg("--manifest-path");
    cargo.arg(lab.root.join("benches/peers/programs/Cargo.toml")).arg("--target-dir").arg(&target);
    cargo.args(["--bin", name]);
    lab.prepare(&mut cargo)?;
    Ok(target.join("release").join(name))
}

/// The program that shows what the harness itself costs, without a dynamic linker.
pub fn one_line(lab: &Lab) -> Result<PathBuf, String> {
    let (source, program) = (lab.root.join("benches/peers/scripts/one-line.rs"), lab.directory.join("one-line"));
    if !program.exists() {
        let mut rustc = Command::new("rustc");
        rustc.args(["-O", "-C", "target-feature=+crt-static", "-C", "panic=abort", "-C", "strip=symbols", "-o"]);
        lab.prepare(rustc.arg(&program).arg(source))?;
    }
    Ok(program)
}

fn which(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|place| place.join(name)).find(|path| path.is_file())
}
