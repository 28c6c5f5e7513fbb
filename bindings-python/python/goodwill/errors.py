# Written by core/codegen from the operation table; do not edit.
"""The exceptions: one class a kind of error, one code a rule."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ._errors import GoodwillError

ErrorCode: TypeAlias = Literal[
    "input.invalid",  # A field is missing or has a value outside its rule.
    "input.empty",  # A text that must say something is empty.
    "input.too_long",  # A text or list is longer than the policy allows.
    "input.nul",  # A text contains U+0000, which no store and no channel can carry.
    "input.unknown_value",  # A word is none of the values of its enumeration.
    "input.malformed_id",  # An id or external reference is not well formed.
    "input.malformed_time",  # An instant is not RFC 3339, or lies outside the years 1 to 9999.
    "input.malformed_cursor",  # A cursor was not made by this operation.
    "money.malformed",  # An amount is not a plain decimal number, or has more decimals than its currency.
    "money.unknown_currency",  # A currency is not a code of ISO 4217.
    "money.currency_mismatch",  # Two amounts of different currencies met in one calculation.
    "money.overflow",  # An amount does not fit into 64 bits of minor units.
    "access.role_claim",  # The request names a role that is not the principal's.
    "access.denied",  # No rule permits this, or a rule forbids it.
    "access.rule_invalid",  # An access rule of a tenant is not well formed or goes over the ceiling.
    "subject.not_found",  # The subject (job, order, …) is not known.
    "thread.not_found",  # The thread is not known.
    "thread.closed",  # The thread is closed, and the policy does not let this message reopen it.
    "thread.transition",  # The state machine of the thread has no such transition.
    "thread.merge",  # The two threads cannot be merged: other store, other customer, or one is merged already.
    "message.not_found",  # The message is not known, or not visible to the principal.
    "message.state",  # The message cannot be corrected, retracted, reacted to or redacted (any more).
    "party.not_found",  # A party (customer, staff member, supplier, …) is not known.
    "followup.not_found",  # The follow-up is not known, or not visible to the principal.
    "followup.state",  # The follow-up's state does not lead there, or does not allow that change.
    "triage.not_found",  # The item of triage is not known.
    "triage.settled",  # The item of triage was assigned or dismissed before.
    "reference.taken",  # An external reference, natural key or identity already belongs to another record.
    "version.stale",  # The record has changed since the version that the caller expected.
    "store.contention",  # Others kept writing the same records; nothing was changed.
    "idempotency.key_reused",  # The idempotency key was used before with another request.
    "store.full",  # The disk or the file's size limit is full; nothing was changed.
    "store.read_only",  # The file or its folder cannot be written.
    "store.locked",  # Another process holds the file.
    "store.unavailable",  # The file cannot be opened or read.
    "store.not_a_database",  # The file is not a database.
    "store.foreign",  # The file is a database of another program.
    "store.newer_version",  # The file was written by a newer version of this library.
    "engine.closed",  # The engine was closed.
    "engine.forked",  # The engine was opened by the process that this one was forked from: open it anew.
    "store.unsupported",  # This build has no store of this kind.
    "operation.unknown",  # No operation of the table has this name.
    "prompt.syntax",  # The template is not well formed.
    "prompt.helper",  # A template calls a helper that is not known, or with arguments that it does not take.
    "prompt.partial",  # A template calls a partial that is not known.
    "prompt.limit",  # A template runs deeper or longer, or prints more, than the limits allow.
    "prompt.missing",  # The input has no value for a variable that the prompt must have.
    "prompt.untrusted",  # A value from outside would stand in the message of the system.
    "prompt.budget",  # The prompt does not fit its budget of tokens, even with the fewest items of its lists.
    "prompt.unknown",  # No prompt has this id, version or label.
    "llm.transport",  # The language model's service cannot be reached, or fails.
    "llm.rate_limited",  # The language model's service asks for fewer calls.
    "llm.refused",  # The language model declines to answer.
    "llm.invalid_request",  # The language model's service does not take the request.
    "llm.authentication",  # The language model's service does not take the key.
    "llm.context_too_long",  # The request has more tokens than the language model reads.
    "llm.malformed",  # The language model's service answers in no form that it documents.
    "llm.semantic",  # The language model's answer is not what the prompt asks for.
    "llm.cancelled",  # The call was given up by its caller.
    "llm.deadline_exceeded",  # The call had no answer at its deadline.
    "llm.circuit_open",  # The language model's service failed so often that it is left alone for a while.
    "llm.budget_exhausted",  # The attempts, tokens or money of the call are spent, or the account's quota is.
    "store.corrupt",  # The stored data is damaged.
    "internal",  # A defect of this library; please report it.
]
"""Which rule spoke. A code never changes its spelling."""


class InvalidError(GoodwillError):
    """An error of the kind `invalid`."""

    kind = "invalid"


class NotFoundError(GoodwillError):
    """An error of the kind `not_found`."""

    kind = "not_found"


class DeniedError(GoodwillError):
    """An error of the kind `denied`."""

    kind = "denied"


class ConflictError(GoodwillError):
    """An error of the kind `conflict`."""

    kind = "conflict"


class LimitExceededError(GoodwillError):
    """An error of the kind `limit_exceeded`."""

    kind = "limit_exceeded"


class UnavailableError(GoodwillError):
    """An error of the kind `unavailable`."""

    kind = "unavailable"


class UnsupportedError(GoodwillError):
    """An error of the kind `unsupported`."""

    kind = "unsupported"


class DataError(GoodwillError):
    """An error of the kind `data`."""

    kind = "data"


class InternalError(GoodwillError):
    """An error of the kind `internal`."""

    kind = "internal"


BY_KIND: dict[str, type[GoodwillError]] = {
    "invalid": InvalidError,
    "not_found": NotFoundError,
    "denied": DeniedError,
    "conflict": ConflictError,
    "limit_exceeded": LimitExceededError,
    "unavailable": UnavailableError,
    "unsupported": UnsupportedError,
    "data": DataError,
    "internal": InternalError,
}
"""The class of each kind."""

__all__ = [
    "BY_KIND",
    "ErrorCode",
    "GoodwillError",
    "InvalidError",
    "NotFoundError",
    "DeniedError",
    "ConflictError",
    "LimitExceededError",
    "UnavailableError",
    "UnsupportedError",
    "DataError",
    "InternalError",
]
