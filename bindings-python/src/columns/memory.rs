//! Memory of an Arrow array or of a buffer of Python's, as a column holds it.

use std::any::Any;
use std::ptr::NonNull;
use std::sync::Arc;

use goodwill::ops::columns::{Memory, Slice};

/// What keeps memory alive.
pub(super) type Owner = Arc<dyn Any + Send + Sync>;

/// Values that stand one after the other in memory that an owner keeps alive.
struct Borrowed<T> {
    first: NonNull<T>,
    length: usize,
    _owner: Owner,
}

// SAFETY: it only reads; its owner may be dropped by any thread.
unsafe impl<T: Sync> Send for Borrowed<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Borrowed<T> {}

impl<T: Send + Sync> Memory<T> for Borrowed<T> {
    fn values(&self) -> &[T] {
        // SAFETY: `borrowed` is given that many values, which the owner keeps.
        unsafe { std::slice::from_raw_parts(self.first.as_ptr(), self.length) }
    }
}

/// Values of another owner; none when the pointer is null or not aligned for them.
///
/// # Safety
/// The pointer is null, or so many values can be read from it as long as the owner lives.
pub(super) unsafe fn borrowed<T: Send + Sync + 'static>(
    first: *const T,
    length: usize,
    owner: &Owner,
) -> Option<Slice<T>> {
    if length == 0 {
        return Some(Slice::default());
    }
    let first = NonNull::new(first.cast_mut())?;
    let memory = Borrowed { first, length, _owner: owner.clone() };
    first.is_aligned().then(|| Slice::of_host(memory))
}
