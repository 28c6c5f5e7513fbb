//! Goodwill for browsers: two entry points, in JSON. The clients in `ts/` make them pleasant.
//!
//! Nothing but text crosses the border, so that no value is changed on the way. A panic is a trap of the
//! module, which the client turns into an error.

#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "prompts")]
mod functions;
