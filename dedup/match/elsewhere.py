"""Runs that two texts share where their alignment does not show it: in another order, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.match.runs import SMALL, Run, shared_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup.match.align import Alignment
    from dedup.match.body import Body
    from dedup.model import TextSpan


def elsewhere(a: Body, b: Body, aligned: Alignment) -> tuple[tuple[TextSpan, TextSpan], ...]:
    """Return the shared runs that are not aligned in either text, as A and B have them.

    Those of at least :data:`~dedup.match.runs.RUN` kept characters; all of them, where one text
    has at most :data:`~dedup.match.runs.SMALL`. No character of B is in two, the longest first;
    in order of B.
    """
    swap = len(a.kept) > len(b.kept)
    few, many = (b, a) if swap else (a, b)
    if len(few.kept) > SMALL:
        return ()
    matches = [*aligned.blocks, *aligned.moved]
    ends = (
        _covered(len(a.kept), ((i, n) for i, _, n in matches)),
        _covered(len(b.kept), ((j, n) for _, j, n in matches)),
    )
    if ends[0].all() or ends[1].all():
        return ()
    of_few, of_many = ends[::-1] if swap else ends
    runs = [
        run
        for run in shared_runs(few.kept, many.kept)
        if not _all(of_few, run.start, run) and not _all(of_many, run.other_start, run)
    ]
    spans = []
    for run in _apart(runs, len(many.kept)):
        own = few.wording(run.start, run.start + run.characters)
        other = many.wording(run.other_start, run.other_start + run.characters)
        spans.append((other, own) if swap else (own, other))
    return tuple(sorted(spans, key=lambda pair: (pair[1].start, pair[0].start)))


def _covered(size: int, matches: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    covered = np.zeros(size, dtype=np.bool_)
    for start, length in matches:
        covered[start : start + length] = True
    return covered


def _all(covered: NDArray[np.bool_], start: int, run: Run) -> bool:
    return bool(covered[start : start + run.characters].all())


def _apart(runs: Sequence[Run], size: int) -> list[Run]:
    """Leave out runs that lie within longer ones of the text that was looked up."""
    taken = np.zeros(size, dtype=np.bool_)
    apart = []
    for run in sorted(runs, key=lambda run: (-run.characters, run.other_start, run.start)):
        if not _all(taken, run.other_start, run):
            taken[run.other_start : run.other_start + run.characters] = True
            apart.append(run)
    return apart
