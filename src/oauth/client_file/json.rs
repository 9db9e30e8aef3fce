//! JSON as a tree that borrows its strings from the bytes and remembers when a name stands twice.
//! It never keeps a number or a copy of a string that can be borrowed.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// Reads one document. Depth is bounded by serde_json.
pub(super) fn parse(bytes: &[u8]) -> Result<Json<'_>, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// A value. No `Debug`, since any of its strings may be a secret.
pub(super) enum Json<'a> {
    Null,
    Text(Text<'a>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
    /// A number or a boolean.
    Other,
}

/// A string: a part of the bytes, or its own wiped memory if it was written with escapes.
pub(super) enum Text<'a> {
    Borrowed(&'a str),
    Unescaped(Zeroizing<String>),
}

/// The members in the file's order.
pub(super) struct Object<'a>(Vec<(Text<'a>, Json<'a>)>);

/// The name stands twice in one object.
pub(super) struct Repeated;

impl<'a> Object<'a> {
    /// The one member of that name.
    pub(super) fn only(&self, name: &str) -> Result<Option<&Json<'a>>, Repeated> {
        let mut values = self.0.iter().filter(|(key, _)| **key == *name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            (_, Some(_)) => Err(Repeated),
        }
    }

    /// The first member of that name.
    pub(super) fn first(&self, name: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(key, _)| **key == *name).map(|(_, value)| value)
    }

    /// The first member of that name, if it is a string.
    pub(super) fn first_text(&self, name: &str) -> Option<&str> {
        self.first(name)?.as_text()
    }
}

impl Json<'_> {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) | Self::Other => None,
        }
    }
}

impl Text<'_> {
    fn unescaped(text: &str) -> Self {
        Self::Unescaped(Zeroizing::new(text.to_owned()))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Unescaped(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text::unescaped(text))
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Text::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Text::unescaped(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(Object(members)))
    }
}
