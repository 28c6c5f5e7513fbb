"""Writes answers/*.json: answers as models write them, and what they mean.

Every expectation is known before the answer is written: a value is printed in a style (this file's
own printer, not the library's), or the case is written by hand in answers_by_hand.py.

    python3 tests/vectors/make_answers.py
"""

import json
import pathlib

from answers_by_hand import BASES, CASES, GIVEN

HERE = pathlib.Path(__file__).parent / "answers"

# The labels of the formats, with the kind of each field.
FORMATS = {
    "profitability_analysis": [("summary", "PROFITABILITY ANALYSIS", "text"), ("keyObservation", "KEY OBSERVATION", "text"),
        ("recommendation", "RECOMMENDATION", "text"), ("classification", "CLASSIFICATION", "word")],
    "timeline_summary": [("relationshipSummary", "CUSTOMER RELATIONSHIP SUMMARY", "text"), ("communicationPreferences", "COMMUNICATION PREFERENCES", "text"),
        ("recurringThemes", "RECURRING THEMES", "text"), ("opportunities", "OPPORTUNITIES", "text")],
    "followup_suggestions": [("suggestions", "FOLLOW-UP SUGGESTIONS", "suggestions")],
    "occasion_message": [("occasion", "OCCASION", "word"), ("message", "MESSAGE", "draft")],
    "sentiment_analysis": [("communications", "COMMUNICATION ANALYSIS", "communications"), ("overall", "OVERALL SENTIMENT", "overall"),
        ("themes", "DOMINANT THEMES", "list"), ("issues", "KEY ISSUES TO ADDRESS", "list"), ("opportunities", "OPPORTUNITIES", "list")],
    "maintenance_alert": [("risk", "MAINTENANCE RISK ASSESSMENT", "word"), ("predictedNeeds", "PREDICTED MAINTENANCE NEEDS", "needs"),
        ("actions", "RECOMMENDED PREVENTATIVE ACTIONS", "list"), ("optimalTiming", "OPTIMAL TIMING", "word"),
        ("costSavings", "POTENTIAL COST SAVINGS", "word"), ("alertPriority", "ALERT PRIORITY", "word")],
    "technician_matching": [("primary", "PRIMARY TECHNICIAN RECOMMENDATION", "primary"), ("alternatives", "ALTERNATIVE RECOMMENDATIONS", "alternatives"),
        ("specialNotes", "SPECIAL NOTES FOR ASSIGNED TECHNICIAN", "list")],
    "survey_questions": [("introduction", "INTRODUCTION", "draft"), ("questions", "QUESTIONS", "questions"), ("closing", "CLOSING", "text")],
    "customer_message": [("title", "TITLE", "word"), ("message", "MESSAGE", "draft")],
    "message_reply": [("reply", "REPLY", "draft"), ("needsPerson", "NEEDS A PERSON", "yes or no"), ("openQuestion", "OPEN QUESTION", "word")],
    "call_summary": [("summary", "CALL SUMMARY", "text"), ("reason", "REASON FOR CALL", "word"), ("outcome", "OUTCOME", "word"), ("sentiment", "SENTIMENT", "number"),
        ("actions", "ACTION ITEMS", "to do"), ("callBackOn", "CALL BACK ON", "word")],
    "churn_explanation": [("risk", "CHURN RISK", "word"), ("explanation", "EXPLANATION", "text"), ("drivers", "DRIVERS", "drivers"), ("recommendation", "RECOMMENDATION", "text")],
    "insight_cards": [("cards", "INSIGHT CARDS", "cards")],
}


def title(label):
    return " ".join(word.capitalize() for word in label.split(" "))


