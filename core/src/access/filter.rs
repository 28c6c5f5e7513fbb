//! What is left of a decision when only some facts are known: the filter of a list or search.

use crate::access::fact::{Fact, Facts};
use crate::access::rule::Condition;

/// A condition on records, simplified: constants are folded, nothing stands twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Every record passes.
    Everything,
    /// No record passes.
    Nothing,
    /// Those pass for which the fact holds.
    Fact(Fact),
    /// Those pass that the filter stops.
    Not(Box<Filter>),
    /// Those pass that pass all.
    All(Vec<Filter>),
    /// Those pass that pass one.
    Any(Vec<Filter>),
}

impl Filter {
    /// What is left of a condition.
    pub(crate) fn of(condition: &Condition, known: Facts) -> Self {
        match condition {
            Condition::Always => Self::Everything,
            Condition::Fact(fact) => match known.get(*fact) {
                Some(true) => Self::Everything,
                Some(false) => Self::Nothing,
                None => Self::Fact(*fact),
            },
            Condition::Not(inner) => Self::not(Self::of(inner, known)),
            Condition::All(parts) => Self::all(parts.iter().map(|part| Self::of(part, known))),
            Condition::Any(parts) => Self::any(parts.iter().map(|part| Self::of(part, known))),
        }
    }

    /// The opposite.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a constructor beside `all` and `any`")]
    pub fn not(filter: Self) -> Self {
        match filter {
            Self::Everything => Self::Nothing,
            Self::Nothing => Self::Everything,
            Self::Not(inner) => *inner,
            filter => Self::Not(Box::new(filter)),
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Everything => {}
                Self::Nothing => return Self::Nothing,
                Self::All(inner) => inner.into_iter().for_each(|part| add(&mut kept, part)),
                part => add(&mut kept, part),
            }
        }
        match kept.len() {
            0 => Self::Everything,
            1 => kept.remove(0),
            _ => Self::All(kept),
        }
    }

    /// One of them.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Nothing => {}
                Self::Everything => return Self::Everything,
                Self::Any(inner) => inner.into_iter().for_each(|part| add(&mut kept, part)),
                part => add(&mut kept, part),
            }
        }
        match kept.len() {
            0 => Self::Nothing,
            1 => kept.remove(0),
            _ => Self::Any(kept),
        }
    }

    /// Whether a record with these facts passes. A fact that is not known does not hold.
    #[must_use]
    pub fn eval(&self, facts: Facts) -> bool {
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::Fact(fact) => facts.get(*fact) == Some(true),
            Self::Not(inner) => !inner.eval(facts),
            Self::All(parts) => parts.iter().all(|part| part.eval(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.eval(facts)),
        }
    }
}

fn add(kept: &mut Vec<Filter>, part: Filter) {
    if !kept.contains(&part) {
        kept.push(part);
    }
}
