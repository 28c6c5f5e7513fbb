"""What customers do and say: surveys, cohorts, funnels, answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from goodwill._runtime import invalid

from ._call import call, record
from ._columns import column, take
from ._logs import moment
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ._columns import Data, Values
    from ._logs import Unit

Measure: TypeAlias = Literal["nps", "csat", "ces", "sentiment"]
"""A measure of a survey: NPS of 0 to 10, the share of 4 and 5 of 1 to 5, of 5 to 7 of 1 to 7, a mean of -1 to 1."""

_MEASURES: Mapping[str, Mapping[str, Any]] = {
    "nps": {"kind": "net_promoter_score"},
    "csat": {"kind": "customer_satisfaction"},
    "ces": {"kind": "customer_effort"},
    "sentiment": {"kind": "mean", "lowest": -1.0, "highest": 1.0},
}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class SurveyScore:
    """A score with its 95 % interval."""

    n: int
    """How many ratings there are."""
    value: float
    """The score, the percentage or the mean, not rounded."""
    low: float | None
    high: float | None
    score: dict[str, Any] = field(repr=False)
    """Counts and shares, as the measure has them."""


def _score(measure: Mapping[str, Any], ratings: Values, groups: Values | None) -> Any:
    columns = {"rating": column("rating", ratings)}
    if groups is None:
        return record(SurveyScore, call("survey.score", columns, {"measure": measure})[1])
    columns["group"] = column("group", groups)
    _, answer = call("survey.score", columns, {"measure": measure})
    names = ("n", "value", "low", "high")
    made: dict[str, Values] = {"group": [each["group"] for each in answer]}
    return Table({**made, **{name: [each["score"][name] for each in answer] for name in names}})


def nps(ratings: Values, *, groups: Values | None = None) -> Any:
    """Return the Net Promoter Score of ratings from 0 to 10, from -100 to 100; by groups a table.

    >>> nps([10, 9, 9, 8, 7, 3]).value
    33.33...
    >>> nps([10, 3, 9], groups=["email", "sms", "email"])
    group  n  value   low  high
    -----  -  -----  ----  ----
    email  2    100   100   100
    sms    1   -100  -100  -100
    """
    return _score(_MEASURES["nps"], ratings, groups)


def csat(ratings: Values, *, groups: Values | None = None) -> Any:
    """Return customer satisfaction: the percentage of 4 and 5 on a scale of 1 to 5, with Wilson's interval.

    >>> csat([5, 4, 4, 2, 1]).value
    60.0
    """
    return _score(_MEASURES["csat"], ratings, groups)


def ces(ratings: Values, *, groups: Values | None = None) -> Any:
    """Return the customer effort score: the percentage of 5 to 7 on a scale of 1 to 7, where 7 is the least effort.

    >>> ces([7, 6, 3, 5]).value
    75.0
    """
    return _score(_MEASURES["ces"], ratings, groups)


def top_box(
    ratings: Values, *, lowest: int, highest: int, count_from: int, groups: Values | None = None
) -> Any:
    """Return the percentage of ratings from `count_from` on a scale of your own.

    >>> top_box([1, 2, 3, 3], lowest=1, highest=3, count_from=3).value
    50.0
    """
    measure = {"kind": "top_box", "lowest": lowest, "highest": highest, "from": count_from}
    return _score(measure, ratings, groups)


def mean_score(
    ratings: Values,
    *,
    lowest: float | None = None,
    highest: float | None = None,
    groups: Values | None = None,
) -> Any:
    """Return the mean of scores with Student's interval.

    >>> mean_score([1.0, 3.0, 5.0], lowest=1, highest=5).value
    3.0
    """
    return _score({"kind": "mean", "lowest": lowest, "highest": highest}, ratings, groups)


def survey_trend(
    data: Data = None,
    *,
    rating: str | Values = "rating",
    time: str | Values = "time",
    measure: Measure = "nps",
    unit: Unit = "month",
    zone: str | None = None,
    start: datetime | date | str | None = None,
    end: datetime | date | str | None = None,
) -> Table:
    """Return a measure period by period, and whether it changed since the period before.

    >>> ratings = {"time": ["2026-05-02", "2026-05-20", "2026-06-02"], "rating": [2, 4, 5]}
    >>> survey_trend(ratings, measure="csat").to_dict()["change"]
    [None, 50.0]
    """
    if measure not in _MEASURES:
        raise invalid("measure", ", ".join(_MEASURES))
    options = {"measure": _MEASURES[measure], **_calendar(unit, zone, start, end)}
    _, answer = call("survey.trend", take(data, {"rating": rating, "time": time}), options)
    points = answer["points"]

    def of(part: str, name: str) -> list[Any]:
        return [None if point[part] is None else point[part][name] for point in points]

    return Table(
        {
            "start": [_instant(point["start"]) for point in points],
            "end": [_instant(point["end"]) for point in points],
            **{name: of("score", name) for name in ("n", "value", "low", "high")},
            "change": of("change", "change"),
            "change_low": of("change", "low"),
            "change_high": of("change", "high"),
            "p_value": of("change", "pValue"),
            "significant": of("change", "significant"),
        }
    )


def _calendar(
    unit: Unit,
    zone: str | None,
    start: datetime | date | str | None,
    end: datetime | date | str | None,
) -> dict[str, Any]:
    return {
        "unit": unit,
        "zone": zone,
        "from": moment("start", start, zone),
        "end": moment("end", end, zone),
    }


def _clock(clock: Literal["calendar"] | int) -> dict[str, Any]:
    return {"kind": "calendar"} if clock == "calendar" else {"kind": "rolling", "hours": clock}


class RetentionTable(Table):
    """One row per cohort and age."""

    zone: str
    """Whose calendar counted."""
    overall: Table
    """All cohorts together, each age over those who have reached it."""
    customers_outside: int
    """Customers whose first event is in no period."""
    rows_after_end: int
    """Rows at the end or later, left out."""

    def __init__(
        self,
        columns: Mapping[str, Values],
        answer: Mapping[str, Any],
        overall: Table,
    ) -> None:
        super().__init__(columns)
        self.overall = overall
        self.zone = answer["zone"]
        self.customers_outside = answer["table"]["customersOutside"]
        self.rows_after_end = answer["table"]["rowsAfterEnd"]

    def matrix(self, values: str = "percent") -> tuple[list[datetime], list[int], list[list[Any]]]:
        """Return the cohorts, the ages, and a row of values for each cohort.

        >>> events = {"customer": [1, 1, 2], "time": ["2026-01-05", "2026-02-20", "2026-02-06"]}
        >>> cohorts, ages, percents = retention(events, last=1, end="2026-02-28").matrix()
        >>> ages, percents
        ([0, 1], [[100.0, 100.0], [100.0, None]])
        """
        cells = self.to_dict()
        cohorts = list(dict.fromkeys(cells["cohort"]))
        ages = list(dict.fromkeys(cells["age"]))
        known = dict(
            zip(zip(cells["cohort"], cells["age"], strict=True), cells[values], strict=True)
        )
        return cohorts, ages, [[known.get((cohort, age)) for age in ages] for cohort in cohorts]


_CELL = ("eligible", "retained", "percent", "low", "high", "incomplete")
_REVENUE = ("eligible", "starting", "revenue", "grossPercent", "netPercent", "incomplete")
_SPELLED = {"grossPercent": "gross_percent", "netPercent": "net_percent"}


def _cohort_table(answer: Mapping[str, Any], names: Sequence[str], age: str) -> RetentionTable:
    table = answer["table"]
    cells = [(cohort, cell) for cohort in table["cohorts"] for cell in cohort["cells"]]
    columns: dict[str, Values] = {
        "cohort": [_instant(cohort["start"]) for cohort, _ in cells],
        "size": [cohort["size"] for cohort, _ in cells],
        "age": [cell[age] for _, cell in cells],
    }
    columns |= {_SPELLED.get(name, name): [cell[name] for _, cell in cells] for name in names}
    overall: dict[str, Values] = {"age": [cell[age] for cell in table["overall"]]}
    overall |= {
        _SPELLED.get(name, name): [cell[name] for cell in table["overall"]] for name in names
    }
    return RetentionTable(columns, answer, Table(overall))


def retention(
    events: Data = None,
    *,
    customer: str | Values = "customer",
    time: str | Values = "time",
    unit: Unit = "month",
    kind: Literal["n_day", "unbounded", "bracket"] = "n_day",
    last: int = 12,
    edges: Sequence[int] | None = None,
    clock: Literal["calendar"] | int = "calendar",
    zone: str | None = None,
    start: datetime | date | str | None = None,
    end: datetime | date | str | None = None,
) -> RetentionTable:
    """Return which part of each cohort came back at each age.

    A cohort is the period of the first event. `n_day` counts who came on that day, week or month exactly,
    `unbounded` who came then or later, `bracket` who came between `edges`. The clock is the calendar, or so
    many hours from everybody's first event. A percentage counts only who has reached the age; what is not complete
    yet is flagged.

    >>> events = {"customer": [1, 1, 2], "time": ["2026-01-05", "2026-02-20", "2026-02-06"]}
    >>> retention(events, last=1, end="2026-03-31").overall.to_dict()["percent"]
    [100.0, 50.0]
    """
    how: dict[str, Any] = {"kind": kind}
    how |= {"edges": list(edges or ())} if kind == "bracket" else {"last": last}
    options = {**_calendar(unit, zone, start, end), "clock": _clock(clock), "retention": how}
    _, answer = call(
        "cohorts.retention", take(events, {"customer": customer, "time": time}), options
    )
    return _cohort_table(answer, _CELL, "fromAge")


def revenue_cohorts(
    payments: Data = None,
    *,
    customer: str | Values = "customer",
    time: str | Values = "time",
    amount: str | Values = "amount",
    unit: Unit = "month",
    last: int = 12,
    clock: Literal["calendar"] | int = "calendar",
    zone: str | None = None,
    start: datetime | date | str | None = None,
    end: datetime | date | str | None = None,
) -> RetentionTable:
    """Return which part of the revenue of its first period each cohort keeps: gross, at most 100 %, and net.

    >>> payments = {"customer": [1, 1], "time": ["2026-01-05", "2026-02-20"], "amount": [10.0, 15.0]}
    >>> revenue_cohorts(payments, last=1, end="2026-02-28").to_dict()["net_percent"]
    [100.0, 150.0, None, None]
    """
    options = {**_calendar(unit, zone, start, end), "clock": _clock(clock), "last": last}
    columns = take(payments, {"customer": customer, "time": time, "amount": amount})
    _, answer = call("cohorts.revenue", columns, options)
    return _cohort_table(answer, _REVENUE, "age")


@dataclass(frozen=True, slots=True)
class RevenueRetention:
    """What became of the revenue of the customers at the start."""

    customers: int
    starting: float
    expansion: float
    contraction: float
    churned: float
    new: float
    gross_percent: float | None
    net_percent: float | None


def revenue_retention(starting: Values, ending: Values) -> RevenueRetention:
    """Return gross and net revenue retention from what each customer paid in two periods.

    >>> revenue_retention([100.0, 50.0, 0.0], [120.0, 0.0, 10.0]).net_percent
    80.0
    """
    columns = {"starting": column("starting", starting), "ending": column("ending", ending)}
    return record(RevenueRetention, call("revenue.retention", columns)[1])


class FunnelTable(Table):
    """One row per step."""

    conversion_percent: float | None
    """From the first step to the last."""
    unfinished: int
    """Customers whose window is not over, and who are not counted unless that was asked for."""
    other_rows: int
    """Events that are no step."""

    def __init__(self, columns: Mapping[str, Values], answer: Mapping[str, Any]) -> None:
        super().__init__(columns)
        self.conversion_percent = answer["result"]["conversionPercent"]
        self.unfinished = answer["result"]["unfinished"]
        self.other_rows = answer["otherRows"]


def funnel(
    events: Data = None,
    *,
    steps: Sequence[str],
    window: timedelta = timedelta(days=30),
    customer: str | Values = "customer",
    step: str | Values = "step",
    time: str | Values = "time",
    include_unfinished: bool = False,
    zone: str | None = None,
    end: datetime | date | str | None = None,
    version: str = "1",
) -> FunnelTable:
    """Return how many customers went through the steps in their order, within a window from the first one.

    >>> events = {
    ...     "customer": [1, 1, 2, 1, 2],
    ...     "step": ["visit", "quote", "visit", "order", "order"],
    ...     "time": ["2026-03-01", "2026-03-02", "2026-03-02", "2026-03-05", "2026-03-06"],
    ... }
    >>> made = funnel(events, steps=["visit", "quote", "order"], end="2026-05-01")
    >>> made.to_dict()["customers"], made.conversion_percent
    ([2, 1, 1], 50.0)
    """
    parameters: dict[str, Any] = {
        "version": version,
        "steps": list(steps),
        "windowSeconds": round(window.total_seconds()),
        "includeUnfinished": include_unfinished,
        "percentiles": {},
    }
    options: dict[str, Any] = {
        "funnel": parameters,
        "zone": zone,
        "end": moment("end", end, zone),
    }
    columns = take(events, {"customer": customer, "step": step, "time": time})
    _, answer = call("funnel", columns, options)
    rows = answer["result"]["steps"]

    def median(name: str) -> list[float | None]:
        return [_percentile(row[name], 50.0) for row in rows]

    return FunnelTable(
        {
            "step": [row["name"] for row in rows],
            "customers": [row["customers"] for row in rows],
            "percent_of_previous": [row["percentOfPrevious"] for row in rows],
            "percent_of_first": [row["percentOfFirst"] for row in rows],
            "low": [row["low"] for row in rows],
            "high": [row["high"] for row in rows],
            "median_seconds_from_previous": median("secondsFromPrevious"),
            "median_seconds_from_first": median("secondsFromFirst"),
        },
        answer,
    )


def _percentile(distribution: Mapping[str, Any] | None, percent: float) -> float | None:
    if distribution is None:
        return None
    known = {each["percent"]: each["value"] for each in distribution["percentiles"]}
    return known.get(percent)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Seconds: how many, the mean, and percentiles."""

    n: int
    mean: float
    lowest: float
    highest: float
    percentiles: dict[float, float]


