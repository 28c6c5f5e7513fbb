"""The root of the exceptions."""

from __future__ import annotations

from typing import Any


class GoodwillError(Exception):
    """What every failed call raises.

    `kind` says what to do, `code` which rule spoke, `details` name the field and what it accepts.
    The message is for people and may change.
    """

    kind: str = "internal"

    def __init__(
        self,
        message: str,
        code: str = "internal",
        details: dict[str, Any] | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details = details if details is not None else {}
        self.retryable = retryable

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles with everything that it says."""
        return type(self), (self.message, self.code, self.details, self.retryable)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
