//! Structs as inputs of prompts, checked against their templates when they are compiled.
//!
//! `#[derive(PromptInput)]` (feature `derive`) gives a struct the names that its template uses: `total_revenue` is
//! `totalRevenue`, or what `#[prompt(name = "…")]` says. On the struct of the whole input
//! `#[prompt(file = "prompts/card.prompt")]` names the file, from the package's folder on; then every
//! placeholder of the template, in blocks too, must have a field, or the compiler says the file, the
//! line and the column.
//!
//! ```
//! use goodwill::prompts::input::{PromptFileInput, PromptInput};
//! use goodwill::prompts::files::{PromptSet, RenderOptions};
//!
//! #[derive(PromptInput)]
//! struct Customer {
//!     name: String,
//! }
//!
//! #[derive(PromptInput)]
//! struct Job {
//!     title: String,
//!     done: Option<bool>,
//! }
//!
//! #[derive(PromptInput)]
//! #[prompt(file = "tests/prompts/input/card.prompt")]
//! struct Card {
//!     customer: Customer,
//!     #[prompt(name = "jobs")]
//!     open_jobs: Vec<Job>,
//! }
//!
//! let card = Card {
//!     customer: Customer { name: "Ada".into() },
//!     open_jobs: vec![Job { title: "Boiler".into(), done: None }],
//! };
//! let set = PromptSet::read([Card::FILE])?;
//! let rendered = set.render("card", &card.to_input(), &RenderOptions::default())?;
//! assert_eq!(rendered.messages[0].words(), "Ada:\n- Boiler\n");
//! # Ok::<(), goodwill::Error>(())
//! ```
//!
//! A placeholder that no field has does not compile: here the customer has no name.
//!
//! ```compile_fail
//! use goodwill::prompts::input::PromptInput;
//!
//! #[derive(PromptInput)]
//! struct Customer {
//!     first_name: String,
//! }
//!
//! #[derive(PromptInput)]
//! struct Job {
//!     title: String,
//!     done: Option<bool>,
//! }
//!
//! #[derive(PromptInput)]
//! #[prompt(file = "tests/prompts/input/card.prompt")]
//! struct Card {
//!     customer: Customer,
//!     jobs: Vec<Job>,
//! }
//! ```
//!
//! And here there are no jobs: `tests/prompts/input/card.prompt:10:4: the input has no value jobs, did
//! you mean job?`
//!
//! ```compile_fail
//! use goodwill::prompts::input::PromptInput;
//!
//! #[derive(PromptInput)]
//! struct Customer {
//!     name: String,
//! }
//!
//! #[derive(PromptInput)]
//! #[prompt(file = "tests/prompts/input/card.prompt")]
//! struct Card {
//!     customer: Customer,
//!     job: String,
//! }
//! ```

use std::collections::BTreeMap;

use serde_json::{Map, Value};

#[cfg(feature = "derive")]
pub use goodwill_derive::PromptInput;

use crate::time::Timestamp;

/// The JSON that prompts are given.
pub type InputValue = Value;

