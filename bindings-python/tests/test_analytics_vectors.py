"""The calls that every language makes: the same bytes, from every library, for any number of threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from goodwill import _native
from goodwill._runtime import error_of_envelope
from goodwill.analytics._columns import take

np: Any = pytest.importorskip("numpy")
pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")
duckdb: Any = pytest.importorskip("duckdb")

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "tests/vectors/analytics.json").read_text()
)
KINDS: dict[str, Any] = {
    "floats": pa.float64(),
    "counts": pa.uint32(),
    "integers": pa.int64(),
    "instants": pa.timestamp("ms", "UTC"),
    "texts": pa.string(),
}


def cells(column: dict[str, Any]) -> list[Any]:
    if "of" not in column:
        return list(column["values"])
    values: Any = VECTORS["data"]
    for key in column["of"].split("."):
        values = values[key]
    return list(values[: column.get("rows")])


def arrow(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: pa.array(cells(of), KINDS[of["kind"]]) for name, of in columns.items()}


def written(item: Any) -> Any:
    """Write what JSON does not have: not a number is null, and a decimal is a text."""
    if isinstance(item, float) and item != item:  # noqa: PLR0124
        return None
    return str(item) if isinstance(item, Decimal) else item


def numpy(name: str, array: Any) -> Any:
    if array.null_count or pa.types.is_string(array.type):
        return array.to_pylist()
    if pa.types.is_timestamp(array.type):
        return _native.column(name, array.cast(pa.int64()).to_numpy(), unit="ms", zone="UTC")
    return array.to_numpy()


def tables(columns: dict[str, Any], library: str) -> Any:
    """Take the columns as a user of a library has them; those of a frame have one length."""
    arrays = arrow(columns)
    if library == "numpy":
        return {name: numpy(name, array) for name, array in arrays.items()}
    if library == "pyarrow" or len({len(array) for array in arrays.values()}) > 1:
        return arrays
    table = pa.table(arrays)
    if library == "pandas":
        return table.to_pandas(types_mapper=pd.ArrowDtype) if arrays else {}
    return pl.from_arrow(table) if library == "polars" else duckdb.from_arrow(table)


@pytest.mark.parametrize("library", ["numpy", "pandas", "polars", "pyarrow", "duckdb"])
@pytest.mark.parametrize("asked", VECTORS["calls"], ids=lambda asked: asked["what"])
def test_the_vectors_hold(asked: dict[str, Any], library: str) -> None:
    """F519, F520, F521, F201: the same bytes as in every language, from every library."""
    columns = asked["columns"]
    data: Any = tables(columns, library) if columns else {}
    given = take(data, {name: name for name in columns})
    expected = asked["answer"]
    wanted = json.loads(expected["envelope"])
    if "ok" not in wanted:
        of_envelope = error_of_envelope(expected["envelope"])
        with pytest.raises(type(of_envelope)) as raised:
            _native.analyze(asked["function"], given, json.dumps(asked["options"]))
        assert str(raised.value) == str(of_envelope)
        assert raised.value.details == of_envelope.details
        return
    made, answer = _native.analyze(asked["function"], given, json.dumps(asked["options"]))
    assert f'{{"ok":{answer}}}' == expected["envelope"]
    lists = {name: [written(item) for item in column.to_list()] for name, column in made.items()}
    assert lists == expected["columns"]


@pytest.mark.parametrize("asked", VECTORS["functions"], ids=lambda asked: asked["what"])
def test_the_vectors_of_functions_hold(asked: dict[str, Any]) -> None:
    assert _native.compute(asked["function"], asked["input"]) == asked["answer"]


THREADS = """
import hashlib, os, sys
if sys.argv[1] == "one" and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import numpy as np
from goodwill.analytics import BgNbd, GammaGamma, Policies, rfm, summarize
rows = np.arange(400_000, dtype="i8")
log = {
    "customer": rows * 7919 % 30_011,
    "time": np.datetime64("2025-01-01", "us") + (rows * 104_729 % 500_000_000).astype("m8[ms]") * 60,
    "amount": rows * 31 % 10_000 / 100,
}
earlier = Policies(local_times="earlier")
summary = summarize(log, zone="Europe/Berlin", reference="2026-01-31", policies=earlier)
scored = rfm(log, zone="UTC")
bytes = hashlib.sha256()
for table in (summary, scored):
    for name in table.columns:
        bytes.update(repr(table.to_dict()[name]).encode())
model = BgNbd().fit(summary)
spend = GammaGamma().fit(summary)
for text in (model.to_json(), spend.to_json()):
    bytes.update(text.encode())
bytes.update(model.predict(summary, t=30).tobytes())
print(bytes.hexdigest())
"""


def test_the_number_of_threads_shows_nowhere() -> None:
    """The same bits for any number of threads."""
    made = {
        subprocess.run(
            [sys.executable, "-c", THREADS, threads],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": threads.replace("one", "1").replace("all", "2")},
        ).stdout
        for threads in ("one", "all")
    }
    assert len(made) == 1
