"""Passages cover both texts, and their edits lead from one side to the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedup.match.align import align
from dedup.match.body import Body, body_of
from dedup.match.passages import passages
from dedup.match.stretches import stretches
from dedup.model import Passage, PassageKind, TextSpan
from dedup.text.fold import fold

SENTENCES = [
    "　　截至目前，已有13名书记登台授课。\n",
    "　　截至目前，已有15名书记先后登台授课。\n",
    "他说：“我们不同意这个方案。”",
    "他说:“我们同意这个方案.”",
    "“讲台就像‘赛马场’，增强了内生动力。”这位区委书记说。",
    "会议结束。",
    "找准定位，才能做到\n思路清、方向明；",
    "产值三百亿……石材是支柱产业之一。\n\n",
    "The market rose 3.21% on Monday. ",
    "——",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=7).map("".join)
LOOSE = st.text("甲乙丙。，“”\n　x1 .", max_size=50)
WORDS = st.text("甲乙丙丁戊。，！“”\n　", max_size=50)


def compared(a: Body, b: Body) -> tuple[Passage, ...]:
    return passages(a, b, stretches(a, b, align(a, b)))


def of(x: str, y: str) -> tuple[Passage, ...]:
    return compared(body_of(x), body_of(y))


def spans(found: tuple[Passage, ...], side: str) -> list[TextSpan]:
    return [span for p in found if (span := getattr(p, side)) is not None]


def applied(passage: Passage) -> str:
    """Return A's text with the edits made."""
    assert passage.a is not None
    assert passage.b is not None
    pieces, at = [], 0
    for edit in passage.edits:
        pieces += [passage.a.text[at : edit.a_start], passage.b.text[edit.b_start : edit.b_end]]
        at = edit.a_end
    return "".join([*pieces, passage.a.text[at:]])


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_passages_cover_both_texts(x: str, y: str) -> None:
    found = of(x, y)
    for side, text in (("a", x), ("b", y)):
        pieces = spans(found, side)
        if side == "b":
            pieces = sorted(pieces, key=lambda span: span.start)
        if fold(text):
            assert "".join(span.text for span in pieces) == text
        for span in pieces:
            assert span.text == text[span.start : span.end]


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_they_stand_in_the_order_of_a_and_but_for_moves_of_b(x: str, y: str) -> None:
    found = of(x, y)
    starts = [span.start for span in spans(found, "a")]
    assert starts == sorted(starts)
    stayed = tuple(p for p in found if p.kind is not PassageKind.MOVED)
    starts = [span.start for span in spans(stayed, "b")]
    assert starts == sorted(starts)


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_each_kind_is_what_it_says(x: str, y: str) -> None:
    for passage in of(x, y):
        if passage.kind is PassageKind.ONLY_A:
            assert passage.b is None
        elif passage.kind is PassageKind.ONLY_B:
            assert passage.a is None
        else:
            assert passage.a is not None
            assert passage.b is not None
            equal = fold(passage.a.text) == fold(passage.b.text)
            assert equal or passage.kind is PassageKind.CHANGED
            assert bool(passage.edits) == (passage.kind is PassageKind.CHANGED)


