"""Writes the inputs of functions.json and features.json: calls that every language must answer alike.

    python3 tests/vectors/make_functions.py
    GOODWILL_WRITE_VECTORS=1 cargo test -p goodwill --test operations

The answers are made by the second command, and then read by a person.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent
calls = []
features = []


def vectors(name):
    return json.loads((HERE / name).read_text())


def call(what, function, **given):
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    calls.append({"what": what, "function": function, "input": text})


prompts = vectors("prompts.json")["prompts"]
for case in prompts:
    call(f"{case['prompt']} over its example", "prompt.render", prompt=case["prompt"], input=case["data"], settings={"compatible": True})
for prompt in sorted({case["prompt"] for case in prompts}):
    call(f"the form of {prompt}", "prompt.answer_format", prompt=prompt)

example = next(case["data"] for case in prompts if case["prompt"] == "sentiment_analysis" and case["data"])
strict = {"prompt": "sentiment_analysis", "input": example}
call("in German, in Berlin", "prompt.render", **strict, settings={"locale": "de", "zone": "+01:00", "currency": "EUR"})
call("within few tokens", "prompt.render", **strict, settings={"mostTokens": 400})
call("names are replaced", "prompt.render", **strict, settings={"personal": "pseudonym", "known": [{"kind": "person", "text": "Ada Löve"}]})
call("names are masked", "prompt.render", **strict, settings={"personal": "mask", "known": [{"kind": "person", "text": "Ada Löve"}]})
own = [{"path": "prompts/greeting.prompt", "text": "---\ninput:\n  schema: {name: string}\ngoodwill.version: 2.0.0\ngoodwill.trust: {default: line}\n---\n{{role \"system\"}}Be kind.{{role \"user\"}}{{> sign}} {{name}}"}, {"path": "prompts/_sign.prompt", "text": "Dear"}]
call("the host's own prompt", "prompt.render", prompt="greeting@2.0.0", input={"name": "Ada\nLöve"}, settings={"files": own})
call("something is missing", "prompt.render", prompt="greeting", input={}, settings={"files": own})
call("no such prompt", "prompt.render", prompt="nope", input={})
call("no such language", "prompt.render", **strict, settings={"locale": "xx"})
call("no such setting", "prompt.render", **strict, settings={"colour": "red"})
call("the prompts of the host and of the library", "prompt.list", files=own)
for case in vectors("prompt_previews.json")["cases"]:
    call("a preview", "prompt.preview", source=case["source"], input=case["input"])
for case in vectors("prompt_checks.json")["checks"]:
    call("a check", "prompt.lint", files=[{"path": "a.prompt", "text": f"---\n{case['head']}\n---\n{case['body']}"}])
for case in vectors("prompt_personal.json")["cases"]:
    known = [{"kind": {"ID": "national_id", "TEXT": "other"}.get(kind, kind.lower()), "text": text} for kind, text in case["known"]]
    call("personal data", "personal.mask", text=case["text"], known=known)
for path in sorted((HERE / "answers").glob("*.json")):
    answers = json.loads(path.read_text())
    for case in answers["cases"][::6]:
        call(f"{answers['prompt']}: {case['name']}", "prompt.parse_answer", prompt=answers["prompt"], answer=case["text"], given=answers["given"])
for case in vectors("twins.json")["cases"]:
    call(f"{case['prompt']} by rules", "prompt.answer_by_rules", prompt=case["prompt"], input=case["input"])
company = json.loads((HERE / "../../examples/data/customers.json").read_text())
facts = [{**customer, "technicians": company["technicians"]} for customer in company["customers"]]
context = {
    "now": "2026-03-01T08:00:00Z",
    "zone": "+01:00",
    "company": "Fixit",
    "holidays": [{"name": "Women's Day", "day": "2026-03-08"}, {"name": "Easter", "day": "2026-04-05"}],
}
focus = {
    "appliance": "washer-1",
    "job": "JOB-4",
    "purpose": "say when the technician comes",
    "request": {"issue": "does not spin", "appliance": "washer-1", "skills": ["electrics"]},
    "call": {"startedAt": "2026-02-19T08:00:00Z", "direction": "inbound", "minutes": 3.5, "agentName": "Ulla", "lines": [{"speaker": "Ada", "text": "It leaks again."}]},
    "churn": {"level": "High", "probability": 0.714, "drivers": [{"name": "days since the last job", "value": 190, "usual": 62}]},
}
for prompt in sorted({case["prompt"] for case in prompts}):
    call(f"what {prompt} is told", "prompt.context", prompt=prompt, facts=facts[0], context=context, focus=focus)
for prompt in ["followup_suggestions", "profitability_analysis", "timeline_summary"]:
    call(f"what {prompt} is told of a new customer", "prompt.context", prompt=prompt, facts=facts[1], context=context)
call("a prompt that needs more", "prompt.context", prompt="maintenance_alert", facts=facts[0], context=context)
call("an expense for a job of another customer", "prompt.context", prompt="timeline_summary", context=context, facts={**facts[0], "expenses": [{"amount": {"amount": "1.00", "currency": "EUR"}, "incurredAt": "2026-01-01T00:00:00Z", "category": "Parts", "job": "JOB-8"}]})
for one in facts:
    call("figures", "customer.financials", facts=one, context=context)
    call("occasions", "customer.occasions", facts=one, context=context)
call("who can go", "technician.candidates", facts=facts[0], request=focus["request"], context=context)
call("what is known about appliances", "appliance.profiles")
call("a template", "template.render", template="{{#each a}}{{@index}}: {{money this 'EUR'}} {{/each}}{{> b}}", input={"a": [1, 2.5, 1e3]}, partials={"b": "end"})
call("a template that cannot be read", "template.render", template="{{#if}}", input={})
call("no such function", "prompt.nope")



def feature(operation, facts, **given):
    request = json.dumps({"input": {"facts": facts, "context": context, **given}}, ensure_ascii=False)
    features.append({"operation": operation, "request": request})


for one in facts:
    for operation in ["customer.timeline_summary", "customer.followup_suggestions", "customer.greeting", "customer.sentiment", "customer.profitability", "customer.maintenance", "job.survey", "job.reply", "customer.insight_cards"]:
        feature(operation, one)
feature("customer.greeting", facts[1], occasion="easter")
feature("appliance.maintenance", facts[0], appliance="boiler-1")
feature("appliance.maintenance", facts[0], appliance="oven-1")
feature("technician.match", facts[0], request=focus["request"])
feature("job.survey", facts[0], job="JOB-4")
feature("job.message", facts[0], purpose=focus["purpose"])
feature("call.summary", facts[0], call=focus["call"])
feature("customer.churn_explanation", facts[0], churn=focus["churn"])
feature("customer.timeline_summary", facts[0], settings={"forceRefresh": True, "render": {"locale": "xx"}})

out = {"about": "What is written about customers without a model, byte for byte, in every language with an engine that can ask one.", "calls": features}
(HERE / "features.json").write_text(json.dumps(out, ensure_ascii=False, indent=2) + "\n")
out = {"about": "Calls of functions that need no engine, and their answers, byte for byte.", "calls": calls}
(HERE / "functions.json").write_text(json.dumps(out, ensure_ascii=False, indent=2) + "\n")
