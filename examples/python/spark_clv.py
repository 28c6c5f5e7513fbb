"""Lifetime value of any number of customers with Spark.

The summary and the prediction are stages of Spark; the fit is in between, on the driver. It needs the distinct
customers and how many there are of each, which are few: the same result as from all of them.

    pip install goodwill pyspark pyarrow pandas
    python spark_clv.py            # on a log made up for it; otherwise a Parquet file or folder
    python spark_clv.py transactions.parquet
"""

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
from goodwill.analytics import BgNbd, GammaGamma, Horizon, summarize
from pyspark.sql import SparkSession

REFERENCE = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = Horizon(periods=12, period="month", annual_rate=0.10)
SUMMARY = "customer long, frequency long, recency double, age double, spend double"
VALUE = "customer long, alive double, purchases double, value double"


def main() -> None:
    """From transactions to the best customers."""
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[1] if len(sys.argv) > 1 else made_up(Path(folder))
        # Stages run in the environment that this program runs in.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings = {"spark.sql.shuffle.partitions": 8, "spark.ui.showConsoleProgress": "false"}
        builder = SparkSession.builder.master("local[2]").appName("clv").config(map=settings)
        spark = builder.getOrCreate()
        log = spark.read.parquet(path)

        # All rows of a customer stand in one partition.
        customers = log.repartition("customer").mapInArrow(summary_of_partition, SUMMARY).cache()

        visits = (
            customers.groupBy("frequency", "recency", "age")
            .count()
            .orderBy("frequency", "recency", "age")
        )
        visits = visits.toArrow()
        model = BgNbd().fit(visits, sample_weight=visits["count"])
        spends = customers.where("frequency > 0").groupBy("frequency", "spend").count()
        spends = spends.orderBy("frequency", "spend").toArrow()
        spend = GammaGamma().fit(spends, sample_weight=spends["count"])
        print(model.summary(), spend.summary(), sep="\n\n", end="\n\n")

        # The models go to the workers as JSON below 2 KB.
        saved = model.to_json(), spend.to_json()
        values = customers.mapInArrow(lambda batches: values_of_partition(batches, *saved), VALUE)
        values.orderBy("value", ascending=False).show(5)
        total = values.groupBy().sum("value").first()[0]
        print(f"all {values.count()} customers: {total:.2f}")
        spark.stop()

        # The same in one process.
        whole = summarize(pa.parquet.read_table(path), unit="week", reference=REFERENCE)
        alone = BgNbd().fit(whole).lifetime_value(whole, GammaGamma().fit(whole), horizon=YEAR)
        print(f"in one process: {sum(alone):.2f}")


def summary_of_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Summarise the customers of a partition, which has all of their rows."""
    rows = [batch for batch in batches if batch.num_rows]
    if rows:
        summary = summarize(pa.Table.from_batches(rows), unit="week", reference=REFERENCE)
        yield from pa.table(summary).to_batches()


def values_of_partition(
    batches: Iterator[pa.RecordBatch], model: str, spend: str
) -> Iterator[pa.RecordBatch]:
    """Predict batch by batch."""
    purchases, spends = BgNbd.from_json(model), GammaGamma.from_json(spend)
    for batch in batches:
        yield pa.record_batch(
            {
                "customer": batch["customer"],
                "alive": purchases.probability_alive(batch),
                "purchases": purchases.expected_purchases(batch, 52),
                "value": purchases.lifetime_value(batch, spends, horizon=YEAR, time_unit="week"),
            }
        )


def made_up(folder: Path, customers: int = 20_000) -> str:
    """Write a log of customers who buy at a rate of their own and leave some day."""
    chance = random.Random(7)  # noqa: S311
    rows: dict[str, list[object]] = {"customer": [], "time": [], "amount": []}
    for customer in range(customers):
        at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=chance.uniform(0, 180))
        rate, leaves = chance.gammavariate(0.8, 1 / 40), chance.betavariate(1.0, 4.0)
        mean = chance.uniform(10, 90)
        while at < REFERENCE:
            for name, value in (
                ("customer", customer),
                ("time", at),
                ("amount", round(chance.gammavariate(6, mean / 6), 2)),
            ):
                rows[name].append(value)
            if chance.random() < leaves:
                break
            at += timedelta(days=chance.expovariate(max(rate, 1e-4)))
    path = folder / "transactions.parquet"
    pa.parquet.write_table(pa.table(rows), path)
    return str(path)


if __name__ == "__main__":
    main()
