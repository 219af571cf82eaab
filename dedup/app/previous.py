"""What documents were in the version before, so that what was accepted of them carries over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dedup.engine.local import BatchSketcher
from dedup.engine.shards import read_items
from dedup.model import Document
from dedup.source.git_files import Tracked
from dedup.source.git_index import blobs_at
from dedup.source.git_shards import git_shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.settings import Settings
    from dedup.source.git import Repository
    from dedup.source.reading import Reading


def content_hashes(texts: Sequence[str], settings: Settings) -> list[str]:
    """Return the hexadecimal hash of the compared text of each text; "" of one without words."""
    if not texts:
        return []
    sketches = BatchSketcher(settings, num_perm=1)(list(texts)).sketches
    return [
        bytes(row).hex() if tokens else ""
        for row, tokens in zip(sketches.compared_hash, sketches.tokens.tolist(), strict=True)
    ]


@dataclass
class Previous:
    """The compared texts, as hashes, that files had at a commit, where they have others now.

    All are read when the first is asked for. Files of records have no such past: which record
    was which cannot be said.
    """

    repository: Repository
    commit: str | None
    files: Sequence[Tracked]
    settings: Settings
    reading: Reading

    def __call__(self, path: str) -> str | None:
        """Return the hash of what a path was; None where it was nothing, or is what it was."""
        return self._hashes.get(path)

    @cached_property
    def _hashes(self) -> dict[str, str]:
        files = [file for file in self.files if not file.records]
        if self.commit is None or not files:
            return {}
        were = blobs_at(self.repository, self.commit, [file.path for file in files])
        changed = [
            Tracked(file.path, were[file.path], file.path, file.encoding)
            for file in files
            if file.path in were and were[file.path] != file.blob
        ]
        texts: dict[str, str] = {}
        for shard in git_shards(self.repository, changed, self.reading):
            for found in read_items(shard.items()):
                if isinstance(found, Document):
                    texts[found.id] = found.text
        hashes = content_hashes(list(texts.values()), self.settings)
        return {path: each for path, each in zip(texts, hashes, strict=True) if each}
