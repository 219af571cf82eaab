"""dedup itself: texts to signatures as ``dedup scan`` makes them, without matching."""

from __future__ import annotations

from contest import VALUES, Contestant, Sketch, main

#: Values of a signature that the default threshold and recall need.
DEFAULT_VALUES = 288


def prepare(workers: int, *, values: int = VALUES, **settings: object) -> Sketch:
    from dedup import Document, Settings
    from dedup.engine.local import sketch_documents

    chosen = Settings(jobs=workers).with_values(**settings)

    def sketch(texts: list[str]) -> object:
        documents = (Document(str(number), text) for number, text in enumerate(texts))
        return [
            sketched.sketches.signatures
            for _, sketched in sketch_documents(documents, chosen, values)
        ]

    return sketch


def prepare_words(workers: int) -> Sketch:
    return prepare(workers, ngram=3)


def prepare_characters(workers: int) -> Sketch:
    return prepare(workers, unit="char", ngram=5)


def prepare_defaults(workers: int) -> Sketch:
    return prepare(workers, values=DEFAULT_VALUES)


def prepare_default_characters(workers: int) -> Sketch:
    return prepare(workers, values=DEFAULT_VALUES, unit="char")


CONTESTANTS = (
    Contestant(
        name="dedup",
        requires=(),
        packages=("zh-dedup", "numpy", "jieba"),
        settings="jieba's words without HMM, 3-grams, 136 values",
        leaves_out="nothing: folds, sets aside, segments, shingles, signs, hashes",
        prepare=prepare_words,
        own_workers=True,
    ),
    Contestant(
        name="dedup, characters",
        requires=(),
        packages=("zh-dedup", "numpy", "jieba"),
        settings="character 5-grams, 136 values",
        leaves_out="segmentation",
        prepare=prepare_characters,
        own_workers=True,
    ),
    Contestant(
        name="dedup, its defaults",
        requires=(),
        packages=("zh-dedup", "numpy", "jieba"),
        settings="jieba's words without HMM, 2-grams, 288 values",
        leaves_out="nothing",
        prepare=prepare_defaults,
        own_workers=True,
    ),
    Contestant(
        name="dedup, characters, their defaults",
        requires=(),
        packages=("zh-dedup", "numpy", "jieba"),
        settings="character 3-grams, 288 values",
        leaves_out="segmentation",
        prepare=prepare_default_characters,
        own_workers=True,
    ),
)

if __name__ == "__main__":
    main(CONTESTANTS)
