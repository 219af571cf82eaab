"""Curves: recall and unlisted pairs against the threshold, for units and shingle lengths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from .exact import count_pairs
from .ours import exact, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup import Settings

    from .ours import Exact
    from .sets import IdPair, LabelledSet

#: Units and shingle lengths that are compared.
GRID: tuple[tuple[str, int], ...] = (
    *(("word", n) for n in (1, 2, 3, 4, 5)),
    *(("char", n) for n in (2, 3, 5)),
)
#: Thresholds of the curves.
STEPS: tuple[float, ...] = tuple(round(0.2 + 0.02 * step, 2) for step in range(41))
#: Edges of the histogram of similarities.
EDGES: tuple[float, ...] = tuple(round(0.05 * step, 2) for step in range(21))
#: Thresholds shown in tables, and containments tried beside them.
SHOWN: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
CONTAINMENTS: tuple[float, ...] = (0.7, 0.8, 0.9, 1.1)
#: The recall for which a threshold is looked for.
RECALL = 0.985
QUANTILES = (0.01, 0.05, 0.1, 0.25, 0.5)


def all_curves(
    labelled: LabelledSet, settings: Settings, grid: Sequence[tuple[str, int]] = GRID
) -> list[dict[str, Any]]:
    """Return the curves of a set for every unit and length, other settings as given.

    ``similarity`` and ``containment`` (of the smaller text) count pairs that reach the threshold
    by that number alone; nothing is sketched, so no candidate is lost.
    """
    return [curve(labelled, settings.with_values(unit=unit, ngram=ngram)) for unit, ngram in grid]


def curve(labelled: LabelledSet, settings: Settings) -> dict[str, Any]:
    """Return the curve of one unit and length, and how the listed pairs are distributed."""
    known = exact(labelled.documents, settings)
    listed = count_pairs(known.sets, labelled.pairs)
    counts = known.counts
    unlisted = counts.take(~among(known, labelled.pairs))
    return {
        "unit": settings.unit,
        "ngram": settings.shingle_size,
        "thresholds": list(STEPS),
        "similarity": _steps(listed.similarity, unlisted.similarity, len(labelled.pairs)),
        "containment": _steps(listed.containment, unlisted.containment, len(labelled.pairs)),
        "distribution": distribution(listed.similarity),
        "needed": at_recall(listed.similarity, unlisted.similarity, RECALL),
    }


def rule(labelled: LabelledSet, settings: Settings, known: Exact) -> list[dict[str, Any]]:
    """Return what the decision accepts at each threshold, its other settings as given."""
    rows = []
    for threshold in STEPS:
        accepted = known.accepted(settings.with_values(threshold=threshold))
        hits = len(accepted & labelled.pairs)
        rows.append(
            {
                "threshold": threshold,
                "recall": share(hits, len(labelled.pairs)),
                "accepted": len(accepted),
                "unlisted": len(accepted) - hits,
            }
        )
    return rows


def distribution(similarity: NDArray[np.float64]) -> dict[str, Any]:
    """Return how many values lie between :data:`EDGES`, and quantiles."""
    counts, _ = np.histogram(similarity, bins=np.array(EDGES))
    quantiles = np.quantile(similarity, QUANTILES) if similarity.size else np.zeros(len(QUANTILES))
    return {
        "edges": list(EDGES),
        "counts": counts.tolist(),
        "quantiles": {
            str(name): round(float(value), 3)
            for name, value in zip(QUANTILES, quantiles, strict=True)
        },
    }


def at_recall(
    listed: NDArray[np.float64], unlisted: NDArray[np.float64], recall: float
) -> dict[str, float]:
    """Return the highest threshold that reaches ``recall``, and the unlisted pairs at it."""
    if not listed.size:
        return {"threshold": 1.0, "unlisted": 0}
    needed = math.ceil(recall * listed.size - 1e-9)
    threshold = float(np.sort(listed)[listed.size - needed])
    return {"threshold": round(threshold, 3), "unlisted": int((unlisted >= threshold).sum())}


def combined(known: Exact, pairs: frozenset[IdPair]) -> list[dict[str, Any]]:
    """Return what similarity or containment of the smaller reach together, on a grid of both."""
    listed = among(known, pairs)
    similarity, containment = known.counts.similarity, known.counts.containment
    rows = []
    for threshold in SHOWN:
        for least in CONTAINMENTS:
            reached = (similarity >= threshold) | (containment >= least)
            hits = int((reached & listed).sum())
            rows.append(
                {
                    "threshold": threshold,
                    "containment": least,
                    "recall": share(hits, len(pairs)),
                    "unlisted": int(reached.sum()) - hits,
                }
            )
    return rows


def recall_at_precision(rows: Iterable[dict[str, Any]], precision: float) -> float | None:
    """Return the highest recall of a rule's rows whose precision is no lower; None without any.

    Rows give ``reported``, ``right`` and ``recall``.
    """
    good = [
        row["recall"]
        for row in rows
        if row["reported"] and row["right"] >= precision * row["reported"]
    ]
    return max(good, default=None)


def _steps(
    listed: NDArray[np.float64], unlisted: NDArray[np.float64], pairs: int
) -> dict[str, list[float]]:
    ordered, others = np.sort(listed), np.sort(unlisted)
    least = np.array(STEPS) - 1e-9
    found = ordered.size - np.searchsorted(ordered, least)
    return {
        "recall": [share(each, pairs) for each in found.tolist()],
        "unlisted": (others.size - np.searchsorted(others, least)).tolist(),
    }


def among(known: Exact, pairs: frozenset[IdPair]) -> NDArray[np.bool_]:
    """Return which of all pairs are among ``pairs``."""
    rows = known.sets.rows()
    documents = len(rows)
    keys = np.array(
        [
            min(rows[a], rows[b]) * documents + max(rows[a], rows[b])
            for a, b in pairs
            if a in rows and b in rows
        ],
        dtype=np.int64,
    )
    return np.isin(known.counts.keys(documents), keys)
