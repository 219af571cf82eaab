"""rjieba and rensa: jieba's words and full-set R-MinHash, both in Rust, joined in Python.

One ``update`` a text was the fastest of rensa's ways to sign all shingles: as fast as hashing
them in Python first, faster than the matrix of a whole batch. Its *rho* sketch samples tokens
and is another thing.
"""

from __future__ import annotations

from contest import VALUES, Contestant, Sketch, main


def prepare(_workers: int) -> Sketch:
    import rjieba
    from rensa import RMinHash

    def one(text: str) -> object:
        words = rjieba.cut(text, False)
        signature = RMinHash(VALUES, 1)
        shingles = zip(words, words[1:], words[2:], strict=False)
        signature.update([a + b + c for a, b, c in shingles])
        return signature

    return lambda texts: [one(text) for text in texts]


CONTESTANTS = (
    Contestant(
        name="rjieba + rensa",
        requires=("rjieba", "rensa"),
        packages=("rjieba", "rensa"),
        settings="jieba's words without HMM, 3-grams, 136 values",
        leaves_out="folding, setting aside, hash of the text",
        prepare=prepare,
    ),
)

if __name__ == "__main__":
    main(CONTESTANTS)
