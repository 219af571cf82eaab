"""gaoya's index over character n-grams; its word analyser splits at white space.

42 bands of 3 values and 0.5 are the ones in its documentation's example. A query reports what
shares a band and whose signatures agree in at least that share of their values.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from finders import THRESHOLDS, Finder, Found, Peer, main
from gaoya_characters import CONTESTANTS

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(size: int, texts: list[str]) -> Iterator[tuple[str, Found]]:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, min(THRESHOLDS), 42, 3, None, "char", True, (size, size), "vec")
    rows = list(range(len(texts)))
    index.par_bulk_insert_docs(rows, texts)
    answers = index.par_bulk_query(texts, True)
    for threshold in THRESHOLDS:
        pairs = (
            (row, other)
            for row, answer in zip(rows, answers, strict=True)
            for other, similarity in answer
            if similarity >= threshold
        )
        yield str(threshold), Found(pairs=pairs)


PEER = Peer(
    environment="gaoya_characters",
    requires=CONTESTANTS[0].requires,
    packages=CONTESTANTS[0].packages,
    finders=tuple(
        Finder(
            name=f"gaoya, {size} characters",
            settings=f"character {size}-grams, 42 bands × 3, 0.5; estimated similarity",
            recommended="0.5",
            find=partial(find, size),
        )
        for size in (3, 5)
    ),
)

if __name__ == "__main__":
    main(PEER)
