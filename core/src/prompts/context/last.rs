//! Lists that keep what they promise.

use serde::Serialize;

/// The last items of a list, at most `N`, the oldest first: what a prompt calls "Last 5" is no more.
///
/// ```
/// use goodwill::prompts::context::Last;
///
/// let last: Last<3, u32> = (1..=10).collect();
/// assert_eq!(last.items(), [8, 9, 10]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Last<const N: usize, T>(Vec<T>);

impl<const N: usize, T> Last<N, T> {
    /// The items.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.0
    }
}

impl<const N: usize, T> FromIterator<T> for Last<N, T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut last = std::collections::VecDeque::with_capacity(N);
        for item in items {
            if last.len() == N {
                last.pop_front();
            }
            last.extend((N > 0).then_some(item));
        }
        Self(last.into())
    }
}

/// A list of which only the length matters: so many empty objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted(pub usize);

impl Serialize for Counted {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(std::iter::repeat_n(Nothing {}, self.0))
    }
}

#[derive(Serialize, Clone)]
struct Nothing {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_items_are_all_kept() {
        let of = |items: &[u8]| items.iter().copied().collect::<Last<2, u8>>();
        assert_eq!(of(&[]).items(), [0; 0]);
        assert_eq!(of(&[7]).items(), [7]);
        assert_eq!(of(&[7, 8, 9]).items(), [8, 9]);
        assert_eq!([1, 2].into_iter().collect::<Last<0, u8>>().items(), [0; 0]);
        assert_eq!(serde_json::to_string(&of(&[1, 2, 3])).unwrap(), "[2,3]");
        assert_eq!(serde_json::to_string(&Counted(2)).unwrap(), "[{},{}]");
    }
}
