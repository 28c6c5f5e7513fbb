"""Customer analytics on columns: summaries, lifetime value, RFM, and how good predictions were.

Logs and customers come from pandas, Polars, pyarrow, DuckDB, NumPy or plain sequences, and results go back to any of
them; none of these packages is needed. Models have the habits of scikit-learn.

>>> from goodwill.analytics import BgNbd, summarize
>>> log = {"customer": [1, 1, 2], "time": ["2026-01-05", "2026-01-20", "2026-01-06"], "amount": [20.0, 30.0, 5.0]}
>>> summary = summarize(log, unit="week")
>>> [int(each) for each in summary.frequency]
[1, 0]
>>> model = BgNbd().fit(summary)
>>> model.identified_
False
"""

from goodwill._native import Column

from ._behaviour import (
    Distribution,
    FunnelTable,
    ReadRate,
    ResponseTimes,
    RetentionTable,
    RevenueRetention,
    SlaCompliance,
    SurveyScore,
    ces,
    csat,
    funnel,
    mean_score,
    nps,
    read_rate,
    response_times,
    retention,
    revenue_cohorts,
    revenue_retention,
    sla_compliance,
    survey_trend,
    top_box,
)
from ._call import progress
from ._columns import Array, Data, Values
from ._estimator import LikelihoodRatio
from ._holdout import (
    BrierScore,
    PredictionQuality,
    brier_score,
    calibration_table,
    frequency_table,
    prediction_quality,
)
from ._horizon import Horizon
from ._logs import Policies, Report, Summary, Tracking, Unit, ln_waits, split, summarize
from ._models import BgNbd, CnbdK, CovariateModel, MbgNbd, ParetoNbd, PurchaseModel
from ._occasions import BgBb
from ._rfm import Rfm, SegmentMap, rfm
from ._scores import ChurnTable, ScoreTable, churn, customer_totals, engagement, health, vip
from ._spend import GammaGamma
from ._table import Table

__all__ = [
    "Array",
    "BgBb",
    "BgNbd",
    "BrierScore",
    "ChurnTable",
    "CnbdK",
    "Column",
    "CovariateModel",
    "Data",
    "Distribution",
    "FunnelTable",
    "GammaGamma",
    "Horizon",
    "LikelihoodRatio",
    "MbgNbd",
    "ParetoNbd",
    "Policies",
    "PredictionQuality",
    "PurchaseModel",
    "ReadRate",
    "Report",
    "ResponseTimes",
    "RetentionTable",
    "RevenueRetention",
    "Rfm",
    "ScoreTable",
    "SegmentMap",
    "SlaCompliance",
    "Summary",
    "SurveyScore",
    "Table",
    "Tracking",
    "Unit",
    "Values",
    "brier_score",
    "calibration_table",
    "ces",
    "churn",
    "csat",
    "customer_totals",
    "engagement",
    "frequency_table",
    "funnel",
    "health",
    "ln_waits",
    "mean_score",
    "nps",
    "prediction_quality",
    "progress",
    "read_rate",
    "response_times",
    "retention",
    "revenue_cohorts",
    "revenue_retention",
    "rfm",
    "sla_compliance",
    "split",
    "summarize",
    "survey_trend",
    "top_box",
    "vip",
]
