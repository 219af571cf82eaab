"""datatrove's first MinHash stage with its Chinese tokenizer (spaCy's jieba, with HMM)."""

from __future__ import annotations

import tempfile

from contest import Contestant, Sketch, main


def prepare(_workers: int) -> Sketch:
    import jieba
    from datatrove.data import Document
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
    from datatrove.utils.logging import logger

    jieba.setLogLevel(60)
    logger.remove()
    config = MinhashConfig(n_grams=3, num_buckets=34, hashes_per_bucket=4)

    def sketch(texts: list[str]) -> object:
        with tempfile.TemporaryDirectory() as folder:
            stage = MinhashDedupSignature(folder, config, language="cmn_Hani")
            stage.run(Document(text, str(number)) for number, text in enumerate(texts))
        return None

    sketch(["加载词典"])  # loads spaCy and the dictionary, which the stage's tokenizer shares
    return sketch


CONTESTANTS = (
    Contestant(
        name="datatrove",
        # it hashes str, which xxhash 4 refuses
        requires=(
            "datatrove[io,multilingual]",
            "spacy",
            "jieba",
            "regex",
            "xxhash<4",
            "tokenizers",
        ),
        packages=("datatrove", "spacy", "jieba", "numpy"),
        settings="jieba's words with HMM (no choice), 3-grams, 136 values of 64 bits",
        leaves_out="setting aside, hash of the text; folds case, punctuation, digits to 0; "
        "writes sorted signatures to disk",
        prepare=prepare,
    ),
)

if __name__ == "__main__":
    main(CONTESTANTS)
