"""Prompts that are asked: of rules, and of a model of the host's."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from goodwill import (
    AiMessageOptions,
    Appliance,
    AskSettings,
    AsyncGoodwill,
    ContextSettings,
    Customer,
    CustomerFacts,
    Goodwill,
    GoodwillError,
    InvalidError,
    Key,
    KnownText,
    ModelAnswer,
    ModelOptions,
    ModelRequest,
    Money,
    Payment,
    PromptSettings,
    PromptText,
    PutParty,
    PutSubject,
    _native,
)

KEYS = [Key("2026-01", bytes([7]) * 32)]
MESSAGE = {"createdAt": "2026-03-01T07:00:00Z", "author": "customer", "text": "When?"}
INPUT: dict[str, Any] = {
    "customer": {"name": "Ada Löve"},
    "job": {"description": "Boiler", "status": "scheduled"},
    "messages": [MESSAGE],
}
REPLY = 'REPLY:\n"Hi [PERSON_1], we come at nine."\n\nNEEDS A PERSON: no'
KNOWN = AskSettings(render=PromptSettings(known=[KnownText(kind="person", text="Ada Löve")]))


# F044: without a model everything works.
def test_rules_answer_where_there_is_no_model() -> None:
    with Goodwill(keys=KEYS) as opened:
        answer = opened.ask("message_reply", INPUT)
        assert answer.deterministic
        assert answer.acceptable
        assert "Ada Löve" in answer.value["reply"]
        with pytest.raises(InvalidError):
            opened.ask("message_reply", {})


def test_a_model_of_the_host_is_asked_with_pseudonyms() -> None:
    seen: list[ModelRequest] = []

    def plain(request: ModelRequest) -> ModelAnswer:
        seen.append(request)
        return ModelAnswer(text=REPLY, model="ours", input_tokens=90)

    async def coroutine(request: ModelRequest) -> str:
        seen.append(request)
        await asyncio.sleep(0)
        return REPLY

    for model in (plain, coroutine):
        with Goodwill(keys=KEYS, model=model) as opened:
            answer = opened.ask("message_reply", INPUT, KNOWN)
            assert answer.value["reply"] == "Hi Ada Löve, we come at nine."
            assert not answer.deterministic
    assert not any("Ada" in message.content for one in seen for message in one.messages)


class RefusedError(Exception):
    code = "llm.refused"


def test_whatever_a_model_does_the_answer_is_typed() -> None:
    def refuses(_: ModelRequest) -> str:
        raise RefusedError("a secret of the host")

    def leaves(_: ModelRequest) -> str:
        raise SystemExit

    def hangs(_: ModelRequest) -> str:
        threading.Event().wait(5)
        return "too late"

    def garbles(_: ModelRequest) -> Any:
        return 7

    expected = {
        refuses: "llm.refused",
        leaves: "llm.transport",
        hangs: "llm.deadline_exceeded",
        garbles: "llm.malformed",
    }
    for model, code in expected.items():
        with Goodwill(keys=KEYS, model=model, models=ModelOptions(patience_seconds=1)) as opened:
            answer = opened.ask("message_reply", INPUT, AskSettings(attempts=1))
            assert answer.deterministic
            assert answer.failure in (code, "llm.budget_exhausted")
            with pytest.raises(GoodwillError) as error:
                opened.ask("message_reply", INPUT, AskSettings(attempts=1, no_rules=True))
            assert error.value.code == code
            assert "secret" not in str(error.value)
    with pytest.raises(InvalidError, match="model"):
        Goodwill(keys=KEYS, model="gpt")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


ENDS = """
import sys, threading
from goodwill import AskSettings, Goodwill, Key, ModelOptions

def busy(request):
    for _ in range(40):
        threading.Event().wait(0.05)
    return "too late"

