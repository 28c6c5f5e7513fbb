"""What the package offers beside analytics; it is imported when one of it is first asked for."""

from . import errors, models
from ._client import AsyncGoodwill, Goodwill, Key
from ._clients import (
    AsyncDesk,
    AsyncJobTimeline,
    AsyncOrderMessages,
    AsyncPortal,
    Desk,
    JobTimeline,
    OrderMessages,
    Portal,
)
from ._functions import Prompts
from ._log import Log
from ._model import Model
from .errors import *  # noqa: F403
from .models import *  # noqa: F403

prompts = Prompts()
"""Templates, prompts and answers of language models. They need no engine."""

__all__ = [
    "AsyncDesk",
    "AsyncGoodwill",
    "AsyncJobTimeline",
    "AsyncOrderMessages",
    "AsyncPortal",
    "Desk",
    "Goodwill",
    "JobTimeline",
    "Key",
    "Log",
    "Model",
    "OrderMessages",
    "Portal",
    "Prompts",
    "prompts",
]
__all__ += errors.__all__
__all__ += models.__all__
