"""Files of every older format are brought up to the present one, and answer as new ones do.

The files in ``formats`` were made by the versions that wrote them; see ``formats/make.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import run
from unprivileged import read_only

from dedup import Index, OutputError
from dedup.engine.shards import Texts
from dedup.errors import FormatError
from dedup.index import migrations
from dedup.index.schema import FORMAT, TABLES
from dedup.model import Document

FORMATS = Path(__file__).parent / "formats"
OLD = range(1, FORMAT)
#: What ``formats/make.py`` removed.
REMOVED = {3, *range(24, 32), 50}

KILLED = """
import os, signal, sys
from dedup import Index
from dedup.index import file, migrations

def killed(connection, version):
    left = int(sys.argv[2])
    def count():
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0
    connection.set_progress_handler(count, 1)
    migrations.migrate(connection, version)

file.migrate = killed
print(Index.migrate(sys.argv[1]))
"""


@pytest.fixture(params=OLD)
def old(request, tmp_path):
    """Return a copy of the file of an older format."""
    return Path(shutil.copy(FORMATS / f"{request.param}.index", tmp_path / "old.index"))


def documents():
    lines = (FORMATS / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [Document(each["id"], each["text"]) for each in map(json.loads, lines)]


def version(path):
    connection = sqlite3.connect(path)
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return found


def current(path):
    """Let an index be used whatever the definitions were when it was made."""
    try:
        Index.open(path).close()
    except FormatError:
        Index.rebuild(path)
    return path


def answers(path):
    with Index.open(path) as index:
        found = index.query([(f"asked {each.id}", each.text) for each in documents()])
    return {(e.id, m.id, m.relation.value, m.pair.evidence) for e in found for m in e.matches}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return the answers of an index made now, of what is in the old ones."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.index"
    every = documents()
    with Index.create(path) as index:
        index.add([Texts([each for at, each in enumerate(every) if at not in REMOVED])])
    return answers(path)


def test_every_older_format_is_kept_and_has_a_step():
    assert sorted(path.name for path in FORMATS.glob("*.index")) == [f"{at}.index" for at in OLD]
    assert sorted(migrations.MIGRATIONS) == list(OLD)
    assert [version(FORMATS / f"{at}.index") for at in OLD] == list(OLD)
    assert migrations.tables_of(FORMAT) == TABLES
    assert migrations.tables_of(0) is None


def test_a_writer_migrates(old, fresh):
    assert Index.migrate(old) < FORMAT
    assert version(old) == FORMAT
    with Index.open(current(old)) as index:
        assert len(index) == 50
        assert [each.where for each in index.verify()] == ["texts/5.jsonl"]  # not read to the end
        assert index.info().format == FORMAT
    assert answers(old) == fresh


def test_it_is_gone_on_with_as_if_it_were_new(old, fresh):
    Index.migrate(old)
    with Index.open(current(old), write=True) as index:
        index.add([Texts(documents()[60:])], key_of=lambda _: "texts/5.jsonl")
        assert index.verify() == []
        assert index.knows("texts/0.jsonl")
    assert answers(old) == fresh


def test_a_reader_changes_nothing_and_says_what_to_type(old):
    before = old.read_bytes()
    with pytest.raises(FormatError, match=f"and this version reads {FORMAT}") as caught:
        Index.open(old)
    assert f"dedup index migrate {old}" in str(caught.value.hint)
    assert old.read_bytes() == before


def test_commands(old):
    asked = run("index", "info", str(old))
    assert (asked.status, asked.out) == (2, "")
    assert f"dedup index migrate {old}" in asked.err
    done = run("index", "migrate", str(old))
    assert (done.status, done.err) == (0, f"from format 1 to format {FORMAT}\n")
    again = run("index", "migrate", str(old), "--lang", "zh")
    assert (again.status, again.err) == (0, f"格式已是 {FORMAT}，无需升级\n")


def test_a_rebuild_migrates_first(old, fresh):
    assert Index.rebuild(old) == 0
    assert answers(old) == fresh


def test_one_of_an_older_format_is_merged_after_its_migration(old, tmp_path, fresh):
    current(shutil.copy(old, tmp_path / "settings.index"))
    with Index.create(tmp_path / "new.index") as index:
        with pytest.raises(FormatError, match="reads"):
            index.merge([old])
        Index.migrate(old)
        index.merge([current(old)])
    assert answers(tmp_path / "new.index") == fresh


@pytest.mark.parametrize("change", ["CREATE TABLE more (x)", "DROP TABLE gone"])
def test_another_schema_is_refused_before_anything_is_done(old, change):
    connection = sqlite3.connect(old)
    connection.execute(change)
    connection.close()
    before = old.read_bytes()
    with pytest.raises(FormatError, match="is damaged"):
        Index.migrate(old)
    assert old.read_bytes() == before


@pytest.mark.parametrize("number", [0, -1])
def test_a_format_that_there_never_was(old, number):
    connection = sqlite3.connect(old)
    connection.execute(f"PRAGMA user_version = {number}")
    connection.close()
    with pytest.raises(FormatError, match="is damaged"):
        Index.migrate(old)


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_where_nothing_can_be_written(old):
    before = old.read_bytes()
    with read_only(old) as folder:
        with pytest.raises(OutputError):
            Index.migrate(folder / old.name)
        with pytest.raises(FormatError, match="reads"):
            Index.open(folder / old.name)
    assert old.read_bytes() == before


def test_a_step_that_fails_leaves_the_file_as_it_was(old, monkeypatch, fresh):
    found = version(old)
    step = migrations.MIGRATIONS[found]

    def half(connection):
        step.change(connection)
        raise sqlite3.OperationalError("disk I/O error")

    broken = migrations.Migration(step.tables, half)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", {**migrations.MIGRATIONS, found: broken})
        with pytest.raises((FormatError, OutputError)):
            Index.migrate(old)
    assert version(old) == found
    assert Index.migrate(old) == found
    assert answers(current(old)) == fresh


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [0, 40, 90, 140, 10_000])
def test_killed_while_it_is_migrated(old, fresh, after):
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(old), str(after)], check=False, capture_output=True
    )
    assert ran.returncode == (0 if after == 10_000 else -9), ran.stderr
    assert version(old) in {1, FORMAT}
    Index.migrate(old)
    assert version(old) == FORMAT
    assert answers(current(old)) == fresh


def test_steps_follow_each_other(old, monkeypatch):
    """Two steps in one transaction, of which the second is made up for this test."""
    newer = f"CREATE TABLE made_up (x INTEGER PRIMARY KEY, y TEXT NOT NULL) STRICT -- {FORMAT + 1}"
    steps = {
        **migrations.MIGRATIONS,
        FORMAT: migrations.Migration(TABLES, lambda connection: connection.execute(newer)),
    }
    tables = (*TABLES, newer)
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(migrations, "TABLES", tables)
    monkeypatch.setattr("dedup.index.file.FORMAT", FORMAT + 1)
    assert Index.migrate(old) == 1
    assert version(old) == FORMAT + 1
    assert Index.migrate(old) == FORMAT + 1
