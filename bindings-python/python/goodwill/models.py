# Written by core/codegen from the operation table; do not edit.
"""What is sent to the engine and what it returns."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NewType, TypeAlias

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # pydantic asks for it
    from typing_extensions import TypedDict

Action: TypeAlias = Literal[
    "thread.read",
    "thread.list",
    "thread.close",
    "thread.resolve",
    "thread.snooze",
    "thread.pending",
    "thread.assign",
    "thread.tag",
    "thread.prioritise",
    "thread.participants",
    "thread.merge",
    "thread.reopen",
    "message.read_public",
    "message.read_internal",
    "message.post_public",
    "message.post_internal",
    "message.post_system_event",
    "message.mark_read",
    "message.mark_read_for",
    "message.mark_unread",
    "message.search",
    "message.correct",
    "message.retract",
    "message.react",
    "message.redact",
    "message.update",
    "message.delete",
    "receipts.read",
    "attachment.read",
    "draft.write",
    "draft.publish",
    "template.use",
    "template.manage",
    "outbound.schedule",
    "bulk.send",
    "customer.read",
    "customer.write",
    "customer.merge",
    "preferences.read",
    "preferences.write",
    "consent.append",
    "consent.read",
    "consent.export",
    "subject.read",
    "subject.write",
    "payment.read",
    "payment.write",
    "expense.write",
    "financials.read",
    "appliance.read",
    "appliance.write",
    "review.submit",
    "review.read",
    "technician.preference.set",
    "technician.match",
    "referral.read",
    "referral.write",
    "followup.read",
    "followup.write",
    "survey.answer",
    "survey.results",
    "score.read",
    "segment.define",
    "segment.export",
    "report.run",
    "playbook.manage",
    "prompt.preview",
    "prompt.run",
    "prompt.manage",
    "dsr.open",
    "dsr.execute",
    "retention.manage",
    "audit.read",
    "audit.verify",
    "audit.export",
    "policy.manage",
    "tenant.manage",
    "triage.read",
    "triage.assign",
    "webhook.ingest",
    "delivery.report",
]
""""""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An entry of the log of a customer."""

    created_at: datetime
    """When."""
    type: ActivityKind
    """What happened."""
    content: str
    """What was said or written."""
    direction: ActivityDirection | None = None
    """Who spoke to whom, if it is known."""


ActivityDirection: TypeAlias = Literal[
    "inbound",  # The customer to the business.
    "outbound",  # The business to the customer.
    "internal",  # The business to itself.
]
""""""

