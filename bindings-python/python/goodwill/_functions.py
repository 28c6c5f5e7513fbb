# Written by core/codegen from the operation table; do not edit.
"""What needs no engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import _decoding as d
from . import models as m
from ._runtime import Functions


class Prompts(Functions):
    """Templates, prompts and answers of language models."""

    __slots__ = ()

    def list(self, files: Sequence[m.PromptText] | None = None) -> tuple[m.PromptEntry, ...]:
        """The prompts that can be asked for: those of the library, and the host's own.

        Raises: prompt.syntax.
        """
        result = self._call("prompt.list", {"files": files})
        return tuple(d.prompt_entry(each) for each in result)

    def render(self, prompt: str, input: Any, settings: m.PromptSettings | None = None) -> m.RenderedPrompt:
        """Renders a prompt over its input: messages, ready to be sent.

        Raises: prompt.unknown, prompt.missing, prompt.untrusted, prompt.budget, prompt.limit, prompt.syntax, prompt.helper, prompt.partial.
        """
        result = self._call("prompt.render", {"prompt": prompt, "input": input, "settings": settings})
        return d.rendered_prompt(result)

    def preview(self, source: str, input: Any, settings: m.PromptSettings | None = None) -> m.Preview:
        """Shows a prompt file over an input while it is written: messages, everything that
        is wrong, and where every character comes from.

        Raises: prompt.syntax.
        """
        result = self._call("prompt.preview", {"source": source, "input": input, "settings": settings})
        return d.preview(result)

    def lint(self, files: Sequence[m.PromptText]) -> tuple[m.PromptDiagnostic, ...]:
        """Everything that is to be said about prompt files."""
        result = self._call("prompt.lint", {"files": files})
        return tuple(d.prompt_diagnostic(each) for each in result)

    def answer_format(self, prompt: str, *, input: Any | None = None, given: m.Given | None = None, files: Sequence[m.PromptText] | None = None) -> m.AnswerFormat:
        """The form of the answers to a prompt of the library, or of a file that declares
        its answer: for people, for models and for servers.

        Raises: prompt.syntax.
        """
        result = self._call("prompt.answer_format", {"prompt": prompt, "input": input, "given": given, "files": files})
        return d.answer_format(result)

    def parse_answer(self, prompt: str, answer: str, *, input: Any | None = None, given: m.Given | None = None, files: Sequence[m.PromptText] | None = None) -> m.ParsedAnswer:
        """Reads the answer of a model to a prompt of the library, or of a file that
        declares its answer, however it is written, and checks it against the input of
        the prompt or what is given.

        Raises: prompt.syntax.
        """
        result = self._call("prompt.parse_answer", {"prompt": prompt, "answer": answer, "input": input, "given": given, "files": files})
        return d.parsed_answer(result)

    def answer_by_rules(self, prompt: str, input: Any) -> str:
        """Answers a prompt of the library by rules, without a model: the same input gives
        the same text."""
        result: str = self._call("prompt.answer_by_rules", {"prompt": prompt, "input": input})
        return result

    def context(self, prompt: str, facts: m.CustomerFacts, context: m.ContextSettings, focus: m.PromptFocus | None = None) -> Any:
        """What a prompt of the library is told about a customer: its input, ready to be
        rendered, asked or shown. `focus` says what it is about beside the customer.

        Raises: money.overflow.
        """
        result: Any = self._call("prompt.context", {"prompt": prompt, "facts": facts, "context": context, "focus": focus})
        return result

    def financials(self, facts: m.CustomerFacts, context: m.ContextSettings) -> tuple[m.Financials, ...]:
        """What a customer brings and costs, in each currency by itself.

        Raises: money.overflow.
        """
        result = self._call("customer.financials", {"facts": facts, "context": context})
        return tuple(d.financials(each) for each in result)

    def occasions(self, facts: m.CustomerFacts, context: m.ContextSettings) -> tuple[m.Occasion, ...]:
        """What there is to celebrate with a customer within a year, the nearest first."""
        result = self._call("customer.occasions", {"facts": facts, "context": context})
        return tuple(d.occasion(each) for each in result)

    def candidates(self, facts: m.CustomerFacts, request: m.ServiceRequest, context: m.ContextSettings) -> m.Candidates:
        """Who can do what a customer asks for, with the points that speak for each, and who
        cannot and why."""
        result = self._call("technician.candidates", {"facts": facts, "request": request, "context": context})
        return d.candidates(result)

    def appliance_profiles(self) -> m.ApplianceProfiles:
        """The shipped profiles of appliances with their sources, to start one's own from."""
        result = self._call("appliance.profiles", {})
        return d.appliance_profiles(result)

    def render_template(self, template: str, input: Any, partials: Mapping[str, str] | None = None) -> str:
        """Prints a template over data: the bytes that Handlebars.js prints without HTML
        escaping.

        Raises: prompt.syntax, prompt.helper, prompt.partial, prompt.limit.
        """
        result: str = self._call("template.render", {"template": template, "input": input, "partials": partials})
        return result

    def mask_personal_data(self, text: str, known: Sequence[m.KnownText] | None = None) -> str:
        """Replaces personal data in a text by its kind: `[EMAIL]`, `[PERSON]`, …"""
        result: str = self._call("personal.mask", {"text": text, "known": known})
        return result


