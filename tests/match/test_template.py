"""Templates and versions: what places differ in, and what that makes of a pair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dedup.match.places import Difference, difference
from dedup.match.replacing import LONG_RUN, replacement
from dedup.match.slots import Form, form_of
from dedup.match.template import relation_of
from dedup.match.tokens import align_tokens, hunks
from dedup.model import Relation
from dedup.replacement import Replacement
from dedup.settings import Settings
from dedup.sketch.kernel import kept_text, word_segmenter

NAMES = frozenset(["临江", "青石", "山东", "浙江"])
PROSE = "会议要求各部门高度重视认真组织加强宣传引导做好后勤保障确保活动安全有序进行"
NOTHING = Replacement(
    size=200,
    long=190,
    figures=0,
    names=0,
    phrases=0,
    wordings=0,
    edits=0,
    stays=20,
    identity=0,
    subject=0,
    term=0,
    topic=0,
    exchanged=0,
    titles_differ=False,
    implements=False,
)


def form(body: str, title: str = "") -> Form:
    cut = word_segmenter(Settings()).cut
    return form_of(kept_text(title), kept_text(body), cut, NAMES.__contains__)


def kinds(a: str, b: str) -> list[Difference]:
    first, second = form(PROSE + a + PROSE), form(PROSE + b + PROSE)
    blocks = align_tokens(first.numbers, second.numbers, first.vocabulary.words)
    places = list(hunks(blocks, len(first), len(second)))
    found = [difference(first, second, place) for place in places]
    turned = [difference(second, first, (*place[2:], *place[:2])) for place in places]
    assert found == turned
    return found


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("共有5人参加", "共有11人参加", Difference.FIGURE),
        ("共有五人参加", "共有5人参加", Difference.NOTATION),
        ("增长75%左右", "增长百分之七十五左右", Difference.NOTATION),
        ("每证可借五册图书", "每证可借十册图书", Difference.FIGURE),
        ("来自临江的代表", "来自青石的代表", Difference.NAME),
        ("版本为alpha的程序", "版本为beta的程序", Difference.NAME),
        ("由方一鸣主持", "由贺小满主持", Difference.NAME),
        ("委托宏远机械公司承办", "委托绿源食品公司承办", Difference.NAME),
        ("同时听取居民对补偿标准的意见", "同时讨论工业园区供地方案", Difference.PHRASE),
        ("情况十分良好", "情况非常良好", Difference.WORDING),
        ("依照第五条处理", "依照第七条处理", Difference.WORDING),
        ("请使用application程序", "请使用应用这个程序", Difference.WORDING),
        ("情况良好", "情况仍然良好", Difference.EDIT),
    ],
)
def test_what_a_place_is(a: str, b: str, kind: Difference) -> None:
    assert kinds(a, b) == [kind]


def test_equal_texts_differ_nowhere() -> None:
    same, short = form(PROSE * 2), form(PROSE[:8])
    assert len(short.tokens) < LONG_RUN <= len(same.tokens)
    found = replacement(same, same)
    assert (found.size, found.long) == (len(same.tokens), len(same.tokens))
    assert replacement(short, short).long == 0
    assert (found.slots, found.others) == (0, 0)
    assert relation_of(found) is None


def test_texts_without_words() -> None:
    empty = form("")
    found = replacement(empty, form(PROSE))
    assert (found.size, found.long, found.edits) == (0, 0, 1)
    assert relation_of(found) is None
    assert relation_of(replacement(empty, empty)) is None


def test_facts_do_not_end_a_long_run_and_rewordings_do() -> None:
    plain = form(PROSE + "共有5人参加" + PROSE)
    assert replacement(plain, form(PROSE + "共有11人参加" + PROSE)).long == len(plain.tokens) - 1
    reworded = replacement(form("情况十分良好" + PROSE * 2), form("情况非常良好" + PROSE * 2))
    assert reworded.long == len(form("良好" + PROSE * 2).tokens)


def test_a_number_in_several_places_is_one_figure() -> None:
    found = replacement(form(PROSE + "达到386.4亿元"), form(PROSE + "达到388.1亿元"))
    assert found.figures == 1


def test_phrases_that_changed_places_are_edits() -> None:
    one, other = "西郭尘埃外新亭制度奇", "向野惟贪静临空遽觉危"
    found = replacement(form(PROSE + one + PROSE + other), form(PROSE + other + PROSE + one))
    assert found.phrases == 0
    assert found.edits > 0


@pytest.mark.parametrize(
    ("a", "b", "identity"),
    [
        ("3月5日", "6月9日", True),
        ("第3号", "第4号", True),
        ("临江", "青石", True),
        ("5人", "11人", False),
        ("截至5日8时", "截至6日9时", False),
    ],
)
def test_what_identifies_a_text(a: str, b: str, identity: bool) -> None:
    found = replacement(form(a + PROSE), form(b + PROSE))
    assert bool(found.identity) is identity
    late = replacement(form(PROSE * 2 + a), form(PROSE * 2 + b))
    assert late.identity == 0


@pytest.mark.parametrize(
    ("changed", "relation"),
    [
        ({}, None),
        ({"figures": 1}, Relation.VERSION),
        ({"figures": 1, "long": 119}, None),
        ({"figures": 1, "long": 120}, Relation.VERSION),
        ({"figures": 1, "edits": 5}, Relation.VERSION),
        ({"figures": 1, "wordings": 2}, None),
        ({"figures": 6}, Relation.VERSION),
        ({"figures": 21}, Relation.TEMPLATE),
        ({"figures": 2, "identity": 1}, Relation.TEMPLATE),
        ({"figures": 1, "identity": 1}, None),
        ({"names": 2}, Relation.TEMPLATE),
        ({"names": 2, "edits": 2}, None),
        ({"names": 2, "edits": 2, "identity": 1}, Relation.TEMPLATE),
        ({"names": 2, "edits": 3, "identity": 1}, None),
        ({"names": 2, "size": 301}, None),
        ({"names": 1, "figures": 1}, None),
        ({"names": 1, "figures": 1, "size": 150}, Relation.TEMPLATE),
        ({"phrases": 1, "figures": 3, "edits": 1}, Relation.TEMPLATE),
        ({"phrases": 1, "figures": 2, "edits": 1}, Relation.VERSION),
        ({"phrases": 1}, None),
        ({"subject": 2, "wordings": 90, "edits": 90}, Relation.TEMPLATE),
        ({"subject": 1}, None),
        ({"term": 2}, None),
        ({"term": 2, "names": 1, "identity": 1}, Relation.TEMPLATE),
        ({"exchanged": 5, "names": 5, "edits": 90}, None),
        ({"exchanged": 5, "names": 5, "edits": 90, "titles_differ": True}, Relation.TEMPLATE),
        ({"topic": 5, "wordings": 40}, None),
        ({"topic": 5, "wordings": 40, "figures": 3}, Relation.TEMPLATE),
        ({"implements": True}, Relation.TEMPLATE),
    ],
)
def test_the_decision(changed: dict[str, int], relation: Relation | None) -> None:
    assert relation_of(replace(NOTHING, **changed)) is relation


def test_an_empty_text_is_no_version() -> None:
    assert relation_of(replace(NOTHING, size=0, long=0, stays=0)) is None
