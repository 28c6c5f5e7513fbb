"""Goodwill on a database of your own: its records stand in a table beside your own tables.

Any database will do that can refuse a row with a key that is there already. Here it is `sqlite3` of the
standard library, in a file that two engines share, as two processes of a service would.

    python own_database.py
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from threading import Lock

from goodwill import Goodwill, Key, LogEntry, PostMessage, PutSubject


class SqliteLog:
    """A log in one table of a SQLite database."""

    def __init__(self, path: Path) -> None:
        # Durable when a call returns: WAL, and a full sync at each commit.
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        # What is deleted is overwritten: personal data, after an erasure.
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS goodwill"
            " (position INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT"
        )
        # The engine calls from any thread; a connection serves one at a time.
        self._lock = Lock()

    def read(self, after: int) -> list[LogEntry]:
        """Return the next entries."""
        query = (
            "SELECT position, entry FROM goodwill WHERE position > ? ORDER BY position LIMIT 500"
        )
        with self._lock:
            rows = self._database.execute(query, (after,)).fetchall()
        return [LogEntry(position=position, entry=entry) for position, entry in rows]

    def append(self, after: int, entry: str) -> bool:
        """Write an entry at its place, unless there is one."""
        insert = (
            "INSERT INTO goodwill SELECT ?1 + 1, ?2"
            " WHERE ?1 = (SELECT coalesce(max(position), 0) FROM goodwill)"
        )
        with self._lock:
            return self._database.execute(insert, (after, entry)).rowcount == 1

    def compact(self, snapshot: LogEntry) -> None:
        """Put a snapshot in place of all entries up to its position, in one step."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                self._database.execute(
                    "DELETE FROM goodwill WHERE position <= ?", (snapshot.position,)
                )
                self._database.execute(
                    "INSERT INTO goodwill VALUES (?, ?)", (snapshot.position, snapshot.entry)
                )
                self._database.execute("COMMIT")
            except BaseException:
                self._database.execute("ROLLBACK")
                raise

    def __len__(self) -> int:
        """Count the entries."""
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM goodwill").fetchone()[0])

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def main(path: Path) -> None:
    """Run two engines over one file, and a third after the log was made short."""
    keys = [Key("2026-01", b"the key of an example is no secret")]
    order = {"order": "ORD-101"}
    with (
        closing(SqliteLog(path)) as one_log,
        closing(SqliteLog(path)) as other_log,
        Goodwill(keys=keys, log=one_log) as one,
        Goodwill(keys=keys, log=other_log) as other,
    ):
        subject = PutSubject(kind="order", key="ORD-101", customer="Ada", suppliers=["Acme"])
        one.desk("admin", "Root").put_subject(subject)
        one.portal("customer", "Ada").post(order, PostMessage(text="When will it arrive?"))
        other.desk("admin", "Root").post(order, PostMessage(text="On Monday."))
        for message in one.portal("customer", "Ada").messages(order).messages:
            print(f"{message.author_role}: {message.text}")

        other.desk("privacy_officer", "Olga").erase_party("Ada", "asked for it")
        print(f"{len(one_log)} entries, and what Ada wrote is in one of them")
        one_log.compact(one.snapshot())
        print(f"{len(one_log)} entry, without it")

    with closing(SqliteLog(path)) as log, Goodwill(keys=keys, log=log) as later:
        for message in later.portal("supplier", "Acme").messages(order).messages:
            print(f"{message.author_role}: {message.text or '(erased)'}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder) / "shop.db")
