// Written by core/codegen from the operation table; do not edit.

export type Action =
  | 'thread.read'
  | 'thread.list'
  | 'thread.close'
  | 'thread.resolve'
  | 'thread.snooze'
  | 'thread.pending'
  | 'thread.assign'
  | 'thread.tag'
  | 'thread.prioritise'
  | 'thread.participants'
  | 'thread.merge'
  | 'thread.reopen'
  | 'message.read_public'
  | 'message.read_internal'
  | 'message.post_public'
  | 'message.post_internal'
  | 'message.post_system_event'
  | 'message.mark_read'
  | 'message.mark_read_for'
  | 'message.mark_unread'
  | 'message.search'
  | 'message.correct'
  | 'message.retract'
  | 'message.react'
  | 'message.redact'
  | 'message.update'
  | 'message.delete'
  | 'receipts.read'
  | 'attachment.read'
  | 'draft.write'
  | 'draft.publish'
  | 'template.use'
  | 'template.manage'
  | 'outbound.schedule'
  | 'bulk.send'
  | 'customer.read'
  | 'customer.write'
  | 'customer.merge'
  | 'preferences.read'
  | 'preferences.write'
  | 'consent.append'
  | 'consent.read'
  | 'consent.export'
  | 'subject.read'
  | 'subject.write'
  | 'payment.read'
  | 'payment.write'
  | 'expense.write'
  | 'financials.read'
  | 'appliance.read'
  | 'appliance.write'
  | 'review.submit'
  | 'review.read'
  | 'technician.preference.set'
  | 'technician.match'
  | 'referral.read'
  | 'referral.write'
  | 'followup.read'
  | 'followup.write'
  | 'survey.answer'
  | 'survey.results'
  | 'score.read'
  | 'segment.define'
  | 'segment.export'
  | 'report.run'
  | 'playbook.manage'
  | 'prompt.preview'
  | 'prompt.run'
  | 'prompt.manage'
  | 'dsr.open'
  | 'dsr.execute'
  | 'retention.manage'
  | 'audit.read'
  | 'audit.verify'
  | 'audit.export'
  | 'policy.manage'
  | 'tenant.manage'
  | 'triage.read'
  | 'triage.assign'
  | 'webhook.ingest'
  | 'delivery.report';

/** An entry of the log of a customer. */
export interface Activity {
  /** When. */
  createdAt: Timestamp;
  /** What happened. */
  type: ActivityKind;
  /** What was said or written. */
  content: string;
  /** Who spoke to whom, if it is known. */
  direction?: ActivityDirection | null | undefined;
}

export type ActivityDirection =
  /** The customer to the business. */
  | 'inbound'
  /** The business to the customer. */
  | 'outbound'
  /** The business to itself. */
  | 'internal';

export type ActivityKind =
  /** A note of staff. */
  | 'note'
  /** A call. */
  | 'call'
  /** An e-mail. */
  | 'email'
  /** A message in WhatsApp. */
  | 'whatsapp'
  /** A text message. */
  | 'sms'
  /** A message in the host's own application. */
  | 'in_app'
  /** A direct message in Instagram. */
  | 'instagram'
  /** A visit. */
  | 'visit'
  /** A payment. */
  | 'payment'
  /** Somebody read an article of the help pages. */
  | 'article_view'
  /** Something was sold. */
  | 'conversion'
  /** A status changed. */
  | 'status'
  /** Anything else. */
  | 'other';

/** Who acted. */
export interface Actor {
  /** What kind of actor. */
  kind: PrincipalKind;
  /** In which role. */
  role: Role;
  /** Who; absent for the system. */
  id?: PartyId | undefined;
}

/** What a message that a model writes is to be. Enumerations are read in any spelling. */
export interface AiMessageOptions {
  /** `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, …; also read as `type`. */
  messageType: Topic;
  /** The intended channel; `PORTAL` by default. */
  channel?: Channel | null | undefined;
  /** What the message is to say or to answer; also read as `customQuestion`. */
  customPrompt?: string | null | undefined;
  /** What the host knows of the job: what is done. Its kind and number by default. */
  description?: string | null | undefined;
  /** What the host knows of the job: when it is expected. */
  eta?: string | null | undefined;
  /** Whether the model may write the title when none is given. */
  modelTitle?: boolean | undefined;
  /** A title; the tenant's title for the type by default. */
  title?: string | null | undefined;
  /** `friendly`, `formal`, `brief`, … */
  tone?: string | null | undefined;
}

/** The parameter sets that are used where none is given, to start one's own from. */
export interface AnalyticsModels {
  /** Of health scores. */
  health: HealthModel;
  /** Of the risk to leave. */
  churn: ChurnModel;
  /** Of engagement. */
  engagement: EngagementModel;
  /** Of who is a VIP. */
  vip: VipRules;
}

/** The two forms of an answer. */
export type AnswerForm =
  /** Text with labels. */
  | 'labelled'
  /** One JSON object. */
  | 'json';

/** The form of an answer, as it is said to people, to models and to servers. */
export interface AnswerFormat {
  /** What a model is told that answers with labels. */
  instruction: string;
  /** What a model is told that answers in JSON. */
  jsonInstruction: string;
  /** The JSON Schema (draft 2020-12). */
  jsonSchema: unknown;
  /** The grammar of an answer with labels, in GBNF. */
  grammar: string;
  /** The grammar of an answer in JSON, in GBNF. */
  jsonGrammar: string;
}

/** A part of an answer that comes piece by piece. */
export type AnswerPart =
  /** More of the text, with the personal data back in it. */
  | {
      kind: 'text';
      /** The text, never empty. */
      text: string;
    }
  /** What is complete of the answer so far. */
  | {
      kind: 'fields';
      /** The fields, as the declaration of the answer has them: those that another one follows, and of a list that is being written its complete entries. They are not checked yet. */
      value: unknown;
    }
  /** What came so far does not count: it cannot be used, and another answer begins. */
  | {
      kind: 'again';
    }
  /** The answer is there, read and checked. Nothing follows. */
  | {
      kind: 'answer';
      /** The answer. */
      answer: Answered;
    };

/** Where a field stands in an answer, in units of UTF-16 as JavaScript counts. */
export interface AnswerSpan {
  /** The field, as `suggestions[1].timing`. */
  path: string;
  /** The first unit. */
  start: number;
  /** The unit behind the last. */
  end: number;
}

/** A warning. It has no text of the answer in it. */
export interface AnswerWarning {
  /** What it is about. */
  kind: AnswerWarningKind;
  /** The field, as `suggestions[1].timing`; empty if it is about the whole answer. */
  path: string;
  /** What would be right, in words. */
  expected: string;
}

/** Something about an answer that is not as it was asked for. */
export type AnswerWarningKind =
  /** A field stands twice; the last one that says something counts. */
  | 'repeated'
  /** A value is close to what is allowed, or one of several; it was taken for that. */
  | 'guessed'
  /** The answer has the other form: JSON for labelled text, or the reverse. */
  | 'other_form'
  /** The answer ends in the middle. */
  | 'cut'
  /** A computed value was wrong, and is right now. */
  | 'corrected'
  /** A placeholder was filled with what the host knows. */
  | 'filled'
  /** A fence of the prompt stands in the answer; it was taken away. */
  | 'leaked_fence'
  /** There is a placeholder such as `[Date]` that nobody filled, or what the field is described with instead of a value. */
  | 'placeholder'
  /** A word is none of the choices, or more than one of them; there is no value. */
  | 'no_choice'
  /** A text has no number, day or yes and no where one belongs; there is no value. */
  | 'malformed'
  /** A number is outside its range; there is no value. */
  | 'out_of_range'
  /** A list has too few or too many entries. */
  | 'count'
  /** A text has too many words. */
  | 'too_long'
  /** A text has too few or too many sentences. */
  | 'sentences'
  /** What is named was not offered; there is no value. */
  | 'not_offered'
  /** A draft does not greet the customer by name. */
  | 'no_greeting'
  /** A link stands in nothing that was sent. */
  | 'foreign_link';

/** An answer that was read and checked, with the personal data back in its texts. `Debug` shows no content. */
export interface Answered {
  /** The prompt. */
  prompt: string;
  /** Its version. */
  version: string;
  /** The hash of everything that the prompt is made of. */
  contentHash: string;
  /** The fields, as the declaration of the answer has them. */
  value: unknown;
  /** The answer as it came. */
  text: string;
  /** Whether it can be used as it is: nothing is missing, nothing was to be asked for again. */
  acceptable: boolean;
  /** The required fields that are missing; none unless the options take such answers. */
  missing: string[];
  /** What is not as it was asked for. */
  warnings: AnswerWarning[];
  /** From 0 to 1: how much of it is there and as it was asked for. */
  confidence: number;
  /** Rules made the answer, without a model: the same input gives the same bytes. */
  deterministic: boolean;
  /** The answer comes from the cache. */
  cached: boolean;
  /** The tokens of the answer; none for an answer from the cache or from rules. */
  usage: TokenUsage;
  /** The requests to providers. */
  attempts: number;
  /** Names in the answer that look like pseudonyms and stand for nothing: the model has invented them. */
  unknownPseudonyms: string[];
  /** Why rules answered and the model did not. */
  failure?: string | undefined;
  /** The model that answered, as far as it is known. */
  model?: string | undefined;
  /** The provider that answered, as far as it is known. */
  provider?: string | undefined;
}

/** An appliance of the customer. */
export interface Appliance {
  /** The host's id. */
  id: Ref;
  /** What it is: `Washing machine`. */
  type: string;
  /** The brand. */
  brand?: string | null | undefined;
  /** The day on which it was installed. */
  installedAt?: Day | null | undefined;
  /** The day of its last service; that of the last completed job about it by default. */
  lastServiceAt?: Day | null | undefined;
  /** The number of the model. */
  modelNumber?: string | null | undefined;
  /** The day on which it was bought. */
  purchasedAt?: Day | null | undefined;
  /** The day since which it is not used any more. */
  retiredAt?: Day | null | undefined;
  /** The number of this one. */
  serialNumber?: string | null | undefined;
  /** The last day of its warranty. */
  warrantyUntil?: Day | null | undefined;
}

/** What is known about appliances of a kind: reference data. */
export interface ApplianceProfile {
  /** What they are. */
  type: string;
  /** Other names of the same. */
  aliases: string[];
  /** The months from one service to the next. */
  serviceIntervalMonths: number;
  /** How many years they last on average. */
  averageLifespanYears: number;
  /** What fails at which age. */
  failurePoints: FailurePoint[];
  /** What the seasons mean for them. */
  seasonalImpact: SeasonalImpact;
  /** The brand, if it is about one; such a profile goes before that of the type. */
  brand?: string | undefined;
}

/** What is known about appliances of a kind: reference data. */
export interface ApplianceProfileInput {
  /** What they are. */
  type: string;
  /** The months from one service to the next. */
  serviceIntervalMonths: number;
  /** How many years they last on average. */
  averageLifespanYears: number;
  /** Other names of the same. */
  aliases?: string[] | undefined;
  /** The brand, if it is about one; such a profile goes before that of the type. */
  brand?: string | null | undefined;
  /** What fails at which age. */
  failurePoints?: FailurePointInput[] | undefined;
  /** What the seasons mean for them. */
  seasonalImpact?: SeasonalImpact | undefined;
}

/** Profiles of appliances. The last resort is the one of the type `other`, which must be there. */
export interface ApplianceProfiles {
  /** The version: whoever changes a profile changes it too. */
  version: string;
  /** Where the numbers come from. */
  sources: string[];
  /** The profiles. */
  profiles: ApplianceProfile[];
}

/** Profiles of appliances. The last resort is the one of the type `other`, which must be there. */
export interface ApplianceProfilesInput {
  /** The version: whoever changes a profile changes it too. */
  version: string;
  /** The profiles. */
  profiles: ApplianceProfileInput[];
  /** Where the numbers come from. */
  sources?: string[] | undefined;
}

/** How a prompt is asked. */
export interface AskSettings {
  /** At most so many requests to services: retries, repairs and other services together; 6 by default. */
  attempts?: number | null | undefined;
  /** Nothing goes on after this instant. */
  deadline?: Timestamp | null | undefined;
  /** Asks again even if an answer is kept. */
  forceRefresh?: boolean | undefined;
  /** The form of the answer, instead of the one that fits the model best. */
  form?: AnswerForm | null | undefined;
  /** What the answer is checked against, instead of what the input says. */
  given?: Given | null | undefined;
  /** No further request once so many tokens are spent. */
  mostTokensSpent?: number | null | undefined;
  /** Fails when no model can answer, instead of letting rules answer. */
  noRules?: boolean | undefined;
  /** Takes an answer in which something is missing. */
  partial?: boolean | undefined;
  /** How the prompt is rendered. Personal data becomes pseudonyms unless this says otherwise. */
  render?: PromptSettings | undefined;
  /** The customers whose data is in the input, so that answers can be erased with them. */
  tags?: string[] | undefined;
}

/** A file at a message. The host keeps the bytes; the engine keeps what describes them. */
export interface Attachment {
  /** Where the host keeps the bytes. */
  blobRef: string;
  /** The file's name. */
  name: string;
  /** The media type, such as `image/png`. */
  mime: string;
  /** The size in bytes. */
  size: number;
  /** How it is meant to be shown. */
  disposition: Disposition;
  /** What the scanner said. */
  scanState: ScanState;
  /** The Content-ID that the text refers to. */
  cid?: string | undefined;
  /** The SHA-256 of the bytes in lower-case hex. */
  sha256?: string | undefined;
}

/** A file at a message. The host keeps the bytes; the engine keeps what describes them. */
export interface AttachmentInput {
  /** Where the host keeps the bytes. */
  blobRef: string;
  /** The file's name. */
  name: string;
  /** The media type, such as `image/png`. */
  mime: string;
  /** The size in bytes. */
  size: number;
  /** The Content-ID that the text refers to. */
  cid?: string | null | undefined;
  /** How it is meant to be shown. */
  disposition?: Disposition | undefined;
  /** What the scanner said. */
  scanState?: ScanState | undefined;
  /** The SHA-256 of the bytes in lower-case hex. */
  sha256?: string | null | undefined;
}

/** The id of a audit: a UUID. */
export type AuditId = string & { readonly __id?: 'audit' };

/** What the trail says of a message. */
export interface AuditMessage {
  /** Whether it is internal. */
  internal: boolean;
  /** Its form. */
  kind: MessageKind;
  /** What it is for. */
  topic: Topic;
}

export type AuditOutcome =
  /** It was done. */
  | 'allow'
  /** It was refused. */
  | 'deny'
  /** It failed. */
  | 'error';

/** What is personal about an entry: kept beside the chain, erased with the person. */
export interface AuditPrivate {
  /** Makes the commitments unlinkable once it is gone. */
  salt: string;
  /** Whose it is: it goes when this party is erased. */
  customer?: PartyId | undefined;
  /** Personal values before and after. */
  diff?: Record<string, unknown> | undefined;
  /** The address that the request came from. */
  ip?: string | undefined;
  /** The reason that was given. */
  reason?: string | undefined;
  /** The client's name of itself. */
  userAgent?: string | undefined;
}

/** The readable form of an entry. The fields stand in the order of their names, which is what makes the JSON canonical. */
export interface AuditRecord {
  /** What was done. */
  action: string;
  /** Who acted. */
  actor: Actor;
  /** When. */
  at: Timestamp;
  /** The id. */
  id: AuditId;
  /** The key that sealed it. */
  keyId: string;
  /** How it ended. */
  outcome: AuditOutcome;
  /** What was acted on. */
  resource: Resource;
  /** The place in the trail. */
  seq: number;
  /** The tenant. */
  tenant: TenantId;
  /** The digest of the record after, in hex. */
  afterHash?: string | undefined;
  /** The digest of the record before, in hex. */
  beforeHash?: string | undefined;
  /** Facts that are not personal. */
  changes?: Record<string, unknown> | undefined;
  /** The channel of the message. */
  channel?: Channel | undefined;
  /** One salted commitment a personal field, in hex. */
  commitments?: Record<string, string> | undefined;
  /** What the message is. */
  message?: AuditMessage | undefined;
  /** The customer acted for. */
  onBehalfOf?: PartyId | undefined;
  /** The hash of the entry before, in hex; none in the first entry. */
  prevHash?: string | undefined;
  /** The host's id of the request. */
  requestId?: string | undefined;
  /** The access rules that decided. */
  ruleIds?: string[] | undefined;
  /** In which storefront. */
  store?: StoreId | undefined;
  /** About which subject. */
  subject?: SubjectId | undefined;
  /** In which thread. */
  thread?: ThreadId | undefined;
}

/** Who wrote a message. */
export interface Author {
  /** In which role: the principal's, never the request's. */
  role: Role;
  /** Who; absent for the system. */
  party?: PartyId | undefined;
}

/** The customers with one score. By `Ntile` equal values can stand on both sides of an edge. */
export interface Bin {
  /** The score. */
  score: number;
  /** The edge that the values are above; absent for the class of the lowest. */
  above: number | null;
  /** The edge that they do not go over; absent for the class of the highest. */
  upTo: number | null;
  /** The lowest value in it; absent if it is empty. */
  lowest: number | null;
  /** The highest value in it. */
  highest: number | null;
  /** How many customers there are. */
  customers: number;
}

/** The customers with one score. By `Ntile` equal values can stand on both sides of an edge. */
export interface BinInput {
  /** The score. */
  score: number;
  /** How many customers there are. */
  customers: number;
  /** The edge that the values are above; absent for the class of the lowest. */
  above?: number | null | undefined;
  /** The highest value in it. */
  highest?: number | null | undefined;
  /** The lowest value in it; absent if it is empty. */
  lowest?: number | null | undefined;
  /** The edge that they do not go over; absent for the class of the highest. */
  upTo?: number | null | undefined;
}

/** A call with its transcript. */
export interface Call {
  /** When it began. */
  startedAt: Timestamp;
  /** Who called whom. */
  direction: ActivityDirection;
  /** How long it took. */
  minutes: number;
  /** Who spoke for the business. */
  agentName: string;
  /** The lines in the order of speaking. */
  lines?: CallLine[] | undefined;
}

