"""Plots with lifetimes' names and keywords. Further keywords are properties of what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goodwill._runtime import invalid
from goodwill.analytics import plots
from goodwill.analytics._columns import library

from ._summaries import calculate_alive_path, expected_cumulative_transactions, times_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodwill.analytics._columns import Data

_AXES = {
    "frequency_cal": "Purchases in calibration period",
    "recency_cal": "Age of customer at last purchase",
    "T_cal": "Age of customer at the end of calibration period",
    "time_since_last_purchase": "Time since user made last purchase",
}


def _rows(model: Any) -> dict[str, Any]:
    data = model.data
    return {"frequency": data["frequency"], "recency": data["recency"], "age": data["T"]}


def _age(model: Any, most: int | None) -> int:
    """Return the age that matrices show: whole units, as in lifetimes."""
    return most or int(model.data["T"].max())


def _drawn(
    ax: Any, labels: tuple[str | None, str, str], drawn: Iterable[Any], properties: dict[str, Any]
) -> Any:
    """Give axes their title and labels, and what is drawn its properties."""
    title, x, y = labels
    for each in drawn:
        each.set(**properties)
    if title is not None:
        ax.set_title(title)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    return ax


def _axes(ax: Any) -> Any:
    return library("matplotlib.pyplot").subplots()[1] if ax is None else ax


def plot_frequency_recency_matrix(
    model: Any,
    T: float = 1,  # noqa: N803
    max_frequency: int | None = None,
    max_recency: int | None = None,
    title: str | None = None,
    xlabel: str = "Customer's Historical Frequency",
    ylabel: str = "Customer's Recency",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the expected purchases in the next `T` units by frequency and recency."""
    ax = plots.frequency_recency_matrix(
        model.model,
        _rows(model),
        t=T,
        max_frequency=max_frequency,
        max_recency=_age(model, max_recency),
        ax=ax,
    )
    return _drawn(ax, (title, xlabel, ylabel), ax.images[:1], kwargs)


