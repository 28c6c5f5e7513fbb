"""The engine: opening, and whom it works for."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from . import _clients as c
from . import _decoding as d
from ._log import HostLog, LogHandle
from ._model import host_model
from ._native import Handle, open_engine
from ._runtime import encode, error_of, invalid
from .errors import GoodwillError
from .models import OpenKey, OpenOptions, Reproducible

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Sequence
    from types import TracebackType

    from ._log import Log
    from ._model import Model
    from .models import AnswerPart, AskSettings, ExternalRef, ModelOptions, PrincipalKind, Role


class PrincipalOptions(TypedDict, total=False):
    """What there may be to say of a principal beside role and party."""

    tenant: str
    kind: PrincipalKind
    roles: Sequence[Role]
    organisation: str | ExternalRef
    on_behalf_of: str | ExternalRef
    stores: Sequence[str | ExternalRef]


class OpenOptional(TypedDict, total=False):
    """How an engine can be opened otherwise."""

    log: Log | None
    models: ModelOptions | None
    model: Model | None
    survives_power_loss: bool
    integrity_check: bool
    read_only: bool
    reproducible: Reproducible | None


class Key:
    """A key that seals the audit trail: 32 random bytes or more, and its name."""

    __slots__ = ("_secret", "id")

    def __init__(self, id: str, secret: bytes) -> None:
        """Take the name, which stands in every entry that the key seals, and the bytes."""
        if not isinstance(secret, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise invalid("secret", "32 bytes or more")
        self.id = id
        self._secret = secret

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Key(id={self.id!r})"


class Goodwill(c.EngineCalls):
    """An open engine. Its calls release the interpreter's lock; threads may share it."""

    __slots__ = ("_handle",)

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        keys: Sequence[Key],
        log: Log | None = None,
        models: ModelOptions | None = None,
        model: Model | None = None,
        survives_power_loss: bool = True,
        integrity_check: bool = False,
        read_only: bool = False,
        reproducible: Reproducible | None = None,
    ) -> None:
        """Open an engine on a SQLite file, made if there is none, or on a log of yours.

        Without both everything is kept in memory. Prompts are asked of a model of yours and of `models`;
        without any, rules answer.
        """
        options = OpenOptions(
            path=None if path is None else os.fspath(path),
            keys=[OpenKey(id=key.id, secret=key._secret.hex()) for key in keys],  # noqa: SLF001
            survives_power_loss=survives_power_loss,
            integrity_check=integrity_check,
            read_only=read_only,
            reproducible=reproducible,
            models=models,
        )
        host = None if log is None else HostLog(log)
        opened = open_engine(
            encode(options),
            None if host is None else host.answer,
            None if model is None else host_model(model),
        )
        if isinstance(opened, str):
            raise error_of(json.loads(opened)["error"])
        self._handle: Handle | LogHandle = opened if host is None else LogHandle(opened, host)
        super().__init__(self._handle, {})

    def desk(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.Desk:
        """Return what the business does: staff, services and the system itself."""
        return c.Desk(self._handle, principal("desk", role, party, **more))

    def portal(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.Portal:
        """Return what customers, suppliers and resellers do; all of it is public."""
        return c.Portal(self._handle, principal("portal", role, party, **more))

    def jobs(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.JobTimeline:
        """Return the messages to the customers of jobs."""
        return c.JobTimeline(self._handle, principal("portal", role, party, **more))

    def orders(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.OrderMessages:
        """Return the threads of orders."""
        return c.OrderMessages(self._handle, principal("portal", role, party, **more))

    def stream(
        self, prompt: str, input: Any, settings: AskSettings | None = None
    ) -> Generator[AnswerPart, None, None]:
        """Ask a prompt as `ask` does, and give the answer as it comes.

        First come pieces of the text and the fields that are complete, at last the checked answer. A part
        of the kind `again` says that what came so far does not count. Leaving the loop gives the call up.

        Raises: those of `ask`.
        """
        stream = self.open_stream(prompt, input, settings)
        try:
            while (part := self.next_part(stream)) is not None:
                yield _decoded(part)
                if part["kind"] == "answer":
                    return
        finally:
            with suppress(GoodwillError):  # an engine that was closed has closed its streams
                self.close_stream(stream)

    def close(self) -> None:
        """Close the engine. Calls on their way are finished, later ones raise `engine.closed`."""
        self._handle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncGoodwill(c.AsyncEngineCalls):
    """The same for `asyncio`: calls run on threads, off the event loop."""

    __slots__ = ("_handle",)

    def __init__(self, goodwill: Goodwill) -> None:
        """Share an open engine."""
        self._handle = goodwill._handle  # noqa: SLF001
        super().__init__(self._handle, {})

    @classmethod
    async def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        keys: Sequence[Key],
        **options: Unpack[OpenOptional],
    ) -> AsyncGoodwill:
        """Open an engine; the options are those of `Goodwill`."""
        return cls(await asyncio.to_thread(lambda: Goodwill(path, keys=keys, **options)))

    def desk(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.AsyncDesk:
        """Return what the business does: staff, services and the system itself."""
        return c.AsyncDesk(self._handle, principal("desk", role, party, **more))

    def portal(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.AsyncPortal:
        """Return what customers, suppliers and resellers do; all of it is public."""
        return c.AsyncPortal(self._handle, principal("portal", role, party, **more))

    def jobs(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.AsyncJobTimeline:
        """Return the messages to the customers of jobs."""
        return c.AsyncJobTimeline(self._handle, principal("portal", role, party, **more))

    def orders(
        self,
        role: Role | None = None,
        party: str | ExternalRef | None = None,
        **more: Unpack[PrincipalOptions],
    ) -> c.AsyncOrderMessages:
        """Return the threads of orders."""
        return c.AsyncOrderMessages(self._handle, principal("portal", role, party, **more))

    async def stream(
        self, prompt: str, input: Any, settings: AskSettings | None = None
    ) -> AsyncGenerator[AnswerPart, None]:
        """Ask a prompt as `ask` does, and give the answer as it comes.

        First come pieces of the text and the fields that are complete, at last the checked answer. A part
        of the kind `again` says that what came so far does not count. Cancelling the task gives the call
        up, and so does `aclose`.

        Raises: those of `ask`.
        """
        stream = await self.open_stream(prompt, input, settings)
        try:
            while (part := await self.next_part(stream)) is not None:
                yield _decoded(part)
                if part["kind"] == "answer":
                    return
        finally:
            with suppress(GoodwillError):  # an engine that was closed has closed its streams
                await self.close_stream(stream)

    async def close(self) -> None:
        """Close the engine. Calls on their way are finished, later ones raise `engine.closed`."""
        await asyncio.to_thread(self._handle.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _decoded(part: AnswerPart) -> AnswerPart:
    """Return a part with the answer as its class."""
    if part["kind"] == "answer":
        plain: Any = part["answer"]
        return {"kind": "answer", "answer": d.answered(plain)}
    return part


def principal(
    side: str,
    role: Role | None,
    party: str | ExternalRef | None,
    **more: Unpack[PrincipalOptions],
) -> dict[str, Any]:
    """Say who acts, as the host has authenticated it: never from the body of a request."""
    given: dict[str, Any] = {"side": side, "role": role, "party": party, **more}
    if "on_behalf_of" in given:
        given["onBehalfOf"] = given.pop("on_behalf_of")
    return {name: value for name, value in given.items() if value is not None}
