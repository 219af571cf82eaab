"""Words of one class, alone, in a row, and cut by a difference."""

from __future__ import annotations

import pytest

from dedup.match.align import align
from dedup.match.body import body_of
from dedup.match.changes import ordered, text_changes
from dedup.match.stretches import stretches
from dedup.match.variants import LONGEST_REGION, Variants
from dedup.model import Weight
from dedup.settings import Settings
from dedup.text.segment import segmenter

CLASSES = {"软体": "软件", "档案": "文件", "滑鼠": "鼠标", "计程车": "出租车", "帐号": "账号"}
WORDS = segmenter(Settings())


def representative(word: str) -> str:
    return CLASSES.get(word, word)


def said(x: str, y: str) -> list[tuple[str, str, str]]:
    a, b = body_of(x), body_of(y)
    found = stretches(a, b, align(a, b))
    changes = ordered(text_changes(a, b, found, WORDS.cut, representative=representative))
    for change in changes:
        assert change.kind.value != "regional" or change.weight is Weight.FORM
    return [(c.kind.value, c.a, c.b) for c in changes if c.kind.value != "script"]


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("这个软体很好用。", "这个软件很好用。", [("regional", "软体", "软件")]),
        ("這個軟體很好用。", "这个软件很好用。", [("regional", "軟體", "软件")]),
        ("请用滑鼠点击。", "请用鼠标点击。", [("regional", "滑鼠", "鼠标")]),
        ("“軟體”很重要。", "“软件”很重要。", [("regional", "軟體", "软件")]),
        ("打开软体档案。", "打开软件文件。",
         [("regional", "软体", "软件"), ("regional", "档案", "文件")]),
        ("他说：“请登录帐号吧。”", "他说：“请登录账号吧。”", [("regional", "帐号", "账号")]),
        ("他搭计程车回家。", "他搭出租车回家。", [("regional", "计程车", "出租车")]),
        ("三、滑鼠的价格", "3.鼠标的价格",
         [("notation", "三", "3"), ("regional", "滑鼠", "鼠标")]),
        ("这个软体很好用。", "这个硬件很好用。", [("replaced", "软体", "硬件")]),
    ],
)  # fmt: skip
def test_words_of_one_class_are_form(x: str, y: str, expected: list[tuple[str, str, str]]) -> None:
    found = said(x, y)
    assert [entry for entry in found if entry[0] != "punctuation"] == expected
    back = [(kind, b, a) for kind, b, a in said(y, x) if kind != "punctuation"]
    assert [kind for kind, _, _ in back] == [kind for kind, _, _ in expected]


def test_without_classes_they_are_wording() -> None:
    a, b = body_of("这个软体很好用。"), body_of("这个软件很好用。")
    (change,) = text_changes(a, b, stretches(a, b, align(a, b)), WORDS.cut)
    assert change.kind.value == "replaced"


def test_a_region_is_made_of_words_and_what_is_equal() -> None:
    variants = Variants(representative)
    kept = ("软体和档案", "软件和文件")
    assert variants.within(kept, (0, 5, 0, 5)) == [(0, 2, 0, 2), (3, 5, 3, 5)]
    assert variants.within(kept, (1, 2, 1, 2)) == [(0, 2, 0, 2)]
    assert variants.within(("软体好", "软件坏"), (0, 3, 0, 3)) == []
    assert variants.within(("相同", "相同"), (0, 2, 0, 2)) == []


def test_long_regions_are_left_to_wording() -> None:
    x, y = "软体" * LONGEST_REGION, "软件" * LONGEST_REGION
    assert Variants(representative).within((x, y), (0, len(x), 0, len(y))) == []


def test_equal_words_are_no_variants() -> None:
    assert not Variants(representative).same("软件", "软件")
    assert Variants(representative).same("软体", "软件")
