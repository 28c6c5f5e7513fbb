//! The declaration as grammars in GBNF, the notation of llama.cpp.

use serde_json::Value;

use super::given::{AnswerForm, Given};
use super::spec::{Bounds, FieldKind, FieldSpec, Lead, OutputSpec, Separator};

/// The most entries of a list without a most: a small model would never end it.
const MOST: usize = 20;

/// The rules that the others are made of.
const TERMINALS: &str = r#"line ::= [^\x00-\x20\[\]{}|"] [^\x00-\x1f\[\]{}|"]*
word-text ::= [^\x00-\x20\[\]{}|";,()] [^\x00-\x1f\[\]{}|";,()]*
clause ::= [^\x00-\x20\[\]{}|";] [^\x00-\x1f\[\]{}|";]*
quoted ::= "\"" [^\x00-\x20"\[\]{}] ([^\x00-\x1f"\[\]{}] | "\n")* "\""
date ::= [1-2] [0-9] [0-9] [0-9] "-" [0-1] [0-9] "-" [0-3] [0-9]
decimal ::= "-"? ("0" | [1-9] [0-9]?) ("." [0-9] [0-9]?)?
id ::= [A-Za-z0-9] [A-Za-z0-9_:.-]*
string ::= "\"" char+ "\""
char ::= [^"\\\x00-\x1f] | "\\" (["\\/bfnrt] | "u" hex hex hex hex)
hex ::= [0-9a-fA-F]
"#;

impl OutputSpec {
    /// A GBNF grammar that constrains a model to the labelled form or to JSON, with what is given
    /// as in [`json_schema`](Self::json_schema). Whatever [`print`](Self::print) writes for a value
    /// without brackets, braces, bars and quotes in its texts is in the labelled grammar.
    ///
    /// ```
    /// use goodwill::prompts::answers::{AnswerForm, Given};
    /// use goodwill::prompts::library::Prompt;
    ///
    /// let spec = Prompt::MaintenanceAlert.output_spec();
    /// let grammar = spec.grammar(AnswerForm::Labelled, &Given::default());
    /// assert!(grammar.starts_with(r#"root ::= "MAINTENANCE RISK ASSESSMENT: " ("Low" | "Medium" | "High")"#));
    /// ```
    #[must_use]
    pub fn grammar(&self, form: AnswerForm, given: &Given) -> String {
        let root = match form {
            AnswerForm::Labelled => self.labelled_root(given),
            AnswerForm::Json => json_object(&self.fields, given),
        };
        format!("root ::= {root}\n{TERMINALS}")
    }

    fn labelled_root(&self, given: &Given) -> String {
        let mut rule = String::new();
        for (at, field) in self.fields.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n\n" };
            let one_line = match &field.kind {
                FieldKind::Record { fields } => fields.iter().all(|field| field.lead != Lead::Line),
                _ => field.inline,
            };
            let label = literal(&format!("{gap}{}:", field.label));
            let (space, none) = if one_line { (" ", "") } else { ("\n", " None") };
            let value = labelled(field, given);
            let mut text = format!("{} {value}", literal(&format!("{gap}{}:{space}", field.label)));
            match counted(field, given).filter(|_| !one_line) {
                Some(Bounds { max: Some(0), .. }) => text = format!("{label} {}", literal(none)),
                Some(Bounds { min: 0, .. }) => {
                    text = format!("({text} | {label} {})", literal(none));
                }
                _ => {}
            }
            if !field.required {
                text = format!("({text})?");
            }
            if at > 0 {
                rule.push(' ');
            }
            rule.push_str(&text);
        }
        rule
    }
}

/// A text in the notation's quotes.
fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn any_of(alternatives: impl Iterator<Item = String>) -> String {
    format!("({})", alternatives.collect::<Vec<_>>().join(" | "))
}

/// How many entries a list has.
fn counted(field: &FieldSpec, given: &Given) -> Option<Bounds> {
    match &field.kind {
        FieldKind::List { items, .. } | FieldKind::Records { items, .. } => {
            Some(given.bounds(&field.name, *items))
        }
        _ => None,
    }
}

/// Entries with something between them.
fn repeated(entry: &str, between: &str, items: Bounds) -> String {
    let max = items.max.unwrap_or(MOST.max(items.min)).max(1);
    let (min, max) = (items.min.max(1) - 1, max - 1);
    if max == 0 { entry.to_owned() } else { format!("{entry} ({between} {entry}){{{min},{max}}}") }
}

fn integers(min: i64, max: i64, sign: &str) -> String {
    if max.saturating_sub(min) > 100 {
        return "\"-\"? (\"0\" | [1-9] [0-9]*)".to_owned();
    }
    any_of((min..=max).map(|number| {
        let sign = if number > 0 { sign } else { "" };
        literal(&format!("{sign}{number}"))
    }))
}

