//! Typed ids, external references, and the source that makes ids and salts.
//!
//! Every record has a UUID. Ids made here are of version 7 (RFC 9562 §5.7): they sort by time, so
//! an index on them grows at its end. A host's own ids are kept as [`ExternalRef`]s, unless they
//! are UUIDs already, which are taken as they are.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Mutex;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::error::{Code, Error, Result};
use crate::time::Timestamp;

/// What an id names; see [`Id`].
pub trait Kind: 'static {
    /// The kind in lower snake_case, as it stands in external references and errors.
    const NAME: &'static str;
}

/// The UUID of a record of one kind: an id of another kind does not fit in its place.
///
/// ```
/// use goodwill::{CustomerId, ThreadId};
///
/// let thread: ThreadId = "0195a5f0-4c00-7000-8000-000000000001".parse().unwrap();
/// assert_eq!(thread.to_string(), "0195a5f0-4c00-7000-8000-000000000001");
/// assert!("42".parse::<CustomerId>().is_err());
/// ```
pub struct Id<K: Kind> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> Id<K> {
    /// The id with this UUID.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The UUID.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<K: Kind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for Id<K> {}
impl<K: Kind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<K: Kind> Eq for Id<K> {}
impl<K: Kind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: Kind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<K: Kind> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", K::NAME, self.uuid)
    }
}
impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Uuid::try_parse(text)
            .map(Self::from_uuid)
            .map_err(|_| Error::field(Code::InputMalformedId, K::NAME, "a UUID"))
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Uuid::encode_buffer();
        serializer.serialize_str(self.uuid.hyphenated().encode_lower(&mut text))
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::read_text(deserializer, "a UUID")
    }
}

/// An id is a string with the name of its kind, so that clients can tell ids apart.
#[cfg(feature = "schema")]
impl<K: Kind> schemars::JsonSchema for Id<K> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        let mut letters = K::NAME.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        format!("{}{}Id", first.unwrap_or_default(), letters.as_str()).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "uuid",
            "x-id": K::NAME,
            "description": format!("The id of a {}: a UUID.", K::NAME),
        })
    }
}

/// A reference is a string or a pair; clients know it by one name for all kinds.
#[cfg(feature = "schema")]
impl<K: Kind> schemars::JsonSchema for Ref<K> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ref".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let external = generator.subschema_for::<ExternalRef>();
        schemars::json_schema!({
            "anyOf": [{ "type": "string" }, external],
            "description":
                "A record by the host's own id, by its UUID, or by a reference of another system.",
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ExternalRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ExternalRef".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "A record's id in another system.",
            "properties": {
                "system": { "type": "string", "description": "The system; `host` by default." },
                "value": { "type": "string", "description": "The id there." },
            },
            "required": ["value"],
        })
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident, $alias:ident, $name:literal;)+) => {
        /// The kinds of ids.
        pub mod kind {
            $($(#[doc = $doc])+ #[derive(Debug)] pub enum $kind {} impl super::Kind for $kind { const NAME: &'static str = $name; })+
        }
        $($(#[doc = $doc])+ pub type $alias = Id<kind::$kind>;)+
    };
}

kinds! {
    /// A tenant: the outermost wall.
    Tenant, TenantId, "tenant";
    /// A storefront of a tenant: the wall inside a tenant.
    Storefront, StorefrontId, "store";
    /// Anybody who can act or be written to.
    Party, PartyId, "party";
    /// A job, an order or another thing that is talked about.
    Subject, SubjectId, "subject";
    /// Money that went from a customer or back.
    Payment, PaymentId, "payment";
    /// Something to be done for a customer after a service, or that was done.
    Followup, FollowupId, "followup";
    /// A thread of messages.
    Thread, ThreadId, "thread";
    /// A message.
    Message, MessageId, "message";
    /// An entry of the audit trail.
    Audit, AuditId, "audit";
    /// An event of the outbox.
    Event, EventId, "event";
    /// An item of triage.
    Triage, TriageId, "triage";
}

/// A customer is a party.
pub type CustomerId = PartyId;

impl TenantId {
    /// The tenant of hosts that have only one.
    pub const SINGLE: Self = Self::from_uuid(Uuid::from_u128(1));
}

/// A host's own id of a record: unique per tenant, system and kind.
///
/// ```
/// use goodwill::ExternalRef;
///
/// let order = ExternalRef::new("shop", "ORD-123").unwrap();
/// assert_eq!(order.value(), "ORD-123");
/// assert!(ExternalRef::new("shop", "").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalRef {
    system: String,
    value: String,
}

impl ExternalRef {
    /// The system of references that do not name one.
    pub const HOST: &'static str = "host";

    /// A reference of `system`.
    ///
    /// # Errors
    /// `input.malformed_id` when a part is empty, longer than 200 bytes, or has a control character.
    pub fn new(system: impl Into<String>, value: impl Into<String>) -> Result<Self> {
        let (system, value) = (system.into(), value.into());
        let fits = |text: &str| {
            !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control)
        };
        if fits(&system) && fits(&value) {
            Ok(Self { system, value })
        } else {
            Err(Error::field(
                Code::InputMalformedId,
                "external_ref",
                "a system and a value of 1 to 200 bytes without control characters",
            ))
        }
    }

    /// A reference of the host's main system.
    ///
    /// # Errors
    /// As [`ExternalRef::new`].
    pub fn host(value: impl Into<String>) -> Result<Self> {
        Self::new(Self::HOST, value)
    }

    /// The system that the value belongs to.
    #[must_use]
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The host's id.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl<'de> Deserialize<'de> for ExternalRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Parts {
            #[serde(default)]
            system: Option<String>,
            value: String,
        }
        let parts = Parts::deserialize(deserializer)?;
        Self::new(parts.system.unwrap_or_else(|| Self::HOST.to_owned()), parts.value)
            .map_err(crate::error::for_serde)
    }
}

