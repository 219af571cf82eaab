"""text-dedup's MinHash: its function for one text, without the data set around it."""

from __future__ import annotations

from contest import VALUES, Contestant, Sketch, main


def prepare(_workers: int) -> Sketch:
    import numpy as np
    from text_dedup.minhash import embed_func, xxh3_32hash

    # its own constants for --hash_bits 32, faster than its default of 64
    prime = np.uint32(2**32 - 5)
    draw = np.random.RandomState(42)
    options = {
        "num_perm": VALUES,
        "ngram_size": 3,
        "min_length": 0,
        "hashranges": [(at, at + 4) for at in range(0, VALUES, 4)],
        "permutations": (
            draw.randint(1, prime, size=VALUES, dtype=np.uint32),
            draw.randint(0, prime, size=VALUES, dtype=np.uint32),
        ),
        "hash_func": xxh3_32hash,
        "dtype": np.uint32,
        "max_hash": np.uint32(2**32 - 1),
        "modulo_prime": prime,
    }
    return lambda texts: [embed_func(text, at, **options) for at, text in enumerate(texts)]


CONTESTANTS = (
    Contestant(
        name="text-dedup",
        requires=("text-dedup",),
        packages=("text-dedup", "numpy", "xxhash"),
        settings="whole clauses as words (splits at \\W), 3-grams, 136 values",
        leaves_out="segmentation, folding but case, setting aside, hash of the text",
        prepare=prepare,
    ),
)

if __name__ == "__main__":
    main(CONTESTANTS)
