"""Analytics beside hand-written Polars, DuckDB and pandas, and beside lifetimes, in one run.

    pip install goodwill numpy pandas==2.3.3 polars duckdb pyarrow lifetimes
    python analytics.py 100000 1000000

With `--pymc` PyMC-Marketing fits, too, by its quickest method, `fit(method="map")` (`pip install pymc-marketing`).

Logs are synthetic: so many customers with about ten rows each. Every number is the best of some runs, in seconds;
what takes longer than a minute in a peer runs once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from goodwill.analytics import BgNbd, GammaGamma, Horizon, MbgNbd, ParetoNbd, rfm, split, summarize

if TYPE_CHECKING:
    from collections.abc import Callable

duckdb: Any = import_module("duckdb")
np: Any = import_module("numpy")
pd: Any = import_module("pandas")
pl: Any = import_module("polars")

END = "2025-12-31"
CUT = "2025-06-30"


def seconds(
    what: Callable[[], Any], runs: int = 3, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the best time of some runs."""
    best = float("inf")
    for _ in range(runs):
        begin = clock()
        what()
        best = min(best, clock() - begin)
        if best > 20:  # noqa: PLR2004
            break
    return best


def made_up(customers: int) -> Any:
    """Make a log of customers who buy at rates of their own and leave, in random order."""
    chance = np.random.default_rng(7)
    most = 60
    start = chance.uniform(0.0, 180.0, customers)
    rate = chance.gamma(0.8, 1 / 8.0, customers)
    stays = chance.geometric(np.clip(chance.beta(0.7, 7.0, customers), 1e-4, 1.0))
    waits = chance.exponential(size=(customers, most)) / np.maximum(rate, 1e-6)[:, None]
    at = start[:, None] + np.hstack([np.zeros((customers, 1)), waits.cumsum(axis=1)])
    bought = (at < 365.0) & (np.arange(most + 1) <= stays[:, None])  # noqa: PLR2004
    ids = np.repeat(np.arange(customers), bought.sum(axis=1))
    mean = chance.gamma(3.7, 1 / 15.0, customers)
    amounts = np.round(chance.gamma(6.0, 1.0 / mean[ids]), 2) + 0.01
    order = chance.permutation(len(ids))
    times = np.datetime64("2025-01-01", "us") + (at[bought] * 86_400e6).astype("m8[us]")
    return pl.DataFrame({"customer": ids[order], "time": times[order], "amount": amounts[order]})


def polars_summary(log: Any) -> Any:
    """Frequency, recency, age and mean spend by days, as one would write it."""
    end = pl.lit(END).str.to_date()
    days = (
        log.lazy()
        .group_by("customer", pl.col("time").dt.date().alias("day"))
        .agg(pl.col("amount").sum())
        .group_by("customer")
        .agg(
            (pl.len() - 1).alias("frequency"),
            (pl.col("day").max() - pl.col("day").min()).dt.total_days().alias("recency"),
            (end - pl.col("day").min()).dt.total_days().alias("age"),
            pl.col("amount")
            .filter(pl.col("day") > pl.col("day").min())
            .mean()
            .fill_null(0)
            .alias("spend"),
        )
    )
    return days.collect()


def polars_rfm(log: Any) -> Any:
    """Scores of five quantiles, with ties by rank, as the usual snippet has them."""
    end = pl.lit(END).str.to_date()
    score = lambda name, sign: (  # noqa: E731
        ((pl.col(name) * sign).rank("ordinal") - 1) * 5 // pl.len() + 1
    ).alias(f"{name}_score")
    values = (
        log.lazy()
        .group_by("customer")
        .agg(
            (end - pl.col("time").max().dt.date()).dt.total_days().alias("recency"),
            pl.col("time").dt.date().n_unique().alias("frequency"),
            pl.col("amount").sum().alias("monetary"),
        )
    )
    return values.with_columns(
        score("recency", -1), score("frequency", 1), score("monetary", 1)
    ).collect()