/// A record named by its id or by a host's reference.
///
/// As text: a UUID in its canonical form is the id, anything else is a reference of the system
/// `host`. So a host whose ids are UUIDs uses them as they are, and every other host's ids come
/// back exactly as they went in.
///
/// ```
/// use goodwill::{Ref, SubjectId, ids::kind::Subject};
///
/// let order: Ref<Subject> = "ORD-123".parse().unwrap();
/// assert!(matches!(order, Ref::External(_)));
/// let job: Ref<Subject> = "0195a5f0-4c00-7000-8000-000000000001".parse().unwrap();
/// assert!(matches!(job, Ref::Id(_)));
/// ```
#[derive(Debug, Serialize)]
#[serde(untagged, bound = "")]
pub enum Ref<K: Kind> {
    /// The id.
    Id(Id<K>),
    /// A host's reference.
    External(ExternalRef),
}

impl<K: Kind> Clone for Ref<K> {
    fn clone(&self) -> Self {
        match self {
            Self::Id(id) => Self::Id(*id),
            Self::External(external) => Self::External(external.clone()),
        }
    }
}
impl<K: Kind> PartialEq for Ref<K> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id(a), Self::Id(b)) => a == b,
            (Self::External(a), Self::External(b)) => a == b,
            _ => false,
        }
    }
}
impl<K: Kind> Eq for Ref<K> {}

impl<K: Kind> From<Id<K>> for Ref<K> {
    fn from(id: Id<K>) -> Self {
        Self::Id(id)
    }
}
impl<K: Kind> From<ExternalRef> for Ref<K> {
    fn from(external: ExternalRef) -> Self {
        Self::External(external)
    }
}
impl<K: Kind> FromStr for Ref<K> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match Uuid::try_parse(text) {
            Ok(uuid) if uuid.to_string() == text => Ok(Self::Id(Id::from_uuid(uuid))),
            _ => ExternalRef::host(text).map(Self::External),
        }
    }
}
impl<'de, K: Kind> Deserialize<'de> for Ref<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<K>(PhantomData<fn() -> K>);

        impl<'de, K: Kind> Visitor<'de> for Either<K> {
            type Value = Ref<K>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id, or a system and a value")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Ref<K>, E> {
                text.parse().map_err(crate::error::for_serde)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Ref<K>, A::Error> {
                ExternalRef::deserialize(MapAccessDeserializer::new(map)).map(Ref::External)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// Where ids and salts come from.
pub trait IdSource: Send + Sync + fmt::Debug {
    /// A new UUID of version 7, greater than every one made before for the same or an earlier instant.
    fn uuid(&self, now: Timestamp) -> Uuid;

    /// Sixteen unpredictable bytes.
    fn salt(&self) -> [u8; 16];
}

/// Ids and salts from the operating system's randomness, taken from it some at a time.
#[derive(Default)]
pub struct SystemIds(Mutex<(Sequence, Randomness)>);

impl fmt::Debug for SystemIds {
    /// Without the bytes to come.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemIds").finish_non_exhaustive()
    }
}

impl IdSource for SystemIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut state = lock(&self.0);
        let random = state.1.take();
        state.0.next(now, &random)
    }

    fn salt(&self) -> [u8; 16] {
        lock(&self.0).1.take()
    }
}