class Analytics(Functions):
    """Scores of single customers and of small data, with what they are made of."""

    __slots__ = ()

    def nps(self, ratings: Sequence[int]) -> m.NetPromoterScore:
        """The Net Promoter Score of ratings from 0 to 10, from −100 to 100, with its
        interval of 95 %."""
        result = self._call("survey.nps", {"ratings": ratings})
        return d.net_promoter_score(result)

    def csat(self, ratings: Sequence[int]) -> m.TopBox:
        """Customer satisfaction: the percentage of 4 and 5 on a scale of 1 to 5, with
        Wilson's interval of 95 %."""
        result = self._call("survey.csat", {"ratings": ratings})
        return d.top_box(result)

    def ces(self, ratings: Sequence[int]) -> m.TopBox:
        """The customer effort score: the percentage of 5 to 7 on a scale of 1 to 7, where 7
        is the least effort."""
        result = self._call("survey.ces", {"ratings": ratings})
        return d.top_box(result)

    def top_box(self, ratings: Sequence[int], lowest: int, highest: int, count_from: int) -> m.TopBox:
        """The percentage of ratings from `countFrom` on a scale of one's own."""
        result = self._call("survey.top_box", {"ratings": ratings, "lowest": lowest, "highest": highest, "countFrom": count_from})
        return d.top_box(result)

    def mean_score(self, scores: Sequence[float], *, lowest: float | None = None, highest: float | None = None) -> m.MeanScore:
        """The mean of scores with Student's interval of 95 %, on a scale that may be open."""
        result = self._call("survey.mean_score", {"scores": scores, "lowest": lowest, "highest": highest})
        return d.mean_score(result)

    def health(self, values: Mapping[str, float | None], *, previous: float | None = None, overridden: m.HealthOverride | None = None, model: m.HealthModelInput | None = None) -> m.Health:
        """The health of a customer from 0 to 100 of what is known of it, and what each part
        adds or takes."""
        result = self._call("customer.health", {"values": values, "previous": previous, "overridden": overridden, "model": model})
        return d.health(result)

    def churn_risk(self, values: Mapping[str, float | None], model: m.ChurnModel | None = None) -> m.ChurnRisk:
        """The risk that a customer leaves, and what each driver adds to its log-odds; what
        is not known is taken as typical."""
        result = self._call("customer.churn_risk", {"values": values, "model": model})
        return d.churn_risk(result)

    def engagement(self, activities: Sequence[m.CustomerActivity], model: m.EngagementModel | None = None) -> m.Engagement:
        """The engagement of a customer from 0 to 100: activities by kind, each less as it
        gets older."""
        result = self._call("customer.engagement", {"activities": activities, "model": model})
        return d.engagement(result)

    def vip(self, facts: m.VipFacts, rules: m.VipRules | None = None) -> m.Vip:
        """Whether a customer is a VIP, by which rule, and how much is missing for the
        others."""
        result = self._call("customer.vip", {"facts": facts, "rules": rules})
        return d.vip(result)

    def rfm_segment(self, code: int, *, map: str | None = None, segments: m.OwnSegments | None = None) -> str:
        """The segment of an RFM code, by the map `eleven`, `ten`, or one's own.

        Raises: input.unknown_value.
        """
        result: str = self._call("rfm.segment", {"code": code, "map": map, "segments": segments})
        return result

    def explain_rfm(self, recency: float, frequency: float, monetary: float, bins: m.RfmBins, *, map: str | None = None, segments: m.OwnSegments | None = None) -> m.RfmExplanation:
        """Which RFM code and segment a customer has among those who were scored, and why:
        the bins that its values fall into.

        Raises: input.unknown_value.
        """
        result = self._call("rfm.explain", {"recency": recency, "frequency": frequency, "monetary": monetary, "bins": bins, "map": map, "segments": segments})
        return d.rfm_explanation(result)

    def default_models(self) -> m.AnalyticsModels:
        """The parameter sets that are used where none is given, to start one's own from."""
        result = self._call("customer.models", {})
        return d.analytics_models(result)
