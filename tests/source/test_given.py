"""What a program hands over: of any kind, one row at a time, and a mask back."""

from __future__ import annotations

import itertools
from collections import UserList

import numpy as np
import pytest

import dedup
from dedup import Document, UsageError
from dedup.source.given import ROWS, Made, Rows, Stream
from dedup.source.reading import Reading

TEXT = "今天的天气真是好得不得了，我们一起去公园散步吧，顺便看看花。"
OTHER = "完全是另外一个故事了，谁也不认识它。"
TEXTS = [TEXT, OTHER, TEXT.replace("，", ",")]


@pytest.mark.parametrize(
    "source",
    [
        TEXTS,
        tuple(TEXTS),
        UserList(TEXTS),
        iter(TEXTS),
        (text for text in TEXTS),
        np.array(TEXTS, dtype=object),
        [(str(n), text) for n, text in enumerate(TEXTS)],
        (Document(str(n), text) for n, text in enumerate(TEXTS)),
        {str(n): text for n, text in enumerate(TEXTS)},
        [{"text": text} for text in TEXTS],
        ({"正文": text, "id": str(n)} for n, text in enumerate(TEXTS)),
    ],
    ids=lambda source: type(source).__name__,
)
def test_every_kind_of_source(source):
    result = dedup.scan(source)
    assert (result.kept, result.dropped) == (("1", "2"), ("0",))
    assert result.mask().tolist() == [False, True, True]
    assert result.mask().dtype == np.bool_


def test_a_stream_is_never_held():
    alive = most = 0

    class Text(str):
        __slots__ = ()

        def __del__(self):
            nonlocal alive
            alive -= 1

    def texts():
        nonlocal alive, most
        for number in range(12000):
            alive += 1
            most = max(most, alive)
            yield Text(f"{number} 春眠不觉晓")

    assert dedup.scan(texts(), unit="char", jobs=1, threshold=1).inputs == 12000
    assert most < 6000


def test_rows_are_asked_for_a_few_at_a_time_and_once_more_by_position():
    asked = []

    def part(start, stop):
        asked.append((start, stop))
        return [f"第{n}行" for n in range(start, stop)]

    rows = Rows(ROWS + 5, part, Made(Reading()))
    found = list(rows.items())
    assert asked == [(0, ROWS), (ROWS, ROWS + 5)]
    assert [document.place for document in found] == list(range(ROWS + 5))
    asked.clear()
    again = list(rows.again([3, 7, ROWS + 1]))
    assert again == [found[3], found[7], found[ROWS + 1]]
    assert asked == [(0, ROWS), (ROWS, ROWS + 5)]


def test_a_stream_finds_its_texts_again():
    records = [{"text": text} for text in ["一", None, "二", "三\ud800"]]
    stream = Stream(iter(records), Made(Reading()))
    found = list(stream.items())
    assert [each.place for each in found] == [0, 1, 2, 3]
    assert len(stream) == 4
    assert [(each.place, each.text) for each in stream.again([0, 2, 3])] == [
        (0, "一"),
        (2, "二"),
        (3, "三\ud800"),
    ]


def test_fields_of_records():
    records = [
        {"meta": {"key": f"k{n}"}, "messages": [{"content": text[:9]}, {"content": text[9:]}]}
        for n, text in enumerate(TEXTS)
    ]
    result = dedup.scan(records, text_field="messages.*.content", id_field="meta.key")
    assert len(result.dropped) == 1
    assert result.dropped[0] in ("k0", "k2")
    two = [{"a": text[:9], "b": text[9:], "_": n} for n, text in enumerate(TEXTS)]
    assert dedup.scan(two, text_field=("a", "b")).mask()[1]
    assert len(dedup.scan(two, text_field=("a", "b")).dropped) == 1


def test_records_without_a_text_are_skipped_and_stay():
    records = [{"text": TEXT}, {"text": None}, {"text": 5}, {"other": TEXT}, {"text": TEXT}]
    result = dedup.scan(records)
    assert [(s.id, s.reason) for s in result.skipped] == [
        ("1", "no-text"),
        ("2", "not-a-text"),
        ("3", "no-field"),
    ]
    assert result.mask().tolist() == [True, True, True, True, False]


def test_what_is_skipped_goes_by_its_id():
    result = dedup.scan([{"text": TEXT, "id": "a"}, {"text": "", "id": "b"}])
    assert [skipped.id for skipped in result.skipped] == ["b"]


def test_the_best_record_is_kept():
    records = [{"text": TEXT, "q": q} for q in (1, 3, None, "2")]
    result = dedup.scan(records, keep_by="q")
    assert result.kept == ("1",)
    assert str(result.clusters[0].reason) == "its q is the largest: 3 against 2"
    assert dedup.scan(records, keep_by="q:min").kept == ("0",)


def test_a_mask_follows_another_decision():
    result = dedup.scan([TEXT, TEXT[:-6] + "再看一次日落。", TEXT], threshold=0.3)
    assert result.mask().sum() == 1
    assert dedup.redecide(result, threshold=1.0).mask().tolist() == [True, True, False]


def test_paths_are_read_whether_in_a_list_or_a_stream(tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(3)]
    for path, text in zip(paths, TEXTS, strict=True):
        path.write_text(text, encoding="utf-8")
    for source in (paths, iter(paths)):
        result = dedup.scan(source)
        assert len(result.dropped) == 1
        with pytest.raises(UsageError, match="no mask"):
            result.mask()
    mixed = dedup.scan(itertools.chain([TEXT], paths[1:]))
    assert mixed.mask().sum() == 2


def test_no_input_at_all():
    for source in ([], iter(()), {}):
        result = dedup.scan(source)
        assert (result.inputs, result.mask().tolist()) == (0, [])


@pytest.mark.parametrize("source", [b"text", 5, [b"text"], iter([5]), [TEXT, None], [(1, TEXT)]])
def test_what_is_no_text_is_refused(source):
    with pytest.raises(UsageError, match="is not a text"):
        dedup.scan(source)


def test_a_field_that_cannot_be_guessed_has_to_be_named():
    with pytest.raises(UsageError, match="title, abstract") as caught:
        dedup.scan([{"title": TEXT, "abstract": OTHER}])
    assert "text_field" in str(caught.value.hint)


def test_a_preset_takes_the_place_of_settings():
    assert dedup.scan(TEXTS, preset="strict", seed=2).settings == dedup.Settings.preset(
        "strict", seed=2
    )
    with pytest.raises(UsageError, match="exclude each other"):
        dedup.scan(TEXTS, dedup.Settings(), preset="strict")
    with pytest.raises(dedup.SettingsError, match="preset is 'lax'"):
        dedup.scan(TEXTS, preset="lax")
