"""The compared texts of a batch as strings: kept characters of what is not set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.sketch.aside import listed_hashes, set_aside_all
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import kept_text
from dedup.text import social

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.settings import Settings


def compared_texts(texts: Sequence[str], settings: Settings) -> list[str]:
    """Return the kept characters of each text that the settings compare, as one string."""
    if settings.keep_metadata:
        return [kept_text(text) for text in texts]
    rests = [social.rest(text) for text in texts] if settings.social else list(texts)
    listed = listed_hashes(settings)
    batch = set_aside_all(rests, TextBatch.from_texts(rests), listed).batch
    found = []
    for raw, spans in batch.texts():
        pieces, position = [], 0
        for start, end in spans:
            pieces.append(raw[position:start])
            position = end
        rest = b"\n".join([*pieces, raw[position:]]).decode("utf-8", "surrogatepass")
        found.append(kept_text(rest) or kept_text(raw.decode("utf-8", "surrogatepass")))
    return found
