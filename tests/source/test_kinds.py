"""What a file's name says."""

from __future__ import annotations

import pytest

from dedup.source.kinds import OTHER_EXTENSIONS, TEXT_EXTENSIONS, Kind, extension, kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", Kind.TEXT),
        ("a.MD", Kind.TEXT),
        ("a.jsonl", Kind.TEXT),
        ("a.CSV", Kind.TEXT),
        ("a.parquet", Kind.TEXT),
        ("a.jsonl.zst", Kind.TEXT),
        ("a.txt.GZ", Kind.TEXT),
        ("a.json", Kind.OTHER),
        ("a.json.gz", Kind.OTHER),
        ("a.tar.gz", Kind.OTHER),
        ("a.gz", Kind.OTHER),
        ("a.html", Kind.TEXT),
        ("a.docx", Kind.TEXT),
        ("a.PDF", Kind.TEXT),
        ("a.doc", Kind.OTHER),
        ("a.css", Kind.OTHER),
        ("Makefile", Kind.OTHER),
        ("README", Kind.UNKNOWN),
        ("ls.1", Kind.UNKNOWN),
        ("2024.11.23", Kind.UNKNOWN),
    ],
)
def test_kind(name: str, expected: Kind) -> None:
    assert kind(name) is expected


def test_the_lists_are_well_formed_and_do_not_overlap() -> None:
    for suffix in TEXT_EXTENSIONS | OTHER_EXTENSIONS:
        assert suffix.startswith(".")
        assert suffix == suffix.lower()
    assert not TEXT_EXTENSIONS & OTHER_EXTENSIONS


@pytest.mark.parametrize(
    ("name", "expected"), [("a.TXT", ".txt"), ("a", ""), (".hidden", ""), ("a.b.c", ".c")]
)
def test_extension(name: str, expected: str) -> None:
    assert extension(name) == expected
