//! Goodwill is an embeddable customer-experience engine: message threads with access rules, read
//! state, search, a tamper-evident audit trail and an event outbox, on one SQLite file or in memory.
//!
//! A whole program: a customer asks, a supplier answers, a note stays among colleagues.
//!
//! ```
//! use goodwill::{
//!     AuditKey, Engine, ExternalRef, MessageQuery, PostMessage, Principal, PutSubject, Role,
//!     SqliteStore, SubjectRef, TenantId, Wait,
//! };
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let folder = tempfile::tempdir()?;
//!     let store = SqliteStore::open(folder.path().join("goodwill.db"))?;
//!     let engine = Engine::new(store, AuditKey::from_bytes("2026-01", &[7; 32])?);
//!     let shop = TenantId::SINGLE;
//!     let id = |text: &str| ExternalRef::host(text);
//!
//!     // The host's records are mirrored: who owns the order, and who fulfils it.
//!     let admin = engine.desk(Principal::staff(shop, Role::Admin, id("root")?))?;
//!     let order = PutSubject::order(id("ORD-123")?, id("ada")?).fulfilled_by(id("acme")?);
//!     admin.put_subject(order).wait()?;
//!     let order = SubjectRef::order(id("ORD-123")?);
//!
//!     let ada = engine.portal(Principal::customer(shop, id("ada")?));
//!     ada.post(order.clone(), PostMessage::text("When will it arrive?")).wait()?;
//!     let acme = engine.portal(Principal::supplier(shop, id("acme")?));
//!     acme.post(order.clone(), PostMessage::text("On Monday.")).wait()?;
//!     admin.post(order.clone(), PostMessage::note("Third delay of this supplier")).wait()?;
//!
//!     for message in ada.messages(order.clone(), MessageQuery::default()).wait()?.messages {
//!         println!("the customer sees  {}: {}", message.author_role, message.text);
//!     }
//!     let all = admin.messages(order, MessageQuery::default()).wait()?.messages;
//!     assert_eq!(all.len(), 3);
//!     Ok(())
//! }
//! ```
//!
//! # Where things are
//!
//! - [`Engine`] opens [`Session`]s: [`Engine::desk`] for the business, [`Engine::portal`] for
//!   customers and partners, whose view has no place for an internal note.
//! - [`access`] decides who may do what, explains it, and filters lists and searches by it.
//! - [`store`] is what to implement for another database; [`facade`] has whole routes for hosts.
//! - Every call is a future; without a runtime, [`Wait`] waits for it.

pub mod access;
#[cfg(feature = "analytics")]
pub mod analytics;
pub mod audit;
mod blocking;
mod decide;
pub mod directory;
pub mod engine;
pub mod error;
pub mod events;
pub mod facade;
pub mod followups;
pub mod ids;
pub mod inbound;
mod json;
#[cfg(feature = "llm")]
pub mod llm;
pub mod messages;
pub mod money;
#[cfg(feature = "ops")]
pub mod ops;
pub mod payments;
pub mod principal;
mod process;
#[cfg(feature = "prompts")]
pub mod prompts;
pub mod search;
pub mod session;
mod spelling;
pub mod store;
pub mod tenants;
pub mod threads;
pub mod time;
#[cfg(any(feature = "analytics", feature = "prompts"))]
mod zone;

pub use access::{Role, RoleSet, Side};
pub use audit::{AuditKey, AuditKeys};
pub use blocking::Wait;
pub use directory::{
    ContactKind, PartyKind, PutContact, PutParty, PutStorefront, PutSubject, SubjectKind,
};
pub use engine::Engine;
pub use error::{Code, Error, ErrorKind, Result};
pub use events::EventKind;
pub use followups::{
    Followup, FollowupResult, FollowupState, LogFollowup, ScheduleFollowup, UpdateFollowup,
};
pub use ids::{
    AuditId, CustomerId, EventId, ExternalRef, FollowupId, Id, IdSource, MessageId, PartyId,
    PaymentId, Ref, SeededIds, StorefrontId, SubjectId, SystemIds, TenantId, ThreadId, TriageId,
};
pub use inbound::{InboundMessage, IngestOutcome, Ingested, TriageItem, TriageReason, TriageState};
pub use messages::{
    Attachment, Channel, Message, MessageKind, MessageState, Origin, PostMessage, PublicMessage,
    Redaction, SystemEvent, Topic, Visibility,
};
pub use money::{Currency, Money};
pub use payments::{Payment, PaymentKind, PutPayment};
pub use principal::{Principal, PrincipalKind, RequestInfo, StoreScope};
#[cfg(feature = "llm")]
pub use session::ReplyDraft;
pub use session::{
    Desk, FollowupQuery, MessageFilter, MessageOrder, MessageQuery, PaymentQuery, Portal, Session,
    ThreadQuery, TriageQuery,
};
pub use spelling::Spelling;
pub use store::log::{Log, LogEntry, LogStore};
pub use store::memory::MemoryStore;
#[cfg(feature = "sqlite")]
pub use store::sqlite::{SqliteOptions, SqliteStore, Synchronous};
pub use store::{Store, SubjectRef, Target, UnreadTargets};
pub use tenants::{ClosedThread, InboundPolicy, Policies, Tenant};
pub use threads::{Priority, PublicThread, Thread, ThreadStatus};
pub use time::{Clock, ManualClock, SystemClock, Timestamp};
#[cfg(any(feature = "analytics", feature = "prompts"))]
pub use zone::Zone;
