"""What all models have in common."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from goodwill._runtime import invalid

from ._call import call, record
from ._columns import column, library, made_by, take
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from goodwill._native import Column

    from ._columns import Data, Values

_FORMAT = "goodwill.analytics model, version 1"


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """A likelihood-ratio test of nested models (Wilks 1938)."""

    statistic: float
    """Twice the difference of the log-likelihoods."""
    degrees: int
    """The further parameters."""
    p_value: float
    """The probability of such a statistic, or a larger one, if they said nothing."""


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
        utils = library("sklearn.utils")
        return utils.Tags(estimator_type=None, target_tags=utils.TargetTags(required=False))

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

    def wire(self) -> dict[str, Any]:
        """Return the fitted model as native functions take it."""
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
        reason: Any = self._fitted()["fit"].get("identification")
        return json.dumps(reason["not_identified"]) if isinstance(reason, dict) else None

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

    def likelihood_ratio(self, restricted: Estimator) -> LikelihoodRatio:
        """Test this fit against one with fewer parameters, such as one without covariates, of the same customers.

        Whether the other model is this one with some parameters fixed only you know.

        >>> from goodwill.analytics import BgNbd
        >>> customers = {
        ...     "frequency": [row % 3 if row % 2 == 0 else row % 7 for row in range(200)],
        ...     "recency": [4.0 * (row % 3 if row % 2 == 0 else row % 7) for row in range(200)],
        ...     "age": [30.0] * 200,
        ...     "app": [row % 2 for row in range(200)],
        ... }
        >>> test = BgNbd(covariates=["app"]).fit(customers).likelihood_ratio(BgNbd().fit(customers))
        >>> test.degrees, test.p_value < 0.01
        (3, True)
        """
        fits = {"fit": self._fitted()["fit"], "restricted": restricted._fitted()["fit"]}
        for name, fit in fits.items():
            if "logLikelihood" not in fit:
                raise invalid(name, "a model that was fitted")
        return record(LikelihoodRatio, call("model.likelihood_ratio", {}, fits)[1])

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
        return TitledTable(
            {
                "parameter": names,
                "estimate": values,
                "standard_error": [
                    None if error is None else value * error for value, error, _ in made
                ],
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
        model._take_fit(fitted)
        if saved["unit"] is not None:
            model.unit_ = saved["unit"]  # type: ignore[attr-defined]
        return model

    def save(self, path: str | Path) -> None:
        """Write the fitted model into a file of JSON below 2 KB, without the data."""
        from pathlib import Path  # noqa: PLC0415

        Path(path).write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a model from a file."""
        from pathlib import Path  # noqa: PLC0415

        return cls.from_json(Path(path).read_text(encoding="utf-8"))


class TitledTable(Table):
    def __init__(self, columns: Mapping[str, Values], sentence: str) -> None:
        super().__init__(columns)
        self._sentence = sentence

    def _title(self) -> str:
        return self._sentence


def rows_of(data: Data, names: Sequence[str], *, weight: Values | None = None) -> dict[str, Column]:
    """Take the columns of customers: by name from a frame, in this order from a matrix."""
    shape: tuple[int, ...] = getattr(data, "shape", ())
    if made_by(data, "numpy") and len(shape) == 2:  # noqa: PLR2004
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
