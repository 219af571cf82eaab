"""Explain: the verdict and every difference, for any two documents."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path

import pytest

import dedup.app.explain
from dedup.app.explain import compare, read_document
from dedup.errors import InputError
from dedup.model import (
    Change,
    ChangeKind,
    Comparison,
    Document,
    PassageKind,
    Relation,
    Weight,
)
from dedup.settings import Settings

BODY = (
    "截至目前，湖北已有13名市州党委书记在省一级培训班登台授课。\n"
    "在“一把手”的带动下，各市州举办主要领导干部专题培训班，形成层层抓落实的良好局面。\n"
    "互学互鉴，找准自身发展定位，石材产业是麻城的支柱产业之一。\n"
    "不仅台下听课启发思路，还要上台讲课谋划发展。学习的目的全在于运用。\n"
)
HEADER = "发布时间：2023-11-15 08:00 来源：湖北日报\n"


def explain(x: str, y: str, **values: object) -> Comparison:
    settings = Settings().with_values(**values)
    return compare(Document("x", x), Document("y", y), settings)


def said(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(c.kind.value, c.a, c.b) for c in changes]


def facts(change: Change) -> dict[str, str]:
    return {fact.name: fact.value for fact in change.facts}


@pytest.fixture(scope="module")
def seeds() -> list[Document]:
    folder = Path(__file__).resolve().parents[2] / "seeds"
    files = sorted(folder.glob("*.txt"))
    return [Document(f.name, f.read_bytes().decode("utf-8"), path=str(f)) for f in files]


def test_the_seeds_are_one_article_in_two_dresses(seeds: list[Document]) -> None:
    found = compare(*seeds, Settings())
    assert found.relation is Relation.SAME_BODY
    assert found.similarity == 1.0
    assert found.containment == (1.0, 1.0)
    assert 0.96 <= found.whole_evidence.similarity <= 0.97
    header, page, credit, title, marks, space = found.changes
    assert {c.weight for c in found.changes} == {Weight.FORM}
    assert header.kind is page.kind is credit.kind is ChangeKind.METADATA
    assert facts(header) == {"published": "2024-11-23T07:40:02", "source": "sp20241123"}
    assert facts(page) == {"publication": "人民日报", "printed": "2023-11-14", "page": "19"}
    assert facts(credit) == {"people": "杨光宇、胡永秋"}
    assert (header.a_line, page.a_line, credit.a_line) == (1, 33, 34)
    assert header.b == page.b == credit.b == ""
    assert title.kind is ChangeKind.TITLE
    assert len(title.b.splitlines()) == 2
    assert (title.a, title.a_line, title.b_line) == ("", None, 1)
    assert (marks.kind, marks.detail, marks.a, marks.b) == (
        ChangeKind.PUNCTUATION, "width", ":“", "：“",
    )  # fmt: skip
    assert (space.kind, space.a, space.b) == (ChangeKind.SPACE, "\n", "\n　　")
    assert marks.count > 100
    assert space.count == 31
    (only,) = found.passages
    assert only.kind is PassageKind.EQUAL
    assert only.a is not None
    assert only.b is not None
    assert (only.a.line, only.a.last_line, only.b.line, only.b.last_line) == (2, 32, 4, 34)


def test_the_seeds_with_everything_compared(seeds: list[Document]) -> None:
    found = compare(*seeds, Settings(keep_metadata=True))
    assert found.relation is Relation.NEAR
    assert found.evidence == found.whole_evidence
    assert not found.a.set_aside
    described = compare(*seeds, Settings())
    assert found.changes == described.changes, "what is form stays form"
    kinds = [p.kind.value for p in found.passages]
    assert kinds.count("equal") == 1
    assert set(kinds) == {"only-a", "only-b", "equal"}


def test_the_other_way_round_everything_is_swapped(seeds: list[Document]) -> None:
    there, back = compare(*seeds, Settings()), compare(*reversed(seeds), Settings())
    assert back.relation is there.relation
    assert back.evidence == there.evidence.swapped()
    assert sorted((c.kind, c.b, c.a, c.count) for c in back.changes) == sorted(
        (c.kind, c.a, c.b, c.count) for c in there.changes
    )


def test_equal_texts_are_identical_and_do_not_differ() -> None:
    found = explain(BODY, BODY)
    assert found.relation is Relation.IDENTICAL
    assert found.changes == ()
    assert [p.kind for p in found.passages] == [PassageKind.EQUAL]


@pytest.mark.parametrize("width", [20, 30, 38])
def test_wrapped_lines_are_white_space(width: int) -> None:
    wrapped = "\n".join("\n".join(textwrap.wrap(line, width)) for line in BODY.splitlines())
    found = explain(BODY, wrapped)
    assert found.relation is Relation.SAME_TEXT
    assert {c.kind for c in found.changes} == {ChangeKind.SPACE}
    assert [p.kind for p in found.passages] == [PassageKind.EQUAL]


def test_facts_come_before_wording_and_form() -> None:
    other = BODY.replace("13名", "15名").replace("支柱产业之一", "主要产业之一").replace("，", ",")
    found = explain(HEADER + BODY, other)
    assert found.relation is Relation.VERSION
    assert said(found.changes)[0] == ("number", "13名", "15名")
    assert ("replaced", "支柱产业", "主要产业") in said(found.changes) or (
        "replaced", "支柱", "主要",
    ) in said(found.changes)  # fmt: skip
    weights = [c.weight for c in found.changes]
    assert weights == sorted(weights, key=list(Weight).index)
    changed = [p for p in found.passages if p.kind is PassageKind.CHANGED]
    assert [(p.a.line, p.b.line) for p in changed if p.a and p.b] == [(2, 1), (4, 3)]


def test_two_documents_that_have_nothing_in_common() -> None:
    found = explain(BODY, "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。")
    assert found.relation is None
    assert not found.is_duplicate
    assert found.similarity == 0.0
    assert [c.kind for c in found.changes] == [ChangeKind.INSERTED, ChangeKind.DELETED]
    assert {p.kind for p in found.passages} == {PassageKind.ONLY_A, PassageKind.ONLY_B}


def test_a_text_inside_another_shows_in_its_containment() -> None:
    found = explain(BODY, BODY + "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。" * 4)
    assert found.containment[0] > 0.9
    assert found.containment[1] < found.containment[0]
    assert [c.kind for c in found.changes] == [ChangeKind.INSERTED]


def test_metadata_of_both_that_differs_is_one_change() -> None:
    found = explain(HEADER + BODY, HEADER.replace("15 08:00", "16 09:30") + BODY)
    assert found.relation is Relation.SAME_BODY
    (change,) = found.changes
    assert change.kind is ChangeKind.METADATA
    assert (change.a_line, change.b_line) == (1, 1)
    assert [f.value for f in change.facts] == ["2023-11-15T08:00:00", "2023-11-16T09:30:00"]


def test_equal_metadata_is_no_difference() -> None:
    found = explain(HEADER + BODY, HEADER.replace("：", ":") + BODY)
    assert {c.kind for c in found.changes} <= {ChangeKind.PUNCTUATION}


def test_metadata_that_is_not_set_aside_is_described_as_metadata() -> None:
    found = explain(HEADER + BODY, BODY, keep_metadata=True)
    (change,) = found.changes
    assert (change.kind, change.a_line, change.b) == (ChangeKind.METADATA, 1, "")
    assert [p.kind for p in found.passages] == [PassageKind.ONLY_A, PassageKind.EQUAL]


def test_a_part_that_both_have_in_the_body_is_no_difference() -> None:
    found = explain(HEADER + BODY, HEADER + BODY.replace("13名", "15名"), keep_metadata=True)
    assert said(found.changes) == [("number", "13名", "15名")]


@pytest.mark.parametrize("text", ["", " \n", "。。。", "——"])
def test_a_text_without_words_differs_in_everything(text: str) -> None:
    found = explain(text, BODY)
    assert found.relation is None
    assert ChangeKind.INSERTED in {c.kind for c in found.changes}
    assert explain(text, text).passages == ()


def test_characters_as_tokens() -> None:
    found = explain(BODY, BODY.replace("13名", "15名"), unit="char", ngram=2)
    assert said(found.changes) == [("number", "13名", "15名")]


def test_evidence_is_gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    gather = dedup.app.explain._evidence

    def counted(a: Document, b: Document, settings: Settings) -> object:
        calls.append((a.id, b.id))
        return gather(a, b, settings)

    monkeypatch.setattr(dedup.app.explain, "_evidence", counted)
    explain(BODY, BODY)
    assert calls == [("x", "y")]


def test_a_megabyte_against_an_edited_megabyte() -> None:
    choose = random.Random(11)
    letters = (
        "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可"
    )
    lines = ["".join(choose.choices(letters, k=30)) + "。\n" for _ in range(11_000)]
    edited = [
        line.replace("国", "國") if n % 5 else line[:15] + f"新增{n}人" + line[15:]
        for n, line in enumerate(lines)
    ]
    x, y = "".join(lines), "".join(edited)
    assert len(x.encode("utf-8")) > 1_000_000
    found = explain(x, y)
    numbers = [c for c in found.changes if c.kind is ChangeKind.NUMBER]
    assert sum(c.count for c in numbers) == 2200
    for side, text in (("a", x), ("b", y)):
        pieces = [getattr(p, side) for p in found.passages]
        assert "".join(p.text for p in pieces if p is not None) == text


def test_a_document_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes(BODY.encode("gb18030"))
    document = read_document(str(path), Settings())
    assert document.text == BODY
    assert document.path == str(path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 100])
def test_a_file_without_text_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"空\.txt"):
        read_document(str(path), Settings())


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_document(str(tmp_path / "无.txt"), Settings())


TAIWAN = (
    "民國112年5月1日，本市召開第一百二十次會議，應到一百五十人，實到一百二十三人，佔百分之八十二。\n"
    "會議自下午3時開始，討論軟體產業發展，全年投資1.5億元，同比增長百分之五點三。\n"
    "滑鼠、鍵盤等設備由廿三家企業供應，工程款壹佰萬元，一定要統一思想，千萬別灰心。\n"
)
MAINLAND = (
    "2023年5月1日，本市召开第120次会议，应到150人，实到123人，占82%。\n"
    "会议自15:00开始，讨论软件产业发展，全年投资15000万元，同比增长5.3%。\n"
    "鼠标、键盘等设备由23家企业供应，工程款100万元，一定要统一思想，千万别灰心。\n"
)


def test_another_notation_and_regional_words_are_form() -> None:
    found = explain(TAIWAN, MAINLAND).changes
    assert {c.weight for c in found} == {Weight.FORM}
    assert [(c.a, c.b) for c in found if c.kind is ChangeKind.NOTATION] == [
        ("民國112年5月1日", "2023年5月1日"),
        ("第一百二十次", "第120次"),
        ("一百五十人", "150人"),
        ("一百二十三人", "123人"),
        ("百分之八十二", "82%"),
        ("下午3時", "15:00"),
        ("1.5億元", "15000万元"),
        ("百分之五點三", "5.3%"),
        ("廿三家", "23家"),
        ("壹佰萬元", "100万元"),
    ]
    regional = [(c.a, c.b) for c in found if c.kind is ChangeKind.REGIONAL]
    assert regional == [("軟體", "软件"), ("滑鼠", "鼠标")]


def test_without_regional_words_they_are_wording() -> None:
    found = explain(TAIWAN, MAINLAND, regional_words=False).changes
    assert ("replaced", "滑鼠", "鼠标") in said(found)
    assert not any(c.kind is ChangeKind.REGIONAL for c in found)


def test_another_value_is_a_fact_beside_other_notation() -> None:
    found = explain(TAIWAN, MAINLAND.replace("123人", "124人").replace("2023年", "2022年")).changes
    facts_found = [(c.kind.value, c.a, c.b) for c in found if c.weight is Weight.FACT]
    assert facts_found == [
        ("number", "一百二十三人", "124人"),
        ("date", "民國112年5月1日", "2022年5月1日"),
    ]
