"""The fitters of purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from goodwill.analytics import plots
from goodwill.analytics._columns import library
from goodwill.analytics._models import BgNbd, MbgNbd, ParetoNbd
from goodwill.analytics._occasions import BgBb

from ._fitters import BaseFitter, of_customers, of_times

if TYPE_CHECKING:
    from goodwill.analytics._columns import Values
    from goodwill.analytics._estimator import Estimator


class _PurchaseFitter(BaseFitter):
    """What the fitters of purchases at any time have in common."""

    _alive_listed = True

    def fit(
        self,
        frequency: Values,
        recency: Values,
        T: Values,  # noqa: N803
        weights: Values | None = None,
        *_: object,
        index: Values | None = None,
        **__: object,
    ) -> Self:
        """Fit by maximum likelihood; `weights` are customers in a row."""
        self._take({"frequency": frequency, "recency": recency, "age": T}, weights, index)
        return self

    def conditional_expected_number_of_purchases_up_to_time(
        self,
        t: Values,
        frequency: Values,
        recency: Values,
        T: Values,  # noqa: N803
    ) -> Any:
        """Return the expected purchases of customers in the next `t` units: one time, or one for each of them."""
        np, model = library("numpy"), self._fitted()

        def answer(rows: dict[str, Any]) -> Values:
            times = rows.pop("t")
            found = np.empty(len(times))
            for time in np.unique(times):
                at = times == time
                of = {name: values[at] for name, values in rows.items()}
                found[at] = model.expected_purchases(of, float(time))
            return found

        columns = {"frequency": frequency, "recency": recency, "age": T, "t": t}
        return of_customers(columns, answer, listed=False)

    def predict(self, t: Values, frequency: Values, recency: Values, T: Values) -> Any:  # noqa: N803
        """Return the same as `conditional_expected_number_of_purchases_up_to_time`."""
        return self.conditional_expected_number_of_purchases_up_to_time(t, frequency, recency, T)

    def conditional_probability_alive(self, frequency: Values, recency: Values, T: Values) -> Any:  # noqa: N803
        """Return the probability of customers not to have left."""
        columns = {"frequency": frequency, "recency": recency, "age": T}
        answer = self._fitted().probability_alive
        return of_customers(columns, answer, listed=self._alive_listed)

    def conditional_probability_alive_matrix(
        self, max_frequency: int | None = None, max_recency: int | None = None
    ) -> Any:
        """Return the probability by recency (rows) and frequency (columns) at the greatest age.

        Where no customer can be, with purchases and recency 0 or the other way round, is the value of recency 0 and
        frequency 0.
        """
        frequencies = (max_frequency or int(self.data["frequency"].max())) + 1
        age = max_recency or int(self.data["T"].max())
        rows = plots.grid(age, frequencies)
        found = library("numpy").asarray(self._fitted().probability_alive(rows))
        return found.reshape(age + 1, frequencies)

    def expected_number_of_purchases_up_to_time(self, t: Values) -> Any:
        """Return the expected repeat purchases of a new customer up to the age `t`, or each of several."""
        return of_times(t, self._fitted().expected)


class BetaGeoFitter(_PurchaseFitter):
    """BG/NBD, as `goodwill.analytics.BgNbd`.

    >>> from goodwill.analytics import BgNbd
    >>> fitter = BetaGeoFitter()
    >>> fitter.model = BgNbd.of(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> fitter.predict(39, 2, 30.43, 38.86)
    1.22...
    """

    _model: ClassVar[type[Estimator]] = BgNbd

    def probability_of_n_purchases_up_to_time(self, t: float, n: int) -> float:
        """Return the probability of `n` repeat purchases of a new customer up to the age `t`."""
        return float(self._fitted().pmf(int(n), float(t)))


class ModifiedBetaGeoFitter(BetaGeoFitter):
    """MBG/NBD, as `goodwill.analytics.MbgNbd`.

    >>> from goodwill.analytics import MbgNbd
    >>> fitter = ModifiedBetaGeoFitter()
    >>> fitter.model = MbgNbd.of(r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> fitter.conditional_probability_alive(0, 0, 39).round(3)
    array([0.389])
    """

    _model = MbgNbd


class ParetoNBDFitter(_PurchaseFitter):
    """Pareto/NBD, as `goodwill.analytics.ParetoNbd`.

    >>> from goodwill.analytics import ParetoNbd
    >>> fitter = ParetoNBDFitter()
    >>> fitter.model = ParetoNbd.of(r=0.553, alpha=10.578, s=0.606, beta=11.669)
    >>> fitter.expected_number_of_purchases_up_to_time(52)
    1.47...
    """

    _model = ParetoNbd
    _alive_listed = False

    def conditional_probability_of_n_purchases_up_to_time(
        self,
        n: int,
        t: float,
        frequency: Values,
        recency: Values,
        T: Values,  # noqa: N803
    ) -> Any:
        """Return the probability of customers to make `n` purchases in the next `t` units."""
        model = self._fitted()
        columns = {"frequency": frequency, "recency": recency, "age": T}
        return of_customers(
            columns,
            lambda rows: model.probability_of_purchases(rows, int(n), float(t)),
            listed=False,
        )


class BetaGeoBetaBinomFitter(BaseFitter):
    """BG/BB, as `goodwill.analytics.BgBb`.

    >>> from goodwill.analytics import BgBb
    >>> fitter = BetaGeoBetaBinomFitter()
    >>> fitter.model = BgBb.of(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
    >>> fitter.conditional_expected_number_of_purchases_up_to_time(5, 6, 6, 6)
    3.7...
    """

    _model = BgBb

    def fit(
        self,
        frequency: Values,
        recency: Values,
        n_periods: Values,
        weights: Values | None = None,
        *_: object,
        index: Values | None = None,
        **__: object,
    ) -> Self:
        """Fit by maximum likelihood; `weights` are customers in a row."""
        columns = {"frequency": frequency, "recency": recency, "occasions": n_periods}
        self._take(columns, weights, index)
        return self

    def conditional_expected_number_of_purchases_up_to_time(
        self, m_periods_in_future: int, frequency: Values, recency: Values, n_periods: Values
    ) -> Any:
        """Return the expected purchases of customers at the next occasions."""
        model, t = self._fitted(), int(m_periods_in_future)
        columns = {"frequency": frequency, "recency": recency, "occasions": n_periods}
        return of_customers(columns, lambda rows: model.expected_purchases(rows, t), listed=False)

    def conditional_probability_alive(
        self, m_periods_in_future: int, frequency: Values, recency: Values, n_periods: Values
    ) -> Any:
        """Return the probability of customers to be there so many occasions from now."""
        model, t = self._fitted(), int(m_periods_in_future)
        columns = {"frequency": frequency, "recency": recency, "occasions": n_periods}
        return of_customers(
            columns, lambda rows: model.probability_alive(rows, after=t), listed=False
        )

    def expected_number_of_transactions_in_first_n_periods(self, n: int) -> Any:
        """Return how many of the fitted customers are expected with each frequency in the first `n` occasions."""
        pd = library("pandas")
        customers = self.data.groupby("frequency")["weights"].sum()
        index = pd.Index(customers.index, name="frequency")
        chances = self._fitted().pmf([int(x) for x in index], int(n))
        return pd.DataFrame({"model": chances * customers.sum()}, index=index)
