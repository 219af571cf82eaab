"""The names that jieba's dictionary knows."""

from __future__ import annotations

from functools import cache

from dedup import dictionaries
from dedup.sketch.kernel import kept_text

#: A letter that no name has and that folding leaves as it is: all are folded at once.
_BETWEEN = "\u2d30"


def is_name(word: str) -> bool:
    """Tell whether jieba's dictionary has a folded word as a place, a person, an organisation."""
    return word in _names()


@cache
def _names() -> frozenset[str]:
    together = kept_text(_BETWEEN.join(dictionaries.names()))
    return frozenset(name.strip(" ") for name in together.split(_BETWEEN))
