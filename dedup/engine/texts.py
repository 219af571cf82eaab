"""The texts of some documents of a result, read once more and kept on disk."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dedup.engine.shards import read_items
from dedup.engine.spool import Spool
from dedup.model import Document
from dedup.progress import NO_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.engine.shards import Shard
    from dedup.engine.views import DocumentsById
    from dedup.progress import Progress


class SpooledTexts(Mapping[str, str]):
    """Texts by id; on disk, in a file that only this user can read and that goes with this."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, doc_id: str, text: str) -> None:
        """Add the text of a document."""
        raw = text.encode("utf-8", "surrogatepass")
        self._places[doc_id] = (self._spool.append(raw), len(raw))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, doc_id: str) -> str:
        start, size = self._places[doc_id]
        return self._spool.read(start, size).decode("utf-8", "surrogatepass")


def read_texts(
    documents: DocumentsById,
    ids: Iterable[str],
    shards: Sequence[Shard],
    progress: Progress = NO_PROGRESS,
) -> SpooledTexts:
    """Read the texts of documents once more, from the ``shards`` of the scan that knew them.

    What has changed since, or is gone, is not among them. Raises
    :class:`~dedup.errors.OutputError` where there is no room for them on disk.
    """
    wanted: defaultdict[int, dict[int, str]] = defaultdict(dict)
    total = 0
    for total, doc_id in enumerate(ids, 1):  # noqa: B007 - how many there are
        shard, place = documents.where(doc_id)
        wanted[shard][place] = doc_id
    progress.stage("read", total)
    texts = SpooledTexts()
    for number, of_shard in sorted(wanted.items()):
        for found in read_items(shards[number].again(sorted(of_shard))):
            if isinstance(found, Document):
                doc_id = of_shard[found.place]
                raw = found.text.encode("utf-8", "surrogatepass")
                if hashlib.blake2b(raw, digest_size=16).hexdigest() == documents[doc_id].hash:
                    texts.add(doc_id, found.text)
            progress.advance()
    progress.done()
    return texts
