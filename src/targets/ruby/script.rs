//! One line of a Ruby configuration, if it is one of the few that can be understood for certain.
//! It never guesses: what it does not know is `None`, and the file is left alone.

use std::ops::Range;

use crate::targets::settings::is_placeholder;

/// What a line is.
pub(super) enum Row<'a> {
    Blank,
    Comment,
    /// `require 'logger'`.
    Require,
    /// `Google::Ads::GoogleAds::Config.new do |c|`, with the variable.
    Opening(&'a str),
    /// `c.key = value`.
    Assignment {
        key: &'a str,
        /// `None` if it is computed.
        value: Option<String>,
        /// The bytes of the value in the line.
        range: Range<usize>,
    },
    End,
}

/// Reads a line; `variable` is the block's, once it is open.
pub(super) fn row<'a>(line: &'a str, variable: Option<&str>) -> Option<Row<'a>> {
    let mut cursor = Cursor { line, at: 0 };
    if cursor.is_over() {
        cursor.skip_blanks();
        return Some(if cursor.rest().is_empty() { Row::Blank } else { Row::Comment });
    }
    let row = if cursor.word("end") {
        Row::End
    } else if cursor.word("require") {
        cursor.skip_blanks();
        cursor.string()?;
        Row::Require
    } else if let Some(variable) = variable {
        cursor.assignment(variable)?
    } else {
        Row::Opening(cursor.opening()?)
    };
    cursor.is_over().then_some(row)
}

/// A place in a line that moves on over what it understands.
struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.take_while(|character| matches!(character, ' ' | '\t'));
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|character| !wanted(character)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Takes a whole word after white space.
    fn word(&mut self, word: &str) -> bool {
        let rest = self.rest().trim_start_matches([' ', '\t']);
        let found = rest.strip_prefix(word).is_some_and(|after| !after.starts_with(is_name));
        if found {
            self.at = self.line.len() - rest.len() + word.len();
        }
        found
    }

    /// Whether nothing but a comment follows.
    fn is_over(&self) -> bool {
        let rest = self.rest().trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('#')
    }

    fn name(&mut self, first: impl Fn(char) -> bool) -> Option<&'a str> {
        self.next().filter(|&character| first(character))?;
        Some(self.take_while(is_name))
    }

    fn opening(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        self.take("::");
        if !self.take("Google::Ads::GoogleAds::Config.new") {
            return None;
        }
        self.take("()");
        if !self.word("do") {
            return None;
        }
        self.skip_blanks();
        self.take("|").then_some(())?;
        self.skip_blanks();
        let variable = self.name(is_small)?;
        self.skip_blanks();
        self.take("|").then_some(variable)
    }

    fn assignment(&mut self, variable: &str) -> Option<Row<'a>> {
        self.skip_blanks();
        (self.take(variable) && self.take(".")).then_some(())?;
        let key = self.name(is_small)?;
        self.skip_blanks();
        self.take("=").then_some(())?;
        self.skip_blanks();
        let start = self.at;
        let value = match self.next()? {
            '\'' | '"' => Some(self.string()?),
            _ => {
                self.expression()?;
                plain(&self.line[start..self.at])
            }
        };
        Some(Row::Assignment { key, value, range: start..self.at })
    }

    /// A constant, a number, a symbol or `true`, `false`, `nil`; then calls on it with such arguments.
    fn expression(&mut self) -> Option<()> {
        match self.next()? {
            '\'' | '"' => drop(self.string()?),
            ':' => {
                self.take(":");
                self.name(is_small)?;
            }
            first if first.is_ascii_digit() => {
                self.take_while(|character| character.is_ascii_digit() || character == '_');
            }
            first if first.is_ascii_uppercase() => {
                self.name(|_| true)?;
                while self.take("::") {
                    self.name(|character| character.is_ascii_uppercase())?;
                }
            }
            _ => {
                let word = self.name(is_small)?;
                return matches!(word, "true" | "false" | "nil").then_some(());
            }
        }
        loop {
            if self.take("(") {
                self.arguments(")")?;
            } else if self.take("[") {
                self.arguments("]")?;
            } else if self.take(".") {
                self.name(is_small)?;
            } else {
                return Some(());
            }
        }
    }

    fn arguments(&mut self, closing: &str) -> Option<()> {
        self.skip_blanks();
        if self.take(closing) {
            return Some(());
        }
        loop {
            self.skip_blanks();
            self.expression()?;
            self.skip_blanks();
            if self.take(closing) {
                return Some(());
            }
            self.take(",").then_some(())?;
        }
    }

    /// A string without interpolation that ends on this line.
    fn string(&mut self) -> Option<String> {
        let quote = self.next().filter(|character| matches!(character, '\'' | '"'))?;
        let body = &self.rest()[1..];
        let mut value = String::new();
        let mut characters = body.char_indices();
        while let Some((offset, character)) = characters.next() {
            match character {
                _ if character == quote => {
                    self.at += offset + 2;
                    return Some(value);
                }
                '#' if quote == '"' && body[offset + 1..].starts_with(['{', '$', '@']) => return None,
                '\\' => match (quote, characters.next()?.1) {
                    ('\'', escaped @ ('\'' | '\\')) => value.push(escaped),
                    ('\'', plain) => value.extend(['\\', plain]),
                    (_, escaped) => value.push(unescaped(escaped)?),
                },
                plain => value.push(plain),
            }
        }
        None
    }
}

/// The value of an expression that is not computed: nothing, a number or a placeholder.
fn plain(expression: &str) -> Option<String> {
    let is_number = !expression.starts_with('0') && expression.bytes().all(|byte| byte.is_ascii_digit());
    match expression {
        "nil" | "false" => Some(String::new()),
        _ if is_number || is_placeholder(expression) => Some(expression.to_owned()),
        _ => None,
    }
}

/// What an escape in double quotes stands for; those with digits, and of control and meta characters, are not read.
fn unescaped(escaped: char) -> Option<char> {
    Some(match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        's' => ' ',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'e' => '\u{1b}',
        'u' | 'x' | 'c' | 'C' | 'M' | '0'..='9' => return None,
        plain => plain,
    })
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn is_small(character: char) -> bool {
    character.is_ascii_lowercase() || character == '_'
}
