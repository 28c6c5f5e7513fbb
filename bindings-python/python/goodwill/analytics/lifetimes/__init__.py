"""The names of the package lifetimes, over the models of Goodwill: code moves here by its import lines.

Everything stands in this one module, whatever submodule of lifetimes it came from. It takes and gives pandas. What
differs is in the migration table of docs/analytics.md.

>>> import pandas as pd
>>> from goodwill.analytics.lifetimes import BetaGeoFitter
>>> data = pd.DataFrame({"frequency": [2, 0, 1, 4], "recency": [30.4, 0, 1.7, 20.0], "T": [38.9, 38.9, 38.9, 30.0]})
>>> BetaGeoFitter(penalizer_coef=0.0).fit(data["frequency"], data["recency"], data["T"])
<goodwill.analytics.lifetimes.BetaGeoFitter: fitted with 4 subjects, a: ..., alpha: ..., b: ..., r: ...>
"""

from ._fitters import BaseFitter
from ._plots import (
    plot_calibration_purchases_vs_holdout_purchases,
    plot_cumulative_transactions,
    plot_dropout_rate_heterogeneity,
    plot_expected_repeat_purchases,
    plot_frequency_recency_matrix,
    plot_history_alive,
    plot_incremental_transactions,
    plot_period_transactions,
    plot_probability_alive_matrix,
    plot_transaction_rate_heterogeneity,
)
from ._purchases import (
    BetaGeoBetaBinomFitter,
    BetaGeoFitter,
    ModifiedBetaGeoFitter,
    ParetoNBDFitter,
)
from ._spend import GammaGammaFitter
from ._summaries import (
    calculate_alive_path,
    calibration_and_holdout_data,
    expected_cumulative_transactions,
    summary_data_from_transaction_data,
)

__all__ = [
    "BaseFitter",
    "BetaGeoBetaBinomFitter",
    "BetaGeoFitter",
    "GammaGammaFitter",
    "ModifiedBetaGeoFitter",
    "ParetoNBDFitter",
    "calculate_alive_path",
    "calibration_and_holdout_data",
    "expected_cumulative_transactions",
    "plot_calibration_purchases_vs_holdout_purchases",
    "plot_cumulative_transactions",
    "plot_dropout_rate_heterogeneity",
    "plot_expected_repeat_purchases",
    "plot_frequency_recency_matrix",
    "plot_history_alive",
    "plot_incremental_transactions",
    "plot_period_transactions",
    "plot_probability_alive_matrix",
    "plot_transaction_rate_heterogeneity",
    "summary_data_from_transaction_data",
]
