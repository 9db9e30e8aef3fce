//! `appsettings.json` of the .NET library: JSON as .NET reads it, with comments and trailing commas.
//! It never writes the file anew: every change is a splice into the text that was there.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::dotnet::{self, APPLICATION, MODE, NAMES, SECTION};
use super::edits::{self, Edits, line_of};
use super::settings::{Setting, is_placeholder, written};
use super::{BOM, Credentials, Held, Refused};

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
    let document = Document::parse(text)?;
    let section = document.section()?;
    Ok(NAMES.held(|key| value_of(document.named(section?.object()?, key).ok()??)))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = settings(credentials)?;
    let document = Document::parse(written(existing).unwrap_or("{\n}\n"))?;
    let mut edits = Edits::new(document.text);
    match document.section()? {
        Some(Section::Object(section)) => document.fill(section, &settings, &mut edits)?,
        Some(Section::Null(value)) => {
            let own = document.indentation(value.start());
            edits.replace(value.start()..value.end(), document.section_text(&settings, own));
        }
        None => {
            let own = document.inner_indentation(&document.root);
            let section = format!("\"{SECTION}\": {}", document.section_text(&settings, own.as_deref()));
            document.append(&document.root, &[section], &mut edits);
        }
    }
    let mark = if existing.is_some_and(|text| text.starts_with(BOM)) { "\u{feff}" } else { "" };
    Ok(format!("{mark}{}", edits.apply()))
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    let document = Document::parse("{\n}").expect("an empty object is JSON");
    settings(credentials)
        .map(|settings| format!("\"{SECTION}\": {}\n", document.section_text(&settings, Some(""))))
        .unwrap_or_default()
}

fn settings(credentials: &Credentials) -> Result<Vec<Setting<'_>>, Refused> {
    let mut settings = NAMES.settings(credentials)?;
    settings.insert(0, (MODE, APPLICATION.into()));
    Ok(settings)
}

fn member((key, value): &Setting) -> String {
    format!("\"{key}\": {}", quoted(value))
}

fn quoted(value: &str) -> String {
    serde_json::to_string(value).expect("a string is always JSON")
}

/// What stands under the name of the section.
#[derive(Clone, Copy)]
enum Section<'d, 'a> {
    Object(&'d Object<'a>),
    Null(&'d Value<'a>),
}

impl<'d, 'a> Section<'d, 'a> {
    fn object(self) -> Option<&'d Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            Self::Null(_) => None,
        }
    }
}

struct Document<'a> {
    /// Without a byte order mark.
    text: &'a str,
    root: Object<'a>,
}

