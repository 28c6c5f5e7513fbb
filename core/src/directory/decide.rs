//! How the directory follows the host's records.

use serde::{Deserialize, Serialize};

use crate::access::Action;
use crate::decide::{Context, Draft, with_reason};
use crate::directory::contact::{ContactKind, ContactPoint, MOST_CONTACTS, PutContact};
use crate::directory::model::{Party, PartyKind, PartyState, Storefront, Subject, SubjectKind};
use crate::error::{Code, Error, Result};
use crate::events::{EventKind, Stream, StreamKind};
use crate::ids::{PartyId, Ref, StorefrontId, SubjectId, kind};
use crate::messages::input::check_word;
use crate::store::facts::store_facts;
use crate::store::{Change, Expect, ThreadScene};
use crate::threads::Thread;

/// A storefront as the host knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutStorefront {
    /// Which one.
    pub key: Ref<kind::Storefront>,
    /// A name to show.
    pub name: String,
    /// The reseller that operates it.
    #[serde(default)]
    pub reseller: Option<Ref<kind::Party>>,
}

/// A party as the host knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutParty {
    /// Which one.
    pub key: Ref<kind::Party>,
    /// What it is to the business.
    pub kind: PartyKind,
    /// A name to show.
    #[serde(default)]
    pub name: Option<String>,
    /// Where the party can be reached: these and no others. When absent they stay as they are.
    #[serde(default)]
    pub contacts: Option<Vec<PutContact>>,
}

impl PutParty {
    /// A party without a name.
    #[must_use]
    pub fn new(kind: PartyKind, key: impl Into<Ref<kind::Party>>) -> Self {
        Self { key: key.into(), kind, name: None, contacts: None }
    }

    /// With a name to show.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With one more address.
    #[must_use]
    pub fn reached_at(mut self, kind: ContactKind, address: impl Into<String>) -> Self {
        self.contacts.get_or_insert_default().push(PutContact::new(kind, address));
        self
    }
}

/// A job, an order or another subject as the host knows it.
///
/// ```
/// use goodwill::{ExternalRef, PutSubject};
///
/// let order = PutSubject::order(ExternalRef::host("o-1")?, ExternalRef::host("c-1")?)
///     .numbered("ORD-123")
///     .fulfilled_by(ExternalRef::host("s-1")?);
/// assert_eq!(order.suppliers.len(), 1);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutSubject {
    /// The kind.
    pub kind: SubjectKind,
    /// Which one.
    pub key: Ref<kind::Subject>,
    /// Whose it is.
    pub customer: Ref<kind::Party>,
    /// The number that people use.
    #[serde(default)]
    pub number: Option<String>,
    /// The storefront.
    #[serde(default)]
    pub store: Option<Ref<kind::Storefront>>,
    /// The host's status, in any spelling.
    #[serde(default)]
    pub status: Option<String>,
    /// The suppliers of the fulfilment snapshot.
    #[serde(default)]
    pub suppliers: Vec<Ref<kind::Party>>,
    /// The technicians and agents it is assigned to.
    #[serde(default)]
    pub assigned: Vec<Ref<kind::Party>>,
}

impl PutSubject {
    /// A subject of a customer's.
    #[must_use]
    pub fn new(
        kind: SubjectKind,
        key: impl Into<Ref<kind::Subject>>,
        customer: impl Into<Ref<kind::Party>>,
    ) -> Self {
        Self {
            kind,
            key: key.into(),
            customer: customer.into(),
            number: None,
            store: None,
            status: None,
            suppliers: Vec::new(),
            assigned: Vec::new(),
        }
    }

    /// A customer's job.
    #[must_use]
    pub fn job(key: impl Into<Ref<kind::Subject>>, customer: impl Into<Ref<kind::Party>>) -> Self {
        Self::new(SubjectKind::Job, key, customer)
    }

    /// A customer's order.
    #[must_use]
    pub fn order(
        key: impl Into<Ref<kind::Subject>>,
        customer: impl Into<Ref<kind::Party>>,
    ) -> Self {
        Self::new(SubjectKind::Order, key, customer)
    }

