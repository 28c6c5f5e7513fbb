"""Columns from every library, with the same bits; and what is refused."""

from __future__ import annotations

import array
import ctypes
import gc
import subprocess
import sys
import weakref
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from goodwill import InvalidError, _native
from goodwill.analytics import Column, Table, rfm, summarize

np: Any = pytest.importorskip("numpy")
pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")
duckdb: Any = pytest.importorskip("duckdb")

ROWS = 1_000
CUSTOMERS = [f"c-{(row * 7919) % 97}" for row in range(ROWS)]
START = datetime(2025, 1, 1, tzinfo=UTC)
TIMES = [START + timedelta(minutes=(row * 104_729) % 500_000) for row in range(ROWS)]
AMOUNTS = [((row * 31) % 10_000) / 100 for row in range(ROWS)]


def naive() -> list[datetime]:
    return [time.replace(tzinfo=None) for time in TIMES]


def frames() -> dict[str, Any]:
    columns = {"customer": CUSTOMERS, "time": TIMES, "amount": AMOUNTS}
    table = pa.table({**columns, "time": pa.array(TIMES, pa.timestamp("us", "UTC"))})
    views = table.set_column(0, "customer", table["customer"].cast(pa.string_view()))
    coded = table.set_column(0, "customer", table["customer"].dictionary_encode())
    chunks = pa.concat_tables([table.slice(0, 333), table.slice(333, 1), table.slice(334)])
    different = pa.concat_tables(
        [part.slice(0) for part in (coded.slice(0, 500), coded.slice(500))]
    )
    return {
        "lists": columns,
        "texts": {**columns, "time": [time.isoformat() for time in TIMES]},
        "decimals": {**columns, "amount": [Decimal(f"{amount:.2f}") for amount in AMOUNTS]},
        "pandas": pd.DataFrame(columns),
        "pandas ns": pd.DataFrame(
            {**columns, "time": pd.Series(TIMES).astype("datetime64[ns, UTC]")}
        ),
        "pandas object": pd.DataFrame({**columns, "customer": pd.Series(CUSTOMERS, dtype=object)}),
        "pandas categories": pd.DataFrame({**columns, "customer": pd.Categorical(CUSTOMERS)}),
        "pandas arrow": table.to_pandas(types_mapper=pd.ArrowDtype),
        "polars": pl.DataFrame(columns),
        "polars lazy": pl.DataFrame(columns).lazy(),
        "polars chunks": pl.concat(
            [pl.DataFrame(columns).slice(0, 7), pl.DataFrame(columns).slice(7)], rechunk=False
        ),
        "polars categories": pl.DataFrame(columns).with_columns(
            pl.col("customer").cast(pl.Categorical)
        ),
        "polars decimals": pl.DataFrame(columns).with_columns(
            pl.col("amount").cast(pl.Decimal(12, 2))
        ),
        "pyarrow": table,
        "pyarrow seconds": table.set_column(
            1, "time", table["time"].cast(pa.timestamp("s", "UTC"))
        ),
        "pyarrow large": table.set_column(0, "customer", table["customer"].cast(pa.large_string())),
        "pyarrow views": views,
        "pyarrow dictionary": coded,
        "pyarrow chunks": chunks,
        "pyarrow dictionaries": different,
        "pyarrow batch": table.combine_chunks().to_batches()[0],
        "pyarrow reader": table.to_reader(max_chunksize=100),
        "duckdb": duckdb.from_arrow(table),
        "numpy": {
            "customer": np.array(CUSTOMERS),
            "time": np.array(naive(), dtype="M8[us]"),
            "amount": np.array(AMOUNTS),
        },
        "numpy strided": {
            "customer": np.array(CUSTOMERS, dtype=object),
            "time": np.repeat(np.array(naive(), dtype="M8[ms]"), 2)[::2],
            "amount": np.array([AMOUNTS, AMOUNTS]).T[:, 0],
        },
        "array": {**columns, "amount": array.array("d", AMOUNTS)},
    }


@pytest.fixture(scope="module")
def every() -> dict[str, Any]:
    return frames()


