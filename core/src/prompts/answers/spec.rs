//! What an answer has: the one declaration that everything else is made from.

use serde::{Deserialize, Serialize};

/// A number of things, with a least and perhaps a most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bounds {
    /// At least so many.
    #[serde(default)]
    pub min: usize,
    /// At most so many, if there is a most.
    #[serde(default)]
    pub max: Option<usize>,
}

impl Bounds {
    /// From `min` to `max`, both included.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self { min, max: Some(max) }
    }

    /// At least `min`.
    #[must_use]
    pub const fn at_least(min: usize) -> Self {
        Self { min, max: None }
    }

    /// Whether so many are allowed.
    #[must_use]
    pub fn allow(self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max)
    }

    /// As words: `2 to 3`, `1 or more`, `at most 4`.
    #[must_use]
    pub fn words(self) -> String {
        match self.max {
            Some(max) if max == self.min => max.to_string(),
            Some(max) if self.min == 0 => format!("at most {max}"),
            Some(max) => format!("{} to {max}", self.min),
            None if self.min == 0 => "any number of".to_owned(),
            None => format!("{} or more", self.min),
        }
    }
}

/// One word of a [`FieldKind::Choice`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choice {
    /// The word as it stands in the value.
    pub value: String,
    /// Other words that mean it.
    #[serde(default)]
    pub synonyms: Vec<String>,
}

/// Words that mean a number, such as `neutral` for 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumberWord {
    /// The words.
    pub words: String,
    /// What they mean.
    pub number: i64,
}

/// What stands between the entries of a list that is written on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Separator {
    /// A semicolon, for entries that are sentences.
    #[default]
    Semicolon,
    /// A comma or a semicolon, for entries of a few words.
    Comma,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type")]
#[non_exhaustive]
pub enum FieldKind {
    /// Text.
    Text {
        /// The most words.
        #[serde(default)]
        max_words: Option<usize>,
        /// How many sentences.
        #[serde(default)]
        sentences: Option<Bounds>,
        /// Whether it is a message to the customer: it stands in quotes, and greets by name.
        #[serde(default)]
        draft: bool,
    },
    /// One of these words.
    Choice {
        /// The words.
        choices: Vec<Choice>,
    },
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// Words that mean one of the numbers.
        #[serde(default)]
        words: Vec<NumberWord>,
    },
    /// A number.
    Decimal {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// A day, as `2026-03-01`.
    Date,
    /// Yes or no.
    YesNo,
    /// Texts.
    List {
        /// How many.
        items: Bounds,
        /// What stands between them on one line.
        #[serde(default)]
        separator: Separator,
    },
    /// Fields of their own.
    Record {
        /// The fields.
        fields: Vec<FieldSpec>,
    },
    /// A list of records.
    Records {
        /// The fields of each.
        fields: Vec<FieldSpec>,
        /// How many.
        items: Bounds,
        /// Whether they are numbered; if not, they have bullets.
        #[serde(default)]
        numbered: bool,
    },
    /// Something that was offered: `{ "id", "name" }`.
    Reference {
        /// The name under which [`Given::options`](super::Given::options) has what is offered.
        to: String,
    },
}

/// How a field of a record begins in the labelled form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Lead {
    /// On a line of its own, behind its label.
    #[default]
    Line,
    /// First on the line, without a label.
    Bare,
    /// Behind a dash, without a label.
    Dash,
    /// In parentheses, without a label.
    Parentheses,
    /// Behind a bar and its label.
    Bar,
}

/// A field of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldSpec {
    /// The name of the value, in camelCase.
    pub name: String,
    /// The label in the labelled form.
    pub label: String,
    /// What the model is to write, as its placeholder says it.
    pub hint: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether an answer without it is incomplete.
    #[serde(default = "yes")]
    pub required: bool,
    /// Whether the value stands on the line of the label.
    #[serde(default)]
    pub inline: bool,
    /// Other labels that mean it.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// How it begins, as a field of a record.
    #[serde(default)]
    pub lead: Lead,
}

fn yes() -> bool {
    true
}

