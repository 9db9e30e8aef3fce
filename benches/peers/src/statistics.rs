//! Medians, and how much there is to them.

use std::time::Duration;

/// What was measured several times, in milliseconds or any other unit.
#[derive(Clone, Debug, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    pub fn of_times(times: impl IntoIterator<Item = Duration>) -> Self {
        Self::of(times.into_iter().map(|time| time.as_secs_f64() * 1000.0))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// By nearest rank; 0 of nothing.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank below the count"
    )]
    pub fn percentile(&self, percent: f64) -> f64 {
        let rank = (percent / 100.0 * self.0.len() as f64).ceil() as usize;
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    pub fn median(&self) -> f64 {
        let (lower, upper) = (self.percentile(50.0), self.0.get(self.0.len() / 2).copied().unwrap_or_default());
        if self.0.len().is_multiple_of(2) { f64::midpoint(lower, upper) } else { lower }
    }

    pub fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    pub fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    /// `least–most`, with so many decimals.
    pub fn spread(&self, decimals: usize) -> String {
        if self.0.len() < 2 {
            "–".to_owned()
        } else {
            format!("{:.decimals$}–{:.decimals$}", self.least(), self.most())
        }
    }
}
