"""Calls of native functions, and answers as records."""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from goodwill import _native
from goodwill._runtime import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from goodwill._native import Column

T = TypeVar("T")

_progress: ContextVar[Callable[[float], object] | None] = ContextVar("progress", default=None)


@contextmanager
def progress(callback: Callable[[float], object]) -> Generator[None]:
    """Call `callback` some twenty times a second while a call works, with its seconds so far.

    Work goes on without the interpreter's lock. Ctrl-C ends any call at once, and so does what the callback
    raises.

    >>> from goodwill.analytics import BgNbd, progress
    >>> with progress(lambda seconds: print(f"{seconds:.0f} s")):
    ...     _ = BgNbd().fit({"frequency": [2, 0, 1], "recency": [30.4, 0, 1.7], "age": [38.9, 38.9, 38.9]})
    """
    token = _progress.set(callback)
    try:
        yield
    finally:
        _progress.reset(token)


def call(
    name: str, columns: Mapping[str, Column], options: Mapping[str, Any] | None = None
) -> tuple[dict[str, Column], Any]:
    """Call a function of the native table: its columns, and its answer."""
    given = {key: value for key, value in (options or {}).items() if value is not None}
    made, answer = _native.analyze(name, columns, encode(given), _progress.get())
    return made, json.loads(answer)


@cache
def _wire(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def record(of: type[T], answer: Mapping[str, Any]) -> T:
    """Make a dataclass of an answer, whose names are those of its fields in camelCase."""
    names = (field.name for field in fields(of))  # type: ignore[arg-type]
    return of(**{name: answer.get(_wire(name)) for name in names})
