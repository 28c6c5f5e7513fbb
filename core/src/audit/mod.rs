//! The audit trail: a keyed chain that shows what was changed, removed or cut off, and that still
//! verifies after a person has been erased.
//!
//! Each entry is canonical JSON (RFC 8785) sealed with HMAC-SHA-256 over its bytes, which name the
//! hash of the entry before. The newest entry's place stands in a keyed [`AuditHead`]; every so often
//! a [`Checkpoint`] takes the Merkle root (RFC 6962 §2.1) of the entries since the last one. Kept
//! elsewhere, a checkpoint shows later that the trail still begins with those entries.
//!
//! What is personal (addresses, reasons) stands beside the chain, and in it only as a salted
//! commitment. Erasing the value and its salt leaves a commitment that says nothing, and a chain
//! that still verifies.

pub mod chain;
pub mod checkpoint;
pub mod model;
pub mod verify;

pub(crate) use chain::as_hex;
#[cfg(feature = "ops")]
pub(crate) use chain::unhex;
pub use chain::{AuditHead, AuditKey, AuditKeys, seal, text_hash};
pub use checkpoint::{Checkpoint, inclusion_proof, merkle_root, verify_inclusion};
pub use model::{
    Actor, AuditDraft, AuditEntry, AuditMessage, AuditOutcome, AuditPrivate, AuditRecord, Resource,
};
pub use verify::{Finding, Verifier, VerifyReport};
