//! How long customers wait for an answer.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::customers::{cell_error, same_length};
use super::quantiles::{Distribution, Percentiles};
use crate::error::Result;
use crate::time::Timestamp;

/// The response times of conversations, in seconds.
///
/// A customer waits from the first message that was not answered yet; more messages meanwhile do not start
/// anew. The business's next message is the response.
///
/// ```
/// use goodwill::Timestamp;
/// use goodwill::analytics::{Percentiles, ResponseTimes};
///
/// let at = |minute: u32| format!("2026-03-01T08:{minute:02}:00Z").parse::<Timestamp>();
/// let times = [at(0)?, at(5)?, at(10)?, at(20)?, at(21)?, at(30)?];
/// let by_customer = [true, true, false, true, false, true];
/// let waits =
///     ResponseTimes::of_messages(&[1; 6], &times, &by_customer, at(50)?, &Percentiles::default())?;
/// let (first, all) = (waits.first_response.unwrap(), waits.all_responses.unwrap());
/// assert_eq!((first.n, first.mean), (1, 600.0));
/// assert_eq!((all.n, all.mean), (2, 330.0));
/// assert_eq!((waits.waiting, waits.longest_wait), (1, Some(1200.0)));
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResponseTimes {
    /// From the first message of each conversation's customer to the first response; none without any.
    pub first_response: Option<Distribution>,
    /// All responses, first ones too.
    pub all_responses: Option<Distribution>,
    /// Conversations whose customer is waiting at the end. They are part of no distribution, which is too
    /// short while many wait.
    pub waiting: u64,
    /// The longest of these waits until the end.
    pub longest_wait: Option<f64>,
    /// Messages at or after the end, left out.
    pub rows_after_end: u64,
}

#[derive(Default)]
struct Conversation {
    last: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
    answered: bool,
}

impl ResponseTimes {
    /// The response times of messages before `end`; those of a conversation stand in the order of time.
    ///
    /// # Errors
    /// `input.invalid` with the row: columns of different lengths, a `time` before that of the message before;
    /// and as [`Percentiles::check`].
    pub fn of_messages<Id: Eq + Hash>(
        conversations: &[Id],
        times: &[Timestamp],
        by_customer: &[bool],
        end: Timestamp,
        percentiles: &Percentiles,
    ) -> Result<Self> {
        same_length("time", times.len(), conversations.len())?;
        same_length("byCustomer", by_customer.len(), conversations.len())?;
        percentiles.check()?;
        let mut open: HashMap<&Id, Conversation> = HashMap::new();
        let (mut first, mut all, mut rows_after_end) = (Vec::new(), Vec::new(), 0);
        let rows = conversations.iter().zip(times).zip(by_customer);
        for (row, ((id, at), by_customer)) in rows.enumerate() {
            let conversation = open.entry(id).or_default();
            if conversation.last.is_some_and(|last| *at < last) {
                return Err(cell_error("time", row, "an instant not before the message before"));
            }
            conversation.last = Some(*at);
            if *at >= end {
                rows_after_end += 1;
            } else if *by_customer {
                conversation.waiting_since.get_or_insert(*at);
            } else if let Some(since) = conversation.waiting_since.take() {
                let wait = at.saturating_since(since).as_secs_f64();
                all.push(wait);
                if !conversation.answered {
                    first.push(wait);
                }
                conversation.answered = true;
            }
        }
        // Counts and a maximum: the order of the map does not show.
        let waits = open.values().filter_map(|conversation| conversation.waiting_since);
        let waits: Vec<f64> =
            waits.map(|since| end.saturating_since(since).as_secs_f64()).collect();
        first.sort_by(f64::total_cmp);
        all.sort_by(f64::total_cmp);
        Ok(Self {
            first_response: Distribution::of_sorted(&first, percentiles),
            all_responses: Distribution::of_sorted(&all, percentiles),
            waiting: waits.len() as u64,
            longest_wait: waits.into_iter().reduce(f64::max),
            rows_after_end,
        })
    }
}
