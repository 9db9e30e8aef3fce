//! A file that may be an OAuth client.

use adsauth::oauth::client_file::{MAX_BYTES, judge};
use adsauth::oauth::endpoints::Trust;
use adsauth::sanitize::sanitize_to;

/// A file that is taken names Google's endpoints and nobody else's, and has an id and a secret that another reader of JSON finds
/// too. A file without a byte order mark has the same verdict with one.
pub fn check(file: &[u8]) {
    let trust = Trust::default();
    let verdict = judge(file, &trust);
    let is_marked = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| file.starts_with(mark));
    if file.len() + 3 <= MAX_BYTES && !is_marked && !file.contains(&0) {
        assert_eq!(judge(&[b"\xef\xbb\xbf", file].concat(), &trust), verdict);
    }
    let Ok(client) = verdict else { return };
    let trimmed = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let json: serde_json::Value = serde_json::from_slice(trimmed).expect("a client file is JSON");
    let member = [&json["installed"], &json["web"]].into_iter().find(|member| member.is_object()).expect("a client");
    assert_eq!(member["client_id"].as_str().map(str::trim), Some(client.id.as_str()));
    assert_eq!(member["client_secret"].as_str().map(str::trim), Some(client.secret.expose()));
    assert!(client.secret.expose().bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(client.endpoints.not_google.is_none(), "nobody else is trusted");
    assert_eq!(client.endpoints.token.host_str(), Some("oauth2.googleapis.com"));
    for text in client.project.iter().chain([&client.id]) {
        assert_eq!(*text, sanitize_to(text, usize::MAX));
    }
}
