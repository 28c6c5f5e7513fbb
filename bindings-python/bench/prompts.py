"""Prompts beside Jinja2, by turns in one run.

pip install goodwill jinja2
python prompts.py
"""

from __future__ import annotations

import statistics
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodwill import prompts

if TYPE_CHECKING:
    from collections.abc import Callable

jinja2: Any = import_module("jinja2")

ROUNDS = 15
LIBRARY = Path(__file__).parents[2] / "core" / "src" / "prompts" / "library"
SOURCE = (LIBRARY / "profitability_analysis.hbs").read_text()


def customer(items: int) -> dict[str, Any]:
    """Make the input of the first prompt, with lists of so many items."""
    day = lambda at: f"2026-{at % 12 + 1:02}-{at % 28 + 1:02}T09:30:00Z"  # noqa: E731
    nothing: list[Any] = [{} for _ in range(items)]
    return {
        "customer": {
            "name": "Ada Löve",
            "createdAt": "2024-02-29T08:30:00Z",
            "jobs": nothing,
            "payments": nothing,
            "expenses": nothing,
        },
        "totalRevenue": 916.67,
        "totalExpenses": 120,
        "netProfit": 796.67,
        "averageRevenuePerJob": 416.25,
        "recentPayments": [
            {"amount": at * 7 + 20, "date": day(at), "paymentMethod": "card"} for at in range(items)
        ],
        "recentExpenses": [
            {"amount": at * 3 + 0.25, "date": day(at + 3), "category": "parts"}
            for at in range(items)
        ],
        "recentJobs": [
            {
                "description": f"Drum bearing replaced, visit {at}",
                "date": day(at + 5),
                "profit": at * 2 - 9.5,
            }
            for at in range(items)
        ],
    }


def jinja_source() -> str:
    """Write the first prompt as Jinja2 reads it."""
    text = SOURCE.replace("{{/each}}", "{% endfor %}")
    for name in ("recentPayments", "recentExpenses", "recentJobs"):
        text = text.replace("{{#each " + name + "}}", "{% for this in " + name + " %}")
    for path in ("customer.createdAt", "this.date"):
        text = text.replace("{{formatDate(" + path + ")}}", "{{ " + path + "[:10] }}")
    for name in ("jobs", "payments", "expenses"):
        path = "customer." + name
        text = text.replace("{{" + path + ".length}}", "{{ " + path + "|length }}")
    return text


def by_turns(times: int, contenders: list[Callable[[], object]]) -> list[float]:
    """Return the microseconds of one call of each: medians of rounds in which all take turns."""
    measured: list[list[float]] = [[] for _ in contenders]
    for turn in range(ROUNDS + 1):
        for call, found in zip(contenders, measured, strict=True):
            begin = time.perf_counter()
            for _ in range(times):
                call()
            # The first round warms up.
            if turn:
                found.append((time.perf_counter() - begin) * 1e6 / times)
    return [statistics.median(found) for found in measured]


def main() -> None:
    """Print the table."""
    source = jinja_source()
    environment = lambda: jinja2.Environment(trim_blocks=True, autoescape=False)  # noqa: E731
    compiled = environment().from_string(source)
    print("| items a list | Goodwill | Jinja2, compiled | ratio | Jinja2, read each time | ratio |")
    print("|---|---|---|---|---|---|")
    for items, times in ((5, 100), (100, 20), (10_000, 1)):
        data = customer(items)
        contenders: list[Callable[[], object]] = [
            lambda data=data: prompts.render_template(SOURCE, data),
            lambda data=data: compiled.render(data),
            lambda data=data: environment().from_string(source).render(data),
        ]
        texts = {call() for call in contenders}
        if len(texts) != 1:
            message = "the engines print different texts"
            raise SystemExit(message)
        own, ready, read = by_turns(times, contenders)
        row = f"| {items:,} | {own:.1f} µs | {ready:.1f} µs | {ready / own:.1f}"
        print(f"{row} | {read:.1f} µs | {read / own:.1f} |", flush=True)


if __name__ == "__main__":
    main()
