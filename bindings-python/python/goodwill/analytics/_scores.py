"""Scores of single customers: health, churn, engagement, VIP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._call import call
from ._columns import Source, column, take
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goodwill._native import Column

    from ._columns import Data, Values


class ScoreTable(Table):
    """One row per customer, in the order of the data: the score, and the parts that it is the sum of."""

    model: dict[str, Any]
    """The parameters with their version, as JSON; another set of them is given back as `model`."""

    def __init__(self, columns: Mapping[str, Values], model: dict[str, Any]) -> None:
        super().__init__(columns)
        self.model = model


def _parts(data: Data, names: list[str]) -> dict[str, Column]:
    known = set(Source(data).names())
    return take(data, {name: name for name in names if name in known})


def health(
    data: Data, *, previous: Values | None = None, model: Mapping[str, Any] | None = None
) -> ScoreTable:
    """Return the health of customers from 0 to 100, its colour, and what each part adds or takes.

    The columns are the parts of the model; a part that is missing or null takes no part, and the weights of the
    others grow. `previous` scores give a trend. The parts sum to the score less the model's baseline.

    >>> scored = health({"engagement": [60.0, None], "satisfaction": [4.0, 2.0], "days_since_purchase": [73, 300]})
    >>> scored.to_dict()["colour"]
    ['green', 'red']
    """
    used = call("health", {}, {"model": model})[1]
    columns = _parts(data, [part["name"] for part in used["parts"]])
    if previous is not None:
        columns["previous"] = column("previous", previous)
    made, answer = call("health", columns, {"model": model})
    return ScoreTable(made, answer)


class ChurnTable(ScoreTable):
    """One row per customer: probability, band, reasons, and what each driver adds in log-odds."""

    importance: Table
    """The mean size of each driver's contribution, the greatest first."""


def churn(data: Data, *, model: Mapping[str, Any] | None = None) -> ChurnTable:
    """Return the risk that customers leave, and what drives it; a driver that is missing is taken as typical.

    >>> risks = churn({"gaps_since_purchase": [0.5, 4.0], "open_complaints": [0, 2]})
    >>> risks.to_dict()["band"], risks.to_dict()["reason_1"][1]
    (['low', 'high'], 'gaps_since_purchase')
    """
    used = call("churn", {}, {"model": model})[1]["model"]
    columns = _parts(data, [driver["name"] for driver in used["drivers"]])
    made, answer = call("churn", columns, {"model": model})
    table = ChurnTable(made, answer["model"])
    importance = answer["importance"]
    table.importance = Table(
        {
            "driver": [each["name"] for each in importance],
            "mean_contribution": [each["meanContribution"] for each in importance],
        }
    )
    return table


def engagement(
    activities: Data = None,
    *,
    customer: str | Values = "customer",
    kind: str | Values = "kind",
    age_days: str | Values = "age_days",
    model: Mapping[str, Any] | None = None,
) -> ScoreTable:
    """Return the engagement of each customer from 0 to 100: activities by kind, each less as it gets older.

    >>> done = {"customer": [1, 1, 2], "kind": ["purchase", "visit", "visit"], "age_days": [2.0, 5.0, 200.0]}
    >>> one, two = engagement(done).to_dict()["score"]
    >>> one > two
    True
    """
    columns = take(activities, {"customer": customer, "kind": kind, "age_days": age_days})
    made, answer = call("engagement", columns, {"model": model})
    return ScoreTable(made, answer)


def vip(
    data: Data, *, manual: Values | None = None, rules: Mapping[str, Any] | None = None
) -> ScoreTable:
    """Return who is a VIP by rules on `spend`, `orders` and `tenure_days`, by which rule, and why.

    `manual` is what people have decided, `granted` or `refused`, or null where nobody has; it counts more than any
    rule.

    >>> customers = {"spend": [9_000.0, 10.0], "orders": [40, 1], "tenure_days": [900, 3]}
    >>> vip(customers).to_dict()["vip"]
    [True, False]
    >>> vip(customers, manual=["refused", None]).to_dict()["reason"]
    ['manual', 'no_rule']
    """
    columns = _parts(data, ["spend", "orders", "tenure_days"])
    if manual is not None:
        columns["manual"] = column("manual", manual)
    made, answer = call("vip", columns, {"rules": rules})
    return ScoreTable(made, answer)


def customer_totals(
    entries: Data = None,
    *,
    currency: str,
    customer: str | Values = "customer",
    kind: str | Values = "kind",
    amount: str | Values = "amount",
) -> Table:
    """Return what each customer brought and cost: revenue, refunds, expenses, profit, margin, and all of it per job.

    Entries are payments, expenses and jobs, of the kinds `payment`, `expense` and `job`. A payment below 0 is a
    refund, a job has no amount. Amounts are those of one currency, exact to its minor unit, and come back as decimals.

    >>> entries = {
    ...     "customer": ["ada", "ada", "ada", "ada"],
    ...     "kind": ["payment", "payment", "expense", "job"],
    ...     "amount": [350.0, -50.0, 90.0, None],
    ... }
    >>> ada = next(customer_totals(entries, currency="EUR").rows())
    >>> str(ada["net_profit"]), str(ada["profit_per_job"]), ada["margin_percent"]
    ('210.00', '210.00', 70.0)
    """
    columns = take(entries, {"customer": customer, "kind": kind, "amount": amount})
    return Table(call("customers.totals", columns, {"currency": currency})[0])
