//! Which conversation a message from outside belongs to, and who wrote it.

use crate::access::{Action, Fact, Role, RoleSet, Side};
use crate::decide::Context;
use crate::directory::{ContactKind, Party, PartyKind, match_key};
use crate::ids::{MessageId, ThreadId};
use crate::inbound::automatic::automatic;
use crate::inbound::model::{Candidate, InboundMessage, TriageReason};
use crate::inbound::number::numbers_in;
use crate::messages::{Author, Channel, Visibility};
use crate::principal::Identity;
use crate::store::facts::{message_facts, thread_facts};
use crate::store::{InboundLookup, InboundScene, ThreadScene};
use crate::tenants::InboundPolicy;

/// The most conversations that somebody of the staff is offered.
const MOST_CANDIDATES: u32 = 20;
/// The most ids of answered messages that are looked for: the last ones of a long thread.
const MOST_REPLIES: usize = 20;
/// How much of a text without a subject line is searched for numbers, in bytes.
const SEARCHED: usize = 4_096;

/// Where a message belongs.
#[derive(Debug)]
pub(super) struct Resolved<'s> {
    pub(super) conversation: &'s ThreadScene,
    pub(super) sender: &'s Party,
    pub(super) author: Author,
    /// The message that it answers.
    pub(super) answers: Option<MessageId>,
}

/// Why a message belongs nowhere by itself, and where it may.
pub(super) type Unresolved = (TriageReason, Vec<Candidate>);

/// The keys of one of the business' own addresses.
pub(crate) fn own_keys(policy: &InboundPolicy, address: &str) -> impl Iterator<Item = String> {
    let kind = if address.contains('@') { ContactKind::Email } else { ContactKind::Phone };
    match_key(kind, address, policy.calling_code.as_deref()).into_iter()
}

/// What the sender's address is compared by.
pub(super) fn sender_keys(
    policy: &InboundPolicy,
    message: &InboundMessage,
) -> Vec<(ContactKind, String)> {
    let code = policy.calling_code.as_deref();
    let key = |kind: ContactKind| {
        // WhatsApp writes a number in its own way, also where it is kept as a telephone number.
        let written =
            if message.channel == Channel::WhatsApp { ContactKind::WhatsApp } else { kind };
        Some((kind, match_key(written, &message.from, code)?))
    };
    let kinds = ContactKind::of(message.channel, &message.from).iter().copied();
    kinds.filter_map(key).collect()
}

/// What has to be looked up for a message.
pub(crate) fn lookup(policy: &InboundPolicy, message: &InboundMessage) -> InboundLookup {
    let given = message.order_ref.as_ref().map(|number| vec![number.trim().to_owned()]);
    let numbers = given.unwrap_or_else(|| match (&message.subject, &message.text) {
        (Some(subject), _) => numbers_in(subject, &policy.number_patterns),
        (None, Some(text)) if message.channel != Channel::Email => {
            numbers_in(begin(text, SEARCHED), &policy.number_patterns)
        }
        _ => Vec::new(),
    });
    let mut replies = parents(message);
    replies.extend(ids_in(message.header("references").unwrap_or_default()));
    InboundLookup {
        named: numbers.iter().filter_map(|number| number.parse().ok()).collect(),
        replies,
        threads: message.to.iter().filter_map(|to| token(to)).collect(),
        own: message.provider_ref.clone(),
        senders: sender_keys(policy, message),
        finished: policy.finished_statuses.clone(),
        limit: MOST_CANDIDATES,
    }
}

/// The beginning of a text, in whole characters.
pub(super) fn begin(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// The ids of the message that is answered.
fn parents(message: &InboundMessage) -> Vec<String> {
    let mut parents: Vec<String> = message.in_reply_to.iter().cloned().collect();
    parents.extend(ids_in(message.header("in-reply-to").unwrap_or_default()));
    parents
}

/// The last message ids of a header (RFC 5322 §3.6.4), with and without their brackets.
fn ids_in(header: &str) -> impl Iterator<Item = String> {
    let ids: Vec<&str> = header
        .split_whitespace()
        .filter(|id| id.len() <= 998 && id.starts_with('<') && id.ends_with('>'))
        .collect();
    let skipped = ids.len().saturating_sub(MOST_REPLIES);
    let both = |id: &str| [id.to_owned(), id.trim_matches(['<', '>']).to_owned()];
    ids.into_iter().skip(skipped).flat_map(both).collect::<Vec<_>>().into_iter()
}

/// The thread in an address like `reply+0195a5f0-4c00-7000-8000-000000000001@example.com`.
fn token(address: &str) -> Option<ThreadId> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.rsplit_once('+')?;
    token.parse().ok()
}

