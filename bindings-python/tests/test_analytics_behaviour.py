"""Surveys, cohorts, funnels, answers and scores of customers, from frames."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from datetime import UTC, datetime, timedelta
from typing import Any

import goodwill.analytics
import pytest
from goodwill import InvalidError
from goodwill.analytics import (
    SegmentMap,
    churn,
    csat,
    engagement,
    funnel,
    health,
    nps,
    read_rate,
    response_times,
    retention,
    revenue_cohorts,
    rfm,
    sla_compliance,
    survey_trend,
    vip,
)

pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")

MODULES = [
    module.name
    for module in pkgutil.walk_packages(goodwill.analytics.__path__, "goodwill.analytics.")
]


@pytest.mark.parametrize("name", ["goodwill.analytics", *MODULES])
def test_examples_of_the_documentation_run(name: str) -> None:
    module = importlib.import_module(name)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(module, optionflags=flags).failed == 0


def test_surveys_name_the_row() -> None:
    for ratings in ([10, 11], pd.Series([10, None]), pl.Series([9, -1]), [9, 9.5]):
        with pytest.raises(InvalidError) as caught:
            nps(ratings)
        assert caught.value.details["field"] == "rating"
        assert caught.value.details["row"] == 1
    with pytest.raises(InvalidError):
        csat([])
    grouped = csat(pl.Series([5, 1, 4]), groups=pl.Series(["a", "b", "a"]))
    assert grouped.to_dict()["value"] == [100.0, 0.0]


def test_trends_follow_the_calendar_of_the_zone() -> None:
    at = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    ratings = {"time": [at, at + timedelta(days=20)], "rating": [10, 0]}
    assert len(survey_trend(ratings)) == 2
    berlin = survey_trend(ratings, zone="Europe/Berlin").to_dict()
    assert berlin["n"] == [2]


def test_cohorts_are_a_matrix() -> None:
    events = pl.DataFrame(
        {
            "customer": ["a", "a", "b", "b", "c"],
            "time": ["2026-01-05", "2026-02-07", "2026-01-09", "2026-03-01", "2026-02-02"],
        }
    )
    table = retention(events, last=2, end="2026-03-31")
    cohorts, ages, percents = table.matrix()
    assert [cohort.month for cohort in cohorts] == [1, 2, 3]
    assert (ages, percents[:2]) == ([0, 1, 2], [[100.0, 50.0, 50.0], [100.0, 0.0, None]])
    unbounded = retention(events, kind="unbounded", last=1, end="2026-03-31")
    assert unbounded.matrix()[2][0] == [100.0, 100.0]
    bracket = retention(events, kind="bracket", edges=[1, 3], end="2026-03-31")
    assert bracket.matrix()[2][0] == [100.0]
    payments = events.with_columns(amount=pl.lit(2.0))
    assert (
        revenue_cohorts(payments, last=1, end="2026-03-31").matrix("net_percent")[2][0][1] == 50.0
    )


def test_funnels_leave_other_events_out() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    events = pd.DataFrame(
        {
            "customer": [1, 1, 1, 2],
            "step": ["visit", "scroll", "order", "visit"],
            "time": [at, at + timedelta(hours=1), at + timedelta(hours=2), at],
        }
    )
    made = funnel(events, steps=["visit", "order"], window=timedelta(days=1), end="2026-03-31")
    assert made.to_dict()["customers"] == [2, 1]
    assert made.to_dict()["median_seconds_from_previous"] == [None, 7200.0]
    assert made.other_rows == 1
    with pytest.raises(InvalidError):
        funnel(events, steps=["visit"], window=timedelta(seconds=-1))


def test_answers_are_timed() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    sent = [at, at + timedelta(minutes=5), at + timedelta(minutes=50)]
    messages = pl.DataFrame(
        {"conversation": ["x"] * 3, "time": sent, "by_customer": [True, False, True]}
    )
    times = response_times(messages, end=at + timedelta(hours=2))
    assert times.first_response is not None
    assert times.first_response.percentiles[50.0] == 300.0
    assert (times.waiting, times.longest_wait) == (1, 4200.0)
    rate = read_rate(pl.DataFrame({"sent": sent, "read": [None, at + timedelta(hours=1), None]}))
    assert (rate.n, rate.read) == (3, 1)
    kept = sla_compliance(
        {"target": [60, 60, 60], "elapsed": [30, 90, 50], "done": [True, True, False]}
    )
    assert kept.states == ["met", "breached", "at_risk"]
    assert kept.overrun is not None
    assert kept.overrun.mean == 30.0


def test_scores_are_the_sum_of_their_parts() -> None:
    data = pl.DataFrame({"engagement": [60.0, None], "satisfaction": [4, 2], "name": ["a", "b"]})
    scored = health(data, previous=[50.0, None])
    parts = [scored.to_dict()[name] for name in scored.columns if name.startswith("part_")]
    for row, score in enumerate(scored.to_dict()["score"]):
        assert sum(part[row] for part in parts) + scored.model["baseline"] == pytest.approx(score)
    assert scored.to_dict()["direction"] == ["improving", None]
    risks = churn(pd.DataFrame({"gaps_since_purchase": [1.0, 4.0], "open_complaints": [0, 3]}))
    drivers = [risks.to_dict()[name] for name in risks.columns if name.startswith("driver_")]
    assert sum(part[1] for part in drivers) + risks.model["baseline"] == pytest.approx(
        risks["log_odds"][1]
    )
    assert len(risks.importance) == len(drivers)
    own = {**scored.model, "version": "mine", "leastCoverage": 1.0}
    assert health(data, model=own).to_dict()["score"] == [None, None]
    assert health(data, model=own).model["version"] == "mine"
    with pytest.raises(InvalidError) as caught:
        health({"engagement": [50.0, 200.0]})
    assert (caught.value.details["field"], caught.value.details["row"]) == ("engagement", 1)
    assert len(engagement({"customer": [], "kind": [], "age_days": []})) == 0
    assert vip({"spend": [1e6]}).to_dict()["rule"] != [None]


def test_segments_may_be_your_own() -> None:
    log = {
        "customer": [1, 1, 2],
        "time": ["2026-01-05", "2026-01-20", "2026-01-02"],
        "amount": [9, 1, 5],
    }
    mine = SegmentMap(name="mine", segments={"good": ["[45].."], "other": ["[123].."]})
    assert rfm(log, segments=mine).to_dict()["segment"] == ["good", "other"]
    gap = SegmentMap(name="gap", segments={"good": ["[45].."]})
    with pytest.raises(InvalidError) as caught:
        rfm(log, segments=gap)
    assert caught.value.details["missing"] == "111"
    cuts = {"recency": [1.0], "frequency": [1.0], "monetary": [7.0]}
    scored = rfm(log, scores=2, scoring=cuts, segments=None)
    assert scored.code.tolist() == [222, 111]
    assert scored.bins["monetary"].to_dict()["up_to"] == [7.0, None]
