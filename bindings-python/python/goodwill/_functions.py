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

    def answer_format(self, prompt: str, *, input: Any | None = None, given: m.Given | None = None) -> m.AnswerFormat:
        """The form of the answers to a prompt of the library: for people, for models and
        for servers."""
        result = self._call("prompt.answer_format", {"prompt": prompt, "input": input, "given": given})
        return d.answer_format(result)

    def parse_answer(self, prompt: str, answer: str, *, input: Any | None = None, given: m.Given | None = None) -> m.ParsedAnswer:
        """Reads the answer of a model to a prompt of the library, however it is written,
        and checks it against the input of the prompt or what is given."""
        result = self._call("prompt.parse_answer", {"prompt": prompt, "answer": answer, "input": input, "given": given})
        return d.parsed_answer(result)

    def answer_by_rules(self, prompt: str, input: Any) -> str:
        """Answers a prompt of the library by rules, without a model: the same input gives
        the same text."""
        result: str = self._call("prompt.answer_by_rules", {"prompt": prompt, "input": input})
        return result

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
