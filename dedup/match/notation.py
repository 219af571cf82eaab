"""Whether two stretches say one value in different notation: 5人 and 五人, 75% and 百分之七十五.

Stretches are kept text, in which marks that mean nothing are gone: 12,000 is ``12 000``.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from dedup.match.numbers import Expression, each_expression, each_value
from dedup.match.numerals import HAN, numeral_value
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.match.dates import Value
    from dedup.model import ChangeKind

_NUMERALS = rf"\d{HAN}○"
_NUMERAL = lazy_pattern(rf"[{_NUMERALS}]")
_RUN = lazy_pattern(rf"\d+|[{HAN}○]+")
#: What may stand in a date, a time or a share beside its numerals.
_BESIDE = frozenset("年月日号点时分秒-./:% ")
_PLAIN = lazy_pattern(rf"[{_NUMERALS}年月日号点时分秒\-./:% ]+")
_DIGITS_OR_SPACE = lazy_pattern(r"[\d ]+")
_NO_DIGIT = lazy_pattern(r"\D+")


@lru_cache(maxsize=1 << 14)
def expressions(text: str) -> tuple[Expression, ...]:
    """Return what :func:`dedup.match.numbers.expressions` does; texts of one form ask it often."""
    return tuple(each_expression(text))


def has_numeral(text: str) -> bool:
    """Tell whether a digit or a Han numeral stands in ``text``."""
    return _NUMERAL.search(text) is not None


def same_value(a: str, b: str, around: tuple[str, str]) -> bool:
    """Tell whether two stretches that differ say the same.

    They do if they differ in spaces and page numbers inside words alone, or state the same values
    in one order. ``around`` are the stretches with some text on both sides, for a number may
    begin or end in what is equal.
    """
    if a.replace(" ", "") == b.replace(" ", "") or _same_but_digits(a, b):
        return True
    if _PLAIN.fullmatch(a) and _PLAIN.fullmatch(b) and [*_values(a)] == [*_values(b)]:
        return True
    if not has_numeral(a) or not has_numeral(b):
        return False
    one = _only(a)
    other = _only(b) if one is not None else None
    if one is not None and other is not None and one.value == other.value:
        return (one.start, one.end, other.start, other.end) == (0, len(a), 0, len(b))
    return _state_the_same(*around)


def same_words(a: str, b: str) -> bool:
    """Return what :func:`same_value` does of stretches without numerals."""
    if a[0] in _BESIDE and b[0] in _BESIDE and _PLAIN.fullmatch(a) and _PLAIN.fullmatch(b):
        return True
    return a.replace(" ", "") == b.replace(" ", "")


@lru_cache(maxsize=1 << 14)
def _only(text: str) -> Expression | None:
    """Return the expression of a text that has no other."""
    found = list(islice(each_expression(text), 2))
    return found[0] if len(found) == 1 else None


def _state_the_same(a: str, b: str) -> bool:
    """Tell whether two stretches state the same values, each as often, and any.

    The longer one is read no further than to what the shorter one does not state.
    """
    shorter, longer = sorted((a, b), key=len)
    left = Counter(_stated(shorter))
    if not left:
        return False
    for each in each_value(longer):
        if not left[each]:
            return False
        left[each] -= 1
    return not any(left.values())


@lru_cache(maxsize=1 << 14)
def _stated(text: str) -> tuple[tuple[ChangeKind, Value], ...]:
    """Return what all numbers and dates of a text say; texts of one form ask it often."""
    return tuple(each_value(text))


def _same_but_digits(a: str, b: str) -> bool:
    """Tell whether a page number stands in a Latin word, or 12,000 is written without a comma."""
    if not (_DIGITS_OR_SPACE.search(a) or _DIGITS_OR_SPACE.search(b)):
        return False
    rests = _DIGITS_OR_SPACE.sub("", a), _DIGITS_OR_SPACE.sub("", b)
    if rests[0] != rests[1]:
        return False
    if rests[0].isascii() and rests[0].isalpha():
        return True
    digits = _NO_DIGIT.sub("", a)
    return bool(digits) and digits == _NO_DIGIT.sub("", b) and not _NUMERAL.search(rests[0])


def _values(text: str) -> Iterator[object]:
    for run in _RUN.findall(text):
        value = numeral_value(run)
        yield run if value is None else value