    /// With the number that people use.
    #[must_use]
    pub fn numbered(mut self, number: impl Into<String>) -> Self {
        self.number = Some(number.into());
        self
    }

    /// In a storefront.
    #[must_use]
    pub fn in_store(mut self, store: impl Into<Ref<kind::Storefront>>) -> Self {
        self.store = Some(store.into());
        self
    }

    /// With the host's status.
    #[must_use]
    pub fn with_status(mut self, status: impl Into<String>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// With a supplier of the fulfilment snapshot.
    #[must_use]
    pub fn fulfilled_by(mut self, supplier: impl Into<Ref<kind::Party>>) -> Self {
        self.suppliers.push(supplier.into());
        self
    }

    /// With somebody it is assigned to.
    #[must_use]
    pub fn assigned_to(mut self, person: impl Into<Ref<kind::Party>>) -> Self {
        self.assigned.push(person.into());
        self
    }

    /// Every party it names.
    pub(crate) fn parties(&self) -> Vec<Ref<kind::Party>> {
        std::iter::once(&self.customer)
            .chain(&self.suppliers)
            .chain(&self.assigned)
            .cloned()
            .collect()
    }
}

/// Stores a storefront.
pub(crate) fn put_storefront<'a>(
    context: &'a Context<'a>,
    stored: Option<&Storefront>,
    reseller: Option<&Party>,
    input: &PutStorefront,
) -> Result<(Draft<'a>, StorefrontId)> {
    context.check(Action::TenantManage, store_facts(context.identity, stored.map(|s| s.id)))?;
    check_word("name", &input.name, 200)?;
    let mut draft = Draft::new(context);
    draft.actor();
    let id = stored.map_or_else(|| identify(&mut draft, &input.key), |stored| stored.id);
    let reseller = input.reseller.as_ref().map(|reference| match reseller {
        Some(party) => party.id,
        None => draft.party(reference, PartyKind::Reseller),
    });
    let version = stored.map_or(0, |stored| stored.version);
    draft.expect(Expect::Storefront(id, version));
    draft.change(Change::PutStorefront(Storefront {
        id,
        tenant: context.tenant(),
        name: input.name.clone(),
        reseller,
        created_at: stored.map_or(context.now, |stored| stored.created_at),
        version,
    }));
    let stream = Stream { kind: StreamKind::Storefront, id: id.uuid() };
    draft.event(stream, EventKind::StorefrontChanged, [("store", id.to_string().into())]);
    draft.audit(EventKind::StorefrontChanged.as_str(), ("store", id.uuid())).store = Some(id);
    Ok((draft, id))
}

/// Stores a party.
pub(crate) fn put_party<'a>(
    context: &'a Context<'a>,
    stored: Option<&Party>,
    input: &PutParty,
) -> Result<(Draft<'a>, PartyId)> {
    context.check(Action::CustomerWrite, store_facts(context.identity, None))?;
    if let Some(name) = &input.name {
        check_word("name", name, 200)?;
    }
    if let Some(stored) = stored {
        if stored.state == PartyState::Erased {
            return Err(Error::new(Code::PartyNotFound, "the party has been erased"));
        }
        if stored.kind != input.kind {
            return Err(Error::invalid("kind", "the kind that the party has")
                .with("kind", stored.kind.as_str()));
        }
    }
    let contacts = contacts(context, stored, input)?;
    let mut draft = Draft::new(context);
    draft.actor();
    let id = stored.map_or_else(|| identify(&mut draft, &input.key), |stored| stored.id);
    let version = stored.map_or(0, |stored| stored.version);
    draft.expect(Expect::Party(id, version));
    draft.change(Change::PutParty(Party {
        id,
        tenant: context.tenant(),
        kind: input.kind,
        name: input.name.clone(),
        contacts,
        state: stored.map_or(PartyState::Active, |stored| stored.state),
        created_at: stored.map_or(context.now, |stored| stored.created_at),
        version,
    }));
    let stream = Stream { kind: StreamKind::Party, id: id.uuid() };
    draft.event(
        stream,
        EventKind::PartyChanged,
        [("party", id.to_string().into()), ("kind", input.kind.as_str().into())],
    );
    draft.audit(EventKind::PartyChanged.as_str(), ("party", id.uuid()));
    Ok((draft, id))
}

