"""Regular expressions that are compiled when they are first used.

There are nearly two hundred in the rules, and compiling all of them takes a tenth of a second,
which a command on two small files would feel.
"""

from __future__ import annotations

import re
from typing import cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what serves as ``re.compile(source, flags)``; an error in it show on first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._source, self._flags)
        # found directly from now on, without coming here
        for each in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)
