//! Keys, and the sealing of entries.

use std::collections::BTreeMap;
use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::audit::model::{AuditDraft, AuditEntry, AuditPrivate, AuditRecord};
use crate::error::{Error, Result};
use crate::ids::TenantId;

type HmacSha256 = Hmac<Sha256>;

const ENTRY: &[u8] = b"goodwill.audit.entry.v1\0";
const HEAD: &[u8] = b"goodwill.audit.head.v1\0";
pub(crate) const CHECKPOINT: &[u8] = b"goodwill.audit.checkpoint.v1\0";

/// A secret that seals the trail. It is never printed or serialised.
#[derive(Clone)]
pub struct AuditKey {
    id: String,
    keyed: HmacSha256,
}

impl AuditKey {
    /// A key with a name, from 32 random bytes or more.
    ///
    /// # Errors
    /// `input.invalid` for fewer bytes, or a name that is blank or longer than 64 bytes.
    pub fn from_bytes(id: impl Into<String>, secret: &[u8]) -> Result<Self> {
        let id = id.into();
        if secret.len() < 32 {
            return Err(Error::invalid("audit_key", "at least 32 bytes"));
        }
        if id.trim().is_empty() || id.len() > 64 || id.chars().any(char::is_control) {
            return Err(Error::invalid("audit_key.id", "a name of 1 to 64 bytes"));
        }
        let keyed = HmacSha256::new_from_slice(secret)
            .map_err(|_| Error::invalid("audit_key", "at least 32 bytes"))?;
        Ok(Self { id, keyed })
    }

    /// The name, which stands in every entry that the key sealed.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.keyed.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The current key and the older ones that sealed earlier entries.
#[derive(Debug, Clone)]
pub struct AuditKeys {
    current: AuditKey,
    older: BTreeMap<String, AuditKey>,
}

impl AuditKeys {
    /// A ring whose current key seals what comes.
    #[must_use]
    pub fn new(current: AuditKey) -> Self {
        Self { current, older: BTreeMap::new() }
    }

    /// The same ring with a key that sealed earlier entries.
    #[must_use]
    pub fn with_older(mut self, key: AuditKey) -> Self {
        self.older.insert(key.id.clone(), key);
        self
    }

    fn get(&self, id: &str) -> Option<&AuditKey> {
        if self.current.id == id { Some(&self.current) } else { self.older.get(id) }
    }

    pub(crate) fn current_id(&self) -> &str {
        &self.current.id
    }

    pub(crate) fn seal_bytes(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.current.mac(parts)
    }

    /// Whether a seal is right; `None` when the key is not in the ring.
    pub(crate) fn verify(&self, key: &str, parts: &[&[u8]], seal: &[u8; 32]) -> Option<bool> {
        let mut mac = self.get(key)?.keyed.clone();
        parts.iter().for_each(|part| mac.update(part));
        Some(mac.verify_slice(seal).is_ok())
    }

    pub(crate) fn verify_entry(&self, key: &str, entry: &AuditEntry) -> Option<bool> {
        self.verify(key, &[ENTRY, entry.canonical.as_bytes()], &entry.hash)
    }
}

impl From<AuditKey> for AuditKeys {
    fn from(key: AuditKey) -> Self {
        Self::new(key)
    }
}

/// Where the trail ends, sealed with the key: without it, a shorter trail cannot be passed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditHead {
    /// The newest entry.
    pub seq: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The key that sealed the head.
    pub key_id: String,
    /// The seal.
    pub mac: [u8; 32],
}

impl AuditHead {
    /// The head of a trail that ends with an entry.
    #[must_use]
    pub fn of(keys: &AuditKeys, entry: &AuditEntry) -> Self {
        let tenant = entry.tenant.uuid();
        let seq = entry.seq.to_be_bytes();
        let mac = keys.seal_bytes(&[HEAD, tenant.as_bytes(), &seq, &entry.hash]);
        Self { seq: entry.seq, hash: entry.hash, key_id: keys.current_id().to_owned(), mac }
    }

    /// Whether the seal is right.
    pub(crate) fn is_genuine(&self, keys: &AuditKeys, tenant: TenantId) -> bool {
        let (tenant, seq) = (tenant.uuid(), self.seq.to_be_bytes());
        let parts: [&[u8]; 4] = [HEAD, tenant.as_bytes(), &seq, &self.hash];
        keys.verify(&self.key_id, &parts, &self.mac) == Some(true)
    }
}

/// Gives a draft its place after `head` and seals it.
#[must_use]
pub fn seal(
    keys: &AuditKeys,
    tenant: TenantId,
    head: Option<&AuditHead>,
    draft: &AuditDraft,
) -> AuditEntry {
    let seq = head.map_or(1, |head| head.seq + 1);
    let record = AuditRecord {
        action: draft.action.clone(),
        actor: draft.actor.clone(),
        after_hash: draft.after_hash.as_ref().map(|hash| hex(hash)),
        at: draft.at,
        before_hash: draft.before_hash.as_ref().map(|hash| hex(hash)),
        changes: draft.changes.clone(),
        channel: draft.channel,
        commitments: draft.private.as_ref().map(commitments).unwrap_or_default(),
        id: draft.id,
        key_id: keys.current_id().to_owned(),
        message: draft.message.clone(),
        on_behalf_of: draft.on_behalf_of,
        outcome: draft.outcome,
        prev_hash: head.map(|head| hex(&head.hash)),
        request_id: draft.request_id.clone(),
        resource: draft.resource.clone(),
        rule_ids: draft.rule_ids.clone(),
        seq,
        store: draft.store,
        subject: draft.subject,
        tenant,
        thread: draft.thread,
    };
    // Names in order, integers and strings only: serde_json's text is RFC 8785's.
    let canonical = serde_json::to_string(&record).unwrap_or_default();
    let hash = keys.seal_bytes(&[ENTRY, canonical.as_bytes()]);
    AuditEntry { tenant, seq, canonical, hash, private: draft.private.clone() }
}

/// The commitments to the personal fields of an entry.
pub(crate) fn commitments(private: &AuditPrivate) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut commit = |field: &str, value: &str| {
        let mut digest = Sha256::new();
        digest.update(private.salt);
        digest.update(field.as_bytes());
        digest.update([0]);
        digest.update(value.as_bytes());
        let hash: [u8; 32] = digest.finalize().into();
        out.insert(field.to_owned(), hex(&hash));
    };
    for (field, value) in
        [("ip", &private.ip), ("user_agent", &private.user_agent), ("reason", &private.reason)]
    {
        if let Some(value) = value {
            commit(field, value);
        }
    }
    for (field, value) in &private.diff {
        commit(&format!("diff.{field}"), &value.to_string());
    }
    out
}

/// The hash of a message's content: SHA-256 over salt and bytes. Without the salt it says nothing.
#[must_use]
pub fn text_hash(salt: &[u8; 16], content: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(content);
    digest.finalize().into()
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            out.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    out
}

/// The bytes of hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: char| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Vec<u8> = text.chars().map(digit).collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    Some(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Bytes of a fixed length as hexadecimal digits on the wire.
pub(crate) mod as_hex {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::hex(bytes))
    }

    pub(crate) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let bytes = super::unhex(&text).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| serde::de::Error::custom("expected hexadecimal digits"))
    }
}
