"""datatrove's MinHash with its Chinese tokenizer: shingles and signatures are its own.

Its second and third stages put together what shares a bucket and what hangs together; that is
done here in memory. Its own configuration is 14 buckets of 8 values; the others have as many
buckets as its 112 values allow.
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from datatrove_stage import CONTESTANTS
from finders import Finder, Found, Peer, clusters, main

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES = 112
ROWS = (2, 3, 4, 5, 6, 7, 8, 10, 14, 16, 28)


def find(texts: list[str]) -> Iterator[tuple[str, Found]]:
    import jieba
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
    from datatrove.utils.logging import logger

    jieba.setLogLevel(60)
    logger.remove()
    config = MinhashConfig(num_buckets=VALUES, hashes_per_bucket=1)
    with tempfile.TemporaryDirectory() as folder:
        stage = MinhashDedupSignature(folder, config, language="cmn_Hani")
        signatures = []
        for text in texts:
            shingles = stage.get_shingles(text)
            values = [each[0] for each in stage.get_signature(shingles)] if shingles.size else None
            signatures.append(values)
    for rows in ROWS:
        yield (
            f"{VALUES // rows} × {rows}",
            Found(clusters(_bands(signatures, rows))),
        )


def _bands(signatures: list[list[int] | None], rows: int) -> Iterator[list[object]]:
    for at in range(0, VALUES // rows * rows, rows):
        yield [tuple(each[at : at + rows]) if each else None for each in signatures]


PEER = Peer(
    environment="datatrove_stage",
    requires=CONTESTANTS[0].requires,
    packages=CONTESTANTS[0].packages,
    finders=(
        Finder(
            name="datatrove",
            settings="jieba's words with HMM, 5-grams, 14 buckets × 8; clusters, not verified",
            recommended="14 × 8",
            find=find,
        ),
    ),
)

if __name__ == "__main__":
    main(PEER)