/// Finds the conversation of a message, or says why there is none.
pub(super) fn resolve<'s>(
    context: &Context<'_>,
    found: &'s InboundScene,
    message: &InboundMessage,
) -> Result<Resolved<'s>, Unresolved> {
    let policy = &context.policies.inbound;
    // What the caller may not read is not there.
    let readable = |scene: &&ThreadScene| {
        context.allows(Action::ThreadRead, thread_facts(context.identity, scene))
    };
    let named: Vec<&ThreadScene> = found.named.iter().filter(readable).collect();
    let answered = answered(found, message);
    let answered: Vec<_> = answered.into_iter().filter(|(scene, _)| readable(scene)).collect();
    let mentioned = || candidates(named.iter().copied().chain(answered.iter().map(|(s, _)| *s)));
    let triage = |reason| Err((reason, mentioned()));
    let keys = sender_keys(policy, message);
    let own = policy.own_addresses.iter().flat_map(|address| own_keys(policy, address));
    if own.into_iter().any(|own| keys.iter().any(|(_, key)| *key == own)) {
        return triage(TriageReason::OwnAddress);
    }
    if let Some(kind) = automatic(message) {
        return triage(kind.reason());
    }
    if found.own.as_ref().is_some_and(|row| row.new.author.role.side() == Side::Business) {
        return triage(TriageReason::Loop);
    }
    let sender = match found.senders.as_slice() {
        _ if message.sender_verified == Some(false) => {
            return triage(TriageReason::UnverifiedSender);
        }
        [] => return triage(TriageReason::UnknownSender),
        [sender] => sender,
        _ => return triage(TriageReason::AmbiguousSender),
    };
    let resolved =
        |conversation, author, answers| Ok(Resolved { conversation, sender, author, answers });
    if message.order_ref.is_some() && named.is_empty() {
        return triage(TriageReason::UnknownOrder);
    }
    if !named.is_empty() {
        let mut allowed =
            named.iter().filter_map(|scene| Some((*scene, author(context, sender, scene)?)));
        return match (allowed.next(), allowed.next()) {
            (Some((scene, author)), None) => {
                let answers =
                    answered.iter().find(|(known, _)| known.subject.id == scene.subject.id);
                resolved(scene, author, answers.and_then(|(_, answers)| *answers))
            }
            (None, _) => triage(TriageReason::NotPermitted),
            _ => triage(TriageReason::AmbiguousOrder),
        };
    }
    if !answered.is_empty() {
        let mut allowed = answered.iter().filter_map(|(scene, answers)| {
            Some((*scene, author(context, sender, scene)?, *answers))
        });
        return match (allowed.next(), allowed.next()) {
            (Some((scene, author, answers)), None) => resolved(scene, author, answers),
            (None, _) => triage(TriageReason::NotPermitted),
            _ => triage(TriageReason::AmbiguousOrder),
        };
    }
    let open: Vec<&ThreadScene> = found.open.iter().filter(readable).collect();
    match open.as_slice() {
        [] => triage(TriageReason::NoOpenSubject),
        [scene] => match author(context, sender, scene) {
            Some(author) => resolved(scene, author, None),
            None => triage(TriageReason::NotPermitted),
        },
        _ => Err((TriageReason::AmbiguousSubject, candidates(open.iter().copied()))),
    }
}

/// The conversations that are answered: by what the message answers itself; when nothing is known of
/// that, by the older messages that it refers to. With the message, where it can be answered.
fn answered<'s>(
    found: &'s InboundScene,
    message: &InboundMessage,
) -> Vec<(&'s ThreadScene, Option<MessageId>)> {
    let parents = parents(message);
    let is_parent = |provider_ref: &Option<String>| {
        provider_ref.as_ref().is_some_and(|known| parents.contains(known))
    };
    let direct = |row: &Option<crate::messages::MessageRow>| {
        row.as_ref().is_some_and(|row| is_parent(&row.new.provider_ref))
    };
    let any_direct = found.answered.iter().any(|(_, row)| direct(row));
    let kept = found.answered.iter().filter(|(_, row)| !any_direct || direct(row));
    kept.map(|(scene, row)| {
        let here = scene.thread.as_ref().map(|thread| thread.id);
        let row = row.as_ref().filter(|row| {
            Some(row.new.thread) == here && row.new.is_entry() && row.new.visibility.is_public()
        });
        (scene, row.map(|row| row.new.id))
    })
    .collect()
}

