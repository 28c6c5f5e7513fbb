//! An answer that is still being written.

use serde_json::{Map, Value};

use super::given::{AnswerForm, Given};
use super::mask::mask;
use super::outcome::Parsed;
use super::part::Part;
use super::sections::sections;
use super::spec::OutputSpec;

impl OutputSpec {
    /// What is complete of an answer of which more may come: the fields that another one follows,
    /// and of the list that is being written the entries that another one follows. What is computed
    /// is left out, since it may change.
    ///
    /// ```
    /// use goodwill::prompts::answers::Given;
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let spec = Prompt::CallSummary.output_spec();
    /// let so_far = "SUMMARY:\nThe boiler leaks. Tom comes.\n\nOUTCOME: Resol";
    /// let read = spec.read_so_far(so_far, &Given::default());
    /// assert_eq!(read, serde_json::json!({"summary": "The boiler leaks. Tom comes."}));
    /// ```
    #[must_use]
    pub fn read_so_far(&self, text: &str, given: &Given) -> Value {
        let parsed = match self.parse(text, given) {
            Ok(parsed) => parsed,
            Err(incomplete) => incomplete.partial,
        };
        let open = self.open_field(text, &parsed);
        let Value::Object(mut map) = parsed.value else { return Value::Object(Map::new()) };
        for derived in &self.derived {
            if let Some(Value::Object(record)) = map.get_mut(&derived.record) {
                record.remove(&derived.field);
            }
        }
        map.retain(|_, value| value.as_object().is_none_or(|record| !record.is_empty()));
        if let Some(open) = open {
            match map.get_mut(&open) {
                Some(Value::Array(items)) if items.len() > 1 => {
                    items.pop();
                }
                _ => {
                    map.remove(&open);
                }
            }
        }
        Value::Object(map)
    }

    /// The field that is being written.
    fn open_field(&self, text: &str, parsed: &Parsed) -> Option<String> {
        if parsed.form == AnswerForm::Labelled {
            let masked = mask(text);
            let last = sections(self, Part::whole(&masked.text)).pop();
            if let Some(section) = last {
                return section.field.map(|field| field.name.clone());
            }
        }
        let top = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let last = parsed.spans.iter().max_by_key(|(_, span)| span.end);
        last.map(|(path, _)| top(path))
    }
}