/// What a value of a template has: what the compiler checks placeholders against.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text, a number, a truth, an instant.
    Plain,
    /// Anything: placeholders below it are not checked.
    Any,
    /// A list.
    List(&'static Self),
    /// Fields by name.
    Fields(&'static [(&'static str, &'static Self)]),
}

impl Shape {
    /// Whether there is such a value: names from the root, `[]` for the items of a list.
    ///
    /// ```
    /// use goodwill::prompts::input::{PromptInput, Shape};
    ///
    /// const JOB: Shape = Shape::Fields(&[("date", &Shape::Plain)]);
    /// const INPUT: Shape = Shape::Fields(&[("jobs", &Shape::List(&JOB))]);
    /// const _: () = assert!(INPUT.has(&["jobs", "[]", "date"]));
    /// assert!(INPUT.has(&["jobs", "length"]) && !INPUT.has(&["jobs", "date"]));
    /// assert!(String::SHAPE.has(&["length"]));
    /// ```
    #[must_use]
    pub const fn has(&self, path: &[&str]) -> bool {
        let Some((name, rest)) = path.split_first() else { return true };
        match self {
            Self::Any => true,
            Self::Plain => same(name, "length") && rest.is_empty(),
            Self::List(_) if same(name, "length") => rest.is_empty(),
            Self::List(items) => (same(name, "[]") || is_place(name)) && items.has(rest),
            Self::Fields(fields) => {
                let mut left: &[(&str, &Self)] = fields;
                while let Some(((known, shape), others)) = left.split_first() {
                    if same(known, name) {
                        return shape.has(rest);
                    }
                    left = others;
                }
                false
            }
        }
    }
}

const fn same(one: &str, two: &str) -> bool {
    let (mut one, mut two) = (one.as_bytes(), two.as_bytes());
    while let (Some((first, one_rest)), Some((second, two_rest))) =
        (one.split_first(), two.split_first())
    {
        if *first != *second {
            return false;
        }
        (one, two) = (one_rest, two_rest);
    }
    one.is_empty() && two.is_empty()
}

/// Whether a name is a place in a list.
const fn is_place(name: &str) -> bool {
    let mut left = name.as_bytes();
    while let Some((digit, rest)) = left.split_first() {
        if !digit.is_ascii_digit() {
            return false;
        }
        left = rest;
    }
    !name.is_empty()
}

/// A value that a template can use; derived for structs, see the [module](self).
pub trait PromptInput {
    /// What it has.
    const SHAPE: Shape;

    /// The value as prompts take it.
    fn to_input(&self) -> InputValue;
}

/// The input of a prompt whose file was checked.
pub trait PromptFileInput: PromptInput {
    /// The name of the file and its text, as [`PromptSet::read`](super::files::PromptSet::read)
    /// takes them.
    const FILE: (&'static str, &'static str);
}

/// The fields of an input while it is made. What is `None` is left out.
#[derive(Debug, Default)]
pub struct InputFields(Map<String, Value>);

impl InputFields {
    /// Adds a field.
    pub fn put(&mut self, name: &str, value: &impl PromptInput) {
        let value = value.to_input();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// The value.
    #[must_use]
    pub fn into_value(self) -> InputValue {
        Value::Object(self.0)
    }
}

macro_rules! plain {
    ($($of:ty)+) => {$(
        impl PromptInput for $of {
            const SHAPE: Shape = Shape::Plain;

            fn to_input(&self) -> InputValue {
                (*self).into()
            }
        }
    )+};
}

plain! { bool u8 u16 u32 u64 i8 i16 i32 i64 usize isize f32 f64 &str }

impl PromptInput for String {
    const SHAPE: Shape = Shape::Plain;

    fn to_input(&self) -> InputValue {
        self.as_str().into()
    }
}

impl PromptInput for Timestamp {
    const SHAPE: Shape = Shape::Plain;

    fn to_input(&self) -> InputValue {
        self.to_string().into()
    }
}

impl PromptInput for Value {
    const SHAPE: Shape = Shape::Any;

    fn to_input(&self) -> InputValue {
        self.clone()
    }
}

impl<T: PromptInput> PromptInput for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn to_input(&self) -> InputValue {
        self.as_ref().map_or(Value::Null, PromptInput::to_input)
    }
}

impl<T: PromptInput> PromptInput for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn to_input(&self) -> InputValue {
        self.iter().map(PromptInput::to_input).collect()
    }
}

impl<T: PromptInput> PromptInput for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn to_input(&self) -> InputValue {
        (**self).to_input()
    }
}

impl<T: PromptInput> PromptInput for BTreeMap<String, T> {
    /// Names that nobody knows when it is compiled.
    const SHAPE: Shape = Shape::Any;

    fn to_input(&self) -> InputValue {
        self.iter().map(|(name, value)| (name.clone(), value.to_input())).collect()
    }
}
