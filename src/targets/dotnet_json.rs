//! `appsettings.json` of the .NET library: JSON as .NET reads it, with comments and trailing commas.
//! It never reformats: what is not a setting of ours stays byte for byte.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstNode, CstObject, CstObjectProp, CstRootNode};
use jsonc_parser::json;
use serde_json::to_string as quoted;

use super::dotnet::{self, APPLICATION, MODE, NAMES, SECTION};
use super::edits::line_at;
use super::settings::{BOM, Setting, is_placeholder, written};
use super::{Credentials, Held, Refused};

#[cfg(test)]
mod tests;

/// What `Microsoft.Extensions.Configuration.Json` accepts.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    let document = parse(text)?;
    let section = section(&root(&document)?)?.and_then(|section| section.object_value());
    Ok(NAMES.held(|key| value_of(&named(section.as_ref()?, key).ok()??)))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = settings(credentials)?;
    let Some(text) = written(existing) else {
        return Ok(format!("{{\n  \"{SECTION}\": {{\n{}\n  }}\n}}\n", members(&settings, "    ")));
    };
    let document = parse(text)?;
    let root = root(&document)?;
    let section = match section(&root)? {
        Some(property) => property.object_value_or_set(),
        None => root.append(SECTION, json!({})).object_value_or_set(),
    };
    for (key, value) in &settings {
        match named(&section, key)? {
            // Names are compared without case when the file is loaded, but not when the library asks for them.
            Some(property) if property.decoded_name().as_deref() != Some(key) => {
                property.replace_with(key, json!(value.as_ref()));
            }
            Some(property) if value_of(&property).as_deref() != Some(value) => {
                property.set_value(json!(value.as_ref()));
            }
            Some(_) => {}
            None => drop(section.append(key, json!(value.as_ref()))),
        }
    }
    for key in NAMES.optional {
        if let Some(property) = named(&section, key)?
            && value_of(&property).is_some_and(|value| !value.is_empty() && is_placeholder(&value))
        {
            property.set_value(json!(""));
        }
    }
    let mark = if text.starts_with(BOM) { "\u{feff}" } else { "" };
    Ok(format!("{mark}{document}"))
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    settings(credentials)
        .map(|settings| format!("\"{SECTION}\": {{\n{}\n}}\n", members(&settings, "  ")))
        .unwrap_or_default()
}

fn settings(credentials: &Credentials) -> Result<Vec<Setting<'_>>, Refused> {
    let mut settings = NAMES.settings(credentials)?;
    settings.insert(0, (MODE, APPLICATION.into()));
    Ok(settings)
}

fn members(settings: &[Setting], indentation: &str) -> String {
    let member = |(key, value): &Setting| {
        let value = quoted(value).expect("a string is always JSON");
        format!("{indentation}\"{key}\": {value}")
    };
    settings.iter().map(member).collect::<Vec<_>>().join(",\n")
}

fn parse(text: &str) -> Result<CstRootNode, Refused> {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    CstRootNode::parse(text, &OPTIONS)
        .map_err(|error| Refused::NotValid { line: line_at(text, error.range().start.min(text.len())) })
}

fn root(document: &CstRootNode) -> Result<CstObject, Refused> {
    document.object_value().ok_or(Refused::NotValid { line: 1 })
}

/// The section, judged; its value is an object or `null`.
fn section(root: &CstObject) -> Result<Option<CstObjectProp>, Refused> {
    for property in root.properties() {
        // `"GoogleAdsApi:OAuth2ClientId"` is a path into the section, another way to write the same setting.
        let is_path = property.decoded_name().is_some_and(|name| {
            name.split_once(':').is_some_and(|(section, _)| section.eq_ignore_ascii_case(SECTION))
        });
        if is_path {
            return Err(Refused::Repeated { line: line_of(&property) });
        }
    }
    let Some(property) = named(root, SECTION)? else {
        return Ok(None);
    };
    let Some(section) = property.object_value() else {
        let is_null = property.value().is_some_and(|value| value.as_null_keyword().is_some());
        return if is_null { Ok(Some(property)) } else { Err(Refused::NotValid { line: line_of(&property) }) };
    };
    for key in NAMES.all().into_iter().chain([MODE]) {
        if let Some(property) = named(&section, key)?
            && value_of(&property).is_none()
        {
            return Err(Refused::NotValid { line: line_of(&property) });
        }
    }
    dotnet::judge(|key| value_of(&named(&section, key).ok()??))?;
    Ok(Some(property))
}

/// The one member of that name, as .NET compares names.
fn named(object: &CstObject, name: &str) -> Result<Option<CstObjectProp>, Refused> {
    let is_named = |property: &CstObjectProp| {
        property.decoded_name().is_some_and(|decoded| decoded.eq_ignore_ascii_case(name))
    };
    let mut found = object.properties().into_iter().filter(is_named);
    match (found.next(), found.next()) {
        (_, Some(second)) => Err(Refused::Repeated { line: line_of(&second) }),
        (first, None) => Ok(first),
    }
}

/// The text that .NET makes of a value; `None` for an object or array.
fn value_of(property: &CstObjectProp) -> Option<String> {
    let value = property.value()?;
    if let Some(text) = value.as_string_lit() {
        text.decoded_value().ok()
    } else if value.as_null_keyword().is_some() {
        Some(String::new())
    } else if value.as_number_lit().is_some() || value.as_boolean_lit().is_some() {
        Some(value.to_string())
    } else {
        None
    }
}

/// The line on which a member begins: everything before it is in its own and its containers' earlier siblings.
fn line_of(property: &CstObjectProp) -> usize {
    let before = |node: CstNode| node.previous_siblings().map(|sibling| sibling.to_string()).collect::<String>();
    let earlier: String =
        property.ancestors().map(|ancestor| before(ancestor.into())).chain([before(property.clone().into())]).collect();
    1 + earlier.matches('\n').count()
}
