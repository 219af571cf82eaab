"""A grid of settings: recall, unlisted pairs and cost, the evidence that defaults rest on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dedup import scan

from .curves import among
from .ours import bands, exact, reported, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup import Settings

    from .sets import LabelledSet

HEAD = ["set", "unit", "n", "threshold", "containment", "recall", "unlisted", "recall, scanned"]
HEAD += ["bands", "candidates", "seconds"]


def grid(
    labelled: LabelledSet,
    base: Settings,
    units: Sequence[tuple[str, int]],
    thresholds: Sequence[float],
    containments: Sequence[float | None],
) -> Iterator[list[Any]]:
    """Yield a row of :data:`HEAD` for each combination.

    ``recall`` and ``unlisted`` count the pairs of all there are that reach the threshold, or the
    containment (of the smaller text) where one is given; ``recall, scanned``, candidates and
    seconds are those of a scan, whose bands follow from the threshold.
    """
    for unit, ngram in units:
        settings = base.with_values(unit=unit, ngram=ngram)
        known = exact(labelled.documents, settings)
        listed = among(known, labelled.pairs)
        similarity, containment = known.counts.similarity, known.counts.containment
        for threshold in thresholds:
            chosen = settings.with_values(threshold=threshold)
            begin = time.perf_counter()
            result = scan(labelled.documents, chosen)
            seconds = time.perf_counter() - begin
            found = reported(result).keys()
            for least in containments:
                reached = similarity >= threshold
                if least is not None:
                    reached |= containment >= least
                hits = int((reached & listed).sum())
                yield [
                    labelled.name,
                    unit,
                    ngram,
                    threshold,
                    least,
                    share(hits, len(labelled.pairs)),
                    int(reached.sum()) - hits,
                    share(len(labelled.pairs & found), len(labelled.pairs)),
                    "{bands} × {rows}".format(**bands(chosen)),
                    result.summary.candidates,
                    round(seconds, 1),
                ]


def parsed_units(said: str) -> list[tuple[str, int]]:
    """Read ``word:2,char:5``."""
    pairs = (each.split(":") for each in said.split(","))
    return [(unit, int(ngram)) for unit, ngram in pairs]
