"""The texts of an index: its own, or read again from where they came from."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.engine.shards import read_items
from dedup.model import Document
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import text_hashes
from dedup.source.missing import is_missing
from dedup.source.reading import Reading
from dedup.source.shards import Files, shards

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.index.blocks import Known
    from dedup.index.contents import Contents
    from dedup.settings import Settings


def documents_of(
    contents: Contents, numbers: Sequence[int], settings: Settings
) -> tuple[list[Document], tuple[str, ...]]:
    """Return documents with their texts, and the ids of those whose text cannot be had.

    The ``place`` of each is its number.
    """
    found, unverified = numbered_documents(contents, numbers, settings)
    return [replace(each, place=number) for number, each in found], unverified


def numbered_documents(
    contents: Contents, numbers: Sequence[int], settings: Settings
) -> tuple[list[tuple[int, Document]], tuple[str, ...]]:
    """Return the same, each with its number, and the ``place`` that it has in its source."""
    if contents.with_text:
        return list(_kept(contents, numbers)), ()
    found: list[tuple[int, Document]] = []
    unverified: list[str] = []
    for number, known, digest in _known(contents, numbers):
        document = _again(contents, number, known)
        if document is None or _hash(document.text) != digest:
            unverified.append(known.id)
        else:
            found.append((number, known.document(document.text)))
    return found, tuple(unverified)


def _kept(contents: Contents, numbers: Sequence[int]) -> Iterator[tuple[int, Document]]:
    for block, rows in contents.blocks_of(numbers):
        known = block.known()
        for row, text in zip(rows, block.texts(known, rows), strict=True):
            yield block.first + row, known[row].document(text)


def _known(contents: Contents, numbers: Sequence[int]) -> Iterator[tuple[int, Known, bytes]]:
    for block, rows in contents.blocks_of(numbers):
        known, hashes = block.known(), block.numbers().hashes
        for row in rows:
            yield block.first + row, known[row], hashes[row].tobytes()


def _hash(text: str) -> bytes:
    digest: bytes = text_hashes(TextBatch.from_texts([text]))[0].tobytes()
    return digest


def _again(contents: Contents, number: int, known: Known) -> Document | None:
    """Read a document again from its source; None where it is not there."""
    source = contents.source_of(number)
    if source is None or known.path is None or not source.reading:
        return None
    path = source.key
    if is_missing(path):
        return None
    reading = reading_of(source.reading)
    (shard,) = shards([path], reading, named=frozenset([path]))
    place = known.place
    if isinstance(shard, Files):
        place = 1 if reading.split == "document" else place
    found = next(read_items(shard.again([place])), None)
    return found if isinstance(found, Document) else None


def reading_of(packed: str) -> Reading:
    """Return the options that a source was read with."""
    values = json.loads(packed)
    values["text_fields"] = tuple(values["text_fields"])
    values["encodings"] = tuple(tuple(pair) for pair in values["encodings"])
    return Reading(**values)
