//! Messages: what was said, by whom, and who may see it.

pub(crate) mod append;
pub(crate) mod decide;
#[cfg(any(test, target_family = "wasm"))]
mod graphemes;
pub mod input;
pub mod model;
pub mod view;

pub use input::{PostMessage, REDACTED, Redaction, SystemEvent};
pub use model::{
    Attachment, Author, Channel, Content, ContentState, Disposition, Format, Later, MessageKind,
    MessageRow, NewMessage, Origin, Relation, RelationKind, ScanState, StoredMessage, Topic,
    Visibility,
};
pub use view::{
    Message, MessageState, PublicAttachment, PublicMessage, PublicReaction, PublicReadBy, Reaction,
    ReadBy, Reader,
};
