//! The JSON object that an answer is, or has within it.

use super::json::{Node, NodeKind, read};
use super::sections::named;
use super::spec::{FieldKind, FieldSpec};
use super::words::fold;

/// How many braces are tried.
const TRIES: usize = 32;

pub(super) struct Candidate {
    /// The object, and whether it ends too early.
    pub(super) object: Option<(Node, bool)>,
    /// Whether there is a JSON Schema where a value should be.
    pub(super) schema: bool,
}

/// The object with the most fields of the declaration.
pub(super) fn candidate(text: &str, fields: &[FieldSpec]) -> Candidate {
    let mut found = Candidate { object: None, schema: false };
    let mut best = 0;
    let mut at = 0;
    for _ in 0..TRIES {
        let rest = text.get(at..).unwrap_or_default();
        let Some(next) = rest.find(['{', '[']) else { break };
        let from = at + next;
        at = from + 1;
        let after = text.get(at..).unwrap_or_default().trim_start();
        let list = rest.get(next..).is_some_and(|rest| rest.starts_with('['));
        if list && !after.starts_with('{') {
            continue;
        }
        let Some((node, cut)) = read(text, from) else { continue };
        let node = if list { alone(node, fields) } else { Some(node) };
        let Some(node) = node else { continue };
        if is_schema(&node) {
            found.schema = true;
            at = node.span.end.max(at);
            continue;
        }
        let known = known(&node, fields);
        if known.saturating_mul(2) > fields.len() || holds(&node, fields) {
            at = node.span.end.max(at);
        }
        if known > best {
            best = known;
            found.object = Some((node, cut));
        }
    }
    found
}

/// A bare list of records is the one field of a declaration.
fn alone(node: Node, fields: &[FieldSpec]) -> Option<Node> {
    let [field] = fields else { return None };
    let span = node.span;
    matches!(field.kind, FieldKind::Records { .. })
        .then(|| Node { kind: NodeKind::Object(vec![(field.name.clone(), node)]), span })
}

fn known(node: &Node, fields: &[FieldSpec]) -> usize {
    let NodeKind::Object(entries) = &node.kind else { return 0 };
    entries
        .iter()
        .filter(|(key, node)| named(fields, key).is_some() && node.kind != NodeKind::Null)
        .count()
}

/// Whether a field of the declaration has lists or objects in it: those are not looked at alone.
/// A wrapper such as `{"status": "ok", "result": {…}}` has only a word by such a name.
fn holds(node: &Node, fields: &[FieldSpec]) -> bool {
    let NodeKind::Object(entries) = &node.kind else { return false };
    entries.iter().any(|(key, node)| {
        let known = named(fields, key).is_some_and(|field| {
            !field.fields().is_empty() || matches!(field.kind, FieldKind::List { .. })
        });
        known && matches!(node.kind, NodeKind::List(_) | NodeKind::Object(_))
    })
}

fn is_schema(node: &Node) -> bool {
    let NodeKind::Object(entries) = &node.kind else { return false };
    let has = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, node)| &node.kind);
    matches!(has("properties"), Some(NodeKind::Object(_)))
        && (has("type").is_some() || has("$schema").is_some() || has("required").is_some())
}

/// The entries of a list of records: of a list, of an object of objects, or the one object.
pub(super) fn entries<'n>(node: &'n Node, fields: &[FieldSpec]) -> Vec<&'n Node> {
    match &node.kind {
        NodeKind::List(items) => items.iter().collect(),
        NodeKind::Object(_) if known(node, fields) > 0 => vec![node],
        NodeKind::Object(entries) => entries.iter().map(|(_, node)| node).collect(),
        _ => Vec::new(),
    }
}

/// A value as text: the texts in it, one a line.
pub(super) fn text(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => String::new(),
        NodeKind::Text(text) => text.clone(),
        NodeKind::List(items) => items.iter().map(text).collect::<Vec<_>>().join("\n"),
        NodeKind::Object(entries) => {
            let texts = entries.iter().map(|(_, node)| text(node));
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" - ")
        }
    }
}

/// An id and a name as the labelled form writes them.
pub(super) fn reference(node: &Node) -> String {
    let NodeKind::Object(entries) = &node.kind else { return String::new() };
    let find = |names: &[&str]| {
        let mine = entries.iter().find(|(key, _)| names.contains(&fold(key).as_str()));
        mine.map(|(_, node)| text(node)).filter(|text| !text.is_empty())
    };
    match (find(&["name", "technician name", "technician"]), find(&["id", "technician id"])) {
        (Some(name), Some(id)) => format!("{name} (ID: {id})"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => text(node),
    }
}
