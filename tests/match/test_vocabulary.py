"""Tokens as numbers."""

from __future__ import annotations

import pytest

from dedup.match import vocabulary as module
from dedup.match.replacing import compare_forms, replacement
from dedup.match.slots import Form, form_of
from dedup.match.vocabulary import Kind, Vocabulary, vocabulary
from dedup.text.segment import numbered

NAMES = frozenset(["临江", "青石"])


def is_name(word: str) -> bool:
    return word in NAMES


def stands_for(word: str) -> str:
    return {"软体": "软件"}.get(word, word)


def test_equal_tokens_have_one_number() -> None:
    known = Vocabulary(is_name, stands_for)
    first = known.numbers(numbered(["软体", "临江", "软件", "5"]))
    second = known.numbers(numbered(["5", "软件", "青石"]))
    assert first.tolist() == [0, 1, 0, 2]
    assert second.tolist() == [2, 0, 3]
    assert known.words == ["软件", "临江", "5", "青石"]
    assert [*known.kinds(second)] == [Kind.NUMBER, Kind.WORD, Kind.NAME]
    assert (known.number("青石"), known.number("软体"), known.number("无")) == (3, None, None)


def test_more_tokens_than_there_was_room_for() -> None:
    known = Vocabulary(is_name, None)
    tokens = [f"词{i}" for i in range(3000)] + ["临江"]
    assert known.numbers(numbered(tokens)).tolist() == list(range(3001))
    assert known.kinds(known.numbers(numbered(["词7", "临江"]))) == bytes([Kind.NUMBER, Kind.NAME])


def test_a_vocabulary_that_has_become_too_large_begins_anew(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_KNOWN", 3)
    first = vocabulary(is_name, stands_for)
    assert vocabulary(is_name, stands_for) is first
    first.numbers(numbered(["甲", "乙", "丙", "丁"]))
    second = vocabulary(is_name, stands_for)
    assert second is not first
    assert second.words == []


def test_forms_of_two_vocabularies_are_compared_by_their_words() -> None:
    def form(body: str, known: Vocabulary | None = None) -> Form:
        made = form_of("临江 公告", body, str.split, is_name)
        return made if known is None else made.within(known)

    other = Vocabulary(is_name, None)
    other.numbers(numbered(["青石", "公告", "七"]))
    a, b = form("全文 如下 共有 5 人"), form("全文 如下 共有 7 人")
    apart = b.within(other)
    assert apart.numbers.tolist() != b.numbers.tolist()
    assert (apart.tokens, apart.kinds, apart.head) == (b.tokens, b.kinds, b.head)
    assert b.within(b.vocabulary) is b
    assert replacement(a, apart) == replacement(a, b)
    assert compare_forms(a, apart, near=True) == compare_forms(a, b, near=True)


@pytest.mark.parametrize("word", ["临江", "无"])
def test_how_often_a_word_occurs(word: str) -> None:
    form = form_of("", "临江 与 临江", str.split, is_name)
    assert form.count(word) == form.tokens.count(word)