def plot_probability_alive_matrix(
    model: Any,
    max_frequency: int | None = None,
    max_recency: int | None = None,
    title: str = "Probability Customer is Alive,\nby Frequency and Recency of a Customer",
    xlabel: str = "Customer's Historical Frequency",
    ylabel: str = "Customer's Recency",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the probability to be alive by frequency and recency."""
    ax = plots.probability_alive_matrix(
        model.model,
        _rows(model),
        max_frequency=max_frequency,
        max_recency=_age(model, max_recency),
        ax=ax,
    )
    return _drawn(ax, (title, xlabel, ylabel), ax.images[:1], kwargs)


def plot_period_transactions(
    model: Any,
    max_frequency: int = 7,
    title: str = "Frequency of Repeat Transactions",
    xlabel: str = "Number of Calibration Period Transactions",
    ylabel: str = "Customers",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw how many customers bought how often, and how many the model expects, without simulation."""
    ax = plots.period_transactions(model.model, _rows(model), max_frequency=max_frequency, ax=ax)
    return _drawn(ax, (title, xlabel, ylabel), ax.patches, kwargs)


def plot_calibration_purchases_vs_holdout_purchases(
    model: Any,
    calibration_holdout_matrix: Data,
    kind: str = "frequency_cal",
    n: int = 7,
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the mean purchases in the holdout, actual and predicted, by what the calibration tells."""
    if kind not in _AXES:
        raise invalid("kind", f"one of {', '.join(_AXES)}")
    table = calibration_holdout_matrix.copy()
    table["model_predictions"] = model.conditional_expected_number_of_purchases_up_to_time(
        table["duration_holdout"], table["frequency_cal"], table["recency_cal"], table["T_cal"]
    )
    table["time_since_last_purchase"] = table["T_cal"] - table["recency_cal"]
    means = table.groupby(kind)[["frequency_holdout", "model_predictions"]].mean().iloc[:n]
    ax = _curves(means.index, means, ax, kwargs)
    title = "Actual Purchases in Holdout Period vs Predicted Purchases"
    return _drawn(ax, (title, _AXES[kind], "Average of Purchases in Holdout Period"), (), {})


def plot_expected_repeat_purchases(
    model: Any,
    title: str = "Expected Number of Repeat Purchases per Customer",
    xlabel: str = "Time Since First Purchase",
    ax: Any = None,
    label: str | None = None,
    **kwargs: Any,
) -> Any:
    """Draw the expected repeat purchases of a new customer up to one and a half of the greatest age."""
    until = 1.5 * float(model.data["T"].max())
    ax = plots.expected_repeat_purchases(model.model, until=until, ax=ax)
    _drawn(ax, (title, xlabel, "purchases"), ax.lines[-1:], {"label": label, **kwargs})
    if label is not None:
        ax.legend(loc="lower right")
    return ax


def plot_history_alive(
    model: Any,
    t: int,
    transactions: Data,
    datetime_col: str,
    freq: str = "D",
    start_date: Any = None,
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the probability of one customer to be alive up to `t` periods after the first purchase."""
    pd = library("pandas")
    times = times_of(transactions[datetime_col])
    path = calculate_alive_path(model, transactions, datetime_col, t, freq)
    dates = pd.period_range(times.min(), periods=len(path), freq=freq).to_timestamp()
    bought = times.dt.to_period(freq).drop_duplicates().dt.to_timestamp()
    ax = _axes(ax)
    ax.plot(dates, path.to_numpy(), label="P_alive", **kwargs)
    ax.vlines(bought, ymin=0, ymax=1, colors="r", linestyles="dashed", label="purchases")
    ax.set_ylim(0, 1)
    ax.set_xlim(dates[0] if start_date is None else pd.to_datetime(start_date), dates[-1])
    ax.legend(loc="lower left")
    return _drawn(ax, ("History of P_alive", "", "P_alive"), (), {})


def _curves(places: Any, table: Any, ax: Any, properties: dict[str, Any]) -> Any:
    ax = _axes(ax)
    for name in table.columns:
        ax.plot(places, table[name], label=name, **properties)
    ax.legend()
    return ax


def _tracked(
    table: Any, t_cal: float, labels: tuple[str, str, str], ax: Any, properties: dict[str, Any]
) -> Any:
    title, x, y = labels
    dated = hasattr(table.index, "to_timestamp")
    places = table.index.to_timestamp() if dated else table.index
    ax = _curves(places, table, ax, properties)
    ax.axvline(places[int(t_cal)] if dated else t_cal, color="r", linestyle="--")
    return _drawn(ax, (title, "date" if dated else x, y), (), {})


def plot_cumulative_transactions(
    model: Any,
    transactions: Data,
    datetime_col: str,
    customer_id_col: str,
    t: int,
    t_cal: float,
    datetime_format: str | None = None,
    freq: str = "D",
    set_index_date: bool = False,
    title: str = "Tracking Cumulative Transactions",
    xlabel: str = "day",
    ylabel: str = "Cumulative Transactions",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw all repeat purchases up to each period, actual and predicted; a line is at the end of calibration."""
    table = expected_cumulative_transactions(
        model,
        transactions,
        datetime_col,
        customer_id_col,
        t,
        datetime_format,
        freq,
        1,
        set_index_date,
    )
    return _tracked(table, t_cal, (title, xlabel, ylabel), ax, kwargs)


def plot_incremental_transactions(
    model: Any,
    transactions: Data,
    datetime_col: str,
    customer_id_col: str,
    t: int,
    t_cal: float,
    datetime_format: str | None = None,
    freq: str = "D",
    set_index_date: bool = False,
    title: str = "Tracking Daily Transactions",
    xlabel: str = "day",
    ylabel: str = "Transactions",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the repeat purchases of each period, actual and predicted; a line is at the end of calibration."""
    table = expected_cumulative_transactions(
        model,
        transactions,
        datetime_col,
        customer_id_col,
        t,
        datetime_format,
        freq,
        1,
        set_index_date,
    )
    return _tracked(table.diff(), t_cal, (title, xlabel, ylabel), ax, kwargs)


def plot_transaction_rate_heterogeneity(
    model: Any,
    suptitle: str = "Heterogeneity in Transaction Rate",
    xlabel: str = "Transaction Rate",
    ylabel: str = "Density",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the gamma distribution of purchase rates among customers."""
    ax = plots.purchase_rate_heterogeneity(model.model, ax=ax)
    ax.figure.suptitle(suptitle)
    return _drawn(ax, (None, xlabel, ylabel), ax.lines[-1:], kwargs)


def plot_dropout_rate_heterogeneity(
    model: Any,
    suptitle: str = "Heterogeneity in Dropout Probability",
    xlabel: str = "Dropout Probability p",
    ylabel: str = "Density",
    ax: Any = None,
    **kwargs: Any,
) -> Any:
    """Draw the distribution of the probability, or of the rate, to leave among customers."""
    ax = plots.dropout_heterogeneity(model.model, ax=ax)
    ax.figure.suptitle(suptitle)
    return _drawn(ax, (None, xlabel, ylabel), ax.lines[-1:], kwargs)
