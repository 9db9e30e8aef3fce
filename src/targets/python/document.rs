//! The top level of a YAML file: its keys, its scalar values, and the bytes at which they are.
//! It never guesses: what Python's parser could read differently is refused.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::super::edits::line_of;
use super::super::{Refused, breaks_lines, present};

/// A file with one mapping, or without anything but comments.
pub(super) struct Document {
    pub(super) entries: Vec<Entry>,
    /// What stands before each key of the mapping.
    pub(super) indentation: String,
    /// Where a block begins that ends with the text and without a line end: one behind it would become part of its value.
    pub(super) open_block: Option<usize>,
}

/// One key of the mapping.
pub(super) struct Entry {
    pub(super) key: String,
    /// The byte at which the key begins.
    pub(super) start: usize,
    pub(super) line: usize,
    /// The value; `None` if it is a mapping, a sequence, or a scalar that is more than a piece of one line.
    pub(super) content: Option<Scalar>,
}

/// A value on one line.
#[derive(Clone)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// The bytes that it takes with its quotes; empty, behind the colon, if nothing is there.
    pub(super) range: Range<usize>,
    plain: bool,
}

impl Entry {
    /// The value, if it can be edited in place.
    pub(super) fn scalar(&self) -> Result<&Scalar, Refused> {
        self.content.as_ref().ok_or(Refused::Layout { line: self.line })
    }

    /// The value, unless it is missing, null or a placeholder.
    pub(super) fn value(&self) -> Option<&str> {
        self.content.as_ref().filter(|scalar| !scalar.is_null()).and_then(|scalar| present(&scalar.text))
    }

    /// A value that stands for none, other than null, which the library knows.
    pub(super) fn is_placeholder(&self) -> bool {
        self.content.as_ref().is_some_and(|scalar| !scalar.is_null() && present(&scalar.text).is_none())
    }
}

impl Scalar {
    fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, Refused> {
        refuse_what_python_refuses(text)?;
        let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let mut reading = Reading { text, bytes, depth: 0, documents: 0, key: None, entries: Vec::new(), block: None };
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| Refused::NotValid { line: error.marker().line().max(1) })?;
            reading.take(&event, span)?;
        }
        let first = reading.entries.first().map_or(0, |entry| entry.start);
        let line_start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
        let indentation = text[line_start..first].to_owned();
        if !indentation.bytes().all(|byte| byte == b' ') {
            return Err(Refused::Layout { line: line_of(text, first) });
        }
        let open_block = reading.block.filter(|_| !text.ends_with('\n'));
        Ok(Self { entries: reading.entries, indentation, open_block })
    }

    /// The entry of this key.
    pub(super) fn entry(&self, key: &str) -> Result<Option<&Entry>, Refused> {
        let mut entries = self.entries.iter().filter(|entry| entry.key == key);
        let first = entries.next();
        match entries.next() {
            Some(second) => Err(Refused::Repeated { line: second.line }),
            None => Ok(first),
        }
    }
}

/// Python's parser knows YAML 1.1, where a tab separates nothing, more characters end a line (and so a comment), and others
/// may not stand anywhere.
fn refuse_what_python_refuses(text: &str) -> Result<(), Refused> {
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let before_comment = line.split('#').next().unwrap_or_default();
        let broken = line.chars().any(|character| character != '\t' && breaks_lines(character));
        if broken || before_comment.contains('\t') {
            return Err(Refused::NotValid { line: index + 1 });
        }
    }
    Ok(())
}

/// The events so far.
struct Reading<'text> {
    text: &'text str,
    /// The byte of every character, since the parser counts characters.
    bytes: Vec<usize>,
    depth: usize,
    documents: usize,
    /// The key whose value comes next.
    key: Option<Entry>,
    entries: Vec<Entry>,
    /// The line of the last scalar, if that is a block.
    block: Option<usize>,
}