/// The addresses of a party with their keys, sorted, each once.
fn contacts(
    context: &Context<'_>,
    stored: Option<&Party>,
    input: &PutParty,
) -> Result<Vec<ContactPoint>> {
    let Some(given) = &input.contacts else {
        return Ok(stored.map(|stored| stored.contacts.clone()).unwrap_or_default());
    };
    if given.len() > MOST_CONTACTS {
        let accepted = format!("at most {MOST_CONTACTS} addresses");
        return Err(
            Error::field(Code::InputTooLong, "contacts", accepted).with("limit", MOST_CONTACTS)
        );
    }
    let code = context.policies.inbound.calling_code.as_deref();
    let mut contacts = Vec::with_capacity(given.len());
    for (position, contact) in given.iter().enumerate() {
        contacts.push(contact.point(code).map_err(|error| error.with("position", position))?);
    }
    contacts.sort();
    contacts.dedup_by(|one, other| (one.kind, &one.key) == (other.kind, &other.key));
    Ok(contacts)
}

/// Stores a subject, and lets its thread follow.
pub(crate) fn put_subject<'a>(
    context: &'a Context<'a>,
    stored: Option<&ThreadScene>,
    parties: &[Option<Party>],
    store: Option<&Storefront>,
    input: &PutSubject,
) -> Result<(Draft<'a>, SubjectId)> {
    let subject = stored.map(|scene| &scene.subject);
    if let Some(reference) = &input.store
        && store.is_none()
    {
        let given = if matches!(reference, Ref::Id(_)) { "id" } else { "reference" };
        return Err(Error::invalid("store", format!("the {given} of a storefront that is stored")));
    }
    let store = store.map(|store| store.id);
    for place in [subject.and_then(|subject| subject.store), store] {
        context.check(Action::SubjectWrite, store_facts(context.identity, place))?;
    }
    if let Some(number) = &input.number {
        check_word("number", number, 128)?;
    }
    let status = input.status.as_deref().map(|status| status_word("status", status)).transpose()?;
    let mut draft = Draft::new(context);
    draft.actor();
    let mut known = parties.iter();
    let mut party =
        |draft: &mut Draft<'_>, reference: &Ref<kind::Party>, kind: PartyKind| match known
            .next()
            .and_then(Option::as_ref)
        {
            Some(party) if party.state == PartyState::Erased => {
                Err(Error::new(Code::PartyNotFound, "a party has been erased"))
            }
            Some(party) => Ok(party.id),
            None => Ok(draft.party(reference, kind)),
        };
    let customer = party(&mut draft, &input.customer, PartyKind::Customer)?;
    let mut suppliers = input
        .suppliers
        .iter()
        .map(|supplier| party(&mut draft, supplier, PartyKind::Supplier))
        .collect::<Result<Vec<_>>>()?;
    let mut assigned = input
        .assigned
        .iter()
        .map(|person| party(&mut draft, person, PartyKind::Staff))
        .collect::<Result<Vec<_>>>()?;
    for parties in [&mut suppliers, &mut assigned] {
        parties.sort_unstable();
        parties.dedup();
    }
    let id = match subject {
        Some(subject) => subject.id,
        None => match &input.key {
            Ref::Id(id) => *id,
            Ref::External(reference) => {
                let id = SubjectId::from_uuid(context.ids.uuid(context.now));
                draft.change(Change::PutReference {
                    kind: input.kind.as_str(),
                    reference: reference.clone(),
                    id: id.uuid(),
                });
                id
            }
        },
    };
    let after = Subject {
        id,
        tenant: context.tenant(),
        kind: input.kind,
        number: input.number.clone(),
        store,
        customer,
        status,
        suppliers,
        assigned,
        created_at: subject.map_or(context.now, |subject| subject.created_at),
        version: subject.map_or(0, |subject| subject.version),
    };
    if subject == Some(&after) {
        return Ok((Draft::new(context), id));
    }
    draft.expect(Expect::Subject(id, after.version));
    follow(&mut draft, stored.and_then(|scene| scene.thread.as_ref()), &after)?;
    let stream = Stream { kind: StreamKind::Subject, id: id.uuid() };
    draft.event(
        stream,
        EventKind::SubjectChanged,
        [
            ("subject", id.to_string().into()),
            ("kind", input.kind.as_str().into()),
            ("status", after.status.clone().into()),
        ],
    );
    let entry = draft.audit(EventKind::SubjectChanged.as_str(), ("subject", id.uuid()));
    entry.subject = Some(id);
    entry.store = store;
    draft.change(Change::PutSubject(after));
    Ok((draft, id))
}

