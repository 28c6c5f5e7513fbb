"""Writes what is asked in analytics.json; the answers come from `core/tests/columns.rs` with GOODWILL_WRITE_VECTORS=1."""

import csv
import json
from pathlib import Path

here = Path(__file__).parent
data = here / "../../core/tests/analytics/data"
with (data / "cdnow_customers.csv").open() as file:
    rows = list(csv.DictReader(file))
with (data / "donations.csv").open() as file:
    donations = list(csv.DictReader(file))
log = [line.split() for line in (data / "cdnow_log.txt").read_text().splitlines()]
log = [row for row in log if int(row[1]) <= 300]

shared = {
    "cdnow": {
        "frequency": [int(row["x"]) for row in rows],
        "recency": [float(row["t_x"]) for row in rows],
        "age": [float(row["T"]) for row in rows],
        "spend": [float(row["zbar"]) for row in rows],
        # Who first bought in the first half of the weeks in which customers were taken on.
        "early": [int(float(row["T"]) > 33) for row in rows],
    },
    "log": {
        "customer": [int(row[1]) for row in log],
        "time": [f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:]}" for row in log],
        "amount": [float(row[4]) for row in log],
    },
    "donations": {
        "frequency": [int(row["frequency"]) for row in donations],
        "recency": [int(row["recency"]) for row in donations],
        "occasions": [int(row["periods"]) for row in donations],
        "weight": [float(row["weights"]) for row in donations],
    },
}

CUSTOMERS = {"frequency": "counts", "recency": "floats", "age": "floats"}
LOG = {"customer": "integers", "time": "texts", "amount": "floats"}
FEW = 60


def of(name, kinds, rows=None):
    cut = {} if rows is None else {"rows": rows}
    return {column: {"kind": kind, "of": f"{name}.{column}", **cut} for column, kind in kinds.items()}


