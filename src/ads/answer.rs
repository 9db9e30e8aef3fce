//! The JSON of the Google Ads API, element by element as it arrives. It never holds more than one element at a time.

use serde::Deserialize;
use serde_json::Value;

use super::account::{Account, Status};
use super::error::AdsError;
use crate::customer_id::CustomerId;
use crate::sanitize::sanitize;

const NOT_JSON: AdsError = AdsError::NotJson { status: 200 };

/// Cuts a JSON array of objects, or one object, into its objects. It looks at brackets and strings only; whether an object is JSON is
/// found out by whoever reads it.
#[derive(Debug, Default)]
pub(super) struct Objects {
    place: Place,
    in_array: bool,
    held: Vec<u8>,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Place {
    #[default]
    Before,
    /// In the array, outside of its objects.
    Between,
    Inside,
    After,
}

impl Objects {
    /// Takes the next bytes, and gives away each object that is complete with them.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(&[u8]) -> Result<(), AdsError>,
    ) -> Result<(), AdsError> {
        for &byte in bytes {
            match (self.place, byte) {
                (Place::Inside, _) => {
                    self.hold(byte);
                    if self.depth == 0 {
                        take(&self.held)?;
                        self.held.clear();
                        self.place = if self.in_array { Place::Between } else { Place::After };
                    }
                }
                (_, b' ' | b'\t' | b'\r' | b'\n') | (Place::Between, b',') => {}
                (Place::Before, b'[') => (self.in_array, self.place) = (true, Place::Between),
                (Place::Between, b']') => self.place = Place::After,
                (Place::Before | Place::Between, b'{') => {
                    self.place = Place::Inside;
                    self.hold(byte);
                }
                (Place::Before | Place::Between | Place::After, _) => return Err(NOT_JSON),
            }
        }
        Ok(())
    }

    /// Whether everything that was opened is closed.
    pub(super) fn end(&self) -> Result<(), AdsError> {
        match self.place {
            Place::After => Ok(()),
            Place::Before | Place::Between | Place::Inside => Err(NOT_JSON),
        }
    }

    fn hold(&mut self, byte: u8) {
        self.held.push(byte);
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
    }
}

/// One object of a search stream: rows, or the error that ends it.
#[derive(Deserialize)]
pub(super) struct Batch {
    #[serde(default)]
    pub results: Vec<Found>,
    pub error: Option<Value>,
}

/// One row; only the resource that was selected is there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found {
    pub customer_client: Option<CustomerClient>,
    pub customer: Option<Customer>,
}

/// The resource `customer`, as far as it is selected.
#[derive(Deserialize)]
pub(super) struct Customer {
    id: Number,
}

/// The resource `customer_client`: an account as its manager sees it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomerClient {
    id: Number,
    level: Option<Number>,
    descriptive_name: Option<String>,
    currency_code: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    manager: bool,
    #[serde(default)]
    test_account: bool,
    #[serde(default)]
    hidden: bool,
    status: Option<String>,
}

/// An `int64`, which JSON made of protocol buffers writes as a string.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Text(String),
    Number(u64),
}

impl Number {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    fn id(&self) -> Result<CustomerId, AdsError> {
        CustomerId::parse(&self.text()).map_err(|_| AdsError::Malformed("id"))
    }
}

impl Customer {
    pub(super) fn id(&self) -> Result<CustomerId, AdsError> {
        self.id.id()
    }
}

impl CustomerClient {
    /// Whether this is the account that was asked about, or one right below it.
    pub(super) fn is_near(&self) -> bool {
        self.level.as_ref().is_none_or(|level| matches!(level.text().as_str(), "0" | "1"))
    }

    /// What is kept of it.
    pub(super) fn account(self) -> Result<Account, AdsError> {
        let shown = |text: Option<String>| {
            let text = sanitize(text.unwrap_or_default().trim());
            (!text.is_empty()).then_some(text)
        };
        Ok(Account {
            id: self.id.id()?,
            name: shown(self.descriptive_name),
            currency: shown(self.currency_code),
            time_zone: shown(self.time_zone),
            manager: self.manager,
            test: self.test_account,
            hidden: self.hidden,
            status: self.status.as_deref().map_or(Status::Unknown, Status::of),
        })
    }
}

/// Reads one object of a search stream.
pub(super) fn batch(object: &[u8]) -> Result<Batch, AdsError> {
    serde_json::from_slice(object).map_err(|error| not_read(&error, "results"))
}

/// Reads the answer of `customers:listAccessibleCustomers`; no member is no account.
pub(super) fn accessible(body: &[u8]) -> Result<Vec<CustomerId>, AdsError> {
    const MEMBER: &str = "resourceNames";
    let read: serde_json::Map<String, Value> =
        serde_json::from_slice(body).map_err(|error| not_read(&error, MEMBER))?;
    let names = match read.get(MEMBER) {
        None => return Ok(Vec::new()),
        Some(names) => names.as_array().ok_or(AdsError::Malformed(MEMBER))?,
    };
    let mut ids = Vec::new();
    for name in names {
        let id = name.as_str().and_then(|name| CustomerId::parse(name.strip_prefix("customers/")?).ok());
        ids.push(id.ok_or(AdsError::Malformed(MEMBER))?);
    }
    let mut seen = std::collections::HashSet::new();
    ids.retain(|&id| seen.insert(id));
    Ok(ids)
}

/// The error's own text is not looked at: it quotes the answer.
fn not_read(error: &serde_json::Error, member: &'static str) -> AdsError {
    match error.classify() {
        serde_json::error::Category::Data => AdsError::Malformed(member),
        serde_json::error::Category::Io | serde_json::error::Category::Syntax | serde_json::error::Category::Eof => {
            NOT_JSON
        }
    }
}

#[cfg(test)]
mod tests;
