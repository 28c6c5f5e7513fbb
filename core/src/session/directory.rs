//! Storing the host's records, tenants, and erasing persons.

use serde::{Deserialize, Serialize};

use crate::directory::decide::{PutParty, PutStorefront, PutSubject};
use crate::directory::{Party, Storefront, Subject, SubjectKind, decide};
use crate::engine::{id_in, scene_query};
use crate::error::{Code, Error, Result};
use crate::ids::{PartyId, Ref, StorefrontId, SubjectId, kind};
use crate::session::{Desk, Session};
use crate::store::{Directory, DirectoryEntry, SceneQuery, SubjectRef};
use crate::tenants::Tenant;

/// What an erasure has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Erased {
    /// Whose data is gone.
    pub party: PartyId,
}

impl Session<Desk> {
    /// Stores the tenant's name, policies and access rules.
    ///
    /// # Errors
    /// `access.denied`, `access.rule_invalid`, `input.*`.
    pub async fn put_tenant(&self, tenant: Tenant) -> Result<Tenant> {
        let stored = self.stored_tenant().await?;
        let query = scene_query(&self.principal);
        let result = |(): &()| serde_json::Value::Null;
        self.engine
            .inner
            .run(&self.call("tenant.put"), query, &tenant, result, |context, _| {
                let draft = crate::tenants::decide::put(context, stored.as_ref(), &tenant)?;
                Ok((draft.finish(), ()))
            })
            .await?;
        self.tenant().await
    }

    /// The tenant; one that was never stored has the defaults.
    ///
    /// # Errors
    /// The `store.*` codes.
    pub async fn tenant(&self) -> Result<Tenant> {
        let stored = self.stored_tenant().await?;
        Ok(stored.unwrap_or_else(|| Tenant::new(self.principal.tenant, "")))
    }

    async fn stored_tenant(&self) -> Result<Option<Tenant>> {
        match self.entry(Directory::Tenant(self.principal.tenant)).await? {
            Some(DirectoryEntry::Tenant(tenant)) => Ok(Some(tenant)),
            _ => Ok(None),
        }
    }

    /// Stores a storefront.
    ///
    /// # Errors
    /// `access.denied`, `input.*`.
    pub async fn put_storefront(&self, input: PutStorefront) -> Result<StorefrontId> {
        let mut query = scene_query(&self.principal);
        query.parties = input.reseller.iter().cloned().collect();
        let stored = self.storefront(&input.key).await?;
        self.put("store.put", query, &input, |context, scene| {
            let reseller = scene.parties.first().and_then(Option::as_ref);
            let (draft, id) = decide::put_storefront(context, stored.as_ref(), reseller, &input)?;
            Ok((draft.finish(), id))
        })
        .await
    }

    /// Stores a party.
    ///
    /// # Errors
    /// `access.denied`, `input.*`, `party.not_found` for one that was erased, `reference.taken` for an
    /// address of another party.
    pub async fn put_party(&self, input: PutParty) -> Result<PartyId> {
        let mut query = scene_query(&self.principal);
        query.parties = vec![input.key.clone()];
        self.put("party.put", query, &input, |context, scene| {
            let stored = scene.parties.first().and_then(Option::as_ref);
            let (draft, id) = decide::put_party(context, stored, &input)?;
            Ok((draft.finish(), id))
        })
        .await
    }

    /// Stores a job, an order or another subject. Parties that it names and nobody knows yet are
    /// made known.
    ///
    /// # Errors
    /// `access.denied`, `input.*` (an unknown storefront among them), `reference.taken` for a number
    /// of another subject, or for another customer while a conversation is under way.
    pub async fn put_subject(&self, input: PutSubject) -> Result<SubjectId> {
        let mut query = self.scene_of(SubjectRef { kind: input.kind, key: input.key.clone() });
        query.parties = input.parties();
        let store = match &input.store {
            Some(store) => self.storefront(store).await?,
            None => None,
        };
        self.put("subject.put", query, &input, |context, scene| {
            // The first thread of a scene may be another subject's, if this one's was merged.
            let stored = scene.threads.iter().find(|part| match &input.key {
                Ref::Id(id) => part.subject.id == *id,
                Ref::External(_) => true,
            });
            let store = store.as_ref();
            let (draft, id) = decide::put_subject(context, stored, &scene.parties, store, &input)?;
            Ok((draft.finish(), id))
        })
        .await
    }

