//! Goodwill for browsers: a few entry points, in JSON. The clients in `ts/` make them pleasant.
//!
//! Nothing but text crosses the border, and columns of analytics as typed arrays, so that no value is changed
//! on the way. A panic is a trap of the
//! module, which the client turns into an error.

#[cfg(feature = "analytics")]
mod columns;
#[cfg(feature = "engine")]
mod engine;
#[cfg(any(feature = "analytics", feature = "prompts"))]
mod functions;
