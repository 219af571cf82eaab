"""Make a small index in the format of this version, to be kept for the versions after it.

    python tests/index/formats/make.py

writes ``N.index``, N being the format, from ``documents.jsonl`` beside this file. It is run once a
format, before the next one comes, and what it made is committed and never made anew: a test
migrates each file to the present format. In it are several segments, one of them merged, removed
documents, a block that lost all of its documents, and a source that was not read to the end.
"""

from __future__ import annotations

import json
from pathlib import Path

from dedup import Index
from dedup.engine.shards import Texts
from dedup.index import blocks, segment_merge, writer
from dedup.index.schema import FORMAT
from dedup.model import Document

HERE = Path(__file__).parent
#: Documents of a source, and which of all are removed again.
SOURCE = 12
REMOVED = (3, *range(24, 32), 50)


def documents() -> list[Document]:
    """Return the documents that every one of these files was made of."""
    lines = (HERE / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [Document(each["id"], each["text"]) for each in map(json.loads, lines)]


def main() -> None:
    """Make the file."""
    path = HERE / f"{FORMAT}.index"
    blocks.BLOCK_DOCUMENTS = 8
    writer.SEGMENT_DOCUMENTS, segment_merge.TOGETHER = SOURCE, 4
    every = documents()
    with Index.create(path) as index:
        for at in range(0, len(every), SOURCE):
            name = f"texts/{at // SOURCE}.jsonl"
            some = every[at : at + SOURCE]
            index.add([Texts(some)], key_of=lambda _, name=name: name)
        index.remove([every[at].id for at in REMOVED])
        connection = index._contents.connection
        connection.execute(
            "UPDATE sources SET complete = 0 WHERE number = (SELECT max(number) FROM sources)"
        )
        connection.execute("PRAGMA journal_mode = DELETE")
    for beside in HERE.glob("*.lock"):
        beside.unlink()
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
