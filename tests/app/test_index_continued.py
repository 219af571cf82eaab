"""A file of records of which the beginning is in the index is gone on with, not begun again."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from random_documents import random_documents

from dedup import Index
from dedup.engine import local
from dedup.index import segment_merge, writer
from dedup.source import blocks, parquet
from dedup.source.reading import Reading

DOCUMENTS = 200


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Write a segment for every few records."""
    monkeypatch.setattr(blocks, "MOST_LINES", 16)
    monkeypatch.setattr(parquet, "ROWS", 16)
    monkeypatch.setattr(writer, "SEGMENT_DOCUMENTS", 20)
    monkeypatch.setattr(segment_merge, "TOGETHER", 2)


def records(count=DOCUMENTS):
    return [{"id": each.id, "text": each.text} for each in random_documents(5, count)]


def write(path, rows):
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".csv":
        lines = [f'{row["id"]},"{row["text"]}"' for row in rows]
        path.write_text("\n".join(["id,text", *lines]), encoding="utf-8")
    else:
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
    return path


def interrupted(monkeypatch, path, what, after, **options):
    """Add something, interrupted after so many segments; return how many documents there are."""
    flush, left = writer.Writer.flush, after

    def counted(self):
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        flush(self)

    with monkeypatch.context() as patch, Index.open(path, write=True) as index:
        patch.setattr(writer.Writer, "flush", counted)
        with pytest.raises(KeyboardInterrupt):
            index.add(what, **options)
        return len(index)


def made(path):
    Index.create(path).close()
    return path


def contents(path):
    """Return every document of an index, by number, as it is kept."""
    with Index.open(path) as index:
        assert index.verify() == []
        kept = []
        for block, rows in filter(lambda each: each[1], index._contents.all_blocks()):
            known = block.known()
            texts = block.texts(known, rows)
            kept += [known[row].document(text) for row, text in zip(rows, texts, strict=True)]
        return kept


def sketched(monkeypatch):
    """Return the list that all texts which are sketched from now on go to."""
    found = []
    sketch = local.BatchSketcher._sketch

    def noted(self, texts, batch):
        found.extend(texts)
        return sketch(self, texts, batch)

    monkeypatch.setattr(local.BatchSketcher, "_sketch", noted)
    return found


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
@pytest.mark.parametrize("after", [1, 4])
def test_what_is_there_is_not_sketched_again(tmp_path, monkeypatch, suffix, after):
    file = write(tmp_path / f"records{suffix}", records())
    whole = made(tmp_path / "whole.index")
    with Index.open(whole, write=True) as index:
        every = index.add(file).documents
    broken = made(tmp_path / "broken.index")
    there = interrupted(monkeypatch, broken, file, after)
    assert 0 < there < every
    texts = sketched(monkeypatch)
    with Index.open(broken, write=True) as index:
        assert not index.knows(str(file))
        added = index.add(file)
        assert (added.added, added.changed, added.documents) == (1, 0, every - there)
        assert index.add(file).unchanged == 1
    assert len(texts) < DOCUMENTS - there + 16
    assert contents(broken) == contents(whole)


def test_broken_again_and_again(tmp_path, monkeypatch):
    file = write(tmp_path / "records.jsonl", records())
    path = made(tmp_path / "texts.index")
    there = [interrupted(monkeypatch, path, file, 1) for _ in range(4)]
    assert there == sorted(set(there))
    with Index.open(path, write=True) as index:
        index.add(file)
    whole = made(tmp_path / "whole.index")
    with Index.open(whole, write=True) as index:
        index.add(file)
    assert contents(path) == contents(whole)


def test_ids_that_are_there_twice_are_named_as_in_one_run(tmp_path, monkeypatch):
    rows = [{**row, "id": f"{at % 70}"} for at, row in enumerate(records())]
    file = write(tmp_path / "records.jsonl", rows)
    path, whole = made(tmp_path / "texts.index"), made(tmp_path / "whole.index")
    interrupted(monkeypatch, path, file, 3)
    for each in (path, whole):
        with Index.open(each, write=True) as index:
            index.add(file)
    assert contents(path) == contents(whole)