impl Reading<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) -> Result<(), Refused> {
        let line = span.start.line().max(1);
        let plain = |anchor: usize, tagged: bool| {
            if anchor == 0 && !tagged { Ok(()) } else { Err(Refused::Anchors { line }) }
        };
        match event {
            Event::Alias(_) => Err(Refused::Anchors { line }),
            Event::DocumentStart(_) if self.documents > 0 => Err(Refused::SeveralDocuments),
            Event::DocumentStart(_) => {
                self.documents += 1;
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                plain(*anchor, tag.is_some())?;
                self.block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded).then_some(line);
                self.scalar(text, *style, span)
            }
            Event::MappingStart(anchor, tag) => {
                plain(*anchor, tag.is_some())?;
                self.open(span, true)
            }
            Event::SequenceStart(anchor, tag) => {
                plain(*anchor, tag.is_some())?;
                self.open(span, false)
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth -= 1;
                if self.depth == 1 {
                    self.entries.extend(self.key.take());
                }
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, span: Span, mapping: bool) -> Result<(), Refused> {
        let flow = self.text[self.range(span).start..].starts_with('{');
        let line = span.start.line().max(1);
        match self.depth {
            0 if !mapping || flow => return Err(Refused::Layout { line }),
            1 if self.key.is_none() => return Err(Refused::Layout { line }),
            _ => self.depth += 1,
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<(), Refused> {
        let line = span.start.line().max(1);
        match (self.depth, self.key.take()) {
            (0, _) if text.is_empty() && style == ScalarStyle::Plain => Ok(()),
            (0, _) => Err(Refused::Layout { line }),
            (1, None) => {
                let range = self.one_line(text, style, span).ok_or(Refused::Layout { line })?;
                self.key = Some(Entry { key: text.to_owned(), start: range.start, line, content: None });
                // Where a value that is not there would be; a real one has its own place.
                let behind = self.text[range.end..].trim_start_matches(' ');
                if !behind.starts_with(':') {
                    return Err(Refused::Layout { line });
                }
                Ok(())
            }
            (1, Some(mut entry)) => {
                let range = if text.is_empty() && style == ScalarStyle::Plain {
                    let colon = self.text[entry.start..].find(':').map(|colon| entry.start + colon + 1);
                    // A colon in a quoted key is not the one that is sought.
                    colon.filter(|_| !entry.key.contains(':')).map(|colon| colon..colon)
                } else {
                    self.one_line(text, style, span)
                };
                let plain = style == ScalarStyle::Plain;
                entry.content = range.map(|range| Scalar { text: text.to_owned(), range, plain });
                self.entries.push(entry);
                Ok(())
            }
            (_, key) => {
                self.key = key;
                Ok(())
            }
        }
    }

    /// The bytes of a scalar with its quotes, if it is on one line and exactly there.
    fn one_line(&self, text: &str, style: ScalarStyle, span: Span) -> Option<Range<usize>> {
        let Range { start, end } = self.range(span);
        let written = &self.text[start..end];
        let length = match style {
            ScalarStyle::Plain => (written == text).then_some(end - start),
            // The parser counts blanks and a comment behind the quotes as part of the scalar.
            ScalarStyle::SingleQuoted => closing_quote(written, '\''),
            ScalarStyle::DoubleQuoted => closing_quote(written, '\\'),
            ScalarStyle::Literal | ScalarStyle::Folded => None,
        }?;
        (!written[..length].contains(['\n', '\r'])).then_some(start..start + length)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let byte = |character: usize| self.bytes.get(character).copied().unwrap_or(self.text.len());
        byte(span.start.index())..byte(span.end.index())
    }
}

/// Where a scalar ends that begins with a quote: behind the first quote that is not escaped. In single quotes a quote
/// escapes a quote.
fn closing_quote(written: &str, escape: char) -> Option<usize> {
    let quote = written.chars().next()?;
    let mut rest = written.char_indices().skip(1).peekable();
    while let Some((at, character)) = rest.next() {
        let is_escape = match (character == escape, rest.peek()) {
            (true, Some(&(_, next))) => escape != quote || next == quote,
            (true, None) | (false, _) => false,
        };
        if is_escape {
            rest.next();
        } else if character == quote {
            return Some(at + quote.len_utf8());
        }
    }
    None
}