class Style:
    """How one model writes: labels, bullets, numbers, quotes."""

    def __init__(self, name, label=lambda at, label: f"{label}:", inline=False, bullet=lambda at: "- ", number=lambda at, text: f"{at}. {text}",
                 sub=lambda label: f"{label}:", quote=('"', '"'), dash=" - ", wrap=lambda text: text, indent="   ", gap="\n\n", plus=False, warnings=()):
        self.__dict__.update(locals())

    def number_of(self, value):
        return f"+{value}" if self.plus and value > 0 else str(value)

    def block(self, kind, value):
        q1, q2 = self.quote
        if kind in ("text", "word"):
            return value
        if kind == "draft":
            return f"{q1}{value}{q2}"
        if kind == "list":
            return "\n".join(f"{self.bullet(at)}{item}" for at, item in enumerate(value, 1)) or "None"
        if kind == "needs":
            return "\n".join(f"{self.bullet(at)}{item['component']}{self.dash}{item['likelihood']}" for at, item in enumerate(value, 1))
        if kind == "drivers":
            return "\n".join(f"{self.bullet(at)}{item['driver']}{self.dash}{item['evidence']}" for at, item in enumerate(value, 1))
        if kind == "yes or no":
            return "Yes" if value else "no"
        if kind == "number":
            return self.number_of(value)
        if kind == "to do":
            parts = lambda item: "".join(f" | {self.sub(label)} {item[name]}" for name, label in (("owner", "OWNER"), ("due", "DUE")) if name in item)
            return "\n".join(f"{self.bullet(at)}{item['action']}{parts(item)}" for at, item in enumerate(value, 1)) or "None"
        if kind in ("questions", "cards"):
            title, *labels = {"questions": (("question", ""), ("answer", "ANSWER")),
                "cards": (("title", ""), ("insight", "INSIGHT"), ("action", "ACTION"), ("impact", "IMPACT"))}[kind]
            return self.gap.join(self.number(at, item[title[0]]) + "".join(f"\n{self.indent}{self.sub(label)} {item[name]}" for name, label in labels) for at, item in enumerate(value, 1))
        if kind == "overall":
            return f"{self.number_of(value['average'])} ({value['description']})"
        if kind == "primary":
            return f"{self.sub('Technician')} {self.who(value)}\n{self.sub('Reason')} {value['reason']}"
        if kind == "alternatives":
            return "\n".join(self.number(at, f"{self.who(item)}{self.dash}{item['reason']}") for at, item in enumerate(value, 1))
        if kind == "suggestions":
            return self.gap.join(self.number(at, item["title"]) + "".join(
                f"\n{self.indent}{self.sub(label)} {item[name]}" for name, label in (("reason", "REASON"), ("timing", "TIMING")))
                + f"\n{self.indent}{self.sub('DRAFT MESSAGE')} \n{self.indent}{q1}{item['draftMessage']}{q2}" for at, item in enumerate(value, 1))
        if kind == "communications":
            # A list on one line: semicolons, or the word for none.
            many = lambda items, mark: mark.join(items) or "None"
            return "\n".join(f"{self.bullet(at)}{item['date']} | {self.sub('SENTIMENT')} {self.number_of(item['score'])} | {self.sub('THEMES')} {many(item['themes'], ', ')}"
                f"\n{self.indent}{self.sub('ISSUES')} {many(item['issues'], '; ')}\n{self.indent}{self.sub('OPPORTUNITIES')} {many(item['opportunities'], '; ')}" for at, item in enumerate(value, 1))
        raise ValueError(kind)

    def who(self, item):
        technician = item["technician"]
        return f"{technician['name']} (ID: {technician['id']})" if self.plus else technician["name"]

    def text(self, prompt, value):
        sections = []
        for at, (name, label, kind) in enumerate(FORMATS[prompt], 1):
            # What is optional and not there has no label.
            if name not in value:
                continue
            block = self.block(kind, value[name])
            on_line = kind in ("word", "overall", "number", "yes or no") or (self.inline and kind in ("text", "draft"))
            sections.append(self.label(at, label) + (" " if on_line else "\n") + block)
        return self.wrap("\n\n".join(sections))


