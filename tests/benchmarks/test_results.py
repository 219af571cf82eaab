from __future__ import annotations

import json
import platform
import socket
from pathlib import Path

import pytest


def test_machine_names_no_host(script) -> None:
    machine = script("results").machine()
    assert machine["cores"] >= 1
    assert machine["memory_gb"] >= 1
    assert machine["python"] == platform.python_version()
    assert socket.gethostname() not in json.dumps(machine).split('"')


def test_command_gives_no_paths(script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEDUP_CORPORA", "corpora")
    arguments = [str(tmp_path), "corpora", "--cache", "/some/where/else", "--set", "laws"]
    arguments += [f"--results={tmp_path}", "--seconds=3"]
    told = script("results").command("/home/me/benchmarks/throughput.py", arguments)
    assert told == (
        "python benchmarks/throughput.py FOLDER FOLDER --cache FILE --set laws "
        "--results=FOLDER --seconds=3"
    )


def test_tables_set_numbers_right_and_shorten_them(script) -> None:
    told = script("results").table(["tool", "MB/s"], [["a", 1.2345], ["b", 1234.5], ["c", None]])
    assert told == ("| tool | MB/s |\n| --- | ---: |\n| a | 1.23 |\n| b | 1,234 |\n| c |  |\n")


def test_versions_of_what_is_missing_are_said_to_be_missing(script) -> None:
    found = script("results").versions("numpy", "no-such-package-here")
    assert found["numpy"][0].isdigit()
    assert found["no-such-package-here"] == "not installed"


def test_results_are_written_as_json_and_table(script, tmp_path: Path, capsys) -> None:
    script("results").write("x", {"名": 1}, "# 表\n", tmp_path / "new")
    assert json.loads((tmp_path / "new" / "x.json").read_text(encoding="utf-8")) == {"名": 1}
    assert (tmp_path / "new" / "x.md").read_text(encoding="utf-8") == "# 表\n"
    assert "# 表" in capsys.readouterr().out
