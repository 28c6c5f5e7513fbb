"""Plots. They need matplotlib, which is imported when one is drawn.

Every function takes `ax` and returns it: axes of matplotlib's, made anew when there are none.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from goodwill._runtime import invalid

from ._columns import library
from ._estimator import rows_of
from ._holdout import brier_score, calibration_table, frequency_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._behaviour import RetentionTable
    from ._columns import Data, Values
    from ._logs import Summary, Tracking
    from ._models import PurchaseModel
    from ._rfm import Rfm
    from ._table import Table

__all__ = [
    "calibration",
    "calibration_vs_holdout",
    "cohort_heatmap",
    "cumulative_transactions",
    "dropout_heterogeneity",
    "expected_repeat_purchases",
    "frequency_recency_matrix",
    "history_alive",
    "incremental_transactions",
    "period_transactions",
    "probability_alive_matrix",
    "purchase_rate_heterogeneity",
    "reliability",
    "rfm_treemap",
    "totals",
]


def _axes(ax: Any) -> Any:
    if ax is not None:
        return ax
    pyplot: Any = library("matplotlib.pyplot")
    return pyplot.subplots()[1]


def _label(ax: Any, title: str, x: str, y: str) -> Any:
    ax.set_title(title)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    return ax


def _matrix(values: Sequence[float], frequencies: int, recencies: int, ax: Any, title: str) -> Any:
    ax = _axes(ax)
    rows = [
        [values[recency * frequencies + x] for x in range(frequencies)]
        for recency in range(recencies)
    ]
    image = ax.imshow(rows, aspect="auto", origin="upper", interpolation="nearest")
    ax.figure.colorbar(image, ax=ax)
    return _label(ax, title, "frequency", "recency")


def grid(most: float, frequencies: int) -> dict[str, list[float]]:
    """Return every mix of frequency and recency at one age; where none can be there is the nearest."""
    ages = int(most) + 1
    pairs = [(x, recency) for recency in range(ages) for x in range(frequencies)]
    return {
        "frequency": [x if recency > 0 else 0 for x, recency in pairs],
        "recency": [float(recency) if x > 0 else 0.0 for x, recency in pairs],
        "age": [float(most)] * len(pairs),
    }


def _most(
    model: PurchaseModel, data: Data, frequency: int | None, age: float | None
) -> tuple[int, float]:
    columns = rows_of(data, ("frequency", "age"))
    del model
    most = (
        frequency if frequency is not None else int(max(columns["frequency"].to_list(), default=0))
    )
    return most + 1, age if age is not None else max(columns["age"].to_list(), default=0.0)


def frequency_recency_matrix(
    model: PurchaseModel,
    data: Data,
    *,
    t: float = 1.0,
    max_frequency: int | None = None,
    max_recency: float | None = None,
    ax: Any = None,
) -> Any:
    """Draw the expected purchases in the next `t` units by frequency and recency."""
    frequencies, age = _most(model, data, max_frequency, max_recency)
    values = list(model.expected_purchases(grid(age, frequencies), t))
    title = f"expected purchases in the next {t:g} units"
    return _matrix(values, frequencies, int(age) + 1, ax, title)


def probability_alive_matrix(
    model: PurchaseModel,
    data: Data,
    *,
    max_frequency: int | None = None,
    max_recency: float | None = None,
    ax: Any = None,
) -> Any:
    """Draw the probability to be alive by frequency and recency."""
    frequencies, age = _most(model, data, max_frequency, max_recency)
    values = list(model.probability_alive(grid(age, frequencies)))
    return _matrix(values, frequencies, int(age) + 1, ax, "probability to be alive")


def expected_repeat_purchases(model: PurchaseModel, *, until: float, ax: Any = None) -> Any:
    """Draw the expected repeat purchases of a new customer up to an age."""
    ax = _axes(ax)
    ages = [until * step / 100 for step in range(101)]
    ax.plot(ages, list(model.expected(ages)))
    return _label(ax, "expected repeat purchases of a new customer", "age", "purchases")


def period_transactions(
    model: PurchaseModel, data: Data, *, max_frequency: int = 7, ax: Any = None
) -> Any:
    """Draw how many customers bought how often, and how many the model expects. The last bar is "and more"."""
    ax = _axes(ax)
    columns = rows_of(data, ("frequency", "age"))
    ages: dict[float, int] = {}
    for age in columns["age"].to_list():
        ages[age] = ages.get(age, 0) + 1
    actual = [0] * (max_frequency + 1)
    for frequency in columns["frequency"].to_list():
        actual[min(int(frequency), max_frequency)] += 1
    expected = [0.0] * (max_frequency + 1)
    for age, customers in ages.items():
        chances = [float(p) for p in model.pmf(list(range(max_frequency)), age)]
        for x, p in enumerate([*chances, max(0.0, 1.0 - math.fsum(chances))]):
            expected[x] += customers * p
    places = list(range(max_frequency + 1))
    ax.bar([place - 0.2 for place in places], actual, width=0.4, label="actual")
    ax.bar([place + 0.2 for place in places], expected, width=0.4, label="expected")
    ax.set_xticks(places, [*map(str, places[:-1]), f"{max_frequency}+"])
    ax.legend()
    return _label(ax, "repeat purchases", "purchases", "customers")


def calibration_vs_holdout(
    model: PurchaseModel, summary: Summary, *, max_frequency: int = 7, ax: Any = None
) -> Any:
    """Draw the mean purchases in the holdout, actual and predicted, by purchases in the calibration."""
    if summary.duration is None:
        raise invalid("summary", "a summary with a holdout: one with `calibration_end`")
    ax = _axes(ax)
    predicted = model.expected_purchases(summary, summary.duration)
    actual = summary.native("holdout_frequency")
    table = frequency_table(
        summary.native("frequency"), predicted, actual, last=max_frequency
    ).to_dict()
    for name in ("actual", "predicted"):
        ax.plot(table["frequency"], table[name], marker="o", label=name)
    ax.legend()
    return _label(ax, "purchases in the holdout", "purchases in the calibration", "mean purchases")


def calibration(predicted: Values, actual: Values, *, bins: int = 10, ax: Any = None) -> Any:
    """Draw actual against predicted means in bins of about the same size, with standard errors."""
    ax = _axes(ax)
    table = calibration_table(predicted, actual, bins=bins).to_dict()
    errors = [error or 0.0 for error in table["standard_error"]]
    ax.errorbar(table["predicted"], table["actual"], yerr=errors, marker="o", capsize=2)
    top = max([*table["predicted"], *table["actual"]])
    ax.plot([0, top], [0, top], linestyle="--", color="grey")
    return _label(ax, "calibration", "predicted", "actual")


def reliability(probability: Values, outcome: Values, *, bins: int = 10, ax: Any = None) -> Any:
    """Draw shares against probabilities in bins of equal width, and the Brier score."""
    ax = _axes(ax)
    score = brier_score(probability, outcome, bins=bins)
    table = score.bins.to_dict()
    ax.plot(table["predicted"], table["actual"], marker="o")
    ax.plot([0, 1], [0, 1], linestyle="--", color="grey")
    return _label(ax, f"reliability, Brier score {score.score:.4f}", "probability", "share")


def _tracking(model: PurchaseModel, summary: Summary) -> tuple[Tracking, dict[str, list[Any]]]:
    if summary.tracking is None:
        raise invalid("summary", "a summary with `tracking=True`")
    return summary.tracking, model.expected_tracking(summary.tracking).to_dict()


def _curves(tracking: Tracking, curves: Mapping[str, Sequence[float]], ax: Any, title: str) -> Any:
    ax = _axes(ax)
    periods = list(range(len(tracking.start)))
    for name, values in curves.items():
        ax.plot(periods, values, label=name, linestyle="--" if name == "expected" else "-")
    if tracking.calibration < len(periods):
        ax.axvline(tracking.calibration - 0.5, color="grey", linestyle=":")
    ax.legend()
    return _label(ax, title, tracking.unit, "repeat purchases")


def cumulative_transactions(model: PurchaseModel, summary: Summary, *, ax: Any = None) -> Any:
    """Draw all repeat purchases up to each period, actual and expected; a line is at the end of calibration."""
    tracking, table = _tracking(model, summary)
    curves = {"actual": table["cumulative"], "expected": table["expected_cumulative"]}
    return _curves(tracking, curves, ax, "cumulative repeat purchases")


def incremental_transactions(model: PurchaseModel, summary: Summary, *, ax: Any = None) -> Any:
    """Draw the repeat purchases of each period, actual and expected; a line is at the end of calibration."""
    tracking, table = _tracking(model, summary)
    curves = {"actual": table["repeats"], "expected": table["expected_repeats"]}
    return _curves(tracking, curves, ax, "repeat purchases")


def history_alive(
    model: PurchaseModel,
    purchases: Sequence[float],
    *,
    until: float,
    steps: int = 200,
    ax: Any = None,
) -> Any:
    """Draw the probability of one customer to be alive over time, given the ages at repeat purchases."""
    ax = _axes(ax)
    bought = sorted(float(each) for each in purchases)
    ages = sorted(
        {until * step / steps for step in range(1, steps + 1)}
        | {age for age in bought if age <= until}
    )
    counts = [sum(each <= age for each in bought) for age in ages]
    rows = {
        "frequency": counts,
        "recency": [bought[count - 1] if count else 0.0 for count in counts],
        "age": ages,
    }
    ax.plot(ages, list(model.probability_alive(rows)))
    for age in bought:
        ax.axvline(age, color="grey", linestyle=":", linewidth=0.8)
    ax.set_ylim(0, 1.05)
    return _label(ax, "probability to be alive", "age", "probability")


def _density(ax: Any, values: Sequence[float], logs: Sequence[float], title: str, x: str) -> Any:
    ax = _axes(ax)
    ax.plot(values, [math.exp(log) for log in logs])
    return _label(ax, title, x, "density")


def _gamma(ax: Any, shape: float, rate: float, title: str, x: str) -> Any:
    most = (shape + 4.0 * math.sqrt(shape)) / rate
    values = [most * step / 200 for step in range(1, 201)]
    const = shape * math.log(rate) - math.lgamma(shape)
    logs = [const + (shape - 1.0) * math.log(each) - rate * each for each in values]
    return _density(ax, values, logs, title, x)


def purchase_rate_heterogeneity(model: PurchaseModel, *, ax: Any = None) -> Any:
    """Draw the gamma distribution of purchase rates among customers."""
    parameters = model.params_
    r, alpha = parameters["r"], parameters["alpha"]
    title = f"purchase rate, mean {r / alpha:.3g}"
    return _gamma(ax, r, alpha, title, "purchases in a unit of time")


def dropout_heterogeneity(model: PurchaseModel, *, ax: Any = None) -> Any:
    """Draw the distribution of the probability, or of the rate, to leave among customers."""
    parameters = model.params_
    if "s" in parameters:
        s, beta = parameters["s"], parameters["beta"]
        return _gamma(ax, s, beta, f"dropout rate, mean {s / beta:.3g}", "rate")
    a, b = parameters["a"], parameters["b"]
    values = [step / 200 for step in range(1, 200)]
    const = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    logs = [const + (a - 1.0) * math.log(p) + (b - 1.0) * math.log1p(-p) for p in values]
    return _density(ax, values, logs, f"dropout probability, mean {a / (a + b):.3g}", "probability")


def cohort_heatmap(table: RetentionTable, *, values: str = "percent", ax: Any = None) -> Any:
    """Draw a table of cohorts as a heat map. What no customer has reached is left white."""
    ax = _axes(ax)
    cohorts, ages, cells = table.matrix(values)
    numbers = [[math.nan if cell is None else float(cell) for cell in row] for row in cells]
    image = ax.imshow(numbers, aspect="auto", vmin=0)
    ax.figure.colorbar(image, ax=ax, label=values)
    ax.set_xticks(range(len(ages)), [str(age) for age in ages])
    ax.set_yticks(range(len(cohorts)), [f"{cohort:%Y-%m-%d}" for cohort in cohorts])
    for row, line in enumerate(numbers):
        for place, cell in enumerate(line):
            if not math.isnan(cell):
                ax.text(
                    place, row, f"{cell:.0f}", ha="center", va="center", fontsize=7, color="white"
                )
    return _label(ax, "cohorts", "age", "first event")


def _worst(row: Sequence[float], side: float) -> float:
    """Return the worst ratio of sides in a row of areas along a side."""
    total = math.fsum(row)
    return max(side * side * max(row) / total**2, total**2 / (side * side * min(row)))


def _squarified(
    sizes: Sequence[float], width: float, height: float
) -> list[tuple[float, float, float, float]]:
    """Squarified treemap of sizes in descending order (Bruls, Huizing and van Wijk, 2000)."""
    scale = width * height / math.fsum(sizes)
    areas = [size * scale for size in sizes]
    boxes: list[tuple[float, float, float, float]] = []
    x = y = 0.0
    while areas:
        side = min(width, height)
        count = 1
        while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(
            areas[:count], side
        ):
            count += 1
        row, areas = areas[:count], areas[count:]
        depth = math.fsum(row) / side
        at = 0.0
        for area in row:
            length = area / depth
            boxes.append(
                (x, y + at, depth, length) if width >= height else (x + at, y, length, depth)
            )
            at += length
        if width >= height:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
    return boxes


def rfm_treemap(rfm: Rfm, *, by: str = "customers", ax: Any = None) -> Any:
    """Draw the segments as areas: by how many customers they have, or by `monetary`."""
    ax = _axes(ax)
    table = rfm.segments().to_dict()
    if by not in {"customers", "monetary"}:
        raise invalid("by", "customers or monetary")
    pairs = sorted(zip(table[by], table["segment"], strict=True), reverse=True)
    pairs = [(float(size), name) for size, name in pairs if size > 0]
    total = math.fsum(size for size, _ in pairs)
    patches: Any = library("matplotlib.patches")
    pyplot: Any = library("matplotlib.pyplot")
    colours = pyplot.get_cmap("tab20")
    boxes = _squarified([size for size, _ in pairs], 16.0, 9.0)
    for place, ((size, name), (x, y, width, height)) in enumerate(zip(pairs, boxes, strict=True)):
        ax.add_patch(
            patches.Rectangle(
                (x, y), width, height, facecolor=colours(place % 20), edgecolor="white"
            )
        )
        label = f"{name}\n{100 * size / total:.1f} %"
        ax.text(x + width / 2, y + height / 2, label, ha="center", va="center", fontsize=8)
    ax.set_xlim(0, 16)
    ax.set_ylim(9, 0)
    ax.set_axis_off()
    ax.set_title(f"segments by {by}")
    return ax


def totals(table: Table, by: str, value: str, *, ax: Any = None) -> Any:
    """Draw the sum of a value per group, such as lifetime value per segment, the greatest first."""
    ax = _axes(ax)
    sums = table.totals(by, value).to_dict()
    ax.barh([str(group) for group in sums[by]], sums[value])
    ax.invert_yaxis()
    ax.figure.set_layout_engine("tight")
    return _label(ax, f"{value} by {by}", value, "")
