"""Models of purchases: how often customers buy, and whether they have left."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from goodwill._runtime import invalid

from ._call import call
from ._columns import array, column, made_by, numbers, take
from ._logs import DAYS, Summary, Unit
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goodwill._native import Column

    from ._columns import Array, Data, Values
    from ._logs import Tracking

_FORMAT = "goodwill.analytics model, version 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """How far ahead purchases count, and what waiting for them costs.

    So many periods, each a unit of the calendar or a number in the unit of the model's times, whose purchases
    are paid at its end, in its middle or at its start. The rate is effective: of a year, or of one period.
    `periods=None` is without end, each purchase discounted from its own moment.

    >>> Horizon(periods=12, period="month", annual_rate=0.10).wire("week")["rate"]
    0.00797414...
    """

    periods: int | None = 12
    period: Unit | float = "month"
    annual_rate: float | None = None
    rate: float | None = None
    payment: Literal["end", "middle", "start"] = "end"

    def wire(self, unit: Unit | None) -> dict[str, Any]:
        """Return it as native functions take it, for a model whose times are in this unit."""
        if self.annual_rate is not None and self.rate is not None:
            raise invalid("rate", "nothing beside an annual rate")
        if isinstance(self.period, str):
            days = DAYS[self.period]
            length = days / self._unit_days(unit)
        else:
            length = float(self.period)
            days = length * self._unit_days(unit) if self.annual_rate is not None else 0.0
        if self.periods is None:
            if self.annual_rate is None:
                return {"kind": "endless", "rate": self.rate if self.rate is not None else 0.0}
            part = self._unit_days(unit) / DAYS["year"]
            return {"kind": "endless", "rate": (1.0 + self.annual_rate) ** part - 1.0}
        rate = self.rate or 0.0
        if self.annual_rate is not None:
            rate = (1.0 + self.annual_rate) ** (days / DAYS["year"]) - 1.0
        return {
            "kind": "periods",
            "periods": self.periods,
            "period": length,
            "rate": rate,
            "payment": self.payment,
        }

    @staticmethod
    def _unit_days(unit: Unit | None) -> float:
        if unit is None:
            accepted = "numbers in the unit of the model, which was not fitted to a summary; or its `time_unit`"
            raise invalid("horizon", accepted)
        return DAYS[unit]


YEAR = Horizon()


class Estimator:
    """What every model has: parameters of the constructor, a fit, a summary, and a file of its own."""

    _kind: ClassVar[str]
    _names: ClassVar[tuple[str, ...]]
    _fit: ClassVar[str]

    def __init__(self) -> None:
        self.fit_: dict[str, Any]

    # What scikit-learn expects.

    @classmethod
    def _parameters(cls) -> list[str]:
        names = inspect.signature(cls.__init__).parameters
        return [name for name in names if name != "self"]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters of the constructor."""
        del deep
        return {name: getattr(self, name) for name in self._parameters()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters of the constructor."""
        for name, value in params.items():
            if name not in self._parameters():
                raise invalid(name, f"one of {', '.join(self._parameters())}")
            setattr(self, name, value)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "fit_")

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags  # noqa: PLC0415

        return Tags(estimator_type=None, target_tags=TargetTags(required=False))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({given})"

    # The fit.

    def _take_fit(self, answer: Mapping[str, Any]) -> None:
        self.fit_ = dict(answer)
        for name, value in self.params_.items():
            setattr(self, f"{name}_", value)

    def _fitted(self) -> dict[str, Any]:
        if not hasattr(self, "fit_"):
            raise invalid("model", "a model that was fitted, loaded, or made of parameters")
        return self.fit_

    def _wire(self) -> dict[str, Any]:
        fit = self._fitted()["fit"]
        return {
            "kind": self._kind,
            "model": fit["model"],
            "logCovariance": fit.get("logCovariance"),
        }

    @classmethod
    def of(cls, **parameters: float) -> Self:
        """Make a model of known parameters. Nothing is known of their errors.

        >>> from goodwill.analytics import BgNbd
        >>> model = BgNbd.of(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> float(model.predict({"frequency": [2], "recency": [30.43], "age": [38.86]}, t=39)[0])
        1.22...
        """
        if sorted(parameters) != sorted(cls._names):
            raise invalid("parameters", f"the parameters {', '.join(cls._names)}")
        model = cls()
        model._take_fit({"fit": {"model": dict(parameters)}, "identified": False})
        return model

    @property
    def params_(self) -> dict[str, float]:
        """The fitted parameters by name."""
        model = self._fitted()["fit"]["model"]
        return {name: model[name] for name in self._names}

    @property
    def identified_(self) -> bool:
        """Whether the data determine the parameters."""
        return bool(self._fitted()["identified"])

    @property
    def not_identified_(self) -> str | None:
        """Why they do not."""
        reason = self._fitted()["fit"].get("identification", {})
        return None if not isinstance(reason, dict) else json.dumps(reason.get("not_identified"))

    @property
    def log_likelihood_(self) -> float:
        """The logarithm of the likelihood of all customers."""
        return float(self._fitted()["fit"]["logLikelihood"])

    @property
    def aic_(self) -> float:
        """Akaike's information criterion; smaller is better."""
        return float(self._fitted()["aic"])

    @property
    def bic_(self) -> float:
        """The Bayesian information criterion; smaller is better."""
        return float(self._fitted()["bic"])

    def summary(self) -> Table:
        """Return the parameters with standard errors and 95 % intervals, which never contain 0.

        Errors are those of the logarithm times the parameter. There are none if the data do not determine the
        parameters; the title says why.
        """
        fit = self._fitted()
        names, values = list(self.params_), list(self.params_.values())
        errors = fit.get("logStandardErrors") or [None] * len(names)
        factors = fit.get("intervalFactors") or [None] * len(names)
        made = list(zip(values, errors, factors, strict=False))
        return _Parameters(
            {
                "parameter": names,
                "estimate": values,
                "standard_error": [None if error is None else value * error for value, error, _ in made],
                "low": [None if factor is None else value / factor for value, _, factor in made],
                "high": [None if factor is None else value * factor for value, _, factor in made],
            },
            self._sentence(),
        )

    def _sentence(self) -> str:
        fit = self._fitted()
        if "aic" not in fit:
            return f"{type(self).__name__} of given parameters"
        customers = fit["fit"]["customers"]
        told = f"{type(self).__name__}, {customers:g} customers, log-likelihood {self.log_likelihood_:.3f}"
        told += f", AIC {self.aic_:.3f}, BIC {self.bic_:.3f}"
        return told if self.identified_ else f"{told}, not identified: {self.not_identified_}"

    # The file.

    def to_json(self) -> str:
        """Return the fitted model as JSON below 2 KB, without the data."""
        saved = {
            "format": _FORMAT,
            "class": type(self).__name__,
            "params": self.get_params(),
            "unit": getattr(self, "unit_", None),
            "fitted": self._fitted(),
        }
        return json.dumps(saved, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the model of a JSON, with the same bits."""
        try:
            saved = json.loads(text)
            named = saved["format"] == _FORMAT and saved["class"] == cls.__name__
            fitted = saved["fitted"]
        except (ValueError, KeyError, TypeError):
            raise invalid("model", f"JSON of a {cls.__name__}") from None
        if not named:
            raise invalid("model", f"JSON of a {cls.__name__}")
        model = cls(**saved["params"])
        model._take_fit(fitted)  # noqa: SLF001
        if saved["unit"] is not None:
            model.unit_ = saved["unit"]  # type: ignore[attr-defined]
        return model

    def save(self, path: str | Path) -> None:
        """Write the fitted model into a file of JSON below 2 KB, without the data."""
        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a model from a file."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))


class _Parameters(Table):
    def __init__(self, columns: Mapping[str, Values], sentence: str) -> None:
        super().__init__(columns)
        self._sentence = sentence

    def _title(self) -> str:
        return self._sentence


def rows_of(data: Data, names: Sequence[str], *, weight: Values | None = None) -> dict[str, Column]:
    """Take the columns of customers: by name from a frame, in this order from a matrix."""
    shape = getattr(data, "shape", None)
    matrix = made_by(data, "numpy") and shape is not None and len(shape) == 2  # noqa: PLR2004
    if matrix:
        if shape[1] < len(names):
            raise invalid("data", f"{len(names)} columns: {', '.join(names)}")
        taken = {name: column(name, data[:, at]) for at, name in enumerate(names)}
    elif isinstance(data, Table):
        missing = [name for name in names if name not in data]
        if missing:
            raise invalid(missing[0], "a column of the data")
        taken = {name: data.native(name) for name in names}
    else:
        taken = take(data, {name: name for name in names})
    if weight is not None:
        taken["weight"] = column("weight", weight)
    return taken


class PurchaseModel(Estimator):
    """What the models of purchases in continuous time have in common.

    Data are a `Summary`, any frame with the columns `frequency`, `recency` and `age`, or a NumPy matrix of these
    three.
    """

    _fit = "model.fit"
    _columns: ClassVar[tuple[str, ...]] = ("frequency", "recency", "age")

    def __init__(self, *, t: float = 1.0) -> None:
        super().__init__()
        self.t = t

    def fit(
        self,
        X: Data,  # noqa: N803
        y: object = None,
        *,
        sample_weight: Values | None = None,
        start: Self | None = None,
    ) -> Self:
        """Fit the parameters by maximum likelihood, without randomness and without settings.

        `sample_weight` says how many customers each row stands for. `start` is a similar fit, such as last
        month's: one search instead of several.
        """
        del y
        options = {"kind": self._kind, **self._settings(), "start": None if start is None else start._wire()}
        _, answer = call(self._fit, rows_of(X, self._columns, weight=sample_weight), options)
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns)
        if isinstance(X, Summary):
            self.unit_: Unit = X.unit
        return self

    def _settings(self) -> dict[str, Any]:
        return {}

    def _predicted(
        self,
        name: str,
        data: Data,
        options: Mapping[str, Any],
        more: Mapping[str, Column] | None = None,
    ) -> Any:
        rows = {**rows_of(data, self._columns), **(more or {})}
        made, _ = call(name, rows, {"model": self._wire(), **options})
        return array(made["value"]) if len(made) == 1 else Table(made)

    def predict(self, X: Data, *, t: float | None = None) -> Array:  # noqa: N803
        """Return the expected purchases of each customer in the next `t` units (by default the model's)."""
        return self.expected_purchases(X, self.t if t is None else t)

    def expected_purchases(self, X: Data, t: float, *, confidence: float | None = None) -> Any:  # noqa: N803
        """Return the expected purchases in the next `t` units; with a confidence a table with intervals.

        >>> from goodwill.analytics import BgNbd
        >>> model = BgNbd.of(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> customers = {"frequency": [2, 0], "recency": [30.43, 0.0], "age": [38.86, 38.86]}
        >>> [round(float(each), 4) for each in model.expected_purchases(customers, 39)]
        [1.226, 0.1...]
        """
        return self._predicted("model.purchases", X, {"t": float(t), "confidence": confidence})

    def probability_alive(
        self,
        X: Data,  # noqa: N803
        *,
        after: float | None = None,
        confidence: float | None = None,
    ) -> Any:
        """Return the probability of each customer not to have left: now, or `after` so many units."""
        later = None if after is None else float(after)
        return self._predicted("model.alive", X, {"t": later, "confidence": confidence})

    def probability_of_purchases(self, X: Data, purchases: int, t: float) -> Array:  # noqa: N803
        """Return the probability of exactly so many purchases in the next `t` units; 0 is "none by then"."""
        return self._predicted("model.probability", X, {"purchases": purchases, "t": float(t)})

    def discounted_purchases(
        self,
        X: Data,  # noqa: N803
        *,
        horizon: Horizon = YEAR,
        time_unit: Unit | None = None,
        confidence: float | None = None,
    ) -> Any:
        """Return the expected purchases within a horizon, each discounted to now."""
        return self._predicted("model.discounted", X, self._horizon(horizon, time_unit, confidence, X))

    def lifetime_value(
        self,
        X: Data,  # noqa: N803
        spend: Values,
        *,
        horizon: Horizon = YEAR,
        time_unit: Unit | None = None,
        confidence: float | None = None,
    ) -> Any:
        """Return the lifetime value of each customer: discounted purchases times the spend per purchase.

        `spend` is a fitted `GammaGamma`, or a column. Costs and margins are yours. With a confidence it is a table
        with intervals, which count the errors of both models.
        """
        more: dict[str, Column] = {}
        if isinstance(spend, Estimator):
            estimated: Any = spend.predict(X, confidence=confidence)  # type: ignore[attr-defined]
            if isinstance(estimated, Table):
                more["spend_error"] = estimated.native("standard_error")
                estimated = estimated.native("value")
            more["spend"] = column("spend", estimated)
        else:
            more["spend"] = column("spend", spend)
        options = self._horizon(horizon, time_unit, confidence, X)
        return self._predicted("model.value", X, options, more)

    def _horizon(
        self, horizon: Horizon, unit: Unit | None, confidence: float | None, data: Data
    ) -> dict[str, Any]:
        if unit is None:
            unit = data.unit if isinstance(data, Summary) else getattr(self, "unit_", None)
        return {"horizon": horizon.wire(unit), "confidence": confidence}

    def drivers(self, X: Data, *, typical: Mapping[str, float] | None = None) -> Table:  # noqa: N803
        """Return what speaks for and against each customer being alive, in log-odds.

        The parts of frequency, recency and age sum to the difference from a typical customer, by default the
        mean of those who came back.
        """
        columns = rows_of(X, self._columns)
        made, answer = call("model.drivers", columns, {"model": self._wire(), "typical": typical})
        means = ", ".join(f"{name} {value:.4g}" for name, value in answer.items())
        return _Parameters(made, f"log-odds of being alive against a typical customer: {means}")

    def expected(self, t: float | Sequence[float]) -> Any:
        """Return the expected repeat purchases of a new customer up to the age `t`, or each of several ages."""
        several = not isinstance(t, int | float)
        times = column("t", t) if several else numbers([float(t)])  # type: ignore[arg-type, list-item]
        made, _ = call("model.expected", {"t": times}, {"model": self._wire()})
        return array(made["value"]) if several else float(made["value"][0])

    def pmf(self, purchases: int | Sequence[int], t: float) -> Any:
        """Return the probability of exactly so many repeat purchases of a new customer up to the age `t`."""
        several = not isinstance(purchases, int)
        counts = column("purchases", purchases if several else [purchases])
        made, _ = call("model.pmf", {"purchases": counts}, {"model": self._wire(), "t": float(t)})
        return array(made["value"]) if several else float(made["value"][0])

    def expected_tracking(self, tracking: Tracking) -> Table:
        """Return what the model expects for the periods of a summary's tracking, beside what came."""
        options = {"model": self._wire(), "tracking": tracking.wire()}
        made, _ = call("model.tracking", {}, options)
        return Table(
            {
                "start": tracking.start,
                "repeats": tracking.repeats,
                "expected_repeats": made["repeats"],
                "cumulative": tracking.cumulative,
                "expected_cumulative": made["cumulative"],
            }
        )

    def score(self, X: Data, y: object = None, *, sample_weight: Values | None = None) -> float:  # noqa: N803
        """Return the mean log-likelihood per customer; higher is better."""
        del y
        columns = rows_of(X, self._columns, weight=sample_weight)
        _, answer = call("model.log_likelihood", columns, {"model": self._wire()})
        return float(answer["logLikelihood"] / answer["customers"])


class BgNbd(PurchaseModel):
    """BG/NBD (Fader, Hardie and Lee, *Counting Your Customers the Easy Way*, 2005).

    Customers buy at a rate of their own, and may leave right after a purchase. `t` is how far `predict` looks.

    >>> BgNbd.of(r=0.243, alpha=4.414, a=0.793, b=2.426).expected(52)
    1.4...
    """

    _kind = "bg_nbd"
    _names = ("r", "alpha", "a", "b")


class MbgNbd(PurchaseModel):
    """MBG/NBD (Batislam, Denizel and Filiztekin 2007): customers may leave after the first purchase, too.

    So P(alive) of somebody who never came back is not 1.

    >>> model = MbgNbd.of(r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> float(model.probability_alive({"frequency": [0], "recency": [0], "age": [39]})[0])
    0.389...
    """

    _kind = "mbg_nbd"
    _names = ("r", "alpha", "a", "b")


class ParetoNbd(PurchaseModel):
    """Pareto/NBD (Schmittlein, Morrison and Colombo 1987): customers may leave at any moment.

    >>> ParetoNbd.of(r=0.553, alpha=10.578, s=0.606, beta=11.669).expected(52)
    1.47...
    """

    _kind = "pareto_nbd"
    _names = ("r", "alpha", "s", "beta")


class GammaGamma(Estimator):
    """Gamma-Gamma (Fader and Hardie, note 025, 2013): how much customers spend per purchase.

    Spend must not depend on how often somebody buys. Rows without repeat purchases say nothing, and get the mean
    of all.

    >>> model = GammaGamma.of(p=6.25, q=3.74, v=15.44)
    >>> [round(float(each), 2) for each in model.predict({"frequency": [2, 0], "spend": [20.0, 0.0]})]
    [22.74, 35.22]
    """

    _kind = "gamma_gamma"
    _names = ("p", "q", "v")
    _fit = "spend.fit"
    _columns: ClassVar[tuple[str, ...]] = ("frequency", "spend")

    def fit(
        self,
        X: Data,  # noqa: N803
        y: object = None,
        *,
        sample_weight: Values | None = None,
        start: Self | None = None,
    ) -> Self:
        """Fit the parameters by maximum likelihood to the columns `frequency` and `spend`."""
        del y
        options = {"start": None if start is None else start._wire()}
        _, answer = call(self._fit, rows_of(X, self._columns, weight=sample_weight), options)
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns)
        return self

    def predict(self, X: Data, *, confidence: float | None = None) -> Any:  # noqa: N803
        """Return the expected spend per purchase; with a confidence a table with intervals."""
        options = {"model": self._wire(), "confidence": confidence}
        made, _ = call("spend.expected", rows_of(X, self._columns), options)
        return array(made["value"]) if len(made) == 1 else Table(made)

    def score(self, X: Data, y: object = None, *, sample_weight: Values | None = None) -> float:  # noqa: N803
        """Return the mean log-likelihood per spender; higher is better."""
        del y
        columns = rows_of(X, self._columns, weight=sample_weight)
        _, answer = call("spend.log_likelihood", columns, {"model": self._wire()})
        return float(answer["logLikelihood"] / answer["customers"])
