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

    def render(self, template: str, input: Any | None = None) -> str:
        """Prints a template over data: the bytes that Handlebars.js prints without HTML
        escaping.

        Raises: prompt.syntax, prompt.helper, prompt.partial, prompt.limit.
        """
        answer: str = self._call("prompt.render", {"template": template, "input": input})
        return answer
