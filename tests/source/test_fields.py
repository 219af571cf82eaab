"""Fields: paths, guesses, joining, ids, dates and scores."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dedup.errors import UsageError
from dedup.model import Document
from dedup.source.dates import date_of
from dedup.source.fields import Fields, Where, fields_of, values
from dedup.source.reading import Reading

WHERE = Where("a.jsonl", 3)

CHAT = {"messages": [{"role": "user", "content": "问"}, {"role": "a", "content": ["答", "又答"]}]}


@pytest.mark.parametrize(
    ("record", "path", "found"),
    [
        ({"a": 1}, "a", [1]),
        ({"a": 1}, "b", []),
        ({"a": {"b": "c"}}, "a.b", ["c"]),
        ({"a.b": "c"}, "a.b", ["c"]),
        ({"a.b": "literal", "a": {"b": "nested"}}, "a.b", ["literal"]),
        ({"a": "text"}, "a.b", []),
        ({"a": ["b", "c"]}, "a", ["b", "c"]),
        ({"a": ["b", "c"]}, "a.*", ["b", "c"]),
        ({"a": ["b", "c"]}, "a.1", ["c"]),
        ({"a": ["b", "c"]}, "a.7", []),
        ({"a": [1, "c"]}, "a", [[1, "c"]]),
        ({"a": []}, "a", [None]),
        ({"a": {"x": "b", "y": "c"}}, "a.*", ["b", "c"]),
        (CHAT, "messages.*.content", ["问", "答", "又答"]),
        (CHAT, "messages.0.content", ["问"]),
        (CHAT, "messages.*.name", []),
    ],
)
def test_paths(record, path, found) -> None:
    assert list(values(record, path)) == found


@pytest.mark.parametrize(
    ("names", "text", "own"),
    [
        (["id", "text"], "text", "id"),
        (["content", "text", "url"], "text", "url"),
        (["正文", "标题"], "正文", None),
        (["内容", "doc_id"], "内容", "doc_id"),
        (["article", "body"], "body", None),
    ],
)
def test_guesses(names, text, own) -> None:
    fields = fields_of(names, Reading())
    assert (fields.text, fields.id) == ((text,), own)
    assert fields.guessed == ((text, own) if own else (text,))


def test_what_is_named_is_not_guessed() -> None:
    assert fields_of(["title", "id"], Reading()) is None
    fields = fields_of(["text", "id"], Reading(text_fields=("a", "b"), id_field="c"))
    assert (fields.text, fields.id, fields.guessed) == (("a", "b"), "c", ())


def document(record, **options) -> Document:
    found = fields_of(list(record), Reading(**options)).document(record, WHERE)
    assert isinstance(found, Document), found
    return found


def test_several_fields_are_joined_in_order() -> None:
    record = {"instruction": "写诗", "input": "", "output": "床前明月光"}
    options = {"text_fields": ("output", "instruction", "input", "absent")}
    assert document(record, **options).text == "床前明月光\n\n写诗"


def test_fields_that_no_record_had_are_known() -> None:
    fields = fields_of(["a"], Reading(text_fields=("a", "b"), id_field="c"))
    fields.document({"a": "x"}, WHERE)
    assert fields.unseen == ("b", "c")
    fields.document({"a": "x", "b": "y", "c": 1}, WHERE)
    assert fields.unseen == ()


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("n1", "n1"),
        (7, "7"),
        (0, "0"),
        ("", "a.jsonl:3"),
        (None, "a.jsonl:3"),
        (True, "a.jsonl:3"),
        (1.5, "a.jsonl:3"),
        ({"$oid": "x"}, "a.jsonl:3"),
    ],
)
def test_ids(own, wanted) -> None:
    assert document({"id": own, "text": "x"}).id == wanted


def test_an_id_inside_an_object() -> None:
    assert document({"_id": {"$oid": "x"}, "text": "x"}, id_field="_id.$oid").id == "x"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-11-23", "2024-11-23"),
        ("20241123", "2024-11-23"),
        ("2024-11-23T07:40:02Z", "2024-11-23T07:40:02+00:00"),
        ("2024-11-23 07:40:02", "2024-11-23T07:40:02"),
        ("2024年11月23日", "2024-11-23"),
        ("二〇二四年十一月二十三日", "2024-11-23"),
        (1732347602, "2024-11-23T07:40:02+00:00"),
        ("1732347602", "2024-11-23T07:40:02+00:00"),
        (1732347602000, "2024-11-23T07:40:02+00:00"),
        (1732347602.5, "2024-11-23T07:40:02.500000+00:00"),
        (datetime(2024, 11, 23, tzinfo=UTC), "2024-11-23T00:00:00+00:00"),
        (date(2024, 11, 23), "2024-11-23"),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (10**30, None),
        ({}, None),
    ],
)
def test_dates(value, wanted) -> None:
    assert date_of(value) == wanted
    assert document({"text": "x", "d": value}, date_field="d").date == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [(3, 3.0), ("0.5", 0.5), (None, None), ("good", None), (True, None)]
)
def test_scores(value, wanted) -> None:
    assert document({"text": "x", "q": {"s": value}}, score_field="q.s").score == wanted


@pytest.mark.parametrize(
    "options",
    [
        {"split": "word"},
        {"format": "xml"},
        {"text_fields": ("a..b",)},
        {"id_field": ""},
        {"date_field": "a."},
    ],
)
def test_options_that_cannot_be(options) -> None:
    with pytest.raises(UsageError):
        Reading(**options)


def sections_of(record, *paths: str) -> list[tuple[str, int, int]]:
    made = Fields(paths, None, None).document(record, Where("x", 1))
    assert isinstance(made, Document)
    lines = made.text.splitlines()
    assert all(lines[first - 1] and lines[last - 1] for _, first, last in made.sections)
    return list(made.sections)


def test_messages_go_by_the_role_beside_them() -> None:
    talk = [
        {"role": "user", "content": "问\n再问\n"},
        {"role": "assistant", "content": "答"},
        {"content": "不知是谁"},
    ]
    assert sections_of({"messages": talk}, "messages.*.content") == [
        ("user", 1, 2),
        ("assistant", 5, 5),
        ("messages.*.content", 7, 7),
    ]
    shared = [{"from": "human", "value": "问"}, {"from": "gpt", "value": "答"}]
    told = sections_of({"conversations": shared}, "conversations.*.value")
    assert told == [("human", 1, 1), ("gpt", 3, 3)]


def test_several_fields_go_by_their_names() -> None:
    record = {"instruction": "译", "output": "一\r\n二", "from": "某人"}
    assert sections_of(record, "instruction", "output") == [("instruction", 1, 1), ("output", 3, 4)]


def test_one_text_has_no_sections() -> None:
    assert sections_of({"text": "一"}, "text") == []
    assert sections_of({"m": [{"role": "user", "content": "一"}]}, "m.*.content") == []
