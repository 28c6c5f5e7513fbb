"""Models: published values, scikit-learn's habits, files, tables."""

from __future__ import annotations

import json
import math
import pickle
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from goodwill import InvalidError
from goodwill.analytics import (
    BgBb,
    BgNbd,
    CnbdK,
    GammaGamma,
    Horizon,
    MbgNbd,
    ParetoNbd,
    Summary,
    Table,
    brier_score,
    ln_waits,
    prediction_quality,
    progress,
    split,
    summarize,
)

np: Any = pytest.importorskip("numpy")
pl: Any = pytest.importorskip("polars")
sklearn_base: Any = pytest.importorskip("sklearn.base")
sklearn_pipeline: Any = pytest.importorskip("sklearn.pipeline")
sklearn_preprocessing: Any = pytest.importorskip("sklearn.preprocessing")

DATA = Path(__file__).parents[2] / "core" / "tests" / "analytics" / "data"
MODELS: tuple[Any, ...] = (BgNbd, MbgNbd, ParetoNbd)


@pytest.fixture(scope="module")
def cdnow() -> Any:
    """The sample of CDNOW: x, t_x, T in weeks, mean spend."""
    return pl.read_csv(DATA / "cdnow_customers.csv").rename(
        {"x": "frequency", "t_x": "recency", "T": "age", "zbar": "spend"}
    )


def log() -> Any:
    """The transactions of the sample."""
    lines = [line.split() for line in (DATA / "cdnow_log.txt").read_text().splitlines()]
    return {
        "customer": [int(line[1]) for line in lines],
        "time": [f"{line[2][:4]}-{line[2][4:6]}-{line[2][6:]}" for line in lines],
        "amount": [float(line[4]) for line in lines],
    }


def test_bg_nbd_is_as_published(cdnow: Any) -> None:
    """Fader, Hardie and Lee (2005)."""
    model = BgNbd().fit(cdnow)
    assert model.params_ == pytest.approx(
        {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}, abs=1e-4
    )
    assert model.log_likelihood_ == pytest.approx(-9582.4256, abs=5e-3)
    assert model.identified_
    assert model.not_identified_ is None
    first = {"frequency": [2], "recency": [30.43], "age": [38.86]}
    assert float(model.expected_purchases(first, 39)[0]) == pytest.approx(1.226, abs=1e-3)


def test_pareto_nbd_and_gamma_gamma_are_as_published(cdnow: Any) -> None:
    """Fader and Hardie, notes 008 and 025."""
    pareto = ParetoNbd().fit(cdnow).params_
    assert pareto == pytest.approx(
        {"r": 0.5533, "alpha": 10.578, "s": 0.6060, "beta": 11.67}, rel=1e-3
    )
    gamma = GammaGamma().fit(cdnow.filter(pl.col("frequency") > 0))
    assert gamma.params_ == pytest.approx({"p": 6.2494, "q": 3.7443, "v": 15.444}, rel=1e-3)
    assert gamma.log_likelihood_ == pytest.approx(-4055.918, abs=2e-2)


