"""A text as the explanation compares it: kept characters, where they stand, where to cut.

All cuts are positions between kept characters, so that layout decides nothing; they are mapped
back to the original only to be shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from dedup.match.sentences import split
from dedup.model import TextSpan
from dedup.text.fold import fold_with_offsets
from dedup.text.lazy import lazy_pattern
from dedup.text.markup import blanked, outside, union

_OPENING = frozenset("“‘「『《〈（【〖〔([{<＜［｛")
_SPACE = lazy_pattern(r"\s+")
_NO_LINE_END = lazy_pattern(r"[^\n\r]")
_LINE_END = lazy_pattern(r"\r\n|[\n\r]")


@dataclass(slots=True)
class Body:
    """A text without the spans set aside: ``holes``, and ``markup`` that text runs across.

    ``kept[i]`` comes from ``text[starts[i]:ends[i]]``. ``cuts`` are the kept positions where a
    sentence starts, ``hard`` those where a hole or a part to be shown by itself begins or ends.
    """

    text: str
    kept: str
    starts: list[int]
    ends: list[int]
    holes: tuple[tuple[int, int], ...]
    cuts: list[int]
    hard: list[int]
    line_ends: list[int]
    markup: tuple[tuple[int, int], ...] = ()
    _sides: dict[int, tuple[int, int]] = field(default_factory=dict)

    def position(self, offset: int) -> int:
        """Return the number of kept characters that start before ``offset``."""
        return bisect_left(self.starts, offset)

    def sides(self, cut: int) -> tuple[int, int]:
        """Return where the text before a cut ends and where the text behind it starts."""
        known = self._sides.get(cut)
        if known is None:
            low = self.ends[cut - 1] if cut else 0
            high = self.starts[cut] if cut < len(self.kept) else len(self.text)
            at = max(low, high)
            if 0 < cut < len(self.kept):
                while at > low and self.text[at - 1] in _OPENING:
                    at -= 1
            known = self._sides[cut] = (at, at)
        return known

    def can_cut(self, cut: int) -> bool:
        """Tell whether a cut falls between two characters of the original."""
        if not 0 < cut < len(self.kept):
            return False
        return cut in self._sides or self.ends[cut - 1] <= self.starts[cut]

    def span(self, low: int, high: int) -> TextSpan:
        """Return the original text of the kept characters ``[low, high)``, up to its cuts."""
        return self.original(self.sides(low)[1], self.sides(high)[0])

    def wording(self, low: int, high: int) -> TextSpan:
        """Return the original text from the first to the last of ``[low, high)``, not empty."""
        return self.original(self.starts[low], self.ends[high - 1])

    def original(self, start: int, end: int) -> TextSpan:
        """Return ``text[start:end]`` with the lines of what is visible in it."""
        text = self.text[start:end]
        visible = text.strip()
        first = start + len(text) - len(text.lstrip()) if visible else start
        last = first + max(len(visible) - 1, 0)
        return TextSpan(start, end, self.line(first), self.line(last), text)

    @property
    def plain(self) -> str:
        """The text with blanks for its markup, so that offsets stay."""
        return blanked(self.text, self.markup)

    def apart(self, start: int, end: int) -> tuple[str, str]:
        """Return ``text[start:end]`` without its markup, and the markup."""
        inside: list[tuple[int, int]] = []
        at = bisect_right(self.markup, start, key=lambda span: span[1])
        while at < len(self.markup) and self.markup[at][0] < end:
            low, high = self.markup[at]
            inside.append((max(low, start), min(high, end)))
            at += 1
        if not inside:
            return self.text[start:end], ""
        bare = outside([(start, end)], inside)
        return (
            "".join(self.text[low:high] for low, high in bare),
            "".join(self.text[low:high] for low, high in inside),
        )

    def line(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``, from 1."""
        return bisect_right(self.line_ends, offset) + 1


def body_of(
    text: str,
    holes: tuple[tuple[int, int], ...] = (),
    parts: tuple[tuple[int, int], ...] = (),
    markup: tuple[tuple[int, int], ...] = (),
) -> Body:
    """Return the compared body of ``text`` without ``holes`` and ``markup``, cut around ``parts``.

    Each are sorted spans that do not overlap. White space behind a hole, and marks between two
    holes without a kept character, belong to no passage.
    """
    markup = tuple(outside(markup, holes))
    # Line ends, as in the text that is compared: marks do not reach across what is set aside.
    folded = fold_with_offsets(blanked(text, union(holes, markup), "\n"))
    line_ends = [match.end() for match in _LINE_END.finditer(text)]
    body = Body(text, folded.kept, folded.starts, folded.ends, holes, [], [], line_ends, markup)
    sides = {0: (0, 0), len(body.kept): (len(text), len(text))}
    cuts: set[int] = set()
    for offset in split(blanked(_without_words(text, markup), holes, "\n")):
        cut = body.position(offset)
        if body.can_cut(cut):
            cuts.add(cut)
            sides[cut] = (offset, offset)
    hard: set[int] = set()
    for offset in (offset for low, high in parts for offset in (low, _visible(text, high))):
        cut = body.position(offset)
        if body.can_cut(cut):
            hard.add(cut)
            sides[cut] = (offset, offset)
    _cut_holes(body, sides, hard)
    body.cuts = sorted((cuts | hard) & set(range(1, len(body.kept))))
    body.hard = sorted(hard & set(range(1, len(body.kept))))
    body._sides.update(sides)  # noqa: SLF001
    return body


def _cut_holes(body: Body, sides: dict[int, tuple[int, int]], hard: set[int]) -> None:
    seen: set[int] = set()
    for start, end in body.holes:
        cut = body.position(start)
        first = sides[cut][0] if cut in seen else start
        sides[cut] = (first, _visible(body.text, end))
        seen.add(cut)
        hard.add(cut)
    if 0 in seen and body.kept:
        sides[0] = (0, sides[0][1])


def _visible(text: str, offset: int) -> int:
    """Return the offset of the first character from ``offset`` on that is no white space."""
    space = _SPACE.match(text, offset)
    return space.end() if space else offset


def _without_words(text: str, markup: tuple[tuple[int, int], ...]) -> str:
    """Return ``text`` with blanks for its markup, in which only line ends are left."""
    pieces: list[str] = []
    position = 0
    for start, end in markup:
        pieces += [text[position:start], _NO_LINE_END.sub(" ", text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])