SQL = """
WITH days AS (SELECT customer, time::date AS day, sum(amount) AS amount FROM log GROUP BY ALL),
     firsts AS (SELECT customer, min(day) AS first FROM days GROUP BY ALL)
SELECT customer, count(*) - 1 AS frequency, max(day) - min(day) AS recency, date '2025-12-31' - min(day) AS age,
       coalesce(avg(amount) FILTER (day > first), 0) AS spend
FROM days JOIN firsts USING (customer) GROUP BY customer
"""


def duckdb_summary(log: Any) -> Any:
    """Do the same in SQL; `log` is found by its name."""
    return duckdb.sql(SQL).fetch_arrow_table() if log.num_rows else None


def pandas_summary(log: Any) -> Any:
    """As the snippets do it."""
    days = log.groupby(["customer", log["time"].dt.floor("D")])["amount"].sum().reset_index()
    first = days.groupby("customer")["time"].transform("min")
    grouped = days.groupby("customer")["time"]
    table = pd.DataFrame({"frequency": grouped.size() - 1})
    table["recency"] = (grouped.max() - grouped.min()).dt.days
    table["age"] = (pd.Timestamp(END) - grouped.min()).dt.days
    table["spend"] = days[days["time"] > first].groupby("customer")["amount"].mean()
    return table.fillna({"spend": 0.0})


def row(what: str, ours: float, peers: dict[str, float]) -> None:
    """Print a line of the table."""
    told = ", ".join(f"{name} {took:.3g} s ({took / ours:.1f} x)" for name, took in peers.items())
    print(f"| {what} | {ours:.4f} s | {told} |", flush=True)


def pymc_fit(name: str, table: Any) -> None:
    """Fit the mode of the posterior of PyMC-Marketing's model; the first time it is compiled, too."""
    model = getattr(import_module("pymc_marketing.clv"), name)
    model(data=table).fit(method="map", progressbar=False)


