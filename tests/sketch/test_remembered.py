"""What was set aside of texts, remembered for the next pass."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.sketch.aside import set_aside_all, set_aside_some
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import text_hashes
from dedup.sketch.pieces import batch_pieces
from dedup.sketch.remembered import Remembered

BODY = "本市昨日召开会议，部署冬季供暖工作，要求各区做好设备检修，保障居民温暖过冬。" * 3
TEXTS = [
    f"来源：新华社 记者：张三\n{BODY}",
    BODY,
    f"{BODY}见[图一](a.png)与[图二](b.png)。",
    f"来源：新华社\n{BODY}见[图三](c.png)。",
]


def remembering(room: int = 1 << 20) -> tuple[TextBatch, Remembered]:
    batch = TextBatch.from_texts(TEXTS)
    remembered = Remembered(room)
    remembered.put_all(text_hashes(batch), set_aside_all(TEXTS, batch).left_out)
    return batch, remembered


def test_it_tells_what_was_left_out() -> None:
    batch, remembered = remembering()
    found = set_aside_all(TEXTS, batch)
    hashes = [each.tobytes() for each in text_hashes(batch)]
    told = [remembered.get(each) for each in hashes]
    assert told[1] is None
    assert remembered.marked(hashes[1]) is None
    for i in (0, 2, 3):
        assert told[i] is not None
        assert [list(each) for each in told[i] or ()] == [list(each) for each in found.left_out[i]]
        assert remembered.marked(hashes[i]) == list(found.left_out[i].marked)
    assert told[3] is not None
    assert len(told[3].spans) > len(told[3].marked) > 0


@pytest.mark.parametrize("room", [0, 1, 500, 1 << 20])
@pytest.mark.parametrize("rows", [[], [1], [0, 3], [0, 1, 2, 3]])
def test_with_it_as_much_is_set_aside_as_without(room: int, rows: list[int]) -> None:
    batch, remembered = remembering(room)
    without = set_aside_some(TEXTS, batch, rows)
    found = set_aside_some(TEXTS, batch, rows, remembered=remembered)
    assert found.spans.tolist() == without.spans.tolist()
    assert found.span_offsets.tolist() == without.span_offsets.tolist()


def test_what_is_remembered_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, remembered = remembering()
    expected = set_aside_some(TEXTS, batch, [0, 2, 3])
    monkeypatch.setattr("dedup.sketch.aside.asides", lambda *_: pytest.fail("looked for"))
    found = set_aside_some(TEXTS, batch, [0, 2, 3], remembered=remembered)
    assert found.spans.tolist() == expected.spans.tolist()


def test_there_is_room_for_so_much() -> None:
    remembered = Remembered(1000)
    for i in range(100):
        remembered.put(bytes([i]) * 16, [(0, 5), (7, 9)], [])
    kept = [i for i in range(100) if remembered.get(bytes([i]) * 16) is not None]
    assert kept == [0, 1, 2]


def test_boilerplate_is_remembered_too() -> None:
    texts = [f"{BODY}\n欢迎转载本站文章，转载时请注明出处与作者姓名。\n{BODY[:-1]}，并请诸位留意。"]
    batch = TextBatch.from_texts(texts)
    pieces = batch_pieces(batch)
    listed = np.unique(pieces.hashes[1:2])
    made = set_aside_all(texts, batch, listed)
    assert made.left_out[0].spans
    remembered = Remembered()
    remembered.put_all(text_hashes(batch), made.left_out)
    again = set_aside_some(texts, batch, [0], listed, remembered)
    assert again.spans.tolist() == made.batch.spans.tolist()