def test_a_file_that_changed_is_begun_again(tmp_path, monkeypatch):
    file = write(tmp_path / "records.jsonl", records())
    path, whole = made(tmp_path / "texts.index"), made(tmp_path / "whole.index")
    interrupted(monkeypatch, path, file, 3)
    write(file, records()[::-1])
    for each in (path, whole):
        with Index.open(each, write=True) as index:
            added = index.add(file)
            assert (added.added, added.changed) == ((0, 1) if each == path else (1, 0))
    assert contents(path) == contents(whole)


def test_a_touched_file_is_gone_on_with(tmp_path, monkeypatch):
    file = write(tmp_path / "records.jsonl", records())
    path = made(tmp_path / "texts.index")
    there = interrupted(monkeypatch, path, file, 3)
    write(file, records())
    with Index.open(path, write=True) as index:
        assert index.add(file).documents + there == len(index)
        assert index.add(file).unchanged == 1


def test_other_fields_begin_again(tmp_path, monkeypatch):
    rows = [{**row, "title": f"题目{at}"} for at, row in enumerate(records())]
    file = write(tmp_path / "records.jsonl", rows)
    path = made(tmp_path / "texts.index")
    interrupted(monkeypatch, path, file, 3)
    with Index.open(path, write=True) as index:
        added = index.add(file, reading=Reading(text_fields=("title", "text")))
        assert (added.added, added.changed, added.documents) == (0, 1, len(index))


def test_what_is_skipped_is_told_again(tmp_path, monkeypatch):
    rows = records()
    file = write(tmp_path / "records.jsonl", rows)
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join([*lines[:3], "{broken", *lines[3:]]), encoding="utf-8")
    path = made(tmp_path / "texts.index")
    interrupted(monkeypatch, path, file, 3)
    with Index.open(path, write=True) as index:
        assert "not-json" in {each.reason for each in index.add(file).skipped}
        assert index.knows(str(file))


def test_nothing_was_left_but_to_say_so(tmp_path, monkeypatch):
    file = write(tmp_path / "records.jsonl", records())
    path = made(tmp_path / "texts.index")
    with Index.open(path, write=True) as index:
        every = index.add(file).documents
        contents_ = index._contents
        contents_.connection.execute("UPDATE sources SET complete = 0, reached = ?", (DOCUMENTS,))
        assert not index.knows(str(file))
        assert index.add(file).documents == 0
        assert index.knows(str(file))
        assert len(index) == every


def test_units_of_records(tmp_path, monkeypatch):
    rows = [{**row, "text": row["text"].replace("，", "。\n")} for row in records()]
    file = write(tmp_path / "records.jsonl", rows)
    path, whole = made(tmp_path / "texts.index"), made(tmp_path / "whole.index")
    reading = Reading(split="line")
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 16)
    there = interrupted(monkeypatch, path, file, 3, reading=reading)
    for each in (path, whole):
        with Index.open(each, write=True) as index:
            added = index.add(file, reading=reading)
            assert added.documents == len(index) - (there if each == path else 0)
    assert contents(path) == contents(whole)


def test_files_of_text_begin_again(tmp_path, monkeypatch):
    file = tmp_path / "long.txt"
    file.write_text("\n".join(row["text"] for row in records()), encoding="utf-8")
    path, whole = made(tmp_path / "texts.index"), made(tmp_path / "whole.index")
    reading = Reading(split="line")
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 16)
    interrupted(monkeypatch, path, file, 3, reading=reading)
    for each in (path, whole):
        with Index.open(each, write=True) as index:
            index.add(file, reading=reading)
    assert contents(path) == contents(whole)


def test_an_index_with_half_a_file_is_rebuilt_and_merged(tmp_path, monkeypatch):
    file = write(tmp_path / "records.jsonl", records())
    whole = made(tmp_path / "whole.index")
    with Index.open(whole, write=True) as index:
        index.add(file)
    path = made(tmp_path / "texts.index")
    there = interrupted(monkeypatch, path, file, 3)
    assert Index.rebuild(path) == 0
    merged = made(tmp_path / "merged.index")
    with Index.open(merged, write=True) as index:
        index.merge([path])
    for each in (path, merged):
        with Index.open(each, write=True) as index:
            assert len(index) == there
            assert not index.knows(str(file))
            index.add(file)
        assert contents(each) == contents(whole)
