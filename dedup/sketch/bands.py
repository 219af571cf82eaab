"""Bands: which documents share a bucket, and with what probability a pair becomes a candidate.

Locality-sensitive hashing of MinHash signatures in b bands of r values (Indyk and Motwani 1998;
Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3): a pair of similarity s
shares at least one bucket with probability ``1 - (1 - s**r)**b``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.errors import SettingsError
from dedup.messages import message
from dedup.sketch.estimate import equal_chance
from dedup.text.shingle import SHINGLE_FACTOR, mix_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Values that more rows may cost; and values that four rows, which keep chance candidates few
#: where the threshold is low, may cost.
VALUES_FOR_ROWS = 136
VALUES_FOR_FOUR_ROWS = 512
#: Share of what recall allows to be lost that the estimate may lose; the bands lose the rest.
ESTIMATE_SHARE = 0.01
#: The most values that a signature may have.
MOST_VALUES = 8192


@dataclass(frozen=True, slots=True)
class Banding:
    """``bands`` of ``rows`` values; candidates agree in at least ``least_equal`` of the estimate.

    The estimate keeps two bits of each value: see :mod:`dedup.sketch.estimate`.
    """

    bands: int
    rows: int
    least_equal: int

    @property
    def num_perm(self) -> int:
        """Values of a signature."""
        return self.bands * self.rows

    def probability(self, similarity: float) -> float:
        """Probability that a pair shares a bucket (before the estimate)."""
        return 1.0 - (1.0 - similarity**self.rows) ** self.bands


def banding(threshold: float, recall: float) -> Banding:
    """Choose bands so that a pair at ``threshold`` becomes a candidate with ``recall``.

    ``rows`` is as large as 136 values allow, but four where these cost at most 512, else as
    many as these allow: (34, 4) at 0.6, (72, 4) at 0.5, (70, 3) at 0.4 for a recall of 0.99.
    """
    loss = (1.0 - recall) * ESTIMATE_SHARE
    target = recall + loss
    rows = _most_rows(threshold, target, VALUES_FOR_ROWS, 136)
    if rows < 4:
        rows = max(rows, _most_rows(threshold, target, VALUES_FOR_FOUR_ROWS, 4))
    bands = bands_needed(threshold, target, rows)
    if bands * rows > MOST_VALUES:
        raise SettingsError(
            message("a threshold of {threshold} cannot be searched", threshold=threshold),
            hint=message("use a higher threshold, or a lower recall"),
        )
    agreement = equal_chance(threshold)
    return Banding(bands, rows, least_equal(bands * rows, agreement, loss))


def bands_needed(threshold: float, recall: float, rows: int) -> int:
    """Return the least number of bands of ``rows`` values that reaches ``recall``."""
    if threshold >= 1.0:
        return 1
    hit = threshold**rows
    return max(1, math.ceil(math.log1p(-recall) / math.log1p(-hit))) if hit > 1e-12 else 10**9


def least_equal(num_perm: int, chance: float, loss: float) -> int:
    """Return the largest k with P(fewer than k of ``num_perm`` values agree) at most ``loss``.

    Each agrees with ``chance``, so how many do is binomial.
    """
    if chance >= 1.0:
        return num_perm
    below = 0.0
    for k in range(num_perm + 1):
        log_ways = math.lgamma(num_perm + 1) - math.lgamma(k + 1) - math.lgamma(num_perm - k + 1)
        log_chance = k * math.log(chance) + (num_perm - k) * math.log1p(-chance)
        below += math.exp(log_ways + log_chance)
        if below > loss:
            return k
    return num_perm


def _most_rows(threshold: float, recall: float, values: int, limit: int) -> int:
    fitting = [r for r in range(1, limit + 1) if r * bands_needed(threshold, recall, r) <= values]
    return max(fitting, default=1)


def band_keys(signatures: NDArray[np.uint32], band: int, rows: int) -> NDArray[np.uint32]:
    """Return the bucket of each document in one band; uint32, shape (n,).

    Among a million documents, 32 bits put about a hundred pairs into one bucket by chance.
    """
    keys: NDArray[np.uint32] = _keys(signatures, np.array([band]), rows)[0]
    return keys


def all_band_keys(signatures: NDArray[np.uint32], banding: Banding) -> NDArray[np.uint32]:
    """Return :func:`band_keys` of every band; uint32, shape (bands, n)."""
    return _keys(signatures, np.arange(banding.bands), banding.rows)


def _keys(
    signatures: NDArray[np.uint32], bands: NDArray[np.int64], rows: int
) -> NDArray[np.uint32]:
    # few long operations: each lets other threads run, and then has to wait for them
    by_value = np.ascontiguousarray(signatures.T)
    keys = np.empty((len(bands), len(signatures)), dtype=np.uint64)
    keys[:] = bands[:, None]
    for row in range(rows):
        keys *= np.uint64(SHINGLE_FACTOR)
        keys += by_value[bands * rows + row]
    return (mix_array(keys) >> np.uint64(32)).astype(np.uint32)
