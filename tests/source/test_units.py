"""Paragraphs and lines as documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from recordfiles import again, json_lines, read_all, shard_of

from dedup.model import Document, DocumentInfo
from dedup.source.readers import text_hash
from dedup.source.reading import Reading
from dedup.source.rereading import read_place, reread
from dedup.source.shards import shards
from dedup.source.units import place_of, record_of, unit_of, units


def cut(text: str, split: str) -> list[tuple[str, str]]:
    return [(unit.id, unit.text) for unit in units(Document("d", text, place=5), split)]


def test_lines_are_numbered_as_an_editor_does() -> None:
    assert cut("甲\r\n\n——\n乙", "line") == [("d#l1", "甲\r\n"), ("d#l4", "乙")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一行\n二行\n\n \n三行\n", ["一行\n二行\n", "三行\n"]),
        ("　　一段\n　　二段\n", ["　　一段\n", "　　二段\n"]),
        ("一段\r\n\r\n二段", ["一段\r\n", "二段"]),
        ("\n\n一段\n二段\n\n\n", ["一段\n", "二段\n"]),
        ("一段", ["一段"]),
        ("", []),
    ],
)
def test_paragraphs(text, wanted) -> None:
    assert [unit for _, unit in cut(text, "paragraph")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一行\n二行\n\n \n三行\n", [(1, 2), (5, 5)]),
        ("　　一段\n——\n　　二段\n", [(1, 1), (3, 3)]),
        ("一段\r\n\r\n二段\r三行", [(1, 1), (3, 4)]),
        ("\n\n一段\n二段\n\n\n", [(3, 3), (4, 4)]),
        ("一段", [(1, 1)]),
    ],
)
def test_paragraphs_know_their_lines(text, wanted) -> None:
    document = Document("d", text, place=5)
    assert [unit.lines for unit in units(document, "paragraph")] == wanted
    for unit in units(document, "paragraph"):
        first, last = unit.lines or (0, 0)
        assert "".join(text.splitlines(keepends=True)[first - 1 : last]) == unit.text
    assert {unit.lines for unit in units(document, "line")} <= {None}


def test_units_know_whose_words_they_are() -> None:
    sections = (("user", 1, 2), ("assistant", 4, 7))
    document = Document("d", "甲\n乙\n\n丙\n丁\n\n戊", place=5, sections=sections)
    told = [unit.sections for unit in units(document, "paragraph")]
    assert told == [(("user", 1, 2),), (("assistant", 1, 2),), (("assistant", 1, 1),)]
    assert [unit.sections[0][0] for unit in units(document, "line")] == ["user"] * 2 + [
        "assistant"
    ] * 3
    joined = Document("d", "甲\n乙\n丙\n\n丁", place=5, sections=(("a", 1, 1), ("b", 2, 5)))
    assert next(units(joined, "paragraph")).sections == (("a", 1, 1), ("b", 2, 3))


def test_a_whole_document_is_left_alone() -> None:
    document = Document("d", "甲\n\n乙", place=5)
    assert list(units(document, "document")) == [document]


def test_places_of_units_ascend_and_lead_back() -> None:
    places = [place_of(record, unit) for record in (1, 2, 1 << 20) for unit in (1, 2, 1 << 30)]
    assert places == sorted(places)
    assert [(record_of(p), unit_of(p)) for p in places[:2]] == [(1, 1), (1, 2)]
    assert max(places) < 1 << 63


def info(document: Document) -> DocumentInfo:
    return DocumentInfo(
        document.id, document.path, text_hash(document.text), 1, 1, 1, False,
        encoding=document.encoding, place=document.place,
    )  # fmt: skip


@pytest.mark.parametrize("split", ["document", "paragraph", "line"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.parquet"])
def test_every_document_is_found_again(tmp_path: Path, name: str, split: str) -> None:
    texts = ["第一段甲\n第一段乙\n\n第二段", "只有一段"]
    path = tmp_path / name
    if name == "a.jsonl":
        path.write_bytes(json_lines(*({"id": t[0], "text": t} for t in texts)))
    elif name == "a.csv":
        path.write_text('id,text\n1,"' + texts[0] + '"\n2,' + texts[1])
    elif name == "a.txt":
        path.write_text(texts[0])
    else:
        pa = pytest.importorskip("pyarrow")
        pa.parquet = pytest.importorskip("pyarrow.parquet")
        pa.parquet.write_table(pa.table({"text": texts}), path)
    shard = shard_of(path, split=split)
    found = read_all(shard)
    assert len({each.place for each in found}) == len(found) >= 1
    assert [each.place for each in found] == sorted(each.place for each in found)
    if split == "line":
        assert found[2].id.endswith("#l4")
    assert again(shard, [found[-1].place]) == [found[-1]]
    for each in found:
        assert reread(info(each), Reading(split=split)) == each.text
        assert reread(info(each)) == each.text


def test_a_record_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines({"text": "甲\n乙"}, {"text": "丙"}))
    assert read_place(f"{path}:2", Reading()).text == "丙"
    assert read_place(f"{path}:1#l2", Reading()).text == "乙"
    assert read_place(f"{path}:3", Reading()) is None
    assert read_place(f"{path}", Reading()) is None
    text = tmp_path / "b.txt"
    text.write_text("甲\n乙\n")
    assert read_place(f"{text}#l2", Reading()).text == "乙\n"
    assert read_place(f"{text}#l3", Reading()) is None
    assert read_place(f"{text}:2", Reading()) is None


def test_files_are_in_shards_of_bounded_size(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("dedup.source.shards.FILES", 2)
    paths = []
    for number in range(5):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"第{number}则")
        paths.append(str(path))
    made = shards(paths, Reading())
    assert [len(shard) for shard in made] == [2, 2, 1]
    assert [[d.text for d in read_all(shard)] for shard in made] == [
        ["第0则", "第1则"], ["第2则", "第3则"], ["第4则"],
    ]  # fmt: skip
    assert [d.text for d in again(made[1], [2])] == ["第3则"]
