//! What a configuration holds besides the credentials, as readers see it that nobody here wrote; line by line where a format has
//! none.

use std::collections::BTreeMap;

use adsauth::targets::Target;
use serde_json::Value;

/// Settings that a merge may write, comment out or replace, in small letters.
const OURS: [&str; 20] = [
    "client_id",
    "client_secret",
    "refresh_token",
    "developer_token",
    "login_customer_id",
    "linked_customer_id",
    "use_proto_plus",
    "json_key_file_path",
    "path_to_private_key_file",
    "keyfile",
    "impersonate",
    "authentication",
    "scopes",
    "impersonated_email",
    "service_account_secrets_path",
    "service_account_user",
    "secrets_json_path",
    "prn_email",
    "mode",
    "adsauth_token_uri",
];

/// All settings but ours are the same in both texts, and no others are there.
pub fn assert_kept(target: Target, before: &str, after: &str) {
    match target {
        Target::Python => kept(yaml, before, after),
        // It refuses some escapes that Java reads.
        Target::Java if properties(after).is_none() => {}
        Target::Java => kept(properties, before, after),
        Target::DotnetXml => kept(xml, before, after),
        Target::DotnetJson => kept(commented_json, before, after),
        Target::AuthorizedUser => kept(json, before, after),
        Target::Ruby | Target::Php | Target::Perl | Target::Env => assert_eq!(lines(before), lines(after), "{after}"),
    }
}

type Settings = BTreeMap<String, String>;

fn kept(read: impl Fn(&str) -> Option<Settings>, before: &str, after: &str) {
    let Some(settings) = read(before) else { return };
    assert_eq!(read(after), Some(settings), "{after}");
}

/// Whether it is one of ours, in whatever way the library writes it: `clientId`, `CLIENT_ID`, `OAuth2ClientId`.
fn is_ours(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    OURS.iter().any(|ours| plain.ends_with(&ours.replace('_', "")))
}

fn others(settings: impl IntoIterator<Item = (String, String)>) -> Settings {
    settings.into_iter().filter(|(name, _)| !is_ours(name)).collect()
}

fn yaml(text: &str) -> Option<Settings> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mapping: serde_yaml_ng::Mapping = serde_yaml_ng::from_str(text).ok()?;
    Some(others(
        mapping.into_iter().map(|(name, value)| {
            (name.as_str().map_or_else(|| format!("{name:?}"), str::to_owned), format!("{value:?}"))
        }),
    ))
}

fn properties(text: &str) -> Option<Settings> {
    // It takes a mark for a sign of UTF-8, Java for three letters.
    let text = text.trim_start_matches('\u{feff}');
    // It drops a last line that goes on into nothing, which Java reads.
    (!text.ends_with('\\')).then(|| java_properties::read(text.as_bytes()).ok()).flatten().map(others)
}

fn json(text: &str) -> Option<Settings> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let members: serde_json::Map<String, Value> = serde_json::from_str(text).ok()?;
    // Whose token it is goes with the token.
    let ours = |name: &str| ["type", "token_uri"].contains(&name);
    Some(others(members.into_iter().filter(|(name, _)| !ours(name)).map(|(name, value)| (name, value.to_string()))))
}

fn commented_json(text: &str) -> Option<Settings> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default()).ok()?;
    let mut leaves = Vec::new();
    flatten("", &value, &mut leaves);
    Some(others(leaves))
}

/// As .NET reads it: the names of the objects around a value, joined by colons.
fn flatten(path: &str, value: &Value, leaves: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{path}:{name}"), value, leaves);
            }
        }
        Value::Array(_) | Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {
            // A section that is nothing becomes one.
            if !path.eq_ignore_ascii_case(":GoogleAdsApi") {
                leaves.push((path.to_owned(), value.to_string()));
            }
        }
    }
}

/// Every element with its attributes and its text. The sections that a merge may add are not counted.
fn xml(text: &str) -> Option<Settings> {
    let document = roxmltree::Document::parse(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    let mut settings = Settings::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let attributes: Vec<_> = node.attributes().map(|attribute| (attribute.name(), attribute.value())).collect();
        let key = node.attribute("key").or(node.attribute("name")).unwrap_or_default();
        let added = ["GoogleAdsApi", "configSections"].contains(&node.tag_name().name()) || key == "GoogleAdsApi";
        if !added && !is_ours(key) {
            let inner: String =
                node.children().filter_map(|child| child.text().filter(|_| child.is_text())).map(str::trim).collect();
            settings.insert(format!("{}={key}", node.tag_name().name()), format!("{attributes:?} {inner}"));
        }
    }
    Some(settings)
}

/// The lines that name none of ours, without what a merge may add around them.
fn lines(text: &str) -> Vec<&str> {
    let text = text.trim_start_matches('\u{feff}');
    let other = |line: &&str| {
        let name = line.split(['=', '#']).next().unwrap_or_default();
        !is_ours(name.trim()) && !line.trim().is_empty() && !line.trim_start().starts_with(['[', '#', ';'])
    };
    text.lines().map(str::trim_end).filter(other).collect()
}
