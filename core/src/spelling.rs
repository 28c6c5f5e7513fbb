//! Enumerations that read every spelling and write a chosen one.
//!
//! Inside and by default on the wire a value is lower snake_case. Reading ignores case, spaces,
//! dashes and underscores and knows each value's aliases, so `STATUS_UPDATE`, `Status update` and
//! `status-update` are one value. Writing in another style is a call of `spell`.

use std::borrow::Cow;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Spelling {
    /// `no_response`
    #[default]
    Canonical,
    /// `NO_RESPONSE`
    Screaming,
    /// `No Response`
    Title,
}

impl Spelling {
    /// Writes a canonical word in this style.
    #[must_use]
    pub fn apply(self, canonical: &'static str) -> Cow<'static, str> {
        match self {
            Self::Canonical => Cow::Borrowed(canonical),
            Self::Screaming => Cow::Owned(canonical.to_ascii_uppercase()),
            Self::Title => Cow::Owned(title(canonical)),
        }
    }
}

fn title(canonical: &str) -> String {
    let mut out = String::with_capacity(canonical.len());
    for word in canonical.split('_') {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// Whether two words are the same but for case, spaces, dashes and underscores.
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    let letters = |word: &str| {
        word.chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_'))
            .map(|c| c.to_ascii_lowercase())
            .collect::<String>()
    };
    letters(a) == letters(b)
}

/// Declares a closed enumeration: `Variant = "canonical" | "alias", title "Title";`.
macro_rules! spelled {
    (
        $(#[$meta:meta])*
        pub enum $name:ident as $field:literal {
            $($(#[doc = $doc:literal])+ $(#[$variant_meta:meta])* $variant:ident = $canonical:literal $(| $alias:literal)* $(, title $title:literal)?;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $doc])+ $(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The canonical spelling, lower snake_case.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $canonical,)+ }
            }

            /// The number that stores keep: the place in [`Self::ALL`]. New values come last.
            #[must_use]
            pub fn number(self) -> u8 {
                self as u8
            }

            /// The value with this number.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.get(usize::from(number)).copied()
            }

            /// The value in a chosen spelling.
            #[must_use]
            pub fn spell(self, style: $crate::Spelling) -> std::borrow::Cow<'static, str> {
                match (self, style) {
                    $($((Self::$variant, $crate::Spelling::Title) => std::borrow::Cow::Borrowed($title),)?)+
                    _ => style.apply(self.as_str()),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(text: &str) -> $crate::Result<Self> {
                $(
                    if [$canonical $(, $alias)*].iter().any(|known| $crate::spelling::same_word(known, text)) {
                        return Ok(Self::$variant);
                    }
                )+
                let accepted: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                Err($crate::Error::new(
                    $crate::Code::InputUnknownValue,
                    format!("{}: expected one of {}", $field, accepted.join(", ")),
                )
                .with("field", $field)
                .with("accepted", accepted))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::ops::schema::enumeration(&[$((Self::$variant.as_str(), concat!($($doc),+)),)+])
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::error::read_text(deserializer, concat!("a ", $field))
            }
        }
    };
}
pub(crate) use spelled;
