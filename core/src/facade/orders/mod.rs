//! The order thread: customer, suppliers, resellers and administrators about one order.

mod shapes;

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::facade::{Caller, HostIds, for_requests};
use crate::messages::{Message, PostMessage, PublicMessage, SystemEvent};
use crate::principal::Principal;
use crate::session::{Desk, MessageFilter, MessageQuery, Portal, Session, ThreadQuery, Total};
use crate::store::SubjectRef;
use crate::threads::{PublicStatus, ThreadStatus};
use crate::time::Timestamp;
use crate::{MessageId, Ref, Role, SubjectKind, ids::kind};

pub use shapes::{
    ChannelMessage, ChannelMessageResult, CreateOrderMessage, OrderMessageDto, OrderMessageSearch,
    OrderMessageSearchResult, OrderThreadDto, OrderThreadMessages, ReadReceiptDto,
};

/// The threads of orders for one principal.
///
/// ```
/// use goodwill::facade::{CreateOrderMessage, OrderMessages};
/// use goodwill::{AuditKey, Engine, ExternalRef, MemoryStore, Principal, PutSubject, Role, TenantId, Wait};
///
/// let engine = Engine::new(MemoryStore::new(), AuditKey::from_bytes("k1", &[1; 32])?);
/// let admin = Principal::staff(TenantId::SINGLE, Role::Admin, ExternalRef::host("root")?);
/// let ada = ExternalRef::host("ada")?;
/// let order = PutSubject::order(ExternalRef::host("ORD-123")?, ada.clone());
/// engine.desk(admin.clone())?.put_subject(order).wait()?;
///
/// let orders = OrderMessages::new(&engine, Principal::customer(TenantId::SINGLE, ada));
/// let input = serde_json::from_str(
///     r#"{"content": "When will my order be delivered?", "channel": "in_app"}"#,
/// ).unwrap();
/// orders.create_message("ORD-123", input).wait()?;
/// assert_eq!(orders.get_messages("ORD-123").wait()?.messages.len(), 1);
/// # Ok::<(), goodwill::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OrderMessages {
    caller: Caller,
}

for_requests!(OrderMessages);

enum Either {
    Desk(Session<Desk>),
    Portal(Session<Portal>),
}

impl OrderMessages {
    /// The threads for a principal.
    #[must_use]
    pub fn new(engine: &Engine, principal: Principal) -> Self {
        Self { caller: Caller::new(engine, principal) }
    }

    fn session(&self) -> Result<Either> {
        Ok(if self.caller.is_business() {
            Either::Desk(self.caller.desk()?)
        } else {
            Either::Portal(self.caller.portal())
        })
    }

    /// Posts a message to an order's thread, which begins with the first one.
    ///
    /// # Errors
    /// Those of [`Session::post`].
    pub async fn create_message(
        &self,
        order_id: &str,
        input: CreateOrderMessage,
    ) -> Result<OrderMessageDto> {
        let message = PostMessage {
            text: input.content,
            via: input.channel,
            internal: input.is_internal,
            attachments: input.attachments,
            claimed_role: input.role,
            ..PostMessage::default()
        };
        let order = order(order_id)?;
        match self.session()? {
            Either::Desk(desk) => {
                let message = desk.post(order, message).await?;
                let thread = desk.thread(message.thread).await?;
                self.internal(&[(&message, thread.subject.uuid(), thread.store)]).await?.pop()
            }
            Either::Portal(portal) => {
                let message = portal.post(order, message).await?;
                let thread = portal.thread(message.thread).await?;
                self.public(&[&message], thread.subject.uuid(), thread.store).await?.pop()
            }
        }
        .ok_or_else(|| Error::internal("a message has no shape"))
    }

    /// An order's thread with the messages that the principal may see, oldest first; the last 500.
    ///
    /// # Errors
    /// `thread.not_found` for an order that the principal has nothing to do with.
    pub async fn get_messages(&self, order_id: &str) -> Result<OrderThreadMessages> {
        let order = order(order_id)?;
        match self.session()? {
            Either::Desk(desk) => {
                let mut list = desk.messages(order, MessageQuery::latest(500)).await?;
                list.messages.reverse();
                let Some(thread) = list.thread else { return Ok(OrderThreadMessages::empty()) };
                let public = crate::PublicThread::of(&thread);
                let last = thread.last_message_at();
                let (subject, store) = (thread.subject.uuid(), thread.store);
                let rows: Vec<_> =
                    list.messages.iter().map(|message| (message, subject, store)).collect();
                Ok(OrderThreadMessages {
                    thread: Some(self.thread_dto(&public, last).await?),
                    messages: self.internal(&rows).await?,
                })
            }
            Either::Portal(portal) => {
                let mut list = portal.messages(order, MessageQuery::latest(500)).await?;
                list.messages.reverse();
                let Some(thread) = list.thread else { return Ok(OrderThreadMessages::empty()) };
                let messages: Vec<_> = list.messages.iter().collect();
                Ok(OrderThreadMessages {
                    thread: Some(self.thread_dto(&thread, thread.last_message_at).await?),
                    messages: self.public(&messages, thread.subject.uuid(), thread.store).await?,
                })
            }
        }
    }

