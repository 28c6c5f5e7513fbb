"""Asks a real model every prompt of the library, and writes down what comes of it.

    python with_server.py --context 8192 SmolLM2.gguf python in_practice.py "SmolLM2" in-practice.md

Each prompt is asked over its example of tests/vectors/prompts.json in three ways: freely, held to the JSON
Schema of its answer, and held to the grammar of its answer. Rules never help out. `scripts/models` runs it with
a model that comes in a wheel.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from goodwill import (
    Answered,
    AskSettings,
    Goodwill,
    GoodwillError,
    Key,
    KnownText,
    ModelAnswer,
    ModelOptions,
    ModelRequest,
    PromptSettings,
    prompts,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "prompts.json"
SEED = 1
ATTEMPTS = 2
MOST_OUTPUT = 400

Way = Literal["freely", "by schema", "by grammar"]
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass
class Model:
    """The model behind a server that speaks OpenAI's protocol, always asked with the same seed."""

    url: str
    held_to: dict[str, object]
    input_tokens: int = 0
    output_tokens: int = 0
    attempts: int = 0
    text: str = ""

    def __call__(self, request: ModelRequest) -> ModelAnswer:
        most = min(request.max_output_tokens or MOST_OUTPUT, MOST_OUTPUT)
        messages = [{"role": one.role, "content": one.content} for one in request.messages]
        asked = {
            "messages": messages,
            "max_tokens": most,
            "temperature": 0,
            "seed": SEED,
            **self.held_to,
        }
        body = json.dumps(asked).encode()
        headers = {"content-type": "application/json"}
        sent = urllib.request.Request(f"{self.url}/v1/chat/completions", body, headers)
        self.attempts += 1
        with urllib.request.urlopen(sent, timeout=300) as answer:
            said = json.load(answer)
        usage, choice = said["usage"], said["choices"][0]
        self.input_tokens += usage["prompt_tokens"]
        self.output_tokens += usage["completion_tokens"]
        self.text = choice["message"]["content"]
        return ModelAnswer(
            text=self.text, cut=choice["finish_reason"] == "length", model=said["model"]
        )


@dataclass
class Outcome:
    """What came of a prompt that was asked one way."""

    model: Model
    answer: Answered | None
    failure: str

    def in_short(self) -> str:
        if self.answer is None:
            return f"none: `{self.failure}`"
        if self.answer.missing:
            return f"incomplete: {len(self.answer.missing)} missing"
        warned = f", {count(len(self.answer.warnings), 'warning')}" if self.answer.warnings else ""
        return ("**typed**" if self.answer.acceptable else "typed, not acceptable") + warned

    def is_typed(self) -> bool:
        return self.answer is not None and not self.answer.missing

    def is_acceptable(self) -> bool:
        return self.answer is not None and self.answer.acceptable


