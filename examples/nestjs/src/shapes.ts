/** The shapes of bodies and answers, as the OpenAPI document tells them. The engine checks them. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AttachmentInput,
  Channel,
  ChannelMessage,
  ChannelMessageResult,
  CreateCustomerMessageInput,
  CreateOrderMessage,
  CustomerMessageDto,
  FollowupState,
  IngestOutcome,
  MarkedRead,
  MessageKind,
  OrderMessageDto,
  OrderMessageSearch,
  OrderMessageSearchResult,
  OrderThreadDto,
  OrderThreadMessages,
  Origin,
  PublicStatus,
  ReadReceiptDto,
  Role,
  ScanState,
  SystemEvent,
  TimeWindow,
  Topic,
  TriageReason,
} from 'goodwill';

import { PEOPLE, type Person } from './people.js';

const TYPES = ['STATUS_UPDATE', 'ETA_UPDATE', 'GENERIC'];
const SOURCES = ['SYSTEM', 'HUMAN', 'AI_SUGGESTED'];
const INTENDED = ['PORTAL', 'EMAIL', 'SMS'];
const CHANNELS = ['in_app', 'email', 'whatsapp', 'sms'];
const ROLES = ['customer', 'admin', 'supplier', 'reseller', 'system'];
const STATUSES = ['open', 'closed'];
const FOLLOW_UPS = ['pending', 'scheduled', 'sent', 'completed', 'no_response', 'failed', 'cancelled', 'dismissed'];
const OBJECT = { type: 'object', additionalProperties: true } as const;
const TIME = { type: String, format: 'date-time' } as const;

export class CreateCustomerMessage implements CreateCustomerMessageInput {
  @ApiProperty({ enum: TYPES })
  type!: Topic;
  @ApiProperty({ example: 'Your panels have been ordered.' })
  body!: string;
  @ApiPropertyOptional({ enum: INTENDED, default: 'PORTAL' })
  channel?: Channel;
  @ApiPropertyOptional({ enum: SOURCES, default: 'HUMAN' })
  source?: Origin;
  @ApiPropertyOptional({ description: "The tenant's title for the type by default" })
  title?: string;
  @ApiPropertyOptional(OBJECT)
  metadataJson?: Record<string, unknown>;
}

export class WriteCustomerMessage {
  @ApiProperty({ enum: TYPES })
  messageType!: Topic;
  @ApiPropertyOptional({ example: 'friendly' })
  tone?: string;
  @ApiPropertyOptional({ example: 'The crew comes on Tuesday at 9.' })
  customPrompt?: string;
}

/** What is written about a customer: the answer, how it came about, and the figures behind it. */
export const ANSWER = {
  description: 'The answer, how it came about (`provenance`), and what it is made of',
  schema: OBJECT,
};

export class Refresh {
  @ApiPropertyOptional({ description: 'Asks again, even if an answer is kept' })
  forceRefresh?: boolean;
}

export class WishForGreeting extends Refresh {
  @ApiPropertyOptional({ example: 'Easter', description: 'The nearest occasion by default' })
  occasion?: string;
}

export class MatchTechnician extends Refresh {
  @ApiProperty({ example: 'It does not spin' })
  issue!: string;
  @ApiProperty({ example: 'washer-1' })
  applianceId!: string;
  @ApiPropertyOptional({ type: Object, description: 'When somebody is to come: `from` and `until`' })
  window?: TimeWindow;
  @ApiPropertyOptional({ type: [String], description: 'The skills without which nobody can do it' })
  skills?: string[];
}

export class MatchForCustomer extends MatchTechnician {
  @ApiProperty({ example: 'ada' })
  customerId!: string;
}

export class CustomerMessage implements CustomerMessageDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'JOB-7' })
  jobId!: string;
  @ApiProperty({ enum: TYPES })
  type!: string;
  @ApiProperty({ enum: INTENDED })
  channel!: string;
  @ApiProperty({ enum: SOURCES })
  source!: string;
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
  @ApiProperty()
  body!: string;
  @ApiProperty(TIME)
  createdAt!: Date;
  @ApiProperty({ ...TIME, nullable: true, description: 'When the customer first read it' })
  readAt!: Date | null;
  @ApiProperty({ ...OBJECT, nullable: true, description: 'Customers never see it' })
  metadataJson!: Record<string, unknown> | null;
}

export class Marked implements MarkedRead {
  @ApiProperty()
  updated!: number;
}

export class UploadedFile implements AttachmentInput {
  @ApiProperty({ description: 'What a message names the file by' })
  blobRef!: string;
  @ApiProperty({ example: 'invoice.pdf' })
  name!: string;
  @ApiProperty({ example: 'application/pdf' })
  mime!: string;
  @ApiProperty({ description: 'In bytes' })
  size!: number;
  @ApiProperty({ enum: ['unscanned', 'clean', 'failed'] })
  scanState!: ScanState;
}

