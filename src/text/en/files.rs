//! What files are and why they cannot be used, in English.

use crate::oauth::client_file::{FileType, Kind, Unreadable, Unusable};
use crate::text::{Medium, Words, trust_options};

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Desktop => "Desktop",
        Kind::Web => "Web",
        Kind::Config => "Configuration",
        Kind::ServiceAccount => "Service account",
        Kind::AuthorizedUser => "gcloud login",
        Kind::SavedToken => "Saved token",
        Kind::ApiKey => "API key",
        Kind::ClientWithoutSecret => "No secret",
        Kind::ClientWithoutEndpoints => "No endpoints",
        Kind::UntrustedEndpoints => "Not Google's",
        Kind::FlatClient => "No client type",
        Kind::UnknownJson => "Other JSON",
        Kind::Empty => "Empty",
        Kind::NotJson => "Not JSON",
        Kind::Utf16 => "UTF-16",
        Kind::TooLarge => "Too large",
        Kind::Unreadable => "Unreadable",
        Kind::NotAFile => "Not a file",
    }
}

const DOWNLOAD: &str = "Download a client of type Desktop app from the console.";
const DOWNLOAD_OR_TYPE: &str =
    "Download a client of type Desktop app from the console, or press i and type its ID and secret.";

/// What is said of a server that `--trust-host` would not help.
pub const HTTPS_ONLY: &str = "its address must be plain https, or http at a loopback address such as 127.0.0.1.";

pub fn unusable(why: &Unusable, medium: Medium) -> Words {
    let download = match medium {
        Medium::Screen => DOWNLOAD_OR_TYPE,
        Medium::Lines => DOWNLOAD,
    };
    match why {
        Unusable::Config => Words::new(
            "There is no client in this configuration",
            "It has no client ID and secret yet, or they cannot be read for certain.",
            "Use the client file from the console. The last step then fills this configuration.",
        ),
        Unusable::ServiceAccount => Words::new(
            "This is the key of a service account",
            "A service account signs in by itself: it needs no browser and no refresh token.",
            "Give this file to your client library as it is. To sign in as a person, download a client of type Desktop app.",
        ),
        Unusable::AuthorizedUser => Words::new(
            "This is a login that gcloud saved",
            "It holds a token that was made before, not a client file.",
            download,
        ),
        Unusable::SavedToken => {
            Words::new("This is a saved token", "Some program keeps its own token here, not a client.", download)
        }
        Unusable::ApiKey => Words::new(
            "This file holds an API key",
            "An API key does not say who you are. Google Ads wants a person who signs in.",
            download,
        ),
        Unusable::ClientWithoutSecret(_) => Words::new(
            "The client secret is missing",
            "Google shows a client secret only once. A file that is downloaded later comes without it.",
            match medium {
                Medium::Screen => {
                    "Open the client in the console, add a secret and download the file then. Or press i and type ID and secret."
                }
                Medium::Lines => "Open the client in the console, add a secret and download the file then.",
            },
        ),
        Unusable::ClientWithoutEndpoints(_) => Words::new(
            "The file does not say where to sign in",
            "auth_uri or token_uri is missing, so nobody can tell whose client it is.",
            "Download the file from the console again.",
        ),
        Unusable::UntrustedEndpoints { untrusted, .. } => Words::new(
            "This client is not Google's",
            format!("It would send you and your token to {}.", untrusted.hosts.join(", ")),
            match trust_options(untrusted) {
                Some(options) => {
                    format!("Delete the file if you do not know that server. If it is yours, start with {options}.")
                }
                None => format!("Delete the file if you do not know that server. If it is yours, {HTTPS_ONLY}"),
            },
        ),
        Unusable::FlatClient(_) => Words::new(
            "The file does not say which type of client it holds",
            "client_id and client_secret stand alone, without \"installed\" or \"web\" around them.",
            match medium {
                Medium::Screen => "Use the file as the console gives it, or press i and type ID and secret.",
                Medium::Lines => "Use the file as the console gives it.",
            },
        ),
        Unusable::UnknownJson { field: Some(field) } => Words::new(
            "The file is damaged",
            format!("{field} is missing or is not what it should be."),
            "Download the file from the console again.",
        ),
        Unusable::UnknownJson { field: None } => {
            Words::new("This is not a client file", "It is JSON, but there is no OAuth client in it.", download)
        }
        Unusable::Empty => Words::new(
            "The file is empty",
            "Perhaps the download did not finish.",
            "Download it from the console again.",
        ),
        Unusable::NotJson { line, column } => Words::new(
            "The file is not JSON",
            format!("It stops being JSON at line {line}, column {column}."),
            "Download it from the console again, and do not edit it.",
        ),
        Unusable::Utf16 => Words::new(
            "The file is written in UTF-16",
            "Some editors and PowerShell's > save like this. The client libraries cannot read it either.",
            "Save it as UTF-8, or download it from the console again.",
        ),
        Unusable::TooLarge => Words::new(
            "The file is too large",
            "A client file has about 500 bytes; this has more than 64 KiB.",
            download,
        ),
        Unusable::Unreadable(why) => unreadable(*why),
        Unusable::NotAFile(file_type) => Words::new(
            "This is not a file",
            match file_type {
                FileType::Directory => "It is a directory.",
                FileType::Fifo => "It is a pipe.",
                FileType::Socket => "It is a socket.",
                FileType::Device => "It is a device.",
            },
            "Name the JSON file itself.",
        ),
    }
}

fn unreadable(why: Unreadable) -> Words {
    match why {
        Unreadable::Permission => Words::new(
            "The file may not be read",
            "Its permissions keep you out.",
            "Make yourself its owner, or copy it to your home directory.",
        ),
        Unreadable::SymlinkLoop => Words::new(
            "The link leads nowhere",
            "It is a symbolic link that leads back to itself.",
            "Name the file itself.",
        ),
        Unreadable::Missing => Words::new(
            "There is no such file",
            "Nothing is at this path, or it is a link to something that is gone.",
            "Check the path. Files named client_secret*.json turn up in the list by themselves.",
        ),
        Unreadable::Other(errno) => Words::new(
            "The file cannot be read",
            format!("The system reports error {errno}."),
            "Copy it to your home directory and try that copy.",
        ),
    }
}
