"""Regular expressions that are compiled when they are first used.

Compiling all patterns that read an entry takes longer than everything else that is done before the
app's first screen, which needs few of them.
"""

import re
from typing import cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn", "flags")


class LazyPattern:
    """A stand-in for a compiled pattern, which it compiles when one of the methods is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        # Python looks up an attribute faster than it calls this method.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, but compile it when it is first used."""
    return cast("re.Pattern[str]", LazyPattern(pattern, flags))
