//! Numbers of somebody: of our own, of an Arrow array, of a buffer of Python's.

use std::any::Any;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;

/// What keeps memory alive.
pub(crate) type Owner = Arc<dyn Any + Send + Sync>;

/// Values that stand one after the other in memory that an owner keeps alive. A clone is the same memory.
#[derive(Debug, Clone)]
pub(crate) struct Slice<T> {
    first: NonNull<T>,
    length: usize,
    _owner: Owner,
}

// SAFETY: a slice only reads; its owner may be dropped by any thread.
unsafe impl<T: Sync> Send for Slice<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Slice<T> {}

impl<T: Send + Sync + 'static> Slice<T> {
    /// Values of another owner; none when the pointer is null or not aligned for them.
    ///
    /// # Safety
    /// The pointer is null, or so many values can be read from it as long as the owner lives.
    pub(crate) unsafe fn borrowed(first: *const T, length: usize, owner: &Owner) -> Option<Self> {
        if length == 0 {
            return Some(Self::from(Vec::new()));
        }
        let first = NonNull::new(first.cast_mut())?;
        first.is_aligned().then(|| Self { first, length, _owner: owner.clone() })
    }
}

impl<T: Send + Sync + 'static> From<Vec<T>> for Slice<T> {
    fn from(mut values: Vec<T>) -> Self {
        let (first, length) = (NonNull::from(values.as_mut_slice()).cast(), values.len());
        Self { first, length, _owner: Arc::new(values) }
    }
}

impl<T: Send + Sync + 'static> FromIterator<T> for Slice<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(values.into_iter().collect::<Vec<T>>())
    }
}

impl<T> Deref for Slice<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: `borrowed` and `from` are given that many values, which the owner keeps.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.length) }
    }
}
