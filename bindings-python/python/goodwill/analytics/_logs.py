"""Transaction logs: what they are summarised to, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from goodwill._runtime import invalid

from ._call import call, record
from ._columns import take
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._columns import Array, Data, Values

Unit: TypeAlias = Literal["hour", "day", "week", "month", "quarter", "year"]
"""A unit of time. As a length it has its mean in the Gregorian calendar: a month has 30.436875 days."""

DAYS: Mapping[Unit, float] = {
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.436875,
    "quarter": 91.310625,
    "year": 365.2425,
}
"""The length of each unit in days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """How a log is read. Every row that a policy touches is counted in the report.

    >>> Policies(refunds="drop", nulls="drop").refunds
    'drop'
    """

    refunds: Literal["net", "drop", "reject"] = "net"
    """Amounts below zero: taken from the purchases before, left out, or an error."""
    excess_refunds: Literal["drop", "reject"] = "drop"
    """The part of a refund that is more than was bought."""
    zero_amounts: Literal["purchase", "drop", "reject"] = "purchase"
    """Amounts of zero, and purchases refunded in full."""
    duplicates: Literal["keep", "drop", "reject"] = "keep"
    """Rows that equal another one."""
    unsorted: Literal["sort", "reject"] = "sort"
    """Rows that stand after a later one of the same customer."""
    nulls: Literal["drop", "reject"] = "reject"
    """Rows with a null."""
    after_reference: Literal["drop", "reject"] = "drop"
    """Rows after the reference."""
    local_times: Literal["earlier", "later", "reject"] = "reject"
    """Local times that the clocks showed twice or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How many rows of a log met which policy."""

    rows: int
    nulls: int
    after_reference: int
    ambiguous_times: int
    skipped_times: int
    refunds: int
    excess_refunds: int
    zero_amounts: int
    refunded_in_full: int
    duplicates: int
    unsorted: int
    merged: int
    customers_without_purchase: int
    customers_after_calibration: int


@dataclass(frozen=True, slots=True)
class Tracking:
    """Purchases by period of the calendar, from the first purchase of all up to the reference."""

    unit: Unit
    start: list[int]
    """When each period begins: milliseconds since 1970-01-01T00:00 on the wall clock of the zone."""
    first: list[int]
    """First purchases."""
    repeats: list[int]
    """Repeat purchases."""
    cumulative: list[int]
    """All repeat purchases up to the end of the period."""
    calibration: int
    """How many of the periods are in the calibration."""

    def wire(self) -> dict[str, Any]:
        """Return it as native functions take it."""
        names = ("unit", "start", "first", "repeats", "cumulative", "calibration")
        return {name: getattr(self, name) for name in names}


