"""Summaries of logs in frames with lifetimes' columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goodwill._runtime import invalid
from goodwill.analytics._columns import library
from goodwill.analytics._logs import summarize

if TYPE_CHECKING:
    from goodwill.analytics._columns import Data, Values
    from goodwill.analytics._logs import Summary, Unit

_UNITS: dict[str, Unit] = {
    "h": "hour",
    "H": "hour",
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
}


def _unit(freq: str) -> Unit:
    if freq not in _UNITS:
        raise invalid("freq", f"one of {', '.join(_UNITS)}")
    return _UNITS[freq]


def times_of(column: Values, datetime_format: str | None = None) -> Any:
    """Return times on the wall clock of their zone."""
    times = library("pandas").to_datetime(column, format=datetime_format)
    return times if times.dt.tz is None else times.dt.tz_localize(None)


def periods_of(times: Values, freq: str) -> Any:
    """Return how many periods after the first of them times are."""
    ordinals = library("numpy").asarray(times.dt.to_period(freq).astype("int64"))
    return ordinals - ordinals.min()


def _end(time: object, datetime_format: str | None, freq: str) -> Any:
    """Return the end of the period of a time."""
    moment = library("pandas").to_datetime(time, format=datetime_format).tz_localize(None)
    return moment.to_period(freq).end_time.floor("ms").to_pydatetime()


def _framed(
    summary: Summary, customer: str, multiplier: float, *, spend: bool, first: bool
) -> tuple[Any, Any]:
    """Return a summary as lifetimes has it, by customers in ascending order, and that order."""
    pd = library("pandas")
    columns: dict[str, Any] = {
        "frequency": summary.frequency + (1 if first else 0),
        "recency": summary.recency / multiplier,
        "T": summary.age / multiplier,
    }
    if spend:
        columns["monetary_value"] = summary.spend
    frame = pd.DataFrame(columns, index=pd.Index(summary.customer, name=customer)).astype(float)
    order = frame.index.argsort()
    return frame.iloc[order], order


def summary_data_from_transaction_data(
    transactions: Data,
    customer_id_col: str,
    datetime_col: str,
    monetary_value_col: str | None = None,
    datetime_format: str | None = None,
    observation_period_end: object = None,
    freq: str = "D",
    freq_multiplier: float = 1,
    include_first_transaction: bool = False,
) -> Any:
    """Return frequency, recency, T and the mean spend per customer, a frame by customer.

    >>> import pandas as pd
    >>> log = pd.DataFrame({"id": [7, 7, 4], "date": ["2014-07-01", "2014-07-10", "2014-08-06"]})
    >>> summary_data_from_transaction_data(log, "id", "date", observation_period_end="2014-12-31").loc[7].to_dict()
    {'frequency': 1.0, 'recency': 9.0, 'T': 183.0}
    """
    times = times_of(transactions[datetime_col], datetime_format)
    end = times.max() if observation_period_end is None else observation_period_end
    summary = summarize(
        customer=transactions[customer_id_col],
        time=times,
        amount=None if monetary_value_col is None else transactions[monetary_value_col],
        unit=_unit(freq),
        zone="UTC",
        reference=_end(end, datetime_format, freq),
        spend="all" if include_first_transaction else "repeats",
    )
    spend = monetary_value_col is not None
    first = include_first_transaction
    return _framed(summary, customer_id_col, freq_multiplier, spend=spend, first=first)[0]


def calibration_and_holdout_data(
    transactions: Data,
    customer_id_col: str,
    datetime_col: str,
    calibration_period_end: object,
    observation_period_end: object = None,
    freq: str = "D",
    freq_multiplier: float = 1,
    datetime_format: str | None = None,
    monetary_value_col: str | None = None,
    include_first_transaction: bool = False,
) -> Any:
    """Return what is known until the calibration ends (`_cal`), and what came later (`_holdout`), by customer.

    >>> import pandas as pd
    >>> log = pd.DataFrame({"id": [1, 1, 1], "date": ["2026-01-05", "2026-01-20", "2026-02-03"]})
    >>> data = calibration_and_holdout_data(log, "id", "date", calibration_period_end="2026-01-31")
    >>> data.loc[1, ["frequency_cal", "frequency_holdout", "duration_holdout"]].to_list()
    [1.0, 1.0, 3.0]
    """
    pd = library("pandas")
    times = times_of(transactions[datetime_col], datetime_format)
    end = times.max() if observation_period_end is None else observation_period_end
    calibration_end = pd.to_datetime(calibration_period_end, format=datetime_format)
    summary = summarize(
        customer=transactions[customer_id_col],
        time=times,
        amount=None if monetary_value_col is None else transactions[monetary_value_col],
        unit=_unit(freq),
        zone="UTC",
        calibration_end=calibration_end.tz_localize(None).to_pydatetime(),
        reference=_end(end, datetime_format, freq),
        spend="all" if include_first_transaction else "repeats",
    )
    spend = monetary_value_col is not None
    first = include_first_transaction
    frame, order = _framed(summary, customer_id_col, freq_multiplier, spend=spend, first=first)
    frame.columns = [f"{name}_cal" for name in frame.columns]
    frame["frequency_holdout"] = summary.holdout_frequency[order].astype(float)
    if spend:
        frame["monetary_value_holdout"] = summary.holdout_spend[order].astype(float)
    frame["duration_holdout"] = (summary.duration or 0.0) / freq_multiplier
    return frame


def calculate_alive_path(
    model: Any, transactions: Data, datetime_col: str, t: int, freq: str = "D"
) -> Any:
    """Return the probability of one customer to be alive at each age up to `t`, a series."""
    np, pd = library("numpy"), library("pandas")
    bought = np.unique(periods_of(times_of(transactions[datetime_col]), freq))
    ages = np.arange(max(int(t), int(bought.max())) + 1)
    frequency = np.searchsorted(bought, ages, side="right") - 1
    path = model.conditional_probability_alive(frequency, bought[frequency], ages)
    return pd.Series(path, index=ages)


def expected_cumulative_transactions(
    model: Any,
    transactions: Data,
    datetime_col: str,
    customer_id_col: str,
    t: int,
    datetime_format: str | None = None,
    freq: str = "D",
    freq_multiplier: int = 1,
    set_index_date: bool = False,
) -> Any:
    """Return all repeat purchases up to each of `t` periods, actual and as a fitter predicts them.

    The fitter's unit is `freq_multiplier` periods. It knows only when customers first bought (Fader, Hardie and Lee,
    *A Note on Implementing the Pareto/NBD Model in MATLAB*, 2005).
    """
    np, pd = library("numpy"), library("pandas")
    times = times_of(transactions[datetime_col], datetime_format)
    log = pd.DataFrame({"customer": transactions[customer_id_col], "time": times})
    log["period"] = periods_of(times, freq)
    log = log[log["period"] < t].drop_duplicates(["customer", "period"])
    first = log.groupby("customer")["period"].min()
    firsts = np.bincount(first, minlength=t)
    repeats = np.bincount(log["period"], minlength=t) - firsts
    expected = model.expected_number_of_purchases_up_to_time(np.arange(t + 1) / freq_multiplier)
    shown = slice(freq_multiplier - 1, None, freq_multiplier)
    columns = {
        "actual": np.cumsum(repeats)[shown],
        "predicted": np.convolve(firsts, expected)[1 : t + 1][shown],
    }
    if set_index_date:
        return pd.DataFrame(
            columns, index=pd.period_range(times.min(), periods=t, freq=freq)[shown]
        )
    return pd.DataFrame(columns)
