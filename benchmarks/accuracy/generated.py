"""The generated suite: pairs made from real texts, by kind and severity, at the settings given.

Each pair is decided by its exact evidence, as a scan decides its candidates; that a pair may fail
to become a candidate is measured on the labelled sets.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dedup import Document, Relation
from dedup.engine.pair import gather_pair
from dedup.match.decide import decide

from .ours import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from suite.model import Case

    from dedup import Settings

    from .sets import LabelledSet

SEED = 1
PER_CASE = 40
#: Texts that the suite is made from, when there are corpora: of each, up to this many.
SOURCES_A_SET = 60
#: Characters that a source should have.
SOURCE_LENGTHS = (200, 6000)


def measure(sources: Sequence[Document], settings: Settings, per_case: int) -> list[dict[str, Any]]:
    """Return a row for each case and severity: how many pairs are reported, of how many."""
    from suite import generate

    return rows(generate(sources, seed=SEED, per_case=per_case), settings)


def rows(cases: Iterable[Case], settings: Settings) -> list[dict[str, Any]]:
    """Decide every case; return a row for each name and severity, in the order of the cases."""
    verdicts: dict[tuple[str, str, float | None, bool], list[Relation | None]] = defaultdict(list)
    for case in cases:
        key = (case.group, case.name, case.severity, case.expected)
        verdicts[key].append(relation_of(case.a, case.b, settings))
    return [
        {
            "group": group,
            "case": name,
            "severity": severity,
            "expected": expected,
            "pairs": len(found),
            "reported": sum(map(_reported, found)),
            "share": share(sum(map(_reported, found)), len(found)),
            "template": found.count(Relation.TEMPLATE),
            "version": found.count(Relation.VERSION),
        }
        for (group, name, severity, expected), found in verdicts.items()
    ]


def is_reported(a: str, b: str, settings: Settings) -> bool:
    """Whether the two texts are reported as one: a template is two texts, and stays."""
    return _reported(relation_of(a, b, settings))


def _reported(relation: Relation | None) -> bool:
    return relation not in {None, Relation.TEMPLATE}


def relation_of(a: str, b: str, settings: Settings) -> Relation | None:
    """Return what the two texts are to each other."""
    evidence = gather_pair(Document("a", a), Document("b", b), settings).compared
    return decide(evidence, settings)


def totals(found: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Add up the rows of each group."""
    sums: dict[str, dict[str, int]] = {}
    counted = ("pairs", "reported", "template", "version")
    for row in found:
        group = sums.setdefault(row["group"], dict.fromkeys(counted, 0))
        for each in counted:
            group[each] += row[each]
    return {
        name: {**group, "share": share(group["reported"], group["pairs"])}
        for name, group in sums.items()
    }


def sources(sets: Iterable[LabelledSet]) -> list[Document]:
    """Choose texts to make the suite from: of each set some of middling length, by their hash.

    Of listed partners only one is taken, so that no two sources are the same text.
    """
    chosen = []
    for labelled in sets:
        second = {b for _, b in labelled.pairs}
        fitting = [
            document
            for document in labelled.documents
            if document.id not in second
            and SOURCE_LENGTHS[0] <= len(document.text) <= SOURCE_LENGTHS[1]
        ]
        fitting.sort(key=lambda each: hashlib.blake2b(each.id.encode()).digest())
        chosen += [
            Document(f"{labelled.name}/{each.id}", each.text) for each in fitting[:SOURCES_A_SET]
        ]
    return chosen