def of_size(customers: int, *, pymc: bool) -> None:
    """Measure one size."""
    lifetimes: Any = import_module("lifetimes")
    utils: Any = import_module("lifetimes.utils")
    if pymc:
        import_module("pymc_marketing.clv")
    log = made_up(customers)
    frame, arrow = log.to_pandas(), log.to_arrow()
    print(f"\n{customers:,} customers, {len(log):,} rows\n\n| | goodwill | peers |\n|---|---|---|")
    options: dict[str, Any] = {"zone": "UTC", "reference": END}
    row(
        "summary",
        seconds(lambda: summarize(log, **options)),
        {
            "Polars": seconds(lambda: polars_summary(log)),
            "DuckDB": seconds(lambda: duckdb_summary(arrow)),
            "pandas": seconds(lambda: pandas_summary(frame)),
        },
    )
    row("RFM", seconds(lambda: rfm(log, **options)), {"Polars": seconds(lambda: polars_rfm(log))})
    halves = seconds(lambda: split(log, calibration_end=CUT, **options))
    arguments = (frame, "customer", "time")
    old = {
        "calibration_period_end": CUT,
        "observation_period_end": END,
        "monetary_value_col": "amount",
    }
    row(
        "holdout",
        halves,
        {"lifetimes": seconds(lambda: utils.calibration_and_holdout_data(*arguments, **old), 1)},
    )
    summary = summarize(log, **options)
    table = summary.to_pandas()
    x, recency, age, spend = (table[name] for name in ("frequency", "recency", "age", "spend"))
    pairs = {
        "BG/NBD": (BgNbd, lifetimes.BetaGeoFitter),
        "MBG/NBD": (MbgNbd, lifetimes.ModifiedBetaGeoFitter),
        "Pareto/NBD": (ParetoNbd, lifetimes.ParetoNBDFitter),
    }
    for name, (model, peer) in pairs.items():
        if name == "Pareto/NBD" and customers > 100_000:  # noqa: PLR2004
            row(f"{name} fit", seconds(lambda model=model: model().fit(summary)), {})
            continue
        peers = {"lifetimes": seconds(lambda peer=peer: _lifetimes(peer, x, recency, age), 1)}
        if pymc and name == "BG/NBD":
            renamed = {"customer": "customer_id", "age": "T", "spend": "monetary_value"}
            named = table.rename(columns=renamed)
            peers["PyMC-Marketing"] = seconds(
                lambda named=named: pymc_fit("BetaGeoModel", named), 1
            )
        row(f"{name} fit", seconds(lambda model=model: model().fit(summary)), peers)
    back = table[x > 0]
    peers = {
        "lifetimes": seconds(
            lambda: _lifetimes(lifetimes.GammaGammaFitter, back["frequency"], back["spend"]), 1
        )
    }
    if pymc:
        named = back.rename(columns={"customer": "customer_id", "spend": "monetary_value"})
        peers["PyMC-Marketing"] = seconds(lambda: pymc_fit("GammaGammaModel", named), 2)
    row("Gamma-Gamma fit", seconds(lambda: GammaGamma().fit(summary)), peers)
    model, value = BgNbd().fit(summary), GammaGamma().fit(summary)
    peer = lifetimes.BetaGeoFitter()
    peer.params_ = pd.Series(model.params_)
    peer.predict = peer.conditional_expected_number_of_purchases_up_to_time
    old_value = lambda: utils._customer_lifetime_value(  # noqa: E731, SLF001
        peer, x, recency, age, spend, 12, 0.01, freq="D"
    )
    ours = seconds(
        lambda: model.lifetime_value(summary, value, horizon=Horizon(periods=12, rate=0.01))
    )
    row("12 months of value", ours, {"lifetimes": seconds(old_value, 1)})
    ours = seconds(lambda: model.predict(summary, t=30))
    row("prediction", ours, {"lifetimes": seconds(lambda: peer.predict(30, x, recency, age), 1)})
    alive = lambda: peer.conditional_probability_alive(x, recency, age)  # noqa: E731
    row(
        "P(alive)", seconds(lambda: model.probability_alive(summary)), {"lifetimes": seconds(alive)}
    )

    _intervals(model, summary)


def _intervals(model: Any, summary: Any) -> None:
    """Compare processor times with and without intervals, by turns."""
    pairs = {
        "P(alive)": lambda **k: model.probability_alive(summary, **k),
        "P(alive) in 30 days": lambda **k: model.probability_alive(summary, after=30, **k),
        "P(no purchase)": lambda **k: model.probability_of_purchases(summary, 0, 30, **k),
        "prediction": lambda **k: model.expected_purchases(summary, 30, **k),
        "12 months of purchases": lambda **k: model.discounted_purchases(summary, **k),
    }
    for name, predict in pairs.items():
        plain = wide = float("inf")
        for _ in range(9):
            plain = min(plain, seconds(predict, 1, time.process_time))
            intervals = lambda predict=predict: predict(confidence=0.95)  # noqa: E731
            wide = min(wide, seconds(intervals, 1, time.process_time))
        print(f"| {name} with intervals | {wide / plain:.2f} times the processor time | |")


def _lifetimes(peer: Any, *columns: Any) -> Any:
    try:
        return peer().fit(*columns)
    except Exception as error:  # noqa: BLE001
        print(f"| | | {peer.__name__}: {type(error).__name__} |")
        return None


def main() -> None:
    """Measure every size, and the import."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("customers", type=int, nargs="*", default=[100_000])
    parser.add_argument("--pymc", action="store_true", help="fit with PyMC-Marketing, too")
    given = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for name in ("goodwill", "goodwill.analytics", "lifetimes"):
        run = lambda name=name: subprocess.run([sys.executable, "-c", f"import {name}"], check=True)  # noqa: E731
        nothing = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True), 5)
        print(f"import {name}: {seconds(run, 5) - nothing:.3f} s more than Python itself")
    for size in given.customers:
        of_size(size, pymc=given.pymc)


if __name__ == "__main__":
    main()
