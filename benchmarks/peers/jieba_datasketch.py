"""jieba and datasketch, as a Python programmer would join them; in batches and without."""

from __future__ import annotations

from contest import VALUES, Contestant, Sketch, main


def shingles(words: list[str]) -> set[str]:
    return {a + b + c for a, b, c in zip(words, words[1:], words[2:], strict=False)}


def prepare(_workers: int) -> Sketch:
    import jieba
    from datasketch import MinHash

    jieba.setLogLevel(60)
    jieba.initialize()

    def one(text: str) -> MinHash:
        signature = MinHash(num_perm=VALUES)
        signature.update_batch([each.encode() for each in shingles(jieba.lcut(text, HMM=False))])
        return signature

    return lambda texts: [one(text) for text in texts]


def prepare_update(_workers: int) -> Sketch:
    import jieba
    from datasketch import MinHash

    jieba.setLogLevel(60)
    jieba.initialize()

    def one(text: str) -> MinHash:
        signature = MinHash(num_perm=VALUES)
        for shingle in shingles(jieba.lcut(text, HMM=False)):
            signature.update(shingle.encode())
        return signature

    return lambda texts: [one(text) for text in texts]


CONTESTANTS = tuple(
    Contestant(
        name=name,
        requires=("jieba", "datasketch"),
        packages=("jieba", "datasketch", "numpy"),
        settings=f"jieba's words without HMM, 3-grams, 136 values, {how}",
        leaves_out="folding, setting aside, hash of the text",
        prepare=prepared,
    )
    for name, how, prepared in (
        ("jieba + datasketch, update()", "one call a shingle", prepare_update),
        ("jieba + datasketch, update_batch()", "one call a text", prepare),
    )
)

if __name__ == "__main__":
    main(CONTESTANTS)
