//! One line of the table: what was counted, what it had to be, what it was.

/// How much is done: the full count for a release, a few of each for every change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Short,
    Full,
}

impl Effort {
    /// One of two counts.
    pub fn of<T>(self, short: T, full: T) -> T {
        match self {
            Self::Short => short,
            Self::Full => full,
        }
    }
}

pub struct Figure {
    /// A noun phrase: "hostile requests that ended an attempt".
    pub name: String,
    /// What it had to be: "0", "at most 16 MiB".
    pub goal: String,
    /// What it was, with the number of trials: "0 of 10,000".
    pub measured: String,
    pub is_met: bool,
}

impl Figure {
    pub fn new(name: impl Into<String>, goal: impl Into<String>, measured: impl Into<String>, is_met: bool) -> Self {
        Self { name: name.into(), goal: goal.into(), measured: measured.into(), is_met }
    }

    pub fn short_of_its_goal(name: impl Into<String>, goal: impl Into<String>, measured: impl Into<String>) -> Self {
        Self::new(name, goal, measured, false)
    }

    /// Every one of `total` had to hold.
    pub fn all(name: impl Into<String>, held: usize, total: usize) -> Self {
        Self::new(
            name,
            format!("all {}", grouped(total)),
            format!("{} of {}", grouped(held), grouped(total)),
            held == total && total > 0,
        )
    }

    /// None of `total` may have happened.
    pub fn none(name: impl Into<String>, happened: usize, total: usize) -> Self {
        Self::new(name, "0", format!("{} of {}", grouped(happened), grouped(total)), happened == 0 && total > 0)
    }
}

/// `1000000` as `1,000,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}
