"""What is looked up one key at a time and what together is the same, and what is cut is counted."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from terminal import run

from dedup import Document, Index, Settings
from dedup.app.scan import scan_shards
from dedup.engine.shards import Texts
from dedup.index import pages, segments, writer
from dedup.match.candidates import HOT_BUCKET, HOT_FIRST

TEXT = "春天的河边开满了花，孩子们在草地上放风筝，老人坐在树下看书，"
OTHER = "全市今年新建了三座图书馆，读者可以凭身份证免费借阅各类图书。"
COPIES = HOT_BUCKET + 50


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Return an index of one text very many times, in several segments, and others."""
    path = tmp_path_factory.mktemp("hot") / "texts.index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "SEGMENT_DOCUMENTS", 400)
        with Index.create(path) as index:
            index.add([Texts([Document(f"d{at:05}", TEXT * 3) for at in range(COPIES)])])
            index.add([Texts([Document("other", OTHER * 3)])])
    return path


@pytest.mark.parametrize("count", [1, 80])
def test_a_query_counts_what_it_leaves_out(crowded, count):
    asked = [(f"asked{at}", TEXT * 3) for at in range(count)]
    with Index.open(crowded) as index:
        found = index.query(asked)
        bands = index._contents.banding.bands
    assert [len(each.matches) for each in found] == [HOT_FIRST] * count
    assert {each.matches[0].id for each in found} == {"d00000"}
    assert found[0].hot_buckets == (bands + 1) * (count if count == 1 else 1)
    assert found[0].not_compared == (bands + 1) * count * (COPIES - HOT_FIRST)


def test_nothing_is_left_out_elsewhere(crowded):
    with Index.open(crowded) as index:
        (found,) = index.query([("asked", OTHER * 3)])
    assert ([m.id for m in found.matches], found.hot_buckets, found.not_compared) == (
        ["other"], 0, 0,
    )  # fmt: skip


def test_a_scan_counts_it_too(crowded):
    with Index.open(crowded) as index:
        new = [Texts([Document("asked", TEXT * 3)])]
        found = scan_shards(new, Settings(), against=index.side(runs=False))
    assert found.summary.hot_buckets > 0
    assert found.summary.pairs_not_compared >= COPIES - HOT_FIRST
    assert found.summary.dropped == 1


def test_it_is_said(crowded, tmp_path):
    (tmp_path / "asked.txt").write_text(TEXT * 3, encoding="utf-8")
    ran = run("index", "query", str(crowded), "asked.txt", cwd=tmp_path)
    assert "crowded buckets were not compared" in ran.err
    ran = run("index", "query", str(crowded), "asked.txt", "-q", "--output-format", "json",
              cwd=tmp_path)  # fmt: skip
    assert ran.err == ""
    assert json.loads(ran.out)["documents"][0]["not_compared"] > 0
    ran = run("scan", "asked.txt", "--against", str(crowded), "--no-runs", cwd=tmp_path)
    assert "crowded buckets were not compared" in ran.err


@pytest.mark.parametrize("seed", range(6))
def test_one_by_one_and_together(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(segments, "HOT_BUCKET", 6)
    monkeypatch.setattr(pages, "ENTRIES", 8)
    draw = np.random.default_rng(seed)
    keys = draw.integers(0, 1 << 32, 400, dtype=np.uint32)
    keys[draw.integers(0, 400, 150)] = keys[0]  # one that is hot
    keys[draw.integers(0, 400, 8)] = keys[1]
    with Index.create(tmp_path / "texts.index") as index:
        contents = index._contents
        contents.connection.execute("BEGIN")
        for first in range(0, 400, 100):
            part = keys[first : first + 100]
            entries = pages.entries_of(part, np.arange(100, dtype=np.uint32))
            contents.segments.write(first, 100, (100, 100), lambda _, e=entries: [e.copy()])
        wanted = np.concatenate([keys[:2], keys[:5], draw.integers(0, 1 << 32, 9, np.uint32)])
        wanted = np.concatenate([wanted, keys[draw.integers(0, 400, 3 if seed % 2 else 300)]])
        together = contents.segments.find_all(0, wanted, 4)
        pairs = Counter(zip(together.positions.tolist(), together.documents.tolist(), strict=True))
        single, left_out, hot = Counter(), 0, set()
        for at, key in enumerate(wanted.tolist()):
            found, more = contents.segments.find(0, key, 4)
            assert found == np.flatnonzero(keys == key).tolist()[: None if not more else 4]
            single.update((at, each) for each in found)
            left_out += more
            hot |= {key} if more else set()
    assert pairs == single
    assert (together.hot, together.left_out) == (len(hot), left_out)
    assert hot
