//! The catalogue as generators see it: types by name, operations by client.

use std::collections::{BTreeMap, BTreeSet};

use goodwill::ops::schema::{Catalogue, Client};
use serde_json::{Map, Value};

/// The classes of clients: name, what it is for, whose operations it has, whether results are public.
pub(crate) const CLASSES: &[(&str, &str, &[Client], bool)] = &[
    ("Desk", "What the business does.", &[Client::Both, Client::Desk], false),
    (
        "Portal",
        "What customers, suppliers and resellers do. Everything it returns is public.",
        &[Client::Both],
        true,
    ),
    ("JobTimeline", "The messages to the customers of jobs.", &[Client::Jobs], false),
    ("OrderMessages", "The threads of orders.", &[Client::Orders], false),
    ("EngineCalls", "What the engine does without anybody's order.", &[Client::Engine], false),
];

/// The classes of what needs no engine.
pub(crate) const FUNCTIONS: &[(&str, &str, Client)] = &[
    ("Prompts", "Templates, prompts and answers of language models.", Client::Prompts),
    (
        "Analytics",
        "Scores of single customers and of small data, with what they are made of.",
        Client::Analytics,
    ),
];

/// A type where it is used.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Text,
    Integer,
    Number,
    Boolean,
    Nothing,
    Json,
    Object,
    List(Box<Type>),
    /// From names to values.
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Optional(Box<Type>),
    Literal(String),
    /// A record without a name, inside a form of a union.
    Record(Vec<Field>),
    Named(String),
}

/// A field of a record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// On the wire.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) of: Type,
    pub(crate) required: bool,
}

/// A form that a value of a union can have.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    Word(String),
    Record(Vec<Field>),
    Other(Type),
}

#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Instant,
    Id(String),
    Words(Vec<(String, String)>),
    Record(Vec<Field>),
    Union(Vec<(Form, String)>),
    Alias(Type),
}

/// A type with a name.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
    /// Whether it is sent.
    pub(crate) input: bool,
    /// Whether it is received.
    pub(crate) output: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) client: Client,
    pub(crate) doc: String,
    pub(crate) parameters: Vec<Field>,
    pub(crate) output: Type,
    pub(crate) public_output: Type,
    pub(crate) errors: Vec<String>,
    /// Whether the module for browsers has it.
    pub(crate) in_browsers: bool,
}

#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) definitions: Vec<Definition>,
    pub(crate) operations: Vec<Operation>,
}

/// The names whose sent and received forms differ.
fn differing(catalogue: &Catalogue) -> BTreeSet<String> {
    let both = catalogue.inputs.keys().filter(|name| catalogue.outputs.contains_key(*name));
    let both: Vec<&String> = both.collect();
    let mut differ: BTreeSet<String> = both
        .iter()
        .filter(|name| catalogue.inputs.get(**name) != catalogue.outputs.get(**name))
        .map(|name| (*name).clone())
        .collect();
    // Whoever names one of them differs too.
    loop {
        let before = differ.len();
        for name in &both {
            let text = catalogue.inputs.get(*name).map(Value::to_string).unwrap_or_default();
            if differ.iter().any(|other| text.contains(&format!("\"#/$defs/{other}\""))) {
                differ.insert((*name).clone());
            }
        }
        if differ.len() == before {
            return differ;
        }
    }
}

impl Model {
    pub(crate) fn of(catalogue: &Catalogue) -> Self {
        let differ = differing(catalogue);
        let input = Reader { suffixed: &differ };
        let nothing = BTreeSet::new();
        let output = Reader { suffixed: &nothing };
        let mut definitions: BTreeMap<String, Definition> = BTreeMap::new();
        for (name, schema) in &catalogue.outputs {
            let definition = output.definition(name, schema, false, true);
            definitions.insert(definition.name.clone(), definition);
        }
        for (name, schema) in &catalogue.inputs {
            let definition = input.definition(&input.name(name), schema, true, false);
            definitions
                .entry(definition.name.clone())
                .and_modify(|known| known.input = true)
                .or_insert(definition);
        }
        let operations = catalogue.operations.iter().map(|operation| {
            let parameters = operation.parameters.iter().map(|parameter| Field {
                name: parameter.name.clone(),
                doc: String::new(),
                of: input.of(&parameter.schema),
                required: parameter.required,
            });
            let of = output.of(&operation.output);
            Operation {
                name: operation.name.to_owned(),
                method: operation.method.to_owned(),
                client: operation.client,
                doc: plain(&operation.doc),
                parameters: parameters.collect(),
                public_output: operation
                    .public_output
                    .as_ref()
                    .map_or_else(|| of.clone(), |public| output.of(public)),
                output: of,
                errors: operation.errors.iter().map(|code| (*code).to_owned()).collect(),
                in_browsers: operation.in_browsers,
            }
        });
        let operations = operations.collect();
        Self { definitions: definitions.into_values().collect(), operations }
    }

    pub(crate) fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.name == name)
    }

    /// Whether there are instants in a type, to be revived.
    pub(crate) fn has_instants(&self, of: &Type) -> bool {
        match of {
            Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => {
                self.has_instants(inner)
            }
            Type::Named(name) => match self.definition(name).map(|definition| &definition.shape) {
                Some(Shape::Instant) => true,
                Some(Shape::Record(fields)) => {
                    fields.iter().any(|field| self.has_instants(&field.of))
                }
                Some(Shape::Alias(of)) => self.has_instants(of),
                _ => false,
            },
            _ => false,
        }
    }

    /// The operations of a client.
    pub(crate) fn operations_of(&self, client: Client) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.client == client)
    }
}

