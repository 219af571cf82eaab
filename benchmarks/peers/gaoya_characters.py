"""gaoya: character shingles and MinHash in Rust.

Its word analyser splits at white space, which Chinese does not have. Five characters are about
three words. Filling its index costs next to nothing beside the signatures.
"""

from __future__ import annotations

from contest import Contestant, Sketch, main


def prepare(_workers: int) -> Sketch:
    from gaoya.minhash import MinHashStringIndex

    def sketch(texts: list[str]) -> object:
        index = MinHashStringIndex(32, 0.6, 34, 4, None, "char", False, (5, 5), "vec")
        index.par_bulk_insert_docs(list(range(len(texts))), texts)
        return index

    return sketch


CONTESTANTS = (
    Contestant(
        name="gaoya",
        requires=("gaoya",),
        packages=("gaoya",),
        settings="character 5-grams, 136 values",
        leaves_out="segmentation, folding, setting aside, hash of the text; fills its index",
        prepare=prepare,
        own_workers=True,
    ),
)

if __name__ == "__main__":
    main(CONTESTANTS)