/// Store and customer of a thread are those of its subject.
fn follow(draft: &mut Draft<'_>, thread: Option<&Thread>, subject: &Subject) -> Result<()> {
    let Some(thread) = thread else { return Ok(()) };
    if (thread.store, thread.customer) == (subject.store, subject.customer) {
        return Ok(());
    }
    if thread.customer != subject.customer && thread.counters.messages > 0 {
        return Err(Error::new(
            Code::ReferenceTaken,
            "the conversation about this subject is another customer's",
        )
        .with("field", "customer")
        .with("accepted", "the customer of the conversation"));
    }
    draft.expect(Expect::Thread(thread.id, thread.version));
    draft.change(Change::PutThread(Thread {
        store: subject.store,
        customer: subject.customer,
        ..thread.clone()
    }));
    Ok(())
}

/// Erases a person: what they wrote, who they were to the host, what the trail kept apart of them.
pub(crate) fn erase_party<'a>(
    context: &'a Context<'a>,
    stored: &Party,
    reason: &str,
) -> Result<Draft<'a>> {
    context.check(Action::DsrExecute, store_facts(context.identity, None))?;
    check_word("reason", reason, 1_000)?;
    let mut draft = Draft::new(context);
    if stored.state == PartyState::Erased {
        return Ok(draft);
    }
    draft.actor();
    draft.expect(Expect::Party(stored.id, stored.version));
    // What is kept of the person elsewhere is found by the addresses: they go last.
    draft.change(Change::ErasePersonalData(stored.id));
    draft.change(Change::PutParty(Party {
        name: None,
        contacts: Vec::new(),
        state: PartyState::Erased,
        ..stored.clone()
    }));
    let stream = Stream { kind: StreamKind::Party, id: stored.id.uuid() };
    draft.event(stream, EventKind::PartyErased, [("party", stored.id.to_string().into())]);
    draft.audit(EventKind::PartyErased.as_str(), ("party", stored.id.uuid())).private =
        Some(with_reason(context, reason));
    Ok(draft)
}

/// The id of a record that is stored for the first time, and its reference.
pub(crate) fn identify<K: crate::ids::Kind>(draft: &mut Draft<'_>, key: &Ref<K>) -> crate::Id<K> {
    match key {
        Ref::Id(id) => *id,
        Ref::External(reference) => {
            let id = crate::Id::from_uuid(draft.context.ids.uuid(draft.context.now));
            draft.change(Change::PutReference {
                kind: K::NAME,
                reference: reference.clone(),
                id: id.uuid(),
            });
            id
        }
    }
}

/// A host's word in lower snake_case, whatever the host's spelling: `In Progress` is `in_progress`.
pub(crate) fn status_word(field: &'static str, text: &str) -> Result<String> {
    check_word(field, text, 64)?;
    let mut word = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' | '-' | '_' => {
                if !word.ends_with('_') {
                    word.push('_');
                }
            }
            letter => word.extend(letter.to_lowercase()),
        }
    }
    Ok(word)
}
