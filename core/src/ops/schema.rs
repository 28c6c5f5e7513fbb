//! The catalogue: every operation, type, error and event, described for generators of clients.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Code, ErrorKind};

/// Who can call an operation, and as what: the client that it is a method of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    /// A session of either side; messages and threads are those of the side.
    Both,
    /// A session of the business.
    Desk,
    /// The job timeline.
    Jobs,
    /// The order thread.
    Orders,
    /// The engine itself, without a principal.
    Engine,
    /// Templates, prompts and answers: functions that need no engine.
    Prompts,
    /// Analytics of single customers and of small data: functions that need no engine.
    Analytics,
}

/// An operation, described.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// Its name on the wire.
    pub name: &'static str,
    /// The method of the client, in lower snake_case.
    pub method: &'static str,
    /// The client that has it.
    pub client: Client,
    /// What it does.
    pub doc: String,
    /// Its parameters in order.
    pub parameters: Vec<Parameter>,
    /// What it returns; on the desk, where the sides differ.
    pub output: Value,
    /// What it returns on the portal, where the sides differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_output: Option<Value>,
    /// The codes of its own, beside `input.*`, `access.*`, `idempotency.*` and `store.*`.
    pub errors: Vec<&'static str>,
    /// Whether the module for browsers has it too.
    pub in_browsers: bool,
}

/// A parameter of an operation.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    pub schema: Value,
    /// Whether it must be given.
    pub required: bool,
}

/// Everything.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// The operations in the order of the table.
    pub operations: Vec<Operation>,
    /// The types that are sent, by name.
    pub inputs: Map<String, Value>,
    /// The types that are received, by name.
    pub outputs: Map<String, Value>,
    /// The codes: kind, meaning, whether a repetition may succeed.
    pub errors: Vec<ErrorEntry>,
    /// The kinds of errors.
    pub kinds: Vec<&'static str>,
}

/// A code, described.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorEntry {
    /// The code.
    pub code: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether the same call may succeed later.
    pub retryable: bool,
}

/// What an entry of the table says in words.
#[derive(Debug)]
pub(super) struct Declared<'a> {
    pub(super) name: &'static str,
    pub(super) method: &'static str,
    pub(super) client: Client,
    pub(super) in_browsers: bool,
    pub(super) parameters: &'a [&'a str],
    pub(super) doc: &'a [&'a str],
    pub(super) errors: &'a [Code],
}

/// Collects the types on the way.
#[derive(Debug)]
pub(super) struct Generator {
    inputs: SchemaGenerator,
    outputs: SchemaGenerator,
}

impl Generator {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12();
        Self {
            inputs: settings.clone().for_deserialize().into_generator(),
            outputs: settings.for_serialize().into_generator(),
        }
    }

    /// The schema of a result.
    pub(super) fn output<T: JsonSchema>(&mut self) -> Schema {
        self.outputs.subschema_for::<T>()
    }

    pub(super) fn operation<Input: JsonSchema>(
        &mut self,
        declared: Declared<'_>,
        outputs: impl FnOnce(&mut Self) -> (Schema, Option<Schema>),
    ) -> Operation {
        let Declared { name, method, client, in_browsers, parameters, doc, errors } = declared;
        let (output, public) = outputs(self);
        let input = Input::json_schema(&mut self.inputs).to_value();
        let required = input.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let parameter = |name: &&str| {
            let name = camel_case(name);
            Parameter {
                required: required.iter().any(|required| required.as_str() == Some(&name)),
                schema: input.pointer(&format!("/properties/{name}")).cloned().unwrap_or_default(),
                name,
            }
        };
        let public = public.map(Schema::to_value).filter(|public| *public != *output.as_value());
        Operation {
            name,
            method,
            client,
            doc: doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "),
            parameters: parameters.iter().map(parameter).collect(),
            output: output.to_value(),
            public_output: public,
            errors: errors.iter().map(|code| code.as_str()).collect(),
            in_browsers,
        }
    }
}

/// A name of Rust as it stands on the wire.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        out.push_str(&first.to_ascii_uppercase());
        out.push_str(rest);
    }
    out
}

/// The schema of an enumeration: its values, and what each means.
pub(crate) fn enumeration(values: &[(&str, &str)]) -> Schema {
    let names: Vec<&str> = values.iter().map(|(value, _)| *value).collect();
    let docs: Vec<&str> = values.iter().map(|(_, doc)| doc.trim()).collect();
    json_schema!({ "type": "string", "enum": names, "x-docs": docs })
}

/// Describes everything.
///
/// ```
/// let catalogue = goodwill::ops::schema::catalogue();
/// let post = catalogue.operations.iter().find(|operation| operation.name == "message.post");
/// assert_eq!(post.unwrap().parameters.len(), 2);
/// ```
#[must_use]
pub fn catalogue() -> Catalogue {
    let mut generator = Generator::new();
    let mut operations = crate::ops::table::describe(&mut generator);
    // They ask models, as `ops/features.rs` as a whole does.
    let features = crate::ops::features::describe(&mut generator).into_iter();
    operations.extend(features.map(|operation| Operation { in_browsers: false, ..operation }));
    operations.extend(crate::ops::functions::describe(&mut generator));
    // What clients need beside what operations take and return.
    generator.inputs.subschema_for::<crate::ops::SessionInput>();
    generator.inputs.subschema_for::<crate::ops::OpenOptions>();
    generator.inputs.subschema_for::<crate::ops::models::ModelAnswer>();
    generator.outputs.subschema_for::<crate::ops::models::ModelRequest>();
    let kinds = [
        ErrorKind::Invalid,
        ErrorKind::NotFound,
        ErrorKind::Denied,
        ErrorKind::Conflict,
        ErrorKind::LimitExceeded,
        ErrorKind::Unavailable,
        ErrorKind::Unsupported,
        ErrorKind::Data,
        ErrorKind::Internal,
    ];
    Catalogue {
        operations,
        inputs: generator.inputs.take_definitions(true),
        outputs: generator.outputs.take_definitions(true),
        errors: Code::ALL
            .iter()
            .map(|code| ErrorEntry {
                code: code.as_str(),
                kind: code.kind().as_str(),
                doc: code.doc().trim(),
                retryable: code.retryable(),
            })
            .collect(),
        kinds: kinds.iter().map(|kind| kind.as_str()).collect(),
    }
}
