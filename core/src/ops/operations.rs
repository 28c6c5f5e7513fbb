//! How the operations of a table are declared, read and begun.

use std::pin::Pin;

use crate::error::Result;
use crate::facade::{JobTimeline, OrderMessages};
use crate::ops::Form;
use crate::ops::input::SessionInput;
use crate::ops::open::Opened;
use crate::session::{Desk, Portal, Session};

/// Declares the operations. An entry reads: documentation; client, method, name; parameters;
/// result; the codes of its own beside `input.*`, `access.*` and `store.*`; the call.
macro_rules! operations {
    ($(
        $(#[doc = $doc:literal])+
        $(#[cfg($($cfg:tt)+)])?
        $client:ident $method:ident = $name:literal
            ( $( $(#[serde($($default:tt)+)])? $parameter:ident : $type:ty ),* $(,)? )
            -> $output:ty $(, fails $($code:ident)+)?
            => |$session:ident, $input:ident| $call:expr;
    )+) => {
        $(
            $(#[cfg($($cfg)+)])?
            mod $method {
                use super::*;

                #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
                #[cfg_attr(feature = "schema", serde(rename_all = "camelCase", deny_unknown_fields))]
                struct Input {
                    $( $(#[cfg_attr(feature = "schema", serde($($default)+))])? $parameter: $type, )*
                }

                impl Input {
                    fn read(json: &str) -> Result<Self> {
                        $( let mut $parameter: Option<$type> = None; )*
                        fields::read(
                            json,
                            "Input",
                            &[$(stringify!($parameter)),*],
                            &mut [$(&mut $parameter),*],
                        )?;
                        Ok(Self { $( $parameter: match $parameter {
                            Some(read) => read,
                            None => operations!(@absent $parameter $($($default)+)?),
                        }, )* })
                    }
                }

                operations! { @run $client $session $input $output, $call }

                pub(super) fn begin<'a>(
                    host: &'a Opened,
                    session: SessionInput,
                    input: &str,
                    form: Form,
                ) -> Result<Begun<'a>> {
                    let input = Input::read(input)?;
                    operations!(@call $client host session input form)
                }

                #[cfg(feature = "schema")]
                pub(super) fn describe(
                    generator: &mut crate::ops::schema::Generator,
                ) -> crate::ops::schema::Operation {
                    let declared = crate::ops::schema::Declared {
                        name: $name,
                        method: stringify!($method),
                        client: operations!(@kind $client),
                        in_browsers: IN_BROWSERS.contains(&$name),
                        parameters: &[$(stringify!($parameter)),*],
                        doc: &[$($doc),+],
                        errors: &[$($(Code::$code),+)?],
                    };
                    generator.operation::<Input>(declared, |generator| {
                        operations!(@outputs $client generator $output)
                    })
                }
            }
        )+

        /// Begins one call, which will answer with the envelope of its result.
        pub(super) fn dispatch<'a>(
            host: &'a Opened,
            operation: &str,
            session: SessionInput,
            input: &str,
            form: Form,
        ) -> Result<Begun<'a>> {
            let begin = match operation {
                $($(#[cfg($($cfg)+)])? $name => $method::begin as Begin<'a>,)+
                _ => return otherwise(host, operation, session, input, form),
            };
            begin(host, session, input, form)
        }

        /// The operations that the module for browsers has: those that are not declared for others alone.
        #[cfg(feature = "schema")]
        static IN_BROWSERS: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| {
            let each = [$(($name, concat!("", $(stringify!($($cfg)+))?))),+];
            let there = |cfg: &str| !cfg.replace(' ', "").contains("not(target_family=\"wasm\")");
            each.into_iter().filter(|(_, cfg)| there(cfg)).map(|(name, _)| name).collect()
        });

        /// Every operation, described.
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

    (@run Both $session:ident $input:ident $output:ty, $call:expr) => {
        async fn run<V: View>($session: &Session<V>, $input: Input) -> Result<$output> {
            $call.await
        }
    };
    (@run Desk $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on Session<Desk>, $session $input $output, $call }
    };
    (@run Jobs $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on JobTimeline, $session $input $output, $call }
    };
    (@run Orders $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on OrderMessages, $session $input $output, $call }
    };
    (@run DeskWithModel $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on (Session<Desk>, Assistant), $session $input $output, $call }
    };
    (@run JobsWithModel $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on (JobTimeline, Assistant), $session $input $output, $call }
    };
    (@run Engine $session:ident $input:ident $output:ty, $call:expr) => {
        operations! { @run_on Opened, $session $input $output, $call }
    };
    (@run_on $on:ty, $session:ident $input:ident $output:ty, $call:expr) => {
        async fn run($session: &$on, $input: Input) -> Result<$output> {
            $call.await
        }
    };

    (@absent $parameter:ident) => { fields::absent(stringify!($parameter))? };
    (@absent $parameter:ident default) => { Default::default() };
    (@absent $parameter:ident default = "hundred") => { hundred() };

    (@call Both $host:ident $session:ident $input:ident $form:ident) => {
        match $session.side {
            SessionSide::Desk => {
                let session = desk($host, $session)?;
                Ok(Box::pin(async move { write($form, &run(&session, $input).await?) }))
            }
            SessionSide::Portal => {
                let session = portal($host, $session)?;
                Ok(Box::pin(async move { write($form, &run(&session, $input).await?) }))
            }
        }
    };
    (@call Desk $host:ident $session:ident $input:ident $form:ident) => {{
        let session = desk($host, $session)?;
        Ok(Box::pin(async move { write($form, &run(&session, $input).await?) }))
    }};
    (@call DeskWithModel $host:ident $session:ident $input:ident $form:ident) => {{
        let with_model = (desk($host, $session)?, $host.assistant.clone());
        Ok(Box::pin(async move { write($form, &run(&with_model, $input).await?) }))
    }};
    (@call JobsWithModel $host:ident $session:ident $input:ident $form:ident) => {{
        let with_model = (jobs($host, $session)?, $host.assistant.clone());
        Ok(Box::pin(async move { write($form, &run(&with_model, $input).await?) }))
    }};
    (@call Jobs $host:ident $session:ident $input:ident $form:ident) => {{
        let session = jobs($host, $session)?;
        Ok(Box::pin(async move { write($form, &run(&session, $input).await?) }))
    }};
    (@call Orders $host:ident $session:ident $input:ident $form:ident) => {{
        let session = orders($host, $session)?;
        Ok(Box::pin(async move { write($form, &run(&session, $input).await?) }))
    }};
    (@call Engine $host:ident $session:ident $input:ident $form:ident) => {{
        let _ = $session;
        Ok(Box::pin(async move { write($form, &run($host, $input).await?) }))
    }};

    (@kind DeskWithModel) => { crate::ops::schema::Client::Desk };
    (@kind JobsWithModel) => { crate::ops::schema::Client::Jobs };
    (@kind $client:ident) => { crate::ops::schema::Client::$client };

    (@outputs Both $generator:ident $output:ty) => {{
        fn of<V: View + schemars::JsonSchema>(
            generator: &mut crate::ops::schema::Generator,
            _: PhantomData<V>,
        ) -> schemars::Schema {
            generator.output::<$output>()
        }
        (of($generator, PhantomData::<Desk>), Some(of($generator, PhantomData::<Portal>)))
    }};
    (@outputs $client:ident $generator:ident $output:ty) => {
        ($generator.output::<$output>(), None)
    };
}

pub(super) use operations;

/// A call that has begun: each operation is a function of its own, and not a part of one very large one.
pub(super) type Begun<'a> = Pin<Box<dyn Future<Output = Result<String>> + Send + 'a>>;

/// Reads the input of a call, and begins it.
pub(super) type Begin<'a> = fn(&'a Opened, SessionInput, &str, Form) -> Result<Begun<'a>>;

pub(super) fn desk(host: &Opened, session: SessionInput) -> Result<Session<Desk>> {
    let desk = host.engine.desk(session.principal()?)?.with_request(session.request);
    Ok(match session.idempotency_key {
        Some(key) => desk.idempotent(key),
        None => desk,
    })
}

pub(super) fn portal(host: &Opened, session: SessionInput) -> Result<Session<Portal>> {
    let portal = host.engine.portal(session.principal()?).with_request(session.request);
    Ok(match session.idempotency_key {
        Some(key) => portal.idempotent(key),
        None => portal,
    })
}

pub(super) fn jobs(host: &Opened, session: SessionInput) -> Result<JobTimeline> {
    let jobs = JobTimeline::new(&host.engine, session.principal()?).with_request(session.request);
    Ok(match session.idempotency_key {
        Some(key) => jobs.idempotent(key),
        None => jobs,
    })
}

pub(super) fn orders(host: &Opened, session: SessionInput) -> Result<OrderMessages> {
    let orders = OrderMessages::new(&host.engine, session.principal()?);
    let orders = orders.with_request(session.request);
    Ok(match session.idempotency_key {
        Some(key) => orders.idempotent(key),
        None => orders,
    })
}
