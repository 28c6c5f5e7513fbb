"""Columns in and out."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from goodwill import _native
from goodwill._runtime import invalid

if TYPE_CHECKING:
    from goodwill._native import Column

Array: TypeAlias = Any
"""A column of a result: a NumPy array, or without NumPy a `Column`, which is a sequence and a buffer."""

Values: TypeAlias = Any
"""A column: an Arrow array or stream, a NumPy array, a buffer, a pandas or Polars series, a sequence."""

Data: TypeAlias = Any
"""A frame: pandas, Polars, pyarrow, DuckDB, anything with an Arrow stream, a mapping of columns."""


def library(name: str) -> Any:
    """Import a library that is wanted only now."""
    return import_module(name)


def made_by(value: object, package: str) -> bool:
    """Whether the class of a value is one of a package, which is not imported for that."""
    return type(value).__module__.partition(".")[0] == package


def column(role: str, values: Values) -> Column:
    """Make a column; errors call it by its role."""
    if isinstance(values, _native.Column):
        return values
    if made_by(values, "pandas"):
        return _of_pandas(role, values)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(values, numpy.ndarray):
        return _of_numpy(role, values, nan_is_null=False)
    return _native.column(role, values)


def _of_numpy(role: str, values: Any, *, nan_is_null: bool, zone: str | None = None) -> Column:
    kind = values.dtype.kind
    if kind == "M":
        unit, count = library("numpy").datetime_data(values.dtype)
        if count != 1 or unit not in {"s", "ms", "us", "ns"}:
            values = values.astype("M8[s]")
            unit = "s"
        return _native.column(role, values.view("i8"), unit=unit, zone=zone)
    if kind in "OUST":
        return _native.column(role, values.tolist(), nan_is_null=nan_is_null)
    if kind in "fiu" and not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    if values.dtype.name == "float16":
        values = values.astype("f8")
    return _native.column(role, values, nan_is_null=nan_is_null)


def _of_pandas(role: str, values: Any) -> Column:
    """Numbers and times by their NumPy arrays, which need no pyarrow; NaN is a null of pandas'."""
    dtype = values.dtype
    if made_by(dtype, "numpy"):
        return _of_numpy(role, values.to_numpy(), nan_is_null=True)
    zone = getattr(dtype, "tz", None)
    if zone is not None and dtype.kind == "M" and hasattr(values, "dt") and hasattr(dtype, "unit"):
        instants = values.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return _of_numpy(role, instants, nan_is_null=True, zone=_zone_name(zone))
    if hasattr(values, "__arrow_c_stream__"):
        try:
            return _native.column(role, values)
        except ImportError:
            pass
    return _native.column(role, values.tolist(), nan_is_null=True)


def _zone_name(zone: object) -> str:
    name = str(zone)
    return name[3:] if name.startswith("UTC") and len(name) > 3 else name  # noqa: PLR2004


class Source:
    """Where columns are taken from by their names."""

    def __init__(self, data: Data) -> None:
        self._data = (
            data.collect() if made_by(data, "polars") and hasattr(data, "collect") else data
        )
        self._columns: dict[str, Column] | None = None

    def names(self) -> list[str]:
        """Return the names of the columns."""
        data = self._data
        if isinstance(data, Mapping):
            return [str(name) for name in cast("Mapping[str, Values]", data)]
        if made_by(data, "numpy"):
            return list(data.dtype.names or ())
        for attribute in ("column_names", "columns"):
            found = getattr(data, attribute, None)
            if found is not None and not callable(found):
                return [str(name) for name in found]
        return list(self._stream())

    def _stream(self) -> dict[str, Column]:
        if self._columns is None:
            if not hasattr(self._data, "__arrow_c_stream__"):
                raise invalid(
                    "data", "a frame, a mapping of columns, or anything with an Arrow stream"
                )
            self._columns = _native.frame("data", self._data).columns()
        return self._columns

    def take(self, role: str, name: str) -> Column:
        """Return a column by its name."""
        data = self._data
        missing = invalid(role, f"the name of a column: there is no {name!r}")
        if isinstance(data, Mapping) or made_by(data, "numpy") or made_by(data, "pandas"):
            try:
                return column(role, data[name])
            except (KeyError, ValueError, IndexError):
                raise missing from None
        if name not in self.names():
            raise missing
        if made_by(data, "polars"):
            return _native.column(role, data.get_column(name))
        if made_by(data, "pyarrow") and hasattr(data, "column"):
            return _native.column(role, data.column(name))
        return self._stream()[name]


def take(data: Data, roles: Mapping[str, str | Values | None]) -> dict[str, Column]:
    """Take the columns of roles, which are names of columns of the data, or columns."""
    source = Source(data)
    taken: dict[str, Column] = {}
    for role, wanted in roles.items():
        if isinstance(wanted, str):
            taken[role] = source.take(role, wanted)
        elif wanted is not None:
            taken[role] = column(role, wanted)
    return taken


def array(values: Column) -> Array:
    """Return a column as a NumPy array, or as it is without NumPy."""
    try:
        np = library("numpy")
    except ImportError:
        return values
    if values.kind in {"integers", "floats", "booleans"} and values.null_count == 0:
        return np.asarray(values)
    items = values.to_list()
    if values.kind == "floats":
        return np.array([float("nan") if item is None else item for item in items])
    return np.array(items, dtype=object)


def numbers(values: Sequence[float]) -> Column:
    """Make a column of numbers."""
    return _native.column("values", [float(value) for value in values])
