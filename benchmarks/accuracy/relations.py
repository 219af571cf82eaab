"""Judged pairs beside the relations that they have now: who is told apart, and by what.

A pair was judged because it was reported once; what it is now is decided anew, with the list of
boilerplate that a scan of its set learns.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup import scan
from dedup.engine.forms import Forms
from dedup.engine.pair import gather_pair
from dedup.match.decide import decide
from dedup.match.replacing import replacement

from .ours import share
from .samples import RIGHT, WRONG, Estimate, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dedup import Settings
    from dedup.replacement import Replacement

    from .samples import Judged
    from .sets import LabelledSet

#: Verdicts of one form about two things.
FORMS = frozenset({"template", "place"})
#: Relations that say that two texts are one, and verdicts under which each relation is right.
SAME = frozenset({"identical", "same-text", "same-body", "near", "version"})
RIGHT_FOR = {
    "template": FORMS,
    "version": frozenset({"version"}),
    "near": RIGHT,
    "contained": frozenset({"extract"}),
}
#: Similarities from which on the curves count.
STEPS = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))


@dataclass(frozen=True, slots=True)
class Placed:
    """A judged pair, the relation that it has now ("" for none), and what tells it apart."""

    verdict: str
    drawn: bool
    relation: str
    similarity: float
    containment: float
    replaced: Replacement

    @property
    def same(self) -> bool:
        """Whether the pair is reported as one text."""
        return self.relation in SAME


#: What the AUC is of, each a number that is higher for the same text than for one form.
SCORES: dict[str, Callable[[Placed], float]] = {
    "similarity": lambda pair: pair.similarity,
    "containment": lambda pair: pair.containment,
    "long runs": lambda pair: pair.replaced.long / max(pair.replaced.size, 1),
    "replacement": lambda pair: -_replaced(pair.replaced),
    "relation": lambda pair: float(pair.same),
}


def _replaced(found: Replacement) -> float:
    """Return the share of differing places that are filled in otherwise; more than 1 by heads."""
    heads = max(found.subject, found.exchanged, int(found.implements))
    return heads + found.slots / (found.slots + found.others + 1)


def placed(labelled: LabelledSet, rows: Iterable[Judged], settings: Settings) -> list[Placed]:
    """Decide every judged pair anew."""
    texts = {each.id: each for each in labelled.documents}
    used = scan(labelled.documents, settings).settings
    make = Forms(used)
    found = []
    for row in rows:
        if not row.verdict:
            continue
        a, b = texts[row.a], texts[row.b]
        pair = gather_pair(a, b, used)
        relation = decide(pair.compared, used)
        forms = make(a.text, pair.a.found), make(b.text, pair.b.found)
        found.append(
            Placed(
                verdict=row.verdict,
                drawn=row.drawn,
                relation=""
                if relation is None
                else relation.value.replace("contains", "contained"),
                similarity=pair.compared.similarity,
                containment=max(pair.compared.containment),
                replaced=replacement(*forms),
            )
        )
    return found


def still_reported(rows: Iterable[Judged], pairs: Iterable[Placed]) -> list[Judged]:
    """Return the rows that are still reported as one text, and those that nobody has judged."""
    found = iter(pairs)
    return [row for row in rows if not row.verdict or next(found).same]


def summary(name: str, pairs: Sequence[Placed]) -> dict[str, Any]:
    """Return what became of the judged pairs of a set."""
    forms = [pair for pair in pairs if pair.verdict in FORMS]
    others = [pair for pair in pairs if pair.drawn and pair.same]
    right = sum(pair.verdict in RIGHT for pair in others)
    estimate = Estimate(right, len(others), *wilson(right, len(others)))
    return {
        "name": name,
        "judged": len(pairs),
        "forms": {
            "judged": len(forms),
            "template": sum(pair.relation == "template" for pair in forms),
            "same": sum(pair.same for pair in forms),
            "not_reported": sum(not pair.relation for pair in forms),
        },
        "others": {**asdict(estimate), "precision": estimate.precision},
        "auc": {score: auc(pairs, of) for score, of in SCORES.items()},
        "verdicts": _crossed(pairs),
        "relations": {relation: _measured(pairs, relation) for relation in RIGHT_FOR},
    }


def auc(pairs: Sequence[Placed], of: Callable[[Placed], float]) -> float | None:
    """Return the probability that a duplicate or version scores higher than one form, ties half.

    None where either kind was not judged.
    """
    same = np.array([of(pair) for pair in pairs if pair.verdict in {"duplicate", "version"}])
    forms = np.array([of(pair) for pair in pairs if pair.verdict in FORMS])
    if not same.size or not forms.size:
        return None
    higher = (same[:, None] > forms).mean() + (same[:, None] == forms).mean() / 2
    return round(float(higher), 4)


def _crossed(pairs: Sequence[Placed]) -> dict[str, dict[str, int]]:
    """Count relations by verdict."""
    found: dict[str, dict[str, int]] = {}
    for verdict in sorted(RIGHT | WRONG):
        named = [pair.relation or "none" for pair in pairs if pair.verdict == verdict]
        if named:
            found[verdict] = {each: named.count(each) for each in sorted(set(named))}
    return found


def _measured(pairs: Sequence[Placed], relation: str) -> dict[str, Any]:
    """Return precision and recall of a relation, for all its pairs and from each similarity on.

    ``near`` takes those that are equal for near, and no version for wrong.
    """
    wanted = RIGHT_FOR[relation]
    names = SAME - {"version"} if relation == "near" else {relation}
    all_right = sum(pair.verdict in wanted for pair in pairs)
    steps = []
    for step in (0.0, *STEPS):
        found = [pair for pair in pairs if pair.relation in names and pair.similarity >= step]
        right = sum(pair.verdict in wanted for pair in found)
        precision, recall = share(right, len(found)), share(right, all_right)
        row = {"similarity": step, "reported": len(found), "right": right}
        steps.append({**row, "precision": precision, "recall": recall})
    return {**steps[0], "judged": all_right, "steps": steps[1:]}
