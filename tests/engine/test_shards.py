"""Shards: texts in memory, and texts that pass by once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Document
from dedup.engine.shards import Item, Spooled, Texts
from dedup.errors import OutputError
from dedup.messages import message
from dedup.model import Skipped

SKIPPED = Skipped("x", None, "empty", message("empty"))
DOCUMENTS = [
    Document(str(number), text) for number, text in enumerate(["甲", "", "乙\udcff", "丙丁"])
]


class Later:
    """A document that is to be read."""

    def __init__(self, found: Document | Skipped) -> None:
        self._found = found
        self.size = 3

    def read(self) -> Document | Skipped:
        return self._found


def read(items: Iterator[Item]) -> list[Document | Skipped]:
    return [each if isinstance(each, Document | Skipped) else each.read() for each in items]


@pytest.mark.parametrize("kind", [Texts, Spooled])
def test_places_ascend_and_find_the_documents_again(kind: type[Texts | Spooled]) -> None:
    given: list[Item] = [DOCUMENTS[0], SKIPPED, Later(DOCUMENTS[1]), DOCUMENTS[2], Later(SKIPPED)]
    shard = kind([*given, DOCUMENTS[3]], "名")
    assert shard.name == "名"
    found = read(shard.items())
    assert [each.id for each in found] == ["0", "x", "1", "2", "x", "3"]
    documents = [each for each in found if isinstance(each, Document)]
    places = [each.place for each in documents]
    assert places == sorted(set(places))
    for wanted in (places, places[1::2], places[-1:], []):
        again = read(shard.again(wanted))
        assert [(each.place, each.text) for each in again if isinstance(each, Document)] == [
            (each.place, each.text) for each in documents if each.place in wanted
        ]


def test_what_is_read_later_stays_so() -> None:
    (item,) = Texts([Later(DOCUMENTS[3])]).items()
    assert not isinstance(item, Document | Skipped)
    assert item.size == 3


def test_documents_keep_all_but_their_place() -> None:
    document = Document("a", "文", "a.txt", "gb18030", 0.5, 12.0, 7)
    (found,) = Texts([document]).items()
    assert found == Document("a", "文", "a.txt", "gb18030", 0.5, 12.0, 0)
    (spooled,) = Spooled(iter([document])).items()
    assert spooled == found


def test_what_passes_once_cannot_be_read_again() -> None:
    shard = Texts(iter(DOCUMENTS))
    assert len(list(shard.items())) == 4
    with pytest.raises(TypeError, match="no sequence"):
        list(shard.again([0]))


@given(st.lists(st.text(st.characters(exclude_categories=[]))), st.data())
def test_any_text_comes_back_from_the_spool(texts: list[str], data: st.DataObject) -> None:
    shard = Spooled(Document(str(at), text) for at, text in enumerate(texts))
    places = {each.place: text for each, text in zip(read(shard.items()), texts, strict=True)}
    wanted = sorted(data.draw(st.sets(st.sampled_from(sorted(places)) if places else st.nothing())))
    again = read(shard.again(wanted))
    assert [(each.place, each.text) for each in again] == [(at, places[at]) for at in wanted]


def test_nothing_is_left_when_the_process_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal\n"
        "from dedup import Document\n"
        "from dedup.engine.shards import Spooled\n"
        "for each in Spooled(Document(str(n), '春' * 100000) for n in range(9)).items(): pass\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_no_folder_for_the_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match="missing"):
        list(Spooled(iter(DOCUMENTS)).items())


def test_what_has_not_been_read_cannot_be_read_again() -> None:
    with pytest.raises(TypeError, match="read once"):
        list(Spooled(iter(DOCUMENTS)).again([0]))