/** One action of a `CallSummary`. */
export interface CallAction {
  /** What is to be done. */
  action: string;
  /** By whom, if it was said. */
  owner: string | null;
  /** Until which day, if it was said. */
  due: Day | null;
}

/** A line of a call. */
export interface CallLine {
  /** Who spoke. */
  speaker: string;
  /** What was said. */
  text: string;
}

/** How a call ended. */
export type CallOutcome =
  /** Nothing is open. */
  | 'Resolved'
  /** Somebody has to come back to it. */
  | 'Follow-Up Needed'
  /** Somebody else took over. */
  | 'Escalated'
  /** Nobody answered. */
  | 'Not Reached';

/** What was said in a call. */
export interface CallSummary {
  /** The call in two to four sentences. */
  summary: string;
  /** Why there was a call. */
  reason: string;
  /** How it ended. */
  outcome: CallOutcome;
  /** From −2, very negative, to 2, very positive. */
  sentiment: number;
  /** What is to be done. */
  actions: CallAction[];
  /** The day of the next call, if one was agreed. */
  callBackOn: Day | null;
}

/** A job or an order that a message may be about. */
export interface Candidate {
  /** What kind of thing it is. */
  kind: SubjectKind;
  /** Which one. */
  subject: SubjectId;
  /** The number that people use. */
  number?: string | undefined;
}

/** Somebody who can go. */
export interface Candidate2 {
  /** The host's id. */
  id: string;
  /** The name. */
  name: string;
  /** The sum of the points. */
  score: number;
  /** What they are made of. */
  reasons: MatchReason[];
}

/** Who can go and who cannot. */
export interface Candidates {
  /** Who can, the best first; among equals in the order of the facts. */
  candidates: Candidate2[];
  /** Who cannot, in the order of the facts. */
  refused: Refused[];
}

export type Channel =
  /** The host's own application or portal. */
  | 'in_app'
  /** Electronic mail. */
  | 'email'
  /** Text message. */
  | 'sms'
  /** WhatsApp. */
  | 'whatsapp'
  /** Instagram direct messages. */
  | 'instagram'
  /** A call, logged by hand or by a telephone system. */
  | 'phone'
  /** A push notification. */
  | 'push'
  /** A form or chat on a web site. */
  | 'web'
  /** A machine's call. */
  | 'webhook'
  /** Anything else. */
  | 'custom';

/** A message from outside, as webhooks know it. */
export interface ChannelMessage {
  /** The text. */
  content: string;
  /** The channel that it came by: `email`, `whatsapp`, `sms`, … */
  channel: Channel;
  /** The customer's address of mail. */
  customerEmail?: string | null | undefined;
  /** The customer's telephone number. */
  customerPhone?: string | null | undefined;
  /** The number of the order, or the host's id of it. */
  orderNumber?: string | null | undefined;
  /** The provider's id of it: then a delivery that comes again changes nothing. */
  providerRef?: string | null | undefined;
  /** The telephone number that it came from; the customer's by default. */
  senderPhone?: string | null | undefined;
}

/** What has become of a message from outside. */
export interface ChannelMessageResult {
  /** `posted`, `duplicate`, or `triaged`: it waits for somebody of the staff. */
  outcome: IngestOutcome;
  /** The message; `null` while it waits. */
  message: OrderMessageDto | null;
  /** Why it waits, or waited. */
  reason: TriageReason | null;
}

/** A band of risk. */
export type ChurnBand =
  /** Below both others. */
  | 'low'
  /** In between. */
  | 'medium'
  /** From the highest bound. */
  | 'high';

/** From which probability on which band. */
export interface ChurnBands {
  /** The least probability of a medium risk. */
  medium: number;
  /** The least probability of a high risk. */
  high: number;
}

/** What one driver contributes. */
export interface ChurnContribution {
  /** The name of the driver. */
  name: string;
  /** The number, as given; none, if it is missing and taken as typical. */
  value: number | null;
  /** By how much it raises (above 0) or lowers the log-odds. */
  contribution: number;
}

/** Something that raises or lowers the risk. */
export interface ChurnDriver {
  /** Its name. */
  name: string;
  /** By how much one unit changes the log-odds of leaving: the odds become e^coefficient times as great. */
  coefficient: number;
  /** The typical customer's number, which contributes nothing. */
  typical: number;
  /** Lower numbers count as this one. */
  lowest: number;
  /** Higher numbers count as this one. */
  highest: number;
}

/** One driver of a risk to lose a customer. */
export interface ChurnDriverFact {
  /** What it is, in words. */
  name: string;
  /** What it is for this customer: a number or a text. */
  value: unknown;
  /** What it is for others: a number or a text. */
  usual: unknown;
}

/** Why a customer may leave. */
export interface ChurnExplanation {
  /** How likely that is. */
  risk: Level;
  /** Why, in two or three sentences. */
  explanation: string;
  /** What drives the customer away. */
  drivers: ExplainedChurnDriver[];
  /** What to do next. */
  recommendation: string;
}

/** A computed risk to lose a customer. */
export interface ChurnFacts {
  /** Its band: `Low`, `Medium` or `High`. */
  level: string;
  /** The probability from 0 to 1. */
  probability: number;
  /** What drives it, the strongest first. */
  drivers?: ChurnDriverFact[] | undefined;
}

/** A logistic model of leaving, versioned: log-odds = baseline + Σ coefficient · (number − typical). */
export interface ChurnModel {
  /** Of this set of parameters; results repeat it. */
  version: string;
  /** The log-odds of the typical customer. */
  baseline: number;
  /** The drivers, in the order of the values. */
  drivers: ChurnDriver[];
  /** The bands. */
  bands: ChurnBands;
  /** How many reasons are named at most. */
  reasons: number;
}

/** The risk that a customer leaves, with its reasons. */
export interface ChurnRisk {
  /** The version of the model. */
  version: string;
  /** The probability of leaving, from 0 to 1. */
  probability: number;
  /** Its log-odds, ln(p / (1 − p)): the baseline plus the contributions in their order. */
  logOdds: number;
  /** The log-odds of the typical customer. */
  baseline: number;
  /** The band. */
  band: ChurnBand;
  /** The drivers, in the order of the model. */
  contributions: ChurnContribution[];
  /** The names of those that raise the risk most, the greatest first. */
  reasons: string[];
}

export type ClosedThread =
  /** It opens the thread again. */
  | 'reopen'
  /** It is refused with `thread.closed`. */
  | 'refuse'
  /** It is added, and the thread stays closed. */
  | 'append';

/** One communication of a `SentimentReport`. */
export interface CommunicationSentiment {
  /** Its day, if the answer names it. */
  date: Day | null;
  /** From −2, very negative, to 2, very positive. */
  score: number;
  /** What it is about. */
  themes: string[];
  /** What is wrong. */
  issues: string[];
  /** What could be better. */
  opportunities: string[];
}

/** When a rule applies. */
export type Condition =
  /** Always. */
  | 'always'
  /** When the fact holds. */
  | {
      fact: Fact;
    }
  /** When the condition does not hold. */
  | {
      not: Condition;
    }
  /** When all hold. */
  | {
      all: Condition[];
    }
  /** When one holds. */
  | {
      any: Condition[];
    };

export type ContactKind =
  /** An address of electronic mail. */
  | 'email'
  /** A telephone number, for calls and text messages. */
  | 'phone'
  /** A number of WhatsApp. */
  | 'whatsapp'
  /** A name or id of Instagram. */
  | 'instagram'
  /** Anything else, compared as it is. */
  | 'custom';

/** An address of a party: personal data. */
export interface ContactPoint {
  /** What kind of address it is. */
  kind: ContactKind;
  /** What it is compared by: unique per tenant and kind. See `match_key`. */
  key: string;
  /** The address as the host wrote it. */
  address: string;
}

/** What a person wrote: the only part of a message that can go. It is kept apart from the message row, which never changes and holds only a salted hash of it. */
export interface Content {
  /** What is left of it. */
  state: ContentState;
  /** The text. */
  text: string;
  /** The files. */
  attachments?: Attachment[] | undefined;
  /** The host's own facts: an open JSON object. */
  metadata?: Record<string, unknown> | undefined;
  /** The whole text as it arrived, where quoted text or a signature was cut off. */
  original?: string | undefined;
  /** A short subject line. */
  title?: string | undefined;
}

export type ContentState =
  /** All of it. */
  | 'present'
  /** Parts or all of it were removed by somebody entitled to. */
  | 'redacted'
  /** Gone with the person. */
  | 'erased';

/** When, where and in which terms facts are looked at. Nothing is taken from the machine. */
export interface ContextSettings {
  /** The present. */
  now: Timestamp;
  /** The name of the business, as letters are signed. */
  company?: string | null | undefined;
  /** The currency that a prompt counts in; that of most payments by default. */
  currency?: string | null | undefined;
  /** Where the seasons are; in the north by default. */
  hemisphere?: Hemisphere | undefined;
  /** The holidays of the tenant's calendar. */
  holidays?: Holiday[] | undefined;
  /** When somebody of 29 February has an anniversary; on 28 February by default. */
  leapDay?: LeapDay | undefined;
  /** The language of dates and numbers, as `de`; that of the prompt by default. */
  locale?: string | null | undefined;
  /** How many days ahead an occasion is looked for; 30 by default. */
  occasionDays?: number | undefined;
  /** What is known about appliances; the shipped profiles by default. */
  profiles?: ApplianceProfilesInput | null | undefined;
  /** The zone whose clock tells days apart; UTC by default. */
  zone?: string | undefined;
}

/** How many messages and events a thread has had. The public counters count only what everybody who may read the thread can see, so that a customer's numbers have no gap where a note stands. */
export interface Counters {
  /** The sequence number of the newest message. */
  messages: number;
  /** The public number of the newest public message. */
  publicMessages: number;
  /** The sequence number of the newest event. */
  events: number;
  /** The public number of the newest public event. */
  publicEvents: number;
}

/** What is posted to a job's timeline. Enumerations are read in any spelling. */
export interface CreateCustomerMessageInput {
  /** `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, … */
  type: Topic;
  /** The text. */
  body: string;
  /** The intended channel; `PORTAL` by default. */
  channel?: Channel | null | undefined;
  /** The host's own facts. */
  metadataJson?: Record<string, unknown> | null | undefined;
  /** Who wrote the text; `HUMAN` by default. */
  source?: Origin | null | undefined;
  /** A title; the tenant's title for the type by default. */
  title?: string | null | undefined;
}

/** What is posted to an order's thread. */
export interface CreateOrderMessage {
  /** The files. */
  attachments?: AttachmentInput[] | undefined;
  /** Where it comes from; `in_app` by default. */
  channel?: Channel | null | undefined;
  /** The text. */
  content?: string | undefined;
  /** Whether only administrators may see it. */
  isInternal?: boolean | undefined;
  /** The role that a client claims: refused unless it is the principal's. */
  role?: Role | null | undefined;
}

/** A customer. */
export interface Customer {
  /** The host's id. */
  id: Ref;
  /** The name, as messages greet by it. */
  name: string;
  /** The first instant as a customer, if it is known. */
  createdAt?: Timestamp | null | undefined;
  /** The language that the customer reads, as a tag of BCP 47. */
  language?: string | null | undefined;
}

/** Something that a customer did. */
export interface CustomerActivity {
  /** Its kind, as the model names it: `purchase`, `reply`, … */
  kind: string;
  /** How many days ago. */
  ageDays: number;
}

/** Everything about one customer that prompts may tell. What a prompt does not use may be left out. */
export interface CustomerFacts {
  /** The customer. */
  customer: Customer;
  /** The log, in any order. */
  activities?: Activity[] | undefined;
  /** The appliances. */
  appliances?: Appliance[] | undefined;
  /** The expenses for the customer and for the jobs, in any order. */
  expenses?: Expense[] | undefined;
  /** How the customer has judged, in any order. */
  feedback?: Feedback[] | undefined;
  /** The customer's jobs, in any order. */
  jobs?: Job[] | undefined;
  /** The payments, in any order. */
  payments?: Payment[] | undefined;
  /** What the customer wishes of them. */
  technicianPreferences?: TechnicianPreference[] | undefined;
  /** The technicians of the business. */
  technicians?: Technician[] | undefined;
}

/** What is expected of one customer. */
export interface CustomerLifetimeValue {
  /** Who. */
  customer: PartyId;
  /** Purchases after the first one. */
  repeatPurchases: number;
  /** The probability that the customer has not left. */
  alive: number;
  /** The purchases to come within the months. */
  expectedPurchases: number;
  /** What one of them is expected to be worth. */
  expectedSpend: Money;
  /** The purchases to come times their worth, discounted. Costs are not in it. */
  value: Money;
}

/** A message to a customer about a job. */
export interface CustomerMessage {
  /** The subject line. */
  title: string;
  /** The message with its greeting. */
  message: string;
}

/** A message of a job's timeline. */
export interface CustomerMessageDto {
  /** The id. */
  id: MessageId;
  /** The job, as the host named it. */
  jobId: string;
  /** `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, … */
  type: string;
  /** The intended channel: `PORTAL`, `EMAIL`, `SMS`, … */
  channel: string;
  /** `SYSTEM`, `HUMAN` or `AI_SUGGESTED`. */
  source: string;
  /** The title. */
  title: string | null;
  /** The text. */
  body: string;
  /** When it was posted. */
  createdAt: Timestamp;
  /** When the customer first read it. */
  readAt: Timestamp | null;
  /** The host's own facts; customers never see them. */
  metadataJson: Record<string, unknown> | null;
}

/** The scores of one customer. */
export interface CustomerRfm {
  /** Who. */
  customer: PartyId;
  /** Whole days from the last purchase to the reference. */
  recencyDays: number;
  /** Days with a purchase. */
  frequency: number;
  /** The sum of the purchases. */
  monetary: Money;
  /** The three scores from 1 to 5 as one number, 555 the best. */
  code: number;
  /** The segment of the code. */
  segment: string;
}

/** A day as `2026-03-01`. */
export type Day = string;

/** What has changed in a conversation since a cursor. */
export interface Delta {
  /** The messages that are new or have changed, as they are now, in the order of their places. */
  messages: Message[];
  /** Where to go on. */
  cursor: number;
  /** Whether there is more already. */
  more: boolean;
  /** The thread, as it is now. */
  thread?: Thread | undefined;
}

export type Disposition =
  /** Beside the message. */
  | 'attachment'
  /** Inside the message. */
  | 'inline';

/** What was left out of a list. */
export interface Dropped {
  /** The path of the list. */
  list: string;
  /** The items that are shown. */
  kept: number;
  /** The items that are not. */
  omitted: number;
}

/** The first and the last day that a phrase allows. */
export interface DueDays {
  /** The first day. */
  earliest: Day;
  /** The last day. For a single day it is the first. */
  latest: Day;
}

export type Effect =
  /** Lets it happen, unless something forbids it. */
  | 'permit'
  /** Stops it, whatever permits it. */
  | 'forbid';

/** An engagement score with its parts. */
export interface Engagement {
  /** The version of the model. */
  version: string;
  /** From 0 to 100, to the nearest hundredth. */
  score: number;
  /** The kinds that the model knows, by name; the contributions sum to the score, by largest remainders. */
  parts: EngagementPart[];
  /** Activities of kinds that the model does not know. */
  unknown: number;
}

/** How activities become a score from 0 to 100, versioned. Each activity weighs w · 2^(−age / half-life); the score of their sum s is 100 (1 − 2^(−s / half)): `half` gives 50, twice that 75, and no activity is worth nothing to the busiest customer. */
export interface EngagementModel {
  /** Of this set of parameters; results repeat it. */
  version: string;
  /** After how many days an activity weighs half. */
  halfLifeDays: number;
  /** The weighted sum that is worth 50 points. */
  half: number;
  /** The weight of each kind of activity, from 0. */
  weights: Record<string, number>;
}

/** What one kind of activity contributes. */
export interface EngagementPart {
  /** The kind. */
  kind: string;
  /** How many activities there were. */
  activities: number;
  /** Their weighted sum. */
  weight: number;
  /** Its part of the score. */
  contribution: number;
}

/** An event in its place. */
export interface Event {
  /** The id: the same in every replay. */
  id: EventId;
  /** The tenant. */
  tenant: TenantId;
  /** The place among all events of the store. */
  position: number;
  /** The place in its stream, from 1 without a gap. */
  seq: number;
  /** The stream it belongs to. */
  stream: Stream;
  /** What happened. */
  type: EventKind;
  /** When. */
  at: Timestamp;
  /** What kind of actor. */
  actorKind: PrincipalKind;
  /** How many events lie between this one and a person's action. */
  depth: number;
  /** Who may learn of it. */
  visibility: Visibility;
  /** Ids and facts, never text of people. */
  data: Record<string, unknown>;
  /** Who did it. */
  actor?: PartyId | undefined;
  /** The event that led to this one. */
  causation?: EventId | undefined;
  /** The host's id of the request, or of the whole flow. */
  correlation?: string | undefined;
  /** The customer acted for. */
  onBehalfOf?: PartyId | undefined;
  /** The place among the public events of its stream; absent when it is internal. */
  publicSeq?: number | undefined;
  /** The storefront. */
  store?: StoreId | undefined;
}

/** The id of a event: a UUID. */
export type EventId = string & { readonly __id?: 'event' };

