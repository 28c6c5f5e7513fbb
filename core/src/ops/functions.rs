//! The functions: what needs no engine, no store and nobody's permission, one entry each.

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Code, Error, Result};
use crate::ops::{read, write};
use crate::prompts::render::{Helpers, Partials, Renderer};
use crate::prompts::template::Template;

/// Declares the functions. An entry reads as one of the operation table, without who acts.
macro_rules! functions {
    ($(
        $(#[doc = $doc:literal])+
        $client:ident $method:ident = $name:literal
            ( $( $(#[$attribute:meta])* $parameter:ident : $type:ty ),* $(,)? )
            -> $output:ty $(, fails $($code:ident)+)?
            => |$input:ident| $call:expr;
    )+) => {
        $(
            mod $method {
                use super::*;

                #[derive(Deserialize)]
                #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
                #[serde(rename_all = "camelCase", deny_unknown_fields)]
                pub(super) struct Input { $( $(#[$attribute])* $parameter: $type, )* }

                pub(super) fn run($input: Input) -> Result<$output> { $call }

                #[cfg(feature = "schema")]
                pub(super) fn describe(
                    generator: &mut crate::ops::schema::Generator,
                ) -> crate::ops::schema::Operation {
                    let declared = crate::ops::schema::Declared {
                        name: $name,
                        method: stringify!($method),
                        client: crate::ops::schema::Client::$client,
                        parameters: &[$(stringify!($parameter)),*],
                        doc: &[$($doc),+],
                        errors: &[$($(Code::$code),+)?],
                    };
                    generator.operation::<Input>(declared, |generator| {
                        (generator.output::<$output>(), None)
                    })
                }
            }
        )+

        /// Answers one call with the envelope of its result.
        pub(super) fn dispatch(function: &str, input: &str) -> Result<String> {
            match function {
                $($name => write(&$method::run(read(input)?)?),)+
                _ => Err(Error::new(Code::OperationUnknown, "no function has this name")),
            }
        }

        /// Every function, described.
        #[cfg(feature = "schema")]
        pub(super) fn describe(
            generator: &mut crate::ops::schema::Generator,
        ) -> Vec<crate::ops::schema::Operation> {
            vec![$($method::describe(generator)),+]
        }
    };
}

functions! {
    /// Prints a template over data: the bytes that Handlebars.js prints without HTML escaping.
    Prompts render = "prompt.render" (template: String, #[serde(default)] input: Value) -> String,
        fails PromptSyntax PromptHelper PromptPartial PromptLimit
        => |it| render_text(&it.template, &it.input);
}

fn render_text(template: &str, input: &Value) -> Result<String> {
    let (helpers, partials) = (Helpers::standard(), Partials::new());
    let template = Template::parse(template)?;
    Ok(Renderer::new(&helpers, &partials).render(&template, input)?.text)
}
