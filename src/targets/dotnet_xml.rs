//! `App.config` and `Web.config` of the .NET library: the section `<GoogleAdsApi>` of an XML file.
//! It never writes the file anew: every change is a splice into the text that was there.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::{Attribute, Document, Node};

use super::dotnet::{self, APPLICATION, MODE, NAMES, SECTION};
use super::edits::{self, Edits, line_of};
use super::settings::{Setting, is_placeholder, written};
use super::{Credentials, Held, Refused};

#[cfg(test)]
mod tests;

const HANDLER: &str = "System.Configuration.DictionarySectionHandler";

/// What the text holds.
pub(super) fn read(text: &str) -> Result<Held, Refused> {
    let document = parse(text)?;
    let config = Config::find(text, &document)?;
    Ok(NAMES.held(|key| config.value(key)))
}

/// The text with these credentials in it.
pub(super) fn merge(existing: Option<&str>, credentials: &Credentials) -> Result<String, Refused> {
    let settings = settings(credentials)?;
    let text =
        written(existing).unwrap_or("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n</configuration>\n");
    let document = parse(text)?;
    let config = Config::find(text, &document)?;
    let mut edits = Edits::new(text);
    let mut homeless = Vec::new();
    for (key, value) in &settings {
        match config.entry(key) {
            Some(entry) => entry.write(key, value, &mut edits),
            None => homeless.push(add(key, value)),
        }
    }
    for key in NAMES.optional {
        let given = settings.iter().any(|(name, _)| name == key);
        match config.entry(key) {
            Some(entry) if !given && !entry.value().is_empty() && is_placeholder(entry.value()) => {
                entry.write(key, "", &mut edits);
            }
            Some(_) | None => {}
        }
    }
    config.append(homeless, &mut edits);
    Ok(edits.apply())
}

/// The lines to write by hand; empty if a value cannot be written.
pub(super) fn lines(credentials: &Credentials) -> String {
    let block = |settings: Vec<Setting>| {
        element(SECTION, settings.iter().map(|(key, value)| add(key, value)).collect()).join("\n") + "\n"
    };
    settings(credentials).map(block).unwrap_or_default()
}

fn settings(credentials: &Credentials) -> Result<Vec<Setting<'_>>, Refused> {
    let mut settings = NAMES.settings(credentials)?;
    settings.insert(0, (MODE, APPLICATION.into()));
    Ok(settings)
}

/// Document types are refused by the parser's default, and entities of one's own with them.
fn parse(text: &str) -> Result<Document<'_>, Refused> {
    Document::parse(text).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or(1);
        Refused::NotValid { line }
    })
}

/// The elements of the file that matter.
struct Config<'a> {
    text: &'a str,
    root: Node<'a, 'a>,
    sections: Option<Node<'a, 'a>>,
    section: Option<Node<'a, 'a>>,
    entries: Vec<Entry<'a>>,
}

impl<'a> Config<'a> {
    fn find(text: &'a str, document: &'a Document<'a>) -> Result<Self, Refused> {
        let root = document.root_element();
        if root.tag_name().name() != "configuration" {
            return Err(Refused::NotValid { line: line_of(text, root.range().start) });
        }
        let sections = only(text, root, "configSections")?;
        let section = only(text, root, SECTION)?;
        let mut entries = Vec::new();
        if let Some(section) = section {
            if section.has_attribute("configSource") {
                return Err(Refused::ConfigSource);
            }
            for child in section.children().filter(Node::is_element) {
                entries.push(Entry::of(text, child)?);
            }
        }
        let config = Self { text, root, sections, section, entries };
        for key in NAMES.all().into_iter().chain([MODE]) {
            if let Some(second) = config.named(key).nth(1) {
                return Err(Refused::Repeated { line: line_of(text, second.element.start) });
            }
        }
        dotnet::judge(|key| config.value(key))?;
        Ok(config)
    }