export class NewOrderMessage implements CreateOrderMessage {
  @ApiProperty({ example: 'When will my order be delivered?' })
  content!: string;
  @ApiPropertyOptional({ enum: CHANNELS, default: 'in_app' })
  channel?: Channel;
  @ApiPropertyOptional({ default: false, description: 'Only administrators may write and see notes' })
  isInternal?: boolean;
  @ApiPropertyOptional({ type: [UploadedFile], description: 'Files that were uploaded before, by blobRef' })
  attachments?: AttachmentInput[];
  @ApiPropertyOptional({ enum: ROLES, description: 'Refused unless it is the role of the signed-in person' })
  role?: Role;
}

export class ReadOrderMessage {
  @ApiPropertyOptional({ enum: ROLES, description: 'Refused unless it is the role of the signed-in person' })
  role?: Role;
}

export class ReadReceipt implements ReadReceiptDto {
  @ApiProperty({ enum: ROLES })
  role!: Role;
  @ApiProperty({ type: String, nullable: true, description: 'Administrators alone learn it' })
  userId!: string | null;
  @ApiProperty(TIME)
  readAt!: Date;
}

export class OrderMessage implements OrderMessageDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  threadId!: string;
  @ApiProperty({ example: 'ORD-123' })
  orderId!: string;
  @ApiProperty({ type: String, nullable: true })
  storeId!: string | null;
  @ApiProperty({ enum: ROLES })
  senderRole!: Role;
  @ApiProperty({ type: String, nullable: true })
  senderId!: string | null;
  @ApiProperty({ enum: CHANNELS })
  channel!: Channel;
  @ApiProperty({ type: String, example: 'text' })
  messageType!: MessageKind;
  @ApiProperty()
  content!: string;
  @ApiProperty({ type: 'array', items: OBJECT })
  attachments!: unknown[];
  @ApiProperty()
  isRead!: boolean;
  @ApiProperty({ type: [ReadReceipt] })
  readBy!: ReadReceipt[];
  @ApiProperty()
  isInternal!: boolean;
  @ApiProperty(TIME)
  createdAt!: Date;
  @ApiPropertyOptional({ ...OBJECT, description: 'For administrators' })
  metadata?: Record<string, unknown>;
}

export class OrderThread implements OrderThreadDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  storeId!: string | null;
  @ApiProperty()
  orderId!: string;
  @ApiProperty()
  customerId!: string;
  @ApiProperty({ enum: STATUSES })
  status!: PublicStatus;
  @ApiProperty({ ...TIME, nullable: true })
  lastMessageAt!: Date | null;
  @ApiProperty(TIME)
  createdAt!: Date;
}

export class OrderConversation implements OrderThreadMessages {
  @ApiProperty({ type: OrderThread, nullable: true })
  thread!: OrderThread | null;
  @ApiProperty({ type: [OrderMessage] })
  messages!: OrderMessage[];
}

export class SearchOrderMessages implements OrderMessageSearch {
  @ApiPropertyOptional()
  keyword?: string;
  @ApiPropertyOptional({ enum: STATUSES, description: 'Of the thread' })
  status?: PublicStatus;
  @ApiPropertyOptional({ description: 'Only what the administrator has yet to read' })
  unread?: boolean;
  @ApiPropertyOptional({ example: 'shipped' })
  orderStatus?: string;
  @ApiPropertyOptional({ enum: CHANNELS })
  channel?: Channel;
  @ApiPropertyOptional({ enum: ROLES })
  senderRole?: Role;
  @ApiPropertyOptional({ type: Number, default: 1 })
  page?: number;
  @ApiPropertyOptional({ type: Number, default: 50, maximum: 200 })
  limit?: number;
}

export class FoundOrderMessages implements OrderMessageSearchResult {
  @ApiProperty({ type: [OrderMessage] })
  messages!: OrderMessage[];
  @ApiProperty()
  total!: number;
  @ApiProperty({ description: 'Whether the total is all, or only as far as was counted' })
  totalIsExact!: boolean;
  @ApiProperty()
  page!: number;
  @ApiProperty()
  limit!: number;
}

export class JobEvent implements SystemEvent {
  @ApiProperty({ example: 'JOB_SCHEDULED' })
  eventType!: string;
  @ApiProperty({ example: 'The crew comes on Tuesday at 9.' })
  text!: string;
  @ApiPropertyOptional(OBJECT)
  metadata?: Record<string, unknown>;
}

export class OrderEvent implements SystemEvent {
  @ApiProperty({ example: 'ORDER_SHIPPED' })
  eventType!: string;
  @ApiProperty({ example: 'Your order has been shipped.' })
  text!: string;
  @ApiPropertyOptional({ type: String, description: 'The store of the order, if it has one' })
  storeId?: string;
  @ApiPropertyOptional(OBJECT)
  metadata?: Record<string, unknown>;
}

