"""Merged segments hold what was in them, part by part, and nothing of what is gone."""

from __future__ import annotations

import numpy as np
import pytest
from random_documents import random_documents

from dedup import Index
from dedup.engine.shards import Texts
from dedup.errors import FormatError
from dedup.index import pages, segment_merge, writer
from dedup.index.removal import remove_documents
from dedup.index.segment_merge import merge_segments, to_merge

SIZES = (70, 3, 90, 1, 60)


def documents(count):
    return [each for each in random_documents(3, 2 * count) if each.text != "！？"][:count]


@pytest.fixture
def index(tmp_path, monkeypatch):
    """Return an index of several segments, large and tiny ones."""
    monkeypatch.setattr(pages, "ENTRIES", 8)
    every = documents(sum(SIZES))
    with Index.create(tmp_path / "texts.index") as index:
        with monkeypatch.context() as patch:
            patch.setattr(segment_merge, "TOGETHER", 99)
            at = 0
            for size in SIZES:
                index.add([Texts(every[at : at + size])])
                at += size
        yield index


def entries(contents):
    """Return all entries of each table, by the numbers of documents in the index."""
    found = []
    for table in contents.segments.layout.tables:
        parts = []
        for segment in contents.segments:
            part = contents.segments.part(segment, table, 0, 0)
            assert (np.diff(part.astype(np.float64)) >= 0).all()
            parts.append(part + np.uint64(segment.first))
        found.append(np.sort(np.concatenate(parts)))
    return found


@pytest.mark.parametrize("merged", [1, 16, 100, 1 << 21])
def test_nothing_is_lost(index, monkeypatch, merged):
    monkeypatch.setattr(segment_merge, "MERGED", merged)
    contents = index._contents
    before = entries(contents)
    assert len(contents.segments) == len(SIZES)
    merge_segments(contents)
    assert len(contents.segments) == 1
    assert index.verify() == []
    for was, now in zip(before, entries(contents), strict=True):
        assert (was == now).all()


@pytest.mark.parametrize("merged", [16, 1 << 21])
def test_what_is_gone_goes(index, monkeypatch, merged):
    monkeypatch.setattr(segment_merge, "MERGED", merged)
    contents = index._contents
    before = entries(contents)
    gone = [0, 71, 72, *range(80, 120)]
    remove_documents(contents, gone)
    merge_segments(contents)
    assert index.verify() == []
    for was, now in zip(before, entries(contents), strict=True):
        kept = ~np.isin(was.astype(np.uint32), gone)
        assert (was[kept] == now).all()


def test_parts_are_small(index, monkeypatch):
    monkeypatch.setattr(segment_merge, "MERGED", 32)
    sizes = []
    pack = pages.pack

    def noted(entries, bits, width):
        sizes.append(len(entries))
        return pack(entries, bits, width)

    monkeypatch.setattr(pages, "pack", noted)
    merge_segments(index._contents)
    assert max(sizes) < 100
    assert sum(sizes) > 74 * sum(SIZES)


def test_documents_that_a_segment_cannot_have(index):
    contents = index._contents
    connection = contents.connection
    first, *_ = contents.segments
    blob = dict(pages.pack(np.array([7 << 32 | 0xFFFF], np.uint64), first.bits, first.width))[0]
    connection.execute(
        "UPDATE pages SET entries = ? WHERE number = (SELECT min(number) FROM pages)", (blob,)
    )
    with pytest.raises(FormatError, match="is damaged"):
        merge_segments(contents)
    assert len(contents.segments) == len(SIZES)


def test_what_is_merged(tmp_path, monkeypatch):
    """However much is added, there are few segments of a size."""
    monkeypatch.setattr(writer, "SEGMENT_DOCUMENTS", 10)
    every = documents(200)
    with Index.create(tmp_path / "texts.index") as index:
        for at in range(0, 200, 10):
            index.add([Texts(every[at : at + 10])])
            assert to_merge(index._contents.segments) == []
            assert len(index._contents.segments) < segment_merge.TOGETHER
