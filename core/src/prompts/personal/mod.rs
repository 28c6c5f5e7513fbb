//! Personal data on its way to a model: left as it is, masked, or replaced by names that can be
//! put back.
//!
//! Found are e-mail addresses, telephone numbers, payment cards (Luhn), IBANs (ISO 13616, mod 97),
//! national numbers with a check digit, and what the host knows about the customer: names and
//! addresses of the record, which is far more reliable than guessing them.
//!
//! It works on texts of the input, before anything is rendered, hashed or stored. Numbers of JSON
//! and the names of fields are left as they are.

mod find;
mod numbers;
mod pseudonyms;

use serde::{Deserialize, Serialize};

pub(crate) use pseudonyms::is_pseudonym;
pub use pseudonyms::{Pseudonyms, Restored};

/// What is done about personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// It stays.
    #[default]
    Off,
    /// It is replaced by its kind: `[EMAIL]`. Nothing brings it back.
    Mask,
    /// It is replaced by a name that stands for it, `[PERSON_1]`, and put back into the answer.
    Pseudonym,
}

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PersonalKind {
    /// The name of a person.
    Person,
    /// A postal address.
    Address,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a payment card.
    Card,
    /// An international bank account number.
    Iban,
    /// A number that a state gave to a person.
    NationalId,
    /// Anything else that the host names; also words of the input that look like a pseudonym.
    Other,
}

impl PersonalKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Address,
        Self::Email,
        Self::Phone,
        Self::Card,
        Self::Iban,
        Self::NationalId,
        Self::Other,
    ];

    /// The word that stands in pseudonyms.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Address => "ADDRESS",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::Card => "CARD",
            Self::Iban => "IBAN",
            Self::NationalId => "ID",
            Self::Other => "TEXT",
        }
    }
}

/// Something that the host knows to be personal: a name or an address of the customer record.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    kind: PersonalKind,
    text: String,
}

impl Known {
    /// A value of a record. Of the name of a person each word of three letters or more is known
    /// too.
    #[must_use]
    pub fn new(kind: PersonalKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Known({:?}, {} bytes)", self.kind, self.text.len())
    }
}

/// A place of personal data in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Personal {
    /// The kind.
    pub kind: PersonalKind,
    /// The bytes.
    pub span: crate::prompts::template::Span,
    /// Which of the known values it is.
    pub(crate) known: Option<usize>,
}

/// The personal data in a text, by place; no two overlap.
///
/// ```
/// use goodwill::prompts::personal::{PersonalKind, detect};
///
/// let text = "Write to ada@example.org or call +44 20 7946 0958, job 2026-03-01.";
/// let found = detect(text, &[]);
/// let kinds: Vec<_> = found.iter().map(|one| one.kind).collect();
/// assert_eq!(kinds, [PersonalKind::Email, PersonalKind::Phone]);
/// assert_eq!(found[1].span.of(text), "+44 20 7946 0958");
/// ```
#[must_use]
pub fn detect(text: &str, known: &[Known]) -> Vec<Personal> {
    find::find(text, &find::Names::new(known))
}