export type EventKind =
  /** A storefront was added or changed. */
  | 'storefront.changed'
  /** A party was added or changed. */
  | 'party.changed'
  /** A party's personal data was erased. */
  | 'party.erased'
  /** A job, an order or another subject was added or changed. */
  | 'subject.changed'
  /** A payment was added or changed. */
  | 'payment.changed'
  /** A follow-up is to be done. */
  | 'followup.created'
  /** A message about a follow-up is planned. */
  | 'followup.scheduled'
  /** The message about a follow-up was sent. */
  | 'followup.sent'
  /** A follow-up was done. */
  | 'followup.completed'
  /** The customer did not answer a follow-up. */
  | 'followup.no_response'
  /** The message about a follow-up could not be sent. */
  | 'followup.failed'
  /** Something has made a follow-up pointless. */
  | 'followup.cancelled'
  /** Somebody has decided against a follow-up. */
  | 'followup.dismissed'
  /** Something else about a follow-up changed. */
  | 'followup.changed'
  /** A thread began. */
  | 'thread.created'
  /** A thread is open again. */
  | 'thread.reopened'
  /** A thread waits for the customer or a third party. */
  | 'thread.pending'
  /** A thread is out of sight for a while. */
  | 'thread.snoozed'
  /** A snoozed thread woke. */
  | 'thread.unsnoozed'
  /** A thread was resolved. */
  | 'thread.resolved'
  /** A thread was closed. */
  | 'thread.closed'
  /** A thread has an assignee. */
  | 'thread.assigned'
  /** A thread has no assignee any more. */
  | 'thread.unassigned'
  /** A thread has another priority. */
  | 'thread.priority_changed'
  /** The tags of a thread changed. */
  | 'thread.tagged'
  /** Somebody joined a thread. */
  | 'thread.participant_added'
  /** Somebody left a thread. */
  | 'thread.participant_removed'
  /** A thread was merged into another. */
  | 'thread.merged'
  /** The customer was answered for the first time. */
  | 'thread.first_response'
  /** A message was posted. */
  | 'message.created'
  /** Messages were read. */
  | 'message.read'
  /** Messages were marked unread. */
  | 'message.unread'
  /** A message was corrected by a later one. */
  | 'message.corrected'
  /** A message was retracted. */
  | 'message.retracted'
  /** A reaction was added or withdrawn. */
  | 'message.reacted'
  /** Text of a message was redacted. */
  | 'message.redacted'
  /** The text of a message was erased with the person. */
  | 'message.erased'
  /** A message from outside waits for somebody to say where it belongs. */
  | 'inbound.triaged'
  /** A message from outside was put into its conversation by hand. */
  | 'triage.assigned'
  /** A message from outside belongs to no conversation. */
  | 'triage.dismissed'
  /** The access rules or the policy of the tenant changed. */
  | 'access.policy_changed'
  /** A checkpoint of the audit trail was made. */
  | 'audit.checkpointed';

/** What a customer or a job has cost. */
export interface Expense {
  /** How much; not below zero. */
  amount: Money;
  /** When. */
  incurredAt: Timestamp;
  /** What for. */
  category: ExpenseCategory;
  /** Whom it was for; the customer of the facts by default. */
  customer?: Ref | null | undefined;
  /** The host's id. What stands twice under one id counts once. */
  id?: string | null | undefined;
  /** The job that it was for. It is a job of the same customer. */
  job?: Ref | null | undefined;
}

export type ExpenseCategory =
  /** Spare parts and material. */
  | 'parts'
  /** Hours of work. */
  | 'labour'
  /** Journeys. */
  | 'travel'
  /** Work of others. */
  | 'subcontract'
  /** Tools and machines. */
  | 'equipment'
  /** Fees. */
  | 'fees'
  /** Anything else. */
  | 'other';

/** One driver of a `ChurnExplanation`. */
export interface ExplainedChurnDriver {
  /** What drives the customer away. */
  driver: string;
  /** What shows it. */
  evidence: string;
}

/** Why a policy decides as it does. */
export interface Explanation {
  /** The action asked for. */
  action: Action;
  /** The principal's roles. */
  roles: RoleSet;
  /** Whether it may happen. */
  allowed: boolean;
  /** The permits that apply. */
  permittedBy: string[];
  /** The forbids that apply, or that cannot be ruled out. */
  forbiddenBy: string[];
  /** The permits for these roles that do not apply, and what each lacks. */
  lacking: Lacking[];
  /** What the permits that apply ask for. */
  obligations: Obligation[];
}

/** A record's id in another system. */
export interface ExternalRef {
  /** The id there. */
  value: string;
  /** The system; `host` by default. */
  system?: string | undefined;
}

export type Fact =
  /** The record belongs to the principal's tenant. */
  | 'same_tenant'
  /** The record has no storefront, or one within the principal's scope. */
  | 'same_store'
  /** The principal's scope covers the record's storefront. */
  | 'member'
  /** The subject is the principal's own: its customer is the principal. */
  | 'owns'
  /** The principal's supplier stands in the fulfilment snapshot. */
  | 'fulfils'
  /** The principal's reseller operates the storefront. */
  | 'operates'
  /** The subject or the thread is assigned to the principal. */
  | 'assigned'
  /** The principal takes part in the thread. */
  | 'participant'
  /** The principal acts for the record's customer. */
  | 'on_behalf'
  /** The principal wrote the record. */
  | 'author'
  /** The record is young enough for its author to take it back. */
  | 'within_undo_window'
  /** The record is public. */
  | 'public'
  /** The record is public, or a role of the principal is in its audience. */
  | 'in_audience'
  /** It happens inside a draft. */
  | 'draft'
  /** A reason was given. */
  | 'reason_given'
  /** The customer's records may only be stored. */
  | 'restricted'
  /** The request claims a role that is not the principal's. */
  | 'role_claimed'
  /** The subject is completed. */
  | 'completed'
  /** A valid survey token came along. */
  | 'token'
  /** The work is required by law or by the person's own request. */
  | 'legal_duty';

/** What fails at which age. */
export interface FailurePoint {
  /** The component. */
  component: string;
  /** From this age in years; from the beginning by default. */
  ageFrom: number;
  /** Until before this age in years; for ever by default. */
  ageTo?: number | undefined;
}

/** What fails at which age. */
export interface FailurePointInput {
  /** The component. */
  component: string;
  /** From this age in years; from the beginning by default. */
  ageFrom?: number | undefined;
  /** Until before this age in years; for ever by default. */
  ageTo?: number | null | undefined;
}

/** A judgement of the customer. */
export interface Feedback {
  /** What was asked. */
  kind: FeedbackKind;
  /** The score on the scale. */
  score: number;
  /** When it was given. */
  createdAt: Timestamp;
  /** The customer's words. */
  comment?: string | null | undefined;
  /** Who gave it; the customer of the facts by default. */
  customer?: Ref | null | undefined;
  /** The job that it is about. */
  job?: Ref | null | undefined;
  /** The highest score; that of the usual scale by default. */
  scaleMax?: number | null | undefined;
  /** The lowest score; that of the usual scale by default. */
  scaleMin?: number | null | undefined;
  /** The technician that it is about. */
  technician?: Ref | null | undefined;
}

export type FeedbackKind =
  /** A review of a job. */
  | 'job_review'
  /** A mark for a technician. */
  | 'technician_rating'
  /** A mark in a follow-up. */
  | 'follow_up'
  /** Customer satisfaction. */
  | 'csat'
  /** The net promoter score. */
  | 'nps'
  /** The customer effort score. */
  | 'ces';

/** What a customer brings and costs in one currency. */
export interface Financials {
  /** The currency. */
  currency: string;
  /** The payments, and what went back. */
  payments: number;
  /** The expenses. */
  expenses: number;
  /** What was paid, less what went back. */
  revenue: Money;
  /** What was spent for the customer and the jobs, each expense once. */
  costs: Money;
  /** Revenue less costs. */
  profit: Money;
  /** The completed jobs, without those that were paid in other currencies alone. */
  completedJobs: number;
  /** Revenue over completed jobs, to the minor unit, halves away from zero; absent without jobs. */
  averageRevenuePerJob?: Money | undefined;
}

/** Something that is wrong with the trail. */
export type Finding =
  /** The bytes of an entry are not those that were sealed. */
  | {
      finding: 'changed';
      /** The entry. */
      seq: number;
    }
  /** A personal value is not the one that was committed to. */
  | {
      finding: 'private_changed';
      /** The entry. */
      seq: number;
    }
  /** Entries are missing between two others. */
  | {
      finding: 'removed';
      /** The last one before the gap. */
      after: number;
      /** The first one behind it. */
      before: number;
    }
  /** An entry does not follow the one before it. */
  | {
      finding: 'relinked';
      /** The entry. */
      seq: number;
    }
  /** An entry stands where an earlier one should not: twice, or out of order. */
  | {
      finding: 'misplaced';
      /** The entry. */
      seq: number;
    }
  /** The newest entries are gone: something that knows them says more than there is. */
  | {
      finding: 'cut_tail';
      /** The last entry that is there. */
      found: number;
      /** The last entry that was known. */
      expected: number;
    }
  /** An entry was sealed with a key that is not in the ring. */
  | {
      finding: 'unknown_key';
      /** The entry. */
      seq: number;
    }
  /** The head is not sealed with a key of the ring, or is missing. */
  | {
      finding: 'head_forged';
    }
  /** The entries are not those that a checkpoint was made over. */
  | {
      finding: 'checkpoint_mismatch';
      /** The last entry of the checkpoint. */
      toSeq: number;
    }
  /** A message row is not the one that the trail says was committed. */
  | {
      finding: 'message_changed';
      /** The entry about the message. */
      seq: number;
    }
  /** A message that the trail says was committed is not there. */
  | {
      finding: 'message_missing';
      /** The entry about the message. */
      seq: number;
    };

/** Something to be done for a customer after a service, or that was done. */
export interface Followup {
  /** The id. */
  id: FollowupId;
  /** The tenant. */
  tenant: TenantId;
  /** Whom it is for. */
  customer: PartyId;
  /** What it is about, canonical spelling: `service`, `complaint`, … */
  kind: string;
  /** Where it stands. */
  state: FollowupState;
  /** When the record was made. */
  createdAt: Timestamp;
  /** Counts the changes of the record, from 1. */
  version: number;
  /** When it is to be done. */
  dueAt?: Timestamp | undefined;
  /** The job that it is after. */
  job?: SubjectId | undefined;
  /** Who recorded that; nobody where the software did. */
  loggedBy?: PartyId | undefined;
  /** What colleagues should know. */
  note?: string | undefined;
  /** When it was done, or no answer was waited for any longer. */
  occurredAt?: Timestamp | undefined;
  /** What the customer said. */
  result?: FollowupResult | undefined;
  /** The storefront: the job's, where there is one. */
  store?: StoreId | undefined;
}

/** The id of a followup: a UUID. */
export type FollowupId = string & { readonly __id?: 'followup' };

/** What to write to a customer next. */
export interface FollowupPlan {
  /** Two or three. */
  suggestions: FollowupSuggestion[];
}

/** Which follow-ups to list. Everything that is given must hold. */
export interface FollowupQuery {
  /** Only those after this follow-up of the page before. */
  after?: FollowupId | null | undefined;
  /** This customer's. */
  customer?: Ref | null | undefined;
  /** Not before; see the order. */
  from?: Timestamp | null | undefined;
  /** After this job. */
  job?: Ref | null | undefined;
  /** At most so many, from 1 to 1,000. */
  limit?: number | undefined;
  /** Any of these states; all of them by default. */
  state?: FollowupState[] | undefined;
  /** Before: with open states, what is due. */
  until?: Timestamp | null | undefined;
}

/** What the customer said. */
export interface FollowupResult {
  /** In the customer's words. */
  comment?: string | null | undefined;
  /** How satisfied the customer is, from 1 to 5. */
  rating?: number | null | undefined;
}

export type FollowupState =
  /** It is to be done. */
  | 'pending'
  /** A message about it is planned for its date. */
  | 'scheduled'
  /** The message was sent; the customer may answer. */
  | 'sent'
  /** It was done. */
  | 'completed'
  /** The customer did not answer. */
  | 'no_response'
  /** The message could not be sent. */
  | 'failed'
  /** Something has made it pointless. */
  | 'cancelled'
  /** Somebody has decided against it. */
  | 'dismissed';

/** One suggestion of a `FollowupPlan`. */
export interface FollowupSuggestion {
  /** What it is about. */
  title: string;
  /** Why it is worth it. */
  reason: string;
  /** When, as `due`(super::due) reads it. */
  timing: string;
  /** The message with its greeting. */
  draftMessage: string;
}

export type Format =
  /** Not at all. */
  | 'plain'
  /** CommonMark. */
  | 'markdown'
  /** HTML that the host has sanitised. */
  | 'html_sanitised';

/** A page of hits, newest first. */
export interface Found {
  /** The hits. */
  hits: Hit[];
  /** How many hits there are in all. */
  total: Total;
  /** The `before` of the next page; absent at the end. */
  next?: MessageId | undefined;
}