    /// Erases a person's personal data: what they wrote, their name and references, and what the
    /// audit trail kept apart of them. The trail itself stays whole.
    ///
    /// # Errors
    /// `access.denied`, `party.not_found`, `input.empty` without a reason.
    pub async fn erase_party(
        &self,
        party: impl Into<Ref<kind::Party>>,
        reason: &str,
    ) -> Result<Erased> {
        let party = party.into();
        let mut query = scene_query(&self.principal);
        query.parties = vec![party.clone()];
        let id = self
            .put("party.erase", query, &(&party, reason), |context, scene| {
                let stored = scene.parties.first().and_then(Option::as_ref);
                let stored = stored
                    .ok_or_else(|| Error::new(Code::PartyNotFound, "the party is not known"))?;
                let draft = decide::erase_party(context, stored, reason)?;
                Ok((draft.finish(), stored.id))
            })
            .await?;
        Ok(Erased { party: id })
    }

    /// A party. Who reads customers under an obligation, as analysts do, sees no addresses.
    ///
    /// # Errors
    /// `party.not_found`.
    pub async fn party(&self, party: impl Into<Ref<kind::Party>>) -> Result<Party> {
        let with_contacts = self.may_read_directory().await?;
        match self.entry(Directory::Party(self.principal.tenant, party.into())).await? {
            Some(DirectoryEntry::Party(party)) if with_contacts => Ok(party),
            Some(DirectoryEntry::Party(party)) => Ok(Party { contacts: Vec::new(), ..party }),
            _ => Err(Error::new(Code::PartyNotFound, "the party is not known")),
        }
    }

    /// A job, an order or another subject.
    ///
    /// # Errors
    /// `subject.not_found`, also for subjects that the principal may not read.
    pub async fn subject(&self, subject: SubjectRef) -> Result<Subject> {
        let (subject, ..) = self
            .looking("subject.get", self.scene_of(subject), |context, scene| {
                let unknown = || Error::new(Code::SubjectNotFound, "the subject is not known");
                let scene = scene.threads.first().ok_or_else(unknown)?;
                let facts = crate::store::facts::thread_facts(context.identity, scene);
                if context.allows(crate::access::Action::SubjectRead, facts) {
                    Ok(scene.subject.clone())
                } else {
                    Err(unknown())
                }
            })
            .await?;
        Ok(subject)
    }

    /// The subject of a kind that has a number, in a storefront or outside all of them.
    ///
    /// # Errors
    /// `subject.not_found`, also for subjects that the principal may not read.
    pub async fn subject_numbered(
        &self,
        kind: SubjectKind,
        store: Option<&Ref<kind::Storefront>>,
        number: &str,
    ) -> Result<Subject> {
        let unknown = || Error::new(Code::SubjectNotFound, "the subject is not known");
        let store = match store {
            Some(store) => Some(self.storefront(store).await?.ok_or_else(unknown)?.id),
            None => None,
        };
        let tenant = self.principal.tenant;
        let query = Directory::Numbered(tenant, kind, store, number.to_owned());
        match self.entry(query).await? {
            Some(DirectoryEntry::Subject(found)) => {
                self.subject(SubjectRef { kind, key: found.id.into() }).await
            }
            _ => Err(unknown()),
        }
    }

    /// Refuses who may not read parties, and says whether addresses may be read as well.
    async fn may_read_directory(&self) -> Result<bool> {
        let look = |context: &crate::decide::Context<'_>, _: &crate::store::Scene| {
            let facts = crate::store::facts::store_facts(context.identity, None);
            let action = crate::access::Action::CustomerRead;
            context.check(action, facts)?;
            let decision = context.access.check(context.identity.roles, action, facts);
            Ok(decision.obligations.is_empty())
        };
        let (free, ..) = self.looking("party.get", scene_query(&self.principal), look).await?;
        Ok(free)
    }

    async fn storefront(&self, key: &Ref<kind::Storefront>) -> Result<Option<Storefront>> {
        match self.entry(Directory::Storefront(self.principal.tenant, key.clone())).await? {
            Some(DirectoryEntry::Storefront(storefront)) => Ok(Some(storefront)),
            _ => Ok(None),
        }
    }

    pub(crate) async fn entry(&self, query: Directory) -> Result<Option<DirectoryEntry>> {
        self.engine.inner.ask(query).await
    }

    /// Runs a decision that stores one record, and returns its id.
    async fn put<K: crate::ids::Kind>(
        &self,
        operation: &'static str,
        query: SceneQuery,
        input: &impl Serialize,
        decide: impl Fn(
            &crate::decide::Context<'_>,
            &crate::store::Scene,
        ) -> crate::engine::Decided<crate::Id<K>>
        + Send
        + Sync,
    ) -> Result<crate::Id<K>> {
        let result = |id: &crate::Id<K>| {
            serde_json::Value::Object(
                [(K::NAME.to_owned(), id.to_string().into())].into_iter().collect(),
            )
        };
        let call = self.call(operation);
        match self.engine.inner.run(&call, query, input, result, decide).await? {
            crate::engine::Done::Now(id, _) => Ok(id),
            crate::engine::Done::Before(result) => id_in(&result),
        }
    }
}