@pytest.mark.parametrize("name", sorted(frames()))
def test_every_library_gives_the_same_bits(every: dict[str, Any], name: str) -> None:
    """Same bits from pandas, Polars, Arrow, DuckDB, NumPy and lists."""
    expected = summarize(every["lists"], unit="week", zone="UTC", reference="2025-12-31")
    actual = summarize(frames()[name], unit="week", zone="UTC", reference="2025-12-31")
    assert actual.to_dict() == expected.to_dict()
    assert actual.report == expected.report
    assert np.array_equal(actual.spend.view("i8"), expected.spend.view("i8"))


def test_scores_have_the_same_bits(every: dict[str, Any]) -> None:
    expected = rfm(every["lists"]).to_dict()
    for name in ("pandas", "polars", "pyarrow dictionary", "duckdb"):
        assert rfm(frames()[name]).to_dict() == expected, name


def test_ids_keep_their_kind() -> None:
    ids = [UUID(int=7), UUID(int=9)]
    summary = summarize({"customer": ids, "time": [date(2026, 1, 1)] * 2}, amount=None)
    assert list(summary.customer) == [str(each) for each in ids]
    numbers = summarize(
        {"customer": np.array([7, 9], "u2"), "time": [date(2026, 1, 1)] * 2}, amount=None
    )
    assert numbers.customer.dtype == np.int64
    assert numbers.customer.tolist() == [7, 9]


def test_results_go_to_every_library() -> None:
    table = Table(
        {
            "id": ["ada", "bob", None],
            "x": [1, 2, 3],
            "y": [0.5, None, 2.5],
            "yes": [True, False, True],
        }
    )
    table_of_ours = table
    assert len(table_of_ours) == 3
    rows = [("ada", 1, 0.5, True), ("bob", 2, None, False), (None, 3, 2.5, True)]
    assert pl.DataFrame(table).rows() == rows
    arrow = pa.table(table)
    arrow.validate(full=True)
    assert [tuple(row.values()) for row in arrow.to_pylist()] == rows
    assert duckdb.from_arrow(arrow).fetchall() == rows
    assert pd.DataFrame.from_arrow(table).x.tolist() == [1, 2, 3]
    assert table.to_polars().equals(pl.DataFrame(table))
    assert table.to_arrow().equals(arrow)
    assert table.to_pandas().x.tolist() == [1, 2, 3]
    assert duckdb.sql("SELECT sum(x) FROM table_of_ours").fetchall() == [(6,)]


def test_every_kind_goes_through() -> None:
    """What comes in goes out as it was: dates, zones, decimals, dictionaries, nulls."""
    cases = [
        pa.array([1, None, -3], pa.int64()),
        pa.array([0.5, None], pa.float64()),
        pa.array([True, None, False, True, True, False, True, True, True]),
        pa.array(["a", None, "ä" * 40], pa.large_string()),
        pa.array([date(2026, 1, 31), None], pa.date32()),
        pa.array([1, None], pa.timestamp("ns", "Europe/Berlin")),
        pa.array([1, None], pa.timestamp("s")),
        pa.array([Decimal("1.20"), None], pa.decimal128(38, 2)),
        pa.array(["x", "y", "x", None]).dictionary_encode(),
        pa.nulls(3),
    ]
    for case in cases:
        back = pa.array(_native.column("values", case))
        back.validate(full=True)
        assert back.to_pylist() == case.to_pylist(), case.type
        offset = pa.array(_native.column("values", case.slice(1)))
        assert offset.to_pylist() == case.slice(1).to_pylist(), case.type
    zoned = pa.array(_native.column("values", cases[5]))
    assert zoned.type == pa.timestamp("ns", "Europe/Berlin")


def test_narrow_numbers_and_views_are_read() -> None:
    for kind in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
        assert _native.column("n", pa.array([1, None, 100], kind)).to_list() == [1, None, 100]
        assert _native.column("n", np.array([1, 100], kind)).to_list() == [1, 100]
    assert _native.column("n", pa.array([0.5, None], "float32")).to_list() == [0.5, None]
    for width in (pa.decimal32(5, 1), pa.decimal64(12, 1)):
        assert _native.column("n", pa.array([Decimal("1.5")], width)).to_list() == [Decimal("1.5")]
    texts = ["short", "longer than twelve bytes", None, ""]
    assert _native.column("n", pa.array(texts, pa.string_view())).to_list() == texts
    assert _native.column("n", pa.array([b"\1" * 16], pa.binary(16))).to_list() == [
        str(UUID(bytes=b"\1" * 16))
    ]
    assert _native.column("n", np.array([True, False, True])[::2]).to_list() == [True, True]


