//! The number of a Google Ads account. It never holds anything but ten digits.

use std::fmt;
use std::str::FromStr;

/// A Google Ads customer id: ten digits, kept and written without dashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(u64);

/// The text is not a customer id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not ten digits, with or without dashes")]
pub struct NotCustomerId;

impl CustomerId {
    /// Reads `1234567890`, or `123-456-7890` as the Google Ads pages show it.
    ///
    /// # Errors
    /// [`NotCustomerId`] for everything else; a number of ten digits does not begin with 0.
    pub fn parse(text: &str) -> Result<Self, NotCustomerId> {
        let bytes = text.as_bytes();
        let digits = match bytes.len() {
            10 => text.to_owned(),
            12 if bytes[3] == b'-' && bytes[7] == b'-' => text.replacen('-', "", 2),
            _ => return Err(NotCustomerId),
        };
        let all_digits = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits || digits.starts_with('0') {
            return Err(NotCustomerId);
        }
        digits.parse().map(Self).map_err(|_| NotCustomerId)
    }

    /// `123-456-7890`, as the Google Ads pages show it.
    pub fn dashed(self) -> String {
        let digits = self.to_string();
        format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl FromStr for CustomerId {
    type Err = NotCustomerId;

    fn from_str(text: &str) -> Result<Self, NotCustomerId> {
        Self::parse(text.trim())
    }
}

/// Without dashes, as the API and every configuration file want it.
impl fmt::Display for CustomerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_with_and_without_dashes_and_written_both_ways() {
        for text in ["1234567890", "123-456-7890"] {
            let id = CustomerId::parse(text).unwrap();
            assert_eq!((id.to_string().as_str(), id.dashed().as_str()), ("1234567890", "123-456-7890"));
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "123456789",
            "12345678901",
            "0123456789",
            "12-3456-7890",
            "1234567-890",
            "1234-56-7890",
            "---1234567890",
            "123-456-78-0",
            " 1234567890",
            "+123456789",
            "123 456 7890",
            "１２３４５６７８９０",
            "123-456-789é",
            "customers/1234567890",
        ] {
            assert_eq!(CustomerId::parse(text), Err(NotCustomerId), "{text}");
        }
    }
}
