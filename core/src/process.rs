//! Which process this is: what was opened or drawn before a fork is not the child's.

/// The number of this process.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn id() -> u32 {
    std::process::id()
}

/// A browser forks nothing.
#[cfg(target_arch = "wasm32")]
pub(crate) fn id() -> u32 {
    0
}
