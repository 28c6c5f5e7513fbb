//! Templates as trees.

use super::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Strip {
    pub(crate) open: bool,
    pub(crate) close: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Content(Content),
    Print(Print),
    Block(Box<Block>),
    Partial(Box<PartialCall>),
    Comment(Strip),
}

/// Text between tags. What is printed is `value`, a part of `original`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) original: Span,
    pub(crate) value: Span,
    pub(crate) left_stripped: bool,
    pub(crate) right_stripped: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Print {
    pub(crate) call: Call,
    pub(crate) strip: Strip,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartialCall {
    pub(crate) call: Call,
    pub(crate) strip: Strip,
    pub(crate) indent: String,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Section,
    Partial,
    Inline,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) call: Call,
    pub(crate) program: Option<Program>,
    pub(crate) inverse: Option<Program>,
    pub(crate) open_strip: Strip,
    pub(crate) inverse_strip: Strip,
    pub(crate) close_strip: Strip,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Program {
    pub(crate) body: Vec<Node>,
    pub(crate) block_params: Vec<String>,
    /// An `{{else if}}`: the body is one block that shares the end of the block around it.
    pub(crate) chained: bool,
}

impl Program {
    /// Whether inline partials stand in the body.
    pub(crate) fn has_inlines(&self) -> bool {
        let inline =
            |node: &Node| matches!(node, Node::Block(block) if block.kind == BlockKind::Inline);
        self.body.iter().any(inline)
    }
}

/// A head with its arguments. Without arguments it may be a helper or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) head: Expression,
    pub(crate) params: Vec<Expression>,
    pub(crate) hash: Vec<(String, Expression)>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    Path(Path),
    Literal(Literal),
    Call(Box<Call>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    Text(String),
    /// The bits of the number, so that trees can be compared.
    Number(u64),
    Bool(bool),
    Null,
    Undefined,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// Written with `@`.
    pub(crate) data: bool,
    /// The number of `../`.
    pub(crate) depth: usize,
    pub(crate) parts: Vec<String>,
    /// Written with `this` or `.`: never a helper.
    pub(crate) scoped: bool,
    /// The words as Handlebars.js keeps them: without brackets.
    pub(crate) original: String,
}

impl Path {
    /// The name, if it may be one of a helper.
    pub(crate) fn simple(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [name] if !self.scoped && self.depth == 0 && !self.data => Some(name),
            _ => None,
        }
    }
}

impl Literal {
    /// The name that stands for the literal where a path is expected.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(bits) => crate::prompts::render::number_text(f64::from_bits(*bits)),
            Self::Bool(value) => value.to_string(),
            Self::Null => "null".to_owned(),
            Self::Undefined => "undefined".to_owned(),
        }
    }
}

impl Call {
    /// The name that an end tag must repeat, and that a partial is found by.
    pub(crate) fn original(&self) -> String {
        match &self.head {
            Expression::Path(path) => path.original.clone(),
            Expression::Literal(literal) => literal.name(),
            Expression::Call(call) => call.original(),
        }
    }
}
