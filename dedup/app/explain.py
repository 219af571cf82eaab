"""Explain: what two documents are to each other, and where they differ, by weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.engine.pair import PairEvidence, gather_pair
from dedup.errors import InputError
from dedup.match.align import align
from dedup.match.body import Body, body_of
from dedup.match.changes import ordered, text_changes
from dedup.match.decide import decide
from dedup.match.elsewhere import elsewhere
from dedup.match.parts import Group, groups, part_changes
from dedup.match.passages import passages
from dedup.match.stretches import Stretch, stretches
from dedup.messages import message
from dedup.model import Comparison, Document, PassageKind, Skipped
from dedup.text import markup
from dedup.text.markup import union
from dedup.text.social import spans as social_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.model import DocumentInfo
    from dedup.settings import Settings
    from dedup.source.reading import Reading
    from dedup.text.segment import Segmenter


def compare(a: Document, b: Document, settings: Settings) -> Comparison:
    """Compare two documents, duplicates or not.

    What is set aside is not aligned; it is described among the differences of form, where the
    documents differ in it.
    """
    evidence = _evidence(a, b, settings)
    social = settings.social and not settings.keep_metadata
    sides = (_Compared(a.text, evidence.a, social), _Compared(b.text, evidence.b, social))
    first, second = sides[0].body, sides[1].body
    aligned = align(first, second)
    found = stretches(first, second, aligned)
    lone = (_lone(found, sides, 0), _lone(found, sides, 1))
    described = _Described(sides)
    changes = text_changes(
        first,
        second,
        found,
        _Cut(settings),
        described=described,
        representative=_representative if settings.regional_words else None,
    )
    shown = [side.shown(found, number, described) for number, side in enumerate(sides)]
    changes += part_changes(*shown, in_body=lone)
    return Comparison(
        a=evidence.a,
        b=evidence.b,
        relation=decide(evidence.compared, settings),
        evidence=evidence.compared,
        whole_evidence=evidence.whole,
        threshold=settings.threshold,
        changes=ordered(changes),
        passages=passages(first, second, found),
        elsewhere=elsewhere(first, second, aligned),
        filled=evidence.filled,
    )


def read_document(path: str, settings: Settings, *, reading: Reading | None = None) -> Document:
    """Read one file, one record (``data.jsonl:12``), or standard input for ``-``, to compare.

    ``reading`` is how records are read. Raises :class:`~dedup.errors.InputError` if it holds no
    text.
    """
    from dedup.source.missing import is_missing, missing
    from dedup.source.readers import read
    from dedup.source.reading import Reading, with_settings
    from dedup.source.rereading import read_place
    from dedup.source.shards import format_of

    reading = with_settings(reading or Reading(), settings)
    gone = is_missing(path)
    document = read_place(path, reading) if gone else None
    if gone and document is None:
        raise missing(path)
    if document is None and path != "-" and format_of(path, reading) is not None:
        raise InputError(
            message("{path} holds records", path=path),
            hint=message("name one by its line: {path}:1", path=path),
        )
    if document is None:
        document = read(path, encoding=reading.encoding, encodings=reading.encodings)
    if isinstance(document, Skipped):
        raise InputError(
            message("{path}: {why}", path=path, why=document.detail),
            hint=message("name two files that hold text"),
        )
    return document


def _evidence(a: Document, b: Document, settings: Settings) -> PairEvidence:
    return gather_pair(a, b, settings)


def _representative(word: str) -> str:
    """Return the word that stands for the regional and spelling variants of a folded word."""
    from dedup.text.regional import representative

    return representative(word)


class _Cut:
    """The segmenter, loaded when the first changed sentence needs it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._segmenter: Segmenter | None = None

    def __call__(self, kept: str) -> list[str]:
        if self._segmenter is None:
            from dedup.sketch.kernel import word_segmenter

            self._segmenter = word_segmenter(self.settings)
        return self._segmenter.cut(kept)


class _Compared:
    """A document's body, and the parts found in it, set aside or not."""

    def __init__(self, text: str, info: DocumentInfo, social: bool) -> None:
        spans = tuple((part.start, part.end) for part in info.found)
        self.set_aside = info.set_aside
        self.groups = groups(info.found, text)
        around = social_spans(text) if social else []
        self.body: Body = (
            body_of(text, spans, markup=tuple(union(markup.spans(text), around)))
            if info.set_aside
            else body_of(text, (), spans, markup=tuple(around))
        )
        self.kept = frozenset(group.kept for group in self.groups if info.set_aside)

    def part_at(self, low: int, high: int) -> Group | None:
        """Return the part in the body that holds the kept characters ``[low, high)``."""
        if self.set_aside or low >= high:
            return None
        start, end = self.body.starts[low], self.body.ends[high - 1]
        inside = (g for g in self.groups if g.start <= start and end <= g.end)
        return next(inside, None)

    def shown(self, found: Sequence[Stretch], number: int, described: _Described) -> list[Group]:
        """Return the parts to be described: those set aside, or those that nothing matches."""
        if self.set_aside:
            return self.groups
        unmatched = [
            self.part_at(*_side(stretch, number)) for stretch in found if described(stretch)
        ]
        return [group for group in self.groups if group in unmatched]


@dataclass(frozen=True, slots=True)
class _Described:
    """Tells which stretches are shown as a part: metadata that was not set aside, and the like."""

    sides: tuple[_Compared, _Compared]

    def __call__(self, stretch: Stretch) -> bool:
        if stretch.kind in (PassageKind.EQUAL, PassageKind.MOVED):
            return False
        for number, side in enumerate(self.sides):
            low, high = _side(stretch, number)
            if low == high or side.part_at(low, high) is not None:
                continue
            echo = stretch.kind is not PassageKind.CHANGED and (
                side.body.kept[low:high].strip(" ") in self.sides[1 - number].kept
            )
            if not echo:
                return False
        return True


def _side(stretch: Stretch, number: int) -> tuple[int, int]:
    if number:
        return stretch.b_low, stretch.b_high
    return stretch.a_low, stretch.a_high


def _lone(
    found: Sequence[Stretch], sides: tuple[_Compared, _Compared], number: int
) -> frozenset[str]:
    """Return the kept texts of the stretches that one side has alone."""
    kind = (PassageKind.ONLY_A, PassageKind.ONLY_B)[number]
    kept = sides[number].body.kept
    return frozenset(
        kept[slice(*_side(stretch, number))].strip(" ") for stretch in found if stretch.kind is kind
    )