struct Reader<'a> {
    suffixed: &'a BTreeSet<String>,
}

fn text(schema: &Map<String, Value>, key: &str) -> String {
    plain(schema.get(key).and_then(Value::as_str).unwrap_or_default())
}

/// Documentation of Rust for readers of other languages.
pub(crate) fn plain(doc: &str) -> String {
    let doc = doc.replace("`None`", "absent").replace("[`", "`").replace("`]", "`");
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name in lower snake_case as JavaScript spells it.
pub(crate) fn camel_case(name: &str) -> String {
    let mut out = String::new();
    for (place, word) in name.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if place > 0 => out.push(first.to_ascii_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(letters.as_str());
    }
    out
}

/// A name in camelCase as Python spells it.
pub(crate) fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

impl Reader<'_> {
    fn name(&self, name: &str) -> String {
        if self.suffixed.contains(name) { format!("{name}Input") } else { name.to_owned() }
    }

    fn definition(&self, name: &str, schema: &Value, input: bool, output: bool) -> Definition {
        let nothing = Map::new();
        let object = schema.as_object().unwrap_or(&nothing);
        let list = |key: &str| object.get(key).and_then(Value::as_array);
        let shape = if object.get("format").and_then(Value::as_str) == Some("date-time") {
            Shape::Instant
        } else if let Some(kind) = object.get("x-id").and_then(Value::as_str) {
            Shape::Id(kind.to_owned())
        } else if let Some(words) = list("enum") {
            let docs = list("x-docs");
            let doc = |place: usize| docs.and_then(|docs| docs.get(place)?.as_str());
            let word = |(place, word): (usize, &Value)| {
                let word = word.as_str().unwrap_or_default().to_owned();
                (word, doc(place).unwrap_or_default().to_owned())
            };
            Shape::Words(words.iter().enumerate().map(word).collect())
        } else if let Some(forms) = list("oneOf").or_else(|| list("anyOf")) {
            self.union(forms)
        } else if object.contains_key("properties") || object.contains_key("additionalProperties") {
            Shape::Record(self.fields(object))
        } else {
            Shape::Alias(self.of(schema))
        };
        let doc = text(object, "description");
        Definition { name: name.to_owned(), doc, shape, input, output }
    }

    /// A union; one of words alone is an enumeration.
    fn union(&self, forms: &[Value]) -> Shape {
        let nothing = Map::new();
        let forms: Vec<(Form, String)> = forms
            .iter()
            .map(|form| {
                let object = form.as_object().unwrap_or(&nothing);
                let shape = if let Some(word) = object.get("const").and_then(Value::as_str) {
                    Form::Word(word.to_owned())
                } else if object.contains_key("properties") {
                    Form::Record(self.fields(object))
                } else {
                    Form::Other(self.of(form))
                };
                (shape, text(object, "description"))
            })
            .collect();
        let words: Option<Vec<(String, String)>> = forms
            .iter()
            .map(|(form, doc)| match form {
                Form::Word(word) => Some((word.clone(), doc.clone())),
                _ => None,
            })
            .collect();
        words.map_or(Shape::Union(forms), Shape::Words)
    }

    fn fields(&self, object: &Map<String, Value>) -> Vec<Field> {
        let nothing = Map::new();
        let properties = object.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
        let required: Vec<&str> = object
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        // Those that must be there come first, in the order of their declaration.
        let optional = properties.keys().map(String::as_str);
        let optional = optional.filter(|name| !required.contains(name));
        required
            .iter()
            .copied()
            .chain(optional)
            .filter_map(|name| Some((name, properties.get(name)?)))
            .map(|(name, schema)| Field {
                name: name.to_owned(),
                doc: schema
                    .as_object()
                    .map(|object| text(object, "description"))
                    .unwrap_or_default(),
                of: self.of(schema),
                required: required.contains(&name),
            })
            .collect()
    }

    fn of(&self, schema: &Value) -> Type {
        let Some(object) = schema.as_object() else { return Type::Json };
        if let Some(name) = object.get("$ref").and_then(Value::as_str) {
            let name = name.rsplit('/').next().unwrap_or_default();
            return Type::Named(self.name(name));
        }
        if let Some(word) = object.get("const").and_then(Value::as_str) {
            return Type::Literal(word.to_owned());
        }
        if let Some([one, other]) = object.get("anyOf").and_then(Value::as_array).map(Vec::as_slice)
            && other.get("type").and_then(Value::as_str) == Some("null")
        {
            return Type::Optional(Box::new(self.of(one)));
        }
        match object.get("type") {
            Some(Value::Array(kinds)) => {
                let kind = kinds.iter().find(|kind| kind.as_str() != Some("null"));
                let mut one = object.clone();
                one.insert("type".into(), kind.cloned().unwrap_or_default());
                Type::Optional(Box::new(self.of(&one.into())))
            }
            Some(Value::String(kind)) => match kind.as_str() {
                "string" => Type::Text,
                "integer" => Type::Integer,
                "number" => Type::Number,
                "boolean" => Type::Boolean,
                "null" => Type::Nothing,
                "array" => match object.get("prefixItems").and_then(Value::as_array) {
                    Some(items) => Type::Tuple(items.iter().map(|item| self.of(item)).collect()),
                    None => {
                        let item = object.get("items").map_or(Type::Json, |item| self.of(item));
                        Type::List(Box::new(item))
                    }
                },
                _ if object.contains_key("properties") => Type::Record(self.fields(object)),
                _ => match object.get("additionalProperties") {
                    Some(values @ Value::Object(_)) => Type::Map(Box::new(self.of(values))),
                    _ => Type::Object,
                },
            },
            _ => Type::Json,
        }
    }
}