    /// The handler of the section compares keys without case.
    fn named(&self, key: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| entry.key.value().eq_ignore_ascii_case(key))
    }

    /// Of several the last one counts.
    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.named(key).last()
    }

    fn value(&self, key: &str) -> Option<String> {
        Some(self.entry(key)?.value().to_owned())
    }

    /// Adds entries, and the section and its declaration where they are missing.
    fn append(&self, entries: Vec<String>, edits: &mut Edits) {
        let declaration = format!("<section name=\"{SECTION}\" type=\"{HANDLER}\" />");
        let mut blocks = Vec::new();
        match self.sections {
            Some(sections) => {
                let is_declared = sections.children().any(|child| child.attribute("name") == Some(SECTION));
                if !is_declared {
                    self.append_to(sections, &[declaration], edits);
                }
            }
            None => blocks = element("configSections", vec![declaration]),
        }
        // Declarations have to be the first element of the file.
        if let (Some(first), false) = (self.root.first_element_child(), blocks.is_empty()) {
            let place = first.range().start;
            let gap = format!("{}{}", edits::newline(self.text), self.indentation(place).unwrap_or_default());
            edits.insert(place, blocks.drain(..).map(|line| line + &gap).collect());
        }
        match self.section {
            Some(section) => self.append_to(section, &entries, edits),
            None => blocks.extend(element(SECTION, entries)),
        }
        self.append_to(self.root, &blocks, edits);
    }

    /// Adds lines at the end of an element's content, indented as what stands there.
    fn append_to(&self, parent: Node, lines: &[String], edits: &mut Edits) {
        if lines.is_empty() {
            return;
        }
        let newline = edits::newline(self.text);
        let own = self.indentation(parent.range().start).unwrap_or_default();
        let last = parent.children().rfind(|child| !child.is_text());
        let inner = match parent.first_element_child().or(last).and_then(|child| self.indentation(child.range().start))
        {
            Some(indentation) => indentation.to_owned(),
            None => format!("{own}  "),
        };
        let added: String = lines.iter().flat_map(|line| [newline, &inner, line]).collect();
        let Range { start, end } = parent.range();
        let source = &self.text[start..end];
        if let Some(last) = last {
            let closing =
                if self.text[last.range().end..end].contains('\n') { String::new() } else { format!("{newline}{own}") };
            edits.insert(last.range().end, added + &closing);
        } else if let Some(open) = source.strip_suffix("/>") {
            let name_end = source.find(|character: char| character.is_whitespace() || character == '/').unwrap_or(0);
            let at = start + open.trim_end().len();
            edits.replace(at..end, format!(">{added}{newline}{own}</{}>", &source[1..name_end]));
        } else {
            let close = start + source.rfind("</").unwrap_or(source.len());
            let content = parent.first_child().map_or(close, |text| text.range().start);
            let kept = content + self.text[content..close].trim_end().len();
            edits.replace(kept..close, format!("{added}{newline}{own}"));
        }
    }

    /// The white space before a place, if nothing else stands before it on its line.
    fn indentation(&self, place: usize) -> Option<&'a str> {
        let line = &self.text[self.text[..place].rfind('\n').map_or(0, |at| at + 1)..place];
        line.trim_matches([' ', '\t']).is_empty().then_some(line)
    }
}

/// `<add key="…" value="…"/>`.
struct Entry<'a> {
    element: Range<usize>,
    key: Attribute<'a, 'a>,
    value: Option<Attribute<'a, 'a>>,
}

impl<'a> Entry<'a> {
    fn of(text: &'a str, node: Node<'a, 'a>) -> Result<Self, Refused> {
        let element = node.range();
        let line = line_of(text, element.start);
        if node.tag_name().name() != "add" {
            // `remove` and `clear` undo other entries; an encrypted section holds something else altogether.
            return Err(Refused::Computed { line });
        }
        let key = node.attribute_node("key").ok_or(Refused::NotValid { line })?;
        let entry = Self { element, key, value: node.attribute_node("value") };
        // The parser keeps the length of the white space around `=` in a byte.
        let in_place = |attribute: &Attribute| {
            text[..attribute.range_value().start].ends_with(['"', '\''])
                && text[attribute.range_value().end..].starts_with(['"', '\''])
        };
        if in_place(&entry.key) && entry.value.as_ref().is_none_or(in_place) {
            Ok(entry)
        } else {
            Err(Refused::NotValid { line })
        }
    }

    fn value(&self) -> &str {
        self.value.as_ref().map_or("", Attribute::value)
    }

    fn write(&self, key: &str, value: &str, edits: &mut Edits) {
        // The handler compares keys without case, the library does not.
        if self.key.value() != key {
            edits.replace(self.key.range_value(), key.to_owned());
        }
        match &self.value {
            Some(attribute) if attribute.value() == value => {}
            Some(attribute) => edits.replace(attribute.range_value(), escaped(value)),
            None => {
                let after_quote = self.key.range_value().end + 1;
                edits.insert(after_quote, format!(" value=\"{}\"", escaped(value)));
            }
        }
    }
}

/// The one child element of that name.
fn only<'a>(text: &str, parent: Node<'a, 'a>, name: &str) -> Result<Option<Node<'a, 'a>>, Refused> {
    let mut found = parent.children().filter(|child| child.is_element() && child.tag_name().name() == name);
    match (found.next(), found.next()) {
        (_, Some(second)) => Err(Refused::Repeated { line: line_of(text, second.range().start) }),
        (first, None) => Ok(first),
    }
}

fn add(key: &str, value: &str) -> String {
    format!("<add key=\"{key}\" value=\"{}\" />", escaped(value))
}

/// The lines of an element.
fn element(name: &str, children: Vec<String>) -> Vec<String> {
    let mut lines = vec![format!("<{name}>")];
    lines.extend(children.into_iter().map(|child| format!("  {child}")));
    lines.push(format!("</{name}>"));
    lines
}

/// For an attribute in either quotes. Characters outside ASCII are written by number, since the file's declared encoding may
/// not be the one in which it is saved.
fn escaped(value: &str) -> String {
    let mut result = String::with_capacity(value.len());
    for character in value.chars() {
        if character.is_ascii() && !"&<>\"'".contains(character) {
            result.push(character);
        } else {
            write!(result, "&#{};", u32::from(character)).expect("writing to a String cannot fail");
        }
    }
    result
}
