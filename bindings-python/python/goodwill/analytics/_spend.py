"""The model of spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from ._call import call
from ._columns import array
from ._estimator import Estimator, rows_of
from ._table import Table

if TYPE_CHECKING:
    from ._columns import Data, Values


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
        options = {"start": None if start is None else start.wire()}
        _, answer = call(self._fit, rows_of(X, self._columns, weight=sample_weight), options)
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns)
        return self

    def predict(self, X: Data, *, confidence: float | None = None) -> Any:  # noqa: N803
        """Return the expected spend per purchase; with a confidence a table with intervals."""
        options = {"model": self.wire(), "confidence": confidence}
        made, _ = call("spend.expected", rows_of(X, self._columns), options)
        return array(made["value"]) if len(made) == 1 else Table(made)

    def score(self, X: Data, y: object = None, *, sample_weight: Values | None = None) -> float:  # noqa: N803
        """Return the mean log-likelihood per spender; higher is better."""
        del y
        columns = rows_of(X, self._columns, weight=sample_weight)
        _, answer = call("spend.log_likelihood", columns, {"model": self.wire()})
        return float(answer["logLikelihood"] / answer["customers"])