opened = Goodwill(keys=[Key("k", bytes(32))], model=busy, models=ModelOptions(patience_seconds=1))
assert opened.ask("message_reply", %r, AskSettings(attempts=1)).deterministic
sys.stdout.write("done")
"""


def test_a_program_ends_while_a_model_is_busy() -> None:
    command = [sys.executable, "-c", ENDS % (INPUT,)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done", "")


# F022, F023, F045, F047, F048
def test_a_message_to_the_customer_of_a_job_is_suggested_and_posted() -> None:
    with Goodwill(keys=KEYS) as opened:
        admin = opened.desk("admin", "root")
        admin.put_party(PutParty(key="ada", kind="customer", name="Ada"))
        admin.put_subject(PutSubject(kind="job", key="job-7", customer="ada", status="ordered"))
        jobs = opened.jobs("service", "internal-api", kind="service")
        options = AiMessageOptions(message_type="status_update", tone="friendly")
        suggestion = jobs.suggest_message("job-7", options)
        assert suggestion.metadata["tone"] == "friendly"
        assert "Ada" in suggestion.body
        assert jobs.get_messages_for_job("job-7") == ()
        posted = jobs.create_auto_message_from_ai("job-7", options)
        assert posted.source == "AI_SUGGESTED"
        assert posted.title == "Project Status Update"


# F163, F164
def test_facts_about_a_customer_become_a_typed_answer() -> None:
    facts = CustomerFacts(
        customer=Customer(
            id="ada", name="Ada Löve", created_at=datetime(2023, 3, 20, 8, tzinfo=UTC)
        ),
        payments=[
            Payment(
                amount=Money(amount="95.00", currency="EUR"),
                paid_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
            )
        ],
        appliances=[Appliance(id="washer-1", type="Washing machine", installed_at="2018-02-12")],
    )
    context = ContextSettings(now=datetime(2026, 3, 1, 9, tzinfo=UTC), zone="Europe/Berlin")
    with Goodwill(keys=KEYS) as opened:
        analysis = opened.profitability_analysis(facts, context)
        assert analysis.answer.classification == "Highly Profitable"
        assert analysis.financials[0].profit == Money(amount="95.00", currency="EUR")
        assert analysis.provenance.deterministic
        greeting = opened.generate_greeting(facts, context)
        assert (greeting.occasion.name, greeting.occasion.day) == ("3 years with us", "2026-03-20")
        (washer,) = opened.predict_all_maintenance(facts, context)
        assert (washer.appliance, washer.profile) == ("washer-1", "Washing machine")
        wrong = replace(facts, payments=[replace(one, job="J-9") for one in facts.payments or ()])
        with pytest.raises(InvalidError) as refused:
            opened.timeline_summary(wrong, context)
        assert refused.value.details["field"] == "facts.payments[0].job"


def test_what_is_written_about_customers_is_the_same_in_every_language() -> None:
    folder = Path(__file__).parents[2] / "tests" / "vectors"
    options = json.loads((folder / "calls.json").read_text())["open"]
    handle = _native.open_engine(json.dumps(options))
    assert not isinstance(handle, str)
    for step in json.loads((folder / "features.json").read_text())["calls"]:
        assert handle.call(step["operation"], step["request"]) == step["answer"], step["operation"]


def test_an_answer_comes_part_by_part() -> None:
    with Goodwill(keys=KEYS, model=lambda _: REPLY) as opened:
        text, last = "", None
        for part in opened.stream("message_reply", INPUT, KNOWN):
            last = part
            if part["kind"] == "text":
                text += part["text"]
        assert last is not None
        assert last["kind"] == "answer"
        assert last["answer"].text == text == REPLY.replace("[PERSON_1]", "Ada Löve")
        assert last["answer"].value["needsPerson"] is False
        # Whoever leaves the loop gives the answer up.
        parts = opened.stream("message_reply", INPUT, KNOWN)
        assert next(parts)["kind"] == "text"
        parts.close()
        with pytest.raises(GoodwillError) as unknown:
            next(opened.stream("nope", {}))
        assert unknown.value.code == "prompt.unknown"


def test_a_stream_is_given_up_with_its_task() -> None:
    asked = threading.Event()
    ended = threading.Event()

    def model(_: ModelRequest) -> str:
        asked.set()
        ended.wait(60)
        return REPLY

    async def main() -> None:
        opened = await AsyncGoodwill.open(keys=KEYS, model=model)
        async with opened:

            async def take() -> None:
                async for _ in opened.stream("message_reply", INPUT):
                    raise AssertionError

            task = asyncio.create_task(take())
            await asyncio.to_thread(asked.wait, 60)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            ended.set()
            kinds = [part["kind"] async for part in opened.stream("message_reply", INPUT, KNOWN)]
            assert kinds == ["text", "fields", "answer"]

    asyncio.run(main())


def test_a_prompt_of_the_host_declares_its_answer() -> None:
    text = (
        "---\noutput:\n  schema: {gist: string, mood(enum): [good, bad]}\ngoodwill.answer: {max_words: 20}\n"
        "goodwill.showOutput: true\ngoodwill.trust: {default: line}\n---\nSum up: {{text}}"
    )
    models = ModelOptions(prompts=[PromptText(path="gist.prompt", text=text)])
    with Goodwill(keys=KEYS, model=lambda _: "Gist: It leaks.\nMood: Bad", models=models) as opened:
        answer = opened.ask("gist", {"text": "It leaks."})
        assert answer.value == {"gist": "It leaks.", "mood": "bad"}
