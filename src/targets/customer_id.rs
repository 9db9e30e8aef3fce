//! A Google Ads customer id, as people and programs write it.
//! It never says whether the account exists.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A Google Ads customer id: ten digits, written without dashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(u64);

/// What was given is no customer id: neither ten digits nor three, three and four with dashes between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a customer id has ten digits, with or without dashes")]
pub struct NotACustomerId;

impl CustomerId {
    /// As the web page of Google Ads shows it: `123-456-7890`.
    pub fn dashed(self) -> String {
        let digits = self.to_string();
        format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl FromStr for CustomerId {
    type Err = NotACustomerId;

    fn from_str(text: &str) -> Result<Self, NotACustomerId> {
        let text = text.trim();
        let parts: Vec<_> = text.split('-').map(str::len).collect();
        let digits = text.replace('-', "");
        let shaped = matches!(parts.as_slice(), [10] | [3, 3, 4]) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !shaped {
            return Err(NotACustomerId);
        }
        digits.parse().map(Self).map_err(|_| NotACustomerId)
    }
}

/// Ten digits without dashes, which is how every client library wants it.
impl fmt::Display for CustomerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:010}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_read_and_written_where_they_belong() {
        for text in ["1234567890", "123-456-7890", " 123-456-7890\n"] {
            let id: CustomerId = text.parse().unwrap();
            assert_eq!((id.to_string().as_str(), id.dashed().as_str()), ("1234567890", "123-456-7890"), "{text:?}");
        }
    }

    #[test]
    fn leading_zeros_are_digits() {
        let id: CustomerId = "001-000-0009".parse().unwrap();
        assert_eq!((id.to_string(), id.dashed()), ("0010000009".to_owned(), "001-000-0009".to_owned()));
    }

    #[test]
    fn anything_but_ten_digits_is_refused() {
        for text in [
            "",
            "123456789",
            "12345678901",
            "123-4567890",
            "1234-56-7890",
            "-1234567890",
            "123-456-7890-",
            "12345678９0",
            "+123456789",
            "123 456 7890",
            "INSERT_LOGIN_CUSTOMER_ID_HERE",
        ] {
            assert_eq!(text.parse::<CustomerId>(), Err(NotACustomerId), "{text:?}");
        }
    }
}
