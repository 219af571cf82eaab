"""Passage fingerprints: what finds a shared stretch in texts that are otherwise different.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003): of the hashes of all runs of k tokens, the least of every window of
w that follow each other is a fingerprint. The choice depends on the window alone, so two texts
that have a window in common have its fingerprint in common: w runs of k tokens are w + k - 1
tokens in a row. That is the length which is guaranteed, ``min_passage``; shorter stretches are
found by chance, and none that is shorter than k.

With hashes that spread evenly a window has another least value than the one before with
probability 2 / (w + 1): the newest run is the least of w + 1, or the oldest, which has left, was.

k and w share the guaranteed length between them. A longer k makes a fingerprint rarer in texts
that have nothing to do with each other, and one that an edit destroys sooner; it shortens w and so
needs more room. At 70 tokens, k = 16 asks for a third to a half of the candidates of k = 8, and
finds what k = 32 finds in 0.7 of its room (``docs/decisions/0017-passages.md``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.text.shingle import shingle_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Kept characters that are set aside of a text before its passages are found in all of it too. What
#: is cut off behind its header may keep that, where the whole does not.
MUCH_ASIDE = 100
#: Most tokens of a run that is hashed.
LONGEST_RUN = 16


def run_and_window(min_passage: int) -> tuple[int, int]:
    """Return k and w: tokens of a run, and runs of a window, for a guaranteed length in tokens."""
    run = min(LONGEST_RUN, (min_passage + 1) // 2)
    return run, min_passage - run + 1


def passage_fingerprints(tokens: NDArray[np.uint64], min_passage: int) -> NDArray[np.uint32]:
    """Return the fingerprints of a text from the hashes of its tokens, in text order; uint32.

    The runs are hashed like shingles. For every window, in order, the least of its 64-bit hashes;
    of equal ones that follow each other only the first; of each the low 32 bits, which say nothing
    of its size. A text of fewer than ``min_passage`` tokens has none.
    """
    run, window = run_and_window(min_passage)
    if tokens.size < min_passage:
        return np.empty(0, dtype=np.uint32)
    hashes = shingle_hashes(tokens, run)
    least = np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1)
    changes = np.ones(least.size, dtype=np.bool_)
    changes[1:] = least[1:] != least[:-1]
    found: NDArray[np.uint32] = least[changes].astype(np.uint32)
    return found
