"""A log of the host's as the store."""

from __future__ import annotations

import runpy
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from goodwill import (
    Goodwill,
    InvalidError,
    Key,
    LogEntry,
    PostMessage,
    PutSubject,
    TargetInput,
    UnavailableError,
    UnsupportedError,
)
from goodwill.testing import check_log

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS = [Key("2026-01", bytes([7]) * 32)]
ORDER: TargetInput = {"order": "ORD-1"}
EXAMPLE = Path(__file__).parents[2] / "examples" / "python" / "own_database.py"


class Lines:
    """A log in memory, three entries at a time."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.lock = threading.Lock()

    def read(self, after: int) -> Sequence[LogEntry]:
        with self.lock:
            lines = enumerate(self.lines[after : after + 3], after + 1)
            return [LogEntry(position=position, entry=entry) for position, entry in lines]

    def append(self, after: int, entry: str) -> bool:
        with self.lock:
            free = len(self.lines) == after
            self.lines += [entry] * free
            return free


def furnished(log: Any) -> Goodwill:
    opened = Goodwill(keys=KEYS, log=log)
    opened.desk("admin", "root").put_subject(PutSubject(kind="order", key="ORD-1", customer="ada"))
    return opened


def test_a_log_passes_the_suite_of_all_stores() -> None:
    checks = list(check_log(Lines))
    assert len(checks) >= 22
    assert [check for check in checks if check.failure is not None] == []


def test_the_log_of_the_example_passes_the_suite(tmp_path: Path) -> None:
    log = runpy.run_path(str(EXAMPLE))["SqliteLog"]
    paths = (tmp_path / f"{number}.db" for number in range(1_000))
    assert [check for check in check_log(lambda: log(next(paths))) if check.failure] == []


def test_the_example_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE))["main"](tmp_path / "shop.db")
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == ["customer: When will it arrive?", "admin: On Monday."]
    assert printed[3:] == ["1 entry, without it", "customer: (erased)", "admin: On Monday."]
    assert b"When will it arrive" not in (tmp_path / "shop.db").read_bytes().replace(b"\0", b"")


def test_the_suite_finds_a_log_that_forgets() -> None:
    class Forgets(Lines):
        def append(self, after: int, entry: str) -> bool:
            return super().append(after, entry) if after % 5 else True

    class AppendsAnywhere(Lines):
        def append(self, after: int, entry: str) -> bool:
            del after
            self.lines.append(entry)
            return True

    for faulty in (Forgets, AppendsAnywhere):
        assert any(check.failure for check in check_log(faulty))


def test_two_engines_share_a_log() -> None:
    log = Lines()
    with furnished(log) as one, Goodwill(keys=KEYS, log=log) as other:

        def post(number: int) -> None:
            engine = one if number % 2 else other
            engine.portal("customer", "ada").post(ORDER, PostMessage(text=str(number)))

        threads = [threading.Thread(target=post, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for engine in (one, other):
            messages = engine.portal("customer", "ada").messages(ORDER).messages
            assert {message.text for message in messages} == {str(number) for number in range(20)}


class FullError(Exception):
    code = "store.full"


def test_an_exception_in_the_middle_of_a_commit_changes_nothing() -> None:
    class Breaks(Lines):
        failure: BaseException | None = None

        def append(self, after: int, entry: str) -> bool:
            if self.failure is not None:
                raise self.failure
            return super().append(after, entry)

    log = Breaks()
    with furnished(log) as opened:
        ada = opened.portal("customer", "ada")
        ada.post(ORDER, PostMessage(text="one"))
        before = len(log.lines)
        log.failure = OSError("the cable was pulled")
        with pytest.raises(UnavailableError) as error:
            ada.post(ORDER, PostMessage(text="two"))
        assert error.value.code == "store.unavailable"
        assert error.value.retryable
        assert error.value.__cause__ is log.failure
        log.failure = FullError()
        with pytest.raises(UnavailableError) as error:
            ada.post(ORDER, PostMessage(text="two"))
        assert error.value.code == "store.full"
        log.failure = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            ada.post(ORDER, PostMessage(text="two"))
        log.failure = None
        assert len(log.lines) == before
        assert [message.text for message in ada.messages(ORDER).messages] == ["one"]
        ada.post(ORDER, PostMessage(text="two"))
        texts = [message.text for message in ada.messages(ORDER).messages]
        assert texts == ["one", "two"]


def test_an_entry_that_was_written_in_spite_of_an_exception_counts_once() -> None:
    class WritesAndBreaks(Lines):
        broken = False

        def append(self, after: int, entry: str) -> bool:
            done = super().append(after, entry)
            if self.broken:
                raise ConnectionResetError
            return done

    log = WritesAndBreaks()
    with furnished(log) as opened:
        ada = opened.portal("customer", "ada")
        log.broken = True
        with pytest.raises(UnavailableError):
            ada.idempotent("k").post(ORDER, PostMessage(text="once"))
        log.broken = False
        # Repeated under its key, as a careful caller does.
        ada.idempotent("k").post(ORDER, PostMessage(text="once"))
        assert [message.text for message in ada.messages(ORDER).messages] == ["once"]


ONE: Any = "one"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        7,
        "text",
        [None],
        [float("nan")],
        [LogEntry(position=ONE, entry="{}")],
        [LogEntry(position=1, entry="\ud800")],
    ],
)
def test_an_answer_of_another_form_is_a_typed_error(answer: list[LogEntry]) -> None:
    class Answers(Lines):
        def read(self, after: int) -> Sequence[LogEntry]:
            del after
            return answer

    with Goodwill(keys=KEYS, log=Answers()) as opened, pytest.raises(UnavailableError) as error:
        opened.desk("admin", "root").tenant()
    assert error.value.code == "store.unavailable"


def test_damage_and_options_are_told() -> None:
    for log in (None, Lines()):
        with Goodwill(keys=KEYS, log=log) as opened:
            assert opened.desk("admin", "root").tenant().name == ""
    with pytest.raises(InvalidError, match="log"):
        Goodwill(keys=KEYS, log=object())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(InvalidError, match="path"):
        Goodwill("goodwill.db", keys=KEYS, log=Lines())
    with Goodwill(keys=KEYS) as opened, pytest.raises(UnsupportedError):
        opened.snapshot()
    damaged = Lines()
    damaged.lines.append("{}")
    with Goodwill(keys=KEYS, log=damaged) as opened:
        with pytest.raises(Exception, match="entry of the log") as error:
            opened.desk("admin", "root").tenant()
        assert getattr(error.value, "code", None) == "store.corrupt"
