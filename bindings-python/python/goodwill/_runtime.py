"""What the clients have in common: values as JSON, answers as values or exceptions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Protocol, Self
from uuid import UUID

from .errors import BY_KIND, GoodwillError, InternalError, InvalidError

_SAFE = 2**53 - 1


class Transport(Protocol):
    """What carries a call to the engine and its answer back."""

    def call(self, operation: str, request: str) -> str:
        """Answers a call with an envelope."""
        ...


class _Session:
    """Who acts, and through what."""

    __slots__ = ("_session", "_transport")

    def __init__(self, transport: Transport, session: dict[str, Any]) -> None:
        self._transport = transport
        self._session = session

    def idempotent(self, key: str) -> Self:
        """Return the same client whose next call, repeated under this key, has its first result.

        The key belongs to one call: take a new one for the next.
        """
        return type(self)(self._transport, {**self._session, "idempotencyKey": key})

    def with_request(
        self,
        *,
        id: str | None = None,
        ip: str | None = None,
        user_agent: str | None = None,
    ) -> Self:
        """Return the same client for a request, which stands in the audit trail."""
        request = {"id": id, "ip": ip, "userAgent": user_agent}
        return type(self)(self._transport, {**self._session, "request": request})

    def _request(self, given: dict[str, Any]) -> str:
        given = {name: value for name, value in given.items() if value is not None}
        return encode({"session": self._session, "input": given})


class Caller(_Session):
    """A client whose calls return when they are done. The interpreter's lock is released."""

    __slots__ = ()

    def _call(self, operation: str, given: dict[str, Any]) -> Any:
        return answer_of(self._transport.call(operation, self._request(given)))


class AsyncCaller(_Session):
    """A client whose calls run on a thread, off the event loop."""

    __slots__ = ()

    async def _call(self, operation: str, given: dict[str, Any]) -> Any:
        request = self._request(given)
        return answer_of(await asyncio.to_thread(self._transport.call, operation, request))


def answer_of(envelope: str) -> Any:
    """Return the result of an envelope, or raise its error."""
    answer = json.loads(envelope)
    if "error" in answer:
        raise error_of(answer["error"])
    return answer["ok"]


def error_of(error: dict[str, Any]) -> GoodwillError:
    """Make the exception of an error."""
    of_kind = BY_KIND.get(error["kind"], InternalError)
    return of_kind(error["message"], error["code"], error["details"], error["retryable"])


def invalid(field: str, accepted: str) -> InvalidError:
    """Make the error of one field."""
    details = {"field": field, "accepted": accepted}
    return InvalidError(f"{field}: expected {accepted}", "input.invalid", details)


def encode(value: object) -> str:
    """Write JSON without silent changes: what it cannot carry is refused."""
    return json.dumps(_plain(value, "request"), ensure_ascii=False, separators=(",", ":"))


@cache
def _wire(name: str) -> str:
    """Spell a name of Python as it stands on the wire."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def _fields(of: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _wire(field.name)) for field in fields(of))


def _plain(value: Any, place: str) -> Any:  # noqa: C901, PLR0911, PLR0912 -- one branch a type
    whole = value
    match value:
        case Enum():
            return _plain(value.value, place)
        case None | bool():
            return value
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise invalid(place, "text without lone surrogates") from None
            return value
        case int():
            if abs(value) > _SAFE:
                raise invalid(place, "an integer up to 2^53 - 1")
            return value
        case float():
            if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
                raise invalid(place, "a finite number")
            return value
        case datetime():
            return _instant(value, place)
        case Decimal():
            if not value.is_finite():
                raise invalid(place, "a finite number")
            return format(value, "f")
        case UUID():
            return str(value)
        case Mapping():
            plain: dict[str, Any] = {}
            for key, each in whole.items():
                if not isinstance(key, str):
                    raise invalid(place, "keys that are text")
                plain[key] = _plain(each, key)
            return plain
        case Sequence() if not isinstance(value, (bytes, bytearray, memoryview)):
            return [_plain(each, place) for each in whole]
        case _ if is_dataclass(value) and not isinstance(value, type):
            given = ((wire, getattr(value, name)) for name, wire in _fields(type(value)))
            return {wire: _plain(each, wire) for wire, each in given if each is not None}
        case _:
            raise invalid(place, f"data, not {type(value).__name__}")


def _instant(value: datetime, place: str) -> str:
    if value.tzinfo is None or value.utcoffset() is None:
        raise invalid(place, "a datetime with a time zone, such as datetime.now(timezone.utc)")
    return value.astimezone(UTC).isoformat(timespec="milliseconds")