def test_bg_bb_is_as_published() -> None:
    """Fader, Hardie and Shang (2010)."""
    donations = pl.read_csv(DATA / "donations.csv").rename({"periods": "occasions"})
    model = BgBb().fit(donations, sample_weight=donations["weights"])
    published = {"alpha": 1.2035, "beta": 0.7497, "gamma": 0.6567, "delta": 2.7834}
    assert model.params_ == pytest.approx(published, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(-33225.58, abs=1e-2)
    bounds = model.expected_purchases(donations, 5, confidence=0.9)
    assert np.array_equal(bounds["value"], model.predict(donations, t=5))
    assert (bounds["low"] < bounds["high"]).all()
    for later in (
        model.probability_alive(donations, after=2, confidence=0.9),
        model.probability_of_purchases(donations, 0, 2, confidence=0.9),
    ):
        assert ((later["low"] < later["value"]) & (later["value"] < later["high"])).all()


def test_log_gives_the_summary_and_the_fit(cdnow: Any) -> None:
    """The published summary counts exact weeks up to 1997-09-30, of the purchases on one day as one."""
    summary = summarize(
        log(), unit="week", measure="exact", merge="day", reference="1997-09-30T00:00:00+00:00"
    )
    assert len(summary) == len(cdnow)
    assert sorted(summary.frequency.tolist()) == sorted(cdnow["frequency"].to_list())
    fit = BgNbd().fit(summary)
    assert fit.params_ == pytest.approx(BgNbd().fit(cdnow).params_, rel=5e-2)


def test_weights_are_customers(cdnow: Any) -> None:
    """The same fit from distinct customers with weights."""
    grouped = cdnow.group_by(["frequency", "recency", "age"], maintain_order=True).len()
    for model in MODELS:
        whole = model().fit(cdnow)
        weighted = model().fit(grouped, sample_weight=grouped["len"])
        assert weighted.params_ == pytest.approx(whole.params_, rel=1e-6)
        warm = model().fit(cdnow, start=whole)
        assert warm.params_ == pytest.approx(whole.params_, rel=1e-6)
        assert warm.fit_["fit"]["evaluations"] < whole.fit_["fit"]["evaluations"]


@pytest.mark.parametrize("model", [*MODELS, CnbdK, BgBb, GammaGamma])
def test_estimators_have_the_habits_of_scikit_learn(model: Any) -> None:
    made = model()
    clone = sklearn_base.clone(made)
    assert type(clone) is model
    assert clone is not made
    assert clone.get_params() == made.get_params()
    for name, value in made.get_params().items():
        assert made.set_params(**{name: value}) is made
    with pytest.raises(InvalidError):
        made.set_params(penalizer_coef=0.1)
    with pytest.raises(InvalidError):
        made.predict(
            {"frequency": [1], "recency": [1], "age": [2], "spend": [1.0], "occasions": [2]}
        )


def test_pipelines_and_grids(cdnow: Any) -> None:
    matrix = cdnow.select("frequency", "recency", "age").to_numpy()
    pipeline = sklearn_pipeline.Pipeline(
        [("same", sklearn_preprocessing.FunctionTransformer()), ("model", BgNbd(t=26.0))]
    )
    fitted = sklearn_base.clone(pipeline).fit(matrix)
    model = BgNbd(t=26.0).fit(cdnow)
    assert np.array_equal(fitted.predict(matrix), model.predict(cdnow))
    assert np.array_equal(model.predict(cdnow), model.expected_purchases(cdnow, 26))
    assert fitted.score(matrix) == pytest.approx(model.log_likelihood_ / 2357)
    selection: Any = pytest.importorskip("sklearn.model_selection")
    scores = selection.cross_val_score(BgNbd(), matrix, cv=3)
    assert all(-6 < score < -3 for score in scores)


def test_models_are_saved_without_data(cdnow: Any, tmp_path: Path) -> None:
    """A saved model is below 2 KB, and read back with the same bits."""
    spend = GammaGamma().fit(cdnow.filter(pl.col("frequency") > 0))
    regular = CnbdK(regularity=2).fit(cdnow)
    models: list[Any] = [
        BgNbd(t=4.0).fit(cdnow),
        MbgNbd().fit(cdnow),
        ParetoNbd().fit(cdnow),
        spend,
        regular,
    ]
    for model in models:
        path = tmp_path / "model.json"
        model.save(path)
        assert path.stat().st_size < 2048
        again: Any = model.load(path)
        assert again.get_params() == model.get_params()
        assert np.array_equal(again.predict(cdnow), model.predict(cdnow))
        assert again.summary().to_dict() == model.summary().to_dict()
        pickled = pickle.loads(pickle.dumps(model))
        assert pickled.params_ == model.params_
    with pytest.raises(InvalidError):
        ParetoNbd.from_json(BgNbd().fit(cdnow).to_json())
    for text in ("", "[]", "{}", json.dumps({"format": "goodwill.analytics model, version 2"})):
        with pytest.raises(InvalidError):
            BgNbd.from_json(text)


def test_summaries_print_well(cdnow: Any) -> None:
    model = BgNbd().fit(cdnow)
    text = repr(model.summary())
    assert text.splitlines()[0].startswith("BgNbd, 2357 customers, log-likelihood -9582.4")
    assert "alpha" in text
    html = model.summary()._repr_html_()
    assert html.count("<tr>") == 5
    assert "BgNbd, 2357 customers" in html
    low, high = model.summary()["low"], model.summary()["high"]
    assert (low > 0).all()
    assert (low < high).all()
    assert "&lt;b&gt;" in Table({"name": ["<b>"]})._repr_html_()
    long = Table({"n": list(range(100))})
    assert repr(long).count("\n") < 16
    assert "100 rows" in repr(long)


def test_what_is_not_identified_says_so() -> None:
    never = {"frequency": [0, 0], "recency": [0, 0], "age": [10, 20]}
    model = BgNbd().fit(never)
    assert not model.identified_
    assert model.not_identified_ == '"no_repeat_purchases"'
    assert "not identified" in repr(model.summary())
    assert model.summary().to_dict()["standard_error"] == [None] * 4
    assert all(math.isfinite(each) for each in model.predict(never))
    with pytest.raises(InvalidError):
        model.probability_alive(never, confidence=0.9)


def test_intervals_hold_the_prediction(cdnow: Any) -> None:
    model = MbgNbd().fit(cdnow)
    head = cdnow.head(50)
    year = Horizon(annual_rate=0.1)
    spend = GammaGamma().fit(cdnow.filter(pl.col("frequency") > 0))
    tables = [
        (model.probability_alive(head), model.probability_alive(head, confidence=0.9)),
        (
            model.probability_alive(head, after=13),
            model.probability_alive(head, after=13, confidence=0.9),
        ),
        (
            model.probability_of_purchases(head, 0, 13),
            model.probability_of_purchases(head, 0, 13, confidence=0.9),
        ),
        (model.expected_purchases(head, 10), model.expected_purchases(head, 10, confidence=0.9)),
        (
            model.lifetime_value(head, spend, horizon=year, time_unit="week"),
            model.lifetime_value(head, spend, horizon=year, time_unit="week", confidence=0.9),
        ),
    ]
    for values, table in tables:
        assert np.array_equal(values, table["value"])
        assert (table["low"] <= table["value"]).all()
        assert (table["value"] <= table["high"]).all()


def test_units_and_discounts_are_spelled_out(cdnow: Any) -> None:
    """The same horizon in weeks, months or a year is the same length; discounting lessens it."""
    model = BgNbd().fit(cdnow)
    week = Horizon(periods=1, period="year")
    by_number = Horizon(periods=1, period=365.2425 / 7)
    one = model.discounted_purchases(cdnow, horizon=week, time_unit="week")
    assert np.allclose(one, model.discounted_purchases(cdnow, horizon=by_number), rtol=1e-12)
    assert np.allclose(one, model.expected_purchases(cdnow, 365.2425 / 7), rtol=1e-12)
    discounted = model.discounted_purchases(
        cdnow, horizon=Horizon(annual_rate=0.1), time_unit="week"
    )
    assert (discounted < one).all()
    ever = model.discounted_purchases(
        cdnow, horizon=Horizon(periods=None, annual_rate=0.1), time_unit="week"
    )
    assert (ever > discounted).all()
    with pytest.raises(InvalidError) as caught:
        model.discounted_purchases(cdnow)
    assert caught.value.details["field"] == "horizon"


def test_drivers_sum_to_the_difference(cdnow: Any) -> None:
    drivers = MbgNbd().fit(cdnow).drivers(cdnow)
    parts = drivers["frequency"] + drivers["recency"] + drivers["age"]
    assert np.allclose(parts, drivers["log_odds"] - drivers["typical"])
    assert "typical customer" in repr(drivers)


def test_bad_customers_name_column_and_row() -> None:
    good: dict[str, Any] = {"frequency": [1, 2], "recency": [3.0, 4.0], "age": [9.0, 9.0]}
    cases: list[tuple[str, list[Any]]] = [
        ("frequency", [1, -1]),
        ("frequency", [1, 0.5]),
        ("frequency", [1, None]),
        ("recency", [3.0, 10.0]),
        ("recency", [3.0, float("nan")]),
        ("age", [9.0, float("inf")]),
    ]
    for name, values in cases:
        with pytest.raises(InvalidError) as caught:
            BgNbd().fit({**good, name: values})
        assert caught.value.details["row"] == 1, (name, values)
    with pytest.raises(InvalidError):
        BgNbd().fit({"frequency": [], "recency": [], "age": []})


def test_regularity_is_found() -> None:
    """Who buys about every ten days is more regular than chance."""
    times = [date for start in range(40) for date in range(start, 400, 10)]
    ids = [start for start in range(40) for _ in range(start, 400, 10)]
    days = [f"{np.datetime64('2025-01-01') + np.timedelta64(each, 'D')}" for each in times]
    log = {"customer": ids, "time": days}
    summary = summarize(log, amount=None)
    model = CnbdK(most=4).fit(summary, ln_waits=ln_waits(log))
    assert model.regularity_ == 4
    with pytest.raises(InvalidError):
        CnbdK().fit(summary)


@pytest.fixture(scope="module")
def halves() -> Summary:
    return split(log(), unit="week", calibration_end="1997-09-30", tracking=True)


def test_holdout_tells_the_quality(halves: Summary) -> None:
    assert halves.duration is not None
    model = BgNbd().fit(halves)
    predicted = model.expected_purchases(halves, halves.duration)
    quality = prediction_quality(predicted, halves.holdout_frequency)
    assert quality.customers == len(halves)
    assert abs(quality.bias) < 0.15
    assert quality.root_mean_square_error < 2
    alive = model.probability_of_purchases(halves, 0, halves.duration)
    score = brier_score(1 - alive, halves.holdout_frequency > 0)
    assert score.score < score.base_rate * (1 - score.base_rate)


def test_tracking_is_followed(halves: Summary) -> None:
    assert halves.tracking is not None
    table = BgNbd().fit(halves).expected_tracking(halves.tracking)
    actual, expected = table["cumulative"], table["expected_cumulative"]
    assert abs(expected[-1] / actual[-1] - 1) < 0.1


def test_ctrl_c_works(cdnow: Any) -> None:
    """An interrupt ends a long call at once, and the process goes on."""
    many = pl.concat([cdnow.with_columns(pl.col("age") + step * 1e-3) for step in range(200)])
    # Who started the tests in the background has interrupts ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, signal.raise_signal, (signal.SIGINT,))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        _ = [ParetoNbd().fit(many) for _ in range(1_000)]
    timer.join()
    signal.signal(signal.SIGINT, before)
    assert BgNbd().fit(cdnow).identified_


def test_other_threads_go_on(cdnow: Any) -> None:
    """The interpreter's lock is released, and progress is told."""
    many = pl.concat([cdnow.with_columns(pl.col("age") + step * 1e-3) for step in range(100)])
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    seconds: list[float] = []
    with progress(seconds.append):
        ParetoNbd().fit(many)
    done.set()
    other.join()
    assert counted > 10
    assert seconds == sorted(seconds)
    assert seconds

    def stop(_: float) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"), progress(stop):
        ParetoNbd().fit(many)
