"""What titles name, and whether each text speaks of what its own title names.

Statutes of two places, pages of two commands repeat each other almost word for word; but each
speaks throughout of the place or command of its title, where the other speaks of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.match.vocabulary import HAN, Kind
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.match.slots import Form

#: Characters of the shortest title that rules are made for.
_SHORTEST_TITLE = 5
_RULES = lazy_pattern(r"(?:办法|细则|规定|意见|条例|方案)\Z")
_APPLYING = lazy_pattern(r"实施|贯彻|执行")


def subject(a: Form, b: Form) -> int:
    """Return how often each text speaks more of a name in its own head than the other text does.

    The lesser of both; 0 where a head names nothing that the other does not. Terms in Latin
    letters are names where all of both titles is in such letters.
    """
    latin = a.titled and b.titled and all(t < HAN for head in (a.heading, b.heading) for t in head)
    return _names(a, b, Kind.TERM if latin else Kind.NAME)


def term(a: Form, b: Form) -> int:
    """Return the same for terms in Latin letters, whatever else is in the heads."""
    return _names(a, b, Kind.TERM)


def titles_differ(a: Form, b: Form) -> bool:
    """Tell whether each of both titles has a word that the other has not."""
    heads = a.heading, b.heading
    own = (_own(heads[i], heads[1 - i], None) for i in (0, 1))
    return a.titled and b.titled and all(own)


def topic(a: Form, b: Form) -> int:
    """Return the same for the words of titles, of which two share no letter."""
    if not (a.titled and b.titled):
        return 0
    heads = a.heading, b.heading
    own_a, own_b = (
        [
            word
            for word, kind in heads[i].items()
            if kind in (Kind.WORD, Kind.NAME) and len(word) > 1 and word not in heads[1 - i]
        ]
        for i in (0, 1)
    )
    more_a = {word: a.count(word) - b.count(word) for word in own_a}
    more_b = {word: b.count(word) - a.count(word) for word in own_b}
    return max(
        (
            min(more_a[one], more_b[other])
            for one in own_a
            for other in own_b
            if not set(one) & set(other)
        ),
        default=0,
    )


def _names(a: Form, b: Form, kind: Kind) -> int:
    heads = a.heading, b.heading
    own_a, own_b = _own(heads[0], heads[1], kind), _own(heads[1], heads[0], kind)
    if not own_a or not own_b or _respelt(own_a, own_b):
        return 0
    more_a = max(a.count(name) - b.count(name) for name in own_a)
    more_b = max(b.count(name) - a.count(name) for name in own_b)
    return max(0, min(more_a, more_b))


def implements(a: Form, b: Form) -> bool:
    """Tell whether one title is that of rules for applying what the other title names."""
    if not (a.titled and b.titled):
        return False
    titles = a.opening, b.opening
    return _applies(*titles) or _applies(*reversed(titles))


def _applies(law: str, rules: str) -> bool:
    law = law.removeprefix("中华人民共和国")
    if len(law) < _SHORTEST_TITLE or not _RULES.search(rules):
        return False
    before, _, behind = rules.partition(law)
    return bool(behind and _APPLYING.search(before + behind))


def own_words(a: Form, b: Form) -> Sequence[str]:
    """Return what the head of A names and that of B does not: names, else terms, else words."""
    heads = a.heading, b.heading
    for kind in (Kind.NAME, Kind.TERM, None):
        own = _own(heads[0], heads[1], kind)
        if own and _own(heads[1], heads[0], kind):
            return own
    return ()


def _own(head: dict[str, int], other: dict[str, int], wanted: Kind | None) -> Sequence[str]:
    return [
        token
        for token, kind in head.items()
        if (kind == wanted if wanted is not None else kind != Kind.NUMBER)
        and len(token) > 1
        and token not in other
    ]


def _respelt(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two names are one, with letters that changed places."""
    return {*map(_letters, a)} == {*map(_letters, b)}


def _letters(name: str) -> str:
    return "".join(sorted(name))
