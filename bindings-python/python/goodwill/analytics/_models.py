"""Models of purchases: how often customers buy, and whether they have left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from goodwill._runtime import invalid

from ._call import call
from ._columns import array, column, numbers
from ._estimator import Estimator, TitledTable, rows_of
from ._horizon import YEAR
from ._logs import Summary
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goodwill._native import Column

    from ._columns import Array, Data, Values
    from ._horizon import Horizon
    from ._logs import Tracking, Unit


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
        options = {
            "kind": self._kind,
            **self._settings(),
            "start": None if start is None else start.wire(),
        }
        _, answer = call(self._fit, self._rows(X, weight=sample_weight), options)
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns) + len(self._names_of_covariates())
        if isinstance(X, Summary):
            self.unit_: Unit = X.unit
        return self

    def _settings(self) -> dict[str, Any]:
        return {}

    def _names_of_covariates(self) -> list[str]:
        return []

    def _rows(self, data: Data, *, weight: Values | None = None) -> dict[str, Column]:
        """Take the columns of customers, and their covariates."""
        covariates = self._names_of_covariates()
        taken = rows_of(data, [*self._columns, *covariates], weight=weight)
        return {f"covariate:{name}" if name in covariates else name: taken[name] for name in taken}

    def _of_new(self, covariates: Mapping[str, float] | None) -> dict[str, Any]:
        """Return the model for new customers with these covariates."""
        names = self._names_of_covariates()
        if sorted(covariates or {}) != sorted(names):
            accepted = f"a number for each of {', '.join(names)}" if names else "none"
            raise invalid("covariates", accepted)
        values = [float((covariates or {})[name]) for name in names]
        return {"model": self.wire(), "covariates": values}

    def _predicted(
        self,
        name: str,
        data: Data,
        options: Mapping[str, Any],
        more: Mapping[str, Column] | None = None,
    ) -> Any:
        rows = {**self._rows(data), **(more or {})}
        made, _ = call(name, rows, {"model": self.wire(), **options})
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

    def probability_of_purchases(
        self,
        X: Data,  # noqa: N803
        purchases: int,
        t: float,
        *,
        confidence: float | None = None,
    ) -> Any:
        """Return the probability of exactly so many purchases in the next `t` units; 0 is "none by then".

        With a confidence it is a table with intervals.
        """
        options = {"purchases": purchases, "t": float(t), "confidence": confidence}
        return self._predicted("model.probability", X, options)

    def discounted_purchases(
        self,
        X: Data,  # noqa: N803
        *,
        horizon: Horizon = YEAR,
        time_unit: Unit | None = None,
        confidence: float | None = None,
    ) -> Any:
        """Return the expected purchases within a horizon, each discounted to now."""
        return self._predicted(
            "model.discounted", X, self._horizon(horizon, time_unit, confidence, X)
        )

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
        columns = self._rows(X)
        made, answer = call("model.drivers", columns, {"model": self.wire(), "typical": typical})
        means = ", ".join(f"{name} {value:.4g}" for name, value in answer.items())
        return TitledTable(made, f"log-odds of being alive against a typical customer: {means}")

    def expected(
        self, t: float | Sequence[float], *, covariates: Mapping[str, float] | None = None
    ) -> Any:
        """Return the expected repeat purchases of a new customer up to the age `t`, or each of several ages.

        A model with covariates has to know those of the customer, here and for the other methods of new customers.
        """
        several = not isinstance(t, int | float)
        times = column("t", t) if several else numbers([float(t)])  # type: ignore[arg-type]
        made, _ = call("model.expected", {"t": times}, self._of_new(covariates))
        return array(made["value"]) if several else float(made["value"][0])

    def pmf(
        self,
        purchases: int | Sequence[int],
        t: float,
        *,
        covariates: Mapping[str, float] | None = None,
    ) -> Any:
        """Return the probability of exactly so many repeat purchases of a new customer up to the age `t`."""
        several = not isinstance(purchases, int)
        counts = column("purchases", purchases if several else [purchases])
        options = {**self._of_new(covariates), "t": float(t)}
        made, _ = call("model.pmf", {"purchases": counts}, options)
        return array(made["value"]) if several else float(made["value"][0])

    def expected_tracking(
        self, tracking: Tracking, *, covariates: Mapping[str, float] | None = None
    ) -> Table:
        """Return what the model expects for the periods of a summary's tracking, beside what came."""
        options = {**self._of_new(covariates), "tracking": tracking.wire()}
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
        columns = self._rows(X, weight=sample_weight)
        _, answer = call("model.log_likelihood", columns, {"model": self.wire()})
        return float(answer["logLikelihood"] / answer["customers"])


