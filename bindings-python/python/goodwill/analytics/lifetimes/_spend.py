"""The fitter of spend, and lifetime value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from goodwill._runtime import invalid
from goodwill.analytics._horizon import Horizon
from goodwill.analytics._spend import GammaGamma

from ._fitters import BaseFitter, of_customers

if TYPE_CHECKING:
    from goodwill.analytics._columns import Values

_MONTHS = {"W": 4.345, "M": 1.0, "D": 30.0, "H": 720.0}
"""The length of lifetimes' month in each unit."""


class GammaGammaFitter(BaseFitter):
    """Gamma-Gamma, as `goodwill.analytics.GammaGamma`.

    >>> fitter = GammaGammaFitter()
    >>> fitter.model = GammaGamma.of(p=6.25, q=3.74, v=15.44)
    >>> fitter.conditional_expected_average_profit(2, 20.0)
    22.7...
    """

    _model = GammaGamma

    def fit(
        self,
        frequency: Values,
        monetary_value: Values,
        weights: Values | None = None,
        *_: object,
        index: Values | None = None,
        **__: object,
    ) -> Self:
        """Fit by maximum likelihood; `weights` are customers in a row."""
        self._take({"frequency": frequency, "spend": monetary_value}, weights, index)
        return self

    def conditional_expected_average_profit(
        self, frequency: Values | None = None, monetary_value: Values | None = None
    ) -> Any:
        """Return the expected mean spend of customers, by default of those that were fitted."""
        columns = {
            "frequency": self.data["frequency"] if frequency is None else frequency,
            "spend": self.data["monetary_value"] if monetary_value is None else monetary_value,
        }
        return of_customers(columns, self._fitted().predict, listed=False)

    def customer_lifetime_value(
        self,
        transaction_prediction_model: Any,
        frequency: Values,
        recency: Values,
        T: Values,  # noqa: N803
        monetary_value: Values,
        time: int = 12,
        discount_rate: float = 0.01,
        freq: str = "D",
    ) -> Any:
        """Return the value of customers in the next `time` months, at a rate per month, a series named `clv`.

        `freq` is the unit of the model's times: a month is 720 hours (H), 30 days (D) or 4.345 weeks (W).
        """
        if freq not in _MONTHS:
            raise invalid("freq", "H, D, W or M")
        model, spend = transaction_prediction_model.model, self._fitted()
        horizon = Horizon(periods=int(time), period=_MONTHS[freq], rate=discount_rate)
        columns = {"frequency": frequency, "recency": recency, "age": T, "spend": monetary_value}
        value = of_customers(
            columns,
            lambda rows: model.lifetime_value(rows, spend, horizon=horizon),
            listed=False,
        )
        return value.rename("clv") if hasattr(value, "rename") else value
