"""Checks for logs of your own: the suite that every store of Goodwill passes.

>>> from goodwill import LogEntry
>>> from goodwill.testing import check_log
>>> class Lines:
...     def __init__(self) -> None:
...         self.lines: list[str] = []
...
...     def read(self, after: int) -> list[LogEntry]:
...         lines = enumerate(self.lines[after:], after + 1)
...         return [LogEntry(position=position, entry=entry) for position, entry in lines]
...
...     def append(self, after: int, entry: str) -> bool:
...         free = len(self.lines) == after
...         self.lines += [entry] * free
...         return free
>>> {failure for check, failure in check_log(Lines)}
{None}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ._log import HostLog
from ._native import check_log as _check_log
from ._native import log_checks
from ._runtime import answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._log import Log

__all__ = ["Check", "check_log"]


class Check(NamedTuple):
    """What came of one check."""

    name: str
    """What was checked."""
    failure: str | None
    """What the log did wrong; none when it did nothing wrong."""


def check_log(create: Callable[[], Log]) -> Iterator[Check]:
    """Put a log to every check, one after the other; `create` gives a new, empty log for each."""
    for name in log_checks():
        yield Check(name, answer_of(_check_log(name, HostLog(create()).answer)))