    /// Marks one message read. A role in the request must be the principal's.
    ///
    /// # Errors
    /// `message.not_found`, `access.denied`, `access.role_claim`.
    pub async fn mark_message_read(
        &self,
        message_id: MessageId,
        role: Option<Role>,
    ) -> Result<OrderMessageDto> {
        if role.is_some_and(|role| !self.caller.principal.roles.contains(role)) {
            return Err(crate::messages::decide::role_claim());
        }
        match self.session()? {
            Either::Desk(desk) => {
                let message = desk.mark_read(message_id).await?;
                let thread = desk.thread(message.thread).await?;
                self.internal(&[(&message, thread.subject.uuid(), thread.store)]).await?.pop()
            }
            Either::Portal(portal) => {
                let message = portal.mark_read(message_id).await?;
                let thread = portal.thread(message.thread).await?;
                self.public(&[&message], thread.subject.uuid(), thread.store).await?.pop()
            }
        }
        .ok_or_else(|| Error::internal("a message has no shape"))
    }

    /// Closes an order's thread.
    ///
    /// # Errors
    /// `access.denied` for everybody but administrators, `thread.transition`.
    pub async fn close_thread(&self, order_id: &str) -> Result<OrderThreadDto> {
        let thread = self.caller.desk()?.close(order(order_id)?).await?;
        self.thread_dto(&crate::PublicThread::of(&thread), thread.last_message_at()).await
    }

    /// Finds messages in all orders: administrators only.
    ///
    /// # Errors
    /// `access.denied`, `input.*`.
    pub async fn search(&self, query: OrderMessageSearch) -> Result<OrderMessageSearchResult> {
        let (page, limit) = (query.page.unwrap_or(1), query.limit.unwrap_or(50));
        let filter = MessageFilter {
            keyword: query.keyword,
            threads: ThreadQuery {
                status: match query.status {
                    Some(PublicStatus::Closed) => vec![ThreadStatus::Closed],
                    Some(PublicStatus::Open) => ThreadStatus::ALL
                        .iter()
                        .copied()
                        .filter(|status| *status != ThreadStatus::Closed)
                        .collect(),
                    None => Vec::new(),
                },
                subject_kind: vec![SubjectKind::Order],
                subject_status: query.order_status.into_iter().collect(),
                ..ThreadQuery::default()
            },
            channel: query.channel.into_iter().collect(),
            author_role: query.sender_role.into_iter().collect(),
            unread: query.unread,
            page: Some(page),
            limit,
            count_to: 10_000,
            ..MessageFilter::default()
        };
        let found = self.caller.desk()?.search(&filter).await?;
        let rows: Vec<_> = found
            .hits
            .iter()
            .map(|hit| (&hit.message, hit.thread.subject.uuid(), hit.thread.store))
            .collect();
        let Total { count: total, exact: total_is_exact } = found.total;
        let messages = self.internal(&rows).await?;
        Ok(OrderMessageSearchResult { messages, total, total_is_exact, page, limit })
    }

    /// Tells those who read an order's thread what happened to the order.
    ///
    /// # Errors
    /// `subject.not_found` when the store has no order with this number, `access.denied`, `input.*`.
    pub async fn create_system_event_message(
        &self,
        order_number: &str,
        store_id: Option<&str>,
        event: SystemEvent,
    ) -> Result<OrderMessageDto> {
        let desk = self.caller.desk()?;
        let store: Option<Ref<kind::Storefront>> = store_id.map(str::parse).transpose()?;
        let order = desk.subject_numbered(SubjectKind::Order, store.as_ref(), order_number).await?;
        let message = desk.system_event(SubjectRef::order(order.id), event).await?;
        let mut shaped = self.internal(&[(&message, order.id.uuid(), order.store)]).await?;
        shaped.pop().ok_or_else(|| Error::internal("a message has no shape"))
    }

