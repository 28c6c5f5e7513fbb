//! Keys that never print.

use std::fmt;

/// A key of a provider. It cannot be printed, compared or serialised.
///
/// ```
/// use goodwill::llm::Secret;
///
/// let key = Secret::new("sk-123");
/// assert_eq!(format!("{key:?}"), "Secret");
/// assert_eq!(key.reveal(), "sk-123");
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A key. White space around it, such as the line break of a file, does not belong to it.
    #[must_use]
    pub fn new(key: impl AsRef<str>) -> Self {
        Self(key.as_ref().trim().to_owned())
    }

    /// The key, for a header of a request and for nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
