//! Who should learn of a message.
//!
//! A pure rule over the conversation: hosts and channels decide how to tell them.

use serde::{Deserialize, Serialize};

use crate::access::{Role, RoleSet, Side};
use crate::ids::PartyId;
use crate::messages::{MessageKind, StoredMessage};
use crate::store::ThreadScene;

/// Somebody who should learn of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// Who.
    pub party: PartyId,
    /// In which role.
    pub role: Role,
}

/// Who should learn of a message: of a customer's, the supplier, the reseller and those of the
/// business who take part; of everybody else's, the customer; of a note, those it admits.
///
/// Nobody learns of what they wrote themselves, wherever it came from, so that a message from an
/// outside channel is never sent back along it. Reactions, corrections and retractions are no news,
/// and whoever has muted the thread or left it is left alone.
#[must_use]
pub fn recipients(conversation: &ThreadScene, message: &StoredMessage) -> Vec<Recipient> {
    let new = &message.row.new;
    if !new.is_entry() {
        return Vec::new();
    }
    let subject = &conversation.subject;
    let side = new.author.role.side();
    let public = new.visibility.is_public();
    let mut found = Vec::new();
    if public && side != Side::Customer {
        found.push(Recipient { party: subject.customer, role: Role::Customer });
    }
    if public && side == Side::Customer {
        let partners = subject
            .suppliers
            .iter()
            .map(|party| Recipient { party: *party, role: Role::Supplier })
            .chain(conversation.operator.map(|party| Recipient { party, role: Role::Reseller }));
        found.extend(partners);
    }
    let assignee = conversation.thread.as_ref().and_then(|thread| thread.assignee);
    found.extend(assignee.map(|party| Recipient { party, role: Role::Agent }));
    for known in conversation.participants.iter().filter(|known| known.left_at.is_none()) {
        let other_side = known.side() != side || known.side() == Side::Business;
        if other_side && known.side() != Side::Customer {
            found.push(Recipient { party: known.party, role: known.role });
        }
    }
    // What the software reports is news for the customer only.
    found.retain(|recipient| {
        let told = new.kind != MessageKind::SystemEvent || recipient.role == Role::Customer;
        let muted = conversation
            .participants
            .iter()
            .any(|known| known.party == recipient.party && known.muted);
        let wrote = new.author.party == Some(recipient.party);
        let admitted = new.visibility.admits(RoleSet::of(&[recipient.role]));
        told && !muted && !wrote && admitted
    });
    found.sort_unstable();
    found.dedup_by_key(|recipient| recipient.party);
    found
}
