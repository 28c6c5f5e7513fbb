"""An engine on a log of the host's."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from ._runtime import encode, error_of, invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._native import Handle
    from .models import LogEntry

# The exceptions that are kept for callers, at most: of a retried call nobody asks for them.
_KEPT = 100


class Log(Protocol):
    """An append-only log in place of the SQLite file.

    It may be a table of your own database, a file, a stream, an object store. The engine keeps what it
    reads there in memory, brings itself up to date before every call, and appends what a call wrote as
    one entry. Any number of processes may share a log, and any thread may call it.

    An exception fails the call with `store.unavailable`, or with the `store.*` code that the exception
    has as its `code`; it is the `__cause__` of the error.
    """

    def read(self, after: int, /) -> Sequence[LogEntry]:
        """Return the entries after a position, oldest first; none at the end.

        As many as suits, at least one if there is any. What `append` has confirmed to anybody must be
        among them.
        """
        ...

    def append(self, after: int, entry: str, /) -> bool:
        """Write an entry at the position `after + 1`, durably and whole, and return true.

        Do nothing and return false when an entry is there already.
        """
        ...


class HostLog:
    """A log as the engine calls it, and what it has raised."""

    __slots__ = ("_count", "_lock", "_log", "_raised")

    def __init__(self, log: Log) -> None:
        for name in ("read", "append"):
            if not callable(getattr(log, name, None)):
                raise invalid("log", "an object with the methods `read` and `append`")
        self._log = log
        self._lock = Lock()
        self._count = 0
        self._raised: OrderedDict[int, BaseException] = OrderedDict()

    def answer(self, request: str) -> str:
        """Answer a request of the engine's; never raises."""
        try:
            return encode({"ok": self._ask(json.loads(request))})
        except BaseException as error:  # noqa: BLE001
            code = getattr(error, "code", None)
            thrown = {"thrown": self._keep(error)}
            return json.dumps({"error": thrown | ({"code": code} if isinstance(code, str) else {})})

    def _ask(self, request: dict[str, dict[str, Any]]) -> object:
        if "read" in request:
            return list(self._log.read(request["read"]["after"]))
        append = request["append"]
        return self._log.append(append["after"], append["entry"])

    def _keep(self, error: BaseException) -> int:
        with self._lock:
            self._count += 1
            self._raised[self._count] = error
            if len(self._raised) > _KEPT:
                self._raised.popitem(last=False)
            return self._count

    def raised(self, number: object) -> BaseException | None:
        """Give out what was raised, once."""
        with self._lock:
            return self._raised.pop(number, None) if isinstance(number, int) else None


class LogHandle:
    """Carries calls to an engine on a log; errors get the exception that caused them."""

    __slots__ = ("_handle", "_log")

    def __init__(self, handle: Handle, log: HostLog) -> None:
        self._handle = handle
        self._log = log

    def call(self, operation: str, request: str) -> str:
        """Answer a call with an envelope, or raise what the log raised."""
        envelope = self._handle.call(operation, request)
        if envelope.startswith('{"error"'):
            error = json.loads(envelope)["error"]
            cause = self._log.raised(error["details"].get("thrown"))
            if cause is not None:
                if not isinstance(cause, Exception):
                    raise cause
                raise error_of(error) from cause
        return envelope

    def close(self) -> None:
        """Close the engine."""
        self._handle.close()
