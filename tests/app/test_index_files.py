"""An index follows files: new, changed, touched, renamed and gone ones."""

from __future__ import annotations

import json
import os

import pytest

from dedup import Index
from dedup.source.reading import Reading

TEXTS = {
    "a.txt": "春天的河边开满了花，孩子们在草地上放风筝，老人坐在树下看书。",
    "b.txt": "全市今年新建了三座图书馆，读者可以凭身份证免费借阅各类图书。",
    "c.txt": "昨夜北风紧，今晨雪满城，街上的行人都放慢了脚步，小心走路。",
}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "texts"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def index(tmp_path, folder):
    with Index.create(tmp_path / "texts.index") as made:
        assert made.add(folder).added == 3
        yield made


def counts(added):
    return (added.added, added.changed, added.renamed, added.removed, added.unchanged)


def has(index, text):
    (found,) = index.query([("asked", text)])
    return [os.path.basename(match.id) for match in found.matches]  # noqa: PTH119


def test_nothing_has_changed(index, folder):
    assert counts(index.add(folder)) == (0, 0, 0, 0, 3)


def test_a_touched_file_is_not_read_again(index, folder):
    os.utime(folder / "a.txt", (1, 1))
    added = index.add(folder)
    assert counts(added) == (0, 0, 0, 0, 3)
    assert added.documents == 0
    before = index._contents.sources.get(str(folder / "a.txt"))
    assert before.stamp.split("-")[1] == "1000000000"


def test_a_changed_file_is_read_again(index, folder):
    (folder / "a.txt").write_text(TEXTS["a.txt"][::-1], encoding="utf-8")
    assert counts(index.add(folder)) == (0, 1, 0, 0, 2)
    assert has(index, TEXTS["a.txt"]) == []
    assert has(index, TEXTS["a.txt"][::-1]) == ["a.txt"]
    assert len(index) == 3


def test_a_renamed_file_has_its_new_name(index, folder):
    (folder / "a.txt").rename(folder / "z.txt")
    assert counts(index.add(folder)) == (0, 0, 1, 0, 2)
    assert has(index, TEXTS["a.txt"]) == ["z.txt"]
    assert len(index) == 3


def test_a_file_that_is_gone_is_forgotten(index, folder):
    (folder / "a.txt").unlink()
    assert counts(index.add(folder)) == (0, 0, 0, 1, 2)
    assert has(index, TEXTS["a.txt"]) == []
    assert len(index) == 2


def test_other_folders_are_left_alone(index, folder, tmp_path):
    other = tmp_path / "texts2"
    other.mkdir()
    (other / "d.txt").write_text("只有一句话的短文，说的是别的事情。", encoding="utf-8")
    assert counts(index.add(other)) == (1, 0, 0, 0, 0)
    assert len(index) == 4
    (folder / "a.txt").unlink()
    assert counts(index.add(other)) == (0, 0, 0, 0, 1)
    assert len(index) == 4


def test_a_new_file(index, folder):
    (folder / "d.txt").write_text("新来的一篇文章，与其他的都不一样。", encoding="utf-8")
    assert counts(index.add(folder)) == (1, 0, 0, 0, 3)


def test_records_follow_their_file(tmp_path):
    records = tmp_path / "texts.jsonl"

    def write(texts):
        lines = [json.dumps({"id": f"r{at}", "text": t}) for at, t in enumerate(texts)]
        records.write_text("\n".join(lines), encoding="utf-8")

    write(TEXTS.values())
    with Index.create(tmp_path / "texts.index") as index:
        assert index.add(records).documents == 3
        assert index.add(records).unchanged == 1
        assert has(index, TEXTS["b.txt"]) == ["r1"]
        write(list(TEXTS.values())[1:])
        added = index.add(records)
        assert (added.changed, added.documents, len(index)) == (1, 2, 2)
        assert has(index, TEXTS["b.txt"]) == ["r0"]


def test_another_way_of_reading_reads_again(index, folder):
    added = index.add(folder, reading=Reading(split="line"))
    assert counts(added) == (0, 3, 0, 0, 0)


def test_what_cannot_be_read_is_told_each_time(index, folder):
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00\xd8" * 50 + b"\x81")
    for _ in range(2):
        assert [each.id.rpartition("/")[2] for each in index.add(folder).skipped] == ["bad.txt"]
    assert len(index) == 3


def test_names_that_are_not_utf_8(index, folder):
    name = os.fsdecode("中文.txt".encode("gbk"))
    (folder / name).write_text("文件名用的是另一种编码，内容没有什么特别。", encoding="utf-8")
    assert counts(index.add(folder)) == (1, 0, 0, 0, 3)
    assert counts(index.add(folder)) == (0, 0, 0, 0, 4)
    assert has(index, "文件名用的是另一种编码，内容没有什么特别。") == [name]


def test_without_text_sources_are_read_again(tmp_path, folder):
    with Index.create(tmp_path / "places.index", text=False) as index:
        index.add(folder)
        assert has(index, TEXTS["a.txt"]) == ["a.txt"]
        (folder / "a.txt").unlink()
        (folder / "b.txt").write_text("换成了别的内容", encoding="utf-8")
        for name in ("a.txt", "b.txt"):
            (found,) = index.query([("asked", TEXTS[name])])
            assert found.matches == ()
            assert [each.rpartition("/")[2] for each in found.unverified] == [name]
        assert has(index, TEXTS["c.txt"]) == ["c.txt"]
    with Index.open(tmp_path / "places.index") as index:
        assert index.verify() == []
        assert not index.info().with_text


def test_records_without_text(tmp_path):
    records = tmp_path / "texts.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    records.write_text("\n".join(lines), encoding="utf-8")
    with Index.create(tmp_path / "places.index", text=False) as index:
        index.add(records)
        for name, text in TEXTS.items():
            assert has(index, text) == [name]
