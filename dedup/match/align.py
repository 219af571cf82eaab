"""Alignment of two kept texts: which characters of A are which of B, and what moved.

Coarse to fine: common ends; windows of 32 and 16 characters; whole sentences; sentences that
moved; then finer windows where a gap is still large; an exact longest common subsequence where
it is small. What is larger and shares no anchor is left unmatched. Time is
O(n log n) with a bounded constant, whatever the texts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.match.anchors import Gap, anchors, heaviest_chain, window_hashes
from dedup.match.lcs import Block, longest_common, without_scraps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedup.match.body import Body

#: Sentences shorter than this, in kept characters, are not followed when they move.
SHORTEST_MOVE = 8
#: A gap of at most this many cells is solved exactly (about 2 ms and 128 KB).
EXACT_CELLS = 1 << 20
#: Common letters up to this length are dropped between longer edits.
LONGEST_SCRAP = 4
#: Stand in for characters that moved; kept text has no lone surrogates.
_MOVED_A, _MOVED_B = "\ud800", "\ud801"
_COARSE = (32, 16)
_FINE = ((8, False), (4, False), (16, True), (8, True), (4, True))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Matches of kept characters ``(offset in A, offset in B, length)``.

    ``blocks`` ascend in both texts; ``moved`` ascend in A and are whole sentences that stand
    elsewhere in B. No character is in two matches.
    """

    blocks: tuple[Block, ...]
    moved: tuple[Block, ...]

    def swapped(self) -> Alignment:
        """Return the same alignment seen from B."""
        return Alignment(
            tuple((b, a, n) for a, b, n in self.blocks),
            tuple(sorted((b, a, n) for a, b, n in self.moved)),
        )


def align(a: Body, b: Body) -> Alignment:
    """Align the kept texts of two bodies; ``align(b, a)`` is the same, swapped."""
    if (len(a.kept), a.kept, a.cuts) > (len(b.kept), b.kept, b.cuts):
        return align(b, a).swapped()
    blocks = _grown((a.kept, b.kept), [])
    if _gaps(blocks, len(a.kept), len(b.kept)):
        return _aligned(a, b, blocks)
    return Alignment(tuple(blocks), ())


def _aligned(a: Body, b: Body, blocks: list[Block]) -> Alignment:
    texts = (a.kept, b.kept)
    blocks = _windows(texts, blocks, [(size, False) for size in _COARSE], cells=0)
    blocks, moved = _with_sentences(a, b, blocks)
    texts = (
        _masked(texts[0], [(i, n) for i, _, n in moved], _MOVED_A),
        _masked(texts[1], [(j, n) for _, j, n in moved], _MOVED_B),
    )
    blocks = _windows(texts, _grown(texts, blocks), list(_FINE), cells=EXACT_CELLS)
    return Alignment(tuple(_exact(texts, blocks)), tuple(moved))


def _windows(
    texts: tuple[str, str], blocks: list[Block], sizes: list[tuple[int, bool]], *, cells: int
) -> list[Block]:
    """Add the anchors of each window size in the gaps of more than ``cells``."""
    hashes = None
    for size, ranked in sizes:
        gaps = [g for g in _gaps(blocks, *map(len, texts)) if _cells(g) > cells]
        if not gaps:
            break
        if hashes is None:
            longest = max(size for size, _ in sizes)
            hashes = [window_hashes(text, longest) for text in texts]
        of_size = (hashes[0][size], hashes[1][size])
        found = anchors(texts, of_size, gaps, size, ranked=ranked)
        blocks = _grown(texts, sorted(blocks + found))
    return blocks