def _distribution(answer: Mapping[str, Any] | None) -> Distribution | None:
    if answer is None:
        return None
    percentiles = {each["percent"]: each["value"] for each in answer["percentiles"]}
    return record(Distribution, {**answer, "percentiles": percentiles})


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How long customers wait for answers."""

    first_response: Distribution | None
    all_responses: Distribution | None
    waiting: int
    """Conversations without an answer to the last message."""
    longest_wait: float | None
    rows_after_end: int


def response_times(
    messages: Data = None,
    *,
    conversation: str | Values = "conversation",
    time: str | Values = "time",
    by_customer: str | Values = "by_customer",
    percents: Sequence[float] = (50.0, 90.0, 95.0),
    zone: str | None = None,
    end: datetime | date | str | None = None,
) -> ResponseTimes:
    """Return how long customers waited for answers, in seconds.

    >>> messages = {
    ...     "conversation": [1, 1],
    ...     "time": ["2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z"],
    ...     "by_customer": [True, False],
    ... }
    >>> response_times(messages).first_response.mean
    300.0
    """
    roles = {"conversation": conversation, "time": time, "by_customer": by_customer}
    options = {
        "zone": zone,
        "end": moment("end", end, zone),
        "percentiles": {"percents": list(percents)},
    }
    _, answer = call("messages.response_times", take(messages, roles), options)
    for name in ("firstResponse", "allResponses"):
        answer[name] = _distribution(answer[name])
    return record(ResponseTimes, answer)


@dataclass(frozen=True, slots=True)
class ReadRate:
    """Which part of the messages was read."""

    n: int
    read: int
    percent: float | None
    low: float
    high: float
    too_recent: int
    """Unread messages whose window is not over, not counted."""
    rows_after_end: int
    seconds_to_read: Distribution | None


def read_rate(
    messages: Data = None,
    *,
    sent: str | Values = "sent",
    read: str | Values = "read",
    window: timedelta | None = None,
    zone: str | None = None,
    end: datetime | date | str | None = None,
) -> ReadRate:
    """Return which part of the messages was read, within a window if there is one; null is not read.

    >>> read_rate({"sent": ["2026-03-01", "2026-03-01"], "read": ["2026-03-02", None]}).percent
    50.0
    """
    seconds = None if window is None else window.total_seconds()
    options = {"zone": zone, "end": moment("end", end, zone), "windowSeconds": seconds}
    _, answer = call("messages.read_rate", take(messages, {"sent": sent, "read": read}), options)
    answer["secondsToRead"] = _distribution(answer["secondsToRead"])
    return record(ReadRate, answer)


@dataclass(frozen=True, slots=True)
class SlaCompliance:
    """How many promises of time were kept."""

    met: int
    breached: int
    running: int
    at_risk: int
    percent: float | None
    low: float
    high: float
    overrun: Distribution | None
    states: list[str] = field(repr=False)
    """Of each row: met, breached, running or at_risk."""


def sla_compliance(
    data: Data = None,
    *,
    target: str | Values = "target",
    elapsed: str | Values = "elapsed",
    done: str | Values = "done",
    rules: Mapping[str, Any] | None = None,
) -> SlaCompliance:
    """Return how many promises of time were kept: target and elapsed in seconds, and whether it is done.

    >>> sla_compliance({"target": [60, 60], "elapsed": [30, 90], "done": [True, True]}).percent
    50.0
    """
    columns = take(data, {"target": target, "elapsed": elapsed, "done": done})
    made, answer = call("sla", columns, {"rules": rules})
    answer["overrun"] = _distribution(answer["overrun"])
    return record(SlaCompliance, {**answer, "states": made["state"].to_list()})
