// Written by core/codegen from the operation table; do not edit.

import { GoodwillError, type ErrorEnvelope } from '../errors.js';

/** Which rule spoke. A code never changes its spelling. */
export type ErrorCode =
  /** A field is missing or has a value outside its rule. */
  | 'input.invalid'
  /** A text that must say something is empty. */
  | 'input.empty'
  /** A text or list is longer than the policy allows. */
  | 'input.too_long'
  /** A text contains U+0000, which no store and no channel can carry. */
  | 'input.nul'
  /** A word is none of the values of its enumeration. */
  | 'input.unknown_value'
  /** An id or external reference is not well formed. */
  | 'input.malformed_id'
  /** An instant is not RFC 3339, or lies outside the years 1 to 9999. */
  | 'input.malformed_time'
  /** A cursor was not made by this operation. */
  | 'input.malformed_cursor'
  /** An amount is not a plain decimal number, or has more decimals than its currency. */
  | 'money.malformed'
  /** A currency is not a code of ISO 4217. */
  | 'money.unknown_currency'
  /** Two amounts of different currencies met in one calculation. */
  | 'money.currency_mismatch'
  /** An amount does not fit into 64 bits of minor units. */
  | 'money.overflow'
  /** The request names a role that is not the principal's. */
  | 'access.role_claim'
  /** No rule permits this, or a rule forbids it. */
  | 'access.denied'
  /** An access rule of a tenant is not well formed or goes over the ceiling. */
  | 'access.rule_invalid'
  /** The subject (job, order, …) is not known. */
  | 'subject.not_found'
  /** The thread is not known. */
  | 'thread.not_found'
  /** The thread is closed, and the policy does not let this message reopen it. */
  | 'thread.closed'
  /** The state machine of the thread has no such transition. */
  | 'thread.transition'
  /** The two threads cannot be merged: other store, other customer, or one is merged already. */
  | 'thread.merge'
  /** The message is not known, or not visible to the principal. */
  | 'message.not_found'
  /** The message cannot be corrected, retracted, reacted to or redacted (any more). */
  | 'message.state'
  /** A party (customer, staff member, supplier, …) is not known. */
  | 'party.not_found'
  /** The follow-up is not known, or not visible to the principal. */
  | 'followup.not_found'
  /** The follow-up's state does not lead there, or does not allow that change. */
  | 'followup.state'
  /** The item of triage is not known. */
  | 'triage.not_found'
  /** The item of triage was assigned or dismissed before. */
  | 'triage.settled'
  /** An external reference, natural key or identity already belongs to another record. */
  | 'reference.taken'
  /** The record has changed since the version that the caller expected. */
  | 'version.stale'
  /** Others kept writing the same records; nothing was changed. */
  | 'store.contention'
  /** The idempotency key was used before with another request. */
  | 'idempotency.key_reused'
  /** The disk or the file's size limit is full; nothing was changed. */
  | 'store.full'
  /** The file or its folder cannot be written. */
  | 'store.read_only'
  /** Another process holds the file. */
  | 'store.locked'
  /** The file cannot be opened or read. */
  | 'store.unavailable'
  /** The file is not a database. */
  | 'store.not_a_database'
  /** The file is a database of another program. */
  | 'store.foreign'
  /** The file was written by a newer version of this library. */
  | 'store.newer_version'
  /** The engine was closed. */
  | 'engine.closed'
  /** The engine was opened by the process that this one was forked from: open it anew. */
  | 'engine.forked'
  /** This build has no store of this kind. */
  | 'store.unsupported'
  /** No operation of the table has this name. */
  | 'operation.unknown'
  /** The template is not well formed. */
  | 'prompt.syntax'
  /** A template calls a helper that is not known, or with arguments that it does not take. */
  | 'prompt.helper'
  /** A template calls a partial that is not known. */
  | 'prompt.partial'
  /** A template runs deeper or longer, or prints more, than the limits allow. */
  | 'prompt.limit'
  /** The input has no value for a variable that the prompt must have. */
  | 'prompt.missing'
  /** A value from outside would stand in the message of the system. */
  | 'prompt.untrusted'
  /** The prompt does not fit its budget of tokens, even with the fewest items of its lists. */
  | 'prompt.budget'
  /** No prompt has this id, version or label. */
  | 'prompt.unknown'
  /** The language model's service cannot be reached, or fails. */
  | 'llm.transport'
  /** The language model's service asks for fewer calls. */
  | 'llm.rate_limited'
  /** The language model declines to answer. */
  | 'llm.refused'
  /** The language model's service does not take the request. */
  | 'llm.invalid_request'
  /** The language model's service does not take the key. */
  | 'llm.authentication'
  /** The request has more tokens than the language model reads. */
  | 'llm.context_too_long'
  /** The language model's service answers in no form that it documents. */
  | 'llm.malformed'
  /** The language model's answer is not what the prompt asks for. */
  | 'llm.semantic'
  /** The call was given up by its caller. */
  | 'llm.cancelled'
  /** The call had no answer at its deadline. */
  | 'llm.deadline_exceeded'
  /** The language model's service failed so often that it is left alone for a while. */
  | 'llm.circuit_open'
  /** The attempts, tokens or money of the call are spent, or the account's quota is. */
  | 'llm.budget_exhausted'
  /** The stored data is damaged. */
  | 'store.corrupt'
  /** A defect of this library; please report it. */
  | 'internal';

/** An error of the kind `invalid`. */
export class InvalidError extends GoodwillError {
  override readonly kind = 'invalid' as const;
}

/** An error of the kind `not_found`. */
export class NotFoundError extends GoodwillError {
  override readonly kind = 'not_found' as const;
}

/** An error of the kind `denied`. */
export class DeniedError extends GoodwillError {
  override readonly kind = 'denied' as const;
}

/** An error of the kind `conflict`. */
export class ConflictError extends GoodwillError {
  override readonly kind = 'conflict' as const;
}

/** An error of the kind `limit_exceeded`. */
export class LimitExceededError extends GoodwillError {
  override readonly kind = 'limit_exceeded' as const;
}

/** An error of the kind `unavailable`. */
export class UnavailableError extends GoodwillError {
  override readonly kind = 'unavailable' as const;
}

/** An error of the kind `unsupported`. */
export class UnsupportedError extends GoodwillError {
  override readonly kind = 'unsupported' as const;
}

/** An error of the kind `data`. */
export class DataError extends GoodwillError {
  override readonly kind = 'data' as const;
}

/** An error of the kind `internal`. */
export class InternalError extends GoodwillError {
  override readonly kind = 'internal' as const;
}

/** What an error does in the caller's terms. */
export type ErrorKind = 'invalid' | 'not_found' | 'denied' | 'conflict' | 'limit_exceeded' | 'unavailable' | 'unsupported' | 'data' | 'internal';

const CLASSES: Record<string, new (envelope: ErrorEnvelope) => GoodwillError> = {
  invalid: InvalidError,
  not_found: NotFoundError,
  denied: DeniedError,
  conflict: ConflictError,
  limit_exceeded: LimitExceededError,
  unavailable: UnavailableError,
  unsupported: UnsupportedError,
  data: DataError,
  internal: InternalError,
};

/** The error of an envelope. */
export function errorOf(envelope: ErrorEnvelope): GoodwillError {
  return new (CLASSES[envelope.kind] ?? InternalError)(envelope);
}
