"""``dedup index`` from the command line."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys

import pytest
from terminal import run

from dedup.cli.index import index
from dedup.index.schema import FORMAT

FIRST, SECOND = "seeds/000_bfcd20cd4fff3ced.txt", "seeds/001_cb5d74f41f6b3177.txt"
COMMANDS = index.all_commands()


@pytest.fixture
def folder(tmp_path, root):
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def built(folder):
    assert run("index", "build", "texts.index", "seeds/", cwd=folder).status == 0
    return folder


@pytest.mark.parametrize(
    "example", [example for command in COMMANDS.values() for example in command.examples]
)
def test_every_example_runs(example, folder):
    function = f'dedup() {{ {shlex.quote(sys.executable)} -m dedup "$@"; }}; '
    ran = subprocess.run(
        ["bash", "-c", function + example], cwd=folder, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_has_help(name, lang):
    ran = run("index", name, "--help", "--lang", lang)
    assert ran.status == 0
    assert ("用法" in ran.out) == (lang == "zh")


def test_build_add_and_query(built):
    ran = run("index", "add", "texts.index", "seeds/", cwd=built)
    assert "2 unchanged; documents: 0 added, 2 in all" in ran.err
    ran = run("index", "query", "texts.index", "seeds/", cwd=built)
    assert ran.out == (
        f"{FIRST}: 1 matches\n  {SECOND}  same-body 1.000\n"
        f"{SECOND}: 1 matches\n  {FIRST}  same-body 1.000\n"
    )
    assert run("index", "query", "texts.index", FIRST, "--exit-code", cwd=built).status == 1


def test_query_as_json(built):
    ran = run("index", "query", "texts.index", FIRST, "--output-format", "json", cwd=built)
    (document,) = json.loads(ran.stdout)["documents"]
    assert document["count"] == 1
    assert document["matches"][0]["id"] == SECOND
    assert document["matches"][0]["relation"] == "same-body"
    ran = run("index", "query", "texts.index", FIRST, "-o", "m.json", "--limit", "0", cwd=built)
    assert json.loads((built / "m.json").read_bytes())["documents"][0]["count"] == 1


def test_query_of_standard_input(built):
    text = (built / FIRST).read_bytes()
    ran = run("index", "query", "texts.index", "-", stdin=text, cwd=built)
    assert ran.out.startswith("-: 2 matches\n")
    assert "identical" in ran.out


def test_an_index_that_is_there_is_not_built_again(built):
    ran = run("index", "build", "texts.index", "seeds/", cwd=built)
    assert ran.status == 2
    assert "is there already" in ran.err
    assert "dedup index add texts.index" in ran.err


def test_info(built):
    ran = run("index", "info", "texts.index", "--output-format", "json", cwd=built)
    found = json.loads(ran.stdout)
    assert (found["documents"], found["sources"], found["format"]) == (2, 2, FORMAT)
    assert found["settings"]["threshold"] == 0.5
    assert "documents: 2" in run("index", "info", "texts.index", cwd=built).out
    assert "文档: 2" in run("index", "info", "texts.index", "--lang", "zh", cwd=built).out


def test_remove(built):
    ran = run("index", "remove", "texts.index", FIRST, cwd=built)
    assert (ran.status, ran.err) == (0, "removed: 1 documents\n")
    ran = run("index", "remove", "texts.index", FIRST, cwd=built)
    assert ran.status == 2
    assert "1 ids are not in the index" in ran.err


def test_verify(built):
    ran = run("index", "verify", "texts.index", cwd=built)
    assert (ran.status, ran.err) == (0, "the index is sound\n")
    raw = bytearray((built / "texts.index").read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 4000] = bytes(4000)
    (built / "texts.index").write_bytes(raw)
    ran = run("index", "verify", "texts.index", cwd=built)
    assert ran.status == 2
    assert "dedup: error: " in ran.err


def test_rebuild_changes_the_settings(built):
    assert run("index", "rebuild", "texts.index", "--threshold", "0.7", cwd=built).status == 0
    assert "threshold: 0.7" in run("index", "info", "texts.index", cwd=built).out
    ran = run("scan", "seeds", "--against", "texts.index", cwd=built)
    assert ran.status == 2
    assert "threshold 0.7 ≠ 0.5" in ran.err


def test_a_query_wants_an_index(folder):
    ran = run("index", "query", "nothing.index", FIRST, cwd=folder)
    assert ran.status == 2
    assert "dedup index build nothing.index" in ran.err
    ran = run("index", "query", FIRST, FIRST, cwd=folder)
    assert ran.status == 2
    assert "is no index" in ran.err


@pytest.fixture
def batch(built):
    new = built / "new"
    new.mkdir()
    shutil.copy(built / FIRST, new / "copy.txt")
    text = "今天天气很好，我们一起去公园散步看花，晚上回家做饭吃，这一天过得十分愉快。"
    (new / "fresh.txt").write_text(text, encoding="utf-8")
    return built


WEEKLY = (
    "scan", "new", "--against", "texts.index", "--update-index", "--output-format", "concise",
)  # fmt: skip


def test_the_weekly_batch(batch):
    ran = run(*WEEKLY, "--write-kept", "kept", cwd=batch)
    assert ran.status == 0
    assert ran.out.startswith("new/copy.txt: ")
    assert "(known)" in ran.out
    assert [each.name for each in (batch / "kept").iterdir()] == ["fresh.txt"]
    assert "documents: 3" in run("index", "info", "texts.index", cwd=batch).out


def test_the_weekly_batch_again_is_the_same(batch):
    first = run(*WEEKLY, cwd=batch)
    again = run(*WEEKLY, cwd=batch)
    assert again.out == first.out
    assert "documents: 3" in run("index", "info", "texts.index", cwd=batch).out


def test_the_next_batch_is_compared_with_the_last(batch):
    run(*WEEKLY, cwd=batch)
    (batch / "next").mkdir()
    shutil.copy(batch / "new" / "fresh.txt", batch / "next")
    ran = run("scan", "next", "--against", "texts.index", "--output-format", "concise", cwd=batch)
    assert ran.out.startswith("next/fresh.txt: identical to new/fresh.txt (known)")


def test_an_update_wants_an_index(batch):
    ran = run("scan", "new", "--update-index", cwd=batch)
    assert ran.status == 2
    assert "there is no index to update" in ran.err
    ran = run("scan", "new", "--against", "seeds", "--update-index", cwd=batch)
    assert ran.status == 2
    ran = run("scan", "new", "--against", "seeds", "--against", "texts.index", cwd=batch)
    assert ran.status == 2
    assert "by itself" in ran.err


def test_unverified_texts_are_told(folder):
    run("index", "build", "places.index", "seeds/", "--no-text", cwd=folder)
    shutil.copy(folder / FIRST, folder / "asked.txt")
    (folder / FIRST).unlink()
    ran = run("index", "query", "places.index", "asked.txt", cwd=folder)
    assert f"{FIRST}  unverified" in ran.out
    ran = run("scan", "asked.txt", "--against", "places.index", cwd=folder)
    assert f"could not be read to compare them: {FIRST}" in ran.err