@given(TEXTS | WORDS, TEXTS | WORDS)
def test_edits_lead_to_the_other_side(x: str, y: str) -> None:
    for passage in of(x, y):
        if passage.kind is PassageKind.CHANGED:
            assert passage.b is not None
            assert fold(applied(passage)) == fold(passage.b.text)


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_edits_ascend_inside_their_passage(x: str, y: str) -> None:
    for passage in of(x, y):
        at_a = at_b = 0
        for edit in passage.edits:
            assert passage.a is not None
            assert passage.b is not None
            assert at_a <= edit.a_start <= edit.a_end <= len(passage.a.text)
            assert at_b <= edit.b_start <= edit.b_end <= len(passage.b.text)
            assert (edit.a_start, edit.b_start) != (edit.a_end, edit.b_end)
            at_a, at_b = edit.a_end, edit.b_end


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_the_other_way_round_there_is_as_much_of_each_kind(x: str, y: str) -> None:
    def amounts(found: tuple[Passage, ...]) -> dict[str, int]:
        kinds: dict[str, int] = {}
        for p in found:
            for name, span in (("a", p.a), ("b", p.b)):
                if span is not None:
                    kinds[f"{p.kind} {name}"] = kinds.get(f"{p.kind} {name}", 0) + len(
                        fold(span.text).replace(" ", "")
                    )
            kinds["edits"] = kinds.get("edits", 0) + len(p.edits)
        return kinds

    other = {
        {"only-a a": "only-b b", "only-b b": "only-a a"}.get(key, key): count
        for key, count in amounts(of(y, x)).items()
    }
    swapped = {
        (
            key[:-1] + {"a": "b", "b": "a"}[key[-1]]
            if key.split(" ")[0] in ("equal", "changed", "moved")
            else key
        ): count
        for key, count in other.items()
    }
    assert amounts(of(x, y)) == swapped


@given(TEXTS.filter(fold))
def test_a_text_is_one_equal_passage_with_itself(text: str) -> None:
    (only,) = of(text, text)
    assert only.kind is PassageKind.EQUAL
    assert only.a == only.b
    assert only.a is not None
    assert only.a.text == text


@given(TEXTS, st.lists(st.integers(0, 80), min_size=2, max_size=4, unique=True))
def test_holes_are_left_out_and_nothing_else(text: str, at: list[int]) -> None:
    ends = sorted(min(i, len(text)) for i in at)[: len(at) // 2 * 2]
    holes = tuple(
        (low, high) for low, high in zip(ends[::2], ends[1::2], strict=True) if low < high
    )
    body = body_of(text, holes)
    found = compared(body, body)
    shown = {i for span in spans(found, "a") for i in range(span.start, span.end)}
    hidden = {i for low, high in holes for i in range(low, high)}
    assert not shown & hidden
    assert {i for i in body.starts if body.kept[body.starts.index(i)] != " "} <= shown


def test_lines_are_those_of_what_is_visible() -> None:
    x = "\n\n　　第一句话在这里结束。\n\n　　第二句话有5个字。\n"
    y = "第一句话在这里结束。\r\n第二句话有6个字。"
    equal, changed = of(x, y)
    assert equal.kind is PassageKind.EQUAL
    assert (equal.a and equal.a.line, equal.a and equal.a.last_line) == (3, 3)
    assert changed.kind is PassageKind.CHANGED
    assert (changed.a and changed.a.line, changed.b and changed.b.line) == (5, 2)
    assert [(e.a_start, e.b_start) for e in changed.edits] == [(5, 5)]


def test_a_sentence_broken_in_two_on_one_side_is_still_equal() -> None:
    (only,) = of("会议指出，形势很好，任务很重。", "会议指出。形势很好。任务很重。")
    assert only.kind is PassageKind.EQUAL


def test_sentences_of_a_text_without_marks_are_found_through_the_other() -> None:
    x = "会议指出形势很好\n任务有5项\n要抓好落实"
    y = "会议指出形势很好。任务有6项。要抓好落实。"
    kinds = [p.kind for p in of(x, y)]
    assert kinds == [PassageKind.EQUAL, PassageKind.CHANGED, PassageKind.EQUAL]


def test_a_moved_sentence_has_both_places() -> None:
    first, second = "湖北省坚持以一把手领学促学。", "主课堂讲得生动透彻，分课堂听得津津有味。"
    moved, equal = of(first + second, second + "\n" + first)
    assert moved.kind is PassageKind.MOVED
    assert equal.kind is PassageKind.EQUAL
    assert moved.a is not None
    assert moved.b is not None
    assert (moved.a.line, moved.b.line) == (1, 2)
    assert moved.a.text == moved.b.text == first


def test_no_text_no_passages() -> None:
    assert of("", "") == ()
    assert [p.kind for p in of("甲乙丙。", "——")] == [PassageKind.ONLY_A]
