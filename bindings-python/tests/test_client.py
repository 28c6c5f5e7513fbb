"""The client as its users know it."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import pickle
import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import goodwill
import pytest
from goodwill import (
    AsyncGoodwill,
    ConflictError,
    DeniedError,
    Goodwill,
    GoodwillError,
    InternalError,
    InvalidError,
    Key,
    Message,
    MessageFilter,
    MessageQuery,
    NotFoundError,
    PostMessage,
    PutSubject,
    Reproducible,
    UnavailableError,
    _native,
)
from pydantic import TypeAdapter

KEYS = [Key("2026-01", bytes([7]) * 32)]
ORDER: goodwill.TargetInput = {"order": "ORD-1"}


def furnished(path: Path | None = None, **options: Any) -> Goodwill:
    opened = Goodwill(path, keys=KEYS, **options)
    order = PutSubject(kind="order", key="ORD-1", customer="ada", suppliers=["acme"])
    opened.desk("admin", "root").put_subject(order)
    return opened


def test_a_conversation() -> None:
    with furnished() as opened:
        admin, ada = opened.desk("admin", "root"), opened.portal("customer", "ada")
        posted = ada.post(ORDER, PostMessage(text="When will it arrive? 🚚"))
        assert posted.created_at.tzinfo is not None
        admin.post(ORDER, PostMessage(text="Third delay", internal=True))
        seen = ada.messages(ORDER)
        assert [message.text for message in seen.messages] == ["When will it arrive? 🚚"]
        assert not hasattr(seen.messages[0], "visibility")
        assert len(admin.messages(ORDER, MessageQuery(limit=10)).messages) == 2
        acme = opened.portal("supplier", "acme")
        assert acme.unread_counts(subjects=[{"order": "ORD-1"}, {"job": "none"}]) == (1, None)
        assert acme.mark_all_read(ORDER) == 1
        found = admin.search(MessageFilter(keyword="arrive")).hits[0].snippet.pieces
        assert [piece.text for piece in found if piece.found] == ["arrive"]


def test_the_vectors_hold() -> None:
    path = Path(__file__).parents[2] / "tests" / "vectors" / "calls.json"
    vectors = json.loads(path.read_text())
    handle = _native.open_engine(json.dumps(vectors["open"]))
    assert not isinstance(handle, str)
    for step in vectors["calls"]:
        assert handle.call(step["operation"], step["request"]) == step["answer"], step["what"]


def test_results_pickle_match_and_work_with_pydantic() -> None:
    with furnished() as opened:
        message = opened.desk("admin", "root").post(ORDER, PostMessage(text="hi"))
        assert pickle.loads(pickle.dumps(message)) == message
        assert hash(message.id)
        match message:
            case Message(text="hi", author=author):
                assert author.role == "admin"
            case _:
                pytest.fail("it did not match")
        with pytest.raises(AttributeError):
            message.text = "other"  # type: ignore[misc]
        adapter = TypeAdapter(Message)
        assert adapter.validate_json(adapter.dump_json(message)) == message
        # A visibility has two forms.
        note = opened.desk("admin", "root").post(ORDER, PostMessage(text="n", internal=True))
        match note.visibility:
            case {"internal": {"audience": audience}}:
                assert audience == ["admin"]
            case other:
                pytest.fail(f"{other}")


def test_a_repetition_is_done_once() -> None:
    with furnished() as opened:
        once = opened.portal("customer", "ada").idempotent("webhook-1")
        first = once.post(ORDER, PostMessage(text="once"))
        assert once.post(ORDER, PostMessage(text="once")).id == first.id
        with pytest.raises(ConflictError) as caught:
            once.post(ORDER, PostMessage(text="other"))
        assert caught.value.code == "idempotency.key_reused"


def words(**fields: Any) -> PostMessage:
    return PostMessage(**fields)


def facts(value: Any) -> PostMessage:
    return PostMessage(text="hi", metadata={"v": value})


@pytest.mark.parametrize(
    ("message", "kind", "code", "field"),
    [
        (words(text=""), InvalidError, "input.empty", "text"),
        (words(text="a\0b"), InvalidError, "input.nul", "text"),
        (words(text="\ud800"), InvalidError, "input.invalid", "text"),
        (words(text=7), InvalidError, "input.invalid", "message.text"),
        (words(text="hi", topic="nope"), InvalidError, "input.unknown_value", "message.topic"),
        (words(text="hi", metadata={7: 1}), InvalidError, "input.invalid", "metadata"),
        (words(occurred_at=datetime(2026, 1, 1)), InvalidError, "input.invalid", "occurredAt"),
        (words(text="hi", claimed_role="admin"), DeniedError, "access.role_claim", "role"),
        (facts(float("nan")), InvalidError, "input.invalid", "v"),
        (facts(2**53), InvalidError, "input.invalid", "v"),
        (facts(Decimal("NaN")), InvalidError, "input.invalid", "v"),
        (facts(b"x"), InvalidError, "input.invalid", "v"),
        (facts(object()), InvalidError, "input.invalid", "v"),
        (None, InvalidError, "input.invalid", "message"),
        ({"text": "hi", "colour": "red"}, InvalidError, "input.invalid", "message.colour"),
    ],
)
def test_bad_input(message: Any, kind: type[GoodwillError], code: str, field: str) -> None:
    with furnished() as opened:
        with pytest.raises(kind) as caught:
            opened.portal("customer", "ada").post(ORDER, message)
        assert (caught.value.code, caught.value.details["field"]) == (code, field)
        assert pickle.loads(pickle.dumps(caught.value)).details == caught.value.details
        assert opened.portal("customer", "ada").threads().threads == ()


def test_values_arrive_as_they_were() -> None:
    with furnished() as opened:
        kept = {"big": 2**53 - 1, "small": 0.1, "none": None, "list": [1, {"a": True}], "t": "ünï"}
        admin = opened.desk("admin", "root")
        assert admin.post(ORDER, PostMessage(text="hi", metadata=kept)).metadata == kept
        east = timezone(timedelta(hours=9))
        at = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=east)
        message = admin.post(ORDER, PostMessage(text="hi", occurred_at=at))
        assert message.occurred_at == at


def test_wrong_principals_and_options() -> None:
    with furnished() as opened:
        with pytest.raises(NotFoundError):
            opened.portal("customer", "bob").messages(ORDER)
        with pytest.raises(DeniedError):
            opened.desk("customer", "ada").messages(ORDER)
        with pytest.raises(InvalidError, match=r"session\.party"):
            opened.portal("customer").messages(ORDER)
        with pytest.raises(InvalidError, match=r"session\.role"):
            opened.portal("king", "x").messages(ORDER)  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="keys"):
        Goodwill(keys=[])
    with pytest.raises(InvalidError, match="32 bytes"):
        Goodwill(keys=[Key("k", b"short")])
    with pytest.raises(InvalidError, match="32 bytes"):
        Key("k", "text")  # type: ignore[arg-type]
    with pytest.raises(UnavailableError):
        Goodwill("/", keys=KEYS)
    assert "secret" not in repr(KEYS)


def test_a_panic_is_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with furnished(reproducible=Reproducible(seed=1, now=now)) as opened:
        with pytest.raises(InternalError) as caught:
            opened.panic()
        assert "asked for" not in str(caught.value) + capfd.readouterr().err
        assert opened.portal("customer", "ada").post(ORDER, PostMessage(text="still here"))


def test_after_closing(tmp_path: Path) -> None:
    opened = furnished(tmp_path / "closed.db")
    ada = opened.portal("customer", "ada")
    opened.close()
    opened.close()
    with pytest.raises(UnavailableError) as caught:
        ada.post(ORDER, PostMessage(text="too late"))
    assert caught.value.code == "engine.closed"


def test_threads_share_an_engine(tmp_path: Path) -> None:
    with furnished(tmp_path / "threads.db") as opened:
        ada = opened.portal("customer", "ada")

        def post() -> None:
            for _ in range(20):
                ada.post(ORDER, PostMessage(text="hi"))

        threads = [threading.Thread(target=post) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        listed = opened.desk("admin", "root").messages(ORDER, MessageQuery(limit=500)).messages
        assert [message.seq for message in listed] == list(range(1, 161))


def test_asyncio_goes_on_meanwhile(tmp_path: Path) -> None:
    async def main() -> None:
        async with await AsyncGoodwill.open(tmp_path / "async.db", keys=KEYS) as opened:
            admin = opened.desk("admin", "root")
            await admin.put_subject(PutSubject(kind="order", key="ORD-1", customer="ada"))
            ada = opened.portal("customer", "ada")
            posts = (ada.post(ORDER, PostMessage(text=f"{number}")) for number in range(50))
            assert len({message.id for message in await asyncio.gather(*posts)}) == 50
            with pytest.raises(InvalidError):
                await ada.post(ORDER, PostMessage(text=""))

    asyncio.run(main())


FORKED: list[Goodwill] = []


def in_a_fork(queue: Any) -> None:
    try:
        FORKED[0].tick()
        queue.put("no error")
    except GoodwillError as error:
        queue.put(error.code)
    FORKED.clear()


def in_another_process(path: Path, queue: Any) -> None:
    with Goodwill(path, keys=KEYS) as opened:
        ada = opened.portal("customer", "ada")
        for _ in range(10):
            ada.post(ORDER, PostMessage(text="from elsewhere"))
    queue.put("done")


def test_after_a_fork_the_engine_must_be_opened_anew(tmp_path: Path) -> None:
    opened = furnished(tmp_path / "fork.db")
    FORKED.append(opened)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=in_a_fork, args=(queue,))
    child.start()
    assert queue.get(timeout=30) == "engine.forked"
    child.join()
    assert child.exitcode == 0
    FORKED.clear()
    # The parent goes on, with what it has.
    opened.portal("customer", "ada").post(ORDER, PostMessage(text="still here"))
    opened.close()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_share_a_file(tmp_path: Path, method: Literal["fork", "spawn"]) -> None:
    path = tmp_path / "shared.db"
    furnished(path).close()
    context: Any = multiprocessing.get_context(method)
    queue = context.Queue()
    children = [context.Process(target=in_another_process, args=(path, queue)) for _ in range(3)]
    for child in children:
        child.start()
    assert [queue.get(timeout=60) for _ in children] == ["done"] * 3
    for child in children:
        child.join()
    with Goodwill(path, keys=KEYS) as opened:
        listed = opened.desk("admin", "root").messages(ORDER, MessageQuery(limit=100)).messages
        assert [message.seq for message in listed] == list(range(1, 31))


def test_every_name_of_the_package_is_there() -> None:
    names: list[str] = vars(goodwill)["__all__"]
    for name in names:
        assert hasattr(goodwill, name), name
