//! The declaration as a JSON Schema.

use serde_json::{Map, Value, json};

use super::given::Given;
use super::spec::{Bounds, FieldKind, FieldSpec, OutputSpec};

impl OutputSpec {
    /// The JSON Schema (draft 2020-12) of the value. Every field is in `required` and nothing else
    /// is allowed, as strict modes of providers ask for; what is optional may be null. What is
    /// given narrows it: references become an enumeration of what was offered, lists get the
    /// number of their entries.
    ///
    /// ```
    /// use goodwill::prompts::answers::Given;
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let schema = Prompt::MaintenanceAlert.output_spec().json_schema(&Given::default());
    /// let levels = serde_json::json!(["Low", "Medium", "High"]);
    /// assert_eq!(schema["properties"]["risk"]["enum"], levels);
    /// assert_eq!(schema["additionalProperties"], false);
    /// ```
    #[must_use]
    pub fn json_schema(&self, given: &Given) -> Value {
        let mut schema = object(&self.fields, given);
        if let Value::Object(map) = &mut schema {
            map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
            map.insert("title".into(), json!(self.id));
        }
        schema
    }
}

fn object(fields: &[FieldSpec], given: &Given) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let mut schema = schema(field, given);
            if let Value::Object(map) = &mut schema {
                if !field.hint.is_empty() {
                    map.insert("description".into(), json!(field.hint));
                }
                if !field.required {
                    nullable(map);
                }
            }
            (field.name.clone(), schema)
        })
        .collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

fn nullable(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get("type").cloned() {
        schema.insert("type".into(), json!([kind, "null"]));
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
}

fn schema(field: &FieldSpec, given: &Given) -> Value {
    match &field.kind {
        FieldKind::Text { .. } => json!({ "type": "string", "minLength": 1 }),
        FieldKind::Choice { choices } => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            json!({ "type": "string", "enum": values })
        }
        FieldKind::Integer { min, max, .. } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        FieldKind::Decimal { min, max } => {
            json!({ "type": "number", "minimum": min, "maximum": max })
        }
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::List { items, .. } => {
            let entry = json!({ "type": "string", "minLength": 1 });
            array(entry, given.bounds(&field.name, *items))
        }
        FieldKind::Record { fields } => object(fields, given),
        FieldKind::Records { fields, items, .. } => {
            array(object(fields, given), given.bounds(&field.name, *items))
        }
        FieldKind::Reference { to } => reference(given, to),
    }
}

fn array(entry: Value, Bounds { min, max }: Bounds) -> Value {
    let mut schema = json!({ "type": "array", "items": entry, "minItems": min });
    if let (Some(max), Value::Object(map)) = (max, &mut schema) {
        map.insert("maxItems".into(), json!(max));
    }
    schema
}

fn reference(given: &Given, to: &str) -> Value {
    let (mut id, mut name) = (json!({ "type": ["string", "null"] }), json!({ "type": "string" }));
    if let Some(offered) = given.options.get(to).filter(|offered| !offered.is_empty()) {
        let ids: Vec<&str> = offered.iter().map(|one| one.id.as_str()).collect();
        let names: Vec<&str> = offered.iter().map(|one| one.name.as_str()).collect();
        id = json!({ "type": "string", "enum": ids });
        name = json!({ "type": "string", "enum": names });
    }
    json!({
        "type": "object",
        "properties": { "id": id, "name": name },
        "required": ["id", "name"],
        "additionalProperties": false,
    })
}
