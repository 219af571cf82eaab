"""Templates and versions: what the way in which two similar texts replace facts makes of them.

Two texts that share most of their words may be one text; or the same form about another event,
place or thing (*template*); or the same story with figures corrected or brought up to date
(*version*). What is counted is in :mod:`dedup.match.replacing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Relation

if TYPE_CHECKING:
    from dedup.replacement import Replacement

#: Times that each text must speak more of its own subject than the other, beside the title.
SUBJECT = 2
#: The same where words, or names anywhere, tell the subjects apart.
TOPIC = 5
#: Tokens of the text for each filled slot, at most.
DENSITY = 150
#: Share of the shorter text that must lie in long runs for a version, in percent.
LONG_SHARE = 60


def relation_of(found: Replacement) -> Relation | None:
    """Return ``template``, ``version``, or None for a pair that stays what it was; pure."""
    if is_template(found):
        return Relation.TEMPLATE
    return Relation.VERSION if is_version(found) else None


def is_template(found: Replacement) -> bool:
    """Tell whether two texts that are similar enough are one form about two things.

    This and :func:`is_version` take a :class:`Replacement` of arrays, too, and tell of each row.
    """
    return _is_of_another(found) | _is_filled_in(found)


def is_another_by_heads(found: Replacement) -> bool:
    """Tell whether titles and names tell two things apart, without an alignment."""
    return (found.subject >= SUBJECT) | found.implements


def _is_of_another(found: Replacement) -> bool:
    """Tell whether the texts are about different things throughout, whatever else they change."""
    return (
        is_another_by_heads(found)
        | ((found.term >= SUBJECT) & (found.identity > 0))
        | ((found.exchanged >= TOPIC) & found.titles_differ)
        | ((found.topic >= TOPIC) & (found.figures >= 3))
    )


def _is_filled_in(found: Replacement) -> bool:
    """Tell whether slots are filled in otherwise, and hardly anything else is."""
    slots, others = found.slots, found.others
    named = found.names + found.phrases
    identity = found.identity > 0
    enough = (slots >= 2) & (slots * DENSITY >= found.size)
    enough &= (slots >= 2 * others) | (identity & (slots >= others))
    dense = (found.edits == 0) & (slots * DENSITY >= 2 * found.size)
    many = (slots >= 3) & (slots >= 4 * others)
    told = identity | (named > 1) | (found.figures > found.stays)
    return enough & (told | ((named > 0) & (dense | many)))


def is_version(found: Replacement) -> bool:
    """Tell whether the text is the same about the same, but for figures; see :func:`is_template`.

    A template is none, whatever this tells.
    """
    same = found.long * 100 >= found.size * LONG_SHARE
    same &= (found.names == 0) & (found.identity == 0)
    return same & (found.figures > 0) & (found.figures >= found.wordings + found.phrases)
