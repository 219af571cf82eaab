"""The compared body of a text: kept characters, where they stand, where it is cut."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dedup.match.body import Body, body_of
from dedup.match.view import view
from dedup.text.fold import fold

TEXTS = st.text("甲乙。，“”（\n　a1 .國", max_size=50)


def pieces(body: Body) -> list[str]:
    cuts = sorted({0, *body.cuts, len(body.kept)})
    return [body.span(a, b).text for a, b in pairwise(cuts)]


@given(TEXTS)
def test_its_pieces_are_the_text(text: str) -> None:
    body = body_of(text)
    assert body.kept == fold(text)
    if body.kept:
        assert "".join(pieces(body)) == text


@given(TEXTS)
def test_every_cut_can_be_made(text: str) -> None:
    body = body_of(text)
    assert all(body.can_cut(cut) for cut in body.cuts)
    assert body.cuts == sorted(set(body.cuts))


def test_a_hole_is_left_out_and_cuts() -> None:
    text = "标题一行\n\n　　正文第一句。（责编：某某）正文第二句。"
    start, end = text.index("（"), text.index("）") + 1
    body = body_of(text, ((0, 4), (start, end)))
    assert body.kept == "正文第一句正文第二句"
    assert pieces(body) == ["正文第一句。", "正文第二句。"]
    assert body.hard == [5]
    assert body.text == text


def test_a_hole_inside_a_sentence_cuts_it() -> None:
    text = "正文第（记者某）一句。"
    body = body_of(text, ((3, 8),))
    assert pieces(body) == ["正文第", "一句。"]


def test_a_part_stays_and_is_cut_out() -> None:
    text = "来源：湖北日报\n正文在这里。"
    body = body_of(text, (), ((0, 7),))
    assert pieces(body) == ["来源：湖北日报\n", "正文在这里。"]


def test_opening_marks_belong_to_what_follows() -> None:
    body = body_of("他说“好”的（对）吗")
    cut = body.kept.index("对")
    assert body.sides(cut) == (6, 6)
    assert body.span(cut, len(body.kept)).text == "（对）吗"


def test_lines_are_counted_from_one_with_any_line_end() -> None:
    body = body_of("一\n二\r\n三\r四")
    assert [body.line(body.starts[i]) for i in range(4)] == [1, 2, 3, 4]
    assert body_of("一").line(0) == 1


def test_one_character_that_folds_to_two_is_never_cut() -> None:
    body = body_of("㎏重")
    assert body.kept == "kg重"
    assert not body.can_cut(1)
    assert body.can_cut(2)


@given(st.text(max_size=40))
def test_a_view_keeps_every_offset(text: str) -> None:
    assert len(view(text)) == len(text)


def test_a_view_has_half_width_digits_and_simplified_characters() -> None:
    assert view("國家，２０２３年５％（㎏）") == "国家,2023年5%(㎏)"
