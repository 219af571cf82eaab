"""find(): the seeds, offsets, order, purity, titles over short bodies, and bounded work."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model import Fact, Role, SetAside
from dedup.text.metadata import KINDS, VERSION, find, kind_label
from dedup.text.metadata.labels import LABELS

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
BODY = "河道清淤之后，水面降了半米，两岸的人家重新修了台阶，孩子们下到水边去洗手，老人坐在树下看。"
LONG = "\n".join(f"第{n}天，{BODY}" for n in range(1, 8))
WORDS = [word for label in LABELS for word in label.words.split()]
PIECES = st.sampled_from(
    [
        *WORDS,
        *"：:/|（）()[]【】《》、，。！—-· \u3000\n\r#>",
        "\r\n",
        "\u2028",
        "2023年11月14日",
        "2023-11-14 10:22",
        "二〇二三年十一月十四日",
        "19版",
        "张三",
        "欧阳小敏",
        "新华社北京11月14日电",
        "转载请注明",
        "相关阅读",
        "版权所有",
        "扫码关注",
        "[甲](https://example.org)",
        "---",
        BODY,
    ]
)


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8")


def facts(part: SetAside) -> dict[str, str]:
    return {fact.name: fact.value for fact in part.facts}


def test_seed_000_has_a_header_a_page_line_and_a_credit_line_and_nothing_else() -> None:
    header, page, credit = find(seed("000"))
    assert (header.role, header.kind, header.line) == (Role.METADATA, "header", 1)
    assert header.text == "发布时间:2024-11-23 07:40:02 来源: sp20241123"
    assert facts(header) == {"published": "2024-11-23T07:40:02", "source": "sp20241123"}
    assert (page.role, page.kind) == (Role.METADATA, "page-line")
    assert page.text == "《 人民日报 》( 2023年11月14日 19 版)"
    assert facts(page) == {"publication": "人民日报", "printed": "2023-11-14", "page": "19"}
    assert (credit.role, credit.kind) == (Role.METADATA, "credit")
    assert credit.text == "(责编:杨光宇、胡永秋)"
    assert facts(credit) == {"people": "杨光宇、胡永秋"}


def test_seed_001_has_its_two_title_lines_and_nothing_else() -> None:
    (title,) = find(seed("001"))
    assert (title.role, title.kind) == (Role.TITLE, "title")
    assert (title.line, title.last_line) == (1, 2)
    first, second = title.text.splitlines()
    assert first.endswith("落地见效——")
    assert second.startswith("将学习成果")


@pytest.mark.parametrize("number", ["000", "001"])
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_the_seeds_give_the_same_with_other_line_ends(number: str, ending: str) -> None:
    text = seed(number)
    there = [(p.kind, p.line, p.last_line, p.facts) for p in find(text.replace("\n", ending))]
    assert there == [(p.kind, p.line, p.last_line, p.facts) for p in find(text)]


@pytest.mark.parametrize("number", ["000", "001"])
def test_a_traditional_copy_of_a_seed_gives_the_same_kinds(number: str) -> None:
    text = seed(number)
    copy = opencc.OpenCC("s2t").convert(text)
    assert [(p.kind, p.line) for p in find(copy)] == [(p.kind, p.line) for p in find(text)]


def test_half_and_full_width_give_the_same_facts() -> None:
    half = "发布时间:2024-11-23 07:40:02 来源:清溪晚报\n" + BODY
    full = "发布时间：２０２４－１１－２３　０７：４０：０２　来源：清溪晚报\n" + BODY
    assert facts(find(half)[0]) == facts(find(full)[0])


def test_values_keep_the_characters_of_the_text() -> None:
    (header,) = find("發佈時間：2022-11-03 14:20　來源：港灣日報\n" + LONG)
    assert facts(header)["source"] == "港灣日報"


def test_offsets_point_into_the_text_and_lines_count_from_one() -> None:
    text = "\n\n　来源：山林报\r\n\r\n" + LONG + "\r\n　　（责编：林小溪）  \n"
    source, credit = find(text)
    assert text[source.start : source.end] == source.text == "来源：山林报"
    assert source.line == 3
    assert text[credit.start : credit.end] == credit.text == "（责编：林小溪）"
    assert credit.line == len(text[: credit.start].splitlines())


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff", "文", "。", "1", "\u3000\u3000"])
def test_texts_without_anything_give_nothing(text: str) -> None:
    assert find(text) == ()


def test_a_title_needs_two_hundred_characters_of_body() -> None:
    title = "河边的台阶是谁修的\n\n"
    enough = "，".join(["水" * 25] * 8)
    assert [p.kind for p in find(title + enough)] == ["title"]
    assert find(title + enough[:-1]) == ()


def test_what_is_found_does_not_count_as_body_of_a_title() -> None:
    title = "河边的台阶是谁修的\n\n"
    body = BODY * 4
    tail = "\n相关阅读\n" + "\n".join(
        ["一篇别的文章的很长很长的标题" + "甲乙丙丁"[i] * 20 for i in range(4)]
    )
    assert [p.kind for p in find(title + body + tail)] == ["related"]


def test_two_short_notices_over_one_form_keep_their_titles() -> None:
    form = "各有关单位：现将有关安排印发给你们，请认真组织实施，并于月底前将情况报来。"
    assert find("关于春季植树的通知\n\n" + form) == ()
    assert find("关于秋季防火的通知\n\n" + form) == ()


def test_every_kind_has_a_name_in_both_languages() -> None:
    for kind in KINDS:
        assert kind_label(kind).render("en") != kind_label(kind).render("zh")


def test_an_unknown_kind_has_no_name() -> None:
    with pytest.raises(KeyError):
        kind_label("headline")


def test_the_rules_have_a_version() -> None:
    assert isinstance(VERSION, int)
    assert VERSION >= 1


def test_facts_are_facts() -> None:
    (part,) = find("来源：山林报\n" + LONG)
    assert part.facts == (Fact("source", "山林报"),)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_parts_are_sorted_apart_and_true_to_the_text(text: str) -> None:
    found = find(text)
    assert found == find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for part in found:
        assert part.text == text[part.start : part.end]
        assert part.text == part.text.strip()
        assert part.text
        assert part.kind in KINDS
        assert part.line == len((text[: part.start] + "x").splitlines())
        assert part.last_line == len(text[: part.end].splitlines())


PATHOLOGICAL = {
    "newlines": "\n" * 100_000,
    "newlines around": "\n" * 100_000 + LONG + "\n" * 100_000,
    "spaces": " " * 1_000_000,
    "blank lines of spaces": " \n" * 200_000,
    "one line": "水" * 10_000_000,
    "one line of sentences": BODY * 100_000,
    "open brackets": "（" * 1_000_000,
    "brackets apart": "（" * 1_000_000 + "\n" + "）" * 1_000_000,
    "labels": "来源：" * 300_000,
    "label lines": "来源：新华网\n" * 100_000,
    "link list": "[1]: https://example.org\n" * 100_000,
    "title over punctuation": "河边的台阶是谁修的\n\n" + "。" * 5_000_000,
    "agencies in a row": ("未经" + "网" * 180 + "\n") * 1_000,
    "clauses in a row": ("文章内容" * 40 + "转载\n") * 1_000,
    "names in a row": ("记者 " + "张三 " * 60 + "\n") * 1_000,
    "crumbs": "首页 > " * 60_000,
    "dates": ("2023-11-14 " * 20 + "\n") * 10_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_work_is_bounded(text: str) -> None:
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 1.5


def test_time_does_not_grow_with_the_body() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        for _ in range(20):
            find(text)
        return time.process_time() - started

    short, long = LONG * 10, LONG * 1000
    find(short)
    assert seconds(long) < 20 * seconds(short) + 0.2
