"""Tokens as numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dedup.match import vocabulary as module
from dedup.match.replacing import compare_forms, replacement
from dedup.match.slots import Form, form_of
from dedup.match.vocabulary import Kind, Vocabulary, vocabulary
from dedup.settings import Settings
from dedup.sketch.kernel import word_numberer, word_segmenter
from dedup.text.segment import CutNumberer

SPLIT = CutNumberer(str.split)
NAMES = frozenset(["临江", "青石"])


def is_name(word: str) -> bool:
    return word in NAMES


def stands_for(word: str) -> str:
    return {"软体": "软件"}.get(word, word)


def test_equal_tokens_have_one_number() -> None:
    known = Vocabulary(is_name, stands_for)
    first = known.numbers("软体 临江 软件 5", SPLIT)
    second = known.numbers("5 软件 青石", SPLIT)
    assert first.tolist() == [0, 1, 0, 2]
    assert second.tolist() == [2, 0, 3]
    assert known.words == ["软件", "临江", "5", "青石"]
    assert [*known.kinds(second)] == [Kind.NUMBER, Kind.WORD, Kind.NAME]
    assert (known.number("青石"), known.number("软体"), known.number("无")) == (3, None, None)


def test_tables_of_other_numberers_have_the_same_numbers() -> None:
    known = Vocabulary(is_name, stands_for)
    assert known.numbers("临江 软体 公告", SPLIT).tolist() == [0, 1, 2]
    words = word_numberer(Settings())
    text = "公告软件临江市"
    numbers = known.numbers(text, words)
    assert [known.words[number] for number in numbers] == [
        stands_for(word) for word in word_segmenter(Settings()).cut(text)
    ]
    assert {known.number("公告"), known.number("软件")} <= set(numbers.tolist()) >= {1, 2}


def test_more_tokens_than_there_was_room_for() -> None:
    known = Vocabulary(is_name, None)
    tokens = [f"词{i}" for i in range(3000)] + ["临江"]
    assert known.numbers(" ".join(tokens), SPLIT).tolist() == list(range(3001))
    assert known.kinds(known.numbers("词7 临江", SPLIT)) == bytes([Kind.NUMBER, Kind.NAME])


def test_threads_may_share_one() -> None:
    known, numberer = Vocabulary(is_name, stands_for), word_numberer(Settings(unit="char"))
    texts = ["".join(map(chr, range(0x4E00 + 37 * i, 0x4E00 + 37 * i + 900))) for i in range(64)]
    with ThreadPoolExecutor(8) as executor:
        found = list(executor.map(lambda text: known.numbers(text, numberer), texts))
    for text, numbers in zip(texts, found, strict=True):
        assert "".join(known.words[number] for number in numbers.tolist()) == text


def test_a_vocabulary_that_has_become_too_large_begins_anew(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_KNOWN", 3)
    first = vocabulary(is_name, stands_for)
    assert vocabulary(is_name, stands_for) is first
    first.numbers("甲 乙 丙 丁", SPLIT)
    second = vocabulary(is_name, stands_for)
    assert second is not first
    assert second.words == []


def test_forms_of_two_vocabularies_are_compared_by_their_words() -> None:
    def form(body: str, known: Vocabulary | None = None) -> Form:
        made = form_of("临江 公告", body, str.split, is_name)
        return made if known is None else made.within(known)

    other = Vocabulary(is_name, None)
    other.numbers("青石 公告 七", SPLIT)
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
