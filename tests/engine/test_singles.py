"""What is said of documents in no pair: the same whether one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest

from dedup import Document, Settings
from dedup.engine import corpus as corpora
from dedup.engine import views
from dedup.engine.corpus import Corpus, Table
from dedup.engine.shards import Texts
from dedup.engine.singles import Single, singles
from dedup.engine.views import DocumentsById, is_known, path_of, singles_of
from dedup.model import DocumentInfo, Skipped

Made = Callable[..., tuple[Corpus, list[Skipped]]]

TITLE = "关于春天的通知\n发布时间：2024-11-23 07:40 来源：某网\n"
DOCUMENTS = [
    Document("plain", "春天的早晨，河边的柳树已经发芽。", place=1),
    Document("文件.txt", TITLE + "几个孩子在岸上放风筝。", "文件.txt", "utf-8", place=2),
    Document("own", "老人坐在石凳上看报。", "a.jsonl", "utf-8", place=3, score=2.5),
    Document("guess", "第四篇文章在这里。", "g.txt", "gb18030", confidence=0.1234567, place=4),
    Document("g.txt#p2", "一段话。", "g.txt", "utf-8", place=5, lines=(3, 17)),
    Document('"\\\u2028\x01𠀀', TITLE + "古怪的名字。", "\udcff.txt", "utf-8", place=6, score=0.0),
    Document("\udcd6\udcd0", "没有路径。", None, "utf-8", place=7),
]
FIELDS = list(Single._fields)


def by_hand(info: DocumentInfo) -> tuple[object, ...]:
    return tuple(getattr(info, name) for name in FIELDS)


@pytest.mark.parametrize("keep_by", [None, "score"])
@pytest.mark.parametrize("together", [1, 2, 100])
def test_they_are_what_is_known(
    make_corpus: Made, monkeypatch: pytest.MonkeyPatch, keep_by: str | None, together: int
) -> None:
    monkeypatch.setattr(corpora, "_TOGETHER", together)
    monkeypatch.setattr(views, "_TOGETHER", together)
    halves = [Texts(DOCUMENTS[:3], "a.jsonl"), Texts(DOCUMENTS[3:], "other")]
    table = make_corpus(halves, Settings(keep_by=keep_by))[0].table
    rows = list(range(len(table)))
    assert len(rows) == len(DOCUMENTS)
    assert [*map(tuple, singles(table, table.ids(), rows))] == [
        by_hand(table.info(r)) for r in rows
    ]
    documents = DocumentsById(table)
    found = [*singles_of(documents, {"own", "nobody"})]
    assert [each.id for each in found] == sorted({each.id for each in DOCUMENTS} - {"own"})
    assert [*map(tuple, found)] == [by_hand(documents[each.id]) for each in found]
    assert [table.path(row) for row in rows] == [each.path for each in DOCUMENTS]


def test_every_field_is_one_that_a_document_has() -> None:
    assert set(FIELDS) < {field.name for field in fields(DocumentInfo)}


def test_there_may_be_none(make_corpus: Made) -> None:
    table = make_corpus([])[0].table
    assert [*singles(table, [], [])] == []
    assert [*DocumentsById(table).singles(set())] == []


def test_documents_in_a_mapping_of_any_kind(make_corpus: Made) -> None:
    documents = DocumentsById(make_corpus(DOCUMENTS)[0].table)
    plain = dict(documents)
    for doc_id in plain:
        assert path_of(documents, doc_id) == path_of(plain, doc_id)
        assert is_known(documents, doc_id) is is_known(plain, doc_id) is False
    assert [each.id for each in singles_of(plain, {"own"})] == [
        each.id for each in singles_of(documents, {"own"})
    ]
    with pytest.raises(KeyError):
        path_of(documents, "nobody")


@pytest.mark.parametrize("together", [1, 3, 100])
def test_ids_many_at_once(
    make_corpus: Made, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(corpora, "_TOGETHER", together)
    table = make_corpus(DOCUMENTS)[0].table
    table.rename(2, "a.jsonl:3")
    ids = [table.id(row) for row in range(len(DOCUMENTS))]
    assert ids[2] == "a.jsonl:3"
    for start in range(len(ids) + 1):
        assert table.ids(start) == ids[start:]
        for stop in range(start, len(ids) + 1):
            assert table.ids(start, stop) == ids[start:stop]


def test_known_ones_are_told_apart(make_corpus: Made) -> None:
    segments = make_corpus(DOCUMENTS)[0].table.segments
    names = ["a", "b"]
    table = Table([], names, known=segments, first_known=1)
    assert table.new == 0
    rows = [0, 3]
    found = [*singles(table, [table.id(row) for row in rows], rows)]
    assert [each.known for each in found] == [True, True]
    documents = DocumentsById(table, rows)
    assert [is_known(documents, doc_id) for doc_id in documents] == [True, True]
    assert table.known_rows({"own", "guess"}) == [2, 3]
