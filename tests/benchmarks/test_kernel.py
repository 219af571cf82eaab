from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from dedup.sketch.kernel import native_in_use


def test_texts_are_packed_as_the_program_reads_them(script) -> None:
    packed = script("native_stages").pack(["一二", "", "a"])
    assert struct.unpack_from("=4Q", packed) == (3, 6, 0, 1)
    assert packed[32:] == "一二a".encode()


def test_instructions_are_read_from_the_log_of_callgrind(script) -> None:
    stages = script("native_stages")
    log = "==9== Events    : Ir\n==9== Collected : 541495\n==9== \n"
    assert stages.collected(log) == 541495
    with pytest.raises(ValueError, match="nothing"):
        stages.collected("==9== I refs: 5")


def test_the_reference_is_timed_in_every_stage(script) -> None:
    seconds = script("kernel").reference_stages(["中华人民共和国宪法是国家的根本大法。" * 20])
    assert tuple(seconds) == script("native_stages").STAGES
    assert min(seconds.values()) > 0


@pytest.mark.parametrize(("now", "status"), [(100, 0), (109, 0), (111, 1)])
def test_check_fails_where_instructions_grew(script, capsys, now: int, status: int) -> None:
    kernel = script("kernel")
    counts = dict.fromkeys(kernel.STAGES, 100)
    committed = {
        "compiler": "cc 1",
        "stages": {name: {"instructions": count} for name, count in counts.items()},
    }
    native = SimpleNamespace(compiler="cc 1", instructions=lambda _: {**counts, "fold": now})
    assert kernel.check(native, committed) == status
    assert ("REGRESSION" in capsys.readouterr().out) == bool(status)


def test_check_compares_nothing_across_compilers(script, capsys) -> None:
    native = SimpleNamespace(compiler="cc 2")
    assert script("kernel").check(native, {"compiler": "cc 1", "stages": {}}) == 0
    assert "another compiler" in capsys.readouterr().out


@pytest.mark.slow
def test_kernel_measures_stages(run, tmp_path: Path) -> None:
    done = run("kernel.py", "--mb", "0.1", "--made-mb", "0.1", "--results", tmp_path)
    if not native_in_use() or shutil.which("cc") is None:
        assert done.returncode == 2
        assert "not in use" in done.stderr
        return
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "kernel.json").read_text(encoding="utf-8"))
    shares = [stage["native_share"] for stage in found["stages"].values()]
    assert sum(shares) == pytest.approx(1)
    assert found["native_mb_per_second"] > found["reference_mb_per_second"]
    if shutil.which("valgrind"):
        assert all(stage["instructions"] > 10_000 for stage in found["stages"].values())
        again = run("kernel.py", "--check", "--results", tmp_path)
        assert again.returncode == 0, again.stdout
