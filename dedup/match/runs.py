"""Runs of characters that two texts share, found with certainty, for texts that are few.

Every window of :data:`RUN` kept characters of the few texts is in a table, by its 64-bit hash; a
text is looked up window by window, and what the hashes propose is compared character by character.
So an unedited run that is shared is found however long the texts around it are. What more texts
than :data:`COMMON` have, on either side, is a form or a licence, and tells of no pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.match.anchors import window_hashes
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Kept characters of a run that is found with certainty: a short sentence.
RUN = 30
#: Kept characters of all texts in a table. Each costs 28 bytes: hash, position and text of the
#: window, twice eight bytes while it is sorted; so 2**20, a thousand articles or an evaluation set,
#: cost 28 MB, and in a map of 2**24 cells fifteen of sixteen foreign windows meet an empty one.
SMALL = 1 << 20
_MAP_BITS = 24
#: A window that more texts have tells of no pair, as for passages.
COMMON = 100
_HALF = RUN - 16
#: Characters compared at once.
_STEP = 64


@dataclass(frozen=True, slots=True)
class Run:
    """A shared run: so many kept ``characters`` from ``start`` in a text of the table."""

    text: int
    start: int
    other_start: int
    characters: int


def hashes_of(kept: str) -> NDArray[np.uint64]:
    """Return the hash of each window of :data:`RUN` characters; uint64, by where it begins."""
    if len(kept) < RUN:
        return np.empty(0, dtype=np.uint64)
    half = window_hashes(kept, 16)[16]
    hashes: NDArray[np.uint64] = half[:-_HALF] * np.uint64(0x9E3779B97F4A7C15) + half[_HALF:]
    hashes ^= hashes >> np.uint64(29)
    return hashes


class RunTable:
    """The windows of a few texts, each once a text, where it stands there first.

    ``common`` counts the windows that too many of these texts have.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        found = [hashes_of(text) for text in texts]
        sizes = np.array([each.size for each in found], dtype=np.int64)
        hashes = np.concatenate([np.empty(0, dtype=np.uint64), *found])
        owner = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
        start = np.arange(hashes.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        order = np.lexsort((start, owner, hashes))
        hashes, owner, start = hashes[order], owner[order], start[order].astype(np.int32)
        once = np.ones(hashes.size, dtype=np.bool_)
        once[1:] = (hashes[1:] != hashes[:-1]) | (owner[1:] != owner[:-1])
        hashes, owner, start = hashes[once], owner[once], start[once]
        times = _repeats(hashes)
        rare = np.repeat(times <= COMMON, times)
        self.common = int(np.count_nonzero(times > COMMON))
        self._hashes, self._owner, self._start = hashes[rare], owner[rare], start[rare]
        #: How many texts that were looked up have each window.
        self._times = np.zeros(self._hashes.size, dtype=np.int64)
        self._map = np.zeros(1 << _MAP_BITS, dtype=np.bool_)
        self._map[self._cells(self._hashes)] = True

    def __len__(self) -> int:
        return len(self._hashes)

    def windows_in(self, kept: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return which windows of the table a text has, and where in it; it may be wrong."""
        hashes = hashes_of(kept)
        places = np.flatnonzero(self._map[self._cells(hashes)])
        low = np.searchsorted(self._hashes, hashes[places])
        sizes = np.searchsorted(self._hashes, hashes[places], side="right") - low
        begins = np.cumsum(sizes) - sizes
        windows = np.arange(int(sizes.sum())) + np.repeat(low - begins, sizes)
        return windows, np.repeat(places, sizes)

    def runs(
        self, kept: str, windows: NDArray[np.int64], places: NDArray[np.int64]
    ) -> list[tuple[Run, NDArray[np.int64]]]:
        """Return the runs that a text shares with each text of the table, with their windows.

        ``windows`` and ``places`` are what :meth:`windows_in` returned. What is common by now is
        passed over; see :meth:`is_common`.
        """
        rare = self._times[windows] < COMMON
        self._times[distinct(windows)] += 1
        windows, places = windows[rare], places[rare]
        if not windows.size:
            return []
        owner, start = self._owner[windows], self._start[windows]
        lines = np.lexsort((places, places - start, owner))
        windows, places = windows[lines], places[lines]
        owner, start = owner[lines], start[lines]
        breaks = (np.diff(places) != 1) | (np.diff(start) != 1) | (np.diff(owner) != 0)
        groups = np.split(np.arange(len(windows)), np.flatnonzero(breaks) + 1)
        found = []
        for group in groups:
            run = self._run(kept, int(owner[group[0]]), int(start[group[0]]), int(places[group[0]]))
            if run is not None:
                found.append((run, windows[group]))
        return found

    def is_common(self, windows: NDArray[np.int64]) -> bool:
        """Tell whether too many of the texts that were looked up have all of these windows."""
        return bool((self._times[windows] > COMMON).all())

    @property
    def common_elsewhere(self) -> int:
        """How many windows too many of the texts that were looked up have."""
        return _repeats(self._hashes[self._times > COMMON]).size

    def _run(self, kept: str, text: int, start: int, place: int) -> Run | None:
        """Return the longest run around a window; None where only the hashes are equal."""
        own = self._texts[text]
        if own[start : start + RUN] != kept[place : place + RUN]:
            return None
        before = _same_before(own, start, kept, place)
        after = _same_after(own, start + RUN, kept, place + RUN)
        return Run(text, start - before, place - before, before + RUN + after)

    @staticmethod
    def _cells(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
        cells: NDArray[np.uint64] = hashes >> np.uint64(64 - _MAP_BITS)
        return cells


def _repeats(ordered: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return how often each value of a sorted array is there."""
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return np.diff(np.concatenate([[0], edges, [len(ordered)]])) if len(ordered) else edges


def _same_after(a: str, i: int, b: str, j: int) -> int:
    """Return how many characters two texts have in common from two places on."""
    at, most = 0, min(len(a) - i, len(b) - j)
    while at < most and a[i + at : i + at + _STEP] == b[j + at : j + at + _STEP]:
        at += _STEP
    while at < most and a[i + at] == b[j + at]:
        at += 1
    return min(at, most)


def _same_before(a: str, i: int, b: str, j: int) -> int:
    """Return how many characters two texts have in common up to two places."""
    at, most = 0, min(i, j)
    while at + _STEP <= most and a[i - at - _STEP : i - at] == b[j - at - _STEP : j - at]:
        at += _STEP
    while at < most and a[i - at - 1] == b[j - at - 1]:
        at += 1
    return at


def shared_runs(a: str, b: str) -> list[Run]:
    """Return the runs of at least :data:`RUN` characters that two kept texts share.

    ``text`` is 0, ``start`` in ``a`` and ``other_start`` in ``b``; by where they stand in ``b``.
    Every such run of ``b`` is in one of them; where ``a`` repeats itself, at its first place.
    """
    table = RunTable([a])
    found = {run for run, _ in table.runs(b, *table.windows_in(b))}
    return sorted(found, key=lambda run: (run.other_start, run.start))
