//! Checkpoints: Merkle roots over runs of entries, to be kept elsewhere.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::audit::chain::{AuditKeys, CHECKPOINT, hex, unhex};
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::json;
use crate::time::Timestamp;

/// The Merkle root of the entries `from_seq..=to_seq`, sealed with the key and chained to the
/// checkpoint before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The tenant.
    pub tenant: TenantId,
    /// The first entry.
    pub from_seq: u64,
    /// The last entry.
    pub to_seq: u64,
    /// The Merkle root (RFC 6962 §2.1) over the hashes of the entries.
    pub root: [u8; 32],
    /// The seal of the checkpoint before; zeros in the first one.
    pub previous: [u8; 32],
    /// When it was made.
    pub at: Timestamp,
    /// The key that sealed it.
    pub key_id: String,
    /// The seal.
    pub mac: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Exported {
    at: Timestamp,
    from_seq: u64,
    key_id: String,
    mac: String,
    previous: String,
    root: String,
    tenant: TenantId,
    to_seq: u64,
}

impl Checkpoint {
    /// A checkpoint over the hashes of a run of entries.
    #[must_use]
    pub fn over(
        keys: &AuditKeys,
        tenant: TenantId,
        from_seq: u64,
        hashes: &[[u8; 32]],
        previous: Option<&Self>,
        at: Timestamp,
    ) -> Self {
        let mut checkpoint = Self {
            tenant,
            from_seq,
            to_seq: (from_seq + hashes.len() as u64).saturating_sub(1),
            root: merkle_root(hashes),
            previous: previous.map_or([0; 32], |previous| previous.mac),
            at,
            key_id: keys.current_id().to_owned(),
            mac: [0; 32],
        };
        checkpoint.mac = keys.seal_bytes(&[CHECKPOINT, &checkpoint.bytes()]);
        checkpoint
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128);
        bytes.extend(self.tenant.uuid().as_bytes());
        bytes.extend(self.from_seq.to_be_bytes());
        bytes.extend(self.to_seq.to_be_bytes());
        bytes.extend(self.root);
        bytes.extend(self.previous);
        bytes.extend(self.at.as_millis().to_be_bytes());
        bytes
    }

    /// Whether the seal is right.
    #[must_use]
    pub fn is_genuine(&self, keys: &AuditKeys) -> bool {
        keys.verify(&self.key_id, &[CHECKPOINT, &self.bytes()], &self.mac) == Some(true)
    }

    /// The checkpoint as canonical JSON (RFC 8785), to be kept where the trail's keeper cannot
    /// reach it.
    #[must_use]
    pub fn export(&self) -> String {
        let exported = Exported {
            at: self.at,
            from_seq: self.from_seq,
            key_id: self.key_id.clone(),
            mac: hex(&self.mac),
            previous: hex(&self.previous),
            root: hex(&self.root),
            tenant: self.tenant,
            to_seq: self.to_seq,
        };
        serde_json::to_string(&exported).unwrap_or_default()
    }

    /// Reads an exported checkpoint. Whether it is genuine is another question.
    ///
    /// # Errors
    /// `input.invalid` for anything else.
    pub fn import(text: &str) -> Result<Self> {
        let refuse = || Error::invalid("checkpoint", "the text that `Checkpoint::export` gave");
        let read: Exported = json::read(text).map_err(|_| refuse())?;
        let hash =
            |text: &str| unhex(text).and_then(|bytes| bytes.try_into().ok()).ok_or_else(refuse);
        Ok(Self {
            tenant: read.tenant,
            from_seq: read.from_seq,
            to_seq: read.to_seq,
            root: hash(&read.root)?,
            previous: hash(&read.previous)?,
            at: read.at,
            key_id: read.key_id,
            mac: hash(&read.mac)?,
        })
    }
}

fn leaf(hash: &[u8; 32]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update([0]);
    digest.update(hash);
    digest.finalize().into()
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update([1]);
    digest.update(left);
    digest.update(right);
    digest.finalize().into()
}

/// Where a tree of `n` leaves (two or more) is split: the largest power of two below `n`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// The Merkle tree hash of RFC 6962 §2.1 over hashes.
#[must_use]
pub fn merkle_root(hashes: &[[u8; 32]]) -> [u8; 32] {
    match hashes {
        [] => Sha256::digest([]).into(),
        [only] => leaf(only),
        _ => {
            let (left, right) = hashes.split_at(split(hashes.len()));
            node(&merkle_root(left), &merkle_root(right))
        }
    }
}

/// The audit path of RFC 6962 §2.1.1 for the leaf at `index`; `None` when there is no such leaf.
#[must_use]
pub fn inclusion_proof(hashes: &[[u8; 32]], index: usize) -> Option<Vec<[u8; 32]>> {
    match hashes {
        [] => None,
        [_] => (index == 0).then(Vec::new),
        _ => {
            let at = split(hashes.len());
            let (left, right) = hashes.split_at(at);
            let (mut path, other) = if index < at {
                (inclusion_proof(left, index)?, merkle_root(right))
            } else {
                (inclusion_proof(right, index - at)?, merkle_root(left))
            };
            path.push(other);
            Some(path)
        }
    }
}

/// Whether a path shows that the entry hash is leaf `index` of `size` under `root`. Needs no key.
///
/// ```
/// use goodwill::audit::{inclusion_proof, merkle_root, verify_inclusion};
///
/// let hashes = [[1; 32], [2; 32], [3; 32]];
/// let root = merkle_root(&hashes);
/// let path = inclusion_proof(&hashes, 1).unwrap();
/// assert!(verify_inclusion(&root, &hashes[1], 1, 3, &path));
/// assert!(!verify_inclusion(&root, &hashes[0], 1, 3, &path));
/// ```
#[must_use]
pub fn verify_inclusion(
    root: &[u8; 32],
    hash: &[u8; 32],
    index: usize,
    size: usize,
    path: &[[u8; 32]],
) -> bool {
    fn climb(index: usize, size: usize, hash: &[u8; 32], path: &[[u8; 32]]) -> Option<[u8; 32]> {
        if size == 1 {
            return path.is_empty().then(|| leaf(hash));
        }
        let (last, rest) = path.split_last()?;
        let at = split(size);
        if index < at {
            Some(node(&climb(index, at, hash, rest)?, last))
        } else {
            Some(node(last, &climb(index - at, size - at, hash, rest)?))
        }
    }
    index < size && climb(index, size, hash, path).as_ref() == Some(root)
}
