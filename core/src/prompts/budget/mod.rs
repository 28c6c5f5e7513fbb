//! Prompts that fit: lists lose their oldest items until the tokens suffice.
//!
//! No item and no character is ever cut in half for the budget. Lists of lower priority lose items
//! first; among lists of one priority each loses the same share. What is left out is said in its
//! place: `(+37 earlier entries omitted)`.

mod fit;

use std::collections::BTreeMap;

use serde::Serialize;

pub(crate) use fit::{Attempt, fit};

/// The tokens of a prompt that declares no budget.
pub const DEFAULT_INPUT: usize = 8_000;

/// Counts the tokens of a text.
pub trait TokenCounter: Send + Sync {
    /// The tokens.
    fn count(&self, text: &str) -> usize;
}

/// One token for 3.2 bytes: on the safe side of the 3.4 bytes that a large vocabulary needs for
/// English.
///
/// ```
/// use goodwill::prompts::budget::{ByteCounter, TokenCounter};
///
/// assert_eq!(ByteCounter.count("It leaks again!"), 5);
/// assert_eq!(ByteCounter.count(""), 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByteCounter;

impl TokenCounter for ByteCounter {
    fn count(&self, text: &str) -> usize {
        text.len().saturating_mul(10).div_ceil(32)
    }
}

/// Which end of a list is the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The first item.
    #[default]
    OldestFirst,
    /// The last item.
    NewestFirst,
}

/// How a list gives way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListBudget {
    /// Lists of higher priority keep their items longer.
    pub priority: u32,
    /// Which items are the oldest.
    pub order: Order,
    /// The items that are kept in any case.
    pub min_items: usize,
    /// The characters of each text in an item.
    pub clip: Option<usize>,
    /// What is said about the items that are left out; `{n}` is their number.
    pub note: String,
}

impl Default for ListBudget {
    /// Priority 0, the oldest first, at least one item.
    fn default() -> Self {
        Self {
            priority: 0,
            order: Order::OldestFirst,
            min_items: 1,
            clip: None,
            note: "(+{n} earlier entries omitted)".to_owned(),
        }
    }
}

/// How much a prompt may say, and what gives way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// The tokens of all messages together; [`DEFAULT_INPUT`] if it is not said.
    pub input: Option<usize>,
    /// The tokens that the model may answer with.
    pub output: Option<usize>,
    /// The lists by path. A list that is not named gives way as [`ListBudget::default`] says.
    pub lists: BTreeMap<String, ListBudget>,
}

/// What was left out of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dropped {
    /// The path of the list.
    pub list: String,
    /// The items that are shown.
    pub kept: usize,
    /// The items that are not.
    pub omitted: usize,
}
