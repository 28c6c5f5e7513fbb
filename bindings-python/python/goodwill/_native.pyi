from typing import final

__all__ = ["Handle", "open_engine"]

@final
class Handle:
    def call(self, operation: str, request: str) -> str: ...
    def close(self) -> None: ...

def open_engine(options: str) -> Handle | str: ...