def _exact(texts: tuple[str, str], blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for gap in _gaps(blocks, *map(len, texts)):
        low_a, high_a, low_b, high_b = gap
        if _cells(gap) <= EXACT_CELLS:
            inside = longest_common(texts[0][low_a:high_a], texts[1][low_b:high_b])
            inside = without_scraps(inside, high_a - low_a, high_b - low_b, longest=LONGEST_SCRAP)
            found += [(low_a + i, low_b + j, n) for i, j, n in inside]
    return _joined(sorted(blocks + found))


def _gaps(blocks: list[Block], size_a: int, size_b: int) -> list[Gap]:
    """Return the gaps between matches that have characters on both sides."""
    gaps = []
    at_a = at_b = 0
    for a, b, n in [*blocks, (size_a, size_b, 0)]:
        if a > at_a and b > at_b:
            gaps.append((at_a, a, at_b, b))
        at_a, at_b = a + n, b + n
    return gaps


def _cells(gap: Gap) -> int:
    return (gap[1] - gap[0]) * (gap[3] - gap[2])


def _grown(texts: tuple[str, str], blocks: list[Block]) -> list[Block]:
    """Extend matches into the gaps around them as far as the characters agree."""
    grown = list(blocks)
    for low_a, high_a, low_b, high_b in _gaps(blocks, *map(len, texts)):
        room = min(high_a - low_a, high_b - low_b)
        head = _common(texts[0], texts[1], low_a, low_b, room)
        if head:
            grown.append((low_a, low_b, head))
        tail = _common_tail(texts[0], texts[1], high_a, high_b, room - head)
        if tail:
            grown.append((high_a - tail, high_b - tail, tail))
    return _joined(sorted(grown))


def _common(a: str, b: str, at_a: int, at_b: int, room: int) -> int:
    size, step = 0, 1
    while step:
        step = min(step, room - size)
        if step and a.startswith(b[at_b + size : at_b + size + step], at_a + size):
            size += step
            step *= 2
        else:
            step //= 2
    return size


def _common_tail(a: str, b: str, end_a: int, end_b: int, room: int) -> int:
    size, step = 0, 1
    while step:
        step = min(step, room - size)
        if step and a.endswith(b[end_b - size - step : end_b - size], 0, end_a - size):
            size += step
            step *= 2
        else:
            step //= 2
    return size


def _joined(blocks: list[Block]) -> list[Block]:
    """Join matches that follow each other in both texts."""
    joined: list[Block] = []
    for a, b, n in blocks:
        if joined:
            i, j, m = joined[-1]
            if (i + m, j + m) == (a, b):
                joined[-1] = (i, j, m + n)
                continue
        joined.append((a, b, n))
    return joined


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and where it starts, without separators at its ends."""

    low: int
    text: str


def _with_sentences(a: Body, b: Body, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Match the equal sentences that each text has once and nothing matches yet.

    Returns the heaviest part of all matches that is in order, and the sentences of useful length
    that are not: those moved.
    """
    once_a = _once(_unmatched(a, [(i, i + n) for i, _, n in blocks]))
    once_b = _once(_unmatched(b, [(j, j + n) for _, j, n in blocks]))
    equal = [(low, once_b[text], len(text)) for text, low in once_a.items() if text in once_b]
    chain = heaviest_chain(sorted(_freed(blocks, equal) + equal))
    in_order = set(chain)
    moved = [m for m in equal if m not in in_order and m[2] >= SHORTEST_MOVE]
    return chain, moved


def _unmatched(body: Body, matched: list[tuple[int, int]]) -> Iterator[_Sentence]:
    """Yield the sentences of which chance matches at the ends are all that is matched."""
    at = 0
    for sentence in _sentences(body):
        low, high = sentence.low, sentence.low + len(sentence.text)
        while at < len(matched) and matched[at][1] <= low:
            at += 1
        shared = 0
        for i in range(at, len(matched)):
            if matched[i][0] >= high:
                break
            shared += min(high, matched[i][1]) - max(low, matched[i][0])
        if shared * 4 <= len(sentence.text):
            yield sentence


def _sentences(body: Body) -> Iterator[_Sentence]:
    bounds = [0, *body.cuts, len(body.kept)]
    for low, high in pairwise(bounds):
        text = body.kept[low:high]
        stripped = text.strip(" ")
        if stripped:
            yield _Sentence(low + len(text) - len(text.lstrip(" ")), stripped)


def _freed(blocks: list[Block], taken: list[Block]) -> list[Block]:
    """Take the characters of some sentences out of other matches."""
    for side in (0, 1):
        spans = sorted((block[side], block[side] + block[2]) for block in taken)
        freed: list[Block] = []
        at = 0
        for a, b, n in blocks:
            start = (a, b)[side]
            done = 0
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            for i in range(at, len(spans)):
                low, high = spans[i]
                if low >= start + n:
                    break
                if low - start > done:
                    freed.append((a + done, b + done, low - start - done))
                done = min(high - start, n)
            if done < n:
                freed.append((a + done, b + done, n - done))
        blocks = freed
    return blocks


def _once(sentences: Iterable[_Sentence]) -> dict[str, int]:
    """Return where the sentences stand that occur once."""
    found = list(sentences)
    counts = Counter(sentence.text for sentence in found)
    return {sentence.text: sentence.low for sentence in found if counts[sentence.text] == 1}


def _masked(text: str, spans: list[tuple[int, int]], char: str) -> str:
    pieces: list[str] = []
    at = 0
    for start, size in sorted(spans):
        pieces += [text[at:start], char * size]
        at = start + size
    return "".join([*pieces, text[at:]])