STYLES = [
    Style("as asked"),
    Style("bold labels", lambda at, label: f"**{label}:**", sub=lambda label: f"**{label}:**", number=lambda at, text: f"**{at}. {text}**" if " - " not in text else f"{at}. {text}"),
    Style("bold, colon outside, title case", lambda at, label: f"**{title(label)}**:", sub=lambda label: f"**{title(label)}**:", bullet=lambda at: "* "),
    Style("headings with colon", lambda at, label: f"### {title(label)}:", bullet=lambda at: "• ", number=lambda at, text: f"{at}) {text}"),
    Style("lower case, on the line", lambda at, label: f"{label.lower()}:", inline=True, sub=lambda label: f"{label.lower()}:", quote=("“", "”")),
    Style("numbered labels", lambda at, label: f"{at}. {label}:", number=lambda at, text: f"{at}. {text}", bullet=lambda at: "- "),
    Style("full-width colons", lambda at, label: f"{label}：", sub=lambda label: f"{label}：", dash=" – "),
    Style("fenced", wrap=lambda text: f"```\n{text}\n```"),
    Style("fenced with a language, plus signs, ids", wrap=lambda text: f"```text\n{text}\n```\n", plus=True),
    Style("preamble", wrap=lambda text: f"Sure! Here is the analysis you asked for, based on the data:\n\n{text}"),
    Style("closing words", wrap=lambda text: f"Of course.\n\n{text}\n\nLet me know if you need anything else!"),
    Style("reasoning", wrap=lambda text: f"<think>\nThe user wants labels. CLASSIFICATION: maybe none? RISK: unclear.\nMESSAGE: later.\n</think>\n\n{text}"),
    Style("reasoning whose beginning was swallowed", wrap=lambda text: f"Let me see… OCCASION: unknown.\n</think>\n{text}"),
    Style("reasoning in another tag and answer tags", wrap=lambda text: f"<reasoning>short</reasoning><answer>\n{text}\n</answer>"),
    Style("channels", wrap=lambda text: f"<|channel|>analysis<|message|>CLASSIFICATION: no<|end|><|start|>assistant<|channel|>final<|message|>{text}<|return|>"),
    Style("byte order mark and CRLF", wrap=lambda text: "\ufeff" + text.replace("\n", "\r\n")),
    Style("underscored labels, tight", lambda at, label: f"__{label}__:", gap="\n", bullet=lambda at: f"{at}. "),
    Style("list of labels", lambda at, label: f"- **{title(label)}:**", bullet=lambda at: "  - ", number=lambda at, text: f"  {at}. {text}", indent="     "),
    Style("spaces before colons, em dashes", lambda at, label: f"{label} :", sub=lambda label: f"{label} :", dash=" — "),
    Style("quotation as guillemets, trailing spaces", quote=("«", "»"), wrap=lambda text: text.replace("\n", "  \n") + "   \n\n\n"),
]


def keyed(value, key):
    if isinstance(value, dict):
        return {key(name): keyed(item, key) for name, item in value.items()}
    return [keyed(item, key) for item in value] if isinstance(value, list) else value


def snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def loose(value, indent=1):
    """Unquoted keys, comments and trailing commas."""
    pad = "  " * indent
    if isinstance(value, dict):
        return "{ // an object\n" + "".join(f"{pad}{name}: {loose(item, indent + 1)},\n" for name, item in value.items()) + "  " * (indent - 1) + "}"
    if isinstance(value, list):
        return "[" + "".join(f"{loose(item, indent + 1)}, " for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def strict(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


JSON_STYLES = [
    ("JSON", lambda prompt, value: strict(value)),
    ("JSON, fenced, with a preamble", lambda prompt, value: "Here is the JSON:\n\n```json\n" + json.dumps(value, indent=2) + "\n```\nI hope this helps!"),
    ("JSON as Python prints it", lambda prompt, value: repr(value)),
    ("JSON with comments and trailing commas", lambda prompt, value: loose(value)),
    ("JSON in a wrapper, snake_case", lambda prompt, value: json.dumps({"status": "ok", "result": keyed(value, snake)}, ensure_ascii=False)),
    ("JSON whose keys are the labels", lambda prompt, value: json.dumps({label: value[name] for name, label, _ in FORMATS[prompt] if name in value}, ensure_ascii=False, indent=1)),
    ("JSON after reasoning with braces", lambda prompt, value: "<think>{\"draft\": {}} or {x}?</think>" + strict(value)),
    ("JSON whose last braces are missing", lambda prompt, value: strict(value).rstrip("}]")),
]


def cases(prompt):
    bases, found = BASES[prompt], []
    for at, style in enumerate(STYLES):
        value = bases[at % len(bases)]
        found.append({"name": style.name, "text": style.text(prompt, value), "value": value, "warnings": sorted(style.warnings)})
    for at, (name, write) in enumerate(JSON_STYLES):
        value = bases[(at + 1) % len(bases)]
        warnings = ["cut", "other_form"] if "missing" in name else ["other_form"]
        found.append({"name": name, "text": write(prompt, value), "value": value, "warnings": warnings})
    return found + CASES[prompt]


def main():
    HERE.mkdir(exist_ok=True)
    total = 0
    for prompt in FORMATS:
        found = cases(prompt)
        texts = {case["text"] for case in found}
        assert len(texts) == len(found) >= 40, (prompt, len(texts), len(found))
        data = {"prompt": prompt, "given": GIVEN.get(prompt, {}), "cases": found}
        (HERE / f"{prompt}.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        total += len(found)
    print(f"{total} answers")


main()