def held_to(way: Way, prompt: str, given: object) -> dict[str, object]:
    form = prompts.answer_format(prompt, input=given)
    if way == "by schema":
        schema = {"name": prompt, "schema": form.json_schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    return {"grammar": form.grammar} if way == "by grammar" else {}


def ask(url: str, way: Way, prompt: str, given: dict[str, Any]) -> Outcome:
    model = Model(url, held_to(way, prompt, given))
    name = KnownText(kind="person", text=given["customer"]["name"]) if "customer" in given else None
    settings = AskSettings(
        attempts=ATTEMPTS,
        form="json" if way == "by schema" else "labelled",
        no_rules=True,
        partial=True,
        render=PromptSettings(known=[name] if name else []),
    )
    options = ModelOptions(patience_seconds=900)
    with Goodwill(keys=[Key("example", bytes(32))], model=model, models=options) as goodwill:
        try:
            return Outcome(model, goodwill.ask(prompt, given, settings), "")
        except GoodwillError as error:
            return Outcome(model, None, error.code)


def count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def shortened(value: Any) -> Any:
    """The value with texts that fit a page."""
    if isinstance(value, str) and len(value) > 240:
        return value[:240].rstrip() + " …"
    if isinstance(value, list):
        return [shortened(one) for one in value]
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    return value


def details(way: Way, outcome: Outcome) -> list[str]:
    model, answer = outcome.model, outcome.answer
    lines = [
        f"*Asked {way}*: {outcome.in_short()}; {count(model.attempts, 'request')}, "
        f"{model.input_tokens} tokens in, {model.output_tokens} out.",
        "",
    ]
    if answer is None:
        return [*lines, "The last answer began:", "", "```text", shortened(model.text), "```", ""]
    if answer.missing:
        lines += [f"Missing: {', '.join(f'`{path}`' for path in answer.missing)}.", ""]
    lines += [
        f"- {one.kind}{f' in `{one.path}`' if one.path else ''}: expected {one.expected}"
        for one in answer.warnings
    ]
    lines += [""] if answer.warnings else []
    value = json.dumps(shortened(answer.value), ensure_ascii=False, indent=2)
    return [*lines, "```json", value, "```", ""]


CONCLUSIONS = """\
## What to conclude

The model has 135 million parameters, a thousandth of what services offer: it shows what goes wrong, not what to
expect of a good one.

- **A form has to be held, not asked for.** Told the form in words, the model repeats itself until its tokens are
  used up. Held to the JSON Schema or the grammar of the same declaration, it gives about half of the prompts every
  field, for fewer tokens. A service that takes a schema is given it without being asked to (`settings.form` says otherwise);
  for one that takes GBNF, `prompts.answerFormat(…).grammar` has it.
- **Typed is not true.** Many values below are nonsense in the right form. The checks find what can be counted:
  sentences, words, ranges, names that were offered, placeholders. `acceptable` says whether all of them passed, and
  what is not acceptable is posted by nobody but a person. What a model of this size writes needs one in any case.
- **What is held to a form can still have no end.** An entry that repeats itself uses up the tokens, and the answer is
  incomplete, with the names of what is missing. More room or a larger model helps; asking again with the same seed
  does not.
- **Every prompt has an answer all the same.** Here rules may not help out. Unless `noRules` says so, the
  deterministic twin answers wherever this page says *incomplete*, and `failure` says why.
"""


def page(name: str, outcomes: dict[str, dict[Way, Outcome]]) -> str:
    total = len(outcomes)
    lines = [
        "# Models in practice",
        "",
        f"Written by `scripts/models`: every prompt of the library, asked of {name}",
        f"on a server of llama.cpp, over the example that the tests share. Temperature 0, seed {SEED}, at most "
        f"{ATTEMPTS} requests",
        f"and {MOST_OUTPUT} tokens an answer. Rules did not help out.",
        "",
        "*Typed* means that every required field was found and has its type; *acceptable* that it also passed every",
        "check: lengths, ranges, names among those offered, no placeholder left. *Incomplete* is what was found, with the",
        "names of what is missing.",
        "",
        "| prompt | " + " | ".join(WAYS) + " |",
        "|---|" + "---|" * len(WAYS),
    ]
    for prompt, ways in outcomes.items():
        lines.append(f"| `{prompt}` | " + " | ".join(ways[way].in_short() for way in WAYS) + " |")
    for label, test in (("typed", Outcome.is_typed), ("acceptable", Outcome.is_acceptable)):
        counts = [sum(test(ways[way]) for ways in outcomes.values()) for way in WAYS]
        lines.append(f"| *{label}* | " + " | ".join(f"{one} of {total}" for one in counts) + " |")
    costs = []
    for way in WAYS:
        models = [ways[way].model for ways in outcomes.values()]
        requests = sum(model.attempts for model in models)
        out = sum(model.output_tokens for model in models)
        costs.append(f"{requests} requests, {out} tokens out")
    lines += ["| *cost* | " + " | ".join(costs) + " |", ""]
    lines += [CONCLUSIONS, "## What was answered", ""]
    for prompt, ways in outcomes.items():
        lines += [f"### {prompt}", ""]
        for way in WAYS:
            lines += details(way, ways[way])
    return "\n".join(lines).rstrip() + "\n"


def main(name: str, target: str) -> None:
    url = os.environ["GOODWILL_LLM_URL"]
    outcomes: dict[str, dict[Way, Outcome]] = {}
    for one in json.loads(VECTORS.read_text(encoding="utf-8"))["prompts"]:
        prompt, given = one["prompt"], one["data"]
        if not given:
            continue
        outcomes[prompt] = {way: ask(url, way, prompt, given) for way in WAYS}
        print(
            prompt, *(f"{way}: {it.in_short()}" for way, it in outcomes[prompt].items()), sep="\n  "
        )
        # So that nothing is lost when it is broken off.
        Path(target).write_text(page(name, outcomes), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
