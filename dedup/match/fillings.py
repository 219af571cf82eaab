"""What two texts of one form fill in otherwise, in words: 二次→四次, 济南→青岛."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.match.places import INSIDE_FIGURES, Difference, Places, identifies
from dedup.match.slots import spoken
from dedup.match.subject import own_words
from dedup.match.vocabulary import HAN, Kind

if TYPE_CHECKING:
    from dedup.match.slots import Form
    from dedup.match.tokens import Hunk
    from dedup.replacement import Filled

#: Places that are told, and the characters of each side at most.
TOLD, LONGEST = 3, 24
#: What ends a text that is cut off.
CUT_OFF = "…"
_SLOTS = (Difference.NAME, Difference.PHRASE, Difference.FIGURE)


def fillings(a: Form, b: Form, places: Places) -> tuple[Filled, ...]:
    """Return what stands in some of the slots; first those that tell what each text is about."""
    slots = _joined(a, b, [(place, kind) for place, kind in places.found if kind in _SLOTS])
    ranked = sorted(slots, key=lambda slot: not identifies(a, b, *slot))
    told = (_said(a, b, place) for place, _ in ranked)
    return tuple(dict.fromkeys(told))[:TOLD]


def own_subjects(a: Form, b: Form) -> tuple[Filled, ...]:
    """Return what each title or beginning names of its own that its text speaks of most."""
    own = own_words(a, b), own_words(b, a)
    if not all(own):
        return ()
    most = (
        max(words, key=lambda word, form=form, other=other: _more(word, form, other))  # type: ignore[misc]
        for words, form, other in zip(own, (a, b), (b, a), strict=True)
    )
    first, second = map(_clipped, most)
    return ((first, second),)


def _more(word: str, form: Form, other: Form) -> int:
    return form.count(word) - other.count(word)


def _joined(
    a: Form, b: Form, slots: list[tuple[Hunk, Difference]]
) -> list[tuple[Hunk, Difference]]:
    """Make one place of those that are parts of a number or a date: 386.4, 3月5日."""
    joined: list[tuple[Hunk, Difference]] = []
    for place, kind in slots:
        last = joined[-1][0] if joined else None
        if (
            last is not None
            and kind is joined[-1][1] is Difference.FIGURE
            and place[0] - last[1] == place[2] - last[3] == 1
            and a.tokens[last[1]] in INSIDE_FIGURES
        ):
            joined[-1] = ((last[0], place[1], last[2], place[3]), kind)
        else:
            joined.append((place, kind))
    return joined


def _said(a: Form, b: Form, place: Hunk) -> Filled:
    """Return both sides of a place, with what is counted: 5人, 二次."""
    low_a, high_a, low_b, high_b = place
    if Kind.NUMBER in (a.kinds[high_a - 1], b.kinds[high_b - 1]):
        unit = a.tokens[high_a : high_a + 1]
        if unit and unit == b.tokens[high_b : high_b + 1] and unit[0] >= HAN and len(unit[0]) < 3:
            high_a, high_b = high_a + 1, high_b + 1
    return (
        _clipped(spoken(a.tokens[low_a:high_a])),
        _clipped(spoken(b.tokens[low_b:high_b])),
    )


def _clipped(said: str) -> str:
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + CUT_OFF
