"""What changed inside a sentence: facts first, then wording, each difference once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedup.match.lattice import Lattice, Region
from dedup.match.numbers import expressions
from dedup.match.people import name_around, titles
from dedup.match.quantities import quantities
from dedup.match.side import Part, Side
from dedup.match.speech import negations
from dedup.match.view import view
from dedup.model import Change, ChangeKind, PassageKind, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.match.body import Body
    from dedup.match.form import Place
    from dedup.match.stretches import Stretch
    from dedup.match.variants import Variants

#: A negation is looked for in differences of at most this many kept characters.
LONGEST_NEGATION = 6
#: A person's title with the office before it (市委书记) has at most this many characters.
LONGEST_TITLE = 10


@dataclass(slots=True)
class Found:
    """The changes of one stretch; ``places`` differ in marks or spaces alone.

    ``noted`` are the kept characters of A in changes of notation, which say all about them.
    """

    changes: list[Change] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    noted: list[range] = field(default_factory=list)


def changes_within(
    stretch: Stretch, a: Side, b: Side, *, variants: Variants | None = None
) -> Found:
    """Return what differs inside a changed stretch, each difference once."""
    return _Reader(stretch, a, b, variants).run()


class _Reader:
    def __init__(self, stretch: Stretch, a: Side, b: Side, variants: Variants | None) -> None:
        self.variants = variants
        self.lattice = Lattice(stretch)
        hunks = list(stretch.hunks())
        self.a = Part(a, stretch.a_low, stretch.a_high, [hunk[:2] for hunk in hunks])
        self.b = Part(b, stretch.b_low, stretch.b_high, [hunk[2:] for hunk in hunks])
        self.found = Found()
        self.pending: Region | None = None
        self.noted: list[tuple[range, range]] = []  # notation in the region that is being read
        self.behind = (0, 0)  # where the last name ends that had something else behind it
        self.said = (0, 0)  # where the last negation or word of another region ends, all of it
        self.hunks: list[Region] = []
        for hunk in hunks:
            if self.a.is_space(*hunk[:2]) and self.b.is_space(*hunk[2:]):
                self.found.places.append(self._place(hunk))
            else:
                self.hunks.append(hunk)

    def run(self) -> Found:
        for region, hunks in self._regions():
            numerals = quantities(self.a, self.b, region, hunks)
            self.found.changes += numerals.changes
            self.found.noted += [a for a, _ in numerals.noted]
            self.noted = numerals.noted
            covered = numerals.covered
            for hunk in hunks:
                rest = _uncovered(hunk, covered, self.a.body.kept, self.b.body.kept)
                if rest is not None:
                    self._rest(rest)
                elif not any(covered):
                    self.found.places.append(self._place(hunk))
        self._flush()
        return self.found

    def _regions(self) -> Iterator[tuple[Region, list[Region]]]:
        """Yield the differences, those in one number or date together."""
        spans = (self.a.numerals, self.b.numerals)
        last: tuple[Region, list[Region]] | None = None
        for hunk in self.hunks:
            region = self.lattice.widened(hunk, spans)
            if last is not None and (region[0] < last[0][1] or region[2] < last[0][3]):
                last = (_hull(last[0], region), [*last[1], hunk])
                continue
            if last is not None:
                yield last
            last = (region, [hunk])
        if last is not None:
            yield last

    def _rest(self, hunk: Region) -> None:
        """Report a difference that is no number or date."""
        if self.pending is not None and hunk[1] <= self.pending[1] and hunk[3] <= self.pending[3]:
            return
        if hunk[1] <= self.said[0] and hunk[3] <= self.said[1]:
            return  # 能够 → 未能 is one difference
        if self._variant(hunk) or self._name(hunk) or self._title(hunk) or self._negation(hunk):
            return
        region = self._in_words(hunk)
        if self.pending is not None:
            if region[0] <= self.pending[1] and region[2] <= self.pending[3]:
                self.pending = _hull(self.pending, region)
                return
            self._flush()
        self.pending = region

    def _in_words(self, hunk: Region) -> Region:
        """Return a difference with the words it cuts, but not what has been reported beside it."""
        region = self.lattice.widened(hunk, (self.a.words, self.b.words))
        low_a, low_b = max(region[0], self.behind[0]), max(region[2], self.behind[1])
        high_a, high_b = region[1], region[3]
        for a, b in self.noted:
            if a.stop <= hunk[0] and b.stop <= hunk[2]:
                low_a, low_b = max(low_a, a.stop), max(low_b, b.stop)
            elif a.start >= hunk[1] and b.start >= hunk[3]:
                high_a, high_b = min(high_a, a.start), min(high_b, b.start)
        return low_a, high_a, low_b, high_b

    def _variant(self, hunk: Region) -> bool:
        """Report words that differ by region or spelling only."""
        if self.variants is None:
            return False
        kept = self.a.body.kept, self.b.body.kept
        region = self._in_words(hunk)
        pairs = self.variants.within(kept, region) or self.variants.within(kept, hunk)
        for pair in pairs:
            self._add(ChangeKind.REGIONAL, pair, weight=Weight.FORM)
            self.said = self.behind = (pair[1], pair[3])
        return bool(pairs)

    def _name(self, hunk: Region) -> bool:
        """Report a name that differs, and apart from it what differs right behind it."""
        a, b = (_name(part, *span) for part, span in self._sided(hunk))
        if a is None and b is None and min(hunk[1] - hunk[0], hunk[3] - hunk[2]) > 1:
            a, b = _name(self.a, hunk[0], hunk[0] + 1), _name(self.b, hunk[2], hunk[2] + 1)
            if a is None or b is None or a[1] > hunk[1] or b[1] > hunk[3]:
                return False
            self._add(ChangeKind.NAME, (*a, *b), weight=Weight.FACT)
            self.behind = (a[1], b[1])
            if a[1] < hunk[1] or b[1] < hunk[3]:
                self._rest((a[1], hunk[1], b[1], hunk[3]))
            return True
        if a is None and b is None:
            return False
        region = (*(a or hunk[:2]), *(b or hunk[2:]))
        both = a is not None and b is not None
        if not both and (a or b) != (hunk[:2] if a else hunk[2:]):
            return False
        if self.a.seen(*region[:2]) == self.b.seen(*region[2:]):
            return False
        last = self.found.changes[-1] if self.found.changes else None
        self._add(ChangeKind.NAME, region, weight=Weight.FACT)
        if last is not None and last == self.found.changes[-1]:
            self.found.changes.pop()  # two letters of one name
        return True

    def _title(self, hunk: Region) -> bool:
        region = self.lattice.widened(hunk, (self.a.titles, self.b.titles))
        ends = [
            not low < high
            or (high - low <= LONGEST_TITLE and any(e == high for _, e in part.titles.spans))
            for part, (low, high) in self._sided(region)
        ]
        whole = [bool(part.titles.inside(*span)) for part, span in self._sided(region)]
        if not (all(ends) and any(whole)):
            return False
        self._add(ChangeKind.NAME, region, weight=Weight.FACT, detail="title")
        return True

    def _negation(self, hunk: Region) -> bool:
        if max(hunk[1] - hunk[0], hunk[3] - hunk[2]) > LONGEST_NEGATION:
            return False
        seen_a, seen_b = self.a.seen(*hunk[:2]), self.b.seen(*hunk[2:])
        if negations(seen_a).total() == negations(seen_b).total():
            return False
        region = self.lattice.widened(hunk, (self.a.words, self.b.words))
        if region[0] == region[1] or region[2] == region[3]:  # with the word that is negated
            wider = (
                region[0], self.a.words.following(region[1]),
                region[2], self.b.words.following(region[3]),
            )  # fmt: skip
            region = self.lattice.widened(wider, (self.a.words, self.b.words))
        self._add(ChangeKind.NEGATION, region, weight=Weight.FACT)
        self.said = (region[1], region[3])
        return True

    def _flush(self) -> None:
        region, self.pending = self.pending, None
        if region is None:
            return
        quoted = any(
            low < high
            and part.side.quotations.holds(part.body.starts[low], part.body.ends[high - 1])
            for part, (low, high) in self._sided(region)
        )
        if quoted:
            self._add(ChangeKind.QUOTATION, region, weight=Weight.FACT)
        elif region[0] == region[1]:
            self._add(ChangeKind.INSERTED, region)
        elif region[2] == region[3]:
            self._add(ChangeKind.DELETED, region)
        else:
            self._add(ChangeKind.REPLACED, region)

    def _sided(self, region: Region) -> tuple[tuple[Part, tuple[int, int]], ...]:
        return ((self.a, region[:2]), (self.b, region[2:]))

    def _add(
        self, kind: ChangeKind, region: Region, *, weight: Weight = Weight.WORDING, detail: str = ""
    ) -> None:
        a, b = region[:2], region[2:]
        self.found.changes.append(
            Change(
                weight, kind, self.a.text(*a), self.b.text(*b), self.a.line(*a), self.b.line(*b),
                detail=detail,
            )
        )  # fmt: skip

    def _place(self, hunk: Region) -> Place:
        a, b = self.a.body, self.b.body
        return (*_around(a, hunk[0], hunk[1]), *_around(b, hunk[2], hunk[3]))


def _around(body: Body, low: int, high: int) -> tuple[int, int]:
    """Return the original between the kept characters next to ``[low, high)``."""
    start = body.ends[low - 1] if low else 0
    end = body.starts[high] if high < len(body.kept) else len(body.text)
    return start, max(start, end)


def _name(part: Part, low: int, high: int) -> tuple[int, int] | None:
    if low >= high:
        return None
    found = name_around(part.view, *part.offsets(low, high))
    return found and part.positions(*found)


def _hull(x: Region, y: Region) -> Region:
    return min(x[0], y[0]), max(x[1], y[1]), min(x[2], y[2]), max(x[3], y[3])


def _uncovered(
    hunk: Region, covered: tuple[list[range], list[range]], kept_a: str, kept_b: str
) -> Region | None:
    """Return what a difference has beside the numbers and dates reported, or None."""
    left = []
    for low, high, ranges, kept in (
        (*hunk[:2], covered[0], kept_a),
        (*hunk[2:], covered[1], kept_b),
    ):
        gone = {i for r in ranges for i in range(max(low, r.start), min(high, r.stop))}
        left.append([i for i in range(low, high) if i not in gone and kept[i] != " "])
    a, b = left
    if any(covered):  # what stands between two numbers may be equal: 三人和两次, 3人和2次
        while a and b and kept_a[a[0]] == kept_b[b[0]]:
            a, b = a[1:], b[1:]
        while a and b and kept_a[a[-1]] == kept_b[b[-1]]:
            a, b = a[:-1], b[:-1]
    if not a and not b:
        return None
    behind_a, behind_b = (b and b[0] > hunk[2]), (a and a[0] > hunk[0])
    at_a, at_b = hunk[1 if behind_a else 0], hunk[3 if behind_b else 2]
    bounds_a = (a[0], a[-1] + 1) if a else (at_a, at_a)
    return *bounds_a, *((b[0], b[-1] + 1) if b else (at_b, at_b))


def alone(stretch: Stretch, a: Side, b: Side) -> Change:
    """Return the change for sentences of one text alone; ``detail`` names the facts in them."""
    in_a = stretch.kind is PassageKind.ONLY_A
    side, low, high = (
        (a, stretch.a_low, stretch.a_high) if in_a else (b, stretch.b_low, stretch.b_high)
    )
    span = side.body.span(low, high)
    text = side.body.apart(span.start, span.end)[0].strip()
    kind, weight = (ChangeKind.DELETED if in_a else ChangeKind.INSERTED), Weight.WORDING
    if side.quotations.holds(side.body.starts[low], side.body.ends[high - 1]):
        kind, weight = ChangeKind.QUOTATION, Weight.FACT
    detail = " ".join(_facts_in(text)) if weight is Weight.WORDING else ""
    if in_a:
        return Change(weight, kind, text, "", span.line, None, detail=detail)
    return Change(weight, kind, "", text, None, span.line, detail=detail)


def _facts_in(text: str) -> list[str]:
    seen = view(text[:2000])
    kinds = {e.kind for e in expressions(seen)}
    if negations(seen):
        kinds.add(ChangeKind.NEGATION)
    if titles(seen):
        kinds.add(ChangeKind.NAME)
    return [kind.value for kind in ChangeKind if kind in kinds]