fn labelled(field: &FieldSpec, given: &Given) -> String {
    match &field.kind {
        FieldKind::Text { draft: true, .. } => "quoted".to_owned(),
        FieldKind::Text { .. } if field.lead == Lead::Bare || field.lead == Lead::Parentheses => {
            "word-text".to_owned()
        }
        FieldKind::Text { .. } => "line".to_owned(),
        FieldKind::Choice { choices } => {
            any_of(choices.iter().map(|choice| literal(&choice.value)))
        }
        FieldKind::Integer { min, max, .. } => integers(*min, *max, "+"),
        FieldKind::Decimal { .. } => "decimal".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::YesNo => r#"("Yes" | "No")"#.to_owned(),
        FieldKind::Reference { to } => match given.options.get(to) {
            Some(offered) if !offered.is_empty() => {
                any_of(offered.iter().map(|one| literal(&format!("{} (ID: {})", one.name, one.id))))
            }
            _ => r#"word-text ("(ID: " id ")")?"#.to_owned(),
        },
        FieldKind::List { items, separator } if field.inline => {
            let (entry, between) = match separator {
                Separator::Comma => ("word-text", r#"", ""#),
                Separator::Semicolon => ("clause", r#""; ""#),
            };
            let entries = repeated(entry, between, *items);
            if items.min == 0 { format!("(\"None\" | {entries})") } else { entries }
        }
        FieldKind::List { items, .. } => {
            repeated(r#""- " line"#, r#""\n""#, given.bounds(&field.name, *items))
        }
        FieldKind::Record { fields } => labelled_record(fields, "", given),
        FieldKind::Records { fields, items, numbered } => {
            let indent = if *numbered { "   " } else { "  " };
            let record = labelled_record(fields, indent, given);
            let mark = if *numbered { r#"[1-9] [0-9]? ". ""# } else { r#""- ""# };
            let lines = fields.iter().any(|field| field.lead == Lead::Line);
            let between = if lines { r#""\n\n""# } else { r#""\n""# };
            let items = given.bounds(&field.name, *items);
            repeated(&format!("({mark} {record})"), between, items)
        }
    }
}

fn labelled_record(fields: &[FieldSpec], indent: &str, given: &Given) -> String {
    let mut rule = String::new();
    for field in fields {
        let value = labelled(field, given);
        let label = &field.label;
        let first = rule.is_empty();
        let text = match field.lead {
            Lead::Bare => value,
            Lead::Dash => format!("\" - \" {value}"),
            Lead::Parentheses => format!("\" (\" {value} \")\""),
            Lead::Bar if first => format!("{} {value}", literal(&format!("{label}: "))),
            Lead::Bar => format!("{} {value}", literal(&format!(" | {label}: "))),
            Lead::Line => {
                let before = if first { String::new() } else { format!("\n{indent}") };
                let after = if field.inline { " ".to_owned() } else { format!("\n{indent}") };
                format!("{} {value}", literal(&format!("{before}{label}:{after}")))
            }
        };
        if !first {
            rule.push(' ');
        }
        rule.push_str(&if field.required { text } else { format!("({text})?") });
    }
    rule
}

fn json_object(fields: &[FieldSpec], given: &Given) -> String {
    let mut rule = String::from("\"{\"");
    for (at, field) in fields.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let key = literal(&format!("{comma}{}:", Value::from(field.name.as_str())));
        let value = json_value(field, given);
        let value = if field.required { value } else { format!("({value} | \"null\")") };
        rule.push_str(&format!(" {key} {value}"));
    }
    rule.push_str(" \"}\"");
    rule
}

fn json_value(field: &FieldSpec, given: &Given) -> String {
    let list = |entry: &str, items: Bounds| {
        if items.max == Some(0) {
            return "\"[]\"".to_owned();
        }
        let entries = repeated(entry, "\",\"", items);
        let entries = if items.min == 0 { format!("({entries})?") } else { entries };
        format!("\"[\" {entries} \"]\"")
    };
    let quoted = |text: &str| literal(&Value::from(text).to_string());
    match &field.kind {
        FieldKind::Text { .. } => "string".to_owned(),
        FieldKind::Choice { choices } => any_of(choices.iter().map(|choice| quoted(&choice.value))),
        FieldKind::Integer { min, max, .. } => integers(*min, *max, ""),
        FieldKind::Decimal { .. } => "decimal".to_owned(),
        FieldKind::Date => r#""\"" date "\"""#.to_owned(),
        FieldKind::YesNo => r#"("true" | "false")"#.to_owned(),
        FieldKind::Reference { to } => match given.options.get(to) {
            Some(offered) if !offered.is_empty() => any_of(offered.iter().map(|one| {
                literal(&format!(
                    "{{\"id\":{},\"name\":{}}}",
                    Value::from(one.id.as_str()),
                    Value::from(one.name.as_str())
                ))
            })),
            _ => r#""{\"id\":" (string | "null") ",\"name\":" string "}""#.to_owned(),
        },
        FieldKind::List { items, .. } => list("string", given.bounds(&field.name, *items)),
        FieldKind::Record { fields } => json_object(fields, given),
        FieldKind::Records { fields, items, .. } => {
            let items = given.bounds(&field.name, *items);
            list(&format!("({})", json_object(fields, given)), items)
        }
    }
}
