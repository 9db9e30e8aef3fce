//! Every client source: downloaded client files, and configurations of the targets that hold a client.
//! It never touches the file system.

use std::path::Path;
use std::sync::Arc;

use crate::oauth::candidates::{self, Candidate, Config, Content, Found};
use crate::oauth::client::{Client, ClientKind, is_google_client_id};
use crate::oauth::client_file::{Glimpse, Kind, Unusable};
use crate::oauth::endpoints::{Endpoints, Trust, is_google_token_endpoint};
use crate::targets::{Held, Target};

/// The libraries' own names for their configurations.
const CONFIG_NAMES: [&[u8]; 5] =
    [b"google-ads.yaml", b"google_ads_config.rb", b"ads.properties", b"google_ads_php.ini", b"googleads.properties"];

/// Whether a file of this name is worth a look.
pub fn is_source_name(name: &[u8]) -> bool {
    candidates::is_candidate_name(name) || CONFIG_NAMES.contains(&name)
}

/// Judges a file that was found by its name; nothing for a configuration without a client, which nobody would look for here.
pub fn judge_found(found: Found, trust: &Trust) -> Option<Candidate> {
    let by_name = found
        .path
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| CONFIG_NAMES.contains(&name.as_bytes()));
    let candidate = judge_named(found, trust);
    (!by_name || candidate.usable()).then_some(candidate)
}

/// Judges a file that the user named: a client file by its content, a configuration by its name.
pub fn judge_named(found: Found, trust: &Trust) -> Candidate {
    let target = target_of(&found.path);
    let text = match (&found.content, target) {
        (Content::Bytes(bytes), Some(_)) => {
            std::str::from_utf8(bytes).ok().map(|text| zeroize::Zeroizing::new(text.to_owned()))
        }
        (Content::Bytes(_) | Content::TooLarge | Content::Unreadable(_) | Content::NotAFile(_), _) => None,
    };
    let candidate = candidates::judge_one(found, trust);
    let (Some(target), Some(text)) = (target, text) else { return candidate };
    let is_client_file = matches!(candidate.kind(), Kind::Desktop | Kind::Web);
    if is_client_file {
        return candidate;
    }
    match target.read(&text) {
        Ok(held) => match target.token_uri(&text) {
            Some(uri) if !is_google_token_endpoint(&uri) => of_another_server(candidate, &held, &uri, trust),
            Some(_) | None => of_config(candidate, &held),
        },
        Err(_) => Candidate { verdict: Err(Unusable::Config), ..candidate },
    }
}

/// The target that a file is by its name, as far as that can be a client source.
fn target_of(path: &Path) -> Option<Target> {
    Target::of_path(path)
}

fn of_config(candidate: Candidate, held: &Held) -> Candidate {
    let client = held.client_id.as_ref().zip(held.client_secret.as_ref()).filter(|(id, _)| is_google_client_id(id));
    let verdict = client.ok_or(Unusable::Config).map(|(id, secret)| {
        // The libraries send tokens to Google only, and a configuration does not say of which kind its client is.
        Arc::new(Client {
            kind: ClientKind::Desktop,
            id: id.clone(),
            secret: secret.clone(),
            project: None,
            endpoints: Endpoints::google(),
            redirect_uris: Vec::new(),
        })
    });
    Candidate { config: Some(Config { has_token: held.refresh_token.is_some() }), verdict, ..candidate }
}

/// Nobody can sign in with it: it names where a token is refreshed, but not where one is asked for.
fn of_another_server(candidate: Candidate, held: &Held, token_uri: &str, trust: &Trust) -> Candidate {
    let client = Glimpse { client_id: held.client_id.clone(), project: None };
    let why = match trust.judge_token(token_uri) {
        Ok(_) => Unusable::ClientWithoutEndpoints(client),
        Err(untrusted) => Unusable::UntrustedEndpoints { untrusted, client },
    };
    Candidate { verdict: Err(why), ..candidate }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::endpoints::TrustedHost;

    const YAML: &str =
        "client_id: 123-abc.apps.googleusercontent.com\nclient_secret: GOCSPX-CANARY\nuse_proto_plus: True\n";

    fn found(name: &str, text: &str) -> Found {
        Found {
            path: format!("/home/ada/{name}").into(),
            modified: None,
            others_can_read: false,
            content: Content::Bytes(text.as_bytes().to_vec().into()),
        }
    }

    #[test]
    fn a_configuration_with_a_client_is_a_source_and_says_whether_it_holds_a_token() {
        let candidate = judge_found(found("google-ads.yaml", YAML), &Trust::default()).unwrap();
        assert_eq!((candidate.kind(), candidate.usable()), (Kind::Config, true));
        assert_eq!(candidate.config, Some(Config { has_token: false }));
        let with_token = format!("{YAML}refresh_token: 1//0gTOKEN\n");
        let candidate = judge_found(found("google-ads.yaml", &with_token), &Trust::default()).unwrap();
        assert_eq!(candidate.config, Some(Config { has_token: true }));
    }

    #[test]
    fn a_sample_that_nobody_has_filled_in_is_no_source_but_says_so_when_it_is_named() {
        let sample = "client_id: INSERT_OAUTH2_CLIENT_ID_HERE\nclient_secret: INSERT_OAUTH2_CLIENT_SECRET_HERE\n";
        assert_eq!(judge_found(found("google-ads.yaml", sample), &Trust::default()), None);
        let candidate = judge_named(found("google-ads.yaml", sample), &Trust::default());
        assert_eq!(candidate.verdict, Err(Unusable::Config));
    }

    #[test]
    fn a_client_of_another_server_is_never_taken_to_google() {
        let text = r#"{"type":"authorized_user","client_id":"1-a.apps.googleusercontent.com","client_secret":"s",
            "refresh_token":"r","token_uri":"https://login.example/token"}"#;
        let kind_under = |trust: &Trust| judge_named(found("authorized_user.json", text), trust).kind();
        assert_eq!(kind_under(&Trust::default()), Kind::UntrustedEndpoints);
        let trusted = Trust::new(vec![TrustedHost::parse("login.example").unwrap()]);
        assert_eq!(kind_under(&trusted), Kind::ClientWithoutEndpoints);
        let google = text.replace("https://login.example/token", "https://oauth2.googleapis.com/token");
        assert!(judge_named(found("authorized_user.json", &google), &Trust::default()).usable());
    }

    #[test]
    fn a_client_file_stays_one_whatever_its_name() {
        let client = r#"{"installed":{"client_id":"1-a.apps.googleusercontent.com","client_secret":"GOCSPX-1","auth_uri":"https://accounts.google.com/o/oauth2/auth","token_uri":"https://oauth2.googleapis.com/token"}}"#;
        for name in ["client_secret_1.json", "authorized_user.json"] {
            assert_eq!(judge_named(found(name, client), &Trust::default()).kind(), Kind::Desktop);
        }
    }
}
