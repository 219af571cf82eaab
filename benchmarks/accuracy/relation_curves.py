"""Precision and recall of each relation along a number, on judged pairs and on generated ones.

The numbers are what could tell a relation by itself: similarity, containment, and how far what
differs is replaced in place. Beside each curve stands what the decision makes of the same pairs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup import Document
from dedup.engine.forms import Forms
from dedup.engine.pair import gather_pair
from dedup.match.decide import decide
from dedup.match.replacing import replacement

from .ours import share
from .relations import FORMS, RIGHT_FOR, SAME, SCORES, Placed, auc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from suite.model import Case

    from dedup import Settings

#: What an editor would say of generated pairs, by the group of their case.
VERDICTS = {
    "form": "duplicate",
    "edit": "duplicate",
    "length": "extract",
    "negative-template": "template",
    "negative": "different",
}
#: The numbers a curve is along, and whether a pair has a relation the more of them it has.
ALONG = {
    "template": {"similarity": -1, "containment": -1, "replacement": -1},
    "version": {"similarity": 1, "containment": 1, "replacement": -1},
    "near": {"similarity": 1, "containment": 1, "replacement": 1},
    "contained": {"similarity": -1, "containment": 1, "replacement": 1},
}
#: Templates and versions are told from one text, not from texts that have little in common.
ALIKE = FORMS | {"duplicate", "version"}
AMONG = {"template": ALIKE, "version": ALIKE}
#: Points of a curve that are kept.
POINTS = 200
#: Recalls for which the tables show precision.
SHOWN = (0.5, 0.8, 0.9, 0.95)


def of_cases(cases: Iterable[Case], settings: Settings) -> list[Placed]:
    """Decide generated pairs, as :func:`~.relations.placed` does judged ones."""
    make = Forms(settings)
    found = []
    for case in cases:
        pair = gather_pair(Document("a", case.a), Document("b", case.b), settings)
        relation = decide(pair.compared, settings)
        forms = make(case.a, pair.a.found), make(case.b, pair.b.found)
        found.append(
            Placed(
                verdict=VERDICTS[case.group],
                drawn=False,
                relation="" if relation is None else relation.replace("contains", "contained"),
                similarity=pair.compared.similarity,
                containment=max(pair.compared.containment),
                replaced=replacement(*forms),
            )
        )
    return found


def all_curves(pairs: dict[str, Sequence[Placed]]) -> list[dict[str, Any]]:
    """Return a row for each relation and each kind of pairs of which some are right for it."""
    rows = []
    for relation in RIGHT_FOR:
        for kind, every in pairs.items():
            among = AMONG.get(relation)
            given = [pair for pair in every if among is None or pair.verdict in among]
            right = sum(pair.verdict in RIGHT_FOR[relation] for pair in given)
            if right:
                rows.append(
                    {
                        "relation": relation,
                        "pairs": kind,
                        "of": len(given),
                        "right": right,
                        "decision": decision(given, relation),
                        "curves": {name: curve(given, relation, name) for name in ALONG[relation]},
                    }
                )
    return rows


def aucs(pairs: dict[str, Sequence[Placed]]) -> list[dict[str, Any]]:
    """Return for each kind of pairs how well one text is told from one form, and on how many."""
    rows = []
    for kind, given in pairs.items():
        verdicts = Counter(pair.verdict for pair in given)
        same = verdicts["duplicate"] + verdicts["version"]
        forms = verdicts["template"] + verdicts["place"]
        values = {name: auc(given, of) for name, of in SCORES.items()}
        rows.append({"pairs": kind, "same": same, "forms": forms, "auc": values})
    return rows


def decision(pairs: Sequence[Placed], relation: str) -> dict[str, Any]:
    """Return precision and recall of what the decision gives this relation."""
    names = SAME - {"version"} if relation == "near" else {relation}
    wanted = RIGHT_FOR[relation]
    found = [pair for pair in pairs if pair.relation in names]
    right = sum(pair.verdict in wanted for pair in found)
    every = sum(pair.verdict in wanted for pair in pairs)
    return {
        "reported": len(found),
        "precision": share(right, len(found)) if found else None,
        "recall": share(right, every),
    }


def curve(pairs: Sequence[Placed], relation: str, name: str) -> dict[str, Any]:
    """Return precision at each recall along a number, thinned, and the average precision.

    Pairs of one value come together, so the curve knows no order among them.
    """
    score = SCORES[name]
    values = np.array([ALONG[relation][name] * score(pair) for pair in pairs])
    right = np.array([pair.verdict in RIGHT_FOR[relation] for pair in pairs])
    order = np.argsort(-values, kind="stable")
    values, right = values[order], right[order]
    ends = np.flatnonzero(np.append(values[1:] != values[:-1], True))
    hits = np.cumsum(right)[ends]
    precision, recall = hits / (ends + 1), hits / max(1, int(right.sum()))
    steps = np.diff(recall, prepend=0.0)
    kept = np.unique(np.linspace(0, len(ends) - 1, POINTS).astype(np.int64))
    return {
        "recall": np.round(recall[kept], 4).tolist(),
        "precision": np.round(precision[kept], 4).tolist(),
        "average": round(float((steps * precision).sum()), 4),
        "at": {str(least): _at(recall, precision, least) for least in SHOWN},
    }


def _at(recall: np.ndarray[Any, Any], precision: np.ndarray[Any, Any], least: float) -> float:
    """Return the best precision at this recall or a higher one."""
    return round(float(precision[recall >= least - 1e-9].max()), 4)