/// What somebody of the staff may choose from.
fn candidates<'s>(scenes: impl Iterator<Item = &'s ThreadScene>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = scenes
        .map(|scene| Candidate {
            kind: scene.subject.kind,
            subject: scene.subject.id,
            number: scene.subject.number.clone(),
        })
        .collect();
    candidates.sort_by_key(|candidate| candidate.subject);
    candidates.dedup_by_key(|candidate| candidate.subject);
    candidates.truncate(MOST_CANDIDATES as usize);
    candidates
}

/// As whom a party writes to a conversation: its role is the directory's. `None` for parties that may
/// not write to it.
pub(super) fn author(context: &Context<'_>, sender: &Party, scene: &ThreadScene) -> Option<Author> {
    let role = role(sender, scene)?;
    let acts_for_itself = matches!(sender.kind, PartyKind::Supplier | PartyKind::Reseller);
    let identity = Identity {
        party: Some(sender.id),
        organisation: acts_for_itself.then_some(sender.id),
        on_behalf_of: None,
        stores: None,
        roles: RoleSet::of(&[role]),
    };
    let author = Author { role, party: Some(sender.id) };
    let facts =
        thread_facts(&identity, scene).set(Fact::Draft, false).set(Fact::ReasonGiven, false);
    let posting = message_facts(facts, &identity, author, Visibility::Public);
    let may = |action, facts| context.access.check(identity.roles, action, facts).allowed;
    let allowed = may(Action::ThreadRead, facts) && may(Action::MessagePostPublic, posting);
    allowed.then_some(author)
}

/// The role of a party in a conversation. Of the staff, those who take part in it or have it on their
/// hands; a program has none.
fn role(sender: &Party, scene: &ThreadScene) -> Option<Role> {
    match sender.kind {
        PartyKind::Customer => Some(Role::Customer),
        PartyKind::Supplier => Some(Role::Supplier),
        PartyKind::Reseller => Some(Role::Reseller),
        PartyKind::Staff => {
            let taking_part = scene.participants.iter().find(|known| {
                known.party == sender.id
                    && known.left_at.is_none()
                    && known.side() == Side::Business
            });
            let assignee = scene.thread.as_ref().and_then(|thread| thread.assignee);
            taking_part
                .map(|known| known.role)
                .or((assignee == Some(sender.id)).then_some(Role::Agent))
                .or(scene.subject.assigned.contains(&sender.id).then_some(Role::Technician))
        }
        PartyKind::Service | PartyKind::Model => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ExternalRef, Ref};

    #[test]
    fn what_a_mail_answers_stands_in_its_headers() {
        let mut mail = InboundMessage::new(Channel::Email, "ada@example.com");
        mail.headers.insert("in-reply-to".into(), "<b@shop> (sent yesterday)".into());
        mail.headers.insert("REFERENCES".into(), "<a@shop>\r\n <b@shop> junk".into());
        let found = lookup(&InboundPolicy::default(), &mail);
        assert_eq!(
            found.replies,
            ["<b@shop>", "b@shop", "<a@shop>", "a@shop", "<b@shop>", "b@shop"]
        );
        mail.headers.insert("References".into(), "<x@y> ".repeat(500));
        assert!(lookup(&InboundPolicy::default(), &mail).replies.len() <= 2 + 2 * MOST_REPLIES);
    }

    #[test]
    fn an_address_can_lead_to_a_thread() {
        let thread = "0195a5f0-4c00-7000-8000-000000000001";
        assert_eq!(token(&format!("a+b+{thread}@shop.example")), thread.parse().ok());
        for none in ["reply@shop", "reply+7@shop", "+@", ""] {
            assert_eq!(token(none), None, "{none}");
        }
    }

    #[test]
    fn numbers_are_looked_for_where_they_are_written() {
        let policy = InboundPolicy::default();
        let named = |change: &dyn Fn(&mut InboundMessage)| {
            let mut message = InboundMessage::new(Channel::Sms, "+4930123456");
            message.text = Some("about ORD-7".into());
            change(&mut message);
            lookup(&policy, &message).named
        };
        let order = |number: &str| vec![Ref::External(ExternalRef::host(number).unwrap())];
        assert_eq!(named(&|_| ()), order("ORD-7"));
        assert_eq!(named(&|message| message.subject = Some("ord-8".into())), order("ORD-8"));
        assert_eq!(named(&|message| message.order_ref = Some(" X-9 ".into())), order("X-9"));
        assert_eq!(named(&|message| message.channel = Channel::Email), []);
    }
}
