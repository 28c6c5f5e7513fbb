//! What a template uses of its input, and where.

use crate::prompts::template::Template;
use crate::prompts::template::tree::{Block, BlockKind, Call, Expression, Node, Path, Program};

/// Helpers that stand without arguments.
const ALONE: &[&str] = &["history", "else"];

/// A value of the input that a template uses: the names from the root, `[]` for the items of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) names: Vec<String>,
    /// The byte of the tag in the body.
    pub(crate) at: usize,
}

impl Use {
    /// The path in the library's spelling: `jobs[].date`.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for name in &self.names {
            if name != "[]" && !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        path
    }
}

/// The names of a value from the root; nothing for values that are not of the input.
type Place = Option<Vec<String>>;

#[derive(Clone)]
struct View {
    /// From the outermost to the innermost.
    contexts: Vec<Place>,
    parameters: Vec<(String, Place)>,
}

/// Every value that a template uses, the first use of each.
pub(crate) fn uses(template: &Template) -> Vec<Use> {
    let mut found = Vec::new();
    let root = View { contexts: vec![Some(Vec::new())], parameters: Vec::new() };
    walk(&template.root, &root, &mut found);
    let mut first: Vec<Use> = Vec::new();
    for one in found {
        if !one.names.is_empty() && !first.iter().any(|earlier| earlier.names == one.names) {
            first.push(one);
        }
    }
    first
}

fn walk(program: &Program, view: &View, found: &mut Vec<Use>) {
    for node in &program.body {
        match node {
            Node::Print(print) => call(&print.call, view, found),
            Node::Block(inner) => block(inner, view, found),
            Node::Partial(partial) => arguments(&partial.call, view, found),
            Node::Content(_) | Node::Comment(_) => {}
        }
    }
}

fn call(call: &Call, view: &View, found: &mut Vec<Use>) {
    let alone = call.params.is_empty() && call.hash.is_empty();
    match &call.head {
        Expression::Call(inner) => return self::call(inner, view, found),
        Expression::Path(path)
            if alone && !path.simple().is_some_and(|name| ALONE.contains(&name)) =>
        {
            used(path, call, view, found);
        }
        _ => {}
    }
    arguments(call, view, found);
}

fn arguments(call: &Call, view: &View, found: &mut Vec<Use>) {
    for given in call.params.iter().chain(call.hash.iter().map(|(_, given)| given)) {
        match given {
            Expression::Path(path) => used(path, call, view, found),
            Expression::Call(inner) => self::call(inner, view, found),
            Expression::Literal(_) => {}
        }
    }
}

fn used(path: &Path, call: &Call, view: &View, found: &mut Vec<Use>) {
    if let Some(names) = place(path, view) {
        found.push(Use { names, at: call.span.start });
    }
}

/// Where a path leads.
fn place(path: &Path, view: &View) -> Place {
    if path.data {
        let (first, rest) = path.parts.split_first()?;
        return (first == "root").then(|| rest.to_vec());
    }
    let parameter = path.parts.first().filter(|_| path.depth == 0 && !path.scoped);
    let parameter =
        parameter.and_then(|name| view.parameters.iter().rev().find(|(given, _)| given == name));
    let (start, rest) = match parameter {
        Some((_, place)) => (place.clone()?, path.parts.get(1..).unwrap_or_default()),
        None => (view.contexts.iter().rev().nth(path.depth)?.clone()?, path.parts.as_slice()),
    };
    Some(start.into_iter().chain(rest.iter().cloned()).collect())
}

fn block(block: &Block, view: &View, found: &mut Vec<Use>) {
    let head = match &block.call.head {
        Expression::Path(path) => path.simple().unwrap_or_default(),
        _ => "",
    };
    let subject = match block.call.params.first() {
        Some(Expression::Path(path)) => place(path, view),
        _ => None,
    };
    // `{{#list}}` is each over a list and with over an object, which only the data tells.
    let bare = block.kind == BlockKind::Section && block.call.params.is_empty();
    if bare {
        call(&block.call, view, found);
    } else {
        arguments(&block.call, view, found);
    }
    let inside = match (block.kind, head) {
        (BlockKind::Section, "each") => Some(subject.map(|mut names| {
            names.push("[]".to_owned());
            names
        })),
        (BlockKind::Section, "with") => Some(subject),
        (BlockKind::Section, "if" | "unless") => None,
        // Whatever the context of partials and of helpers of the host's is.
        _ => Some(None),
    };
    if let Some(program) = &block.program {
        let mut inner = view.clone();
        if let Some(context) = inside {
            for (at, name) in program.block_params.iter().enumerate() {
                let place = if at == 0 { context.clone() } else { None };
                inner.parameters.push((name.clone(), place));
            }
            inner.contexts.push(context);
        }
        walk(program, &inner, found);
    }
    if let Some(inverse) = &block.inverse {
        walk(inverse, view, found);
    }
}
