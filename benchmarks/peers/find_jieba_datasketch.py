"""jieba and datasketch as tutorials join them: words, or word 5-grams, in a MinHashLSH."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from finders import THRESHOLDS, Finder, Found, Peer, main
from jieba_datasketch import CONTESTANTS

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(size: int, texts: list[str]) -> Iterator[tuple[str, Found]]:
    import jieba
    from datasketch import MinHash, MinHashLSH

    jieba.setLogLevel(60)
    signatures = []
    for text in texts:
        words = [word for word in jieba.lcut(text) if word.strip()]
        grams = {" ".join(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}
        signature = MinHash(num_perm=128)
        signature.update_batch([gram.encode() for gram in grams])
        signatures.append(signature)
    for threshold in THRESHOLDS:
        if threshold < 0.5 and size == 1:
            continue  # nearly every pair
        index = MinHashLSH(threshold=threshold, num_perm=128)
        for row, signature in enumerate(signatures):
            index.insert(row, signature)
        pairs = (
            (row, other)
            for row, signature in enumerate(signatures)
            for other in index.query(signature)
            if row < other
        )
        yield str(threshold), Found(pairs=pairs)


PEER = Peer(
    environment="jieba_datasketch",
    requires=CONTESTANTS[0].requires,
    packages=CONTESTANTS[0].packages,
    finders=(
        Finder(
            name="jieba + datasketch, words",
            settings="set of jieba's words, 128 values, MinHashLSH 0.8; not verified",
            recommended="0.8",
            find=partial(find, 1),
        ),
        Finder(
            name="jieba + datasketch, 5-grams",
            settings="jieba's words, 5-grams, 128 values, MinHashLSH 0.7; not verified",
            recommended="0.7",
            find=partial(find, 5),
        ),
    ),
)

if __name__ == "__main__":
    main(PEER)
