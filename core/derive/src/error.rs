//! What the reader of templates refuses with where it is asked for a template alone. The derive asks
//! it for everything that is wrong instead.

pub(crate) type Result<T> = std::result::Result<T, Error>;

pub(crate) enum Code {
    PromptSyntax,
}

pub(crate) struct Error;

impl Error {
    pub(crate) fn new(_: Code, _: impl Into<String>) -> Self {
        Self
    }

    pub(crate) fn with(self, _: &str, _: impl serde::Serialize) -> Self {
        self
    }
}
