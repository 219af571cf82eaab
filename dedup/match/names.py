"""Names in titles: what tells two texts of one form about different things from one text twice.

Statutes of two places, two pages of a manual, this year's notice of two schools repeat each other
almost word for word, and differ in what their titles name. Where each title names something that
the other does not, and each text speaks of its own more often than the other text does, they are
two texts. An edited copy may well have another title, but speaks of the same things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: What administrative names end in; many are in dictionaries as plain nouns.
_DIVISIONS = frozenset("省市县区州盟旗镇乡")


def own_names(
    a: Sequence[str], b: Sequence[str], is_name: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """Return the names that title ``a`` alone has, and those that ``b`` alone has.

    Titles are given as folded words; ``is_name`` knows places, people and organisations. Titles
    without a Han character are names as a whole: commands, products, terms.
    """
    only_a = [word for word in dict.fromkeys(a) if word not in b]
    only_b = [word for word in dict.fromkeys(b) if word not in a]
    if any(_has_han(word) for word in (*a, *b)):
        only_a = [word for word in only_a if _names(word, is_name)]
        only_b = [word for word in only_b if _names(word, is_name)]
    return (only_a, only_b) if only_a and only_b else ([], [])


def speak_of_others(
    own: tuple[Sequence[str], Sequence[str]],
    in_a: Mapping[str, int],
    in_b: Mapping[str, int],
) -> bool:
    """Tell whether each text has a name of its own title more often than the other text has it.

    ``in_a`` and ``in_b`` count these names in the whole texts; the title is one time.
    """
    only_a, only_b = own
    return any(in_a[name] > in_b[name] + 1 for name in only_a) and any(
        in_b[name] > in_a[name] + 1 for name in only_b
    )


def _names(word: str, is_name: Callable[[str], bool]) -> bool:
    if is_name(word):
        return True
    return len(word) > 2 and word[-1] in _DIVISIONS and is_name(word[:-1])


def _has_han(word: str) -> bool:
    return any(char >= "\u2e80" for char in word)
