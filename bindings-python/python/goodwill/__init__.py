"""Goodwill: an embeddable customer-experience engine.

>>> from goodwill import Goodwill, Key, PostMessage, PutSubject
>>> goodwill = Goodwill(keys=[Key("2026-01", bytes(32))])
>>> admin = goodwill.desk("admin", "root")
>>> _ = admin.put_subject(PutSubject(kind="order", key="ORD-1", customer="ada"))
>>> ada = goodwill.portal("customer", "ada")
>>> ada.post({"order": "ORD-1"}, PostMessage(text="When will it arrive?")).text
'When will it arrive?'
>>> goodwill.close()
"""

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
    "OrderMessages",
    "Portal",
    "Prompts",
    "prompts",
]
__all__ += errors.__all__
__all__ += models.__all__