class CovariateModel(PurchaseModel):
    """What the models have in common whose parameters may depend on who customers are.

    `covariates` are the names of columns of numbers that stand beside the others, near a scale of 1: indicators 0
    and 1, or standardised numbers (Fader and Hardie, *Incorporating Time-Invariant Covariates into the Pareto/NBD
    and BG/NBD Models*, 2007). A positive coefficient of purchases means more of them.
    """

    def __init__(self, *, t: float = 1.0, covariates: Sequence[str] | None = None) -> None:
        super().__init__(t=t)
        self.covariates = covariates

    def _settings(self) -> dict[str, Any]:
        return {"covariates": self._names_of_covariates()}

    def _names_of_covariates(self) -> list[str]:
        return list(self.covariates or ())

    def wire(self) -> dict[str, Any]:
        """Return the fitted model as native functions take it."""
        return {**super().wire(), "covariates": self._fitted().get("covariates")}

    def coefficients(self) -> Table:
        """Return the coefficients of the covariates with standard errors and 95 % intervals.

        >>> customers = {
        ...     "frequency": [row % 3 if row % 2 == 0 else row % 7 for row in range(200)],
        ...     "recency": [4.0 * (row % 3 if row % 2 == 0 else row % 7) for row in range(200)],
        ...     "age": [30.0] * 200,
        ...     "app": [row % 2 for row in range(200)],
        ... }
        >>> model = BgNbd(covariates=["app"]).fit(customers)
        >>> found = model.coefficients().to_dict()
        >>> found["part"], found["covariate"], found["estimate"][0] > 0
        (['purchases', 'dropout_a', 'dropout_b'], ['app', 'app', 'app'], True)
        """
        found = self._fitted().get("coefficients", [])
        names = ("part", "covariate", "estimate", "standardError", "low", "high")
        labels = ("part", "covariate", "estimate", "standard_error", "low", "high")
        return Table(
            {
                label: [each[name] for each in found]
                for label, name in zip(labels, names, strict=True)
            }
        )


class BgNbd(CovariateModel):
    """BG/NBD (Fader, Hardie and Lee, *Counting Your Customers the Easy Way*, 2005).

    Customers buy at a rate of their own, and may leave right after a purchase. `t` is how far `predict` looks.

    >>> BgNbd.of(r=0.243, alpha=4.414, a=0.793, b=2.426).expected(52)
    1.4...
    """

    _kind = "bg_nbd"
    _names = ("r", "alpha", "a", "b")


class MbgNbd(CovariateModel):
    """MBG/NBD (Batislam, Denizel and Filiztekin 2007): customers may leave after the first purchase, too.

    So P(alive) of somebody who never came back is not 1.

    >>> model = MbgNbd.of(r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> float(model.probability_alive({"frequency": [0], "recency": [0], "age": [39]})[0])
    0.389...
    """

    _kind = "mbg_nbd"
    _names = ("r", "alpha", "a", "b")


class ParetoNbd(CovariateModel):
    """Pareto/NBD (Schmittlein, Morrison and Colombo 1987): customers may leave at any moment.

    >>> ParetoNbd.of(r=0.553, alpha=10.578, s=0.606, beta=11.669).expected(52)
    1.47...
    """

    _kind = "pareto_nbd"
    _names = ("r", "alpha", "s", "beta")


class CnbdK(PurchaseModel):
    """MBG/CNBD-k and BG/CNBD-k (Platzer and Reutterer 2016; Reutterer, Platzer and Schröder 2021).

    Customers buy more regularly than at random: a purchase is every k-th event. `regularity` is k, or none for the
    likeliest of 1 to `most`, which needs `ln_waits` of the log in `fit`. With `leaves_at_once` customers may leave
    after the first purchase, too.

    >>> model = CnbdK(regularity=2).fit({"frequency": [2, 0, 3], "recency": [8, 0, 9], "age": [10, 9, 10]})
    >>> model.regularity_
    2
    """

    _kind = "cnbd"
    _names = ("r", "alpha", "a", "b")

    def __init__(
        self,
        *,
        t: float = 1.0,
        regularity: int | None = None,
        most: int = 6,
        leaves_at_once: bool = True,
    ) -> None:
        super().__init__(t=t)
        self.regularity = regularity
        self.most = most
        self.leaves_at_once = leaves_at_once

    def fit(  # type: ignore[override]
        self,
        X: Data,  # noqa: N803
        y: object = None,
        *,
        sample_weight: Values | None = None,
        ln_waits: float | None = None,
    ) -> Self:
        """Fit the parameters by maximum likelihood, and the regularity unless it is given."""
        del y
        if self.regularity is None and ln_waits is None:
            raise invalid("ln_waits", "a number, from `ln_waits` of the log, or a `regularity`")
        options = {
            "regularity": self.regularity,
            "most": self.most,
            "leavesAtOnce": self.leaves_at_once,
            "lnWaits": float(ln_waits or 0.0),
        }
        _, answer = call(
            "model.fit_regular", rows_of(X, self._columns, weight=sample_weight), options
        )
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns)
        if isinstance(X, Summary):
            self.unit_ = X.unit
        return self

    @property
    def regularity_(self) -> int:
        """The fitted k."""
        return int(self._fitted()["fit"]["model"]["regularity"])
