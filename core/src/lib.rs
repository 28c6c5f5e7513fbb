//! Goodwill: an embeddable customer-experience engine.

pub mod access;
pub mod audit;
mod decide;
pub mod directory;
pub mod engine;
pub mod error;
pub mod events;
pub mod ids;
pub mod messages;
pub mod principal;
pub mod search;
pub mod session;
mod spelling;
pub mod store;
pub mod tenants;
pub mod threads;
pub mod time;

pub use access::{Role, RoleSet, Side};
pub use audit::{AuditKey, AuditKeys};
pub use directory::{PartyKind, PutParty, PutStorefront, PutSubject, SubjectKind};
pub use engine::Engine;
pub use error::{Code, Error, ErrorKind, Result};
pub use events::EventKind;
pub use ids::{
    AuditId, CustomerId, EventId, ExternalRef, Id, IdSource, MessageId, PartyId, Ref, SeededIds,
    StorefrontId, SubjectId, SystemIds, TenantId, ThreadId,
};
pub use messages::{
    Attachment, Channel, Message, MessageKind, MessageState, Origin, PostMessage, PublicMessage,
    Redaction, SystemEvent, Topic, Visibility,
};
pub use principal::{Principal, PrincipalKind, RequestInfo, StoreScope};
pub use session::{Desk, MessageFilter, MessageOrder, MessageQuery, Portal, Session, ThreadQuery};
pub use spelling::Spelling;
pub use store::memory::MemoryStore;
#[cfg(feature = "sqlite")]
pub use store::sqlite::{SqliteOptions, SqliteStore, Synchronous};
pub use store::{Store, SubjectRef, Target, UnreadTargets};
pub use tenants::{ClosedThread, Policies, Tenant};
pub use threads::{Priority, PublicThread, Thread, ThreadStatus};
pub use time::{Clock, ManualClock, SystemClock, Timestamp};
