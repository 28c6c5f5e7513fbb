//! Goodwill: an embeddable customer-experience engine.

pub mod access;
pub mod error;
pub mod ids;
pub mod messages;
pub(crate) mod spelling;
pub mod time;

pub use access::{Role, RoleSet, Side};
pub use error::{Code, Error, ErrorKind, Result};
pub use ids::{
    AuditId, CustomerId, EventId, ExternalRef, Id, IdSource, MessageId, PartyId, Ref, SeededIds,
    StorefrontId, SubjectId, SystemIds, TenantId, ThreadId,
};
pub use messages::{Channel, MessageKind, Origin, Topic, Visibility};
pub use spelling::Spelling;
pub use time::{Clock, ManualClock, SystemClock, Timestamp};