    /// Maps a message from mail, WhatsApp or SMS to its order's thread: by the order's number, else by
    /// the sender's only open order. Its author is the party that has the sender's address. What does
    /// not find its thread waits in triage for somebody of the staff; see [`Session::ingest`].
    ///
    /// # Errors
    /// `access.denied` for principals that are no service, `input.*`.
    pub async fn create_message_from_channel(
        &self,
        input: ChannelMessage,
    ) -> Result<ChannelMessageResult> {
        let desk = self.caller.desk()?;
        let taken = desk.ingest(input.into_inbound()?).await?;
        let message = match &taken.message {
            Some(message) => {
                let thread = desk.thread(message.thread).await?;
                self.internal(&[(message, thread.subject.uuid(), thread.store)]).await?.pop()
            }
            None => None,
        };
        let reason = taken.triage.map(|item| item.reason);
        Ok(ChannelMessageResult { outcome: taken.outcome, message, reason })
    }

    async fn thread_dto(
        &self,
        thread: &crate::PublicThread,
        last_message_at: Option<Timestamp>,
    ) -> Result<OrderThreadDto> {
        let ids = [thread.subject.uuid(), thread.customer.uuid()];
        let ids = ids.into_iter().chain(thread.store.map(crate::StorefrontId::uuid)).collect();
        let names = HostIds::of(&self.caller.engine, self.caller.principal.tenant, ids).await?;
        Ok(OrderThreadDto {
            id: thread.id,
            store_id: thread.store.map(|store| names.text(store.uuid())),
            order_id: names.text(thread.subject.uuid()),
            customer_id: names.text(thread.customer.uuid()),
            status: thread.status,
            last_message_at,
            created_at: thread.created_at,
        })
    }

    async fn internal(
        &self,
        rows: &[(&Message, Uuid, Option<crate::StorefrontId>)],
    ) -> Result<Vec<OrderMessageDto>> {
        let ids = rows.iter().flat_map(|(message, order, store)| {
            message
                .author
                .party
                .into_iter()
                .chain(message.read_by.iter().map(|read| read.party))
                .map(crate::PartyId::uuid)
                .chain([*order])
                .chain(store.map(crate::StorefrontId::uuid))
        });
        let ids = ids.collect();
        let names = HostIds::of(&self.caller.engine, self.caller.principal.tenant, ids).await?;
        let shape = |(message, order, store): &(&Message, Uuid, Option<crate::StorefrontId>)| {
            OrderMessageDto {
                id: message.id,
                thread_id: message.thread,
                order_id: names.text(*order),
                store_id: store.map(|store| names.text(store.uuid())),
                sender_role: message.author.role,
                sender_id: message.author.party.map(|party| names.text(party.uuid())),
                channel: message.via,
                message_type: message.kind,
                content: message.text.clone(),
                attachments: values(&message.attachments),
                is_read: message.is_read,
                read_by: message
                    .read_by
                    .iter()
                    .map(|read| ReadReceiptDto {
                        role: read.role,
                        user_id: Some(names.text(read.party.uuid())),
                        read_at: read.at,
                    })
                    .collect(),
                is_internal: !message.visibility.is_public(),
                metadata: message.metadata.clone(),
                created_at: message.created_at,
            }
        };
        Ok(rows.iter().map(shape).collect())
    }

    async fn public(
        &self,
        messages: &[&PublicMessage],
        order: Uuid,
        store: Option<crate::StorefrontId>,
    ) -> Result<Vec<OrderMessageDto>> {
        let ids = std::iter::once(order).chain(store.map(crate::StorefrontId::uuid)).collect();
        let names = HostIds::of(&self.caller.engine, self.caller.principal.tenant, ids).await?;
        let own = self.caller.principal.party.as_ref().map(|party| match party {
            Ref::Id(id) => id.to_string(),
            Ref::External(reference) => reference.value().to_owned(),
        });
        let shape = |message: &&PublicMessage| OrderMessageDto {
            id: message.id,
            thread_id: message.thread,
            order_id: names.text(order),
            store_id: store.map(|store| names.text(store.uuid())),
            sender_role: message.author_role,
            sender_id: own.clone().filter(|_| message.mine),
            channel: message.via,
            message_type: message.kind,
            content: message.text.clone(),
            attachments: values(&message.attachments),
            is_read: message
                .read_by
                .iter()
                .any(|read| read.role.side() != message.author_role.side()),
            read_by: message
                .read_by
                .iter()
                .map(|read| ReadReceiptDto { role: read.role, user_id: None, read_at: read.at })
                .collect(),
            is_internal: false,
            metadata: None,
            created_at: message.created_at,
        };
        Ok(messages.iter().map(shape).collect())
    }
}

fn values(files: &[impl Serialize]) -> Vec<Value> {
    files.iter().filter_map(|file| serde_json::to_value(file).ok()).collect()
}

fn order(order_id: &str) -> Result<SubjectRef> {
    let key = order_id.parse().map_err(|_| Error::invalid("orderId", "the id of an order"))?;
    Ok(SubjectRef { kind: SubjectKind::Order, key })
}
