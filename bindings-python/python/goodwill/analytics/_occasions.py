"""The model of purchases at occasions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from ._call import call
from ._columns import array, column
from ._estimator import Estimator, rows_of
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._columns import Array, Data, Values


class BgBb(Estimator):
    """BG/BB (Fader, Hardie and Shang 2010): customers may buy at occasions, such as years or events.

    Data have the columns `frequency` (x), `recency` (the occasion of the last purchase, from 1; 0 without any) and
    `occasions` (n). `t` is how many occasions `predict` looks ahead.

    >>> model = BgBb.of(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
    >>> float(model.predict({"frequency": [6], "recency": [6], "occasions": [6]}, t=5)[0])
    3.7...
    """

    _kind = "bg_bb"
    _names = ("alpha", "beta", "gamma", "delta")
    _columns: ClassVar[tuple[str, ...]] = ("frequency", "recency", "occasions")

    def __init__(self, *, t: int = 1) -> None:
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
        """Fit the parameters by maximum likelihood."""
        del y
        options = {"start": None if start is None else start.wire()}
        _, answer = call("occasions.fit", rows_of(X, self._columns, weight=sample_weight), options)
        self._take_fit(answer)
        self.n_features_in_ = len(self._columns)
        return self

    def _predicted(self, name: str, data: Data, **options: Any) -> Any:
        made, _ = call(name, rows_of(data, self._columns), {"model": self.wire(), **options})
        return array(made["value"]) if len(made) == 1 else Table(made)

    def predict(self, X: Data, *, t: int | None = None) -> Array:  # noqa: N803
        """Return the expected purchases of each customer at the next `t` occasions (by default the model's)."""
        return self.expected_purchases(X, self.t if t is None else t)

    def expected_purchases(
        self,
        X: Data,  # noqa: N803
        t: int,
        *,
        confidence: float | None = None,
    ) -> Any:
        """Return the expected purchases at the next `t` occasions; with a confidence a table with intervals."""
        return self._predicted("occasions.purchases", X, t=t, confidence=confidence)

    def probability_alive(
        self,
        X: Data,  # noqa: N803
        *,
        after: int = 0,
        confidence: float | None = None,
    ) -> Any:
        """Return the probability of each customer to be there: at the last occasion, or `after` so many more."""
        return self._predicted("occasions.alive", X, t=after, confidence=confidence)

    def probability_of_purchases(
        self,
        X: Data,  # noqa: N803
        purchases: int,
        t: int,
        *,
        confidence: float | None = None,
    ) -> Any:
        """Return the probability of exactly so many purchases at the next `t` occasions.

        With a confidence it is a table with intervals.
        """
        options = {"t": t, "purchases": purchases, "confidence": confidence}
        return self._predicted("occasions.probability", X, **options)

    def discounted_purchases(self, X: Data, *, rate: float) -> Array:  # noqa: N803
        """Return all purchases to come, each discounted at this rate per occasion."""
        return self._predicted("occasions.discounted", X, rate=float(rate))

    def expected(self, t: int | Sequence[int]) -> Any:
        """Return the expected purchases of a new customer at `t` occasions, or for each of several `t`."""
        several = not isinstance(t, int)
        times = column("t", t if several else [t])
        made, _ = call("occasions.expected", {"t": times}, {"model": self.wire()})
        return array(made["value"]) if several else float(made["value"][0])

    def pmf(self, purchases: int | Sequence[int], t: int) -> Any:
        """Return the probability of exactly so many purchases of a new customer at `t` occasions."""
        several = not isinstance(purchases, int)
        counts = column("purchases", purchases if several else [purchases])
        made, _ = call("occasions.pmf", {"purchases": counts}, {"model": self.wire(), "t": t})
        return array(made["value"]) if several else float(made["value"][0])

    def score(self, X: Data, y: object = None, *, sample_weight: Values | None = None) -> float:  # noqa: N803
        """Return the mean log-likelihood per customer; higher is better."""
        del y
        columns = rows_of(X, self._columns, weight=sample_weight)
        _, answer = call("occasions.log_likelihood", columns, {"model": self.wire()})
        return float(answer["logLikelihood"] / answer["customers"])
