//! The facts that access rules ask about, computed from records.
//!
//! One definition serves the engine's checks, the memory store's filters and, as the oracle of the
//! conformance suite, every other store's.

use uuid::Uuid;

use crate::access::{Fact, Facts};
use crate::directory::{PartyState, Subject, SubjectKind};
use crate::followups::Followup;
use crate::ids::{StorefrontId, SubjectId};
use crate::messages::{Author, Visibility};
use crate::principal::Identity;
use crate::store::query::ThreadScene;

/// What is known of a subject and its thread for one principal.
#[must_use]
pub fn thread_facts(identity: &Identity, scene: &ThreadScene) -> Facts {
    let subject = &scene.subject;
    let party = identity.party;
    let acts_for = |id| identity.organisation.is_some() && identity.organisation == id;
    let is_me = |id| party.is_some() && party == id;
    let owns = is_me(Some(subject.customer));
    let assigned = party.is_some_and(|me| subject.assigned.contains(&me))
        || is_me(scene.thread.as_ref().and_then(|thread| thread.assignee));
    let takes_part = scene
        .participants
        .iter()
        .any(|participant| participant.left_at.is_none() && is_me(Some(participant.party)));
    store_facts(identity, subject.store)
        .set(Fact::Owns, owns)
        .set(Fact::Fulfils, subject.suppliers.iter().any(|supplier| acts_for(Some(*supplier))))
        .set(Fact::Operates, acts_for(scene.operator))
        .set(Fact::Assigned, assigned)
        .set(Fact::Participant, takes_part)
        .set(Fact::OnBehalf, identity.on_behalf_of == Some(subject.customer))
        .set(Fact::Restricted, scene.customer_state != PartyState::Active)
        .set(Fact::Completed, subject.status.as_deref() == Some("completed"))
}

/// What is known of a record that has only a storefront. The tenant is the principal's: every query
/// is walled.
#[must_use]
pub fn store_facts(identity: &Identity, store: Option<StorefrontId>) -> Facts {
    let within = |store| identity.stores.as_ref().is_none_or(|stores| stores.contains(&store));
    Facts::none_known()
        .set(Fact::SameTenant, true)
        .set(Fact::SameStore, store.is_none_or(within))
        .set(Fact::Member, store.map_or(identity.stores.is_none(), within))
        .set(Fact::RoleClaimed, false)
}

/// What is known of a follow-up of a customer whose records may be worked with.
#[must_use]
pub fn followup_facts(identity: &Identity, followup: &Followup, job: Option<&Subject>) -> Facts {
    let scene = ThreadScene {
        subject: subject_of(followup, job),
        thread: None,
        operator: None,
        customer_state: PartyState::Active,
        participants: Vec::new(),
    };
    thread_facts(identity, &scene)
}

/// What rules see as the subject of a follow-up: the job that it is after, or nobody's work, with the
/// follow-up's own customer and storefront.
pub(crate) fn subject_of(followup: &Followup, job: Option<&Subject>) -> Subject {
    let (customer, store) = (followup.customer, followup.store);
    match job {
        Some(job) => Subject { customer, store, ..job.clone() },
        None => Subject {
            id: SubjectId::from_uuid(Uuid::nil()),
            tenant: followup.tenant,
            kind: SubjectKind::Job,
            number: None,
            store,
            customer,
            status: None,
            suppliers: Vec::new(),
            assigned: Vec::new(),
            created_at: followup.created_at,
            version: 0,
        },
    }
}

/// What is known of a message besides.
#[must_use]
pub fn message_facts(
    facts: Facts,
    identity: &Identity,
    author: Author,
    visibility: Visibility,
) -> Facts {
    facts
        .set(Fact::Public, visibility.is_public())
        .set(Fact::InAudience, visibility.admits(identity.roles))
        .set(Fact::Author, author.party.is_some() && author.party == identity.party)
}