class Summary(Table):
    """One row per customer with a purchase: x, t_x, T, and the mean spend.

    What models take. Customers stand in the order in which the log first names them.
    """

    unit: Unit
    """The unit of recency and age."""
    zone: str
    """Whose calendar counted."""
    reference: datetime
    """The last instant of observation."""
    calibration_end: datetime | None
    """The last instant of calibration, if there is a holdout."""
    duration: float | None
    """The length of the holdout, in units."""
    report: Report
    """What the policies met."""
    tracking: Tracking | None
    """Purchases by period, if they were asked for."""

    def __init__(self, columns: Mapping[str, Values], answer: Mapping[str, Any]) -> None:
        super().__init__(columns)
        options = answer["options"]
        self.unit = options["unit"]
        self.zone = options["zone"]
        self.reference = _instant(options["reference"])
        end = options.get("calibrationEnd")
        self.calibration_end = None if end is None else _instant(end)
        self.duration = answer["duration"]
        self.report = record(Report, answer["report"])
        tracking = answer["tracking"]
        self.tracking = None if tracking is None else record(Tracking, tracking)

    @property
    def customer(self) -> Array:
        """The ids."""
        return self["customer"]

    @property
    def frequency(self) -> Array:
        """Repeat purchases, x."""
        return self["frequency"]

    @property
    def recency(self) -> Array:
        """The age at the last purchase, t_x."""
        return self["recency"]

    @property
    def age(self) -> Array:
        """The age at the end of observation, T."""
        return self["age"]

    @property
    def spend(self) -> Array:
        """The mean amount of the purchases."""
        return self["spend"]

    @property
    def holdout_frequency(self) -> Array:
        """Purchases in the holdout."""
        return self["holdout_frequency"]

    @property
    def holdout_spend(self) -> Array:
        """The mean amount of those."""
        return self["holdout_spend"]

    def _title(self) -> str:
        until = (self.calibration_end or self.reference).isoformat()
        return f"{len(self)} customers until {until}, in units of a {self.unit} ({self.zone})"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment(name: str, value: datetime | date | str | None, zone: str | None) -> str | None:
    """Return an instant as it goes over the border; a date is a day of the zone of the data."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            only_date = len(value) == 10  # noqa: PLR2004
            value = date.fromisoformat(value) if only_date else datetime.fromisoformat(value)
        except ValueError:
            raise invalid(name, "a date or a time as ISO 8601 writes them") from None
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.utcoffset() is None:
        value = value.replace(tzinfo=_zone(name, zone))
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


def _zone(name: str, zone: str | None) -> Any:
    if zone is None or zone == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise invalid(name, "an instant with a time zone, or a zone by its IANA name") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumns:
    """Which columns of a log are what: names of columns of a frame, or columns."""

    customer: str | Values = "customer"
    time: str | Values = "time"
    amount: str | Values | None = "amount"
    order: str | Values | None = None
    currency: str | Values | None = None

    def take(self, transactions: Data) -> dict[str, Any]:
        """Take the columns of the log."""
        roles = {
            name: getattr(self, name)
            for name in ("customer", "time", "amount", "order", "currency")
        }
        return take(transactions, roles)


DEFAULT_POLICIES = Policies()


def wire_policies(policies: Policies) -> dict[str, str]:
    """Return policies as native functions take them."""
    return {
        "refunds": policies.refunds,
        "excessRefunds": policies.excess_refunds,
        "zeroAmounts": policies.zero_amounts,
        "duplicates": policies.duplicates,
        "unsorted": policies.unsorted,
        "nulls": policies.nulls,
        "afterReference": policies.after_reference,
        "localTimes": policies.local_times,
    }


def summarize(
    transactions: Data = None,
    *,
    customer: str | Values = "customer",
    time: str | Values = "time",
    amount: str | Values | None = "amount",
    order: str | Values | None = None,
    currency: str | Values | None = None,
    unit: Unit = "day",
    measure: Literal["calendar", "exact"] = "calendar",
    merge: Unit | None = None,
    zone: str | None = None,
    reference: datetime | date | str | None = None,
    calibration_end: datetime | date | str | None = None,
    spend: Literal["repeats", "all"] = "repeats",
    tracking: bool = False,
    policies: Policies = DEFAULT_POLICIES,
) -> Summary:
    """Summarise a transaction log to frequency, recency, age and mean spend per customer.

    Columns are named, or given as they are. The zone is that of the times where they have one; times without
    one need it. The reference is the last time of the log unless it is given; a date means its end. With
    `calibration_end` what came later is the holdout. `amount=None` is for logs without amounts.

    `measure="calendar"` counts whole periods of the calendar, and rows of one period are one purchase;
    `"exact"` counts the time that has passed, and rows of one instant, or of one `merge` unit, are one.

    >>> summary = summarize(
    ...     {
    ...         "customer": ["ada", "bob", "ada", "ada"],
    ...         "time": ["2026-01-05", "2026-01-06", "2026-01-20", "2026-01-20"],
    ...         "amount": [20.0, 5.0, 30.0, 10.0],
    ...     },
    ...     reference="2026-01-31",
    ... )
    >>> summary
    2 customers until 2026-01-31T23:59:59.999000+00:00, in units of a day (UTC)
    customer  frequency  recency  age  spend
    --------  ---------  -------  ---  -----
    ada               1       15   26     40
    bob               0        0   25      0
    >>> summary.report.merged
    1
    """
    columns = LogColumns(
        customer=customer, time=time, amount=amount, order=order, currency=currency
    )
    exact = {"exact": {"merge": merge}}
    made, answer = call(
        "log.summarize",
        columns.take(transactions),
        {
            "unit": unit,
            "measure": exact if measure == "exact" else measure,
            "zone": zone,
            "reference": moment("reference", reference, zone),
            "calibrationEnd": moment("calibration_end", calibration_end, zone),
            "spend": spend,
            "tracking": tracking,
            "policies": wire_policies(policies),
        },
    )
    return Summary(made, answer)


def split(
    transactions: Data = None,
    *,
    calibration_end: datetime | date | str,
    **options: Any,
) -> Summary:
    """Summarise a log up to `calibration_end`, with what customers did later as the holdout.

    The options are those of `summarize`.

    >>> summary = split(
    ...     {"customer": [1, 1, 1], "time": ["2026-01-05", "2026-01-20", "2026-02-03"]},
    ...     calibration_end="2026-01-31",
    ...     amount=None,
    ... )
    >>> int(summary.frequency[0]), int(summary.holdout_frequency[0]), summary.duration
    (1, 1, 3.0)
    """
    return summarize(transactions, calibration_end=calibration_end, **options)


def ln_waits(
    transactions: Data = None,
    *,
    customer: str | Values = "customer",
    time: str | Values = "time",
    amount: str | Values | None = None,
    unit: Unit = "day",
    measure: Literal["calendar", "exact"] = "calendar",
    zone: str | None = None,
    reference: datetime | date | str | None = None,
) -> float:
    """Return the sum of the logarithms of the waits between purchases, which `CnbdK` needs to find the regularity.

    Options are those of the summary; rows with an amount below zero are left out.

    >>> log = {"customer": [1, 1, 1], "time": ["2026-01-05", "2026-01-15", "2026-01-25"]}
    >>> ln_waits(log)
    4.605...
    """
    columns = LogColumns(customer=customer, time=time, amount=amount)
    options = {
        "unit": unit,
        "exact": measure == "exact",
        "zone": zone,
        "reference": moment("reference", reference, zone),
    }
    return float(call("log.ln_waits", columns.take(transactions), options)[1])
