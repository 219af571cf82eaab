"""Readers by suffix, and adding one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.model import Document, Skipped
from dedup.source import registry
from dedup.source.html import HtmlReader
from dedup.source.kinds import DOCUMENT_EXTENSIONS
from dedup.source.plain import TextReader
from dedup.source.reader import Content
from dedup.source.readers import read


class _Upper:
    suffixes = frozenset({".up"})

    def read(self, content: Content) -> Document | Skipped:
        return content.document(content.raw.decode().upper())


def test_the_reader_of_a_name() -> None:
    assert isinstance(registry.reader_for("dir/A.HTML"), HtmlReader)
    for name in ("a.txt", "a.md", "README", "x.html.txt", None):
        assert isinstance(registry.reader_for(name), TextReader)


def test_discovery_takes_for_texts_what_has_a_reader() -> None:
    assert set(registry._READERS) == DOCUMENT_EXTENSIONS


def test_a_reader_can_be_added(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_READERS", dict(registry._READERS))
    registry.register(_Upper())
    (here / "a.up").write_text("abc")
    result = read("a.up")
    assert isinstance(result, Document)
    assert (result.text, result.path) == ("ABC", "a.up")


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), ("锟斤拷" * 4, "garbled")])
def test_every_reader_tells_what_is_no_text(text: str, reason: str) -> None:
    result = Content(b"", "a", None).document(text)
    assert isinstance(result, Skipped)
    assert result.reason == reason
