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

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._api import *  # noqa: F403
    from .errors import *  # noqa: F403
    from .models import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        """Import the rest of the package when it is first asked for, so that analytics need not wait for it."""
        # What the import system asks for, and what it sets by itself.
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        api = import_module("._api", __name__)
        globals().update({each: getattr(api, each) for each in api.__all__}, __all__=api.__all__)
        if name not in globals():
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return globals()[name]

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]
