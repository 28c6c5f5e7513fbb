//! Values in memory of somebody's: a vector, or whatever a host has them in.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// What keeps values of a host's: a buffer, an Arrow array, a memory-mapped file.
///
/// It gives the same values whenever it is asked.
pub trait Memory<T>: Send + Sync {
    /// The values.
    fn values(&self) -> &[T];
}

#[derive(Clone)]
enum Owner<T> {
    Vector(Arc<Vec<T>>),
    Host(Arc<dyn Memory<T>>),
}

/// Values that stand one after the other. A clone is the same memory.
///
/// ```
/// use goodwill::ops::columns::{Memory, Slice};
///
/// struct Mapped(Box<[f64]>);
///
/// impl Memory<f64> for Mapped {
///     fn values(&self) -> &[f64] {
///         &self.0
///     }
/// }
///
/// let (ours, theirs) = (Slice::from(vec![1.5, 2.0]), Slice::of_host(Mapped([1.5, 2.0].into())));
/// assert_eq!(ours, theirs);
/// assert_eq!(ours.as_ptr(), ours.clone().as_ptr());
/// ```
#[derive(Clone)]
pub struct Slice<T>(Owner<T>);

impl<T> Slice<T> {
    /// Values of a host's, which are not copied.
    pub fn of_host(memory: impl Memory<T> + 'static) -> Self {
        Self(Owner::Host(Arc::new(memory)))
    }
}

impl<T: Clone> Slice<T> {
    /// The values as a vector: the same memory, if it is one that nobody else has.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self.0 {
            Owner::Vector(values) => Arc::unwrap_or_clone(values),
            Owner::Host(memory) => memory.values().to_vec(),
        }
    }
}

impl<T> Deref for Slice<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Owner::Vector(values) => values,
            Owner::Host(memory) => memory.values(),
        }
    }
}

impl<T> From<Vec<T>> for Slice<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Owner::Vector(Arc::new(values)))
    }
}

impl<T> FromIterator<T> for Slice<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(values.into_iter().collect::<Vec<T>>())
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T: fmt::Debug> fmt::Debug for Slice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: PartialEq> PartialEq for Slice<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_comes_back_without_a_copy_if_nobody_else_has_it() {
        let values = vec![3_u32, 4];
        let place = values.as_ptr();
        let slice = Slice::from(values);
        let copied = slice.clone().into_vec();
        assert_ne!(copied.as_ptr(), place);
        let moved = slice.into_vec();
        assert_eq!(moved.as_ptr(), place);
    }
}
