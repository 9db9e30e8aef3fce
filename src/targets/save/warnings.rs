//! What a person should know before a live token is written to a place.
//! It never refuses anything, and never reads a variable by itself.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::super::Target;
use super::Place;

/// A reason to think again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveWarning {
    /// The place is in this work tree of git: a commit would publish the token.
    GitWorkTree(PathBuf),
    /// The place is below a folder of this name, which is copied to a cloud.
    Synced(String),
    /// The file has so many other names, which will keep the old text.
    HardLinks(u64),
    /// Others on this machine could read the old file; the new one they cannot.
    OthersCouldRead,
    /// This variable names another file, which the library reads instead.
    AnotherFile {
        /// `GOOGLE_ADS_CONFIGURATION_FILE_PATH` or `GOOGLE_APPLICATION_CREDENTIALS`.
        variable: &'static str,
        /// The file that it names.
        path: PathBuf,
    },
    /// These variables are set, and win where a program loads its configuration from the environment.
    Variables(Vec<&'static str>),
    /// The library looks at this file first.
    EarlierFile(PathBuf),
}

/// What is around the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The variables that begin with `GOOGLE_`; of the values only paths are used.
    pub variables: Vec<(String, OsString)>,
    /// Where programs are started.
    pub current_directory: PathBuf,
    /// The directory of a practice run, outside of which a practice token is never written.
    pub practice: Option<PathBuf>,
}

const CONFIGURATION_FILE: &str = "GOOGLE_ADS_CONFIGURATION_FILE_PATH";
const DEFAULT_CREDENTIALS_FILE: &str = "GOOGLE_APPLICATION_CREDENTIALS";
const PHP_FILE: &str = "google_ads_php.ini";

const VARIABLES: [&str; 7] = [
    "GOOGLE_ADS_CLIENT_ID",
    "GOOGLE_ADS_CLIENT_SECRET",
    "GOOGLE_ADS_REFRESH_TOKEN",
    "GOOGLE_ADS_LOGIN_CUSTOMER_ID",
    "GOOGLE_ADS_DEVELOPER_TOKEN",
    "GOOGLE_ADS_JSON_KEY_FILE_PATH",
    "GOOGLE_ADS_USE_APPLICATION_DEFAULT_CREDENTIALS",
];

/// What the folders of synchronising programs are called, or begin with ("OneDrive - Company").
const SYNCED: [&str; 12] = [
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "My Drive",
    "iCloud Drive",
    "iCloudDrive",
    "Mobile Documents",
    "CloudStorage",
    "Nextcloud",
    "ownCloud",
    "pCloud",
];

/// All that apply, the gravest first.
pub fn warnings(place: &Place, target: Target, around: &Surroundings) -> Vec<SaveWarning> {
    let existing = place.existing.as_ref();
    let git = place.path.ancestors().skip(1).find(|directory| directory.join(".git").exists());
    let synced = place.path.iter().find_map(|part| {
        let part = part.to_str()?;
        SYNCED.iter().any(|name| part.starts_with(name)).then(|| part.to_owned())
    });
    [
        git.map(|root| SaveWarning::GitWorkTree(root.to_owned())),
        synced.map(SaveWarning::Synced),
        another_file(place, target, around),
        earlier_file(place, target, around),
        variables(target, around),
        existing.filter(|existing| existing.links > 1).map(|existing| SaveWarning::HardLinks(existing.links - 1)),
        existing.filter(|existing| existing.mode & 0o044 != 0).map(|_| SaveWarning::OthersCouldRead),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn another_file(place: &Place, target: Target, around: &Surroundings) -> Option<SaveWarning> {
    let variable = match target {
        Target::Python | Target::Ruby | Target::Java | Target::Php | Target::Perl | Target::DotnetJson => {
            CONFIGURATION_FILE
        }
        Target::AuthorizedUser => DEFAULT_CREDENTIALS_FILE,
        Target::DotnetXml | Target::Env => return None,
    };
    let (_, value) = around.variables.iter().find(|(name, value)| name == variable && !value.is_empty())?;
    let path = around.current_directory.join(value);
    let is_ours = path == place.asked || is_same_file(&path, &place.path);
    (!is_ours).then_some(SaveWarning::AnotherFile { variable, path })
}

fn earlier_file(place: &Place, target: Target, around: &Surroundings) -> Option<SaveWarning> {
    let here = around.current_directory.join(PHP_FILE);
    let wins = target == Target::Php && here.exists() && !is_same_file(&here, &place.path);
    wins.then_some(SaveWarning::EarlierFile(here))
}

fn variables(target: Target, around: &Surroundings) -> Option<SaveWarning> {
    if target == Target::AuthorizedUser {
        return None;
    }
    let is_set = |name: &&str| around.variables.iter().any(|(variable, _)| variable == name);
    let set: Vec<_> = VARIABLES.into_iter().filter(is_set).collect();
    (!set.is_empty()).then_some(SaveWarning::Variables(set))
}

fn is_same_file(path: &Path, real: &Path) -> bool {
    path == real || path.canonicalize().is_ok_and(|path| path == real)
}
