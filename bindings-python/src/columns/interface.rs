//! The Arrow C data interface and its streams: a stable ABI of three structures.
//!
//! <https://arrow.apache.org/docs/format/CDataInterface.html>

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::NonNull;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

pub(super) const SCHEMA: &CStr = c"arrow_schema";
pub(super) const ARRAY: &CStr = c"arrow_array";
pub(super) const STREAM: &CStr = c"arrow_array_stream";

/// What values are.
#[repr(C)]
#[derive(Debug)]
pub(super) struct ArrowSchema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    pub(super) metadata: *const c_char,
    pub(super) flags: i64,
    pub(super) n_children: i64,
    pub(super) children: *mut *mut ArrowSchema,
    pub(super) dictionary: *mut ArrowSchema,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub(super) private_data: *mut c_void,
}

/// Where values stand.
#[repr(C)]
#[derive(Debug)]
pub(super) struct ArrowArray {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) n_buffers: i64,
    pub(super) n_children: i64,
    pub(super) buffers: *mut *const c_void,
    pub(super) children: *mut *mut ArrowArray,
    pub(super) dictionary: *mut ArrowArray,
    pub(super) release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub(super) private_data: *mut c_void,
}

/// Arrays, one after the other.
#[repr(C)]
#[derive(Debug)]
pub(super) struct ArrowArrayStream {
    pub(super) get_schema: Option<unsafe extern "C" fn(*mut Self, *mut ArrowSchema) -> c_int>,
    pub(super) get_next: Option<unsafe extern "C" fn(*mut Self, *mut ArrowArray) -> c_int>,
    pub(super) get_last_error: Option<unsafe extern "C" fn(*mut Self) -> *const c_char>,
    pub(super) release: Option<unsafe extern "C" fn(*mut Self)>,
    pub(super) private_data: *mut c_void,
}

macro_rules! structures {
    ($($structure:ident { $($field:ident: $nothing:expr),+ })+) => {$(
        // SAFETY: whoever holds a structure may move it to another thread, and release it there.
        unsafe impl Send for $structure {}
        // SAFETY: a shared structure is only read.
        unsafe impl Sync for $structure {}

        impl $structure {
            /// A released structure, to be filled.
            pub(super) fn empty() -> Self {
                Self { $($field: $nothing,)+ release: None, private_data: std::ptr::null_mut() }
            }

            /// Takes the structure out of a capsule, which is left released.
            pub(super) fn take(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<Self> {
                let capsule = capsule.cast::<PyCapsule>()?;
                let place: NonNull<Self> = capsule.pointer_checked(Some(name))?.cast();
                // SAFETY: a capsule of this name points to such a structure, by the interface for
                // Python, and nobody else reads it while the interpreter's lock is held.
                Ok(unsafe { std::ptr::replace(place.as_ptr(), Self::empty()) })
            }
        }

        impl Drop for $structure {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: it was not released, and this is its only owner.
                    unsafe { release(self) };
                }
            }
        }
    )+};
}

structures! {
    ArrowSchema {
        format: std::ptr::null(), name: std::ptr::null(), metadata: std::ptr::null(), flags: 0, n_children: 0,
        children: std::ptr::null_mut(), dictionary: std::ptr::null_mut()
    }
    ArrowArray {
        length: 0, null_count: 0, offset: 0, n_buffers: 0, n_children: 0, buffers: std::ptr::null_mut(),
        children: std::ptr::null_mut(), dictionary: std::ptr::null_mut()
    }
    ArrowArrayStream { get_schema: None, get_next: None, get_last_error: None }
}

/// A text of a structure; nothing where the pointer is null or the bytes are not UTF-8.
///
/// # Safety
/// The pointer is null or points to a C string that lives as long as the structure.
pub(super) unsafe fn text<T>(_of: &T, pointer: *const c_char) -> Option<&str> {
    // SAFETY: as the caller says.
    (!pointer.is_null()).then(|| unsafe { CStr::from_ptr(pointer) })?.to_str().ok()
}

impl ArrowSchema {
    pub(super) fn format(&self) -> &str {
        // SAFETY: a schema that is not released has a format.
        unsafe { text(self, self.format) }.unwrap_or_default()
    }

    pub(super) fn name(&self) -> &str {
        // SAFETY: as above; a name may be null.
        unsafe { text(self, self.name) }.unwrap_or_default()
    }

    pub(super) fn children(&self) -> Vec<&Self> {
        // SAFETY: a schema has so many children, all of which live as long as it does.
        unsafe { pointed(self.children, self.n_children) }
    }

    pub(super) fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or a schema that lives as long as this one.
        unsafe { self.dictionary.as_ref() }
    }
}

impl ArrowArray {
    pub(super) fn children(&self) -> Vec<&Self> {
        // SAFETY: an array has so many children, all of which live as long as it does.
        unsafe { pointed(self.children, self.n_children) }
    }

    pub(super) fn dictionary(&self) -> Option<&Self> {
        // SAFETY: null, or an array that lives as long as this one.
        unsafe { self.dictionary.as_ref() }
    }

    /// A buffer; null where there is none.
    pub(super) fn buffer(&self, place: usize) -> *const c_void {
        if self.buffers.is_null() || i64::try_from(place).is_ok_and(|place| place >= self.n_buffers)
        {
            return std::ptr::null();
        }
        // SAFETY: there are so many buffers.
        unsafe { *self.buffers.add(place) }
    }
}

/// # Safety
/// The pointer is null or points to so many pointers, each null or valid for the lifetime.
unsafe fn pointed<'a, T>(first: *mut *mut T, count: i64) -> Vec<&'a T> {
    let count = if first.is_null() { 0 } else { usize::try_from(count).unwrap_or(0) };
    // SAFETY: as the caller says.
    (0..count).filter_map(|place| unsafe { (*first.add(place)).as_ref() }).collect()
}