export class MessageFromOutside implements ChannelMessage {
  @ApiPropertyOptional({ example: 'ORD-123', description: "The sender's only open order by default" })
  orderNumber?: string;
  @ApiPropertyOptional({ example: '+1234567890' })
  customerPhone?: string;
  @ApiPropertyOptional({ example: 'ada@example.com' })
  customerEmail?: string;
  @ApiProperty({ example: 'Customer WhatsApp message' })
  content!: string;
  @ApiProperty({ enum: CHANNELS.slice(1) })
  channel!: Channel;
  @ApiPropertyOptional({ example: '+1234567890' })
  senderPhone?: string;
  @ApiPropertyOptional({ description: 'Makes a webhook that is called again change nothing' })
  providerRef?: string;
}

export class TakenMessage implements ChannelMessageResult {
  @ApiProperty({ enum: ['posted', 'duplicate', 'triaged'] })
  outcome!: IngestOutcome;
  @ApiProperty({ type: OrderMessage, nullable: true })
  message!: OrderMessage | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it waits for somebody of the staff' })
  reason!: TriageReason | null;
}

export class PlannedForJob {
  @ApiPropertyOptional({ example: 'service', default: 'service', description: 'What it is about' })
  kind?: string;
  @ApiPropertyOptional({ ...TIME, description: 'When it is to be done, or was done' })
  followUpDate?: Date;
  @ApiPropertyOptional({ example: 'Ask about the noise', description: 'What colleagues should know' })
  note?: string;
}

export class PlannedFollowUp extends PlannedForJob {
  @ApiProperty({ example: 'ada' })
  customerId!: string;
  @ApiPropertyOptional({ example: 'JOB-7' })
  jobId?: string;
}

export class LoggedFollowUp extends PlannedFollowUp {
  @ApiPropertyOptional({ minimum: 1, maximum: 5 })
  satisfactionRating?: number;
  @ApiPropertyOptional({ example: 'It works again, thank you' })
  feedback?: string;
}

export class ChangedFollowUp {
  @ApiPropertyOptional({ enum: FOLLOW_UPS })
  status?: FollowupState;
  @ApiPropertyOptional({ ...TIME, description: 'When it is to be done, or was done' })
  followUpDate?: Date;
  @ApiPropertyOptional({ minimum: 1, maximum: 5 })
  satisfactionRating?: number;
  @ApiPropertyOptional({ example: 'It works again, thank you' })
  feedback?: string;
  @ApiPropertyOptional({ description: 'An empty one takes it away' })
  note?: string;
}

export class FindFollowUps {
  @ApiPropertyOptional({ example: 'ada' })
  customerId?: string;
  @ApiPropertyOptional({ example: 'JOB-7' })
  jobId?: string;
  @ApiPropertyOptional({ enum: FOLLOW_UPS, isArray: true, description: 'Any of these, also with commas' })
  status?: string | string[];
  @ApiPropertyOptional({ ...TIME, description: 'Before; with pending ones, what is due' })
  until?: Date;
  @ApiPropertyOptional({ description: 'The id of the last one of the page before' })
  after?: string;
  @ApiPropertyOptional({ type: Number, default: 100, maximum: 1000 })
  limit?: string;
}

export class FollowUp {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  jobId!: string | null;
  @ApiProperty()
  customerId!: string;
  @ApiProperty({ example: 'service' })
  kind!: string;
  @ApiProperty({ enum: FOLLOW_UPS })
  status!: FollowupState;
  @ApiProperty({ type: Number, nullable: true, minimum: 1, maximum: 5 })
  satisfactionRating!: number | null;
  @ApiProperty({ type: String, nullable: true })
  feedback!: string | null;
  @ApiProperty({ ...TIME, nullable: true, description: 'When it was done, else is due' })
  followUpDate!: Date | null;
  @ApiProperty({ type: String, nullable: true, description: 'The name of whoever did it' })
  loggedBy!: string | null;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
  @ApiProperty(TIME)
  createdAt!: Date;
}

export class SignIn {
  @ApiProperty({ enum: PEOPLE.map((person) => person.id) })
  person!: string;
}

export class SignedIn implements Person {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ROLES })
  role!: Person['role'];
}

export class SessionAnswer {
  @ApiProperty({ type: SignedIn, nullable: true, description: 'Who has signed in' })
  person!: SignedIn | null;
  @ApiProperty({ type: [SignedIn], description: 'Who can sign in' })
  people!: readonly SignedIn[];
  @ApiProperty({ description: 'The order that the page shows' })
  order!: string;
  @ApiProperty({ description: 'The job that the page shows' })
  job!: string;
}