ActivityKind: TypeAlias = Literal[
    "note",  # A note of staff.
    "call",  # A call.
    "email",  # An e-mail.
    "whatsapp",  # A message in WhatsApp.
    "sms",  # A text message.
    "in_app",  # A message in the host's own application.
    "instagram",  # A direct message in Instagram.
    "visit",  # A visit.
    "payment",  # A payment.
    "article_view",  # Somebody read an article of the help pages.
    "conversion",  # Something was sold.
    "status",  # A status changed.
    "other",  # Anything else.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acted."""

    kind: PrincipalKind
    """What kind of actor."""
    role: Role
    """In which role."""
    id: PartyId | None = None
    """Who; absent for the system."""



@dataclass(frozen=True, kw_only=True)
class AiMessageOptions:
    """What a message that a model writes is to be. Enumerations are read in any spelling."""

    message_type: Topic
    """`STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …; also read as `type`."""
    channel: Channel | None = None
    """The intended channel; `PORTAL` by default."""
    custom_prompt: str | None = None
    """What the message is to say or to answer; also read as `customQuestion`."""
    description: str | None = None
    """What the host knows of the job: what is done. Its kind and number by default."""
    eta: str | None = None
    """What the host knows of the job: when it is expected."""
    model_title: bool | None = None
    """Whether the model may write the title when none is given."""
    title: str | None = None
    """A title; the tenant's title for the type by default."""
    tone: str | None = None
    """`friendly`, `formal`, `brief`, …"""



@dataclass(frozen=True, kw_only=True)
class AnalyticsModels:
    """The parameter sets that are used where none is given, to start one's own from."""

    health: HealthModel
    """Of health scores."""
    churn: ChurnModel
    """Of the risk to leave."""
    engagement: EngagementModel
    """Of engagement."""
    vip: VipRules
    """Of who is a VIP."""


AnswerForm: TypeAlias = Literal[
    "labelled",  # Text with labels.
    "json",  # One JSON object.
]
"""The two forms of an answer."""


@dataclass(frozen=True, kw_only=True)
class AnswerFormat:
    """The form of an answer, as it is said to people, to models and to servers."""

    instruction: str
    """What a model is told that answers with labels."""
    json_instruction: str
    """What a model is told that answers in JSON."""
    json_schema: Any
    """The JSON Schema (draft 2020-12)."""
    grammar: str
    """The grammar of an answer with labels, in GBNF."""
    json_grammar: str
    """The grammar of an answer in JSON, in GBNF."""


AnswerPartText = TypedDict(
    "AnswerPartText",
    {"kind": "Literal['text']", "text": "str"},
)
"""More of the text, with the personal data back in it."""

AnswerPartFields = TypedDict(
    "AnswerPartFields",
    {"kind": "Literal['fields']", "value": "Any"},
)
"""What is complete of the answer so far."""

AnswerPartAgain = TypedDict(
    "AnswerPartAgain",
    {"kind": "Literal['again']"},
)
"""What came so far does not count: it cannot be used, and another answer begins."""

AnswerPartAnswer = TypedDict(
    "AnswerPartAnswer",
    {"kind": "Literal['answer']", "answer": "Answered"},
)
"""The answer is there, read and checked. Nothing follows."""

AnswerPart: TypeAlias = "AnswerPartText | AnswerPartFields | AnswerPartAgain | AnswerPartAnswer"
"""A part of an answer that comes piece by piece."""


@dataclass(frozen=True, kw_only=True)
class AnswerSpan:
    """Where a field stands in an answer, in units of UTF-16 as JavaScript counts."""

    path: str
    """The field, as `suggestions[1].timing`."""
    start: int
    """The first unit."""
    end: int
    """The unit behind the last."""



@dataclass(frozen=True, kw_only=True)
class AnswerWarning:
    """A warning. It has no text of the answer in it."""

    kind: AnswerWarningKind
    """What it is about."""
    path: str
    """The field, as `suggestions[1].timing`; empty if it is about the whole answer."""
    expected: str
    """What would be right, in words."""


AnswerWarningKind: TypeAlias = Literal[
    "repeated",  # A field stands twice; the last one that says something counts.
    "guessed",  # A value is close to what is allowed, or one of several; it was taken for that.
    "other_form",  # The answer has the other form: JSON for labelled text, or the reverse.
    "cut",  # The answer ends in the middle.
    "corrected",  # A computed value was wrong, and is right now.
    "filled",  # A placeholder was filled with what the host knows.
    "leaked_fence",  # A fence of the prompt stands in the answer; it was taken away.
    "placeholder",  # There is a placeholder such as `[Date]` that nobody filled, or what the field is described with instead of a value.
    "no_choice",  # A word is none of the choices, or more than one of them; there is no value.
    "malformed",  # A text has no number, day or yes and no where one belongs; there is no value.
    "out_of_range",  # A number is outside its range; there is no value.
    "count",  # A list has too few or too many entries.
    "too_long",  # A text has too many words.
    "sentences",  # A text has too few or too many sentences.
    "not_offered",  # What is named was not offered; there is no value.
    "no_greeting",  # A draft does not greet the customer by name.
    "foreign_link",  # A link stands in nothing that was sent.
]
"""Something about an answer that is not as it was asked for."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer that was read and checked, with the personal data back in its texts.
    `Debug` shows no content."""

    prompt: str
    """The prompt."""
    version: str
    """Its version."""
    content_hash: str
    """The hash of everything that the prompt is made of."""
    value: Any
    """The fields, as the declaration of the answer has them."""
    text: str
    """The answer as it came."""
    acceptable: bool
    """Whether it can be used as it is: nothing is missing, nothing was to be asked for
    again."""
    missing: tuple[str, ...]
    """The required fields that are missing; none unless the options take such answers."""
    warnings: tuple[AnswerWarning, ...]
    """What is not as it was asked for."""
    confidence: float
    """From 0 to 1: how much of it is there and as it was asked for."""
    deterministic: bool
    """Rules made the answer, without a model: the same input gives the same bytes."""
    cached: bool
    """The answer comes from the cache."""
    usage: TokenUsage
    """The tokens of the answer; none for an answer from the cache or from rules."""
    attempts: int
    """The requests to providers."""
    unknown_pseudonyms: tuple[str, ...]
    """Names in the answer that look like pseudonyms and stand for nothing: the model has
    invented them."""
    failure: str | None = None
    """Why rules answered and the model did not."""
    model: str | None = None
    """The model that answered, as far as it is known."""
    provider: str | None = None
    """The provider that answered, as far as it is known."""



@dataclass(frozen=True, kw_only=True)
class Appliance:
    """An appliance of the customer."""

    id: Ref
    """The host's id."""
    type: str
    """What it is: `Washing machine`."""
    brand: str | None = None
    """The brand."""
    installed_at: Day | None = None
    """The day on which it was installed."""
    last_service_at: Day | None = None
    """The day of its last service; that of the last completed job about it by default."""
    model_number: str | None = None
    """The number of the model."""
    purchased_at: Day | None = None
    """The day on which it was bought."""
    retired_at: Day | None = None
    """The day since which it is not used any more."""
    serial_number: str | None = None
    """The number of this one."""
    warranty_until: Day | None = None
    """The last day of its warranty."""



@dataclass(frozen=True, kw_only=True)
class ApplianceProfile:
    """What is known about appliances of a kind: reference data."""

    type: str
    """What they are."""
    aliases: tuple[str, ...]
    """Other names of the same."""
    service_interval_months: int
    """The months from one service to the next."""
    average_lifespan_years: float
    """How many years they last on average."""
    failure_points: tuple[FailurePoint, ...]
    """What fails at which age."""
    seasonal_impact: SeasonalImpact
    """What the seasons mean for them."""
    brand: str | None = None
    """The brand, if it is about one; such a profile goes before that of the type."""



@dataclass(frozen=True, kw_only=True)
class ApplianceProfileInput:
    """What is known about appliances of a kind: reference data."""

    type: str
    """What they are."""
    service_interval_months: int
    """The months from one service to the next."""
    average_lifespan_years: float
    """How many years they last on average."""
    aliases: Sequence[str] = ()
    """Other names of the same."""
    brand: str | None = None
    """The brand, if it is about one; such a profile goes before that of the type."""
    failure_points: Sequence[FailurePointInput] = ()
    """What fails at which age."""
    seasonal_impact: SeasonalImpact | None = None
    """What the seasons mean for them."""



@dataclass(frozen=True, kw_only=True)
class ApplianceProfiles:
    """Profiles of appliances. The last resort is the one of the type `other`, which must be
    there."""

    version: str
    """The version: whoever changes a profile changes it too."""
    sources: tuple[str, ...]
    """Where the numbers come from."""
    profiles: tuple[ApplianceProfile, ...]
    """The profiles."""



@dataclass(frozen=True, kw_only=True)
class ApplianceProfilesInput:
    """Profiles of appliances. The last resort is the one of the type `other`, which must be
    there."""

    version: str
    """The version: whoever changes a profile changes it too."""
    profiles: Sequence[ApplianceProfileInput]
    """The profiles."""
    sources: Sequence[str] = ()
    """Where the numbers come from."""



@dataclass(frozen=True, kw_only=True)
class AskSettings:
    """How a prompt is asked."""

    attempts: int | None = None
    """At most so many requests to services: retries, repairs and other services together; 6
    by default."""
    deadline: datetime | None = None
    """Nothing goes on after this instant."""
    force_refresh: bool | None = None
    """Asks again even if an answer is kept."""
    form: AnswerForm | None = None
    """The form of the answer, instead of the one that fits the model best."""
    given: Given | None = None
    """What the answer is checked against, instead of what the input says."""
    most_tokens_spent: int | None = None
    """No further request once so many tokens are spent."""
    no_rules: bool | None = None
    """Fails when no model can answer, instead of letting rules answer."""
    partial: bool | None = None
    """Takes an answer in which something is missing."""
    render: PromptSettings | None = None
    """How the prompt is rendered. Personal data becomes pseudonyms unless this says
    otherwise."""
    tags: Sequence[str] = ()
    """The customers whose data is in the input, so that answers can be erased with them."""



@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file at a message. The host keeps the bytes; the engine keeps what describes them."""

    blob_ref: str
    """Where the host keeps the bytes."""
    name: str
    """The file's name."""
    mime: str
    """The media type, such as `image/png`."""
    size: int
    """The size in bytes."""
    disposition: Disposition
    """How it is meant to be shown."""
    scan_state: ScanState
    """What the scanner said."""
    cid: str | None = None
    """The Content-ID that the text refers to."""
    sha256: str | None = None
    """The SHA-256 of the bytes in lower-case hex."""



@dataclass(frozen=True, kw_only=True)
class AttachmentInput:
    """A file at a message. The host keeps the bytes; the engine keeps what describes them."""

    blob_ref: str
    """Where the host keeps the bytes."""
    name: str
    """The file's name."""
    mime: str
    """The media type, such as `image/png`."""
    size: int
    """The size in bytes."""
    cid: str | None = None
    """The Content-ID that the text refers to."""
    disposition: Disposition | None = None
    """How it is meant to be shown."""
    scan_state: ScanState | None = None
    """What the scanner said."""
    sha256: str | None = None
    """The SHA-256 of the bytes in lower-case hex."""


AuditId = NewType("AuditId", str)
"""The id of a audit: a UUID."""


@dataclass(frozen=True, kw_only=True)
class AuditMessage:
    """What the trail says of a message."""

    internal: bool
    """Whether it is internal."""
    kind: MessageKind
    """Its form."""
    topic: Topic
    """What it is for."""


AuditOutcome: TypeAlias = Literal[
    "allow",  # It was done.
    "deny",  # It was refused.
    "error",  # It failed.
]
""""""


@dataclass(frozen=True, kw_only=True)
class AuditPrivate:
    """What is personal about an entry: kept beside the chain, erased with the person."""

    salt: str
    """Makes the commitments unlinkable once it is gone."""
    customer: PartyId | None = None
    """Whose it is: it goes when this party is erased."""
    diff: Mapping[str, Any] | None = None
    """Personal values before and after."""
    ip: str | None = None
    """The address that the request came from."""
    reason: str | None = None
    """The reason that was given."""
    user_agent: str | None = None
    """The client's name of itself."""



@dataclass(frozen=True, kw_only=True)
class AuditRecord:
    """The readable form of an entry. The fields stand in the order of their names, which is
    what makes the JSON canonical."""

    action: str
    """What was done."""
    actor: Actor
    """Who acted."""
    at: datetime
    """When."""
    id: AuditId
    """The id."""
    key_id: str
    """The key that sealed it."""
    outcome: AuditOutcome
    """How it ended."""
    resource: Resource
    """What was acted on."""
    seq: int
    """The place in the trail."""
    tenant: TenantId
    """The tenant."""
    after_hash: str | None = None
    """The digest of the record after, in hex."""
    before_hash: str | None = None
    """The digest of the record before, in hex."""
    changes: Mapping[str, Any] | None = None
    """Facts that are not personal."""
    channel: Channel | None = None
    """The channel of the message."""
    commitments: Mapping[str, str] | None = None
    """One salted commitment a personal field, in hex."""
    message: AuditMessage | None = None
    """What the message is."""
    on_behalf_of: PartyId | None = None
    """The customer acted for."""
    prev_hash: str | None = None
    """The hash of the entry before, in hex; none in the first entry."""
    request_id: str | None = None
    """The host's id of the request."""
    rule_ids: tuple[str, ...] | None = None
    """The access rules that decided."""
    store: StoreId | None = None
    """In which storefront."""
    subject: SubjectId | None = None
    """About which subject."""
    thread: ThreadId | None = None
    """In which thread."""



@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote a message."""

    role: Role
    """In which role: the principal's, never the request's."""
    party: PartyId | None = None
    """Who; absent for the system."""



@dataclass(frozen=True, kw_only=True)
class Bin:
    """The customers with one score. By `Ntile` equal values can stand on both sides of an
    edge."""

    score: int
    """The score."""
    above: float | None
    """The edge that the values are above; absent for the class of the lowest."""
    up_to: float | None
    """The edge that they do not go over; absent for the class of the highest."""
    lowest: float | None
    """The lowest value in it; absent if it is empty."""
    highest: float | None
    """The highest value in it."""
    customers: int
    """How many customers there are."""



@dataclass(frozen=True, kw_only=True)
class BinInput:
    """The customers with one score. By `Ntile` equal values can stand on both sides of an
    edge."""

    score: int
    """The score."""
    customers: int
    """How many customers there are."""
    above: float | None = None
    """The edge that the values are above; absent for the class of the lowest."""
    highest: float | None = None
    """The highest value in it."""
    lowest: float | None = None
    """The lowest value in it; absent if it is empty."""
    up_to: float | None = None
    """The edge that they do not go over; absent for the class of the highest."""



@dataclass(frozen=True, kw_only=True)
class Call:
    """A call with its transcript."""

    started_at: datetime
    """When it began."""
    direction: ActivityDirection
    """Who called whom."""
    minutes: float
    """How long it took."""
    agent_name: str
    """Who spoke for the business."""
    lines: Sequence[CallLine] = ()
    """The lines in the order of speaking."""



@dataclass(frozen=True, kw_only=True)
class CallAction:
    """One action of a `CallSummary`."""

    action: str
    """What is to be done."""
    owner: str | None
    """By whom, if it was said."""
    due: Day | None
    """Until which day, if it was said."""



@dataclass(frozen=True, kw_only=True)
class CallLine:
    """A line of a call."""

    speaker: str
    """Who spoke."""
    text: str
    """What was said."""


CallOutcome: TypeAlias = Literal[
    "Resolved",  # Nothing is open.
    "Follow-Up Needed",  # Somebody has to come back to it.
    "Escalated",  # Somebody else took over.
    "Not Reached",  # Nobody answered.
]
"""How a call ended."""


@dataclass(frozen=True, kw_only=True)
class CallSummary:
    """What was said in a call."""

    summary: str
    """The call in two to four sentences."""
    reason: str
    """Why there was a call."""
    outcome: CallOutcome
    """How it ended."""
    sentiment: int
    """From −2, very negative, to 2, very positive."""
    actions: tuple[CallAction, ...]
    """What is to be done."""
    call_back_on: Day | None
    """The day of the next call, if one was agreed."""



@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A job or an order that a message may be about."""

    kind: SubjectKind
    """What kind of thing it is."""
    subject: SubjectId
    """Which one."""
    number: str | None = None
    """The number that people use."""



@dataclass(frozen=True, kw_only=True)
class Candidate2:
    """Somebody who can go."""

    id: str
    """The host's id."""
    name: str
    """The name."""
    score: float
    """The sum of the points."""
    reasons: tuple[MatchReason, ...]
    """What they are made of."""



@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Who can go and who cannot."""

    candidates: tuple[Candidate2, ...]
    """Who can, the best first; among equals in the order of the facts."""
    refused: tuple[Refused, ...]
    """Who cannot, in the order of the facts."""


Channel: TypeAlias = Literal[
    "in_app",  # The host's own application or portal.
    "email",  # Electronic mail.
    "sms",  # Text message.
    "whatsapp",  # WhatsApp.
    "instagram",  # Instagram direct messages.
    "phone",  # A call, logged by hand or by a telephone system.
    "push",  # A push notification.
    "web",  # A form or chat on a web site.
    "webhook",  # A machine's call.
    "custom",  # Anything else.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ChannelMessage:
    """A message from outside, as webhooks know it."""

    content: str
    """The text."""
    channel: Channel
    """The channel that it came by: `email`, `whatsapp`, `sms`, …"""
    customer_email: str | None = None
    """The customer's address of mail."""
    customer_phone: str | None = None
    """The customer's telephone number."""
    order_number: str | None = None
    """The number of the order, or the host's id of it."""
    provider_ref: str | None = None
    """The provider's id of it: then a delivery that comes again changes nothing."""
    sender_phone: str | None = None
    """The telephone number that it came from; the customer's by default."""



@dataclass(frozen=True, kw_only=True)
class ChannelMessageResult:
    """What has become of a message from outside."""

    outcome: IngestOutcome
    """`posted`, `duplicate`, or `triaged`: it waits for somebody of the staff."""
    message: OrderMessageDto | None
    """The message; `null` while it waits."""
    reason: TriageReason | None
    """Why it waits, or waited."""


ChurnBand: TypeAlias = Literal[
    "low",  # Below both others.
    "medium",  # In between.
    "high",  # From the highest bound.
]
"""A band of risk."""


@dataclass(frozen=True, kw_only=True)
class ChurnBands:
    """From which probability on which band."""

    medium: float
    """The least probability of a medium risk."""
    high: float
    """The least probability of a high risk."""



@dataclass(frozen=True, kw_only=True)
class ChurnContribution:
    """What one driver contributes."""

    name: str
    """The name of the driver."""
    value: float | None
    """The number, as given; none, if it is missing and taken as typical."""
    contribution: float
    """By how much it raises (above 0) or lowers the log-odds."""



@dataclass(frozen=True, kw_only=True)
class ChurnDriver:
    """Something that raises or lowers the risk."""

    name: str
    """Its name."""
    coefficient: float
    """By how much one unit changes the log-odds of leaving: the odds become e^coefficient
    times as great."""
    typical: float
    """The typical customer's number, which contributes nothing."""
    lowest: float
    """Lower numbers count as this one."""
    highest: float
    """Higher numbers count as this one."""



@dataclass(frozen=True, kw_only=True)
class ChurnDriverFact:
    """One driver of a risk to lose a customer."""

    name: str
    """What it is, in words."""
    value: Any
    """What it is for this customer: a number or a text."""
    usual: Any
    """What it is for others: a number or a text."""



@dataclass(frozen=True, kw_only=True)
class ChurnExplanation:
    """Why a customer may leave."""

    risk: Level
    """How likely that is."""
    explanation: str
    """Why, in two or three sentences."""
    drivers: tuple[ExplainedChurnDriver, ...]
    """What drives the customer away."""
    recommendation: str
    """What to do next."""



@dataclass(frozen=True, kw_only=True)
class ChurnFacts:
    """A computed risk to lose a customer."""

    level: str
    """Its band: `Low`, `Medium` or `High`."""
    probability: float
    """The probability from 0 to 1."""
    drivers: Sequence[ChurnDriverFact] = ()
    """What drives it, the strongest first."""



@dataclass(frozen=True, kw_only=True)
class ChurnModel:
    """A logistic model of leaving, versioned: log-odds = baseline + Σ coefficient · (number
    − typical)."""

    version: str
    """Of this set of parameters; results repeat it."""
    baseline: float
    """The log-odds of the typical customer."""
    drivers: tuple[ChurnDriver, ...]
    """The drivers, in the order of the values."""
    bands: ChurnBands
    """The bands."""
    reasons: int
    """How many reasons are named at most."""



@dataclass(frozen=True, kw_only=True)
class ChurnRisk:
    """The risk that a customer leaves, with its reasons."""

    version: str
    """The version of the model."""
    probability: float
    """The probability of leaving, from 0 to 1."""
    log_odds: float
    """Its log-odds, ln(p / (1 − p)): the baseline plus the contributions in their order."""
    baseline: float
    """The log-odds of the typical customer."""
    band: ChurnBand
    """The band."""
    contributions: tuple[ChurnContribution, ...]
    """The drivers, in the order of the model."""
    reasons: tuple[str, ...]
    """The names of those that raise the risk most, the greatest first."""


ClosedThread: TypeAlias = Literal[
    "reopen",  # It opens the thread again.
    "refuse",  # It is refused with `thread.closed`.
    "append",  # It is added, and the thread stays closed.
]
""""""


@dataclass(frozen=True, kw_only=True)
class CommunicationSentiment:
    """One communication of a `SentimentReport`."""

    date: Day | None
    """Its day, if the answer names it."""
    score: int
    """From −2, very negative, to 2, very positive."""
    themes: tuple[str, ...]
    """What it is about."""
    issues: tuple[str, ...]
    """What is wrong."""
    opportunities: tuple[str, ...]
    """What could be better."""


ConditionFact = TypedDict(
    "ConditionFact",
    {"fact": "Fact"},
)
"""When the fact holds."""

ConditionNot = TypedDict(
    "ConditionNot",
    {"not": "Condition"},
)
"""When the condition does not hold."""

ConditionAll = TypedDict(
    "ConditionAll",
    {"all": "Sequence[Condition]"},
)
"""When all hold."""

ConditionAny = TypedDict(
    "ConditionAny",
    {"any": "Sequence[Condition]"},
)
"""When one holds."""

Condition: TypeAlias = "Literal['always'] | ConditionFact | ConditionNot | ConditionAll | ConditionAny"
"""When a rule applies."""

ContactKind: TypeAlias = Literal[
    "email",  # An address of electronic mail.
    "phone",  # A telephone number, for calls and text messages.
    "whatsapp",  # A number of WhatsApp.
    "instagram",  # A name or id of Instagram.
    "custom",  # Anything else, compared as it is.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """An address of a party: personal data."""

    kind: ContactKind
    """What kind of address it is."""
    key: str
    """What it is compared by: unique per tenant and kind. See `match_key`."""
    address: str
    """The address as the host wrote it."""



@dataclass(frozen=True, kw_only=True)
class Content:
    """What a person wrote: the only part of a message that can go. It is kept apart from
    the message row, which never changes and holds only a salted hash of it."""

    state: ContentState
    """What is left of it."""
    text: str
    """The text."""
    attachments: tuple[Attachment, ...] | None = None
    """The files."""
    metadata: Mapping[str, Any] | None = None
    """The host's own facts: an open JSON object."""
    original: str | None = None
    """The whole text as it arrived, where quoted text or a signature was cut off."""
    title: str | None = None
    """A short subject line."""


ContentState: TypeAlias = Literal[
    "present",  # All of it.
    "redacted",  # Parts or all of it were removed by somebody entitled to.
    "erased",  # Gone with the person.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ContextSettings:
    """When, where and in which terms facts are looked at. Nothing is taken from the
    machine."""

    now: datetime
    """The present."""
    company: str | None = None
    """The name of the business, as letters are signed."""
    currency: str | None = None
    """The currency that a prompt counts in; that of most payments by default."""
    hemisphere: Hemisphere | None = None
    """Where the seasons are; in the north by default."""
    holidays: Sequence[Holiday] = ()
    """The holidays of the tenant's calendar."""
    leap_day: LeapDay | None = None
    """When somebody of 29 February has an anniversary; on 28 February by default."""
    locale: str | None = None
    """The language of dates and numbers, as `de`; that of the prompt by default."""
    occasion_days: int | None = None
    """How many days ahead an occasion is looked for; 30 by default."""
    profiles: ApplianceProfilesInput | None = None
    """What is known about appliances; the shipped profiles by default."""
    zone: str | None = None
    """The zone whose clock tells days apart; UTC by default."""



@dataclass(frozen=True, kw_only=True)
class Counters:
    """How many messages and events a thread has had. The public counters count only what
    everybody who may read the thread can see, so that a customer's numbers have no gap
    where a note stands."""

    messages: int
    """The sequence number of the newest message."""
    public_messages: int
    """The public number of the newest public message."""
    events: int
    """The sequence number of the newest event."""
    public_events: int
    """The public number of the newest public event."""



@dataclass(frozen=True, kw_only=True)
class CreateCustomerMessageInput:
    """What is posted to a job's timeline. Enumerations are read in any spelling."""

    type: Topic
    """`STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …"""
    body: str
    """The text."""
    channel: Channel | None = None
    """The intended channel; `PORTAL` by default."""
    metadata_json: Mapping[str, Any] | None = None
    """The host's own facts."""
    source: Origin | None = None
    """Who wrote the text; `HUMAN` by default."""
    title: str | None = None
    """A title; the tenant's title for the type by default."""



@dataclass(frozen=True, kw_only=True)
class CreateOrderMessage:
    """What is posted to an order's thread."""

    attachments: Sequence[AttachmentInput] = ()
    """The files."""
    channel: Channel | None = None
    """Where it comes from; `in_app` by default."""
    content: str | None = None
    """The text."""
    is_internal: bool | None = None
    """Whether only administrators may see it."""
    role: Role | None = None
    """The role that a client claims: refused unless it is the principal's."""



@dataclass(frozen=True, kw_only=True)
class Customer:
    """A customer."""

    id: Ref
    """The host's id."""
    name: str
    """The name, as messages greet by it."""
    created_at: datetime | None = None
    """The first instant as a customer, if it is known."""
    language: str | None = None
    """The language that the customer reads, as a tag of BCP 47."""



@dataclass(frozen=True, kw_only=True)
class CustomerActivity:
    """Something that a customer did."""

    kind: str
    """Its kind, as the model names it: `purchase`, `reply`, …"""
    age_days: float
    """How many days ago."""



@dataclass(frozen=True, kw_only=True)
class CustomerFacts:
    """Everything about one customer that prompts may tell. What a prompt does not use may
    be left out."""

    customer: Customer
    """The customer."""
    activities: Sequence[Activity] = ()
    """The log, in any order."""
    appliances: Sequence[Appliance] = ()
    """The appliances."""
    expenses: Sequence[Expense] = ()
    """The expenses for the customer and for the jobs, in any order."""
    feedback: Sequence[Feedback] = ()
    """How the customer has judged, in any order."""
    jobs: Sequence[Job] = ()
    """The customer's jobs, in any order."""
    payments: Sequence[Payment] = ()
    """The payments, in any order."""
    technician_preferences: Sequence[TechnicianPreference] = ()
    """What the customer wishes of them."""
    technicians: Sequence[Technician] = ()
    """The technicians of the business."""



@dataclass(frozen=True, kw_only=True)
class CustomerLifetimeValue:
    """What is expected of one customer."""

    customer: PartyId
    """Who."""
    repeat_purchases: int
    """Purchases after the first one."""
    alive: float
    """The probability that the customer has not left."""
    expected_purchases: float
    """The purchases to come within the months."""
    expected_spend: Money
    """What one of them is expected to be worth."""
    value: Money
    """The purchases to come times their worth, discounted. Costs are not in it."""



@dataclass(frozen=True, kw_only=True)
class CustomerMessage:
    """A message to a customer about a job."""

    title: str
    """The subject line."""
    message: str
    """The message with its greeting."""



@dataclass(frozen=True, kw_only=True)
class CustomerMessageDto:
    """A message of a job's timeline."""

    id: MessageId
    """The id."""
    job_id: str
    """The job, as the host named it."""
    type: str
    """`STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …"""
    channel: str
    """The intended channel: `PORTAL`, `EMAIL`, `SMS`, …"""
    source: str
    """`SYSTEM`, `HUMAN` or `AI_SUGGESTED`."""
    title: str | None
    """The title."""
    body: str
    """The text."""
    created_at: datetime
    """When it was posted."""
    read_at: datetime | None
    """When the customer first read it."""
    metadata_json: Mapping[str, Any] | None
    """The host's own facts; customers never see them."""



@dataclass(frozen=True, kw_only=True)
class CustomerRfm:
    """The scores of one customer."""

    customer: PartyId
    """Who."""
    recency_days: int
    """Whole days from the last purchase to the reference."""
    frequency: int
    """Days with a purchase."""
    monetary: Money
    """The sum of the purchases."""
    code: int
    """The three scores from 1 to 5 as one number, 555 the best."""
    segment: str
    """The segment of the code."""


Day: TypeAlias = str
"""A day as `2026-03-01`."""


@dataclass(frozen=True, kw_only=True)
class Delta:
    """What has changed in a conversation since a cursor."""

    messages: tuple[Message, ...]
    """The messages that are new or have changed, as they are now, in the order of their
    places."""
    cursor: int
    """Where to go on."""
    more: bool
    """Whether there is more already."""
    thread: Thread | None = None
    """The thread, as it is now."""


Disposition: TypeAlias = Literal[
    "attachment",  # Beside the message.
    "inline",  # Inside the message.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What was left out of a list."""

    list: str
    """The path of the list."""
    kept: int
    """The items that are shown."""
    omitted: int
    """The items that are not."""



@dataclass(frozen=True, kw_only=True)
class DueDays:
    """The first and the last day that a phrase allows."""

    earliest: Day
    """The first day."""
    latest: Day
    """The last day. For a single day it is the first."""


Effect: TypeAlias = Literal[
    "permit",  # Lets it happen, unless something forbids it.
    "forbid",  # Stops it, whatever permits it.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """An engagement score with its parts."""

    version: str
    """The version of the model."""
    score: float
    """From 0 to 100, to the nearest hundredth."""
    parts: tuple[EngagementPart, ...]
    """The kinds that the model knows, by name; the contributions sum to the score, by
    largest remainders."""
    unknown: int
    """Activities of kinds that the model does not know."""



@dataclass(frozen=True, kw_only=True)
class EngagementModel:
    """How activities become a score from 0 to 100, versioned. Each activity weighs w ·
    2^(−age / half-life); the score of their sum s is 100 (1 − 2^(−s / half)): `half`
    gives 50, twice that 75, and no activity is worth nothing to the busiest customer."""

    version: str
    """Of this set of parameters; results repeat it."""
    half_life_days: float
    """After how many days an activity weighs half."""
    half: float
    """The weighted sum that is worth 50 points."""
    weights: Mapping[str, float]
    """The weight of each kind of activity, from 0."""



@dataclass(frozen=True, kw_only=True)
class EngagementPart:
    """What one kind of activity contributes."""

    kind: str
    """The kind."""
    activities: int
    """How many activities there were."""
    weight: float
    """Their weighted sum."""
    contribution: float
    """Its part of the score."""



@dataclass(frozen=True, kw_only=True)
class Event:
    """An event in its place."""

    id: EventId
    """The id: the same in every replay."""
    tenant: TenantId
    """The tenant."""
    position: int
    """The place among all events of the store."""
    seq: int
    """The place in its stream, from 1 without a gap."""
    stream: Stream
    """The stream it belongs to."""
    type: EventKind
    """What happened."""
    at: datetime
    """When."""
    actor_kind: PrincipalKind
    """What kind of actor."""
    depth: int
    """How many events lie between this one and a person's action."""
    visibility: Visibility
    """Who may learn of it."""
    data: Mapping[str, Any]
    """Ids and facts, never text of people."""
    actor: PartyId | None = None
    """Who did it."""
    causation: EventId | None = None
    """The event that led to this one."""
    correlation: str | None = None
    """The host's id of the request, or of the whole flow."""
    on_behalf_of: PartyId | None = None
    """The customer acted for."""
    public_seq: int | None = None
    """The place among the public events of its stream; absent when it is internal."""
    store: StoreId | None = None
    """The storefront."""


EventId = NewType("EventId", str)
"""The id of a event: a UUID."""

EventKind: TypeAlias = Literal[
    "storefront.changed",  # A storefront was added or changed.
    "party.changed",  # A party was added or changed.
    "party.erased",  # A party's personal data was erased.
    "subject.changed",  # A job, an order or another subject was added or changed.
    "payment.changed",  # A payment was added or changed.
    "followup.created",  # A follow-up is to be done.
    "followup.scheduled",  # A message about a follow-up is planned.
    "followup.sent",  # The message about a follow-up was sent.
    "followup.completed",  # A follow-up was done.
    "followup.no_response",  # The customer did not answer a follow-up.
    "followup.failed",  # The message about a follow-up could not be sent.
    "followup.cancelled",  # Something has made a follow-up pointless.
    "followup.dismissed",  # Somebody has decided against a follow-up.
    "followup.changed",  # Something else about a follow-up changed.
    "thread.created",  # A thread began.
    "thread.reopened",  # A thread is open again.
    "thread.pending",  # A thread waits for the customer or a third party.
    "thread.snoozed",  # A thread is out of sight for a while.
    "thread.unsnoozed",  # A snoozed thread woke.
    "thread.resolved",  # A thread was resolved.
    "thread.closed",  # A thread was closed.
    "thread.assigned",  # A thread has an assignee.
    "thread.unassigned",  # A thread has no assignee any more.
    "thread.priority_changed",  # A thread has another priority.
    "thread.tagged",  # The tags of a thread changed.
    "thread.participant_added",  # Somebody joined a thread.
    "thread.participant_removed",  # Somebody left a thread.
    "thread.merged",  # A thread was merged into another.
    "thread.first_response",  # The customer was answered for the first time.
    "message.created",  # A message was posted.
    "message.read",  # Messages were read.
    "message.unread",  # Messages were marked unread.
    "message.corrected",  # A message was corrected by a later one.
    "message.retracted",  # A message was retracted.
    "message.reacted",  # A reaction was added or withdrawn.
    "message.redacted",  # Text of a message was redacted.
    "message.erased",  # The text of a message was erased with the person.
    "inbound.triaged",  # A message from outside waits for somebody to say where it belongs.
    "triage.assigned",  # A message from outside was put into its conversation by hand.
    "triage.dismissed",  # A message from outside belongs to no conversation.
    "access.policy_changed",  # The access rules or the policy of the tenant changed.
    "audit.checkpointed",  # A checkpoint of the audit trail was made.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Expense:
    """What a customer or a job has cost."""

    amount: Money
    """How much; not below zero."""
    incurred_at: datetime
    """When."""
    category: ExpenseCategory
    """What for."""
    customer: Ref | None = None
    """Whom it was for; the customer of the facts by default."""
    id: str | None = None
    """The host's id. What stands twice under one id counts once."""
    job: Ref | None = None
    """The job that it was for. It is a job of the same customer."""


ExpenseCategory: TypeAlias = Literal[
    "parts",  # Spare parts and material.
    "labour",  # Hours of work.
    "travel",  # Journeys.
    "subcontract",  # Work of others.
    "equipment",  # Tools and machines.
    "fees",  # Fees.
    "other",  # Anything else.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ExplainedChurnDriver:
    """One driver of a `ChurnExplanation`."""

    driver: str
    """What drives the customer away."""
    evidence: str
    """What shows it."""



@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a policy decides as it does."""

    action: Action
    """The action asked for."""
    roles: RoleSet
    """The principal's roles."""
    allowed: bool
    """Whether it may happen."""
    permitted_by: tuple[str, ...]
    """The permits that apply."""
    forbidden_by: tuple[str, ...]
    """The forbids that apply, or that cannot be ruled out."""
    lacking: tuple[Lacking, ...]
    """The permits for these roles that do not apply, and what each lacks."""
    obligations: tuple[Obligation, ...]
    """What the permits that apply ask for."""



@dataclass(frozen=True, kw_only=True)
class ExternalRef:
    """A record's id in another system."""

    value: str
    """The id there."""
    system: str | None = None
    """The system; `host` by default."""


Fact: TypeAlias = Literal[
    "same_tenant",  # The record belongs to the principal's tenant.
    "same_store",  # The record has no storefront, or one within the principal's scope.
    "member",  # The principal's scope covers the record's storefront.
    "owns",  # The subject is the principal's own: its customer is the principal.
    "fulfils",  # The principal's supplier stands in the fulfilment snapshot.
    "operates",  # The principal's reseller operates the storefront.
    "assigned",  # The subject or the thread is assigned to the principal.
    "participant",  # The principal takes part in the thread.
    "on_behalf",  # The principal acts for the record's customer.
    "author",  # The principal wrote the record.
    "within_undo_window",  # The record is young enough for its author to take it back.
    "public",  # The record is public.
    "in_audience",  # The record is public, or a role of the principal is in its audience.
    "draft",  # It happens inside a draft.
    "reason_given",  # A reason was given.
    "restricted",  # The customer's records may only be stored.
    "role_claimed",  # The request claims a role that is not the principal's.
    "completed",  # The subject is completed.
    "token",  # A valid survey token came along.
    "legal_duty",  # The work is required by law or by the person's own request.
]
""""""


@dataclass(frozen=True, kw_only=True)
class FailurePoint:
    """What fails at which age."""

    component: str
    """The component."""
    age_from: float
    """From this age in years; from the beginning by default."""
    age_to: float | None = None
    """Until before this age in years; for ever by default."""



@dataclass(frozen=True, kw_only=True)
class FailurePointInput:
    """What fails at which age."""

    component: str
    """The component."""
    age_from: float | None = None
    """From this age in years; from the beginning by default."""
    age_to: float | None = None
    """Until before this age in years; for ever by default."""



@dataclass(frozen=True, kw_only=True)
class Feedback:
    """A judgement of the customer."""

    kind: FeedbackKind
    """What was asked."""
    score: float
    """The score on the scale."""
    created_at: datetime
    """When it was given."""
    comment: str | None = None
    """The customer's words."""
    customer: Ref | None = None
    """Who gave it; the customer of the facts by default."""
    job: Ref | None = None
    """The job that it is about."""
    scale_max: float | None = None
    """The highest score; that of the usual scale by default."""
    scale_min: float | None = None
    """The lowest score; that of the usual scale by default."""
    technician: Ref | None = None
    """The technician that it is about."""


FeedbackKind: TypeAlias = Literal[
    "job_review",  # A review of a job.
    "technician_rating",  # A mark for a technician.
    "follow_up",  # A mark in a follow-up.
    "csat",  # Customer satisfaction.
    "nps",  # The net promoter score.
    "ces",  # The customer effort score.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Financials:
    """What a customer brings and costs in one currency."""

    currency: str
    """The currency."""
    payments: int
    """The payments, and what went back."""
    expenses: int
    """The expenses."""
    revenue: Money
    """What was paid, less what went back."""
    costs: Money
    """What was spent for the customer and the jobs, each expense once."""
    profit: Money
    """Revenue less costs."""
    completed_jobs: int
    """The completed jobs, without those that were paid in other currencies alone."""
    average_revenue_per_job: Money | None = None
    """Revenue over completed jobs, to the minor unit, halves away from zero; absent without
    jobs."""


FindingChanged = TypedDict(
    "FindingChanged",
    {"finding": "Literal['changed']", "seq": "int"},
)
"""The bytes of an entry are not those that were sealed."""

FindingPrivateChanged = TypedDict(
    "FindingPrivateChanged",
    {"finding": "Literal['private_changed']", "seq": "int"},
)
"""A personal value is not the one that was committed to."""

FindingRemoved = TypedDict(
    "FindingRemoved",
    {"finding": "Literal['removed']", "after": "int", "before": "int"},
)
"""Entries are missing between two others."""

FindingRelinked = TypedDict(
    "FindingRelinked",
    {"finding": "Literal['relinked']", "seq": "int"},
)
"""An entry does not follow the one before it."""

FindingMisplaced = TypedDict(
    "FindingMisplaced",
    {"finding": "Literal['misplaced']", "seq": "int"},
)
"""An entry stands where an earlier one should not: twice, or out of order."""

FindingCutTail = TypedDict(
    "FindingCutTail",
    {"finding": "Literal['cut_tail']", "found": "int", "expected": "int"},
)
"""The newest entries are gone: something that knows them says more than there is."""

FindingUnknownKey = TypedDict(
    "FindingUnknownKey",
    {"finding": "Literal['unknown_key']", "seq": "int"},
)
"""An entry was sealed with a key that is not in the ring."""

FindingHeadForged = TypedDict(
    "FindingHeadForged",
    {"finding": "Literal['head_forged']"},
)
"""The head is not sealed with a key of the ring, or is missing."""

FindingCheckpointMismatch = TypedDict(
    "FindingCheckpointMismatch",
    {"finding": "Literal['checkpoint_mismatch']", "toSeq": "int"},
)
"""The entries are not those that a checkpoint was made over."""

FindingMessageChanged = TypedDict(
    "FindingMessageChanged",
    {"finding": "Literal['message_changed']", "seq": "int"},
)
"""A message row is not the one that the trail says was committed."""

FindingMessageMissing = TypedDict(
    "FindingMessageMissing",
    {"finding": "Literal['message_missing']", "seq": "int"},
)
"""A message that the trail says was committed is not there."""

Finding: TypeAlias = "FindingChanged | FindingPrivateChanged | FindingRemoved | FindingRelinked | FindingMisplaced | FindingCutTail | FindingUnknownKey | FindingHeadForged | FindingCheckpointMismatch | FindingMessageChanged | FindingMessageMissing"
"""Something that is wrong with the trail."""


@dataclass(frozen=True, kw_only=True)
class Followup:
    """Something to be done for a customer after a service, or that was done."""

    id: FollowupId
    """The id."""
    tenant: TenantId
    """The tenant."""
    customer: PartyId
    """Whom it is for."""
    kind: str
    """What it is about, canonical spelling: `service`, `complaint`, …"""
    state: FollowupState
    """Where it stands."""
    created_at: datetime
    """When the record was made."""
    version: int
    """Counts the changes of the record, from 1."""
    due_at: datetime | None = None
    """When it is to be done."""
    job: SubjectId | None = None
    """The job that it is after."""
    logged_by: PartyId | None = None
    """Who recorded that; nobody where the software did."""
    note: str | None = None
    """What colleagues should know."""
    occurred_at: datetime | None = None
    """When it was done, or no answer was waited for any longer."""
    result: FollowupResult | None = None
    """What the customer said."""
    store: StoreId | None = None
    """The storefront: the job's, where there is one."""


FollowupId = NewType("FollowupId", str)
"""The id of a followup: a UUID."""


@dataclass(frozen=True, kw_only=True)
class FollowupPlan:
    """What to write to a customer next."""

    suggestions: tuple[FollowupSuggestion, ...]
    """Two or three."""



@dataclass(frozen=True, kw_only=True)
class FollowupQuery:
    """Which follow-ups to list. Everything that is given must hold."""

    after: str | None = None
    """Only those after this follow-up of the page before."""
    customer: Ref | None = None
    """This customer's."""
    from_: datetime | None = None
    """Not before; see the order."""
    job: Ref | None = None
    """After this job."""
    limit: int | None = None
    """At most so many, from 1 to 1,000."""
    state: Sequence[FollowupState] = ()
    """Any of these states; all of them by default."""
    until: datetime | None = None
    """Before: with open states, what is due."""



@dataclass(frozen=True, kw_only=True)
class FollowupResult:
    """What the customer said."""

    comment: str | None = None
    """In the customer's words."""
    rating: int | None = None
    """How satisfied the customer is, from 1 to 5."""


FollowupState: TypeAlias = Literal[
    "pending",  # It is to be done.
    "scheduled",  # A message about it is planned for its date.
    "sent",  # The message was sent; the customer may answer.
    "completed",  # It was done.
    "no_response",  # The customer did not answer.
    "failed",  # The message could not be sent.
    "cancelled",  # Something has made it pointless.
    "dismissed",  # Somebody has decided against it.
]
""""""


@dataclass(frozen=True, kw_only=True)
class FollowupSuggestion:
    """One suggestion of a `FollowupPlan`."""

    title: str
    """What it is about."""
    reason: str
    """Why it is worth it."""
    timing: str
    """When, as `due`(super::due) reads it."""
    draft_message: str
    """The message with its greeting."""


Format: TypeAlias = Literal[
    "plain",  # Not at all.
    "markdown",  # CommonMark.
    "html_sanitised",  # HTML that the host has sanitised.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of hits, newest first."""

    hits: tuple[Hit, ...]
    """The hits."""
    total: Total
    """How many hits there are in all."""
    next: MessageId | None = None
    """The `before` of the next page; absent at the end."""



@dataclass(frozen=True, kw_only=True)
class GeneratedCallSummary:
    """An answer, and how it came about."""

    answer: CallSummary
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedChurnExplanation:
    """An answer, and how it came about."""

    answer: ChurnExplanation
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedCustomerMessage:
    """An answer, and how it came about."""

    answer: CustomerMessage
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedInsightCards:
    """An answer, and how it came about."""

    answer: InsightCards
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedMessageReply:
    """An answer, and how it came about."""

    answer: MessageReply
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedRelationshipSummary:
    """An answer, and how it came about."""

    answer: RelationshipSummary
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class GeneratedSurveyDraft:
    """An answer, and how it came about."""

    answer: SurveyDraft
    """The answer."""
    provenance: Provenance
    """How it came about."""



@dataclass(frozen=True, kw_only=True)
class Given:
    """What an answer is checked against. What is not given is not checked, links excepted:
    without any text that was sent, every link is foreign."""

    company: str | None = None
    """The name of the business: `[Company]` becomes it."""
    counts: Mapping[str, int] | None = None
    """How many entries a list must have, by the name of its field, where what was sent
    decides it: one for each communication, say."""
    customer_name: str | None = None
    """The customer's name: a draft greets by it, and `[Customer's Name]` becomes it."""
    form: AnswerForm | None = None
    """The form that the model was asked for."""
    options: Mapping[str, Sequence[Offered]] | None = None
    """What references may name, by the name that the declaration calls it. Where nothing is
    offered, an answer has to say that there is none."""
    texts: Sequence[str] = ()
    """The texts that were sent. A link that stands in none of them is foreign."""



@dataclass(frozen=True, kw_only=True)
class Greeting:
    """A greeting, and what it is for."""

    answer: OccasionMessage
    """The answer."""
    occasion: Occasion
    """The occasion."""
    upcoming: tuple[Occasion, ...]
    """What there is to celebrate within a year, the nearest first."""
    provenance: Provenance
    """How the answer came about."""



@dataclass(frozen=True, kw_only=True)
class Health:
    """A health score with its explanation. `computed` is the weighted mean to the nearest
    hundredth. The contributions are hundredths too, apportioned by largest remainders:
    baseline + contributions = computed, exactly."""

    version: str
    """The version of the model."""
    score: float | None
    """The score, from 0 to 100: the one that was set, else the computed one; none without
    enough values."""
    colour: HealthColour | None
    """Its colour."""
    computed: float | None
    """The computed score."""
    overridden: HealthOverride | None
    """What a person has set."""
    baseline: float
    """Where contributions are counted from."""
    parts: tuple[HealthContribution, ...]
    """The parts, in the order of the model."""
    groups: tuple[HealthGroup, ...]
    """The groups, by name."""
    coverage: float
    """Which part of the weights has a value, from 0 to 1."""
    trend: HealthTrend | None
    """Against the period before, if its score is known."""


HealthBandsThree = TypedDict(
    "HealthBandsThree",
    {"kind": "Literal['three']", "yellow": "float", "green": "float"},
)
"""Red, yellow and green."""

HealthBandsFive = TypedDict(
    "HealthBandsFive",
    {"kind": "Literal['five']", "orange": "float", "yellow": "float", "lime": "float", "green": "float"},
)
"""Red, orange, yellow, lime and green."""

HealthBands: TypeAlias = "HealthBandsThree | HealthBandsFive"
"""From how many points on which colour; below the first it is red."""

HealthColour: TypeAlias = Literal[
    "red",  # The worst.
    "orange",  # Of five colours, the second.
    "yellow",  # The middle.
    "lime",  # Of five colours, the fourth.
    "green",  # The best.
]
"""A colour of health."""


@dataclass(frozen=True, kw_only=True)
class HealthContribution:
    """What one part contributes."""

    name: str
    """The name of the part."""
    group: str | None
    """Its group."""
    value: float | None
    """What was measured; none, if it is missing."""
    points: float | None
    """Its points, from 0 to 100."""
    weight: float
    """Its part of the weights that are present, from 0 to 1; 0, if it is missing."""
    contribution: float
    """By how many points it raises or lowers the score from the baseline."""


HealthDirection: TypeAlias = Literal[
    "improving",  # Up by more than what is steady.
    "steady",  # Neither.
    "declining",  # Down by more than what is steady.
]
"""Where a score goes."""


@dataclass(frozen=True, kw_only=True)
class HealthGroup:
    """What a group of parts contributes."""

    name: str
    """Its name."""
    points: float | None
    """The weighted mean of its parts; none, if all are missing."""
    contribution: float
    """The sum of the contributions of its parts."""



@dataclass(frozen=True, kw_only=True)
class HealthModel:
    """How a health score is made, versioned."""

    version: str
    """Of this set of parameters; results repeat it."""
    parts: tuple[HealthPart, ...]
    """The parts, in the order of the values."""
    baseline: float
    """The score from which contributions are counted, from 0 to 100: what is above raises,
    what is below lowers. With 0 all contributions raise."""
    bands: HealthBands
    """The colours."""
    least_coverage: float
    """Which part of the weights has to have a value for there to be a score, from 0 to 1."""
    steady_within: float
    """By how many points a score may change and be steady."""



@dataclass(frozen=True, kw_only=True)
class HealthModelInput:
    """How a health score is made, versioned."""

    version: str
    """Of this set of parameters; results repeat it."""
    parts: Sequence[HealthPartInput]
    """The parts, in the order of the values."""
    baseline: float
    """The score from which contributions are counted, from 0 to 100: what is above raises,
    what is below lowers. With 0 all contributions raise."""
    bands: HealthBands
    """The colours."""
    least_coverage: float
    """Which part of the weights has to have a value for there to be a score, from 0 to 1."""
    steady_within: float
    """By how many points a score may change and be steady."""



@dataclass(frozen=True, kw_only=True)
class HealthOverride:
    """A score that a person has set, instead of the computed one."""

    score: float
    """From 0 to 100."""
    reason: str
    """Why."""



@dataclass(frozen=True, kw_only=True)
class HealthPart:
    """One part of a health score."""

    name: str
    """Its name."""
    group: str | None
    """What it belongs to, such as adoption or return on investment."""
    weight: float
    """How much it weighs against the others."""
    scale: HealthScale
    """How it becomes points."""



@dataclass(frozen=True, kw_only=True)
class HealthPartInput:
    """One part of a health score."""

    name: str
    """Its name."""
    weight: float
    """How much it weighs against the others."""
    scale: HealthScale
    """How it becomes points."""
    group: str | None = None
    """What it belongs to, such as adoption or return on investment."""


HealthScalePoints = TypedDict(
    "HealthScalePoints",
    {"kind": "Literal['points']"},
)
"""It is points already."""

HealthScaleLinear = TypedDict(
    "HealthScaleLinear",
    {"kind": "Literal['linear']", "worst": "float", "best": "float"},
)
"""In proportion from `worst`, 0 points, to `best`, 100, and no further. `worst` may be the greater one."""

HealthScaleSteps = TypedDict(
    "HealthScaleSteps",
    {"kind": "Literal['steps']", "steps": "Sequence[HealthStep]"},
)
"""The points of the last step that is not above the number; 0 below the first."""

HealthScale: TypeAlias = "HealthScalePoints | HealthScaleLinear | HealthScaleSteps"
"""How a measured number becomes points from 0 to 100."""


@dataclass(frozen=True, kw_only=True)
class HealthStep:
    """One step of a scale."""

    from_: float
    """From this number on."""
    points: float
    """So many points, from 0 to 100."""



@dataclass(frozen=True, kw_only=True)
class HealthTrend:
    """A score against that of the period before."""

    previous: float
    """The score of the period before."""
    change: float
    """The score minus that."""
    direction: HealthDirection
    """Where it goes."""


Hemisphere: TypeAlias = Literal[
    "north",  # Of the northern summer in June.
    "south",  # Of the southern summer in December.
]
"""Half of the globe."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One hit of a search."""

    message: Message
    """The message."""
    thread: Thread
    """Its thread."""
    snippet: Snippet
    """The part of the text that was found, with its highlights."""



@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A holiday of the tenant's calendar."""

    name: str
    """The name: `Easter`."""
    day: Day
    """The day. A holiday of every year stands here once for each."""



@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """A message as a host's webhook has it."""

    channel: Channel
    """The channel that it came by."""
    account: str
    """Which of the host's accounts at the provider received it; none by default."""
    from_: str
    """The sender's address as the channel has it."""
    to: tuple[str, ...]
    """The addresses that it was sent to. One with `+` and a thread's id before its `@`
    leads there."""
    headers: Mapping[str, str]
    """The headers of a mail by their names, in any case."""
    attachments: tuple[Attachment, ...]
    """The files."""
    html: str | None = None
    """The text in HTML: looked at when there is no plain text."""
    in_reply_to: str | None = None
    """The provider's id of the message that it answers; of a mail, the headers say so."""
    metadata: Mapping[str, Any] | None = None
    """The host's own facts; customers and partners never see them."""
    occurred_at: datetime | None = None
    """When it was written."""
    order_ref: str | None = None
    """The order or job that it is about: its number, or the host's id."""
    provider_ref: str | None = None
    """The provider's id of it, of a mail its `Message-ID`: a delivery is taken once.
    Without one, every delivery is another message."""
    sender_verified: bool | None = None
    """Whether the channel vouches for the sender, of a mail by DMARC (RFC 7489). A message
    whose sender is known to be false goes to triage."""
    subject: str | None = None
    """The subject line."""
    text: str | None = None
    """The text."""



@dataclass(frozen=True, kw_only=True)
class InboundMessageInput:
    """A message as a host's webhook has it."""

    channel: Channel
    """The channel that it came by."""
    from_: str
    """The sender's address as the channel has it."""
    account: str | None = None
    """Which of the host's accounts at the provider received it; none by default."""
    attachments: Sequence[AttachmentInput] = ()
    """The files."""
    headers: Mapping[str, str] | None = None
    """The headers of a mail by their names, in any case."""
    html: str | None = None
    """The text in HTML: looked at when there is no plain text."""
    in_reply_to: str | None = None
    """The provider's id of the message that it answers; of a mail, the headers say so."""
    metadata: Mapping[str, Any] | None = None
    """The host's own facts; customers and partners never see them."""
    occurred_at: datetime | None = None
    """When it was written."""
    order_ref: str | None = None
    """The order or job that it is about: its number, or the host's id."""
    provider_ref: str | None = None
    """The provider's id of it, of a mail its `Message-ID`: a delivery is taken once.
    Without one, every delivery is another message."""
    sender_verified: bool | None = None
    """Whether the channel vouches for the sender, of a mail by DMARC (RFC 7489). A message
    whose sender is known to be false goes to triage."""
    subject: str | None = None
    """The subject line."""
    text: str | None = None
    """The text."""
    to: Sequence[str] = ()
    """The addresses that it was sent to. One with `+` and a thread's id before its `@`
    leads there."""



@dataclass(frozen=True, kw_only=True)
class InboundPolicy:
    """How messages from outside channels find their thread."""

    calling_code: str | None
    """The calling code of telephone numbers without one, such as `49`."""
    number_patterns: tuple[str, ...]
    """What the numbers of orders and jobs look like in a subject line: `#` stands for
    digits, `*` for letters and digits, everything else for itself, in any case."""
    own_addresses: tuple[str, ...]
    """The addresses of the business itself: what comes from them is not posted."""
    finished_statuses: tuple[str, ...]
    """The host's statuses of jobs and orders that a message without a number is not about."""



@dataclass(frozen=True, kw_only=True)
class InboundPolicyInput:
    """How messages from outside channels find their thread."""

    calling_code: str | None = None
    """The calling code of telephone numbers without one, such as `49`."""
    finished_statuses: Sequence[str] = ()
    """The host's statuses of jobs and orders that a message without a number is not about."""
    number_patterns: Sequence[str] = ()
    """What the numbers of orders and jobs look like in a subject line: `#` stands for
    digits, `*` for letters and digits, everything else for itself, in any case."""
    own_addresses: Sequence[str] = ()
    """The addresses of the business itself: what comes from them is not posted."""


IncompleteReason: TypeAlias = Literal[
    "empty",  # There is no text.
    "refused",  # The model declines.
    "only_reasoning",  # The answer ends within the reasoning.
    "schema_echoed",  # The answer repeats the JSON Schema.
    "format_echoed",  # The answer repeats the format with its placeholders.
    "cut",  # The answer ends in the middle.
    "no_fields",  # The answer is a text without any of the labels.
    "missing_fields",  # Some fields are there and some are not.
]
"""Why fields are missing."""

IngestOutcome: TypeAlias = Literal[
    "posted",  # It is a message of its conversation.
    "duplicate",  # It was taken before: nothing has changed.
    "triaged",  # It waits in triage.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What has become of a delivery, and where it is."""

    outcome: IngestOutcome
    """What has become of it."""
    message: Message | None = None
    """The message, now or before; absent while it waits in triage."""
    triage: TriageItem | None = None
    """The item of triage, with the reason and what it may be about."""



@dataclass(frozen=True, kw_only=True)
class InsightCard:
    """One of the `InsightCards`."""

    title: str
    """The headline."""
    insight: str
    """What the data shows."""
    action: str
    """What to do about it."""
    impact: Level
    """How much it matters."""



@dataclass(frozen=True, kw_only=True)
class InsightCards:
    """What the data of a customer shows."""

    cards: tuple[InsightCard, ...]
    """One to four."""



@dataclass(frozen=True, kw_only=True)
class Job:
    """A job."""

    id: Ref
    """The host's id."""
    description: str
    """What is to be done, or was."""
    status: JobStatus
    """How far it is."""
    appliances: Sequence[Ref] = ()
    """The appliances that it is about."""
    completed_at: datetime | None = None
    """When it was done: exactly if its status says so."""
    customer: Ref | None = None
    """Whose job it is; that of the customer of the facts by default."""
    outcome: str | None = None
    """How it ended, in the words of the business."""
    scheduled_at: datetime | None = None
    """When it is to begin."""
    service_record: ServiceRecord | None = None
    """What the technician wrote down."""
    started_at: datetime | None = None
    """When it began."""
    technicians: Sequence[Ref] = ()
    """Who does it, the first one foremost."""


JobStatus: TypeAlias = Literal[
    "draft",  # Nothing is agreed yet.
    "scheduled",  # There is a date.
    "in_progress",  # Somebody is at work.
    "completed",  # The work is done.
    "cancelled",  # It will not be done.
]
""""""


@dataclass(frozen=True, kw_only=True)
class KeyNumber:
    """A number about a customer."""

    name: str
    """What it is, in words."""
    value: Any
    """How much: a number or a text."""
    change: Any | None = None
    """How it has changed, such as `+12%`."""



@dataclass(frozen=True, kw_only=True)
class KnownText:
    """Something that the host knows to be personal."""

    kind: PersonalKind
    """What it is."""
    text: str
    """The name, the address, …"""



@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A permit that does not apply."""

    rule: str
    """The rule."""
    failing: tuple[Fact, ...]
    """The facts that it asks about and that do not hold."""
    missing: tuple[Fact, ...]
    """The facts that it asks about and that are not known."""


LeapDay: TypeAlias = Literal[
    "february28",  # On 28 February: the same month.
    "march1",  # On 1 March: a whole year has passed.
]
"""When somebody of 29 February has an anniversary in other years."""

Level: TypeAlias = Literal[
    "Low",  # Low.
    "Medium",  # Medium.
    "High",  # High.
]
"""A level of risk, priority or impact."""


@dataclass(frozen=True, kw_only=True)
class LifetimeValueOptions:
    """How far ahead, and what waiting costs."""

    months: int | None = None
    """How many months ahead; 12 by default."""
    yearly_rate: float | None = None
    """The effective discount rate of a year; 0.1 by default."""



@dataclass(frozen=True, kw_only=True)
class LifetimeValues:
    """What is expected of all customers with a purchase."""

    reference: datetime
    """The last instant that counted."""
    model: str
    """The models: BG/NBD for purchases by the week, Gamma-Gamma for spend."""
    customers: tuple[CustomerLifetimeValue, ...]
    """The customers, by their first payment."""
    not_identified: str | None = None
    """Why the payments do not determine the models; then there are no customers."""



@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much is accepted."""

    text_bytes: int
    """Bytes of UTF-8 in a text."""
    inbound_bytes: int
    """Bytes of UTF-8 of a message from an outside channel: text, HTML and headers."""
    title_bytes: int
    """Bytes of UTF-8 in a title."""
    metadata_bytes: int
    """Bytes of JSON in the metadata."""
    attachments: int
    """Files at one message."""
    attachment_bytes: int
    """Bytes of one file."""
    tags: int
    """Tags of one thread."""
    participants: int
    """Participants of one thread."""



@dataclass(frozen=True, kw_only=True)
class LimitsInput:
    """How much is accepted."""

    attachment_bytes: int | None = None
    """Bytes of one file."""
    attachments: int | None = None
    """Files at one message."""
    inbound_bytes: int | None = None
    """Bytes of UTF-8 of a message from an outside channel: text, HTML and headers."""
    metadata_bytes: int | None = None
    """Bytes of JSON in the metadata."""
    participants: int | None = None
    """Participants of one thread."""
    tags: int | None = None
    """Tags of one thread."""
    text_bytes: int | None = None
    """Bytes of UTF-8 in a text."""
    title_bytes: int | None = None
    """Bytes of UTF-8 in a title."""



@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One entry of a `Log`."""

    position: int
    """Its place: the first entry has 1, and none is left out. Only a snapshot may stand
    alone at a later place, for all before it."""
    entry: str
    """What was appended: one line of JSON."""



@dataclass(frozen=True, kw_only=True)
class LogFollowup:
    """A follow-up that somebody has done. Who that was is the principal."""

    customer: Ref
    """Whom it was for."""
    job: Ref | None = None
    """The job that it was after."""
    kind: str | None = None
    """What it was about, in any spelling; `service` by default."""
    note: str | None = None
    """What colleagues should know."""
    occurred_at: datetime | None = None
    """When it was done; now by default, never later."""
    result: FollowupResult | None = None
    """What the customer said."""



@dataclass(frozen=True, kw_only=True)
class MaintenanceForecast:
    """What an appliance will need."""

    risk: Level
    """How likely it fails."""
    predicted_needs: tuple[PredictedNeed, ...]
    """What will need work within three months."""
    actions: tuple[str, ...]
    """What to do before."""
    optimal_timing: str
    """When to come."""
    cost_savings: str
    """What that saves."""
    alert_priority: Level
    """How urgent the alert is."""



@dataclass(frozen=True, kw_only=True)
class MaintenancePrediction:
    """What an appliance will need."""

    answer: MaintenanceForecast
    """The answer."""
    appliance: str
    """The appliance, by the host's id."""
    rule_risk: Level
    """The risk that rules see, whoever answered."""
    profile: str
    """The type of the profile that was used."""
    profiles_version: str
    """The version of the profiles."""
    provenance: Provenance
    """How the answer came about."""


ManualVip: TypeAlias = Literal[
    "granted",  # A VIP, whatever the rules say.
    "refused",  # No VIP, whatever the rules say.
]
"""What a person has decided."""


@dataclass(frozen=True, kw_only=True)
class MarkedRead:
    """How many messages were marked read."""

    updated: int
    """So many."""


MatchFactor: TypeAlias = Literal[
    "preferred",  # The customer's wish: 5 points.
    "rating",  # The customer's marks: 3 points from 4 stars on the mean, −5 below 3.
    "specialty",  # A specialty that names the appliance, its brand or the issue: 3 points.
    "last_visit",  # The last visit to the customer: 1 point.
    "experience",  # A tenth of a point for each year in the trade, at most 2.
]
""""""


@dataclass(frozen=True, kw_only=True)
class MatchReason:
    """One reason with its points."""

    factor: MatchFactor
    """What it is."""
    points: float
    """Its points."""
    reason: str
    """In words."""



@dataclass(frozen=True, kw_only=True)
class MeanScore:
    """The mean of scores with Student's interval of 95 %, cut at the ends of the scale. ```
    use goodwill::analytics::{MeanScore, Sentiment}; let mood =
    MeanScore::sentiment(&[2.0, -1.0, 1.0, 0.0])?; assert_eq!((mood.n, mood.mean), (4,
    0.5)); assert_eq!(Sentiment::of_average(mood.mean)?, Sentiment::SomewhatPositive); #
    Ok::<(), goodwill::Error>(()) ```"""

    lowest: float | None
    """The lowest score of the scale, if it has one."""
    highest: float | None
    """The highest score of the scale, if it has one."""
    n: int
    """How many scores there are."""
    mean: float
    """Their mean."""
    standard_deviation: float | None
    """Their standard deviation, with n − 1; none of one score."""
    low: float | None
    """The lower end of the 95 % interval; none of one score."""
    high: float | None
    """The upper end of the 95 % interval; none of one score."""



@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as the business reads it."""

    id: MessageId
    """The id."""
    thread: ThreadId
    """The thread it was posted to."""
    seq: int
    """The place in that thread, from 1 without a gap."""
    author: Author
    """Who wrote it."""
    origin: Origin
    """Who wrote the text."""
    topic: Topic
    """What it is for."""
    kind: MessageKind
    """Its form."""
    visibility: Visibility
    """Who may see it."""
    via: Channel
    """Where it came from."""
    intended: Channel
    """Where it is meant to go."""
    format: Format
    """How the text is marked up."""
    state: MessageState
    """What is left to read."""
    text: str
    """The text; empty when nothing is left."""
    attachments: tuple[Attachment, ...]
    """The files."""
    reactions: tuple[Reaction, ...]
    """The emoji on it."""
    read_by: tuple[ReadBy, ...]
    """Who read it, the first one first; never its author."""
    is_read: bool
    """Whether somebody of another side than its author's has read it."""
    unread: bool
    """Whether the caller has yet to read it."""
    created_at: datetime
    """When it was posted."""
    corrected_at: datetime | None = None
    """When it was last corrected."""
    language: str | None = None
    """The language of the text, BCP 47."""
    metadata: Mapping[str, Any] | None = None
    """The host's own facts."""
    occurred_at: datetime | None = None
    """When it was written, if that was long before."""
    on_behalf_of: PartyId | None = None
    """The customer acted for."""
    original: str | None = None
    """The whole text as it arrived, where quoted text or a signature was cut off."""
    public_seq: int | None = None
    """The place among the public messages; absent when it is internal."""
    read_at: datetime | None = None
    """When a customer first read it."""
    reply_to: MessageId | None = None
    """The message that it answers."""
    title: str | None = None
    """A short subject line."""



@dataclass(frozen=True, kw_only=True)
class MessageFilter:
    """Which messages to find. Everything that is given must hold."""

    author_role: Sequence[Role] = ()
    """Any of these roles of the author."""
    before: str | None = None
    """Go on before this message: the page before's `next`."""
    channel: Sequence[Channel] = ()
    """Any of these channels."""
    count_to: int | None = None
    """Count the hits up to here; 0 for no count."""
    from_: datetime | None = None
    """Posted at or after."""
    keyword: str | None = None
    """Words, `"phrases"`, `prefix*` and `-without`; see `crate::search`."""
    kind: Sequence[MessageKind] = ()
    """Any of these kinds."""
    limit: int | None = None
    """At most so many a page, 1 to 200."""
    page: int | None = None
    """Or skip to this page, from 1."""
    threads: ThreadQuery | None = None
    """In which threads; its paging fields are not looked at."""
    topic: Sequence[Topic] = ()
    """Any of these topics."""
    unread: bool | None = None
    """Only what the caller has yet to read."""
    until: datetime | None = None
    """Posted before."""


MessageId = NewType("MessageId", str)
"""The id of a message: a UUID."""

MessageKind: TypeAlias = Literal[
    "text",  # A text.
    "attachment",  # One or more files, with or without text.
    "system_event",  # Something that happened.
    "note",  # A note among colleagues: never public.
    "survey",  # A survey.
    "call_summary",  # The summary of a call.
    "reaction",  # An emoji on another message.
    "retraction",  # The withdrawal of another message.
]
""""""


@dataclass(frozen=True, kw_only=True)
class MessageList:
    """Some messages of a conversation, and the conversation itself."""

    messages: tuple[Message, ...]
    """The messages in the order asked for."""
    more: bool
    """Whether there are more in the same direction: go on from the last one's id."""
    thread: Thread | None = None
    """The thread; absent when nobody has written yet."""


MessageOrder: TypeAlias = Literal[
    "oldest_first",  # From the first message on.
    "newest_first",  # From the last message back.
]
"""The order of a list of messages."""


@dataclass(frozen=True, kw_only=True)
class MessageQuery:
    """Which messages of a conversation."""

    after: str | None = None
    """Only those after this message."""
    before: str | None = None
    """Only those before this message."""
    limit: int | None = None
    """At most so many, 1 to 500."""
    order: MessageOrder | None = None
    """In which order."""



@dataclass(frozen=True, kw_only=True)
class MessageReply:
    """A reply to what a customer wrote."""

    reply: str
    """The reply with its greeting."""
    needs_person: bool
    """Whether a colleague must read the message first."""
    open_question: str | None
    """What the data does not answer, if there is anything."""


MessageState: TypeAlias = Literal[
    "original",  # The text as it was written.
    "corrected",  # The text of a later correction.
    "retracted",  # Nothing: its author withdrew it.
    "redacted",  # What a redaction left.
    "erased",  # Nothing: it was erased with the person.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ModelAnswer:
    """What a host's own model answers, beside a text alone."""

    text: str
    """The text."""
    cut: bool | None = None
    """Whether the most tokens were reached, so that the answer is cut off."""
    input_tokens: int | None = None
    """The tokens of the request."""
    model: str | None = None
    """The model's name."""
    output_tokens: int | None = None
    """The tokens of the answer."""



@dataclass(frozen=True, kw_only=True)
class ModelMessage:
    """A message to a host's own model."""

    role: str
    """`system`, `user` or `assistant`."""
    content: str
    """What is said."""



@dataclass(frozen=True, kw_only=True)
class ModelOptions:
    """The language models of an engine. Without any, rules answer every prompt of the
    library."""

    answers_path: str | None = None
    """A SQLite file for the kept answers alone, made if there is none, so that they outlive
    the process; 10,000 answers unless `cached_answers` says otherwise. It may be deleted
    at any time."""
    cached_answers: int | None = None
    """How many answers are kept and given again; none by default. They are kept in memory,
    or in `answers_path`."""
    keep_seconds: Mapping[str, int] | None = None
    """Seconds for which the answers to a prompt are kept, by its id; an hour otherwise, and
    0 keeps none."""
    patience_seconds: int | None = None
    """Seconds for a call, from the question to the answer; 60 by default."""
    prompts: Sequence[PromptText] = ()
    """The host's own prompts, which go before those of the library. The head of each
    declares its answer."""
    providers: Sequence[ModelProvider] = ()
    """The services, asked in this order: the next one when one cannot answer."""



@dataclass(frozen=True, kw_only=True)
class ModelProvider:
    """A service with a language model."""

    protocol: Protocol
    """What it speaks."""
    url: str
    """Its address without the path of the protocol: `https://api.example.com`."""
    model: str
    """The model, as the service names it."""
    at_once: int | None = None
    """Calls at the same time; 8 by default."""
    calls_per_minute: int | None = None
    """Calls a minute, if limited."""
    key: str | None = None
    """The key of the account."""
    tokens_per_minute: int | None = None
    """Tokens a minute, input and output together, if limited."""



@dataclass(frozen=True, kw_only=True)
class ModelRequest:
    """A request to a host's own model, as it is given to the host's function in JSON."""

    messages: tuple[ModelMessage, ...]
    """The messages in order."""
    stop: tuple[str, ...]
    """Texts at which the answer ends."""
    max_output_tokens: int | None = None
    """The most tokens of the answer."""
    seed: int | None = None
    """The same seed gives the same answer, as far as the model knows seeds."""
    temperature: float | None = None
    """How far the model may stray, 0 to 2."""



@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount of money: a decimal number as text, and a currency of ISO 4217."""

    amount: str
    """Such as `12.30`."""
    currency: str
    """Such as `EUR`."""


MoveSnooze = TypedDict(
    "MoveSnooze",
    {"snooze": "datetime"},
)
"""Put out of sight until an instant, or until the customer writes."""

Move: TypeAlias = "Literal['pend'] | MoveSnooze | Literal['resolve'] | Literal['close'] | Literal['reopen']"
"""What can be done with the status of a thread."""


@dataclass(frozen=True, kw_only=True)
class NamedReference:
    """Something that was offered."""

    id: str | None
    """The host's id."""
    name: str
    """The name."""



@dataclass(frozen=True, kw_only=True)
class NetPromoterScore:
    """A Net Promoter Score (Reichheld, *The One Number You Need to Grow*, Harvard Business
    Review, 2003). ``` use goodwill::analytics::NetPromoterScore; let score =
    NetPromoterScore::from_ratings(&[10, 9, 9, 8, 7, 3])?; assert_eq!((score.promoters,
    score.passives, score.detractors), (3, 2, 1)); assert!((score.score - 100.0 /
    3.0).abs() < 1e-12); assert!(score.low < score.score && score.score < score.high); #
    Ok::<(), goodwill::Error>(()) ```"""

    n: int
    """How many ratings there are."""
    promoters: int
    """Ratings of 9 and 10."""
    passives: int
    """Ratings of 7 and 8."""
    detractors: int
    """Ratings of 0 to 6."""
    score: float
    """100 (p − d), from −100 to 100, not rounded."""
    low: float
    """The lower end of the 95 % interval."""
    high: float
    """The upper end of the 95 % interval."""


Obligation: TypeAlias = Literal[
    "mask_contact",  # Leave contact details out.
    "mask_financials",  # Leave amounts out.
    "pseudonymise",  # Put pseudonyms in the place of names.
    "aggregate_only",  # Give sums, never single records.
    "require_reason",  # Record a reason.
    "context_only",  # Use it in drafts and prompts only.
    "own_side_only",  # Show what concerns the principal's own side.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Something to celebrate."""

    kind: OccasionKind
    """What kind it is."""
    name: str
    """Its name: `Easter`, `3 years with us`."""
    day: Day
    """Its day."""
    days_away: int
    """The days until then; 0 on the day itself."""


OccasionKind: TypeAlias = Literal[
    "service_anniversary",  # So many years as a customer.
    "holiday",  # A holiday of the tenant's calendar.
    "season",  # The season to come, where there is nothing else.
]
"""What kind of occasion it is."""


@dataclass(frozen=True, kw_only=True)
class OccasionMessage:
    """A greeting for a holiday or an anniversary."""

    occasion: str
    """The occasion."""
    message: str
    """The message with its greeting and closing."""



@dataclass(frozen=True, kw_only=True)
class Offered:
    """Something that a model may choose from."""

    id: str
    """The host's id."""
    name: str
    """The name that the prompt shows."""



@dataclass(frozen=True, kw_only=True)
class OpenKey:
    """A key that seals the audit trail."""

    id: str
    """Its name, which stands in every entry that it seals."""
    secret: str
    """32 random bytes or more, in hexadecimal digits."""



@dataclass(frozen=True, kw_only=True)
class OpenOptions:
    """How an engine is opened."""

    keys: Sequence[OpenKey]
    """The keys that seal the audit trail: the current one first, then older ones."""
    integrity_check: bool | None = None
    """Reads the whole file at opening and refuses one that is damaged."""
    models: ModelOptions | None = None
    """The language models that prompts are asked; rules answer without any."""
    path: str | None = None
    """The SQLite file, made if there is none; in memory by default."""
    read_only: bool | None = None
    """Opens for reading only."""
    reproducible: Reproducible | None = None
    """Time and ids of the caller's, for tests and replays."""
    survives_power_loss: bool | None = None
    """Whether an acknowledged commit survives a loss of power (the default) or only a crash
    of the process, which is faster."""



@dataclass(frozen=True, kw_only=True)
class OrderMessageDto:
    """A message of an order's thread."""

    id: MessageId
    """The id."""
    thread_id: ThreadId
    """The thread."""
    order_id: str
    """The order, as the host names it."""
    store_id: str | None
    """The store, as the host names it."""
    sender_role: Role
    """The role of its author."""
    sender_id: str | None
    """Its author: the business learns everybody's, others only their own."""
    channel: Channel
    """Where it came from."""
    message_type: MessageKind
    """`text`, `attachment`, `system_event`, …"""
    content: str
    """The text."""
    attachments: tuple[Any, ...]
    """The files."""
    is_read: bool
    """Whether somebody of another side than its author's has read it."""
    read_by: tuple[ReadReceiptDto, ...]
    """Who read it."""
    is_internal: bool
    """Whether only administrators may see it."""
    created_at: datetime
    """When it was posted."""
    metadata: Mapping[str, Any] | None = None
    """The host's facts about it, for the business."""



@dataclass(frozen=True, kw_only=True)
class OrderMessageSearch:
    """What an administrator searches for: the query string of the search route."""

    channel: Channel | None = None
    """Where the message came from."""
    keyword: str | None = None
    """Words; see `crate::search`."""
    limit: int | None = None
    """Messages a page, 1 to 200; 50 by default."""
    order_status: str | None = None
    """The status of the order, in any spelling."""
    page: int | None = None
    """The page, from 1."""
    sender_role: Role | None = None
    """The role of its author."""
    status: PublicStatus | None = None
    """`open` or `closed`."""
    unread: bool | None = None
    """Only what the administrator has yet to read."""



@dataclass(frozen=True, kw_only=True)
class OrderMessageSearchResult:
    """A page of found messages, newest first."""

    messages: tuple[OrderMessageDto, ...]
    """The messages."""
    total: int
    """How many there are in all."""
    total_is_exact: bool
    """Whether `total` is all, or only as far as was counted."""
    page: int
    """The page."""
    limit: int
    """Messages a page."""



@dataclass(frozen=True, kw_only=True)
class OrderThreadDto:
    """An order's thread."""

    id: ThreadId
    """The id."""
    store_id: str | None
    """The store, as the host names it."""
    order_id: str
    """The order, as the host names it."""
    customer_id: str
    """The customer, as the host names them."""
    status: PublicStatus
    """`open` or `closed`."""
    last_message_at: datetime | None
    """When the newest message that the principal may see was posted."""
    created_at: datetime
    """When it began."""



@dataclass(frozen=True, kw_only=True)
class OrderThreadMessages:
    """An order's thread with its messages, oldest first."""

    thread: OrderThreadDto | None
    """The thread; `null` before the first message."""
    messages: tuple[OrderMessageDto, ...]
    """The messages."""


Origin: TypeAlias = Literal[
    "system",  # The software, from a fixed text.
    "human",  # A person.
    "ai_suggested",  # A language model.
]
""""""


@dataclass(frozen=True, kw_only=True)
class OverallSentiment:
    """The whole of a `SentimentReport`."""

    average: float
    """The mean of the scores to two decimals, computed here."""
    description: str
    """The mean in words."""



@dataclass(frozen=True, kw_only=True)
class OwnSegments:
    """Which codes are which segment: every code is in exactly one."""

    name: str
    """What the map is called."""
    scores: int
    """The best score."""
    segments: Sequence[Segment]
    """The segments."""



@dataclass(frozen=True, kw_only=True)
class ParsedAnswer:
    """An answer that was read."""

    value: Any
    """The fields that are there."""
    complete: bool
    """Whether everything that is required is there."""
    acceptable: bool
    """Whether it is complete and nothing needs to be asked for again."""
    confidence: float
    """From 0 to 1: the part of the required fields that is there, less a little for each
    warning."""
    form: AnswerForm
    """The form that the answer has."""
    warnings: tuple[AnswerWarning, ...]
    """What is not as asked for."""
    missing: tuple[str, ...]
    """The paths of what is missing."""
    spans: tuple[AnswerSpan, ...]
    """Where the fields stand in the answer."""
    extra: Mapping[str, str]
    """Labels that the prompt does not ask for, with their text."""
    reason: IncompleteReason | None = None
    """Why something is missing."""
    repair: str | None = None
    """What to tell the model, so that its next answer is acceptable."""



@dataclass(frozen=True, kw_only=True)
class Participant:
    """Somebody who takes part in a thread."""

    thread: ThreadId
    """The thread."""
    party: PartyId
    """Who."""
    role: Role
    """In which role."""
    joined_at: datetime
    """Since when."""
    muted: bool
    """Wants no notifications."""
    left_at: datetime | None = None
    """Until when."""



@dataclass(frozen=True, kw_only=True)
class Party:
    """Anybody who can act or be written to."""

    id: PartyId
    """The id."""
    tenant: TenantId
    """The tenant."""
    kind: PartyKind
    """What the party is to the business."""
    contacts: tuple[ContactPoint, ...]
    """Where the party can be reached, sorted; personal data."""
    state: PartyState
    """Whether the records may be worked with."""
    created_at: datetime
    """When the record was made."""
    version: int
    """Counts the changes of the record, from 1."""
    name: str | None = None
    """A name to show; personal data."""


PartyId = NewType("PartyId", str)
"""The id of a party: a UUID."""

PartyKind: TypeAlias = Literal[
    "customer",  # Buys or owns.
    "staff",  # Works for the business.
    "supplier",  # Fulfils orders.
    "reseller",  # Operates storefronts.
    "service",  # A program of the host.
    "ai",  # A language model.
]
""""""

PartyState: TypeAlias = Literal[
    "active",  # Yes.
    "restricted",  # Only stored, at the person's request (GDPR Art. 18).
    "erased",  # Erased (GDPR Art. 17): the row stays, what it said of the person is gone.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment, or money that went back. The amount is never below zero: the kind says
    which way it goes."""

    amount: Money
    """How much."""
    paid_at: datetime
    """When."""
    customer: Ref | None = None
    """Who paid; the customer of the facts by default."""
    id: str | None = None
    """The host's id. What stands twice under one id counts once."""
    job: Ref | None = None
    """The job that it is for."""
    kind: PaymentKind | None = None
    """Which way; from the customer by default."""
    method: PaymentMethod | None = None
    """How."""


PaymentId = NewType("PaymentId", str)
"""The id of a payment: a UUID."""

PaymentKind: TypeAlias = Literal[
    "payment",  # From the customer.
    "refund",  # Back to the customer.
    "chargeback",  # Back to the customer, by the customer's bank.
]
""""""

PaymentMethod: TypeAlias = Literal[
    "cash",  # Notes and coins.
    "card",  # A credit or debit card.
    "transfer",  # From account to account.
    "cheque",  # A cheque.
    "wallet",  # A wallet on a telephone or on the web.
    "other",  # Anything else.
]
""""""


@dataclass(frozen=True, kw_only=True)
class PaymentQuery:
    """Which payments to list. Everything that is given must hold."""

    after: str | None = None
    """Only those after this payment of the page before."""
    customer: Ref | None = None
    """This customer's."""
    from_: datetime | None = None
    """Not before."""
    limit: int | None = None
    """At most so many, from 1 to 1,000."""
    until: datetime | None = None
    """Before."""


PersonalData: TypeAlias = Literal[
    "off",  # It stays.
    "mask",  # It is replaced by its kind: `[EMAIL]`. Nothing brings it back.
    "pseudonym",  # It is replaced by a name that stands for it, `[PERSON_1]`, and put back into the answer.
]
"""What is done about personal data."""

PersonalKind: TypeAlias = Literal[
    "person",  # The name of a person.
    "address",  # A postal address.
    "email",  # An e-mail address.
    "phone",  # A telephone number.
    "card",  # The number of a payment card.
    "iban",  # An international bank account number.
    "national_id",  # A number that a state gave to a person.
    "other",  # Anything else that the host names; also words of the input that look like a pseudonym.
]
"""A kind of personal data."""


@dataclass(frozen=True, kw_only=True)
class Policies:
    """What holds for the threads of a tenant."""

    closed_to_customers: ClosedThread
    """What a customer's message does to a closed thread."""
    closed_to_staff: ClosedThread
    """What a message of the business or a partner does to a closed thread."""
    note_audience: RoleSet
    """Who sees an internal note whose author names no audience."""
    undo_seconds: int
    """For how many seconds authors with an undo window may correct or retract."""
    customers_see_receipts: bool
    """Whether customers learn that staff have read their messages (the role, never the
    person)."""
    share_unscanned_files: bool
    """Whether customers and partners may fetch files that no scanner has seen."""
    titles: Titles
    """The titles of messages that have none."""
    limits: Limits
    """How much is accepted."""
    inbound: InboundPolicy
    """How messages from outside channels find their thread."""
    checkpoint_entries: int
    """After how many entries of the audit trail `tick` makes a checkpoint."""
    idempotency_seconds: int
    """For how many seconds an idempotency key is remembered."""



@dataclass(frozen=True, kw_only=True)
class PoliciesInput:
    """What holds for the threads of a tenant."""

    checkpoint_entries: int | None = None
    """After how many entries of the audit trail `tick` makes a checkpoint."""
    closed_to_customers: ClosedThread | None = None
    """What a customer's message does to a closed thread."""
    closed_to_staff: ClosedThread | None = None
    """What a message of the business or a partner does to a closed thread."""
    customers_see_receipts: bool | None = None
    """Whether customers learn that staff have read their messages (the role, never the
    person)."""
    idempotency_seconds: int | None = None
    """For how many seconds an idempotency key is remembered."""
    inbound: InboundPolicyInput | None = None
    """How messages from outside channels find their thread."""
    limits: LimitsInput | None = None
    """How much is accepted."""
    note_audience: RoleSet | None = None
    """Who sees an internal note whose author names no audience."""
    share_unscanned_files: bool | None = None
    """Whether customers and partners may fetch files that no scanner has seen."""
    titles: TitlesInput | None = None
    """The titles of messages that have none."""
    undo_seconds: int | None = None
    """For how many seconds authors with an undo window may correct or retract."""



@dataclass(frozen=True, kw_only=True)
class PostMessage:
    """A message to post. Its author is the principal; a service that acts on behalf of a
    customer passes on the customer's words, and the customer is the author. ``` use
    goodwill::{PostMessage, Topic}; let message = PostMessage::text("Your panels have
    been ordered.").about(Topic::StatusUpdate); assert!(!message.internal); ```"""

    attachments: Sequence[AttachmentInput] = ()
    """The files."""
    audience: RoleSet | None = None
    """Which colleagues; the tenant's note audience by default. The author is always one of
    them."""
    claimed_role: Role | None = None
    """The role that a request claims. It grants nothing: another role than the principal's
    is refused with `access.role_claim`."""
    format: Format | None = None
    """How the text is marked up; plain by default."""
    intended: Channel | None = None
    """Where it is meant to go; in-app by default."""
    internal: bool | None = None
    """Whether only colleagues may see it."""
    language: str | None = None
    """The language of the text, BCP 47."""
    metadata: Mapping[str, Any] | None = None
    """The host's own facts; customers and partners never see them."""
    occurred_at: datetime | None = None
    """When it was written, if that was before now: for imports, by the business or a
    service."""
    origin: Origin | None = None
    """Who wrote the text; a person by default. Only the business can say otherwise."""
    provider_ref: str | None = None
    """The id that the channel's provider gave it, of a mail its `Message-ID`: once per
    channel, and from the business or a service. Answers from outside that name it find
    the conversation."""
    reply_to: str | None = None
    """The message that it answers."""
    text: str | None = None
    """The text; may be empty when there are attachments."""
    title: str | None = None
    """A short subject line; with a topic, the tenant's title for it by default."""
    topic: Topic | None = None
    """What it is for; generic by default."""
    via: Channel | None = None
    """Where it comes from; in-app by default."""



@dataclass(frozen=True, kw_only=True)
class PredictedNeed:
    """One need of a `MaintenanceForecast`."""

    component: str
    """The component or issue."""
    likelihood: str
    """How likely it fails."""



@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an editor shows beside a prompt. All offsets and columns count units of UTF-16,
    as JavaScript and the protocol of language servers do."""

    messages: tuple[PromptMessage, ...]
    """The messages, as far as they could be rendered."""
    diagnostics: tuple[PreviewDiagnostic, ...]
    """Everything that is to be said about the file and its input."""
    tokens: int
    """The tokens of all messages."""
    hash: str
    """The hash that the rendered prompt would have."""
    used_paths: tuple[str, ...]
    """The values that the template uses, as `jobs[].date`."""
    unused_inputs: tuple[str, ...]
    """The values that the input has and the template does not use."""
    missing_inputs: tuple[str, ...]
    """The paths that were printed and had no value."""
    dropped: tuple[Dropped, ...]
    """What lists have lost to the budget."""
    segments: tuple[PreviewSegment, ...]
    """Where the words of the messages come from: those of each message without gaps."""



@dataclass(frozen=True, kw_only=True)
class PreviewDiagnostic:
    """One thing to be said."""

    code: str
    """The code of a diagnostic (`P001`, …), or of the error that rendering met."""
    severity: Severity
    """How much it matters."""
    message: str
    """A sentence for people."""
    start: int
    """Where it begins."""
    end: int
    """Where it ends."""
    line: int
    """The line, from 1."""
    column: int
    """The column, from 1."""
    fix: PreviewFix | None = None
    """A change that settles it."""
    hint: str | None = None
    """What to do about it."""



@dataclass(frozen=True, kw_only=True)
class PreviewFix:
    """A change of the file."""

    start: int
    """Where the text to replace begins."""
    end: int
    """Where it ends."""
    replacement: str
    """The text to put there."""



@dataclass(frozen=True, kw_only=True)
class PreviewSegment:
    """A range of a message's words with its origin."""

    message: int
    """The message, from 0."""
    out_start: int
    """Where the range begins in the words of the message."""
    out_end: int
    """Where it ends."""
    src_start: int
    """Where its tag or text begins in the file, or in the partial."""
    src_end: int
    """Where that ends."""
    kind: SegmentKind
    """What it is."""
    partial: str | None = None
    """The partial that it stands in."""
    path: str | None = None
    """Where the value stands in the input."""
    trust: TrustLevel | None = None
    """How a value of the input is trusted."""


PrincipalKind: TypeAlias = Literal[
    "user",  # A person.
    "service",  # A host's service, known by its key.
    "system",  # The engine and its schedules.
    "ai",  # A language model.
]
""""""

Priority: TypeAlias = Literal[
    "low",  # Can wait.
    "normal",  # As usual.
    "high",  # Soon.
    "urgent",  # At once.
]
""""""

Profitability: TypeAlias = Literal[
    "Highly Profitable",  # Much more than the customer costs.
    "Moderately Profitable",  # More than the customer costs.
    "Break-Even",  # As much as the customer costs.
    "Loss-Making",  # Less than the customer costs.
]
"""What a customer brings."""


@dataclass(frozen=True, kw_only=True)
class ProfitabilityAnalysis:
    """What a customer is worth."""

    answer: ProfitabilityReport
    """The answer."""
    financials: tuple[Financials, ...]
    """The figures in each currency."""
    provenance: Provenance
    """How the answer came about."""



@dataclass(frozen=True, kw_only=True)
class ProfitabilityReport:
    """Customer value and profitability."""

    summary: str
    """The trend, in two or three sentences."""
    key_observation: str
    """What stands out in the spending."""
    recommendation: str
    """What to do."""
    classification: Profitability
    """What the customer brings."""



@dataclass(frozen=True, kw_only=True)
class PromptDiagnostic:
    """What is to be said about a prompt file."""

    path: str
    """The file."""
    code: str
    """What it is about: `P001`, …"""
    severity: Severity
    """How much it matters."""
    message: str
    """A sentence for people."""
    line: int
    """The line, from 1."""
    column: int
    """The column in units of UTF-16, from 1."""
    end_line: int
    """The line on which it ends."""
    end_column: int
    """The column behind its end."""
    hint: str | None = None
    """What to do about it."""
    replacement: str | None = None
    """The text that settles it, in the place of what it is about."""



@dataclass(frozen=True, kw_only=True)
class PromptEntry:
    """A prompt that can be asked for."""

    id: str
    """The name that it is asked for by, alone or as `id@version` and `id@label`."""
    version: str
    """Its version."""
    labels: tuple[str, ...]
    """Its labels, such as `production`."""
    content_hash: str
    """SHA-256 over everything that decides what is printed."""
    source: str
    """The whole file."""
    description: str | None = None
    """A sentence about it."""
    input_schema: Any | None = None
    """The JSON Schema of its input, if it declares one."""



@dataclass(frozen=True, kw_only=True)
class PromptFocus:
    """What a prompt is about, beside the customer. Each prompt needs no more than its own."""

    appliance: Ref | None = None
    """`maintenance_alert`: the appliance."""
    call: Call | None = None
    """`call_summary`: the call."""
    churn: ChurnFacts | None = None
    """`churn_explanation`: the risk."""
    job: Ref | None = None
    """`survey_questions`, `customer_message`, `message_reply`: the job; the last one by
    default."""
    numbers: Sequence[KeyNumber] = ()
    """`insight_cards`: the numbers; those that the facts have by default."""
    occasion: str | None = None
    """`occasion_message`: the name of the occasion; the nearest one by default."""
    purpose: str | None = None
    """`customer_message`: what the message is for."""
    request: ServiceRequest | None = None
    """`technician_matching`: what is asked for."""



@dataclass(frozen=True, kw_only=True)
class PromptMedia:
    """A picture or a file. `Debug` shows no address."""

    url: str
    """The address, or the content as a `data:` URL."""
    content_type: str | None = None
    """The media type (RFC 6838), as `image/jpeg`."""



@dataclass(frozen=True, kw_only=True)
class PromptMessage:
    """One message. `Debug` shows no content."""

    role: PromptRole
    """Who speaks."""
    content: tuple[PromptPart, ...]
    """What is said."""


PromptPartText = TypedDict(
    "PromptPartText",
    {"text": "str"},
)
"""Words."""

PromptPartMedia = TypedDict(
    "PromptPartMedia",
    {"media": "PromptMedia"},
)
"""A picture or a file."""

PromptPart: TypeAlias = "PromptPartText | PromptPartMedia"
"""A part of a message. `Debug` shows its length only."""

PromptRole: TypeAlias = Literal[
    "system",  # The instructions.
    "user",  # What the model is asked.
    "model",  # What a model answered.
]
"""Who speaks in a message."""


@dataclass(frozen=True, kw_only=True)
class PromptSettings:
    """How prompts are rendered."""

    compatible: bool | None = None
    """Prints nothing where the input has no value, as Handlebars.js does; otherwise only
    what the input's schema calls optional may be missing."""
    currency: str | None = None
    """The currency of amounts that name none, as `EUR`."""
    files: Sequence[PromptText] = ()
    """The host's own prompts, which go before those of the library."""
    history: Sequence[PromptMessage] = ()
    """What was said before."""
    known: Sequence[KnownText] = ()
    """What the host knows to be personal."""
    locale: str | None = None
    """The language of dates and numbers, as `de`; that of the file by default."""
    most_tokens: int | None = None
    """The most tokens, instead of those of the file."""
    personal: PersonalData | None = None
    """What is done about personal data; nothing by default, unless a model is asked."""
    zone: str | None = None
    """The clock on which instants are printed: `UTC`, `+02:00`, `Europe/Berlin`."""



@dataclass(frozen=True, kw_only=True)
class PromptText:
    """A prompt file: its path, whose last part names the prompt, and its text. A file whose
    name begins with `_` is a partial."""

    path: str
    """The path, as `prompts/occasion_message.prompt`."""
    text: str
    """The text: front matter and template."""


Protocol: TypeAlias = Literal[
    "openai",  # Chat completions of OpenAI.
    "anthropic",  # Messages of Anthropic.
    "ollama",  # Chats of Ollama.
]
"""The protocol of a service."""


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """How an answer came about."""

    prompt: str
    """The prompt."""
    version: str
    """Its version."""
    content_hash: str
    """The hash of everything that the prompt is made of."""
    deterministic: bool
    """Rules made the answer, without a model: the same facts give the same bytes."""
    cached: bool
    """The answer comes from the cache."""
    acceptable: bool
    """Whether it can be used as it is: nothing was to be asked for again."""
    confidence: float
    """From 0 to 1: how much of it is there and as it was asked for."""
    warnings: tuple[AnswerWarning, ...]
    """What is not as it was asked for."""
    usage: TokenUsage
    """The tokens of the answer; none for an answer from the cache or from rules."""
    attempts: int
    """The requests to providers."""
    unknown_pseudonyms: tuple[str, ...]
    """Names in the answer that look like pseudonyms and stand for nothing: the model has
    invented them."""
    failure: str | None = None
    """Why rules answered and the model did not."""
    model: str | None = None
    """The model that answered, as far as it is known."""
    provider: str | None = None
    """The provider that answered, as far as it is known."""



@dataclass(frozen=True, kw_only=True)
class PublicAttachment:
    """A file at a message, for everybody."""

    name: str
    """The file's name."""
    mime: str
    """The media type."""
    size: int
    """The size in bytes."""
    blob_ref: str | None = None
    """Where the host keeps the bytes; absent while the file is not known to be clean."""



@dataclass(frozen=True, kw_only=True)
class PublicDelta:
    """What has changed in a conversation since a cursor."""

    messages: tuple[PublicMessage, ...]
    """The messages that are new or have changed, as they are now, in the order of their
    places."""
    cursor: int
    """Where to go on."""
    more: bool
    """Whether there is more already."""
    thread: PublicThread | None = None
    """The thread, as it is now."""



@dataclass(frozen=True, kw_only=True)
class PublicEvent:
    """An event for those outside the business: no actor, no internal fact, and its own
    numbering."""

    id: EventId
    """The id: the same in every replay."""
    number: int
    """The place among the public events of the thread, from 1 without a gap."""
    type: EventKind
    """What happened."""
    at: datetime
    """When."""
    thread: ThreadId
    """In which thread."""
    message: MessageId | None = None
    """To which message."""



@dataclass(frozen=True, kw_only=True)
class PublicEvents:
    """A page of public events."""

    events: tuple[PublicEvent, ...]
    """The events in order."""
    position: int | None = None
    """How far the page goes: what to say with `consumed` once it was dealt with; absent
    when there is nothing new."""



@dataclass(frozen=True, kw_only=True)
class PublicFound:
    """A page of hits, newest first."""

    hits: tuple[PublicHit, ...]
    """The hits."""
    total: Total
    """How many hits there are in all."""
    next: MessageId | None = None
    """The `before` of the next page; absent at the end."""



@dataclass(frozen=True, kw_only=True)
class PublicHit:
    """One hit of a search."""

    message: PublicMessage
    """The message."""
    thread: PublicThread
    """Its thread."""
    snippet: Snippet
    """The part of the text that was found, with its highlights."""



@dataclass(frozen=True, kw_only=True)
class PublicMessage:
    """A message as customers, suppliers and resellers read it."""

    id: MessageId
    """The id."""
    thread: ThreadId
    """The thread it was posted to."""
    number: int
    """The place among the public messages of the thread, from 1 without a gap."""
    author_role: Role
    """The role of its author."""
    mine: bool
    """Whether the reader wrote it."""
    origin: Origin
    """Who wrote the text: a tenant cannot hide that a model did."""
    topic: Topic
    """What it is for."""
    kind: MessageKind
    """Its form."""
    via: Channel
    """Where it came from."""
    intended: Channel
    """Where it is meant to go."""
    format: Format
    """How the text is marked up."""
    state: MessageState
    """What is left to read."""
    text: str
    """The text; empty when nothing is left."""
    attachments: tuple[PublicAttachment, ...]
    """The files."""
    reactions: tuple[PublicReaction, ...]
    """The emoji on it."""
    read_by: tuple[PublicReadBy, ...]
    """Which roles have read it, the first one first; empty when the tenant does not show
    receipts."""
    unread: bool
    """Whether the reader has yet to read it."""
    created_at: datetime
    """When it was posted."""
    corrected_at: datetime | None = None
    """When it was last corrected."""
    language: str | None = None
    """The language of the text, BCP 47."""
    occurred_at: datetime | None = None
    """When it was written, if that was long before."""
    reply_to: MessageId | None = None
    """The message that it answers."""
    title: str | None = None
    """A short subject line."""



@dataclass(frozen=True, kw_only=True)
class PublicMessageList:
    """Some messages of a conversation, and the conversation itself."""

    messages: tuple[PublicMessage, ...]
    """The messages in the order asked for."""
    more: bool
    """Whether there are more in the same direction: go on from the last one's id."""
    thread: PublicThread | None = None
    """The thread; absent when nobody has written yet."""



@dataclass(frozen=True, kw_only=True)
class PublicReaction:
    """An emoji on a message, for everybody."""

    emoji: str
    """The emoji."""
    count: int
    """How many reacted with it."""
    mine: bool
    """Whether the reader did."""



@dataclass(frozen=True, kw_only=True)
class PublicReadBy:
    """Which side read a message, and when first. Customers learn the role, never the
    person."""

    role: Role
    """The role of the reader."""
    at: datetime
    """When somebody of that role read it first."""


PublicStatus: TypeAlias = Literal[
    "open",  # It goes on.
    "closed",  # It is over.
]
""""""


@dataclass(frozen=True, kw_only=True)
class PublicThread:
    """A thread as customers and partners read it: nothing of how the business works on it."""

    id: ThreadId
    """The id."""
    subject_kind: SubjectKind
    """The kind of the subject."""
    subject: SubjectId
    """The subject."""
    customer: PartyId
    """The customer."""
    status: PublicStatus
    """Where it stands."""
    messages: int
    """The number of the newest public message."""
    created_at: datetime
    """When it began."""
    last_message_at: datetime | None = None
    """When the newest public message was posted."""
    store: StoreId | None = None
    """The storefront."""



@dataclass(frozen=True, kw_only=True)
class PublicThreadList:
    """A page of threads."""

    threads: tuple[PublicThread, ...]
    """The threads, the most recently active first."""
    next: str | None = None
    """Where the next page begins; absent on the last one."""



@dataclass(frozen=True, kw_only=True)
class PutContact:
    """An address of a party, as the host knows it."""

    kind: ContactKind
    """What kind of address it is."""
    address: str
    """The address."""
    calling_code: str | None = None
    """The calling code of a number without one, such as `49`; the tenant's by default."""



@dataclass(frozen=True, kw_only=True)
class PutParty:
    """A party as the host knows it."""

    key: Ref
    """Which one."""
    kind: PartyKind
    """What it is to the business."""
    contacts: Sequence[PutContact] | None = None
    """Where the party can be reached: these and no others. When absent they stay as they
    are."""
    name: str | None = None
    """A name to show."""



@dataclass(frozen=True, kw_only=True)
class PutPayment:
    """A payment as the host's books have it. ``` use goodwill::{ExternalRef, Money,
    PutPayment}; let amount = Money::parse("89.00", "EUR".parse()?)?; let paid =
    PutPayment::new(ExternalRef::host("p-1")?, ExternalRef::host("c-1")?, amount,
    "2026-05-04T09:30:00Z".parse()?); assert_eq!(paid.by("Card").method.as_deref(),
    Some("Card")); # Ok::<(), goodwill::Error>(()) ```"""

    key: Ref
    """Which one."""
    customer: Ref
    """Whose it is."""
    amount: Money
    """How much, above zero whatever the direction."""
    paid_at: datetime
    """When."""
    job: Ref | None = None
    """The job that it is for."""
    kind: PaymentKind | None = None
    """In which direction; from the customer by default."""
    method: str | None = None
    """How it was paid, in any spelling: `cash`, `card`, `transfer`, `cheque`, `wallet`, …"""
    order: Ref | None = None
    """The order that it is for."""



@dataclass(frozen=True, kw_only=True)
class PutStorefront:
    """A storefront as the host knows it."""

    key: Ref
    """Which one."""
    name: str
    """A name to show."""
    reseller: Ref | None = None
    """The reseller that operates it."""



@dataclass(frozen=True, kw_only=True)
class PutSubject:
    """A job, an order or another subject as the host knows it. ``` use
    goodwill::{ExternalRef, PutSubject}; let order =
    PutSubject::order(ExternalRef::host("o-1")?, ExternalRef::host("c-1")?)
    .numbered("ORD-123") .fulfilled_by(ExternalRef::host("s-1")?);
    assert_eq!(order.suppliers.len(), 1); # Ok::<(), goodwill::Error>(()) ```"""

    kind: SubjectKind
    """The kind."""
    key: Ref
    """Which one."""
    customer: Ref
    """Whose it is."""
    assigned: Sequence[Ref] = ()
    """The technicians and agents it is assigned to."""
    number: str | None = None
    """The number that people use."""
    status: str | None = None
    """The host's status, in any spelling."""
    store: Ref | None = None
    """The storefront."""
    suppliers: Sequence[Ref] = ()
    """The suppliers of the fulfilment snapshot."""


QuestionKind: TypeAlias = Literal[
    "Rating",  # By one to five stars.
    "Recommendation",  # By zero to ten, as the net promoter score asks.
    "Yes/No",  # By yes or no.
    "Text",  # By the customer's own words.
]
"""How a survey question is answered."""


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """An emoji on a message, for the business."""

    emoji: str
    """The emoji."""
    authors: tuple[Author, ...]
    """Who reacted with it, the first one first."""



@dataclass(frozen=True, kw_only=True)
class ReadBy:
    """Who read a message, and when first."""

    party: PartyId
    """The reader."""
    role: Role
    """In which role."""
    at: datetime
    """When first."""



@dataclass(frozen=True, kw_only=True)
class ReadReceiptDto:
    """Who read a message, and when first."""

    role: Role
    """In which role."""
    user_id: str | None
    """Who; the business alone learns that."""
    read_at: datetime
    """When first."""



@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who should learn of a message."""

    party: PartyId
    """Who."""
    role: Role
    """In which role."""


RedactionSpans = TypedDict(
    "RedactionSpans",
    {"spans": "Sequence[tuple[int, int]]"},
)
"""These byte ranges of the text that is shown; earlier versions of the text go whole."""

Redaction: TypeAlias = "Literal['all'] | RedactionSpans"
"""What to take out of a message."""

Ref: TypeAlias = "str | ExternalRef"
"""A record by the host's own id, by its UUID, or by a reference of another system."""

Refusal: TypeAlias = Literal[
    "inactive",  # The technician does not work any more.
    "excluded",  # The customer does not want this one.
    "not_required",  # The customer wants nobody but others.
    "missing_skill",  # A skill is missing that the request asks for.
    "unavailable",  # No time that is free covers the time of the request.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Somebody who cannot go."""

    id: str
    """The host's id."""
    name: str
    """The name."""
    reason: Refusal
    """Why."""



@dataclass(frozen=True, kw_only=True)
class RelationshipSummary:
    """The history of a customer in short."""

    relationship_summary: str
    """The relationship, in three or four sentences."""
    communication_preferences: str
    """Channels and style."""
    recurring_themes: str
    """What comes again."""
    opportunities: str
    """What could be better or be sold."""



@dataclass(frozen=True, kw_only=True)
class RenderedPrompt:
    """A prompt that is ready to be sent."""

    id: str
    """The prompt."""
    version: str
    """Its version."""
    content_hash: str
    """`PromptFile::content_hash`."""
    hash: str
    """SHA-256 (hexadecimal) over the content hash and the messages: what a cache may ask
    for."""
    messages: tuple[PromptMessage, ...]
    """The messages."""
    tokens: int
    """Their tokens."""
    dropped: tuple[Dropped, ...]
    """What lists have lost to the budget."""
    missing: tuple[str, ...]
    """Paths that were printed and had no value."""



@dataclass(frozen=True, kw_only=True)
class ReplyDraft:
    """A draft of an answer to the customer, for a member of staff to look at."""

    text: str
    """The text."""
    needs_person: bool
    """Whether somebody must look at it before it is sent."""
    open_question: str | None
    """What the conversation does not answer."""
    metadata: Mapping[str, Any]
    """How it was made: the prompt, its version and content hash, the model, and whether
    rules made it without one."""



@dataclass(frozen=True, kw_only=True)
class Reproducible:
    """Time and randomness of the caller's: for tests and replays, never for a service."""

    seed: int
    """The same seed gives the same ids."""
    now: datetime
    """What the clock shows until it is set anew."""



@dataclass(frozen=True, kw_only=True)
class RequestInfo:
    """Where a call came from, for the audit trail. The address and the user agent are
    personal data: they are kept apart from the trail and erased with the person."""

    id: str | None = None
    """The host's id of the request."""
    ip: str | None = None
    """The address it came from."""
    user_agent: str | None = None
    """The client's name of itself."""



@dataclass(frozen=True, kw_only=True)
class Resource:
    """What was acted on."""

    id: str
    """Which one."""
    kind: str
    """What kind of record."""



@dataclass(frozen=True, kw_only=True)
class Revision:
    """One version of a message."""

    at: datetime
    """When it was written."""
    content: Content
    """What it said."""



@dataclass(frozen=True, kw_only=True)
class RfmBins:
    """The bins of a scored customer base, as `rfm` of the columns returns them."""

    recency: Sequence[BinInput]
    """Of the days since the last purchase."""
    frequency: Sequence[BinInput]
    """Of the number of purchases."""
    monetary: Sequence[BinInput]
    """Of their worth."""



@dataclass(frozen=True, kw_only=True)
class RfmDigit:
    """One digit of an RFM code."""

    value: float
    """The customer's value."""
    bin: Bin
    """The bin that it falls into, with its score, edges and size."""



@dataclass(frozen=True, kw_only=True)
class RfmExplanation:
    """Why a customer has an RFM code and a segment."""

    code: int
    """The scores together, such as 534."""
    segment: str
    """The segment of that code."""
    map: str
    """Which map says so."""
    recency: RfmDigit
    """Days since the last purchase."""
    frequency: RfmDigit
    """How often."""
    monetary: RfmDigit
    """How much."""



@dataclass(frozen=True, kw_only=True)
class RfmScores:
    """The scores of all customers with a purchase."""

    reference: datetime
    """The last instant that counted."""
    customers: tuple[CustomerRfm, ...]
    """The customers, by their first payment."""
    segments: tuple[RfmSegment, ...]
    """The segments."""



@dataclass(frozen=True, kw_only=True)
class RfmSegment:
    """How many customers a segment has."""

    segment: str
    """Its name."""
    customers: int
    """How many."""


Role: TypeAlias = Literal[
    "customer",  # Buys or owns: sees what is theirs.
    "supplier",  # Fulfils orders: sees the orders they fulfil.
    "reseller",  # Operates storefronts: sees the orders of those.
    "technician",  # Does jobs: sees what is assigned to them.
    "agent",  # Answers customers: operations, service representatives.
    "manager",  # Leads agents.
    "admin",  # Runs the tenant.
    "analyst",  # Reads pseudonymised data.
    "privacy_officer",  # Answers for personal data.
    "auditor",  # Reads the audit trail.
    "service",  # A host's service, known by its key.
    "system",  # The engine itself and its schedules.
    "ai",  # A language model.
]
""""""

RoleSet: TypeAlias = tuple[Role, ...]
"""Roles."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: who, what, when, and what follows. ``` use goodwill::access::Rule; let rule:
    Rule = serde_json::from_str( r#"{"id": "agents.search", "effect": "permit", "roles":
    ["agent"], "actions": ["message.search"], "when": {"fact": "member"}}"#, ).unwrap();
    assert_eq!(rule.id, "agents.search"); ```"""

    id: str
    """The name, unique in the tenant."""
    effect: Effect
    """What it does."""
    roles: RoleSet
    """For principals with any of these roles."""
    actions: tuple[Action, ...]
    """For these actions."""
    when: Condition
    """When it applies."""
    obligations: tuple[Obligation, ...] | None = None
    """What a permit asks for."""



@dataclass(frozen=True, kw_only=True)
class RuleInput:
    """A rule: who, what, when, and what follows. ``` use goodwill::access::Rule; let rule:
    Rule = serde_json::from_str( r#"{"id": "agents.search", "effect": "permit", "roles":
    ["agent"], "actions": ["message.search"], "when": {"fact": "member"}}"#, ).unwrap();
    assert_eq!(rule.id, "agents.search"); ```"""

    id: str
    """The name, unique in the tenant."""
    effect: Effect
    """What it does."""
    roles: RoleSet
    """For principals with any of these roles."""
    actions: Sequence[Action]
    """For these actions."""
    obligations: Sequence[Obligation] = ()
    """What a permit asks for."""
    when: Condition | None = None
    """When it applies."""


ScanState: TypeAlias = Literal[
    "unscanned",  # Nothing yet.
    "clean",  # Nothing found.
    "infected",  # Something found.
    "failed",  # The scan failed.
]
""""""


@dataclass(frozen=True, kw_only=True)
class ScheduleFollowup:
    """A follow-up that is to be done. ``` use goodwill::{ExternalRef, ScheduleFollowup};
    let call = ScheduleFollowup::new(ExternalRef::host("ada")?)
    .after_job(ExternalRef::host("JOB-7")?) .due("2026-05-04T09:30:00Z".parse()?);
    assert_eq!(call.kind, None); # Ok::<(), goodwill::Error>(()) ```"""

    customer: Ref
    """Whom it is for."""
    due_at: datetime | None = None
    """When it is to be done."""
    job: Ref | None = None
    """The job that it is after."""
    kind: str | None = None
    """What it is about, in any spelling; `service` by default."""
    note: str | None = None
    """What colleagues should know."""



@dataclass(frozen=True, kw_only=True)
class SeasonalImpact:
    """What the seasons mean for appliances of a kind. A season without a text means nothing
    special."""

    autumn: str | None = None
    """In autumn."""
    spring: str | None = None
    """In spring."""
    summer: str | None = None
    """In summer."""
    winter: str | None = None
    """In winter."""



@dataclass(frozen=True, kw_only=True)
class Segment:
    """A segment, and which codes it has."""

    name: str
    """What it is called."""
    codes: Sequence[str]
    """Patterns of three places, for recency, frequency and monetary value: a score, several
    in brackets, or a point for any. `5[45].` is 541, 542, … to 555."""


SegmentKind: TypeAlias = Literal[
    "text",  # Words of the template.
    "value",  # A value.
    "note",  # What is said about items that were left out.
    "added",  # Words that this library adds: the format of the answer, what fences mean.
]
"""Where words come from."""


@dataclass(frozen=True, kw_only=True)
class SentimentAnalysis:
    """How a customer feels."""

    answer: SentimentReport
    """The answer."""
    activities: tuple[int, ...]
    """Where the communications stand among the activities of the facts, in their order."""
    provenance: Provenance
    """How the answer came about."""



@dataclass(frozen=True, kw_only=True)
class SentimentReport:
    """How a customer feels."""

    communications: tuple[CommunicationSentiment, ...]
    """One entry for each communication, in their order."""
    overall: OverallSentiment
    """All of them together."""
    themes: tuple[str, ...]
    """What most are about."""
    issues: tuple[str, ...]
    """What to put right."""
    opportunities: tuple[str, ...]
    """What to pursue."""



@dataclass(frozen=True, kw_only=True)
class ServiceRecord:
    """What a technician wrote down about a job."""

    description: str | None = None
    """What was done; the description of the job by default."""
    issues_found: Sequence[str] = ()
    """What was found to be wrong, one thing each."""
    parts: Sequence[str] = ()
    """What was replaced."""



@dataclass(frozen=True, kw_only=True)
class ServiceRequest:
    """What a customer asks for."""

    issue: str
    """What is wrong, in the customer's words."""
    appliance: Ref
    """The appliance: one of the facts."""
    skills: Sequence[str] = ()
    """The skills without which nobody can do it."""
    window: TimeWindow | None = None
    """When somebody is to come; whenever it suits by default."""



@dataclass(frozen=True, kw_only=True)
class SessionInput:
    """Who acts, as the host has authenticated it: from its session or key, never from a
    request's body."""

    idempotency_key: str | None = None
    """Makes a repetition of the next call return its first result."""
    kind: PrincipalKind | None = None
    """What acts: a user by default, a service or model for those roles."""
    on_behalf_of: Ref | None = None
    """The customer that a service acts for."""
    organisation: Ref | None = None
    """The supplier or reseller acted for; the party itself by default."""
    party: Ref | None = None
    """The person or service, by the host's id."""
    request: RequestInfo | None = None
    """Where the call came from, for the audit trail."""
    role: Role | None = None
    """The role."""
    roles: RoleSet | None = None
    """More roles of the same principal."""
    side: SessionSide | None = None
    """The side; clients fill it in."""
    stores: Sequence[Ref] | None = None
    """The storefronts within reach; all of them by default."""
    tenant: str | None = None
    """The tenant; the only one by default."""


SessionSide: TypeAlias = Literal[
    "desk",  # The business: staff and services.
    "portal",  # Customers, suppliers and resellers.
]
"""On which side a session is."""

Severity: TypeAlias = Literal[
    "error",  # The template cannot be rendered.
    "warning",  # The template renders, but should be written otherwise.
]
"""How much a diagnostic matters."""


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A piece of a text."""

    pieces: tuple[SnippetPiece, ...]
    """The pieces; put together they are the text."""



@dataclass(frozen=True, kw_only=True)
class SnippetPiece:
    """A piece of a snippet."""

    text: str
    """The text."""
    found: bool
    """Whether it is what was searched for."""


StoreId = NewType("StoreId", str)
"""The id of a store: a UUID."""


@dataclass(frozen=True, kw_only=True)
class StoredPayment:
    """Money that went from a customer or back, as the host's books have it."""

    id: PaymentId
    """The id."""
    tenant: TenantId
    """The tenant."""
    customer: PartyId
    """Whose it is."""
    amount: Money
    """How much, above zero whatever the direction."""
    kind: PaymentKind
    """In which direction."""
    paid_at: datetime
    """When."""
    created_at: datetime
    """When the record was made."""
    version: int
    """Counts the changes of the record, from 1."""
    method: str | None = None
    """How it was paid, canonical spelling: `cash`, `card`, `transfer`, …"""
    store: StoreId | None = None
    """The storefront: the subject's, where there is one."""
    subject: SubjectId | None = None
    """The job or order that it is for."""
    subject_kind: SubjectKind | None = None
    """What kind of subject that is."""



@dataclass(frozen=True, kw_only=True)
class Stream:
    """One ordered sequence of events."""

    kind: StreamKind
    """What it is about."""
    id: str
    """Which one."""


StreamKind: TypeAlias = Literal[
    "tenant",  # The tenant: policies, rules, the audit trail.
    "store",  # A storefront.
    "party",  # A party.
    "subject",  # A subject.
    "thread",  # A thread and its messages.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A thing that is talked about: a job, an order, …"""

    id: SubjectId
    """The id."""
    tenant: TenantId
    """The tenant."""
    kind: SubjectKind
    """What kind of thing it is."""
    customer: PartyId
    """Whose it is."""
    suppliers: tuple[PartyId, ...]
    """The suppliers of the fulfilment snapshot, sorted."""
    assigned: tuple[PartyId, ...]
    """The technicians and agents it is assigned to, sorted."""
    created_at: datetime
    """When the record was made."""
    version: int
    """Counts the changes of the record, from 1."""
    number: str | None = None
    """The number that people use, unique per storefront and kind."""
    status: str | None = None
    """The host's status, canonical spelling: `shipped`, `in_progress`, …"""
    store: StoreId | None = None
    """The storefront."""


SubjectId = NewType("SubjectId", str)
"""The id of a subject: a UUID."""

SubjectInputJob = TypedDict(
    "SubjectInputJob",
    {"job": "Ref"},
)
"""A job."""

SubjectInputOrder = TypedDict(
    "SubjectInputOrder",
    {"order": "Ref"},
)
"""An order."""

SubjectInputAppliance = TypedDict(
    "SubjectInputAppliance",
    {"appliance": "Ref"},
)
"""An appliance."""

SubjectInputCustomer = TypedDict(
    "SubjectInputCustomer",
    {"customer": "Ref"},
)
"""A customer in general."""

SubjectInputTicket = TypedDict(
    "SubjectInputTicket",
    {"ticket": "Ref"},
)
"""A ticket."""

SubjectInputCustom = TypedDict(
    "SubjectInputCustom",
    {"custom": "Ref"},
)
"""Anything else."""

SubjectInput: TypeAlias = "SubjectInputJob | SubjectInputOrder | SubjectInputAppliance | SubjectInputCustomer | SubjectInputTicket | SubjectInputCustom"
"""The subject of a conversation, by its kind and the host's id."""

SubjectKind: TypeAlias = Literal[
    "job",  # Work at a customer's.
    "order",  # Goods on their way.
    "appliance",  # A machine of a customer's.
    "customer",  # The customer in general.
    "ticket",  # A question.
    "custom",  # Anything else.
]
""""""


@dataclass(frozen=True, kw_only=True)
class SuggestedFollowups:
    """What to write to a customer next."""

    answer: FollowupPlan
    """The answer."""
    due: tuple[DueDays | None, ...]
    """The days that the timing of each suggestion means; absent where it names none."""
    provenance: Provenance
    """How the answer came about."""



@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A message that a model suggests, for staff to look at, to change and to post."""

    title: str
    """The title."""
    body: str
    """The text."""
    message_type: str
    """`STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …"""
    channel: Channel | None
    """The intended channel, if one was asked for."""
    acceptable: bool
    """Whether it is as it was asked for. If not, it needs a closer look."""
    metadata: Mapping[str, Any]
    """How it was made: `tone`, `customPrompt`, `prompt`, `promptVersion`, `contentHash`,
    `model`, and whether it is `deterministic`, made by rules without a model."""



@dataclass(frozen=True, kw_only=True)
class SurveyDraft:
    """Questions for a customer after a service."""

    introduction: str
    """The greeting and the reason."""
    questions: tuple[SurveyQuestion, ...]
    """Three to five."""
    closing: str
    """The thanks."""



@dataclass(frozen=True, kw_only=True)
class SurveyQuestion:
    """One question of a `SurveyDraft`."""

    question: str
    """The question."""
    answer: QuestionKind
    """How it is answered."""



@dataclass(frozen=True, kw_only=True)
class SystemEvent:
    """Something that happened, told to those who read the thread."""

    event_type: str
    """The host's name of the event: `ORDER_SHIPPED`."""
    text: str
    """The text."""
    internal: bool | None = None
    """Whether only colleagues may see it."""
    metadata: Mapping[str, Any] | None = None
    """Facts about it: `{"trackingNumber": "…"}`."""
    via: Channel | None = None
    """Where it comes from; in-app by default."""


TargetInputJob = TypedDict(
    "TargetInputJob",
    {"job": "Ref"},
)
"""Of a job."""

TargetInputOrder = TypedDict(
    "TargetInputOrder",
    {"order": "Ref"},
)
"""Of an order."""

TargetInputAppliance = TypedDict(
    "TargetInputAppliance",
    {"appliance": "Ref"},
)
"""Of an appliance."""

TargetInputCustomer = TypedDict(
    "TargetInputCustomer",
    {"customer": "Ref"},
)
"""Of a customer in general."""

TargetInputTicket = TypedDict(
    "TargetInputTicket",
    {"ticket": "Ref"},
)
"""Of a ticket."""

TargetInputCustom = TypedDict(
    "TargetInputCustom",
    {"custom": "Ref"},
)
"""Of anything else."""

TargetInputThread = TypedDict(
    "TargetInputThread",
    {"thread": "str"},
)
"""A thread."""

TargetInputMessage = TypedDict(
    "TargetInputMessage",
    {"message": "str"},
)
"""The thread of a message."""

TargetInput: TypeAlias = "TargetInputJob | TargetInputOrder | TargetInputAppliance | TargetInputCustomer | TargetInputTicket | TargetInputCustom | TargetInputThread | TargetInputMessage"
"""A conversation: by its subject, by its thread, or by one of its messages."""


@dataclass(frozen=True, kw_only=True)
class Technician:
    """Somebody who does jobs."""

    id: Ref
    """The host's id."""
    name: str
    """The name."""
    active: bool | None = None
    """Whether the technician works at all; `true` by default."""
    availability: Sequence[TimeWindow] | None = None
    """When the technician is free; without it at any time."""
    skills: Sequence[str] = ()
    """What the technician is allowed and able to do; a request may ask for it."""
    specialties: Sequence[str] = ()
    """What the technician is good at: appliances, brands, kinds of work."""
    years_experience: float | None = None
    """Years of work in the trade."""



@dataclass(frozen=True, kw_only=True)
class TechnicianChoice:
    """One technician of a `TechnicianRecommendation`."""

    technician: NamedReference
    """Who; one of those offered, if the host said who was."""
    reason: str
    """Why."""



@dataclass(frozen=True, kw_only=True)
class TechnicianMatch:
    """Who should go."""

    answer: TechnicianRecommendation
    """The answer."""
    candidates: tuple[Candidate2, ...]
    """Who can, with the points that speak for each, the best first."""
    refused: tuple[Refused, ...]
    """Who cannot, and why."""
    provenance: Provenance
    """How the answer came about."""



@dataclass(frozen=True, kw_only=True)
class TechnicianPreference:
    """A wish about a technician: for everything, or for one appliance."""

    technician: Ref
    """The technician."""
    kind: TechnicianPreferenceKind
    """The wish."""
    appliance: Ref | None = None
    """The appliance that it is about; everything by default."""
    reason: str | None = None
    """Why."""


TechnicianPreferenceKind: TypeAlias = Literal[
    "preferred",  # This one rather than others; at most one.
    "required",  # Nobody but those who are required.
    "excluded",  # Not this one.
]
""""""


@dataclass(frozen=True, kw_only=True)
class TechnicianRecommendation:
    """Who should go."""

    primary: TechnicianChoice
    """The best match."""
    alternatives: tuple[TechnicianChoice, ...]
    """One or two others."""
    special_notes: tuple[str, ...]
    """What the technician should know."""



@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A tenant and what it has decided. A tenant that was never stored has the defaults, so
    that a host with one tenant need not set it up."""

    id: TenantId
    """The id."""
    name: str
    """The name that customers see."""
    policies: Policies
    """The policies."""
    rules: tuple[Rule, ...]
    """Access rules on top of the built-in ones; see `crate::access`."""
    version: int
    """Counts the changes, from 1; 0 for a tenant that was never stored."""


TenantId = NewType("TenantId", str)
"""The id of a tenant: a UUID."""


@dataclass(frozen=True, kw_only=True)
class TenantInput:
    """A tenant and what it has decided. A tenant that was never stored has the defaults, so
    that a host with one tenant need not set it up."""

    id: str
    """The id."""
    name: str
    """The name that customers see."""
    policies: PoliciesInput | None = None
    """The policies."""
    rules: Sequence[RuleInput] = ()
    """Access rules on top of the built-in ones; see `crate::access`."""
    version: int | None = None
    """Counts the changes, from 1; 0 for a tenant that was never stored."""



@dataclass(frozen=True, kw_only=True)
class Thread:
    """One conversation about one subject."""

    id: ThreadId
    """The id."""
    tenant: TenantId
    """The tenant."""
    subject_kind: SubjectKind
    """The kind of the subject."""
    subject: SubjectId
    """The subject."""
    customer: PartyId
    """The customer, taken from the subject."""
    status: ThreadStatus
    """Where it stands."""
    priority: Priority
    """How urgent it is."""
    tags: tuple[str, ...]
    """Tags, sorted."""
    counters: Counters
    """Message and event counters."""
    active_at: datetime
    """The instant of the newest message of any visibility; of the thread itself when it has
    none."""
    public_active_at: datetime
    """The instant of the newest public message; of the thread itself when it has none."""
    created_at: datetime
    """When it began."""
    version: int
    """Counts the changes of the thread, from 1; a new message alone is not a change."""
    assignee: PartyId | None = None
    """The member of staff who answers for it."""
    closed_at: datetime | None = None
    """When it was closed."""
    first_response_at: datetime | None = None
    """When the customer was answered for the first time."""
    last_customer_message_at: datetime | None = None
    """The instant of the customer's newest message."""
    merged_into: ThreadId | None = None
    """The thread that took this one over: this one is its alias."""
    resolved_at: datetime | None = None
    """When it was resolved."""
    snoozed_until: datetime | None = None
    """When a snoozed thread wakes."""
    store: StoreId | None = None
    """The storefront, taken from the subject."""
    waiting_since: datetime | None = None
    """Since when the customer has been waiting for an answer."""


ThreadChangeMove = TypedDict(
    "ThreadChangeMove",
    {"move": "Move"},
)
"""Its status."""

ThreadChangeAssign = TypedDict(
    "ThreadChangeAssign",
    {"assign": "Ref | None"},
)
"""Who answers for it; absent for nobody."""

ThreadChangePrioritise = TypedDict(
    "ThreadChangePrioritise",
    {"prioritise": "Priority"},
)
"""How urgent it is."""

ThreadChangeTagTag = TypedDict(
    "ThreadChangeTagTag",
    {"add": "Sequence[str]", "remove": "Sequence[str]"},
)

ThreadChangeTag = TypedDict(
    "ThreadChangeTag",
    {"tag": "ThreadChangeTagTag"},
)
"""Its tags: these added, those removed."""

ThreadChangeAddParticipantAddParticipant = TypedDict(
    "ThreadChangeAddParticipantAddParticipant",
    {"party": "Ref", "role": "Role"},
)

ThreadChangeAddParticipant = TypedDict(
    "ThreadChangeAddParticipant",
    {"addParticipant": "ThreadChangeAddParticipantAddParticipant"},
)
"""Adds a participant in a role."""

ThreadChangeRemoveParticipant = TypedDict(
    "ThreadChangeRemoveParticipant",
    {"removeParticipant": "Ref"},
)
"""Ends a participation."""

ThreadChangeMute = TypedDict(
    "ThreadChangeMute",
    {"mute": "bool"},
)
"""Whether the caller wants notifications."""

ThreadChange: TypeAlias = "ThreadChangeMove | ThreadChangeAssign | ThreadChangePrioritise | ThreadChangeTag | ThreadChangeAddParticipant | ThreadChangeRemoveParticipant | ThreadChangeMute"
"""What can be changed about a thread."""

ThreadId = NewType("ThreadId", str)
"""The id of a thread: a UUID."""


@dataclass(frozen=True, kw_only=True)
class ThreadList:
    """A page of threads."""

    threads: tuple[Thread, ...]
    """The threads, the most recently active first."""
    next: str | None = None
    """Where the next page begins; absent on the last one."""



@dataclass(frozen=True, kw_only=True)
class ThreadQuery:
    """Which threads, and which page of them. Empty lists and absent mean no restriction."""

    assignee: str | None = None
    """This assignee."""
    cursor: str | None = None
    """Go on after this place of the page before: its `next`."""
    customer: str | None = None
    """This customer."""
    limit: int | None = None
    """At most so many a page, 1 to 200."""
    page: int | None = None
    """Or skip to this page, from 1."""
    priority: Sequence[Priority] = ()
    """Any of these priorities."""
    status: Sequence[ThreadStatus] = ()
    """Any of these statuses."""
    store: str | None = None
    """This storefront."""
    subject: str | None = None
    """This subject."""
    subject_kind: Sequence[SubjectKind] = ()
    """Any of these kinds of subjects."""
    subject_status: Sequence[str] = ()
    """Any of these statuses of the subject, in any spelling."""
    tags: Sequence[str] = ()
    """All of these tags."""
    unassigned: bool | None = None
    """Without an assignee."""
    unread: bool | None = None
    """With unread messages for the caller."""
    waiting: bool | None = None
    """Whether the customer waits for an answer."""


ThreadStatus: TypeAlias = Literal[
    "open",  # Somebody of the business should look at it.
    "pending",  # Waiting for the customer or a third party.
    "snoozed",  # Out of sight until an instant, or until the customer writes.
    "resolved",  # Answered; the customer may still come back.
    "closed",  # Over.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Tick:
    """What a tick has done."""

    woken: tuple[ThreadId, ...]
    """The threads that woke."""
    checkpoints: int
    """How many checkpoints of audit trails were made."""
    next: datetime | None = None
    """When to call again at the latest; absent when nothing is planned."""



@dataclass(frozen=True, kw_only=True)
class TimeWindow:
    """A time from an instant until before another one."""

    from_: datetime
    """The first instant."""
    until: datetime
    """The instant after the last one."""



@dataclass(frozen=True, kw_only=True)
class Titles:
    """The titles of messages that have none, by topic."""

    status_update: str
    """For `Topic::StatusUpdate`."""
    eta_update: str
    """For `Topic::EtaUpdate`."""
    generic: str
    """For `Topic::Generic`."""
    reminder: str
    """For `Topic::Reminder`."""
    greeting: str
    """For `Topic::Greeting`."""
    survey: str
    """For `Topic::Survey`."""



@dataclass(frozen=True, kw_only=True)
class TitlesInput:
    """The titles of messages that have none, by topic."""

    eta_update: str | None = None
    """For `Topic::EtaUpdate`."""
    generic: str | None = None
    """For `Topic::Generic`."""
    greeting: str | None = None
    """For `Topic::Greeting`."""
    reminder: str | None = None
    """For `Topic::Reminder`."""
    status_update: str | None = None
    """For `Topic::StatusUpdate`."""
    survey: str | None = None
    """For `Topic::Survey`."""



@dataclass(frozen=True, kw_only=True)
class TokenUsage:
    """The tokens of a call."""

    input: int
    """Tokens of the request, the cached ones included."""
    output: int
    """Tokens of the answer."""
    cached: int
    """Tokens of the request that the provider had in its own cache."""



@dataclass(frozen=True, kw_only=True)
class TopBox:
    """The share of ratings in the upper part of a scale, with Wilson's interval (Wilson,
    *Probable Inference*, Journal of the American Statistical Association 22, 1927), and
    the mean. `csat`(Self::csat) is the share of 4 and 5 on a scale of 1 to 5,
    `ces`(Self::ces) of 5 to 7 on a scale of 1 to 7. ``` use goodwill::analytics::TopBox;
    let csat = TopBox::csat(&[5, 4, 4, 2, 1])?; assert_eq!((csat.n, csat.percent), (5,
    60.0)); let ces = TopBox::ces(&[7, 6, 3])?; assert!((ces.mean - 16.0 / 3.0).abs() <
    1e-12); assert_eq!(TopBox::csat(&[3, 6]).unwrap_err().details()["row"], 1); #
    Ok::<(), goodwill::Error>(()) ```"""

    lowest: int
    """The lowest rating of the scale."""
    highest: int
    """The highest rating of the scale."""
    from_: int
    """The lowest rating that counts."""
    n: int
    """How many ratings there are."""
    top: int
    """How many of them count."""
    percent: float
    """The share that counts, from 0 to 100."""
    low: float
    """The lower end of the 95 % interval of the share."""
    high: float
    """The upper end of the 95 % interval of the share."""
    mean: float
    """The mean rating."""


Topic: TypeAlias = Literal[
    "status_update",  # Progress of the work.
    "eta_update",  # A new or changed date.
    "generic",  # Anything else.
    "reminder",  # A reminder.
    "greeting",  # Good wishes.
    "survey",  # A question about satisfaction.
]
""""""


@dataclass(frozen=True, kw_only=True)
class Total:
    """How many hits there are in all."""

    count: int
    """How many were counted."""
    exact: bool
    """Whether that is all of them; otherwise there are at least so many."""



@dataclass(frozen=True, kw_only=True)
class Trail:
    """A page of the audit trail."""

    entries: tuple[TrailEntry, ...]
    """The entries in order."""
    last: int
    """The last entry's place: go on after it."""



@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """An entry of the audit trail."""

    record: AuditRecord
    """What is sealed."""
    private: AuditPrivate | None = None
    """What is personal about it, as long as that is there."""


TriageId = NewType("TriageId", str)
"""The id of a triage: a UUID."""


@dataclass(frozen=True, kw_only=True)
class TriageItem:
    """A message that waits for somebody to say where it belongs."""

    id: TriageId
    """The id."""
    tenant: TenantId
    """The tenant."""
    state: TriageState
    """Where it stands."""
    reason: TriageReason
    """Why it is here."""
    arrived: InboundMessage
    """The message as it arrived; empty once it was assigned or erased with the person."""
    senders: tuple[PartyId, ...]
    """The parties that have the sender's address."""
    candidates: tuple[Candidate, ...]
    """What it may be about."""
    received_at: datetime
    """When it arrived."""
    version: int
    """Counts the changes, from 1."""
    message: MessageId | None = None
    """The message that it has become."""
    sender_key: str | None = None
    """What the sender's address is compared by."""
    settled_at: datetime | None = None
    """When it was assigned or dismissed."""



@dataclass(frozen=True, kw_only=True)
class TriageList:
    """A page of triage."""

    items: tuple[TriageItem, ...]
    """The items, what has waited longest first."""
    more: bool
    """Whether there are more: go on after the last one's id."""



@dataclass(frozen=True, kw_only=True)
class TriageQuery:
    """Which items of triage."""

    after: str | None = None
    """Only those after this item."""
    limit: int | None = None
    """At most so many, 1 to 200."""
    reason: Sequence[TriageReason] = ()
    """Any of these reasons; all of them by default."""
    state: TriageState | None = None
    """Where they stand; open by default."""


TriageReason: TypeAlias = Literal[
    "unknown_sender",  # Nobody has the sender's address.
    "ambiguous_sender",  # More than one party has an address of the sender's.
    "unverified_sender",  # The channel says that the sender is not who it claims to be.
    "not_permitted",  # The sender may not write to the conversation that the message names.
    "unknown_order",  # No order or job has the number.
    "ambiguous_order",  # More than one order or job is named.
    "no_open_subject",  # No order or job is named, and the sender has none that is open.
    "ambiguous_subject",  # No order or job is named, and the sender has more than one that is open.
    "thread_closed",  # The thread is closed, and the tenant's policy refuses messages to it.
    "too_large",  # It is larger than the tenant's limits for a message.
    "empty",  # It has neither text nor files.
    "automatic",  # An answer or a notice of a machine.
    "bounce",  # A notice that a mail could not be delivered.
    "mailing_list",  # A mailing list.
    "own_address",  # An address of the business itself.
    "loop",  # A message of the business that has come back.
]
""""""

TriageState: TypeAlias = Literal[
    "open",  # Somebody of the business should look at it.
    "assigned",  # It was posted to a conversation.
    "dismissed",  # It belongs to no conversation.
]
""""""

TrustLevel: TypeAlias = Literal[
    "trusted",  # As it is, also in the message of the system.
    "line",  # On one line and neutralised, in messages of the user only.
    "fence",  # Between the lines of a fence, in messages of the user only.
]
"""How a text of the input is printed."""


@dataclass(frozen=True, kw_only=True)
class UpdateFollowup:
    """What changes about a follow-up; what is absent stays as it is."""

    due_at: datetime | None = None
    """When it is to be done, while it is open."""
    note: str | None = None
    """What colleagues should know; an empty one takes it away."""
    occurred_at: datetime | None = None
    """When it was done, or no answer was waited for any longer; now by default, never
    later."""
    result: FollowupResult | None = None
    """What the customer said, once it is completed."""
    state: FollowupState | None = None
    """Where it stands now."""



@dataclass(frozen=True, kw_only=True)
class ValueQuery:
    """Whose payments count, and until when."""

    currency: str | None = None
    """Only payments of this currency; by default there must be only one."""
    from_: datetime | None = None
    """Not before."""
    reference: datetime | None = None
    """The last instant that counts; now by default."""
    source: ValueSource | None = None
    """What counts as a purchase; payments by default."""
    zone: str | None = None
    """Whose days count, such as `Europe/Berlin`; UTC by default."""


ValueSource: TypeAlias = Literal[
    "payments",  # Each payment; what went back is taken from those before it.
    "orders",  # Each order with its payments, less what went back, at the instant of the first.
    "jobs",  # Each job with its payments, less what went back, at the instant of the first.
]
""""""


@dataclass(frozen=True, kw_only=True)
class VerifyReport:
    """What reading the trail has shown."""

    entries: int
    """How many entries there are."""
    last_seq: int
    """The last entry."""
    checkpoints: int
    """How many checkpoints hold."""
    erased: int
    """How many entries have lost their personal part to an erasure: that is as it should
    be."""
    messages: int
    """How many messages were compared with what the trail says of them."""
    messages_without_text: int
    """How many of those have lost their text to a redaction or an erasure: as it should be."""
    findings: tuple[Finding, ...]
    """What is wrong, the first hundred."""
    problems: int
    """How much is wrong."""



@dataclass(frozen=True, kw_only=True)
class Vip:
    """Whether a customer is a VIP, with every rule."""

    version: str
    """The version of the rules."""
    vip: bool
    """Whether the customer is a VIP."""
    reason: VipReason
    """Why."""
    rules: tuple[VipRuleResult, ...]
    """The rules, in their order, also where a person has decided."""



@dataclass(frozen=True, kw_only=True)
class VipCondition:
    """A measure that reaches a number."""

    measure: VipMeasure
    """What is looked at."""
    at_least: float
    """The least number that meets the condition, above 0."""



@dataclass(frozen=True, kw_only=True)
class VipConditionResult:
    """How a condition was judged."""

    measure: VipMeasure
    """What was looked at."""
    at_least: float
    """What was asked for."""
    value: float | None
    """What there was; none, if it is not known."""
    met: bool
    """Whether that is enough."""
    missing: float
    """How much is missing: 0 if met, all of it if nothing is known."""



@dataclass(frozen=True, kw_only=True)
class VipFacts:
    """What is known of a customer."""

    manual: ManualVip | None = None
    """What a person has decided."""
    orders: float | None = None
    """How many orders or jobs there were."""
    spend: float | None = None
    """What the customer spent."""
    tenure_days: float | None = None
    """Days since the first purchase."""


VipMeasure: TypeAlias = Literal[
    "spend",  # What the customer spent, in the currency and the time that the host counts.
    "orders",  # How many orders or jobs there were in that time.
    "tenure_days",  # Days since the first purchase.
]
"""What a condition looks at."""

VipReasonManual = TypedDict(
    "VipReasonManual",
    {"kind": "Literal['manual']"},
)
"""A person has decided."""

VipReasonRule = TypedDict(
    "VipReasonRule",
    {"kind": "Literal['rule']", "name": "str"},
)
"""A rule is met."""

VipReasonNoRule = TypedDict(
    "VipReasonNoRule",
    {"kind": "Literal['no_rule']"},
)
"""No rule is met."""

VipReason: TypeAlias = "VipReasonManual | VipReasonRule | VipReasonNoRule"
"""Why a customer is a VIP or not."""


@dataclass(frozen=True, kw_only=True)
class VipRule:
    """A rule: all its conditions have to be met."""

    name: str
    """Its name."""
    all_of: tuple[VipCondition, ...]
    """The conditions, at least one."""



@dataclass(frozen=True, kw_only=True)
class VipRuleResult:
    """How a rule was judged."""

    name: str
    """The name of the rule."""
    met: bool
    """Whether all conditions are met."""
    conditions: tuple[VipConditionResult, ...]
    """The conditions, in the order of the rule."""



@dataclass(frozen=True, kw_only=True)
class VipRules:
    """When a customer is a VIP, versioned: by one of the rules, unless a person has
    decided."""

    version: str
    """Of this set of parameters; results repeat it."""
    any_of: tuple[VipRule, ...]
    """The rules, the first that is met gives the reason."""


VisibilityInternalInternal = TypedDict(
    "VisibilityInternalInternal",
    {"audience": "RoleSet"},
)

VisibilityInternal = TypedDict(
    "VisibilityInternal",
    {"internal": "VisibilityInternalInternal"},
)
"""Only principals with a role of the audience."""

Visibility: TypeAlias = "Literal['public'] | VisibilityInternal"
"""Who may see a message."""


__all__ = [
    "Action",
    "Activity",
    "ActivityDirection",
    "ActivityKind",
    "Actor",
    "AiMessageOptions",
    "AnalyticsModels",
    "AnswerForm",
    "AnswerFormat",
    "AnswerPart",
    "AnswerPartAgain",
    "AnswerPartAnswer",
    "AnswerPartFields",
    "AnswerPartText",
    "AnswerSpan",
    "AnswerWarning",
    "AnswerWarningKind",
    "Answered",
    "Appliance",
    "ApplianceProfile",
    "ApplianceProfileInput",
    "ApplianceProfiles",
    "ApplianceProfilesInput",
    "AskSettings",
    "Attachment",
    "AttachmentInput",
    "AuditId",
    "AuditMessage",
    "AuditOutcome",
    "AuditPrivate",
    "AuditRecord",
    "Author",
    "Bin",
    "BinInput",
    "Call",
    "CallAction",
    "CallLine",
    "CallOutcome",
    "CallSummary",
    "Candidate",
    "Candidate2",
    "Candidates",
    "Channel",
    "ChannelMessage",
    "ChannelMessageResult",
    "ChurnBand",
    "ChurnBands",
    "ChurnContribution",
    "ChurnDriver",
    "ChurnDriverFact",
    "ChurnExplanation",
    "ChurnFacts",
    "ChurnModel",
    "ChurnRisk",
    "ClosedThread",
    "CommunicationSentiment",
    "Condition",
    "ConditionAll",
    "ConditionAny",
    "ConditionFact",
    "ConditionNot",
    "ContactKind",
    "ContactPoint",
    "Content",
    "ContentState",
    "ContextSettings",
    "Counters",
    "CreateCustomerMessageInput",
    "CreateOrderMessage",
    "Customer",
    "CustomerActivity",
    "CustomerFacts",
    "CustomerLifetimeValue",
    "CustomerMessage",
    "CustomerMessageDto",
    "CustomerRfm",
    "Day",
    "Delta",
    "Disposition",
    "Dropped",
    "DueDays",
    "Effect",
    "Engagement",
    "EngagementModel",
    "EngagementPart",
    "Event",
    "EventId",
    "EventKind",
    "Expense",
    "ExpenseCategory",
    "ExplainedChurnDriver",
    "Explanation",
    "ExternalRef",
    "Fact",
    "FailurePoint",
    "FailurePointInput",
    "Feedback",
    "FeedbackKind",
    "Financials",
    "Finding",
    "FindingChanged",
    "FindingCheckpointMismatch",
    "FindingCutTail",
    "FindingHeadForged",
    "FindingMessageChanged",
    "FindingMessageMissing",
    "FindingMisplaced",
    "FindingPrivateChanged",
    "FindingRelinked",
    "FindingRemoved",
    "FindingUnknownKey",
    "Followup",
    "FollowupId",
    "FollowupPlan",
    "FollowupQuery",
    "FollowupResult",
    "FollowupState",
    "FollowupSuggestion",
    "Format",
    "Found",
    "GeneratedCallSummary",
    "GeneratedChurnExplanation",
    "GeneratedCustomerMessage",
    "GeneratedInsightCards",
    "GeneratedMessageReply",
    "GeneratedRelationshipSummary",
    "GeneratedSurveyDraft",
    "Given",
    "Greeting",
    "Health",
    "HealthBands",
    "HealthBandsFive",
    "HealthBandsThree",
    "HealthColour",
    "HealthContribution",
    "HealthDirection",
    "HealthGroup",
    "HealthModel",
    "HealthModelInput",
    "HealthOverride",
    "HealthPart",
    "HealthPartInput",
    "HealthScale",
    "HealthScaleLinear",
    "HealthScalePoints",
    "HealthScaleSteps",
    "HealthStep",
    "HealthTrend",
    "Hemisphere",
    "Hit",
    "Holiday",
    "InboundMessage",
    "InboundMessageInput",
    "InboundPolicy",
    "InboundPolicyInput",
    "IncompleteReason",
    "IngestOutcome",
    "Ingested",
    "InsightCard",
    "InsightCards",
    "Job",
    "JobStatus",
    "KeyNumber",
    "KnownText",
    "Lacking",
    "LeapDay",
    "Level",
    "LifetimeValueOptions",
    "LifetimeValues",
    "Limits",
    "LimitsInput",
    "LogEntry",
    "LogFollowup",
    "MaintenanceForecast",
    "MaintenancePrediction",
    "ManualVip",
    "MarkedRead",
    "MatchFactor",
    "MatchReason",
    "MeanScore",
    "Message",
    "MessageFilter",
    "MessageId",
    "MessageKind",
    "MessageList",
    "MessageOrder",
    "MessageQuery",
    "MessageReply",
    "MessageState",
    "ModelAnswer",
    "ModelMessage",
    "ModelOptions",
    "ModelProvider",
    "ModelRequest",
    "Money",
    "Move",
    "MoveSnooze",
    "NamedReference",
    "NetPromoterScore",
    "Obligation",
    "Occasion",
    "OccasionKind",
    "OccasionMessage",
    "Offered",
    "OpenKey",
    "OpenOptions",
    "OrderMessageDto",
    "OrderMessageSearch",
    "OrderMessageSearchResult",
    "OrderThreadDto",
    "OrderThreadMessages",
    "Origin",
    "OverallSentiment",
    "OwnSegments",
    "ParsedAnswer",
    "Participant",
    "Party",
    "PartyId",
    "PartyKind",
    "PartyState",
    "Payment",
    "PaymentId",
    "PaymentKind",
    "PaymentMethod",
    "PaymentQuery",
    "PersonalData",
    "PersonalKind",
    "Policies",
    "PoliciesInput",
    "PostMessage",
    "PredictedNeed",
    "Preview",
    "PreviewDiagnostic",
    "PreviewFix",
    "PreviewSegment",
    "PrincipalKind",
    "Priority",
    "Profitability",
    "ProfitabilityAnalysis",
    "ProfitabilityReport",
    "PromptDiagnostic",
    "PromptEntry",
    "PromptFocus",
    "PromptMedia",
    "PromptMessage",
    "PromptPart",
    "PromptPartMedia",
    "PromptPartText",
    "PromptRole",
    "PromptSettings",
    "PromptText",
    "Protocol",
    "Provenance",
    "PublicAttachment",
    "PublicDelta",
    "PublicEvent",
    "PublicEvents",
    "PublicFound",
    "PublicHit",
    "PublicMessage",
    "PublicMessageList",
    "PublicReaction",
    "PublicReadBy",
    "PublicStatus",
    "PublicThread",
    "PublicThreadList",
    "PutContact",
    "PutParty",
    "PutPayment",
    "PutStorefront",
    "PutSubject",
    "QuestionKind",
    "Reaction",
    "ReadBy",
    "ReadReceiptDto",
    "Recipient",
    "Redaction",
    "RedactionSpans",
    "Ref",
    "Refusal",
    "Refused",
    "RelationshipSummary",
    "RenderedPrompt",
    "ReplyDraft",
    "Reproducible",
    "RequestInfo",
    "Resource",
    "Revision",
    "RfmBins",
    "RfmDigit",
    "RfmExplanation",
    "RfmScores",
    "RfmSegment",
    "Role",
    "RoleSet",
    "Rule",
    "RuleInput",
    "ScanState",
    "ScheduleFollowup",
    "SeasonalImpact",
    "Segment",
    "SegmentKind",
    "SentimentAnalysis",
    "SentimentReport",
    "ServiceRecord",
    "ServiceRequest",
    "SessionInput",
    "SessionSide",
    "Severity",
    "Snippet",
    "SnippetPiece",
    "StoreId",
    "StoredPayment",
    "Stream",
    "StreamKind",
    "Subject",
    "SubjectId",
    "SubjectInput",
    "SubjectInputAppliance",
    "SubjectInputCustom",
    "SubjectInputCustomer",
    "SubjectInputJob",
    "SubjectInputOrder",
    "SubjectInputTicket",
    "SubjectKind",
    "SuggestedFollowups",
    "Suggestion",
    "SurveyDraft",
    "SurveyQuestion",
    "SystemEvent",
    "TargetInput",
    "TargetInputAppliance",
    "TargetInputCustom",
    "TargetInputCustomer",
    "TargetInputJob",
    "TargetInputMessage",
    "TargetInputOrder",
    "TargetInputThread",
    "TargetInputTicket",
    "Technician",
    "TechnicianChoice",
    "TechnicianMatch",
    "TechnicianPreference",
    "TechnicianPreferenceKind",
    "TechnicianRecommendation",
    "Tenant",
    "TenantId",
    "TenantInput",
    "Thread",
    "ThreadChange",
    "ThreadChangeAddParticipant",
    "ThreadChangeAddParticipantAddParticipant",
    "ThreadChangeAssign",
    "ThreadChangeMove",
    "ThreadChangeMute",
    "ThreadChangePrioritise",
    "ThreadChangeRemoveParticipant",
    "ThreadChangeTag",
    "ThreadChangeTagTag",
    "ThreadId",
    "ThreadList",
    "ThreadQuery",
    "ThreadStatus",
    "Tick",
    "TimeWindow",
    "Titles",
    "TitlesInput",
    "TokenUsage",
    "TopBox",
    "Topic",
    "Total",
    "Trail",
    "TrailEntry",
    "TriageId",
    "TriageItem",
    "TriageList",
    "TriageQuery",
    "TriageReason",
    "TriageState",
    "TrustLevel",
    "UpdateFollowup",
    "ValueQuery",
    "ValueSource",
    "VerifyReport",
    "Vip",
    "VipCondition",
    "VipConditionResult",
    "VipFacts",
    "VipMeasure",
    "VipReason",
    "VipReasonManual",
    "VipReasonNoRule",
    "VipReasonRule",
    "VipRule",
    "VipRuleResult",
    "VipRules",
    "Visibility",
    "VisibilityInternal",
    "VisibilityInternalInternal",
]
