//! The functions: what needs no engine, no store and nobody's permission, one entry each.

#[cfg(feature = "analytics")]
mod analytics;
#[cfg(feature = "prompts")]
mod prompts;

use crate::error::{Code, Error, Result};

/// Declares the functions. An entry reads as one of the operation table, without who acts.
macro_rules! functions {
    ($(
        $(#[doc = $doc:literal])+
        $(#[cfg($($cfg:tt)+)])?
        $client:ident $method:ident = $name:literal
            ( $( $(#[$attribute:meta])* $parameter:ident : $type:ty ),* $(,)? )
            -> $output:ty $(, fails $($code:ident)+)?
            => |$input:ident| $call:expr;
    )+) => {
        $(
            $(#[cfg($($cfg)+)])?
            mod $method {
                use super::*;

                #[derive(serde::Deserialize)]
                #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
                #[serde(rename_all = "camelCase", deny_unknown_fields)]
                pub(super) struct Input { $( $(#[$attribute])* $parameter: $type, )* }

                fn run($input: Input) -> Result<$output> { $call }

                pub(super) fn answer(input: &str) -> Result<String> {
                    $crate::ops::write($crate::ops::Form::Plain, &run($crate::ops::read(input)?)?)
                }

                #[cfg(feature = "schema")]
                pub(super) fn describe(
                    generator: &mut crate::ops::schema::Generator,
                ) -> crate::ops::schema::Operation {
                    let declared = crate::ops::schema::Declared {
                        name: $name,
                        method: stringify!($method),
                        client: crate::ops::schema::Client::$client,
                        in_browsers: true,
                        parameters: &[$(stringify!($parameter)),*],
                        doc: &[$($doc),+],
                        errors: &[$($($crate::error::Code::$code),+)?],
                    };
                    generator.operation::<Input>(declared, |generator| {
                        (generator.output::<$output>(), None)
                    })
                }
            }
        )+

        /// Answers one call with the envelope of its result; none if no function here has this name.
        pub(super) fn dispatch(function: &str, input: &str) -> Option<Result<String>> {
            Some(match function {
                $($(#[cfg($($cfg)+)])? $name => $method::answer(input),)+
                _ => return None,
            })
        }

        /// Every function, described.
        #[cfg(feature = "schema")]
        pub(super) fn describe(
            generator: &mut crate::ops::schema::Generator,
        ) -> Vec<crate::ops::schema::Operation> {
            type Describe =
                fn(&mut crate::ops::schema::Generator) -> crate::ops::schema::Operation;
            let each: &[Describe] = &[$($(#[cfg($($cfg)+)])? $method::describe),+];
            each.iter().map(|describe| describe(generator)).collect()
        }
    };
}

use functions;

/// Answers one call with the envelope of its result.
pub(super) fn dispatch(function: &str, input: &str) -> Result<String> {
    #[cfg(feature = "prompts")]
    if let Some(answer) = prompts::dispatch(function, input) {
        return answer;
    }
    #[cfg(feature = "analytics")]
    if let Some(answer) = analytics::dispatch(function, input) {
        return answer;
    }
    Err(Error::new(Code::OperationUnknown, "no function has this name"))
}

/// Every function, described.
#[cfg(feature = "schema")]
pub(super) fn describe(
    generator: &mut crate::ops::schema::Generator,
) -> Vec<crate::ops::schema::Operation> {
    let mut all = prompts::describe(generator);
    all.extend(analytics::describe(generator));
    all
}
