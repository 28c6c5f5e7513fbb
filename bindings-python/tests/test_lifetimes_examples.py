"""The examples of lifetimes' quickstart run with other import lines, and print what they print there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from goodwill import InvalidError
from goodwill.analytics.lifetimes import (
    BetaGeoBetaBinomFitter,
    BetaGeoFitter,
    GammaGammaFitter,
    ModifiedBetaGeoFitter,
    ParetoNBDFitter,
    calculate_alive_path,
    calibration_and_holdout_data,
    expected_cumulative_transactions,
    plot_calibration_purchases_vs_holdout_purchases,
    plot_cumulative_transactions,
    plot_dropout_rate_heterogeneity,
    plot_expected_repeat_purchases,
    plot_frequency_recency_matrix,
    plot_history_alive,
    plot_incremental_transactions,
    plot_period_transactions,
    plot_probability_alive_matrix,
    plot_transaction_rate_heterogeneity,
    summary_data_from_transaction_data,
)

np: Any = pytest.importorskip("numpy")
pd: Any = pytest.importorskip("pandas")
matplotlib: Any = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
pyplot: Any = pytest.importorskip("matplotlib.pyplot")

CDNOW = Path(__file__).parents[2] / "core" / "tests" / "analytics" / "data"
MADE_UP = Path(__file__).parent / "data" / "example_transactions.txt"


def load_cdnow_summary_data_with_monetary_value() -> Any:
    data = pd.read_csv(CDNOW / "cdnow_customers.csv")
    data.columns = ["customer_id", "frequency", "recency", "T", "monetary_value"]
    return data.set_index("customer_id")


def load_cdnow_summary() -> Any:
    data = load_cdnow_summary_data_with_monetary_value()
    return data[["frequency", "recency", "T"]].rename_axis("ID")


def load_transaction_data() -> Any:
    days = [line.split() for line in MADE_UP.read_text().splitlines()]
    rows = [(int(day), customer) for customer, line in enumerate(days) for day in line]
    frame = pd.DataFrame(rows, columns=["date", "id"])
    frame["date"] = (pd.Timestamp("2014-01-01") + pd.to_timedelta(frame["date"], "D")).astype(str)
    return frame


@pytest.fixture(scope="module")
def data() -> Any:
    return load_cdnow_summary()


@pytest.fixture(scope="module")
def transaction_data() -> Any:
    return load_transaction_data()


@pytest.fixture(scope="module")
def bgf(data: Any) -> Any:
    return BetaGeoFitter(penalizer_coef=0.0).fit(data["frequency"], data["recency"], data["T"])


@pytest.fixture(autouse=True)
def _close() -> Any:
    yield
    pyplot.close("all")


def told(fitter: object) -> str:
    """What is printed after the name of the package."""
    return repr(fitter).rpartition(".lifetimes.")[2]


def test_bg_nbd_of_cdnow(bgf: Any) -> None:
    named = "BetaGeoFitter: fitted with 2357 subjects, a: 0.79, alpha: 4.41, b: 2.43, r: 0.24>"
    assert told(bgf) == named
    assert bgf.params_.round(3).to_dict() == {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    expected = pd.DataFrame(
        {
            "coef": [0.242593, 4.413532, 0.792886, 2.425752],
            "se(coef)": [0.012557, 0.378221, 0.185719, 0.705345],
            "lower 95% bound": [0.217981, 3.672218, 0.428877, 1.043276],
            "upper 95% bound": [0.267205, 5.154846, 1.156895, 3.808229],
        },
        index=["r", "alpha", "a", "b"],
    )
    pd.testing.assert_frame_equal(bgf.summary, expected, rtol=1e-4)


def test_customers_are_ranked(bgf: Any, data: Any) -> None:
    data = data.copy()
    data["predicted_purchases"] = bgf.conditional_expected_number_of_purchases_up_to_time(
        1, data["frequency"], data["recency"], data["T"]
    )
    best = data.sort_values(by="predicted_purchases").tail(5)["predicted_purchases"]
    assert best.index.to_list() == [509, 841, 1981, 157, 1516]
    assert best.to_numpy() == pytest.approx(
        [0.424877, 0.474738, 0.486526, 0.662396, 0.710623], abs=1e-6
    )


def test_summary_of_a_log(transaction_data: Any) -> None:
    assert transaction_data.head(2).to_dict("list") == {
        "date": ["2014-03-08", "2014-05-21"],
        "id": [0, 1],
    }
    summary = summary_data_from_transaction_data(
        transaction_data, "id", "date", observation_period_end="2014-12-31"
    )
    assert summary.head().to_dict("list") == {
        "frequency": [0, 0, 6, 0, 2],
        "recency": [0, 0, 142, 0, 9],
        "T": [298, 224, 292, 147, 183],
    }
    fitter = BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"])
    assert told(fitter).endswith("5000 subjects, a: 1.85, alpha: 1.86, b: 3.18, r: 0.16>")


def test_calibration_and_holdout(transaction_data: Any) -> None:
    halves = calibration_and_holdout_data(
        transaction_data,
        "id",
        "date",
        calibration_period_end="2014-09-01",
        observation_period_end="2014-12-31",
    )
    assert halves.head().to_dict("list") == {
        "frequency_cal": [0, 0, 6, 0, 2],
        "recency_cal": [0, 0, 142, 0, 9],
        "T_cal": [177, 103, 171, 26, 62],
        "frequency_holdout": [0, 0, 0, 0, 0],
        "duration_holdout": [121, 121, 121, 121, 121],
    }
    assert halves["frequency_holdout"].sum() == 1924
    fitter = BetaGeoFitter()
    fitter.fit(halves["frequency_cal"], halves["recency_cal"], halves["T_cal"])
    ax = plot_calibration_purchases_vs_holdout_purchases(fitter, halves)
    assert [line.get_label() for line in ax.lines] == ["frequency_holdout", "model_predictions"]
    assert list(ax.lines[0].get_xdata()) == [0, 1, 2, 3, 4, 5, 6]

    summary = summary_data_from_transaction_data(
        transaction_data, "id", "date", observation_period_end="2014-12-31"
    )
    individual = summary.iloc[20]
    predicted = fitter.predict(10, individual["frequency"], individual["recency"], individual["T"])
    assert predicted == pytest.approx(0.0576511, abs=1e-5)

    sp_trans = transaction_data.loc[transaction_data["id"] == 35]
    path = calculate_alive_path(fitter, sp_trans, "date", 200)
    bought = sorted(
        (pd.to_datetime(sp_trans["date"]) - pd.to_datetime(sp_trans["date"]).min()).dt.days
    )
    assert len(path) == 201
    assert path[bought[-1]] > path[bought[-1] + 1] > path[200]
    assert plot_history_alive(fitter, 200, sp_trans, "date").get_title() == "History of P_alive"


def test_gamma_gamma_and_lifetime_value() -> None:
    summary_with_money_value = load_cdnow_summary_data_with_monetary_value()
    returning = summary_with_money_value[summary_with_money_value["frequency"] > 0]
    ggf = GammaGammaFitter(penalizer_coef=0)
    ggf.fit(returning["frequency"], returning["monetary_value"])
    assert told(ggf) == "GammaGammaFitter: fitted with 946 subjects, p: 6.25, q: 3.74, v: 15.45>"
    profit = ggf.conditional_expected_average_profit(
        summary_with_money_value["frequency"], summary_with_money_value["monetary_value"]
    )
    mean = 35.170981
    assert profit.head(10).to_numpy() == pytest.approx(
        [24.658619, 18.911489, mean, mean, mean, 71.462843, 18.911489, mean, 27.282408, mean],
        rel=1e-6,
    )
    assert profit.index.name == "customer_id"
    assert profit.mean() == pytest.approx(35.2529588256, rel=1e-6)

    bgf = BetaGeoFitter()
    x, t_x, age = (summary_with_money_value[name] for name in ("frequency", "recency", "T"))
    bgf.fit(x, t_x, age)
    spend = summary_with_money_value["monetary_value"]
    value = ggf.customer_lifetime_value(bgf, x, t_x, age, spend, time=12, discount_rate=0.01)
    low = 38.180574
    assert value.head(10).to_numpy() == pytest.approx(
        [140.096211, 18.943467, low, low, low, 1003.868107, 28.109683, low, 167.418216, low],
        rel=1e-6,
    )
    assert value.name == "clv"
    weekly = ggf.customer_lifetime_value(bgf, x, t_x, age, spend, freq="W")
    assert weekly.head(2).to_numpy() == pytest.approx([36.278496, 4.637466], rel=1e-6)
    with pytest.raises(InvalidError, match="freq"):
        ggf.customer_lifetime_value(bgf, x, t_x, age, spend, freq="years")


def test_the_other_fitters(data: Any) -> None:
    columns = [data[name] for name in ("frequency", "recency", "T")]
    modified = ModifiedBetaGeoFitter().fit(*columns)
    assert told(modified).endswith("2357 subjects, a: 0.89, alpha: 6.18, b: 1.61, r: 0.52>")
    assert modified.conditional_probability_alive(0, 0, 39) == pytest.approx([0.38932914], rel=1e-4)
    pareto = ParetoNBDFitter().fit(*columns)
    assert told(pareto).endswith("2357 subjects, alpha: 10.58, beta: 11.67, r: 0.55, s: 0.61>")
    assert pareto.predict(10, 2, 30.43, 38.86) == pytest.approx(0.42447, abs=1e-5)
    assert pareto.conditional_probability_alive(2, 30.43, 38.86) == pytest.approx(0.86912, abs=1e-5)
    once = pareto.conditional_probability_of_n_purchases_up_to_time(1, 10, 2, 30.43, 38.86)
    assert once == pytest.approx(0.22357, abs=1e-5)

    donors = pd.read_csv(CDNOW / "donations.csv")
    history = [donors[name] for name in ("frequency", "recency", "periods")]
    fitter = BetaGeoBetaBinomFitter().fit(*history, donors["weights"])
    assert fitter.params_.to_numpy() == pytest.approx(
        [1.203522, 0.749716, 0.656718, 2.783442], rel=1e-4
    )
    more = fitter.conditional_expected_number_of_purchases_up_to_time(5, *history)
    assert more.head(3).to_numpy() == pytest.approx([0.072863, 0.085696, 0.314238], rel=1e-4)
    there = fitter.conditional_probability_alive(0, *history)
    assert there.head(3).to_numpy() == pytest.approx([0.116218, 0.074655, 0.273754], rel=1e-4)
    counts = fitter.expected_number_of_transactions_in_first_n_periods(6)["model"]
    assert counts.loc[[0, 6]].to_numpy() == pytest.approx([3454.882, 1253.114], rel=1e-4)


def test_purchases_are_tracked(transaction_data: Any) -> None:
    summary = summary_data_from_transaction_data(
        transaction_data, "id", "date", observation_period_end="2014-09-01"
    )
    fitter = BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"])
    arguments = (fitter, transaction_data, "date", "id", 364)
    table = expected_cumulative_transactions(*arguments)
    assert table["actual"].iloc[-1] == 9265
    assert (table.diff().dropna().to_numpy() >= 0).all()
    for plot in (plot_cumulative_transactions, plot_incremental_transactions):
        ax = plot(*arguments, 243)
        assert [line.get_label() for line in ax.lines[:2]] == ["actual", "predicted"]
        assert list(ax.lines[2].get_xdata()) == [243, 243]
    dated = expected_cumulative_transactions(*arguments, set_index_date=True)
    assert (dated.to_numpy() == table.to_numpy()).all()
    assert str(dated.index[0]) == str(transaction_data["date"].min())


def test_plots_take_further_keywords(bgf: Any) -> None:
    matrix = plot_frequency_recency_matrix(bgf, T=4, max_frequency=10, cmap="magma")
    assert matrix.images[0].get_cmap().name == "magma"
    alive = plot_probability_alive_matrix(bgf)
    drawn = np.asarray(alive.images[0].get_array())
    assert np.array_equal(drawn, bgf.conditional_probability_alive_matrix())
    assert list(drawn[38, [1, 5, 20]]) == pytest.approx([0.753658, 0.890161, 0.964314], abs=1e-5)
    assert plot_period_transactions(bgf).get_title() == "Frequency of Repeat Transactions"
    assert plot_expected_repeat_purchases(bgf, label="BG/NBD").lines[0].get_label() == "BG/NBD"
    assert plot_transaction_rate_heterogeneity(bgf, color="green").lines[0].get_color() == "green"
    assert plot_dropout_rate_heterogeneity(bgf).get_xlabel() == "Dropout Probability p"


def test_a_model_is_kept(bgf: Any, tmp_path: Path) -> None:
    bgf.save_model(tmp_path / "bgf.json", save_data=False)
    loaded = BetaGeoFitter()
    with pytest.raises(InvalidError, match="fitted or loaded"):
        loaded.predict(1, 2, 30.43, 38.86)
    loaded.load_model(tmp_path / "bgf.json")
    assert loaded.params_.equals(bgf.params_)
    assert loaded.predict(1, 2, 30.43, 38.86) == bgf.predict(1, 2, 30.43, 38.86)


def test_a_penalty_is_told_of() -> None:
    with pytest.warns(UserWarning, match="penalizer_coef"):
        BetaGeoFitter(penalizer_coef=0.1)


def test_there_are_numbers_where_lifetimes_has_none(bgf: Any, data: Any) -> None:
    pareto = ParetoNBDFitter().fit(data["frequency"], data["recency"], data["T"])
    best = pareto.predict(10, 300, 100.0, 100.0)
    assert best == pytest.approx(10 * (0.55 + 300) / (10.58 + 100), rel=0.05)
    assert np.isfinite(pareto.standard_errors_).all()
    assert 0 < bgf.probability_of_n_purchases_up_to_time(39, 200) < 1e-6
    same = BetaGeoFitter().fit([1, 1, 1], [5, 5, 5], [9, 9, 9])
    assert same.standard_errors_.isna().all()
    assert same.model.not_identified_ is not None
    assert np.isfinite(same.predict(3, 1, 5, 9))


def test_times_of_the_day_weeks_and_refunds() -> None:
    log = pd.DataFrame(
        {
            "id": [1, 1, 1, 1, 1, 2],
            "date": [
                "2026-01-05T10:00",
                "2026-01-12T09:00",
                "2026-01-12T15:00",
                "2026-02-03T00:00",
                "2026-02-10T00:00",
                "2026-01-05T00:00",
            ],
            "value": [10.0, 20.0, 5.0, 30.0, 40.0, 7.0],
        }
    )
    halves = calibration_and_holdout_data(
        log, "id", "date", "2026-01-12", monetary_value_col="value"
    )
    # The calibration ends when the twelfth begins. A day is one purchase, of all that was bought.
    assert halves.loc[1, ["frequency_cal", "T_cal", "frequency_holdout"]].to_list() == [0, 7, 3]
    assert halves.loc[1, "monetary_value_holdout"] == pytest.approx((25 + 30 + 40) / 3)
    weeks = summary_data_from_transaction_data(
        log, "id", "date", "value", observation_period_end="2026-02-02", freq="W"
    )
    # The week of the end counts as a whole.
    assert weeks.loc[1].to_list() == [2, 4, 4, 27.5]
    hours = summary_data_from_transaction_data(log, "id", "date", freq="h", freq_multiplier=24)
    assert hours.loc[1, "T"] == pytest.approx(35 + 14 / 24)
    first = summary_data_from_transaction_data(
        log, "id", "date", "value", include_first_transaction=True
    )
    assert first.loc[2, ["frequency", "monetary_value"]].to_list() == [1, 7]
    log.loc[2, "value"] = -5.0
    refunded = summary_data_from_transaction_data(log, "id", "date", "value")
    assert refunded.loc[1, ["frequency", "monetary_value"]].to_list() == [3, (15 + 30 + 40) / 3]
