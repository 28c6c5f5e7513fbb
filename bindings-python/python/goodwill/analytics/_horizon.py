"""How far ahead purchases count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from goodwill._runtime import invalid

from ._logs import DAYS

if TYPE_CHECKING:
    from ._logs import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """How far ahead purchases count, and what waiting for them costs.

    So many periods, each a unit of the calendar or a number in the unit of the model's times, whose purchases
    are paid at its end, in its middle or at its start. The rate is effective: of a year, or of one period.
    `periods=None` is without end, each purchase discounted from its own moment.

    >>> Horizon(periods=12, period="month", annual_rate=0.10).wire("week")["rate"]
    0.00797414...
    """

    periods: int | None = 12
    period: Unit | float = "month"
    annual_rate: float | None = None
    rate: float | None = None
    payment: Literal["end", "middle", "start"] = "end"

    def wire(self, unit: Unit | None) -> dict[str, Any]:
        """Return it as native functions take it, for a model whose times are in this unit."""
        if self.annual_rate is not None and self.rate is not None:
            raise invalid("rate", "nothing beside an annual rate")
        if isinstance(self.period, str):
            days = DAYS[self.period]
            length = days / self._unit_days(unit)
        else:
            length = float(self.period)
            days = length * self._unit_days(unit) if self.annual_rate is not None else 0.0
        if self.periods is None:
            if self.annual_rate is None:
                return {"kind": "endless", "rate": self.rate if self.rate is not None else 0.0}
            part = self._unit_days(unit) / DAYS["year"]
            return {"kind": "endless", "rate": (1.0 + self.annual_rate) ** part - 1.0}
        rate = self.rate or 0.0
        if self.annual_rate is not None:
            rate = (1.0 + self.annual_rate) ** (days / DAYS["year"]) - 1.0
        return {
            "kind": "periods",
            "periods": self.periods,
            "period": length,
            "rate": rate,
            "payment": self.payment,
        }

    @staticmethod
    def _unit_days(unit: Unit | None) -> float:
        if unit is None:
            accepted = "numbers in the unit of the model, which was not fitted to a summary; or its `time_unit`"
            raise invalid("horizon", accepted)
        return DAYS[unit]


YEAR = Horizon()
