"""Parts set aside, compared with each other."""

from __future__ import annotations

from dedup.match.parts import groups, part_changes
from dedup.model import ChangeKind, Fact, Role, SetAside, Weight

NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def part(
    text: str, whole: str, kind: str = "credit", role: Role = Role.METADATA, **facts: str
) -> SetAside:
    start = whole.index(text)
    line = whole.count("\n", 0, start) + 1
    last = line + text.count("\n")
    values = tuple(Fact(name, value) for name, value in facts.items())
    return SetAside(start, start + len(text), line, last, role, kind, text, values)


def test_lines_of_one_title_are_one_part() -> None:
    text = "大标题\n小标题\n\n正文"
    found = [part(row, text, "title", Role.TITLE, title=row) for row in ("大标题", "小标题")]
    (only,) = groups(found, text)
    assert (only.text, only.line, only.role) == ("大标题\n小标题", 1, Role.TITLE)
    assert [fact.value for fact in only.facts] == ["大标题", "小标题"]


def test_parts_of_two_kinds_or_with_text_between_stay_apart() -> None:
    text = "责编：甲\n正文\n责编：乙\n来源：丙"
    found = [part("责编：甲", text), part("责编：乙", text), part("来源：丙", text, "source")]
    assert len(groups(found, text)) == 3


def test_a_part_of_one_side_is_a_change_with_its_facts() -> None:
    text = "正文\n责编：甲"
    (change,) = part_changes(
        groups([part("责编：甲", text, people="甲")], text), [], in_body=NOTHING
    )
    assert (change.weight, change.kind) == (Weight.FORM, ChangeKind.METADATA)
    assert (change.a, change.a_line, change.b, change.b_line) == ("责编：甲", 2, "", None)
    assert (change.detail, change.facts) == ("credit", (Fact("people", "甲"),))


def test_equal_parts_are_no_change_whatever_their_marks() -> None:
    a, b = "责编：甲", "责编: 甲"
    assert part_changes(groups([part(a, a)], a), groups([part(b, b)], b), in_body=NOTHING) == []


def test_parts_of_one_kind_that_differ_are_one_change() -> None:
    a, b = "责编：甲", "责编：乙"
    (change,) = part_changes(
        groups([part(a, a, people="甲")], a),
        groups([part(b, b, people="乙")], b),
        in_body=NOTHING,
    )
    assert (change.a, change.b) == (a, b)
    assert [fact.value for fact in change.facts] == ["甲", "乙"]


def test_parts_of_two_kinds_are_two_changes() -> None:
    a, b = "责编：甲", "相关阅读"
    found = part_changes(
        groups([part(a, a)], a),
        groups([part(b, b, "related", Role.FURNITURE)], b),
        in_body=NOTHING,
    )
    assert [(c.kind, c.a, c.b) for c in found] == [
        (ChangeKind.METADATA, a, ""),
        (ChangeKind.FURNITURE, "", b),
    ]


def test_a_line_that_the_other_side_has_in_its_body_is_no_difference() -> None:
    a = "大标题"
    title = groups([part(a, a, "title", Role.TITLE)], a)
    assert part_changes(title, [], in_body=(frozenset(), frozenset({"大标题"}))) == []
    assert part_changes([], title, in_body=(frozenset({"大标题"}), frozenset())) == []
