"""Judged samples: pairs drawn from all that are reported, each with a verdict and a reason.

A sample is ``SET.jsonl``: ids, numbers, relation, where the texts are from, and excerpts of at
most :data:`EXCERPT` characters, with ``verdict`` and ``reason`` to be filled in by who reads both
texts. Pairs are drawn by a hash of the seed and their ids, so that samples of different size are
nested, and a pair drawn once is drawn again as long as it is reported. A verdict belongs to a
pair of ids: rows that are no longer drawn keep theirs.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from dedup import compare
from dedup.model import Edit, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dedup import Document, Settings
    from dedup.model import Passage, TextSpan

    from .sets import IdPair, LabelledSet

EXCERPT = 120
#: Differing places shown of a pair.
PLACES = 4
#: Characters shown before a difference.
BEFORE = 30
_DIFFERING = {PassageKind.CHANGED, PassageKind.ONLY_A, PassageKind.ONLY_B}
#: Verdicts under which a reported pair is right: the same text; another version of it; an
#: extract of it.
RIGHT = frozenset({"duplicate", "version", "extract"})
#: Verdicts under which it is wrong: the same form with other facts; a statute of another place;
#: different texts around shared boilerplate; different texts.
WRONG = frozenset({"template", "place", "boilerplate", "different"})
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a sample. ``drawn``: whether it belongs to the present sample."""

    a: str
    b: str
    similarity: float
    containment: tuple[float, float]
    relation: str
    a_first_line: str
    b_first_line: str
    places: tuple[tuple[str, str], ...]
    source: str
    drawn: bool = True
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Precision by judged pairs, with Wilson's interval of 95 %."""

    right: int
    judged: int
    low: float
    high: float

    @property
    def precision(self) -> float:
        """Share that is right; 1 of nothing."""
        return self.right / self.judged if self.judged else 1.0


def draw(name: str, pairs: Iterable[IdPair], count: int, seed: int) -> list[IdPair]:
    """Draw ``count`` of ``pairs``, every one equally likely, in an order that never changes."""

    def rank(pair: IdPair) -> bytes:
        return hashlib.blake2b(json.dumps([seed, name, *pair]).encode(), digest_size=16).digest()

    return sorted(pairs, key=rank)[:count]


def read(path: Path) -> list[Judged]:
    """Read a sample; an empty one where there is none. Raises ValueError for a strange verdict."""
    if not path.exists():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        values["containment"] = tuple(values["containment"])
        values["places"] = tuple((a, b) for a, b in values["places"])
        row = Judged(**values)
        if row.verdict not in RIGHT | WRONG | {""}:
            raise ValueError(f"{path.name}: {row.verdict} is no verdict")
        rows.append(row)
    return rows


def write(path: Path, rows: Iterable[Judged]) -> None:
    """Write a sample, one pair a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")


def sample(
    labelled: LabelledSet,
    drawn: Sequence[IdPair],
    settings: Settings,
    before: Iterable[Judged],
    more: Sequence[IdPair] = (),
) -> list[Judged]:
    """Return the rows of a sample: the drawn pairs in order, ``more``, others judged before."""
    known = {(row.a, row.b): row for row in before if row.verdict}
    texts = {each.id: each for each in labelled.documents}
    rows = []
    for at, (a, b) in enumerate([*drawn, *more]):
        row = describe(labelled.name, texts[a], texts[b], settings)
        old = known.pop((a, b), row)
        row = replace(row, drawn=at < len(drawn), verdict=old.verdict, reason=old.reason)
        rows.append(row)
    return rows + [replace(row, drawn=False) for row in known.values()]


def describe(source: str, a: Document, b: Document, settings: Settings) -> Judged:
    """Return an unjudged row for two documents."""
    found = compare(a, b, settings)
    differing = [each for each in found.passages if each.kind in _DIFFERING]
    heaviest = sorted(range(len(differing)), key=lambda at: -_weight(differing[at]))[:PLACES]
    return Judged(
        a=a.id,
        b=b.id,
        similarity=round(found.similarity, 4),
        containment=(round(found.containment[0], 4), round(found.containment[1], 4)),
        relation=str(found.relation) if found.relation else "",
        a_first_line=_first_line(a.text),
        b_first_line=_first_line(b.text),
        places=tuple(_place(differing[at]) for at in sorted(heaviest)),
        source=source,
    )


def precision(rows: Iterable[Judged], leave_out: frozenset[str] = frozenset()) -> Estimate:
    """Estimate the precision from the drawn and judged rows, some verdicts left out."""
    verdicts = Counter(
        row.verdict for row in rows if row.drawn and row.verdict and row.verdict not in leave_out
    )
    judged = verdicts.total()
    right = sum(verdicts[each] for each in RIGHT)
    return Estimate(right, judged, *wilson(right, judged))


def wilson(right: int, judged: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's score interval for a share (Wilson 1927); (0, 1) of nothing."""
    if not judged:
        return (0.0, 1.0)
    part, extra = right / judged, z * z / judged
    middle = part + extra / 2
    around = z * math.sqrt(part * (1 - part) / judged + extra / (4 * judged))
    return (max(0.0, (middle - around) / (1 + extra)), min(1.0, (middle + around) / (1 + extra)))


def duplicates(rows: Iterable[Judged]) -> frozenset[IdPair]:
    """Return the pairs judged to be right, drawn or not."""
    return frozenset((row.a, row.b) for row in rows if row.verdict in RIGHT)


def verdicts(rows: Iterable[Judged]) -> Mapping[str, int]:
    """Count the verdicts of the drawn rows; "" are those still to be judged."""
    return dict(sorted(Counter(row.verdict for row in rows if row.drawn).items()))


def _weight(passage: Passage) -> int:
    """Return how many characters of the passage differ."""
    if passage.edits:
        return sum(max(e.a_end - e.a_start, e.b_end - e.b_start) for e in passage.edits)
    return max(len(side.text) for side in (passage.a, passage.b) if side is not None)


def _place(passage: Passage) -> tuple[str, str]:
    """Return what both sides say from a little before their first difference."""
    first = passage.edits[0] if passage.edits else Edit(0, 0, 0, 0)
    return (_around(passage.a, first.a_start), _around(passage.b, first.b_start))


def _around(span: TextSpan | None, start: int) -> str:
    return _short(span.text[max(0, start - BEFORE) :]) if span is not None else ""


def _first_line(text: str) -> str:
    """Return the first line that holds Han, for markup often comes before; else the first."""
    lines = [line for line in text.splitlines() if line.strip()]
    return _short(next((line for line in lines if _HAN.search(line)), lines[0] if lines else ""))


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= EXCERPT else joined[: EXCERPT - 1] + "…"
