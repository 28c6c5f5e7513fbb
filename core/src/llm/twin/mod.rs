//! temp
use async_trait::async_trait;
use super::client::{Call, Capabilities, LlmClient};
use super::error::{LlmError};
use super::request::LlmRequest;
use super::response::LlmResponse;
/// x
#[derive(Debug)] pub struct Rules;
/// x
#[derive(Debug)] pub struct Twin;
