"""The same morning, from Python: opens the database of the tour and looks at its numbers."""

from __future__ import annotations

import sys
from collections import Counter
from statistics import median

from goodwill import Goodwill, Key, MessageQuery, ThreadQuery

KEYS = [Key("tour", b"the key of a tour is no secret at all")]


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n\033[1m{text}\033[0m")


def main(path: str) -> None:
    """Print what an analyst asks for first."""
    with Goodwill(path, keys=KEYS) as goodwill:
        admin = goodwill.desk("admin", "Root")
        threads = admin.threads(ThreadQuery(limit=200)).threads
        heading("In Python: who writes, and where")
        authors: Counter[str] = Counter()
        channels: Counter[str] = Counter()
        waits: list[float] = []
        for thread in threads:
            query = MessageQuery(limit=500)
            messages = admin.messages({"thread": thread.id}, query).messages
            authors.update(message.author.role for message in messages)
            channels.update(message.via for message in messages)
            if thread.first_response_at is not None:
                wait = thread.first_response_at - thread.created_at
                waits.append(wait.total_seconds() / 60)
        for name, counts in (("role", authors), ("channel", channels)):
            for value, count in counts.most_common():
                print(f"  {name:<8} {value:<12} {count:>4}  {'▇' * min(count, 60)}")
        if waits:
            print(f"  first responses: {len(waits)}, median {median(waits):.0f} minutes")

        heading("The trail, read by an auditor")
        auditor = goodwill.desk("auditor", "Otto")
        report = auditor.verify_audit()
        verdict = "intact" if report.problems == 0 else "NOT INTACT"
        print(f"  {verdict}: {report.entries} entries, {report.messages} messages compared")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tour.py goodwill.db")
    main(sys.argv[1])