/** An answer, and how it came about. */
export interface GeneratedCallSummary {
  /** The answer. */
  answer: CallSummary;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedChurnExplanation {
  /** The answer. */
  answer: ChurnExplanation;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedCustomerMessage {
  /** The answer. */
  answer: CustomerMessage;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedInsightCards {
  /** The answer. */
  answer: InsightCards;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedMessageReply {
  /** The answer. */
  answer: MessageReply;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedRelationshipSummary {
  /** The answer. */
  answer: RelationshipSummary;
  /** How it came about. */
  provenance: Provenance;
}

/** An answer, and how it came about. */
export interface GeneratedSurveyDraft {
  /** The answer. */
  answer: SurveyDraft;
  /** How it came about. */
  provenance: Provenance;
}

/** What an answer is checked against. What is not given is not checked, links excepted: without any text that was sent, every link is foreign. */
export interface Given {
  /** The name of the business: `[Company]` becomes it. */
  company?: string | null | undefined;
  /** How many entries a list must have, by the name of its field, where what was sent decides it: one for each communication, say. */
  counts?: Record<string, number> | undefined;
  /** The customer's name: a draft greets by it, and `[Customer's Name]` becomes it. */
  customerName?: string | null | undefined;
  /** The form that the model was asked for. */
  form?: AnswerForm | undefined;
  /** What references may name, by the name that the declaration calls it. Where nothing is offered, an answer has to say that there is none. */
  options?: Record<string, Offered[]> | undefined;
  /** The texts that were sent. A link that stands in none of them is foreign. */
  texts?: string[] | undefined;
}

/** A greeting, and what it is for. */
export interface Greeting {
  /** The answer. */
  answer: OccasionMessage;
  /** The occasion. */
  occasion: Occasion;
  /** What there is to celebrate within a year, the nearest first. */
  upcoming: Occasion[];
  /** How the answer came about. */
  provenance: Provenance;
}

/** A health score with its explanation. `computed` is the weighted mean to the nearest hundredth. The contributions are hundredths too, apportioned by largest remainders: baseline + contributions = computed, exactly. */
export interface Health {
  /** The version of the model. */
  version: string;
  /** The score, from 0 to 100: the one that was set, else the computed one; none without enough values. */
  score: number | null;
  /** Its colour. */
  colour: HealthColour | null;
  /** The computed score. */
  computed: number | null;
  /** What a person has set. */
  overridden: HealthOverride | null;
  /** Where contributions are counted from. */
  baseline: number;
  /** The parts, in the order of the model. */
  parts: HealthContribution[];
  /** The groups, by name. */
  groups: HealthGroup[];
  /** Which part of the weights has a value, from 0 to 1. */
  coverage: number;
  /** Against the period before, if its score is known. */
  trend: HealthTrend | null;
}

/** From how many points on which colour; below the first it is red. */
export type HealthBands =
  /** Red, yellow and green. */
  | {
      kind: 'three';
      /** The least points of yellow. */
      yellow: number;
      /** The least points of green. */
      green: number;
    }
  /** Red, orange, yellow, lime and green. */
  | {
      kind: 'five';
      /** The least points of orange. */
      orange: number;
      /** The least points of yellow. */
      yellow: number;
      /** The least points of lime. */
      lime: number;
      /** The least points of green. */
      green: number;
    };

/** A colour of health. */
export type HealthColour =
  /** The worst. */
  | 'red'
  /** Of five colours, the second. */
  | 'orange'
  /** The middle. */
  | 'yellow'
  /** Of five colours, the fourth. */
  | 'lime'
  /** The best. */
  | 'green';

/** What one part contributes. */
export interface HealthContribution {
  /** The name of the part. */
  name: string;
  /** Its group. */
  group: string | null;
  /** What was measured; none, if it is missing. */
  value: number | null;
  /** Its points, from 0 to 100. */
  points: number | null;
  /** Its part of the weights that are present, from 0 to 1; 0, if it is missing. */
  weight: number;
  /** By how many points it raises or lowers the score from the baseline. */
  contribution: number;
}

/** Where a score goes. */
export type HealthDirection =
  /** Up by more than what is steady. */
  | 'improving'
  /** Neither. */
  | 'steady'
  /** Down by more than what is steady. */
  | 'declining';

/** What a group of parts contributes. */
export interface HealthGroup {
  /** Its name. */
  name: string;
  /** The weighted mean of its parts; none, if all are missing. */
  points: number | null;
  /** The sum of the contributions of its parts. */
  contribution: number;
}

/** How a health score is made, versioned. */
export interface HealthModel {
  /** Of this set of parameters; results repeat it. */
  version: string;
  /** The parts, in the order of the values. */
  parts: HealthPart[];
  /** The score from which contributions are counted, from 0 to 100: what is above raises, what is below lowers. With 0 all contributions raise. */
  baseline: number;
  /** The colours. */
  bands: HealthBands;
  /** Which part of the weights has to have a value for there to be a score, from 0 to 1. */
  leastCoverage: number;
  /** By how many points a score may change and be steady. */
  steadyWithin: number;
}

/** How a health score is made, versioned. */
export interface HealthModelInput {
  /** Of this set of parameters; results repeat it. */
  version: string;
  /** The parts, in the order of the values. */
  parts: HealthPartInput[];
  /** The score from which contributions are counted, from 0 to 100: what is above raises, what is below lowers. With 0 all contributions raise. */
  baseline: number;
  /** The colours. */
  bands: HealthBands;
  /** Which part of the weights has to have a value for there to be a score, from 0 to 1. */
  leastCoverage: number;
  /** By how many points a score may change and be steady. */
  steadyWithin: number;
}

/** A score that a person has set, instead of the computed one. */
export interface HealthOverride {
  /** From 0 to 100. */
  score: number;
  /** Why. */
  reason: string;
}

/** One part of a health score. */
export interface HealthPart {
  /** Its name. */
  name: string;
  /** What it belongs to, such as adoption or return on investment. */
  group: string | null;
  /** How much it weighs against the others. */
  weight: number;
  /** How it becomes points. */
  scale: HealthScale;
}

/** One part of a health score. */
export interface HealthPartInput {
  /** Its name. */
  name: string;
  /** How much it weighs against the others. */
  weight: number;
  /** How it becomes points. */
  scale: HealthScale;
  /** What it belongs to, such as adoption or return on investment. */
  group?: string | null | undefined;
}

/** How a measured number becomes points from 0 to 100. */
export type HealthScale =
  /** It is points already. */
  | {
      kind: 'points';
    }
  /** In proportion from `worst`, 0 points, to `best`, 100, and no further. `worst` may be the greater one. */
  | {
      kind: 'linear';
      /** What gives no points. */
      worst: number;
      /** What gives all points. */
      best: number;
    }
  /** The points of the last step that is not above the number; 0 below the first. */
  | {
      kind: 'steps';
      /** Ascending. */
      steps: HealthStep[];
    };

/** One step of a scale. */
export interface HealthStep {
  /** From this number on. */
  from: number;
  /** So many points, from 0 to 100. */
  points: number;
}

/** A score against that of the period before. */
export interface HealthTrend {
  /** The score of the period before. */
  previous: number;
  /** The score minus that. */
  change: number;
  /** Where it goes. */
  direction: HealthDirection;
}

/** Half of the globe. */
export type Hemisphere =
  /** Of the northern summer in June. */
  | 'north'
  /** Of the southern summer in December. */
  | 'south';

/** One hit of a search. */
export interface Hit {
  /** The message. */
  message: Message;
  /** Its thread. */
  thread: Thread;
  /** The part of the text that was found, with its highlights. */
  snippet: Snippet;
}

/** A holiday of the tenant's calendar. */
export interface Holiday {
  /** The name: `Easter`. */
  name: string;
  /** The day. A holiday of every year stands here once for each. */
  day: Day;
}

/** A message as a host's webhook has it. */
export interface InboundMessage {
  /** The channel that it came by. */
  channel: Channel;
  /** Which of the host's accounts at the provider received it; none by default. */
  account: string;
  /** The sender's address as the channel has it. */
  from: string;
  /** The addresses that it was sent to. One with `+` and a thread's id before its `@` leads there. */
  to: string[];
  /** The headers of a mail by their names, in any case. */
  headers: Record<string, string>;
  /** The files. */
  attachments: Attachment[];
  /** The text in HTML: looked at when there is no plain text. */
  html?: string | undefined;
  /** The provider's id of the message that it answers; of a mail, the headers say so. */
  inReplyTo?: string | undefined;
  /** The host's own facts; customers and partners never see them. */
  metadata?: Record<string, unknown> | undefined;
  /** When it was written. */
  occurredAt?: Timestamp | undefined;
  /** The order or job that it is about: its number, or the host's id. */
  orderRef?: string | undefined;
  /** The provider's id of it, of a mail its `Message-ID`: a delivery is taken once. Without one, every delivery is another message. */
  providerRef?: string | undefined;
  /** Whether the channel vouches for the sender, of a mail by DMARC (RFC 7489). A message whose sender is known to be false goes to triage. */
  senderVerified?: boolean | undefined;
  /** The subject line. */
  subject?: string | undefined;
  /** The text. */
  text?: string | undefined;
}

/** A message as a host's webhook has it. */
export interface InboundMessageInput {
  /** The channel that it came by. */
  channel: Channel;
  /** The sender's address as the channel has it. */
  from: string;
  /** Which of the host's accounts at the provider received it; none by default. */
  account?: string | undefined;
  /** The files. */
  attachments?: AttachmentInput[] | undefined;
  /** The headers of a mail by their names, in any case. */
  headers?: Record<string, string> | undefined;
  /** The text in HTML: looked at when there is no plain text. */
  html?: string | null | undefined;
  /** The provider's id of the message that it answers; of a mail, the headers say so. */
  inReplyTo?: string | null | undefined;
  /** The host's own facts; customers and partners never see them. */
  metadata?: Record<string, unknown> | null | undefined;
  /** When it was written. */
  occurredAt?: Timestamp | null | undefined;
  /** The order or job that it is about: its number, or the host's id. */
  orderRef?: string | null | undefined;
  /** The provider's id of it, of a mail its `Message-ID`: a delivery is taken once. Without one, every delivery is another message. */
  providerRef?: string | null | undefined;
  /** Whether the channel vouches for the sender, of a mail by DMARC (RFC 7489). A message whose sender is known to be false goes to triage. */
  senderVerified?: boolean | null | undefined;
  /** The subject line. */
  subject?: string | null | undefined;
  /** The text. */
  text?: string | null | undefined;
  /** The addresses that it was sent to. One with `+` and a thread's id before its `@` leads there. */
  to?: string[] | undefined;
}

/** How messages from outside channels find their thread. */
export interface InboundPolicy {
  /** The calling code of telephone numbers without one, such as `49`. */
  callingCode: string | null;
  /** What the numbers of orders and jobs look like in a subject line: `#` stands for digits, `*` for letters and digits, everything else for itself, in any case. */
  numberPatterns: string[];
  /** The addresses of the business itself: what comes from them is not posted. */
  ownAddresses: string[];
  /** The host's statuses of jobs and orders that a message without a number is not about. */
  finishedStatuses: string[];
}

/** How messages from outside channels find their thread. */
export interface InboundPolicyInput {
  /** The calling code of telephone numbers without one, such as `49`. */
  callingCode?: string | null | undefined;
  /** The host's statuses of jobs and orders that a message without a number is not about. */
  finishedStatuses?: string[] | undefined;
  /** What the numbers of orders and jobs look like in a subject line: `#` stands for digits, `*` for letters and digits, everything else for itself, in any case. */
  numberPatterns?: string[] | undefined;
  /** The addresses of the business itself: what comes from them is not posted. */
  ownAddresses?: string[] | undefined;
}

/** Why fields are missing. */
export type IncompleteReason =
  /** There is no text. */
  | 'empty'
  /** The model declines. */
  | 'refused'
  /** The answer ends within the reasoning. */
  | 'only_reasoning'
  /** The answer repeats the JSON Schema. */
  | 'schema_echoed'
  /** The answer repeats the format with its placeholders. */
  | 'format_echoed'
  /** The answer ends in the middle. */
  | 'cut'
  /** The answer is a text without any of the labels. */
  | 'no_fields'
  /** Some fields are there and some are not. */
  | 'missing_fields';

export type IngestOutcome =
  /** It is a message of its conversation. */
  | 'posted'
  /** It was taken before: nothing has changed. */
  | 'duplicate'
  /** It waits in triage. */
  | 'triaged';

/** What has become of a delivery, and where it is. */
export interface Ingested {
  /** What has become of it. */
  outcome: IngestOutcome;
  /** The message, now or before; absent while it waits in triage. */
  message?: Message | undefined;
  /** The item of triage, with the reason and what it may be about. */
  triage?: TriageItem | undefined;
}

/** One of the `InsightCards`. */
export interface InsightCard {
  /** The headline. */
  title: string;
  /** What the data shows. */
  insight: string;
  /** What to do about it. */
  action: string;
  /** How much it matters. */
  impact: Level;
}

/** What the data of a customer shows. */
export interface InsightCards {
  /** One to four. */
  cards: InsightCard[];
}

/** A job. */
export interface Job {
  /** The host's id. */
  id: Ref;
  /** What is to be done, or was. */
  description: string;
  /** How far it is. */
  status: JobStatus;
  /** The appliances that it is about. */
  appliances?: Ref[] | undefined;
  /** When it was done: exactly if its status says so. */
  completedAt?: Timestamp | null | undefined;
  /** Whose job it is; that of the customer of the facts by default. */
  customer?: Ref | null | undefined;
  /** How it ended, in the words of the business. */
  outcome?: string | null | undefined;
  /** When it is to begin. */
  scheduledAt?: Timestamp | null | undefined;
  /** What the technician wrote down. */
  serviceRecord?: ServiceRecord | null | undefined;
  /** When it began. */
  startedAt?: Timestamp | null | undefined;
  /** Who does it, the first one foremost. */
  technicians?: Ref[] | undefined;
}

export type JobStatus =
  /** Nothing is agreed yet. */
  | 'draft'
  /** There is a date. */
  | 'scheduled'
  /** Somebody is at work. */
  | 'in_progress'
  /** The work is done. */
  | 'completed'
  /** It will not be done. */
  | 'cancelled';

/** A number about a customer. */
export interface KeyNumber {
  /** What it is, in words. */
  name: string;
  /** How much: a number or a text. */
  value: unknown;
  /** How it has changed, such as `+12%`. */
  change?: unknown | undefined;
}

/** Something that the host knows to be personal. */
export interface KnownText {
  /** What it is. */
  kind: PersonalKind;
  /** The name, the address, … */
  text: string;
}

/** A permit that does not apply. */
export interface Lacking {
  /** The rule. */
  rule: string;
  /** The facts that it asks about and that do not hold. */
  failing: Fact[];
  /** The facts that it asks about and that are not known. */
  missing: Fact[];
}

/** When somebody of 29 February has an anniversary in other years. */
export type LeapDay =
  /** On 28 February: the same month. */
  | 'february28'
  /** On 1 March: a whole year has passed. */
  | 'march1';

/** A level of risk, priority or impact. */
export type Level =
  /** Low. */
  | 'Low'
  /** Medium. */
  | 'Medium'
  /** High. */
  | 'High';

/** How far ahead, and what waiting costs. */
export interface LifetimeValueOptions {
  /** How many months ahead; 12 by default. */
  months?: number | undefined;
  /** The effective discount rate of a year; 0.1 by default. */
  yearlyRate?: number | undefined;
}

/** What is expected of all customers with a purchase. */
export interface LifetimeValues {
  /** The last instant that counted. */
  reference: Timestamp;
  /** The models: BG/NBD for purchases by the week, Gamma-Gamma for spend. */
  model: string;
  /** The customers, by their first payment. */
  customers: CustomerLifetimeValue[];
  /** Why the payments do not determine the models; then there are no customers. */
  notIdentified?: string | undefined;
}

/** How much is accepted. */
export interface Limits {
  /** Bytes of UTF-8 in a text. */
  textBytes: number;
  /** Bytes of UTF-8 of a message from an outside channel: text, HTML and headers. */
  inboundBytes: number;
  /** Bytes of UTF-8 in a title. */
  titleBytes: number;
  /** Bytes of JSON in the metadata. */
  metadataBytes: number;
  /** Files at one message. */
  attachments: number;
  /** Bytes of one file. */
  attachmentBytes: number;
  /** Tags of one thread. */
  tags: number;
  /** Participants of one thread. */
  participants: number;
}

/** How much is accepted. */
export interface LimitsInput {
  /** Bytes of one file. */
  attachmentBytes?: number | undefined;
  /** Files at one message. */
  attachments?: number | undefined;
  /** Bytes of UTF-8 of a message from an outside channel: text, HTML and headers. */
  inboundBytes?: number | undefined;
  /** Bytes of JSON in the metadata. */
  metadataBytes?: number | undefined;
  /** Participants of one thread. */
  participants?: number | undefined;
  /** Tags of one thread. */
  tags?: number | undefined;
  /** Bytes of UTF-8 in a text. */
  textBytes?: number | undefined;
  /** Bytes of UTF-8 in a title. */
  titleBytes?: number | undefined;
}

/** One entry of a `Log`. */
export interface LogEntry {
  /** Its place: the first entry has 1, and none is left out. Only a snapshot may stand alone at a later place, for all before it. */
  position: number;
  /** What was appended: one line of JSON. */
  entry: string;
}

/** A follow-up that somebody has done. Who that was is the principal. */
export interface LogFollowup {
  /** Whom it was for. */
  customer: Ref;
  /** The job that it was after. */
  job?: Ref | null | undefined;
  /** What it was about, in any spelling; `service` by default. */
  kind?: string | null | undefined;
  /** What colleagues should know. */
  note?: string | null | undefined;
  /** When it was done; now by default, never later. */
  occurredAt?: Timestamp | null | undefined;
  /** What the customer said. */
  result?: FollowupResult | null | undefined;
}

/** What an appliance will need. */
export interface MaintenanceForecast {
  /** How likely it fails. */
  risk: Level;
  /** What will need work within three months. */
  predictedNeeds: PredictedNeed[];
  /** What to do before. */
  actions: string[];
  /** When to come. */
  optimalTiming: string;
  /** What that saves. */
  costSavings: string;
  /** How urgent the alert is. */
  alertPriority: Level;
}

/** What an appliance will need. */
export interface MaintenancePrediction {
  /** The answer. */
  answer: MaintenanceForecast;
  /** The appliance, by the host's id. */
  appliance: string;
  /** The risk that rules see, whoever answered. */
  ruleRisk: Level;
  /** The type of the profile that was used. */
  profile: string;
  /** The version of the profiles. */
  profilesVersion: string;
  /** How the answer came about. */
  provenance: Provenance;
}

/** What a person has decided. */
export type ManualVip =
  /** A VIP, whatever the rules say. */
  | 'granted'
  /** No VIP, whatever the rules say. */
  | 'refused';

/** How many messages were marked read. */
export interface MarkedRead {
  /** So many. */
  updated: number;
}

export type MatchFactor =
  /** The customer's wish: 5 points. */
  | 'preferred'
  /** The customer's marks: 3 points from 4 stars on the mean, −5 below 3. */
  | 'rating'
  /** A specialty that names the appliance, its brand or the issue: 3 points. */
  | 'specialty'
  /** The last visit to the customer: 1 point. */
  | 'last_visit'
  /** A tenth of a point for each year in the trade, at most 2. */
  | 'experience';

/** One reason with its points. */
export interface MatchReason {
  /** What it is. */
  factor: MatchFactor;
  /** Its points. */
  points: number;
  /** In words. */
  reason: string;
}

/** The mean of scores with Student's interval of 95 %, cut at the ends of the scale. ``` use goodwill::analytics::{MeanScore, Sentiment}; let mood = MeanScore::sentiment(&[2.0, -1.0, 1.0, 0.0])?; assert_eq!((mood.n, mood.mean), (4, 0.5)); assert_eq!(Sentiment::of_average(mood.mean)?, Sentiment::SomewhatPositive); # Ok::<(), goodwill::Error>(()) ``` */
export interface MeanScore {
  /** The lowest score of the scale, if it has one. */
  lowest: number | null;
  /** The highest score of the scale, if it has one. */
  highest: number | null;
  /** How many scores there are. */
  n: number;
  /** Their mean. */
  mean: number;
  /** Their standard deviation, with n − 1; none of one score. */
  standardDeviation: number | null;
  /** The lower end of the 95 % interval; none of one score. */
  low: number | null;
  /** The upper end of the 95 % interval; none of one score. */
  high: number | null;
}

/** A message as the business reads it. */
export interface Message {
  /** The id. */
  id: MessageId;
  /** The thread it was posted to. */
  thread: ThreadId;
  /** The place in that thread, from 1 without a gap. */
  seq: number;
  /** Who wrote it. */
  author: Author;
  /** Who wrote the text. */
  origin: Origin;
  /** What it is for. */
  topic: Topic;
  /** Its form. */
  kind: MessageKind;
  /** Who may see it. */
  visibility: Visibility;
  /** Where it came from. */
  via: Channel;
  /** Where it is meant to go. */
  intended: Channel;
  /** How the text is marked up. */
  format: Format;
  /** What is left to read. */
  state: MessageState;
  /** The text; empty when nothing is left. */
  text: string;
  /** The files. */
  attachments: Attachment[];
  /** The emoji on it. */
  reactions: Reaction[];
  /** Who read it, the first one first; never its author. */
  readBy: ReadBy[];
  /** Whether somebody of another side than its author's has read it. */
  isRead: boolean;
  /** Whether the caller has yet to read it. */
  unread: boolean;
  /** When it was posted. */
  createdAt: Timestamp;
  /** When it was last corrected. */
  correctedAt?: Timestamp | undefined;
  /** The language of the text, BCP 47. */
  language?: string | undefined;
  /** The host's own facts. */
  metadata?: Record<string, unknown> | undefined;
  /** When it was written, if that was long before. */
  occurredAt?: Timestamp | undefined;
  /** The customer acted for. */
  onBehalfOf?: PartyId | undefined;
  /** The whole text as it arrived, where quoted text or a signature was cut off. */
  original?: string | undefined;
  /** The place among the public messages; absent when it is internal. */
  publicSeq?: number | undefined;
  /** When a customer first read it. */
  readAt?: Timestamp | undefined;
  /** The message that it answers. */
  replyTo?: MessageId | undefined;
  /** A short subject line. */
  title?: string | undefined;
}

/** Which messages to find. Everything that is given must hold. */
export interface MessageFilter {
  /** Any of these roles of the author. */
  authorRole?: Role[] | undefined;
  /** Go on before this message: the page before's `next`. */
  before?: MessageId | null | undefined;
  /** Any of these channels. */
  channel?: Channel[] | undefined;
  /** Count the hits up to here; 0 for no count. */
  countTo?: number | undefined;
  /** Posted at or after. */
  from?: Timestamp | null | undefined;
  /** Words, `"phrases"`, `prefix*` and `-without`; see `crate::search`. */
  keyword?: string | null | undefined;
  /** Any of these kinds. */
  kind?: MessageKind[] | undefined;
  /** At most so many a page, 1 to 200. */
  limit?: number | undefined;
  /** Or skip to this page, from 1. */
  page?: number | null | undefined;
  /** In which threads; its paging fields are not looked at. */
  threads?: ThreadQuery | undefined;
  /** Any of these topics. */
  topic?: Topic[] | undefined;
  /** Only what the caller has yet to read. */
  unread?: boolean | undefined;
  /** Posted before. */
  until?: Timestamp | null | undefined;
}

/** The id of a message: a UUID. */
export type MessageId = string & { readonly __id?: 'message' };

export type MessageKind =
  /** A text. */
  | 'text'
  /** One or more files, with or without text. */
  | 'attachment'
  /** Something that happened. */
  | 'system_event'
  /** A note among colleagues: never public. */
  | 'note'
  /** A survey. */
  | 'survey'
  /** The summary of a call. */
  | 'call_summary'
  /** An emoji on another message. */
  | 'reaction'
  /** The withdrawal of another message. */
  | 'retraction';

/** Some messages of a conversation, and the conversation itself. */
export interface MessageList {
  /** The messages in the order asked for. */
  messages: Message[];
  /** Whether there are more in the same direction: go on from the last one's id. */
  more: boolean;
  /** The thread; absent when nobody has written yet. */
  thread?: Thread | undefined;
}

/** The order of a list of messages. */
export type MessageOrder =
  /** From the first message on. */
  | 'oldest_first'
  /** From the last message back. */
  | 'newest_first';

/** Which messages of a conversation. */
export interface MessageQuery {
  /** Only those after this message. */
  after?: MessageId | null | undefined;
  /** Only those before this message. */
  before?: MessageId | null | undefined;
  /** At most so many, 1 to 500. */
  limit?: number | undefined;
  /** In which order. */
  order?: MessageOrder | undefined;
}

/** A reply to what a customer wrote. */
export interface MessageReply {
  /** The reply with its greeting. */
  reply: string;
  /** Whether a colleague must read the message first. */
  needsPerson: boolean;
  /** What the data does not answer, if there is anything. */
  openQuestion: string | null;
}

export type MessageState =
  /** The text as it was written. */
  | 'original'
  /** The text of a later correction. */
  | 'corrected'
  /** Nothing: its author withdrew it. */
  | 'retracted'
  /** What a redaction left. */
  | 'redacted'
  /** Nothing: it was erased with the person. */
  | 'erased';

/** What a host's own model answers, beside a text alone. */
export interface ModelAnswer {
  /** The text. */
  text: string;
  /** Whether the most tokens were reached, so that the answer is cut off. */
  cut?: boolean | undefined;
  /** The tokens of the request. */
  inputTokens?: number | undefined;
  /** The model's name. */
  model?: string | null | undefined;
  /** The tokens of the answer. */
  outputTokens?: number | undefined;
}

/** A message to a host's own model. */
export interface ModelMessage {
  /** `system`, `user` or `assistant`. */
  role: string;
  /** What is said. */
  content: string;
}

/** The language models of an engine. Without any, rules answer every prompt of the library. */
export interface ModelOptions {
  /** A SQLite file for the kept answers alone, made if there is none, so that they outlive the process; 10,000 answers unless `cached_answers` says otherwise. It may be deleted at any time. */
  answersPath?: string | null | undefined;
  /** How many answers are kept and given again; none by default. They are kept in memory, or in `answers_path`. */
  cachedAnswers?: number | null | undefined;
  /** Seconds for which the answers to a prompt are kept, by its id; an hour otherwise, and 0 keeps none. */
  keepSeconds?: Record<string, number> | undefined;
  /** Seconds for a call, from the question to the answer; 60 by default. */
  patienceSeconds?: number | null | undefined;
  /** The host's own prompts, which go before those of the library. The head of each declares its answer. */
  prompts?: PromptText[] | undefined;
  /** The services, asked in this order: the next one when one cannot answer. */
  providers?: ModelProvider[] | undefined;
}

/** A service with a language model. */
export interface ModelProvider {
  /** What it speaks. */
  protocol: Protocol;
  /** Its address without the path of the protocol: `https://api.example.com`. */
  url: string;
  /** The model, as the service names it. */
  model: string;
  /** Calls at the same time; 8 by default. */
  atOnce?: number | null | undefined;
  /** Calls a minute, if limited. */
  callsPerMinute?: number | null | undefined;
  /** The key of the account. */
  key?: string | null | undefined;
  /** Tokens a minute, input and output together, if limited. */
  tokensPerMinute?: number | null | undefined;
}

/** A request to a host's own model, as it is given to the host's function in JSON. */
export interface ModelRequest {
  /** The messages in order. */
  messages: ModelMessage[];
  /** Texts at which the answer ends. */
  stop: string[];
  /** The most tokens of the answer. */
  maxOutputTokens?: number | undefined;
  /** The same seed gives the same answer, as far as the model knows seeds. */
  seed?: number | undefined;
  /** How far the model may stray, 0 to 2. */
  temperature?: number | undefined;
}

/** An amount of money: a decimal number as text, and a currency of ISO 4217. */
export interface Money {
  /** Such as `12.30`. */
  amount: string;
  /** Such as `EUR`. */
  currency: string;
}

/** What can be done with the status of a thread. */
export type Move =
  /** Wait for the customer or a third party. */
  | 'pend'
  /** Put out of sight until an instant, or until the customer writes. */
  | {
      snooze: Timestamp;
    }
  /** Call it answered. */
  | 'resolve'
  /** Call it over. */
  | 'close'
  /** Open it again. */
  | 'reopen';

/** Something that was offered. */
export interface NamedReference {
  /** The host's id. */
  id: string | null;
  /** The name. */
  name: string;
}

/** A Net Promoter Score (Reichheld, *The One Number You Need to Grow*, Harvard Business Review, 2003). ``` use goodwill::analytics::NetPromoterScore; let score = NetPromoterScore::from_ratings(&[10, 9, 9, 8, 7, 3])?; assert_eq!((score.promoters, score.passives, score.detractors), (3, 2, 1)); assert!((score.score - 100.0 / 3.0).abs() < 1e-12); assert!(score.low < score.score && score.score < score.high); # Ok::<(), goodwill::Error>(()) ``` */
export interface NetPromoterScore {
  /** How many ratings there are. */
  n: number;
  /** Ratings of 9 and 10. */
  promoters: number;
  /** Ratings of 7 and 8. */
  passives: number;
  /** Ratings of 0 to 6. */
  detractors: number;
  /** 100 (p − d), from −100 to 100, not rounded. */
  score: number;
  /** The lower end of the 95 % interval. */
  low: number;
  /** The upper end of the 95 % interval. */
  high: number;
}

export type Obligation =
  /** Leave contact details out. */
  | 'mask_contact'
  /** Leave amounts out. */
  | 'mask_financials'
  /** Put pseudonyms in the place of names. */
  | 'pseudonymise'
  /** Give sums, never single records. */
  | 'aggregate_only'
  /** Record a reason. */
  | 'require_reason'
  /** Use it in drafts and prompts only. */
  | 'context_only'
  /** Show what concerns the principal's own side. */
  | 'own_side_only';

/** Something to celebrate. */
export interface Occasion {
  /** What kind it is. */
  kind: OccasionKind;
  /** Its name: `Easter`, `3 years with us`. */
  name: string;
  /** Its day. */
  day: Day;
  /** The days until then; 0 on the day itself. */
  daysAway: number;
}

/** What kind of occasion it is. */
export type OccasionKind =
  /** So many years as a customer. */
  | 'service_anniversary'
  /** A holiday of the tenant's calendar. */
  | 'holiday'
  /** The season to come, where there is nothing else. */
  | 'season';

/** A greeting for a holiday or an anniversary. */
export interface OccasionMessage {
  /** The occasion. */
  occasion: string;
  /** The message with its greeting and closing. */
  message: string;
}

/** Something that a model may choose from. */
export interface Offered {
  /** The host's id. */
  id: string;
  /** The name that the prompt shows. */
  name: string;
}

/** A key that seals the audit trail. */
export interface OpenKey {
  /** Its name, which stands in every entry that it seals. */
  id: string;
  /** 32 random bytes or more, in hexadecimal digits. */
  secret: string;
}

/** How an engine is opened. */
export interface OpenOptions {
  /** The keys that seal the audit trail: the current one first, then older ones. */
  keys: OpenKey[];
  /** Reads the whole file at opening and refuses one that is damaged. */
  integrityCheck?: boolean | undefined;
  /** The language models that prompts are asked; rules answer without any. */
  models?: ModelOptions | null | undefined;
  /** The SQLite file, made if there is none; in memory by default. */
  path?: string | null | undefined;
  /** Opens for reading only. */
  readOnly?: boolean | undefined;
  /** Time and ids of the caller's, for tests and replays. */
  reproducible?: Reproducible | null | undefined;
  /** Whether an acknowledged commit survives a loss of power (the default) or only a crash of the process, which is faster. */
  survivesPowerLoss?: boolean | null | undefined;
}

/** A message of an order's thread. */
export interface OrderMessageDto {
  /** The id. */
  id: MessageId;
  /** The thread. */
  threadId: ThreadId;
  /** The order, as the host names it. */
  orderId: string;
  /** The store, as the host names it. */
  storeId: string | null;
  /** The role of its author. */
  senderRole: Role;
  /** Its author: the business learns everybody's, others only their own. */
  senderId: string | null;
  /** Where it came from. */
  channel: Channel;
  /** `text`, `attachment`, `system_event`, … */
  messageType: MessageKind;
  /** The text. */
  content: string;
  /** The files. */
  attachments: unknown[];
  /** Whether somebody of another side than its author's has read it. */
  isRead: boolean;
  /** Who read it. */
  readBy: ReadReceiptDto[];
  /** Whether only administrators may see it. */
  isInternal: boolean;
  /** When it was posted. */
  createdAt: Timestamp;
  /** The host's facts about it, for the business. */
  metadata?: Record<string, unknown> | undefined;
}

/** What an administrator searches for: the query string of the search route. */
export interface OrderMessageSearch {
  /** Where the message came from. */
  channel?: Channel | null | undefined;
  /** Words; see `crate::search`. */
  keyword?: string | null | undefined;
  /** Messages a page, 1 to 200; 50 by default. */
  limit?: number | null | undefined;
  /** The status of the order, in any spelling. */
  orderStatus?: string | null | undefined;
  /** The page, from 1. */
  page?: number | null | undefined;
  /** The role of its author. */
  senderRole?: Role | null | undefined;
  /** `open` or `closed`. */
  status?: PublicStatus | null | undefined;
  /** Only what the administrator has yet to read. */
  unread?: boolean | undefined;
}

/** A page of found messages, newest first. */
export interface OrderMessageSearchResult {
  /** The messages. */
  messages: OrderMessageDto[];
  /** How many there are in all. */
  total: number;
  /** Whether `total` is all, or only as far as was counted. */
  totalIsExact: boolean;
  /** The page. */
  page: number;
  /** Messages a page. */
  limit: number;
}

/** An order's thread. */
export interface OrderThreadDto {
  /** The id. */
  id: ThreadId;
  /** The store, as the host names it. */
  storeId: string | null;
  /** The order, as the host names it. */
  orderId: string;
  /** The customer, as the host names them. */
  customerId: string;
  /** `open` or `closed`. */
  status: PublicStatus;
  /** When the newest message that the principal may see was posted. */
  lastMessageAt: Timestamp | null;
  /** When it began. */
  createdAt: Timestamp;
}

/** An order's thread with its messages, oldest first. */
export interface OrderThreadMessages {
  /** The thread; `null` before the first message. */
  thread: OrderThreadDto | null;
  /** The messages. */
  messages: OrderMessageDto[];
}

export type Origin =
  /** The software, from a fixed text. */
  | 'system'
  /** A person. */
  | 'human'
  /** A language model. */
  | 'ai_suggested';

/** The whole of a `SentimentReport`. */
export interface OverallSentiment {
  /** The mean of the scores to two decimals, computed here. */
  average: number;
  /** The mean in words. */
  description: string;
}

/** Which codes are which segment: every code is in exactly one. */
export interface OwnSegments {
  /** What the map is called. */
  name: string;
  /** The best score. */
  scores: number;
  /** The segments. */
  segments: Segment[];
}

/** An answer that was read. */
export interface ParsedAnswer {
  /** The fields that are there. */
  value: unknown;
  /** Whether everything that is required is there. */
  complete: boolean;
  /** Whether it is complete and nothing needs to be asked for again. */
  acceptable: boolean;
  /** From 0 to 1: the part of the required fields that is there, less a little for each warning. */
  confidence: number;
  /** The form that the answer has. */
  form: AnswerForm;
  /** What is not as asked for. */
  warnings: AnswerWarning[];
  /** The paths of what is missing. */
  missing: string[];
  /** Where the fields stand in the answer. */
  spans: AnswerSpan[];
  /** Labels that the prompt does not ask for, with their text. */
  extra: Record<string, string>;
  /** Why something is missing. */
  reason?: IncompleteReason | undefined;
  /** What to tell the model, so that its next answer is acceptable. */
  repair?: string | undefined;
}

/** Somebody who takes part in a thread. */
export interface Participant {
  /** The thread. */
  thread: ThreadId;
  /** Who. */
  party: PartyId;
  /** In which role. */
  role: Role;
  /** Since when. */
  joinedAt: Timestamp;
  /** Wants no notifications. */
  muted: boolean;
  /** Until when. */
  leftAt?: Timestamp | undefined;
}

/** Anybody who can act or be written to. */
export interface Party {
  /** The id. */
  id: PartyId;
  /** The tenant. */
  tenant: TenantId;
  /** What the party is to the business. */
  kind: PartyKind;
  /** Where the party can be reached, sorted; personal data. */
  contacts: ContactPoint[];
  /** Whether the records may be worked with. */
  state: PartyState;
  /** When the record was made. */
  createdAt: Timestamp;
  /** Counts the changes of the record, from 1. */
  version: number;
  /** A name to show; personal data. */
  name?: string | undefined;
}

/** The id of a party: a UUID. */
export type PartyId = string & { readonly __id?: 'party' };

export type PartyKind =
  /** Buys or owns. */
  | 'customer'
  /** Works for the business. */
  | 'staff'
  /** Fulfils orders. */
  | 'supplier'
  /** Operates storefronts. */
  | 'reseller'
  /** A program of the host. */
  | 'service'
  /** A language model. */
  | 'ai';

export type PartyState =
  /** Yes. */
  | 'active'
  /** Only stored, at the person's request (GDPR Art. 18). */
  | 'restricted'
  /** Erased (GDPR Art. 17): the row stays, what it said of the person is gone. */
  | 'erased';

/** A payment, or money that went back. The amount is never below zero: the kind says which way it goes. */
export interface Payment {
  /** How much. */
  amount: Money;
  /** When. */
  paidAt: Timestamp;
  /** Who paid; the customer of the facts by default. */
  customer?: Ref | null | undefined;
  /** The host's id. What stands twice under one id counts once. */
  id?: string | null | undefined;
  /** The job that it is for. */
  job?: Ref | null | undefined;
  /** Which way; from the customer by default. */
  kind?: PaymentKind | undefined;
  /** How. */
  method?: PaymentMethod | null | undefined;
}

/** The id of a payment: a UUID. */
export type PaymentId = string & { readonly __id?: 'payment' };

export type PaymentKind =
  /** From the customer. */
  | 'payment'
  /** Back to the customer. */
  | 'refund'
  /** Back to the customer, by the customer's bank. */
  | 'chargeback';

export type PaymentMethod =
  /** Notes and coins. */
  | 'cash'
  /** A credit or debit card. */
  | 'card'
  /** From account to account. */
  | 'transfer'
  /** A cheque. */
  | 'cheque'
  /** A wallet on a telephone or on the web. */
  | 'wallet'
  /** Anything else. */
  | 'other';

/** Which payments to list. Everything that is given must hold. */
export interface PaymentQuery {
  /** Only those after this payment of the page before. */
  after?: PaymentId | null | undefined;
  /** This customer's. */
  customer?: Ref | null | undefined;
  /** Not before. */
  from?: Timestamp | null | undefined;
  /** At most so many, from 1 to 1,000. */
  limit?: number | undefined;
  /** Before. */
  until?: Timestamp | null | undefined;
}

/** What is done about personal data. */
export type PersonalData =
  /** It stays. */
  | 'off'
  /** It is replaced by its kind: `[EMAIL]`. Nothing brings it back. */
  | 'mask'
  /** It is replaced by a name that stands for it, `[PERSON_1]`, and put back into the answer. */
  | 'pseudonym';

/** A kind of personal data. */
export type PersonalKind =
  /** The name of a person. */
  | 'person'
  /** A postal address. */
  | 'address'
  /** An e-mail address. */
  | 'email'
  /** A telephone number. */
  | 'phone'
  /** The number of a payment card. */
  | 'card'
  /** An international bank account number. */
  | 'iban'
  /** A number that a state gave to a person. */
  | 'national_id'
  /** Anything else that the host names; also words of the input that look like a pseudonym. */
  | 'other';

/** What holds for the threads of a tenant. */
export interface Policies {
  /** What a customer's message does to a closed thread. */
  closedToCustomers: ClosedThread;
  /** What a message of the business or a partner does to a closed thread. */
  closedToStaff: ClosedThread;
  /** Who sees an internal note whose author names no audience. */
  noteAudience: RoleSet;
  /** For how many seconds authors with an undo window may correct or retract. */
  undoSeconds: number;
  /** Whether customers learn that staff have read their messages (the role, never the person). */
  customersSeeReceipts: boolean;
  /** Whether customers and partners may fetch files that no scanner has seen. */
  shareUnscannedFiles: boolean;
  /** The titles of messages that have none. */
  titles: Titles;
  /** How much is accepted. */
  limits: Limits;
  /** How messages from outside channels find their thread. */
  inbound: InboundPolicy;
  /** After how many entries of the audit trail `tick` makes a checkpoint. */
  checkpointEntries: number;
  /** For how many seconds an idempotency key is remembered. */
  idempotencySeconds: number;
}

/** What holds for the threads of a tenant. */
export interface PoliciesInput {
  /** After how many entries of the audit trail `tick` makes a checkpoint. */
  checkpointEntries?: number | undefined;
  /** What a customer's message does to a closed thread. */
  closedToCustomers?: ClosedThread | undefined;
  /** What a message of the business or a partner does to a closed thread. */
  closedToStaff?: ClosedThread | undefined;
  /** Whether customers learn that staff have read their messages (the role, never the person). */
  customersSeeReceipts?: boolean | undefined;
  /** For how many seconds an idempotency key is remembered. */
  idempotencySeconds?: number | undefined;
  /** How messages from outside channels find their thread. */
  inbound?: InboundPolicyInput | undefined;
  /** How much is accepted. */
  limits?: LimitsInput | undefined;
  /** Who sees an internal note whose author names no audience. */
  noteAudience?: RoleSet | undefined;
  /** Whether customers and partners may fetch files that no scanner has seen. */
  shareUnscannedFiles?: boolean | undefined;
  /** The titles of messages that have none. */
  titles?: TitlesInput | undefined;
  /** For how many seconds authors with an undo window may correct or retract. */
  undoSeconds?: number | undefined;
}

/** A message to post. Its author is the principal; a service that acts on behalf of a customer passes on the customer's words, and the customer is the author. ``` use goodwill::{PostMessage, Topic}; let message = PostMessage::text("Your panels have been ordered.").about(Topic::StatusUpdate); assert!(!message.internal); ``` */
export interface PostMessage {
  /** The files. */
  attachments?: AttachmentInput[] | undefined;
  /** Which colleagues; the tenant's note audience by default. The author is always one of them. */
  audience?: RoleSet | null | undefined;
  /** The role that a request claims. It grants nothing: another role than the principal's is refused with `access.role_claim`. */
  claimedRole?: Role | null | undefined;
  /** How the text is marked up; plain by default. */
  format?: Format | null | undefined;
  /** Where it is meant to go; in-app by default. */
  intended?: Channel | null | undefined;
  /** Whether only colleagues may see it. */
  internal?: boolean | undefined;
  /** The language of the text, BCP 47. */
  language?: string | null | undefined;
  /** The host's own facts; customers and partners never see them. */
  metadata?: Record<string, unknown> | null | undefined;
  /** When it was written, if that was before now: for imports, by the business or a service. */
  occurredAt?: Timestamp | null | undefined;
  /** Who wrote the text; a person by default. Only the business can say otherwise. */
  origin?: Origin | null | undefined;
  /** The id that the channel's provider gave it, of a mail its `Message-ID`: once per channel, and from the business or a service. Answers from outside that name it find the conversation. */
  providerRef?: string | null | undefined;
  /** The message that it answers. */
  replyTo?: MessageId | null | undefined;
  /** The text; may be empty when there are attachments. */
  text?: string | undefined;
  /** A short subject line; with a topic, the tenant's title for it by default. */
  title?: string | null | undefined;
  /** What it is for; generic by default. */
  topic?: Topic | null | undefined;
  /** Where it comes from; in-app by default. */
  via?: Channel | null | undefined;
}

/** One need of a `MaintenanceForecast`. */
export interface PredictedNeed {
  /** The component or issue. */
  component: string;
  /** How likely it fails. */
  likelihood: string;
}

/** What an editor shows beside a prompt. All offsets and columns count units of UTF-16, as JavaScript and the protocol of language servers do. */
export interface Preview {
  /** The messages, as far as they could be rendered. */
  messages: PromptMessage[];
  /** Everything that is to be said about the file and its input. */
  diagnostics: PreviewDiagnostic[];
  /** The tokens of all messages. */
  tokens: number;
  /** The hash that the rendered prompt would have. */
  hash: string;
  /** The values that the template uses, as `jobs[].date`. */
  usedPaths: string[];
  /** The values that the input has and the template does not use. */
  unusedInputs: string[];
  /** The paths that were printed and had no value. */
  missingInputs: string[];
  /** What lists have lost to the budget. */
  dropped: Dropped[];
  /** Where the words of the messages come from: those of each message without gaps. */
  segments: PreviewSegment[];
}

/** One thing to be said. */
export interface PreviewDiagnostic {
  /** The code of a diagnostic (`P001`, …), or of the error that rendering met. */
  code: string;
  /** How much it matters. */
  severity: Severity;
  /** A sentence for people. */
  message: string;
  /** Where it begins. */
  start: number;
  /** Where it ends. */
  end: number;
  /** The line, from 1. */
  line: number;
  /** The column, from 1. */
  column: number;
  /** A change that settles it. */
  fix?: PreviewFix | undefined;
  /** What to do about it. */
  hint?: string | undefined;
}

/** A change of the file. */
export interface PreviewFix {
  /** Where the text to replace begins. */
  start: number;
  /** Where it ends. */
  end: number;
  /** The text to put there. */
  replacement: string;
}

/** A range of a message's words with its origin. */
export interface PreviewSegment {
  /** The message, from 0. */
  message: number;
  /** Where the range begins in the words of the message. */
  outStart: number;
  /** Where it ends. */
  outEnd: number;
  /** Where its tag or text begins in the file, or in the partial. */
  srcStart: number;
  /** Where that ends. */
  srcEnd: number;
  /** What it is. */
  kind: SegmentKind;
  /** The partial that it stands in. */
  partial?: string | undefined;
  /** Where the value stands in the input. */
  path?: string | undefined;
  /** How a value of the input is trusted. */
  trust?: TrustLevel | undefined;
}

export type PrincipalKind =
  /** A person. */
  | 'user'
  /** A host's service, known by its key. */
  | 'service'
  /** The engine and its schedules. */
  | 'system'
  /** A language model. */
  | 'ai';

export type Priority =
  /** Can wait. */
  | 'low'
  /** As usual. */
  | 'normal'
  /** Soon. */
  | 'high'
  /** At once. */
  | 'urgent';

/** What a customer brings. */
export type Profitability =
  /** Much more than the customer costs. */
  | 'Highly Profitable'
  /** More than the customer costs. */
  | 'Moderately Profitable'
  /** As much as the customer costs. */
  | 'Break-Even'
  /** Less than the customer costs. */
  | 'Loss-Making';

/** What a customer is worth. */
export interface ProfitabilityAnalysis {
  /** The answer. */
  answer: ProfitabilityReport;
  /** The figures in each currency. */
  financials: Financials[];
  /** How the answer came about. */
  provenance: Provenance;
}

/** Customer value and profitability. */
export interface ProfitabilityReport {
  /** The trend, in two or three sentences. */
  summary: string;
  /** What stands out in the spending. */
  keyObservation: string;
  /** What to do. */
  recommendation: string;
  /** What the customer brings. */
  classification: Profitability;
}

/** What is to be said about a prompt file. */
export interface PromptDiagnostic {
  /** The file. */
  path: string;
  /** What it is about: `P001`, … */
  code: string;
  /** How much it matters. */
  severity: Severity;
  /** A sentence for people. */
  message: string;
  /** The line, from 1. */
  line: number;
  /** The column in units of UTF-16, from 1. */
  column: number;
  /** The line on which it ends. */
  endLine: number;
  /** The column behind its end. */
  endColumn: number;
  /** What to do about it. */
  hint?: string | undefined;
  /** The text that settles it, in the place of what it is about. */
  replacement?: string | undefined;
}

/** A prompt that can be asked for. */
export interface PromptEntry {
  /** The name that it is asked for by, alone or as `id@version` and `id@label`. */
  id: string;
  /** Its version. */
  version: string;
  /** Its labels, such as `production`. */
  labels: string[];
  /** SHA-256 over everything that decides what is printed. */
  contentHash: string;
  /** The whole file. */
  source: string;
  /** A sentence about it. */
  description?: string | undefined;
  /** The JSON Schema of its input, if it declares one. */
  inputSchema?: unknown | undefined;
}

/** What a prompt is about, beside the customer. Each prompt needs no more than its own. */
export interface PromptFocus {
  /** `maintenance_alert`: the appliance. */
  appliance?: Ref | null | undefined;
  /** `call_summary`: the call. */
  call?: Call | null | undefined;
  /** `churn_explanation`: the risk. */
  churn?: ChurnFacts | null | undefined;
  /** `survey_questions`, `customer_message`, `message_reply`: the job; the last one by default. */
  job?: Ref | null | undefined;
  /** `insight_cards`: the numbers; those that the facts have by default. */
  numbers?: KeyNumber[] | undefined;
  /** `occasion_message`: the name of the occasion; the nearest one by default. */
  occasion?: string | null | undefined;
  /** `customer_message`: what the message is for. */
  purpose?: string | null | undefined;
  /** `technician_matching`: what is asked for. */
  request?: ServiceRequest | null | undefined;
}

/** A picture or a file. `Debug` shows no address. */
export interface PromptMedia {
  /** The address, or the content as a `data:` URL. */
  url: string;
  /** The media type (RFC 6838), as `image/jpeg`. */
  contentType?: string | null | undefined;
}

/** One message. `Debug` shows no content. */
export interface PromptMessage {
  /** Who speaks. */
  role: PromptRole;
  /** What is said. */
  content: PromptPart[];
}

/** A part of a message. `Debug` shows its length only. */
export type PromptPart =
  /** Words. */
  | {
      /** The words. */
      text: string;
    }
  /** A picture or a file. */
  | {
      /** Where it is. */
      media: PromptMedia;
    };

/** Who speaks in a message. */
export type PromptRole =
  /** The instructions. */
  | 'system'
  /** What the model is asked. */
  | 'user'
  /** What a model answered. */
  | 'model';

/** How prompts are rendered. */
export interface PromptSettings {
  /** Prints nothing where the input has no value, as Handlebars.js does; otherwise only what the input's schema calls optional may be missing. */
  compatible?: boolean | undefined;
  /** The currency of amounts that name none, as `EUR`. */
  currency?: string | null | undefined;
  /** The host's own prompts, which go before those of the library. */
  files?: PromptText[] | undefined;
  /** What was said before. */
  history?: PromptMessage[] | undefined;
  /** What the host knows to be personal. */
  known?: KnownText[] | undefined;
  /** The language of dates and numbers, as `de`; that of the file by default. */
  locale?: string | null | undefined;
  /** The most tokens, instead of those of the file. */
  mostTokens?: number | null | undefined;
  /** What is done about personal data; nothing by default, unless a model is asked. */
  personal?: PersonalData | null | undefined;
  /** The clock on which instants are printed: `UTC`, `+02:00`, `Europe/Berlin`. */
  zone?: string | null | undefined;
}

/** A prompt file: its path, whose last part names the prompt, and its text. A file whose name begins with `_` is a partial. */
export interface PromptText {
  /** The path, as `prompts/occasion_message.prompt`. */
  path: string;
  /** The text: front matter and template. */
  text: string;
}

/** The protocol of a service. */
export type Protocol =
  /** Chat completions of OpenAI. */
  | 'openai'
  /** Messages of Anthropic. */
  | 'anthropic'
  /** Chats of Ollama. */
  | 'ollama';

/** How an answer came about. */
export interface Provenance {
  /** The prompt. */
  prompt: string;
  /** Its version. */
  version: string;
  /** The hash of everything that the prompt is made of. */
  contentHash: string;
  /** Rules made the answer, without a model: the same facts give the same bytes. */
  deterministic: boolean;
  /** The answer comes from the cache. */
  cached: boolean;
  /** Whether it can be used as it is: nothing was to be asked for again. */
  acceptable: boolean;
  /** From 0 to 1: how much of it is there and as it was asked for. */
  confidence: number;
  /** What is not as it was asked for. */
  warnings: AnswerWarning[];
  /** The tokens of the answer; none for an answer from the cache or from rules. */
  usage: TokenUsage;
  /** The requests to providers. */
  attempts: number;
  /** Names in the answer that look like pseudonyms and stand for nothing: the model has invented them. */
  unknownPseudonyms: string[];
  /** Why rules answered and the model did not. */
  failure?: string | undefined;
  /** The model that answered, as far as it is known. */
  model?: string | undefined;
  /** The provider that answered, as far as it is known. */
  provider?: string | undefined;
}

/** A file at a message, for everybody. */
export interface PublicAttachment {
  /** The file's name. */
  name: string;
  /** The media type. */
  mime: string;
  /** The size in bytes. */
  size: number;
  /** Where the host keeps the bytes; absent while the file is not known to be clean. */
  blobRef?: string | undefined;
}

/** What has changed in a conversation since a cursor. */
export interface PublicDelta {
  /** The messages that are new or have changed, as they are now, in the order of their places. */
  messages: PublicMessage[];
  /** Where to go on. */
  cursor: number;
  /** Whether there is more already. */
  more: boolean;
  /** The thread, as it is now. */
  thread?: PublicThread | undefined;
}

/** An event for those outside the business: no actor, no internal fact, and its own numbering. */
export interface PublicEvent {
  /** The id: the same in every replay. */
  id: EventId;
  /** The place among the public events of the thread, from 1 without a gap. */
  number: number;
  /** What happened. */
  type: EventKind;
  /** When. */
  at: Timestamp;
  /** In which thread. */
  thread: ThreadId;
  /** To which message. */
  message?: MessageId | undefined;
}

/** A page of public events. */
export interface PublicEvents {
  /** The events in order. */
  events: PublicEvent[];
  /** How far the page goes: what to say with `consumed` once it was dealt with; absent when there is nothing new. */
  position?: number | undefined;
}

/** A page of hits, newest first. */
export interface PublicFound {
  /** The hits. */
  hits: PublicHit[];
  /** How many hits there are in all. */
  total: Total;
  /** The `before` of the next page; absent at the end. */
  next?: MessageId | undefined;
}

/** One hit of a search. */
export interface PublicHit {
  /** The message. */
  message: PublicMessage;
  /** Its thread. */
  thread: PublicThread;
  /** The part of the text that was found, with its highlights. */
  snippet: Snippet;
}

/** A message as customers, suppliers and resellers read it. */
export interface PublicMessage {
  /** The id. */
  id: MessageId;
  /** The thread it was posted to. */
  thread: ThreadId;
  /** The place among the public messages of the thread, from 1 without a gap. */
  number: number;
  /** The role of its author. */
  authorRole: Role;
  /** Whether the reader wrote it. */
  mine: boolean;
  /** Who wrote the text: a tenant cannot hide that a model did. */
  origin: Origin;
  /** What it is for. */
  topic: Topic;
  /** Its form. */
  kind: MessageKind;
  /** Where it came from. */
  via: Channel;
  /** Where it is meant to go. */
  intended: Channel;
  /** How the text is marked up. */
  format: Format;
  /** What is left to read. */
  state: MessageState;
  /** The text; empty when nothing is left. */
  text: string;
  /** The files. */
  attachments: PublicAttachment[];
  /** The emoji on it. */
  reactions: PublicReaction[];
  /** Which roles have read it, the first one first; empty when the tenant does not show receipts. */
  readBy: PublicReadBy[];
  /** Whether the reader has yet to read it. */
  unread: boolean;
  /** When it was posted. */
  createdAt: Timestamp;
  /** When it was last corrected. */
  correctedAt?: Timestamp | undefined;
  /** The language of the text, BCP 47. */
  language?: string | undefined;
  /** When it was written, if that was long before. */
  occurredAt?: Timestamp | undefined;
  /** The message that it answers. */
  replyTo?: MessageId | undefined;
  /** A short subject line. */
  title?: string | undefined;
}

/** Some messages of a conversation, and the conversation itself. */
export interface PublicMessageList {
  /** The messages in the order asked for. */
  messages: PublicMessage[];
  /** Whether there are more in the same direction: go on from the last one's id. */
  more: boolean;
  /** The thread; absent when nobody has written yet. */
  thread?: PublicThread | undefined;
}

/** An emoji on a message, for everybody. */
export interface PublicReaction {
  /** The emoji. */
  emoji: string;
  /** How many reacted with it. */
  count: number;
  /** Whether the reader did. */
  mine: boolean;
}

/** Which side read a message, and when first. Customers learn the role, never the person. */
export interface PublicReadBy {
  /** The role of the reader. */
  role: Role;
  /** When somebody of that role read it first. */
  at: Timestamp;
}

export type PublicStatus =
  /** It goes on. */
  | 'open'
  /** It is over. */
  | 'closed';

/** A thread as customers and partners read it: nothing of how the business works on it. */
export interface PublicThread {
  /** The id. */
  id: ThreadId;
  /** The kind of the subject. */
  subjectKind: SubjectKind;
  /** The subject. */
  subject: SubjectId;
  /** The customer. */
  customer: PartyId;
  /** Where it stands. */
  status: PublicStatus;
  /** The number of the newest public message. */
  messages: number;
  /** When it began. */
  createdAt: Timestamp;
  /** When the newest public message was posted. */
  lastMessageAt?: Timestamp | undefined;
  /** The storefront. */
  store?: StoreId | undefined;
}

/** A page of threads. */
export interface PublicThreadList {
  /** The threads, the most recently active first. */
  threads: PublicThread[];
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
}

/** An address of a party, as the host knows it. */
export interface PutContact {
  /** What kind of address it is. */
  kind: ContactKind;
  /** The address. */
  address: string;
  /** The calling code of a number without one, such as `49`; the tenant's by default. */
  callingCode?: string | null | undefined;
}

/** A party as the host knows it. */
export interface PutParty {
  /** Which one. */
  key: Ref;
  /** What it is to the business. */
  kind: PartyKind;
  /** Where the party can be reached: these and no others. When absent they stay as they are. */
  contacts?: PutContact[] | null | undefined;
  /** A name to show. */
  name?: string | null | undefined;
}

/** A payment as the host's books have it. ``` use goodwill::{ExternalRef, Money, PutPayment}; let amount = Money::parse("89.00", "EUR".parse()?)?; let paid = PutPayment::new(ExternalRef::host("p-1")?, ExternalRef::host("c-1")?, amount, "2026-05-04T09:30:00Z".parse()?); assert_eq!(paid.by("Card").method.as_deref(), Some("Card")); # Ok::<(), goodwill::Error>(()) ``` */
export interface PutPayment {
  /** Which one. */
  key: Ref;
  /** Whose it is. */
  customer: Ref;
  /** How much, above zero whatever the direction. */
  amount: Money;
  /** When. */
  paidAt: Timestamp;
  /** The job that it is for. */
  job?: Ref | null | undefined;
  /** In which direction; from the customer by default. */
  kind?: PaymentKind | undefined;
  /** How it was paid, in any spelling: `cash`, `card`, `transfer`, `cheque`, `wallet`, … */
  method?: string | null | undefined;
  /** The order that it is for. */
  order?: Ref | null | undefined;
}

/** A storefront as the host knows it. */
export interface PutStorefront {
  /** Which one. */
  key: Ref;
  /** A name to show. */
  name: string;
  /** The reseller that operates it. */
  reseller?: Ref | null | undefined;
}

/** A job, an order or another subject as the host knows it. ``` use goodwill::{ExternalRef, PutSubject}; let order = PutSubject::order(ExternalRef::host("o-1")?, ExternalRef::host("c-1")?) .numbered("ORD-123") .fulfilled_by(ExternalRef::host("s-1")?); assert_eq!(order.suppliers.len(), 1); # Ok::<(), goodwill::Error>(()) ``` */
export interface PutSubject {
  /** The kind. */
  kind: SubjectKind;
  /** Which one. */
  key: Ref;
  /** Whose it is. */
  customer: Ref;
  /** The technicians and agents it is assigned to. */
  assigned?: Ref[] | undefined;
  /** The number that people use. */
  number?: string | null | undefined;
  /** The host's status, in any spelling. */
  status?: string | null | undefined;
  /** The storefront. */
  store?: Ref | null | undefined;
  /** The suppliers of the fulfilment snapshot. */
  suppliers?: Ref[] | undefined;
}

/** How a survey question is answered. */
export type QuestionKind =
  /** By one to five stars. */
  | 'Rating'
  /** By zero to ten, as the net promoter score asks. */
  | 'Recommendation'
  /** By yes or no. */
  | 'Yes/No'
  /** By the customer's own words. */
  | 'Text';

/** An emoji on a message, for the business. */
export interface Reaction {
  /** The emoji. */
  emoji: string;
  /** Who reacted with it, the first one first. */
  authors: Author[];
}

/** Who read a message, and when first. */
export interface ReadBy {
  /** The reader. */
  party: PartyId;
  /** In which role. */
  role: Role;
  /** When first. */
  at: Timestamp;
}

/** Who read a message, and when first. */
export interface ReadReceiptDto {
  /** In which role. */
  role: Role;
  /** Who; the business alone learns that. */
  userId: string | null;
  /** When first. */
  readAt: Timestamp;
}

/** Somebody who should learn of a message. */
export interface Recipient {
  /** Who. */
  party: PartyId;
  /** In which role. */
  role: Role;
}

/** What to take out of a message. */
export type Redaction =
  /** Everything: title, text, files and metadata. */
  | 'all'
  /** These byte ranges of the text that is shown; earlier versions of the text go whole. */
  | {
      spans: [number, number][];
    };

/** A record by the host's own id, by its UUID, or by a reference of another system. */
export type Ref =
  | string
  | ExternalRef;

export type Refusal =
  /** The technician does not work any more. */
  | 'inactive'
  /** The customer does not want this one. */
  | 'excluded'
  /** The customer wants nobody but others. */
  | 'not_required'
  /** A skill is missing that the request asks for. */
  | 'missing_skill'
  /** No time that is free covers the time of the request. */
  | 'unavailable';

/** Somebody who cannot go. */
export interface Refused {
  /** The host's id. */
  id: string;
  /** The name. */
  name: string;
  /** Why. */
  reason: Refusal;
}

/** The history of a customer in short. */
export interface RelationshipSummary {
  /** The relationship, in three or four sentences. */
  relationshipSummary: string;
  /** Channels and style. */
  communicationPreferences: string;
  /** What comes again. */
  recurringThemes: string;
  /** What could be better or be sold. */
  opportunities: string;
}

/** A prompt that is ready to be sent. */
export interface RenderedPrompt {
  /** The prompt. */
  id: string;
  /** Its version. */
  version: string;
  /** `PromptFile::content_hash`. */
  contentHash: string;
  /** SHA-256 (hexadecimal) over the content hash and the messages: what a cache may ask for. */
  hash: string;
  /** The messages. */
  messages: PromptMessage[];
  /** Their tokens. */
  tokens: number;
  /** What lists have lost to the budget. */
  dropped: Dropped[];
  /** Paths that were printed and had no value. */
  missing: string[];
}

/** A draft of an answer to the customer, for a member of staff to look at. */
export interface ReplyDraft {
  /** The text. */
  text: string;
  /** Whether somebody must look at it before it is sent. */
  needsPerson: boolean;
  /** What the conversation does not answer. */
  openQuestion: string | null;
  /** How it was made: the prompt, its version and content hash, the model, and whether rules made it without one. */
  metadata: Record<string, unknown>;
}

/** Time and randomness of the caller's: for tests and replays, never for a service. */
export interface Reproducible {
  /** The same seed gives the same ids. */
  seed: number;
  /** What the clock shows until it is set anew. */
  now: Timestamp;
}

/** Where a call came from, for the audit trail. The address and the user agent are personal data: they are kept apart from the trail and erased with the person. */
export interface RequestInfo {
  /** The host's id of the request. */
  id?: string | null | undefined;
  /** The address it came from. */
  ip?: string | null | undefined;
  /** The client's name of itself. */
  userAgent?: string | null | undefined;
}

/** What was acted on. */
export interface Resource {
  /** Which one. */
  id: string;
  /** What kind of record. */
  kind: string;
}

/** One version of a message. */
export interface Revision {
  /** When it was written. */
  at: Timestamp;
  /** What it said. */
  content: Content;
}

/** The bins of a scored customer base, as `rfm` of the columns returns them. */
export interface RfmBins {
  /** Of the days since the last purchase. */
  recency: BinInput[];
  /** Of the number of purchases. */
  frequency: BinInput[];
  /** Of their worth. */
  monetary: BinInput[];
}

/** One digit of an RFM code. */
export interface RfmDigit {
  /** The customer's value. */
  value: number;
  /** The bin that it falls into, with its score, edges and size. */
  bin: Bin;
}

/** Why a customer has an RFM code and a segment. */
export interface RfmExplanation {
  /** The scores together, such as 534. */
  code: number;
  /** The segment of that code. */
  segment: string;
  /** Which map says so. */
  map: string;
  /** Days since the last purchase. */
  recency: RfmDigit;
  /** How often. */
  frequency: RfmDigit;
  /** How much. */
  monetary: RfmDigit;
}

/** The scores of all customers with a purchase. */
export interface RfmScores {
  /** The last instant that counted. */
  reference: Timestamp;
  /** The customers, by their first payment. */
  customers: CustomerRfm[];
  /** The segments. */
  segments: RfmSegment[];
}

/** How many customers a segment has. */
export interface RfmSegment {
  /** Its name. */
  segment: string;
  /** How many. */
  customers: number;
}

export type Role =
  /** Buys or owns: sees what is theirs. */
  | 'customer'
  /** Fulfils orders: sees the orders they fulfil. */
  | 'supplier'
  /** Operates storefronts: sees the orders of those. */
  | 'reseller'
  /** Does jobs: sees what is assigned to them. */
  | 'technician'
  /** Answers customers: operations, service representatives. */
  | 'agent'
  /** Leads agents. */
  | 'manager'
  /** Runs the tenant. */
  | 'admin'
  /** Reads pseudonymised data. */
  | 'analyst'
  /** Answers for personal data. */
  | 'privacy_officer'
  /** Reads the audit trail. */
  | 'auditor'
  /** A host's service, known by its key. */
  | 'service'
  /** The engine itself and its schedules. */
  | 'system'
  /** A language model. */
  | 'ai';

/** Roles. */
export type RoleSet = Role[];

/** A rule: who, what, when, and what follows. ``` use goodwill::access::Rule; let rule: Rule = serde_json::from_str( r#"{"id": "agents.search", "effect": "permit", "roles": ["agent"], "actions": ["message.search"], "when": {"fact": "member"}}"#, ).unwrap(); assert_eq!(rule.id, "agents.search"); ``` */
export interface Rule {
  /** The name, unique in the tenant. */
  id: string;
  /** What it does. */
  effect: Effect;
  /** For principals with any of these roles. */
  roles: RoleSet;
  /** For these actions. */
  actions: Action[];
  /** When it applies. */
  when: Condition;
  /** What a permit asks for. */
  obligations?: Obligation[] | undefined;
}

/** A rule: who, what, when, and what follows. ``` use goodwill::access::Rule; let rule: Rule = serde_json::from_str( r#"{"id": "agents.search", "effect": "permit", "roles": ["agent"], "actions": ["message.search"], "when": {"fact": "member"}}"#, ).unwrap(); assert_eq!(rule.id, "agents.search"); ``` */
export interface RuleInput {
  /** The name, unique in the tenant. */
  id: string;
  /** What it does. */
  effect: Effect;
  /** For principals with any of these roles. */
  roles: RoleSet;
  /** For these actions. */
  actions: Action[];
  /** What a permit asks for. */
  obligations?: Obligation[] | undefined;
  /** When it applies. */
  when?: Condition | undefined;
}

export type ScanState =
  /** Nothing yet. */
  | 'unscanned'
  /** Nothing found. */
  | 'clean'
  /** Something found. */
  | 'infected'
  /** The scan failed. */
  | 'failed';

/** A follow-up that is to be done. ``` use goodwill::{ExternalRef, ScheduleFollowup}; let call = ScheduleFollowup::new(ExternalRef::host("ada")?) .after_job(ExternalRef::host("JOB-7")?) .due("2026-05-04T09:30:00Z".parse()?); assert_eq!(call.kind, None); # Ok::<(), goodwill::Error>(()) ``` */
export interface ScheduleFollowup {
  /** Whom it is for. */
  customer: Ref;
  /** When it is to be done. */
  dueAt?: Timestamp | null | undefined;
  /** The job that it is after. */
  job?: Ref | null | undefined;
  /** What it is about, in any spelling; `service` by default. */
  kind?: string | null | undefined;
  /** What colleagues should know. */
  note?: string | null | undefined;
}

/** What the seasons mean for appliances of a kind. A season without a text means nothing special. */
export interface SeasonalImpact {
  /** In autumn. */
  autumn?: string | null | undefined;
  /** In spring. */
  spring?: string | null | undefined;
  /** In summer. */
  summer?: string | null | undefined;
  /** In winter. */
  winter?: string | null | undefined;
}

/** A segment, and which codes it has. */
export interface Segment {
  /** What it is called. */
  name: string;
  /** Patterns of three places, for recency, frequency and monetary value: a score, several in brackets, or a point for any. `5[45].` is 541, 542, … to 555. */
  codes: string[];
}

/** Where words come from. */
export type SegmentKind =
  /** Words of the template. */
  | 'text'
  /** A value. */
  | 'value'
  /** What is said about items that were left out. */
  | 'note'
  /** Words that this library adds: the format of the answer, what fences mean. */
  | 'added';

/** How a customer feels. */
export interface SentimentAnalysis {
  /** The answer. */
  answer: SentimentReport;
  /** Where the communications stand among the activities of the facts, in their order. */
  activities: number[];
  /** How the answer came about. */
  provenance: Provenance;
}

/** How a customer feels. */
export interface SentimentReport {
  /** One entry for each communication, in their order. */
  communications: CommunicationSentiment[];
  /** All of them together. */
  overall: OverallSentiment;
  /** What most are about. */
  themes: string[];
  /** What to put right. */
  issues: string[];
  /** What to pursue. */
  opportunities: string[];
}

/** What a technician wrote down about a job. */
export interface ServiceRecord {
  /** What was done; the description of the job by default. */
  description?: string | null | undefined;
  /** What was found to be wrong, one thing each. */
  issuesFound?: string[] | undefined;
  /** What was replaced. */
  parts?: string[] | undefined;
}

/** What a customer asks for. */
export interface ServiceRequest {
  /** What is wrong, in the customer's words. */
  issue: string;
  /** The appliance: one of the facts. */
  appliance: Ref;
  /** The skills without which nobody can do it. */
  skills?: string[] | undefined;
  /** When somebody is to come; whenever it suits by default. */
  window?: TimeWindow | null | undefined;
}

/** Who acts, as the host has authenticated it: from its session or key, never from a request's body. */
export interface SessionInput {
  /** Makes a repetition of the next call return its first result. */
  idempotencyKey?: string | null | undefined;
  /** What acts: a user by default, a service or model for those roles. */
  kind?: PrincipalKind | null | undefined;
  /** The customer that a service acts for. */
  onBehalfOf?: Ref | null | undefined;
  /** The supplier or reseller acted for; the party itself by default. */
  organisation?: Ref | null | undefined;
  /** The person or service, by the host's id. */
  party?: Ref | null | undefined;
  /** Where the call came from, for the audit trail. */
  request?: RequestInfo | undefined;
  /** The role. */
  role?: Role | null | undefined;
  /** More roles of the same principal. */
  roles?: RoleSet | undefined;
  /** The side; clients fill it in. */
  side?: SessionSide | undefined;
  /** The storefronts within reach; all of them by default. */
  stores?: Ref[] | null | undefined;
  /** The tenant; the only one by default. */
  tenant?: TenantId | null | undefined;
}

/** On which side a session is. */
export type SessionSide =
  /** The business: staff and services. */
  | 'desk'
  /** Customers, suppliers and resellers. */
  | 'portal';

/** How much a diagnostic matters. */
export type Severity =
  /** The template cannot be rendered. */
  | 'error'
  /** The template renders, but should be written otherwise. */
  | 'warning';

/** A piece of a text. */
export interface Snippet {
  /** The pieces; put together they are the text. */
  pieces: SnippetPiece[];
}

/** A piece of a snippet. */
export interface SnippetPiece {
  /** The text. */
  text: string;
  /** Whether it is what was searched for. */
  found: boolean;
}

/** The id of a store: a UUID. */
export type StoreId = string & { readonly __id?: 'store' };

/** Money that went from a customer or back, as the host's books have it. */
export interface StoredPayment {
  /** The id. */
  id: PaymentId;
  /** The tenant. */
  tenant: TenantId;
  /** Whose it is. */
  customer: PartyId;
  /** How much, above zero whatever the direction. */
  amount: Money;
  /** In which direction. */
  kind: PaymentKind;
  /** When. */
  paidAt: Timestamp;
  /** When the record was made. */
  createdAt: Timestamp;
  /** Counts the changes of the record, from 1. */
  version: number;
  /** How it was paid, canonical spelling: `cash`, `card`, `transfer`, … */
  method?: string | undefined;
  /** The storefront: the subject's, where there is one. */
  store?: StoreId | undefined;
  /** The job or order that it is for. */
  subject?: SubjectId | undefined;
  /** What kind of subject that is. */
  subjectKind?: SubjectKind | undefined;
}

/** One ordered sequence of events. */
export interface Stream {
  /** What it is about. */
  kind: StreamKind;
  /** Which one. */
  id: string;
}

export type StreamKind =
  /** The tenant: policies, rules, the audit trail. */
  | 'tenant'
  /** A storefront. */
  | 'store'
  /** A party. */
  | 'party'
  /** A subject. */
  | 'subject'
  /** A thread and its messages. */
  | 'thread';

/** A thing that is talked about: a job, an order, … */
export interface Subject {
  /** The id. */
  id: SubjectId;
  /** The tenant. */
  tenant: TenantId;
  /** What kind of thing it is. */
  kind: SubjectKind;
  /** Whose it is. */
  customer: PartyId;
  /** The suppliers of the fulfilment snapshot, sorted. */
  suppliers: PartyId[];
  /** The technicians and agents it is assigned to, sorted. */
  assigned: PartyId[];
  /** When the record was made. */
  createdAt: Timestamp;
  /** Counts the changes of the record, from 1. */
  version: number;
  /** The number that people use, unique per storefront and kind. */
  number?: string | undefined;
  /** The host's status, canonical spelling: `shipped`, `in_progress`, … */
  status?: string | undefined;
  /** The storefront. */
  store?: StoreId | undefined;
}

/** The id of a subject: a UUID. */
export type SubjectId = string & { readonly __id?: 'subject' };

/** The subject of a conversation, by its kind and the host's id. */
export type SubjectInput =
  /** A job. */
  | {
      job: Ref;
    }
  /** An order. */
  | {
      order: Ref;
    }
  /** An appliance. */
  | {
      appliance: Ref;
    }
  /** A customer in general. */
  | {
      customer: Ref;
    }
  /** A ticket. */
  | {
      ticket: Ref;
    }
  /** Anything else. */
  | {
      custom: Ref;
    };

export type SubjectKind =
  /** Work at a customer's. */
  | 'job'
  /** Goods on their way. */
  | 'order'
  /** A machine of a customer's. */
  | 'appliance'
  /** The customer in general. */
  | 'customer'
  /** A question. */
  | 'ticket'
  /** Anything else. */
  | 'custom';

/** What to write to a customer next. */
export interface SuggestedFollowups {
  /** The answer. */
  answer: FollowupPlan;
  /** The days that the timing of each suggestion means; absent where it names none. */
  due: (DueDays | null)[];
  /** How the answer came about. */
  provenance: Provenance;
}

/** A message that a model suggests, for staff to look at, to change and to post. */
export interface Suggestion {
  /** The title. */
  title: string;
  /** The text. */
  body: string;
  /** `STATUS_UPDATE`, `ETA_UPDATE`, `GENERIC`, … */
  messageType: string;
  /** The intended channel, if one was asked for. */
  channel: Channel | null;
  /** Whether it is as it was asked for. If not, it needs a closer look. */
  acceptable: boolean;
  /** How it was made: `tone`, `customPrompt`, `prompt`, `promptVersion`, `contentHash`, `model`, and whether it is `deterministic`, made by rules without a model. */
  metadata: Record<string, unknown>;
}

/** Questions for a customer after a service. */
export interface SurveyDraft {
  /** The greeting and the reason. */
  introduction: string;
  /** Three to five. */
  questions: SurveyQuestion[];
  /** The thanks. */
  closing: string;
}

/** One question of a `SurveyDraft`. */
export interface SurveyQuestion {
  /** The question. */
  question: string;
  /** How it is answered. */
  answer: QuestionKind;
}

/** Something that happened, told to those who read the thread. */
export interface SystemEvent {
  /** The host's name of the event: `ORDER_SHIPPED`. */
  eventType: string;
  /** The text. */
  text: string;
  /** Whether only colleagues may see it. */
  internal?: boolean | undefined;
  /** Facts about it: `{"trackingNumber": "…"}`. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Where it comes from; in-app by default. */
  via?: Channel | null | undefined;
}

/** A conversation: by its subject, by its thread, or by one of its messages. */
export type TargetInput =
  /** Of a job. */
  | {
      job: Ref;
    }
  /** Of an order. */
  | {
      order: Ref;
    }
  /** Of an appliance. */
  | {
      appliance: Ref;
    }
  /** Of a customer in general. */
  | {
      customer: Ref;
    }
  /** Of a ticket. */
  | {
      ticket: Ref;
    }
  /** Of anything else. */
  | {
      custom: Ref;
    }
  /** A thread. */
  | {
      thread: ThreadId;
    }
  /** The thread of a message. */
  | {
      message: MessageId;
    };

/** Somebody who does jobs. */
export interface Technician {
  /** The host's id. */
  id: Ref;
  /** The name. */
  name: string;
  /** Whether the technician works at all; `true` by default. */
  active?: boolean | undefined;
  /** When the technician is free; without it at any time. */
  availability?: TimeWindow[] | null | undefined;
  /** What the technician is allowed and able to do; a request may ask for it. */
  skills?: string[] | undefined;
  /** What the technician is good at: appliances, brands, kinds of work. */
  specialties?: string[] | undefined;
  /** Years of work in the trade. */
  yearsExperience?: number | undefined;
}

/** One technician of a `TechnicianRecommendation`. */
export interface TechnicianChoice {
  /** Who; one of those offered, if the host said who was. */
  technician: NamedReference;
  /** Why. */
  reason: string;
}

/** Who should go. */
export interface TechnicianMatch {
  /** The answer. */
  answer: TechnicianRecommendation;
  /** Who can, with the points that speak for each, the best first. */
  candidates: Candidate2[];
  /** Who cannot, and why. */
  refused: Refused[];
  /** How the answer came about. */
  provenance: Provenance;
}

/** A wish about a technician: for everything, or for one appliance. */
export interface TechnicianPreference {
  /** The technician. */
  technician: Ref;
  /** The wish. */
  kind: TechnicianPreferenceKind;
  /** The appliance that it is about; everything by default. */
  appliance?: Ref | null | undefined;
  /** Why. */
  reason?: string | null | undefined;
}

export type TechnicianPreferenceKind =
  /** This one rather than others; at most one. */
  | 'preferred'
  /** Nobody but those who are required. */
  | 'required'
  /** Not this one. */
  | 'excluded';

/** Who should go. */
export interface TechnicianRecommendation {
  /** The best match. */
  primary: TechnicianChoice;
  /** One or two others. */
  alternatives: TechnicianChoice[];
  /** What the technician should know. */
  specialNotes: string[];
}

/** A tenant and what it has decided. A tenant that was never stored has the defaults, so that a host with one tenant need not set it up. */
export interface Tenant {
  /** The id. */
  id: TenantId;
  /** The name that customers see. */
  name: string;
  /** The policies. */
  policies: Policies;
  /** Access rules on top of the built-in ones; see `crate::access`. */
  rules: Rule[];
  /** Counts the changes, from 1; 0 for a tenant that was never stored. */
  version: number;
}

/** The id of a tenant: a UUID. */
export type TenantId = string & { readonly __id?: 'tenant' };

/** A tenant and what it has decided. A tenant that was never stored has the defaults, so that a host with one tenant need not set it up. */
export interface TenantInput {
  /** The id. */
  id: TenantId;
  /** The name that customers see. */
  name: string;
  /** The policies. */
  policies?: PoliciesInput | undefined;
  /** Access rules on top of the built-in ones; see `crate::access`. */
  rules?: RuleInput[] | undefined;
  /** Counts the changes, from 1; 0 for a tenant that was never stored. */
  version?: number | undefined;
}

/** One conversation about one subject. */
export interface Thread {
  /** The id. */
  id: ThreadId;
  /** The tenant. */
  tenant: TenantId;
  /** The kind of the subject. */
  subjectKind: SubjectKind;
  /** The subject. */
  subject: SubjectId;
  /** The customer, taken from the subject. */
  customer: PartyId;
  /** Where it stands. */
  status: ThreadStatus;
  /** How urgent it is. */
  priority: Priority;
  /** Tags, sorted. */
  tags: string[];
  /** Message and event counters. */
  counters: Counters;
  /** The instant of the newest message of any visibility; of the thread itself when it has none. */
  activeAt: Timestamp;
  /** The instant of the newest public message; of the thread itself when it has none. */
  publicActiveAt: Timestamp;
  /** When it began. */
  createdAt: Timestamp;
  /** Counts the changes of the thread, from 1; a new message alone is not a change. */
  version: number;
  /** The member of staff who answers for it. */
  assignee?: PartyId | undefined;
  /** When it was closed. */
  closedAt?: Timestamp | undefined;
  /** When the customer was answered for the first time. */
  firstResponseAt?: Timestamp | undefined;
  /** The instant of the customer's newest message. */
  lastCustomerMessageAt?: Timestamp | undefined;
  /** The thread that took this one over: this one is its alias. */
  mergedInto?: ThreadId | undefined;
  /** When it was resolved. */
  resolvedAt?: Timestamp | undefined;
  /** When a snoozed thread wakes. */
  snoozedUntil?: Timestamp | undefined;
  /** The storefront, taken from the subject. */
  store?: StoreId | undefined;
  /** Since when the customer has been waiting for an answer. */
  waitingSince?: Timestamp | undefined;
}

/** What can be changed about a thread. */
export type ThreadChange =
  /** Its status. */
  | {
      move: Move;
    }
  /** Who answers for it; absent for nobody. */
  | {
      assign: Ref | null;
    }
  /** How urgent it is. */
  | {
      prioritise: Priority;
    }
  /** Its tags: these added, those removed. */
  | {
      tag: { add: string[]; remove: string[] };
    }
  /** Adds a participant in a role. */
  | {
      addParticipant: { party: Ref; role: Role };
    }
  /** Ends a participation. */
  | {
      removeParticipant: Ref;
    }
  /** Whether the caller wants notifications. */
  | {
      mute: boolean;
    };

/** The id of a thread: a UUID. */
export type ThreadId = string & { readonly __id?: 'thread' };

/** A page of threads. */
export interface ThreadList {
  /** The threads, the most recently active first. */
  threads: Thread[];
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
}

/** Which threads, and which page of them. Empty lists and absent mean no restriction. */
export interface ThreadQuery {
  /** This assignee. */
  assignee?: PartyId | null | undefined;
  /** Go on after this place of the page before: its `next`. */
  cursor?: string | null | undefined;
  /** This customer. */
  customer?: PartyId | null | undefined;
  /** At most so many a page, 1 to 200. */
  limit?: number | undefined;
  /** Or skip to this page, from 1. */
  page?: number | null | undefined;
  /** Any of these priorities. */
  priority?: Priority[] | undefined;
  /** Any of these statuses. */
  status?: ThreadStatus[] | undefined;
  /** This storefront. */
  store?: StoreId | null | undefined;
  /** This subject. */
  subject?: SubjectId | null | undefined;
  /** Any of these kinds of subjects. */
  subjectKind?: SubjectKind[] | undefined;
  /** Any of these statuses of the subject, in any spelling. */
  subjectStatus?: string[] | undefined;
  /** All of these tags. */
  tags?: string[] | undefined;
  /** Without an assignee. */
  unassigned?: boolean | undefined;
  /** With unread messages for the caller. */
  unread?: boolean | undefined;
  /** Whether the customer waits for an answer. */
  waiting?: boolean | null | undefined;
}

export type ThreadStatus =
  /** Somebody of the business should look at it. */
  | 'open'
  /** Waiting for the customer or a third party. */
  | 'pending'
  /** Out of sight until an instant, or until the customer writes. */
  | 'snoozed'
  /** Answered; the customer may still come back. */
  | 'resolved'
  /** Over. */
  | 'closed';

/** What a tick has done. */
export interface Tick {
  /** The threads that woke. */
  woken: ThreadId[];
  /** How many checkpoints of audit trails were made. */
  checkpoints: number;
  /** When to call again at the latest; absent when nothing is planned. */
  next?: Timestamp | undefined;
}

/** A time from an instant until before another one. */
export interface TimeWindow {
  /** The first instant. */
  from: Timestamp;
  /** The instant after the last one. */
  until: Timestamp;
}

/** An instant in UTC with milliseconds. */
export type Timestamp = Date;

/** The titles of messages that have none, by topic. */
export interface Titles {
  /** For `Topic::StatusUpdate`. */
  statusUpdate: string;
  /** For `Topic::EtaUpdate`. */
  etaUpdate: string;
  /** For `Topic::Generic`. */
  generic: string;
  /** For `Topic::Reminder`. */
  reminder: string;
  /** For `Topic::Greeting`. */
  greeting: string;
  /** For `Topic::Survey`. */
  survey: string;
}

/** The titles of messages that have none, by topic. */
export interface TitlesInput {
  /** For `Topic::EtaUpdate`. */
  etaUpdate?: string | undefined;
  /** For `Topic::Generic`. */
  generic?: string | undefined;
  /** For `Topic::Greeting`. */
  greeting?: string | undefined;
  /** For `Topic::Reminder`. */
  reminder?: string | undefined;
  /** For `Topic::StatusUpdate`. */
  statusUpdate?: string | undefined;
  /** For `Topic::Survey`. */
  survey?: string | undefined;
}

/** The tokens of a call. */
export interface TokenUsage {
  /** Tokens of the request, the cached ones included. */
  input: number;
  /** Tokens of the answer. */
  output: number;
  /** Tokens of the request that the provider had in its own cache. */
  cached: number;
}

/** The share of ratings in the upper part of a scale, with Wilson's interval (Wilson, *Probable Inference*, Journal of the American Statistical Association 22, 1927), and the mean. `csat`(Self::csat) is the share of 4 and 5 on a scale of 1 to 5, `ces`(Self::ces) of 5 to 7 on a scale of 1 to 7. ``` use goodwill::analytics::TopBox; let csat = TopBox::csat(&[5, 4, 4, 2, 1])?; assert_eq!((csat.n, csat.percent), (5, 60.0)); let ces = TopBox::ces(&[7, 6, 3])?; assert!((ces.mean - 16.0 / 3.0).abs() < 1e-12); assert_eq!(TopBox::csat(&[3, 6]).unwrap_err().details()["row"], 1); # Ok::<(), goodwill::Error>(()) ``` */
export interface TopBox {
  /** The lowest rating of the scale. */
  lowest: number;
  /** The highest rating of the scale. */
  highest: number;
  /** The lowest rating that counts. */
  from: number;
  /** How many ratings there are. */
  n: number;
  /** How many of them count. */
  top: number;
  /** The share that counts, from 0 to 100. */
  percent: number;
  /** The lower end of the 95 % interval of the share. */
  low: number;
  /** The upper end of the 95 % interval of the share. */
  high: number;
  /** The mean rating. */
  mean: number;
}

export type Topic =
  /** Progress of the work. */
  | 'status_update'
  /** A new or changed date. */
  | 'eta_update'
  /** Anything else. */
  | 'generic'
  /** A reminder. */
  | 'reminder'
  /** Good wishes. */
  | 'greeting'
  /** A question about satisfaction. */
  | 'survey';

/** How many hits there are in all. */
export interface Total {
  /** How many were counted. */
  count: number;
  /** Whether that is all of them; otherwise there are at least so many. */
  exact: boolean;
}

/** A page of the audit trail. */
export interface Trail {
  /** The entries in order. */
  entries: TrailEntry[];
  /** The last entry's place: go on after it. */
  last: number;
}

/** An entry of the audit trail. */
export interface TrailEntry {
  /** What is sealed. */
  record: AuditRecord;
  /** What is personal about it, as long as that is there. */
  private?: AuditPrivate | undefined;
}

/** The id of a triage: a UUID. */
export type TriageId = string & { readonly __id?: 'triage' };

/** A message that waits for somebody to say where it belongs. */
export interface TriageItem {
  /** The id. */
  id: TriageId;
  /** The tenant. */
  tenant: TenantId;
  /** Where it stands. */
  state: TriageState;
  /** Why it is here. */
  reason: TriageReason;
  /** The message as it arrived; empty once it was assigned or erased with the person. */
  arrived: InboundMessage;
  /** The parties that have the sender's address. */
  senders: PartyId[];
  /** What it may be about. */
  candidates: Candidate[];
  /** When it arrived. */
  receivedAt: Timestamp;
  /** Counts the changes, from 1. */
  version: number;
  /** The message that it has become. */
  message?: MessageId | undefined;
  /** What the sender's address is compared by. */
  senderKey?: string | undefined;
  /** When it was assigned or dismissed. */
  settledAt?: Timestamp | undefined;
}

/** A page of triage. */
export interface TriageList {
  /** The items, what has waited longest first. */
  items: TriageItem[];
  /** Whether there are more: go on after the last one's id. */
  more: boolean;
}

/** Which items of triage. */
export interface TriageQuery {
  /** Only those after this item. */
  after?: TriageId | null | undefined;
  /** At most so many, 1 to 200. */
  limit?: number | undefined;
  /** Any of these reasons; all of them by default. */
  reason?: TriageReason[] | undefined;
  /** Where they stand; open by default. */
  state?: TriageState | undefined;
}

export type TriageReason =
  /** Nobody has the sender's address. */
  | 'unknown_sender'
  /** More than one party has an address of the sender's. */
  | 'ambiguous_sender'
  /** The channel says that the sender is not who it claims to be. */
  | 'unverified_sender'
  /** The sender may not write to the conversation that the message names. */
  | 'not_permitted'
  /** No order or job has the number. */
  | 'unknown_order'
  /** More than one order or job is named. */
  | 'ambiguous_order'
  /** No order or job is named, and the sender has none that is open. */
  | 'no_open_subject'
  /** No order or job is named, and the sender has more than one that is open. */
  | 'ambiguous_subject'
  /** The thread is closed, and the tenant's policy refuses messages to it. */
  | 'thread_closed'
  /** It is larger than the tenant's limits for a message. */
  | 'too_large'
  /** It has neither text nor files. */
  | 'empty'
  /** An answer or a notice of a machine. */
  | 'automatic'
  /** A notice that a mail could not be delivered. */
  | 'bounce'
  /** A mailing list. */
  | 'mailing_list'
  /** An address of the business itself. */
  | 'own_address'
  /** A message of the business that has come back. */
  | 'loop';

export type TriageState =
  /** Somebody of the business should look at it. */
  | 'open'
  /** It was posted to a conversation. */
  | 'assigned'
  /** It belongs to no conversation. */
  | 'dismissed';

/** How a text of the input is printed. */
export type TrustLevel =
  /** As it is, also in the message of the system. */
  | 'trusted'
  /** On one line and neutralised, in messages of the user only. */
  | 'line'
  /** Between the lines of a fence, in messages of the user only. */
  | 'fence';

/** What changes about a follow-up; what is absent stays as it is. */
export interface UpdateFollowup {
  /** When it is to be done, while it is open. */
  dueAt?: Timestamp | null | undefined;
  /** What colleagues should know; an empty one takes it away. */
  note?: string | null | undefined;
  /** When it was done, or no answer was waited for any longer; now by default, never later. */
  occurredAt?: Timestamp | null | undefined;
  /** What the customer said, once it is completed. */
  result?: FollowupResult | null | undefined;
  /** Where it stands now. */
  state?: FollowupState | null | undefined;
}

/** Whose payments count, and until when. */
export interface ValueQuery {
  /** Only payments of this currency; by default there must be only one. */
  currency?: string | null | undefined;
  /** Not before. */
  from?: Timestamp | null | undefined;
  /** The last instant that counts; now by default. */
  reference?: Timestamp | null | undefined;
  /** What counts as a purchase; payments by default. */
  source?: ValueSource | undefined;
  /** Whose days count, such as `Europe/Berlin`; UTC by default. */
  zone?: string | undefined;
}

export type ValueSource =
  /** Each payment; what went back is taken from those before it. */
  | 'payments'
  /** Each order with its payments, less what went back, at the instant of the first. */
  | 'orders'
  /** Each job with its payments, less what went back, at the instant of the first. */
  | 'jobs';

/** What reading the trail has shown. */
export interface VerifyReport {
  /** How many entries there are. */
  entries: number;
  /** The last entry. */
  lastSeq: number;
  /** How many checkpoints hold. */
  checkpoints: number;
  /** How many entries have lost their personal part to an erasure: that is as it should be. */
  erased: number;
  /** How many messages were compared with what the trail says of them. */
  messages: number;
  /** How many of those have lost their text to a redaction or an erasure: as it should be. */
  messagesWithoutText: number;
  /** What is wrong, the first hundred. */
  findings: Finding[];
  /** How much is wrong. */
  problems: number;
}

/** Whether a customer is a VIP, with every rule. */
export interface Vip {
  /** The version of the rules. */
  version: string;
  /** Whether the customer is a VIP. */
  vip: boolean;
  /** Why. */
  reason: VipReason;
  /** The rules, in their order, also where a person has decided. */
  rules: VipRuleResult[];
}

/** A measure that reaches a number. */
export interface VipCondition {
  /** What is looked at. */
  measure: VipMeasure;
  /** The least number that meets the condition, above 0. */
  atLeast: number;
}

/** How a condition was judged. */
export interface VipConditionResult {
  /** What was looked at. */
  measure: VipMeasure;
  /** What was asked for. */
  atLeast: number;
  /** What there was; none, if it is not known. */
  value: number | null;
  /** Whether that is enough. */
  met: boolean;
  /** How much is missing: 0 if met, all of it if nothing is known. */
  missing: number;
}

/** What is known of a customer. */
export interface VipFacts {
  /** What a person has decided. */
  manual?: ManualVip | null | undefined;
  /** How many orders or jobs there were. */
  orders?: number | null | undefined;
  /** What the customer spent. */
  spend?: number | null | undefined;
  /** Days since the first purchase. */
  tenureDays?: number | null | undefined;
}

/** What a condition looks at. */
export type VipMeasure =
  /** What the customer spent, in the currency and the time that the host counts. */
  | 'spend'
  /** How many orders or jobs there were in that time. */
  | 'orders'
  /** Days since the first purchase. */
  | 'tenure_days';

/** Why a customer is a VIP or not. */
export type VipReason =
  /** A person has decided. */
  | {
      kind: 'manual';
    }
  /** A rule is met. */
  | {
      kind: 'rule';
      /** Its name. */
      name: string;
    }
  /** No rule is met. */
  | {
      kind: 'no_rule';
    };

/** A rule: all its conditions have to be met. */
export interface VipRule {
  /** Its name. */
  name: string;
  /** The conditions, at least one. */
  allOf: VipCondition[];
}

/** How a rule was judged. */
export interface VipRuleResult {
  /** The name of the rule. */
  name: string;
  /** Whether all conditions are met. */
  met: boolean;
  /** The conditions, in the order of the rule. */
  conditions: VipConditionResult[];
}

/** When a customer is a VIP, versioned: by one of the rules, unless a person has decided. */
export interface VipRules {
  /** Of this set of parameters; results repeat it. */
  version: string;
  /** The rules, the first that is met gives the reason. */
  anyOf: VipRule[];
}

/** Who may see a message. */
export type Visibility =
  /** Everybody who may read the thread. */
  | 'public'
  /** Only principals with a role of the audience. */
  | {
      internal: { audience: RoleSet };
    };