impl<'a> Document<'a> {
    fn parse(text: &'a str) -> Result<Self, Refused> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        match parse_to_ast(text, &CollectOptions::default(), &OPTIONS) {
            Ok(parsed) => match parsed.value {
                Some(Value::Object(root)) => Ok(Self { text, root }),
                Some(_) | None => Err(Refused::NotValid { line: 1 }),
            },
            Err(error) => Err(Refused::NotValid { line: error.line_display() }),
        }
    }

    /// The section, judged.
    fn section(&self) -> Result<Option<Section<'_, 'a>>, Refused> {
        for property in &self.root.properties {
            // `"GoogleAdsApi:OAuth2ClientId"` is a path into the section, another way to write the same setting.
            let (first, rest) = property.name.as_str().split_once(':').unwrap_or_default();
            if first.eq_ignore_ascii_case(SECTION) && !rest.is_empty() {
                return Err(Refused::Repeated { line: self.line_of(property) });
            }
        }
        let Some(property) = self.named(&self.root, SECTION)? else {
            return Ok(None);
        };
        let section = match &property.value {
            Value::Object(section) => section,
            value @ Value::NullKeyword(_) => return Ok(Some(Section::Null(value))),
            Value::StringLit(_) | Value::NumberLit(_) | Value::BooleanLit(_) | Value::Array(_) => {
                return Err(Refused::NotValid { line: self.line_of(property) });
            }
        };
        for key in NAMES.all().into_iter().chain([MODE]) {
            if let Some(property) = self.named(section, key)?
                && value_of(property).is_none()
            {
                return Err(Refused::NotValid { line: self.line_of(property) });
            }
        }
        dotnet::judge(|key| value_of(self.named(section, key).ok()??))?;
        Ok(Some(Section::Object(section)))
    }

    /// The one member of that name. .NET compares names without case when it loads the file.
    fn named<'d>(&self, object: &'d Object<'a>, name: &str) -> Result<Option<&'d ObjectProp<'a>>, Refused> {
        let mut found = object.properties.iter().filter(|property| property.name.as_str().eq_ignore_ascii_case(name));
        match (found.next(), found.next()) {
            (_, Some(second)) => Err(Refused::Repeated { line: self.line_of(second) }),
            (first, None) => Ok(first),
        }
    }

    fn line_of(&self, property: &ObjectProp) -> usize {
        line_of(self.text, property.range.start)
    }

    fn fill(&self, section: &Object<'a>, settings: &[Setting], edits: &mut Edits) -> Result<(), Refused> {
        let mut missing = Vec::new();
        for setting @ (key, value) in settings {
            match self.named(section, key)? {
                // The library asks for names with their case.
                Some(property) if property.name.as_str() != *key => {
                    edits.replace(property.range.start..property.range.end, member(setting));
                }
                Some(property) if value_of(property).as_deref() == Some(value) => {}
                Some(property) => edits.replace(property.value.start()..property.value.end(), quoted(value)),
                None => missing.push(member(setting)),
            }
        }
        for key in NAMES.optional.iter().filter(|key| settings.iter().all(|(given, _)| given != *key)) {
            if let Some(property) = self.named(section, key)?
                && value_of(property).is_some_and(|value| !value.is_empty() && is_placeholder(&value))
            {
                edits.replace(property.value.start()..property.value.end(), quoted(""));
            }
        }
        self.append(section, &missing, edits);
        Ok(())
    }

    /// Adds members at the end of an object, each on a line of its own if those that are there are.
    fn append(&self, object: &Object, members: &[String], edits: &mut Edits) {
        if members.is_empty() {
            return;
        }
        let newline = edits::newline(self.text);
        let own = self.indentation(object.range.start).unwrap_or_default();
        let gap = match self.inner_indentation(object) {
            Some(indentation) => format!("{newline}{indentation}"),
            None => " ".to_owned(),
        };
        let members = members.join(&format!(",{gap}"));
        let Some(last) = object.properties.last() else {
            let inner = &self.text[object.range.start + 1..object.range.end - 1];
            let closing = if inner.contains('\n') { String::new() } else { format!("{newline}{own}") };
            edits.insert(object.range.start + 1, format!("{gap}{members}{closing}"));
            return;
        };
        let end = last.range.end;
        let rest = self.text[end..].lines().next().unwrap_or_default();
        let after_comma = rest.trim_start().strip_prefix(',');
        if after_comma.unwrap_or(rest).trim_start().starts_with("//") {
            // The comment belongs to the member before it.
            if after_comma.is_none() {
                edits.insert(end, ",".to_owned());
            }
            // It goes on to the end of its line, also where the members share one.
            let gap = if gap.contains('\n') { gap } else { format!("{newline}{own}") };
            edits.insert(end + rest.len(), format!("{gap}{members}"));
        } else {
            edits.insert(end, format!(",{gap}{members}"));
        }
    }

    /// The section's object with nothing else in it; on one line if there is no indentation to go by.
    fn section_text(&self, settings: &[Setting], own: Option<&str>) -> String {
        let members: Vec<String> = settings.iter().map(member).collect();
        match own {
            Some(own) => {
                let gap = format!("{}{own}", edits::newline(self.text));
                format!("{{{gap}  {}{gap}}}", members.join(&format!(",{gap}  ")))
            }
            None => format!("{{ {} }}", members.join(", ")),
        }
    }

    /// What an object's members are indented by; `None` if they share a line with what is before them.
    fn inner_indentation(&self, object: &Object) -> Option<String> {
        match object.properties.last() {
            Some(last) => {
                let line = self.line_before(last.range.start);
                line.trim().is_empty().then(|| line.to_owned())
            }
            None => Some(format!("{}  ", self.indentation(object.range.start).unwrap_or_default())),
        }
    }

    /// The white space at the beginning of the line of a place; `None` if the file is all on one line.
    fn indentation(&self, place: usize) -> Option<&'a str> {
        let line = self.line_before(place);
        let indentation = &line[..line.len() - line.trim_start().len()];
        self.text.contains('\n').then_some(indentation)
    }

    fn line_before(&self, place: usize) -> &'a str {
        &self.text[self.text[..place].rfind('\n').map_or(0, |at| at + 1)..place]
    }
}

/// The text that .NET makes of a value; `None` for an object or array.
fn value_of(property: &ObjectProp) -> Option<String> {
    match &property.value {
        Value::StringLit(text) => Some(text.value.to_string()),
        Value::NumberLit(number) => Some(number.value.to_owned()),
        Value::BooleanLit(boolean) => Some(boolean.value.to_string()),
        Value::NullKeyword(_) => Some(String::new()),
        Value::Object(_) | Value::Array(_) => None,
    }
}