models = {
    "bg_nbd": {"r": 0.25, "alpha": 4.5, "a": 0.8, "b": 2.5},
    "mbg_nbd": {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
    "pareto_nbd": {"r": 0.5533, "alpha": 10.578, "s": 0.606, "beta": 11.66},
}
errors = [[0.01 if row == column else 0.001 for column in range(4)] for row in range(4)]
calls = []


def ask(what, function, columns, **options):
    calls.append({"what": what, "function": function, "columns": columns, "options": options})


zone = {"zone": "UTC", "reference": "1998-06-30", "unit": "week"}
ask("a summary by calendar weeks", "log.summarize", of("log", LOG), **zone)
ask("a holdout, with tracking", "log.summarize", of("log", LOG), **zone, calibrationEnd="1997-09-30", tracking=True)
ask(
    "a summary in exact days on a clock that changes",
    "log.summarize",
    of("log", LOG),
    unit="day",
    zone="Europe/Berlin",
    reference="1998-06-30T12:00:00Z",
    measure={"exact": {"merge": "day"}},
    spend="all",
)
ask("a log that has nulls, texts as ids, refunds and ticks", "log.summarize", {
    "customer": {"kind": "texts", "values": ["ada", None, "bob", "ada", "eve", "ada"]},
    "time": {"kind": "instants", "values": [0, 86_400_000, 5, 864_000_000, 7, 950_400_000]},
    "amount": {"kind": "floats", "values": [20.1, 3.0, 5.05, 10.2, 0.0, -0.2]},
}, unit="day", reference="1970-02-01T00:00:00Z", policies={"nulls": "drop", "zeroAmounts": "drop"})
ask("scores and segments", "log.rfm", of("log", LOG), zone="UTC", reference="1998-06-30", map="eleven")
ask("scores of cuts and a map of one's own", "log.rfm", of("log", LOG), zone="UTC", reference="1998-06-30", scores=3,
    scoring={"cuts": {"recency": [90, 365], "frequency": [1, 3], "monetary": [50, 150.5]}},
    map={"name": "mine", "scores": 3, "segments": [{"name": "good", "codes": ["3.."]}, {"name": "other", "codes": ["[12].."]}]})
for kind, model in models.items():
    fitted = {"kind": kind, "model": model, "logCovariance": errors}
    ask(f"a fit of {kind}", "model.fit", of("cdnow", CUSTOMERS), kind=kind)
    for confidence in ({}, {"confidence": 0.9}):
        how = "with intervals" if confidence else "alone"
        ask(f"purchases of {kind} {how}", "model.purchases", of("cdnow", CUSTOMERS, FEW), model=fitted, t=39, **confidence)
        ask(f"P(alive) of {kind} {how}", "model.alive", of("cdnow", CUSTOMERS, FEW), model=fitted, **confidence)
        ask(f"P(alive) later of {kind} {how}", "model.alive", of("cdnow", CUSTOMERS, FEW), model=fitted, t=13, **confidence)
        ask(f"P(no purchase) of {kind} {how}", "model.probability", of("cdnow", CUSTOMERS, FEW), model=fitted, t=13, purchases=0,
            **confidence)
    spend = {**of("cdnow", CUSTOMERS, FEW), **of("cdnow", {"spend": "floats"}, FEW)}
    horizon = {"kind": "periods", "periods": 12, "period": 4.348125, "rate": 0.01, "payment": "end"}
    ask(f"lifetime value of {kind}", "model.value", spend, model=fitted, horizon=horizon, confidence=0.95)
    ask(f"lifetime value of {kind} without end", "model.value", spend, model=fitted, horizon={"kind": "endless", "rate": 0.002})
    ask(f"drivers of {kind}", "model.drivers", of("cdnow", CUSTOMERS, FEW), model=fitted)
    ask(f"new customers of {kind}", "model.expected", {"t": {"kind": "floats", "values": [0, 1.5, 39, 1000]}}, model=fitted)
    ask(f"numbers of purchases of {kind}", "model.pmf", {"purchases": {"kind": "counts", "values": [0, 1, 2, 30]}}, model=fitted, t=39)
ask("a fit of spend", "spend.fit", of("cdnow", {"frequency": "counts", "spend": "floats"}))
ask("spend", "spend.expected", of("cdnow", {"frequency": "counts", "spend": "floats"}, FEW),
    model={"model": {"p": 6.25, "q": 3.74, "v": 15.44}})
ask("a fit of occasions on weights", "occasions.fit", of("donations", {"frequency": "counts", "recency": "counts", "occasions": "counts", "weight": "floats"}))
donors = {"model": {"alpha": 1.2, "beta": 0.75, "gamma": 0.66, "delta": 2.78}, "logCovariance": errors}
some = {"frequency": {"kind": "counts", "values": [6, 2, 0]}, "recency": {"kind": "counts", "values": [6, 3, 0]},
        "occasions": {"kind": "counts", "values": [6, 6, 6]}}
for after in (0, 5):
    ask(f"P(alive) after {after} occasions with intervals", "occasions.alive", some, model=donors, t=after, confidence=0.9)
ask("P(one purchase) at occasions with intervals", "occasions.probability", some, model=donors, t=5, purchases=1, confidence=0.9)
ask("regular customers", "model.fit_regular", of("cdnow", CUSTOMERS), regularity=2, most=6, leavesAtOnce=True, lnWaits=0)
# The first two have next to no history, so that the events of the time are too many to sum.
rare = {"model": {"r": 0.3, "alpha": 1e-4, "a": 0.8, "b": 2.4, "regularity": 3, "leavesAtOnce": True}, "logCovariance": errors}
regular = {"frequency": {"kind": "counts", "values": [0, 0, 2, 7]}, "recency": {"kind": "floats", "values": [0, 0, 9, 38.5]},
           "age": {"kind": "floats", "values": [0, 0.001, 20, 39]}}
ask("purchases of regular customers", "model.purchases", regular, model={"kind": "cnbd", **rare}, t=39, confidence=0.9)
ask("P(alive) later of regular customers", "model.alive", regular, model={"kind": "cnbd", **rare}, t=13, confidence=0.9)
ask("quality", "holdout.quality", {"predicted": {"kind": "floats", "values": [0.1, 3.3, 0.7]}, "actual": {"kind": "counts", "values": [0, 4, 1]}})
ask("retention", "cohorts.retention", of("log", {"customer": "integers", "time": "texts"}), unit="quarter", zone="UTC",
    end="1998-06-30", clock={"kind": "calendar"}, retention={"kind": "n_day", "last": 3})
early = of("cdnow", {"early": "counts"})["early"]
for kind, parts in (("bg_nbd", 2), ("pareto_nbd", 1)):
    ask(f"a fit of {kind} with a covariate", "model.fit", {**of("cdnow", CUSTOMERS), "covariate:early": early}, kind=kind,
        covariates=["early"])
    moved = {"names": ["early"], "purchases": [0.2], "dropout": [[-0.1]] * parts}
    size = 5 + parts
    errors = [[0.01 if row == column else 0.001 for column in range(size)] for row in range(size)]
    fitted = {"kind": kind, "model": models[kind], "logCovariance": errors, "covariates": moved}
    few = {**of("cdnow", CUSTOMERS, FEW), **of("cdnow", {"spend": "floats"}, FEW), "covariate:early": {**early, "rows": FEW}}
    ask(f"purchases of {kind} with a covariate", "model.purchases", few, model=fitted, t=39, confidence=0.9)
    ask(f"lifetime value of {kind} with a covariate", "model.value", few, model=fitted, horizon={"kind": "endless", "rate": 0.002})
    ask(f"new customers of {kind} with a covariate", "model.expected", {"t": {"kind": "floats", "values": [1.5, 39]}},
        model=fitted, covariates=[1])
    ask(f"a score of {kind} with a covariate", "model.log_likelihood", {**of("cdnow", CUSTOMERS), "covariate:early": early},
        model=fitted)


def fit_of(likelihood, parameters):
    return {"model": None, "logLikelihood": likelihood, "customers": 2357, "parameters": parameters,
            "identification": "identified", "evaluations": 1}


ask("whether covariates say something", "model.likelihood_ratio", {}, fit=fit_of(-9572.5, 7), restricted=fit_of(-9582.4, 4))
ask("totals of customers", "customers.totals", {
    "customer": {"kind": "texts", "values": ["ada", "bob", "ada", "ada", "ada", "bob"]},
    "kind": {"kind": "texts", "values": ["payment", "expense", "payment", "expense", "job", "payment"]},
    "amount": {"kind": "floats", "values": [100.1, 5.0, -20.05, 30.0, None, 0.0]},
}, currency="EUR")
ask("VIPs, some of whom a person decided on", "vip", {
    "spend": {"kind": "floats", "values": [9000.0, 10.0, None, 9000.0]},
    "manual": {"kind": "texts", "values": [None, "granted", None, "refused"]},
})
ask("a row that is wrong", "model.fit", {
    "frequency": {"kind": "counts", "values": [1, 2]},
    "recency": {"kind": "floats", "values": [3.0, 41.0]},
    "age": {"kind": "floats", "values": [38.0, 40.0]},
}, kind="bg_nbd")

functions = [
    ("nps", "survey.nps", {"ratings": [10, 9, 9, 8, 7, 3]}),
    ("csat", "survey.csat", {"ratings": [5, 4, 4, 2, 1]}),
    ("ces", "survey.ces", {"ratings": [7, 6, 3, 5]}),
    ("a scale of one's own", "survey.top_box", {"ratings": [1, 2, 3, 3], "lowest": 1, "highest": 3, "countFrom": 3}),
    ("a mean", "survey.mean_score", {"scores": [1.5, 3, 4.25], "lowest": 1, "highest": 5}),
    ("health", "customer.health", {"values": {"engagement": 60, "satisfaction": 4, "days_since_purchase": 73, "open_complaints": 1}, "previous": 75}),
    ("the risk to leave", "customer.churn_risk", {"values": {"gaps_since_purchase": 4, "open_complaints": 2}}),
    ("engagement", "customer.engagement", {"activities": [{"kind": "purchase", "ageDays": 2}, {"kind": "visit", "ageDays": 5}]}),
    ("a VIP", "customer.vip", {"facts": {"spend": 2500, "orders": 3, "tenureDays": 900}}),
    ("a segment", "rfm.segment", {"code": 534, "map": "ten"}),
    ("an explanation", "rfm.explain", {"recency": 3, "frequency": 7, "monetary": 120.5, "bins": {
        name: [{"score": score, "above": above, "upTo": to, "lowest": None, "highest": None, "customers": 2} for score, above, to in bins]
        for name, bins in {
            "recency": [(1, 90, None), (2, 30, 90), (3, 10, 30), (4, 3, 10), (5, None, 3)],
            "frequency": [(1, None, 1), (2, 1, 2), (3, 2, 4), (4, 4, 8), (5, 8, None)],
            "monetary": [(1, None, 10), (2, 10, 50), (3, 50, 100), (4, 100, 200), (5, 200, None)],
        }.items()}}),
    ("a rating beyond the scale", "survey.nps", {"ratings": [10, 11]}),
    ("a part that the model does not know", "customer.health", {"values": {"mood": 1}}),
    ("a value that cannot be", "customer.health", {"values": {"engagement": 160}}),
]
vectors = {
    "data": shared,
    "calls": calls,
    "functions": [{"what": what, "function": name, "input": json.dumps(given)} for what, name, given in functions],
}
text = json.dumps(vectors, ensure_ascii=False)
(here / "analytics.json").write_text(text.replace('}, {"what"', '},\n{"what"') + "\n")
