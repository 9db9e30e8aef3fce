//! `adsauth demo`: the same wizard on the same code, against a practice Google and in a practice directory.
//! It never looks at the user's own files.

use std::fs::{OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::runtime::Handle;
use url::Url;

use super::arguments::{Demo as Options, SignIn};
use super::machine::{self, Context, say};
use super::wizard::{Setup, show};
use crate::adapters::files::LocalFiles;
use crate::oauth::client::ClientKind;
use crate::oauth::endpoints::{Trust, TrustedHost};
use crate::ports::{Browser, BrowserError};
use crate::practice::{Decision, Fault, Pages, Practice, click};
use crate::problem::Exit;
use crate::sources::is_source_name;
use crate::text::Lang;
use crate::wizard::Ending;

/// Runs the practice.
pub fn run(context: &Context, options: &Options) -> Exit {
    match machine::run(practise(context, options)) {
        Ok(exit) => exit,
        Err(error) => {
            say(&(context.text.line.practice_failed)(&error.to_string()));
            Exit::Internal
        }
    }
}

async fn practise(context: &Context, options: &Options) -> io::Result<Exit> {
    let pages = match context.text.lang {
        Lang::En => &Pages::EN,
        Lang::Ko => &Pages::KO,
    };
    let mut practice = Practice::bind().await?.with_pages(pages);
    if let Some(fault) = options.fault {
        practice = practice.with_fault(fault);
    }
    let home = tempfile::Builder::new().prefix("adsauth-practice-").tempdir()?;
    place_client_files(&practice, home.path())?;
    let host = practice.origin().trim_start_matches("http://").to_owned();
    let trusted = TrustedHost::parse(&host).map_err(io::Error::other)?;
    let ads = Url::parse(&practice.origin()).map_err(io::Error::other)?;
    let context = context.practising(home.path().to_owned(), Trust::new(vec![trusted]), ads);
    let wizard = context.wizard_options(&options.sign_in);
    let mut setup =
        Setup::new(&context, &options.sign_in, wizard, LocalFiles::new([home.path().to_owned()], is_source_name));
    if options.auto {
        setup.machine.browser = Arc::new(PlayedClick { decision: decision(options.fault), tasks: Handle::current() });
        setup.wizard.browser_here = true;
    }
    let serving = tokio::spawn(practice.serve());
    let ending = show(&context, setup).await;
    serving.abort();
    say_removed(&context, home);
    Ok(match ending {
        Ok(Ending::Exit(exit)) | Err(exit) => exit,
        Ok(Ending::Practice) => Exit::Done,
    })
}

fn say_removed(context: &Context, home: TempDir) {
    let path = super::json::shown(home.path());
    if home.close().is_ok() {
        say(&(context.text.line.practice_removed)(&path));
    }
}

/// One Desktop client, as somebody has just downloaded it, and one Web client.
fn place_client_files(practice: &Practice, home: &Path) -> io::Result<()> {
    for (kind, name) in [
        (ClientKind::Web, "client_secret_practice-web.apps.googleusercontent.com.json"),
        (ClientKind::Desktop, "client_secret_practice-desktop.apps.googleusercontent.com.json"),
    ] {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(home.join(name))?;
        file.write_all(&practice.client_file(kind))?;
    }
    std::fs::set_permissions(home, Permissions::from_mode(0o700))
}

fn decision(fault: Option<Fault>) -> Decision {
    if fault == Some(Fault::AccessDenied) { Decision::Deny } else { Decision::Allow }
}

/// Clicks through the practice page in place of a browser.
struct PlayedClick {
    decision: Decision,
    tasks: Handle,
}

impl Browser for PlayedClick {
    fn open(&self, url: &str) -> Result<(), BrowserError> {
        let (url, decision) = (url.to_owned(), self.decision);
        self.tasks.spawn(async move { click(&url, decision).await });
        Ok(())
    }
}

impl Options {
    /// The practice run as the wizard offers it.
    pub fn plain(sign_in: &SignIn) -> Self {
        let sign_in = SignIn { client_secrets_path: None, ..sign_in.clone() };
        Self { sign_in, fault: None, auto: false }
    }
}
