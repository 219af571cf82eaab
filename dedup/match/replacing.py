"""How two similar texts replace facts: the tokens of both, aligned, and what their heads name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.match.fillings import fillings, own_subjects
from dedup.match.places import INSIDE_FIGURES, Difference, Places, classified, identifies
from dedup.match.subject import implements, subject, term, titles_differ, topic
from dedup.match.template import is_another_by_heads, relation_of
from dedup.match.vocabulary import Kind
from dedup.replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.match.slots import Form
    from dedup.match.tokens import Hunk
    from dedup.replacement import Filled

#: Tokens of a shared run from which on it is long: chance and formulas make shorter ones.
LONG_RUN = 20


def compare_forms(a: Form, b: Form, *, near: bool) -> tuple[Replacement, tuple[Filled, ...]]:
    """Compare two texts as far as the verdict needs it, with what they fill in otherwise.

    ``near`` says whether they are similar enough to be a template or a version; texts of which
    one is only part of the other are not aligned. What is filled in is told of both alone.
    """
    b = b.within(a.vocabulary)
    told = by_heads(a, b)
    if is_another_by_heads(told):
        return told, own_subjects(a, b)
    if not near:
        return told, ()
    places = classified(a, b)
    found = _replacement(a, b, places, told)
    return found, fillings(a, b, places) if relation_of(found) is not None else ()


def by_heads(a: Form, b: Form) -> Replacement:
    """Compare what titles and beginnings name, and which text speaks of it."""
    return Replacement(
        size=min(len(a), len(b)),
        long=0,
        figures=0,
        names=0,
        phrases=0,
        wordings=0,
        edits=0,
        stays=0,
        identity=0,
        subject=subject(a, b),
        term=term(a, b),
        topic=max(0, topic(a, b)),
        exchanged=0,
        titles_differ=titles_differ(a, b),
        implements=implements(a, b),
    )


def replacement(a: Form, b: Form) -> Replacement:
    """Compare two texts in everything; O(tokens) and a little for each place where they differ."""
    b = b.within(a.vocabulary)
    return _replacement(a, b, classified(a, b), by_heads(a, b))


def _replacement(a: Form, b: Form, places: Places, told: Replacement) -> Replacement:
    kinds = places.found
    counts = Counter(kind for _, kind in kinds)
    return replace(
        told,
        long=_long(kinds, len(a)),
        figures=counts[Difference.FIGURE] - _continued(a, kinds),
        names=counts[Difference.NAME],
        phrases=counts[Difference.PHRASE],
        wordings=counts[Difference.WORDING],
        edits=counts[Difference.EDIT],
        stays=places.stays,
        identity=sum(identifies(a, b, place, kind) for place, kind in kinds),
        exchanged=_exchanged(a, b, kinds),
    )


def _long(found: Iterable[tuple[Hunk, Difference]], size: int) -> int:
    """Return how many shared tokens lie in long runs."""
    total = run = at = 0
    for (low, high, *_), kind in found:
        run += low - at
        at = high
        if kind in (Difference.WORDING, Difference.EDIT):
            total += run if run >= LONG_RUN else 0
            run = 0
    run += size - at
    return total + (run if run >= LONG_RUN else 0)


def _exchanged(a: Form, b: Form, found: Iterable[tuple[Hunk, Difference]]) -> int:
    """Return how often the same name stands for the same other one, at most."""
    pairs = Counter(
        (a.tokens[place[0] : place[1]], b.tokens[place[2] : place[3]])
        for place, kind in found
        if kind is Difference.NAME
        and Kind.NAME in a.kinds[place[0] : place[1]]
        and Kind.NAME in b.kinds[place[2] : place[3]]
    )
    return max(pairs.values(), default=0)


def _continued(a: Form, found: list[tuple[Hunk, Difference]]) -> int:
    """Return how many figures go on in the next place: 386.4, 3月5日 are one each."""
    return sum(
        kind is following is Difference.FIGURE
        and after[0] - place[1] == 1
        and a.tokens[place[1]] in INSIDE_FIGURES
        for (place, kind), (after, following) in pairwise(found)
    )
