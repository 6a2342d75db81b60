"""Regular expressions that are compiled when they are first asked for: many verbs ask for few of them."""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["later"]
_METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")

if TYPE_CHECKING:
    from re import compile as later
else:

    class later:  # noqa: N801 (it stands where re.compile would)
        """``re.compile``, put off; a fault in the pattern shows when it is first used."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern, self._flags = pattern, flags

        def __getattr__(self, name: str) -> Any:
            """Compile at the first use; from then on every method is at hand."""
            if name not in _METHODS:
                raise AttributeError(name)
            compiled = re.compile(self.pattern, self._flags)
            self.__dict__.update({each: getattr(compiled, each) for each in _METHODS})
            return self.__dict__[name]