def test_memory_is_shared_where_it_can_be() -> None:
    numbers = np.arange(1_000.0)
    column = _native.column("n", numbers)
    view = np.asarray(column)
    assert np.shares_memory(view, numbers)
    assert not view.flags.writeable
    arrow = pa.array(numbers)
    address = pa.array(_native.column("n", arrow)).buffers()[1].address
    assert address == arrow.buffers()[1].address


def test_memory_lives_as_long_as_it_is_needed() -> None:
    class Owner(np.ndarray):  # type: ignore[misc]
        pass

    owner = np.arange(10.0).view(Owner)
    gone = weakref.ref(owner)
    column = _native.column("n", owner)
    del owner
    gc.collect()
    assert gone() is not None
    view = memoryview(column)  # type: ignore[arg-type, unused-ignore]
    del column
    assert view.tolist() == list(range(10))
    view.release()
    gc.collect()
    assert gone() is None


def test_a_stream_that_nobody_reads_is_released() -> None:
    table = Table({"x": np.arange(5.0)})
    for _ in range(10):
        table.__arrow_c_stream__()
    reader = pa.RecordBatchReader.from_stream(table)
    del table
    gc.collect()
    assert reader.read_all().column(0).to_pylist() == [0, 1, 2, 3, 4]


def refused(**changes: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "customer": [1, 2],
        "time": [date(2026, 1, 1)] * 2,
        "amount": [1.0, 2.0],
    }
    with pytest.raises(InvalidError) as caught:
        summarize({**columns, **changes})
    details: dict[str, Any] = caught.value.details
    return details


def test_errors_name_column_and_row() -> None:
    """Bad input: an error naming column, row and what is accepted."""
    assert refused(amount=[1.0, None]) | {"accepted": ""} == {
        "field": "amount",
        "row": 1,
        "accepted": "",
    }
    cases: list[tuple[str, Any, int | None]] = [
        ("customer", [1, None], 1),
        ("customer", [1.5, 2.5], None),
        ("customer", [1, "two"], 1),
        ("customer", [b"a", b"b"], 0),
        ("customer", [1, 2**63], 1),
        ("customer", np.array([1, 2**64 - 1], "u8"), 1),
        ("customer", pa.array([1, 2**64 - 1], "uint64"), 1),
        ("customer", pa.array([b"a", b"b"]), None),
        ("customer", np.array([[1, 2]]), None),
        ("customer", "customer-id", None),
        ("time", [1, 2], None),
        ("time", ["2026-01-01", "yesterday"], 1),
        ("time", ["2026-01-01", "2026-01-01T10:00:00Z"], 1),
        ("time", [START, datetime(2026, 1, 1)], 1),
        ("time", pd.Series([START, pd.NaT]), 1),
        ("time", pa.array([0, 2**62], pa.timestamp("s", "UTC")), 1),
        ("amount", [1.0, float("inf")], 1),
        ("amount", [1.0, float("nan")], 1),
        ("amount", pd.Series([1.0, float("nan")]), 1),
        ("amount", ["1.0", "2.0"], None),
        ("amount", [1, 2**60], 1),
        ("amount", [1.0], None),
        ("amount", 7, None),
    ]
    for name, values, row in cases:
        details = refused(**{name: values})
        assert details["field"] == name, (name, values)
        assert details.get("row") == row or (row is None and isinstance(details.get("row"), int)), (
            values
        )
        assert details["accepted"]


def test_rows_of_later_chunks_are_counted_through() -> None:
    chunks = pa.chunked_array([pa.array([1, 2], "uint64"), pa.array([3, 2**64 - 1], "uint64")])
    details = refused(customer=chunks)
    assert details["row"] == 3


