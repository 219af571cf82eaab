"""An index file is refused where it is not what we wrote; nothing in it runs."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from unprivileged import read_only

from dedup import Index, OutputError, PathError, Settings
from dedup.engine.shards import Texts
from dedup.errors import FormatError
from dedup.index import file, schema
from dedup.model import Document

TEXT = "春天的河边开满了花，孩子们在草地上放风筝，老人坐在树下看书。"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "texts.index"
    with Index.create(path) as index:
        index.add([Texts([Document(f"d{at}", TEXT + str(at) * 20) for at in range(200)])])
    return path


def change(path, *statements):
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("content", [b"", b"no index at all", b"SQLite format 3\0" + bytes(84)])
def test_other_files_are_refused(tmp_path, content):
    other = tmp_path / "other"
    other.write_bytes(content)
    with pytest.raises(FormatError, match="is no index"):
        Index.open(other)


def test_other_databases_are_refused(tmp_path):
    change(tmp_path / "other.db", "CREATE TABLE t (x)")
    with pytest.raises(FormatError, match="is no index"):
        Index.open(tmp_path / "other.db")


def test_no_file(tmp_path):
    with pytest.raises(PathError, match="there is no index"):
        Index.open(tmp_path / "nothing")
    with pytest.raises(PathError, match="there is no index"):
        Index.open(tmp_path / "nothing", write=True)
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".lock"] == []


def test_a_newer_format_is_refused_with_what_to_do(path):
    change(path, f"PRAGMA user_version = {schema.FORMAT + 1}")
    with pytest.raises(FormatError, match=f"has format {schema.FORMAT + 1}") as caught:
        Index.open(path)
    assert "newer dedup" in str(caught.value.hint)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON gone BEGIN DELETE FROM blocks; END",
        "CREATE VIEW v AS SELECT load_extension('x')",
        "CREATE TABLE more (x)",
        "DROP TABLE gone",
        "CREATE INDEX i ON blocks (length(texts))",
        "ALTER TABLE gone ADD COLUMN x INTEGER AS (abs(number)) VIRTUAL",
    ],
)
def test_another_schema_is_refused(path, statement):
    change(path, statement)
    with pytest.raises(FormatError, match="is damaged"):
        Index.open(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE segments SET documents = 1 << 60",
        "UPDATE segments SET bits = 40",
        "UPDATE segments SET first = -5",
        "UPDATE blocks SET documents = 1 << 40",
        "UPDATE blocks SET known = zeroblob(100)",
        "UPDATE blocks SET texts = x''",
        "UPDATE blocks SET numbers = zeroblob(30000000)",
        "UPDATE pages SET entries = zeroblob(9000000) WHERE number & 65535 = 0",
        "UPDATE pages SET entries = x'00'",
        "DELETE FROM pages WHERE number % 3 = 0",
        "DELETE FROM segments",
        "UPDATE about SET value = '{\"threshold\": 1e999}' WHERE name = 'settings'",
        "UPDATE about SET value = '[]' WHERE name = 'settings'",
        "UPDATE about SET value = '{\"unknown\": 1}' WHERE name = 'settings'",
        "DELETE FROM about",
        "UPDATE runs SET source = 9999",
    ],
)
def test_what_was_changed_is_named_and_never_answers_wrongly(path, statement):
    with Index.open(path) as index:
        right = index.query([("q", TEXT + "7" * 20)])
    change(path, statement)
    caught = None
    try:
        with Index.open(path) as index:
            assert index.verify()
            asked = index.query([("q", TEXT + "7" * 20)])
            assert {m.id for m in asked[0].matches} <= {m.id for m in right[0].matches}
    except FormatError as error:
        caught = error
    assert caught is None or ("is damaged" in str(caught) and caught.hint is not None)


def test_a_sound_index_has_no_problems(path):
    with Index.open(path) as index:
        assert index.verify() == []


def answers(path):
    """Return what an index answers to texts that it has, and whether that was told of as wrong."""
    try:
        with Index.open(path) as index:
            asked = [(f"q{at}", TEXT + str(at) * 20) for at in range(0, 200, 20)]
            return [[m.id for m in each.matches] for each in index.query(asked)], index.verify()
    except FormatError as error:
        return None, [error]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_is_noticed(path, share):
    os.truncate(path, int(path.stat().st_size * share))
    found, problems = answers(path)
    assert problems
    assert found is None or len(found) == 10


@pytest.mark.parametrize("share", [number / 20 for number in range(2, 20)])
def test_flipped_bytes_are_named_and_the_rest_recovered(path, share):
    right, none = answers(path)
    assert not none
    raw = bytearray(path.read_bytes())
    at = int(len(raw) * share)
    for each in range(at, at + 64):
        raw[each] ^= 0x55
    path.write_bytes(raw)
    found, problems = answers(path)
    assert problems or found == right  # where the bytes were of no use
    lost = Index.rebuild(path)
    again, problems = answers(path)
    assert problems == [] or all("read to the end" in str(each.what) for each in problems)
    with Index.open(path) as index:
        assert len(index) >= 100
        if not lost and len(index) == 200:
            assert again == right


def test_rebuilt_by_other_settings(path):
    assert Index.rebuild(path, Settings(threshold=0.9)) == 0
    with Index.open(path) as index:
        assert index.settings.threshold == 0.9
        assert len(index) == 200
        assert index.knows("d7")
        assert index.verify() == []
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "texts.index",
        "texts.index.lock",
    ]


def test_other_definitions_are_refused_with_what_to_do(path):
    change(path, "UPDATE about SET value = 'another' WHERE name = 'fingerprint'")
    with pytest.raises(FormatError, match="other definitions") as caught:
        Index.open(path)
    assert "dedup index rebuild" in str(caught.value.hint)
    assert Index.rebuild(path) == 0
    with Index.open(path) as index:
        assert len(index) == 200


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_a_folder_that_cannot_be_written_can_be_asked(path):
    with read_only(path) as folder:
        with Index.open(folder / path.name) as index:
            assert len(index) == 200
        with pytest.raises(OutputError):
            Index.open(folder / path.name, write=True)
        with pytest.raises(OutputError):
            Index.create(folder / "more.index")


def test_a_full_disk_keeps_what_was_there(path, monkeypatch):
    with Index.open(path, write=True) as index:
        connection = index._contents.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        more = [Document(f"more{at}", TEXT * 30 + os.urandom(300).hex()) for at in range(300)]
        with pytest.raises(OutputError, match="cannot write"):
            index.add([Texts(more)])
        assert len(index) == 200
        assert index.verify() == []
    with Index.open(path, write=True) as index:
        index.add([Texts(more)])
        assert len(index) == 500


def test_what_sqlite_raises_is_ours(tmp_path):
    def raised(error, name):
        error.sqlite_errorname = name
        with pytest.raises(Exception) as caught, file.guarded(Path("x.index")):  # noqa: PT011
            raise error
        return caught.value

    assert isinstance(raised(sqlite3.OperationalError("x"), "SQLITE_BUSY"), OutputError)
    assert isinstance(raised(sqlite3.OperationalError("x"), "SQLITE_FULL"), OutputError)
    assert isinstance(raised(sqlite3.OperationalError("x"), "SQLITE_IOERR_WRITE"), OutputError)
    assert isinstance(raised(sqlite3.DatabaseError("x"), "SQLITE_CORRUPT"), FormatError)
    assert isinstance(raised(sqlite3.DatabaseError("x"), "SQLITE_NOTADB"), FormatError)
    assert isinstance(raised(sqlite3.ProgrammingError("x"), ""), sqlite3.ProgrammingError)
