//! White space around tags: `~`, and lines that hold a block tag, comment or partial alone.
//!
//! Written after `whitespace-control.js` of Handlebars.js, whose order of steps decides what is
//! printed.

use super::Span;
use super::lexer::is_space;
use super::tree::{Block, Content, Node, Program, Strip};

pub(super) fn strip(source: &str, root: &mut Program) {
    Stripper { source }.program(root, true);
}

/// What a node lets happen around it.
#[derive(Default)]
struct Around {
    open: bool,
    close: bool,
    open_standalone: bool,
    close_standalone: bool,
    inline_standalone: bool,
}

struct Stripper<'s> {
    source: &'s str,
}

impl Stripper<'_> {
    fn program(&self, program: &mut Program, root: bool) {
        for index in 0..program.body.len() {
            let around = match program.body.get_mut(index) {
                Some(Node::Block(block)) => self.block(block),
                Some(Node::Print(print)) => plain(print.strip),
                Some(Node::Partial(partial)) => {
                    Around { inline_standalone: true, ..plain(partial.strip) }
                }
                Some(Node::Comment(strip)) => Around { inline_standalone: true, ..plain(*strip) },
                Some(Node::Content(_)) | None => continue,
            };
            let body = &mut program.body;
            let before = self.white_before(body, index, root);
            let after = self.white_after(body, index.checked_add(1), root);
            if around.close {
                self.omit_right(body.get_mut(index.saturating_add(1)), true);
            }
            if around.open {
                self.omit_left(previous(body, index), true);
            }
            if around.inline_standalone && before && after {
                self.omit_right(body.get_mut(index.saturating_add(1)), false);
                if let Some(indent) = self.omit_left(previous(body, index), false)
                    && let Some(Node::Partial(partial)) = body.get_mut(index)
                {
                    partial.indent = indent;
                }
            }
            if around.open_standalone && before {
                if let Some(Node::Block(block)) = body.get_mut(index) {
                    self.omit_right(
                        first(block.program.as_mut().or(block.inverse.as_mut())),
                        false,
                    );
                }
                self.omit_left(previous(body, index), false);
            }
            if around.close_standalone && after {
                self.omit_right(body.get_mut(index.saturating_add(1)), false);
                if let Some(Node::Block(block)) = body.get_mut(index) {
                    self.omit_left(last(block.inverse.as_mut().or(block.program.as_mut())), false);
                }
            }
        }
    }

    fn block(&self, block: &mut Block) -> Around {
        for program in [&mut block.program, &mut block.inverse].into_iter().flatten() {
            self.program(program, false);
        }
        let both = block.program.is_some() && block.inverse.is_some();
        let (open, inverse, close) = (block.open_strip, block.inverse_strip, block.close_strip);
        let empty: &[Node] = &[];
        let program = block.program.as_ref().or(block.inverse.as_ref());
        let program_body = program.map_or(empty, |one| one.body.as_slice());
        let inverse_body = first_inverse(block).map_or(empty, |one| one.body.as_slice());
        let end_body = if both { inverse_body } else { program_body };
        let around = Around {
            open: open.open,
            close: close.close,
            open_standalone: self.white_after(program_body, Some(0), false),
            close_standalone: self.white_before(end_body, end_body.len(), false),
            inline_standalone: false,
        };
        if open.close {
            self.omit_right(first(main_mut(block)), true);
        }
        if both {
            if inverse.open {
                self.omit_left(last(block.program.as_mut()), true);
            }
            if inverse.close {
                self.omit_right(first(first_inverse_mut(block)), true);
            }
            if close.open {
                self.omit_left(last(first_inverse_mut(block)), true);
            }
            let before = block.program.as_ref().map_or(empty, |one| one.body.as_slice());
            let after = first_inverse(block).map_or(empty, |one| one.body.as_slice());
            if self.white_before(before, before.len(), false)
                && self.white_after(after, Some(0), false)
            {
                self.omit_left(last(block.program.as_mut()), false);
                self.omit_right(first(first_inverse_mut(block)), false);
            }
        } else if close.open {
            self.omit_left(last(main_mut(block)), true);
        }
        around
    }

    /// Whether only white space stands between the line's beginning and the node at an index.
    fn white_before(&self, body: &[Node], index: usize, root: bool) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| body.get(before)) else {
            return root;
        };
        let Node::Content(content) = before else {
            return false;
        };
        let text = content.original.of(self.source);
        let blank = text.trim_end_matches(is_space);
        let tail = text.get(blank.len()..).unwrap_or_default();
        tail.contains('\n') || (root && index < 2 && blank.is_empty())
    }

    /// Whether only white space stands between an index and the line's end.
    fn white_after(&self, body: &[Node], index: Option<usize>, root: bool) -> bool {
        let index = index.unwrap_or(usize::MAX);
        let Some(after) = body.get(index) else {
            return root;
        };
        let Node::Content(content) = after else {
            return false;
        };
        let text = content.original.of(self.source);
        let rest = text.trim_start_matches(is_space);
        let head = text.get(..text.len().saturating_sub(rest.len())).unwrap_or_default();
        let alone = body.get(index.saturating_add(1)).is_none();
        head.contains('\n') || (root && alone && rest.is_empty())
    }

    fn omit_right(&self, node: Option<&mut Node>, all: bool) {
        let Some(Node::Content(content)) = node else {
            return;
        };
        if !all && content.right_stripped {
            return;
        }
        let text = content.value.of(self.source);
        let rest = if all {
            text.trim_start_matches(is_space)
        } else {
            let rest = text.trim_start_matches([' ', '\t']);
            let line = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
            line.unwrap_or(rest)
        };
        let start = content.value.end.saturating_sub(rest.len());
        content.right_stripped = start != content.value.start;
        content.value = Span::new(start, content.value.end);
    }

    /// Strips the end of a text; what was stripped.
    fn omit_left(&self, node: Option<&mut Node>, all: bool) -> Option<String> {
        let Some(Node::Content(content)) = node else {
            return None;
        };
        if !all && content.left_stripped {
            return None;
        }
        let text = content.value.of(self.source);
        let rest =
            if all { text.trim_end_matches(is_space) } else { text.trim_end_matches([' ', '\t']) };
        content.left_stripped = rest.len() != text.len();
        let end = content.value.start.saturating_add(rest.len());
        content.value = Span::new(content.value.start, end);
        content.left_stripped.then(|| self.indent(content))
    }

    /// The blanks at the end of a text as it was written.
    fn indent(&self, content: &Content) -> String {
        let text = content.original.of(self.source);
        let rest = text.trim_end_matches([' ', '\t']);
        text.get(rest.len()..).unwrap_or_default().to_owned()
    }
}

fn plain(strip: Strip) -> Around {
    Around { open: strip.open, close: strip.close, ..Around::default() }
}

fn previous(body: &mut [Node], index: usize) -> Option<&mut Node> {
    body.get_mut(index.checked_sub(1)?)
}

fn first(program: Option<&mut Program>) -> Option<&mut Node> {
    program?.body.first_mut()
}

fn last(program: Option<&mut Program>) -> Option<&mut Node> {
    program?.body.last_mut()
}

fn main_mut(block: &mut Block) -> Option<&mut Program> {
    block.program.as_mut().or(block.inverse.as_mut())
}

/// The inverse, or the first condition of a chain.
fn first_inverse(block: &Block) -> Option<&Program> {
    let inverse = block.inverse.as_ref()?;
    match inverse.body.first() {
        Some(Node::Block(link)) if inverse.chained => link.program.as_ref(),
        _ => Some(inverse),
    }
}

fn first_inverse_mut(block: &mut Block) -> Option<&mut Program> {
    let inverse = block.inverse.as_mut()?;
    if !inverse.chained {
        return Some(inverse);
    }
    match inverse.body.first_mut() {
        Some(Node::Block(link)) => link.program.as_mut(),
        _ => None,
    }
}
