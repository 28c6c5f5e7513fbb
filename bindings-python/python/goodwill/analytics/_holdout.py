"""How good predictions were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._call import call, record
from ._columns import column
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._columns import Values


@dataclass(frozen=True, slots=True)
class PredictionQuality:
    """The errors of predicted numbers."""

    customers: int
    predicted: float
    """What was predicted for all of them together."""
    actual: float
    """What they did together."""
    bias: float
    """The mean of predicted - actual."""
    root_mean_square_error: float
    mean_absolute_error: float


@dataclass(frozen=True, slots=True)
class BrierScore:
    """The score of probabilities, and its parts; 0 is best."""

    customers: int
    base_rate: float
    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float
    bins: Table
    """A reliability diagram."""


_BIN = ("lowest", "highest", "customers", "predicted", "actual", "standardError")


def _pair(predicted: Values, actual: Values) -> dict[str, Any]:
    return {"predicted": column("predicted", predicted), "actual": column("actual", actual)}


def bins_table(bins: Sequence[Mapping[str, Any]], names: Sequence[str] = _BIN) -> Table:
    """Make a table of records."""
    spelled = {"standardError": "standard_error", "upTo": "up_to"}
    return Table({spelled.get(name, name): [each[name] for each in bins] for name in names})


def prediction_quality(predicted: Values, actual: Values) -> PredictionQuality:
    """Compare predicted numbers with actual ones.

    >>> prediction_quality([1.5, 0.0, 4.0], [1, 0, 6]).bias
    -0.5
    """
    _, answer = call("holdout.quality", _pair(predicted, actual))
    return record(PredictionQuality, answer)


def calibration_table(predicted: Values, actual: Values, *, bins: int = 10) -> Table:
    """Compare predicted with actual means in bins of about the same size.

    >>> calibration_table([0.1, 3.0, 0.1, 2.0], [0, 4, 1, 1], bins=2)
    lowest  highest  customers  predicted  actual  standard_error
    ------  -------  ---------  ---------  ------  --------------
       0.1      0.1          2        0.1     0.5             0.5
         2        3          2        2.5     2.5             1.5
    """
    _, answer = call("holdout.calibration", _pair(predicted, actual), {"bins": bins})
    return bins_table(answer)


def brier_score(probability: Values, outcome: Values, *, bins: int = 10) -> BrierScore:
    """Score probabilities, such as P(alive) against having bought in the holdout.

    >>> round(brier_score([0.9, 0.9, 0.2, 0.2], [True, True, False, True]).score, 3)
    0.175
    """
    columns = {
        "probability": column("probability", probability),
        "outcome": column("outcome", outcome),
    }
    _, answer = call("holdout.brier", columns, {"bins": bins})
    return record(BrierScore, {**answer, "bins": bins_table(answer["bins"])})


def frequency_table(
    frequency: Values, predicted: Values, actual: Values, *, last: int = 7
) -> Table:
    """Compare predicted with actual means by the number of purchases in the calibration.

    The last row is `last` and more.

    >>> frequency_table([0, 9, 0, 2], [0.5, 7.0, 1.5, 3.0], [0, 5, 1, 3], last=2).to_dict()["predicted"]
    [1.0, None, 5.0]
    """
    columns = {"frequency": column("frequency", frequency), **_pair(predicted, actual)}
    _, answer = call("holdout.frequencies", columns, {"last": last})
    return bins_table(answer, ("frequency", "customers", "predicted", "actual"))
