"""What all fitters have in common: penalties that are none, tables of parameters, files, rows of customers."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar

from goodwill._runtime import invalid
from goodwill.analytics._columns import library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from goodwill.analytics._columns import Values
    from goodwill.analytics._estimator import Estimator

_QUANTILE = 1.96
"""The quantile of lifetimes' intervals."""


class BaseFitter:
    """A fitter: a model of Goodwill, which is `model`, with lifetimes' names around it.

    There is no penalty, since fits do not fail: a `penalizer_coef` other than 0 is a warning. Nor has `fit` any
    settings: starts, tolerances and methods of scipy's are taken and left aside.
    """

    _model: ClassVar[type[Estimator]]

    def __init__(self, penalizer_coef: float = 0.0) -> None:
        self.penalizer_coef = penalizer_coef
        self.model: Any
        self.data: Any
        if penalizer_coef != 0.0:
            message = "penalizer_coef is left aside: fits of Goodwill need no penalty"
            warnings.warn(message, UserWarning, stacklevel=2)

    def _take(self, columns: Mapping[str, Values], weights: Values | None, index: Values) -> None:
        """Fit the model to columns, which it knows by these names, and keep them with lifetimes' ones."""
        np, pd = library("numpy"), library("pandas")
        taken = {name: np.asarray(values) for name, values in columns.items()}
        size = len(next(iter(taken.values())))
        weight = np.ones(size, dtype=int) if weights is None else np.asarray(weights)
        self.model = self._model()
        self.model.fit(taken, sample_weight=None if weights is None else weight)
        named = {_NAMES.get(name, name): values for name, values in taken.items()}
        self.data = pd.DataFrame({**named, "weights": weight}, index=index)

    def _fitted(self) -> Any:
        if not hasattr(self, "model"):
            raise invalid("model", "a fitter that was fitted or loaded")
        return self.model

    def __repr__(self) -> str:
        name = f"goodwill.analytics.lifetimes.{type(self).__name__}"
        if not hasattr(self, "model"):
            return f"<{name}>"
        of = f" fitted with {len(self.data)} subjects," if hasattr(self, "data") else ""
        told = ", ".join(f"{each}: {value:.2f}" for each, value in sorted(self.params_.items()))
        return f"<{name}:{of} {told}>"

    @property
    def params_(self) -> Any:
        """The parameters, a series by name."""
        return library("pandas").Series(self._fitted().params_)

    @property
    def variance_matrix_(self) -> Any:
        """The covariance of the parameters, by the delta method from that of their logarithms; NaN if unknown."""
        np, pd, params = library("numpy"), library("pandas"), self.params_
        rows = self._fitted().wire()["logCovariance"]
        size = len(params)
        known = np.full((size, size), np.nan) if rows is None else np.array(rows, dtype=float)
        values = params.to_numpy()
        matrix = known.reshape(size, size) * np.outer(values, values)
        return pd.DataFrame(matrix, index=params.index, columns=params.index)

    @property
    def standard_errors_(self) -> Any:
        """The standard errors, a series by name."""
        np, pd = library("numpy"), library("pandas")
        matrix = self.variance_matrix_
        return pd.Series(np.sqrt(np.diag(matrix.to_numpy())), index=matrix.index)

    @property
    def confidence_intervals_(self) -> Any:
        """Intervals of 95 %, symmetric as lifetimes has them; `model.summary()` has those that never contain 0."""
        params, errors = self.params_, self.standard_errors_
        bounds = {
            "lower 95% bound": params - _QUANTILE * errors,
            "upper 95% bound": params + _QUANTILE * errors,
        }
        return library("pandas").DataFrame(bounds)

    @property
    def summary(self) -> Any:
        """Parameters, standard errors and intervals in a frame."""
        columns = {"coef": self.params_, "se(coef)": self.standard_errors_}
        return library("pandas").DataFrame(columns).join(self.confidence_intervals_)

    @property
    def _negative_log_likelihood_(self) -> float:
        """The mean negative log-likelihood of a customer, of the times as they are."""
        return -float(self._fitted().log_likelihood_) / float(self.data["weights"].sum())

    def save_model(self, path: str | Path, *_: object, **__: object) -> None:
        """Write the model into a file of JSON below 2 KB, always without the data."""
        self._fitted().save(path)

    def load_model(self, path: str | Path) -> None:
        """Read the model of a file of `save_model`."""
        self.model = self._model.load(path)


_NAMES = {"age": "T", "spend": "monetary_value", "occasions": "n_periods"}
"""What lifetimes calls columns."""


def of_customers(
    columns: Mapping[str, Values], answer: Callable[[dict[str, Any]], Values], *, listed: bool
) -> Any:
    """Ask a model about customers: columns or numbers, which are told apart in the answer.

    One number for each is a number, or with `listed` a list of one; series give a series of their index.
    """
    np, pd = library("numpy"), library("pandas")
    arrays = np.broadcast_arrays(*(np.asarray(values, dtype=float) for values in columns.values()))
    shape = arrays[0].shape
    rows = {name: values.ravel() for name, values in zip(columns, arrays, strict=True)}
    found = np.asarray(answer(rows)).reshape(shape)
    if not shape:
        return found.reshape(1) if listed else float(found)
    index = next((each.index for each in columns.values() if isinstance(each, pd.Series)), None)
    return found if index is None or listed else pd.Series(found, index=index)


def of_times(t: Values, answer: Callable[[float], Values]) -> Any:
    """Ask for one time, or for each of an array of times."""
    np = library("numpy")
    times = np.asarray(t, dtype=float)
    found = np.array([answer(float(each)) for each in times.ravel()]).reshape(times.shape)
    return found if times.shape else float(found)
