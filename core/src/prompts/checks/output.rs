//! The text that shows a model the format of its answer.
//!
//! Its braces mix what the model is given with what it is to fill in, so it is never rendered:
//! every tag that prints becomes a placeholder in brackets, and blocks show their inside once.

use crate::prompts::files::{Kind, Schema};
use crate::prompts::template::tree::{Call, Expression, Node, Program};
use crate::prompts::template::{Span, Template};

/// A place to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The names of the path, without `this`.
    pub(crate) names: Vec<String>,
    /// The list that the slot stands in, if it stands in one.
    pub(crate) list: Option<String>,
    pub(crate) span: Span,
}

impl Slot {
    /// Whether a schema has a value for the slot: at its path, or anywhere by its last name.
    pub(crate) fn is_in(&self, schema: &Schema) -> bool {
        let listed = self.list.iter().any(|list| {
            let names = std::iter::once(list).chain(&self.names);
            has(schema, &names.map(String::as_str).collect::<Vec<_>>())
        });
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        listed || has(schema, &names) || named(schema, names.last().copied().unwrap_or_default())
    }
}

/// The format with placeholders.
pub(crate) fn output_text(template: &Template) -> String {
    let mut text = String::new();
    print(&template.root, template.source(), &mut text);
    text
}

fn print(program: &Program, source: &str, text: &mut String) {
    for node in &program.body {
        match node {
            Node::Content(content) => text.push_str(content.value.of(source)),
            Node::Print(one) => text.push_str(&format!("[{}]", names(&one.call).join("."))),
            Node::Block(block) => {
                if let Some(program) = &block.program {
                    print(program, source, text);
                }
            }
            Node::Partial(_) | Node::Comment(_) => {}
        }
    }
}

/// The places of a format that are to be filled in.
pub(crate) fn slots(template: &Template) -> Vec<Slot> {
    let mut found = Vec::new();
    collect(&template.root, None, &mut found);
    found
}

fn collect(program: &Program, list: Option<&str>, found: &mut Vec<Slot>) {
    for node in &program.body {
        match node {
            Node::Print(one) => found.push(Slot {
                names: names(&one.call),
                list: list.map(str::to_owned),
                span: one.span,
            }),
            Node::Block(block) => {
                let name = names(&block.call).join(".");
                for program in [&block.program, &block.inverse].into_iter().flatten() {
                    collect(program, Some(&name), found);
                }
            }
            Node::Content(_) | Node::Partial(_) | Node::Comment(_) => {}
        }
    }
}

/// The names of what a call prints: of the first argument of a helper.
fn names(call: &Call) -> Vec<String> {
    let what = call.params.first().unwrap_or(&call.head);
    match what {
        Expression::Path(path) => path.parts.clone(),
        Expression::Call(inner) => names(inner),
        Expression::Literal(literal) => vec![literal.name()],
    }
}

fn has(schema: &Schema, names: &[&str]) -> bool {
    let Some((first, rest)) = names.split_first() else {
        return true;
    };
    match &schema.kind {
        Kind::List(items) => has(items, names),
        Kind::Object(fields) => {
            fields.named.get(*first).is_some_and(|field| has(&field.schema, rest))
                || fields.rest.is_some()
        }
        Kind::Any => true,
        _ => false,
    }
}

fn named(schema: &Schema, name: &str) -> bool {
    match &schema.kind {
        Kind::List(items) => named(items, name),
        Kind::Object(fields) => {
            fields.named.contains_key(name)
                || fields.named.values().any(|field| named(&field.schema, name))
        }
        _ => false,
    }
}

/// The text of a template outside of tags and blocks: it is printed in any case.
pub(crate) fn fixed_text(template: &Template) -> String {
    let contents = template.root.body.iter().map(|node| match node {
        Node::Content(content) => content.value.of(template.source()),
        _ => "",
    });
    contents.collect()
}
