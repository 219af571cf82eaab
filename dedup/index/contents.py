"""What is in an open index: its settings, documents, sources and segments."""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.boilerplate import Boilerplate
from dedup.errors import FormatError, SettingsError
from dedup.index import blocks
from dedup.index.blobs import damaged, decompressed
from dedup.index.segments import Layout, Segments
from dedup.index.sources import Sources
from dedup.messages import message
from dedup.settings import Settings
from dedup.sketch.bands import banding
from dedup.sketch.estimate import BITS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.index.blocks import Known, Numbers
    from dedup.index.sources import Source
    from dedup.sketch.bands import Banding

_WORD = 64
#: The most characters of a value, of which the list of boilerplate may be long.
_MOST_ABOUT = 1 << 26
_MOST_BLOCK = 1 << 16
_PARTS = {
    "numbers": "SELECT numbers FROM blocks WHERE first = ?",
    "known": "SELECT known FROM blocks WHERE first = ?",
    "texts": "SELECT texts FROM blocks WHERE first = ?",
}


class Contents:
    """The parts of an open index, read from its connection."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.connection = connection
        self.name = name
        self.about = _about(connection, name)
        self.settings = _settings(self.about, name)
        self.with_text = self.about.get("text") == "true"
        self.banding: Banding = banding(self.settings.threshold, self.settings.recall)
        self.words = -(-self.banding.num_perm * BITS // _WORD)
        self.segments = Segments(connection, Layout(self.banding.bands), name)
        self.sources = Sources(connection)

    def check_fingerprint(self) -> None:
        """Refuse an index that other definitions or dictionaries have made."""
        if self.about.get("fingerprint") != self.settings.fingerprint():
            raise FormatError(
                message(
                    "{name} was made by other definitions or another dictionary", name=self.name
                ),
                hint=message(
                    "make it anew from its own texts: dedup index rebuild {path}", path=self.name
                ),
            )

    def next_number(self) -> int:
        """Return the number that the next document gets."""
        row = self.connection.execute(
            "SELECT first, documents FROM blocks ORDER BY first DESC LIMIT 1"
        ).fetchone()
        last = max((s.first + s.documents for s in self.segments), default=0)
        return max(last, row[0] + row[1]) if row else last

    def documents(self) -> int:
        """Return how many documents there are."""
        row = self.connection.execute(
            "SELECT (SELECT coalesce(sum(documents), 0) FROM blocks) - (SELECT count(*) FROM gone)"
        ).fetchone()
        return int(row[0])

    def source_of(self, number: int) -> Source | None:
        """Return the source that a document came from."""
        row = self.connection.execute(
            "SELECT first, documents, source FROM runs WHERE first <= ? "
            "ORDER BY first DESC LIMIT 1",
            (number,),
        ).fetchone()
        if row is None or number >= row[0] + row[1]:
            return None
        return self.sources.of(row[2])

    def gone(self) -> NDArray[np.int64]:
        """Return the numbers of documents that were removed, sorted."""
        rows = self.connection.execute("SELECT number FROM gone ORDER BY number")
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def is_gone(self, number: int) -> bool:
        """Tell whether a document was removed."""
        found = self.connection.execute("SELECT 1 FROM gone WHERE number = ?", (number,))
        return found.fetchone() is not None

    def blocks_of(self, numbers: Sequence[int]) -> Iterator[tuple[Block, list[int]]]:
        """Yield the blocks of documents, given by ascending numbers, each with its rows.

        Documents that are gone are left out.
        """
        left = [number for number in numbers if not self.is_gone(number)]
        while left:
            row = self.connection.execute(
                "SELECT first, documents FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1",
                (left[0],),
            ).fetchone()
            block = None if row is None else Block(self, *_block(row, self.name))
            if block is None or left[0] >= block.first + block.documents:
                left = left[1:]  # of a block that is no more
                continue
            end = bisect_right(left, block.first + block.documents - 1)
            yield block, [number - block.first for number in left[:end]]
            left = left[end:]

    def block_after(self, first: int) -> tuple[Block, list[int]] | None:
        """Return the next block after a number, with the rows that are there."""
        return self._one_block(
            "SELECT first, documents FROM blocks WHERE first > ? ORDER BY first LIMIT 1", first
        )

    def block_before(self, first: int) -> tuple[Block, list[int]] | None:
        """Return the last block before a number, with the rows that are there."""
        return self._one_block(
            "SELECT first, documents FROM blocks WHERE first < ? ORDER BY first DESC LIMIT 1", first
        )

    def _one_block(self, statement: str, first: int) -> tuple[Block, list[int]] | None:
        row = self.connection.execute(statement, (first,)).fetchone()
        if row is None:
            return None
        block = Block(self, *_block(row, self.name))
        there = range(block.first, block.first + block.documents)
        return block, [number - block.first for number in there if not self.is_gone(number)]

    def all_blocks(self) -> Iterator[tuple[Block, list[int]]]:
        """Yield all blocks, each with the rows of documents that are there."""
        gone = self.gone()
        rows = self.connection.execute("SELECT first, documents FROM blocks ORDER BY first")
        for row in rows:
            block = Block(self, *_block(row, self.name))
            low, high = np.searchsorted(gone, [block.first, block.first + block.documents])
            away = set((gone[low:high] - block.first).tolist())
            yield block, [at for at in range(block.documents) if at not in away]


class Block:
    """Documents ``first`` to before ``first + documents``; its parts are read when asked for."""

    def __init__(self, contents: Contents, first: int, documents: int) -> None:
        self.first = first
        self.documents = documents
        self._contents = contents
        self._name = contents.name

    def numbers(self) -> Numbers:
        """Return what the lookup needs."""
        blob = self._part("numbers")
        return blocks.unpack_numbers(blob, self.documents, self._contents.words, self._name)

    def known(self) -> list[Known]:
        """Return what is known of each document beside its text."""
        return blocks.unpack_known(self._part("known"), self.documents, self._name)

    def texts(self, known: Sequence[Known], rows: Sequence[int]) -> list[str]:
        """Return the texts of the documents in some rows; ``known`` is what is known of all."""
        raw = decompressed(self._part("texts"), self._name)
        return blocks.split_texts(raw, known, rows, self._name)

    def _part(self, column: str) -> object:
        row = self._contents.connection.execute(_PARTS[column], (self.first,)).fetchone()
        return None if row is None else row[0]


def _block(row: tuple[int, int], name: str) -> tuple[int, int]:
    if row[0] < 0 or not 0 < row[1] <= _MOST_BLOCK:
        raise damaged(name)
    return row


def _about(connection: sqlite3.Connection, name: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT name, substr(value, 1, ?) FROM about LIMIT 100", (_MOST_ABOUT,)
    )
    found = {key: value for key, value in rows if isinstance(key, str) and isinstance(value, str)}
    if not {"settings", "fingerprint", "text"} <= found.keys():
        raise damaged(name)
    return found


def _settings(about: dict[str, str], name: str) -> Settings:
    try:
        values: dict[str, Any] = json.loads(about["settings"])
        if not isinstance(values, dict):
            raise damaged(name)
        values["boilerplate"] = Boilerplate.from_record(values.get("boilerplate"))
        return Settings.from_mapping(values)
    except (ValueError, TypeError, RecursionError, SettingsError) as error:
        raise damaged(name) from error
