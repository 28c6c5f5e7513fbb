//! Which items to leave out.

use std::collections::BTreeMap;

use super::{Budget, DEFAULT_INPUT, Dropped, ListBudget, Order};
use crate::error::{Code, Error, Result};
use crate::prompts::render::trace::Shown;

/// A rendering with its tokens.
pub(crate) trait Attempt {
    fn tokens(&self) -> usize;
    /// All bytes of the output.
    fn bytes(&self) -> usize;
    /// The list, the place and the bytes of each item in the output.
    fn items(&self) -> Vec<(String, usize, usize)>;
}

/// A list as it was rendered whole.
struct List {
    budget: ListBudget,
    /// The bytes of each item.
    costs: Vec<usize>,
}

/// Renders so that the tokens suffice. The first rendering tells what each item costs; the second
/// one, without the items that must go, is counted again, and more go if it is still too long.
pub(crate) fn fit<A: Attempt>(
    budget: &Budget,
    most: Option<usize>,
    mut attempt: impl FnMut(&BTreeMap<String, Shown>) -> Result<A>,
) -> Result<(A, Vec<Dropped>)> {
    let most = most.or(budget.input).unwrap_or(DEFAULT_INPUT);
    let whole = |list: &ListBudget| Shown { clip: list.clip, ..Shown::default() };
    let all = budget.lists.iter().map(|(name, list)| (name.clone(), whole(list))).collect();
    let first = attempt(&all)?;
    if first.tokens() <= most {
        return Ok((first, Vec::new()));
    }
    let lists = lists(budget, &first.items());
    let order = drop_order(&lists);
    let needed = |excess: usize, bytes: usize, tokens: usize| -> usize {
        // The share of the bytes that has to go, rounded up.
        excess.saturating_mul(bytes).div_ceil(tokens.max(1))
    };
    let mut target = needed(first.tokens().saturating_sub(most), first.bytes(), first.tokens());
    let mut count = 0_usize;
    // The most items of which we know that it is too few.
    let mut too_few = 0_usize;
    loop {
        let mut gone = 0_usize;
        count = count.max(
            order
                .iter()
                .take_while(|(_, _, bytes)| {
                    let more = gone < target;
                    gone = gone.saturating_add(*bytes);
                    more
                })
                .count(),
        );
        let (shown, dropped) = without(budget, &lists, &order, count);
        let tried = attempt(&shown)?;
        if tried.tokens() <= most {
            return closest(most, (too_few, count), (tried, dropped), |count| {
                let (shown, dropped) = without(budget, &lists, &order, count);
                Ok((attempt(&shown)?, dropped))
            });
        }
        if count >= order.len() {
            return Err(Error::new(
                Code::PromptBudget,
                "P050: the prompt does not fit, even with the fewest items of its lists",
            )
            .with("diagnostic", "P050")
            .with("tokens", tried.tokens())
            .with("most", most));
        }
        too_few = count;
        let excess = tried.tokens().saturating_sub(most);
        let more = needed(excess, tried.bytes(), tried.tokens());
        target = target.saturating_add(more.saturating_mul(2));
        count = count.saturating_add(1);
    }
}

/// After a second guess the truth may lie in between.
fn closest<A: Attempt>(
    most: usize,
    (mut too_few, mut enough): (usize, usize),
    mut best: (A, Vec<Dropped>),
    mut attempt: impl FnMut(usize) -> Result<(A, Vec<Dropped>)>,
) -> Result<(A, Vec<Dropped>)> {
    while too_few > 0 && enough.saturating_sub(too_few) > 1 {
        let middle = too_few.midpoint(enough);
        let tried = attempt(middle)?;
        if tried.0.tokens() <= most {
            (best, enough) = (tried, middle);
        } else {
            too_few = middle;
        }
    }
    Ok(best)
}

fn lists(budget: &Budget, items: &[(String, usize, usize)]) -> BTreeMap<String, List> {
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    for (name, index, bytes) in items {
        // A list inside an item goes with its item.
        if name.contains('[') {
            continue;
        }
        let list = lists.entry(name.clone()).or_insert_with(|| List {
            budget: budget.lists.get(name).cloned().unwrap_or_default(),
            costs: Vec::new(),
        });
        if list.costs.len() <= *index {
            list.costs.resize(index.saturating_add(1), 0);
        }
        if let Some(cost) = list.costs.get_mut(*index) {
            *cost = cost.saturating_add(*bytes);
        }
    }
    lists
}

/// The items in the order in which they go: the list, the share of the list that is gone by then,
/// and the bytes.
fn drop_order(lists: &BTreeMap<String, List>) -> Vec<(&str, f64, usize)> {
    let mut all = Vec::new();
    for (name, list) in lists {
        let most = list.costs.len().saturating_sub(list.budget.min_items);
        let costs: Box<dyn Iterator<Item = &usize>> = match list.budget.order {
            Order::OldestFirst => Box::new(list.costs.iter()),
            Order::NewestFirst => Box::new(list.costs.iter().rev()),
        };
        for (at, bytes) in costs.take(most).enumerate() {
            let place = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
            let share = place(at.saturating_add(1)) / place(most);
            all.push((list.budget.priority, share, name.as_str(), *bytes));
        }
    }
    all.sort_by(|one, two| one.0.cmp(&two.0).then(one.1.total_cmp(&two.1)).then(one.2.cmp(two.2)));
    all.into_iter().map(|(_, share, name, bytes)| (name, share, bytes)).collect()
}

/// What is shown when so many items are gone.
fn without(
    budget: &Budget,
    lists: &BTreeMap<String, List>,
    order: &[(&str, f64, usize)],
    count: usize,
) -> (BTreeMap<String, Shown>, Vec<Dropped>) {
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _, _) in order.iter().take(count) {
        let one = gone.entry(name).or_default();
        *one = one.saturating_add(1);
    }
    let mut shown: BTreeMap<String, Shown> = BTreeMap::new();
    for (name, list) in &budget.lists {
        shown.insert(name.clone(), Shown { clip: list.clip, ..Shown::default() });
    }
    let mut dropped = Vec::new();
    for (name, omitted) in gone {
        let Some(list) = lists.get(name) else {
            continue;
        };
        let all = list.costs.len();
        let kept = all.saturating_sub(omitted);
        let range = match list.budget.order {
            Order::OldestFirst => (omitted, all),
            Order::NewestFirst => (0, kept),
        };
        let note = list.budget.note.replace("{n}", &omitted.to_string());
        shown.insert(name.to_owned(), Shown { range: Some(range), note, clip: list.budget.clip });
        dropped.push(Dropped { list: name.to_owned(), kept, omitted });
    }
    (shown, dropped)
}
