"""Covariates, tests of nested models, totals and decided VIPs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from goodwill import InvalidError
from goodwill.analytics import BgNbd, ParetoNbd, customer_totals, vip

np: Any = pytest.importorskip("numpy")
pd: Any = pytest.importorskip("pandas")
base: Any = pytest.importorskip("sklearn.base")


def customers(rows: int = 600) -> dict[str, Any]:
    """Make customers of whom those with the app buy more."""
    chance = np.random.default_rng(11)
    app = np.arange(rows) % 2
    rate = chance.gamma(1.5, 1 / 12.0, rows) * np.exp(0.7 * app)
    frequency = chance.poisson(rate * 30)
    recency = np.where(frequency > 0, 30 * frequency / (frequency + 1), 0.0)
    return {"frequency": frequency, "recency": recency, "age": np.full(rows, 30.0), "app": app}


def test_covariates_are_columns_that_the_constructor_names() -> None:
    data = customers()
    model = BgNbd(t=10, covariates=["app"]).fit(pd.DataFrame(data))
    assert model.n_features_in_ == 4
    found = model.coefficients()
    assert found["part"].tolist() == ["purchases", "dropout_a", "dropout_b"]
    assert found["estimate"][0] > 0.3
    matrix = np.column_stack(list(data.values()))
    assert np.array_equal(model.predict(matrix), model.predict(data))
    # Each half is predicted as by the model of its covariates, row by row.
    alone = [{name: values[at : at + 1] for name, values in data.items()} for at in (0, 1)]
    together = model.expected_purchases(data, 10)
    for at, one in enumerate(alone):
        assert model.expected_purchases(one, 10)[0] == together[at]
    assert model.expected(30, covariates={"app": 1}) > model.expected(30, covariates={"app": 0})


def test_a_likelihood_ratio_says_whether_covariates_matter() -> None:
    data = customers()
    rich, plain = ParetoNbd(covariates=["app"]).fit(data), ParetoNbd().fit(data)
    test = rich.likelihood_ratio(plain)
    assert test.degrees == 2
    assert test.p_value < 0.01
    assert test.statistic == pytest.approx(2 * (rich.log_likelihood_ - plain.log_likelihood_))
    assert rich.score(data) == pytest.approx(rich.log_likelihood_ / 600, rel=1e-9)
    with pytest.raises(InvalidError):
        plain.likelihood_ratio(rich)
    with pytest.raises(InvalidError):
        rich.likelihood_ratio(ParetoNbd.of(r=1, alpha=1, s=1, beta=1))


def test_a_model_with_covariates_is_cloned_saved_and_loaded() -> None:
    data = customers(200)
    model = BgNbd(covariates=["app"]).fit(data)
    assert base.clone(model).get_params() == {"t": 1.0, "covariates": ["app"]}
    loaded = BgNbd.from_json(model.to_json())
    assert np.array_equal(loaded.predict(data, t=7), model.predict(data, t=7))
    assert loaded.summary().to_dict() == model.summary().to_dict()


def test_what_is_wrong_with_covariates_is_said() -> None:
    data = customers(50)
    with pytest.raises(InvalidError) as raised:
        BgNbd(covariates=["age_group"]).fit(data)
    assert raised.value.details["field"] == "age_group"
    with pytest.raises(InvalidError) as raised:
        BgNbd(covariates=["app"]).fit({**data, "app": [*data["app"][:-1], None]})
    assert (raised.value.details["field"], raised.value.details["row"]) == ("covariates", 49)
    model = BgNbd(covariates=["app"]).fit(data)
    wrong = {**data, "recency": np.where(np.arange(50) == 7, 31.0, data["recency"])}
    with pytest.raises(InvalidError) as raised:
        model.predict(wrong)
    assert (raised.value.details["field"], raised.value.details["row"]) == ("recency", 7)
    with pytest.raises(InvalidError):
        model.expected(10)
    with pytest.raises(InvalidError):
        BgNbd().fit(data).expected(10, covariates={"app": 1})
    with pytest.raises(InvalidError):
        BgNbd(covariates=["app"]).fit(data, start=model)


def test_totals_are_exact_and_no_job_divides_nothing() -> None:
    """F519, F520, F521: totals of customers, per job as well."""
    entries: dict[str, Any] = {
        "customer": ["ada", "bob", "ada", "ada", "ada", "ada", "ada"],
        "kind": ["payment", "payment", "payment", "payment", "expense", "job", "job"],
        "amount": [0.1, 5.0, 0.2, -0.05, Decimal("0.15"), None, None],
    }
    floats = {**entries, "amount": [None if x is None else float(x) for x in entries["amount"]]}
    decimals = {
        **entries,
        "amount": [None if x is None else Decimal(str(x)) for x in entries["amount"]],
    }
    ada, bob = customer_totals(floats, currency="EUR").rows()
    assert list(customer_totals(decimals, currency="EUR").rows()) == [ada, bob]
    assert (ada["revenue"], ada["refunds"], ada["expenses"]) == (
        Decimal("0.25"),
        Decimal("0.05"),
        Decimal("0.15"),
    )
    assert (ada["net_profit"], ada["margin_percent"], ada["jobs"]) == (Decimal("0.10"), 40.0, 2)
    assert ada["profit_per_job"] == Decimal("0.05")
    assert (bob["revenue_per_job"], bob["jobs"], bob["margin_percent"]) == (None, 0, 100.0)
    for kind, amount, field in (("gift", 1.0, "kind"), ("payment", 0.001, "amount")):
        with pytest.raises(InvalidError) as raised:
            customer_totals({"customer": [1], "kind": [kind], "amount": [amount]}, currency="EUR")
        assert (raised.value.details["field"], raised.value.details["row"]) == (field, 0)


def test_what_a_person_decided_counts_more_than_rules() -> None:
    """F201, F284: a VIP by a rule, or by a person's word."""
    data = {"spend": [9_000.0, 9_000.0, 10.0, 10.0], "orders": [1, 1, 1, 1]}
    manual = [None, "refused", "granted", None]
    table = vip(data, manual=manual).to_dict()
    assert table["vip"] == [True, False, True, False]
    assert table["reason"] == ["rule", "manual", "manual", "no_rule"]
    assert table["rule"] == ["high_spend", None, None, None]
    with pytest.raises(InvalidError) as raised:
        vip(data, manual=["granted", "perhaps", None, None])
    assert raised.value.details["row"] == 1
