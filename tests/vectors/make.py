"""Writes the calls of calls.json without their answers; the answers come from the core:

    python3 tests/vectors/make.py && GOODWILL_WRITE_VECTORS=1 cargo test -p goodwill --test operations vectors
"""

import json
from pathlib import Path

ADMIN = {"side": "desk", "role": "admin", "party": "root"}
ADA = {"role": "customer", "party": "ada"}
BOB = {"role": "customer", "party": "bob"}
ACME = {"role": "supplier", "party": "acme"}
ORDER = {"order": "ORD-1"}

calls = []


def call(what, operation, session, **given):
    request = {"session": session, "input": given} if session else {"input": given}
    calls.append({"what": what, "operation": operation, "request": json.dumps(request, ensure_ascii=False)})


def clock(at):
    call(f"the clock shows {at}", "engine.set_clock", None, now=at)


call("a storefront", "store.put", ADMIN, storefront={"key": "north", "name": "North", "reseller": "rita"})
call("a customer", "party.put", ADMIN, party={"key": "ada", "kind": "customer", "name": "Ada Löve"})
call(
    "an order",
    "subject.put",
    ADMIN,
    subject={"kind": "order", "key": "ORD-1", "customer": "ada", "number": "1", "store": "north", "status": "In Progress", "suppliers": ["acme"]},
)
call("a job", "subject.put", ADMIN, subject={"kind": "job", "key": "J-1", "customer": "ada", "assigned": ["tom"]})
clock("2026-03-01T09:00:01.5Z")
call("the customer asks", "message.post", ADA, target=ORDER, message={"text": "Où est ma commande ? 订单 🚚", "via": "E-Mail"})
call("a repetition", "message.post", {**ACME, "idempotencyKey": "k-1"}, target=ORDER, message={"text": "On Monday."})
call("of the same request", "message.post", {**ACME, "idempotencyKey": "k-1"}, target=ORDER, message={"text": "On Monday."})
call("of another request", "message.post", {**ACME, "idempotencyKey": "k-1"}, target=ORDER, message={"text": "On Tuesday."})
call("a note", "message.post", ADMIN, target=ORDER, message={"text": "Third delay", "internal": True, "metadata": {"score": 1.5, "tags": ["late"]}})
clock("2026-03-01T10:00:00Z")
call("what the customer sees", "message.list", ADA, target=ORDER)
call("what the business sees", "message.list", ADMIN, target=ORDER, query={"order": "newest_first", "limit": 2})
call("what a stranger sees", "message.list", BOB, target=ORDER)
call("unread by the customer", "message.unread_counts", ADA, subjects=[ORDER, {"job": "J-1"}, {"order": "nothing"}])
call("reading all", "message.mark_all_read", ADA, target=ORDER)
call("what has changed", "message.changes_since", ADA, target=ORDER, cursor=0)
call("a search by an accent", "message.search", ADA, filter={"keyword": "ou commande"})
call("a search for a note", "message.search", ADA, filter={"keyword": "delay"})
call("the same by the business", "message.search", ADMIN, filter={"keyword": "delay", "kind": ["NOTE"]})
call("a thread", "thread.get", ADMIN, target=ORDER)
call("snoozed", "thread.snooze", ADMIN, target=ORDER, until="2026-03-02T08:00:00+01:00")
call("snoozed until the past", "thread.snooze", ADMIN, target=ORDER, until="2020-01-01T00:00:00Z")
call("a stale version", "thread.change", ADMIN, target=ORDER, change={"prioritise": "Urgent"}, expectedVersion=99)
clock("2026-03-02T07:00:00Z")
call("a tick wakes it", "engine.tick", None)
call("closed by the customer", "thread.close", {**ADA, "side": "desk"}, target=ORDER)
call("may the customer close it", "access.may", ADA, action="thread.close", target=ORDER)
call("why not", "access.explain", ADA, action="thread.close", target=ORDER)
call("tags", "thread.tag", ADMIN, target=ORDER, add=["VIP", "late"], remove=["none"])
call("the threads of the customer", "thread.list", ADA)
call("a message to a job's customer", "jobs.create_message_for_job", {"role": "service", "party": "api"}, jobId="J-1", message={"type": "STATUS_UPDATE", "body": "Your panels are here."})
call("the job's messages", "jobs.get_messages_for_job", ADA, jobId="J-1")
call("an order's messages", "orders.get_messages", ADA, orderId="ORD-1")
call("an order's system event", "orders.create_system_event_message", ADMIN, orderNumber="1", storeId="north", event={"eventType": "SHIPPED", "text": "Your order was shipped."})
PHONE = {"kind": "phone", "address": "(0151) 234 56 78", "callingCode": "49"}
call("where a customer can be reached", "party.put", ADMIN, party={"key": "ada", "kind": "customer", "contacts": [PHONE]})
call("the same address of another", "party.put", ADMIN, party={"key": "bob", "kind": "customer", "contacts": [{"kind": "Phone", "address": "+49 151 2345678"}]})
call("too long a word", "message.search", ADA, filter={"keyword": "x" * 501})
call("events", "event.list", ADMIN, consumer="mailer", limit=3)
call("public events", "event.list_public", ADMIN, consumer="mailer", limit=9)
call("the tenant", "tenant.get", ADMIN)
call("the trail", "audit.list", {**ADMIN, "role": "auditor", "party": "otto"}, limit=2)
call("verified", "audit.verify", {**ADMIN, "role": "auditor", "party": "otto"})
call("no such operation", "message.fly", ADA)
call("a field too many", "thread.get", ADA, target=ORDER, colour="red")
call("no target", "thread.get", ADA)
call("an unknown target", "thread.get", ADA, target={"ship": "1"})
# Browsers leave out what comes from outside: nothing may follow that depends on it.
WEBHOOK = {"side": "desk", "role": "service", "party": "webhook"}
WHATSAPP = {"channel": "WhatsApp", "account": "main", "providerRef": "wamid.1", "from": "491512345678", "text": "Wo bleibt ORD-1? 🚚", "orderRef": "ORD-1", "occurredAt": "2026-03-02T06:59:59Z"}
call("a message from WhatsApp", "message.ingest_inbound", WEBHOOK, message=WHATSAPP)
call("the same webhook again", "message.ingest_inbound", WEBHOOK, message=WHATSAPP)
MAIL = {"channel": "email", "from": "Eve <eve@example.com>", "subject": "Re: ORD-1", "html": "<p>Let me in &amp; tell me</p>", "headers": {"Message-ID": "<1@example.com>"}}
call("a stranger's mail", "message.ingest_inbound", WEBHOOK, message=MAIL)
call("what waits", "triage.list", ADMIN)
call("by the route of webhooks", "orders.create_message_from_channel", {"role": "service", "party": "webhook"}, message={"orderNumber": "ORD-1", "customerPhone": "+491512345678", "content": "Danke", "channel": "sms", "senderPhone": "+491512345678"})
clock("2026-03-03T09:00:00Z")
TOM = {"side": "desk", "role": "technician", "party": "tom"}
AFTER_JOB = {"customer": "ada", "job": "J-1"}
call("a follow-up", "followup.schedule", {**ADMIN, "idempotencyKey": "f-1"}, followup={**AFTER_JOB, "dueAt": "2026-03-05T10:00:00+01:00", "note": "Läuft alles? 🔧"})
call("the same again", "followup.schedule", {**ADMIN, "idempotencyKey": "f-1"}, followup={**AFTER_JOB, "dueAt": "2026-03-05T10:00:00+01:00", "note": "Läuft alles? 🔧"})
call("one that was done", "followup.log_manual", TOM, followup={**AFTER_JOB, "kind": "Service Call", "occurredAt": "2026-03-02T16:30:00Z", "result": {"rating": 5, "comment": "Très bien"}})
call("one by somebody else's name", "followup.log_manual", TOM, followup={**AFTER_JOB, "loggedBy": "ada"})
call("one in the future", "followup.log_manual", TOM, followup={**AFTER_JOB, "occurredAt": "2027-03-02T16:30:00Z"})
call("too good a rating", "followup.log_manual", TOM, followup={**AFTER_JOB, "result": {"rating": 6}})
call("an unknown job", "followup.schedule", ADMIN, followup={"customer": "ada", "job": "J-9"})
call("a follow-up that nobody knows", "followup.update", ADMIN, followup="0195a5f0-4c00-7000-8000-000000000001", change={"state": "No Response"})
call("an unknown state", "followup.update", ADMIN, followup="0195a5f0-4c00-7000-8000-000000000001", change={"state": "lost"})
call("the follow-ups of a customer", "followup.list", TOM, query={"customer": "ada"})
call("those that are due", "followup.list", ADMIN, query={"state": ["PENDING", "Scheduled"], "until": "2026-03-06T00:00:00Z"})
call("as the customer", "followup.list", {**ADA, "side": "desk"})

vectors = {
    "about": "Calls in this order on one engine, and their answers byte for byte, in every language.",
    "open": {
        "keys": [{"id": "2026-01", "secret": "07" * 32}],
        "reproducible": {"seed": 42, "now": "2026-03-01T09:00:00.000Z"},
    },
    "calls": calls,
}
path = Path(__file__).with_name("calls.json")
path.write_text(json.dumps(vectors, indent=2, ensure_ascii=False) + "\n")