impl FieldSpec {
    /// A required field of this kind; lists, records and texts stand below their label.
    #[must_use]
    pub fn new(name: &str, label: &str, hint: &str, kind: FieldKind) -> Self {
        let below = matches!(
            kind,
            FieldKind::Text { .. }
                | FieldKind::List { .. }
                | FieldKind::Record { .. }
                | FieldKind::Records { .. }
        );
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: hint.to_owned(),
            kind,
            required: true,
            inline: !below,
            synonyms: Vec::new(),
            lead: Lead::Line,
        }
    }

    /// A text.
    #[must_use]
    pub fn text(name: &str, label: &str, hint: &str) -> Self {
        let kind = FieldKind::Text { max_words: None, sentences: None, draft: false };
        Self::new(name, label, hint, kind)
    }

    /// A message to the customer, in quotes.
    #[must_use]
    pub fn draft(name: &str, label: &str, hint: &str, min: usize, max: usize) -> Self {
        let sentences = Some(Bounds::new(min, max));
        Self::new(name, label, hint, FieldKind::Text { max_words: None, sentences, draft: true })
    }

    /// One of these words, each with the other words that mean it.
    #[must_use]
    pub fn choice(name: &str, label: &str, choices: &[(&str, &[&str])]) -> Self {
        let choice = |(value, synonyms): &(&str, &[&str])| Choice {
            value: (*value).to_owned(),
            synonyms: synonyms.iter().map(|word| (*word).to_owned()).collect(),
        };
        let choices = choices.iter().map(choice).collect();
        Self::new(name, label, "", FieldKind::Choice { choices })
    }

    /// A list of texts.
    #[must_use]
    pub fn list(name: &str, label: &str, hint: &str, items: Bounds) -> Self {
        let separator = Separator::Semicolon;
        Self::new(name, label, hint, FieldKind::List { items, separator })
    }

    /// The same field with so many sentences, if it is a text.
    #[must_use]
    pub fn sentences(mut self, min: usize, max: usize) -> Self {
        if let FieldKind::Text { sentences, .. } = &mut self.kind {
            *sentences = Some(Bounds::new(min, max));
        }
        self
    }

    /// The same field with at most so many words, if it is a text.
    #[must_use]
    pub fn words(mut self, max: usize) -> Self {
        if let FieldKind::Text { max_words, .. } = &mut self.kind {
            *max_words = Some(max);
        }
        self
    }

    /// The same field, separated by commas on one line, if it is a list.
    #[must_use]
    pub fn commas(mut self) -> Self {
        if let FieldKind::List { separator, .. } = &mut self.kind {
            *separator = Separator::Comma;
        }
        self
    }

    /// The same field, not required.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same field with its value on the line of the label.
    #[must_use]
    pub fn on_the_line(mut self) -> Self {
        self.inline = true;
        self
    }

    /// The same field with other labels that mean it.
    #[must_use]
    pub fn or(mut self, synonyms: &[&str]) -> Self {
        self.synonyms.extend(synonyms.iter().map(|label| (*label).to_owned()));
        self
    }

    /// The same field with this beginning. Everything but a line of its own is on one line.
    #[must_use]
    pub fn lead(mut self, lead: Lead) -> Self {
        self.lead = lead;
        self.inline = true;
        self
    }

    /// The fields of a record or of each record of a list.
    #[must_use]
    pub fn fields(&self) -> &[Self] {
        match &self.kind {
            FieldKind::Record { fields } | FieldKind::Records { fields, .. } => fields,
            _ => &[],
        }
    }
}

/// How a derived number is computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "rule")]
#[non_exhaustive]
pub enum DerivedRule {
    /// The mean of a number of every record, to two decimals.
    Mean {
        /// The field that holds the records.
        list: String,
        /// The number in each.
        field: String,
    },
    /// What a number means in words: of the scale, the word whose number is nearest; halves are
    /// rounded away from zero.
    Words {
        /// The number, as `record.field`.
        number: String,
        /// The scale.
        scale: Vec<NumberWord>,
    },
}

/// A value that is computed and not believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Derived {
    /// The record that the value stands in.
    pub record: String,
    /// Its field.
    pub field: String,
    /// How it is computed.
    pub rule: DerivedRule,
}

/// What an answer has. From it come the [instruction](Self::instruction), the
/// [JSON Schema](Self::json_schema), the [grammars](Self::grammar), the [parser](Self::parse) with
/// its checks, and the [repair](Self::repair).
///
/// ```
/// use goodwill::prompts::answers::{Bounds, FieldSpec, Given, OutputSpec};
///
/// let spec = OutputSpec::new("recap")
///     .field(FieldSpec::text("gist", "GIST", "what happened").sentences(1, 2))
///     .field(FieldSpec::choice("mood", "MOOD", &[("Good", &["happy"]), ("Bad", &[])]))
///     .field(FieldSpec::list("next", "NEXT STEPS", "a step", Bounds::new(0, 3)));
/// let parsed = spec
///     .parse("**Gist:** All fixed.\nMood: happy!\nNext step：\n• Invoice", &Given::default())
///     .unwrap();
/// assert_eq!(
///     parsed.value,
///     serde_json::json!({"gist": "All fixed.", "mood": "Good", "next": ["Invoice"]}),
/// );
/// assert!(spec.instruction().contains("MOOD: [one of: Good, Bad]"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutputSpec {
    /// The id of the prompt.
    pub id: String,
    /// The fields, in their order.
    pub fields: Vec<FieldSpec>,
    /// The most words of the whole answer, if the prompt limits them.
    #[serde(default)]
    pub max_words: Option<usize>,
    /// The values that are computed.
    #[serde(default)]
    pub derived: Vec<Derived>,
}

impl OutputSpec {
    /// A declaration without fields.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), fields: Vec::new(), max_words: None, derived: Vec::new() }
    }

    /// The only field, if it is a list of records or a record: its label may be left out.
    pub(super) fn alone(&self) -> Option<&FieldSpec> {
        match self.fields.as_slice() {
            [field] if !field.fields().is_empty() => Some(field),
            _ => None,
        }
    }

    /// The same with one field more.
    #[must_use]
    pub fn field(mut self, field: FieldSpec) -> Self {
        self.fields.push(field);
        self
    }

    /// The same with at most so many words in all.
    #[must_use]
    pub fn words(mut self, max: usize) -> Self {
        self.max_words = Some(max);
        self
    }

    /// The same with one computed value more.
    #[must_use]
    pub fn derive(mut self, record: &str, field: &str, rule: DerivedRule) -> Self {
        let (record, field) = (record.to_owned(), field.to_owned());
        self.derived.push(Derived { record, field, rule });
        self
    }
}
