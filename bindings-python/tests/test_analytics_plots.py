"""Plots show what they are told; a newcomer's ten lines run as they stand in the documentation."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from goodwill import InvalidError
from goodwill.analytics import BgNbd, MbgNbd, ParetoNbd, Summary, plots, retention, rfm, split

matplotlib: Any = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
pyplot: Any = pytest.importorskip("matplotlib.pyplot")

ROOT = Path(__file__).parents[2]
DATA = ROOT / "core" / "tests" / "analytics" / "data"


def log() -> dict[str, Any]:
    lines = [line.split() for line in (DATA / "cdnow_log.txt").read_text().splitlines()]
    return {
        "customer": [int(line[1]) for line in lines],
        "time": [f"{line[2][:4]}-{line[2][4:6]}-{line[2][6:]}" for line in lines],
        "amount": [float(line[4]) for line in lines],
    }


@pytest.fixture(scope="module")
def summary() -> Summary:
    return split(log(), unit="week", calibration_end="1997-09-30", tracking=True)


@pytest.fixture(autouse=True)
def _close() -> Any:
    yield
    pyplot.close("all")


def test_matrices_have_a_cell_for_every_mix(summary: Summary) -> None:
    model = BgNbd().fit(summary)
    axes = plots.frequency_recency_matrix(model, summary, t=4, max_frequency=10)
    image = axes.images[0].get_array()
    assert image.shape == (int(max(summary.age)) + 1, 11)
    assert image[-1, 10] > image[-1, 1]
    alive = plots.probability_alive_matrix(model, summary, max_frequency=10).images[0].get_array()
    assert 0 <= alive.min() <= alive.max() <= 1
    assert alive[-1, 10] > alive[5, 10]


def test_counts_of_customers_add_up(summary: Summary) -> None:
    model = BgNbd().fit(summary)
    axes = plots.period_transactions(model, summary, max_frequency=5)
    heights = [bar.get_height() for bar in axes.patches]
    assert sum(heights[:6]) == len(summary)
    assert sum(heights[6:]) == pytest.approx(len(summary))
    assert heights[6] == pytest.approx(heights[0], rel=0.05)


def test_curves_are_those_of_the_data(summary: Summary) -> None:
    model = ParetoNbd().fit(summary)
    assert summary.tracking is not None
    cumulative = plots.cumulative_transactions(model, summary)
    assert cumulative.lines[0].get_ydata()[-1] == summary.tracking.cumulative[-1]
    incremental = plots.incremental_transactions(model, summary)
    assert list(incremental.lines[0].get_ydata()) == summary.tracking.repeats
    assert incremental.lines[2].get_xdata()[0] == summary.tracking.calibration - 0.5
    expected = plots.expected_repeat_purchases(model, until=52).lines[0].get_ydata()
    assert expected[0] == 0
    assert expected[-1] == pytest.approx(model.expected(52))
    held = plots.calibration_vs_holdout(model, summary)
    assert len(held.lines[0].get_xdata()) == 8
    with pytest.raises(InvalidError):
        plots.calibration_vs_holdout(
            model, split(log(), calibration_end="1997-09-30").with_column("x", [])
        )


def test_history_falls_between_purchases() -> None:
    model = MbgNbd.of(r=0.525, alpha=6.183, a=0.891, b=1.614)
    axes = plots.history_alive(model, [3, 8], until=40, steps=40)
    ages, chances = axes.lines[0].get_data()
    at = dict(zip(ages, chances, strict=True))
    assert at[8] > at[7]
    assert at[40] < at[9]


def test_calibration_and_reliability(summary: Summary) -> None:
    model = BgNbd().fit(summary)
    assert summary.duration is not None
    predicted = model.expected_purchases(summary, summary.duration)
    axes = plots.calibration(predicted, summary.holdout_frequency, bins=5)
    assert len(axes.lines[0].get_xdata()) == 5
    again = 1 - model.probability_of_purchases(summary, 0, summary.duration)
    assert "Brier" in plots.reliability(again, summary.holdout_frequency > 0).get_title()


def test_densities_are_densities() -> None:
    for model in (
        BgNbd.of(r=1.5, alpha=4.4, a=1.2, b=2.4),
        ParetoNbd.of(r=1.5, alpha=10.0, s=1.4, beta=11.0),
    ):
        for draw in (plots.purchase_rate_heterogeneity, plots.dropout_heterogeneity):
            x, y = draw(model).lines[0].get_data()
            area = sum(
                (b - a) * (p + q) / 2 for a, b, p, q in zip(x, x[1:], y, y[1:], strict=False)
            )
            assert area == pytest.approx(1, abs=0.03)


def test_segments_and_cohorts_are_areas() -> None:
    scored = rfm(log())
    axes = plots.rfm_treemap(scored)
    areas = [patch.get_width() * patch.get_height() for patch in axes.patches]
    customers = sorted(
        (size for size in scored.segments().to_dict()["customers"] if size), reverse=True
    )
    total = sum(customers)
    assert areas == pytest.approx([144 * size / total for size in customers])
    table = retention(log(), last=6)
    image = plots.cohort_heatmap(table).images[0].get_array()
    assert image.shape == (len(table.matrix()[0]), 7)
    given = pyplot.subplots()[1]
    assert plots.cohort_heatmap(table, ax=given) is given


def test_the_quickstart_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """From a CSV of transactions to a printed and plotted lifetime value per segment, in ten lines."""
    page = (ROOT / "docs" / "analytics.md").read_text(encoding="utf-8")
    match = re.search(r"<!-- quickstart -->\n```python\n(.*?)```", page, re.DOTALL)
    assert match
    program = match.group(1)
    assert len([line for line in program.splitlines() if line.strip()]) <= 10
    rows = zip(*log().values(), strict=True)
    lines = ["customer,time,amount", *(",".join(map(str, row)) for row in rows)]
    (tmp_path / "transactions.csv").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    sys.modules.pop("__quickstart__", None)
    exec(compile(program, "quickstart", "exec"), {"__name__": "__quickstart__"})  # noqa: S102
    printed = capsys.readouterr().out
    assert "Champions" in printed
    assert "lifetime_value" in printed
    assert (tmp_path / "value.png").stat().st_size > 5_000