/// Unpredictable bytes that nobody has had yet. A process that is forked takes new ones.
#[derive(Default)]
struct Randomness {
    left: Vec<[u8; 16]>,
    process: u32,
}

impl Randomness {
    const AT_ONCE: usize = 64;

    fn take(&mut self) -> [u8; 16] {
        let process = crate::process::id();
        if self.process != process {
            self.left.clear();
            self.process = process;
        }
        if let Some(bytes) = self.left.pop() {
            return bytes;
        }
        let mut bytes = [[0; 16]; Self::AT_ONCE];
        fill(bytes.as_flattened_mut());
        self.left.extend(bytes);
        self.left.pop().unwrap_or_default()
    }
}

/// Reproducible ids and salts: the same seed gives the same bytes. For replays and tests only.
///
/// ```
/// use goodwill::{IdSource, SeededIds, Timestamp};
///
/// let now = Timestamp::from_millis(0).unwrap();
/// assert_eq!(SeededIds::new(7).uuid(now), SeededIds::new(7).uuid(now));
/// ```
#[derive(Debug)]
pub struct SeededIds(Mutex<(u64, Sequence)>);

impl SeededIds {
    /// A source that starts from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, Sequence::default())))
    }
}

impl IdSource for SeededIds {
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut state = lock(&self.0);
        let random = split_mix(&mut state.0);
        state.1.next(now, &random)
    }

    fn salt(&self) -> [u8; 16] {
        split_mix(&mut lock(&self.0).0)
    }
}

/// Keeps ids of one source strictly increasing: the 12 bits after the time count within it
/// (RFC 9562 §6.2, method 1), and run into the next millisecond when they are used up.
#[derive(Debug, Default)]
struct Sequence {
    last: u64,
}

impl Sequence {
    fn next(&mut self, now: Timestamp, random: &[u8; 16]) -> Uuid {
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        // The counter starts in the lower half, so that it has room to grow.
        let start = u64::from(random[0]) << 3 | u64::from(random[1] >> 5);
        self.last = (millis << 12 | start).max(self.last + 1);
        let (millis, counter) = (self.last >> 12, self.last & 0xfff);
        let mut bytes = *random;
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6] = 0x70 | (counter >> 8) as u8;
        bytes[7] = (counter & 0xff) as u8;
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Uuid::from_bytes(bytes)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "the one place where randomness enters")]
fn fill(bytes: &mut [u8]) {
    // Without randomness from the system no id would be safe to hand out.
    #[expect(clippy::expect_used, reason = "an operating system without randomness cannot run us")]
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, and good enough for reproducible tests.
fn split_mix(state: &mut u64) -> [u8; 16] {
    let mut word = || {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    (u128::from(word()) << 64 | u128::from(word())).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_increase() {
        let ids = SystemIds::default();
        let now = Timestamp::from_millis(1_772_000_000_000).unwrap();
        let mut last = Uuid::nil();
        for round in 0..10_000 {
            // A clock that stands still, and one that jumps back, still gives increasing ids.
            let at = if round % 3 == 0 { now } else { Timestamp::from_millis(5).unwrap() };
            let id = ids.uuid(at);
            assert_eq!(id.get_version_num(), 7);
            assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
            assert!(id > last);
            last = id;
        }
    }

    #[test]
    fn references_survive_json() {
        type Order = Ref<kind::Subject>;
        let order: Order = serde_json::from_str("\"ORD-123\"").unwrap();
        assert_eq!(order, Ref::External(ExternalRef::host("ORD-123").unwrap()));
        let explicit: Order = serde_json::from_str(r#"{"system":"erp","value":"9"}"#).unwrap();
        let back: Order = serde_json::from_str(&serde_json::to_string(&explicit).unwrap()).unwrap();
        assert_eq!(back, explicit);
        // An upper-case UUID is somebody's own text: it must come back as it went in.
        let upper: Order = "0195A5F0-4C00-7000-8000-000000000001".parse().unwrap();
        assert!(matches!(upper, Ref::External(_)));
        assert!(serde_json::from_str::<Order>(r#"{"value":"a\u0000"}"#).is_err());
    }
}
