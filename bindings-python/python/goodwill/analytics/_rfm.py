"""Recency, frequency and monetary value: scores and segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from goodwill._runtime import invalid

from ._call import call, record
from ._holdout import bins_table
from ._logs import DEFAULT_POLICIES, LogColumns, Policies, Report, moment, wire_policies
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from ._columns import Array, Data, Values

_BIN = ("score", "above", "upTo", "lowest", "highest", "customers")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMap:
    """Which codes are which segment: every code is in exactly one.

    Patterns have three places, for recency, frequency and monetary value: a score, several in brackets, or a
    point for any.

    >>> SegmentMap(name="mine", segments={"good": ["[45].."], "other": ["[123].."]}).name
    'mine'
    """

    name: str
    segments: Mapping[str, Sequence[str]]
    scores: int = 5

    def wire(self) -> dict[str, Any]:
        """Return it as native functions take it."""
        segments = [{"name": name, "codes": list(codes)} for name, codes in self.segments.items()]
        return {"name": self.name, "scores": self.scores, "segments": segments}


class Rfm(Table):
    """One row per customer with a purchase: values, scores of which the highest is best, and segments."""

    zone: str
    """Whose days counted."""
    reference: str
    """The last instant that counts."""
    report: Report
    """What the policies met."""
    bins: dict[str, Table]
    """The bins of recency, frequency and monetary value: scores, edges, and how many customers."""
    map: str | None
    """The name of the map of segments."""

    def __init__(self, columns: Mapping[str, Values], answer: Mapping[str, Any]) -> None:
        super().__init__(columns)
        self.zone = answer["options"]["zone"]
        self.reference = answer["options"]["reference"]
        self.report = record(Report, answer["report"])
        names = ("recency", "frequency", "monetary")
        self.bins = {name: bins_table(answer[f"{name}Bins"], _BIN) for name in names}
        self.map = answer["map"]
        self._segments = answer["segments"]

    @property
    def customer(self) -> Array:
        """The ids."""
        return self["customer"]

    @property
    def code(self) -> Array:
        """The scores together, such as 534."""
        return self["code"]

    @property
    def segment(self) -> Array:
        """The segments."""
        return self["segment"]

    def segments(self) -> Table:
        """Return how many customers each segment has, and what they are worth.

        >>> log = {"customer": [1, 1, 2], "time": ["2026-01-05", "2026-01-20", "2026-01-02"], "amount": [9, 1, 5]}
        >>> [name for name in rfm(log).segments()["segment"][:3]]
        ['Champions', 'Loyal', 'Potential Loyalist']
        """
        if self._segments is None:
            raise invalid("map", "a map of segments, which this was made without")
        names, customers = self._segments
        sums = self.totals("segment", "monetary").to_dict()
        worth = dict(zip(sums["segment"], sums["monetary"], strict=True))
        monetary = [worth.get(name, 0.0) for name in names]
        return Table({"segment": names, "customers": customers, "monetary": monetary})

    def explain(self, customer: object) -> Table:
        """Return why a customer has its code: values, scores, and the edges between which they are.

        >>> log = {"customer": [1, 1, 2], "time": ["2026-01-05", "2026-01-20", "2026-01-02"], "amount": [9, 1, 5]}
        >>> rfm(log).explain(1).to_dict()["score"]
        [5, 3, 3]
        """
        ids = self.native("customer").to_list()
        if customer not in ids:
            raise invalid("customer", "a customer of the result")
        row = ids.index(customer)
        names = ("recency", "frequency", "monetary")
        scores = [self.native(f"{name}_score")[row] for name in names]
        bins = [self._bin(name, score) for name, score in zip(names, scores, strict=True)]
        return Table(
            {
                "part": list(names),
                "value": [float(self.native(name)[row]) for name in names],
                "score": scores,
                "above": [each["above"] for each in bins],
                "up_to": [each["up_to"] for each in bins],
                "customers": [each["customers"] for each in bins],
            }
        )

    def _bin(self, name: str, score: int) -> dict[str, Any]:
        return next(each for each in self.bins[name].rows() if each["score"] == score)

    def _title(self) -> str:
        return f"{len(self)} customers at {self.reference} ({self.zone})"


def rfm(
    transactions: Data = None,
    *,
    customer: str | Values = "customer",
    time: str | Values = "time",
    amount: str | Values = "amount",
    order: str | Values | None = None,
    currency: str | Values | None = None,
    zone: str | None = None,
    reference: datetime | date | str | None = None,
    frequency: Literal["days", "orders", "rows"] = "days",
    monetary: Literal["sum", "mean"] = "sum",
    scores: int = 5,
    scoring: Literal["values", "qcut", "ntile"] | Mapping[str, Sequence[float]] = "values",
    segments: Literal["eleven", "ten"] | SegmentMap | None = "eleven",
    policies: Policies = DEFAULT_POLICIES,
) -> Rfm:
    """Score the customers of a log by recency, frequency and monetary value, and put them into segments.

    Equal customers have equal scores, unless `scoring` is `"ntile"`. Cuts of your own are a mapping of
    `recency`, `frequency` and `monetary` to ascending edges. Columns, zone and reference are as in `summarize`.

    >>> scored = rfm(
    ...     {
    ...         "customer": ["ada", "bob", "ada", "eve"],
    ...         "time": ["2026-01-05", "2026-01-06", "2026-01-20", "2026-01-06"],
    ...         "amount": [20.0, 5.0, 30.0, 5.0],
    ...     }
    ... )
    >>> [int(code) for code in scored.code], scored.segment[0]
    ([544, 411, 411], 'Champions')
    """
    columns = LogColumns(
        customer=customer, time=time, amount=amount, order=order, currency=currency
    )
    cuts = (
        scoring
        if isinstance(scoring, str)
        else {"cuts": {key: list(of) for key, of in scoring.items()}}
    )
    made, answer = call(
        "log.rfm",
        columns.take(transactions),
        {
            "zone": zone,
            "reference": moment("reference", reference, zone),
            "frequency": frequency,
            "monetary": monetary,
            "scores": scores,
            "scoring": cuts,
            "map": segments.wire() if isinstance(segments, SegmentMap) else segments,
            "policies": wire_policies(policies),
        },
    )
    return Rfm(made, answer)
