"""SimHash over jieba's keywords: the 20 with the highest TF-IDF, 64 bits, 3 may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finders import Finder, Found, Peer, main

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYWORDS = 20
DISTANCES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16)


def find(texts: list[str]) -> Iterator[tuple[str, Found]]:
    import jieba
    import jieba.analyse
    import numpy as np
    from simhash import Simhash

    jieba.setLogLevel(60)
    keywords = (jieba.analyse.extract_tags(text, KEYWORDS, withWeight=True) for text in texts)
    # a text without keywords has no fingerprint, and would equal all others without
    prints = [Simhash(each).value if each else None for each in keywords]
    rows = np.array([row for row, value in enumerate(prints) if value is not None])
    values = np.array([value for value in prints if value is not None], dtype=np.uint64)
    pairs: dict[int, list[tuple[int, int]]] = {distance: [] for distance in DISTANCES}
    for at in range(len(values)):
        apart = np.bitwise_count(values[at] ^ values[at + 1 :])
        near = np.flatnonzero(apart <= DISTANCES[-1])
        for other, bits in zip(rows[at + 1 + near].tolist(), apart[near].tolist(), strict=True):
            pairs[next(each for each in DISTANCES if bits <= each)].append((int(rows[at]), other))
    found: list[tuple[int, int]] = []
    for distance in DISTANCES:
        found += pairs[distance]
        yield str(distance), Found(pairs=found)


PEER = Peer(
    environment="simhash_keywords",
    requires=("simhash", "jieba", "numpy>=2"),
    packages=("simhash", "jieba", "numpy"),
    finders=(
        Finder(
            name="SimHash over jieba's keywords",
            settings=f"{KEYWORDS} keywords by TF-IDF, 64 bits, at most 3 differ",
            recommended="3",
            find=find,
        ),
    ),
)

if __name__ == "__main__":
    main(PEER)
