"""What the clients have in common: values as JSON, answers as values or exceptions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, Protocol, Self
from uuid import UUID

from ._native import compute
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
        import asyncio  # noqa: PLC0415

        request = self._request(given)
        return answer_of(await asyncio.to_thread(self._transport.call, operation, request))


class Functions:
    """What needs no engine. The interpreter's lock is released."""

    __slots__ = ()

    def _call(self, name: str, given: dict[str, Any]) -> Any:
        given = {name: value for name, value in given.items() if value is not None}
        return answer_of(compute(name, encode(given)))


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


def error_of_envelope(envelope: str) -> GoodwillError:
    """Make the exception of an envelope."""
    return error_of(json.loads(envelope)["error"])


def invalid(field: str, accepted: str) -> InvalidError:
    """Make the error of one field."""
    details = {"field": field, "accepted": accepted}
    return InvalidError(f"{field}: expected {accepted}", "input.invalid", details)


def encode(value: object) -> str:
    """Write JSON without silent changes: what it cannot carry is refused."""
    try:
        return json.dumps(_plain(value, "request"), ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        raise invalid("request", "values without cycles, and not that deep") from None


@cache
def _wire(name: str) -> str:
    """Spell a name of Python as it stands on the wire."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def _fields(of: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _wire(field.name)) for field in fields(of))


def _plain(value: Any, place: str) -> Any:
    """Return a value as plain data, or refuse it; `place` is the field that it stands in."""
    plain = _PLAIN.get(value.__class__)
    return plain(value, place) if plain is not None else _of_a_subclass(value, place)


def _as_it_is(value: Any, _place: str) -> Any:
    return value


def _text(value: str, place: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise invalid(place, "text without lone surrogates") from None
    return value


def _integer(value: int, place: str) -> int:
    if not -_SAFE <= value <= _SAFE:
        raise invalid(place, "an integer up to 2^53 - 1")
    return value


def _number(value: float, place: str) -> float:
    if not isfinite(value):
        raise invalid(place, "a finite number")
    return value


def _decimal(value: Decimal, place: str) -> str:
    if not value.is_finite():
        raise invalid(place, "a finite number")
    return format(value, "f")


def _instant(value: datetime, place: str) -> str:
    if value.utcoffset() is None:
        raise invalid(place, "a datetime with a time zone, such as datetime.now(timezone.utc)")
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


def _mapping(value: Mapping[Any, Any], place: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, each in value.items():
        if not isinstance(key, str):
            raise invalid(place, "keys that are text")
        plain[key if key.isascii() else _text(key, place)] = _plain(each, key)
    return plain


def _sequence(value: Sequence[Any], place: str) -> list[Any]:
    return [_plain(each, place) for each in value]


_PLAIN: dict[type, Callable[[Any, str], Any]] = {
    type(None): _as_it_is,
    bool: _as_it_is,
    str: _text,
    int: _integer,
    float: _number,
    Decimal: _decimal,
    datetime: _instant,
    UUID: lambda value, _: str(value),
    dict: _mapping,
    list: _sequence,
    tuple: _sequence,
}


def _of_a_subclass(value: Any, place: str) -> Any:
    of: type[Any] = value.__class__
    if is_dataclass(of):
        given = ((wire, getattr(value, name)) for name, wire in _fields(of))
        return {wire: _plain(each, wire) for wire, each in given if each is not None}
    if issubclass(of, Enum):
        return _plain(value.value, place)
    if issubclass(of, Mapping):
        return _mapping(value, place)
    for known in (str, int, float, Decimal, datetime):
        if issubclass(of, known):
            return _PLAIN[known](value, place)
    if issubclass(of, Sequence) and not issubclass(of, (bytes, bytearray, memoryview)):
        return _sequence(value, place)
    raise invalid(place, f"data, not {of.__name__}")
