"""The shingles of texts with everything kept, and of what is their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.sketch.aside import asides, listed_hashes
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import sketcher, with_spans
from dedup.text import social

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.settings import Settings

#: The distinct shingles of a text, sorted, and the hash of its whole kept text, of 16 bytes.
Hashed = tuple["NDArray[np.uint64]", bytes]


def all_shingles(texts: Sequence[str], settings: Settings) -> list[Hashed]:
    """Return the shingles of each text with everything kept."""
    sketches = sketcher(settings, 1).sketch(TextBatch.from_texts(texts))
    return [(sketches.shingle_set(i), sketches.whole_hash[i].tobytes()) for i in range(len(texts))]


def own_shingles(texts: Sequence[str], settings: Settings) -> list[Hashed]:
    """Return the shingles of each text beside all that may be set aside, however few are left."""
    rests = [social.rest(text) for text in texts] if settings.social else texts
    batch = TextBatch.from_texts(rests)
    found = asides(rests, batch, listed_hashes(settings), every=True)
    sketches = sketcher(settings, 1).sketch(
        with_spans(batch, rests, [each.spans for each in found])
    )
    # where nothing is left it is sketched whole
    left = [bool(sketches.set_aside[i]) or not each.spans for i, each in enumerate(found)]
    own = [sketches.shingle_set(i)[: None if left[i] else 0] for i in range(len(texts))]
    if rests is texts:
        return [(own[i], sketches.whole_hash[i].tobytes()) for i in range(len(texts))]
    return list(zip(own, (each for _, each in all_shingles(texts, settings)), strict=True))
