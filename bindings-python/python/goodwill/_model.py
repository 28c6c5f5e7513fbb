"""A language model of the host's."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeAlias

from . import _decoding as d
from ._runtime import encode, invalid
from .models import ModelAnswer, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

Model: TypeAlias = Callable[[ModelRequest], str | ModelAnswer | Awaitable[str | ModelAnswer]]
"""A language model of your own: takes messages and gives the text of the answer, or more about it.

It runs on a thread of its own; a coroutine runs in an event loop of its own. What it raises fails the
attempt. An exception may have one of the codes `llm.rate_limited`, `llm.refused`, `llm.invalid_request`,
`llm.authentication`, `llm.context_too_long` and `llm.budget_exhausted` as its `code`, and
`retry_after_ms`; any other is taken for a broken connection. The attempt is repeated where that helps; in
the end rules answer, and say why.
"""


def host_model(model: Model) -> Callable[[str, Callable[[str], None]], None]:
    """Return a model as the engine calls it: with a request, and with what takes the answer later.

    The threads are daemons: a program may end while a model is still busy.
    """
    if not callable(model):
        raise invalid("model", "a function")

    def answer(request: str) -> str:
        try:
            said = model(d.model_request(json.loads(request)))
            if isawaitable(said):
                said = asyncio.run(_awaited(said))
            return encode({"ok": said})
        except BaseException as error:  # noqa: BLE001
            failure: Mapping[str, object] = {
                "code": getattr(error, "code", None),
                "retryAfterMs": getattr(error, "retry_after_ms", None),
            }
            known = {"code": str, "retryAfterMs": int}
            error_of = {name: it for name, it in failure.items() if type(it) is known[name]}
            return json.dumps({"error": error_of})

    def begin(request: str, reply: Callable[[str], None]) -> None:
        run = lambda: reply(answer(request))  # noqa: E731
        threading.Thread(target=run, name="goodwill-model", daemon=True).start()

    return begin


async def _awaited(said: Awaitable[str | ModelAnswer]) -> str | ModelAnswer:
    return await said