def test_local_times_need_a_zone() -> None:
    local = {
        "customer": [1, 1],
        "time": [datetime(2026, 1, 5, 10), datetime(2026, 1, 9)],
        "amount": [1, 2],
    }
    with pytest.raises(InvalidError) as caught:
        summarize(local)
    assert caught.value.details["field"] == "zone"
    assert summarize(local, zone="Europe/Berlin").zone == "Europe/Berlin"
    with pytest.raises(InvalidError):
        summarize(local, zone="Europe/Atlantis")


@pytest.mark.parametrize("make", [list, pd.Series, pl.Series, pa.array])
def test_times_with_a_zone_keep_it(make: Any) -> None:
    """A day begins at midnight of the column's zone, not of UTC."""
    berlin = ZoneInfo("Europe/Berlin")
    times = [
        datetime(2026, 1, 5, 23, 30, tzinfo=berlin),
        datetime(2026, 1, 6, 0, 30, tzinfo=berlin),
    ]
    summary = summarize(
        {"customer": [1, 1], "time": make(times)}, amount=None, reference="2026-01-31"
    )
    assert summary.zone == "Europe/Berlin"
    assert summary.frequency.tolist() == [1]
    utc = summarize({"customer": [1, 1], "time": make(times)}, amount=None, zone="UTC")
    assert utc.frequency.tolist() == [0]


def test_hours_that_came_twice_follow_the_policy() -> None:
    log = {"customer": [1], "time": [datetime(2026, 10, 25, 2, 30)]}
    with pytest.raises(InvalidError) as caught:
        summarize(log, amount=None, zone="Europe/Berlin")
    assert caught.value.details["row"] == 0
    fixed = {
        "customer": [1],
        "time": [datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))],
    }
    assert summarize(fixed, amount=None).zone == "+02:00"


def test_missing_columns_are_named() -> None:
    for data in (
        {"who": [1]},
        pd.DataFrame({"who": [1]}),
        pl.DataFrame({"who": [1]}),
        pa.table({"who": [1]}),
    ):
        with pytest.raises(InvalidError) as caught:
            summarize(data, amount=None)
        assert caught.value.details["field"] == "customer"
    with pytest.raises(InvalidError):
        summarize(7, amount=None)


def test_what_fails_in_a_source_is_an_error() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise OSError("the database is gone")

    with pytest.raises(OSError, match="gone"):
        _native.column("n", Broken())

    class Other:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return ctypes.pythonapi

    with pytest.raises(TypeError):
        _native.column("n", Other())
    used = pa.table({"x": [1]}).to_reader()
    stream = used.__arrow_c_stream__()

    class Once:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return stream

    assert list(_native.frame("n", Once()).columns()) == ["x"]
    with pytest.raises(InvalidError):
        _native.frame("n", Once())


def test_columns_are_sequences() -> None:
    column: Column = _native.column("n", [1, None, 3])
    assert (len(column), column[0], column[-1], column[1]) == (3, 1, 3, None)
    assert column.take([2, 0]).to_list() == [3, 1]
    assert list(column) == [1, None, 3]  # type: ignore[call-overload, unused-ignore]
    with pytest.raises(IndexError):
        column[3]
    with pytest.raises(BufferError):
        memoryview(column)  # type: ignore[arg-type, unused-ignore]


def test_nothing_is_imported_that_is_not_needed() -> None:
    """Importing takes no library along, and without NumPy results are sequences and buffers."""
    program = """
import sys
for name in ("numpy", "pandas", "polars", "pyarrow", "matplotlib", "sklearn"):
    sys.modules[name] = None
from goodwill.analytics import BgNbd, GammaGamma, rfm, summarize
log = {"customer": ["a", "a", "b"], "time": ["2026-01-05", "2026-01-20", "2026-01-06"], "amount": [2.0, 3.0, 5.0]}
summary = summarize(log)
assert list(summary.frequency) == [1, 0], summary.frequency
assert memoryview(summary.age).tolist() == [15.0, 14.0]
assert list(rfm(log).segment)
model = BgNbd().fit(summary)
assert len(model.predict(summary)) == 2
print(summary)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "customers until" in done.stdout
    imported = subprocess.run(
        [sys.executable, "-c", "import goodwill.analytics, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"numpy", "pandas", "polars", "pyarrow"} & set(imported.stdout.split())
