//! Which share of messages is read.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use super::inference::wilson;
use super::quantiles::{Distribution, Percentiles};
use crate::error::Result;
use crate::time::Timestamp;

/// Which messages were read, and how soon.
///
/// ```
/// use std::time::Duration;
/// use goodwill::Timestamp;
/// use goodwill::analytics::{Percentiles, ReadRate};
///
/// let at = |hour: u32| format!("2026-03-01T{hour:02}:00:00Z").parse::<Timestamp>();
/// let (sent, read) = ([at(1)?, at(2)?, at(9)?], [Some(at(3)?), None, None]);
/// // The last message was sent less than four hours before the end.
/// let four_hours = Some(Duration::from_secs(4 * 3600));
/// let rate = ReadRate::of_columns(&sent, &read, at(10)?, four_hours, &Percentiles::default())?;
/// assert_eq!((rate.n, rate.read, rate.percent, rate.too_recent), (2, 1, Some(50.0), 1));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadRate {
    /// Messages that count.
    pub n: u64,
    /// How many of them were read, within the window if there is one.
    pub read: u64,
    /// Their share, from 0 to 100; none without messages.
    pub percent: Option<f64>,
    /// The lower end of Wilson's 95 % interval of the share.
    pub low: f64,
    /// The upper end of it.
    pub high: f64,
    /// Messages whose window is not over at the end, left out.
    pub too_recent: u64,
    /// Messages sent at or after the end, left out.
    pub rows_after_end: u64,
    /// From sending to reading, of those that were read.
    pub seconds_to_read: Option<Distribution>,
}

impl ReadRate {
    /// The share of messages read before `end`; with a window, of those sent at least so long before, and read
    /// before it was over.
    ///
    /// # Errors
    /// `input.invalid` with the row: columns of different lengths, a `read` before it was sent; and as
    /// [`Percentiles::check`].
    pub fn of_columns(
        sent: &[Timestamp],
        read: &[Option<Timestamp>],
        end: Timestamp,
        window: Option<Duration>,
        percentiles: &Percentiles,
    ) -> Result<Self> {
        same_length("read", read.len(), sent.len())?;
        percentiles.check()?;
        let (mut n, mut too_recent, mut rows_after_end) = (0, 0, 0);
        let mut seconds = Vec::new();
        for (row, (sent, read)) in sent.iter().zip(read).enumerate() {
            if read.is_some_and(|read| read < *sent) {
                return Err(cell_error("read", row, "an instant not before it was sent"));
            }
            if *sent >= end {
                rows_after_end += 1;
                continue;
            }
            if window.is_some_and(|window| end.saturating_since(*sent) < window) {
                too_recent += 1;
                continue;
            }
            n += 1;
            if let Some(read) = read.filter(|read| *read < end) {
                let taken = read.saturating_since(*sent);
                if window.is_none_or(|window| taken < window) {
                    seconds.push(taken.as_secs_f64());
                }
            }
        }
        seconds.sort_by(f64::total_cmp);
        let read = seconds.len() as u64;
        let (low, high) = wilson(read, n);
        Ok(Self {
            n,
            read,
            percent: (n > 0).then(|| 100.0 * (read as f64 / n as f64)),
            low: 100.0 * low,
            high: 100.0 * high,
            too_recent,
            rows_after_end,
            seconds_to_read: Distribution::of_sorted(&seconds, percentiles),
        })
    }
}
