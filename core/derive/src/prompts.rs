//! The parts of the library's own reader of templates that are needed here.

#[path = "../../src/prompts/files/head.rs"]
pub(crate) mod head;
#[expect(unreachable_pub, reason = "public in the library")]
#[path = "../../src/prompts/render/number.rs"]
mod number;
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "of the library's own a part is needed here"
)]
#[path = "../../src/prompts/template/mod.rs"]
pub(crate) mod template;

pub(crate) mod render {
    pub(crate) use super::number::number_text;
}
