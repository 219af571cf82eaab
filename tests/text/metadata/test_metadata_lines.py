from __future__ import annotations

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.metadata import bylines, labels, names, notices, patterns, rules, spans
from dedup.text.metadata.lines import LONGEST, head_lines, line_breaks, tail_lines
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.variants import SIMPLIFIED, TRADITIONAL

SOME = st.text(st.sampled_from("字a \u3000\n\r\t\x0b\x0c\x85\u2028。"), max_size=400)


@given(SOME)
def test_head_and_tail_lines_are_the_lines_of_the_text(text: str) -> None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = [line.text for line in head_lines(text, 1000)]
    tail = [line.text for line in tail_lines(text)]
    assert head == lines[: len(head)]
    assert tail == lines[::-1][: len(tail)]
    for line in [*head_lines(text, 1000), *tail_lines(text)]:
        assert text[line.start : line.end] == line.text


@given(SOME, st.integers(0, 400))
def test_line_breaks_agree_with_splitlines(text: str, end: int) -> None:
    cut = min(end, len(text))
    if text[cut - 1 : cut + 1] == "\r\n":
        cut += 1  # a part never begins between the two
    assert line_breaks(text, 0, cut) == len((text[:cut] + "x").splitlines()) - 1


def test_a_blank_line_before_a_line_is_a_gap_and_spaces_are_indentation() -> None:
    first, second, third = head_lines("　　甲\n乙\n \n 丙", 9)
    assert (first.indent, first.gap) == (2, True)
    assert (second.indent, second.gap) == (0, False)
    assert (third.indent, third.gap) == (1, True)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_the_windows_end_at_the_same_line_for_every_line_end(ending: str) -> None:
    # 4,000 characters up from the end are 54 lines of 74 and part of one more; 2,000 down from
    # the top are 27 of 74.
    text = ending.join(f"{n}行" + "字" * 70 for n in range(100, 600))
    assert [line.text[:3] for line in tail_lines(text)][-1] == "545"
    assert [line.text[:3] for line in head_lines(text, 60)][-1] == "127"


def test_long_lines_are_body() -> None:
    long = "字" * (LONGEST + 1)
    assert [line.body for line in head_lines(long + "\n" + "字" * LONGEST, 9)] == [True, False]
    assert [line.body for line in tail_lines("字" * LONGEST + "\n" + long)] == [True, False]


def test_a_line_that_the_window_cuts_is_body() -> None:
    (line,) = tail_lines("字" * 100_000)
    assert line.body
    assert line.end == 100_000
    (line,) = head_lines("字" * 100_000, 9)
    assert line.body
    assert line.start == 0


def test_only_as_many_head_lines_as_asked_for() -> None:
    assert len(head_lines("甲\n" * 50, 16)) == 16


@given(st.text(max_size=60))
def test_normalising_never_moves_a_character(text: str) -> None:
    assert len(normalise(text)) == len(text)
    assert normalise(normalise(text)) == normalise(text)


def test_widths_brackets_dashes_and_spaces_become_one() -> None:
    assert normalise("【責編】：ＡＢ　１—２｜〔三〕") == "(责编):AB 1-2|(三)"


def test_the_variants_are_what_opencc_says() -> None:
    standard, hong_kong = opencc.OpenCC("t2s"), opencc.OpenCC("hk2s")
    for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True):
        assert new in (standard.convert(old), hong_kong.convert(old))
    assert len(set(TRADITIONAL)) == len(TRADITIONAL)


def test_every_traditional_keyword_and_family_name_is_understood() -> None:
    words = [word for label in labels.LABELS for word in label.words.split()]
    words += [word for rule in rules.RULES for word in rule.keywords.split()]
    words += list(names.SURNAMES)
    known = {normalise(word.lower()) for word in words} | {"回覆"}
    for configuration in ("s2t", "s2tw", "s2hk"):
        converter = opencc.OpenCC(configuration)
        for word in words:
            assert normalise(converter.convert(word).lower()) in known, word


def test_no_pattern_holds_a_character_that_never_survives_normalising() -> None:
    written = [
        labels.COUNTS,
        labels.TOOLS,
        labels.MEDIUM,
        patterns.PAGE_LINE,
        patterns.PLAIN_PAGE_LINE,
        patterns.FROM_BOOK,
        patterns.HEADING,
        patterns.ORIGINAL_TITLE,
        patterns.PAGE_NUMBER,
        patterns.TRANSLATED,
        *notices._STRONG,
        *notices._WEAK,
        *notices._FOLLOW,
        *spans._LEAD,
        bylines._ROLE.pattern,
    ]
    for pattern in written:
        lost = {c for c in pattern if c != normalise(c) and c != "、"}
        assert not lost, (lost, pattern)


def test_lines_that_are_passed_are_left_out_from_stop_on() -> None:
    links = f"[a]: http://a.cn/{'a' * LONGEST}\n  [b]: b\n\t[c]: c\n"
    text = f"甲\n[a]: a\n{links}乙\n"

    def left(stop: int) -> list[str]:
        lines = tail_lines(text, lambda line: line.startswith("["), stop)
        return [line.text[:3] for line in lines]

    assert left(0) == ["乙", "[a]", "甲"]  # the one that is left is too long
    at = text.index("[b]")
    assert left(at) == ["乙", "[a]", "[a]", "甲"]
    assert left(at + 1) == ["乙", "[b]", "[a]", "[a]", "甲"]
    assert [line.text[:3] for line in tail_lines(text)] == ["乙", "[c]", "[b]", "[a]", "[a]", "甲"]


def test_lines_that_are_passed_count_as_they_would() -> None:
    text = "".join(f"[{i}]: http://a.cn/{i}\n" for i in range(400))
    every = list(tail_lines(text))
    assert 100 < len(every) < 400
    seen: list[str] = []
    assert list(tail_lines(text, lambda line: seen.append(line) or True)) == []
    assert seen == [line.text for line in every if not line.body]
