"""Rewrites that change a given share of the characters, words or sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .material import (
    IS_HAN,
    confusions,
    is_chinese,
    readings,
    sentences,
    share,
    vocabulary,
    words,
)

if TYPE_CHECKING:
    from random import Random

    from .model import Mixture, Rewrite

_PARTICLES = "的地得"
_LEAST_SENTENCE = 8


def characters(rate: float) -> Rewrite:
    """Replace a share of the Han by frequent characters."""

    def replace(text: str, draw: Random) -> str | None:
        if not is_chinese(text):
            return None
        made = list(text)
        places = [i for i, char in enumerate(text) if IS_HAN.match(char)]
        frequent = sorted(readings())
        for i in draw.sample(places, share(len(places), rate)):
            made[i] = draw.choice([char for char in frequent if char != text[i]])
        return "".join(made)

    return replace


def some_words(rate: float) -> Rewrite:
    """Replace a share of the Han words by others of their length."""

    def replace(text: str, draw: Random) -> str | None:
        if not is_chinese(text):
            return None
        made = words(text)
        han = [i for i, word in enumerate(made) if all(map(IS_HAN.match, word))]
        usable = [i for i in han if len(made[i]) in vocabulary()]
        for i in draw.sample(usable, min(len(usable), share(len(han), rate))):
            made[i] = draw.choice([w for w in vocabulary()[len(made[i])] if w != made[i]])
        return "".join(made)

    return replace


def particles(rate: float) -> Rewrite:
    """Write another one for a share of the particles 的, 地 and 得."""

    def swap(text: str, draw: Random) -> str | None:
        made = words(text)
        places = [i for i, word in enumerate(made) if word in _PARTICLES]
        for i in draw.sample(places, share(len(places), rate)):
            made[i] = draw.choice(_PARTICLES.replace(made[i], ""))
        return "".join(made)

    return swap


def misread(rate: float) -> Rewrite:
    """Take a share of all letters, digits and Han for characters that look like them."""

    def read(text: str, draw: Random) -> str | None:
        made = list(text)
        places = [i for i, char in enumerate(text) if char in confusions()]
        count = share(sum(map(str.isalnum, text)), rate)
        if count > len(places):
            return None
        for i in draw.sample(places, count):
            made[i] = draw.choice(confusions()[text[i]])
        return "".join(made)

    return read


def _long_enough(parts: list[str]) -> list[int]:
    return [i for i, part in enumerate(parts) if len(part.strip()) >= _LEAST_SENTENCE]


def removed(rate: float) -> Rewrite:
    """Leave out a share of the sentences."""

    def remove(text: str, draw: Random) -> str | None:
        parts = sentences(text)
        places = _long_enough(parts)
        gone = set(draw.sample(places, share(len(places), rate)))
        return "".join(part for i, part in enumerate(parts) if i not in gone)

    return remove


def reordered(rate: float) -> Rewrite:
    """Move a share of the sentences elsewhere."""

    def move(text: str, draw: Random) -> str | None:
        parts = sentences(text)
        places = _long_enough(parts)
        chosen = draw.sample(places, share(len(places), rate))
        kept = [part for i, part in enumerate(parts) if i not in chosen]
        for i in chosen:
            kept.insert(draw.randrange(len(kept) + 1), parts[i])
        return "".join(kept)

    return move


def inserted(rate: float) -> Mixture:
    """Insert sentences of another text, as many as a share of the text's own."""

    def insert(text: str, other: str, draw: Random) -> str | None:
        made, foreign = sentences(text), sentences(other)
        usable = _long_enough(foreign)
        count = share(len(_long_enough(made)), rate)
        if count > len(usable):
            return None
        for i in draw.sample(usable, count):
            made.insert(draw.randrange(len(made) + 1), foreign[i])
        return "".join(made)

    return insert
