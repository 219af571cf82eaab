r"""text-dedup's MinHash with its own constants; splits at \\W, so that clauses are its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finders import THRESHOLDS, Finder, Found, Peer, clusters, main
from text_dedup_minhash import CONTESTANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES = 250
LEAST_WORDS = 5


def find(texts: list[str]) -> Iterator[tuple[str, Found]]:
    import numpy as np
    from text_dedup.minhash import NON_ALPHA, embed_func
    from text_dedup.utils import optimal_param, sha1_hash

    prime = np.uint64(2**61 - 1)
    draw = np.random.RandomState(42)
    options = {
        "num_perm": VALUES,
        "ngram_size": 5,
        "min_length": LEAST_WORDS,
        "hashranges": [(at, at + 1) for at in range(VALUES)],
        "permutations": (
            draw.randint(1, prime, size=VALUES, dtype=np.uint64),
            draw.randint(0, prime, size=VALUES, dtype=np.uint64),
        ),
        "hash_func": lambda value: sha1_hash(value, d=32),
        "dtype": np.uint64,
        "max_hash": np.uint64(2**32 - 1),
        "modulo_prime": prime,
    }
    signatures = []
    for at, text in enumerate(texts):
        # its command leaves out what is shorter
        words = len(NON_ALPHA.split(text.lower()))
        found = embed_func(text, at, **options) if words >= LEAST_WORDS else None
        signatures.append(found and found["__signatures__"])
    for threshold in THRESHOLDS:
        bands, rows = optimal_param(threshold, VALUES, 0.5, 0.5)
        buckets = (
            [b"".join(each[at : at + rows]) if each else None for each in signatures]
            for at in range(0, bands * rows, rows)
        )
        yield str(threshold), Found(clusters(buckets))


PEER = Peer(
    environment="text_dedup_minhash",
    requires=CONTESTANTS[0].requires,
    packages=("text-dedup", "numpy"),
    finders=(
        Finder(
            name="text-dedup",
            settings="clauses as words, 5-grams, 250 values, 0.7; clusters, not verified",
            recommended="0.7",
            find=find,
        ),
    ),
)

if __name__ == "__main__":
    main(PEER)
