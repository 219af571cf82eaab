"""Differences of form between characters that are equal after folding, counted by kind.

Width, letter case, script variants, punctuation and white space never make a change each; they
are counted, with the first of them as the example.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dedup.model import Change, ChangeKind, Weight
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedup.match.body import Body
    from dedup.match.lcs import Block

#: Details of punctuation changes: the same marks in another width, other marks, letter case.
WIDTH, MARK, CASE = "width", "mark", "case"

#: White space and what nobody sees: zero-width and other format characters, variation selectors.
_UNSEEN = lazy_pattern(
    r"[\s\u00ad\u034f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_FIRST_HAN = "\u2e80"
#: Unicode categories of numerals that are no digits.
_NUMBER_SIGNS = {"No", "Nl"}
#: Marks that are read with the digits around them.
_WITH_DIGITS = frozenset("%‰.")

#: A place: offsets ``[start, end)`` in A and in B.
Place = tuple[int, int, int, int]


@dataclass(slots=True)
class FormCounts:
    """How many places differ in form only, with the first example of each kind."""

    a: Body
    b: Body
    counts: dict[tuple[ChangeKind, str], int] = field(default_factory=dict)
    examples: dict[tuple[ChangeKind, str], Change] = field(default_factory=dict)

    def add(
        self, kind: ChangeKind, place: Place, wording: tuple[str, str], detail: str = ""
    ) -> None:
        """Count one place; ``wording`` is what differs there, on each side."""
        key = (kind, detail)
        self.counts[key] = self.counts.get(key, 0) + 1
        if key not in self.examples:
            lines = self.a.line(place[0]), self.b.line(place[2])
            self.examples[key] = Change(Weight.FORM, kind, *wording, *lines, detail=detail)

    def between(self, x: str, y: str, place: Place, *, spaces: bool = True) -> None:
        """Count how two runs of characters that are not kept differ."""
        if x == y:
            return
        marks = _UNSEEN.sub("", x), _UNSEEN.sub("", y)
        if marks[0] != marks[1]:
            self.add(ChangeKind.PUNCTUATION, place, marks, WIDTH if _same(*marks) else MARK)
        unseen = "".join(_UNSEEN.findall(x)), "".join(_UNSEEN.findall(y))
        if spaces and unseen[0] != unseen[1]:
            self.add(ChangeKind.SPACE, place, unseen)
        elif spaces and marks[0] == marks[1]:
            self.add(ChangeKind.SPACE, place, (x, y))

    def gap(self, place: Place) -> None:
        """Count how two runs differ that are not kept, or a separator; markup by itself."""
        (x, tags), (y, other) = self.a.apart(*place[:2]), self.b.apart(*place[2:])
        self.between(x, y, place)
        self.markup(tags, other, place)

    def markup(self, x: str, y: str, place: Place) -> None:
        """Count a place where the markup of the two texts differs."""
        if x != y:
            self.add(ChangeKind.MARKUP, place, (x, y))

    def characters(self, kept: str, x: str, y: str, place: Place) -> None:
        """Count how the originals of one kept character differ."""
        if {unicodedata.category(char) for char in x[:1] + y[:1]} & _NUMBER_SIGNS:
            self.add(ChangeKind.NOTATION, place, (x, y))  # ㈠ and 一, Ⅳ and IV
        elif kept >= _FIRST_HAN:
            self.add(ChangeKind.SCRIPT, place, (x, y))
        elif _same(x, y):
            self.add(ChangeKind.PUNCTUATION, place, (x, y), WIDTH)
        elif _same(x.casefold(), y.casefold()):
            self.add(ChangeKind.PUNCTUATION, place, (x, y), CASE)
        else:
            self.add(ChangeKind.PUNCTUATION, place, (x, y), MARK)

    def changes(self) -> list[Change]:
        """Return one change for each kind of difference that was seen."""
        return [replace(self.examples[key], count=count) for key, count in self.counts.items()]


def form_changes(
    a: Body,
    b: Body,
    blocks: Iterable[Block],
    places: Iterable[Place] = (),
    *,
    noted: Iterable[range] = (),
) -> list[Change]:
    """Count the differences of form inside matches of kept characters, ascending in A.

    ``places`` are known to differ in marks or spaces alone; what differs in the kept characters
    ``noted`` of A is reported already.
    """
    counts = FormCounts(a, b)
    columns = _Columns(a, b, noted)
    for block in _joined(blocks):
        columns.count(block, counts)
    for place in places:
        counts.gap(place)
    return counts.changes()


class _Columns:
    """The offsets of two bodies as arrays, to find what differs without looking at the rest."""

    def __init__(self, a: Body, b: Body, noted: Iterable[range]) -> None:
        import numpy as np

        self.a, self.b = a, b
        self.starts = [np.array(body.starts, dtype=np.int64) for body in (a, b)]
        self.ends = [np.array(body.ends, dtype=np.int64) for body in (a, b)]
        self.codes = [
            np.frombuffer(body.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            for body in (a, b)
        ]
        self.noted = frozenset(at for span in noted for at in span)
        self.holes = [{body.position(start) for start, _ in body.holes} for body in (a, b)]

    def count(self, block: Block, counts: FormCounts) -> None:
        i, j, n = block
        a, b = self.a, self.b
        if i == j == 0:
            self._between(0, 0, counts)
        digits = _Digits(a, b, counts)
        done = 0
        for at in self._characters(i, j, n):
            p, q = i + at, j + at
            if at < done or p in self.noted:
                continue
            done = at + 1
            while done < n and (  # Ⅳ and IV: two kept characters of one sign
                a.starts[i + done] < a.ends[i + done - 1]
                or b.starts[j + done] < b.ends[j + done - 1]
            ):
                done += 1
            place = (a.starts[p], a.ends[i + done - 1], b.starts[q], b.ends[j + done - 1])
            x, y = a.text[place[0] : place[1]], b.text[place[2] : place[3]]
            if x == y:
                continue
            if a.kept[p].isdigit() or a.kept[p] in _WITH_DIGITS:
                digits.add(p, place)
            elif a.kept[p].isalnum():
                counts.characters(a.kept[p], x, y, place)
            else:
                counts.gap(place)
        digits.flush()
        for at in self._gaps(i, j, n):
            if i + at not in self.noted or i + at - 1 not in self.noted:
                self._between(i + at, j + at, counts)
        if i + n == len(a.kept) and j + n == len(b.kept):
            self._between(i + n, j + n, counts)

    def _characters(self, i: int, j: int, n: int) -> list[int]:
        """Return where the originals of matched characters may differ."""
        import numpy as np

        first_a, first_b = self.starts[0][i : i + n], self.starts[1][j : j + n]
        single = (self.ends[0][i : i + n] - first_a == 1) & (self.ends[1][j : j + n] - first_b == 1)
        same = self.codes[0][first_a] == self.codes[1][first_b]
        found: list[int] = np.flatnonzero(~(single & same)).tolist()
        return found

    def _gaps(self, i: int, j: int, n: int) -> list[int]:
        """Return the inner positions of a match with something that is not kept before them."""
        import numpy as np

        gap_a = self.starts[0][i + 1 : i + n] > self.ends[0][i : i + n - 1]
        gap_b = self.starts[1][j + 1 : j + n] > self.ends[1][j : j + n - 1]
        found: list[int] = (np.flatnonzero(gap_a | gap_b) + 1).tolist()
        return found

    def _between(self, p: int, q: int, counts: FormCounts) -> None:
        """Count what differs before the kept characters p and q."""
        x, y, place, tags = "", "", [0, 0, 0, 0], ["", ""]
        for side, (body, at) in enumerate(((self.a, p), (self.b, q))):
            low = body.ends[at - 1] if at else 0
            high = body.starts[at] if at < len(body.kept) else len(body.text)
            text, tags[side] = body.apart(low, max(low, high))
            if at in self.holes[side]:
                before, behind = body.sides(at)
                text = body.apart(low, before)[0] + body.apart(behind, high)[0]
            place[side * 2 : side * 2 + 2] = low, max(low, high)
            x, y = (text, y) if side == 0 else (x, text)
        spaces = p not in self.holes[0] and q not in self.holes[1]
        where = (place[0], place[1], place[2], place[3])
        counts.between(x, y, where, spaces=spaces)
        counts.markup(tags[0], tags[1], where)


class _Digits:
    """Digits in another width or sign (１２, ①), those beside each other counted as one number."""

    def __init__(self, a: Body, b: Body, counts: FormCounts) -> None:
        self.a, self.b, self.counts = a, b, counts
        self.last = -1
        self.place: Place | None = None

    def add(self, kept: int, place: Place) -> None:
        """Take one kept character that differs in form."""
        run = self.place
        if run is not None and kept == self.last + 1 and place[0] <= run[1] and place[2] <= run[3]:
            self.place = (run[0], max(run[1], place[1]), run[2], max(run[3], place[3]))
        else:
            self.flush()
            self.place = place
        self.last = kept

    def flush(self) -> None:
        """Count the number that is pending."""
        place, self.place = self.place, None
        if place is None:
            return
        x, y = self.a.text[place[0] : place[1]], self.b.text[place[2] : place[3]]
        if any(char.isdigit() or char in "%‰％" for char in x + y):
            self.counts.add(ChangeKind.NOTATION, place, (x, y))
        else:
            self.counts.between(x, y, place)


def _same(x: str, y: str) -> bool:
    return unicodedata.normalize("NFKC", x) == unicodedata.normalize("NFKC", y)


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    last: Block | None = None
    for a, b, n in blocks:
        if last is not None and (last[0] + last[2], last[1] + last[2]) == (a, b):
            last = (last[0], last[1], last[2] + n)
            continue
        if last is not None:
            yield last
        last = (a, b, n)
    if last is not None:
        yield last
