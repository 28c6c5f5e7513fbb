"""What comes in badly, to prompts and to models: each is a typed error without a word of a customer."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from goodwill import (
    AskSettings,
    AsyncGoodwill,
    Goodwill,
    GoodwillError,
    InvalidError,
    Key,
    ModelRequest,
    PromptText,
    prompts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = [Key("2026-01", bytes([7]) * 32)]
MESSAGE = {"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}
INPUT: dict[str, Any] = {
    "customer": {"name": "Ada Löve"},
    "job": {"description": "Boiler", "status": "scheduled"},
    "messages": [MESSAGE],
}
REPLY = 'REPLY:\n"Hi Ada, we come at nine."\n\nNEEDS A PERSON: no'
HALF = "\ud800"


def refused(call: Callable[[], object]) -> GoodwillError:
    with pytest.raises(GoodwillError) as error:
        call()
    for words in ("Löve", "Boiler"):
        assert words not in f"{error.value} {error.value.details}"
    return error.value


def test_half_a_character_of_utf_16_is_refused_wherever_it_stands() -> None:
    with Goodwill(keys=KEYS) as opened:
        calls: list[Callable[[], object]] = [
            lambda: prompts.render_template(f"Hi {HALF}", {}),
            lambda: prompts.render_template("Hi {{name}}", {"name": HALF}),
            lambda: prompts.render_template("Hi {{> a}}", {}, {"a": HALF}),
            lambda: prompts.preview("{{name}}" + HALF, {"name": "Ada"}),
            lambda: prompts.preview("{{name}}", {HALF: "Ada"}),
            lambda: prompts.parse_answer("message_reply", REPLY + HALF),
            lambda: prompts.lint([PromptText(path="a.prompt", text=HALF)]),
            lambda: opened.ask("message_reply", INPUT | {"customer": {"name": HALF}}),
            lambda: opened.ask(HALF, INPUT),
        ]
        for call in calls:
            assert isinstance(refused(call), InvalidError)


def test_data_without_end_and_loops_that_would_not_end_are_errors() -> None:
    cycle: dict[str, Any] = {"name": "Ada Löve"}
    cycle["self"] = cycle
    assert isinstance(refused(lambda: prompts.render_template("{{name}}", cycle)), InvalidError)
    rounds = "{{#each @root.list}}" * 3 + "{{/each}}" * 3
    error = refused(lambda: prompts.render_template(rounds, {"list": list(range(101))}))
    assert (error.code, error.details["limit"]) == ("prompt.limit", "loop_rounds")


def test_ten_megabytes_are_read_or_refused() -> None:
    much = "Ada Löve is angry. " * 550_000
    error = refused(lambda: prompts.render("message_reply", INPUT | {"job": {"status": much}}))
    assert error.code == "prompt.limit"
    assert prompts.parse_answer("message_reply", f"{REPLY}\n\n{much}").complete
    assert not prompts.parse_answer("message_reply", much).complete
    with Goodwill(keys=KEYS, model=lambda _: much) as opened:
        assert opened.ask("message_reply", INPUT, AskSettings(attempts=1)).deterministic


def test_nothing_is_asked_after_the_deadline() -> None:
    asked: list[ModelRequest] = []

    def model(request: ModelRequest) -> str:
        asked.append(request)
        return REPLY

    past = datetime(2020, 1, 1, tzinfo=UTC)
    with Goodwill(keys=KEYS, model=model) as opened:
        alone = AskSettings(deadline=past, no_rules=True)
        error = refused(lambda: opened.ask("message_reply", INPUT, alone))
        assert error.code == "llm.deadline_exceeded"
        answer = opened.ask("message_reply", INPUT, AskSettings(deadline=past))
        assert answer.deterministic
        assert answer.failure == "llm.deadline_exceeded"
    assert not asked


def test_a_call_is_given_up_with_its_task() -> None:
    asked = threading.Event()
    ended = threading.Event()

    def model(_: ModelRequest) -> str:
        asked.set()
        ended.wait(60)
        return REPLY

    async def main() -> None:
        async with await AsyncGoodwill.open(keys=KEYS, model=model) as opened:
            task = asyncio.create_task(opened.ask("message_reply", INPUT))
            await asyncio.to_thread(asked.wait, 60)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            ended.set()
            answer = await opened.ask("message_reply", INPUT)
            assert answer.value["reply"] == "Hi Ada, we come at nine."

    asyncio.run(main())
