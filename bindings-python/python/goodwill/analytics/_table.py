"""Results in columns: they print well, and every frame library takes them."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, Self

from goodwill import _native
from goodwill._runtime import invalid

from ._columns import array, column, library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goodwill._native import Column

    from ._columns import Array, Values

_SHOWN = 10


class Table:
    """Columns of one length, by name.

    It is an Arrow stream, so that `polars.DataFrame(table)`, `pyarrow.table(table)`,
    `pandas.DataFrame.from_arrow(table)` and DuckDB take it as it is.

    >>> table = Table({"name": ["ada", "bob"], "value": [1.5, None]})
    >>> table
    name  value
    ----  -----
    ada     1.5
    bob
    >>> table["name"][0], len(table), table.columns
    ('ada', 2, ['name', 'value'])
    """

    def __init__(self, columns: Mapping[str, Values]) -> None:
        self._columns: dict[str, Column] = {
            name: column(name, values) for name, values in columns.items()
        }
        self._frame = _native.Frame(self._columns)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._columns)

    def __getitem__(self, name: str) -> Array:
        """Return a column: a NumPy array, or without NumPy a sequence."""
        if name not in self._columns:
            raise KeyError(name)
        return array(self._columns[name])

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        for each in self._columns.values():
            return len(each)
        return 0

    def native(self, name: str) -> Column:
        """Return a column as it is passed on to other functions."""
        return self._columns[name]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Go through the rows."""
        lists = self.to_dict()
        for row in range(len(self)):
            yield {name: values[row] for name, values in lists.items()}

    def to_dict(self) -> dict[str, list[Any]]:
        """Return the columns as lists."""
        return {name: each.to_list() for name, each in self._columns.items()}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the columns over, without a copy."""
        return self._frame.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """Return a pandas data frame; texts and dictionaries need pyarrow only for speed."""
        return library("pandas").DataFrame({name: self[name] for name in self._columns})

    def to_polars(self) -> Any:
        """Return a Polars data frame."""
        return library("polars").DataFrame(self)

    def to_arrow(self) -> Any:
        """Return a pyarrow table."""
        return library("pyarrow").table(self)

    def with_column(self, name: str, values: Values) -> Self:
        """Return the same with one more column, or another one."""
        new = column(name, values)
        if self._columns and len(new) != len(self):
            raise invalid(name, f"{len(self)} rows")
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._columns = {**self._columns, name: new}
        made._frame = _native.Frame(made._columns)
        return made

    def totals(self, by: str, value: str) -> Table:
        """Return how many rows each group has, and the sum and the mean of a value, the greatest sum first.

        >>> Table({"segment": ["x", "y", "x"], "value": [1.0, 5.0, 2.0]}).totals("segment", "value")
        segment  rows  value  mean
        -------  ----  -----  ----
        y           1      5     5
        x           2      3   1.5
        """
        groups: dict[Any, list[float]] = {}
        pairs = zip(self._columns[by].to_list(), self._columns[value].to_list(), strict=True)
        for group, number in pairs:
            groups.setdefault(group, []).append(number)
        sums = {group: fsum(numbers) for group, numbers in groups.items()}
        order = sorted(sums, key=lambda group: -sums[group])
        return Table(
            {
                by: order,
                "rows": [len(groups[group]) for group in order],
                value: [sums[group] for group in order],
                "mean": [sums[group] / len(groups[group]) for group in order],
            }
        )

    def _title(self) -> str:
        return ""

    def _cells(self) -> tuple[list[str], list[list[str]], list[bool], bool]:
        """Names, rows of texts, which columns are numbers, and whether rows are left out."""
        rows, half = len(self), _SHOWN // 2
        cut = rows > _SHOWN
        shown = [*range(half), *range(rows - half, rows)] if cut else list(range(rows))
        texts: list[list[str]] = []
        numeric: list[bool] = []
        for each in self._columns.values():
            items = each.take(shown).to_list()
            texts.append([_text(item) for item in items])
            numeric.append(each.kind in {"integers", "floats", "decimals"})
        lines = [[of[row] for of in texts] for row in range(len(shown))]
        if cut:
            lines.insert(half, ["…"] * len(texts))
        return self.columns, lines, numeric, cut

    def __repr__(self) -> str:
        names, lines, numeric, cut = self._cells()
        widths = [max(len(line[at]) for line in [names, *lines]) for at in range(len(names))]

        def line(cells: list[str]) -> str:
            padded = (
                cell.rjust(width) if number else cell.ljust(width)
                for cell, width, number in zip(cells, widths, numeric, strict=True)
            )
            return "  ".join(padded).rstrip()

        title = self._title()
        head = [title] if title else []
        ruler = "  ".join("-" * width for width in widths)
        foot = [f"{len(self)} rows"] if cut else []
        return "\n".join([*head, line(names), ruler, *map(line, lines), *foot])

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415

        names, lines, numeric, cut = self._cells()
        align = ["right" if number else "left" for number in numeric]

        def row(tag: str, cells: list[str]) -> str:
            made = (
                f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>'
                for cell, side in zip(cells, align, strict=True)
            )
            return f"<tr>{''.join(made)}</tr>"

        title = self._title()
        caption = f"<caption>{escape(title)}</caption>" if title else ""
        body = "".join(row("td", line) for line in lines)
        foot = f"<p>{len(self)} rows</p>" if cut else ""
        return (
            f"<table>{caption}<thead>{row('th', names)}</thead><tbody>{body}</tbody></table>{foot}"
        )


def _text(item: object) -> str:
    if item is None:
        return ""
    if isinstance(item, float):
        return f"{item:.6g}"
    return str(item)
