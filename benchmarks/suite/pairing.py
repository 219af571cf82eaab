"""From rewrites of one text to pairs of texts over many sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .material import converter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from dedup import Document

    from .model import Mixture, Pairs, Rewrite

_SHINGLE = 8


def shuffled(sources: Sequence[Document], draw: Random) -> list[Document]:
    """Return the sources in another order, the same whatever order they came in."""
    ordered = sorted(sources, key=lambda source: source.id)
    draw.shuffle(ordered)
    return ordered


def rewritten(rewrite: Rewrite) -> Pairs:
    """Pair every source with what a rewrite makes of it."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        for source in shuffled(sources, draw):
            other = rewrite(source.text, draw)
            if other is not None and other != source.text:
                yield source.text, other

    return pairs


def both_rewritten(rewrite: Rewrite) -> Pairs:
    """Pair two results of one rewrite of the same source."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        for source in shuffled(sources, draw):
            a, b = rewrite(source.text, draw), rewrite(source.text, draw)
            if a is not None and b is not None and a != b:
                yield a, b

    return pairs


def mixed(mixture: Mixture) -> Pairs:
    """Pair every source with what is made of it and another one."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        ordered = shuffled(sources, draw)
        for source in ordered:
            for _ in range(10):
                other = draw.choice(ordered)
                made = None if related(source, other) else mixture(source.text, other.text, draw)
                if made is not None and made != source.text:
                    yield source.text, made
                    break

    return pairs


def side_by_side(join: Callable[[str, str, Random], tuple[str, str] | None]) -> Pairs:
    """Make a pair of every two sources of one kind; no source is in two of them."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        left: dict[str, Document] = {}
        for source in shuffled(sources, draw):
            other = left.pop(_kind(source), None)
            if other is None:
                left[_kind(source)] = source
                continue
            made = None if related(source, other) else join(source.text, other.text, draw)
            if made is not None:
                yield made

    return pairs


def related(a: Document, b: Document) -> bool:
    """Whether two sources are the same one, or alike.

    Sources are a sample of real texts, in which a few are the same text after all. The bar is
    high enough to leave in what makes a pair of different texts hard, a shared preamble say.
    """
    return a.id == b.id or alike(a.text, b.text)


def alike(a: str, b: str) -> bool:
    """Whether one text shares half of its 8-character shingles with the other."""
    left, right = _shingles(a), _shingles(b)
    return 2 * len(left & right) >= min(len(left), len(right))


def _shingles(text: str) -> set[str]:
    kept = "".join(filter(str.isalnum, converter("t2s").convert(text)))
    return {kept[i : i + _SHINGLE] for i in range(max(1, len(kept) - _SHINGLE + 1))}


def _kind(source: Document) -> str:
    """Return the first part of the id: ``lctt`` of ``lctt/123``, nothing where it has one part."""
    first, slash, _ = source.id.partition("/")
    return first if slash else ""
